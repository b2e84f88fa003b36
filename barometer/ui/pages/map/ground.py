"""Land as coasts have it, for maps that the server draws, and the way between projections."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from barometer import queries
from barometer.store import Cursor, Reader

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


def to_metres(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points (longitude, latitude) in SWEREF 99 TM."""
    return projection(4326, 3006)(degrees)


def projection(here: int, there: int) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    """From a system of EPSG to another one: points as rows."""
    import pyproj  # slow to import, and only a picture needs it

    transformer = pyproj.Transformer.from_crs(here, there, always_xy=True)
    return lambda points: np.column_stack(transformer.transform(points[:, 0], points[:, 1]))
