"""D freed of bias: by hand, by what must hold, and by placing residents again and again."""

import numpy as np
import pytest

from barometer.indices.bias import (
    bias_corrected_dissimilarity,
    density_corrected_dissimilarity,
)
from barometer.indices.containers import CountTable
from barometer.indices.two_group import dissimilarity
from barometer.indices.validation import checked_input
from tests.bench.bias import mean_errors


def table_of_areas(counts: object) -> CountTable:
    return checked_input(counts).table  # type: ignore[arg-type]


def test_two_areas_by_hand() -> None:
    """Shares 0.9 and 0.1 of the group's 100, half of the rest's 100 in each."""
    table = table_of_areas([[90, 50], [10, 50]])
    d, s = 0.4, np.sqrt((0.9 * 0.1 + 0.5 * 0.5) / 100)
    assert bias_corrected_dissimilarity(table)[0] == pytest.approx(d, abs=1e-9)  # z is 6.9
    assert density_corrected_dissimilarity(table)[0] == pytest.approx(d, abs=1e-9)
    near = table_of_areas([[52, 50], [48, 50]])
    assert density_corrected_dissimilarity(near)[0] == 0  # each within one standard deviation
    z = 0.02 / np.sqrt((0.52 * 0.48 + 0.25) / 100)
    folded = np.sqrt(2 / np.pi) * (1 + z * z / 2 - z**4 / 24)
    again = folded * 0.02 / z
    assert bias_corrected_dissimilarity(near)[0] == pytest.approx(0.04 - again, abs=1e-6)
    assert s > 0


def test_the_most_likely_distance_maximises_the_folded_normal() -> None:
    table = table_of_areas([[30, 100], [12, 80], [58, 20]])
    shares = table.counts / table.group_totals
    apart = abs(shares[0] - shares[1])
    spread = np.sqrt((shares * (1 - shares) / table.group_totals).sum(axis=0))
    grid = np.linspace(0, 1, 400_001)
    likely = [
        grid[np.argmax(np.exp(-(((d - grid) / s) ** 2) / 2) + np.exp(-(((d + grid) / s) ** 2) / 2))]
        for d, s in zip(apart, spread, strict=True)
    ]
    found = density_corrected_dissimilarity(table)[0]
    assert found == pytest.approx(sum(likely) / 2, abs=1e-5)


def test_corrections_vanish_in_large_areas_and_keep_complete_separation() -> None:
    large = table_of_areas(np.array([[30, 100], [12, 80], [58, 20]]) * 10**7)
    for corrected in (bias_corrected_dissimilarity, density_corrected_dissimilarity):
        assert corrected(large)[0] == pytest.approx(dissimilarity(large)[0], abs=1e-6)
        assert corrected(table_of_areas([[9, 0], [0, 7]]))[0] == 1
        assert np.isnan(corrected(table_of_areas([[0, 5], [0, 7]]))[0])


def test_where_there_is_segregation_the_corrections_hold_their_level_in_small_areas() -> None:
    """Areas of 100 residents, 10 of the group: chance adds to D, and what takes away all that
    chance would add to no segregation takes away too much."""
    error = mean_errors(0.6, size=100, draws=40)
    assert error["plain"] > 0.02
    assert error["chance"] < -0.05
    assert abs(error["bias"]) < 0.01
    assert abs(error["density"]) < 0.01


def test_with_no_segregation_only_the_adjustment_for_chance_holds_its_level() -> None:
    error = mean_errors(0.0, size=100, draws=40)
    assert error["plain"] > 0.1
    assert abs(error["chance"]) < 0.03
    assert 0.05 < error["density"] < error["bias"] < error["plain"]
