"""The segregation page's address as a value."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from barometer.selection import Measurement, MeasureOffer

OFFER = MeasureOffer(
    indices={
        "low_standard_children": ("dissimilarity", "isolation"),
        "tenure": ("dissimilarity_multi", "mutual_information"),
    },
    years={
        ("low_standard_children", "regso"): (2017, 2022, 2023, 2024),
        ("low_standard_children", "deso"): (2022, 2023),
        ("tenure", "deso"): (2023, 2024),
    },
    names={"00": "Riket", "01": "Stockholms län", "0180": "Stockholm", "0380": "Uppsala"},
)


def read(query: str) -> Measurement:
    return Measurement.from_query(query, offer=OFFER).view


def test_everybody_begins_with_children_in_the_whole_country() -> None:
    assert read("") == Measurement(
        grouping="low_standard_children",
        index="dissimilarity",
        units="regso",
        area="00",
        year=2024,
        since=2024,
    )


def test_a_place_begins_with_the_last_year_in_which_it_has_a_value() -> None:
    offer = replace(OFFER, earlier={("low_standard_children", "regso", "0380"): 2022})

    def year(query: str) -> int:
        return Measurement.from_query(query, offer=offer).view.year

    assert (year("?area=0180"), year("?area=0380"), year("?area=0380&year=2024")) == (
        2024,
        2022,
        2024,
    )
    assert offer.last_year("low_standard_children", "regso", "0380R002_RegSO2025") == 2022
    assert year("?area=0380&units=deso") == 2023


def test_a_page_begins_with_what_most_kommuner_have() -> None:
    known = replace(OFFER, widespread=frozenset({"tenure"}))
    assert Measurement.from_query("", offer=known).view.grouping == "tenure"
    asked = Measurement.from_query("?grouping=low_standard_children", offer=known).view
    assert asked.grouping == "low_standard_children"


def test_a_change_begins_about_five_years_before_within_the_same_borders() -> None:
    assert read("?year=2023").since == 2017
    assert read("?year=2023&since=2022").since == 2022
    assert read("?year=2024").since == 2024


@given(
    st.sampled_from(["low_standard_children", "tenure"]),
    st.sampled_from(["regso", "deso"]),
    st.sampled_from(list(OFFER.names)),
    st.integers(2010, 2030),
    st.sampled_from(["kommun", "lan", "01"]),
    st.sampled_from(["shown", "hidden"]),
    st.sampled_from(["sv", "en"]),
)
@settings(deadline=None)
def test_reading_undoes_writing(
    grouping: str, units: str, area: str, year: int, among: str, caution: str, language: str
) -> None:
    asked = read(
        f"?grouping={grouping}&units={units}&area={area}&year={year}&among={among}"
        f"&caution={caution}&lang={language}"
    )
    assert asked.caution == caution
    again = Measurement.from_query(asked.to_query(), offer=OFFER)
    assert again.view == asked
    assert again.misunderstood == ()


@pytest.mark.parametrize(
    ("query", "field", "used", "reason"),
    [
        ("?grouping=tenures", "grouping", "tenure", "unknown"),
        ("?index=gini_multi", "index", "dissimilarity", "not_offered"),
        ("?units=kommun", "units", "regso", "unknown"),
        ("?year=2035", "year", "2024", "not_offered"),
        ("?year=2023&since=2024", "since", "2022", "other_division"),
        ("?area=0180R001", "area", "0180", "unknown"),
        ("?area=Upsala", "area", "0380", "unknown"),
        ("?area=9999", "area", "00", "unknown"),
        ("?among=25", "among", "kommun", "unknown"),
        ("?population=12", "population", "0", "not_offered"),
        ("?caution=hiden", "caution", "hidden", "unknown"),
        ("?yaer=2023", "yaer", "", "key"),
    ],
)
def test_what_is_not_understood_is_remarked_on(
    query: str, field: str, used: str, reason: str
) -> None:
    found = Measurement.from_query(query, offer=OFFER).misunderstood
    assert [(m.field, m.used, m.reason) for m in found] == [(field, used, reason)]
