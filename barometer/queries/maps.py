"""The map: its geometry, its values in the order of the geometry, its table twin and its note."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from barometer.divisions import Division, Level
from barometer.queries.records import Encoding, MapLayer, inside, select
from barometer.selection import Selection
from barometer.store import Cursor

NO_ROW: Final = "not_available"  # an area that the snapshot has no row of

# Every area of the selection's level and division in its year, with its value if there is a row.
_VIEW: Final = f"""
    FROM areas AS a
    LEFT JOIN areas AS kommun ON kommun.area_id = a.kommun_id
    LEFT JOIN (
        SELECT area_id, value, numerator, denominator, status, summed_by
        FROM indicator_values
        WHERE indicator_id = $indicator AND background = $background AND level = $level
            AND year = $year
    ) AS v ON v.area_id = a.area_id
    WHERE a.level = $level AND a.division = $division
        AND a.valid_from <= $year AND coalesce(a.valid_to, $year) >= $year
        AND {inside("$within")}
"""


def parameters(selection: Selection) -> dict[str, object]:
    """The selection's values as the named parameters of a query."""
    return {
        "indicator": selection.indicator,
        "background": selection.background,
        "level": selection.level,
        "division": selection.division,
        "year": selection.year,
    }


def map_layer(cursor: Cursor, *, level: Level, division: Division) -> MapLayer | None:
    """The geometry's description; None where the snapshot has no boundaries.

    Ask through `reader.once(map_layer, level=…, division=…)`.
    """
    row = cursor.execute(
        """
        SELECT sha256, area_ids, media_type, raw_bytes
        FROM map_layers
        WHERE level = $level AND division = $division AND detail = 'country' AND part = ''
        """,
        {"level": level, "division": division},
    ).fetchone()
    if row is None:
        return None
    sha256, area_ids, media_type, raw_bytes = row
    return MapLayer(level, division, sha256, tuple(area_ids), media_type, raw_bytes)


def map_layer_bytes(cursor: Cursor, sha256: str, *, encoding: Encoding) -> bytes | None:
    """The compressed geometry with this checksum, as it is sent."""
    row = cursor.execute(
        """
        SELECT CASE WHEN $encoding = 'br' THEN brotli ELSE gzip END
        FROM map_layers
        WHERE sha256 = $sha256
        """,
        {"sha256": sha256, "encoding": encoding},
    ).fetchone()
    return None if row is None else row[0]


def map_table(cursor: Cursor, selection: Selection) -> pd.DataFrame:
    """The map's twin: every area of the level, in code order.

    Columns: area_id, label, kommun, level, division, year, value, numerator, denominator, status,
    summed_by.
    """
    return select(
        cursor,
        f"""
    SELECT
        a.area_id, a.label, kommun.name AS kommun, CAST(a.level AS VARCHAR) AS level,
        CAST(a.division AS VARCHAR) AS division, CAST($year AS SMALLINT) AS year,
        v.value, v.numerator, v.denominator, CAST(v.summed_by AS VARCHAR) AS summed_by,
        CASE WHEN v.value IS NULL THEN coalesce(CAST(v.status AS VARCHAR), '{NO_ROW}') END
            AS status
    {_VIEW}
    ORDER BY a.area_id
    """,
        parameters(selection) | {"within": selection.within},
    )


def with_boundaries(cursor: Cursor, area_ids: Sequence[str]) -> frozenset[str]:
    """Those of some areas whose boundaries are known."""
    rows = cursor.execute(
        "SELECT area_id FROM areas WHERE geometry IS NOT NULL AND list_contains($ids, area_id)",
        {"ids": list(area_ids)},
    ).fetchall()
    return frozenset(area_id for (area_id,) in rows)


def boundaries(cursor: Cursor, area_ids: Sequence[str]) -> tuple[bytes | None, ...]:
    """The boundaries of some areas in the order given, as WKB in SWEREF 99 TM (EPSG:3006)."""
    rows = cursor.execute(
        """
        SELECT area_id, geometry
        FROM areas
        WHERE area_id IN (SELECT unnest($area_ids))
        ORDER BY area_id
        """,
        {"area_ids": list(area_ids)},
    ).fetchall()
    found = dict(rows)
    return tuple(found.get(area_id) for area_id in area_ids)
