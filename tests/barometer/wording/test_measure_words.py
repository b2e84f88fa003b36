"""What segregation measures say, whole sentences in both languages."""

from dataclasses import dataclass

import pandas as pd
import pytest

from barometer import wording
from barometer.indices import INDICES, BothLanguages
from barometer.selection import Misunderstood

NB = "\u00a0"
NAN = float("nan")
NO_ESTIMATE = {"estimate": NAN, "low": NAN, "high": NAN, "caution": None}


@dataclass(frozen=True)
class Said:
    unit: str = "percent"
    decimals: int = 1
    falls: bool = False

    def reading(self, value: float) -> tuple[BothLanguages, float]:
        template = "{value} av gruppen skulle flytta."
        return BothLanguages(template, template), value


PERCENT, NATS = Said(), Said("nats", 3)


def test_values_carry_their_unit() -> None:
    assert wording.measure_value(0.2346, index=PERCENT, language="sv") == f"23,5{NB}%"
    assert wording.measure_value(0.2346, index=PERCENT, language="en") == "23.5%"
    assert wording.measure_value(0.2346, index=NATS, language="sv") == "0,235"
    assert wording.measure_value(NAN, index=NATS, language="sv") == "–"
    interval = wording.measure_interval(0.2, 0.21, index=PERCENT, language="sv")
    assert interval == f"20,0–21,0{NB}%"
    assert wording.measure_interval(None, 0.21, index=PERCENT, language="sv") == ""


def test_changes_have_a_sign() -> None:
    assert wording.measure_change(-0.01, index=PERCENT, language="sv") == f"−1,0{NB}procentenhet"
    assert wording.measure_change(0.01, index=NATS, language="en") == "+0.010"
    assert wording.measure_change(0.0001, index=PERCENT, language="en") == (
        f"0.0{NB}percentage points"
    )


@pytest.mark.parametrize(
    ("row", "language", "said"),
    [
        (
            {
                "value": 0.23,
                "expected": 0.02,
                "estimate": 0.225,
                "low": 0.22,
                "high": 0.24,
                "caution": "few_areas",
            },
            "sv",
            (
                f"23,0{NB}% av gruppen skulle flytta.",
                f"Om bostäderna fördelades slumpmässigt skulle värdet bli 2,0{NB}%.",
                "Skattning utan den ojämnhet som slumpen ger i små områden, med"
                f" osäkerhetsintervall (modell): 22,5{NB}% (22,0–24,0{NB}%).",
                "Tolka med försiktighet: få områden.",
            ),
        ),
        (
            {"value": 0.02, "expected": 0.03, **NO_ESTIMATE},
            "en",
            (
                "2.0% av gruppen skulle flytta.",
                "This is as even as chance alone would give (3.0%).",
            ),
        ),
        (
            {
                "value": NAN,
                "expected": NAN,
                "estimate": NAN,
                "low": NAN,
                "high": NAN,
                "caution": "withheld_few_areas,few_persons",
            },
            "sv",
            ("Värdet visas inte: för få områden.",),
        ),
        (
            {
                "value": NAN,
                "expected": NAN,
                "estimate": NAN,
                "low": NAN,
                "high": NAN,
                "caution": "withheld_few_persons,withheld_few_areas,near_chance",
            },
            "sv",
            ("Värdet visas inte: för få i gruppen och för få områden.",),
        ),
        (
            {
                "value": NAN,
                "expected": NAN,
                "estimate": NAN,
                "low": NAN,
                "high": NAN,
                "caution": "withheld_few_persons,withheld_few_areas",
            },
            "en",
            ("The value is withheld: too few in the group and too few areas.",),
        ),
    ],
)
def test_a_reading_says_value_chance_interval_and_care(
    row: dict[str, object], language: str, said: tuple[str, ...]
) -> None:
    assert wording.reading_sentences(row, index=PERCENT, language=language) == said


def test_less_than_chance_is_told_as_that() -> None:
    (adjusted,) = (index for index in INDICES if index.id == "adjusted_dissimilarity")
    row = dict.fromkeys(("expected", "estimate", "low", "high", "caution"))
    (said,) = wording.reading_sentences(row | {"value": -0.081}, index=adjusted, language="sv")
    assert said == (
        f"Gruppen bor jämnare fördelad än slumpen ensam skulle ge: 8,1{NB}% av vägen från slumpen"
        " till en helt jämn fördelning."
    )
    (said,) = wording.reading_sentences(row | {"value": 0.081}, index=adjusted, language="en")
    assert said == "With chance removed, 8.1% of the greatest possible unevenness remains."


def series(*values: float) -> pd.DataFrame:
    years = range(2022, 2022 + len(values))
    return pd.DataFrame(
        {
            "container_id": "0380",
            "division": ["2018" if year < 2024 else "2025" for year in years],
            "year": list(years),
            "value": values,
            "low": [value - 0.005 for value in values],
            "high": [value + 0.005 for value in values],
        }
    )


def test_a_trend_stays_inside_its_division() -> None:
    def said(year: int, *values: float, language: str = "sv") -> str:
        return wording.measure_trend(
            series(*values), index=PERCENT, year=year, where="Uppsala kommun", language=language
        )

    assert said(2023, 0.2, 0.22, 0.5) == (
        f"I Uppsala kommun har värdet ökat med 2,0{NB}procentenheter från 2022 till 2023."
    )
    assert said(2023, 0.22, 0.2, language="en") == (
        f"In Uppsala kommun the value has fallen by 2.0{NB}percentage points from 2022 to 2023."
    )
    assert said(2023, 0.2, 0.209) == (
        "I Uppsala kommun är skillnaden mellan 2022 och 2023 inom osäkerheten."
    )
    assert said(2024, 0.2, 0.22, 0.5) == ""


def test_a_ranking_is_never_without_its_caution() -> None:
    table = pd.DataFrame(
        {
            **{"rank": [1, 2, None], "container_id": ["a", "b", "c"], "value": [0.3, 0.2, NAN]},
            **{"rank_low": [1, NAN, NAN], "rank_high": [2, NAN, NAN]},
        }
    )
    for area in ("a", "c", "x"):
        said = wording.ranking_sentence(
            table, area=area, index=PERCENT, where="A kommun", language="sv"
        )
        assert "Jämför helst en plats med sig själv över tid" in said
        assert "1 visas inte." in said
    said = wording.ranking_sentence(table, area="b", index=PERCENT, where="b kommun", language="en")
    assert said.startswith("B kommun ranks 2 of 2, from the highest value down.")
    said = wording.ranking_sentence(table, area="a", index=PERCENT, where="A kommun", language="sv")
    assert said.startswith(
        "A kommun har plats 1 (1–2) av 2 när platserna ordnas från det högsta värdet."
    )


def test_the_largest_level_is_named() -> None:
    table = pd.DataFrame(
        {
            "outer": ["riket", "lan", "riket"],
            "level": ["lan", "kommun", "total"],
            "share": [0.3, 0.7, 1.0],
            "mutual_information": [0.03, 0.07, 0.1],
            "expected": [0.01] * 3,
        }
    )
    assert wording.levels_sentence(table, language="sv") == (
        f"Den största delen av segregationen, 70{NB}%, finns mellan kommunerna inom länen."
    )
    assert wording.levels_sentence(table, language="en") == (
        "Most of the segregation (70%) is between municipalities within counties."
    )
    even = wording.levels_sentence(table.assign(expected=0.2), language="sv")
    assert even.startswith("Fördelningen är så jämn som slumpen ensam skulle ge")


def test_a_change_says_pattern_and_sizes_apart() -> None:
    table = pd.DataFrame({"part": ["structural", "difference"], "value": [-0.002, 0.004]})
    assert wording.change_sentence(table, since=2018, year=2023, language="sv") == (
        "Från 2018 till 2023 ökade segregationen (M) med 0,0040. −0,0020 beror på ändrat"
        " boendemönster och +0,0060 på att grupper och områden har växt eller krympt."
    )


def test_groups_most_and_least_apart_are_named() -> None:
    table = pd.DataFrame(
        [("a", "b", 0.5), ("b", "a", 0.5), ("a", "c", 0.1), ("b", "c", 0.2)],
        columns=["group", "other", "value"],
    )
    names = {"a": "Sverige", "b": "EU", "c": "Världen"}
    assert wording.pairs_sentence(table, names=names, language="sv") == (
        f"Mest åtskilda bor Sverige och EU (50,0{NB}%), minst Sverige och Världen (10,0{NB}%)."
    )


def test_half_of_the_number_comes_from_few_areas() -> None:
    table = pd.DataFrame({"part": [0.2, 0.1, 0.1], "share": [0.5, 0.25, 0.25]})
    said = wording.drivers_sentence(table, n=3, units="regso", language="sv")
    assert said.startswith("1 av 3 RegSO står för minst hälften av värdet.")


def test_remarks_name_what_was_asked_and_what_is_shown() -> None:
    remarks = wording.measure_remarks(
        [
            Misunderstood("year", "2035", "2024", ("2024",), "not_offered"),
            Misunderstood("year", "2024, 2023", "2024", (), "repeated"),
            Misunderstood("yaer", "1", "", ("year",), "key"),
            Misunderstood("since", "2024", "2022", ("2022",), "other_division"),
        ],
        names={},
        language="sv",
    )
    assert remarks == (
        "Året ”2035” finns inte här; visar 2024.",
        "Länken har flera värden för year (2024, 2023); visar det första.",
        "Länken innehåller ”yaer”, som inte betyder något här. Menade du year?",
        "Startåret 2024 kan inte jämföras med slutåret; visar 2022. Områdenas gränser måste vara"
        " desamma.",
    )
