"""Neighbourhoods of K residents, against a plain walk outward from every area."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from barometer.indices import segregation
from barometer.indices.neighbourhoods import (
    environment_radii,
    environments,
    macro_micro,
    neighbourhood_profile,
)


def walk(counts: np.ndarray, points: np.ndarray, start: int, residents: float) -> np.ndarray:
    """Shares in the environment of one area, area by area."""
    away = np.square(points - points[start]).sum(axis=1)
    away[start] = -1
    met = np.zeros(counts.shape[1])
    for area in sorted(range(len(counts)), key=lambda i: (away[i], i)):
        here = counts[area].sum()
        if here > 0:
            met += counts[area] * min(1.0, (residents - met.sum()) / here)
        if met.sum() >= residents - 1e-9:
            break
    return met / met.sum() if met.sum() else np.full(counts.shape[1], np.nan)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 200), st.floats(1, 30_000))
def test_environments_are_walks(seed: int, n_areas: int, residents: float) -> None:
    rng = np.random.default_rng(seed)
    counts = rng.integers(0, 300, (n_areas, 2)) * rng.integers(0, 2, (n_areas, 1))
    points = rng.integers(0, 12, (n_areas, 2)).astype(float)  # many at equal distance
    found = environments(counts.T.astype(float), points, residents=[residents])[0]
    wanted = np.array([walk(counts, points, i, residents) for i in range(n_areas)]).T
    np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-9)


def test_areas_at_equal_distance_come_in_the_order_given() -> None:
    """A hundred areas in one ring among others: the search must not stop inside a tie."""
    away = np.random.default_rng(1).permutation(np.repeat([1.0, 5.0], 100))
    points = np.column_stack([np.zeros(201), [0.0, *away]])
    counts = np.column_stack([np.arange(201), 400 - np.arange(201)])
    found = environments(counts.T.astype(float), points, residents=[400 * 61], rows=np.array([0]))
    np.testing.assert_allclose(found[0, :, 0], walk(counts, points, 0, 400 * 61))


def test_tiny_neighbourhoods_are_the_areas_themselves() -> None:
    rng = np.random.default_rng(2)
    counts, points = rng.integers(10, 99, (50, 2)), rng.random((50, 2))
    found = neighbourhood_profile(counts, points, residents=[5]).iloc[0]
    names = ["dissimilarity", "information_theory", "isolation"]
    np.testing.assert_allclose(
        found.iloc[2:5].astype(float), segregation(counts, indices=names).iloc[0], atol=1e-12
    )


def test_one_neighbourhood_of_all_is_even() -> None:
    counts = [[10, 0], [0, 30]]
    found = neighbourhood_profile(counts, [[0, 0], [1, 1]], residents=[40, 4000])
    assert found["spatial_dissimilarity"].tolist() == pytest.approx([0, 0])
    assert found["spatial_isolation"].tolist() == pytest.approx([0.25, 0.25])


def test_containers_reach_across_their_borders_and_can_be_asked_for_alone() -> None:
    rng = np.random.default_rng(4)
    counts, points = rng.integers(0, 99, (300, 3)), rng.random((300, 2))
    kommun = rng.integers(0, 9, 300)
    every = neighbourhood_profile(counts, points, kommun, residents=[200, 50])
    assert every["container"].tolist() == np.repeat(list(dict.fromkeys(kommun)), 2).tolist()
    assert every["residents"].tolist() == [50, 200] * 9
    assert every["macro_micro"][::2].tolist() == [1.0] * 9
    h = every["spatial_information_theory"].to_numpy()
    np.testing.assert_allclose(every["macro_micro"][1::2], h[1::2] / h[::2])
    assert ((h > 0) & (h < 1)).all()
    one = neighbourhood_profile(counts, points, kommun, residents=[50, 200], only=[7])
    same = every[every["container"] == 7].reset_index(drop=True)
    np.testing.assert_allclose(one.to_numpy(dtype=float), same.to_numpy(dtype=float))
    alone = neighbourhood_profile(counts[kommun == 7], points[kommun == 7], residents=[50, 200])
    assert abs(alone.iloc[1, 2] - one.iloc[1, 2]) > 1e-4


def test_environments_across_a_border_are_compared_with_their_own_mean() -> None:
    """By hand: a town with 2 and 18 of 100 in the group, beside a city with half of its 400.

    Both environments of 200 are the whole town, so it is even: H and D are 0. Those of 400 take in
    half of the city, still alike, and 0 again. Against the town's own mix, a tenth, H would be
    negative: the environments are 30 % of the group.
    """
    counts = np.array([[2, 98], [18, 82], [200, 200]])
    points = np.array([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]])
    places = ["town", "town", "city"]
    found = neighbourhood_profile(counts, points, places, residents=[100, 200, 400], only=["town"])
    assert found["spatial_dissimilarity"].tolist() == pytest.approx([16 / 36, 0, 0])
    assert found["spatial_information_theory"].tolist()[1:] == pytest.approx([0, 0], abs=1e-12)
    of_areas = (entropy(0.02) + entropy(0.18)) / 2
    assert found["spatial_information_theory"][0] == pytest.approx(1 - of_areas / entropy(0.1))
    assert found["spatial_isolation"].tolist() == pytest.approx([0.164, 0.1, 0.3])
    region = neighbourhood_profile(
        counts, points, places, residents=[400], only=["town"], reference="region"
    )
    assert region["spatial_information_theory"][0] == pytest.approx(1 - entropy(0.3) / entropy(0.1))
    assert region["spatial_information_theory"][0] < 0


def entropy(p: float) -> float:
    return float(-p * np.log(p) - (1 - p) * np.log(1 - p))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 6))
def test_no_remainder_is_negative_or_above_the_whole(seed: int, n_groups: int) -> None:
    rng = np.random.default_rng(seed)
    counts = rng.integers(0, 100, (60, n_groups)) * rng.integers(0, 2, (60, 1))
    found = neighbourhood_profile(
        counts, rng.random((60, 2)), rng.integers(0, 5, 60), residents=[50, 400, 2000]
    )
    h = found["spatial_information_theory"].dropna()
    assert h.between(0, 1).all()
    assert found["macro_micro"].dropna().between(0, 1).all()
    assert found["spatial_dissimilarity"].dropna().between(0, 1 + 1e-9).all()


def test_the_ratio_of_sizes_is_left_out_where_it_says_nothing() -> None:
    h = np.array([[0.2, 0.1, 0.25], [0.009, 0.005, 0.001], [np.nan, 0.1, 0.1]])
    found = macro_micro(h)
    np.testing.assert_allclose(found[0], [1, 0.5, np.nan])
    assert np.isnan(found[1:]).all()


def test_faults_of_points_and_counts_come_together() -> None:
    with pytest.raises(ValueError, match="no coordinates in row 1") as caught:
        neighbourhood_profile([[1, -2], [3, 4]], [[0, 0], [np.nan, 1]])
    assert "-2 is negative" in str(caught.value)
    with pytest.raises(ValueError, match=r"centroids: shape \(2,\)"):
        neighbourhood_profile([[1, 2], [3, 4]], [0, 0])


@given(seed=st.integers(0, 10_000), n_areas=st.integers(2, 90))
@settings(max_examples=40, deadline=None)
def test_radii_reach_to_the_last_area_that_is_used(seed: int, n_areas: int) -> None:
    rng = np.random.default_rng(seed)
    counts = rng.integers(0, 40, (2, n_areas)).astype(float)
    points = rng.uniform(0, 1_000, (n_areas, 2))
    sizes = (30, 400)
    radii = environment_radii(counts, points, residents=sizes, rows=np.arange(n_areas))
    for size, found in zip(sizes, radii, strict=True):
        for row, radius in enumerate(found):
            away = np.hypot(*(points - points[row]).T)
            met = {step: counts[:, away < radius + step].sum() for step in (-1e-6, 1e-6)}
            if np.isfinite(radius):
                assert met[-1e-6] < size <= met[1e-6]
            else:
                assert counts.sum() < size
