"""Maps: sea, neighbouring land, areas, hatches, borders, names, and the key beside them."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely
from shapely.affinity import affine_transform
from shapely.geometry.base import BaseGeometry

from barometer.pictures import tokens
from barometer.pictures.axes import Axis, Box
from barometer.pictures.canvas import Canvas, text_width
from barometer.pictures.charts import KeyRow, MapChart, MapName
from barometer.pictures.draw_bars import ink_on

_NAME: Final = 20
_ROOM: Final = 24  # pixels between the place and the map's edge


def _to_pixels(bounds: tuple[float, float, float, float], box: Box) -> list[float]:
    """The affine matrix from metres to pixels that fits bounds into the box, north up."""
    west, south, east, north = bounds
    width, height = max(east - west, 1.0), max(north - south, 1.0)
    scale = min((box.width - 2 * _ROOM) / width, (box.height - 2 * _ROOM) / height)
    x = box.x + box.width / 2 - scale * (west + east) / 2
    y = box.y + box.height / 2 + scale * (south + north) / 2
    return [scale, 0, 0, -scale, x, y]


def draw_map(canvas: Canvas, chart: MapChart, box: Box) -> None:
    """Fill the box with the map; what lies outside it is cut off."""
    matrix = _to_pixels(chart.bounds, box)
    clip = (box.x, box.y, box.width, box.height)
    window = shapely.box(box.x - 4, box.y - 4, box.right + 4, box.bottom + 4)

    def placed(outline: BaseGeometry) -> BaseGeometry:
        pixels = affine_transform(outline, matrix)
        return shapely.intersection(shapely.make_valid(pixels), window)

    canvas.rectangle(*clip, fill=tokens.SEA)
    for land in chart.neighbours:
        canvas.shape(
            placed(land), fill=tokens.OTHER_LAND, edge=tokens.OTHER_BORDER, width=1, clip=clip
        )
    if chart.remainder is not None:
        canvas.shape(placed(chart.remainder), fill=tokens.HATCH_GROUND, hatch="missing", clip=clip)
    edge = 0.8 if len(chart.areas) < 800 else 0.15
    for area in chart.areas:
        outline = placed(area.outline)
        fill = area.fill or tokens.HATCH_GROUND
        hatch = area.hatch or (None if area.fill else "missing")
        canvas.shape(
            outline,
            fill=fill,
            edge=tokens.SURFACE if edge > 0.2 else fill,
            width=edge,
            clip=clip,
            hatch=hatch,
        )
    for border in chart.lines:
        canvas.shape(placed(border), edge="#5f6b78", width=1.1, clip=clip)
    if chart.focus is not None:
        focus = placed(chart.focus)
        canvas.shape(focus, edge=tokens.SURFACE, width=7, clip=clip)
        canvas.shape(focus, edge=tokens.PLACE, width=3.5, clip=clip)
    _names(canvas, chart.names, matrix, box)


def _names(canvas: Canvas, names: Sequence[MapName], matrix: list[float], box: Box) -> None:
    taken: list[tuple[float, float, float, float]] = []
    for name in names:
        x = matrix[0] * name.x + matrix[4]
        y = matrix[3] * name.y + matrix[5]
        weight = tokens.STRONG if name.strong else tokens.REGULAR
        width = text_width(name.text, _NAME, weight)
        left = x + 8 if name.dot else x - width / 2
        room = (left - 4, y - 18, left + width + 4, y + 8)
        if not _fits(room, box) or any(_collide(room, other) for other in taken):
            continue
        taken.append(room)
        if name.dot:
            canvas.mark(x, y - 6, shape="round", size=6, fill=tokens.INK, edge_width=1)
        canvas.text(left, y, name.text, size=_NAME, weight=weight, halo=3.4)


def _fits(room: tuple[float, float, float, float], box: Box) -> bool:
    left, top, right, bottom = room
    return left >= box.x + 4 and right <= box.right - 4 and top >= box.y and bottom <= box.bottom


def _collide(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    return bool(one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3])


def draw_key(canvas: Canvas, chart: MapChart, box: Box) -> float:
    """The key as a table, and the bars beside it; answers where it ends."""
    y = box.y + 22
    canvas.text(box.x, y, chart.key_label, size=18, colour=tokens.MUTED)
    canvas.text(box.right, y, chart.key_detail_label, size=18, colour=tokens.MUTED, align="right")
    y += 14
    for row in chart.key:
        canvas.line([(box.x, y), (box.right, y)], colour=tokens.RULE)
        _key_row(canvas, row, box, y)
        y += 48
    canvas.line([(box.x, y), (box.right, y)], colour=tokens.RULE)
    if chart.beside is not None:
        y = _beside(canvas, chart, box, y + 24)
    return y


def _key_row(canvas: Canvas, row: KeyRow, box: Box, y: float) -> None:
    swatch = shapely.box(box.x, y + 12, box.x + 44, y + 37)
    hatch = row.hatch or (None if row.fill else "missing")
    canvas.shape(swatch, fill=row.fill or tokens.HATCH_GROUND, hatch=hatch)
    if row.number and row.fill:
        canvas.text(
            box.x + 22,
            y + 31,
            row.number,
            size=18,
            weight=tokens.STRONG,
            colour=ink_on(row.fill),
            align="center",
        )
    canvas.text(box.x + 60, y + 31, row.label, size=22)
    canvas.text(box.right, y + 31, row.detail, size=22, colour=tokens.MUTED, align="right")


def _beside(canvas: Canvas, chart: MapChart, box: Box, y: float) -> float:
    bars = chart.beside
    if bars is None:
        return y
    labels = max(text_width(row.label, 20) for row in bars.rows) + 20
    axis = Axis(0, bars.high, box.x + labels, box.right - 92)
    colours = chart.bar_colours or (bars.colour,) * len(bars.rows)
    for row, colour in zip(bars.rows, colours, strict=False):
        y += 36
        canvas.text(box.x, y, row.label, size=20)
        canvas.rectangle(axis.start, y - 13, axis.end - axis.start, 12, fill=tokens.TRACK)
        if row.value is not None and not np.isnan(row.value):
            canvas.rectangle(axis.start, y - 13, axis.at(row.value) - axis.start, 12, fill=colour)
        canvas.text(box.right, y, row.value_label, size=20, weight=tokens.STRONG, align="right")
    return y
