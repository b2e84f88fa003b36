"""Values that can be worked out on paper, and the contract for what is undefined."""

import math
import warnings

import numpy as np
import pandas as pd
import pytest

from barometer.indices import INDICES, Index, local_values, segregation
from barometer.indices.agreement import FACTS, agreement

EVENNESS = (
    "dissimilarity",
    "gini",
    "information_theory",
    "correlation_ratio",
    "atkinson",
    "hutchens",
    "gorard",
    "adjusted_dissimilarity",
)
BY_CONTAINER = [index.id for index in INDICES if index.kind != "local" and not index.needs_land]


@pytest.mark.parametrize("row", agreement(), ids=lambda row: f"{row.fact.index_id}")
def test_our_value_is_the_hand_value(row) -> None:
    assert row.ours == pytest.approx(row.fact.hand, rel=0, abs=1e-12, nan_ok=True)


def test_every_fact_has_a_derivation_and_an_index() -> None:
    ids = {index.id for index in INDICES}
    assert [fact.index_id for fact in FACTS if fact.index_id not in ids] == []
    assert [fact.index_id for fact in FACTS if not fact.derivation] == []
    assert all((fact.pysal is None) == (fact.pysal_class is None) for fact in FACTS)


@pytest.mark.parametrize("index", INDICES, ids=lambda index: index.id)
def test_entry_says_everything(index: Index) -> None:
    texts = [index.label, index.low, index.high, index.sentence]
    texts += [text for text in (index.note, index.label_of_quarters) if text is not None]
    assert all(text.of("sv") and text.of("en") for text in texts)
    assert index.sentence.sv.count("{value}") == index.sentence.en.count("{value}") == 1
    assert index.sentence.sv != index.sentence.en
    assert index.range[0] < index.range[1]
    assert index.formula
    assert index.reference
    assert index.function.__doc__


def test_ids_are_unique_and_complete() -> None:
    ids = [index.id for index in INDICES]
    assert len(set(ids)) == len(ids)
    demanded = """dissimilarity gini information_theory isolation interaction correlation_ratio
        atkinson hutchens gorard delta dissimilarity_multi gini_multi mutual_information
        information_theory_multi relative_diversity normalised_exposure squared_cv entropy simpson
        ordinal_information_theory ordinal_variance_ratio ordinal_square_root ordinal_absolute
        rank_order_information_theory rank_order_variance_ratio location_quotient local_entropy
        local_segregation dissimilarity_contribution ice expected_dissimilarity
        expected_correlation_ratio adjusted_dissimilarity"""
    assert set(demanded.split()) <= set(ids)


@pytest.mark.parametrize("name", EVENNESS)
@pytest.mark.parametrize(
    "counts", [[[0, 5], [0, 7]], [[5, 0], [7, 0]], [[0, 0], [0, 0]]], ids=["X0", "Y0", "T0"]
)
def test_evenness_is_undefined_without_two_groups(name: str, counts: list[list[int]]) -> None:
    assert math.isnan(segregation(counts, indices=(name,))[name].item())


@pytest.mark.parametrize(
    ("counts", "isolation", "interaction"),
    [
        ([[0, 5], [0, 7]], math.nan, math.nan),
        ([[5, 0], [7, 0]], 1.0, 0.0),
        ([[0, 0], [0, 0]], math.nan, math.nan),
        ([[3, 9], [0, 0]], 0.25, 0.75),
    ],
)
def test_exposure_at_the_edges(
    counts: list[list[int]], isolation: float, interaction: float
) -> None:
    row = segregation(counts, indices=("isolation", "interaction")).iloc[0]
    assert row.tolist() == pytest.approx([isolation, interaction], nan_ok=True)


@pytest.mark.parametrize("name", [name for name in EVENNESS if name != "adjusted_dissimilarity"])
def test_one_inhabited_area_is_even(name: str) -> None:
    assert segregation([[3, 9], [0, 0]], indices=(name,))[name].item() == 0


@pytest.mark.parametrize("name", BY_CONTAINER)
def test_undefined_is_nan_without_a_warning(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = segregation(np.zeros((3, 4)), indices=(name,))[name]
    assert found.isna().all()


READS_NO_MIDDLE = ("top_bottom_dissimilarity", 1)  # the first and the last group only


@pytest.mark.parametrize(
    ("name", "hole"),
    [(n, hole) for n in BY_CONTAINER for hole in (0, 1) if (n, hole) != READS_NO_MIDDLE],
)
def test_a_missing_count_is_never_zero(name: str, hole: int) -> None:
    counts = np.array([[3, 1.0, 4], [1, 1, 9], [2, 6, 5], [3, 5, 8]])
    counts[1, hole] = np.nan
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = segregation(counts, ["holed", "holed", "whole", "whole"], indices=(name,))[name]
    assert found.isna().tolist() == [True, False]


def test_result_has_containers_in_order_of_appearance_and_ids_as_asked() -> None:
    counts = [[1, 9], [9, 1], [5, 5], [9, 1]]
    found = segregation(counts, ["b", "a", "b", "a"], indices=["isolation", "dissimilarity"])
    assert found.index.tolist() == ["b", "a"]
    assert found.columns.tolist() == ["isolation", "dissimilarity"]
    assert found["dissimilarity"].tolist() == pytest.approx([abs(1 / 6 - 9 / 14), 0])


def test_reads_a_data_frame_and_integer_codes_without_overflow() -> None:
    counts = pd.DataFrame({"a": [2_000_000_000, 1], "b": [1, 2_000_000_000]}, dtype="uint32")
    found = segregation(counts, np.array([7, 7], dtype=np.int32))
    assert found.loc[7, "dissimilarity"] == pytest.approx(1, abs=1e-8)


def test_two_group_indices_read_the_first_two_columns() -> None:
    counts = np.array([[5, 1, 100], [2, 8, 0]])
    pair = segregation(counts[:, :2], indices=EVENNESS)
    pd.testing.assert_frame_equal(segregation(counts, indices=EVENNESS), pair)


def test_no_areas_give_no_containers() -> None:
    found = segregation(np.empty((0, 2)), indices=BY_CONTAINER)
    assert found.shape == (0, len(BY_CONTAINER))
    assert segregation(np.empty((0, 2)), []).empty


def test_delta_counts_the_land_of_empty_areas() -> None:
    found = segregation([[1, 1], [1, 3], [0, 0]], indices=("delta",), land_area=[1.0, 1.0, 2.0])
    assert found["delta"].item() == pytest.approx((0.25 + 0.25 + 0.5) / 2)


def test_local_values_keep_the_rows() -> None:
    counts = pd.DataFrame({"low": [3, 1, 0, 2], "high": [1, 3, 0, 6]}, index=["p", "q", "r", "s"])
    names = [index.id for index in INDICES if index.kind == "local"]
    found = local_values(counts, ["b", "a", "b", "a"], names)
    assert found.index.tolist() == ["p", "q", "r", "s"]
    assert found["ice"].tolist() == pytest.approx([-0.5, 0.5, math.nan, 0.5], nan_ok=True)
    assert found["location_quotient"].tolist() == pytest.approx([1, 1, math.nan, 1], nan_ok=True)
    entropy = -(0.25 * math.log(0.25) + 0.75 * math.log(0.75))
    assert found["local_entropy"].tolist() == pytest.approx(
        [entropy, entropy, math.nan, entropy], nan_ok=True
    )
    assert found["dissimilarity_contribution"].tolist() == pytest.approx([0, 0, 0, 0])


def test_spread_of_ice() -> None:
    found = segregation([[10, 0, 0], [0, 0, 10]], indices=("ice_spread",))
    assert found["ice_spread"].item() == 1
    found = segregation([[3, 4, 1], [9, 12, 3]], indices=("ice_spread",))
    assert found["ice_spread"].item() == 0


def test_a_value_below_zero_is_read_without_its_sign_where_that_means_something_else() -> None:
    by_id = {index.id: index for index in INDICES}
    adjusted, plain = by_id["adjusted_dissimilarity"], by_id["dissimilarity"]
    assert adjusted.reading(-0.1) == (adjusted.below_zero, 0.1)
    assert adjusted.reading(0.1) == (adjusted.sentence, 0.1)
    assert plain.reading(-0.1) == (plain.sentence, -0.1)
