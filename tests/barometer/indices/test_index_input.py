"""Bad input: one ValueError that lists every fault."""

import numpy as np
import pandas as pd
import pytest

from barometer.indices import index_panel, local_values, segregation
from barometer.indices.exposure import delta
from barometer.indices.validation import checked_input


def faults(*args: object, **kwargs: object) -> str:
    with pytest.raises(ValueError, match="faults") as caught:
        segregation(*args, **kwargs)
    return str(caught.value)


def test_every_fault_is_listed_at_once() -> None:
    counts = pd.DataFrame({"born_abroad": [1.0, -2.0, np.inf], "other": [3.0, -np.inf, 4.0]})
    said = faults(counts, ["a"] * 4, ["dissimilarty", "delta", "ice"])
    assert said.splitlines() == [
        "The input has faults:",
        "- indices: unknown id 'dissimilarty'; did you mean dissimilarity, dissimilarity_multi,"
        " expected_dissimilarity?",
        "- indices: ice has one value per area; call local_values for it",
        "- indices: delta needs land_area, one value per area",
        "- counts: row 1, column born_abroad: -2 is negative; expected persons, 0 or more",
        "- counts: row 1, column other: -inf is infinite; expected persons, 0 or more",
        "- counts: row 2, column born_abroad: inf is infinite; expected persons, 0 or more",
        "- containers: 4 labels for 3 areas; expected one per area",
    ]


def test_an_id_like_no_other_gets_the_whole_list() -> None:
    assert "correlation_ratio, delta" in faults([[1, 2]], None, "zzz")


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (5, "shape a single value"),
        ([1, 2, 3], "shape 3;"),
        ([[1], [2]], "shape 2 x 1"),
        (np.ones((2, 2, 2)), "shape 2 x 2 x 2"),
        ([[1, 2], [3]], "rows of different lengths"),
        ([["a", 2], [3, "b"]], "row 0, column 0: 'a' is not a number"),
        (pd.DataFrame({"x": ["1"], "y": [2]}), "row 0, column x: '1' is not a number"),
        (np.array([[1 + 2j, 3]]), "is not a number"),
    ],
)
def test_counts_that_are_no_table_of_numbers(counts: object, said: str) -> None:
    assert said in faults(counts)


def test_many_faults_of_a_kind_are_counted() -> None:
    said = faults(np.full((6, 2), -1))
    assert said.count("is negative") == 10
    assert "... and 2 more like the last" in said


def test_missing_counts_and_bools_are_numbers() -> None:
    mixed = pd.DataFrame({"x": [1, None, pd.NA], "y": [True, 2.5, np.float64(3)]}, dtype=object)
    values = checked_input(mixed).table.counts
    np.testing.assert_array_equal(values, [[1, np.nan, np.nan], [1, 2.5, 3]])
    assert checked_input(np.array([[True, False]])).table.counts.tolist() == [[1], [0]]


def test_containers_must_have_labels() -> None:
    assert "containers: row 1: label missing" in faults([[1, 2], [3, 4]], ["a", None])
    assert "containers: 1 labels for 2 areas" in faults([[1, 2], [3, 4]], ["a"])


def test_tuples_are_labels_too() -> None:
    found = segregation([[1, 2], [3, 4]], [("0180", 2020), ("0180", 2021)])
    assert found.index.tolist() == [("0180", 2020), ("0180", 2021)]


@pytest.mark.parametrize(
    ("land", "said"),
    [
        ([1.0], r"shape (1,); expected 2 values"),
        ([1.0, -1.0], "land_area: row 1: -1"),
        ([np.inf, 1.0], "land_area: row 0: inf"),
    ],
)
def test_land_must_fit(land: list[float], said: str) -> None:
    assert said in faults([[1, 2], [3, 4]], None, ["delta"], land_area=land)


def test_delta_itself_asks_for_land() -> None:
    with pytest.raises(ValueError, match="land area of every area"):
        delta(checked_input([[1, 2], [3, 4]]).table)


def test_a_container_index_is_not_local() -> None:
    with pytest.raises(ValueError, match="gini has one value per container; call segregation"):
        local_values([[1, 2]], indices=["gini"])


def test_a_panel_lists_its_faults() -> None:
    with pytest.raises(ValueError, match="'gini_multi' is not an index of two-group") as caught:
        index_panel([[1, 2]], ["a"], kind="two-group", indices=["gini_multi", "delta"])
    assert "delta needs land_area" in str(caught.value)
    assert "Choose among: dissimilarity, gini" in str(caught.value)
