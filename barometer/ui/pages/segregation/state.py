"""What the segregation page is about: an address as understood, and the frame of each section."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from barometer import queries, wording
from barometer.catalogue import Break, Grouping
from barometer.divisions import RIKET, Language
from barometer.indices import INDICES, Index
from barometer.queries.portraits import similar_areas, wanted_of
from barometer.queries.profiles import level_table
from barometer.selection import Measurement, MeasureOffer, MeasureReading
from barometer.selection.profiles import ALIKE
from barometer.store import Reader
from barometer.ui.context import Context

ENDS: Final = ("estimate", "low", "high")
PEERS: Final = 2
LAST_YEAR: Final = 9999  # peers are alike now, in whatever year the index is seen
QUARTERS: Final = ("q1", "q2", "q3", "q4")
BY_ID: Final[Mapping[str, Index]] = {index.id: index for index in INDICES}


@dataclass(frozen=True, slots=True)
class SegregationState:
    """A reading, the snapshot it is read from, and what both are about."""

    reader: Reader
    reading: MeasureReading
    context: Context

    @property
    def measurement(self) -> Measurement:
        """What is measured."""
        return self.reading.measurement

    @property
    def language(self) -> Language:
        """The language it is told in."""
        return self.measurement.language

    @property
    def offer(self) -> MeasureOffer:
        """What the snapshot holds."""
        return self.reader.once(queries.measure_offer)

    @property
    def grouping(self) -> Grouping:
        """The groups that are compared."""
        return self.context.catalogue.groupings[self.measurement.grouping]

    @property
    def breaks(self) -> tuple[Break, ...]:
        """The breaks in the series of what is measured, between these areas."""
        return self.context.catalogue.breaks_of(self.grouping, levels=(self.measurement.units,))

    @property
    def index(self) -> Index:
        """The chosen index."""
        return BY_ID[self.measurement.index]

    @property
    def where(self) -> str:
        """The place in a sentence."""
        return self.place(self.measurement.area)

    def place(self, code: str) -> str:
        """Riket, a län or a kommun in a sentence."""
        measurement = self.measurement.at(code)
        return wording.measure_place(
            code, self.offer.names[code], level=measurement.level, language=self.language
        )

    @property
    def peers(self) -> tuple[str, ...]:
        """The kommuner most like the chosen one, by what the place profile resembles by default."""
        measurement = self.measurement
        if measurement.level != "kommun":
            return ()
        wanted = wanted_of(
            self.context.offer(self.reader), level="kommun", division="admin", year=LAST_YEAR
        )
        table = self.reader.once(level_table, level="kommun", division="admin", wanted=wanted)
        resemblance = self.resemblance(table.indicator_ids)
        if not resemblance or measurement.area not in table.area_ids:
            return ()
        found = similar_areas(
            table,
            measurement.area,
            indicator_ids=resemblance,
            catalogue=self.context.catalogue,
            count=PEERS,
        )
        return tuple(table.area_ids[row] for row in found.rows)

    def resemblance(self, known: tuple[str, ...]) -> tuple[str, ...]:
        """The indicators in which peers are alike, of those that there are."""
        return tuple(indicator for indicator in ALIKE if indicator in known)

    def label(self, index_id: str) -> str:
        """An index's name; of national income quarters it has one of its own."""
        index = BY_ID[index_id]
        quarters = tuple(group.group_id for group in self.grouping.groups) == QUARTERS
        named = index.label_of_quarters if quarters and index.label_of_quarters else index.label
        return named.of(self.language)


def capital(text: str) -> str:
    """The text with a capital first letter and the rest as it is: RegSO stays RegSO."""
    return text[:1].upper() + text[1:]


def resolve(context: Context, reader: Reader, query: str) -> SegregationState:
    """An address as the segregation page understands it."""
    offer = reader.once(queries.measure_offer)
    return SegregationState(reader, Measurement.from_query(query, offer=offer), context)


def bare_series(state: SegregationState) -> pd.DataFrame:
    """The index over the years, with the intervals that the snapshot has."""
    return queries.measure_series(state.reader.cursor, state.measurement, peers=state.peers)


def _series(state: SegregationState) -> pd.DataFrame:
    """`bare_series` with the place's own intervals drawn where the snapshot has none."""
    series = bare_series(state)
    own = series["role"] == "area"
    return _filled(state, series, own)


def _indices(state: SegregationState) -> pd.DataFrame:
    ids = state.offer.indices[state.measurement.grouping]
    table = queries.measure_table(state.reader.cursor, state.measurement, index_ids=ids)
    own = table["index_id"] == state.index.id
    return _filled(state, table.assign(year=state.measurement.year), own).drop(columns="year")


def _filled(state: SegregationState, table: pd.DataFrame, own: "pd.Series[bool]") -> pd.DataFrame:
    """The chosen rows of the chosen index with intervals: the snapshot has kommuners headline."""
    lacking = own & table["value"].notna() & table["low"].isna()
    if not lacking.any() or not queries.can_be_drawn(state.measurement):
        return table
    drawn = _drawn(state, tuple(table.loc[lacking, "year"].tolist())).set_index("year")
    ends = {end: table[end].mask(lacking, table["year"].map(drawn[end])) for end in ENDS}
    return table.assign(**ends)


def _drawn(state: SegregationState, years: tuple[int, ...]) -> pd.DataFrame:
    bare = replace(state.measurement.bare(), year=years[-1], since=years[-1])
    if bare.area == RIKET:
        return state.reader.once(queries.drawn_intervals, bare, years=years)
    return queries.drawn_intervals(state.reader.cursor, bare, years=years)


def _ranking(state: SegregationState) -> pd.DataFrame:
    return queries.ranking(state.reader.cursor, state.measurement)


def _levels(state: SegregationState) -> pd.DataFrame:
    finest = state.offer.units_of(state.measurement.grouping)[-1]
    if state.measurement.area == RIKET:
        return state.reader.once(queries.by_level, _bare(state), finest=finest)
    return queries.by_level(state.reader.cursor, state.measurement, finest=finest)


def _change(state: SegregationState) -> pd.DataFrame:
    if state.measurement.area == RIKET:
        return state.reader.once(queries.why_changed, _bare(state))
    return queries.why_changed(state.reader.cursor, state.measurement)


def _bare(state: SegregationState) -> Measurement:
    """The view without what does not change the split, so that riket is split once."""
    first = state.offer.indices[state.measurement.grouping][0]
    return replace(state.measurement.bare(), index=first)


def _pairs(state: SegregationState) -> pd.DataFrame:
    groups = tuple(group.group_id for group in state.grouping.groups)
    return queries.pairs(state.reader.cursor, state.measurement, groups=groups)


def _profile(state: SegregationState) -> pd.DataFrame:
    if state.measurement.area == RIKET:
        bare = replace(_bare(state), since=state.measurement.year)
        return state.reader.once(queries.profile, bare)
    return queries.profile(state.reader.cursor, state.measurement)


def _areas(state: SegregationState) -> pd.DataFrame:
    return queries.drivers(state.reader.cursor, state.measurement)


FRAMES: Final[Mapping[str, Callable[[SegregationState], pd.DataFrame]]] = {
    "series": _series,
    "indices": _indices,
    "ranking": _ranking,
    "levels": _levels,
    "change": _change,
    "pairs": _pairs,
    "profile": _profile,
    "areas": _areas,
}
