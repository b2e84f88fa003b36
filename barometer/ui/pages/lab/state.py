"""What the lab is about: an address as understood, cut to what can be shown, and its frames."""

from dataclasses import dataclass, field, replace
from typing import Final

import pandas as pd

from barometer import queries, wording
from barometer.catalogue import Break, Indicator
from barometer.divisions import OWN, RIKET, Language, division_label, parse_area_code
from barometer.export.frames import breaks_within
from barometer.queries.labs import (
    EVERYTHING,
    MOST_COLUMNS,
    RowRange,
    lab_areas,
    lab_columns,
    lab_counts,
    lab_frame,
    lab_pivot,
    lab_size,
    lab_sums,
    pivot_size,
)
from barometer.selection import Offer
from barometer.selection.labs import Lab, area_set
from barometer.store import Reader
from barometer.ui.base.state import PageState
from barometer.ui.breaks import year_mark
from barometer.ui.context import Context
from barometer.ui.pages.lab import words

MOST_ROWS: Final = 500_000


@dataclass(frozen=True)
class LabState(PageState[Lab]):
    """What the lab shows, cut to what can be shown, and the snapshot that has it.

    `sizes` has the rows by year; `columns` what the table is spread over; `cuts` what was left
    out because it is too much to show.
    """

    path = "/labb"
    prefix = "lab"

    sizes: dict[int, int] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    cuts: tuple[str, ...] = ()

    @property
    def lab(self) -> Lab:
        """What is shown."""
        return self.address

    @property
    def offer(self) -> Offer:
        """What the snapshot holds."""
        return self.snapshot_offer

    @property
    def n_values(self) -> int:
        """How many values the view has, missing ones included."""
        return sum(self.sizes.values())

    @property
    def n_rows(self) -> int:
        """How many rows the table has."""
        if self.lab.columns:
            return pivot_size(self.reader.cursor, self.lab, offer=self.offer)
        return self.n_values

    def indicator(self, indicator_id: str) -> Indicator:
        """An indicator of the catalogue."""
        return self.context.catalogue.indicators[indicator_id]

    def breaks(self, *indicator_ids: str) -> tuple[Break, ...]:
        """The breaks in some indicators' series, at the levels that are shown."""
        chosen = (self.indicator(indicator_id) for indicator_id in indicator_ids)
        return self.context.catalogue.breaks_of(*chosen, levels=self.lab.levels)

    def year(self, year: object, *indicator_ids: str) -> str:
        """A year as the table writes it, marked where a break parts it from an earlier one."""
        first = min(self.sizes, default=0)
        return year_mark(int(str(year)), breaks=self.breaks(*indicator_ids), first=first)

    def background(self, background: str) -> str:
        """A background's name."""
        return wording.background_name(
            background, catalogue=self.context.catalogue, language=self.language
        )

    def areas(self) -> pd.DataFrame:
        """The chosen areas."""
        return lab_areas(self.reader.cursor, self.lab)

    def counts(self) -> dict[str, int]:
        """How many areas are chosen, by division."""
        return lab_counts(self.reader.cursor, self.lab)

    def frame(self, lab: Lab, page: RowRange = EVERYTHING) -> pd.DataFrame:
        """The values of a view, one a row."""
        return lab_frame(self.reader.cursor, lab, offer=self.offer, page=page)

    def spread(self, page: RowRange = EVERYTHING) -> pd.DataFrame:
        """The values of this view, spread over its columns."""
        return lab_pivot(
            self.reader.cursor, self.lab, columns=self.columns, offer=self.offer, page=page
        )

    @property
    def provenance(self) -> queries.Provenance:
        """The tables behind the chosen indicators."""
        ids = (s for i in self.lab.indicators for s in self.indicator(i).source_ids)
        summed = () if self.lab.empty else lab_sums(self.reader.cursor, self.lab, offer=self.offer)
        years = pd.DataFrame({"year": [*self.sizes]})
        breaks = breaks_within(self.breaks(*self.lab.indicators), years)
        return self.provenance_of(ids, breaks, summed_from=summed)


def resolve(context: Context, reader: Reader, query: str) -> LabState:
    """An address as the lab understands it."""
    offer = context.offer(reader)
    reading = Lab.from_query(query, offer=offer)
    lab, cuts = reading.view, []
    if lab.empty:
        return LabState(context, reader, lab, reading.misunderstood)
    sizes = lab_size(reader.cursor, lab, offer=offer)
    kept = _latest(sizes)
    if len(kept) < len(sizes):
        cuts.append(_rows_cut(sizes, kept, lab.language))
        lab, sizes = replace(lab, years=tuple(sorted(kept))), kept
    columns = lab_columns(reader.cursor, lab, offer=offer)
    if len(columns) > MOST_COLUMNS:
        told = words.COLUMNS_CUT[lab.language]
        cuts.append(told.format(n=_whole(len(columns), lab.language), most=MOST_COLUMNS))
        lab, columns = replace(lab, columns=""), ()
    return LabState(context, reader, lab, reading.misunderstood, sizes, columns, tuple(cuts))


def _latest(sizes: dict[int, int]) -> dict[int, int]:
    """The latest years whose rows can be shown together, at least one."""
    kept: dict[int, int] = {}
    for year in sorted(sizes, reverse=True):
        if kept and sum(kept.values()) + sizes[year] > MOST_ROWS:
            break
        kept[year] = sizes[year]
    return kept


def _rows_cut(sizes: dict[int, int], latest: dict[int, int], language: Language) -> str:
    return words.ROWS_CUT[language].format(
        n=_whole(sum(sizes.values()), language),
        most=_whole(MOST_ROWS, language),
        years=wording.year_list(tuple(latest)),
    )


def _whole(n: int, language: Language) -> str:
    return wording.number(n, language=language)


def nothing_sentence(state: LabState) -> str:
    """Why the view has no rows: the filter that leaves none, or else the choices together."""
    lab, language = state.lab, state.language
    if lab.find and not state.counts():
        return words.NO_AREA_FOUND[language].format(find=lab.find)
    if lab.only and lab_size(state.reader.cursor, replace(lab, only=""), offer=state.offer):
        return words.NO_VALUE_WITHIN[language].format(only=lab.only)
    return words.NOTHING[language]


def token_label(state: LabState, token: str) -> str:
    """A place or a set of places as the control and the title call it."""
    language = state.language
    found = area_set(token)
    if found is None:
        return area_name(state, token)
    every = words.SETS[found.level][language]
    if found.within == RIKET:
        return every
    return words.SET_IN[language].format(all=every, place=_placed(state, found.within))


def area_name(state: LabState, code: str) -> str:
    """One area's name; a small area's with its division."""
    if code == RIKET:
        return words.SETS["riket"][state.language]
    if code in state.offer.names:
        own = parse_area_code(code)
        level = own.level if own else OWN
        return wording.place_name(state.offer.names[code], level, language=state.language)
    area = queries.area(state.reader.cursor, code)
    return f"{area.label}, {division_label(area.level, area.division)}" if area else code


def _placed(state: LabState, code: str) -> str:
    own = parse_area_code(code)
    level = own.level if own else "riket"
    return wording.measure_place(
        code, state.offer.names[code], level=level, language=state.language
    )
