"""One place: beside its containers and its like, over the years, how divided, what is near.

An area's years before 2024 stand in its borders of 2025 by the crosswalk alone.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from barometer.catalogue import Indicator
from barometer.divisions import (
    LAST_YEAR_OF_2018,
    RIKET,
    Division,
    Level,
    division_of,
    parse_area_code,
)
from barometer.queries.maps import parameters
from barometer.queries.records import select
from barometer.selection import Selection, same_code
from barometer.store import Cursor, Reader


def area_comparison(cursor: Cursor, selection: Selection) -> pd.DataFrame:
    """The selected area beside its containers and all areas of its own level.

    Roles: area, regso, kommun, lan, riket (those above the area that the indicator has), then
    lower_quartile, median, upper_quartile of all areas of the area's level. Empty without an area.
    Columns: role, area_id, label, level, division, year, value, numerator, denominator, status,
    n_areas (areas behind a quartile, else 1).
    """
    roles = _roles(cursor, selection.area)
    of_area = parse_area_code(selection.area or "")
    level = of_area.level if of_area else selection.level
    return select(
        cursor,
        """
        WITH own AS (
            SELECT
                list_position($ids, a.area_id) AS position,
                $roles[list_position($ids, a.area_id)] AS role,
                a.area_id, a.label, CAST(a.level AS VARCHAR) AS level,
                CAST(a.division AS VARCHAR) AS division, v.value, v.numerator, v.denominator,
                CASE WHEN v.value IS NULL
                    THEN coalesce(CAST(v.status AS VARCHAR), 'not_available') END AS status,
                1 AS n_areas
            FROM areas AS a
            LEFT JOIN (
                SELECT area_id, value, numerator, denominator, status
                FROM indicator_values
                WHERE indicator_id = $indicator AND background = $background AND year = $year
                    AND area_id IN (SELECT unnest($ids))
            ) AS v ON v.area_id = a.area_id
            WHERE a.area_id IN (SELECT unnest($ids))
                AND (a.area_id = $ids[1] OR v.area_id IS NOT NULL)
        ), spread AS (
            SELECT quantile_cont(value, [0.25, 0.5, 0.75]) AS quartiles, count(value) AS n_areas
            FROM indicator_values
            WHERE indicator_id = $indicator AND background = $background AND level = $level
                AND year = $year AND division = $division
        ), alike AS (
            SELECT
                100 + number AS position,
                ['lower_quartile', 'median', 'upper_quartile'][number] AS role,
                NULL AS area_id, NULL AS label, $level AS level, $division AS division,
                quartiles[number] AS value, NULL AS numerator, NULL AS denominator,
                NULL AS status, n_areas
            FROM spread, range(1, 4) AS numbers(number)
            WHERE n_areas >= 4 AND len($ids) > 0
        )
        SELECT
            role, area_id, label, level, division, CAST($year AS SMALLINT) AS year,
            value, numerator, denominator, status, n_areas
        FROM (FROM own UNION ALL FROM alike)
        ORDER BY position
        """,
        parameters(selection)
        | {
            "ids": list(roles.values()),
            "roles": list(roles),
            "level": level,
            "division": division_of(level, selection.year),
        },
    )


def values_of_places(
    cursor: Cursor, indicators: Sequence[str], *, year: int, area_ids: Sequence[str]
) -> dict[tuple[str, str], float]:
    """The known values of some indicators for everybody, by indicator and area."""
    rows = cursor.execute(
        """
        SELECT indicator_id, area_id, value
        FROM indicator_values
        WHERE list_contains($indicators, indicator_id) AND list_contains($areas, area_id)
            AND year = $year AND background = 'all' AND value IS NOT NULL
        """,
        {"indicators": list(indicators), "areas": list(area_ids), "year": year},
    ).fetchall()
    return {(indicator, area_id): float(value) for indicator, area_id, value in rows}


def area_series(cursor: Cursor, selection: Selection) -> pd.DataFrame:
    """The selected area and its containers over all years.

    Role `counterpart` is the area with the same code in the other division: other borders under the
    same code may hide there, so it is never part of the area's own line. Sorted by role and year.
    Columns: role, area_id, label, level, division, year, value, numerator, denominator, status.
    """
    roles = _roles(cursor, selection.area, counterpart=True)
    return select(
        cursor,
        """
        SELECT
            $roles[list_position($ids, a.area_id)] AS role, a.area_id, a.label,
            CAST(a.level AS VARCHAR) AS level, CAST(a.division AS VARCHAR) AS division,
            v.year, v.value, v.numerator, v.denominator, CAST(v.status AS VARCHAR) AS status
        FROM areas AS a
        JOIN (
            SELECT area_id, year, value, numerator, denominator, status
            FROM indicator_values
            WHERE indicator_id = $indicator AND background = $background
                AND area_id IN (SELECT unnest($ids))
        ) AS v ON v.area_id = a.area_id
        WHERE a.area_id IN (SELECT unnest($ids))
            AND v.status IS DISTINCT FROM 'outside_division'
        ORDER BY list_position($ids, a.area_id), v.year
        """,
        {
            "ids": list(roles.values()),
            "roles": list(roles),
            "indicator": selection.indicator,
            "background": selection.background,
        },
    )


def _roles(cursor: Cursor, area_id: str | None, *, counterpart: bool = False) -> dict[str, str]:
    """The area and what it lies in, by role, in order; none without an area."""
    rows = cursor.execute(
        "SELECT division, kommun_id, lan_id, parent_id FROM areas WHERE area_id = $area_id",
        {"area_id": area_id},
    ).fetchall()
    if area_id is None or not rows:
        return {}
    ((division, kommun_id, lan_id, parent_id),) = rows
    other: Division = "2018" if division == "2025" else "2025"
    namesake = same_code(area_id, division=other) if counterpart else None
    code = parse_area_code(area_id)
    regso = parent_id if code and code.level == "deso" and not counterpart else None
    found = (
        *(("counterpart", namesake), ("regso", regso), ("kommun", kommun_id)),
        *(("lan", lan_id), ("riket", RIKET)),
    )
    return {"area": area_id} | {role: own for role, own in found if own not in (None, area_id)}


def index_series(
    cursor: Cursor,
    *,
    grouping_id: str,
    container_ids: Sequence[str],
    unit_level: str,
    index_ids: Sequence[str],
) -> pd.DataFrame:
    """Index values over all years, sorted by index, container (in the order given) and year.

    The line breaks where `division` changes. Columns: index_id, container_id, label, unit_level,
    division, year, value, expected, estimate, low, high, n_units, n_excluded, population,
    group_population, coverage, caution.
    """
    return select(
        cursor,
        """
    SELECT
        i.index_id, i.container_id, a.label, CAST(i.unit_level AS VARCHAR) AS unit_level,
        CAST(i.division AS VARCHAR) AS division, i.year, i.value, i.expected, i.estimate,
        i.low, i.high,
        i.n_units, i.n_excluded, i.population, i.group_population, i.coverage, i.caution
    FROM index_values AS i
    JOIN areas AS a ON a.area_id = i.container_id
    WHERE i.grouping_id = $grouping_id AND i.unit_level = $unit_level
        AND list_contains($index_ids, i.index_id)
        AND list_contains($container_ids, i.container_id)
    ORDER BY
        list_position($index_ids, i.index_id),
        list_position($container_ids, i.container_id),
        i.year
    """,
        {
            "grouping_id": grouping_id,
            "unit_level": unit_level,
            "index_ids": list(index_ids),
            "container_ids": list(container_ids),
        },
    )


_GAP: Final = 1.0  # metres that simplified outlines may be apart and still be one border
_COLUMNS: Final = ("area_id", "label", "level", "division", "kommun", "population")


def neighbours(cursor: Cursor, area_id: str) -> pd.DataFrame:
    """Areas of the same level and division that touch an area, by name.

    Ask through `reader.once(neighbours, area_id)`. Empty where the boundary is not known.
    Columns: area_id, label, level, division, kommun, population.
    """
    found = cursor.execute(
        """
        SELECT
            a.area_id, a.label, CAST(a.level AS VARCHAR) AS level,
            CAST(a.division AS VARCHAR) AS division, kommun.name AS kommun, a.population, a.geometry
        FROM areas AS own
        JOIN areas AS a ON a.level = own.level AND a.division = own.division
            AND a.west <= own.east + 0.001 AND a.east >= own.west - 0.001
            AND a.south <= own.north + 0.001 AND a.north >= own.south - 0.001
        LEFT JOIN areas AS kommun ON kommun.area_id = a.kommun_id
        WHERE own.area_id = $area_id AND own.geometry IS NOT NULL AND a.geometry IS NOT NULL
        ORDER BY a.label, a.area_id
        """,
        {"area_id": area_id},
    ).fetchall()
    shapes = {row[0]: shapely.from_wkb(row[-1]) for row in found}
    own = shapes.get(area_id)
    near = [row[:-1] for row in found if row[0] != area_id]
    touching = [row for row in near if shapely.dwithin(own, shapes[row[0]], _GAP)]
    return pd.DataFrame(touching, columns=list(_COLUMNS))


CARRIED: Final = "carried"
COUNTERPART: Final = "counterpart"
# A border that moved through many residents leaves too much to guess: such a line is broken.
DOUBTFUL: Final = "poor"


def carried_series(cursor: Cursor, selection: Selection, *, indicator: Indicator) -> pd.DataFrame:
    """The selected area of 2025 in the years through 2023, role `carried`, sorted by year.

    Numerator and denominator of the areas of 2018 are carried by weight_population, so that a share
    is their quotient; a year that a part lacks is missing, as is one with too few residents. Empty
    for an area of another division, an indicator that is not made of counts, and an area whose
    residents the crosswalk leaves uncertain (quality `poor`).
    Columns: those of `area_series`, and quality (exact, merged, split or border_change).
    """
    return select(
        cursor,
        f"""
        WITH parts AS (
            SELECT from_id, weight_population AS weight, quality FROM crosswalk
            WHERE to_id = $area_id AND quality <> '{DOUBTFUL}'
        ),
        scale AS (
            SELECT median(value * denominator / numerator) AS factor FROM estimated_counts
            WHERE indicator_id = $indicator AND background = $background
                AND area_id = $area_id AND numerator > 0
        ),
        carried AS (
            SELECT
                v.year, any_value(p.quality) AS quality, bool_and(v.is_counted) AS is_counted,
                CASE WHEN count(v.numerator) = (SELECT count(*) FROM parts)
                    THEN sum(p.weight * v.numerator) END AS numerator,
                CASE WHEN count(v.denominator) = (SELECT count(*) FROM parts)
                    THEN sum(p.weight * v.denominator) END AS denominator,
                min(v.status) AS status
            FROM parts AS p JOIN estimated_counts AS v ON v.area_id = p.from_id
            WHERE v.indicator_id = $indicator AND v.background = $background
                AND v.year <= $last
            GROUP BY v.year
            HAVING count(v.numerator) > 0
        ),
        valued AS (
            SELECT *, CASE WHEN denominator >= $least AND denominator > 0
                THEN factor * numerator / denominator END AS value
            FROM carried, scale WHERE factor IS NOT NULL
        )
        SELECT
            '{CARRIED}' AS role, a.area_id, a.label, CAST(a.level AS VARCHAR) AS level,
            CAST(a.division AS VARCHAR) AS division, v.year, v.value,
            if(v.is_counted, v.numerator, NULL) AS numerator, v.denominator,
            CASE WHEN v.value IS NULL THEN coalesce(
                CAST(v.status AS VARCHAR),
                if(v.denominator < $least, 'too_few', 'not_available')
            ) END AS status,
            v.quality
        FROM valued AS v JOIN areas AS a ON a.area_id = $area_id
        ORDER BY v.year
        """,
        {
            "area_id": selection.area,
            "indicator": selection.indicator,
            "background": selection.background,
            "least": indicator.min_denominator,
            "last": LAST_YEAR_OF_2018,
        },
    )


def across_divisions(
    cursor: Cursor, series: pd.DataFrame, selection: Selection, *, indicator: Indicator
) -> pd.DataFrame:
    """An area's series with its carried years in place of its namesake's; as it is without them.

    `series` is that of `area_series`: where nothing can be carried its break stays.
    """
    carried = carried_series(cursor, selection, indicator=indicator)
    if carried.empty:
        return series
    own = series[series["role"] == "area"]
    others = series[~series["role"].isin(("area", COUNTERPART))]
    return pd.concat([own, carried, others], ignore_index=True)


def areas_of_level(
    cursor: Cursor, *, level: Level, division: Division
) -> tuple[tuple[str, ...], tuple[str, ...], NDArray[np.int64]]:
    """Code and label of all areas of a level, by code; ask through `reader.once`.

    The third is the number of each in this order, by its row in the table `areas`.
    """
    found = cursor.execute(
        """
        SELECT area_id, label, rowid FROM areas
        WHERE level = $level AND division = $division
        ORDER BY area_id
        """,
        {"level": level, "division": division},
    ).fetchall()
    area_ids, labels, rows = zip(*found, strict=True) if found else ((), (), ())
    place = np.full(max(rows, default=-1) + 1, -1)
    place[list(rows)] = np.arange(len(rows))
    return area_ids, labels, place


def labels_of(
    reader: Reader, area_ids: Iterable[str], *, level: Level, division: Division
) -> list[str]:
    """The labels of some areas of a level; the code of one that the level lacks."""
    known, labels, _ = reader.once(areas_of_level, level=level, division=division)
    label_of = dict(zip(known, labels, strict=True))
    return [label_of.get(area_id, area_id) for area_id in area_ids]
