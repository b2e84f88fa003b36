"""Lines over the years, with names at the line ends and gaps at breaks."""

from collections.abc import Iterator
from itertools import pairwise
from math import isnan
from typing import Final

from barometer.pictures import tokens
from barometer.pictures.axes import (
    PixelAxis,
    PixelBox,
    nice_bounds,
    nice_ticks,
    spread_out,
    tick_text,
)
from barometer.pictures.canvas import Canvas, text_width
from barometer.pictures.charts import BreakMark, Line, LineChart, Point

_LABEL: Final = 22
_TICK: Final = 18


def draw_lines(canvas: Canvas, chart: LineChart, box: PixelBox) -> None:
    """One year gives dots at their values; it never gives an axis of years."""
    points = [point for line in chart.lines for point in line.points]
    amounts = [point.value for point in points if not isnan(point.value)]
    if not amounts:
        return
    years = sorted({point.year for point in points})
    low, high = nice_bounds(amounts)
    room = max(text_width(line.label, _LABEL, tokens.STRONG) for line in chart.lines) + 28
    top = box.y + (44 if chart.breaks else 12)
    up = PixelAxis(low, high, box.bottom - 40, top)
    along = PixelAxis(years[0], years[-1], box.x + 64, box.right - room)
    _grid(canvas, up, along, box, unit=chart.unit)
    _years(canvas, years, along, box)
    for border in chart.breaks:
        _break(canvas, border, along, up)
    for line in chart.lines:
        _line(canvas, line, chart.breaks, along, up)
    _names(canvas, chart, along, up)


def _grid(canvas: Canvas, up: PixelAxis, along: PixelAxis, box: PixelBox, *, unit: str) -> None:
    ticks = nice_ticks(up.low, up.high)
    for i, tick in enumerate(ticks):
        y = up.at(tick)
        colour = tokens.AXIS if i == 0 else tokens.GRID
        canvas.line([(box.x + 56, y), (along.end + 8, y)], colour=colour)
        text = tick_text(tick, language=canvas.language) + (
            f" {unit}" if unit and i == len(ticks) - 1 else ""
        )
        canvas.text(box.x + 46, y + 6, text, size=_TICK, colour=tokens.MUTED, align="right")


def _years(canvas: Canvas, years: list[int], along: PixelAxis, box: PixelBox) -> None:
    step = max(1, -(-len(years) // 8))
    labelled = {*years[::step], years[-1]}
    if len(years) > 1 and years[-1] - sorted(labelled)[-2] < step:
        labelled -= {sorted(labelled)[-2]}
    for year in sorted(labelled | {years[0]}):
        canvas.text(
            along.at(year),
            box.bottom - 8,
            str(year),
            size=_TICK,
            colour=tokens.MUTED,
            align="center",
        )


def _break(canvas: Canvas, border: BreakMark, along: PixelAxis, up: PixelAxis) -> None:
    x = along.at(border.year - 0.5)
    canvas.line([(x, up.end - 10), (x, up.start)], colour=tokens.AXIS, dashed=True)
    canvas.area(
        [(x, up.end - 30), (x + 16, up.end - 30), (x + 16, up.end - 16), (x, up.end - 16)],
        fill=tokens.MUTED,
    )
    canvas.text(x + 24, up.end - 16, border.label, size=_TICK, colour=tokens.MUTED)


def _line(
    canvas: Canvas, line: Line, breaks: tuple[BreakMark, ...], along: PixelAxis, up: PixelAxis
) -> None:
    for stretch in _stretches(line.points, breaks):
        points = [(along.at(p.year), up.at(p.value)) for p in stretch]
        if len(points) > 1:
            canvas.line(points, colour=line.colour, width=3.5)
        else:
            canvas.mark(*points[0], shape=line.shape, size=12, fill=line.colour)
    known = [p for p in line.points if not isnan(p.value)]
    if known:
        last = known[-1]
        canvas.mark(
            along.at(last.year), up.at(last.value), shape=line.shape, size=14, fill=line.colour
        )


def _stretches(points: tuple[Point, ...], breaks: tuple[BreakMark, ...]) -> Iterator[list[Point]]:
    """Runs of known points that no break divides."""
    known = [point for point in points if not isnan(point.value)]
    if not known:
        return
    run = [known[0]]
    for before, after in pairwise(known):
        if any(before.year < border.year <= after.year for border in breaks):
            yield run
            run = []
        run.append(after)
    yield run


def _names(canvas: Canvas, chart: LineChart, along: PixelAxis, up: PixelAxis) -> None:
    ends = [
        next((p for p in reversed(line.points) if not isnan(p.value)), None) for line in chart.lines
    ]
    named = [(line, end) for line, end in zip(chart.lines, ends, strict=True) if end is not None]
    wanted = [up.at(end.value) for _, end in named]
    places = spread_out(wanted, gap=28, low=up.end, high=up.start - 4)
    for (line, _), y in zip(named, places, strict=True):
        canvas.text(
            along.end + 20, y + 7, line.label, size=_LABEL, weight=tokens.STRONG, colour=line.colour
        )
