"""The short sentences of a profile: true where there is nobody, nothing lower, or a tie."""

import pytest

from barometer.catalogue import load_catalogue
from barometer.divisions import Language
from barometer.selection.offer import first_indicator
from barometer.wording import place, place_name
from barometer.wording.labs import table_sentence
from barometer.wording.lists import screen_sentence
from barometer.wording.maps import legend_sentence
from barometer.wording.portraits import lead_sentence, range_sentence, types_heading
from barometer.wording.profiles import standing
from barometer.wording.signals import signals_sentence
from tests.sentences import INDICATORS

NAN = float("nan")


@pytest.mark.parametrize(
    ("amount", "riket", "language", "told"),
    [
        (0.0, 13.4, "sv", "I Malå kommun bor ingen i ett område med socioekonomiska utmaningar, "
            "typ 1 eller 2. I riket är andelen 13,4 %."),
        (0.0, NAN, "en", "In Malå kommun, nobody lives in an area with socio-economic challenges, "
            "type 1 or 2."),
        (5.5, 13.4, "en", "In Malå kommun, 5.5% of the residents live in an area with"
            " socio-economic challenges, type 1 or 2, compared with 13.4% in Sweden."),
    ],
)  # fmt: skip
def test_nobody_is_said_where_nobody_lives_in_types_1_and_2(
    amount: float, riket: float, language: Language, told: str
) -> None:
    said = lead_sentence("Malå kommun", amount=amount, riket=riket, language=language)
    assert said.replace("\u00a0", " ") == told


@pytest.mark.parametrize(
    ("shares", "language", "told"),
    [
        ((8.2, 10.7, 23.5, 49.1, 8.6), "sv",
            "Områdestyper: större andel i typ 1–2 än i riket, och mindre i typ 5"),
        ((8.2, 10.7, 23.5, 49.1, 8.6), "en",
            "Area types: a larger share in types 1–2 than in Sweden, and a smaller in type 5"),
        ((5.4, 8.0, 22.3, 54.7, 9.6), "sv",
            "Områdestyper: lika stor andel i typ 1–2 som i riket, och större i typ 5"),
        ((5.4, 8.0, 22.3, 54.7, 9.6), "en",
            "Area types: the same share in types 1–2 as in Sweden, and a larger in type 5"),
    ],
)  # fmt: skip
def test_types_are_compared_by_shares_never_by_numbers_of_people(
    shares: tuple[float, ...], language: Language, told: str
) -> None:
    assert types_heading(shares, (5.4, 8.0, 22.3, 54.7, 9.5), language=language) == told


def test_a_lowest_value_that_others_share_is_not_called_the_lowest() -> None:
    lowest = {"n_lower": 0, "n_areas": 290, "level": "kommun"}
    assert standing(**lowest, language="sv") == "ingen lägre bland 290 kommuner"
    assert standing(**lowest, language="en") == "none lower among 290 municipalities"
    assert standing(n_lower=20, n_areas=21, level="lan", language="sv") == "högst av 21 län"


def test_a_range_counts_the_areas_that_have_a_value() -> None:
    rented = load_catalogue().indicators[INDICATORS[3]]
    ends = {"low": 10.8, "high": 48.7, "n": 33}
    said = range_sentence(rented, **ends, level="kommun", language="sv").replace("\u00a0", " ")
    assert said == "Lägenheter med hyresrätt: från 10,8 % till 48,7 % i 33 kommuner."


@pytest.mark.parametrize(
    ("label", "level", "alone", "inside"),
    [
        ("Riket", "riket", "Sweden", "Sweden as a whole"),
        ("Skåne län", "lan", "Skåne county", "Skåne county"),
        ("Västerbottens län", "lan", "Västerbotten county", "Västerbotten county"),
        ("Malmö", "kommun", "Malmö", "Malmö municipality"),
    ],
)
def test_a_place_is_named_in_english(label: str, level: str, alone: str, inside: str) -> None:
    named = place_name(label, level, language="en")
    assert named == alone
    assert place(named, level, language="en") == inside
    assert place_name(label, level, language="sv") == label


@pytest.mark.parametrize(
    ("counts", "language", "told"),
    [
        ((1, 0, 0), "sv", "1 område ligger inom gränserna: x."),
        ((0, 0, 1), "sv", "Inget område ligger inom gränserna: x. Ytterligare 1 område missar en"
            " gräns med mindre än sin osäkerhet."),
        ((0, 0, 0), "en", "No areas are within the limits: x."),
        ((12, 1, 2), "en", "12 areas are within the limits: x. 1 of them lies so near a limit that"
            " chance may have brought them there. 2 more areas miss a limit by less than the"
            " uncertainty."),
    ],
)  # fmt: skip
def test_areas_within_limits_are_counted_as_people_count(
    counts: tuple[int, int, int], language: Language, told: str
) -> None:
    within, uncertain, near = counts
    ends = {"n_within": within, "n_uncertain": uncertain, "n_near": near}
    assert screen_sentence("x", **ends, language=language) == told


@pytest.mark.parametrize(
    ("n", "sv", "en"),
    [
        (1, "Tabellen har 1 värde på 1 rad: 1 indikator för 1 område.",
            "The table has 1 value in 1 row: 1 indicator for 1 area."),
        (2, "Tabellen har 2 värden på 2 rader: 1 indikator för 2 områden.",
            "The table has 2 values in 2 rows: 1 indicator for 2 areas."),
    ],
)  # fmt: skip
def test_a_table_of_one_is_one(n: int, sv: str, en: str) -> None:
    counts = {"n_areas": n, "both": False, "n_indicators": 1}
    assert table_sentence(n, n, **counts, language="sv") == sv
    assert table_sentence(n, n, **counts, language="en") == en


@pytest.mark.parametrize(
    ("much_worse", "sv", "en"),
    [
        (0, "Inget har mycket sämre villkor", "None have much worse conditions"),
        (1, "1 har mycket sämre villkor", "1 has much worse conditions"),
        (3, "3 har mycket sämre villkor", "3 have much worse conditions"),
    ],
)
def test_signals_count_none_and_one_in_words(much_worse: int, sv: str, en: str) -> None:
    counts = {"worse": 1, "better": 0, "none": 4, "unknown": 0, "much_worse": much_worse}
    asked = {"n": 5, "noun": "RegSO 2020", "year": 2022}
    assert sv in signals_sentence(counts, **asked, language="sv")
    english = signals_sentence(counts, **asked, language="en")
    assert en in english
    assert "1 of 5 RegSO 2020 is getting worse" in english


def test_one_area_on_the_map_is_not_all_areas() -> None:
    share = load_catalogue().indicators["aged_20_24"]
    said = legend_sentence([(5.6, 5.6)], [1], indicator=share, language="sv")
    assert said.replace("\u00a0", " ") == "Andelen personer som är 20–24 år är 5,6 %."
    assert legend_sentence([(5.6, 5.6)], [2], indicator=share, language="en") == (
        "In all areas the share of people aged 20–24 is 5.6%."
    )


def test_a_page_opens_with_a_condition_and_children_first() -> None:
    assert first_indicator(["aged_20_24", "employed", "low_standard"]) == "low_standard"
    assert first_indicator(["employed", "low_standard_children"]) == "low_standard_children"
    assert first_indicator(["cars", "turnout"]) == "cars"
