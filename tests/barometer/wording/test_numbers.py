"""Numbers, units, dates and lists as people read them in two languages."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barometer import wording
from barometer.catalogue import Unit, load_catalogue
from barometer.divisions import Language
from barometer.wording.numbers import as_written

INDICATORS = load_catalogue().indicators
SHARE = INDICATORS["foreign_background"]
MEDIAN = INDICATORS["median_standard"]
TYPES = INDICATORS["area_type"]


def visible(text: str) -> str:
    """Spaces that do not break, made visible."""
    return text.replace("\u00a0", "~")


@pytest.mark.parametrize(
    ("amount", "decimals", "sv", "en"),
    [
        (0, 0, "0", "0"),
        (1234, 0, "1~234", "1,234"),
        (10_551_707, 0, "10~551~707", "10,551,707"),
        (12.25, 1, "12,3", "12.3"),
        (2.5, 0, "3", "3"),
        (-2.5, 0, "−3", "−3"),
        (-0.04, 1, "0,0", "0.0"),
        (-1234.56, 1, "−1~234,6", "−1,234.6"),
        (0.125, 3, "0,125", "0.125"),
    ],
)
def test_a_number(amount: float, decimals: int, sv: str, en: str) -> None:
    assert visible(wording.number(amount, decimals=decimals, language="sv")) == sv
    assert visible(wording.number(amount, decimals=decimals, language="en")) == en


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_a_number_reads_back_within_half_a_step(amount: float, decimals: int) -> None:
    text = wording.number(amount, decimals=decimals, language="sv")
    back = float(text.replace("\u00a0", "").replace("−", "-").replace(",", "."))
    assert abs(back - amount) <= 0.5 * 10**-decimals + 1e-6


@pytest.mark.parametrize(
    ("unit", "sv", "en"),
    [
        ("percent", "1~234,5~%", "1,234.5%"),
        ("persons", "1~234,5", "1,234.5"),
        ("tkr", "1~234,5~tkr", "SEK~1,234.5~thousand"),
        ("index", "1~234,5", "1,234.5"),
        ("per_1000", "1~234,5~per~1~000", "1,234.5~per~1,000"),
        ("days", "1~234,5~dagar", "1,234.5~days"),
        ("cars", "1~234,5~bilar", "1,234.5~cars"),
    ],
)
def test_a_value_with_its_unit(unit: Unit, sv: str, en: str) -> None:
    indicator = replace(SHARE, unit=unit)
    assert visible(wording.value(1234.5, indicator=indicator, language="sv")) == sv
    assert visible(wording.value(1234.5, indicator=indicator, language="en")) == en


def test_a_type_is_its_number_and_name() -> None:
    name = "3 Socioekonomiskt blandade områden"
    assert wording.value(3.0, indicator=TYPES, language="sv") == name
    assert wording.value(9.0, indicator=TYPES, language="en") == "9"


@pytest.mark.parametrize("nothing", [None, float("nan")])
def test_no_value_is_a_dash(nothing: float | None) -> None:
    assert wording.value(nothing, indicator=SHARE, language="sv") == "–"


@pytest.mark.parametrize(
    ("low", "high", "sv", "en"),
    [
        (24.1, 45.4, "24,1–45,4~%", "24.1–45.4%"),
        (7.01, 7.04, "7,0~%", "7.0%"),
        (-3, 2, "−3,0 till 2,0~%", "−3.0 to 2.0%"),
    ],
)
def test_a_range_has_its_unit_once(low: float, high: float, sv: str, en: str) -> None:
    assert visible(wording.value_range(low, high, indicator=SHARE, language="sv")) == sv
    assert visible(wording.value_range(low, high, indicator=SHARE, language="en")) == en


@pytest.mark.parametrize(
    ("amount", "sv", "en"),
    [
        (12.3, "12,3~procentenheter", "12.3~percentage points"),
        (-12.3, "12,3~procentenheter", "12.3~percentage points"),
        (1.0, "1,0~procentenhet", "1.0~percentage point"),
        (0.0, "0,0~procentenheter", "0.0~percentage points"),
    ],
)
def test_shares_differ_by_percentage_points(amount: float, sv: str, en: str) -> None:
    assert visible(wording.difference(40, 40 + amount, indicator=SHARE, language="sv")) == sv
    assert visible(wording.difference(40, 40 + amount, indicator=SHARE, language="en")) == en


def test_other_values_differ_in_their_own_unit() -> None:
    assert visible(wording.difference(220, 200, indicator=MEDIAN, language="sv")) == "20,0~tkr"


@pytest.mark.parametrize(
    ("indicator_id", "sv", "en"),
    [
        ("foreign_background", "procent", "per cent"),
        ("population", "antal personer", "number of persons"),
        ("median_standard", "tkr", "SEK thousand"),
        ("area_type", "typ", "type"),
    ],
)
def test_a_unit_for_a_heading(indicator_id: str, sv: str, en: str) -> None:
    assert wording.unit_name(INDICATORS[indicator_id], language="sv") == sv
    assert wording.unit_name(INDICATORS[indicator_id], language="en") == en


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_indicator_can_be_written(language: Language) -> None:
    for indicator in INDICATORS.values():
        assert "1" in wording.value(1.0, indicator=indicator, language=language)
        assert wording.unit_name(indicator, language=language)


def test_a_day() -> None:
    assert wording.day(date(2025, 6, 4), language="sv") == "4 juni 2025"
    assert wording.day(date(2025, 6, 4), language="en") == "4 June 2025"
    months = {wording.day(date(2025, month, 1), language="sv") for month in range(1, 13)}
    assert len(months) == 12


@pytest.mark.parametrize(
    ("years", "text"),
    [
        ([], ""),
        ([2024], "2024"),
        ([2011, 2012, 2013], "2011–2013"),
        ([2020, 2012, 2011, 2013, 2020], "2011–2013, 2020"),
    ],
)
def test_years(years: list[int], text: str) -> None:
    assert wording.year_list(years) == text


def test_a_list_in_a_sentence() -> None:
    assert wording.enumerated([], language="sv") == ""
    assert wording.enumerated(["a"], language="sv") == "a"
    assert wording.enumerated(["a", "b"], language="sv") == "a och b"
    assert wording.enumerated(["a", "b", "c"], language="en") == "a, b and c"
    assert wording.enumerated(["a", "b, of c", "d"], language="en") == "a; b, of c and d"


@pytest.mark.parametrize(
    ("text", "capital", "inside"),
    [
        ("RegSO-områdenas median", "RegSO-områdenas median", "RegSO-områdenas median"),
        ("SCB:s typ", "SCB:s typ", "SCB:s typ"),
        ("kommunernas", "Kommunernas", "kommunernas"),
        ("Boende i hyresrätt", "Boende i hyresrätt", "boende i hyresrätt"),
        ("Öppet RegSO", "Öppet RegSO", "öppet RegSO"),
        ("", "", ""),
    ],
)
def test_only_the_first_letter_changes_and_abbreviations_keep_it(
    text: str, capital: str, inside: str
) -> None:
    assert (wording.capitalised(text), wording.uncapitalised(text)) == (capital, inside)


@given(
    eighths=st.integers(-(10**9), 10**9),
    shift=st.sampled_from([1.0, 0.1, 0.01, 1e-4]),
    decimals=st.integers(0, 4),
)
def test_a_number_is_rounded_as_the_decimal_that_it_is(
    eighths: int, shift: float, decimals: int
) -> None:
    amount = eighths / 8 * shift  # with all halves that a float can hold
    said = wording.number(amount, decimals=decimals, language="en")
    exact = as_written(amount, decimals=decimals)
    assert Decimal(said.replace(",", "").replace("−", "-")) == exact
    assert said.startswith("−") == (exact < 0)


@pytest.mark.parametrize("amount", [float("nan"), float("inf")])
def test_what_is_no_number_is_never_written_as_one(amount: float) -> None:
    with pytest.raises(ArithmeticError):
        wording.number(amount, decimals=1, language="sv")
