"""What a map says: its title, its legend, and what is missing from it."""

from collections.abc import Sequence
from typing import Literal

from barometer.catalogue import ALL, Catalogue, Indicator, Text
from barometer.divisions import Language, Level
from barometer.selection import Selection
from barometer.wording.names import background_name, level_noun, missing_reason, where
from barometer.wording.numbers import category, enumerated, number, value_range

Ranges = Sequence[tuple[float, float]]
Theme = Literal["light", "dark"]

# The class of the highest values is the darkest on a light page and the lightest on a dark one.
_STRONGEST = {
    "light": (Text("mörkaste", "darkest"), Text("ljusaste", "lightest")),
    "dark": (Text("ljusaste", "lightest"), Text("mörkaste", "darkest")),
}


def map_title(selection: Selection, *, catalogue: Catalogue) -> str:
    """What the map shows: "Utländsk bakgrund, kvinnor, i RegSO 2025 år 2024"."""
    language = selection.language
    parts = [catalogue.indicators[selection.indicator].name[language]]
    if selection.background != ALL:
        background = selection.background
        parts.append(background_name(background, catalogue=catalogue, language=language))
    parts.append(where(selection.level, selection.division, language=language))
    return ", ".join(parts) + Text(f" år {selection.year}", f", {selection.year}")[language]


def subject(indicator: Indicator, *, language: Language) -> str | None:
    """What a share is a share of: "andelen utrikes födda"; None for what has no such name."""
    if indicator.group is None:
        return None
    return Text(f"andelen {indicator.group.sv}", f"the share of {indicator.group.en}")[language]


def class_labels(ranges: Ranges, *, indicator: Indicator, language: Language) -> tuple[str, ...]:
    """One label per class of `classes.Classification.ranges`, lowest first."""
    if indicator.categories:
        return tuple(category(n, indicator=indicator, language=language) for n, _ in ranges)
    return tuple(value_range(*r, indicator=indicator, language=language) for r in ranges)


def legend_sentence(
    ranges: Ranges,
    counts: Sequence[int],
    *,
    indicator: Indicator,
    language: Language,
    theme: Theme = "light",
) -> str:
    """The legend in words: "I de mörkaste områdena är andelen … 24,1–45,4 %, i de ljusaste …".

    `theme` says how the map is painted: on a dark page the highest values are the lightest.
    """
    if not sum(counts):
        return Text("Det finns inga uppgifter att visa.", "There are no figures to show.")[language]
    if indicator.categories:
        return _types_sentence(ranges, counts, indicator=indicator, language=language)
    labels = class_labels(ranges, indicator=indicator, language=language)
    what = subject(indicator, language=language) or Text("värdet", "the value")[language]
    if len(labels) == 1:
        return Text(
            f"I alla områden är {what} {labels[0]}.", f"In all areas {what} is {labels[0]}."
        )[language]
    high, low = (word[language] for word in _STRONGEST[theme])
    return Text(
        f"I de {high} områdena är {what} {labels[-1]}, i de {low} {labels[0]}.",
        f"In the {high} areas {what} is {labels[-1]}, in the {low} {labels[0]}.",
    )[language]


def _types_sentence(
    ranges: Ranges, counts: Sequence[int], *, indicator: Indicator, language: Language
) -> str:
    """How many areas there are of each type."""
    numbers = [number(n, decimals=0, language=language) for n in counts]
    types = [
        Text(f"{n} av typ {int(low)}", f"{n} of type {int(low)}")[language]
        for n, (low, _) in zip(numbers, ranges, strict=True)
    ]
    total = number(sum(counts), decimals=0, language=language)
    listed = enumerated(types, language=language)
    name = indicator.name[language]
    return Text(f"{name}: av {total} områden är {listed}.", f"{name}: {listed} ({total} areas).")[
        language
    ]


def missing_sentence(
    missing: Sequence[tuple[str, int]], *, n_areas: int, language: Language
) -> str:
    """How many areas lack a value and why; empty when none does."""
    if not missing:
        return ""
    lacking, total = (
        number(n, decimals=0, language=language) for n in (sum(n for _, n in missing), n_areas)
    )
    reasons = ", ".join(
        f"{missing_reason(reason, language=language)}: {number(n, decimals=0, language=language)}"
        for reason, n in missing
    )
    return Text(
        f"Uppgift saknas för {lacking} av {total} områden ({reasons}).",
        f"There is no figure for {lacking} of {total} areas ({reasons}).",
    )[language]


def boundary_sentence(n: int, *, level: Level, language: Language) -> str:
    """How many areas are in the table but not on the map; empty when none is."""
    if not n:
        return ""
    counted = number(n, decimals=0, language=language)
    noun = level_noun(level, n=n, language=language)
    has, is_ = ("has", "is") if n == 1 else ("have", "are")
    return Text(
        f"{counted} {noun} saknar gräns på kartan och finns bara i tabellen.",
        f"{counted} {noun} {has} no boundary on the map and {is_} in the table only.",
    )[language]
