"""What stands beside the signals of a level's areas: names, the stored test, types that changed."""

from collections.abc import Collection, Sequence

import pandas as pd

from barometer.divisions import Level
from barometer.queries.records import select
from barometer.store import Cursor, Reader


def area_labels(cursor: Cursor, area_ids: Sequence[str]) -> dict[str, str]:
    """The labels of some areas by id."""
    rows = cursor.execute(
        "SELECT area_id, label FROM areas WHERE area_id IN (SELECT unnest($areas))",
        {"areas": list(area_ids)},
    ).fetchall()
    return dict(rows)


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


def type_changes_of(reader: Reader, area_ids: Collection[str]) -> pd.DataFrame:
    """Areas whose type is another in their last year than in the year with types before it.

    Columns: area_id, label, year, before, now.
    """
    every = reader.once(last_types)
    found = every[every["area_id"].isin(area_ids)]
    last = found["year"] == found["year"].max()
    changed: pd.DataFrame = found[last & (found["before"] != found["now"])]
    return changed.dropna(subset=["before"], ignore_index=True).astype({"before": int})


def last_types(cursor: Cursor) -> pd.DataFrame:
    """The last type of every area and the one before it; ask through `reader.once`.

    Columns: area_id, label, year, before (missing without one), now.
    """
    return select(
        cursor,
        """
        SELECT v.area_id, a.label, v.year,
            CAST(lag(v.value) OVER own AS INTEGER) AS before, CAST(v.value AS INTEGER) AS now
        FROM indicator_values AS v JOIN areas AS a ON a.area_id = v.area_id
        WHERE v.indicator_id = 'area_type' AND v.background = 'all' AND v.value IS NOT NULL
        WINDOW own AS (PARTITION BY v.area_id ORDER BY v.year)
        QUALIFY v.year = max(v.year) OVER (PARTITION BY v.area_id)
        ORDER BY v.area_id
        """,
    )
