"""The counts behind the signals, read from a snapshot or from one that is being built."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from barometer.catalogue import ALL
from barometer.divisions import Division, Level
from barometer.signals.panel import SignalPanel, signal_panel

if TYPE_CHECKING:
    import duckdb


def read_panel(
    database: duckdb.DuckDBPyConnection,
    *,
    level: Level,
    division: Division,
    indicators: Sequence[str],
    perturbed: tuple[int | None, ...],
) -> SignalPanel:
    """The counts of every area of a level and division, from estimated_counts.

    Those of the division before are carried over the new borders where they can be. `perturbed` is
    what `Catalogue.perturbed` has of each indicator.
    """
    place = {"level": level, "division": division}
    figures = database.execute(
        """
        SELECT indicator_id, area_id, year, numerator, denominator FROM estimated_counts
        WHERE background = $background AND level = $level AND division <= $division
            AND list_contains($indicators, indicator_id) AND value IS NOT NULL
        """,
        {**place, "background": ALL, "indicators": list(indicators)},
    ).df()
    areas = database.execute(
        "SELECT area_id FROM areas WHERE level = $level AND division = $division ORDER BY area_id",
        place,
    ).fetchall()
    crosswalk = database.execute(
        "SELECT from_id, to_id, quality FROM crosswalk WHERE level = $level", {"level": level}
    ).df()
    return signal_panel(
        figures,
        area_ids=[area_id for (area_id,) in areas],
        indicator_ids=tuple(indicators),
        perturbed=perturbed,
        crosswalk=crosswalk if division == "2025" else None,
    )
