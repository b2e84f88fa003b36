"""What a map says: its title, its legend, and what is missing from it."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, Literal

from barometer.catalogue import ALL, Catalogue, Indicator, Text
from barometer.divisions import RIKET, Language, Level, level_of_place
from barometer.selection import Selection
from barometer.selection.offer import LEFT_OUT
from barometer.wording.marks import without_marked
from barometer.wording.names import (
    NO_FIGURES,
    background_name,
    layer_name,
    level_noun,
    missing_reason,
    place,
    where,
)
from barometer.wording.numbers import (
    capitalised,
    category,
    enumerated,
    number,
    uncapitalised,
    value_range,
)
from barometer.wording.scales import Scale, written_range

Ranges = Sequence[tuple[float, float]]
Theme = Literal["light", "dark"]
NO_NAMES: Final[Mapping[str, str]] = MappingProxyType({})

# The class of the highest values is the darkest on a light page and the lightest on a dark one.
_STRONGEST = {
    "light": (Text("mörkaste", "darkest"), Text("ljusaste", "lightest")),
    "dark": (Text("ljusaste", "lightest"), Text("mörkaste", "darkest")),
}


_CONDITIONS: Final[Mapping[Language, tuple[str, str]]] = {
    "sv": ("socioekonomiska förutsättningar", "förutsättningar"),
    "en": ("socio-economic conditions", "conditions"),
}
_AREAS_IN_TYPES: Final[Mapping[Language, tuple[str, ...]]] = {
    "sv": ("Områden med", "områden"),
    "en": ("Areas with", "areas"),
}


def map_title(
    selection: Selection,
    *,
    catalogue: Catalogue,
    names: Mapping[str, str] = NO_NAMES,
    compared: Selection | None = None,
) -> str:
    """What the map shows: "Utländsk bakgrund, kvinnor, i RegSO 2025 år 2024".

    `names` are those of län and kommuner; `beside` what else is shown.
    """
    what, where_, when = _title_parts(selection, catalogue, names)
    if compared is None:
        return _joined(what, where_, when)
    other_what, other_where, other_when = _title_parts(compared, catalogue, names)
    and_ = Text(" och ", " and ")[selection.language]
    if (where_, when) == (other_where, other_when):
        return _joined(what + and_ + uncapitalised(other_what), where_, when)
    if (what, where_) == (other_what, other_where):
        return _joined(what, where_, f"{when}{and_}{compared.year}")
    ends = (_joined(what, where_, when), _joined(other_what, other_where, other_when))
    return and_.join((ends[0], uncapitalised(ends[1])))


def display_name(selection: Selection, *, catalogue: Catalogue) -> str:
    """What is shown, without where and when: "Lokaliseringskvot, utländsk bakgrund, kvinnor"."""
    language = selection.language
    own = catalogue.groupings.get(selection.grouping) or catalogue.indicators[selection.indicator]
    parts = [own.name[language]]
    if selection.layer != "value":
        parts = [layer_name(selection.layer, language=language), uncapitalised(parts[0])]
    if selection.background != ALL:
        background = selection.background
        parts.append(background_name(background, catalogue=catalogue, language=language))
    return ", ".join(parts)


def container_name(selection: Selection, *, names: Mapping[str, str]) -> str:
    """The place that a map is limited to, or that its measure compares with: "riket"."""
    label = names.get(selection.within, selection.within)
    return place(label, level_of_place(selection.within), language=selection.language)


def _title_parts(
    selection: Selection, catalogue: Catalogue, names: Mapping[str, str]
) -> tuple[str, str, str]:
    language = selection.language
    places = where(selection.level, selection.division, language=language)
    if selection.within != RIKET or selection.layer != "value":
        inside = container_name(selection, names=names)
        places += Text(f" i {inside}", f" in {inside}")[language]
    places = without_marked(places, marked=selection.marked, language=language)
    year, since = selection.year, selection.since
    when = Text(f" år {year}", f", {year}")
    if since is not None:
        when = Text(f", förändring {since}–{year}", f", change {since}–{year}")
    return display_name(selection, catalogue=catalogue), places, when[language]


def _joined(what: str, where_: str, when: str) -> str:
    return f"{what}, {where_}{when}"


def subject(indicator: Indicator, *, language: Language) -> str | None:
    """What a share is a share of: "andelen utrikes födda"; None for what has no such name."""
    if indicator.group is None:
        return None
    return Text(f"andelen {indicator.group.sv}", f"the share of {indicator.group.en}")[language]


def class_labels(
    ranges: Ranges, *, indicator: Indicator, language: Language, scale: Scale | None = None
) -> tuple[str, ...]:
    """One label per class of `classes.Classification.ranges`, lowest first.

    `scale` is given where the map shows something else than the indicator's value.
    """
    if scale is not None:
        return tuple(written_range(*r, scale=scale, language=language) for r in ranges)
    if indicator.categories:
        return tuple(category(n, indicator=indicator, language=language) for n, _ in ranges)
    return tuple(value_range(*r, indicator=indicator, language=language) for r in ranges)


def short_type(label: str, language: Language) -> str:
    """An area type's name without its number and without the word for areas."""
    name = label.partition(" ")[2] if label[:1].isdigit() else label
    for word in _AREAS_IN_TYPES[language]:
        name = name.removeprefix(f"{word} ").removesuffix(f" {word}")
    conditions = _CONDITIONS[language]
    if name.endswith(conditions[1]):
        name = name.replace(*conditions)
    return capitalised(name)


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
        return NO_FIGURES[language]
    if indicator.categories:
        return _types_sentence(ranges, counts, indicator=indicator, language=language)
    labels = class_labels(ranges, indicator=indicator, language=language)
    what = subject(indicator, language=language) or Text("värdet", "the value")[language]
    if sum(counts) == 1:
        return Text(f"{capitalised(what)} är {labels[0]}.", f"{capitalised(what)} is {labels[0]}.")[
            language
        ]
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
    """How many areas lack a value and why; empty when none does.

    Those that the reader leaves out are told of by `marked_note`.
    """
    missing = [(reason, n) for reason, n in missing if reason != LEFT_OUT]
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
