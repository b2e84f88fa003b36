"""The test of the signals on real series of the whole country: tenure and birth, RegSO 2020–2023.

These say nothing of good or bad; a rise stands for what a decline would be. The years allow a
change of one year and an outcome one or two years later.
"""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from barometer.catalogue import load_catalogue
from barometer.signals import BacktestRow, backtest, signal_panel

TABLES = Path(__file__).resolve().parents[3] / "data" / "sweden" / "tables"


def real_figures(table: str, variable: str, *, chosen: str, total: str = "") -> pd.DataFrame:
    """Persons or dwellings of a code, and of all codes (or of the total), in every RegSO."""
    rows = pd.read_parquet(TABLES / f"{table}.parquet")
    rows = rows[rows["Region"].str.fullmatch(r"\d{4}R\d{3}")]
    if "Kon" in rows:
        rows = rows[rows["Kon"] == "1+2"]
    whole = rows[rows[variable] == total] if total else rows
    own = rows[rows[variable] == chosen].groupby(["Region", "Tid"])["value"].sum()
    sums = pd.DataFrame({"chosen": own, "value": whole.groupby(["Region", "Tid"])["value"].sum()})
    sums = sums.reset_index()
    return pd.DataFrame(
        {
            "indicator_id": "share",
            "area_id": sums["Region"],
            "year": sums["Tid"].astype(int),
            "numerator": sums["chosen"],
            "denominator": sums["value"],
        }
    )


def outcomes_of(figures: pd.DataFrame, *, ahead: int) -> dict[str, BacktestRow]:
    rules = load_catalogue().signals
    assert rules is not None
    own = replace(rules, weights={"share": 1.0}, span=1, ahead=ahead, fewest=1)
    panel = signal_panel(
        figures, area_ids=sorted(set(figures["area_id"])), indicator_ids=("share",)
    )
    assert panel.years == (2020, 2021, 2022, 2023)
    rows = [row for row in backtest(panel, own) if row.year == 2021]
    return {row.rule: row for row in rows}


@pytest.mark.parametrize("ahead", [1, 2])
def test_signals_of_tenure_hit_more_often_than_naive_rules(ahead: int) -> None:
    """Of 36 areas where renting rose, a quarter or less rise again: 12 times as many as of all."""
    rows = outcomes_of(real_figures("TAB6258", "Upplatelseform", chosen="1"), ahead=ahead)
    ours, last = rows["signals"], rows["last_change"]
    assert ours.n_areas == 3363
    assert 20 < ours.n_pointed < 60
    usual = ours.n_worse / ours.n_areas
    assert ours.n_hits / ours.n_pointed > 5 * usual
    assert ours.n_hits / ours.n_pointed > 3 * last.n_hits / last.n_pointed
    assert ours.misses > ours.n_hits  # most of what comes is not told in advance


def test_signals_of_birth_are_few_and_seldom_false() -> None:
    """The share born in Sweden moves little in a year: four areas are pointed out, not 1,800."""
    figures = real_figures("TAB6572", "Fodelseregion", chosen="sv", total="tot")
    rows = outcomes_of(figures, ahead=2)
    ours, last = rows["signals"], rows["last_change"]
    assert ours.n_areas == 3363
    assert 0 < ours.n_pointed < 10
    assert last.false_alarms > 1_000
    assert ours.n_hits / ours.n_pointed > 3 * last.n_hits / last.n_pointed
