"""How far one must widen until the town's mix is met, by hand and against a plain walk."""

import numpy as np
import pandas as pd
import pytest

from barometer.indices import segregation
from barometer.indices.convergence import (
    convergence,
    convergence_distribution,
    divergence_path,
)

LINE = np.array([[10, 0], [0, 10], [5, 5]])
POINTS = np.array([[0.0, 0.0], [1.0, 0.0], [3.0, 0.0]])
MIXED = 0.25 * np.log(0.5) + 0.75 * np.log(1.5)  # of 5 and 15 beside half and half


def test_three_areas_on_a_line_by_hand() -> None:
    """The last area is as mixed as the town, but what it meets next is not."""
    found = convergence(LINE, POINTS)
    assert found["persons"].tolist() == [20, 20, 30]
    assert found["share"].tolist() == pytest.approx([2 / 3, 2 / 3, 1])
    assert found["metres"].tolist() == [1, 1, 3]
    assert found["divergence"].tolist() == pytest.approx([np.log(2), np.log(2), 0])
    distortion = [np.log(2) / 3, np.log(2) / 3, 2 * MIXED / 3]
    assert found["distortion"].tolist() == pytest.approx(distortion)


def test_the_path_of_one_area_by_hand() -> None:
    path = divergence_path(LINE, POINTS, start=2)
    assert path["persons"].tolist() == [10, 20, 30]
    assert path["metres"].tolist() == [0, 2, 3]
    assert path["divergence"].tolist() == pytest.approx([0, MIXED, 0])


def test_every_path_ends_in_the_mix_of_the_town_and_begins_in_the_areas_own() -> None:
    """The areas' own divergence, by residents, is M; a wider tolerance is met sooner."""
    rng = np.random.default_rng(5)
    counts = rng.integers(0, 90, (80, 3)) * rng.integers(0, 2, (80, 1))
    points, town = rng.integers(0, 9, (80, 2)).astype(float), rng.integers(0, 2, 80)
    strict, loose = (convergence(counts, points, town, tolerance=t) for t in (0.001, 0.05))
    totals = counts.sum(axis=1)
    assert strict["persons"].isna().tolist() == (totals == 0).tolist()
    lived = totals > 0
    assert (strict["persons"] >= loose["persons"])[lived].all()
    assert (strict["persons"] > loose["persons"]).any()
    assert (strict["distortion"] >= 0)[lived].all()
    for place in (0, 1):
        rows = lived & (town == place)
        m = np.average(strict["divergence"][rows], weights=totals[rows])
        own = segregation(counts[town == place], indices=["mutual_information"])
        assert m == pytest.approx(own.iloc[0, 0], abs=1e-12)
        start = int(np.flatnonzero(np.flatnonzero(town == place) == np.flatnonzero(rows)[0])[0])
        path = divergence_path(counts[town == place], points[town == place], start=start)
        late = path[path["divergence"] > 0.05].index.max()
        first = 0 if pd.isna(late) else late + 1
        assert path["persons"][first] == loose["persons"][np.flatnonzero(rows)[0]]


def test_an_even_town_is_met_at_home() -> None:
    found = convergence([[10, 30], [1, 3], [0, 0]], [[0, 0], [9, 9], [5, 5]])
    assert found["persons"].tolist()[:2] == [40, 4]
    assert found["metres"].tolist()[:2] == [0, 0]
    assert found.iloc[2].isna().all()


def test_the_distribution_counts_residents_not_areas() -> None:
    found = pd.DataFrame({"persons": [5.0, 50.0, np.nan]})
    found = found.assign(share=found["persons"] / 100, metres=found["persons"])
    quantiles = convergence_distribution(found, [70, 30, 0])
    assert quantiles["persons"].tolist() == [5, 5, 5, 50, 50]
    nobody = convergence_distribution(found, [0, 0, 0])
    assert nobody["persons"].isna().all()


def test_a_missing_count_leaves_its_town_unmeasured() -> None:
    found = convergence([[1, 2], [np.nan, 3], [4, 4], [5, 5]], np.ones((4, 2)), list("aabb"))
    assert found["persons"].isna().tolist() == [True, True, False, False]


def test_faults_come_together() -> None:
    with pytest.raises(ValueError, match="tolerance: 0;") as caught:
        convergence([[1, -2]], [[0, np.inf]], tolerance=0)
    assert "no coordinates in row 0" in str(caught.value)
    assert "-2 is negative" in str(caught.value)
    with pytest.raises(ValueError, match="start: row 7; expected 0 to 1"):
        divergence_path([[1, 2], [3, 4]], [[0, 0], [1, 1]], start=7)
