"""The map's geometry as browsers get it: compressed GeoJSON files per level and division.

Each layer is there twice: generalised, the whole country in one file, and in full, a file per län.
"""

import gzip
import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import brotli
import geopandas as gpd
import numpy as np
import orjson
import pandas as pd
import shapely
from numpy.typing import NDArray

from etl.geodata.shapes import generalise

MEDIA_TYPE: Final = "application/geo+json"
# Degrees: 3 decimals are 111 m northward and 40-60 m eastward, below a pixel until zoom 9;
# 5 are a metre.
DECIMALS: Final = {"country": 3, "full": 5}
_BROTLI_QUALITY: Final = {"country": 9, "full": 5}  # 10 takes seven times as long for 23 % less
_BROTLI_WINDOW: Final = 24


_Key = tuple[str, str, str, str]  # level, division, detail, part


@dataclass(frozen=True, slots=True)
class EncodedLayer:
    """A layer as it is sent; features have ids 0, 1, ... in the order of `area_ids`."""

    level: str
    division: str
    sha256: str
    area_ids: tuple[str, ...]
    raw_bytes: int
    brotli: bytes
    gzip: bytes
    detail: str
    part: str


def encode_layers(register: pd.DataFrame, *, shapes: gpd.GeoSeries) -> Iterator[EncodedLayer]:
    """Every level and division that has a shape, by level and division."""
    shaped = register[register["area_id"].isin(shapes.index)]
    with ThreadPoolExecutor(2) as pool:  # brotli lets go of the interpreter's lock
        yield from pool.map(lambda file: _encode(*file), _files(shaped, shapes=shapes))


def encode_own(shapes: gpd.GeoSeries) -> EncodedLayer:
    """The layer of an operator's own areas, by area_id: one file for the country."""
    return _encode(("own", "admin", "country", ""), generalise(shapes))


def _files(
    register: pd.DataFrame, *, shapes: gpd.GeoSeries
) -> Iterator[tuple[_Key, gpd.GeoSeries]]:
    for (level, division), areas in register.groupby(["level", "division"], observed=True):
        layer = shapes.reindex(sorted(areas["area_id"]))
        yield (str(level), str(division), "country", ""), generalise(layer)
        if level != "riket":
            for lan, part in layer.groupby(layer.index.str[:2]):
                yield (str(level), str(division), "full", str(lan)), part


def _encode(key: _Key, shapes: gpd.GeoSeries) -> EncodedLayer:
    level, division, detail, part = key
    raw = to_geojson(shapes, decimals=DECIMALS[detail])
    return EncodedLayer(
        level=level,
        division=division,
        sha256=hashlib.sha256(raw).hexdigest(),
        area_ids=tuple(shapes.index),
        raw_bytes=len(raw),
        brotli=brotli.compress(raw, quality=_BROTLI_QUALITY[detail], lgwin=_BROTLI_WINDOW),
        gzip=gzip.compress(raw, 6, mtime=0),
        detail=detail,
        part=part,
    )


def to_geojson(shapes: gpd.GeoSeries, *, decimals: int) -> bytes:
    """Features with id 0, 1, ..., the property a (area id) and rounded degrees, nothing else.

    Neighbours' shared vertices round alike, so that no gap opens between them.
    """
    degrees = np.asarray(shapes.to_crs(4326).values)
    rounded = shapely.transform(degrees, lambda xy: np.round(xy, decimals))
    rounded = shapely.orient_polygons(rounded, exterior_cw=False)  # as RFC 7946 wants it
    features = [
        {"type": "Feature", "id": n, "properties": {"a": area_id}, "geometry": geometry}
        for n, (area_id, geometry) in enumerate(
            zip(shapes.index, _geometries(rounded), strict=True)
        )
    ]
    return orjson.dumps({"type": "FeatureCollection", "features": features})


def _geometries(shapes: NDArray[np.object_]) -> Iterator[dict[str, Any]]:
    """Each shape as GeoJSON, of the rings that still enclose something after rounding.

    All rings are looked at together: one by one takes ten times as long.
    """
    parts, of_shape = shapely.get_parts(shapes, return_index=True)
    rings, of_part = shapely.get_rings(parts, return_index=True)
    polygons: list[list[list[list[list[float]]]]] = [[] for _ in shapes]
    part = -1
    whole = False
    for ring, points in _clean_rings(rings):
        if of_part[ring] != part:  # its outer ring; without that, nothing of the part is left
            part, whole = of_part[ring], bool(points)
            if whole:
                polygons[of_shape[part]].append([points])
        elif points and whole:
            polygons[of_shape[part]][-1].append(points)
    for shape, found in zip(shapes, polygons, strict=True):
        if not found:  # so small that rounding left no surface: keep its place
            found = [[shapely.get_coordinates(shapely.get_parts(shape)[0].exterior).tolist()]]
        if len(found) == 1:
            yield {"type": "Polygon", "coordinates": found[0]}
        else:
            yield {"type": "MultiPolygon", "coordinates": found}


def _clean_rings(rings: NDArray[np.object_]) -> Iterator[tuple[int, list[list[float]]]]:
    """Each ring's place and vertices without repeated ones; no vertices if it encloses nothing."""
    xy, of_ring = shapely.get_coordinates(rings, return_index=True)
    first = np.append(True, np.diff(of_ring) != 0)[: len(xy)]
    moved = first | np.append(True, np.any(np.diff(xy, axis=0) != 0, axis=1))[: len(xy)]
    xy, of_ring, starts = xy[moved], of_ring[moved], np.flatnonzero(first[moved])
    if not len(starts):
        return
    sizes = np.diff(np.append(starts, len(xy)))
    x, y = (xy - np.repeat(xy[starts], sizes, axis=0)).T
    turns = np.append(x[:-1] * y[1:] - x[1:] * y[:-1] != 0, False)  # 0 from one ring to the next
    encloses = np.logical_or.reduceat(turns, starts) & (sizes >= 4)
    points = xy.tolist()
    for start, size, kept in zip(starts, sizes, encloses, strict=True):
        yield int(of_ring[start]), points[start : start + size] if kept else []
