"""Tables with holes: subtraction, proportional spreading, leaving out, withholding."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from barometer.indices.missing import recover

NAN = math.nan
ONE = np.zeros(4, dtype=np.intp)


def test_a_table_without_holes_is_left_alone() -> None:
    counts = np.array([[1.0, 2], [3, 4]])
    found = recover(counts, np.array([0, 1]), n_containers=2)
    assert found.counts is counts
    assert found.coverage.tolist() == [1, 1]
    assert found.n_excluded.tolist() == [0, 0]
    assert not found.estimated.any()
    assert not found.withheld.any()


def test_one_missing_cell_is_the_parent_less_the_others() -> None:
    counts = np.array([[10.0, 90], [NAN, 95], [20, 80], [30, NAN]])
    found = recover(counts, ONE, n_containers=1, parents=[[65, 335]])
    assert found.counts.tolist() == [[10, 90], [5, 95], [20, 80], [30, 70]]
    assert found.coverage.tolist() == [1]
    assert not found.estimated[0]
    assert not found.withheld[0]


def test_several_share_the_residual_in_proportion_to_population() -> None:
    counts = np.array([[1000.0, 3000], [NAN, NAN], [NAN, NAN], [900, 3100]])
    found = recover(
        counts, ONE, n_containers=1, parents=[[1940, 6360]], totals=[4000, 100, 200, 4000]
    )
    np.testing.assert_allclose(found.counts[1], [40 / 3, 260 / 3])
    np.testing.assert_allclose(found.counts[2], [80 / 3, 520 / 3])
    assert found.coverage[0] == pytest.approx(8000 / 8300)
    assert found.estimated[0]
    assert not found.withheld[0]


def test_nobody_left_means_exact_zeros() -> None:
    counts = np.array([[10.0, 90], [NAN, 95], [NAN, 80], [30, 70]])
    found = recover(counts, ONE, n_containers=1, parents=[[40, 335]])
    assert found.counts[:, 0].tolist() == [10, 0, 0, 30]
    assert not found.estimated[0]


def test_noise_never_makes_a_count_negative() -> None:
    counts = np.array([[10.0, 90], [NAN, 95], [20, 80], [30, 70]])
    found = recover(counts, ONE, n_containers=1, parents=[[58, 335]])
    assert found.counts[1].tolist() == [0, 95]


@pytest.mark.parametrize(
    ("group", "share", "withheld"), [(19.0, 0.0475, False), (21.0, 0.0525, True)]
)
def test_withheld_above_five_per_cent_of_the_group(
    group: float, share: float, withheld: bool
) -> None:
    counts = np.array([[400 - group, 9000], [NAN, 300], [NAN, 300], [0, 9000.0]])
    totals = [9400, 310, 310, 9000]
    found = recover(counts, ONE, n_containers=1, parents=[[400, 18600]], totals=totals)
    assert found.counts[1:3, 0].sum() / 400 == pytest.approx(share)
    assert found.withheld.tolist() == [withheld]


@pytest.mark.parametrize(("population", "withheld"), [(990.0, False), (1020.0, True)])
def test_withheld_above_ten_per_cent_of_the_population(population: float, withheld: bool) -> None:
    half = population / 2
    counts = np.array([[4000.0, 4000], [NAN, half], [NAN, half], [500, 1000 - population]])
    found = recover(
        counts,
        ONE,
        n_containers=1,
        parents=[[4504, 6000]],
        totals=[8000, half, half, 2000 - population],
    )
    assert found.coverage[0] == pytest.approx(1 - population / 10_000)
    assert found.withheld.tolist() == [withheld]


def test_without_a_parent_the_area_is_left_out() -> None:
    counts = np.array([[100.0, 900], [NAN, 40], [50, 950], [10, 990]])
    found = recover(counts, ONE, n_containers=1, totals=[NAN, 50, NAN, NAN])
    assert found.counts.tolist() == [[100, 900], [0, 0], [50, 950], [10, 990]]
    assert found.n_excluded.tolist() == [1]
    assert found.coverage[0] == pytest.approx(3000 / 3050)
    assert found.estimated[0]
    assert not found.withheld[0]


def test_an_area_of_unknown_population_counts_as_an_average_one() -> None:
    counts = np.array([[100.0, 900], [NAN, NAN], [50, 950], [10, 990]])
    found = recover(counts, ONE, n_containers=1)
    assert found.coverage[0] == pytest.approx(0.75)
    assert found.withheld[0]


def test_nothing_known_at_all_is_withheld() -> None:
    found = recover(np.full((2, 2), NAN), np.zeros(2, dtype=np.intp), n_containers=1)
    assert found.counts.tolist() == [[0, 0], [0, 0]]
    assert found.coverage.tolist() == [0]
    assert found.n_excluded.tolist() == [2]
    assert found.withheld[0]


def test_holes_of_one_container_do_not_touch_another() -> None:
    counts = np.array([[10.0, 90], [NAN, 95], [20, 80], [30, 70]])
    codes = np.array([1, 0, 1, 0])
    found = recover(counts, codes, n_containers=2, parents=[[50, 165], [30, NAN]])
    assert found.counts[1].tolist() == [20, 95]
    assert found.counts[[0, 2, 3]].tolist() == counts[[0, 2, 3]].tolist()
    assert found.withheld.tolist() == [False, False]


@settings(max_examples=300, deadline=None)
@given(
    hnp.arrays(np.int64, (6, 3), elements=st.integers(0, 50)),
    hnp.arrays(np.bool_, (6, 3)),
)
def test_recovered_groups_add_up_to_the_parent(counts: np.ndarray, holes: np.ndarray) -> None:
    holed = np.where(holes, NAN, counts)
    codes = np.array([0, 0, 0, 1, 1, 1])
    parents = np.stack([counts[:3].sum(axis=0), counts[3:].sum(axis=0)])
    found = recover(holed, codes, n_containers=2, parents=parents, totals=counts.sum(axis=1))
    sums = np.stack([found.counts[:3].sum(axis=0), found.counts[3:].sum(axis=0)])
    np.testing.assert_allclose(sums, parents, atol=1e-9)
    assert found.counts.min() >= 0
    assert found.n_excluded.tolist() == [0, 0]
    exact = ~found.estimated[codes]
    np.testing.assert_allclose(found.counts[exact], counts[exact], atol=1e-9)
