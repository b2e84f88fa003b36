"""Stacked bars and percentile strips, each on one common axis."""

from collections.abc import Callable
from typing import Final

from barometer.pictures import tokens
from barometer.pictures.axes import PixelAxis, PixelBox, draw_amounts
from barometer.pictures.canvas import Canvas, text_width, wrapped
from barometer.pictures.charts import Shape, Stacks, Strip, Strips

_TEXT: Final = 22
_NOTE: Final = 18
_KEY: Final = 40
_MOST_ROW: Final = 104
_MOST_STACK: Final = 190
_LABELS: Final = 0.34  # of the width, at the most


def _label_width(labels: list[str], box: PixelBox) -> float:
    widest = max((text_width(label, _TEXT) for label in labels), default=0)
    return min(widest + 24, box.width * _LABELS)


def _row_height(box: PixelBox, n: int, below: float) -> float:
    return min((box.height - below) / max(n, 1), _MOST_ROW)


def _label(canvas: Canvas, label: str, x: float, y: float, width: float) -> None:
    lines = wrapped(label, width - 16, _TEXT)[:2]
    canvas.paragraph(x, y + 7 - 12 * (len(lines) - 1), lines, leading=24, size=_TEXT)


def draw_stacks(canvas: Canvas, chart: Stacks, box: PixelBox) -> None:
    """Wholes of equal length; a number stands in its part where it has room."""
    left = _label_width([row.label for row in chart.rows], box)
    axis = PixelAxis(0, 100, box.x + left, box.right)
    height = min((box.height - 2 * _KEY - 20) / max(len(chart.rows), 1), _MOST_STACK)
    y = box.y
    for row in chart.rows:
        middle, thick = y + height / 2, height * 0.7
        _label(canvas, row.label, box.x, middle, left)
        at, total = 0.0, sum(row.parts) or 1.0
        for part, text, colour in zip(row.parts, row.part_labels, chart.colours, strict=False):
            start, end = axis.at(100 * at / total), axis.at(100 * (at + part) / total)
            _part(canvas, PixelBox(start, middle - thick / 2, end - start, thick), text, colour)
            at += part
        y += height
    keys = [
        (_swatch(canvas, colour), name)
        for name, colour in zip(chart.names, chart.colours, strict=False)
    ]
    _key(canvas, keys, box.x, y + 44, box.right)


def _part(canvas: Canvas, box: PixelBox, text: str, colour: str) -> None:
    canvas.rectangle(box.x, box.y, max(box.width - 2, 0.5), box.height, fill=colour)
    if text_width(text, 20, tokens.STRONG) + 10 <= box.width:
        canvas.text(
            box.x + box.width / 2,
            box.y + box.height / 2 + 7,
            text,
            size=20,
            weight=tokens.STRONG,
            colour=ink_on(colour),
            align="center",
        )


def ink_on(colour: str) -> str:
    """White or ink, whichever can be read on the colour."""
    return tokens.SURFACE if _luminance(colour) < 0.2 else tokens.INK


def ink_like(colour: str) -> str:
    """The colour for large text on white, or ink where it is too pale to be read (3:1)."""
    return colour if _luminance(colour) <= 0.3 else tokens.INK


def _luminance(colour: str) -> float:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def draw_strips(canvas: Canvas, chart: Strips, box: PixelBox) -> None:
    """A place's value on the spread of all others, row by row."""
    left = _label_width([row.label for row in chart.rows], box)
    right = max((text_width(r.value_label, _TEXT, tokens.STRONG) for r in chart.rows), default=0)
    axis = PixelAxis(chart.low, chart.high, box.x + left, box.right - right - 40)
    height = _row_height(box, len(chart.rows), 44 + 2 * _KEY)
    y = box.y
    for row in chart.rows:
        _strip(canvas, chart, row, axis, PixelBox(box.x, y, box.width, height), left)
        y += height
    draw_amounts(canvas, axis, y + 24, unit=chart.unit)
    _key(canvas, _strip_key(canvas, chart), box.x, y + 66, box.right)


def _strip_key(canvas: Canvas, chart: Strips) -> list[tuple[Callable[[float, float], None], str]]:
    keys: list[tuple[Callable[[float, float], None], str]] = [
        (_dot(canvas, "round", chart.colour), chart.place)
    ]
    if chart.median_label:
        keys += [(_tick(canvas), chart.median_label)]
    if chart.half_label:
        keys += [(_swatch(canvas, tokens.HALF), chart.half_label)]
    if chart.most_label:
        keys += [(_swatch(canvas, tokens.MOST), chart.most_label)]
    marks = {mark.label: mark for row in chart.rows for mark in row.marks if mark.label}
    keys += [(_dot(canvas, mark.shape, mark.colour), label) for label, mark in marks.items()]
    return keys


def _strip(
    canvas: Canvas, chart: Strips, row: Strip, axis: PixelAxis, box: PixelBox, left: float
) -> None:
    y = box.y + box.height / 2
    _label(canvas, row.label, box.x, y, left)
    if row.value is None:
        canvas.text(axis.start, y + 7, row.reason, size=_NOTE, colour=tokens.MUTED)
        return
    canvas.line([(axis.start, y), (axis.end, y)], colour="#cfd1d4", width=1.5)
    if row.spread is not None:
        for (low, high), colour in ((row.spread.most, tokens.MOST), (row.spread.half, tokens.HALF)):
            canvas.rectangle(axis.at(low), y - 10, axis.at(high) - axis.at(low), 20, fill=colour)
        at = axis.at(row.spread.median)
        canvas.line([(at, y - 14), (at, y + 14)], width=3)
    for mark in row.marks:
        canvas.mark(axis.at(mark.value), y, shape=mark.shape, size=13, fill=mark.colour)
    canvas.mark(axis.at(row.value), y, shape="round", size=22, fill=chart.colour, edge_width=3)
    canvas.text(box.right, y + 7, row.value_label, size=_TEXT, weight=tokens.STRONG, align="right")


def _swatch(canvas: Canvas, colour: str) -> Callable[[float, float], None]:
    return lambda x, y: canvas.rectangle(x, y - 14, 22, 16, fill=colour)


def _tick(canvas: Canvas) -> Callable[[float, float], None]:
    return lambda x, y: canvas.line([(x + 11, y - 17), (x + 11, y + 5)], width=3)


def _dot(canvas: Canvas, shape: Shape, colour: str) -> Callable[[float, float], None]:
    return lambda x, y: canvas.mark(
        x + 11,
        y - 6,
        shape=shape,
        size=16,
        fill=colour,
        edge_width=0,
    )


def _key(
    canvas: Canvas,
    keys: list[tuple[Callable[[float, float], None], str]],
    x: float,
    y: float,
    right: float,
) -> None:
    start = x
    for draw, label in keys:
        width = 32 + text_width(label, _NOTE) + 32
        if x > start and x + width > right:
            x, y = start, y + 30
        draw(x, y)
        canvas.text(x + 32, y, label, size=_NOTE, colour=tokens.MUTED)
        x += width


def draw_key_row(
    canvas: Canvas, key: tuple[tuple[str, str], ...], x: float, y: float, right: float
) -> None:
    """Names with their colours from `x`, in as many lines as they need."""
    _key(canvas, [(_swatch(canvas, colour), name) for name, colour in key], x, y, right)
