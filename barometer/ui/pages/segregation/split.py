"""The place's number taken apart: nothing of it where the number itself is not shown."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from barometer import queries, wording
from barometer.selection.measures import UnitLevel
from barometer.ui.pages.segregation import words
from barometer.ui.pages.segregation.state import SegregationState, split_view, units_frame


def why_withheld(state: SegregationState, units: UnitLevel) -> str:
    """Why no index of the place between such areas is shown; empty where one is."""
    table = state.once(units_frame)
    own = (table["container_id"] == state.measurement.area) & (table["unit_level"] == units)
    cautions = table.loc[own & table["value"].isna(), "caution"]
    said = [wording.caution_words(caution, language=state.language) for caution in cautions]
    return said[0] if said and str(cautions.iloc[0]).startswith("withheld") else ""


def withheld_sentence(state: SegregationState, units: UnitLevel) -> str:
    """That the number is not taken apart, and why; empty where it is."""
    why = why_withheld(state, units)
    return words.NOT_SPLIT[state.language].format(why=why) if why else ""


def finest_units(state: SegregationState) -> UnitLevel:
    """The smallest areas that the grouping is counted in."""
    return state.offer.units_of(state.measurement.grouping)[-1]


def own_units(state: SegregationState) -> UnitLevel:
    """The areas that are compared on the page."""
    return state.measurement.units


def unless_withheld(
    make: Callable[[SegregationState], pd.DataFrame], units: Callable[[SegregationState], UnitLevel]
) -> Callable[[SegregationState], pd.DataFrame]:
    """The frame of a place, without rows where no index between those areas is shown."""

    def shown(state: SegregationState) -> pd.DataFrame:
        table = make(state)
        return table.head(0) if why_withheld(state, units(state)) else table

    shown.__doc__ = make.__doc__
    return shown


def _levels(state: SegregationState) -> pd.DataFrame:
    """M and H within and between levels."""
    bare = replace(split_view(state), since=state.measurement.year)
    return state.reader.once(queries.by_level, bare, finest=finest_units(state))


levels_frame = unless_withheld(_levels, finest_units)
