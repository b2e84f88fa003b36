"""Which areas are marked, and by which share."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Final, cast

import pandas as pd

from barometer.divisions import Division, Level, parse_area_code
from barometer.queries.records import select
from barometer.selection.offer import MARKS, can_be_marked
from barometer.store import Cursor, Reader

SEPARATOR: Final = "; "
"""Between the marks of one area."""
_LATEST: Final = 9999  # the year of rows that name none
_COLUMNS: Final = ("area_id", "indicator", "value", "year")


def marks_by_area(marked: pd.DataFrame) -> pd.Series:
    """The ids of each marked area's marks in one text, by area_id."""
    joined = marked.astype("str").groupby("area_id")["indicator"].agg(SEPARATOR.join)
    return joined.rename("marks")


MarksIn = Callable[[Level, Division, int], "pd.Series[str]"]
"""The marks of a level and division in a year, by area_id."""


def marks_in(reader: Reader) -> MarksIn:
    """Asks once for a level's marks in a year, however many rows name it; after the request too."""

    def ask(level: Level, division: Division, year: int) -> "pd.Series[str]":
        found = reader.later(marked_areas, level=level, division=division, year=year)()
        return marks_by_area(found)

    return cache(ask)


def marks_of_rows(frame: pd.DataFrame, *, key: str, marks: MarksIn) -> "pd.Series[str]":
    """The marks of each row's area in the row's year; missing where it has none.

    `key` is the column of the areas' codes. A row that tells of what the area lies in has none.
    """
    codes = frame[key].astype("str")
    small = small_areas(codes)
    year = frame["year"].fillna(_LATEST).astype(int) if "year" in frame else _LATEST
    asked = pd.DataFrame({"code": codes, "kind": codes.map(small), "year": year})
    if "role" in frame:
        asked = asked[frame["role"] == "area"]
    found = pd.Series(pd.NA, index=frame.index, dtype="str")
    for group, rows in asked.dropna(subset="kind").groupby(["kind", "year"]):
        (level, division), of_year = cast("tuple[tuple[Level, Division], int]", group)
        found.loc[rows.index] = rows["code"].map(marks(level, division, of_year)).astype("str")
    return found


def areas_with_marks(codes: Iterable[str], *, year: int, marks: MarksIn) -> dict[str, str]:
    """The marks of those of some areas that have any, by code."""
    frame = pd.DataFrame({"area_id": pd.Series([*codes], dtype="str")}).assign(year=year)
    found = marks_of_rows(frame, key="area_id", marks=marks)
    return dict(zip(frame["area_id"][found.notna()], found[found.notna()], strict=True))


def small_areas(codes: "pd.Series[str]") -> dict[str, tuple[Level, Division]]:
    """Level and division of each code that is of an area small enough to be marked."""
    parsed = {code: parse_area_code(code) for code in codes.unique()}
    return {
        code: (area.level, area.division)
        for code, area in parsed.items()
        if area is not None and can_be_marked(area.level)
    }


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
