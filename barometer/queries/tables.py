"""Rows for programs: any indicators, measures and areas, in pieces and with a stable order.

Tables too large for one answer are read block by block: what a block holds and how many rows is
known beforehand, so a page far into a table costs no more than the first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import pandas as pd

from barometer.catalogue import ALL
from barometer.divisions import EVERY_LEVEL, OWN, Level, division_of
from barometer.queries.maps import NO_ROW
from barometer.queries.records import select, texts_as_text
from barometer.selection.wanted import Contents, TableRequest
from barometer.store import Cursor

_VECTORS: Final = 8  # DuckDB's vectors of 2,048 rows that become one frame

_SUMMED: Final = ("kommun", "regso", "deso")  # what own areas consist of
_AREAS: Final = """
    (len($area) = 0 OR list_contains($area, a.area_id))
    AND (len($within) = 0 OR list_contains($within, '00')
        OR list_has_any($within, [a.lan_id, a.kommun_id, a.parent_id])
        OR a.area_id IN (
            SELECT m.area_id FROM memberships AS m
            WHERE list_contains($within, m.own_id) AND m.weight > 0.5
        ))
"""


@dataclass(frozen=True, slots=True)
class Slice:
    """An indicator's values for a background and level, and the years that have rows."""

    indicator: str
    background: str
    level: Level
    years: tuple[int, ...]


def slices(cursor: Cursor) -> tuple[Slice, ...]:
    """All there is, in the order of tables; ask through `reader.once(slices)`."""
    rows = cursor.execute(
        """
        SELECT indicator_id, background, CAST(level AS VARCHAR), list(DISTINCT year ORDER BY year)
        FROM indicator_values
        WHERE status IS DISTINCT FROM 'outside_division'
        GROUP BY indicator_id, background, level
        ORDER BY indicator_id, background != $all, background, level
        """,
        {"all": ALL},
    ).fetchall()
    return tuple(Slice(i, background, level, tuple(y)) for i, background, level, y in rows)


def with_own(every: tuple[Slice, ...]) -> tuple[Slice, ...]:
    """The slices, and those of own areas: the years of the areas that these can consist of."""
    years: dict[tuple[str, str], set[int]] = {}
    for entry in every:
        if entry.level in _SUMMED:
            years.setdefault((entry.indicator, entry.background), set()).update(entry.years)
    own = (Slice(i, b, OWN, tuple(sorted(found))) for (i, b), found in years.items())
    order = {(e.indicator, e.background): n for n, e in reversed(list(enumerate(every)))}
    return tuple(sorted((*every, *own), key=lambda e: order[e.indicator, e.background]))


def contents(cursor: Cursor) -> Contents:
    """What the data set has rows of; ask through `reader.once(contents)`."""

    def distinct(column: str, table: str) -> frozenset[str]:
        rows = cursor.execute(f"SELECT DISTINCT {column} FROM {table}").fetchall()
        return frozenset(found for (found,) in rows)

    return Contents(
        areas=distinct("area_id", "areas"),
        indicators=distinct("indicator_id", "indicator_values"),
        groupings=distinct("grouping_id", "index_values"),
        years=MappingProxyType(_years_by_id(cursor)),
    )


def _years_by_id(cursor: Cursor) -> dict[str, frozenset[int]]:
    """The years that an indicator has figures of, or a grouping measures."""
    rows = cursor.execute(
        """
        SELECT id, list(DISTINCT year) FROM (
            SELECT indicator_id AS id, year FROM indicator_values
            UNION ALL
            SELECT grouping_id, year FROM index_values
        ) GROUP BY id
        """
    ).fetchall()
    return {name: frozenset(years) for name, years in rows}


def requested_slices(every: tuple[Slice, ...], requested: TableRequest) -> tuple[Slice, ...]:
    """The slices that hold wanted rows, with the wanted years."""
    chosen = [
        Slice(s.indicator, s.background, s.level, years)
        for s in every
        if _among(s.indicator, requested.indicator)
        and _among(s.background, requested.background)
        and _among(s.level, requested.level)
        and (years := tuple(year for year in s.years if _among(year, requested.year)))
    ]
    order = {indicator: place for place, indicator in enumerate(requested.indicator)}
    return tuple(sorted(chosen, key=lambda s: order.get(s.indicator, 0)))


def areas_by_year(cursor: Cursor, requested: TableRequest) -> dict[tuple[str, int], int]:
    """How many of the wanted areas each level has in each year from the first that any has."""
    rows = cursor.execute(
        f"""
        SELECT CAST(a.level AS VARCHAR), y.year, count(*)
        FROM areas AS a
        JOIN (SELECT DISTINCT year FROM indicator_values) AS y
            ON a.valid_from <= y.year AND coalesce(a.valid_to, y.year) >= y.year
        WHERE {_AREAS}
        GROUP BY ALL
        """,
        _places(requested),
    ).fetchall()
    return {(level, year): n for level, year, n in rows}


def own_ids(cursor: Cursor, requested: TableRequest) -> list[str]:
    """The wanted own areas."""
    rows = cursor.execute(
        f"SELECT a.area_id FROM areas AS a WHERE a.level = 'own' AND {_AREAS}", _places(requested)
    ).fetchall()
    return [area_id for (area_id,) in rows]


def value_rows(
    cursor: Cursor,
    entries: Sequence[Slice],
    requested: TableRequest,
    *,
    limit: int | None,
    offset: int,
) -> Iterator[pd.DataFrame]:
    """Some slices' rows, one after the other, each by year and area code.

    Every area has a row, with a value or the reason for none. Columns: indicator, background,
    area_id, label, kommun, level, division, year, value, numerator, denominator, status, summed_by.
    """
    blocks = [(n, entry, year) for n, entry in enumerate(entries) for year in entry.years]
    levels = sorted({entry.level for entry in entries}, key=EVERY_LEVEL.index)
    answer = cursor.execute(
        f"""
        SELECT
            y.indicator, y.background, a.area_id, a.label,
            kommun.name AS kommun, CAST(a.level AS VARCHAR) AS level,
            CAST(a.division AS VARCHAR) AS division, y.year,
            v.value, v.numerator, v.denominator, CAST(v.summed_by AS VARCHAR) AS summed_by,
            CASE WHEN v.value IS NULL THEN coalesce(CAST(v.status AS VARCHAR), '{NO_ROW}') END
                AS status
        FROM areas AS a
        JOIN (
            SELECT unnest($places) AS place, unnest($indicators) AS indicator,
                unnest($backgrounds) AS background, unnest($levels)::level_name AS level,
                CAST(unnest($years) AS SMALLINT) AS year,
                unnest($divisions)::division_name AS division
        ) AS y ON a.level = y.level AND a.division = y.division
            AND a.valid_from <= y.year AND coalesce(a.valid_to, y.year) >= y.year
        LEFT JOIN areas AS kommun ON kommun.area_id = a.kommun_id
        LEFT JOIN (
            SELECT indicator_id, background, area_id, year, value, numerator, denominator, status,
                summed_by
            FROM indicator_values
            WHERE indicator_id BETWEEN $first_indicator AND $last_indicator
                AND background BETWEEN $first_background AND $last_background
                AND level BETWEEN $largest::level_name AND $smallest::level_name
                AND year BETWEEN $first AND $last
        ) AS v ON v.area_id = a.area_id AND v.year = y.year
            AND v.indicator_id = y.indicator AND v.background = y.background
        WHERE a.level BETWEEN $largest::level_name AND $smallest::level_name AND {_AREAS}
        ORDER BY y.place, y.year, a.area_id
        LIMIT $limit OFFSET $offset
        """,
        {
            "places": [n for n, *_ in blocks],
            "indicators": [entry.indicator for _, entry, _ in blocks],
            "backgrounds": [entry.background for _, entry, _ in blocks],
            "levels": [entry.level for _, entry, _ in blocks],
            "years": [year for *_, year in blocks],
            "divisions": [division_of(entry.level, year) for _, entry, year in blocks],
            "first_indicator": min(entry.indicator for entry in entries),
            "last_indicator": max(entry.indicator for entry in entries),
            "first_background": min(entry.background for entry in entries),
            "last_background": max(entry.background for entry in entries),
            "largest": levels[0],
            "smallest": levels[-1],
            "first": min(year for *_, year in blocks),
            "last": max(year for *_, year in blocks),
            "limit": limit,
            "offset": offset,
            **_places(requested),
        },
    )
    yield from _pieces(answer)


def index_groupings(cursor: Cursor, requested: TableRequest) -> dict[str, int]:
    """How many wanted index values each grouping has."""
    rows = cursor.execute(
        f"""
        SELECT i.grouping_id, count(*)
        FROM index_values AS i
        JOIN areas AS a ON a.area_id = i.container_id
        WHERE {_MEASURED}
        GROUP BY i.grouping_id
        ORDER BY i.grouping_id
        """,
        _measured(requested),
    ).fetchall()
    return dict(rows)


def index_rows(
    cursor: Cursor, grouping: str, requested: TableRequest, *, limit: int | None, offset: int
) -> Iterator[pd.DataFrame]:
    """A grouping's index values by index, areas measured between, place and year.

    Columns: grouping, index_id, container_id, label, level, unit_level, division, year, value,
    expected, estimate, low, high, n_units, n_excluded, population, group_population, coverage,
    caution.
    """
    answer = cursor.execute(
        f"""
        SELECT
            i.grouping_id AS grouping, i.index_id, i.container_id, a.label,
            CAST(a.level AS VARCHAR) AS level, CAST(i.unit_level AS VARCHAR) AS unit_level,
            CAST(i.division AS VARCHAR) AS division, i.year, i.value, i.expected,
            i.estimate, i.low, i.high,
            i.n_units, i.n_excluded, i.population, i.group_population, i.coverage, i.caution
        FROM index_values AS i
        JOIN areas AS a ON a.area_id = i.container_id
        WHERE i.grouping_id = $own AND {_MEASURED}
        ORDER BY i.index_id, i.unit_level, i.container_id, i.year
        LIMIT $limit OFFSET $offset
        """,
        {"own": grouping, "limit": limit, "offset": offset, **_measured(requested)},
    )
    yield from _pieces(answer)


def area_rows(cursor: Cursor, requested: TableRequest) -> pd.DataFrame:
    """The wanted areas of the register, largest first and then by code.

    A year asks for the areas in force then. Columns: area_id, label, name, level, division,
    parent_id, kommun_id, kommun, lan_id, lan, valid_from, valid_to, population, land_area_km2,
    west, south, east, north.
    """
    return select(
        cursor,
        f"""
    SELECT
        a.area_id, a.label, a.name, CAST(a.level AS VARCHAR) AS level,
        CAST(a.division AS VARCHAR) AS division, a.parent_id, a.kommun_id,
        kommun.name AS kommun, a.lan_id, lan.name AS lan, a.valid_from, a.valid_to,
        a.population, a.land_area_km2, a.west, a.south, a.east, a.north
    FROM areas AS a
    LEFT JOIN areas AS kommun ON kommun.area_id = a.kommun_id
    LEFT JOIN areas AS lan ON lan.area_id = a.lan_id
    WHERE {_AREAS}
        AND (len($levels) = 0 OR list_contains($levels, CAST(a.level AS VARCHAR)))
        AND (len($years) = 0 OR EXISTS (
            SELECT 1 FROM (SELECT unnest($years) AS year) AS y
            WHERE a.valid_from <= y.year AND coalesce(a.valid_to, y.year) >= y.year
        ))
    ORDER BY a.level, a.division, a.area_id
    LIMIT $limit OFFSET $offset
    """,
        {
            "levels": list(requested.level),
            "years": list(requested.year),
            "limit": requested.limit,
            "offset": requested.offset,
            **_places(requested),
        },
    )


_MEASURED: Final = f"""
    (len($grouping) = 0 OR list_contains($grouping, i.grouping_id))
    AND (len($index) = 0 OR list_contains($index, i.index_id))
    AND (len($units) = 0 OR list_contains($units, CAST(i.unit_level AS VARCHAR)))
    AND (len($level) = 0 OR list_contains($level, CAST(a.level AS VARCHAR)))
    AND (len($year) = 0 OR list_contains($year, i.year))
    AND {_AREAS}
"""


def _measured(requested: TableRequest) -> dict[str, object]:
    named = ("grouping", "index", "units", "level", "year")
    return {name: list(getattr(requested, name)) for name in named} | _places(requested)


def _places(requested: TableRequest) -> dict[str, object]:
    return {"area": list(requested.area), "within": list(requested.within)}


def _among(chosen: object, asked: tuple[object, ...]) -> bool:
    return not asked or chosen in asked


def _pieces(answer: Cursor) -> Iterator[pd.DataFrame]:
    """An answer as frames of some thousand rows, their text columns always text."""
    while len(piece := answer.fetch_df_chunk(_VECTORS)):
        yield texts_as_text(piece)
