"""Segregation over distance in its two forms, by hand and against a plain double sum."""

import numpy as np
import pytest

from barometer.indices import segregation
from barometer.indices.distance import distance_profile

NAMES = ["spatial_dissimilarity", "spatial_information_theory", "spatial_isolation"]


def entropy(p: float) -> float:
    return float(-p * np.log(p) - (1 - p) * np.log(1 - p))


def test_two_areas_by_hand() -> None:
    """A kilometre apart, e-folding at a kilometre: each meets w = 1/e of the other."""
    w = np.exp(-1)
    counts, points = [[100, 0], [0, 100]], [[0, 0], [1000, 0]]
    found = distance_profile(counts, points, metres=[1000], reference="region").iloc[0]
    q = 1 / (1 + w)
    assert found["spatial_dissimilarity"] == pytest.approx(2 * abs(q - 0.5))
    assert found["spatial_information_theory"] == pytest.approx(1 - entropy(q) / np.log(2))
    assert found["spatial_isolation"] == pytest.approx(q)


def test_the_two_forms_differ_only_where_environments_cross_the_border() -> None:
    """By hand: a town of two halves beside a city that both of them reach in full.

    The disc of 5 km holds all: both halves meet (220 of 600) 11/30. Against their own mean that is
    even; against the town's own tenth it is less mixed than nothing, below 0. Inside the region the
    city is not met, and both halves meet the town.
    """
    counts = [[2, 98], [18, 82], [200, 200]]
    points, places = [[0, 0], [1000, 0], [2000, 0]], ["town", "town", "city"]
    asked = {"metres": [1, 5000], "kernel": "disc"}
    across = distance_profile(counts, points, places, reference="environments", **asked)
    inside = distance_profile(counts, points, places, reference="region", **asked)
    assert across["spatial_dissimilarity"].tolist()[:2] == pytest.approx([16 / 36, 0])
    assert across["spatial_isolation"].tolist()[:2] == pytest.approx([0.164, 11 / 30])
    assert inside["spatial_dissimilarity"].tolist()[:2] == pytest.approx([16 / 36, 0])
    assert inside["spatial_isolation"].tolist()[:2] == pytest.approx([0.164, 0.1])
    assert inside["macro_micro"].tolist()[:2] == pytest.approx([1, 0])


@pytest.mark.parametrize("kernel", ["exponential", "disc"])
def test_environments_are_the_double_sum(kernel: str) -> None:
    rng = np.random.default_rng(3)
    counts, points = rng.integers(0, 50, (40, 2)), rng.random((40, 2)) * 4000
    away = np.sqrt(((points[:, None] - points) ** 2).sum(axis=-1))
    weights = np.exp(-away / 700) if kernel == "exponential" else away <= 700
    q = (weights @ counts[:, 0]) / (weights @ counts.sum(axis=1))
    totals, p = counts.sum(axis=1), counts[:, 0].sum() / counts.sum()
    found = distance_profile(counts, points, metres=[700], kernel=kernel, reference="region")
    wanted = (totals * abs(q - p)).sum() / (2 * totals.sum() * p * (1 - p))
    assert found["spatial_dissimilarity"][0] == pytest.approx(wanted, abs=1e-12)


def test_no_distance_gives_the_plain_indices_and_any_distance_evens_out() -> None:
    rng = np.random.default_rng(4)
    counts, points = rng.integers(1, 50, (30, 2)), rng.random((30, 2)) * 1e4
    found = distance_profile(counts, points, metres=[1e-3, 1e9], reference="environments")
    plain = segregation(counts, indices=["dissimilarity", "information_theory", "isolation"])
    np.testing.assert_allclose(found.loc[0, NAMES].astype(float), plain.iloc[0], atol=1e-12)
    assert found.loc[1, NAMES[:2]].tolist() == pytest.approx([0, 0], abs=1e-6)


def test_places_are_asked_for_in_any_order_of_areas() -> None:
    rng = np.random.default_rng(6)
    counts, points = rng.integers(1, 50, (60, 3)), rng.random((60, 2)) * 1e4
    place, order = rng.integers(0, 4, 60), rng.permutation(60)
    one = distance_profile(counts, points, place, reference="environments")
    other = distance_profile(counts[order], points[order], place[order], reference="environments")
    one, other = (f.sort_values(["container", "metres"]).to_numpy(float) for f in (one, other))
    np.testing.assert_allclose(one, other, atol=1e-12)


def test_faults_come_together() -> None:
    with pytest.raises(ValueError, match="metres: 0; expected") as caught:
        distance_profile(
            [[1, -2]],
            [[0, 0]],
            metres=[0],
            kernel="gauss",
            reference="town",  # type: ignore[arg-type]
        )
    for fault in ("kernel: 'gauss'", "reference: 'town'", "-2 is negative"):
        assert fault in str(caught.value)
