"""Rounding and cell-key noise: the distribution, what it does to indices, and what can be told."""

import numpy as np
import pytest

from barometer.indices.exposure import correlation_ratio
from barometer.indices.intervals import bootstrap_intervals, index_intervals
from barometer.indices.noise import (
    ASSUMED,
    CellKey,
    Reporting,
    correlation_ratio_noise,
    dissimilarity_noise,
    noise_spread,
    perturbation_table,
    perturbations,
    reported,
    reporting_of,
    rounded_sum,
    share_noise,
    smallest_change,
    smallest_rounded_change,
    whole_steps,
)
from barometer.indices.registry import INDICES
from barometer.indices.two_group import dissimilarity
from barometer.indices.validation import checked_input

RNG = np.random.default_rng(8)
SIZES = RNG.integers(600, 2500, 40)
GROUP = RNG.binomial(SIZES, RNG.beta(2, 5, 40))
COUNTS = np.column_stack([GROUP, SIZES - GROUP])
TABLE = checked_input(COUNTS).table
NOISY = Reporting(np.zeros(40), np.ones(40, bool))
ROUNDED = Reporting(np.full(40, 0.01), np.zeros(40, bool))


@pytest.mark.parametrize("key", [ASSUMED, CellKey(3, 2.0), CellKey(3, 1.0)])
def test_noise_has_mean_zero_its_variance_and_no_negative_result(key: CellKey) -> None:
    table = perturbation_table(key)
    changes = np.arange(-key.largest, key.largest + 1)
    np.testing.assert_allclose(table.sum(axis=1), 1)
    np.testing.assert_allclose(table @ changes, 0, atol=1e-9)
    counts = np.arange(key.largest + 1)
    np.testing.assert_allclose(table @ changes**2, np.minimum(counts, key.variance), atol=1e-9)
    for count in counts:
        assert table[count, changes < -count].max(initial=0) == 0


def test_a_cell_key_that_cannot_be_is_an_error() -> None:
    with pytest.raises(ValueError, match="at most 3 persons with variance 4"):
        CellKey(3, 4.0)


def test_zeros_stay_zero_and_draws_follow_the_table() -> None:
    uniform = np.random.default_rng(1).random((3, 40_000))
    counts = np.array([[0.0], [1.0], [900.0]]) + np.zeros_like(uniform)
    change = perturbations(counts, uniform, key=ASSUMED)
    assert not change[0].any()
    assert (change[1] >= -1).all()
    assert change[1].mean() == pytest.approx(0, abs=0.02)
    assert change[2].std() == pytest.approx(2, rel=0.02)


@pytest.mark.parametrize("reporting", [NOISY, ROUNDED])
def test_closed_forms_agree_with_simulation(reporting: Reporting) -> None:
    for function, closed in (
        (dissimilarity, dissimilarity_noise),
        (correlation_ratio, correlation_ratio_noise),
    ):
        simulated = noise_spread(TABLE, function, reporting, draws=2000)[0]
        assert closed(TABLE, reporting)[0] == pytest.approx(simulated, rel=0.1)


def test_several_groups_are_rounded_to_the_same_totals_and_perturbed_each_by_itself() -> None:
    three = checked_input(np.column_stack([GROUP, SIZES - GROUP, GROUP // 2])).table
    numbers = np.random.default_rng(2).random((2, 3, 40))
    rounded = reported(three, ROUNDED, numbers=numbers)
    np.testing.assert_allclose(rounded.totals, three.totals)
    assert (np.abs(rounded.counts - three.counts) <= 0.01 * three.totals).all()
    assert (rounded.counts != three.counts).any()
    noisy = reported(three, NOISY, numbers=numbers).counts - three.counts
    assert noisy.any()
    assert np.abs(noisy).max() <= ASSUMED.largest
    assert (noisy == np.round(noisy)).all()


def test_rounding_widens_the_interval() -> None:
    (plain,) = bootstrap_intervals(TABLE, [dissimilarity])
    (rounded,) = bootstrap_intervals(TABLE, [dissimilarity], ROUNDED)
    assert rounded.high[0] - rounded.low[0] > plain.high[0] - plain.low[0]


def test_every_stored_interval_contains_its_estimate_within_the_range() -> None:
    """Places from nearly even to nearly separate, small and large, exact and rounded."""
    rng = np.random.default_rng(4)
    sizes = rng.integers(0, 300, (200, 8))
    shares = np.clip(rng.normal(rng.random((200, 1)), rng.random((200, 1)) * 0.3, (200, 8)), 0, 1)
    group = rng.binomial(sizes, shares)
    counts = np.stack([group, sizes - group], axis=-1).reshape(-1, 2)
    table = checked_input(counts, np.repeat(np.arange(200), 8)).table
    chosen = [i for i in INDICES if i.id in ("dissimilarity", "information_theory", "gini")]
    whole = Reporting(np.full(1600, 0.01), np.zeros(1600, bool))
    for reporting in (None, whole):
        for index, found in zip(
            chosen, index_intervals(table, chosen, reporting=reporting), strict=True
        ):
            there = ~np.isnan(found.estimate)
            assert 100 < there.sum() < 200
            estimate, low, high = (v[there] for v in (found.estimate, found.low, found.high))
            assert ((index.range[0] <= low) & (low <= estimate)).all()
            assert ((estimate <= high) & (high <= index.range[1])).all()
    chance = next(i for i in INDICES if i.id == "expected_dissimilarity").function(table)
    (found,) = index_intervals(table, chosen[:1])
    assert np.isnan(found.estimate[dissimilarity(table) <= chance]).all()


def test_whole_per_cents_are_recognised() -> None:
    totals = np.arange(1001, 1041)
    percent = np.arange(40) % 30
    whole = np.column_stack([totals * percent / 100, totals * (100 - percent) / 100])
    assert whole_steps(whole) == 0.01
    assert whole_steps(COUNTS.astype(float)) == 0
    assert whole_steps(whole[:5]) == 0


def test_the_smallest_change() -> None:
    assert share_noise(100, 400, key=ASSUMED) == pytest.approx(np.sqrt(4 + 4 / 16) / 400)
    assert share_noise(100, 400, step=0.01) == pytest.approx(0.01 / np.sqrt(12))
    assert np.isnan(share_noise(0, 0, key=ASSUMED))
    assert smallest_change(0.003, 0.004) == pytest.approx(1.959964 * 0.005)
    assert smallest_rounded_change(0.01) == pytest.approx(0.01 * (1 - np.sqrt(0.05)))


def test_counts_are_perturbed_from_the_year_their_table_says() -> None:
    counts, years = np.full((3, 2), 50.0), np.array([2023, 2024, 2025])
    assert reporting_of(counts, years, perturbed_from=2024).perturbed.tolist() == [
        False,
        True,
        True,
    ]
    assert not reporting_of(counts, years, perturbed_from=None).matters


def test_a_sum_of_rounded_shares_lies_between_its_bounds() -> None:
    shares = GROUP / SIZES
    estimate = (np.round(shares, 2) * SIZES).sum()
    low, high = rounded_sum(estimate, SIZES.sum())
    assert low <= GROUP.sum() <= high
    assert high - low <= 0.01 * SIZES.sum() + 2
    assert [float(end) for end in rounded_sum(1.0, 1000.0)] == [0.0, 6.0]
