"""What the segregation page is about: an address as understood, and the frame of each section."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

import pandas as pd

from barometer import queries, wording
from barometer.catalogue import Break, Grouping, Text
from barometer.divisions import RIKET, count_kommuner
from barometer.export import Sheet
from barometer.indices import INDICES, Index
from barometer.own_codes import plain_id
from barometer.selection import Measurement, MeasureOffer
from barometer.store import Cursor, Reader
from barometer.ui import words as site_words
from barometer.ui.base.state import PageState
from barometer.ui.context import Context
from barometer.ui.own import own_about
from barometer.ui.pages.segregation import words
from barometer.ui.pages.segregation.held import MEASURES, UNITS, counted_heading

P = ParamSpec("P")
T = TypeVar("T")

ENDS: Final = ("estimate", "low", "high")
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
        return queries.measure_offer_of(self.reader)

    @property
    def title(self) -> str:
        """The index, the groups and the place."""
        return self._title(self.index.id)

    def _title(self, index_id: str) -> str:
        return wording.measure_title(
            self.measurement,
            index=self.label(index_id),
            grouping=self.grouping.name[self.language],
            where=wording.enumerated(
                [self.place(code) for code in self.measurement.places], language=self.language
            ),
        )

    @property
    def provenance(self) -> queries.Provenance:
        """The tables that the groups are counted in."""
        asked = self.measurement
        summed = self.reader.once(
            queries.summed_in_grouping, asked.grouping, level=asked.units, year=asked.year
        )
        return self.provenance_of(self.grouping.source_ids, self.breaks, summed_from=summed)

    @property
    def constants(self) -> dict[str, str | int]:
        """What is measured, where it is the same in every row."""
        asked = self.measurement
        return {
            "grouping": asked.grouping,
            "index_id": asked.index,
            "unit": UNITS[self.index.unit],
            "area": asked.area,
            "unit_level": asked.units,
            "division": asked.division,
            "year": asked.year,
        }

    def sheet(self, file: str, frame: pd.DataFrame) -> Sheet:
        """A frame as a sheet that says which measure it holds: not always the chosen one."""
        own: dict[str, str | int] = dict(MEASURES.get(file, {}))
        if file in ("levels", "split", "groups-by-level"):
            own["unit_level"] = self.offer.units_of(self.measurement.grouping)[-1]
        if file == "change":
            own["since"] = self.measurement.since
        title = self._title(str(own.get("index_id", self.index.id)))
        return super().sheet(file, frame.assign(**own)).called(title)

    @property
    def headings(self) -> Mapping[str, Text]:
        """What is counted in each area, where it is not people."""
        counted = self.grouping.counted
        return {} if counted == "persons" else {"residents": counted_heading(counted)}

    @property
    def about(self) -> list[tuple[str, str]]:
        """The groups by name, and what own areas consist of."""
        language, places = self.language, self.measurement.places
        named = [(code, self.offer.names[code]) for code in places]
        own = own_about(self.reader, named, language=language)
        return [(words.GROUPING[language], self.grouping.name[language]), *own]

    def stem(self, file: str) -> tuple[str, ...]:
        """The parts of a file's name."""
        asked = self.measurement
        places = "-".join(plain_id(place) for place in asked.places[:3])
        index = MEASURES.get(file, {}).get("index_id", asked.index)
        years = f"{asked.since}-{asked.year}" if file == "change" else str(asked.year)
        return ("segregation", file, asked.grouping, index, asked.units, places, years)

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

    @cached_property
    def headline(self) -> str:
        """Who lives further apart than whom; of another index than the first, what is measured."""
        if not self.is_headline:
            return self.title
        return wording.verdict(
            self.once(places_frame),
            self.once(kommuner_frame),
            level=self.measurement.level,
            counted=self.grouping.counted,
            language=self.language,
        )

    @cached_property
    def lead(self) -> str:
        """The numbers in plain words, and of each place without one what there is."""
        return " ".join(part for part in (self._values, *self._last_years) if part)

    @property
    def _last_years(self) -> Iterator[str]:
        asked, places = self.measurement, self.once(places_frame)
        known = set(places.dropna(subset=["value"])["container_id"])
        for place in asked.places:
            last = self.offer.last_year(asked.grouping, asked.units, place)
            if place not in known and last != asked.year:
                yield words.LAST_YEAR[self.language].format(
                    place=self.name(place), year=asked.year, last=last
                )

    @property
    def _values(self) -> str:
        places = self.once(places_frame)
        if self.is_headline and self.index.id == "dissimilarity":
            return wording.verdict_lead(
                places,
                self.once(kommuner_spread),
                group=self.grouping.groups[0].name[self.language],
                level=self.measurement.level,
                counted=self.grouping.counted,
                language=self.language,
            )
        known = places.dropna(subset=["value"]).to_dict("records")
        values = (f"{row['label']}: {self.value_words(row)}." for row in known)
        return " ".join((*values, *wording.withheld_sentences(places, language=self.language)))

    def value_words(self, row: Mapping[Any, Any]) -> str:
        """A value of the index, or why there is none, where that is known."""
        if pd.notna(row["value"]):
            return wording.measure_value(row["value"], index=self.index, language=self.language)
        reason = wording.caution_words(row["caution"], language=self.language)
        return reason or site_words.NO_VALUE[self.language]

    def name(self, code: str) -> str:
        """A place by its name alone."""
        level = self.measurement.at(code).level
        return wording.place_name(self.offer.names[code], level, language=self.language)

    @cached_property
    def each(self) -> "tuple[SegregationState, ...]":
        """The same view of every chosen place by itself, in their order."""
        if not self.measurement.beside:
            return (self,)
        return tuple(
            SegregationState(self.context, self.reader, self.measurement.at(code))
            for code in self.measurement.places
        )

    def once(self, function: "Callable[[SegregationState], T]") -> T:
        """`function(state)`, computed once for all parts of the page, which ask one by one."""
        if self.reader.overlay is not None:
            return super().once(function)
        return self.reader.remember((function, self.address), lambda: function(self))

    def ask(
        self,
        question: Callable[Concatenate[Cursor, Measurement, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """What a question answers of the place and year: asked once for all parts of the page."""
        bare = replace(self.measurement.bare(), since=self.measurement.year)
        return self.reader.once(question, bare, *args, **kwargs)

    @property
    def all_years(self) -> Measurement:
        """What is measured, whichever year the page is about."""
        asked = self.measurement
        last = self.offer.years_of(asked.grouping, asked.units)[-1]
        return replace(asked.bare(), year=last, since=last)

    def ask_all_years(self, question: Callable[[Cursor, Measurement], T]) -> T:
        """What a question answers of the place in every year: another year asks no more."""
        return self.reader.once(question, self.all_years)

    @property
    def group_names(self) -> dict[str, str]:
        """The grouping's groups by id, in their order."""
        return {group.group_id: group.name[self.language] for group in self.grouping.groups}

    def percent(self, share: float, decimals: int = 0) -> str:
        """A share of one in per cent, or that there is no value."""
        if pd.isna(share):
            return site_words.NO_VALUE[self.language]
        return wording.percent(100 * share, decimals=decimals, language=self.language)

    @property
    def two_groups(self) -> bool:
        """Whether a group is compared with the rest."""
        return self.grouping.kind == "two-group"

    @property
    def is_headline(self) -> bool:
        """Whether the index is the grouping's first, of which the verdict is given."""
        return self.index.id == self.offer.indices[self.measurement.grouping][0]

    @property
    def counted(self) -> str:
        """What the grouping divides, as a heading: "Personer", "Hushåll"."""
        return counted_heading(self.grouping.counted)[self.language]

    def place(self, code: str) -> str:
        """Riket, a län or a kommun in a sentence."""
        measurement = self.measurement.at(code)
        return wording.measure_place(
            code, self.offer.names[code], level=measurement.level, language=self.language
        )

    def label(self, index_id: str) -> str:
        """An index's name; of national income quarters it has one of its own."""
        index = BY_ID[index_id]
        quarters = tuple(group.group_id for group in self.grouping.groups) == QUARTERS
        named = index.label_of_quarters if quarters and index.label_of_quarters else index.label
        return named.of(self.language)


def resolve(context: Context, reader: Reader, query: str) -> SegregationState:
    """An address as the segregation page understands it."""
    offer = replace(queries.measure_offer_of(reader), presets=context.preset_areas)
    reading = Measurement.from_query(query, offer=offer)
    queries.measure_own(reader, (reading.view.grouping,), catalogue=context.catalogue)
    return SegregationState(context, reader, reading.view, reading.misunderstood)


def series_frame(state: SegregationState) -> pd.DataFrame:
    """The index over the years for every chosen place, each with the kommuner's median."""
    series = pd.concat([_series(place) for place in state.each], ignore_index=True)
    if state.measurement.level != "kommun":
        return series
    medians = state.ask_all_years(queries.kommun_medians)
    return series.merge(medians, on="year", how="left")


def _series(state: SegregationState) -> pd.DataFrame:
    series = state.ask_all_years(queries.measure_series)
    return _filled(state, series, series["year"].notna())


def places_frame(state: SegregationState) -> pd.DataFrame:
    """The index of every chosen place in the year, with name and interval; one row a place."""
    rows = [
        table[table["index_id"] == state.index.id].assign(
            container_id=place.measurement.area, label=state.name(place.measurement.area)
        )
        for place in state.each
        for table in (place.once(indices_frame),)
    ]
    return pd.concat(rows, ignore_index=True)


def kommuner_frame(state: SegregationState) -> pd.DataFrame:
    """Every kommun's value, highest first: what a kommun's is compared with.

    Empty where fewer than half of the kommuner have one.
    """
    known = state.once(known_kommuner)
    return known if 2 * len(known) >= count_kommuner(state.offer.names) else known.head(0)


def kommuner_spread(state: SegregationState) -> wording.Spread | None:
    """How the kommuner's values are spread; None where there are too few."""
    return wording.spread_of(state.once(kommuner_frame))


def known_kommuner(state: SegregationState) -> pd.DataFrame:
    """The kommuner that have a value, however few, highest first."""
    everyone = replace(state.measurement.bare(), area=RIKET, since=state.measurement.year)
    ranked = state.reader.once(queries.ranking, everyone)
    return ranked[ranked["value"].notna()]


def units_frame(state: SegregationState) -> pd.DataFrame:
    """The index between every kind of area that the grouping is counted in, for every place."""
    tables = [
        _measures(place, units).assign(
            container_id=place.measurement.area,
            label=state.name(place.measurement.area),
            unit_level=units,
        )
        for place in state.each
        for units in state.offer.units_of(state.measurement.grouping)
    ]
    return pd.concat([t[t["index_id"] == state.index.id] for t in tables], ignore_index=True)


def _measures(state: SegregationState, units: str) -> pd.DataFrame:
    """Every index of the place and year between the areas of a level, read for all levels."""
    every = state.reader.once(
        queries.measure_table,
        replace(split_view(state), units="deso", since=state.measurement.year),
        index_ids=state.offer.indices[state.measurement.grouping],
    )
    return every[every["unit_level"] == units].drop(columns="unit_level").reset_index(drop=True)


def indices_frame(state: SegregationState) -> pd.DataFrame:
    """Every index of the grouping, for the place and year."""
    table = _measures(state, state.measurement.units)
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
    perturbed = state.context.catalogue.perturbed.get(state.grouping.grouping_id)
    return state.reader.once(queries.drawn_intervals, bare, years=years, perturbed_from=perturbed)


def ranking_frame(state: SegregationState) -> pd.DataFrame:
    """The places in order of the index."""
    return queries.ranking(state.reader.cursor, state.measurement)


def split_view(state: SegregationState) -> Measurement:
    """The view without what does not change the split, so that a place is split once."""
    first = state.offer.indices[state.measurement.grouping][0]
    return replace(state.measurement.bare(), index=first)


def areas_frame(state: SegregationState) -> pd.DataFrame:
    """The areas behind the value, largest part first."""
    return state.ask(queries.drivers)
