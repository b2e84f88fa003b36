"""What the area-type page is about: an address as understood, and the frame of each section."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from barometer import queries, wording
from barometer.catalogue import Break, Indicator
from barometer.divisions import Language
from barometer.queries.area_types import (
    approximation_agreement,
    indicator_by_type,
    recomputed_types,
    type_changes,
    type_moves,
    type_shares,
)
from barometer.selection import Offer
from barometer.selection.area_types import AREA_TYPE, TYPED_LEVEL, TypeReading, TypeView
from barometer.store import Reader
from barometer.ui.context import Context


@dataclass(frozen=True, slots=True)
class AreaTypesState:
    """A reading, the snapshot it is read from, and what both are about."""

    reader: Reader
    reading: TypeReading
    context: Context
    offer: Offer

    @property
    def view(self) -> TypeView:
        """What is shown."""
        return self.reading.view

    @property
    def language(self) -> Language:
        """The language it is told in."""
        return self.view.language

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
        return wording.measure_place(
            view.area, self.offer.names[view.area], level=view.level, language=view.language
        )

    @property
    def recomputed(self) -> pd.DataFrame:
        """Our own types of the later year, for all of riket."""
        return self.reader.once(recomputed_types, self.view.year)

    @property
    def approximated(self) -> tuple[float, int]:
        """How near our types for DeSO are to SCB's in the later year, and in how many areas."""
        return self.reader.once(approximation_agreement, self.view.year)

    @property
    def provenance(self) -> queries.Provenance:
        """The tables behind types, residents and the chosen indicator."""
        catalogue = self.context.catalogue
        used = [self.types, catalogue.indicators["population"], self.indicator]
        ids = dict.fromkeys(source for indicator in used for source in indicator.source_ids)
        sources = self.reader.once(queries.sources, tuple(ids))
        breaks = self.breaks(self.types, self.indicator)
        return queries.Provenance(self.reader.snapshot, sources, breaks)

    def breaks(self, *indicators: Indicator) -> tuple[Break, ...]:
        """The breaks in some indicators' series, between the areas that have types."""
        return self.context.catalogue.breaks_of(*indicators, levels=(TYPED_LEVEL,))


def resolve(context: Context, reader: Reader, query: str) -> AreaTypesState:
    """An address as the area-type page understands it."""
    offer = context.offer(reader)
    return AreaTypesState(reader, TypeView.from_query(query, offer=offer), context, offer)


Asking = Callable[[AreaTypesState], pd.DataFrame]

FRAMES: Final[Mapping[str, Asking]] = {
    "shares": lambda state: type_shares(state.reader.cursor, state.view),
    "moves": lambda state: type_moves(state.reader.cursor, state.view),
    "changes": lambda state: type_changes(state.reader.cursor, state.view, ours=state.recomputed),
    "indicator": lambda state: indicator_by_type(state.reader.cursor, state.view),
}
