"""What a place profile says, whole sentences in both languages."""

from typing import Any

import pytest

from barometer.catalogue import load_catalogue
from barometer.divisions import Language
from barometer.selection import Misunderstood
from barometer.wording.numbers import signed
from barometer.wording.page_remarks import profile_remarks
from barometer.wording.profiles import (
    ages_sentence,
    how_unusual,
    neighbours_sentence,
    nothing_stands_out,
    outstanding_lead,
    outstanding_sentence,
    profile_place,
    profile_title,
    residents_sentence,
    share_lower,
    similar_sentence,
    similarity_method,
    standing,
    trend_sentence,
    types_sentence,
    unpublished_sentence,
)

NB = "\u00a0"
INDICATORS = load_catalogue().indicators
RENTED, CARS, TYPES = (INDICATORS[i] for i in ("rented", "cars", "area_type"))


def test_the_title_names_place_and_year() -> None:
    assert (
        profile_title("Falu kommun", year=2024, language="sv") == "Lägesbild för Falu kommun 2024"
    )
    assert profile_title("Sweden", year=2024, language="en") == "Profile of Sweden, 2024"


@pytest.mark.parametrize(
    ("residents", "earlier", "language", "said"),
    [
        (
            1170.0,
            (2011, 1000.0),
            "sv",
            f"I Uppsala kommun bodde 1{NB}170 personer vid slutet av 2024."
            f" Det är 17,0{NB}% fler än 2011.",
        ),
        (
            900.0,
            (2011, 1000.0),
            "sv",
            "I Uppsala kommun bodde 900 personer vid slutet av 2024."
            f" Det är 10,0{NB}% färre än 2011.",
        ),
        (
            1000.0,
            (2011, 1000.0),
            "sv",
            f"I Uppsala kommun bodde 1{NB}000 personer vid slutet av 2024."
            " Det är lika många som 2011.",
        ),
        (1.0, None, "sv", "I Uppsala kommun bodde 1 person vid slutet av 2024."),
        (1.0, None, "en", "1 person lived in Uppsala kommun at the end of 2024."),
        (5.0, (2024, 5.0), "en", "5 people lived in Uppsala kommun at the end of 2024."),
        (5.0, (2011, 0.0), "en", "5 people lived in Uppsala kommun at the end of 2024."),
        (
            1170.0,
            (2011, 1000.0),
            "en",
            "1,170 people lived in Uppsala kommun at the end of 2024."
            " That is 17.0% more than in 2011.",
        ),
        (
            900.0,
            (2011, 1000.0),
            "en",
            "900 people lived in Uppsala kommun at the end of 2024."
            " That is 10.0% fewer than in 2011.",
        ),
        (
            900.0,
            (2011, 900.0),
            "en",
            "900 people lived in Uppsala kommun at the end of 2024. That is as many as in 2011.",
        ),
    ],
)
def test_how_many_live_there(
    residents: float, earlier: tuple[int, float] | None, language: Language, said: str
) -> None:
    found = residents_sentence(
        "Uppsala kommun", residents=residents, year=2024, earlier=earlier, language=language
    )
    assert found == said


def test_the_young_and_the_old() -> None:
    assert ages_sentence(children=21.04, older=23.79, language="sv") == (
        f"21,0{NB}% av dem var barn och unga under 20 år och 23,8{NB}% var 65 år och äldre."
    )
    assert ages_sentence(children=21.04, older=23.79, language="en") == (
        "21.0% of them were children and young people under 20 and 23.8% were 65 and over."
    )


@pytest.mark.parametrize(
    ("score", "sv", "en"),
    [
        (4.0, "exceptionellt högt", "exceptionally high"),
        (-3.5, "exceptionellt lågt", "exceptionally low"),
        (2.0, "ovanligt högt", "unusually high"),
        (-2.9, "ovanligt lågt", "unusually low"),
        (1.0, "högre än vanligt", "higher than usual"),
        (-1.9, "lägre än vanligt", "lower than usual"),
        (0.9, "nära det vanliga", "close to the usual"),
    ],
)
def test_how_unusual_in_words(score: float, sv: str, en: str) -> None:
    assert (how_unusual(score, language="sv"), how_unusual(score, language="en")) == (sv, en)


def test_what_stands_out_has_value_standing_and_difference() -> None:
    given = {"amount": 45.1, "year": 2024, "score": 2.4, "median": 31.0, "n_areas": 290}
    assert outstanding_sentence(RENTED, **given, level="kommun", language="sv") == (
        f"45,1{NB}% år 2024, ovanligt högt bland landets 290 kommuner."
        f" Det är 14,1{NB}procentenheter högre än medianen, 31,0{NB}%."
    )
    low = given | {"amount": 400.0, "median": 401.0, "score": -1.0, "n_areas": 21}
    assert outstanding_sentence(CARS, **low, level="lan", language="en") == (
        f"400{NB}per{NB}1,000 in 2024, lower than usual among Sweden's 21 counties."
        f" That is 1{NB}per{NB}1,000 lower than the median, 401{NB}per{NB}1,000."
    )


def test_that_nothing_stands_out_is_said() -> None:
    assert nothing_stands_out("Falu kommun", level="kommun", language="sv") == (
        "Inget mått sticker ut: inget värde för Falu kommun är högre, eller lägre, än i minst nio"
        " av tio kommuner."
    )
    assert nothing_stands_out("Sweden", level="riket", language="en").startswith(
        "There is no other country here to compare Sweden with."
    )


@pytest.mark.parametrize(
    ("lower", "n", "sv", "en"),
    [
        (0, 290, "ingen lägre bland 290 kommuner", "none lower among 290 municipalities"),
        (289, 290, "högst av 290 kommuner", "the highest of 290 municipalities"),
        (
            288,
            290,
            f"högre än i 99{NB}% av 290 kommuner",
            "higher than in 99% of 290 municipalities",
        ),
        (
            1,
            290,
            "högre än i 1 av 290 kommuner",
            "higher than in 1 of 290 municipalities",
        ),
        (0, 1, "", ""),
    ],
)
def test_where_a_value_stands(lower: int, n: int, sv: str, en: str) -> None:
    said = {
        language: standing(n_lower=lower, n_areas=n, level="kommun", language=language)
        for language in ("sv", "en")
    }
    assert said == {"sv": sv, "en": en}


def test_differences_have_signs_and_missing_ones_nothing() -> None:
    written = [signed(x, decimals=1, language="sv", zero="±") for x in (9.04, -1.2, 0.04, -0.04)]
    assert written == ["+9,0", "−1,2", "±0,0", "±0,0"]


def test_a_trend_tells_its_ends() -> None:
    ends = {"first": (2012, 25.1), "last": (2024, 26.4)}
    assert trend_sentence(RENTED, **ends, language="sv") == (
        f"Boende i hyresrätt: 25,1{NB}% 2012 och 26,4{NB}% 2024."
    )
    one = {"first": (2024, 26.4), "last": (2024, 26.4)}
    assert (
        trend_sentence(RENTED, **one, language="en") == "Living in rented housing: 26.4% in 2024."
    )


def test_area_types_by_residents_beside_riket() -> None:
    said = types_sentence(
        "Uppsala kommun",
        residents={1: 100.0, 2: 0.0, 4: 300.0},
        country={1: 5.0, 2: 8.0, 3: 87.0},
        indicator=TYPES,
        year=2024,
        language="sv",
    )
    assert said == (
        f"Invånarna i Uppsala kommun efter områdestyp 2024: 25,0{NB}% i områden med stora "
        "socioekonomiska"
        f" utmaningar (typ{NB}1) och 75,0{NB}% i områden med goda socioekonomiska förutsättningar"
        f" (typ{NB}4). 25,0{NB}% bor i områden av typ 1 eller 2, jämfört med 13,0{NB}% i riket."
    )
    nobody = types_sentence(
        "Malå kommun",
        residents={1: 0.0, 3: 10.0},
        country={1: 5.0, 2: 8.0, 3: 87.0},
        indicator=TYPES,
        year=2024,
        language="sv",
    )
    assert nobody.endswith(f" Ingen bor i områden av typ 1 eller 2; i riket gör 13,0{NB}% det.")
    english = types_sentence(
        "Sweden", residents={3: 10.0}, country=None, indicator=TYPES, year=2024, language="en"
    )
    assert english == (
        "Residents of Sweden by area type, 2024: 100.0% in socio-economically mixed"
        f" areas (type{NB}3)."
    )
    rounded = types_sentence(  # 4.86 and 5.46 are 4.9 and 5.5, and together 10.3
        "X",
        residents={1: 486.0, 2: 546.0, 4: 8968.0},
        country={1: 1.0, 4: 9.0},
        indicator=TYPES,
        year=2024,
        language="en",
    )
    assert "4.9%" in rounded
    assert "5.5%" in rounded
    assert "10.3% live in areas of type 1 or 2, compared with 10.0% in Sweden." in rounded
    none = {"country": None, "indicator": TYPES, "year": 2024}
    assert types_sentence("X", residents={}, **none, language="en") == (
        "There are no area types here."
    )


def test_whom_a_place_resembles_and_how_that_is_known() -> None:
    three = ["Gävle", "Luleå", "Umeå"]
    assert similar_sentence("Uppsala kommun", three, level="kommun", language="sv") == (
        "De 3 kommuner som mest liknar Uppsala kommun är Gävle, Luleå och Umeå."
    )
    assert similar_sentence("Uppsala kommun", three[:1], level="kommun", language="en") == (
        "Uppsala kommun is most like Gävle."
    )
    assert similar_sentence("X", [], level="kommun", language="sv").startswith("Inga områden")
    said = similarity_method(
        ["Folkmängd", "Utrikes födda"], n_compared=288, n_left_out=1, level="kommun", language="sv"
    )
    assert said.startswith("Jämförelsen bygger på folkmängd och utrikes födda. 288 av")
    assert said.endswith("288 av 289 kommuner har uppgifterna och är jämförda.")
    left = similarity_method(["Population"], n_compared=9, n_left_out=2, level="lan", language="en")
    assert left.endswith("9 of 11 counties have the figures and are compared.")
    nothing = similarity_method([], n_compared=0, n_left_out=289, level="kommun", language="sv")
    assert nothing.startswith("Likhet kräver minst tre indikatorer")


@pytest.mark.parametrize(
    ("count", "sv", "en"),
    [
        (7, "Uppsala kommun gränsar till 7 kommuner.", "borders on 7 municipalities."),
        (1, "Uppsala kommun gränsar till 1 kommun.", "borders on 1 municipality."),
        (0, "Inga kommuner gränsar till Uppsala kommun", "or the boundaries are not known."),
    ],
)
def test_neighbours_are_counted(count: int, sv: str, en: str) -> None:
    where = "Uppsala kommun"
    assert neighbours_sentence(where, count=count, level="kommun", language="sv").startswith(sv)
    assert neighbours_sentence(where, count=count, level="kommun", language="en").endswith(en)


def test_what_a_level_lacks() -> None:
    assert unpublished_sentence(
        ["Flyttnetto"], level="kommun", division="admin", language="sv"
    ) == ("Dataversionen har inga värden för kommunerna de här åren för flyttnetto.")
    assert unpublished_sentence(["Net moves"], level="regso", division="2025", language="en") == (
        "The data version has no values for RegSO 2025 in these years for net moves."
    )
    assert unpublished_sentence([], level="regso", division="2025", language="en") == ""


def test_every_misunderstanding_has_a_remark() -> None:
    about = (
        Misunderstood("area", "9999", "00", ()),
        Misunderstood("year", "2012", "2024", (), "other_division"),
        Misunderstood("alike", "area_type", "", (), "not_offered"),
        Misunderstood("aera", "0380", "", ("area",), "key"),
        Misunderstood("lang", "sv, en", "sv", (), "repeated"),
    )
    assert profile_remarks(about, names={"00": "riket"}, language="sv") == (
        "Platsen ”9999” finns inte här; visar riket.",
        "Året 2012 har andra områdesgränser; visar 2024. Områden före och efter årsskiftet"
        " 2023/2024 jämförs inte.",
        "Indikatorn ”area_type” finns inte här.",
        "Länken innehåller ”aera”, som inte betyder något här. Menade du area?",
        "Länken har flera värden för lang (sv, en); visar det första.",
    )
    english = profile_remarks(about[:1], names={"00": "Sweden"}, language="en")
    assert english == ("The place “9999” is not available here; showing Sweden.",)


def test_places_in_sentences() -> None:
    assert profile_place("Riket", "riket", language="en") == "Sweden"
    assert profile_place("Riket", "riket", language="sv") == "riket"
    assert profile_place("Falun", "kommun", language="sv") == "Falu kommun"


def test_the_share_that_is_seen_is_the_share_that_is_heard() -> None:
    """280 of 289 others are 96.9 per cent: rounded down in the table, so also in the strip."""
    given: dict[str, Any] = {"n_lower": 280, "n_areas": 290}
    assert share_lower(**given, language="sv") == f"96{NB}%"
    heard = standing(**given, level="kommun", language="sv")
    assert heard == f"högre än i 96{NB}% av 290 kommuner"
    low: dict[str, Any] = {
        "n_lower": 5,
        "n_higher": 280,
        "n_areas": 290,
    }  # the larger part, ties in neither
    assert standing(**low, level="kommun", language="sv") == f"lägre än i 96{NB}% av 290 kommuner"
    assert (
        standing(**low, level="kommun", language="en") == "lower than in 96% of 290 municipalities"
    )
    assert share_lower(1, 290, language="sv") == f"mindre än 1{NB}%"
    assert share_lower(0, 290, language="en") == "0%"
    assert share_lower(289, 290, language="en") == "100%"


def test_an_own_area_without_a_name_is_a_phrase() -> None:
    numbered = profile_place("Eget område, 2 DeSO (2)", "own", language="sv")
    assert numbered == "det egna området 2 (2 DeSO)"
    assert profile_place("Own area, 12 RegSO", "own", language="en") == "your own area (12 RegSO)"
    assert profile_place("Norr", "own", language="sv") == "Norr"


def test_what_stands_out_says_its_limit() -> None:
    said = outstanding_lead("Malmö", level="kommun", language="sv")
    assert said.startswith(
        "Mått där Malmö ligger högre, eller lägre, än minst nio av tio kommuner."
    )
    alone = nothing_stands_out("x", level="deso", compared=False, language="en")
    assert alone == "Too few DeSO areas have values to tell what stands out."
