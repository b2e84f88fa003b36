"""The whole catalogue, and what it needs of each source."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from barometer.catalogue.model import (
    SECTORS,
    Background,
    Break,
    Grouping,
    GroupingPart,
    Indicator,
    Part,
    Provider,
    Source,
    Term,
    Text,
)
from barometer.catalogue.signals import SignalRules
from barometer.divisions import LEVELS, Level


@dataclass(frozen=True, slots=True)
class Need:
    """What the pipeline has to fetch of one source: a rectangle of codes, a variable each.

    A source can have several needs. Years after the last of `years` are wanted too when open-ended.
    `unverified`, `meanings`, `ahead`: see Source. `counts` are the codes of its first variable
    whose cells count something, so that none is negative. `asked_by` has variable, code and
    the entry that names it.
    """

    source_id: str
    codes: tuple[tuple[str, tuple[str, ...]], ...]
    levels: tuple[Level, ...]
    years: tuple[int, ...]
    open_ended: bool
    unverified: str = ""
    meanings: tuple[tuple[str, str, str], ...] = ()
    counts: tuple[str, ...] = ()
    asked_by: tuple[tuple[str, str, str], ...] = ()
    provider: Provider = "scb"
    ahead: int = 0


@dataclass(frozen=True)
class Catalogue:
    """Sources, indicators and groupings by id, in the order of the files."""

    sources: Mapping[str, Source]
    indicators: Mapping[str, Indicator]
    groupings: Mapping[str, Grouping]
    backgrounds: Mapping[str, Background]
    unused: Mapping[str, Text]  # tables that are known and not fetched, and why
    breaks: tuple[Break, ...]  # of every series with years on both sides
    signals: SignalRules | None = None  # none where the catalogue has no such file

    @cached_property
    def sectors(self) -> tuple[str, ...]:
        """The sectors that have an indicator, in order."""
        used = {indicator.sector for indicator in self.indicators.values()}
        return tuple(sector for sector in SECTORS if sector in used)

    def of_sector(self, sector: str) -> tuple[Indicator, ...]:
        """The sector's indicators, children's first and else in the order of the file."""
        of_sector = [i for i in self.indicators.values() if i.sector == sector]
        return tuple(sorted(of_sector, key=lambda indicator: not indicator.children))

    def breaks_of(
        self, *entries: Indicator | Grouping, levels: Collection[str] = LEVELS
    ) -> tuple[Break, ...]:
        """The breaks of the entries at any of the levels, by year, one a year and note."""
        every = dict.fromkeys(found for entry in entries for found in self._breaks_of(entry))
        here = [found for found in every if not set(levels).isdisjoint(found.levels)]
        return tuple(sorted(here, key=lambda found: found.year))

    def _breaks_of(self, entry: Indicator | Grouping) -> Iterator[Break]:
        """Its own, and its sources' and the common ones with years on both sides."""
        used = self._used(entry)
        others = [*(found for source in used for found in source.breaks), *self.breaks]
        yield from entry.breaks
        every = [used, *(self._used(needed) for needed in _needed(entry))]
        yield from (found for found in others if all(_crosses(found, used) for used in every))

    def _used(self, entry: Indicator | Grouping) -> list[Source]:
        return [self.sources[source_id] for source_id in entry.source_ids]

    @cached_property
    def perturbed(self) -> Mapping[str, int]:
        """The first year with counts that are changed at random, by indicator and grouping.

        Those that have no such counts are not in it.
        """
        entries: dict[str, Indicator | Grouping] = {**self.groupings, **self.indicators}
        found = {name: self._perturbed_from(entry) for name, entry in entries.items()}
        return {name: first for name, first in found.items() if first is not None}

    def is_counted(self, grouping_id: str, year: int) -> bool:
        """Whether a grouping's groups are counted; else their agency has only shares."""
        whole = self.indicators.get(grouping_id)
        if whole is not None:
            return not any(p.published for p in whole.parts if p.covers(year))
        parts = self.groupings[grouping_id].parts if grouping_id in self.groupings else ()
        return not any(p.denominator for p in parts if p.covers(year))

    def _perturbed_from(self, entry: Indicator | Grouping) -> int | None:
        starts = [
            max(start, part.first_year or start)
            for part in entry.parts
            for source_id in _sources_of(part)
            if (start := self.sources[source_id].perturbed_from) is not None
            and start <= (part.last_year or start)
        ]
        return min(starts, default=None)

    def needs(self) -> tuple[Need, ...]:
        """What to fetch: per source the cells that any term uses, as few rectangular blocks."""
        wanted: dict[str, dict[tuple[str, ...], None]] = {}
        for term in self.terms():
            cells = product(*(codes for _, codes in term.codes))
            wanted.setdefault(term.source_id, {}).update(dict.fromkeys(cells))
        asked = asking_entries(self)
        counted = {(term.source_id, code) for term in self._counts() for code in term.codes[0][1]}
        return tuple(
            Need(
                source.source_id,
                codes,
                source.levels,
                source.years,
                not source.closed,
                source.unverified,
                source.meanings,
                tuple(code for code in codes[0][1] if (source.source_id, code) in counted),
                tuple(
                    (variable, code, place)
                    for variable, wanted_codes in codes
                    for code in wanted_codes
                    for place in asked.get((source.source_id, variable, code), ())
                ),
                source.provider,
                source.ahead,
            )
            for source in self.sources.values()
            for codes in rectangles(
                tuple(variable.code for variable in source.variables),
                wanted.get(source.source_id, {}),
            )
        )

    def _counts(self) -> Iterator[Term]:
        """The terms that count people, dwellings or households; a rate's numerator may be net."""
        for indicator in self.indicators.values():
            for part in indicator.parts:
                net = indicator.unit in ("per_1000", "per_100000")
                counted = (None if net else part.numerator, part.denominator)
                yield from (term for term in counted if term is not None)
        for grouping in self.groupings.values():
            for grouped in grouping.parts:
                yield from (term for term in (*grouped.terms, grouped.denominator) if term)

    def terms(self) -> Iterator[Term]:
        """Every term of every indicator, background and grouping; the same term may come twice."""
        for indicator in self.indicators.values():
            own = [term for part in indicator.parts for term in part.terms]
            yield from own
            for background in indicator.backgrounds:
                for category, _ in self.backgrounds[background].categories:
                    yield from (self.narrow(term, background, category) for term in own)
        for grouping in self.groupings.values():
            for part in grouping.parts:
                yield from (*part.terms, *((part.denominator,) if part.denominator else ()))

    def narrow(self, term: Term, background_id: str, category: str) -> Term:
        """The same term for one category of a background: its variable's codes are exchanged."""
        of_source = self.sources[term.source_id].backgrounds
        variable, codes = next((v, dict(c)) for b, v, c in of_source if b == background_id)
        narrowed = ((v, codes[category] if v == variable else c) for v, c in term.codes)
        return Term(term.source_id, tuple(narrowed))


def _needed(entry: Indicator | Grouping) -> Iterator[Indicator]:
    """What an entry is derived from, and they in turn: it has no year that one of them lacks."""
    for indicator in entry.composed_of if isinstance(entry, Indicator) else ():
        yield indicator
        yield from _needed(indicator)


def _crosses(candidate: Break, used: Sequence[Source]) -> bool:
    """Whether figures of these sources together lie on both sides of a break, at one of its levels.

    An open source has years after its last.
    """
    before = any(source.years[0] < candidate.year for source in used)
    after = any(not source.closed or source.years[-1] >= candidate.year for source in used)
    levels = set(candidate.levels).intersection(*(source.levels for source in used))
    return before and after and bool(levels)


def _sources_of(part: Part | GroupingPart) -> set[str]:
    """The sources of a part's terms, its denominator among them."""
    return {term.source_id for term in (*part.terms, part.denominator) if term is not None}


def rectangles(
    variables: tuple[str, ...], cells: Iterable[tuple[str, ...]]
) -> Iterator[tuple[tuple[str, tuple[str, ...]], ...]]:
    """Cells as few rectangles: codes of a variable with the same cells behind them join."""
    for rectangle in _merge(list(cells), width=len(variables)):
        yield tuple(zip(variables, rectangle, strict=True))


def _merge(cells: list[tuple[str, ...]], *, width: int) -> Iterator[tuple[tuple[str, ...], ...]]:
    if width == 0:
        yield ()
        return
    behind: dict[str, dict[tuple[str, ...], None]] = {}
    for head, *tail in cells:
        behind.setdefault(head, {})[tuple(tail)] = None
    with_the_same: dict[frozenset[tuple[str, ...]], list[str]] = {}
    for head, tails in behind.items():
        with_the_same.setdefault(frozenset(tails), []).append(head)
    for heads in with_the_same.values():
        for rectangle in _merge(list(behind[heads[0]]), width=width - 1):
            yield (tuple(heads), *rectangle)


Asked = dict[tuple[str, str, str], dict[str, None]]
"""Table, variable and code, with the places that ask for it in order."""


def asking_entries(catalogue: Catalogue) -> Asked:
    """Every code that an entry names, with file and entry; what a table adds is the table's."""
    asked: Asked = defaultdict(dict)
    for place, term in _terms(catalogue):
        source = catalogue.sources[term.source_id]
        for variable, codes in term.codes:
            known = source.variable(variable)
            for code in codes:
                by_default = known is not None and code in known.default
                where = f"sources.toml: {term.source_id}" if by_default else place
                asked[term.source_id, variable, code][where] = None
    for source in catalogue.sources.values():
        for _, variable, categories in source.backgrounds:
            for _, codes in categories:
                for code in codes:
                    asked[source.source_id, variable, code][f"sources.toml: {source.source_id}"] = (
                        None
                    )
    return asked


def _terms(catalogue: Catalogue) -> Iterator[tuple[str, Term]]:
    for indicator in catalogue.indicators.values():
        for part in indicator.parts:
            for term in part.terms:
                yield f"indicators.toml: {indicator.indicator_id}", term
    for grouping in catalogue.groupings.values():
        if grouping.grouping_id in catalogue.indicators:  # follows from the indicator
            continue
        for grouped in grouping.parts:
            for term in (*grouped.terms, *((grouped.denominator,) if grouped.denominator else ())):
                yield f"groupings.toml: {grouping.grouping_id}", term
