"""What is held against the same of another data version: a place's figures, signals and types."""

from collections.abc import Sequence

import pandas as pd

from barometer.queries.records import select
from barometer.store import Cursor


def place_figures(cursor: Cursor, area_id: str) -> pd.DataFrame:
    """Every known figure of a place, of everybody.

    Columns: indicator_id, year, value, numerator (missing where a share is published), denominator.
    """
    return select(
        cursor,
        """
        SELECT indicator_id, year, value, numerator, denominator FROM indicator_values
        WHERE background = 'all' AND area_id = $area_id AND value IS NOT NULL
        ORDER BY indicator_id, year
        """,
        {"area_id": area_id},
    )


def members_of(cursor: Cursor, area_id: str) -> tuple[tuple[str, float], ...]:
    """What an own area consists of: areas with the share of their residents; nothing of others."""
    found = select(
        cursor,
        "SELECT area_id, weight FROM memberships WHERE own_id = $area_id ORDER BY area_id",
        {"area_id": area_id},
    )
    return tuple(zip(found["area_id"], found["weight"], strict=True))


def stored_signals(cursor: Cursor, area_ids: Sequence[str]) -> pd.DataFrame:
    """The last signal of some areas by the catalogue's rules.

    Columns: area_id, year, course (-1, 0, 1, or missing), change, margin.
    """
    return select(
        cursor,
        """
        SELECT area_id, year, course, change, margin FROM signals
        WHERE area_id IN (SELECT unnest($areas))
        QUALIFY year = max(year) OVER (PARTITION BY area_id)
        ORDER BY area_id
        """,
        {"areas": list(area_ids)},
    )


def last_types(cursor: Cursor, area_ids: Sequence[str]) -> pd.DataFrame:
    """The last area type of some areas. Columns: area_id, year, area_type."""
    return select(
        cursor,
        """
        SELECT area_id, year, CAST(value AS INTEGER) AS area_type FROM indicator_values
        WHERE indicator_id = 'area_type' AND background = 'all' AND value IS NOT NULL
            AND area_id IN (SELECT unnest($areas))
        QUALIFY year = max(year) OVER (PARTITION BY area_id)
        ORDER BY area_id
        """,
        {"areas": list(area_ids)},
    )
