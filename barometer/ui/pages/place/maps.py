"""The small map of a place: area types, or what a share is in its small areas."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from barometer import wording
from barometer.catalogue import Text
from barometer.classes import area_type_palette, sequential_palette
from barometer.pictures import KeyRow, MapArea, MapChart, MapName, drawing, tokens
from barometer.queries.maps import boundaries
from barometer.ui import words as site_words
from barometer.ui.pages.map.geometry import on_land
from barometer.ui.pages.place.frames import (
    areas_of,
    container_code,
    low_standard_frame,
    shares_challenged,
)
from barometer.ui.pages.place.state import PlaceState
from barometer.ui.pages.place.typed import types_by_place

TYPE_COLOURS: Final = ("#3f1458", "#7a47a6", "#a49cca", "#8dc0b8", "#c3e7d9")
STEPS: Final = ("#c9dbf2", "#97b8df", "#6190c7", "#3364a2", "#10325f")
_STEP_ENDS: Final = (10, 20, 30, 40)
DARK: Final = tokens.DARK_MAP | {
    **dict(zip(TYPE_COLOURS, area_type_palette(theme="dark"), strict=True)),
    **dict(zip(STEPS, sequential_palette(len(STEPS), theme="dark"), strict=True)),
}
SIZE: Final = (700, 538)  # drawn larger than shown, so that names have 14 px on the page
_AROUND_OWN: Final = 0.15  # of an own area's size, so that its parts can be told apart
_NAMES: Final = 14  # tried; those that collide are left out
_LONGEST_NAME: Final = 16


def type_map(state: PlaceState) -> MapChart | None:
    """Area types of the RegSO in the place or around it; of riket shares by kommun."""
    if state.area.level == "riket":
        return _country(state)
    found = areas_of(state, "area_type", "regso")
    if found is None:
        return None
    table, _, _ = found
    around = container_code(state)
    kinds = {
        code: None if np.isnan(kind) else TYPE_COLOURS[int(kind) - 1]
        for code, kind in zip(table.area_ids, table.figures[:, 0], strict=True)
        if code.startswith(around)
    }
    labels = dict(zip(table.area_ids, table.labels, strict=True))
    language = state.language
    key = tuple(
        KeyRow(name[language], colour)
        for name, colour in zip(site_words.TYPE_NAMES, TYPE_COLOURS, strict=True)
    )
    return _chart(state, kinds, labels, key)


def _country(state: PlaceState) -> MapChart | None:
    every = types_by_place(state)
    if every.empty:
        return None
    shares = shares_challenged(every, "kommun")
    fills: dict[str, str | None] = {str(code): step(share) for code, share in shares.items()}
    return _chart(state, fills, {}, step_key(state))


def low_standard_map(state: PlaceState) -> MapChart | None:
    """Low economic standard by DeSO in a kommun, in five steps that are alike everywhere."""
    frame = state.once(low_standard_frame)
    if frame.empty:
        return None
    fills = {str(row["area_id"]): step(row["value"]) for row in frame.to_dict("records")}
    labels = dict(zip(frame["area_id"], frame["label"], strict=True))
    return _chart(state, fills, labels, step_key(state))


def step(share: float) -> str | None:
    """The colour of a share in per cent: 0-9, 10-19, 20-29, 30-39, from 40."""
    if not wording.is_known(share):
        return None
    return STEPS[int(np.searchsorted(_STEP_ENDS, share, side="right"))]


def step_key(state: PlaceState) -> tuple[KeyRow, ...]:
    """The five steps in words."""
    ends = [f"{low}–{low + 9}" for low in (0, 10, 20, 30)]
    more = Text("40 % eller mer", "40% or more")[state.language]
    sign = wording.unit_suffix("percent", language=state.language)
    labels = [f"{end}{sign}" for end in ends] + [more]
    return tuple(KeyRow(label, fill) for label, fill in zip(labels, STEPS, strict=True))


def _chart(
    state: PlaceState,
    fills: Mapping[str, str | None],
    labels: Mapping[str, str],
    key: tuple[KeyRow, ...],
) -> MapChart | None:
    ids = list(fills)
    shapes = dict(zip(ids, _outlines(state, ids), strict=True))
    kommuner = _kommuner(state)
    own = container_code(state)
    inside = [shape for code, shape in kommuner.items() if code.startswith(own)]
    known = {code: shape for code, shape in shapes.items() if shape is not None}
    if not (known or inside):
        return None
    alone = state.is_own or not state.is_container
    focus = (known.get(state.area.area_id) or _place_outline(state)) if alone else None
    whole = shapely.union_all([*inside] or list(known.values()))
    frame = focus if focus is not None else on_land(whole, state.reader)
    around = 0.0 if focus is None else _AROUND_OWN if state.is_own else 2.2
    bounds = _window(frame.bounds, around=around)
    tolerance = max(bounds[2] - bounds[0], bounds[3] - bounds[1]) / 1400
    names = _names(state, known, labels, kommuner)
    return MapChart(
        areas=tuple(
            MapArea(shape.simplify(tolerance), fills[code]) for code, shape in known.items()
        ),
        bounds=bounds,
        key=key,
        remainder=shapely.union_all(inside) if inside and len(known) < len(fills) else None,
        neighbours=tuple(s.simplify(tolerance) for s in _within(kommuner, bounds)),
        lines=tuple(s.simplify(tolerance) for s in inside) if len(inside) < 60 else (),
        focus=focus,
        names=names,
    )


def _outlines(state: PlaceState, ids: Sequence[str]) -> list[BaseGeometry | None]:
    found = boundaries(state.reader.cursor, ids)
    return [None if raw is None else shapely.from_wkb(bytes(raw)) for raw in found]


def _place_outline(state: PlaceState) -> BaseGeometry | None:
    return _outlines(state, [state.area.area_id])[0]


def _kommuner(state: PlaceState) -> dict[str, BaseGeometry]:
    ids = [code for code in state.offer.names if len(code) == 4]
    shapes = zip(ids, _outlines(state, ids), strict=True)
    return {code: shape for code, shape in shapes if shape is not None}


def _window(bounds: Sequence[float], *, around: float) -> tuple[float, float, float, float]:
    west, south, east, north = bounds
    room = around * max(east - west, north - south, 600 if around else 0)
    return (west - room, south - room, east + room, north + room)


def _within(shapes: Mapping[str, BaseGeometry], bounds: Sequence[float]) -> list[BaseGeometry]:
    """What may be seen around a window: twice its width, for the map's own proportions."""
    west, south, east, north = bounds
    size = max(east - west, north - south)
    view = shapely.box(west - size, south - size, east + size, north + size)
    return [shape for shape in shapes.values() if shape.intersects(view)]


def _names(
    state: PlaceState,
    known: Mapping[str, BaseGeometry],
    labels: Mapping[str, str],
    kommuner: Mapping[str, BaseGeometry],
) -> tuple[MapName, ...]:
    """Names of the largest places inside, then of the kommuner around."""
    people = areas_of(state, "population", "regso")
    residents: dict[str, float] = {}
    if people is not None:
        residents = dict(zip(people[0].area_ids, people[0].figures[:, 0], strict=True))
    ranked = sorted(known, key=lambda code: -np.nan_to_num(residents.get(code, 0.0)))
    named: list[tuple[str, BaseGeometry, bool]] = []
    if not state.is_container:
        own = known.get(state.area.area_id)
        named += [(state.area.name, own, True)] if own is not None else []
    if state.area.level in ("riket", "lan"):
        inside = [c for c in kommuner if c.startswith(container_code(state))]
        size = areas_of(state, "population", "kommun")
        of = dict(zip(size[0].area_ids, size[0].figures[:, 0], strict=True)) if size else {}
        inside.sort(key=lambda code: -np.nan_to_num(of.get(code, 0.0)))
        offered = state.offer.names
        named += [(offered[c], kommuner[c], True) for c in inside[:_NAMES]]
    else:
        short = [(c, wording.short_label(labels.get(c, "")).partition(",")[0]) for c in ranked]
        fitting = [(name, known[c], True) for c, name in short if 0 < len(name) <= _LONGEST_NAME]
        named += fitting[:_NAMES]
        named += [
            (state.offer.names[c], shape, False)
            for c, shape in kommuner.items()
            if c != container_code(state)
        ]
    points = [(name, shape.representative_point(), strong) for name, shape, strong in named]
    return tuple(MapName(at.x, at.y, name, strong=strong) for name, at, strong in points)


def map_svg(state: PlaceState, *, dark: bool = False) -> bytes | None:
    """The type map alone, for a light or a dark page."""
    chart = type_map(state)
    if chart is None:
        return None
    exchange = DARK if dark else {}
    return drawing(chart, size=SIZE, format="svg", language=state.language, exchange=exchange)
