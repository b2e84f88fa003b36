"""What the area-type page is about: an address as understood, and the frame of each section."""

from dataclasses import dataclass

import pandas as pd

from barometer import queries, wording
from barometer.catalogue import Break, Indicator
from barometer.divisions import RIKET
from barometer.own_codes import plain_id
from barometer.queries.area_types import (
    approximation_agreement,
    indicator_by_type,
    recomputed_types,
    type_changes,
    type_moves,
    type_shares,
)
from barometer.selection import Offer
from barometer.selection.area_types import AREA_TYPE, TYPED_LEVEL, TypeView
from barometer.store import Reader
from barometer.ui.base.state import PageState
from barometer.ui.context import Context
from barometer.ui.pages.area_types import words
from barometer.wording.area_types import FIXED, type_title


@dataclass(frozen=True)
class AreaTypesState(PageState[TypeView]):
    """Where and when types are looked at, and the snapshot that has them."""

    path = "/omradestyper"
    prefix = "types"

    @property
    def view(self) -> TypeView:
        """What the page shows."""
        return self.address

    @property
    def offer(self) -> Offer:
        """What the snapshot holds."""
        return self.snapshot_offer

    @property
    def years(self) -> tuple[int, ...]:
        """The years with types, the first one first."""
        return tuple(self.offer.years_of(AREA_TYPE, TYPED_LEVEL))

    @property
    def title(self) -> str:
        """The page's title."""
        return type_title(self.view, where=self.where)

    @property
    def constants(self) -> dict[str, str | int]:
        """Place and years: the same in every row."""
        view = self.view
        same = {"area": view.area, "unit_level": TYPED_LEVEL, "marked": view.marked}
        return same | {"year": view.year, "since": view.since}

    @property
    def about(self) -> list[tuple[str, str]]:
        """What types are and are not."""
        language = self.language
        return [(words.READ_SO[language], " ".join(sentence[language] for sentence in FIXED))]

    def stem(self, file: str) -> tuple[str, ...]:
        """The parts of a file's name."""
        view = self.view
        indicator = (view.indicator,) if file == "indicator" else ()
        without = ("unmarked",) if view.marked == "out" else ()
        return ("area_types", file, *indicator, plain_id(view.area), *without, str(view.year))

    @property
    def indicator(self) -> Indicator:
        """The indicator that is told by type."""
        return self.context.catalogue.indicators[self.view.indicator]

    @property
    def types(self) -> Indicator:
        """The area type, as the catalogue has it."""
        return self.context.catalogue.indicators[AREA_TYPE]

    @property
    def where(self) -> str:
        """The place in a sentence."""
        view = self.view
        place = wording.measure_place(
            view.area, self.offer.names[view.area], level=view.level, language=view.language
        )
        return wording.without_marked(place, marked=view.marked, language=view.language)

    @property
    def recomputed(self) -> pd.DataFrame:
        """Our own types of the later year, for all of riket."""
        return self.reader.once(recomputed_types, self.view.year)

    @property
    def n_marked(self) -> int:
        """How many RegSO of the place are marked, of the later year's division."""
        marked = self.reader.once(
            queries.marked_areas,
            level=TYPED_LEVEL,
            division=self.view.division,
            year=self.view.year,
        )
        inside = self.recomputed
        place = self.view.area
        if place != RIKET:
            inside = inside[(inside["kommun_id"] == place) | (inside["lan_id"] == place)]
        return int(inside["area_id"].isin(marked["area_id"]).sum())

    @property
    def approximated(self) -> tuple[float, int]:
        """How near our types for DeSO are to SCB's in the later year, and in how many areas."""
        return self.reader.once(approximation_agreement, self.view.year)

    @property
    def provenance(self) -> queries.Provenance:
        """The tables behind types, residents and the chosen indicator."""
        catalogue = self.context.catalogue
        used = [self.types, catalogue.indicators["population"], self.indicator]
        ids = (source for indicator in used for source in indicator.source_ids)
        return self.provenance_of(ids, self.breaks(self.types, self.indicator))

    def breaks(self, *indicators: Indicator) -> tuple[Break, ...]:
        """The breaks in some indicators' series, between the areas that have types."""
        return self.context.catalogue.breaks_of(*indicators, levels=(TYPED_LEVEL,))


def resolve(context: Context, reader: Reader, query: str) -> AreaTypesState:
    """An address as the area-type page understands it."""
    offer = context.offer(reader)
    reading = TypeView.from_query(query, offer=offer)
    return AreaTypesState(context, reader, reading.view, reading.misunderstood)


def shares_frame(state: AreaTypesState) -> pd.DataFrame:
    """The shares of areas and residents by type over the years."""
    return type_shares(state.reader.cursor, state.view)


def moves_frame(state: AreaTypesState) -> pd.DataFrame:
    """From which type to which, between the two years."""
    return type_moves(state.reader.cursor, state.view)


def changes_frame(state: AreaTypesState) -> pd.DataFrame:
    """The areas that changed type, in the order that the address asks for."""
    return type_changes(state.reader.cursor, state.view, ours=state.recomputed)


def indicator_frame(state: AreaTypesState) -> pd.DataFrame:
    """The indicator in the areas of each type over the years."""
    view = state.view
    table = indicator_by_type(state.reader.cursor, view)
    return table.assign(indicator=view.indicator, background=view.background)
