"""What a place profile is about: an address as understood, and the frame of each section."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd

from barometer import queries, wording
from barometer.catalogue import Break, Indicator, Text
from barometer.divisions import CONTAINER_LEVELS, OWN, RIKET, Level, is_one_kommun
from barometer.export import Sheet
from barometer.own_codes import is_own, plain_id
from barometer.queries.places import neighbours
from barometer.queries.portraits import Portrait, portrait
from barometer.queries.profiles import group_sizes
from barometer.selection import Offer
from barometer.selection.profiles import Profile, namesake, weighed
from barometer.store import Reader
from barometer.ui.base.state import PageState
from barometer.ui.breaks import named_by
from barometer.ui.context import Context
from barometer.ui.own import bounds_sentences, own_sentences
from barometer.ui.pages.place import words
from barometer.ui.pages.place.held import held_indicators, tables_of, with_names
from barometer.ui.places import in_language, names_in_language
from barometer.ui.words import ABOUT_OWN
from barometer.wording.profiles import profile_place, profile_title

GROUPINGS: Final = ("age", "household", "birth_region")
# What the profile's segregation is: the same in every row of its file.
MEASURE: Final = {"index_id": "dissimilarity", "unit_level": "regso", "unit": "share"}


@dataclass(frozen=True)
class PlaceState(PageState[Profile]):
    """The place that the page is about, and the snapshot that describes it."""

    path = "/plats"
    prefix = "plats"

    area: queries.Area = field(kw_only=True)

    @property
    def profile(self) -> Profile:
        """What is shown."""
        return self.address

    @property
    def offer(self) -> Offer:
        """What the snapshot holds."""
        return self.snapshot_offer

    @property
    def title(self) -> str:
        """The place, and the year that it is described in."""
        return profile_title(self.where, year=self.profile.year, language=self.language)

    @cached_property
    def provenance(self) -> queries.Provenance:
        """The tables behind every figure that is shown."""
        rows = self.portrait.rows
        used = [
            source_id
            for indicator_id, year in zip(rows["indicator_id"], rows["year"], strict=True)
            for source_id in self.indicator(indicator_id).source_ids_in(year)
        ]
        breaks = self.breaks(*(self.indicator(row) for row in rows["indicator_id"]))
        summed = tuple(sorted(self.portrait.series["summed_by"].dropna().astype(str).unique()))
        return self.provenance_of(used, breaks, summed_from=summed)

    @property
    def constants(self) -> dict[str, str]:
        """The place's code and name: the same in every row."""
        return {"area": self.area.area_id, "place": self.name_in_words}

    @property
    def about(self) -> list[tuple[str, str]]:
        """What an own area consists of, and by which method."""
        return [(ABOUT_OWN[self.language], said) for said in self.own_sentences]

    @cached_property
    def own_sentences(self) -> tuple[str, ...]:
        """What is said of an own area, with the bounds of what cannot be summed."""
        if not self.is_own:
            return ()
        reader, area_id, language = self.reader, self.area.area_id, self.language
        known = self.catalogue.indicators
        offered = [known[i] for i in self.offer.indicators if i in known]
        year = self.profile.year
        between = bounds_sentences(reader, area_id, offered, year=year, language=language)
        return (*own_sentences(reader, area_id, language=language), *between)

    @property
    def headings(self) -> Mapping[str, Text]:
        """The indicators by name, and how far a similar area is from the place in each."""
        known = self.catalogue.indicators.values()
        years = dict(self.portrait.common.requested)
        dated = {
            key: Text(*(f"{name}, {years[key]}" for name in (own.sv, own.en)))
            for key in self.portrait.alike_ids
            if (own := self.indicator(key).name)
        }
        return (
            {indicator.indicator_id: indicator.name for indicator in known}
            | dated
            | {f"{own.indicator_id}_apart": words.apart(own.name) for own in known}
            | words.SHARES_OF_HUNDRED
        )

    def stem(self, file: str) -> tuple[str, ...]:
        """The parts of a file's name."""
        return ("plats", file, plain_id(self.profile.area), str(self.profile.year))

    def sheet(self, file: str, frame: pd.DataFrame) -> Sheet:
        """A frame as a sheet, with indicators by name and unit beside their codes."""
        same = {"segregation": MEASURE, "types": {"unit_level": "regso"}}.get(file, {})
        named = with_names(frame.assign(**same), self.catalogue, self.language)
        return super().sheet(file, named)

    def provenance_of_file(self, file: str, frame: pd.DataFrame) -> queries.Provenance:
        """The tables behind what a file holds, which is seldom all that the page shows."""
        signals = dict.fromkeys(("signals", "signal-tests"), self._weighed)
        behind = {"types": ("area_type", "population"), **signals}
        used = [*held_indicators(frame, self.catalogue), *map(self.indicator, behind.get(file, ()))]
        groups = frame["grouping_id"].unique() if "grouping_id" in frame else ()
        measured = [self.catalogue.groupings[key] for key in groups]
        if not used and not measured:
            return self.provenance
        breaks = self.context.catalogue.breaks_of(*used, *measured, levels=(self.area.level,))
        ids = tables_of(frame, used, measured)
        return self.provenance_of(ids, breaks, summed_from=self.provenance.summed_from)

    @property
    def _weighed(self) -> tuple[str, ...]:
        """The indicators that the signals are weighed of."""
        rules = self.catalogue.signals
        own = self.profile.signals.over(rules) if rules else None
        return tuple(own.among(weighed(self.offer, self.catalogue)).weights) if own else ()

    @property
    def name_in_words(self) -> str:
        """The place by itself: "Riket", "Skåne county"."""
        return wording.place_name(self.area.label, self.area.level, language=self.language)

    @property
    def where(self) -> str:
        """The place in a sentence."""
        return profile_place(self.area.label, self.area.level, language=self.language)

    @property
    def short(self) -> str:
        """The place in a sentence, as short as it goes: "Malmö", "riket"."""
        return self.where if self.area.level in ("riket", OWN) else self.area.name

    @property
    def is_container(self) -> bool:
        """Whether smaller areas are measured and typed inside it."""
        return self.area.level in (*CONTAINER_LEVELS, OWN)

    @property
    def is_own(self) -> bool:
        """Whether the place is an own area."""
        return self.area.level == OWN

    @cached_property
    def members(self) -> queries.Members:
        """What the place consists of; nothing for a place that is no own area."""
        return self.reader.once(queries.members, self.area.area_id)

    @cached_property
    def named_by(self) -> frozenset[str]:
        """The places whose efforts in the register are the place's events."""
        parts = self.members.area_ids if self.is_own else ()
        return named_by(self.area.area_id, self.area.parent_id).union(parts)

    @property
    def peers(self) -> Level:
        """The level whose areas the place is compared with: its own, or that of its parts."""
        return self.members.base if self.is_own else self.area.level

    @property
    def namesake(self) -> str | None:
        """The area with the same code in the other division."""
        return namesake(self.profile, self.offer)

    def indicator(self, indicator_id: str) -> Indicator:
        """An entry of the catalogue."""
        return self.catalogue.indicators[indicator_id]

    def breaks(self, *indicators: Indicator) -> tuple[Break, ...]:
        """The breaks in some indicators' series here."""
        return self.context.catalogue.breaks_of(*indicators, levels=(self.area.level,))

    def name(self, indicator_id: str) -> str:
        """An indicator's name in the reader's language."""
        return self.indicator(indicator_id).name[self.language]

    def address_of(self, area_id: str) -> str:
        """The same view of another place, with "?"; of another division without the year."""
        other = replace(self.profile, area=area_id)
        query = other.to_query()
        if other.division == self.profile.division:
            return query
        return query.replace(f"&year={self.profile.year}", "", 1)

    @cached_property
    def portrait(self) -> Portrait:
        """The place in numbers."""
        return portrait(
            self.reader,
            self.profile,
            area=self.area,
            namesake=self.namesake,
            offer=self.offer,
            catalogue=self.context.catalogue,
            members=self.members if self.is_own else None,
        )


def resolve(context: Context, reader: Reader, query: str) -> PlaceState:
    """An address as the profile understands it."""
    reading = Profile.from_query(query, offer=context.offer(reader), catalogue=context.catalogue)
    asked = reading.view.area
    # The name of an own area is by the address, so that it is nobody else's.
    area = queries.area(reader.cursor, asked) if is_own(asked) else reader.once(queries.area, asked)
    if area is None:
        raise LookupError(f"{asked} is offered but is not in the table areas")
    named = in_language(area, reading.view.language)
    return PlaceState(context, reader, reading.view, reading.misunderstood, area=named)


def comparison_roles(state: PlaceState) -> tuple[str, ...]:
    """What the place lies in, smallest first; a county that is one kommun is that kommun."""
    area = state.area
    lan = "" if is_its_lan(state) else area.lan_id
    found = (("kommun", area.kommun_id), ("lan", lan), ("riket", RIKET))
    return tuple(role for role, code in found if code and code != area.area_id)


def is_its_lan(state: PlaceState) -> bool:
    """Whether the place lies in a län that is one kommun."""
    area = state.area
    return (
        area.level != "lan" and bool(area.lan_id) and is_one_kommun(area.lan_id, state.offer.names)
    )


def has_figures(state: PlaceState) -> bool:
    """Whether the snapshot has any figure of the place."""
    return not state.portrait.rows.empty


def series_frame(state: PlaceState) -> pd.DataFrame:
    """Every year of the place and of what it lies in (`Portrait.series`)."""
    found = state.portrait.series
    columns = [
        *("indicator_id", "role", "area_id", "division", "year", "value", "status", "summed_by")
    ]
    return found[columns].reset_index(drop=True)


def group_frame(state: PlaceState) -> pd.DataFrame:
    """Who lives in the place and in riket, in the last year that both have.

    Columns: grouping_id, group_id, year, division, persons, share, riket_share (per cent).
    """
    rows: list[dict[str, Any]] = []
    for grouping_id in GROUPINGS:
        own, whole = _sizes_together(state, grouping_id)
        if own is None:
            continue
        shares = _shares(own["counts"])
        beside = _shares(whole["counts"]) if whole is not None else np.full(len(shares), np.nan)
        groups = state.context.catalogue.groupings[grouping_id].groups
        rows += [
            {
                "grouping_id": grouping_id,
                "group_id": group.group_id,
                "year": own["year"],
                "division": own["division"],
                "persons": own["counts"][n],
                "share": shares[n],
                "riket_share": beside[n],
            }
            for n, group in enumerate(groups)
        ]
    columns = ["grouping_id", "group_id", "year", "division", "persons", "share", "riket_share"]
    return pd.DataFrame(rows, columns=columns)


_Sizes = dict[str, Any] | None


def _sizes_together(state: PlaceState, grouping_id: str) -> tuple[_Sizes, _Sizes]:
    """The groups of the place and of riket in one year; riket's None where they share none."""
    area, year = state.area, state.profile.year
    latest = _sizes(state, area.area_id, area.level, year).get(grouping_id)
    own, whole = latest, _sizes(state, RIKET, "riket", year).get(grouping_id)
    while own is not None and whole is not None and own["year"] != whole["year"]:
        earlier = min(own["year"], whole["year"])
        own = _sizes(state, area.area_id, area.level, earlier).get(grouping_id)
        whole = _sizes(state, RIKET, "riket", earlier).get(grouping_id)
    return (own, whole) if own is not None and whole is not None else (latest, None)


def _sizes(state: PlaceState, area_id: str, level: Any, year: int) -> dict[str, dict[str, Any]]:
    small = level not in CONTAINER_LEVELS
    found = (
        group_sizes(
            state.reader.cursor, level=level, groupings=GROUPINGS, year=year, area_id=area_id
        )
        if small
        else state.reader.once(group_sizes, level=level, groupings=GROUPINGS, year=year)
    )
    own = found[found["area_id"] == area_id]
    return {str(row["grouping_id"]): dict(row) for row in own.to_dict("records")}


def _shares(counts: Any) -> np.ndarray:
    whole = np.asarray(counts, dtype=np.float64)
    return 100 * whole / whole.sum() if whole.sum() > 0 else np.full(len(whole), np.nan)


def similar_frame(state: PlaceState) -> pd.DataFrame:
    """The similar areas with their values and how far each is.

    Columns: rank, area_id, label, distance, then per indicator of the likeness its value and, as
    <indicator>_apart, its distance from the place with its sign. Rank 0 is the place itself.
    """
    table, alike = state.portrait.common, state.portrait.alike
    own = table.row(state.portrait.area.area_id)
    rows = [*([own] if own is not None else []), *alike.rows.tolist()]
    columns = {i: table.indicator_ids.index(i) for i in state.portrait.alike_ids}
    data: dict[str, Any] = {
        "rank": range(len(rows)),
        "area_id": [table.area_ids[row] for row in rows],
        "label": names_in_language([table.labels[r] for r in rows], state.peers, state.language),
        "distance": [0.0, *alike.distance],
    }
    for number, (indicator_id, column) in enumerate(columns.items()):
        data[indicator_id] = table.figures[rows, column]
        nothing = 0.0 if alike.used[number] else np.nan
        data[f"{indicator_id}_apart"] = [nothing, *alike.apart[:, number]]
    return pd.DataFrame(data)


def neighbour_frame(state: PlaceState) -> pd.DataFrame:
    """The areas that border on the place (`neighbours`)."""
    found = state.reader.once(neighbours, state.area.area_id)
    return found.assign(label=names_in_language(found["label"], state.area.level, state.language))
