"""What a map shows beside its areas' values: the land around, names, and borders in full detail."""

from dataclasses import dataclass
from typing import Any, Final

from barometer.divisions import Division, Level
from barometer.queries.records import Encoding
from barometer.queries.sweref import to_degrees
from barometer.store import Cursor

GROUND: Final = "land"
SQUARES: Final = "squares"  # where people live

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class MapPart:
    """A län's areas in full detail; `bounds` is (west, south, east, north) in degrees."""

    part: str
    sha256: str
    bounds: Box


@dataclass(frozen=True, slots=True)
class TownMatch:
    """A town or city district; `kommun` is "" where it lies in none that is known."""

    name: str
    kommun_id: str | None
    kommun: str
    longitude: float
    latitude: float


def map_parts(cursor: Cursor, *, level: Level, division: Division) -> tuple[MapPart, ...]:
    """A layer's borders in full detail, a part a län; none where the snapshot has one detail only.

    Ask through `reader.once(map_parts, level=…, division=…)`.
    """
    rows = cursor.execute(
        """
        SELECT m.part, m.sha256, a.west, a.south, a.east, a.north
        FROM map_layers AS m
        JOIN areas AS a ON a.area_id = m.part
        WHERE m.level = $level AND m.division = $division AND m.detail = 'full'
            AND a.west IS NOT NULL
        ORDER BY m.part
        """,
        {"level": level, "division": division},
    ).fetchall()
    return tuple(MapPart(part, sha256, (w, s, e, n)) for part, sha256, w, s, e, n in rows)


def map_ground(cursor: Cursor, ground: str = GROUND) -> str | None:
    """The checksum of the land around the country, or of "squares"; None where there is none."""
    row = cursor.execute(
        "SELECT sha256 FROM map_ground WHERE ground_id = $ground", {"ground": ground}
    ).fetchone()
    return None if row is None else str(row[0])


def ground_bytes(cursor: Cursor, sha256: str, *, encoding: Encoding) -> bytes | None:
    """A file of the ground (`map_ground`) as it is sent; None when no file has this checksum."""
    row = cursor.execute(
        """
        SELECT CASE WHEN $encoding = 'br' THEN brotli ELSE gzip END
        FROM map_ground
        WHERE sha256 = $sha256
        """,
        {"sha256": sha256, "encoding": encoding},
    ).fetchone()
    return None if row is None else bytes(row[0])


def map_names(cursor: Cursor) -> dict[str, list[list[Any]]]:
    """Names that a map can show, most important first, with their position in degrees.

    `towns` are [name, longitude, latitude, rank]; `areas` the RegSO, [name, longitude, latitude].
    """
    towns = cursor.execute(
        "SELECT name, round(longitude, 4), round(latitude, 4), rank FROM places ORDER BY rank"
    ).fetchall()
    areas = cursor.execute(
        """
        SELECT name, centroid_x, centroid_y
        FROM areas
        WHERE level = 'regso' AND centroid_x IS NOT NULL
        QUALIFY row_number() OVER (PARTITION BY name, kommun_id ORDER BY division DESC) = 1
        ORDER BY population DESC NULLS LAST, area_id
        """
    ).fetchall()
    lon, lat = to_degrees([row[1] for row in areas], [row[2] for row in areas])
    named = zip(areas, lon.round(4).tolist(), lat.round(4).tolist(), strict=True)
    return {
        "towns": [list(row) for row in towns],
        "areas": [[row[0], x, y] for row, x, y in named],
    }


def place_sources(cursor: Cursor) -> tuple[str, ...]:
    """Who publishes the towns that the snapshot names, each with its licence: "SCB, CC0"."""
    rows = cursor.execute("SELECT DISTINCT source FROM places ORDER BY source").fetchall()
    return tuple(str(source) for (source,) in rows)


def find_towns(cursor: Cursor, text: str, *, limit: int) -> list[TownMatch]:
    """Towns and city districts whose name begins as the text does, accents aside, largest first."""
    rows = cursor.execute(
        """
        SELECT p.name, p.kommun_id, coalesce(k.name, ''), p.longitude, p.latitude
        FROM places AS p
        LEFT JOIN areas AS k ON k.area_id = p.kommun_id
        WHERE starts_with(lower(strip_accents(p.name)), lower(strip_accents($text)))
        ORDER BY p.rank
        LIMIT $limit
        """,
        {"text": text.strip(), "limit": limit},
    ).fetchall()
    return [TownMatch(*row) for row in rows]
