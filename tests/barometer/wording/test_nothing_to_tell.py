"""What is said where there is nothing to compare, or nothing has moved."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from barometer import wording
from barometer.catalogue import load_catalogue
from barometer.selection import Selection

CATALOGUE = load_catalogue()
NAN = float("nan")


@dataclass(frozen=True)
class Said:
    unit: str = "percent"
    decimals: int = 1
    falls: bool = False


def test_groups_that_cannot_be_compared() -> None:
    same = pd.DataFrame({"group": ["a"], "other": ["a"], "value": [0.0]})
    unknown = pd.DataFrame({"group": ["a"], "other": ["b"], "value": [NAN]})
    for table in (same, unknown):
        said = wording.pairs_sentence(table, names={}, language="sv")
        assert said == "Inga grupper kan jämföras."
    assert wording.pairs_sentence(same, names={}, language="en") == "No groups can be compared."


def test_a_profile_that_cannot_be_computed() -> None:
    table = pd.DataFrame({"residents": [100, 1_600], "macro_micro": [NAN, NAN]})
    said = wording.profile_sentence(table, language="en")
    assert said == "The neighbourhoods differ too little for sizes to be compared."


@pytest.mark.parametrize("parts", [[], [0.0, 0.0]])
def test_areas_that_drive_nothing(parts: list[float]) -> None:
    table = pd.DataFrame({"part": parts, "share": parts})
    said = wording.drivers_sentence(table, n=2, units="deso", language="sv")
    assert said == "Inga områden kan jämföras."


def test_a_place_with_one_year_has_no_trend_and_one_that_stands_still_says_so() -> None:
    years = pd.DataFrame(
        {"year": [2021, 2022, 2023], "value": [0.2, 0.3, 0.2], "division": "2018"}
    ).assign(low=NAN, high=NAN)

    def trend(series: pd.DataFrame) -> str:
        return wording.measure_trend(
            series, index=Said(), year=2023, where="Lekeberg", language="sv"
        )

    assert trend(years.tail(1)) == ""
    assert trend(years.assign(value=[NAN, NAN, 0.2])) == ""
    assert trend(years) == "I Lekeberg är värdet 2023 detsamma som 2021."


def test_a_ranking_where_every_value_is_withheld() -> None:
    table = pd.DataFrame({"container_id": ["0180"], "value": [NAN], "rank": [NAN]})
    said = wording.ranking_sentence(
        table, area="0180", index=Said(), where="Stockholm", language="sv"
    )
    assert said == "Inget värde kan visas."


def test_a_place_without_a_value_is_told_why() -> None:
    row = dict.fromkeys(("value", "expected", "estimate", "low", "high", "caution"))
    assert wording.reading_sentences(row, index=Said(), language="sv") == (
        "Det finns inget värde: måttet går inte att räkna ut.",
    )


def test_a_ranking_that_leaves_out_none_or_others_does_not_name_the_place() -> None:
    table = pd.DataFrame({"container_id": ["a", "b"], "value": [0.1, 0.2], "caution": None})

    def said(ranking: pd.DataFrame) -> str:
        return wording.left_out_sentence(ranking, area="a", where="A", language="en")

    assert said(table) == ""
    assert said(table.assign(value=[0.1, NAN])).startswith("1 of 2 places is left out: ")
    assert "A is left out" not in said(table.assign(value=[0.1, NAN]))


def test_a_map_without_figures_says_so() -> None:
    one = Selection("foreign_background", "deso", 2023, layer="local_entropy")
    other = Selection("employed", "deso", 2023, language="en")
    scale = wording.scale_of(one, catalogue=CATALOGUE, n_areas=0)
    nothing = wording.MapSentenceInput(one, CATALOGUE, {}, np.array([]), scale)
    said = wording.measure_of_areas_sentence(nothing, strongest=np.array([], bool))
    assert said == "Det finns inga uppgifter att visa."
    said = wording.crossed_sentence((0,) * 9, one=other, other=one, catalogue=CATALOGUE)
    assert said == "There are no figures to show."
