"""The address of a place profile: reading and writing are inverse, nothing is replaced silently."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barometer.catalogue import load_catalogue
from barometer.divisions import covers, parse_area_code
from barometer.selection import LANGUAGES, Misunderstood, Offer, Reading
from barometer.selection.profiles import (
    ALIKE,
    MOST_CHOSEN,
    Profile,
    chosen_from,
    namesake,
    profile_years,
)

CATALOGUE = load_catalogue()
OFFER = Offer(
    years={
        ("children", "riket"): (2012, 2024),
        ("children", "lan"): (2012, 2024),
        ("children", "kommun"): (2012, 2024),
        ("older", "kommun"): (2011,),
        ("children", "regso"): (2012, 2023, 2024),
        ("area_type", "regso"): (2023, 2024),
    },
    backgrounds={"children": ("all",)},
    areas=frozenset({"00", "03", "0380", "0380R001", "0380R001_RegSO2025", "0380R002"}),
    names={"00": "Riket", "03": "Uppsala län", "0380": "Uppsala"},
)
KNOWN = chosen_from(OFFER, CATALOGUE)


def read(query: str) -> Reading[Profile]:
    return Profile.from_query(query, offer=OFFER, catalogue=CATALOGUE)


def only(query: str) -> tuple[Profile, Misunderstood]:
    reading = read(query)
    (misunderstood,) = reading.misunderstood
    return reading.view, misunderstood


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    area = draw(st.sampled_from(sorted(OFFER.areas)))
    some = st.lists(st.sampled_from(KNOWN), unique=True, max_size=MOST_CHOSEN).map(tuple)
    return Profile(
        area=area,
        year=draw(st.sampled_from(profile_years(OFFER, area))),
        first=draw(some),
        alike=draw(some) or ALIKE,
        language=draw(st.sampled_from(LANGUAGES)),
        embed=draw(st.booleans()),
    )


@given(profiles())
def test_reading_what_was_written_gives_the_same_profile(profile: Profile) -> None:
    assert read(profile.to_query()) == Reading(profile)


def test_silence_means_riket_in_its_last_year() -> None:
    assert read("") == Reading(Profile("00", 2024))


def test_the_years_are_those_of_the_places_own_division() -> None:
    assert profile_years(OFFER, "0380R001") == (2012, 2023)
    assert profile_years(OFFER, "0380R001_RegSO2025") == (2024,)
    assert profile_years(OFFER, "0380") == (2011, 2012, 2024)
    for area in OFFER.areas:
        code = parse_area_code(area)
        assert code
        assert all(covers(code.division, year) for year in profile_years(OFFER, area))


@pytest.mark.parametrize(
    ("query", "used", "reason"),
    [
        ("area=9999", "00", "unknown"),
        ("area=Upsala", "0380", "unknown"),
        ("area=0380R999", "0380", "unknown"),
        ("area=0380&year=2013", "2012", "not_offered"),
        ("area=0380R001&year=2024", "2023", "other_division"),
        ("area=0380R001_RegSO2025&year=2012", "2024", "other_division"),
        ("area=0380&year=soon", "2024", "unknown"),
        ("first=childen", "children", "unknown"),
        ("alike=area_type", "", "not_offered"),
        ("lang=se", "sv", "unknown"),
        ("aera=0380", "", "key"),
    ],
)
def test_what_is_not_understood_is_remarked_on(query: str, used: str, reason: str) -> None:
    profile, misunderstood = only(query)
    assert (misunderstood.used, misunderstood.reason) == (used, reason)
    assert used in ("", profile.area, str(profile.year), profile.language, *profile.first)


def test_many_long_priorities_are_read_whole() -> None:
    query = "first=" + ",".join(KNOWN)
    assert read(query).view.first == KNOWN


def test_a_class_can_neither_be_put_first_nor_be_alike() -> None:
    assert "area_type" not in KNOWN


def test_the_namesake_lies_in_the_other_division() -> None:
    assert namesake(Profile("0380R001", 2023), OFFER) == "0380R001_RegSO2025"
    assert namesake(Profile("0380R001_RegSO2025", 2024), OFFER) == "0380R001"
    assert namesake(Profile("0380R002", 2023), OFFER) is None
    assert namesake(Profile("0380", 2024), OFFER) is None


def test_the_level_and_division_follow_the_code() -> None:
    assert (Profile("0380", 2024).level, Profile("0380", 2024).division) == ("kommun", "admin")
    small = Profile("0380R001_RegSO2025", 2024)
    assert (small.level, small.division) == ("regso", "2025")
    assert (Profile("?", 2024).level, Profile("?", 2024).division) == ("riket", "admin")


def test_a_code_that_begins_as_a_kommuns_means_that_kommun() -> None:
    for faulty in ("0380X", "0380Z123"):
        profile, about = only(f"?area={faulty}")
        assert profile.area == "0380"
        assert about.used == "0380"
    assert only("?area=9999")[0].area == "00"
