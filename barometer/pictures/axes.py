"""Boxes and scales in pixels, round ticks and how they are written, labels that keep apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from barometer.pictures import tokens

if TYPE_CHECKING:
    from barometer.pictures.canvas import Canvas


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


@dataclass(frozen=True, slots=True)
class PixelBox:
    """A rectangle on the canvas: upper left corner, width and height in pixels."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class PixelAxis:
    """Amounts from `low` to `high` on pixels from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, amount: float) -> float:
        """The pixel of an amount, held within the axis."""
        span = self.high - self.low or 1.0
        share = min(max((amount - self.low) / span, 0.0), 1.0)
        return self.start + share * (self.end - self.start)


def nice_bounds(values: Sequence[float]) -> tuple[float, float]:
    """Round bounds around the values, with room; never below zero for what cannot be negative."""
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    room = max((high - low) * 0.12, abs(high) * 0.02, 0.5)
    floor = 0.0 if low >= 0 else low - room
    bottom = max(low - room, floor)
    ticks = nice_ticks(bottom, high + room, most=6)
    step = ticks[1] - ticks[0] if len(ticks) > 1 else 1.0
    return float(np.floor(bottom / step) * step), float(np.ceil((high + room) / step) * step)


def draw_amounts(canvas: "Canvas", axis: PixelAxis, y: float, *, unit: str) -> None:
    """Tick labels under a horizontal axis; the unit stands at the last one only."""
    ticks = nice_ticks(axis.low, axis.high)
    for i, tick in enumerate(ticks):
        last = i == len(ticks) - 1
        text = tick_text(tick, language=canvas.language) + (f" {unit}" if last and unit else "")
        canvas.text(axis.at(tick), y, text, size=18, colour=tokens.MUTED, align="center")
