"""The card: heading and subtitle above, chart or map, mark and source at the foot."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from barometer.divisions import Language
from barometer.pictures import tokens
from barometer.pictures.axes import PixelBox
from barometer.pictures.canvas import Canvas, text_width, wrapped
from barometer.pictures.charts import (
    Card,
    Chart,
    DotStack,
    Dumbbells,
    LineChart,
    MapChart,
    Panels,
    Plot,
    ScaleChart,
    Stacks,
    Strips,
    TableChart,
)
from barometer.pictures.draw_bars import draw_key_row, draw_stacks, draw_strips
from barometer.pictures.draw_lines import draw_lines
from barometer.pictures.draw_map import draw_key, draw_map
from barometer.pictures.draw_plot import draw_plot, draw_table
from barometer.pictures.draw_points import draw_dots, draw_dumbbells, draw_scale

_MARGIN: Final = 56
_FOOT: Final = 80
_PANEL: Final = 520
_MOST_LINES: Final = 3  # of a heading, before its letters get smaller
_LEAST: Final = 26


def draw_card(card: Card, chart: Chart, size: tuple[int, int]) -> Canvas:
    """A canvas with everything on it."""
    canvas = Canvas(*size, language=card.language)
    if isinstance(chart, MapChart):
        _map_card(canvas, card, chart)
    else:
        below = _headings(canvas, card, canvas.width - 2 * _MARGIN, size=44)
        box = PixelBox(
            _MARGIN, below + 16, canvas.width - 2 * _MARGIN, canvas.height - _FOOT - below - 40
        )
        draw_chart(canvas, chart, box)
    _foot(canvas, card)
    return canvas


def draw_bare(
    chart: Chart, size: tuple[int, int], *, language: Language, exchange: Mapping[str, str]
) -> Canvas:
    """A canvas with the chart only."""
    canvas = Canvas(*size, language=language, exchange=exchange)
    box = PixelBox(0, 0, canvas.width, canvas.height)
    if isinstance(chart, MapChart):
        draw_map(canvas, chart, box)
    else:
        draw_chart(canvas, chart, PixelBox(4, 4, box.width - 8, box.height - 8))
    return canvas


def draw_chart(canvas: Canvas, chart: Chart, box: PixelBox) -> None:
    """Draw by the form of the chart."""
    drawers: dict[type[Any], Callable[[Canvas, Any, PixelBox], None]] = {
        LineChart: draw_lines,
        Strips: draw_strips,
        DotStack: draw_dots,
        Stacks: draw_stacks,
        ScaleChart: draw_scale,
        Dumbbells: draw_dumbbells,
        MapChart: draw_map,
        Plot: draw_plot,
        TableChart: draw_table,
        Panels: _draw_panels,
    }
    drawers[type(chart)](canvas, chart, box)


def _draw_panels(canvas: Canvas, chart: Panels, box: PixelBox) -> None:
    """Each in its share of the room under its caption; the key of maps below."""
    n, gap = max(len(chart.panels), 1), 32
    maps = [panel for _, panel in chart.panels if isinstance(panel, MapChart)]
    room = box.height - (48 if maps else 0)
    for i, (caption, panel) in enumerate(chart.panels):
        if chart.beside:
            width = (box.width - gap * (n - 1)) / n
            inside = PixelBox(box.x + i * (width + gap), box.y, width, room)
        else:
            height = (room - gap * (n - 1)) / n
            inside = PixelBox(box.x, box.y + i * (height + gap), box.width, height)
        canvas.text(inside.x, inside.y + 22, caption, size=22, weight=tokens.STRONG)
        below = PixelBox(inside.x, inside.y + 36, inside.width, inside.height - 36)
        draw_chart(canvas, panel, below)
    if maps:
        key = tuple((row.label, row.fill or tokens.HATCH_GROUND) for row in maps[0].key)
        draw_key_row(canvas, key, box.x, box.bottom - 6, box.right)


def _headings(canvas: Canvas, card: Card, width: float, *, size: float) -> float:
    while len(wrapped(card.heading, width, size, tokens.BOLD)) > _MOST_LINES and size > _LEAST:
        size -= 2
    heading = wrapped(card.heading, width, size, tokens.BOLD)
    y = canvas.paragraph(
        _MARGIN, 52 + size * 0.8, heading, leading=size * 1.12, size=size, weight=tokens.BOLD
    )
    y = canvas.paragraph(
        _MARGIN,
        y - size * 0.12,
        wrapped(card.subtitle, width, 24),
        leading=31,
        size=24,
        colour=tokens.MUTED,
    )
    if card.badge:
        y = _badge(canvas, card.badge, y)
    return y - 12


def _badge(canvas: Canvas, badge: str, y: float) -> float:
    width = text_width(badge, 18, tokens.STRONG) + 32
    canvas.rectangle(_MARGIN, y - 14, width, 34, fill=tokens.BADGE, radius=17)
    canvas.text(_MARGIN + 16, y + 9, badge, size=18, weight=tokens.STRONG, colour=tokens.BADGE_INK)
    return y + 46


def _map_card(canvas: Canvas, card: Card, chart: MapChart) -> None:
    box = PixelBox(_PANEL, 0, canvas.width - _PANEL, canvas.height - _FOOT)
    draw_map(canvas, chart, box)
    below = _headings(canvas, card, _PANEL - _MARGIN - 44, size=38)
    draw_key(canvas, chart, PixelBox(_MARGIN, below + 24, _PANEL - _MARGIN - 44, 0))


def _foot(canvas: Canvas, card: Card) -> None:
    top = canvas.height - _FOOT
    canvas.rectangle(0, top, canvas.width, _FOOT, fill=tokens.SURFACE)
    for i, colour in enumerate(tokens.LOGO):
        column, row = i % 2, i // 2
        canvas.rectangle(_MARGIN + 13 * column, top + 27 + 13 * row, 12, 12, fill=colour, radius=2)
    canvas.text(_MARGIN + 37, top + 46, card.mark, size=20, weight=tokens.BOLD)
    room = canvas.width - 2 * _MARGIN - 60 - text_width(card.mark, 20, tokens.BOLD)
    size = next(
        s
        for s in (18, 16, 14, 11, 9)
        if s == 9 or len(wrapped(card.source, room, s)) * 1.28 * s < 76
    )
    lines = wrapped(card.source, room, size)
    y = top + 40 + 0.35 * size - 0.64 * size * (len(lines) - 1)
    canvas.paragraph(
        canvas.width - _MARGIN,
        y,
        lines,
        leading=1.28 * size,
        size=size,
        colour=tokens.MUTED,
        align="right",
    )
