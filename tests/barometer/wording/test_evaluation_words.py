"""Whole sentences of a follow-up, of actors, and of what a value is made of."""

from dataclasses import dataclass, replace

import pandas as pd
import pytest

from barometer import wording
from barometer.selection import Effort, Misunderstood

NB = "\u00a0"


@dataclass(frozen=True, slots=True)
class Found:
    """A follow-up with plain numbers."""

    years: tuple[int, ...] = tuple(range(2011, 2024))
    start: int = 2019
    effect: float = -0.018
    low: float = -0.03
    high: float = -0.004
    level_apart: float = 0.012
    misfit: float = 0.002
    usual_misfit: float = 0.0031
    fits_worse: float = 0.4
    n_placebos: int = 80
    n_as_large: int = 1

    @property
    def seen(self) -> bool:
        return self.low > 0 or self.high < 0


FALL = Found()
EFFORT = Effort("low_standard_children", "regso", "2018", ("0380R001",), 2019)


def test_differences_are_in_percentage_points() -> None:
    assert wording.points(-0.0184, language="sv") == f"1,8{NB}procentenheter"
    assert wording.points(0.01, language="sv") == f"1,0{NB}procentenhet"
    assert wording.points(0.01, language="en") == f"1.0{NB}percentage point"
    said = [wording.signed_points(v, language="sv") for v in (0.012, -0.012, -0.0001)]
    assert said == ["+1,2", "−1,2", "0,0"]


def test_a_fall_is_told_with_its_interval() -> None:
    assert wording.effect_sentence(FALL, where="Gottsunda", language="sv") == (
        f"Andelen i Gottsunda är från 2019 till 2023 i snitt 1,8{NB}procentenheter lägre än om den"
        f" hade följt jämförelseområdena (90{NB}% intervall från placeboområden: −3,0 till −0,4"
        " procentenheter)."
    )
    rise = replace(FALL, effect=0.018, low=0.004, high=0.03, years=tuple(range(2011, 2020)))
    assert wording.effect_sentence(rise, where="Gottsunda", language="en") == (
        f"The share in Gottsunda is in 2019 on average 1.8{NB}percentage points higher than had it"
        " followed the comparison areas (90% interval from placebo areas: +0.4 to +3.0 percentage"
        " points)."
    )


def test_no_difference_is_the_same() -> None:
    none = replace(FALL, effect=0.0002, low=-0.01, high=0.01, years=tuple(range(2011, 2020)))
    assert wording.effect_sentence(none, where="Gottsunda", language="sv") == (
        "Andelen i Gottsunda är 2019 i snitt densamma som om den hade följt jämförelseområdena"
        f" (90{NB}% intervall från placeboområden: −1,0 till +1,0 procentenheter)."
    )
    assert "is in 2019 on average the same as" in wording.effect_sentence(
        none, where="Gottsunda", language="en"
    )


def test_the_verdict_follows_the_interval() -> None:
    assert wording.verdict_sentence(FALL, language="sv") == (
        "Intervallet rymmer inte noll: så stor skillnad är ovanlig utan att något särskilt har"
        " hänt. 1 av 80 placebogrupper, där ingen insats är vald, har en minst lika stor skillnad."
    )
    assert wording.verdict_sentence(FALL, language="en").endswith(
        "1 of 80 placebo groups, where no effort was chosen, has a difference at least as large."
    )
    unsure = replace(FALL, high=0.01, n_as_large=30)
    assert wording.verdict_sentence(unsure, language="en") == (
        "The interval holds zero: the difference cannot be told from what arises without an"
        " effort. That does not mean that the effort has no effect. 30 of 80 placebo groups, where"
        " no effort was chosen, have a difference at least as large."
    )


def test_the_fit_is_told_and_a_poor_one_warned_of() -> None:
    assert wording.fit_sentence(FALL, language="sv") == (
        f"Före 2019 skiljer det 0,2{NB}procentenheter mellan de valda och jämförelsen (medelfel,"
        f" RMSE). För placebogrupperna är 0,3{NB}procentenheter det vanliga."
    )
    assert wording.poor_fit_sentence(FALL, language="sv") == ""
    poor = replace(FALL, fits_worse=0.95)
    assert wording.poor_fit_sentence(poor, language="sv").startswith(
        f"Jämförelsen passar sämre än för 95{NB}% av placebogrupperna redan före start."
    )
    assert "worse than for 95% of the placebo groups" in wording.poor_fit_sentence(
        poor, language="en"
    )


@pytest.mark.parametrize(
    ("apart", "told"),
    [(0.012, "below the chosen areas"), (-0.012, "above the chosen areas"), (0.0001, "")],
)
def test_the_comparison_is_moved_and_it_is_said_how_far(apart: float, told: str) -> None:
    said = wording.level_apart_sentence(replace(FALL, level_apart=apart), language="en")
    assert told in said
    assert bool(said) is bool(told)


def test_areas_are_named_while_they_are_few() -> None:
    assert wording.chosen_areas(["A", "B"], level="regso", language="sv") == "A och B"
    many = wording.chosen_areas(["A"] * 4, level="kommun", language="sv")
    assert many == "de 4 valda kommuner"
    title = wording.evaluation_title(EFFORT, indicator="Arbetslösa", where="A")
    assert title == "Arbetslösa i A före och från 2019"
    nothing = replace(EFFORT, areas=(), language="en")
    assert wording.evaluation_title(nothing, indicator="", where="") == "Follow up an effort"


def test_the_comparison_is_made_of_areas() -> None:
    said = wording.donors_sentence(26, "Åkerbacken", 0.336, level="regso", language="sv")
    assert said == f"Jämförelsen är ett vägt medel av 26 RegSO. Mest väger Åkerbacken, 34{NB}%."


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("few_before", "There are 2 years before 2019 (RegSO 2020, 2011–2023); at least four"),
        ("none_after", "There is no year from 2019 on."),
        ("missing", "A and B lacks a figure for some of the years 2011–2023"),
        ("few_donors", "Only 2 areas outside the municipality"),
        ("few_placebos", "Only 2 other groups are like the chosen areas; at least 39"),
        ("many_chosen", "2 areas are too many. Choose fewer."),
    ],
)
def test_why_there_is_no_answer(reason: str, told: str) -> None:
    said = wording.withheld_sentence(
        reason,
        n=2,
        labels=["A", "B"],
        effort=replace(EFFORT, language="en"),
        years=FALL.years,
    )
    assert said.startswith(told)


@pytest.mark.parametrize(
    ("about", "told"),
    [
        (Misunderstood("indikator", "x", "", ("indicator",), "key"), "Menade du indicator?"),
        (Misunderstood("start", "1, 2", "1", (), "repeated"), "flera värden för start (1, 2)"),
        (Misunderstood("start", "1999", "2012", (), "not_offered"), "Startåret ”1999” finns inte"),
        (Misunderstood("indicator", "x", "y", (), "unknown"), "visar Arbetslösa."),
        (Misunderstood("areas", "9", "", (), "unknown"), "Området ”9” finns inte och är inte med."),
        (Misunderstood("areas", "9", "", (), "repeated"), "är ett för mycket"),
        (Misunderstood("areas", "9", "", (), "other_division"), "hör till en annan indelning"),
        (Misunderstood("areas", "9", "", (), "not_offered"), "hör till en annan nivå"),
    ],
)
def test_what_was_not_understood_of_the_address(about: Misunderstood, told: str) -> None:
    (said,) = wording.evaluation_remarks([about], effort=EFFORT, indicator="Arbetslösa")
    assert told in said


def test_an_actor_shares_most_with_all_that_tie() -> None:
    partners = [("Polis", 3), ("Skola", 3), ("Region", 1)]
    assert wording.lens_sentence("Kommun", n=5, partners=partners, language="sv") == (
        "5 indikatorer rör uppdraget. Flest, 3, delar kommun med polis och skola."
    )
    alone = wording.lens_sentence("Kommun", n=1, partners=[("Polis", 0)], language="en")
    assert alone == "1 indicator bears on the task."


def test_the_two_that_share_most_are_named() -> None:
    table = pd.DataFrame(
        {
            "actor_id": ["a", "b", "a"],
            "actor": ["Kommun", "Polis", "Kommun"],
            "other_id": ["b", "a", "a"],
            "other": ["Polis", "Kommun", "Kommun"],
            "n_shared": [4, 4, 9],
        }
    )
    said = wording.sharing_sentence(table, language="sv")
    assert said == "Mest gemensamt har kommun och polis: 4 indikatorer."
    common = wording.common_sentence(["Arbetslösa", "Områdestyp"], n=8, language="en")
    assert common == "What concerns most, 8 of the actors, is arbetslösa and områdestyp."


@pytest.mark.parametrize(
    ("about", "told"),
    [
        (Misunderstood("aktor", "x", "", ("actor",), "key"), "Did you mean actor?"),
        (Misunderstood("actor", "a, b", "a", (), "repeated"), "several values for actor (a, b)"),
        (
            Misunderstood("actor", "x", "kommun", (), "unknown"),
            "“x” is not available here; showing",
        ),
        (Misunderstood("lang", "de", "sv", (), "unknown"), "showing sv."),
    ],
)
def test_what_was_not_understood_of_a_lens(about: Misunderstood, told: str) -> None:
    (said,) = wording.lens_remarks([about], used="Municipality", language="en")
    assert told in said


def test_what_a_value_is_made_of() -> None:
    row = {
        "n_units": 57,
        "n_excluded": 0,
        "population": 52_091.0,
        "group_population": 7_796.0,
        "coverage": 1.0,
    }
    assert wording.base_sentence(row, units="regso", language="sv") == (
        f"Underlag: 57 RegSO med 52{NB}091 personer, varav 7{NB}796 i gruppen. Inget område är"
        " utelämnat."
    )
    several = row | {"n_excluded": 2, "coverage": 0.975, "group_population": None}
    assert wording.base_sentence(several, units="deso", language="sv") == (
        f"Underlag: 57 DeSO med 52{NB}091 personer. 2 områden saknar uppgift och är utelämnade;"
        f" resten täcker 97,5{NB}% av befolkningen."
    )
    one = row | {"n_excluded": 1, "coverage": 0.99}
    assert wording.base_sentence(one, units="regso", language="en").endswith(
        "1 area lacks figures and is left out; the rest covers 99.0% of the population."
    )


def test_neighbourhoods_larger_than_a_quarter_of_the_place_say_nothing() -> None:
    table = pd.DataFrame(
        {"residents": [3_200, 6_400, 12_800], "persons": 30_000.0, "macro_micro": [1, 0.5, -1]}
    )
    assert wording.usable_profile(table)["residents"].tolist() == [3_200, 6_400]
    assert f"finns 50{NB}% kvar" in wording.profile_sentence(table, language="sv")
    small = wording.profile_sentence(table.assign(persons=9_000.0), language="en")
    assert small == "The place is too small to compare neighbourhoods of different size."


def test_what_drives_a_value_of_several_groups_is_the_mix() -> None:
    table = pd.DataFrame({"part": [0.6, 0.4], "share": [0.6, 0.4]})
    said = wording.drivers_sentence(table, n=2, units="deso", language="sv", n_groups=3)
    assert said == (
        "Hälften av värdet kommer från 1 av 2 DeSO. Tabellen visar de 2 som bidrar mest, där"
        " blandningen av grupper skiljer sig mest från hela platsens."
    )
