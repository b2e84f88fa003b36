"""Boxes, scales and ticks in pixels."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from barometer.pictures import tokens
from barometer.pictures.canvas import Canvas
from barometer.pictures.ticks import nice_ticks, tick_text


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


def draw_amounts(canvas: Canvas, axis: PixelAxis, y: float, *, unit: str) -> None:
    """Tick labels under a horizontal axis; the unit stands at the last one only."""
    ticks = nice_ticks(axis.low, axis.high)
    for i, tick in enumerate(ticks):
        last = i == len(ticks) - 1
        text = tick_text(tick, language=canvas.language) + (f" {unit}" if last and unit else "")
        canvas.text(axis.at(tick), y, text, size=18, colour=tokens.MUTED, align="center")
