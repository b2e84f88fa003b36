"""Stacked dots, the scale of segregation, and pairs of values."""

from math import isnan
from typing import Final

from barometer.pictures import tokens
from barometer.pictures.axes import PixelAxis, PixelBox, draw_amounts
from barometer.pictures.canvas import Canvas, text_width
from barometer.pictures.charts import DotStack, Dumbbells, ScaleChart

_TEXT: Final = 22
_NOTE: Final = 18
_DOT: Final = "#6180ab"


def draw_dots(canvas: Canvas, chart: DotStack, box: PixelBox) -> None:
    """Every area is one dot above its value."""
    axis = PixelAxis(chart.low, chart.high, box.x + 8, box.right - 48)
    known = sorted(value for value in chart.values if not isnan(value))
    ground = box.bottom - 44
    names = 34 * (1 + len(chart.named))
    columns = _columns(known, axis, width=_dot_width(len(known)))
    tallest = max((len(column) for column in columns.values()), default=1)
    step = min(_dot_width(len(known)), (ground - box.y - names) / tallest)
    radius = step * 0.44
    for x, column in columns.items():
        for level in range(len(column)):
            canvas.mark(
                x,
                ground - radius - 2 - level * step,
                shape="round",
                size=2 * radius,
                fill=_DOT,
                edge_width=0,
            )
    canvas.line([(axis.start, ground), (axis.end, ground)], colour=tokens.AXIS)
    draw_amounts(canvas, axis, ground + 28, unit=chart.unit)
    _leader(canvas, axis.at(chart.median), ground, box.y + 20, chart.median_label, tokens.INK, axis)
    named = [mark for mark in chart.named if not isnan(mark.value)]
    for i, mark in enumerate(named):
        x, y = axis.at(mark.value), box.y + 54 + 34 * i
        _leader(canvas, x, ground, y, mark.label, mark.colour, axis)
        canvas.mark(x, ground - 6, shape=mark.shape, size=14, fill=mark.colour)


def _dot_width(n: int) -> float:
    """Few areas get larger dots, so that the picture is filled."""
    return float(min(max(14.0 * (300 / max(n, 1)) ** 0.5, 5.0), 22.0))


def _columns(values: list[float], axis: PixelAxis, *, width: float) -> dict[float, list[float]]:
    columns: dict[float, list[float]] = {}
    for value in values:
        x = axis.start + round((axis.at(value) - axis.start) / width) * width
        columns.setdefault(x, []).append(value)
    return columns


def _leader(
    canvas: Canvas, x: float, ground: float, y: float, label: str, colour: str, axis: PixelAxis
) -> None:
    canvas.line([(x, y - 16), (x, ground)], colour=colour, width=1.5)
    width = text_width(label, _NOTE, tokens.STRONG)
    left = x + 8 + width > axis.end
    canvas.text(
        x - 8 if left else x + 8,
        y,
        label,
        size=_NOTE,
        weight=tokens.STRONG,
        colour=colour,
        align="right" if left else "left",
        halo=3,
    )


def draw_scale(canvas: Canvas, chart: ScaleChart, box: PixelBox) -> None:
    """From evenly spread to wholly apart: chance, the spread of kommuner, the places."""
    axis = PixelAxis(0, 100, box.x + 4, box.right - 48)
    row = min(96.0, (box.height - 150) / max(len(chart.rows), 1))
    top, ground = box.y + 36, box.y + 48 + row * len(chart.rows) + 12
    if chart.spread is not None:
        for (low, high), colour in (
            (chart.spread.most, tokens.SCALE_MOST),
            (chart.spread.half, tokens.SCALE_HALF),
        ):
            canvas.rectangle(
                axis.at(low), top, axis.at(high) - axis.at(low), ground - top, fill=colour
            )
        x = axis.at(chart.spread.median)
        canvas.line([(x, top), (x, ground)], colour=tokens.KOMMUN, width=2)
        canvas.text(
            x,
            ground + 58,
            chart.median_label,
            size=_NOTE,
            weight=tokens.STRONG,
            colour=tokens.KOMMUN,
            align="center",
        )
    for value in chart.every:
        if not isnan(value):
            x = axis.at(value)
            canvas.line([(x, ground - 8), (x, ground)], colour="#7d97bd", width=1)
    if chart.chance is not None:
        x = axis.at(chart.chance)
        canvas.line([(x, top - 8), (x, ground)], dashed=True, width=2)
        canvas.text(x + 8, top - 10, chart.chance_label, size=_NOTE, weight=tokens.STRONG)
    for i, place in enumerate(chart.rows):
        x, y = axis.at(place.value), top + 12 + row * (i + 0.5)
        canvas.line([(axis.start, y), (x, y)], colour=place.colour, width=3.5)
        canvas.mark(x, y, shape=place.shape, size=20, fill=place.colour)
        text = f"{place.name}  {place.value_label}"
        left = x + 24 + text_width(text, _TEXT, tokens.STRONG) > box.right
        canvas.text(
            x - 20 if left else x + 20,
            y - 14 if left else y + 8,
            text,
            size=_TEXT,
            weight=tokens.STRONG,
            colour=place.colour,
            align="right" if left else "left",
            halo=4,
        )
    canvas.line([(axis.start, ground), (axis.end, ground)], colour=tokens.AXIS, width=2)
    draw_amounts(canvas, axis, ground + 28, unit="")
    canvas.text(axis.start, ground + 58, chart.low_label, size=_NOTE, colour=tokens.MUTED)
    canvas.text(
        axis.end, ground + 58, chart.high_label, size=_NOTE, colour=tokens.MUTED, align="right"
    )


def draw_dumbbells(canvas: Canvas, chart: Dumbbells, box: PixelBox) -> None:
    """A ring for the first value and a filled mark for the second."""
    left = min(
        max((text_width(r.label, _TEXT, tokens.STRONG) for r in chart.rows), default=0) + 24,
        box.width * 0.34,
    )
    axis = PixelAxis(0, 100, box.x + left, box.right - 48)
    row = min(120.0, (box.height - 44) / max(len(chart.rows), 1))
    for i, pair in enumerate(chart.rows):
        y = box.y + row * (i + 0.5)
        first, second = axis.at(pair.first), axis.at(pair.second)
        canvas.text(box.x, y + 7, pair.label, size=_TEXT, weight=tokens.STRONG, colour=pair.colour)
        canvas.line([(axis.start, y), (axis.end, y)], colour=tokens.GRID)
        canvas.line([(first, y), (second, y)], colour=pair.colour, width=3.5)
        canvas.mark(
            first, y, shape=pair.shape, size=16, fill=tokens.SURFACE, edge=pair.colour, edge_width=3
        )
        canvas.mark(second, y, shape=pair.shape, size=18, fill=pair.colour)
        outward = 1 if second >= first else -1
        for x, label, side in (
            (first, pair.first_label, -outward),
            (second, pair.second_label, outward),
        ):
            canvas.text(
                x + side * 18,
                y + 7,
                label,
                size=20,
                weight=tokens.STRONG,
                align="left" if side > 0 else "right",
                halo=3,
            )
    draw_amounts(canvas, axis, box.y + row * len(chart.rows) + 28, unit="%")
