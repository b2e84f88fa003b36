"""Closed forms for chance, against exact enumeration and simulation."""

import math
from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from barometer.indices import INDICES, segregation
from barometer.indices.validation import checked_input

EXPECTED = [index for index in INDICES if index.expected is not None]


def exact_expected_dissimilarity(counts: list[tuple[int, int]]) -> float:
    """E0[D] by adding up the hypergeometric distribution in whole numbers."""
    group, rest = (sum(column) for column in zip(*counts, strict=True))
    total = group + rest
    summed = Fraction(0)
    for x, y in counts:
        drawn = x + y
        for k in range(max(0, drawn - rest), min(drawn, group) + 1):
            chance = Fraction(comb(group, k) * comb(rest, drawn - k), comb(total, drawn))
            summed += chance * abs(k - Fraction(drawn * group, total))
    return float(summed * total / (2 * group * rest))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 300)), min_size=1, max_size=6))
def test_expected_dissimilarity_is_exact(counts: list[tuple[int, int]]) -> None:
    found = segregation(counts, indices=["expected_dissimilarity"]).iloc[0, 0]
    if 0 in np.sum(counts, axis=0):
        assert math.isnan(found)
    else:
        assert found == pytest.approx(exact_expected_dissimilarity(counts), rel=1e-11, abs=1e-14)


def test_expected_dissimilarity_stays_exact_for_billions() -> None:
    """With many persons D by chance is the folded normal's: E|Z| sqrt(Q / (P t)) and so on."""
    areas = np.full((10, 2), [3 * 10**8, 7 * 10**8])
    found = segregation(areas, indices=["expected_dissimilarity"]).iloc[0, 0]
    t, total, p = 1e9, 1e10, 0.3
    spread = math.sqrt(t * p * (1 - p) * (total - t) / (total - 1))
    normal = 10 * spread * math.sqrt(2 / math.pi) / (2 * total * p * (1 - p))
    assert found == pytest.approx(normal, rel=1e-8)


def test_contract_examples_of_small_groups() -> None:
    """DeSO-size areas: about .024 at P = .2, .10 at .01."""
    for share, about in ((0.2, 0.024), (0.01, 0.1)):
        group = round(1700 * share)
        counts = np.full((40, 2), [group, 1700 - group])
        found = segregation(counts, indices=["expected_dissimilarity"]).iloc[0, 0]
        assert found == pytest.approx(about, rel=0.2)


@pytest.mark.parametrize("index", EXPECTED, ids=lambda index: index.id)
def test_expected_is_the_mean_over_random_placements(index) -> None:
    """Four groups dealt over 30 areas with all margins fixed, 3,000 times."""
    rng = np.random.default_rng(7)
    n_groups = 2 if index.kind == "two-group" else 4
    sizes = rng.integers(20, 120, 30)
    group = rng.permutation(np.arange(sizes.sum()) % 7 % n_groups)
    area = np.repeat(np.arange(30), sizes)
    draws = []
    for _ in range(3000):
        dealt = rng.permutation(group)
        cells = np.bincount(area * n_groups + dealt, minlength=30 * n_groups)
        draws.append(cells.reshape(30, n_groups))
    containers = np.repeat(np.arange(3000), 30)
    values = segregation(np.vstack(draws), containers, [index.id])[index.id]
    expected = index.expected(checked_input(draws[0]).table)[0]
    error = values.std() / math.sqrt(3000)
    bias = 0.03 * expected if "information" in index.id else 0.0  # Miller's first-order term
    assert values.mean() == pytest.approx(expected, abs=4 * error + bias)


def test_adjusted_is_zero_at_chance_and_one_when_separate() -> None:
    chance = segregation([[10, 10], [10, 10]], indices=["adjusted_dissimilarity"]).iloc[0, 0]
    assert chance == -1
    apart = segregation([[10, 0], [0, 10]], indices=["adjusted_dissimilarity"]).iloc[0, 0]
    assert apart == 1
    found = segregation([[30, 10], [10, 30]]).iloc[0, 0]
    expected = segregation([[30, 10], [10, 30]], indices=["expected_dissimilarity"]).iloc[0, 0]
    adjusted = segregation([[30, 10], [10, 30]], indices=["adjusted_dissimilarity"]).iloc[0, 0]
    assert adjusted == pytest.approx((found - expected) / (1 - expected))


def test_one_person_per_area_cannot_be_told_from_chance() -> None:
    names = ["dissimilarity", "expected_dissimilarity", "adjusted_dissimilarity"]
    found = segregation([[1, 0], [0, 1], [0, 1]], indices=names).iloc[0]
    assert found.tolist() == pytest.approx([1, 1, math.nan], nan_ok=True)
