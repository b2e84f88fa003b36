"""Reads sources.toml, indicators.toml and groupings.toml into a Catalogue, all faults at once."""

import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from barometer.catalogue.entry import CatalogueEntry
from barometer.catalogue.model import (
    REST,
    SECTORS,
    Background,
    Break,
    CatalogueError,
    Counted,
    Derivation,
    Derived,
    Direction,
    Group,
    Grouping,
    GroupingPart,
    Indicator,
    Part,
    Source,
    Term,
    Text,
    Unit,
)
from barometer.catalogue.signals import read_signal_rules
from barometer.catalogue.sources import read_background, read_source, with_defaults
from barometer.catalogue.whole import Catalogue
from barometer.divisions import LEVELS

CATALOGUE_DIR: Final = Path(__file__).parents[1]
CATALOGUE_FILES: Final = ("groupings", "indicators", "sources")
_SCALES: Final[dict[Unit, float]] = {
    "percent": 100.0,
    "index": 100.0,
    "per_1000": 1000.0,
    "per_100000": 100_000.0,
}
MIN_DENOMINATOR: Final = 10.0  # below this a share says more about chance than about a place


def load_catalogue(directory: Path = CATALOGUE_DIR) -> Catalogue:
    """Read and check the three files of a directory, and its rules of signals if it has any.

    Read again only when a file has changed.

    Raises:
        CatalogueError: lists every fault of every file with its place.
    """
    return _load(directory, tuple(sorted(map(_stamp, directory.glob("*.toml")))))


def _stamp(path: Path) -> tuple[str, int, int]:
    with suppress(OSError):  # a link to nothing is told of when it is read
        about = path.stat()
        return path.name, about.st_mtime_ns, about.st_size
    return path.name, 0, 0


@lru_cache(maxsize=4)
def _load(directory: Path, _stamps: tuple[tuple[str, int, int], ...]) -> Catalogue:
    faults: list[str] = []
    files = {name: _read(directory / f"{name}.toml", faults) for name in CATALOGUE_FILES}
    if faults:  # what follows from a file that cannot be read would hide its fault
        raise CatalogueError(faults)
    backgrounds = {
        key: read_background(CatalogueEntry(f"sources.toml: backgrounds.{key}", value, faults))
        for key, value in _tables(
            files["sources"].get("backgrounds", {}), "sources.toml: backgrounds", faults
        )
    }
    providers = dict(
        _tables(files["sources"].get("providers", {}), "sources.toml: providers", faults)
    )
    sources = {
        key: read_source(
            key,
            CatalogueEntry(f"sources.toml: {key}", with_defaults(key, value, providers), faults),
            backgrounds,
        )
        for key, value in _tables(files["sources"].get("sources", {}), "sources.toml", faults)
    }
    breaks = _common_breaks(CatalogueEntry("sources.toml", files["sources"], faults), sources)
    indicators: dict[str, Indicator] = {}
    for key, value in _tables(files["indicators"], "indicators.toml", faults):
        entry = CatalogueEntry(f"indicators.toml: {key}", value, faults)
        indicators[key] = read_indicator(key, entry, sources, backgrounds, indicators)
    groupings = {i.indicator_id: two_group(i) for i in indicators.values() if i.is_share}
    for key, value in _tables(files["groupings"], "groupings.toml", faults):
        entry = CatalogueEntry(f"groupings.toml: {key}", value, faults)
        if key in groupings:
            entry.fault("", "an indicator with this id makes its own grouping; choose another id")
        groupings[key] = _grouping(key, entry, sources)
    unused = CatalogueEntry("sources.toml: unused", files["sources"].get("unused", {}), faults)
    reasons = {key: unused.text(key) for key in unused.fields}
    for key in reasons.keys() & sources.keys():
        unused.fault(key, "is a source too; take it away from one of the two places")
    signals = read_signal_rules(directory, indicators, faults)
    if faults:
        raise CatalogueError(faults)
    return Catalogue(
        sources=MappingProxyType(sources),
        indicators=MappingProxyType(indicators),
        groupings=MappingProxyType(groupings),
        backgrounds=MappingProxyType(backgrounds),
        unused=MappingProxyType(reasons),
        breaks=breaks,
        signals=signals,
    )


def _read(path: Path, faults: list[str]) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        faults.append(f"{path.name}: not found in {path.parent}")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(f"{path.name}: is not TOML in UTF-8: {error}")
    return {}


def _common_breaks(entry: CatalogueEntry, sources: dict[str, Source]) -> tuple[Break, ...]:
    """The breaks of every series; one that names sources becomes a break of those instead."""
    common = []
    for item in entry.entries("breaks"):
        named = item.words("sources", default=())
        found = item.single_break()
        for source_id in named:
            if source_id not in sources:
                item.fault("sources", f"{source_id!r} is no source of sources.toml")
                continue
            source = sources[source_id]
            sources[source_id] = replace(source, breaks=(*source.breaks, found))
        if not named:
            common.append(found)
    return tuple(common)


def _tables(table: Any, place: str, faults: list[str]) -> list[tuple[str, Mapping[str, Any]]]:
    if not isinstance(table, dict):
        faults.append(f"{place}: expected tables, one an entry")
        return []
    faults.extend(
        f"{place}: {key}: is not a table"
        for key, value in table.items()
        if not isinstance(value, dict)
    )
    return [(key, value) for key, value in table.items() if isinstance(value, dict)]


def _term(entry: CatalogueEntry, source_id: str, sources: Mapping[str, Source]) -> Term:
    """A term names codes only where they differ from the source's defaults."""
    source_id = entry.get("source", str, default=source_id)
    entry.asked.add("source")
    source = sources.get(source_id)
    if source is None:
        entry.fault("source", f"{source_id!r} is no source of sources.toml ({', '.join(sources)})")
        return Term(source_id, ())
    for code in entry.fields:
        if code != "source" and source.variable(code) is None:
            known = ", ".join(variable.code for variable in source.variables)
            entry.fault(code, f"is no variable of {source_id} ({known})")
    codes = tuple((v.code, entry.words(v.code, default=v.default)) for v in source.variables)
    for variable, chosen in codes:
        if not chosen:
            entry.fault(variable, f"{source_id} has no default for it: name a code")
    return Term(source_id, codes)


def _optional_term(
    entry: CatalogueEntry, key: str, source_id: str, sources: Mapping[str, Source]
) -> Term | None:
    return _term(entry.entry(key), source_id, sources) if entry.has(key) else None


def _part(entry: CatalogueEntry, sources: Mapping[str, Source], scale: float) -> Part:
    source_id = entry.get("source", str)
    part = Part(
        first_year=entry.year("first"),
        last_year=entry.year("last"),
        numerator=_optional_term(entry, "numerator", source_id, sources),
        denominator=_optional_term(entry, "denominator", source_id, sources),
        published=_optional_term(entry, "published", source_id, sources),
        scale=scale,
    )
    forms = (part.numerator is not None, part.denominator is not None, part.published is not None)
    if forms not in {(True, True, False), (False, True, True), (False, False, True)}:
        entry.fault(
            "", "needs numerator and denominator, or published and denominator, or published alone"
        )
    entry.close()
    return part


def read_indicator(
    indicator_id: str,
    entry: CatalogueEntry,
    sources: Mapping[str, Source],
    backgrounds: Mapping[str, Background],
    before: Mapping[str, Indicator],
) -> Indicator:
    """An entry of indicators.toml; its faults are remembered in it."""
    unit: Unit = entry.one_of("unit", Unit)
    scale = _SCALES.get(unit, 1.0)
    derived = _derived(entry.entry("derived"), before) if entry.has("derived") else None
    least = 0 if derived else 1
    indicator = Indicator(
        indicator_id=indicator_id,
        sector=entry.one_of("sector", SECTORS),
        name=entry.text("name"),
        definition=entry.text("definition"),
        population=entry.text("population"),
        unit=unit,
        decimals=entry.get("decimals", int, default=1 if unit in ("percent", "per_1000") else 0),
        direction=entry.one_of("direction", Direction, default="neutral"),
        children=entry.get("children", bool, default=False),
        parts=tuple(_part(item, sources, scale) for item in entry.entries("parts", least=least)),
        backgrounds=entry.words("backgrounds", default=()),
        breaks=entry.breaks(),
        categories=_categories(entry),
        group=entry.optional_text("group"),
        rest=entry.optional_text("rest"),
        min_denominator=entry.number("min_denominator", default=MIN_DENOMINATOR),
        derived=derived,
        can_stand_out=entry.get("stands_out", bool, default=True),
        counted=entry.one_of("counted", Counted, default="persons"),
    )
    _check_indicator(entry, indicator, sources, backgrounds)
    entry.close()
    return indicator


def _derived(entry: CatalogueEntry, before: Mapping[str, Indicator]) -> Derived:
    """Of indicators that stand before it in the file, so that none is made of itself."""
    ids = entry.words("of")
    for name in ids:
        if name not in before:
            entry.fault("of", f"{name!r} is no indicator that stands before it in the file")
    derived = Derived(
        how=entry.one_of("how", Derivation),
        of=tuple(before[name] for name in ids if name in before),
        level=entry.one_of("level", LEVELS),
    )
    if derived.how == "area_types" and len(ids) != 1:
        entry.fault("of", f"area types are cut from one indicator, not from {len(ids)}")
    entry.close()
    return derived


def _categories(entry: CatalogueEntry) -> tuple[tuple[int, Text], ...]:
    found = CatalogueEntry(
        f"{entry.place}.categories", entry.get("categories", dict, default={}), entry.faults
    )
    return tuple((int(key), found.text(key)) for key in found.fields if key.isdecimal())


def _check_indicator(
    entry: CatalogueEntry,
    indicator: Indicator,
    sources: Mapping[str, Source],
    backgrounds: Mapping[str, Background],
) -> None:
    _check_periods(entry, [(p.first_year, p.last_year) for p in indicator.parts])
    if indicator.derived and (indicator.parts or indicator.backgrounds or indicator.group):
        entry.fault("derived", "has no parts, backgrounds or group of its own")
    if (indicator.group is None) != (indicator.rest is None):
        entry.fault(
            "group", "group and rest go together: the two halves of the population in words"
        )
    if indicator.is_share and any(part.denominator is None for part in indicator.parts):
        entry.fault(
            "parts", "a grouping of its own (group, rest) needs a denominator in every part"
        )
    if (indicator.unit == "class") != bool(indicator.categories):
        entry.fault("categories", "a class indicator names its categories, and no other does")
    for background_id in indicator.backgrounds:
        lacking = [
            s
            for s in indicator.source_ids
            if s in sources and background_id not in {b for b, _, _ in sources[s].backgrounds}
        ]
        if background_id not in backgrounds or lacking:
            entry.fault(
                "backgrounds",
                f"{background_id!r} is not declared for {', '.join(lacking) or 'any source'}",
            )


def _check_periods(entry: CatalogueEntry, periods: Sequence[tuple[int | None, int | None]]) -> None:
    for (_, last), (first, _) in pairwise(periods):
        if last is None or first is None or first <= last:
            entry.fault(
                "parts", "must follow each other in time: last of one before first of the next"
            )


def two_group(indicator: Indicator) -> Grouping:
    """The two groups that a share splits its population in."""
    group, rest = indicator.group or indicator.name, indicator.rest or indicator.name
    return Grouping(
        grouping_id=indicator.indicator_id,
        name=indicator.name,
        population=indicator.population,
        kind="two-group",
        groups=(Group(indicator.indicator_id, group), Group(REST, rest)),
        parts=tuple(
            GroupingPart(
                p.first_year,
                p.last_year,
                tuple(t for t in (p.numerator or p.published,) if t),
                p.denominator,
            )
            for p in indicator.parts
        ),
        breaks=indicator.breaks,
        counted=indicator.counted,
    )


def _grouping(grouping_id: str, entry: CatalogueEntry, sources: Mapping[str, Source]) -> Grouping:
    groups = []
    for item in entry.entries("groups", least=3):
        groups.append(Group(item.get("id", str), Text(item.get("sv", str), item.get("en", str))))
        item.close()
    grouping = Grouping(
        grouping_id=grouping_id,
        name=entry.text("name"),
        population=entry.text("population"),
        kind="ordinal" if entry.get("ordered", bool, default=False) else "multigroup",
        groups=tuple(groups),
        parts=tuple(
            _grouping_part(item, len(groups), sources) for item in entry.entries("parts", least=1)
        ),
        breaks=entry.breaks(),
        counted=entry.one_of("counted", Counted, default="persons"),
    )
    _check_periods(entry, [(p.first_year, p.last_year) for p in grouping.parts])
    entry.close()
    return grouping


def _grouping_part(
    entry: CatalogueEntry, n_groups: int, sources: Mapping[str, Source]
) -> GroupingPart:
    source_id, variable = entry.get("source", str), entry.get("variable", str)
    codes = entry.get("codes", list)
    if len(codes) != n_groups:
        entry.fault(
            "codes",
            f"{len(codes)} for {n_groups} groups: one code (or list of codes) a group, in order",
        )
    shared = entry.get("where", dict, default={})
    terms = tuple(
        _term(
            CatalogueEntry(f"{entry.place}.codes[{n}]", {**shared, variable: code}, entry.faults),
            source_id,
            sources,
        )
        for n, code in enumerate(codes)
    )
    for n, term in enumerate(terms):
        for other in range(n):
            both = set(term.variable_ids) & set(terms[other].variable_ids)
            if both:
                entry.fault(
                    "codes",
                    f"{', '.join(sorted(both))} counts in group {other + 1} and in group {n + 1}: "
                    "each person belongs to one group",
                )
    part = GroupingPart(
        first_year=entry.year("first"),
        last_year=entry.year("last"),
        terms=terms,
        denominator=_optional_term(entry, "denominator", source_id, sources),
    )
    entry.close()
    return part
