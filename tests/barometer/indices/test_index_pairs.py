"""Groups against groups."""

import numpy as np
import pandas as pd
import pytest

from barometer.indices import segregation
from barometer.indices.pairwise import pairwise

COUNTS = pd.DataFrame({"a": [5, 1, 4], "b": [1, 8, 2], "c": [0, 3, 7]})


def test_every_pair_is_the_two_group_value() -> None:
    found = pairwise(COUNTS, ["p", "p", "q"])
    assert found.columns.tolist() == ["container", "group", "other", "value"]
    assert len(found) == 2 * 9
    place = found[found["container"] == "p"].pivot_table(
        index="group", columns="other", values="value"
    )
    for one in "abc":
        assert place.loc[one, one] == 0
        for other in "abc":
            alone = segregation(COUNTS.loc[:1, [one, other]], indices=["dissimilarity"])
            assert place.loc[one, other] == pytest.approx(alone.iloc[0, 0])


def test_exposure_has_isolation_on_the_diagonal_and_rows_of_one() -> None:
    found = pairwise(COUNTS, matrix="exposure")
    matrix = found.pivot_table(index="group", columns="other", values="value")
    assert matrix.sum(axis=1).tolist() == pytest.approx([1, 1, 1])
    rest = COUNTS.sum(axis=1) - COUNTS["b"]
    alone = segregation(np.column_stack([COUNTS["b"], rest]), indices=["isolation"])
    assert matrix.loc["b", "b"] == pytest.approx(alone.iloc[0, 0])
    assert matrix.loc["a", "b"] == pytest.approx((5 / 6 + 8 / 12 + 4 * 2 / 13) / 10)
