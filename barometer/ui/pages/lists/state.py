"""What the page of lists is about: an address as understood, and the frame of each section."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from barometer import queries, wording
from barometer.catalogue import Text
from barometer.export import Sheet
from barometer.export.frames import frame_sheet
from barometer.queries.lists import (
    has_list,
    judged_areas,
    listed_areas,
    police_areas,
    screened_areas,
)
from barometer.selection.area_types import AREA_TYPE, TYPED_LEVEL
from barometer.selection.lists import Limit, ListsView
from barometer.store import Reader
from barometer.ui.address import view_address
from barometer.ui.base.state import PageState
from barometer.ui.context import Context
from barometer.ui.pages.lists import words

# What a file of the reader's limits says of each, numbered as its values are.
_OF_A_LIMIT: Final = ("indicator", "limit", "year", "unit")


@dataclass(frozen=True)
class ListsState(PageState[ListsView]):
    """Where lists are looked at and by which limits, and the snapshot that has them."""

    path = "/listor"
    prefix = "lists"
    framed = False

    @property
    def view(self) -> ListsView:
        """What the page shows."""
        return self.address

    @property
    def title(self) -> str:
        """The page's title."""
        return words.TITLE[self.language]

    @property
    def typed_year(self) -> int | None:
        """The latest year with area types."""
        return max(self.snapshot_offer.years_of(AREA_TYPE, TYPED_LEVEL), default=None)

    @property
    def has_exclusion(self) -> bool:
        """Whether the operator has given Utanförskapets karta."""
        return self.reader.once(has_list)

    def year_of(self, limit: Limit) -> int:
        """The latest year of a limit's figures."""
        return self.snapshot_offer.years_of(limit.indicator, self.view.level)[-1]

    @property
    def provenance(self) -> queries.Provenance:
        """The tables behind types and limits."""
        return self._tables_of((AREA_TYPE, *(limit.indicator for limit in self.view.limits)))

    def _tables_of(self, indicator_ids: Sequence[str]) -> queries.Provenance:
        known = self.catalogue.indicators
        used = (known[i] for i in indicator_ids if i in known)
        return self.provenance_of(source for own in used for source in own.source_ids)

    @property
    def constants(self) -> dict[str, str]:
        """The place: the same in every row."""
        return {"area": self.view.area}

    @property
    def headings(self) -> Mapping[str, Text]:
        """The values of each limit's indicator, and their uncertainty."""
        found: dict[str, Text] = {}
        for number, limit in enumerate(self.view.limits, start=1):
            name = self.catalogue.indicators[limit.indicator].name
            found[f"value_{number}"] = name
            found[f"margin_{number}"] = words.margin_of(name)
            numbered = (words.INDICATOR_N, words.LIMIT_N, words.YEAR_N, words.UNIT_N)
            for column, text in zip(_OF_A_LIMIT, numbered, strict=True):
                found[f"{column}_{number}"] = words.numbered(text, number)
        return found

    def sheet(self, file: str, frame: pd.DataFrame) -> Sheet:
        """A list with its own sources and definitions; of limits each with name, year and unit."""
        limits = self.view.limits if file == "screen" else ()
        held = {"listed": (AREA_TYPE,), "screen": tuple(limit.indicator for limit in limits)}
        of_police = {"agency": words.POLICE_AGENCY} if file == "police" else {}
        return frame_sheet(
            frame.assign(**self._limit_columns(limits), **of_police),
            stem=self.stem(file),
            title=self.title,
            query=self.query,
            holds=held.get(file, ()),
            constants=self.constants,
            headings=self.headings,
            provenance=self._tables_of(held.get(file, ())),
            language=self.language,
            catalogue=self.catalogue,
            address=view_address(self.path, self.query),
            marks=self.marks,
        )

    def _limit_columns(self, limits: Sequence[Limit]) -> dict[str, str | int]:
        found: dict[str, str | int] = {}
        for number, limit in enumerate(limits, start=1):
            own = self.catalogue.indicators[limit.indicator]
            unit = wording.unit_name(own, language=self.language)
            limit_text = f"{limit.sign} {limit.plain}"
            told = (own.name[self.language], limit_text, self.year_of(limit), unit)
            found |= {f"{c}_{number}": v for c, v in zip(_OF_A_LIMIT, told, strict=True)}
        return found

    def stem(self, file: str) -> tuple[str, ...]:
        """The parts of a file's name."""
        return ("lists", file, self.view.area)


def resolve(context: Context, reader: Reader, query: str) -> ListsState:
    """An address as the page understands it."""
    reading = ListsView.from_query(query, offer=context.offer(reader))
    return ListsState(context, reader, reading.view, reading.misunderstood)


def listed_frame(state: ListsState) -> pd.DataFrame:
    """The RegSO on SCB's and the government's lists."""
    return listed_areas(state.reader.cursor, area=state.view.area, year=state.typed_year)


def police_frame(state: ListsState) -> pd.DataFrame:
    """The police's areas."""
    return police_areas(state.reader.cursor, area=state.view.area)


def screen_frame(state: ListsState) -> pd.DataFrame:
    """The areas within the reader's limits, and near them; no rows without a limit."""
    view = state.view
    if not view.limits:
        return pd.DataFrame(columns=["area_id", "label", "kommun", "verdict"])
    return screened_areas(state.reader.cursor, view.limits, **_asked(state))


def judged(state: ListsState) -> tuple[int, int]:
    """How many areas have all values that the limits are held against, and of how many."""
    return judged_areas(state.reader.cursor, state.view.limits, **_asked(state))


def _asked(state: ListsState) -> dict[str, Any]:
    years = [state.year_of(limit) for limit in state.view.limits]
    return {"years": years, "area": state.view.area, "level": state.view.level}
