"""What the page of lists is about: an address as understood, and the frame of each section."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from barometer import queries
from barometer.catalogue import Text
from barometer.queries.lists import has_list, listed_areas, police_areas, screened_areas
from barometer.selection.area_types import AREA_TYPE, TYPED_LEVEL
from barometer.selection.lists import Limit, ListsView
from barometer.store import Reader
from barometer.ui.base.state import PageState
from barometer.ui.context import Context
from barometer.ui.pages.lists import words


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
        known = self.catalogue.indicators
        used = [AREA_TYPE, *(limit.indicator for limit in self.view.limits)]
        ids = dict.fromkeys(s for i in used if i in known for s in known[i].source_ids)
        return self.provenance_of(tuple(ids))

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
    years = [state.year_of(limit) for limit in view.limits]
    return screened_areas(
        state.reader.cursor, view.limits, years=years, area=view.area, level=view.level
    )
