"""Area types: shares over time, moves between two years, indicators by type, and our own count.

Types are those of SCB's table; `recomputed` is our own from its three parts, over all of riket.
"""

from typing import Final

import pandas as pd

from barometer.divisions import Division
from barometer.indices.area_types import agreement_rate, area_types, socioeconomic_index
from barometer.queries.marks import marked_areas, marks_by_area
from barometer.queries.records import inside, select
from barometer.selection.area_types import TypeView
from barometer.store import Cursor

PARTS: Final = ("index_low_standard", "index_education", "index_assistance")

# The RegSO of a place with type and residents, a row an area and year.
_TYPED: Final = f"""
    typed AS (
        SELECT
            t.area_id, t.year, t.division, CAST(t.value AS INTEGER) AS type,
            CAST(t.status AS VARCHAR) AS status, p.value AS residents,
            a.label, a.name, a.kommun_id
        FROM indicator_values AS t
        JOIN areas AS a ON a.area_id = t.area_id
        LEFT JOIN (
            SELECT area_id, year, value FROM indicator_values
            WHERE indicator_id = 'population' AND background = 'all' AND level = 'regso'
        ) AS p ON p.area_id = t.area_id AND p.year = t.year
        WHERE t.indicator_id = 'area_type' AND t.background = 'all' AND t.level = 'regso'
            AND t.status IS DISTINCT FROM 'outside_division'
            AND {inside("$area")}
            AND NOT list_contains($left_out, t.area_id)
    )
"""


def type_shares(cursor: Cursor, view: TypeView) -> pd.DataFrame:
    """How many RegSO and residents of the place each type has, year by year.

    Columns: year, division, type (missing where SCB gives none), n_areas, area_share (per cent),
    residents, resident_share (per cent of those whose number is known).
    """
    return select(
        cursor,
        f"""
        WITH {_TYPED}
        SELECT
            year, CAST(division AS VARCHAR) AS division, type, count(*) AS n_areas,
            100.0 * n_areas / sum(n_areas) OVER (PARTITION BY year) AS area_share,
            sum(residents) AS residents,
            100.0 * sum(residents) / nullif(sum(sum(residents)) OVER (PARTITION BY year), 0)
                AS resident_share
        FROM typed
        GROUP BY year, division, type
        ORDER BY year, type NULLS LAST
        """,
        {"area": view.area, "left_out": left_out(cursor, view)},
    )


def type_moves(cursor: Cursor, view: TypeView) -> pd.DataFrame:
    """From which type to which the RegSO of the place went between the two years.

    With the same borders: areas and their residents in the later year. Across the change of
    division the earlier year's residents are carried by the crosswalk (`weight_population`), and
    only areas with unchanged borders (quality `exact`) are counted as areas.
    Columns: from_type, to_type, n_areas, residents.
    """
    walk = _ACROSS if view.crosses else _SAME
    return select(
        cursor,
        f"""
        WITH {_TYPED}, pairs AS ({walk})
        SELECT from_type, to_type, CAST(sum(n_areas) AS BIGINT) AS n_areas,
            sum(residents) AS residents
        FROM pairs
        GROUP BY ALL
        ORDER BY from_type NULLS LAST, to_type NULLS LAST
        """,
        _years(cursor, view),
    )


_SAME: Final = """
    SELECT first.type AS from_type, second.type AS to_type, 1 AS n_areas, second.residents
    FROM typed AS first
    JOIN typed AS second ON second.area_id = first.area_id AND second.year = $year
    WHERE first.year = $since
"""
_ACROSS: Final = """
    SELECT
        first.type AS from_type, second.type AS to_type,
        CASE WHEN c.quality = 'exact' THEN 1 ELSE 0 END AS n_areas,
        first.residents * c.weight_population AS residents
    FROM typed AS first
    JOIN crosswalk AS c ON c.from_id = first.area_id AND c.level = 'regso'
    JOIN typed AS second ON second.area_id = c.to_id AND second.year = $year
    WHERE first.year = $since
"""


def type_changes(cursor: Cursor, view: TypeView, *, ours: pd.DataFrame) -> pd.DataFrame:
    """The RegSO of the place that have another type than in the earlier year, in the view's order.

    `ours` is `recomputed_types` of the later year. Across the change of division only areas with
    unchanged borders. Columns: area_id, label,
    kommun, division, first (type then), second (type now), recomputed (ours for the later year),
    residents (in the later year), marks (ids, missing where there is none).
    """
    name = view.sort.removeprefix("-")
    down = "DESC" if view.sort.startswith("-") else "ASC"
    cursor.register("ours", ours[["area_id", "recomputed"]])
    cursor.register("marks", marks_by_area(marked_regso(cursor, view)).reset_index(name="marks"))
    pairing = (
        "JOIN crosswalk AS c ON c.to_id = second.area_id AND c.quality = 'exact'"
        " JOIN typed AS first ON first.area_id = c.from_id"
        if view.crosses
        else "JOIN typed AS first ON first.area_id = second.area_id"
    )
    return select(
        cursor,
        f"""
        WITH {_TYPED}
        SELECT
            second.area_id, second.label, kommun.name AS kommun,
            CAST(second.division AS VARCHAR) AS division, first.type AS first,
            second.type AS second, CAST(ours.recomputed AS INTEGER) AS recomputed,
            second.residents, marks.marks
        FROM typed AS second
        {pairing}
        JOIN areas AS kommun ON kommun.area_id = second.kommun_id
        LEFT JOIN ours ON ours.area_id = second.area_id
        LEFT JOIN marks ON marks.area_id = second.area_id
        WHERE second.year = $year AND first.year = $since AND first.type != second.type
        ORDER BY {_ORDERS[name]} {down} NULLS LAST, second.area_id
        """,
        _years(cursor, view),
    )


# What an order asks of the statement; the reader's own words are never woven in.
_ORDERS: Final = {
    "label": "second.label",
    "kommun": "kommun.name",
    "first": "first.type",
    "second": "second.type",
    "recomputed": "ours.recomputed",
    "residents": "second.residents",
    "marks": "marks.marks",
}


def recomputed_types(cursor: Cursor, year: int) -> pd.DataFrame:
    """Official type and ours from the three parts of the index, for every RegSO of a year.

    Columns: area_id, kommun_id, lan_id, official, recomputed (missing where a part is).
    """
    parts = ", ".join(
        f"any_value(v.value) FILTER (v.indicator_id = '{part}') AS {part}" for part in PARTS
    )
    found = select(
        cursor,
        f"""
        SELECT
            v.area_id, a.kommun_id, a.lan_id,
            any_value(v.value) FILTER (v.indicator_id = 'area_type') AS official, {parts}
        FROM indicator_values AS v
        JOIN areas AS a ON a.area_id = v.area_id
        WHERE v.indicator_id IN ('area_type', {", ".join(f"'{part}'" for part in PARTS)})
            AND v.background = 'all' AND v.level = 'regso' AND v.year = $year
            AND v.status IS DISTINCT FROM 'outside_division'
        GROUP BY ALL
        ORDER BY v.area_id
        """,
        {"year": year},
    )
    ours = area_types(socioeconomic_index(*(found[part] for part in PARTS)))
    return found.drop(columns=list(PARTS)).assign(recomputed=ours)


def type_agreement(ours: pd.DataFrame) -> tuple[float, int]:
    """The share of riket's RegSO whose type we recompute as SCB gives it, and how many have both.

    `ours` is `recomputed_types` of a year; NaN and 0 where the index's parts are not there.
    """
    both = ours.dropna(subset=["official", "recomputed"])
    return agreement_rate(both["recomputed"], both["official"]), len(both)


def approximation_agreement(cursor: Cursor, year: int) -> tuple[float, int]:
    """How often our approximated type of a DeSO is SCB's, where a RegSO is a single DeSO.

    The share, and how many of riket's RegSO that is reckoned on; NaN and 0 where none has both.
    """
    found = select(
        cursor,
        """
        WITH single AS (
            SELECT any_value(area_id) AS area_id, parent_id FROM areas
            WHERE level = 'deso' GROUP BY parent_id HAVING count(*) = 1
        )
        SELECT ours.value AS ours, official.value AS official
        FROM single
        JOIN indicator_values AS ours ON ours.area_id = single.area_id
        JOIN indicator_values AS official ON official.area_id = single.parent_id
        WHERE ours.indicator_id = 'deso_area_type' AND ours.year = $year
            AND official.indicator_id = 'area_type' AND official.year = $year
            AND ours.value IS NOT NULL AND official.value IS NOT NULL
        """,
        {"year": year},
    )
    return agreement_rate(found["ours"], found["official"]), len(found)


def indicator_by_type(cursor: Cursor, view: TypeView) -> pd.DataFrame:
    """The indicator in the place's RegSO of each type, year by year; type 0 is all of them.

    `how` is "aggregate" (numerators over denominators), "weighted" (the areas' values weighted by
    residents, where SCB publishes no counts) or "sum" (numbers of persons). Columns: year,
    division, type, value, denominator (persons behind it), n_areas, n_missing, how.
    """
    return select(
        cursor,
        f"""
        WITH {_TYPED}, told AS (
            SELECT area_id, year, value, denominator FROM indicator_values
            WHERE indicator_id = $indicator AND background = $background
                AND level = 'regso' AND status IS DISTINCT FROM 'outside_division'
        ), joined AS (
            SELECT t.year, t.division, t.type, v.value, v.denominator, t.residents,
                (SELECT unit FROM indicators WHERE indicator_id = $indicator) = 'persons'
                    AS counted
            FROM typed AS t
            LEFT JOIN told AS v ON v.area_id = t.area_id AND v.year = t.year
            WHERE t.type IS NOT NULL AND t.year IN (SELECT year FROM told)
        ), weighed AS (
            SELECT *, CASE WHEN has_counts THEN denominator ELSE residents END AS weight
            FROM joined, (SELECT count(denominator) > 0 AS has_counts FROM told)
        )
        SELECT
            year, CAST(division AS VARCHAR) AS division, coalesce(type, 0) AS type,
            CASE WHEN any_value(counted) THEN sum(value) ELSE
                sum(value * weight) / nullif(sum(weight) FILTER (value IS NOT NULL), 0) END
                AS value,
            sum(weight) FILTER (value IS NOT NULL) AS denominator,
            count(value) AS n_areas, count(*) - count(value) AS n_missing,
            CASE WHEN any_value(counted) THEN 'sum'
                WHEN any_value(has_counts) THEN 'aggregate' ELSE 'weighted' END AS how
        FROM weighed
        GROUP BY GROUPING SETS ((year, division, type), (year, division))
        ORDER BY year, type
        """,
        {
            "area": view.area,
            "indicator": view.indicator,
            "background": view.background,
            "left_out": left_out(cursor, view),
        },
    )


def _years(cursor: Cursor, view: TypeView) -> dict[str, object]:
    years = {"year": view.year, "since": view.since}
    return {"area": view.area, "left_out": left_out(cursor, view), **years}


def marked_regso(cursor: Cursor, view: TypeView) -> pd.DataFrame:
    """The marked RegSO of both divisions, by the shares nearest to the view's year.

    Columns as `marked_areas`.
    """
    divisions: tuple[Division, ...] = ("2018", "2025")
    found = [
        marked_areas(cursor, level="regso", division=division, year=view.year)
        for division in divisions
    ]
    return pd.concat(found, ignore_index=True)


def left_out(cursor: Cursor, view: TypeView) -> list[str]:
    """The RegSO that the view does without."""
    return [] if view.marked == "in" else marked_regso(cursor, view)["area_id"].unique().tolist()
