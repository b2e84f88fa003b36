"""What is said of a place: against its kommun, län and riket, among its like, and over time."""

from collections.abc import Iterable
from typing import Any, Final

import pandas as pd

from barometer.catalogue import Indicator, Text
from barometer.divisions import Language, Level, division_label
from barometer.wording.maps import subject
from barometer.wording.names import level_noun, missing_reason, place
from barometer.wording.numbers import (
    capitalised,
    category,
    difference,
    enumerated,
    is_known,
    number,
    stated_change,
    uncapitalised,
    value,
    year_list,
)

_CONTAINERS = ("kommun", "lan", "riket")


def area_sentences(
    comparison: pd.DataFrame, *, indicator: Indicator, language: Language
) -> tuple[str, ...]:
    """An area against its kommun, län and riket and among its like (`queries.area_comparison`)."""
    rows: dict[str, Any] = {str(row.role): row for row in comparison.itertuples()}
    if "area" not in rows:
        return ()
    own = rows["area"]
    others = [rows[role] for role in _CONTAINERS if role in rows and is_known(rows[role].value)]
    said = [_value_sentence(own, indicator, language)]
    if indicator.unit == "persons":
        said += [_parts_sentence(own, others, language)]
    elif not indicator.categories:
        said += [_against_sentence(own, others, indicator, language)]
        said += [_spread_sentence(rows, indicator, language)]
    return tuple(sentence for sentence in said if sentence)


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


def _value_sentence(figure: Any, indicator: Indicator, language: Language) -> str:
    name = place(figure.label, figure.level, language=language)
    if not is_known(figure.value):
        reason = missing_reason(figure.status, language=language)
        return Text(
            f"För {name} finns ingen uppgift {figure.year}: {reason}.",
            f"There is no figure for {name} in {figure.year}: {reason}.",
        )[language]
    what = subject(indicator, language=language)
    if indicator.categories:
        amount = _typed(figure.value, indicator, language)
    else:
        amount = value(figure.value, indicator=indicator, language=language) + _of(figure, language)
    if what is None:
        return Text(
            f"{indicator.name.sv} i {name} {figure.year}: {amount}.",
            f"{indicator.name.en} in {name}, {figure.year}: {amount}.",
        )[language]
    return Text(
        f"I {name} är {what} {amount} år {figure.year}.",
        f"In {name} {what} is {amount} in {figure.year}.",
    )[language]


def _of(figure: Any, language: Language) -> str:
    """The counts behind a share, " (120 av 400)", where SCB publishes them."""
    if not (is_known(figure.numerator) and is_known(figure.denominator)):
        return ""
    part, whole = (
        number(n, decimals=0, language=language) for n in (figure.numerator, figure.denominator)
    )
    return Text(f" ({part} av {whole})", f" ({part} of {whole})")[language]


def _against_sentence(
    figure: Any, others: Iterable[Any], indicator: Indicator, language: Language
) -> str:
    if not is_known(figure.value):
        listed = [_value_in(other, indicator, language) for other in others]
        told = enumerated(listed, language=language)
        return (
            Text(f"Som jämförelse: {told}.", f"For comparison: {told}.")[language] if told else ""
        )
    told = enumerated(
        [_against(figure.value, other, indicator, language) for other in others], language=language
    )
    return Text(f"Det är {told}.", f"That is {told}.")[language] if told else ""


def _against(figure: float, other: Any, indicator: Indicator, language: Language) -> str:
    """The difference to a container: "9,0 procentenheter högre än i Uppsala kommun (21,0 %)"."""
    name = place(other.label, other.level, language=language)
    there = value(other.value, indicator=indicator, language=language)
    if not stated_change(figure, other.value, decimals=indicator.decimals):
        return Text(f"detsamma som i {name} ({there})", f"the same as in {name} ({there})")[
            language
        ]
    apart = difference(figure, other.value, indicator=indicator, language=language)
    sv, en = ("högre", "higher") if figure > other.value else ("lägre", "lower")
    return Text(f"{apart} {sv} än i {name} ({there})", f"{apart} {en} than in {name} ({there})")[
        language
    ]


def _value_in(row: Any, indicator: Indicator, language: Language) -> str:
    amount = value(row.value, indicator=indicator, language=language)
    name = place(row.label, row.level, language=language)
    return Text(f"{amount} i {name}", f"{amount} in {name}")[language]


def _parts_sentence(figure: Any, others: Iterable[Any], language: Language) -> str:
    """A number of people as parts of its containers, which are always larger."""
    if not is_known(figure.value):
        return ""
    percent = Text("{}\u00a0% av {}", "{}% of {}")[language]
    parts = [
        percent.format(
            number(100 * figure.value / other.value, decimals=1, language=language),
            _people_of(other, language),
        )
        for other in others
        if other.value > 0
    ]
    told = enumerated(parts, language=language)
    return Text(f"Det är {told}.", f"That is {told}.")[language] if told else ""


def _people_of(row: Any, language: Language) -> str:
    name = place(row.label, row.level, language=language)
    return Text(f"invånarna i {name}", f"the residents of {name}")[language]


def _spread_sentence(rows: dict[str, Any], indicator: Indicator, language: Language) -> str:
    """The quartiles of all areas of the level."""
    if "median" not in rows:
        return ""
    low, middle, high = (
        value(rows[role].value, indicator=indicator, language=language)
        for role in ("lower_quartile", "median", "upper_quartile")
    )
    middle_row = rows["median"]
    level: Level = middle_row.level
    n = number(middle_row.n_areas, decimals=0, language=language)
    noun = level_noun(level, n=middle_row.n_areas, language=language)
    return Text(
        f"Av landets {n} {noun} med uppgift har hälften högst {middle},"
        f" en fjärdedel högst {low} och en fjärdedel minst {high}.",
        f"Of Sweden's {n} {noun} with a figure, half have at most {middle},"
        f" a quarter at most {low} and a quarter at least {high}.",
    )[language]


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
