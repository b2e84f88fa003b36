"""What a file holds: each indicator, population and measure in it by name and definition."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from barometer import wording
from barometer.catalogue import Catalogue, Grouping, Indicator, Text, known_ids
from barometer.divisions import (
    DIVISIONS,
    LEVELS,
    Language,
    division_label,
    parse_area_code,
)
from barometer.indices import INDICES, Index

INDICATORS: Final = ("indicator", "indicator_id", "compared_with")
GROUPINGS: Final = ("grouping", "grouping_id")
MEASURES: Final = ("index_id", "measure")
AREA_TYPE: Final = "area_type"
CHALLENGED: Final = "types_1_2"  # the share that lives in areas of the first two types
# Columns that hold one of the five types.
_TYPES: Final = frozenset({AREA_TYPE, "type", "from_type", "to_type", "first", "second"})
_INDICES: Final[Mapping[str, Index]] = {index.id: index for index in INDICES}
# Measures that stand as columns of their own.
_MEASURE_OF: Final = {
    "mutual_information": "mutual_information",
    "information_theory": "information_theory",
    "spatial_information_theory": "information_theory",
    "spatial_dissimilarity": "dissimilarity",
}
SIGNED_SHARE: Final = Text("andel, −1 till 1", "share, −1 to 1")
_UNITS: Final = {
    "percent": wording.SHARE,
    "nats": Text("nats", "nats"),
    "number": Text("", ""),
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """One code of a file in words; `unit` is empty for groups of people."""

    key: str
    name: str
    definition: str
    unit: str = ""

    @property
    def text(self) -> str:
        """The definition with the unit."""
        return f"{self.definition} [{self.unit}]" if self.unit else self.definition


def meanings(
    frame: pd.DataFrame, *, catalogue: Catalogue, language: Language, holds: Sequence[str] = ()
) -> tuple[Meaning, ...]:
    """Everything that the frame's codes and columns stand for, each once.

    `holds` are codes of rows that are not in the frame itself.
    """
    known = _entries(catalogue)
    every = [
        *(_meaning(key, known[key], language) for key in holds),
        *_named(frame, INDICATORS, catalogue, language),
        *_named(frame, GROUPINGS, catalogue, language),
        *(_measure(_INDICES[key], language) for key in _codes(frame, MEASURES, _INDICES)),
        *_columns(frame, catalogue, language),
    ]
    return tuple({meaning.key: meaning for meaning in every}.values())


def row_definitions(frame: pd.DataFrame, known: Sequence[Meaning]) -> list[str]:
    """For each row the definitions of what it holds: by its codes, else of everything."""
    text = {meaning.key: f"{meaning.name}: {meaning.text}" for meaning in known}
    codes = [name for name in (*INDICATORS, *GROUPINGS, *MEASURES) if name in frame]
    by_column = [text[name] for name in map(str, frame.columns) if name in text]
    every = by_column or list(text.values())
    rows = zip(*(frame[name] for name in codes), strict=True) if codes else [()] * len(frame)
    made: dict[tuple[object, ...], str] = {}
    for row in (found := list(rows)):
        if row not in made:
            own = [text[code] for code in row if code in text]
            made[row] = " ".join(dict.fromkeys([*own, *by_column] if own else every))
    return [made[row] for row in found]


def sources_of_rows(frame: pd.DataFrame, *, catalogue: Catalogue) -> "pd.Series[str] | None":
    """SCB's tables behind each row, in its year, where rows are of different indicators."""
    key = next((name for name in (*INDICATORS, *GROUPINGS) if _varies(frame, name, catalogue)), "")
    if not key:
        return None
    years = frame["year"] if "year" in frame else pd.Series(None, index=frame.index, dtype=object)
    rows = [
        " ".join(known_ids(_source_ids(catalogue, str(code), year)))
        for code, year in zip(frame[key], years, strict=True)
    ]
    return pd.Series(rows, index=frame.index, dtype="str")


def in_words(frame: pd.DataFrame, *, catalogue: Catalogue, language: Language) -> pd.DataFrame:
    """The frame with names for the codes of indicators, populations, measures, levels."""
    names = {key: entry.name[language] for key, entry in _entries(catalogue).items()}
    measures = {key: index.label.of(language) for key, index in _INDICES.items()}
    groups = _groups(frame, catalogue, language)
    columns = {
        **dict.fromkeys(("indicator", "compared_with", *GROUPINGS), names),
        **dict.fromkeys(MEASURES, measures),
        **dict.fromkeys(("group_id", "group", "other"), groups),
    }
    translated = {
        name: [known.get(code, code) for code in frame[name]]
        for name, known in columns.items()
        if name in frame and known
    }
    if "summed_by" in frame:
        sums = [wording.summed_words(own, language=language) for own in frame["summed_by"]]
        translated["summed_by"] = sums
    return frame.assign(**_coded(frame, language), **translated)


def _coded(frame: pd.DataFrame, language: Language) -> dict[str, list[str]]:
    """Codes and divisions as people call them: "RegSO 2020" for RegSO of the division 2018."""
    found: dict[str, list[str]] = {
        name: [wording.code_name(name, code, language=language) for code in frame[name]]
        for name in wording.CODED
        if name in frame
    }
    if "label" in frame and "level" in frame:
        found["label"] = places_in_words(frame["label"], frame["level"], language=language)
    level = next((name for name in ("unit_level", "level") if name in frame), None)
    if level and "division" in frame:
        pairs = zip(frame[level], frame["division"], strict=True)
        found["division"] = [_division(code, division, language) for code, division in pairs]
    return found


def places_in_words(
    labels: Iterable[str], levels: Iterable[str], *, language: Language
) -> list[str]:
    """Places by name in a language: "Skåne län", "Skåne county"."""
    known = {str(level): level for level in LEVELS}
    pairs = zip(labels, map(str, levels), strict=True)
    return [
        wording.place_name(label, known[level], language=language) if level in known else label
        for label, level in pairs
    ]


def _division(code: str, division: str, language: Language) -> str:
    level = next((level for level in LEVELS if level == code), None)
    known = next((own for own in DIVISIONS if own == division), None)
    return division_label(level, known, language=language) if level and known else division


def _entries(catalogue: Catalogue) -> dict[str, Indicator | Grouping]:
    types = catalogue.indicators.get(AREA_TYPE)
    shares = {CHALLENGED: types} if types else {}
    return {**catalogue.groupings, **catalogue.indicators, **shares}


def _codes(
    frame: pd.DataFrame, columns: tuple[str, ...], known: Mapping[str, object]
) -> Iterator[str]:
    for name in columns:
        if name in frame:
            yield from (str(code) for code in frame[name].dropna().unique() if code in known)


def _varies(frame: pd.DataFrame, name: str, catalogue: Catalogue) -> bool:
    known = _entries(catalogue)
    codes = set(frame[name].astype("str")) if name in frame else set()
    return len(codes) > 1 and codes <= set(known)


def _source_ids(catalogue: Catalogue, code: str, year: object) -> tuple[str, ...]:
    entry = _entries(catalogue)[code]
    if isinstance(entry, Indicator) and isinstance(year, int | float) and year == year:
        return entry.source_ids_in(int(year))
    return entry.source_ids


def _named(
    frame: pd.DataFrame, columns: tuple[str, ...], catalogue: Catalogue, language: Language
) -> Iterator[Meaning]:
    known = _entries(catalogue)
    for key in _codes(frame, columns, known):
        groups = catalogue.groupings.get(key) if columns is GROUPINGS else None
        yield _who(known[key], groups, language) if groups else _meaning(key, known[key], language)
    if any(name in frame and (frame[name] == CHALLENGED).any() for name in columns):
        types = catalogue.indicators[AREA_TYPE]
        unit = Text("procent", "per cent")[language]
        yield replace(_meaning(AREA_TYPE, types, language), key=CHALLENGED, unit=unit)


def places_of(frame: pd.DataFrame) -> dict[str, "pd.Series[str]"]:
    """Level and division of each row's area by its code, where the frame has no such columns.

    The place that a whole file is about gives them only where they are not those of its parts.
    """
    own = next((name for name in ("area_id", "container_id") if name in frame), None)
    key = own or ("area" if "area" in frame and "unit_level" not in frame else None)
    if key is None:
        return {}
    parsed = {code: parse_area_code(str(code)) for code in frame[key].unique()}
    codes = {code: known for code, known in parsed.items() if known}
    every = {
        "level": frame[key].map({code: known.level for code, known in codes.items()}),
        "division": frame[key].map({code: known.division for code, known in codes.items()}),
    }
    return {name: values for name, values in every.items() if name not in frame}


def _columns(frame: pd.DataFrame, catalogue: Catalogue, language: Language) -> Iterator[Meaning]:
    """What stands in a column of its own: an indicator, or a measure."""
    for name in map(str, frame.columns):
        if name in _TYPES and AREA_TYPE in catalogue.indicators:
            yield _meaning(AREA_TYPE, catalogue.indicators[AREA_TYPE], language)
        if name in catalogue.indicators and name != "population":
            yield _meaning(name, catalogue.indicators[name], language)
        elif name in _MEASURE_OF:
            yield _measure(_INDICES[_MEASURE_OF[name]], language)


def _meaning(key: str, entry: Indicator | Grouping, language: Language) -> Meaning:
    name, population = entry.name[language], entry.population[language]
    if isinstance(entry, Indicator):
        unit = wording.unit_name(entry, language=language)
        kinds = "; ".join(f"{code}: {text[language]}" for code, text in entry.categories)
        text = f"{entry.definition[language]} {population}." + (f" {kinds}." if kinds else "")
        return Meaning(key, name, text, unit)
    return Meaning(key, name, f"{population}: {_group_names(entry, language)}.")


def _who(entry: Indicator | Grouping, grouping: Grouping, language: Language) -> Meaning:
    """Whom a measure compares: the groups, and of an indicator what makes the group."""
    made_by = f"{entry.definition[language]} " if isinstance(entry, Indicator) else ""
    who = f"{grouping.population[language]}: {_group_names(grouping, language)}."
    return Meaning(grouping.grouping_id, entry.name[language], made_by + who)


def _group_names(grouping: Grouping, language: Language) -> str:
    return wording.enumerated([g.name[language] for g in grouping.groups], language=language)


def _scale(index: Index) -> Text:
    """Between which numbers a measure can lie; a place's lowest may be above the first."""
    low, high = (f"{end:g}".replace("-", "−") for end in index.range)
    if math.isinf(index.range[1]):
        return Text(f"Skala: från {low}.", f"Scale: from {low}.")
    return Text(f"Skala: {low} till {high}.", f"Scale: {low} to {high}.")


def _measure(index: Index, language: Language) -> Meaning:
    low, high = index.low.of(language), index.high.of(language)
    ends = Text(f"Lägsta värde: {low}. Högsta värde: {high}.", f"Lowest: {low}. Highest: {high}.")
    note = f" {index.note.of(language)}" if index.note else ""
    text = f"{index.formula}. {_scale(index)[language]} {ends[language]}{note}"
    signed = index.unit == "percent" and index.range[0] < 0
    unit = (SIGNED_SHARE if signed else _UNITS[index.unit])[language]
    return Meaning(index.id, wording.capitalised(index.label.of(language)), text, unit)


def _groups(frame: pd.DataFrame, catalogue: Catalogue, language: Language) -> dict[str, str]:
    """The names of the groups of every population in the frame."""
    known = catalogue.groupings
    return {
        group.group_id: group.name[language]
        for key in _codes(frame, GROUPINGS, known)
        for group in known[key].groups
    }
