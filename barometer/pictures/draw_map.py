"""Maps: sea, neighbouring land, areas, hatches, borders, names, and the key beside them."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from barometer.pictures import tokens
from barometer.pictures.axes import PixelBox
from barometer.pictures.canvas import Canvas, text_width, wrapped
from barometer.pictures.charts import Hatch, KeyRow, MapChart
from barometer.pictures.draw_bars import ink_on

_ROOM: Final = 24  # pixels between the place and the map's edge
_MANY: Final = 800  # areas: from here on borders between them would be all that is seen


def _to_pixels(bounds: tuple[float, float, float, float], box: PixelBox) -> list[float]:
    """The affine matrix from metres to pixels that fits bounds into the box, north up."""
    west, south, east, north = bounds
    width, height = max(east - west, 1.0), max(north - south, 1.0)
    scale = min((box.width - 2 * _ROOM) / width, (box.height - 2 * _ROOM) / height)
    x = box.x + box.width / 2 - scale * (west + east) / 2
    y = box.y + box.height / 2 + scale * (south + north) / 2
    return [scale, 0, 0, -scale, x, y]


def draw_map(canvas: Canvas, chart: MapChart, box: PixelBox) -> None:
    """Fill the box with the map; what lies outside it is cut off."""
    matrix = _to_pixels(chart.bounds, box)
    clip = (box.x, box.y, box.width, box.height)
    window = (box.x - 4, box.y - 4, box.right + 4, box.bottom + 4)

    def placed(outlines: Sequence[BaseGeometry]) -> list[BaseGeometry]:
        return _placed(outlines, matrix, window)

    canvas.rectangle(*clip, fill=tokens.SEA)
    for land in placed(chart.neighbours):
        canvas.shape(land, fill=tokens.OTHER_LAND, edge=tokens.OTHER_BORDER, width=1, clip=clip)
    if chart.remainder is not None:
        for rest in placed([chart.remainder]):
            canvas.shape(rest, fill=tokens.HATCH_GROUND, hatch="missing", clip=clip)
    _areas(canvas, chart, placed([area.outline for area in chart.areas]), clip)
    line, width = (tokens.SURFACE, 0.85) if len(chart.areas) >= _MANY else (tokens.BORDER, 1.1)
    _all(canvas, placed(chart.lines), edge=line, width=width, clip=clip)
    _all(canvas, placed(chart.sea), fill=tokens.SEA, clip=clip)
    for outline in placed(chart.over):
        canvas.shape(outline, edge=tokens.SURFACE, width=4.5, clip=clip)
        canvas.shape(outline, edge=tokens.OVER, width=2.5, clip=clip)
    if chart.focus is not None:
        (focus,) = placed([chart.focus])
        canvas.shape(focus, edge=tokens.SURFACE, width=7, clip=clip)
        canvas.shape(focus, edge=tokens.PLACE, width=3.5, clip=clip)
    _names(canvas, chart, matrix, box)


def _all(canvas: Canvas, shapes: Sequence[BaseGeometry], **look: Any) -> None:
    for shape in shapes:
        canvas.shape(shape, **look)


def _areas(
    canvas: Canvas,
    chart: MapChart,
    outlines: Sequence[BaseGeometry],
    clip: tuple[float, float, float, float],
) -> None:
    """Each area with its border; where they are too many for borders, all of a colour at once."""
    many = len(chart.areas) >= _MANY
    alike: dict[tuple[str, Hatch | None], list[BaseGeometry]] = {}
    for area, outline in zip(chart.areas, outlines, strict=True):
        look = area.fill or tokens.HATCH_GROUND, area.hatch or (None if area.fill else "missing")
        alike.setdefault(look, []).append(outline)
        if not many:
            fill, hatch = look
            edge: Any = {"edge": tokens.SURFACE, "width": chart.border}
            canvas.shape(outline, fill=fill, clip=clip, hatch=hatch, **edge)
    for (fill, hatch), shapes in alike.items() if many else ():
        together = shapely.multipolygons(
            [part for shape in shapes for part in _polygons(shape)] or [shapely.Polygon()]
        )
        canvas.shape(together, fill=fill, edge=fill, width=0.4, clip=clip, hatch=hatch)


def _polygons(shape: BaseGeometry) -> list[BaseGeometry]:
    return [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]


def _placed(
    outlines: Sequence[BaseGeometry],
    matrix: Sequence[float],
    window: tuple[float, float, float, float],
) -> list[BaseGeometry]:
    """Geometry in metres as geometry in pixels, cut off somewhat outside the window."""
    scale = np.array([matrix[0], matrix[3]])
    moved = shapely.transform(np.array(outlines, dtype=object), lambda at: at * scale + matrix[4:])
    valid = np.where(shapely.is_valid(moved), moved, shapely.make_valid(moved))
    return list(shapely.intersection(valid, shapely.box(*window)))


def _names(canvas: Canvas, chart: MapChart, matrix: list[float], box: PixelBox) -> None:
    taken: list[tuple[float, float, float, float]] = []
    size = chart.name_size
    for name in chart.names:
        x = matrix[0] * name.x + matrix[4]
        y = matrix[3] * name.y + matrix[5]
        weight = tokens.STRONG if name.strong else tokens.REGULAR
        width = text_width(name.text, size, weight)
        left = x + 0.4 * size if name.dot else x - width / 2
        base = y + 0.3 * size if name.dot else y
        room = (left - 4, base - 0.9 * size, left + width + 4, base + 0.4 * size)
        if not _fits(room, box) or any(_collide(room, other) for other in taken):
            continue
        taken.append(room)
        if name.dot:
            canvas.mark(x, y, shape="round", size=0.3 * size, fill=tokens.INK, edge_width=1)
        canvas.text(left, base, name.text, size=size, weight=weight, halo=0.17 * size)


def _fits(extent: tuple[float, float, float, float], box: PixelBox) -> bool:
    left, top, right, bottom = extent
    return left >= box.x + 4 and right <= box.right - 4 and top >= box.y and bottom <= box.bottom


def _collide(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    return bool(one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3])


def draw_key(canvas: Canvas, chart: MapChart, box: PixelBox) -> None:
    """The key as a table."""
    y = box.y + 22
    canvas.text(box.x, y, chart.key_label, size=18, colour=tokens.MUTED)
    canvas.text(box.right, y, chart.key_detail_label, size=18, colour=tokens.MUTED, align="right")
    y += 14
    for row in chart.key:
        canvas.line([(box.x, y), (box.right, y)], colour=tokens.RULE)
        y = _key_row(canvas, row, box, y)
    canvas.line([(box.x, y), (box.right, y)], colour=tokens.RULE)


def _key_row(canvas: Canvas, row: KeyRow, box: PixelBox, y: float) -> float:
    """A row, its label on as many lines as it takes; answers where the next begins."""
    swatch = shapely.box(box.x, y + 12, box.x + 44, y + 37)
    hatch = row.hatch or (None if row.fill else "missing")
    if row.line:
        canvas.shape(swatch, edge=tokens.OVER, width=2.5)
    else:
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
    lines = wrapped(row.label, box.width - 60 - text_width(row.detail, 22) - 16, 22)
    canvas.paragraph(box.x + 60, y + 31, lines, leading=28, size=22)
    canvas.text(box.right, y + 31, row.detail, size=22, colour=tokens.MUTED, align="right")
    return y + 48 + 28 * (len(lines) - 1)
