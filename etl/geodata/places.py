"""What a map needs beside areas: places with names, the land around, and where people live."""

import csv
import gzip
import hashlib
import io
import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import brotli
import duckdb
import geopandas as gpd
import orjson
import pandas as pd
import shapely

from barometer.divisions import parse_area_code
from etl.errors import PipelineError
from etl.geodata.layers import MEDIA_TYPE
from etl.geodata.outlines import CRS

GEONAMES: Final = "GeoNames, CC BY 4.0"
SCB: Final = "SCB, CC0"
NATURAL_EARTH: Final = "Natural Earth, public domain"
HOME: Final = "Sweden"
_KINDS: Final = ((50_000, "city"), (5_000, "town"), (0, "village"))
_NEAR: Final = 0.15  # degrees of latitude, some 17 km: a town's middle is put here or there
_DECIMALS: Final = 3  # degrees: about 100 m, for a map of the whole country


class PlacesError(PipelineError):
    """A file of places or of ground cannot be read; the message names it and the line."""


@dataclass(frozen=True, slots=True)
class _Place:
    place_id: str
    name: str
    lat: float
    lon: float
    population: int
    source: str


def insert_places(
    con: duckdb.DuckDBPyConnection,
    towns: Path | None,
    others: Path | None,
    *,
    shapes: gpd.GeoSeries,
    warn: Callable[[str], None],
) -> None:
    """Fill places from SCB's towns and from a file name,lat,lon,population,geonameid.

    A place is left out of the others where a town of its name is near: it is the same. Residents
    only order them. `warn` hears of towns that cannot be read: figures never wait for a map.

    Raises:
        PlacesError: naming the first line of the others that cannot be used.
    """
    found: list[_Place] = []
    try:
        found = [*_read_places(towns, key="id", source=SCB)] if towns else []
    except PlacesError as error:
        warn(f"{error}. The file is left out: remove it, and the next refresh asks for it again")
    if others:
        found += _without(found, [*_read_places(others, key="geonameid", source=GEONAMES)])
    found.sort(key=lambda place: (-place.population, place.place_id))
    points = gpd.GeoSeries(
        gpd.points_from_xy([p.lon for p in found], [p.lat for p in found]), crs=4326
    ).to_crs(CRS)
    kommun, regso = (_containing(points, shapes, level=level) for level in ("kommun", "regso"))
    frame = pd.DataFrame(
        {
            "place_id": [place.place_id for place in found],
            "name": [place.name for place in found],
            "kind": [next(k for least, k in _KINDS if p.population >= least) for p in found],
            "rank": range(1, len(found) + 1),
            "longitude": [place.lon for place in found],
            "latitude": [place.lat for place in found],
            "kommun_id": kommun,
            "regso_id": regso,
            "source": [place.source for place in found],
        }
    )
    con.register("named", frame)
    con.execute("INSERT INTO places BY NAME SELECT * FROM named")
    con.unregister("named")


def insert_ground(con: duckdb.DuckDBPyConnection, path: Path | None) -> None:
    """Fill map_ground from a GeoParquet of countries with the column `name`."""
    if path is None:
        return
    try:
        ground = _ground(path.read_bytes())
    except (OSError, ValueError) as error:
        raise PlacesError(f"{path} cannot be read ({error}): expected GeoParquet") from error
    con.execute(
        "INSERT INTO map_ground VALUES (?, ?, ?, ?, ?, ?, ?)", ["land", *ground, NATURAL_EARTH]
    )


def insert_squares(con: duckdb.DuckDBPyConnection, path: Path | None) -> None:
    """Add the squares to map_ground: longitude, latitude and residents of each that has any."""
    if path is None:
        return
    squares = pd.read_parquet(path).query("residents > 0")
    middles = gpd.GeoSeries.from_xy(squares["x"], squares["y"], crs=CRS).to_crs(4326)
    at = zip(middles.x.round(4), middles.y.round(4), squares["residents"], strict=True)
    raw = orjson.dumps({"type": "MultiPoint", "coordinates": [[x, y, int(n)] for x, y, n in at]})
    values = ["squares", *_packed(raw), SCB]
    con.execute("INSERT INTO map_ground VALUES (?, ?, ?, ?, ?, ?, ?)", values)


@lru_cache(maxsize=1)
def _ground(parquet: bytes) -> tuple[str, str, int, bytes, bytes]:
    """Checksum, media type, length, and both packings of the map's file of the countries."""
    return _packed(_ground_json(gpd.read_parquet(io.BytesIO(parquet)).to_crs(4326)))


def _packed(raw: bytes) -> tuple[str, str, int, bytes, bytes]:
    packed = brotli.compress(raw, quality=10), gzip.compress(raw, 9, mtime=0)
    return hashlib.sha256(raw).hexdigest(), MEDIA_TYPE, len(raw), *packed


def _read_places(path: Path, *, key: str, source: str) -> Iterator[_Place]:
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            try:
                lat, lon = float(row["lat"]), float(row["lon"])
                yield _Place(row[key], row["name"], lat, lon, int(row["population"]), source)
            except (KeyError, TypeError, ValueError) as error:
                raise PlacesError(
                    f"{path}, line {number}: {error!r}; expected name,lat,lon,population,{key}"
                ) from error


def _without(towns: Sequence[_Place], others: Sequence[_Place]) -> list[_Place]:
    """The others without those that are one of the towns."""
    named: dict[str, list[_Place]] = defaultdict(list)
    for town in towns:
        named[town.name.casefold()].append(town)
    return [
        place
        for place in others
        if not any(_is_near(place, town) for town in named[place.name.casefold()])
    ]


def _is_near(place: _Place, other: _Place) -> bool:
    eastward = (place.lon - other.lon) * math.cos(math.radians(place.lat))
    return math.hypot(place.lat - other.lat, eastward) < _NEAR


def _containing(points: gpd.GeoSeries, shapes: gpd.GeoSeries, *, level: str) -> list[str | None]:
    """The area of a level in which each point lies, of the newest division that has one."""
    areas = {code: parse_area_code(code) for code in shapes.index}
    found: dict[int, str] = {}
    for division in ("2018", "2025", "admin"):  # the newer one has the last word
        codes = [c for c, a in areas.items() if a and a.level == level and a.division == division]
        if codes:
            tree = shapely.STRtree(shapes[codes].to_numpy())
            at, inside = tree.query(points.to_numpy(), predicate="within")
            found |= {int(a): codes[int(b)] for a, b in zip(at, inside, strict=True)}
    return [found.get(place) for place in range(len(points))]


def _ground_json(land: gpd.GeoDataFrame) -> bytes:
    shapes = shapely.set_precision(land.geometry.to_numpy(), 10.0**-_DECIMALS)
    features: list[dict[str, Any]] = [
        {
            "type": "Feature",
            "id": number,
            "properties": {"name": name, "sweden": name == HOME},
            "geometry": orjson.loads(shapely.to_geojson(shape)),
        }
        for number, (name, shape) in enumerate(zip(land["name"], shapes, strict=True))
        if not shapely.is_empty(shape)
    ]
    return orjson.dumps({"type": "FeatureCollection", "features": features})
