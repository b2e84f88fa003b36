"""What the area-type page and the lab say where there is little to say, and of addresses."""

import math

import pandas as pd
import pytest

from barometer.catalogue import Text, load_catalogue
from barometer.selection.address import Misunderstood
from barometer.selection.area_types import TypeView
from barometer.wording import percent
from barometer.wording.area_types import (
    agreement_sentence,
    approximation_sentence,
    by_type_sentence,
    moves_sentence,
    shares_sentence,
)
from barometer.wording.labs import (
    bar_sentence,
    dot_sentence,
    lab_title,
    line_sentence,
    scatter_sentence,
)
from barometer.wording.page_remarks import address_remarks

NB = "\u00a0"
INDICATORS = load_catalogue().indicators
CHILDREN, EMPLOYED = INDICATORS["low_standard_children"], INDICATORS["employed"]
VIEW = TypeView("0380", 2023, 2023, "low_standard_children")
NOTHING = pd.DataFrame(
    columns=["area_id", "background", "label", "year", "value", "type", "n_areas", "resident_share"]
)


def values(*found: float, year: int = 2023) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "area_id": [f"{n:04}" for n in range(len(found))],
            "background": "all",
            "label": [f"Plats {n}" for n in range(len(found))],
            "year": year,
            "value": list(found),
        }
    )


def test_a_share_that_is_not_known_is_a_dash() -> None:
    assert percent(4.84, language="sv") == f"4,8{NB}%"
    assert percent(math.nan, language="en") == "–"


def test_types_without_figures_are_not_told() -> None:
    assert shares_sentence(NOTHING, VIEW, where="Uppsala kommun") == ""
    moves = pd.DataFrame(columns=["from_type", "to_type", "n_areas"])
    assert moves_sentence(moves, VIEW) == ""
    assert by_type_sentence(NOTHING, VIEW, indicator=CHILDREN, where="x") == ""
    assert agreement_sentence(math.nan, 0, year=2023, language="sv").startswith(
        "Typen kan inte räknas om här"
    )


def test_an_approximation_is_told_beside_scb_s_types() -> None:
    assert approximation_sentence(math.nan, 0, year=2023, language="sv") == ""
    assert approximation_sentence(0.924, 1_850, year=2024, language="sv") == (
        f"I de 1{NB}850 RegSO som består av ett enda DeSO är närmevärdet detsamma som SCB:s typ i"
        f" 92,4{NB}% 2024."
    )


def test_one_year_alone_is_compared_with_none() -> None:
    own = pd.DataFrame({"year": [2023], "type": [2], "n_areas": [3], "resident_share": [100.0]})
    assert shares_sentence(own, VIEW, where="Uppsala kommun") == (
        f"År 2023 bodde 100,0{NB}% av invånarna i Uppsala kommun i områden av typ 1 eller 2, det"
        " vill säga med socioekonomiska utmaningar. Det var 3 av 3 RegSO."
    )


def test_a_place_with_one_type_is_told_so() -> None:
    own = pd.DataFrame({"year": [2023, 2023], "type": [0, 4], "value": [12.0, 12.0]})
    assert by_type_sentence(own, VIEW, indicator=CHILDREN, where="Uppsala kommun") == (
        f"Låg ekonomisk standard, barn 0–19 år 2023: 12{NB}% i Uppsala kommun, där alla områden"
        " är av typ 4."
    )


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        (
            Misunderstood("yaer", "2020", "", ("year",), "key"),
            "Länken innehåller ”yaer”, som inte betyder något här. Menade du year?",
        ),
        (
            Misunderstood("year", "2020, 2021", "2020", (), "repeated"),
            "Länken har flera värden för year (2020, 2021); visar det första.",
        ),
        (
            Misunderstood("areas", "150", "100", (), "too_many"),
            "Områden: 150 är fler än 100; visar de 100 första.",
        ),
        (
            Misunderstood("areas", "mars", "", ()),
            "Områden: ”mars” finns inte här och är borttaget.",
        ),
        (Misunderstood("areas", "x", "00", ()), "Områden: ”x” finns inte här; visar riket."),
    ],
)
def test_an_address_is_remarked_on(about: Misunderstood, sentence: str) -> None:
    fields = {"areas": Text("Områden", "Areas")}
    assert address_remarks([about], fields=fields, names={"00": "riket"}, language="sv") == (
        sentence,
    )


def test_many_indicators_are_counted_in_a_title() -> None:
    assert lab_title(["a", "b", "c", "d"], ["alla län"], (), language="sv") == (
        "4 indikatorer: alla län"
    )
    assert lab_title(["a", "b"], ["x"], (2023, 2024), language="en") == "a and b: x, 2023–2024"


def test_charts_without_values_are_not_told() -> None:
    missing = values(math.nan, math.nan)
    assert line_sentence(values(1.0), indicator=CHILDREN, language="sv") == ""
    assert bar_sentence(missing, indicator=CHILDREN, year=2023, language="sv") == ""
    assert dot_sentence(missing, indicator=CHILDREN, year=2023, language="sv") == ""
    points = pd.DataFrame({"x": [1.0, 1.0, 1.0], "y": [1.0, 2.0, 3.0]})
    assert scatter_sentence(points, x=CHILDREN, y=EMPLOYED, year=2023, language="sv") == ""


def test_a_single_bar_is_told_by_itself() -> None:
    assert bar_sentence(values(12.0), indicator=CHILDREN, year=2023, language="sv") == (
        f"Låg ekonomisk standard, barn 0–19 år 2023, Plats 0: 12{NB}%."
    )


@pytest.mark.parametrize(
    ("y", "told"),
    [
        ([3.0, 2.0, 1.0], "där den ena är hög är den andra ofta låg"),
        ([1.0, 2.0, 3.0], "ett högt värde också för den andra"),
        ([1.0, 3.0, 1.0], "de samvarierar knappast"),
    ],
)
def test_a_relation_is_told_in_words(y: list[float], told: str) -> None:
    points = pd.DataFrame({"x": [1.0, 2.0, 3.0], "y": y})
    sentence = scatter_sentence(points, x=CHILDREN, y=EMPLOYED, year=2023, language="sv")
    assert sentence.endswith(f"{told}.")
