"""What is said of a place: against its kommun, län and riket, among its like, and over time."""

from typing import Any, Final

import pandas as pd

from barometer.catalogue import Indicator, Text
from barometer.divisions import Language, division_label
from barometer.wording.maps import subject
from barometer.wording.numbers import (
    capitalised,
    category,
    difference,
    uncapitalised,
    value,
    year_list,
)


def series_sentence(series: pd.DataFrame, *, indicator: Indicator, language: Language) -> str:
    """How the area's value has moved within its division (`queries.area_series`)."""
    own = series[(series["role"] == "area") & series["value"].notna()]
    other = series[(series["role"] == "counterpart") & series["value"].notna()]
    if own.empty:
        return Text("Det finns inga uppgifter över tid.", "There are no figures over time.")[
            language
        ]
    rows = list(own.itertuples())
    moved = (
        _single_year_sentence(rows[0], language)
        if len(rows) == 1
        else _move_sentence(rows[0], rows[-1], indicator, language)
    )
    carried = series[(series["role"] == "carried") & series["value"].notna()]
    said = (moved, _carried_sentence(carried, language), _other_division_sentence(other, language))
    return " ".join(filter(None, said))


def _move_sentence(first: Any, last: Any, indicator: Indicator, language: Language) -> str:
    if indicator.categories:
        before, after = (_typed(row.value, indicator, language) for row in (first, last))
        name = indicator.name[language]
        return Text(
            f"{name}: {before} år {first.year}, {after} år {last.year}.",
            f"{name}: {before} in {first.year}, {after} in {last.year}.",
        )[language]
    what = subject(indicator, language=language) or Text("värdet", "the value")[language]
    before, after = (
        value(row.value, indicator=indicator, language=language) for row in (first, last)
    )
    if before == after:
        same = "densamma" if indicator.group else "detsamma"
        return Text(
            f"{capitalised(what)} var {same} {first.year} och {last.year}: {after}.",
            f"{capitalised(what)} was the same in {first.year} and {last.year}: {after}.",
        )[language]
    rose = last.value > first.value
    sv, en = ("ökade", "rose") if rose else ("minskade", "fell")
    apart = difference(first.value, last.value, indicator=indicator, language=language)
    return Text(
        f"Mellan {first.year} och {last.year} {sv} {what} från {before} till {after}, med {apart}.",
        f"Between {first.year} and {last.year} {what} {en} from {before} to {after}, by {apart}.",
    )[language]


def _single_year_sentence(row: Any, language: Language) -> str:
    label = "" if row.division == "admin" else division_label(row.level, row.division)
    sv, en = (f", i {label}", f", in {label}") if label else ("", "")
    return Text(
        f"Det finns uppgift för ett enda år, {row.year}{sv}: ingen utveckling kan visas.",
        f"There is a figure for one year only, {row.year}{en}: no trend can be shown.",
    )[language]


_QUALITIES: Final = {
    "exact": Text("Området är oförändrat", "The area is unchanged"),
    "merged": Text("Området består av flera hela gamla områden", "It consists of whole old areas"),
    "split": Text(
        "Området är en del av ett gammalt, så de är ungefärliga",
        "The area is part of an old one, so they are approximate",
    ),
    "border_change": Text(
        "Området fick ny gräns, så de är ungefärliga",
        "The area got a new boundary, so they are approximate",
    ),
}


def _carried_sentence(carried: pd.DataFrame, language: Language) -> str:
    """That the years before the division are recalculated, and how sure that is."""
    if carried.empty:
        return ""
    first: Any = next(carried.itertuples())
    years = year_list([int(year) for year in carried["year"]])
    why = _QUALITIES[first.quality]
    return Text(
        f"Värdena för {years} är omräknade till 2025 års gränser efter var invånarna bor."
        f" {why.sv}.",
        f"The values of {years} are recalculated to the boundaries of 2025 by where residents live."
        f" {why.en}.",
    )[language]


def _other_division_sentence(other: pd.DataFrame, language: Language) -> str:
    """That the years of the other division are another area's, drawn apart."""
    if other.empty:
        return ""
    first: Any = next(other.itertuples())
    label = division_label(first.level, first.division)
    years = year_list([int(year) for year in other["year"]])
    return Text(
        f"Koden finns också i {label} ({years}), men gränsen kan ha ändrats. Åren jämförs därför"
        " inte.",
        f"The code is also in {label} ({years}), but the boundary may have changed. The years are"
        " therefore not compared.",
    )[language]


def _typed(amount: float, indicator: Indicator, language: Language) -> str:
    """A class inside a sentence: "typ 2 (områden med socioekonomiska utmaningar)"."""
    named = category(amount, indicator=indicator, language=language).partition(" ")[2]
    noun = Text("typ", "type")[language]
    return f"{noun} {int(amount)}" + (f" ({uncapitalised(named)})" if named else "")
