"""The address is the view: reading and writing are inverse, and nothing is replaced in silence."""

from dataclasses import replace
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barometer.catalogue import load_catalogue
from barometer.divisions import LEVELS, division_of, parse_area_code
from barometer.selection import (
    LANGUAGES,
    METHODS,
    VIEWS,
    Misunderstood,
    Offer,
    Reading,
    Selection,
    same_code,
)

KEYS = [key.name for key in Selection.keys]
CATALOGUE = load_catalogue()
OFFER = Offer(
    years={
        ("foreign_background", "kommun"): (2011, 2012, 2024),
        ("foreign_background", "regso"): (2011, 2012, 2024),
        ("foreign_background", "deso"): (2011, 2012, 2024),
        ("low_standard_children", "kommun"): (2015, 2020, 2023, 2024),
        ("low_standard_children", "regso"): (2015, 2020, 2023, 2024),
        ("area_type", "regso"): (2020, 2022),
    },
    backgrounds={
        "foreign_background": ("all", "sex:women", "sex:men"),
        "low_standard_children": ("all",),
        "area_type": ("all",),
    },
    areas=frozenset(
        {
            *("00", "03", "0380", "0114"),
            *("0380R001", "0380R001_RegSO2025", "0380A0010", "0380A0010_DeSO2025"),
            *("0380R003", "0114R009_SYN", "0114R009_SYN_RegSO2025"),
        }
    ),
    names={"00": "Riket", "03": "Uppsala län", "0380": "Uppsala", "0114": "Upplands Väsby"},
)


CHILDREN = "?indicator=low_standard_children"


def read(query: str) -> Reading[Selection]:
    return Selection.from_query(query, catalogue=CATALOGUE, offer=OFFER)


def only(query: str) -> tuple[Selection, Misunderstood]:
    reading = read(query)
    (misunderstood,) = reading.misunderstood
    return reading.view, misunderstood


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    indicator, level = draw(st.sampled_from(sorted(OFFER.years)))
    year = draw(st.sampled_from(OFFER.years[indicator, level]))
    codes = [parse_area_code(area) for area in sorted(OFFER.areas)]
    fitting = [c.area_id for c in codes if c and division_of(c.level, year) == c.division]
    return Selection(
        indicator=indicator,
        level=level,
        year=year,
        background=draw(st.sampled_from(OFFER.backgrounds[indicator])),
        area=draw(st.sampled_from([None, *fitting])),
        method=draw(st.sampled_from(METHODS)),
        classes=draw(st.integers(3, 7)),
        view=draw(st.sampled_from(VIEWS)),
        language=draw(st.sampled_from(LANGUAGES)),
        embed=draw(st.booleans()),
    )


@given(selections())
def test_reading_undoes_writing(selection: Selection) -> None:
    assert read(selection.to_query()) == Reading(selection)
    assert read(selection.to_query().removeprefix("?")) == Reading(selection)


def field_values() -> st.SearchStrategy[str]:
    known = [*OFFER.areas, *CATALOGUE.indicators, *LEVELS, *METHODS, "2024", "1", "en", "table"]
    return st.one_of(st.text(max_size=12), st.sampled_from(sorted(known)), st.integers().map(str))


@given(st.lists(st.tuples(st.one_of(st.sampled_from(KEYS), st.text(max_size=9)), field_values())))
def test_any_address_becomes_a_view_that_is_offered(pairs: list[tuple[str, str]]) -> None:
    selection = read(urlencode(pairs)).view
    assert selection.year in OFFER.years_of(selection.indicator, selection.level)
    assert selection.background in OFFER.backgrounds[selection.indicator]
    assert selection.area is None or selection.area in OFFER.areas
    assert read(selection.to_query()) == Reading(selection)


@given(st.text())
def test_no_text_is_too_strange(query: str) -> None:
    assert isinstance(read(query).view, Selection)


def test_an_overlong_value_is_cut_before_it_is_compared() -> None:
    _, misunderstood = only("?indicator=" + "a" * 100_000)
    assert len(misunderstood.given) == 80


def test_the_bare_address_opens_on_area_types() -> None:
    assert read("") == Reading(Selection("area_type", "regso", 2022))
    assert read("?indicator=&year=") == read("")


def test_the_bare_address_shows_what_there_is_when_the_default_is_lacking() -> None:
    offer = replace(OFFER, years={("area_type", "regso"): (2020,)})
    reading = Selection.from_query("", catalogue=CATALOGUE, offer=offer)
    assert reading == Reading(Selection("area_type", "regso", 2020))


def test_an_address_says_what_is_shown_and_how_only_where_it_differs() -> None:
    plain = Selection("area_type", "regso", 2022)
    assert plain.to_query() == "?indicator=area_type&level=regso&year=2022"
    other = Selection(
        "foreign_background",
        "deso",
        2024,
        background="sex:women",
        area="0380",
        method="jenks",
        classes=4,
        view="table",
        language="en",
        embed=True,
    )
    assert other.to_query() == (
        "?indicator=foreign_background&level=deso&year=2024&background=sex:women&area=0380"
        "&method=jenks&classes=4&view=table&lang=en&embed=1"
    )


def test_the_division_follows_from_level_and_year() -> None:
    assert Selection("area_type", "regso", 2023).division == "2018"
    assert Selection("area_type", "regso", 2024).division == "2025"
    assert Selection("area_type", "kommun", 2024).division == "admin"


@pytest.mark.parametrize(
    ("given_indicator", "used", "reason"),
    [
        ("foreign_backgrund", "foreign_background", "unknown"),
        ("Utländsk bakgrund", "foreign_background", "unknown"),
        ("Area type", "area_type", "unknown"),
        ("qqq", "area_type", "unknown"),
        ("socioeconomic_index", "area_type", "not_offered"),
        ("employed", "area_type", "not_offered"),
    ],
)
def test_another_indicator_is_the_nearest_one(given_indicator: str, used: str, reason: str) -> None:
    selection, misunderstood = only("?indicator=" + quote(given_indicator))
    assert selection.indicator == used
    choices = ("foreign_background", "low_standard_children", "area_type")
    assert misunderstood == Misunderstood("indicator", given_indicator, used, choices, reason)


@pytest.mark.parametrize(
    ("query", "used", "reason"),
    [
        ("indicator=foreign_background&level=desso", "deso", "unknown"),
        ("indicator=foreign_background&level=block", "regso", "unknown"),
        ("indicator=foreign_background&level=lan", "kommun", "not_offered"),
        ("indicator=low_standard_children&level=deso", "regso", "not_offered"),
        ("indicator=area_type&level=kommun", "regso", "not_offered"),
    ],
)
def test_another_level_is_the_nearest_that_the_indicator_has(
    query: str, used: str, reason: str
) -> None:
    selection, misunderstood = only(query)
    assert (selection.level, misunderstood.used, misunderstood.reason) == (used, used, reason)


def test_of_two_levels_as_near_the_finer_is_shown() -> None:
    offer = replace(OFFER, years={("population", "lan"): (2024,), ("population", "regso"): (2024,)})
    reading = Selection.from_query("level=kommun", catalogue=CATALOGUE, offer=offer)
    assert reading.view.level == "regso"


@pytest.mark.parametrize(
    ("given_year", "used", "reason"),
    [
        ("2035", 2024, "not_offered"),
        ("1900", 2015, "not_offered"),
        ("-5", 2015, "not_offered"),
        ("2019", 2020, "not_offered"),
        ("i fjol", 2024, "unknown"),
        ("9" * 70, 2024, "unknown"),
        ("٢٠٢٤", 2024, "unknown"),
    ],
)
def test_another_year_is_the_nearest_one(given_year: str, used: int, reason: str) -> None:
    selection, misunderstood = only(CHILDREN + "&year=" + quote(given_year))
    assert selection.year == used
    years = ("2015", "2020", "2023", "2024")
    assert misunderstood == Misunderstood("year", given_year, str(used), years, reason)


def test_of_two_years_as_near_the_later_is_shown() -> None:
    assert only("?indicator=area_type&year=2021")[0].year == 2022


@pytest.mark.parametrize(
    ("query", "used", "reason"),
    [
        ("indicator=foreign_background&background=sex:woman", "sex:women", "unknown"),
        ("indicator=foreign_background&background=dogs", "all", "unknown"),
        ("indicator=area_type&background=sex:men", "all", "not_offered"),
    ],
)
def test_another_background_is_the_nearest_or_everybody(query: str, used: str, reason: str) -> None:
    selection, misunderstood = only(query)
    assert (selection.background, misunderstood.used, misunderstood.reason) == (used, used, reason)


@pytest.mark.parametrize(
    ("query", "used", "reason"),
    [
        ("area=uppsala", "0380", "unknown"),
        ("area=Upplands+Vasby", "0114", "unknown"),
        ("area=0380R999", "0380", "unknown"),
        ("area=0399", "03", "unknown"),
        ("area=xyzzy", None, "unknown"),
        ("area=0380R001&year=2024", "0380R001_RegSO2025", "other_division"),
        ("area=0380R001_RegSO2025&year=2023", "0380R001", "other_division"),
        ("area=0380A0010&year=2024", "0380A0010_DeSO2025", "other_division"),
        ("area=0114R009_SYN&year=2024", "0114R009_SYN_RegSO2025", "other_division"),
        ("area=0380R003&year=2024", "0380", "other_division"),
    ],
)
def test_another_place_is_the_namesake_or_what_it_lies_in(
    query: str, used: str | None, reason: str
) -> None:
    selection, misunderstood = only(f"{CHILDREN}&{query}")
    assert selection.area == used
    assert (misunderstood.used, misunderstood.reason) == (used or "", reason)


def test_a_place_of_any_level_goes_with_any_level() -> None:
    assert read("?level=regso&year=2024&area=03").view.area == "03"
    assert read("?level=kommun&year=2023&area=0380A0010") == Reading(
        Selection("low_standard_children", "kommun", 2023, area="0380A0010")
    )


@pytest.mark.parametrize(
    ("query", "field", "used"),
    [
        ("method=jenkins", "method", "jenks"),
        ("method=zzz", "method", "quantiles"),
        ("classes=40", "classes", "7"),
        ("classes=1", "classes", "3"),
        ("classes=many", "classes", "5"),
        ("view=tabel", "view", "table"),
        ("lang=en-GB", "lang", "en"),
        ("lang=fi", "lang", "sv"),
        ("embed=true", "embed", "1"),
        ("embed=no", "embed", "0"),
    ],
)
def test_how_it_is_shown_falls_back_with_a_remark(query: str, field: str, used: str) -> None:
    selection, misunderstood = only(query)
    assert (misunderstood.field, misunderstood.used) == (field, used)
    shown = {
        "method": selection.method,
        "classes": str(selection.classes),
        "view": selection.view,
        "lang": selection.language,
        "embed": str(int(selection.embed)),
    }
    assert shown[field] == used


def test_a_key_given_twice_takes_the_first_and_says_so() -> None:
    selection, misunderstood = only(CHILDREN + "&year=2015&year=2020&year=2015")
    assert selection.year == 2015
    assert misunderstood == Misunderstood("year", "2015, 2020", "2015", (), "repeated")
    assert read(CHILDREN + "&year=2015&year=2015").misunderstood == ()


def test_a_misspelt_key_is_remarked_on_and_a_foreign_one_let_be() -> None:
    _, misunderstood = only("?yaer=2015&utm_source=x")
    assert misunderstood == Misunderstood("yaer", "2015", "", ("year",), "key")


def test_every_misunderstanding_is_told_at_once() -> None:
    understood = {"background": "all", "grouping": "", "together": "maps"}
    query = "&".join(f"{key}={understood.get(key, 'q')}" for key in KEYS)
    fields = [m.field for m in read(f"?{query}").misunderstood]
    assert sorted(fields) == sorted(key for key in KEYS if key not in understood)


@pytest.mark.parametrize(
    ("area_id", "division", "expected"),
    [
        ("0380R001", "2025", "0380R001_RegSO2025"),
        ("0380R001_RegSO2025", "2018", "0380R001"),
        ("0380A0010_SYN", "2025", "0380A0010_SYN_DeSO2025"),
        ("0380A0010_SYN_DeSO2025", "2025", "0380A0010_SYN_DeSO2025"),
        ("0380", "2025", "0380"),
        ("gibberish", "2025", "gibberish"),
    ],
)
def test_the_same_code_in_another_division(area_id: str, division: str, expected: str) -> None:
    assert same_code(area_id, division=division) == expected


def test_an_offer_knows_its_indicators_levels_and_years() -> None:
    assert OFFER.indicators == ("foreign_background", "low_standard_children", "area_type")
    assert OFFER.levels_of("foreign_background") == ("kommun", "regso", "deso")
    assert OFFER.levels_of("nothing") == ()
    assert OFFER.years_of("area_type", "regso") == (2020, 2022)
    assert OFFER.years_of("area_type", "deso") == ()
