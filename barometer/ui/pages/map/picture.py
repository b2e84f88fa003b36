"""The map as a picture, drawn on the server: to take along, for Start, and first on Karta.

/picture/karta/karta.png and .svg are the view on a card with key and source; the other shapes of
`SHAPES` are the bare map, as PNG with two pixels a pixel, and with -dark for dark pages. The
address's query says what is shown.
"""

import hashlib
import os
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from dash import Dash
from flask import Response, request
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from barometer import queries, wording
from barometer.divisions import RIKET, Level
from barometer.pictures import (
    Card,
    Format,
    KeyRow,
    MapArea,
    MapChart,
    MapName,
    drawing,
    indexed,
    picture,
    tokens,
)
from barometer.queries import MapFigures
from barometer.store import Reader
from barometer.ui import words
from barometer.ui.base.page import PICTURE_TYPES
from barometer.ui.context import Context, asked_query
from barometer.ui.downloads import lost
from barometer.ui.pages.map import geometry, marks, payload
from barometer.ui.pages.map import words as labels
from barometer.ui.pages.map.geometry import Bounds, ground, projection, to_metres
from barometer.ui.pages.map.key import areas_written
from barometer.ui.pages.map.state import MapState, read_state
from barometer.ui.serving import IMMUTABLE, code

ROUTE: Final = "/picture/karta/"
CARD: Final = "karta"
DARK: Final = "-dark"
_COUNTRY: Final = (266_000.0, 6_120_000.0, 920_000.0, 7_680_000.0)
_LIVE: Final = (10.6, 55.2, 24.3, 69.15)  # SWEDEN of assets/modules/map/picture.mjs, degrees
_TOWN: Final = 7_000.0  # metres from the middle of a town's window to its edge
_TOWNS_ONLY: Final = 400_000.0  # metres of height: from here on a map is of the country
_NAMES: Final = 40  # tried; those that collide or do not fit are left out
_STRONG: Final = 3
_MOST_FILES: Final = 60  # visitors can ask for any view: the others are drawn each time


@dataclass(frozen=True, slots=True)
class Shape:
    """A bare map: its size and the size of its names, in pixels.

    `like_live` is drawn in the projection and the bounds of the live map, with no land around.
    """

    width: int
    height: int
    names: int = 14
    like_live: bool = False


FIRST: Final = "forst"
SHAPES: Final = {
    # The country as the live map first shows it, 660 pixels high, and 24 pixels on every side.
    FIRST: Shape(344, 708, names=0, like_live=True),
    "start": Shape(640, 440),
    "fonster": Shape(164, 124, names=0),
    "fraga": Shape(132, 112, names=0),
}


def bare_addresses(
    reader: Reader, shape: str, query: str, *, town: tuple[float, float] | None = None
) -> tuple[str, str]:
    """Where a bare map is served on light and dark ground, for as long as the snapshot is.

    `town` is its middle in degrees.
    """
    more = f"&vid={town[0]:.4f},{town[1]:.4f}" if town else ""
    asked = f".png{query or '?'}{more}&v={reader.edition}"
    return f"{ROUTE}{shape}{asked}", f"{ROUTE}{shape}{DARK}{asked}"


def register_pictures(app: Dash, context: Context) -> None:
    """The pictures' addresses."""
    app.server.add_url_rule(
        f"{ROUTE}<shape>.<kind>", "karta_picture", lambda shape, kind: _answer(context, shape, kind)
    )


def _answer(context: Context, shape: str, kind: str) -> Response:
    known = shape.removesuffix(DARK) in SHAPES and kind == "png"
    if kind not in PICTURE_TYPES or not (shape == CARD or known):
        return lost(words.NO_PICTURE)
    with context.store.reader() as reader:
        state = read_state(context, reader, asked_query())
        edition = reader.edition
        if shape == CARD:
            body = card(state, "svg" if kind == "svg" else "png")
        else:
            body = bare(state, shape, _middle(request.args.get("vid", "")))
    if body is None:
        return Response("no boundaries are known here", 404, mimetype="text/plain")
    response = Response(body, mimetype=PICTURE_TYPES[kind])
    lasting = request.args.get("v") == edition
    response.headers["Cache-Control"] = IMMUTABLE if lasting else "no-cache"
    if shape == CARD:
        name = f"{state.selection.indicator}-{state.selection.level}-{state.selection.year}.{kind}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _middle(text: str) -> tuple[float, float] | None:
    """A point in degrees within or near the country; None for anything else."""
    try:
        lon, lat = (float(part) for part in text.split(","))
    except ValueError:
        return None
    return (lon, lat) if 9 < lon < 26 and 54 < lat < 70 else None


def bare(state: MapState, shape: str, town: tuple[float, float] | None) -> bytes:
    """The map alone; drawn once for each view of a snapshot, whatever worker is asked."""
    asked = (state.selection.to_query(), shape, town)
    return state.reader.remember(("bare map", *asked), lambda: _shared(state, asked))


def _shared(state: MapState, asked: tuple[str, str, tuple[float, float] | None]) -> bytes:
    """The picture that another worker has drawn, or a new one that others can read."""
    file = file_of(state, asked)
    folder = file.parent
    with suppress(OSError):
        return file.read_bytes()
    _, shape, town = asked
    drawn = _draw_bare(state, shape, town)
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
        for stale in folder.glob("*.png"):
            if not stale.name.startswith(_series(state)):
                stale.unlink()
        if sum(1 for _ in folder.glob("*.png")) < _MOST_FILES:
            partial = folder / f"{os.getpid()}-{threading.get_ident()}.part"
            partial.write_bytes(drawn)
            partial.replace(file)
    return drawn


def file_of(state: MapState, asked: tuple[str, str, tuple[float, float] | None]) -> Path:
    """Where a bare map is kept: its query, shape and middle, by this code of this snapshot."""
    name = f"{_series(state)}{hashlib.sha256(repr(asked).encode()).hexdigest()}.png"
    return state.context.settings.pictures_dir / name


def _series(state: MapState) -> str:
    """How the names begin of pictures of this snapshot by this code; others are never asked for."""
    return f"{state.reader.edition}-{code()}-"


def _draw_bare(state: MapState, name: str, town: tuple[float, float] | None) -> bytes:
    shape = SHAPES[name.removesuffix(DARK)]
    window = _around(town, shape) if town else _window(state)
    drawn = payload.draw(state)
    found = _chart(state, drawn, window=window, names=shape.names, pixels=2 * shape.width)
    if shape.like_live:
        found = _like_live(state, found, window)
    size, exchange = (shape.width, shape.height), {}
    if name.endswith(DARK):
        palettes = drawn.painted.legend["colours"]
        exchange = tokens.DARK_MAP | dict(zip(palettes["light"], palettes["dark"], strict=True))
    return indexed(drawing(found, size=size, scale=2, language=state.language, exchange=exchange))


def _like_live(state: MapState, chart: MapChart, window: Bounds) -> MapChart:
    """The chart in the live map's projection and bounds, cut at the coast as areas are there.

    Its borders stand as there; the land around, which would end at the picture's edge, is left out.
    """
    step = (window[2] - window[0]) / (2 * SHAPES[FIRST].width)
    project = projection(3006, 3857)
    home = ground(state.reader, window, step).home
    around = shapely.box(*window).buffer(window[2] - window[0])
    sea = (shapely.difference(around, shapely.union_all(home)),) if home else ()
    west, south, east, north = _LIVE
    ((left, bottom), (right, top)) = projection(4326, 3857)(
        np.array([[west, south], [east, north]])
    )
    lines = _borders(state, "lan", window, step)
    return replace(
        chart,
        areas=tuple(
            replace(area, outline=shapely.transform(area.outline, project)) for area in chart.areas
        ),
        bounds=(left, bottom, right, top),
        remainder=shapely.transform(chart.remainder, project) if chart.remainder else None,
        lines=tuple(shapely.transform(line, project) for line in lines),
        neighbours=(),
        sea=tuple(shapely.transform(water, project) for water in sea),
    )


def card(state: MapState, kind: Format) -> bytes | None:
    """The map with heading, key, source and date, as it travels alone."""
    drawn = payload.draw(state)
    found = _chart(state, drawn, window=_window(state), names=20, pixels=1080)
    if not found.areas:
        return None
    language = state.language
    synthetic = state.reader.snapshot.synthetic
    about = Card(
        heading=payload.finding(state, drawn),
        subtitle=state.title,
        source=_source(state),
        mark=words.SITE[language],
        badge=words.ORIGIN_EXAMPLE[language] if synthetic else "",
        language=language,
    )
    return picture(about, found, format=kind)


def _source(state: MapState) -> str:
    line = payload.source_line(state)
    agencies = [s.replace(", ", " (") + ")" for s in state.reader.once(queries.place_sources)]
    named = words.fill(labels.MAP_NAMES, state.language, sources=", ".join(agencies))
    more = [f"{named}."] if agencies else []
    more += [f"{marks.source(state)}."] if state.selection.police else []
    return " ".join([line, *more])


def _chart(
    state: MapState, drawn: payload.Drawing, *, window: Bounds, names: int, pixels: int
) -> MapChart:
    """The view as a value to draw; without areas where none of them has a boundary.

    `window` is what is seen (west, south, east, north in metres), `names` the size of the names in
    pixels, 0 for none, and `pixels` the width that is drawn.
    """
    step = (window[2] - window[0]) / pixels
    shapes = _outlines(state, drawn.figures, window, step)
    codes, colours = drawn.painted.codes, drawn.painted.legend["colours"]["light"]
    country = window[3] - window[1] > _TOWNS_ONLY
    level: Level = "lan" if country else "kommun"
    borders = _borders(state, level, window, step)
    land = ground(state.reader, window, step)
    return MapChart(
        areas=tuple(
            MapArea(shape, colours[codes[place]] if codes[place] >= 0 else None)
            for place, shape in shapes
        ),
        bounds=window,
        key=_key(state, drawn),
        key_label=words.CLASS[state.language],
        key_detail_label=words.AREAS[state.language],
        remainder=_remainder(state, drawn, window, step),
        neighbours=land.around if country else land.home,
        lines=tuple(borders) if names else (),
        over=marks.shapes_of(state),
        border=0.8 if names else 0.3,
        names=_names(state.reader, window) if names else (),
        name_size=names,
    )


def _outlines(
    state: MapState, figures: MapFigures, window: Bounds, step: float
) -> list[tuple[int, BaseGeometry]]:
    """The areas that are seen, by their place in the figures, simplified to half a pixel."""
    selection = state.selection
    order = geometry.order_of(state.reader, selection.level, selection.division)
    inside = np.flatnonzero(~figures.outside)
    raw = queries.boundaries(state.reader.cursor, [order[place] for place in inside])
    known = [(int(place), wkb) for place, wkb in zip(inside, raw, strict=True) if wkb]
    shapes = _visible([wkb for _, wkb in known], window, step)
    return [(place, s) for (place, _), s in zip(known, shapes, strict=True) if s is not None]


def _visible(wkb: Sequence[bytes], window: Bounds, step: float) -> list[BaseGeometry | None]:
    """Each outline as far as the picture needs it; None for those outside the window."""
    if not wkb:
        return []
    west, south, east, north = window
    room = max(east - west, north - south)
    shapes = shapely.from_wkb([bytes(one) for one in wkb])
    near = shapely.intersects(
        shapes, shapely.box(west - room, south - room, east + room, north + room)
    )
    simple: NDArray[Any] = shapely.simplify(shapes, step / 2)
    return [shape if seen else None for shape, seen in zip(simple, near, strict=True)]


def _borders(state: MapState, level: Level, window: Bounds, step: float) -> list[BaseGeometry]:
    codes = geometry.order_of(state.reader, level, "admin")
    raw = [wkb for wkb in queries.boundaries(state.reader.cursor, codes) if wkb]
    return [shape for shape in _visible(raw, window, step) if shape is not None]


def _remainder(
    state: MapState, drawn: payload.Drawing, window: Bounds, step: float
) -> BaseGeometry | None:
    """The land of areas without a boundary: what the others leave of their kommuner."""
    kommuner = geometry.order_of(state.reader, "kommun", "admin")
    lacking = [kommuner[place] for place in geometry.unbounded(state, drawn.figures)]
    raw = [wkb for wkb in queries.boundaries(state.reader.cursor, lacking) if wkb]
    shapes = [shape for shape in _visible(raw, window, step) if shape is not None]
    if not shapes:
        return None
    home = ground(state.reader, window, step).home
    whole = shapely.union_all(shapes)
    return shapely.intersection(whole, shapely.union_all(home)) if home else whole


def _names(reader: Reader, window: Bounds) -> tuple[MapName, ...]:
    """The largest towns in view, those of the first ranks strong."""
    west, south, east, north = window
    towns = reader.once(queries.map_names)["towns"]
    if not towns:
        return ()
    points = to_metres(np.array([town[1:3] for town in towns], dtype=np.float64))
    seen = [
        MapName(x, y, town[0], strong=town[3] <= _STRONG, dot=True)
        for town, (x, y) in zip(towns, points.tolist(), strict=True)
        if west < x < east and south < y < north
    ]
    return tuple(seen[:_NAMES])


def _window(state: MapState) -> Bounds:
    """The areas of the place that the map is limited to, or the country."""
    selection = state.selection
    if selection.within == RIKET:
        return _COUNTRY
    codes = queries.children(
        state.reader.cursor, selection.within, level=selection.level, year=selection.year
    )["area_id"].tolist()
    raw = queries.boundaries(state.reader.cursor, [*codes, selection.within])
    known = [bytes(wkb) for wkb in raw[:-1] if wkb] or [bytes(wkb) for wkb in raw if wkb]
    if not known:
        return _COUNTRY
    west, south, east, north = shapely.total_bounds(shapely.from_wkb(known)).tolist()
    return (west, south, east, north)


def _around(town: tuple[float, float], shape: Shape) -> Bounds:
    ((x, y),) = to_metres(np.array([town]))
    high = _TOWN * shape.height / shape.width
    return (x - _TOWN, y - high, x + _TOWN, y + high)


def _key(state: MapState, drawn: payload.Drawing) -> tuple[KeyRow, ...]:
    legend, language = drawn.painted.legend, state.language
    numbers = legend["numbers"] or [""] * len(legend["labels"])
    of_class = zip(
        legend["labels"], legend["colours"]["light"], legend["counts"], numbers, strict=True
    )
    rows = [
        KeyRow(
            wording.short_type(label, language) if number else label,
            colour,
            areas_written(count, language),
            number=number,
        )
        for label, colour, count, number in of_class
        if count or number  # a type without areas is told, a class is not
    ]
    lacking = (
        (words.NO_VALUE, drawn.counts.n_areas - drawn.counts.n_values),
        (labels.BOUNDARY_LACKING, drawn.counts.n_without_boundary),
    )
    rows += [
        KeyRow(name[language], None, areas_written(count, language), hatch="missing")
        for name, count in lacking
        if count
    ]
    if state.selection.police:
        rows.append(KeyRow(labels.POLICE_IN_PICTURE[language], None, line=True))
    return tuple(rows)
