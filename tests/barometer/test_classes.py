"""Class breaks agree with mapclassify, survive any values, and palettes can be told apart."""

import re
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from barometer.classes import (
    Classification,
    Theme,
    area_type_palette,
    bivariate_palette,
    classify,
    classify_around,
    classify_categories,
    contrast,
    cross,
    diverging_palette,
    missing_colour,
    recounted,
    sequential_palette,
    thinned,
)
from barometer.selection import METHODS, Method
from tests.barometer.colours import difference

ASSETS = Path(__file__).parents[2] / "assets"
THEMES: tuple[Theme, ...] = ("light", "dark")
BACKGROUND = {"light": "#ffffff", "dark": "#16181d"}


def skewed(size: int) -> NDArray[np.float64]:
    return np.random.default_rng(7).gamma(2.0, 5.0, size)


@pytest.fixture(scope="module")
def mapclassify():
    """An independent implementation; importing it takes seconds."""
    return import_module("mapclassify")


@pytest.mark.slow
@pytest.mark.parametrize("n", [3, 5, 7])
@pytest.mark.parametrize(
    ("method", "reference"),
    [
        ("quantiles", "Quantiles"),
        ("equal_steps", "EqualInterval"),
        ("jenks", "FisherJenks"),
    ],
)
def test_breaks_agree_with_an_independent_implementation(
    mapclassify, method: Method, reference: str, n: int
) -> None:
    values = skewed(300)
    expected = getattr(mapclassify, reference)(values, k=n)
    found = classify(values, method=method, n=n)
    np.testing.assert_allclose(found.breaks, expected.bins)
    assert list(found.counts) == list(expected.counts)


@pytest.mark.slow
def test_standard_deviations_agree_with_an_independent_implementation(mapclassify) -> None:
    values = np.random.default_rng(7).normal(50, 10, 300)
    expected = mapclassify.StdMean(values, multiples=[-1.5, -0.5, 0.5, 1.5])
    found = classify(values, method="std_dev", n=5)
    np.testing.assert_allclose(found.breaks[:-1], expected.bins[:4])
    assert list(found.counts) == list(expected.counts)[:5]


@pytest.mark.slow
def test_natural_breaks_of_a_whole_level_are_the_best(mapclassify) -> None:
    values = skewed(6_160)
    found = classify(values, method="jenks", n=5)
    np.testing.assert_allclose(found.breaks, mapclassify.FisherJenks(values, k=5).bins)


def test_natural_breaks_by_hand() -> None:
    found = classify(np.array([1.0, 2.0, 10.0, 11.0, 50.0]), method="jenks", n=3)
    assert found == Classification(
        (2.0, 11.0, 50.0), ((1.0, 2.0), (10.0, 11.0), (50.0, 50.0)), (2, 2, 1)
    )


numbers = st.floats(-1e6, 1e6).map(lambda number: round(number, 2))


@given(
    st.lists(st.one_of(numbers, st.sampled_from([0.0, 1.0, float("nan")])), max_size=40),
    st.sampled_from(METHODS),
    st.integers(3, 7),
)
def test_any_values_fall_into_ascending_classes_that_hold_them_all(
    values: list[float], method: Method, n: int
) -> None:
    array = np.array(values, dtype=np.float64)
    found = classify(array, method=method, n=n)
    known = array[~np.isnan(array)]
    assigned = found.assign(array)
    assert len(found.breaks) == len(found.ranges) == len(found.counts) <= n
    assert sum(found.counts) == known.size
    assert all(count > 0 for count in found.counts)
    assert all(low < high for low, high in pairwise(found.breaks))
    assert (assigned[np.isnan(array)] == -1).all()
    for number, (low, high) in enumerate(found.ranges):
        inside = array[assigned == number]
        assert (inside.min(), inside.max(), inside.size) == (low, high, found.counts[number])


@pytest.mark.parametrize("method", METHODS)
def test_few_values_make_few_classes(method: Method) -> None:
    assert classify(np.array([]), method=method, n=5) == Classification((), (), ())
    assert classify(np.array([np.nan]), method=method, n=5) == Classification((), (), ())
    assert classify(np.array([7.0]), method=method, n=5) == Classification(
        (7.0,), ((7.0, 7.0),), (1,)
    )
    same = classify(np.array([7.0, 7.0, np.nan]), method=method, n=5)
    assert same == Classification((7.0,), ((7.0, 7.0),), (2,))
    assert classify(np.array([1.0, 2.0]), method=method, n=5).counts == (1, 1)


def test_values_of_other_years_find_a_class_too() -> None:
    found = classify(np.array([1.0, 2.0, 3.0]), method="equal_steps", n=3)
    assert found.assign(np.array([-5.0, 99.0, np.nan])).tolist() == [0, 2, -1]


def test_area_types_are_classes_of_their_own_even_when_empty() -> None:
    found = classify_categories(np.array([5.0, 1.0, np.nan, 5.0, 3.0]), categories=(5, 4, 3, 2, 1))
    assert found.categories == (1, 2, 3, 4, 5)
    assert found.counts == (1, 0, 1, 0, 2)
    assert found.ranges[4] == (5.0, 5.0)
    assert found.assign(np.array([1.0, 5.0, np.nan])).tolist() == [0, 4, -1]


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("n", range(1, 8))
def test_amounts_stand_out_more_the_larger_they_are(n: int, theme: Theme) -> None:
    palette = sequential_palette(n, theme=theme)
    against = [contrast(colour, BACKGROUND[theme]) for colour in palette]
    assert len(palette) == n
    assert against == sorted(against)
    assert against[-1] > 10
    assert all(difference(*pair) > (6 if n > 5 else 10) for pair in pairwise(palette))


def test_the_difference_of_colours_is_that_of_the_published_pairs() -> None:
    """Sharma, Wu and Dalal give pairs in L*a*b*; these two are within sRGB's own rounding."""
    assert difference("#ffffff", "#000000") == pytest.approx(100, abs=0.01)
    assert difference("#c9dbf2", "#c9dbf2") == 0


@pytest.mark.parametrize("theme", THEMES)
def test_missing_sea_and_land_look_unlike_the_lowest_class_and_unlike_types(theme: Theme) -> None:
    script = (ASSETS / "modules" / "map" / "theme.mjs").read_text(encoding="utf-8")
    tones = script.partition(f"  {theme}: {{")[2].partition("}")[0]
    named = dict(re.findall(r'(\w+): "(#[0-9a-f]{6})"', tones))
    lowest = sequential_palette(5, theme=theme)[0]
    for tone in ("sea", "land", "hatchGround", "neighbour"):
        assert difference(named[tone], lowest) >= 10, tone
        assert min(difference(named[tone], c) for c in area_type_palette(theme=theme)) >= 10, tone
    assert named["hatchGround"] == missing_colour(theme=theme)
    assert difference(_over(lowest, named["ink"], 0x99 / 255), lowest) >= 10  # uncertain


def _over(ground: str, ink: str, share: float) -> str:
    """A colour over another one, as see-through as `share` of one says."""
    mixed = [
        round(share * int(ink[at : at + 2], 16) + (1 - share) * int(ground[at : at + 2], 16))
        for at in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02x}" for part in mixed)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("n", range(2, 8))
def test_differences_mirror_each_other_around_a_neutral_middle(n: int, theme: Theme) -> None:
    palette = diverging_palette(n, theme=theme)
    against = [contrast(colour, BACKGROUND[theme]) for colour in palette]
    assert len(set(palette)) == n
    assert against == pytest.approx(against[::-1], rel=0.03)
    assert against[0] > 0.97 * max(against)
    if n % 2:
        red, _, blue = bytes.fromhex(palette[n // 2][1:])
        assert abs(red - blue) < 12


@pytest.mark.parametrize("theme", THEMES)
def test_less_is_brown_and_more_is_blue(theme: Theme) -> None:
    less, *_, more = (bytes.fromhex(c[1:]) for c in diverging_palette(6, theme=theme))
    assert less[0] > less[2]
    assert more[2] > more[0]


@pytest.mark.parametrize("theme", THEMES)
def test_area_types_go_from_purple_to_teal_and_differ_in_lightness(theme: Theme) -> None:
    palette = area_type_palette(theme=theme)
    assert len(palette) == 5
    light = [contrast(colour, "#000000") for colour in palette]
    assert light == sorted(light)
    assert all(difference(*pair) >= 10 for pair in pairwise(palette))
    purple, teal = bytes.fromhex(palette[0][1:]), bytes.fromhex(palette[-1][1:])
    assert purple[1] < purple[0] < purple[2]
    assert teal[0] < teal[2] < teal[1]


@pytest.mark.parametrize("theme", THEMES)
def test_missing_is_grey_and_no_class(theme: Theme) -> None:
    colour = missing_colour(theme=theme)
    red, green, blue = bytes.fromhex(colour[1:])
    assert max(red, green, blue) - min(red, green, blue) < 12
    assert colour not in {*sequential_palette(5, theme=theme), *area_type_palette(theme=theme)}


@given(
    st.lists(numbers, min_size=1, max_size=60),
    st.sampled_from(METHODS),
    st.sampled_from([3, 5, 7]),
)
def test_classes_around_zero_are_as_wide_on_both_sides(
    values: list[float], method: Method, n: int
) -> None:
    found = classify_around(np.array(values), middle=0, method=method, n=n)
    inner = np.array(found.breaks[:-1])
    assert len(found.breaks) % 2 == 1
    np.testing.assert_allclose(inner, -inner[::-1], rtol=1e-12)
    assert sum(found.counts) == len(values)
    own = found.assign(np.array(values))
    middle = len(found.breaks) // 2
    assert (own[np.array(values) == 0] == middle).all()
    mirrored = classify_around(-np.array(values), middle=0, method=method, n=n)
    assert mirrored.counts == found.counts[::-1]


def test_half_as_much_is_as_far_from_one_as_twice_as_much() -> None:
    quotients = np.array([0.0, 0.25, 0.5, 1.0, 2.0, 4.0])
    found = classify_around(quotients, middle=1, method="equal_steps", n=3)
    below, above = found.breaks[:2]
    assert below == pytest.approx(1 / above)
    assert found.assign(quotients).tolist() == [0, 0, 1, 1, 1, 2]
    assert found.ranges == ((0.0, 0.25), (0.5, 2.0), (4.0, 4.0))


def test_classes_of_all_years_keep_their_breaks_and_count_the_year() -> None:
    every = classify(np.arange(100.0), method="quantiles", n=4)
    year = recounted(every, np.array([1.0, 2.0, 99.0, np.nan]))
    assert (year.breaks, year.ranges) == (every.breaks, every.ranges)
    assert year.counts == (2, 0, 0, 1)


def test_thinning_keeps_the_ends_and_the_shape() -> None:
    many = np.sort(skewed(90_000))
    few = thinned(many)
    assert few.size == 4_000
    assert (few[0], few[-1]) == (many[0], many[-1])
    assert np.median(few) == pytest.approx(np.median(many), rel=1e-3)
    assert thinned(many[:10]).size == 10


def test_two_things_cross_in_nine_classes() -> None:
    one, other = np.array([0, 2, 0, 2, -1]), np.array([0, 0, 2, 2, 1])
    crossed = cross(one.astype(np.int8), other.astype(np.int8))
    assert crossed.tolist() == [0, 2, 6, 8, -1]


@pytest.mark.parametrize("theme", THEMES)
def test_colours_of_two_things_stand_out_more_the_more_there_is_of_either(theme: Theme) -> None:
    palette = bivariate_palette(theme=theme)
    assert len(set(palette)) == 9
    ground = BACKGROUND[theme]
    for row in range(3):
        strengths = [contrast(palette[3 * row + column], ground) for column in range(3)]
        assert strengths == sorted(strengths)
        strengths = [contrast(palette[3 * column + row], ground) for column in range(3)]
        assert strengths == sorted(strengths)
