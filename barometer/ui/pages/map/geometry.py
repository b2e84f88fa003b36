"""Which outlines a view is drawn from, and where they and the areas' names are served.

For maps that the server draws: land as coasts have it, and the way between projections.
"""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from barometer import queries, wording
from barometer.divisions import LAST_YEAR_OF_2018, RIKET, Division, Language, Level
from barometer.queries import Area, MapFigures, MapLayer
from barometer.store import Cursor, Reader
from barometer.ui.pages.map.state import MapState

OUTLINES: Final[tuple[Level, ...]] = ("kommun", "lan")


def addresses(state: MapState, figures: MapFigures) -> dict[str, Any]:
    """The layer that is drawn, the lines over it, and the kommuner with areas of unknown border."""
    selection = state.selection
    level, division = selection.level, selection.division
    return {
        "layer": layer_address(state, level, division, parts=True),
        "ground": _ground_address(state, queries.GROUND),
        "squares": _ground_address(state, queries.SQUARES),
        "places": f"/areas/places/{state.reader.edition}.json",
        "names": names_address(state, level, division),
        "outlines": {o: layer_address(state, o, "admin") for o in OUTLINES},
        "unbounded": unbounded(state, figures),
    }


def _ground_address(state: MapState, ground: str) -> dict[str, str] | None:
    checksum = state.reader.once(queries.map_ground, ground)
    return {"url": f"/geometry/ground/{checksum}.json"} if checksum else None


def unbounded(state: MapState, figures: MapFigures) -> list[int]:
    """The kommuner, by their place in their own layer, that hold areas without a boundary."""
    selection = state.selection
    layer = layer_of(state, selection.level, selection.division)
    kommuner = layer_of(state, "kommun", "admin")
    if layer is None or kommuner is None or selection.level in ("kommun", "lan"):
        return []
    order = order_of(state.reader, selection.level, selection.division)
    n_drawn = len(layer.area_ids)
    inside = np.flatnonzero(~figures.outside[n_drawn:]) + n_drawn
    lacking = {order[place][:4] for place in inside.tolist()}
    return [place for place, code in enumerate(kommuner.area_ids) if code in lacking]


def layer_of(state: MapState, level: Level, division: Division) -> MapLayer | None:
    """A layer's description, read once per snapshot."""
    return state.reader.once(queries.map_layer, level=level, division=division)


def layer_address(
    state: MapState, level: Level, division: Division, *, parts: bool = False
) -> dict[str, Any] | None:
    """Where a layer's outlines and names are served; None where the snapshot has no outlines.

    With `parts` also where its full detail is, a län at a time.
    """
    layer = layer_of(state, level, division)
    if layer is None:
        return None
    return {
        "key": f"{layer.level}-{layer.division}",
        "url": geometry_address(layer),
        "names": names_address(state, level, division),
        **({"parts": parts_of(state, level, division)} if parts else {}),
    }


def parts_of(state: MapState, level: Level, division: Division) -> list[dict[str, Any]]:
    """A layer's full detail by län: where it is served and the box that it lies in."""
    found = state.reader.once(queries.map_parts, level=level, division=division)
    return [
        {
            "id": part.part,
            "url": f"/geometry/{level}-{division}-{part.sha256}.json",
            "bounds": part.bounds,
        }
        for part in found
    ]


def geometry_address(layer: MapLayer) -> str:
    """Where a layer's geometry is served, for ever the same."""
    return f"/geometry/{layer.level}-{layer.division}-{layer.sha256}.json"


def names_address(state: MapState, level: Level, division: Division) -> str:
    """Where the names of a level's areas are served, always the same; of län by language."""
    english = "?lang=en" if level == "lan" and state.language == "en" else ""
    return f"/areas/{level}-{division}-{state.reader.edition}.json{english}"


def order_of(reader: Reader, level: Level, division: Division) -> tuple[str, ...]:
    """Every area of a level: those of the map layer in its order, then those without a boundary."""
    return reader.once(area_order, level=level, division=division)


def area_order(cursor: Cursor, *, level: Level, division: Division) -> tuple[str, ...]:
    """`order_of`, read from the snapshot."""
    layer = queries.map_layer(cursor, level=level, division=division)
    drawn = layer.area_ids if layer else ()
    every = queries.children(cursor, RIKET, level=level, year=_a_year_of(division))["area_id"]
    return tuple(dict.fromkeys((*drawn, *every)))


def _a_year_of(division: Division) -> int:
    return LAST_YEAR_OF_2018 + (division != "2018")


def area_names(
    reader: Reader, *, level: Level, division: Division, language: Language
) -> dict[str, Any]:
    """The level's areas for tooltip and table: ids, labels, and kommuner by position."""
    order = order_of(reader, level, division)
    table = queries.children(reader.cursor, RIKET, level=level, year=_a_year_of(division))
    ordered = table.set_index("area_id").reindex(list(order))
    kommuner = sorted(set(ordered["kommun"].dropna()))
    position = {name: index for index, name in enumerate(kommuner)}
    return {
        "ids": list(order),
        "labels": [
            wording.place_name(label, level, language=language)
            for label in ordered["label"].fillna("")
        ],
        "kommuner": kommuner,
        "kommun": [position.get(name, -1) for name in ordered["kommun"]],
    }


Bounds = tuple[float, float, float, float]
"""West, south, east and north in metres."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Land as coasts have it: the country's own, and that around it."""

    home: tuple[BaseGeometry, ...] = ()
    around: tuple[BaseGeometry, ...] = ()


def ground(reader: Reader, window: Bounds, step: float) -> Ground:
    """The land in the window; without any where the snapshot has none."""
    every = reader.once(_ground_of_snapshot)
    west, south, east, north = window
    room = max(east - west, north - south)
    box = shapely.box(west - room, south - room, east + room, north + room)
    home, around = (
        tuple(
            shape
            for shape in shapely.simplify(shapely.intersection(list(land), box), step / 2)
            if not shape.is_empty
        )
        if land
        else ()
        for land in (every.home, every.around)
    )
    return Ground(home, around)


def _ground_of_snapshot(cursor: Cursor) -> Ground:
    checksum = queries.map_ground(cursor)
    raw = queries.ground_bytes(cursor, checksum, encoding="gzip") if checksum else None
    if raw is None:
        return Ground()
    found: dict[bool, list[BaseGeometry]] = {True: [], False: []}
    for feature in orjson.loads(gzip.decompress(raw))["features"]:
        shape = shapely.from_geojson(orjson.dumps(feature["geometry"]))
        found[feature["properties"]["sweden"]].append(
            shapely.make_valid(shapely.transform(shape, to_metres))
        )
    return Ground(tuple(found[True]), tuple(found[False]))


def on_land(outline: BaseGeometry, reader: Reader) -> BaseGeometry:
    """What a place has on land, as coasts have it; all of it where they know none of it."""
    home = reader.once(_ground_of_snapshot).home
    dry = shapely.intersection(outline, shapely.union_all(list(home))) if home else outline
    return outline if dry.is_empty else dry


def box_on_land(area: Area, reader: Reader) -> Bounds | None:
    """The box of a kommun or län without the sea that belongs to it, in degrees."""
    if area.level not in ("kommun", "lan") or not reader.once(_ground_of_snapshot).home:
        return area.bounds
    return reader.remember(("box on land", area.area_id), lambda: _box_on_land(area, reader))


def _box_on_land(area: Area, reader: Reader) -> Bounds | None:
    (wkb,) = queries.boundaries(reader.cursor, [area.area_id])
    if wkb is None:
        return area.bounds
    dry = on_land(shapely.from_wkb(bytes(wkb)), reader)
    west, south, east, north = shapely.transform(dry, projection(3006, 4326)).bounds
    return (west, south, east, north)


def to_metres(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points (longitude, latitude) in SWEREF 99 TM."""
    return projection(4326, 3006)(degrees)


def projection(here: int, there: int) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    """From a system of EPSG to another one: points as rows."""
    import pyproj  # slow to import, and only a picture needs it

    transformer = pyproj.Transformer.from_crs(here, there, always_xy=True)
    return lambda points: np.column_stack(transformer.transform(points[:, 0], points[:, 1]))
