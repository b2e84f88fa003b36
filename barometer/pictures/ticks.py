"""Round ticks and how they are written, and labels that keep apart."""

from collections.abc import Sequence

import numpy as np


def nice_ticks(low: float, high: float, *, most: int = 5) -> tuple[float, ...]:
    """At most `most` round ticks within `low` and `high`."""
    span = high - low
    if span <= 0:
        return (low,)
    rough = span / max(most - 1, 1)
    power = 10.0 ** np.floor(np.log10(rough))
    for factor in (1, 2, 5, 10):
        step = factor * power
        first, last = np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9)
        if last - first + 1 <= most:
            return tuple(float(n * step) for n in np.arange(first, last + 1))
    return (low, high)


def tick_text(amount: float, *, language: str) -> str:
    """A tick as written in the language; whole numbers have no decimals."""
    text = f"{amount + 0.0:g}".replace("-", "−")
    return text.replace(".", ",") if language == "sv" else text


def spread_out(positions: Sequence[float], *, gap: float, low: float, high: float) -> list[float]:
    """Positions near the wanted ones, in the same order, at least `gap` apart."""
    order = np.argsort(positions, kind="stable")
    placed = np.array([float(positions[i]) for i in order])
    for i in range(1, len(placed)):
        placed[i] = max(placed[i], placed[i - 1] + gap)
    if len(placed) and placed[-1] > high:
        placed[-1] = high
        for i in range(len(placed) - 2, -1, -1):
            placed[i] = min(placed[i], placed[i + 1] - gap)
    if len(placed) and placed[0] < low:
        placed += low - placed[0]
    out = [0.0] * len(placed)
    for rank, i in enumerate(order):
        out[int(i)] = float(placed[rank])
    return out
