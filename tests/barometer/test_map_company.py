"""Changes, comparisons, local measures and limits in the address: read, written, explained."""

from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barometer import wording
from barometer.catalogue import load_catalogue
from barometer.divisions import Level
from barometer.selection import (
    Misunderstood,
    Offer,
    Reading,
    Selection,
    can_be_steady,
    compared_selection,
    layers_of,
    years_before,
)
from barometer.selection.maps import grouping_choices

CATALOGUE = load_catalogue()
SHARE, OTHER = "low_standard_children", "foreign_background"
YEARS = (2015, 2020, 2023, 2024)
LEVELS: tuple[Level, ...] = ("lan", "kommun", "regso", "deso")
OFFER = Offer(
    years=MappingProxyType(
        {(i, level): YEARS for i in (SHARE, OTHER, "median_standard") for level in LEVELS}
        | {("area_type", "regso"): YEARS}
    ),
    backgrounds=dict.fromkeys((SHARE, "median_standard", "area_type"), ("all",))
    | {OTHER: ("all", "sex:women")},
    areas=frozenset({"00", "03", "0380", "0380R001_RegSO2025"}),
    names={"00": "Riket", "03": "Uppsala län", "0380": "Uppsala"},
    counted=MappingProxyType(
        {(g, level): YEARS for g in (SHARE, OTHER) for level in LEVELS}
        | {("income_quartile", level): (2023, 2024) for level in LEVELS}
        | {("birth_region", level): YEARS for level in LEVELS}
    ),
)


def read(query: str) -> Reading[Selection]:
    return Selection.from_query(query, catalogue=CATALOGUE, offer=OFFER)


def only(query: str) -> tuple[Selection, Misunderstood]:
    reading = read(query)
    (misunderstood,) = reading.misunderstood
    return reading.view, misunderstood


def said(query: str) -> str:
    reading = read(query)
    return " ".join(wording.misunderstood_sentences(reading, catalogue=CATALOGUE, offer=OFFER))


@given(
    st.sampled_from(sorted(OFFER.years)),
    st.sampled_from(YEARS),
    st.sampled_from(["00", "03", "0380"]),
    st.sampled_from(["value", "location_quotient", "local_segregation", "ice"]),
    st.sampled_from([None, "2015", "2020", "foreign_background", "median_standard"]),
    st.sampled_from([None, 2015, 2020]),
    st.sampled_from(["maps", "bivariate"]),
    st.booleans(),
    st.integers(3, 7),
)
def test_whatever_is_asked_is_read_once_and_for_all(
    indicator: tuple[str, Level],
    year: int,
    within: str,
    layer: str,
    compare: str | None,
    since: int | None,
    together: str,
    steady: bool,
    classes: int,
) -> None:
    asked = Selection(
        indicator=indicator[0],
        level=indicator[1],
        year=year,
        within=within,
        layer=layer,
        compare=compare,
        since=since,
        together=together,
        steady=steady,
        classes=classes,
    )
    understood = read(asked.to_query()).view
    again = read(understood.to_query())
    assert again == Reading(understood, ())


def test_a_change_is_from_a_year_with_the_same_borders() -> None:
    assert read(f"?indicator={SHARE}&level=regso&year=2023&since=2015").view.since == 2015
    selection, misunderstood = only(f"?indicator={SHARE}&level=regso&year=2024&since=2015")
    assert (selection.since, misunderstood.reason) == (None, "other_division")
    assert said(f"?indicator={SHARE}&level=regso&year=2024&since=2015") == (
        "2015 och 2024 har olika områdesgränser och kan inte jämföras område för område; visar"
        " värdena. Kommuner och län kan jämföras."
    )
    assert read(f"?indicator={SHARE}&level=kommun&year=2024&since=2015").view.since == 2015
    assert years_before(Selection(SHARE, "regso", 2023), offer=OFFER) == (2015, 2020)
    assert years_before(Selection(SHARE, "regso", 2024), offer=OFFER) == ()
    assert years_before(Selection(SHARE, "kommun", 2024), offer=OFFER) == (2015, 2020, 2023)


@pytest.mark.parametrize(
    ("query", "since", "sentence"),
    [
        ("level=kommun&year=2024&since=2016", 2015, "visar förändringen från 2015"),
        ("level=kommun&year=2024&since=2024", 2023, "visar förändringen från 2023"),
        ("level=kommun&year=2024&since=x", 2020, "visar förändringen från 2020"),
        ("level=kommun&year=2015&since=2011", None, "visar värdena"),
        ("indicator=area_type&year=2023&since=2015", None, "kan inte visas för klasser"),
        (f"level=kommun&compare={OTHER}&since=2015", None, "eller i två kartor"),
    ],
)
def test_a_change_that_cannot_be_is_explained(query: str, since: int | None, sentence: str) -> None:
    assert read(f"?{query}").view.since == since
    assert sentence in said(f"?{query}")


def test_a_grouping_with_the_name_of_the_indicator_is_offered_once() -> None:
    assert OTHER in CATALOGUE.groupings
    share = Selection(OTHER, "deso", 2024)
    for layer in ("local_segregation", "distance_to_mix"):
        choices = grouping_choices(share, layer, CATALOGUE, offer=OFFER)
        assert choices[0] == OTHER
        assert len(set(choices)) == len(choices) > 1


def test_measures_need_counts_and_extremes_need_an_order() -> None:
    share = Selection(SHARE, "deso", 2024)
    everything = layers_of(share, catalogue=CATALOGUE, offer=OFFER)
    assert everything == (
        *("value", "location_quotient", "dissimilarity_contribution"),
        *("local_segregation", "local_entropy", "ice", "distance_to_mix"),
    )
    coarse = layers_of(replace(share, level="kommun"), catalogue=CATALOGUE, offer=OFFER)
    assert "local_segregation" in coarse
    assert "distance_to_mix" not in coarse
    median = layers_of(
        replace(share, indicator="median_standard"), catalogue=CATALOGUE, offer=OFFER
    )
    assert median == ("value", "local_segregation", "local_entropy", "ice", "distance_to_mix")
    women = replace(share, indicator=OTHER, background="sex:women")
    assert "ice" not in layers_of(women, catalogue=CATALOGUE, offer=OFFER)
    earlier = layers_of(replace(share, year=2020), catalogue=CATALOGUE, offer=OFFER)
    assert "ice" not in earlier
    ice = read("?level=deso&layer=ice").view
    assert (ice.layer, ice.grouping) == ("ice", "income_quartile")
    assert "kan inte räknas" in said("?indicator=median_standard&layer=location_quotient")
    assert "Måttet ”x” finns inte" in said("?layer=x")
    assert "visar Inkomstkvartil" in said("?layer=ice&grouping=birth_region")


@pytest.mark.parametrize(
    ("query", "within", "sentence"),
    [
        ("level=deso&within=0380", "0380", ""),
        ("level=kommun&within=03", "03", ""),
        ("level=kommun&within=0380", "03", "har inga områden på den här nivån; visar Uppsala län"),
        ("level=lan&within=03", "00", "visar riket"),
        ("level=regso&within=uppsala", "0380", "visar Uppsala kommun"),
        ("level=regso&within=9999", "00", "Det finns inget län och ingen kommun ”9999”"),
    ],
)
def test_a_limit_holds_smaller_areas(query: str, within: str, sentence: str) -> None:
    assert read(f"?{query}").view.within == within
    assert sentence in said(f"?{query}")


def test_what_stands_beside_is_the_same_view_of_something_else() -> None:
    view = read(f"?indicator={SHARE}&level=deso&within=0380&compare={OTHER}").view
    other = compared_selection(view, catalogue=CATALOGUE, offer=OFFER)
    assert other == Selection(OTHER, "deso", 2024, within="0380")
    years = read(f"?indicator={SHARE}&level=deso&compare=2015").view
    assert years.steady
    assert compared_selection(years, catalogue=CATALOGUE, offer=OFFER) == Selection(
        SHARE, "deso", 2015, steady=True
    )
    assert (
        compared_selection(Selection(SHARE, "deso", 2024), catalogue=CATALOGUE, offer=OFFER) is None
    )
    quotient = read(f"?indicator={SHARE}&layer=location_quotient&compare={OTHER}").view
    of_other = compared_selection(quotient, catalogue=CATALOGUE, offer=OFFER)
    assert of_other is not None
    assert (of_other.layer, of_other.grouping) == ("location_quotient", OTHER)


@pytest.mark.parametrize(
    ("query", "together", "sentence"),
    [
        (f"level=regso&compare={OTHER}&together=bivariate", "bivariate", ""),
        ("level=regso&year=2023&compare=2015&together=bivariate", "bivariate", ""),
        ("level=regso&year=2024&compare=2015&together=bivariate", "maps", "Visar två."),
        ("level=regso&compare=area_type&together=bivariate", "maps", "Visar två."),
        (f"level=regso&compare={OTHER}&together=x", "maps", "visar dem bredvid varandra"),
        ("level=regso&compare=x", "maps", "ingen indikator och inget år ”x”"),
        (f"indicator={SHARE}&level=regso&compare={SHARE}", "maps", "visar redan"),
        ("level=regso&compare=2016", "maps", "visar 2015 bredvid"),
    ],
)
def test_two_things_are_one_map_where_their_areas_are_the_same(
    query: str, together: str, sentence: str
) -> None:
    assert read(f"?{query}").view.together == together
    assert sentence in said(f"?{query}")


def test_classes_around_a_middle_are_odd() -> None:
    selection, misunderstood = only("?level=kommun&since=2015&classes=4")
    assert (selection.classes, misunderstood.choices) == (5, ("3", "5", "7"))
    assert read("?level=kommun&classes=4").view.classes == 4


def test_the_same_classes_for_all_years_are_for_values_alone() -> None:
    assert read("?level=kommun&steady=1").view.steady
    assert not read("?level=kommun&since=2015&steady=1").view.steady
    assert not can_be_steady(Selection(SHARE, "deso", 2024, layer="ice"))
    assert "för steady är okänt" in said("?level=kommun&steady=x")
