"""The bootstrap: its binomial draws, its determinism, and how often it covers the truth."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from barometer.indices.containers import CountTable, FloatArray
from barometer.indices.information import information_theory
from barometer.indices.intervals import (
    _draw,
    _exact_binomial,
    _to_binomial,
    bootstrap_intervals,
    change_interval,
)
from barometer.indices.two_group import dissimilarity
from barometer.indices.validation import checked_input


def binomial_cdf(n: int, p: float) -> FloatArray:
    logs = [
        math.lgamma(n + 1)
        - math.lgamma(k + 1)
        - math.lgamma(n - k + 1)
        + k * math.log(p)
        + (n - k) * math.log1p(-p)
        for k in range(n + 1)
    ]
    return np.cumsum(np.exp(logs))


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 30), st.floats(0.01, 0.5), st.floats(0, 0.999999))
def test_exact_draws_are_binomial_quantiles(n: int, p: float, u: float) -> None:
    drawn = _exact_binomial(np.array([[float(n)]]), p=np.array([p]), u=np.array([[u]]))[0, 0]
    reached = np.append(binomial_cdf(n, p), 0.0)  # the last stands for a count of -1
    assert reached[int(drawn) - 1] - 1e-12 <= u <= reached[int(drawn)] + 1e-12


def test_exact_draws_count_from_the_rarer_side() -> None:
    n, u = np.full((1, 3), 8.0), np.full((5, 3), 0.5)
    drawn = _exact_binomial(n, p=np.array([0.0, 1.0, 0.75]), u=u)
    assert drawn[0].tolist() == [0, 8, 6]


@pytest.mark.parametrize(("n", "p"), [(40, 0.4), (1500, 0.0066), (1500, 0.2), (300, 0.95)])
def test_normal_draws_are_close_to_binomial(n: int, p: float) -> None:
    """From a variance of 9 on: the same mean, spread, skewness, and cdf within 0.01."""
    drawn = np.random.default_rng(1).standard_normal((200_000, 1))
    _to_binomial(drawn, n=np.array([float(n)]), p=np.array([p]))
    assert drawn.mean() == pytest.approx(n * p, abs=0.05)
    assert drawn.std() == pytest.approx(math.sqrt(n * p * (1 - p)), rel=0.01)
    found = np.searchsorted(np.sort(drawn[:, 0]), np.arange(n + 1), side="right") / drawn.size
    assert np.abs(found - binomial_cdf(n, p)).max() < 0.01


@pytest.mark.slow
def test_draws_keep_totals_and_have_multinomial_moments() -> None:
    counts = np.array([[3, 30, 300, 0], [500, 100, 2, 900], [0, 0, 0, 0], [1, 0, 0, 0]])
    table = checked_input(np.vstack([counts] * 3)).table
    drawn = _draw(table, block=slice(0, 20_000), draws=20_000)
    np.testing.assert_array_equal(drawn.sum(axis=0), np.broadcast_to(table.totals, drawn.shape[1:]))
    assert drawn.min() >= 0
    n, p = table.totals, table.shares()
    np.testing.assert_allclose(drawn.mean(axis=1), n * p, atol=0.6)
    np.testing.assert_allclose(drawn.var(axis=1), n * p * (1 - p), rtol=0.05, atol=0.1)
    covariance = np.cov(drawn[1, :, 1], drawn[0, :, 1])[0, 1]
    assert covariance == pytest.approx(-n[1] * p[0, 1] * p[1, 1], rel=0.1)


def test_a_container_has_the_same_interval_alone_as_in_a_panel() -> None:
    rng = np.random.default_rng(3)
    counts = rng.integers(0, 60, (2400, 3))
    containers = np.repeat(np.arange(120), 20)
    functions = [dissimilarity_of_first_two, information_theory]
    panel = bootstrap_intervals(checked_input(counts, containers).table, functions)
    for place in (0, 57, 119):
        alone = bootstrap_intervals(checked_input(counts[containers == place]).table, functions)
        for many, one in zip(panel, alone, strict=True):
            assert many.low[place] == pytest.approx(one.low[0], rel=1e-12)
            assert many.high[place] == pytest.approx(one.high[0], rel=1e-12)
            assert many.estimate[place] == pytest.approx(one.estimate[0], rel=1e-12)


def dissimilarity_of_first_two(table: CountTable) -> FloatArray:
    return dissimilarity(table.columns(0, 1))


def test_a_large_container_is_drawn_in_blocks() -> None:
    counts = np.random.default_rng(5).integers(50, 500, (3000, 2))
    (interval,) = bootstrap_intervals(checked_input(counts).table, [dissimilarity])
    observed = dissimilarity(checked_input(counts).table)[0]
    assert interval.low[0] < interval.estimate[0] < interval.high[0] < observed + 0.01
    assert interval.high[0] - interval.low[0] < 0.005


def test_the_interval_covers_the_truth() -> None:
    """2,000 kommuner of 30 areas with known chances: near 95 % of intervals hold the true D."""
    rng = np.random.default_rng(11)
    sizes = rng.integers(300, 1500, (2000, 30))
    chances = rng.beta(2, 6, (2000, 30))
    groups = rng.binomial(sizes, chances)
    expected = np.stack([sizes * chances, sizes * (1 - chances)], axis=-1).reshape(-1, 2)
    observed = np.stack([groups, sizes - groups], axis=-1).reshape(-1, 2)
    containers = np.repeat(np.arange(2000), 30)
    truth = dissimilarity(checked_input(expected, containers).table)
    table = checked_input(observed, containers).table
    (interval,) = bootstrap_intervals(table, [dissimilarity])
    covered = (interval.low <= truth) & (truth <= interval.high)
    assert 0.925 <= covered.mean() <= 0.965
    bias = (dissimilarity(table) - truth).mean()
    assert bias > 0
    assert abs((interval.estimate - truth).mean()) < bias / 3


def test_an_interval_of_nothing_is_undefined() -> None:
    (interval,) = bootstrap_intervals(checked_input([[0, 5], [0, 7]]).table, [dissimilarity])
    assert np.isnan([interval.estimate[0], interval.low[0], interval.high[0]]).all()


def test_an_interval_of_certainty_has_no_width() -> None:
    (interval,) = bootstrap_intervals(checked_input([[5, 0], [0, 7]]).table, [dissimilarity])
    assert [interval.estimate[0], interval.low[0], interval.high[0]] == [1, 1, 1]


def test_change_adds_distances_as_squares() -> None:
    first = (np.array([0.30]), np.array([0.27]), np.array([0.34]))
    second = (np.array([0.40]), np.array([0.36]), np.array([0.43]))
    change, low, high = change_interval(first, second)
    assert change[0] == pytest.approx(0.1)
    assert low[0] == pytest.approx(0.1 - math.hypot(0.04, 0.04))
    assert high[0] == pytest.approx(0.1 + math.hypot(0.03, 0.03))
