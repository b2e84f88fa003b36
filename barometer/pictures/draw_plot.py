"""Marks on two axes, and tables: what a page draws, drawn alike for paper and slides."""

from math import isfinite
from typing import Final

from barometer.pictures import tokens
from barometer.pictures.axes import PixelAxis, PixelBox, spread_out
from barometer.pictures.canvas import Canvas, text_width, wrapped
from barometer.pictures.charts import (
    Band,
    Dots,
    Plot,
    PlotAxis,
    Rectangle,
    Stroke,
    TableChart,
    VerticalLine,
)
from barometer.pictures.draw_bars import draw_key_row, ink_like, ink_on

_TEXT: Final = 22
_TICK: Final = 18
_LABELS: Final = 0.3  # of the width, at the most, for the names of rows
_ENDS: Final = 0.28  # of the width, at the most, for names at line ends
_GAP: Final = 20  # between columns of a table
_WIDEST: Final = 520  # column
_FEW: Final = 10  # rows, which are written larger
_KEY: Final = 34


def draw_plot(canvas: Canvas, chart: Plot, box: PixelBox) -> None:
    """Axes, rules and marks; names at line ends, and a key below where colours need one."""
    plain = _plot_box(canvas, chart, box)
    across = _axis(chart.across, plain.x, plain.right)
    up = _axis(chart.up, plain.bottom, plain.y)
    if chart.level:
        across, up = _levelled(chart, plain)
    _ticks_up(canvas, chart.up, up, across, box)
    _ticks_across(canvas, chart.across, across, plain, up)
    for rule in chart.rules:
        _rule(canvas, rule, across, plain)
    for mark in chart.marks:
        _draw(canvas, mark, across, up)
    _ends(canvas, chart, across, up)
    draw_key_row(canvas, chart.key, box.x, box.bottom - 8, box.right)


def _plot_box(canvas: Canvas, chart: Plot, box: PixelBox) -> PixelBox:
    """Where the marks are: within tick labels, line ends, titles and key."""
    most = box.width * _LABELS
    labels = [line for _, text in chart.up.ticks for line in wrapped(text, most, _TICK)]
    left = max((text_width(text, _TICK) for text in labels), default=0) + 16
    texts = [m.text for m in chart.marks if isinstance(m, Stroke | Dots) and m.text]
    texts += [m.text for m in chart.marks if isinstance(m, Rectangle) and m.text and not m.inside]
    ends = max((text_width(text, _TEXT, tokens.STRONG) for text in texts), default=0)
    right = min(ends + 36, box.width * _ENDS) if texts else 24
    top = 36 if any(rule.text for rule in chart.rules) or chart.up.title else 8
    below = 8 + (_KEY if chart.key else 0) + (28 if chart.across.title else 0)
    width = box.width - left - right
    lines = [_across_lines(chart.across, width, text) for _, text in chart.across.ticks]
    below += max(map(len, lines), default=0) * 21 + 14
    if chart.up.title:
        canvas.text(box.x, box.y + 14, chart.up.title, size=_TICK, colour=tokens.MUTED)
    return PixelBox(box.x + left, box.y + top, width, box.height - top - below)


def _axis(scale: PlotAxis, start: float, end: float) -> PixelAxis:
    if scale.reversed:
        start, end = end, start
    return PixelAxis(scale.low, scale.high, start, end)


def _levelled(chart: Plot, box: PixelBox) -> tuple[PixelAxis, PixelAxis]:
    """Axes with the same scale, in the middle of the room."""
    wide, high = chart.across.high - chart.across.low, chart.up.high - chart.up.low
    pixels = min(box.width / (wide or 1), box.height / (high or 1))
    left = box.x + (box.width - pixels * wide) / 2
    low = box.bottom - (box.height - pixels * high) / 2
    across = PixelAxis(chart.across.low, chart.across.high, left, left + pixels * wide)
    return across, PixelAxis(chart.up.low, chart.up.high, low, low - pixels * high)


def _ticks_up(
    canvas: Canvas, scale: PlotAxis, up: PixelAxis, across: PixelAxis, box: PixelBox
) -> None:
    left, right = sorted((across.start, across.end))
    for n, (amount, text) in enumerate(scale.ticks):
        y = up.at(amount)
        if scale.rules:
            colour = tokens.AXIS if n == 0 else tokens.GRID
            canvas.line([(left, y), (right, y)], colour=colour)
        lines = wrapped(text, box.width * _LABELS, _TICK)[:2]
        canvas.paragraph(
            left - 12,
            y + 6 - 10.5 * (len(lines) - 1),
            lines,
            leading=21,
            size=_TICK,
            colour=tokens.MUTED if scale.rules else tokens.INK,
            align="right",
        )


def _across_lines(scale: PlotAxis, width: float, text: str) -> list[str]:
    return wrapped(text, max(width / max(len(scale.ticks), 1) - 8, 40), _TICK)[:3]


def _ticks_across(
    canvas: Canvas, scale: PlotAxis, across: PixelAxis, box: PixelBox, up: PixelAxis
) -> None:
    low, high = sorted((up.start, up.end))
    for amount, text in scale.ticks:
        if scale.rules:
            canvas.line([(across.at(amount), low), (across.at(amount), high)], colour=tokens.GRID)
        canvas.paragraph(
            across.at(amount),
            box.bottom + 26,
            _across_lines(scale, box.width, text),
            leading=21,
            size=_TICK,
            colour=tokens.MUTED,
            align="center",
        )
    if scale.title:
        lines = max((len(_across_lines(scale, box.width, t)) for _, t in scale.ticks), default=0)
        y = box.bottom + 32 + 21 * lines
        canvas.text(box.right, y, scale.title, size=_TICK, colour=tokens.MUTED, align="right")


def _rule(canvas: Canvas, rule: VerticalLine, across: PixelAxis, box: PixelBox) -> None:
    x = across.at(rule.at)
    canvas.line(
        [(x, box.y - 10), (x, box.bottom)], colour=tokens.AXIS, width=1.5, dashed=rule.dashed
    )
    if rule.text:
        canvas.text(x + 8, box.y - 14, rule.text, size=_TICK, colour=tokens.MUTED)


def _draw(
    canvas: Canvas, mark: Stroke | Dots | Rectangle | Band, across: PixelAxis, up: PixelAxis
) -> None:
    if isinstance(mark, Rectangle):
        _block(canvas, mark, across, up)
        return
    points = [
        (across.at(x), up.at(y)) if isfinite(x) and isfinite(y) else None for x, y in mark.points
    ]
    known = [point for point in points if point is not None]
    if isinstance(mark, Stroke):
        for run in _runs(points):
            if len(run) > 1:
                canvas.line(run, colour=mark.colour, width=mark.width, dashed=mark.dashed)
    elif isinstance(mark, Dots):
        for x, y in known:
            canvas.mark(
                x,
                y,
                shape=mark.shape,
                size=mark.size,
                fill=mark.colour,
                edge_width=1 if mark.size > 8 else 0,
                alpha=mark.alpha,
            )
    elif len(known) > 2:
        canvas.area(known, fill=mark.colour, alpha=mark.alpha)


def _runs(points: list[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return runs


def _block(canvas: Canvas, mark: Rectangle, across: PixelAxis, up: PixelAxis) -> None:
    x0, y0, x1, y1 = mark.corners
    left, right = sorted((across.at(x0), across.at(x1)))
    top, bottom = sorted((up.at(y0), up.at(y1)))
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    canvas.area(corners, fill=mark.colour, alpha=mark.alpha)
    size = min(_TEXT, max(12.0, 0.8 * (bottom - top)))
    middle = (top + bottom) / 2 + 0.33 * size
    wide = text_width(mark.text, size, tokens.STRONG)
    if mark.inside and wide + 6 <= right - left and bottom - top >= size:
        ink = ink_on(mark.colour) if mark.alpha > 0.6 else tokens.INK
        x = (left + right) / 2
        canvas.text(
            x, middle, mark.text, size=size, weight=tokens.STRONG, colour=ink, align="center"
        )
    elif mark.text and not mark.inside:
        before = x1 < x0
        canvas.text(
            left - 8 if before else right + 8,
            middle,
            mark.text,
            size=size,
            weight=tokens.STRONG,
            align="right" if before else "left",
        )


def _ends(canvas: Canvas, chart: Plot, across: PixelAxis, up: PixelAxis) -> None:
    """What stands at the ends of lines and beside single dots, kept apart."""
    ends = []
    for mark in chart.marks:
        if isinstance(mark, Stroke | Dots) and mark.text:
            known = [point for point in mark.points if isfinite(point[0]) and isfinite(point[1])]
            ends += [(known[-1], mark.text, mark.colour)] if known else []
    room = sorted((up.start, up.end))
    gap = min(28.0, (room[1] - room[0]) / max(len(ends) - 1, 1))
    wanted = [up.at(y) for (_, y), _, _ in ends]
    places = spread_out(wanted, gap=gap, low=room[0], high=room[1])
    for ((x, _), text, colour), y in zip(ends, places, strict=True):
        canvas.text(
            across.at(x) + 16,
            y + 7,
            text,
            size=min(_TEXT, gap * 0.8),
            weight=tokens.STRONG,
            colour=ink_like(colour),
            halo=3,
        )


def draw_table(canvas: Canvas, chart: TableChart, box: PixelBox) -> None:
    """Heads and as many rows as there is room for; the last line says what is left out.

    Columns of words begin at their left edge, columns of numbers end at their right.
    """
    size = _TEXT if len(chart.rows) <= _FEW else _TICK
    widths = _widths(chart, box.width, size)
    words = [n == 0 or _is_text(chart, n) for n in range(len(widths))]

    def row(cells: list[list[str]], y: float, *, strong: bool) -> None:
        x = box.x
        for n, (lines, width) in enumerate(zip(cells, widths, strict=False)):
            canvas.paragraph(
                x if words[n] else x + width - _GAP,
                y,
                lines,
                leading=1.15 * size,
                size=size,
                weight=tokens.STRONG if strong and n == 0 else tokens.REGULAR,
                colour=tokens.INK if strong else tokens.MUTED,
                align="left" if words[n] else "right",
            )
            x += width

    head = _cells(chart.heads, widths, size)
    row(head, box.y + size, strong=False)
    y = box.y + 1.15 * size * max(map(len, head), default=1) + 10
    for number, texts in enumerate(chart.rows):
        cells = _cells(texts, widths, size)
        height = 1.15 * size * max(map(len, cells), default=1) + 0.85 * size
        if y + height > box.bottom - (30 if number < len(chart.rows) - 1 else 0):
            rest = chart.rest.format(n=number)
            canvas.text(box.x, y + 28, rest, size=_TICK, colour=tokens.MUTED)
            return
        canvas.line([(box.x, y), (box.right, y)], colour=tokens.GRID)
        row(cells, y + 1.25 * size, strong=True)
        y += height


def _is_text(chart: TableChart, column: int) -> bool:
    """Whether most cells have more letters than figures."""
    cells = [row[column] for row in chart.rows if column < len(row) and len(row[column]) > 1]
    wordy = [c for c in cells if sum(map(str.isalpha, c)) > sum(map(str.isdigit, c)) + 3]
    return 2 * len(wordy) > len(cells)


def _cells(row: tuple[str, ...], widths: list[float], size: float) -> list[list[str]]:
    return [wrapped(text, width - _GAP, size)[:3] for text, width in zip(row, widths, strict=False)]


def _widths(chart: TableChart, width: float, size: float) -> list[float]:
    """As wide as the texts ask; the room that is left goes to all, or is taken from all."""
    rows = (chart.heads, *chart.rows)
    asked = [
        min(max(text_width(row[n], size, tokens.STRONG) for row in rows if n < len(row)), _WIDEST)
        + 2 * _GAP
        for n in range(len(chart.heads))
    ]
    spare = width - sum(asked)
    if spare < 0:
        return [own * width / sum(asked) for own in asked]
    return [own + spare / len(asked) for own in asked]
