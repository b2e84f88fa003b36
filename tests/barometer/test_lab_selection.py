"""The addresses of the area-type page and the lab: what they hold, and what is remarked on."""

import pytest

from barometer.selection import Offer
from barometer.selection.area_types import TypeView, typed_indicators
from barometer.selection.labs import Lab, LabAreas, area_set, spelt_years

OFFER = Offer(
    years={
        ("area_type", "regso"): (2020, 2022, 2023, 2024),
        ("employed", "kommun"): (2020, 2021),
        ("employed", "regso"): (2020, 2021, 2024),
        ("rented", "kommun"): (2019, 2020),
    },
    backgrounds={
        "area_type": ("all",),
        "employed": ("all", "sex:women", "sex:men"),
        "rented": ("all",),
    },
    areas=frozenset({"00", "03", "0380", "0380R001_SYN", "0380R001_SYN_RegSO2025"}),
    names={"00": "Riket", "03": "Uppsala län", "0380": "Uppsala"},
)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?area=0380&year=2023&since=2020&indicator=employed&background=sex:men&sort=-residents",
        "?area=03&year=2024&lang=en&embed=1",
        "?area=0380R001_SYN&year=1800&since=x&indicator=rentd&sort=size",
    ],
)
def test_an_address_of_types_is_read_as_it_was_written(query: str) -> None:
    view = TypeView.from_query(query, offer=OFFER).view
    again = TypeView.from_query(view.to_query(), offer=OFFER)
    assert again.view == view
    assert again.misunderstood == ()


def test_types_begin_with_riket_the_last_year_and_one_with_the_same_borders() -> None:
    view = TypeView.from_query("?year=2023", offer=OFFER).view
    assert (view.area, view.year, view.since, view.crosses) == ("00", 2023, 2020, False)
    last = TypeView.from_query("", offer=OFFER).view
    assert (last.year, last.since, last.crosses) == (2024, 2020, True)
    first = TypeView.from_query("?year=2020&since=2022", offer=OFFER)
    assert first.view.since == 2020


def test_types_are_told_by_any_indicator_of_regso() -> None:
    assert typed_indicators(OFFER) == ("employed",)


def test_what_types_do_not_have_is_remarked_on() -> None:
    reading = TypeView.from_query("?area=0380R001_SYN&since=2023&yaer=2020", offer=OFFER)
    assert reading.view.area == "0380"
    assert {(m.field, m.given, m.used) for m in reading.misunderstood} == {
        ("area", "0380R001_SYN", "0380"),
        ("yaer", "2020", ""),
    }
    assert TypeView.from_query("?area=upsala", offer=OFFER).view.area == "0380"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?indicators=employed,rented&areas=kommun,regso@0380,00&years=2019-2020&columns=year",
        "?indicators=employed&areas=0380&backgrounds=sex:women,sex:men&view=bar&lang=en&embed=1",
        "?indicators=employed&areas=kommun&sort=-value&find=uppsala%20%C3%A5&rows=year&only=%3E20",
        "?indicators=employd&areas=mars,deso@99&years=1700&view=cake&sort=colour&columns=area",
    ],
)
def test_an_address_of_the_lab_is_read_as_it_was_written(query: str) -> None:
    lab = Lab.from_query(query, offer=OFFER).view
    again = Lab.from_query(lab.to_query(), offer=OFFER)
    assert again.view == lab
    assert again.misunderstood == ()


def test_the_lab_begins_empty() -> None:
    assert Lab.from_query("", offer=OFFER).view == Lab()
    assert Lab().empty
    assert Lab().to_query() == ""


def test_what_the_lab_does_not_have_is_left_out_and_remarked_on() -> None:
    reading = Lab.from_query(
        "?indicators=employd,zzz&areas=mars,deso@99,kommun@00,0380&years=1700&sort=colour",
        offer=OFFER,
    )
    assert reading.view == Lab(indicators=("employed",), areas=("0380",))
    assert [(m.field, m.given, m.used) for m in reading.misunderstood] == [
        ("indicators", "employd", "employed"),
        ("indicators", "zzz", ""),
        ("areas", "mars", ""),
        ("areas", "deso@99", ""),
        ("areas", "kommun@00", ""),
        ("years", "1700", ""),
        ("sort", "colour", ""),
    ]


@pytest.mark.parametrize(
    ("only", "limits"),
    [
        (">20", ((">", 20),)),
        ("≤ 4,5", (("<=", 4.5),)),
        ("10–20", ((">=", 10), ("<=", 20))),
        ("-3 - −1", ((">=", -3), ("<=", -1))),
    ],
)
def test_values_are_limited_as_people_write_it(
    only: str, limits: tuple[tuple[str, float], ...]
) -> None:
    assert Lab(only=only).limits == limits


def test_a_limit_that_says_nothing_is_remarked_on() -> None:
    reading = Lab.from_query("?only=many", offer=OFFER)
    assert reading.view.only == ""
    assert [(m.field, m.given) for m in reading.misunderstood] == [("only", "many")]


def test_more_areas_than_an_address_takes_are_cut_and_remarked_on() -> None:
    many = Offer(OFFER.years, OFFER.backgrounds, frozenset(f"{n:04}" for n in range(200)), {})
    query = "?indicators=employed&areas=" + ",".join(f"{n:04}" for n in range(150))
    reading = Lab.from_query(query, offer=many)
    assert len(reading.view.areas) == 100
    assert [(m.reason, m.given, m.used) for m in reading.misunderstood] == [
        ("too_many", "150", "100")
    ]


def test_a_lab_cannot_spread_what_its_rows_are_by() -> None:
    assert Lab.from_query("?rows=year&columns=year", offer=OFFER).view.columns == ""


def test_areas_are_chosen_one_by_one_and_in_sets() -> None:
    assert area_set("regso@0380") == LabAreas("regso", "0380")
    assert area_set("kommun") == LabAreas("kommun", "00")
    assert area_set("0380R001_SYN") is None
    lab = Lab(indicators=("employed",), areas=("deso@03", "0380", "00"))
    assert lab.codes == ("0380", "00")
    assert lab.levels == ("riket", "kommun", "deso")


def test_every_year_is_no_choice_and_runs_are_joined() -> None:
    assert Lab.from_query("?years=2019-2024", offer=OFFER).view.years == ()
    assert Lab.from_query("?years=2019-2021,2024", offer=OFFER).view.years == (
        2019,
        2020,
        2021,
        2024,
    )
    assert spelt_years([2024, 2019, 2020, 2021]) == "2019-2021,2024"
    lab = Lab(years=(2020, 2022))
    assert lab.years_of("employed", "kommun", offer=OFFER) == (2020,)
    assert Lab().years_of("rented", "kommun", offer=OFFER) == (2019, 2020)
