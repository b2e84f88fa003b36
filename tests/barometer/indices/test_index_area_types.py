"""The socio-economic index and the five types."""

import math

import numpy as np
import pytest

from barometer.indices.area_types import (
    AREA_TYPES,
    agreement_rate,
    area_types,
    socioeconomic_index,
)


def test_index_is_the_mean_of_three_percentages() -> None:
    found = socioeconomic_index([30, 10.5], [15, math.nan], [0, 3])
    assert found.tolist() == pytest.approx([15, math.nan], nan_ok=True)


def test_percentages_outside_their_range_are_named() -> None:
    with pytest.raises(ValueError, match="V1, row 1: 101; V3, row 0: -1"):
        socioeconomic_index([0, 101], [0, 0], [-1, 0])


def test_types_are_cut_at_standard_deviations_bounds_included() -> None:
    """Mean 10 and standard deviation 2 by construction."""
    index = np.array([14, 6, 12, 8, 12, 8, 10, 10, 10, 10, 10, 10.0])
    spread = math.sqrt(np.mean(np.square(index - 10)))
    scaled = 10 + (index - 10) * 2 / spread
    edge = np.array([14, 13.9, 12, 11.9, 10, 9.9, 8, 7.9])
    values = np.concatenate([scaled, np.tile([8, 12], 500), edge, 20 - edge, [15, 5]])
    mean, sd = values.mean(), values.std()
    found = area_types(values)
    for value, kind in zip(values, found, strict=True):
        score = (value - mean) / sd
        bounds = [2, 1, 0, -1]
        assert kind == 1 + sum(score < bound - 1e-12 for bound in bounds)
    assert set(found) == {1, 2, 3, 4, 5}


def test_an_area_on_the_mean_is_of_type_three() -> None:
    assert area_types([8, 10, 12]).tolist() == [5, 3, 2]


def test_every_year_is_cut_anew_and_missing_stays_missing() -> None:
    found = area_types([8, 80, 10, 100, 12, 120, math.nan], [1, 2, 1, 2, 1, 2, 1])
    assert found.tolist() == pytest.approx([5, 5, 3, 3, 2, 2, math.nan], nan_ok=True)


def test_agreement_counts_areas_that_have_both() -> None:
    assert agreement_rate([1, 2, 3, math.nan], [1, 2, 4, 5]) == pytest.approx(2 / 3)
    assert math.isnan(agreement_rate([math.nan], [1]))


def test_types_have_names_in_both_languages() -> None:
    assert list(AREA_TYPES) == [1, 2, 3, 4, 5]
    assert AREA_TYPES[3].of("sv") == "socioekonomiskt blandade områden"
    assert len({name.of("en") for name in AREA_TYPES.values()}) == 5
