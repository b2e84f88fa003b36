"""Whole sentences of a follow-up, of actors, and of what a value is made of."""

from dataclasses import dataclass, replace

import pandas as pd
import pytest

from barometer import wording
from barometer.divisions import Level
from barometer.evaluation import Withheld
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
    unlike: float = 0.012
    weak: bool = False
    around: tuple[str, ...] = ()
    around_effect: float | None = None

    @property
    def excludes_zero(self) -> bool:
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
        f"Andelen i Gottsunda var 2019–2023 i genomsnitt 1,8{NB}procentenheter lägre än den hade"
        f" varit med samma utveckling som i jämförelseområdena (90{NB}% intervall från"
        " placeboområden: −3,0 till −0,4 procentenheter)."
    )
    rise = replace(FALL, effect=0.018, low=0.004, high=0.03, years=tuple(range(2011, 2020)))
    assert wording.effect_sentence(rise, where="Gottsunda", language="en") == (
        f"In 2019 the share in Gottsunda was 1.8{NB}percentage points higher than it would have"
        " been had it moved like the comparison areas (90% interval from placebo areas: +0.4 to"
        " +3.0 percentage points)."
    )


def test_no_difference_is_the_same() -> None:
    none = replace(FALL, effect=0.0002, low=-0.01, high=0.01, years=tuple(range(2011, 2020)))
    assert wording.effect_sentence(none, where="Gottsunda", language="sv") == (
        "Andelen i Gottsunda var 2019 lika stor som den hade varit med samma utveckling som i"
        f" jämförelseområdena (90{NB}% intervall från placeboområden: −1,0 till +1,0"
        " procentenheter)."
    )
    several = replace(none, years=FALL.years)
    assert "was, on average, the same as it would have been" in wording.effect_sentence(
        several, where="Gottsunda", language="en"
    )


def test_the_verdict_follows_the_interval() -> None:
    assert wording.verdict_sentence(FALL, language="sv") == (
        "Intervallet innehåller inte noll: skillnaden är större än vad som är vanligt utan insats."
        " Det visar inte vad den beror på. 1 av 80 placebogrupper, där ingen insats är vald, har"
        " en minst lika stor skillnad."
    )
    assert wording.verdict_sentence(FALL, language="en").endswith(
        "1 of 80 placebo groups, where no initiative was chosen, has a difference at least as"
        " large."
    )
    unsure = replace(FALL, high=0.01, n_as_large=30)
    assert wording.verdict_sentence(unsure, language="en") == (
        "No clear difference: the interval includes zero. Differences this large are common"
        " without any initiative. That does not mean that the initiative has no effect. 30 of"
        " 80 placebo groups, where no initiative was chosen, have a difference at least as large."
    )


def test_the_fit_is_told_and_a_poor_one_warned_of() -> None:
    assert wording.fit_sentence(FALL, language="sv") == (
        "Före 2019 avviker jämförelsens utveckling 0,20 procentenheter från de valdas (RMSE, roten"
        " ur medelkvadraten); hos placebogrupperna är 0,31 vanligt."
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
    [
        (0.012, "below the chosen ones. In the chart their line is raised"),
        (-0.012, "above the chosen ones. In the chart their line is lowered"),
        (0.0001, ""),
    ],
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
    assert wording.evaluation_title(nothing, indicator="", where="") == "Evaluate an initiative"


def test_the_comparison_is_made_of_areas() -> None:
    said = wording.donors_sentence(26, "Åkerbacken", 0.336, level="regso", language="sv")
    assert said == f"Jämförelsen är ett vägt medel av 26 RegSO. Mest väger Åkerbacken, 34{NB}%."


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a follow-up has no answer."""

    reason: str
    n_available: int = 2
    needed: int = 4
    apart: float = 0.133


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (
            "few_before",
            "Only 2 years before 2019 can be compared (RegSO 2020, 2011–2023); at least 4",
        ),
        ("none_after", "There is no year from 2019 on."),
        ("missing", "A and B have no figure for at least one of the years 2011–2023"),
        ("few_donors", "Only 2 areas that the initiative cannot have reached have figures"),
        ("few_placebos", "Only 2 other groups are like the chosen areas; at least 4"),
        ("many_chosen", "At most 4 areas can be followed together; 2 are chosen."),
        (
            "nothing_alike",
            f"No areas are like the chosen ones: the nearest were on average 13.3{NB}",
        ),
    ],
)
def test_why_there_is_no_answer(reason: str, told: str) -> None:
    said = wording.withheld_sentence(
        Refused(reason),
        labels=["A", "B"],
        effort=replace(EFFORT, language="en"),
        years=FALL.years,
        longest=13,
    )
    assert said.startswith(told)


def test_too_few_others_alike_are_met_with_what_can_be_chosen() -> None:
    def said(labels: list[str], level: Level) -> str:
        return wording.withheld_sentence(
            Refused("few_placebos"),
            labels=labels,
            effort=replace(EFFORT, level=level),
            years=FALL.years,
            longest=13,
        )

    assert said(["A", "B"], "regso").endswith("Välj färre områden i samma kommun.")
    assert said(["A", "B"], "kommun").endswith("Välj färre kommuner.")
    assert said(["A"], "deso").endswith("Byt indikator, nivå eller startår.")


def test_a_start_that_cannot_be_chosen_is_not_advised() -> None:
    def said(years: tuple[int, ...], longest: int = 13) -> str:
        return wording.withheld_sentence(
            Refused("few_before", n_available=1),
            labels=[],
            effort=EFFORT,
            years=years,
            longest=longest,
        )

    assert "Välj 2022 eller senare som startår" in said(tuple(range(2018, 2024)))
    assert "Serien är för kort" in said((2020, 2021, 2022, 2023))
    assert said((2020, 2021), longest=4).endswith("så många år i den här dataversionen.")


def test_a_comparison_that_is_unlike_is_weak() -> None:
    assert wording.weak_sentence(FALL, language="sv") == ""
    weak = wording.weak_sentence(replace(FALL, weak=True, unlike=0.062), language="sv")
    assert weak.startswith("Jämförelsen är svag: före start låg de valda i genomsnitt 6,2")


def test_the_areas_around_are_told_of_without_a_cause() -> None:
    assert wording.around_sentence(FALL, level="regso", language="sv") == ""
    near = replace(FALL, around=("a", "b", "c"), around_effect=0.004)
    assert wording.around_sentence(near, level="regso", language="sv") == (
        f"Runt omkring, i 3 RegSO, var andelen från 2019 i genomsnitt 0,4{NB}procentenheter högre"
        " än den hade varit med samma utveckling som i deras jämförelseområden. Det kan vara"
        " spridning från de valda eller slump; här finns inget intervall."
    )


@pytest.mark.parametrize(
    ("about", "told"),
    [
        (Misunderstood("indikator", "x", "", ("indicator",), "key"), "Menade du indicator?"),
        (Misunderstood("start", "1, 2", "1", (), "repeated"), "flera värden för start (1, 2)"),
        (Misunderstood("start", "1999", "2012", (), "not_offered"), "Startåret ”1999” finns inte"),
        (Misunderstood("indicator", "x", "y", (), "unknown"), "visar Arbetslösa."),
        (Misunderstood("areas", "9", "", (), "unknown"), "Området ”9” finns inte och är inte med."),
        (Misunderstood("areas", "9", "", (), "too_many"), "är fler än de 12 som kan följas upp"),
        (
            Misunderstood("areas", "8, 9", "", (), "too_many"),
            "Områdena ”8, 9” är fler än de 12 som kan följas upp tillsammans och är inte med.",
        ),
        (Misunderstood("areas", "9", "", (), "other_division"), "hör till en annan indelning"),
        (Misunderstood("areas", "9", "", (), "not_offered"), "hör till en annan nivå"),
    ],
)
def test_what_was_not_understood_of_the_address(about: Misunderstood, told: str) -> None:
    (said,) = wording.evaluation_remarks([about], effort=EFFORT, indicator="Arbetslösa")
    assert told in said


def test_an_actor_shares_most_with_all_that_tie() -> None:
    partners = [("Polis", 3), ("Skola", 3), ("Region", 1)]
    assert wording.lens_sentence(n=5, partners=partners, language="sv") == (
        "5 indikatorer rör uppdraget. Flest, 3, delas med polis och skola."
    )
    alone = wording.lens_sentence(n=1, partners=[("Polis", 0)], language="en")
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
    assert said == "Kommun och polis har flest indikatorer gemensamt: 4."
    common = wording.common_sentence(["Arbetslösa", "Områdestyp"], n=8, language="en")
    assert common == "What concerns most actors, 8 of them, is arbetslösa and områdestyp."


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
    assert f"segregationen 50{NB}% av den" in wording.profile_sentence(table, language="sv")
    small = wording.profile_sentence(table.assign(persons=9_000.0), language="en")
    assert small == "The place is too small to compare neighbourhoods of different size."


def test_what_drives_a_value_of_several_groups_is_the_mix() -> None:
    table = pd.DataFrame({"part": [0.6, 0.4], "share": [0.6, 0.4]})
    said = wording.drivers_sentence(table, n=2, units="deso", language="sv", n_groups=3)
    assert said == (
        "1 av 2 DeSO står för minst hälften av värdet. Tabellen visar de 2 största bidragen, där"
        " blandningen av grupper skiljer sig mest från hela platsens."
    )


def test_a_group_of_whole_per_cents_is_told_by_its_bounds() -> None:
    row = {"n_units": 37, "n_excluded": 0, "population": 59_246.0, "group_population": 6_901.59}
    row["coverage"] = 1.0
    said = wording.base_sentence(row, units="deso", language="sv", bounds=(6605.0, 7198.0))
    assert said.replace("\u00a0", " ").startswith(
        "Underlag: 37 DeSO med 59 246 personer, varav mellan 6 605 och 7 198 i gruppen"
    )
    assert "6 902" not in said.replace("\u00a0", " ")


def test_no_year_is_never_the_year_0() -> None:
    nowhere = replace(EFFORT, start=0)
    withheld = Withheld("few_before", n_available=0, needed=4)
    said = wording.withheld_sentence(withheld, labels=["A"], effort=nowhere, years=(), longest=4)
    assert said.startswith("Indikatorn har inga år att jämföra för ")
    assert "0" not in wording.evaluation_title(nowhere, indicator="Arbetslösa", where="A")
