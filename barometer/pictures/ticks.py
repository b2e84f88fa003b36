"""Round ticks and how they are written."""

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
