"""Indicators and groupings: every entry of the catalogue, with what the snapshot has of it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.catalogue import Break, Catalogue, Grouping, GroupingPart, Indicator, Part, Term
from barometer.divisions import LEVELS, Language, Level, level_name
from barometer.export import FORMATS
from barometer.queries.dictionary import Span
from barometer.selection import Offer
from barometer.ui.address import address
from barometer.ui.pages.method import words
from barometer.ui.pages.method.parts import Fact, entry, facts, lines, linked, separated
from barometer.ui.words import fill


@dataclass(frozen=True, slots=True)
class SnapshotContents:
    """What the snapshot holds of the catalogue's entries."""

    offer: Offer
    missing: Mapping[str, tuple[tuple[str, int], ...]]
    spans: Mapping[tuple[str, str], Span]
    fetched: Collection[str]


@dataclass(frozen=True, slots=True)
class _SourceNames:
    """How tables are named to readers: by their id only where it is known to be theirs."""

    catalogue: Catalogue
    fetched: Collection[str]
    language: Language

    def printed_id(self, source_id: str) -> str:
        return self.catalogue.sources[source_id].printed_id(fetched=source_id in self.fetched)

    def link(self, source_id: str) -> Component:
        title = self.catalogue.sources[source_id].title[self.language]
        return linked(self.printed_id(source_id) or title, f"source-{source_id}")

    def line(self, source_id: str) -> list[Any]:
        """Id and title, and where nobody has confirmed the table, that it is so."""
        source = self.catalogue.sources[source_id]
        title = f" {source.title[self.language]}" if self.printed_id(source_id) else ""
        unsure = source.unverified and source_id not in self.fetched
        return [
            self.link(source_id),
            title,
            f" ({words.UNCONFIRMED[self.language]})" * bool(unsure),
        ]

    def agency(self, source_id: str) -> str:
        found = self.catalogue.sources[source_id].agency
        return wording.agency_name(found, language=self.language)


def indicator_entries(
    catalogue: Catalogue, held: SnapshotContents, *, language: Language
) -> Iterator[Component]:
    """Every indicator, sector by sector."""
    for sector in catalogue.sectors:
        yield html.H3(wording.SECTORS[sector][language], className="part__group")
        for indicator in catalogue.of_sector(sector):
            yield indicator_entry(indicator, catalogue, held, language=language)


def indicator_entry(
    indicator: Indicator, catalogue: Catalogue, held: SnapshotContents, *, language: Language
) -> Component:
    """One indicator."""
    name = indicator.indicator_id
    named = _SourceNames(catalogue, held.fetched, language)
    unit = wording.unit_name(indicator, language=language)
    categories = [
        wording.category(n, indicator=indicator, language=language) for n, _ in indicator.categories
    ]
    said: list[Fact | None] = [
        (words.DEFINITION[language], indicator.definition[language]),
        (words.POPULATION[language], indicator.population[language]),
        (words.UNIT[language], unit),
        (words.CATEGORIES[language], lines(categories)) if categories else None,
        (words.CALCULATION[language], _calculation(indicator, named)),
        (words.SOURCES[language], lines(named.line(s) for s in indicator.source_ids)),
        (words.YEARS[language], _years(indicator, held.offer, language)),
        (words.BREAKS[language], _breaks(catalogue.breaks_of(indicator), language)),
        _backgrounds(indicator, catalogue, language),
        (words.THRESHOLD[language], _threshold(indicator, language)),
        _holes(indicator, held, language),
        _series(indicator, language),
        (words.CODE[language], html.Code(name)),
        _downloads(indicator, held.offer, language),
    ]
    return entry(f"indicator-{name}", indicator.name[language], aside=unit, inside=[facts(said)])


def grouping_entries(
    catalogue: Catalogue, held: SnapshotContents, *, language: Language
) -> Iterator[Component]:
    """Every grouping that is not an indicator's own two halves."""
    for grouping in catalogue.groupings.values():
        if grouping.grouping_id not in catalogue.indicators:
            yield grouping_entry(grouping, catalogue, held, language=language)


def grouping_entry(
    grouping: Grouping, catalogue: Catalogue, held: SnapshotContents, *, language: Language
) -> Component:
    """One grouping with its groups."""
    name = grouping.grouping_id
    named = _SourceNames(catalogue, held.fetched, language)
    kind = wording.KINDS[grouping.kind][language]
    spans = [
        f"{level_name(level, language=language)} {_span(*held.spans[name, level])}"
        for level in LEVELS
        if (name, level) in held.spans
    ]
    said: list[Fact | None] = [
        (words.GROUPS[language], html.Ol([html.Li(g.name[language]) for g in grouping.groups])),
        (words.POPULATION[language], grouping.population[language]),
        (words.KIND[language], kind),
        (
            words.CALCULATION[language],
            lines(_group_part(p, grouping, named) for p in grouping.parts),
        ),
        (words.SOURCES[language], lines(named.line(s) for s in grouping.source_ids)),
        (words.YEARS[language], lines(spans) if spans else words.NO_YEARS[language]),
        (words.BREAKS[language], _breaks(catalogue.breaks_of(grouping), language)),
        (words.CODE[language], html.Code(name)),
    ]
    return entry(f"grouping-{name}", grouping.name[language], aside=kind, inside=[facts(said)])


def _calculation(indicator: Indicator, sources: _SourceNames) -> Component:
    """From the sources' tables, or from other indicators."""
    language = sources.language
    if indicator.derived is None:
        return lines(_part(p, sources) for p in indicator.parts)
    named = [linked(i.name[language], f"indicator-{i.indicator_id}") for i in indicator.composed_of]
    level = level_name(indicator.derived.level, language=language)
    form = fill(words.DERIVED_FORM[indicator.derived.how], language, level=level)
    return lines([[form, ": ", *separated(named, by="; ")]])


def _part(part: Part, sources: _SourceNames) -> list[Any]:
    """How an indicator is made during some years."""
    language = sources.language
    named = (
        (words.NUMERATOR, part.numerator),
        (words.PUBLISHED, part.published),
        (words.DENOMINATOR, part.denominator),
    )
    terms = [
        [f"{name[language]} ", _term(term, sources)] for name, term in named if term is not None
    ]
    form = _form(part, sources)
    return [*_when(part, language), form, *(x for term in terms for x in ("; ", *term))]


def _form(part: Part, sources: _SourceNames) -> str:
    language = sources.language
    if part.numerator is not None:
        scale = wording.number(part.scale, language=language)
        return fill(words.SHARE_FORM, language, scale=scale)
    form = words.PUBLISHED_FORM if part.denominator is None else words.PUBLISHED_SHARE_FORM
    return fill(form, language, agency=sources.agency(part.terms[0].source_id))


def _group_part(part: GroupingPart, grouping: Grouping, sources: _SourceNames) -> list[Any]:
    language = sources.language
    base = [(words.DENOMINATOR[language], part.denominator)] if part.denominator else []
    groups = [g.name[language] for g in grouping.groups]
    named = [*zip(groups, part.terms, strict=True), *base]
    said = [html.Span([f"{name}: ", _term(term, sources)]) for name, term in named]
    return [*_when(part, language), *separated(said, by="; ")]


def _when(part: Part | GroupingPart, language: Language) -> list[str]:
    ends = (
        (words.FROM, part.first_year),
        (words.UNTIL, part.last_year),
    )
    said = [fill(text, language, year=str(year)) for text, year in ends if year is not None]
    return [f"{', '.join(said)}: "] if said else []


def _term(term: Term, sources: _SourceNames) -> Component:
    """A term's table and codes as the source spells them, but those that only stand for an id."""
    codes = " · ".join(
        f"{variable} {', '.join(chosen)}"
        for variable, chosen in term.codes
        if chosen != (term.source_id,) and not any(c.startswith("UNVERIFIED") for c in chosen)
    )
    return html.Span([sources.link(term.source_id), " ", html.Code(codes)])


def _years(indicator: Indicator, offer: Offer, language: Language) -> Component | str:
    held = [
        f"{level_name(level, language=language)} {wording.year_list(years)}"
        for level in LEVELS
        if (years := offer.years_of(indicator.indicator_id, level))
    ]
    return lines(held) if held else words.NO_YEARS[language]


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _breaks(breaks: Sequence[Break], language: Language) -> Component | str:
    if not breaks:
        return words.NO_BREAKS[language]
    return lines(f"{found.year}: {found.note[language]}" for found in breaks)


def _backgrounds(indicator: Indicator, catalogue: Catalogue, language: Language) -> Fact | None:
    if not indicator.backgrounds:
        return None
    said = []
    for background_id in indicator.backgrounds:
        background = catalogue.backgrounds[background_id]
        parts = ", ".join(name[language].lower() for _, name in background.categories)
        said.append(f"{background.name[language]}: {parts}")
    return words.BACKGROUNDS[language], lines(said)


def _threshold(indicator: Indicator, language: Language) -> str:
    if not indicator.min_denominator:
        return words.NO_THRESHOLD[language]
    n = wording.number(indicator.min_denominator, language=language)
    return fill(words.THRESHOLD_RULE, language, n=n)


def _holes(indicator: Indicator, held: SnapshotContents, language: Language) -> Fact | None:
    """Values that are missing, by reason; nothing of an indicator without any values."""
    name = indicator.indicator_id
    if not any(held.offer.years_of(name, level) for level in LEVELS):
        return None
    said = [
        f"{wording.missing_reason(reason, language=language)}:"
        f" {wording.number(n, language=language)}"
        for reason, n in held.missing.get(name, ())
    ]
    return words.HOLES[language], lines(said) if said else words.NO_HOLES[language]


def _series(indicator: Indicator, language: Language) -> Fact | None:
    if indicator.group is None or indicator.rest is None:
        return None
    said = fill(
        words.TWO_GROUPS,
        language,
        group=indicator.group[language],
        rest=indicator.rest[language],
    )
    return words.SEGREGATION_SERIES[language], said


def _downloads(indicator: Indicator, offer: Offer, language: Language) -> Fact | None:
    """The map and the files of the deepest level's last year."""
    name = indicator.indicator_id
    deepest: Level | None = next((x for x in reversed(LEVELS) if offer.years_of(name, x)), None)
    if deepest is None:
        return None
    query = {"indicator": name, "level": deepest, "year": offer.years_of(name, deepest)[-1]}
    files = [
        html.A(
            found.name[language],
            href=address(f"/export/{found.format_id}", language=language, **query),
        )
        for found in FORMATS
    ]
    shown = html.A(words.SHOW_ON_MAP[language], href=address("/karta", language=language, **query))
    return words.TAKE[language], [*separated(files), ". ", shown]
