"""How far segregation reaches, in sentences that are true of their numbers."""

import pandas as pd
import pytest

from barometer import wording

NB = "\u00a0"
NAN = float("nan")


@pytest.mark.parametrize(
    ("metres", "sv", "en"),
    [
        ((0, 0, 800, 1_500, 2_440), "inom 800 m från sitt område", "within 800 m of their area"),
        ((0, 0, 0, 0, 2_440), "en tiondel måste minst 2,4 km", "a tenth must go at least 2.4 km"),
        ((0, 0, 0, 0, 0), "Minst nio av tio bor i ett område", "At least nine in ten live in an"),
        ((NAN,) * 5, "Avståndet går inte att räkna.", "The distance cannot be computed."),
    ],
)
def test_the_way_to_the_mix(metres: tuple[float, ...], sv: str, en: str) -> None:
    table = pd.DataFrame({"quantile": [0.1, 0.25, 0.5, 0.75, 0.9], "metres": metres})
    found = wording.mix_sentence(table, level="kommun", language="sv").replace(NB, " ")
    assert sv in found
    assert ("hela platsens blandning" in found) == (metres[0] == 0)
    assert en in wording.mix_sentence(table, level="lan", language="en").replace(NB, " ")
    assert "sin kommuns" in wording.mix_sentence(table, level="lan", language="sv") or sv[0] == "A"


def test_what_is_left_at_a_distance() -> None:
    table = pd.DataFrame({"metres": [500.0, 8_000.0], "macro_micro": [1.0, 0.25]})
    found = wording.distance_sentence(table, language="sv").replace(NB, " ")
    assert found == "När grannar på 8,0 km räknas med är segregationen 25 % av den på 500 m."
    nothing = table.assign(macro_micro=NAN)
    assert "differ too little" in wording.distance_sentence(nothing, language="en")


def test_the_group_and_level_of_most() -> None:
    table = pd.DataFrame(
        {
            "outer": ["place", "place", "regso", "regso"],
            "level": ["regso", "regso", "deso", "deso"],
            "group": ["a", "b", "a", "b"],
            "part": [0.01, 0.02, 0.05, 0.02],
            "share": [0.1, 0.2, 0.5, 0.2],
            "expected": 0.001,
        }
    )
    names = {"a": "barn", "b": "vuxna"}
    found = wording.joint_sentence(table, names=names, language="sv").replace(NB, " ")
    assert found == (
        "Den största delen, 50 % av M, beror på hur gruppen barn är fördelad mellan DeSO inom"
        " RegSO."
    )
    even = wording.joint_sentence(table.assign(expected=1.0), names=names, language="en")
    assert "as even as chance alone" in even
    empty = wording.joint_sentence(table.head(0), names=names, language="en")
    assert empty == "The split cannot be computed."


def test_scale_and_segregation_add_up_as_they_are_written() -> None:
    coarse = pd.Series({"value": 0.34951, "expected": 0.01, "corrected": 0.3449})
    fine = pd.Series({"value": 0.46249, "expected": 0.02, "corrected": 0.4501})
    found = wording.scale_sentence(coarse, fine, place="Stad", language="sv")
    assert found.startswith("Stad: 35,0 mellan RegSO och 46,2 mellan DeSO.")
    assert "skillnaden på 11,2 enheter är 10,5 åtskillnad inom RegSO och 0,7 slump" in found
    even = fine.mask(fine.index == "expected", 0.5)
    assert "as even" in wording.scale_sentence(coarse, even, place="Town", language="en")
    lacking = fine.mask(fine.index == "value")
    assert "cannot be" in wording.scale_sentence(coarse, lacking, place="Town", language="en")


@pytest.mark.parametrize(
    ("coarse", "fine", "said"),
    [  # D and D without chance; a part of the difference is never negative or more than all of it
        ((0.084, 0.081), (0.144, 0.144), "Hela skillnaden på 6,0 enheter är åtskillnad inom RegSO"),
        (
            (0.084, 0.081),
            (0.144, 0.080),
            "Hela skillnaden på 6,0 enheter är slump i mindre områden",
        ),
        ((0.216, 0.216), (0.216, 0.216), "Stad: 21,6 både mellan RegSO och mellan DeSO."),
        ((0.008, 0.0), (0.144, 0.140), "Stad: så jämnt mellan RegSO som slumpen ensam skulle ge."),
    ],
)
def test_no_part_of_a_difference_is_more_than_all_of_it(
    coarse: tuple[float, float], fine: tuple[float, float], said: str
) -> None:
    sides = [
        pd.Series({"value": value, "expected": 0.01, "corrected": corrected})
        for value, corrected in (coarse, fine)
    ]
    found = wording.scale_sentence(*sides, place="Stad", language="sv")
    assert said in found
    assert "−" not in found
