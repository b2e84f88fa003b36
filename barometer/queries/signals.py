"""What stands beside the signals of a level's areas: the stored test, types that changed."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import pandas as pd

from barometer.divisions import Level
from barometer.queries.records import select
from barometer.store import Cursor, Reader


class TypeChange(NamedTuple):
    """An area's type in its last year, and in the year with types before it; None without one."""

    area_id: str
    label: str
    year: int
    before: int | None
    now: int


def areas_within(cursor: Cursor, parent: str) -> tuple[str, ...]:
    """The areas one level below a small area."""
    rows = cursor.execute(
        "SELECT area_id FROM areas WHERE parent_id = $parent ORDER BY area_id", {"parent": parent}
    ).fetchall()
    return tuple(area_id for (area_id,) in rows)


def signal_tests(cursor: Cursor, *, level: Level) -> pd.DataFrame:
    """The stored test of the signals of a level; empty where the figures are too few years.

    Columns: level, year, rule, n_areas, n_pointed, n_worse, n_hits, n_better.
    """
    return select(
        cursor,
        """
        SELECT CAST(level AS VARCHAR) AS level, * EXCLUDE (level) FROM signal_tests
        WHERE level = $level ORDER BY year, rule <> 'signals', rule
        """,
        {"level": level},
    )


def type_changes_of(reader: Reader, area_ids: Iterable[str]) -> list[TypeChange]:
    """Areas whose type is another in their last year than in the year with types before it."""
    every = reader.once(last_types)
    found = [every[area_id] for area_id in sorted(set(area_ids)) if area_id in every]
    last = max((own.year for own in found), default=0)
    return [own for own in found if own.year == last and own.before not in (None, own.now)]


def last_types(cursor: Cursor) -> Mapping[str, TypeChange]:
    """The last type of every area and the one before it; ask through `reader.once`."""
    rows = cursor.execute(
        """
        SELECT v.area_id, a.label, v.year,
            CAST(lag(v.value) OVER own AS INTEGER) AS before, CAST(v.value AS INTEGER) AS now
        FROM indicator_values AS v JOIN areas AS a ON a.area_id = v.area_id
        WHERE v.indicator_id = 'area_type' AND v.background = 'all' AND v.value IS NOT NULL
        WINDOW own AS (PARTITION BY v.area_id ORDER BY v.year)
        QUALIFY v.year = max(v.year) OVER (PARTITION BY v.area_id)
        ORDER BY v.area_id
        """,
    ).fetchall()
    return MappingProxyType({area_id: TypeChange(area_id, *row) for area_id, *row in rows})
