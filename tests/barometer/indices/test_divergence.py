"""M split by level and group, by hand and against M and its split by level."""

import numpy as np
import pandas as pd
import pytest

from barometer.indices import segregation
from barometer.indices.decomposition import divergence_by_level_and_group, within_between


def test_two_separate_halves_by_hand() -> None:
    """Two towns: one of the group alone, one mixed half and half between two separate areas."""
    counts = pd.DataFrame({"a": [100, 50, 0], "b": [0, 0, 50]})
    found = divergence_by_level_and_group(counts, [["x", "y", "y"]])
    # P = 3/4, 1/4; town x: all a; town y: half and half.
    of_a = (100 * np.log(4 / 3) + 50 * np.log(2 / 3)) / 200
    of_b = 50 * np.log(2) / 200
    assert found.loc["level 1"].tolist() == pytest.approx([of_a, of_b])
    assert found.loc["areas"].tolist() == pytest.approx([50 * np.log(2) / 200] * 2)


def test_cells_add_up_to_m_and_levels_to_its_split() -> None:
    rng = np.random.default_rng(2)
    counts = rng.integers(0, 40, (60, 4)) * rng.integers(0, 2, (60, 1))
    town = np.repeat(np.arange(12), 5)
    found = divergence_by_level_and_group(counts, [town // 4, town])
    split = within_between(counts, [(town // 4).tolist(), town.tolist()])
    assert found.sum(axis=1).tolist() == pytest.approx(split["mutual_information"].tolist()[:-1])
    m = segregation(counts, indices=["mutual_information"]).iloc[0, 0]
    assert found.to_numpy().sum() == pytest.approx(m, abs=1e-12)
    assert (found.to_numpy() >= -1e-12).all()
