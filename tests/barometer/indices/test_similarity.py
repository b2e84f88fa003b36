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


def test_the_nearest_area_comes_first_with_its_distance() -> None:
    # Medians 3 and 30, MAD 1 and 10: a step is the same in both measures.
    values = [[1.0, 10.0], [2.0, 20.0], [3.0, 30.0], [4.0, 40.0], [5.0, 50.0]]
    found = most_similar(values, row_of_area=0, count=2)
    assert found.rows.tolist() == [1, 2]
    assert found.distance == pytest.approx([1 / 1.4826, 2 / 1.4826])
    assert found.apart == pytest.approx(np.array([[1, 1], [2, 2]]) / 1.4826)
    assert (found.n_compared, found.n_left_out) == (4, 0)


def test_the_distance_is_the_root_of_the_mean_square() -> None:
    values = [[1.0, 3.0], [2.0, 3.0], [3.0, 1.0], [4.0, 5.0], [5.0, 2.0], [3.0, 4.0]]
    found = most_similar(values, row_of_area=0, count=5)
    apart = found.apart[found.rows.tolist().index(1)]
    assert apart[1] == 0
    assert found.distance[found.rows.tolist().index(1)] == pytest.approx(abs(apart[0]) / np.sqrt(2))


def test_areas_that_lack_a_measure_are_left_out_and_counted() -> None:
    values = [[1.0, 1.0], [2.0, NAN], [3.0, 3.0], [4.0, 4.0]]
    found = most_similar(values, row_of_area=0, count=9)
    assert found.rows.tolist() == [2, 3]
    assert (found.n_compared, found.n_left_out) == (2, 1)


def test_a_measure_that_the_own_area_lacks_is_not_used() -> None:
    values = [[1.0, NAN], [2.0, 5.0], [3.0, NAN], [4.0, 6.0]]
    found = most_similar(values, row_of_area=0, count=9)
    assert found.used.tolist() == [True, False]
    assert found.rows.tolist() == [1, 2, 3]
    assert np.isnan(found.apart[:, 1]).all()


def test_nothing_known_gives_nothing_similar() -> None:
    found = most_similar([[NAN], [2.0], [3.0]], row_of_area=0, count=9)
    assert not len(found.rows)
    assert not len(found.distance)
    assert found.n_compared == 0


def test_only_the_allowed_are_chosen_while_all_count_for_the_spread() -> None:
    values = [[1.0], [2.0], [3.0], [4.0], [100.0]]
    found = most_similar(values, row_of_area=0, count=9, among=[True, False, False, True, True])
    assert found.rows.tolist() == [3, 4]
    assert found.distance[0] == pytest.approx(3 / 1.4826)
