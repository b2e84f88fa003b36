"""Within and between at any nesting, and why segregation changed."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from barometer.indices import segregation
from barometer.indices.change import explain_change, fit_margins
from barometer.indices.decomposition import within, within_between

COUNTS = hnp.arrays(np.int64, (8, 3), elements=st.integers(0, 400))
POSITIVE = hnp.arrays(np.int64, (5, 3), elements=st.integers(1, 400))
LAN = ["01"] * 5 + ["25"] * 3
KOMMUN = ["0114", "0114", "0180", "0180", "0180", "2580", "2580", "2584"]
CLOSE = {"rel": 0, "abs": 1e-9, "nan_ok": True}


@settings(max_examples=200, deadline=None)
@given(COUNTS)
def test_parts_add_up_at_any_nesting(counts: np.ndarray) -> None:
    assume((counts.sum(axis=0) > 0).sum() > 1)
    frame = within_between(counts, [LAN, KOMMUN]).set_index("component")
    assert frame.index.tolist() == [
        "between level 1",
        "level 2 within level 1",
        "areas within level 2",
        "total",
    ]
    whole = segregation(counts, indices=["mutual_information", "information_theory_multi"]).iloc[0]
    assert frame.loc["total", "mutual_information"] == pytest.approx(whole.iloc[0], **CLOSE)
    parts = frame.drop("total")
    assert (parts["mutual_information"] > -1e-12).all()
    assert parts["mutual_information"].sum() == pytest.approx(whole.iloc[0], **CLOSE)
    assert parts["information_theory"].sum() == pytest.approx(whole.iloc[1], **CLOSE)


@settings(max_examples=200, deadline=None)
@given(COUNTS)
def test_within_is_the_weighted_mean_of_units(counts: np.ndarray) -> None:
    """M_within = sum (T_g/T) M_g and H_within = sum (T_g/T)(E_g/E) H_g."""
    assume((counts.sum(axis=0) > 0).sum() > 1)
    units = within(counts, KOMMUN).fillna(0)
    frame = within_between(counts, [KOMMUN]).set_index("component")
    inside = frame.loc["areas within level 1"]
    weight = units["population_share"]
    assert (weight * units["mutual_information"]).sum() == pytest.approx(
        inside["mutual_information"], **CLOSE
    )
    assert (weight * units["entropy_ratio"] * units["information_theory"]).sum() == pytest.approx(
        inside["information_theory"], **CLOSE
    )


def test_each_container_is_split_on_its_own_in_any_order() -> None:
    counts = np.random.default_rng(1).integers(1, 99, (16, 2))
    years = [2020, 2021] * 8
    kommun = np.repeat(KOMMUN, 2)
    both = within_between(counts, [kommun], years)
    assert both["container"].tolist() == [2020] * 3 + [2021] * 3
    for year, rows in ((2020, slice(0, None, 2)), (2021, slice(1, None, 2))):
        alone = within_between(counts[rows], [KOMMUN])
        found = both[both["container"] == year]
        np.testing.assert_allclose(
            found["mutual_information"], alone["mutual_information"], atol=1e-12
        )
        np.testing.assert_allclose(found["share"], alone["share"], atol=1e-12)


def test_levels_must_nest_and_fit() -> None:
    with pytest.raises(ValueError, match="faults") as caught:
        within_between(np.ones((4, 2)), [["a", "a", "b", "b"], ["x", "y", "y", "z"], ["p"]])
    said = str(caught.value)
    assert "'y' of level 2 lies in 2 units of level 1" in said
    assert "level 3: 1 elements for 4 areas" in said
    with pytest.raises(ValueError, match="levels: none given"):
        within_between(np.ones((4, 2)), [])


@settings(max_examples=50, deadline=None)
@given(POSITIVE, POSITIVE)
def test_the_five_parts_add_up(first: np.ndarray, second: np.ndarray) -> None:
    found = explain_change(
        first, second, first_areas=["a", "b", "c", "d", "e"], second_areas=["b", "c", "d", "e", "f"]
    )
    parts = (
        found.structural,
        found.group_margin,
        found.area_margin,
        found.additions,
        found.removals,
    )
    assert sum(parts) == pytest.approx(found.difference, abs=1e-8)


def test_a_group_that_grows_everywhere_is_no_structural_change() -> None:
    first = np.array([[100, 900], [300, 700], [50, 450]])
    found = explain_change(first, first * [3, 1])
    assert found.structural == pytest.approx(0, abs=1e-8)
    assert found.difference == pytest.approx(found.group_margin + found.area_margin, abs=1e-8)
    assert found.additions == found.removals == 0


def test_an_area_that_grows_is_no_structural_change() -> None:
    first = np.array([[100, 900], [300, 700], [50, 450]])
    found = explain_change(first, first * np.array([[5], [1], [1]]))
    assert found.structural == pytest.approx(0, abs=1e-8)
    assert found.area_margin != 0


def test_new_and_vanished_areas_have_their_own_parts() -> None:
    first = np.array([[100, 900], [300, 700], [0, 0]])
    second = np.array([[100, 900], [300, 700], [500, 5]])
    grown = explain_change(first, second)
    assert grown.additions == pytest.approx(grown.difference)
    assert explain_change(second, first).removals == pytest.approx(-grown.difference)


def test_margins_are_met_and_odds_ratios_kept() -> None:
    seed = np.array([[10.0, 20, 30], [40, 5, 6]])
    fitted = fit_margins(seed, rows=np.array([0.7, 0.3]), columns=np.array([0.2, 0.5, 0.3]))
    np.testing.assert_allclose(fitted.sum(axis=0), [0.2, 0.5, 0.3], atol=1e-10)
    np.testing.assert_allclose(fitted.sum(axis=1), [0.7, 0.3], atol=1e-10)
    assert fitted[0, 0] * fitted[1, 1] / (fitted[0, 1] * fitted[1, 0]) == pytest.approx(1 / 16)


def test_margins_that_cannot_be_met_are_an_error() -> None:
    with pytest.raises(ValueError, match="after 10000 rounds"):
        fit_margins(np.eye(2), rows=np.array([0.5, 0.5]), columns=np.array([0.4, 0.6]))


def test_years_that_cannot_be_compared() -> None:
    three, two = np.ones((2, 3)), np.ones((2, 2))
    with pytest.raises(ValueError, match="3 groups in the first, 2 in the second") as caught:
        explain_change(three, two, first_areas=["a"], second_areas=["a", "a"])
    assert "first: 1 area labels for 2 areas" in str(caught.value)
    assert "second: an area label occurs twice" in str(caught.value)
    with pytest.raises(ValueError, match="no inhabited area in common"):
        explain_change(two, two, first_areas=["a", "b"], second_areas=["c", "d"])


def test_a_group_that_is_empty_in_one_year_is_explained() -> None:
    """Nobody of the third group in the first year: the five parts still add up to the change."""
    first = np.array([[60, 40, 0], [20, 80, 0], [50, 50, 0]])
    second = np.array([[55, 35, 10], [20, 70, 30], [50, 45, 1]])
    for a, b in ((first, second), (second, first), (first, first)):
        change = explain_change(a, b)
        parts = (
            *(change.structural, change.group_margin, change.area_margin),
            *(change.additions, change.removals),
        )
        assert np.isfinite(parts).all()
        assert sum(parts) == pytest.approx(change.difference, abs=1e-9)
    still = explain_change(first, first)
    assert (still.structural, still.group_margin) == pytest.approx((0, 0))
    without = explain_change(first[:, :2], second[:, :2])
    assert explain_change(first, np.column_stack([second[:, :2], [0] * 3])).structural == (
        pytest.approx(without.structural, abs=1e-9)
    )
