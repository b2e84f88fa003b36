"""An area's years before 2024 in its borders of 2025, by the crosswalk alone."""

from typing import Final

import pandas as pd

from barometer.catalogue import Indicator
from barometer.divisions import LAST_YEAR_OF_2018
from barometer.queries.records import select
from barometer.selection import Selection
from barometer.store import Cursor

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
