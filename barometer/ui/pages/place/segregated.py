"""How apart groups live in a place: the frame of its segregation."""

from typing import Any, Final

import pandas as pd

from barometer import queries
from barometer.divisions import RIKET, count_kommuner
from barometer.own_codes import is_own
from barometer.queries.profiles import measured_years, segregation_table
from barometer.queries.records import rows_of
from barometer.ui.pages.place.state import PlaceState

# What the profile shows the segregation of: children first, then a grouping a sector.
MEASURED: Final = (
    *("low_standard_children", "low_standard", "employed", "lower_secondary", "rented"),
    "foreign_background",
)


def segregation_frame(state: PlaceState) -> pd.DataFrame:
    """The dissimilarity index of the place and of what it lies in (`segregation_table`).

    `kommun_median` is the median of the kommuner with a value, missing where fewer than half have.
    """
    measured = _measured(state)
    codes = [state.area.area_id, *({state.area.lan_id, RIKET} - {state.area.area_id, None})]
    found = measured[measured["container_id"].isin(codes)]
    order = {grouping: n for n, grouping in enumerate(MEASURED)}
    in_order = found["grouping_id"].map(order).argsort(kind="stable")
    return found.iloc[in_order].reset_index(drop=True)


def own_measures(state: PlaceState) -> list[dict[str, Any]]:
    """The place's own rows of `segregation_frame`, also those that are withheld."""
    frame = state.once(segregation_frame)
    return [row for row in rows_of(frame) if row["container_id"] == state.area.area_id]


def _measured(state: PlaceState) -> pd.DataFrame:
    """The table of all places; an own area is measured between the areas it consists of."""
    asked: dict[str, Any] = {"groupings": MEASURED, "year": state.profile.year}
    asked["units"] = state.members.finest if state.is_own else "regso"
    least = count_kommuner(state.offer.names) / 2
    every = state.reader.remember(
        (_with_medians, _last_years(state, asked), asked["units"]),
        lambda: _with_medians(segregation_table(state.reader.cursor, **asked), least=least),
    )
    if not state.is_own:
        return every
    own = _own_measured(state, asked)
    last = every.groupby("grouping_id")[["year", "kommun_median"]].first()
    same_year = own[own["year"] == own["grouping_id"].map(last["year"])]
    same_year = same_year.assign(kommun_median=same_year["grouping_id"].map(last["kommun_median"]))
    return pd.concat([every[every["container_id"] != state.area.area_id], same_year])


def _last_years(state: PlaceState, asked: dict[str, Any]) -> tuple[int, ...]:
    """The year that each grouping is measured in, 0 for none: of many years it is the same."""
    groupings, last = asked["groupings"], asked["year"]
    years = state.reader.once(measured_years, groupings=groupings, units=asked["units"])
    return tuple(max((y for y in years.get(g, ()) if y <= last), default=0) for g in groupings)


def _with_medians(every: pd.DataFrame, *, least: float) -> pd.DataFrame:
    kommuner = every[every["container_id"].str.len() == 4].groupby("grouping_id")["value"]
    most = kommuner.median().where(kommuner.count() >= least)
    return every.assign(kommun_median=every["grouping_id"].map(most))


def _own_measured(state: PlaceState, asked: dict[str, Any]) -> pd.DataFrame:
    area, place = state.area, (state.area.area_id, state.area.label)
    if is_own(area.area_id):
        return queries.own_segregation(state.reader, place, catalogue=state.catalogue, **asked)
    return segregation_table(state.reader.cursor, **asked, area_id=area.area_id)
