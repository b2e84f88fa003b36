"""The short sentences of a profile: true where there is nobody, nothing lower, or a tie."""

import pytest

from barometer.catalogue import load_catalogue
from barometer.divisions import Language
from barometer.wording import place, place_name
from barometer.wording.portraits import lead_sentence, range_sentence, types_heading
from barometer.wording.profiles import standing
from tests.sentences import INDICATORS

NAN = float("nan")


@pytest.mark.parametrize(
    ("amount", "riket", "language", "told"),
    [
        (0.0, 13.4, "sv", "I Malå kommun bor ingen i ett område med socioekonomiska utmaningar, "
            "typ 1 eller 2. I riket är andelen 13,4 %."),
        (0.0, NAN, "en", "In Malå kommun, nobody lives in an area with socioeconomic challenges, "
            "type 1 or 2."),
        (5.5, 13.4, "en", "In Malå kommun, 5.5% of the residents live in an area with socioeconomic"
            " challenges, type 1 or 2, compared with 13.4% in Sweden."),
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
