"""An axis of years names each of its years once."""

import pytest

from barometer.ui.theme import year_axis


@pytest.mark.parametrize(
    ("years", "step"),
    [([2022], 1), ([2020, 2021], 1), (range(2011, 2025), 2), (range(1990, 2025), 5)],
)
def test_no_year_stands_twice(years: range | list[int], step: int) -> None:
    axis = year_axis(years)
    assert axis["dtick"] == step  # Plotly's own choice is half a year for two or three
    assert axis["tick0"] == max(years)
    assert axis["range"][0] < min(years) <= max(years) < axis["range"][1]
    assert axis["range"][1] - max(years) < 1


def test_a_smaller_figure_has_fewer_steps() -> None:
    assert year_axis(range(2011, 2025), most=5)["dtick"] == 3
    assert year_axis(())["dtick"] == 1
