"""Signals of every small area and year, and their test on years that have passed."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Final

import duckdb
import numpy as np
import pandas as pd

from barometer.catalogue import Catalogue
from barometer.catalogue.signals import SignalRules
from barometer.divisions import SMALL_LEVELS, Division, division_of
from barometer.signals import (
    SignalPanel,
    backtest,
    read_panel,
    severed_years,
    signals_of,
    signals_years,
)
from etl.text import listed

_DIVISIONS: Final[tuple[Division, ...]] = ("2018", "2025")


def build_signals(con: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    """Fill signals and signal_tests; from indicator_values, areas and crosswalk."""
    rules = catalogue.signals and catalogue.signals.among(catalogue.indicators)
    if rules is None or not rules.weights:
        return
    perturbed = tuple(map(catalogue.perturbed.get, rules.weights))
    for level in SMALL_LEVELS:
        severed = severed_years(catalogue, rules.weights, level=level)
        for division in _DIVISIONS:
            panel = read_panel(
                con,
                level=level,
                division=division,
                indicators=tuple(rules.weights),
                perturbed=perturbed,
            )
            years = [y for y in signals_years(panel) if division_of(level, y) == division]
            for year in years:
                _insert(con, "signals", _signals(panel, rules, year, severed=severed))
            tested = backtest(panel, rules, severed=severed, outcomes=years)
            _insert(con, "signal_tests", pd.DataFrame(map(asdict, tested)).assign(level=level))


def _signals(
    panel: SignalPanel,
    rules: SignalRules,
    year: int,
    *,
    severed: Mapping[str, tuple[int, ...]],
) -> pd.DataFrame:
    found = signals_of(panel, rules, year, severed=severed)
    frame = pd.DataFrame(
        {
            "area_id": panel.area_ids,
            "year": year,
            "status": found.status,
            "score": found.score,
            "course": found.course,
            "change": found.change,
            "margin": found.margin,
            "n_indicators": found.n_indicators,
        }
    )
    return frame[np.isfinite(found.score) | np.isfinite(found.change)]


def _insert(con: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame) -> None:
    """Append a frame to a table by name; not-a-number becomes null."""
    if frame.empty:
        return
    con.register("frame", frame)
    numbers = [name for name in frame if frame[name].dtype == np.float64]
    nulls = ", ".join(f"if(isnan({name}), NULL, {name}) AS {name}" for name in numbers)
    replaced = f"REPLACE ({nulls})" if nulls else ""
    con.execute(f"INSERT INTO {table} BY NAME SELECT * {replaced} FROM frame")
    con.unregister("frame")


def faulty_signals(con: duckdb.DuckDBPyConnection) -> list[str]:
    """A sentence when signals contradict their own figures, or are about no small area."""
    rows = con.execute(
        """
        SELECT s.area_id, s.year FROM signals s LEFT JOIN areas a USING (area_id)
        WHERE (a.level IN ('regso', 'deso')) IS NOT TRUE
            OR (s.status IS NULL) <> (s.score IS NULL) OR (s.course IS NULL) <> (s.change IS NULL)
            OR (s.course <> 0 AND (abs(s.change) <= s.margin OR sign(s.change) <> s.course))
        ORDER BY ALL
        """
    ).fetchall()
    return [f"{len(rows)} signals do not follow from their figures: {listed(rows)}"] * bool(rows)
