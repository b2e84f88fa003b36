"""Scores and similar areas, by hand."""

import numpy as np
import pytest

from barometer.indices.similarity import most_similar, robust_scores

NAN = float("nan")


def test_a_score_is_the_distance_from_the_median_in_robust_spreads() -> None:
    scores = robust_scores([[1.0], [2.0], [3.0], [4.0], [100.0]])  # median 3, MAD 1
    assert scores[:, 0] == pytest.approx(np.array([-2, -1, 0, 1, 97]) / 1.4826)


def test_scores_do_not_depend_on_unit_or_zero() -> None:
    values = np.array([[1.0], [2.5], [3.0], [7.0]])
    assert robust_scores(10 * values - 3) == pytest.approx(robust_scores(values))


def test_where_most_values_are_equal_the_quartiles_give_the_spread() -> None:
    values = [[5.0]] * 5 + [[6.0], [7.0], [8.0], [9.0]]  # MAD 0, quartiles 5 and 7
    assert robust_scores(values)[8, 0] == pytest.approx(4 / (2 / 1.349))


def test_equal_values_and_missing_ones_have_no_score() -> None:
    scores = robust_scores([[1.0, NAN, NAN], [1.0, 2.0, NAN], [1.0, 4.0, NAN]])
    assert np.isnan(scores[:, 0]).all()
    assert np.isnan(scores[:, 2]).all()
    assert np.isnan(scores[0, 1])
    assert not np.isnan(scores[1, 1])


LADDER = [[float(n), 10.0 * n, 100.0 * n] for n in range(1, 10)]  # a step is the same in each
STEP = 1 / (1.4826 * 2)  # MAD is 2 steps


def test_the_nearest_area_comes_first_with_its_distance() -> None:
    found = most_similar(LADDER, row_of_area=0, count=2)
    assert found.rows.tolist() == [1, 2]
    assert found.distance == pytest.approx([STEP, 2 * STEP])
    assert found.apart == pytest.approx(np.array([[1, 1, 1], [2, 2, 2]]) * STEP)
    assert (found.n_compared, found.n_left_out, found.enough) == (8, 0, True)


def test_the_distance_is_the_root_of_the_mean_square() -> None:
    values = np.array(LADDER)
    values[0, 1], values[1, 1] = 20.0, 10.0  # one step apart the other way
    values[0, 2] = values[1, 2]
    found = most_similar(values, row_of_area=0, count=9)
    at = found.rows.tolist().index(1)
    assert found.apart[at].tolist() == pytest.approx([STEP, -STEP, 0])
    assert found.distance[at] == pytest.approx(STEP * np.sqrt(2 / 3))


def test_areas_that_lack_a_measure_are_left_out_and_counted() -> None:
    values = np.array(LADDER)
    values[1, 1] = NAN
    found = most_similar(values, row_of_area=0, count=2)
    assert found.rows.tolist() == [2, 3]
    assert (found.n_compared, found.n_left_out) == (7, 1)


def test_all_are_compared_by_the_same_measures_known_of_most() -> None:
    """What the own area lacks is not used, nor what half of the areas lack."""
    values = np.column_stack([LADDER, np.arange(9.0), np.arange(9.0)])
    values[0, 3] = NAN
    values[2:7, 4] = NAN
    found = most_similar(values, row_of_area=0, count=9)
    assert found.used.tolist() == [True, True, True, False, False]
    assert found.rows.tolist() == [1, 2, 3, 4, 5, 6, 7, 8]
    assert np.isnan(found.apart[:, 3:]).all()


@pytest.mark.parametrize(
    ("values", "n_chosen"),
    [
        ([row[:2] for row in LADDER], None),  # two measures
        (LADDER, 7),  # three of seven
        (LADDER[:7], None),  # six others
        ([[NAN] * 3, *LADDER], None),  # nothing known of the own area
    ],
)
def test_too_little_makes_no_likeness(values: list[list[float]], n_chosen: int | None) -> None:
    found = most_similar(values, row_of_area=0, count=9, n_chosen=n_chosen)
    assert not found.enough
    assert (len(found.rows), len(found.distance), found.n_compared) == (0, 0, 0)


def test_only_the_allowed_are_chosen_while_all_count_for_the_spread() -> None:
    values = np.vstack([LADDER, [[100.0, 1000.0, 10000.0]]])
    among = np.array([True, False, *[True] * 8])
    found = most_similar(values, row_of_area=0, count=9, among=among)
    assert found.rows.tolist() == [2, 3, 4, 5, 6, 7, 8, 9]
    assert found.distance[0] == pytest.approx(2 / (1.4826 * 2.5))
