"""What the segregation page is about: an address as understood, and the frame of each section."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import pandas as pd

from barometer import queries, wording
from barometer.catalogue import Break, Grouping
from barometer.divisions import RIKET
from barometer.indices import INDICES, Index
from barometer.queries.portraits import requested_series, similar_areas
from barometer.queries.profiles import level_table
from barometer.selection import Measurement, MeasureOffer
from barometer.selection.profiles import ALIKE
from barometer.store import Reader
from barometer.ui.base.state import PageState
from barometer.ui.context import Context
from barometer.ui.pages.segregation import words

ENDS: Final = ("estimate", "low", "high")
PEERS: Final = 2
LAST_YEAR: Final = 9999  # peers are alike now, in whatever year the index is seen
QUARTERS: Final = ("q1", "q2", "q3", "q4")
BY_ID: Final[Mapping[str, Index]] = {index.id: index for index in INDICES}


@dataclass(frozen=True)
class SegregationState(PageState[Measurement]):
    """What is measured where, and the snapshot that it is measured in."""

    path = "/segregation"
    prefix = "segregation"

    @property
    def measurement(self) -> Measurement:
        """What is measured."""
        return self.address

    @cached_property
    def offer(self) -> MeasureOffer:
        """What the snapshot holds."""
        return self.reader.once(queries.measure_offer)

    @property
    def title(self) -> str:
        """The index, the groups and the place."""
        return wording.measure_title(
            self.measurement,
            index=self.label(self.index.id),
            grouping=self.grouping.name[self.language],
            where=self.where,
        )

    @property
    def provenance(self) -> queries.Provenance:
        """The tables that the groups are counted in."""
        return self.provenance_of(self.grouping.source_ids, self.breaks)

    @property
    def constants(self) -> dict[str, str | int]:
        """What is measured, where it is the same in every row."""
        asked = self.measurement
        return {
            "grouping": asked.grouping,
            "index_id": asked.index,
            "area": asked.area,
            "unit_level": asked.units,
            "division": asked.division,
            "year": asked.year,
        }

    @property
    def about(self) -> list[tuple[str, str]]:
        """The groups by name."""
        return [(words.GROUPING[self.language], self.grouping.name[self.language])]

    def stem(self, file: str) -> tuple[str, ...]:
        """The parts of a file's name."""
        asked = self.measurement
        return ("segregation", file, asked.grouping, asked.area, str(asked.year))

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
        return self.resemblance[0]

    @cached_property
    def resemblance(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The kommuner most like the chosen one, and the indicators in which they are."""
        measurement = self.measurement
        if measurement.level != "kommun":
            return (), ()
        wanted = requested_series(
            self.context.offer(self.reader), level="kommun", division="admin", year=LAST_YEAR
        )
        table = self.reader.once(level_table, level="kommun", division="admin", requested=wanted)
        if measurement.area not in table.area_ids:
            return (), ()
        found = similar_areas(
            table,
            measurement.area,
            indicator_ids=ALIKE,
            catalogue=self.context.catalogue,
            count=PEERS,
        )
        used = tuple(i for i, there in zip(ALIKE, found.used, strict=True) if there)
        return tuple(table.area_ids[row] for row in found.rows), used

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
    reading = Measurement.from_query(query, offer=offer)
    return SegregationState(context, reader, reading.measurement, reading.misunderstood)


def bare_series(state: SegregationState) -> pd.DataFrame:
    """The index over the years, with the intervals that the snapshot has."""
    return queries.measure_series(state.reader.cursor, state.measurement, peers=state.peers)


def series_frame(state: SegregationState) -> pd.DataFrame:
    """`bare_series` with the place's own intervals drawn where the snapshot has none."""
    series = bare_series(state)
    own = series["role"] == "area"
    return _filled(state, series, own)


def indices_frame(state: SegregationState) -> pd.DataFrame:
    """Every index of the grouping, for the place and year."""
    ids = state.offer.indices[state.measurement.grouping]
    table = queries.measure_table(state.reader.cursor, state.measurement, index_ids=ids)
    own = table["index_id"] == state.index.id
    return _filled(state, table.assign(year=state.measurement.year), own).drop(columns="year")


def _filled(
    state: SegregationState, table: pd.DataFrame, chosen: "pd.Series[bool]"
) -> pd.DataFrame:
    """The chosen rows of the chosen index with intervals: the snapshot has kommuners headline."""
    lacking = chosen & table["value"].notna() & table["low"].isna()
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


def ranking_frame(state: SegregationState) -> pd.DataFrame:
    """The places in order of the index."""
    return queries.ranking(state.reader.cursor, state.measurement)


def levels_frame(state: SegregationState) -> pd.DataFrame:
    """M and H within and between levels."""
    finest = state.offer.units_of(state.measurement.grouping)[-1]
    if state.measurement.area == RIKET:
        return state.reader.once(queries.by_level, _bare(state), finest=finest)
    return queries.by_level(state.reader.cursor, state.measurement, finest=finest)


def change_frame(state: SegregationState) -> pd.DataFrame:
    """Why M changed since the earlier year."""
    if state.measurement.area == RIKET:
        return state.reader.once(queries.why_changed, _bare(state))
    return queries.why_changed(state.reader.cursor, state.measurement)


def _bare(state: SegregationState) -> Measurement:
    """The view without what does not change the split, so that riket is split once."""
    first = state.offer.indices[state.measurement.grouping][0]
    return replace(state.measurement.bare(), index=first)


def pairs_frame(state: SegregationState) -> pd.DataFrame:
    """D of every group against every other."""
    groups = tuple(group.group_id for group in state.grouping.groups)
    return queries.pairs(state.reader.cursor, state.measurement, groups=groups)


def profile_frame(state: SegregationState) -> pd.DataFrame:
    """The indices by size of neighbourhood."""
    if state.measurement.area == RIKET:
        bare = replace(_bare(state), since=state.measurement.year)
        return state.reader.once(queries.profile, bare)
    return queries.profile(state.reader.cursor, state.measurement)


def areas_frame(state: SegregationState) -> pd.DataFrame:
    """The areas behind the value, largest part first."""
    return queries.drivers(state.reader.cursor, state.measurement)
