"""Signals on made-up areas of which it is known which ones decline."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from barometer.catalogue import CATALOGUE_DIR, load_catalogue
from barometer.catalogue.signals import SIGNALS, SignalRules, read_signal_rules
from barometer.signals import backtest, signal_panel, signals_of
from barometer.signals.panel import SignalPanel

CATALOGUE = load_catalogue()
assert CATALOGUE.signals is not None
RULES = CATALOGUE.signals
N, YEARS = 3_000, tuple(range(2012, 2022))
PLANTED = slice(0, 150)  # these decline, at an even pace
IDS = ("low_standard_children", "unemployed", "lower_secondary")
TOTALS = (400.0, 900.0, 900.0)


def rules(**changes: object) -> SignalRules:
    weights = {i: RULES.weights[i] for i in IDS}
    return replace(RULES, weights=weights, **changes)  # type: ignore[arg-type]


def made_up(*, pace: float, seed: int = 1) -> SignalPanel:
    """Shares around 15 %, spread by 8 points; the planted rise by `pace` a year."""
    rng = np.random.default_rng(seed)
    level = np.clip(rng.normal(0.15, 0.08, size=(len(IDS), N, 1)), 0.02, 0.5)
    course = np.zeros((1, N, len(YEARS)))
    course[0, PLANTED] = pace * np.arange(len(YEARS))
    national = 0.004 * np.sin(np.arange(len(YEARS)))
    shares = np.clip(level + course + national, 0.01, 0.95)
    totals = np.broadcast_to(np.array(TOTALS)[:, None, None], shares.shape).copy()
    counts = rng.binomial(totals.astype(np.int64), shares).astype(np.float64)
    return SignalPanel(IDS, tuple(map(str, range(N))), YEARS, counts, totals)


def test_planted_declines_are_told_and_chance_is_not() -> None:
    """Power 0.9 at 3 points a year; of areas that only chance moves at most 1.5 in 100."""
    found = signals_of(made_up(pace=0.03), rules(), 2015)
    worse = found.course > 0
    assert worse[PLANTED].mean() > 0.9
    others = np.delete(found.course, np.arange(N)[PLANTED])
    assert (others != 0).mean() < 0.015
    assert signals_of(made_up(pace=0.0), rules(), 2021).course.max() <= 1


def test_without_the_interval_chance_would_be_told() -> None:
    """The same figures with next to no interval and no least size: the interval is what holds."""
    bare = signals_of(made_up(pace=0.0), rules(confidence=0.5, smallest=0.0), 2021)
    assert (bare.course != 0).mean() > 0.2
    assert (signals_of(made_up(pace=0.0), rules(), 2021).course != 0).mean() < 0.02


def test_status_is_four_steps_of_the_weighted_standing() -> None:
    panel = made_up(pace=0.0)
    found = signals_of(panel, rules(), 2021)
    assert set(found.status) == {1, 2, 3, 4}
    expected = 1 + (found.score[:, None] > np.array(RULES.limits)).sum(axis=1)
    assert (found.status == expected).all()
    assert found.score.mean() == pytest.approx(0)
    assert found.score.std() == pytest.approx(1)
    shares = panel.shares[:, :, -1]
    standing = (shares - shares.mean(axis=1, keepdims=True)) / shares.std(axis=1, keepdims=True)
    own = np.array([3, 1, 1]) @ standing / 5
    assert found.score == pytest.approx((own - own.mean()) / own.std())


def test_a_negative_weight_turns_the_direction() -> None:
    panel = made_up(pace=0.03)
    turned = replace(rules(), weights={i: -w for i, w in rules().weights.items()})
    assert (signals_of(panel, turned, 2015).course[PLANTED] < 0).mean() > 0.9


def test_a_severing_break_and_missing_figures_tell_nothing() -> None:
    panel = made_up(pace=0.03)
    severed = dict.fromkeys(IDS, (2020,))
    assert np.isnan(signals_of(panel, rules(), 2021, severed=severed).course).all()
    assert np.isfinite(signals_of(panel, rules(), 2019, severed=severed).course).all()
    counts = panel.counts.copy()
    counts[0, 5, :] = np.nan  # the children's figure has more than half of the weight
    counts[1:, 6, :] = np.nan
    found = signals_of(replace(panel, counts=counts), rules(coverage=0.7), 2021)
    assert np.isnan(found.status[[5, 6]]).all()
    assert np.isnan(found.course[[5, 6]]).all()
    assert np.isfinite(found.status[7:]).all()


def test_no_later_figure_is_looked_at() -> None:
    panel = made_up(pace=0.03)
    before = signals_of(panel, rules(), 2018)
    counts = panel.counts.copy()
    counts[:, :, YEARS.index(2019) :] = 0
    again = signals_of(replace(panel, counts=counts), rules(), 2018)
    assert np.array_equal(before.change, again.change)
    assert np.array_equal(before.score, again.score)


def test_the_backtest_beats_naive_rules_on_planted_declines() -> None:
    rows = backtest(made_up(pace=0.03), rules())
    assert {row.year for row in rows} == {2015, 2016, 2017, 2018}
    for year in (2015, 2016):
        ours, last, tenth = (row for row in rows if row.year == year)
        assert ours.n_hits / ours.n_worse > 0.85  # power
        assert ours.false_alarms / ours.n_areas < 0.02
        assert ours.n_hits / ours.n_pointed > 0.9
        assert last.n_hits / last.n_pointed < 0.2
        assert tenth.n_hits / tenth.n_pointed < 0.5
        assert ours.misses == ours.n_worse - ours.n_hits
    assert backtest(made_up(pace=0.03), rules(ahead=8)) == ()


def test_counts_are_carried_over_new_borders_where_whole_areas_are_summed() -> None:
    figures = pd.DataFrame(
        [("x", area, 2023, count, 100.0) for area, count in (("a", 10.0), ("b", 20.0), ("c", 5.0))]
        + [("x", "new", 2024, 40.0, 210.0), ("x", "cut", 2024, 7.0, 90.0)],
        columns=["indicator_id", "area_id", "year", "numerator", "denominator"],
    )
    walk = pd.DataFrame(
        [("a", "new", "merged"), ("b", "new", "merged"), ("c", "cut", "border_change")],
        columns=["from_id", "to_id", "quality"],
    )
    panel = signal_panel(figures, area_ids=["new", "cut"], indicator_ids=["x"], crosswalk=walk)
    assert panel.years == (2023, 2024)
    assert panel.counts[0, 0].tolist() == [30, 40]
    assert panel.totals[0, 0].tolist() == [200, 210]
    assert np.isnan(panel.counts[0, 1, 0])
    assert panel.counts[0, 1, 1] == 7


def test_a_merged_area_with_a_missing_part_is_missing() -> None:
    figures = pd.DataFrame(
        [("x", "a", 2023, 10.0, 100.0), ("x", "b", 2023, np.nan, 100.0)],
        columns=["indicator_id", "area_id", "year", "numerator", "denominator"],
    )
    walk = pd.DataFrame(
        [("a", "new", "merged"), ("b", "new", "merged")], columns=["from_id", "to_id", "quality"]
    )
    panel = signal_panel(figures, area_ids=["new"], indicator_ids=["x"], crosswalk=walk)
    assert np.isnan(panel.counts).all()


def test_children_weigh_most() -> None:
    most = max(RULES.weights, key=lambda i: abs(RULES.weights[i]))
    assert CATALOGUE.indicators[most].children
    assert next(iter(RULES.weights)) == most


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("unemployed = 1", "unemployd = 1", "'unemployd' is no indicator"),
        ("unemployed = 1", "median_standard = 1", "is no share"),
        ("unemployed = 1", "unemployed = 0", "expected a number other than 0"),
        ("limits = [-1.0, 1.0, 1.5]", "limits = [1.0, -1.0, 1.5]", "expected 3 rising numbers"),
        ("span = 3", "span = 0", "0 years: expected 1 to 10"),
        ("confidence = 0.95", "confidence = 1.0", "1.0 is not from 0.5"),
    ],
)
def test_faults_of_the_file_are_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = (CATALOGUE_DIR / SIGNALS).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / SIGNALS).write_text(text.replace(old, new), encoding="utf-8")
    faults: list[str] = []
    read_signal_rules(tmp_path, CATALOGUE.indicators, faults)
    assert len(faults) == 1
    assert told in faults[0]
    assert read_signal_rules(tmp_path / "none", CATALOGUE.indicators, faults) is None


def test_noise_counts_from_the_year_in_which_each_table_has_it() -> None:
    plain = made_up(pace=0.0)
    noisy = replace(plain, perturbed_from=(None,) * (len(IDS) - 1) + (YEARS[-1],))
    assert not plain.noise.any()
    assert not noisy.noise[:-1].any()
    assert not noisy.noise[-1, :, :-1].any()
    assert (noisy.noise[-1, :, -1] > 0).all()
