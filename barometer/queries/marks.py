"""Which areas are marked, and by which share."""

from typing import Final

import pandas as pd

from barometer.divisions import Division, Level
from barometer.queries.records import select
from barometer.selection.offer import MARKS, can_be_marked
from barometer.store import Cursor

SEPARATOR: Final = "; "
"""Between the marks of one area."""
_COLUMNS: Final = ("area_id", "indicator", "value", "year")


def marks_by_area(marked: pd.DataFrame) -> pd.Series:
    """The ids of each marked area's marks in one text, by area_id."""
    joined = marked.astype("str").groupby("area_id")["indicator"].agg(SEPARATOR.join)
    return joined.rename("marks")


def marked_areas(cursor: Cursor, *, level: Level, division: Division, year: int) -> pd.DataFrame:
    """The marked areas of a level by the shares of the year, or of the one nearest to it.

    An earlier year goes before a later one; the borders are those of the division. Ask through
    `reader.once`. Columns: area_id, indicator, value (per cent), year; a row an area and mark.
    """
    if not can_be_marked(level):
        return pd.DataFrame(columns=list(_COLUMNS))
    return select(
        cursor,
        """
        WITH limits AS (SELECT unnest($indicators) AS indicator_id, unnest($limits) AS least),
        nearest AS (
            SELECT v.area_id, v.indicator_id AS indicator, v.value, v.year, l.least
            FROM indicator_values AS v JOIN limits AS l ON l.indicator_id = v.indicator_id
            WHERE v.background = 'all' AND v.level = $level AND v.division = $division
                AND v.value IS NOT NULL
            QUALIFY row_number() OVER (
                PARTITION BY v.area_id, v.indicator_id
                ORDER BY v.year > $year, abs(v.year - $year)
            ) = 1
        )
        SELECT area_id, indicator, value, year FROM nearest
        WHERE value >= least ORDER BY area_id, indicator
        """,
        {
            "level": level,
            "division": division,
            "year": year,
            "indicators": [mark.indicator for mark in MARKS],
            "limits": [mark.limit for mark in MARKS],
        },
    )
