"""The address of a follow-up and of an actor's lens: inverse, and what is not understood."""

import pytest

from barometer.selection import Effort, EvaluationOffer, Lens, start_years
from barometer.wording import evaluation_remarks

LONG = tuple(range(2011, 2024))
OFFER = EvaluationOffer(
    years={
        ("low_standard_children", "regso", "2018"): LONG,
        ("low_standard_children", "regso", "2025"): (2024,),
        ("low_standard_children", "kommun", "admin"): (*LONG, 2024),
        ("employed", "regso", "2018"): (2020, 2021, 2022, 2023),
    },
    labels={
        "0380": "Uppsala",
        "0114": "Upplands Väsby",
        "0380R001": "Centrum",
        "0380R002": "Ekeby",
        "0380R001_RegSO2025": "Centrum",
    },
)
ACTORS = ("kommun", "police", "school")


def read(query: str) -> Effort:
    return Effort.from_query(query, offer=OFFER).view


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?areas=0380&start=2016",
        "?areas=0380R001,0380R002&indicator=employed&lang=en",
        "?areas=0380R001_RegSO2025&embed=1",
        "?level=kommun&areas=0114,0380&start=2024",
    ],
)
def test_an_address_and_its_effort_are_inverse(query: str) -> None:
    effort = read(query)
    again = Effort.from_query(effort.to_query(), offer=OFFER)
    assert again.view == effort
    assert again.misunderstood == ()


def test_what_is_not_said_is_children_in_regso_with_some_years_after() -> None:
    effort = read("")
    assert (effort.indicator, effort.level, effort.division) == (
        *("low_standard_children", "regso"),
        "2018",
    )
    assert effort.areas == ()
    assert effort.start == 2019


def test_the_areas_say_level_and_division() -> None:
    assert read("?areas=0380").level == "kommun"
    assert read("?areas=0380R001_RegSO2025").division == "2025"
    assert start_years((2024,)) == (2024,)


@pytest.mark.parametrize(
    ("query", "reason", "kept"),
    [
        ("?areas=0380R001,0380R001_RegSO2025", "other_division", ("0380R001",)),
        ("?areas=0380R001,0380", "not_offered", ("0380R001",)),
        ("?areas=0380R001,9999R009", "unknown", ("0380R001",)),
        ("?level=kommun&areas=Upsala", "unknown", ("0380",)),
        ("?level=kommun&areas=uppsala", None, ("0380",)),
    ],
)
def test_an_area_that_does_not_go_with_the_others_is_remarked_on(
    query: str, reason: str | None, kept: tuple[str, ...]
) -> None:
    reading = Effort.from_query(query, offer=OFFER)
    assert reading.view.areas == kept
    assert [m.reason for m in reading.misunderstood] == ([reason] if reason else [])


def test_more_areas_than_can_be_compared_are_left_out() -> None:
    codes = [f"0380R{n:03}" for n in range(1, 15)]
    many = EvaluationOffer(OFFER.years, dict.fromkeys(codes, "Område"))
    reading = Effort.from_query(f"?areas={','.join(codes)}", offer=many)
    assert reading.view.areas == tuple(codes[:12])
    assert [(m.given, m.reason) for m in reading.misunderstood] == [
        (", ".join(codes[12:]), "too_many")
    ]


def test_an_unknown_year_and_key_are_explained() -> None:
    reading = Effort.from_query("?start=1999&indikator=x", offer=OFFER)
    assert reading.view.start == 2012
    assert [(m.field, m.reason) for m in reading.misunderstood] == [
        ("start", "not_offered"),
        ("indikator", "key"),
    ]


@pytest.mark.parametrize("query", ["", "?actor=school", "?actor=police&lang=en&embed=1"])
def test_an_address_and_its_lens_are_inverse(query: str) -> None:
    lens = Lens.from_query(query, offer=ACTORS).view
    assert Lens.from_query(lens.to_query(), offer=ACTORS).view == lens


def test_an_unknown_actor_is_explained() -> None:
    reading = Lens.from_query("?actor=polis", offer=ACTORS)
    assert reading.view.actor == "police"
    assert [(m.field, m.used) for m in reading.misunderstood] == [("actor", "police")]


def test_an_indicator_without_years_has_a_division_but_no_start() -> None:
    assert (OFFER.division_of("turnout", "kommun"), OFFER.division_of("turnout", "deso")) == (
        *("admin",),
        "2018",
    )
    assert read("?indicator=employed&level=kommun").start == 0


def test_an_effort_in_the_link_is_kept_or_told_why_not() -> None:
    line = "0380;2019;employed;Öppen förskola;Kommunen"
    effort = read(f"?effort={line}")
    assert [own.what for own in effort.register] == ["Öppen förskola"]
    assert read(effort.to_query()).register == effort.register
    wrong = f"?effort=0380;2019;rented;x;y|no effort|{line}"
    reading = Effort.from_query(wrong, offer=OFFER)
    assert reading.view.register == effort.register
    remarks = evaluation_remarks(reading.misunderstood, effort=reading.view, indicator="")
    assert "rented kan inte följas över åren" in remarks[0]
    assert "kan inte läsas och är inte med" in remarks[1]
