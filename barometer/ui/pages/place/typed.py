"""The area types of the RegSO in a place, and in the country."""

import numpy as np
import pandas as pd

from barometer.queries.profiles import types_by_kommun
from barometer.ui.pages.place.state import PlaceState


def types_year(state: PlaceState) -> int:
    """The last year with area types that is not after the profile's, which it is without one."""
    last, years = state.profile.year, state.offer.years_of("area_type", "regso")
    return max((year for year in years if year <= last), default=last)


def types_by_place(state: PlaceState) -> pd.DataFrame:
    """The country's area types (`types_by_kommun`)."""
    return state.reader.once(types_by_kommun, year=types_year(state))


def type_frame(state: PlaceState) -> pd.DataFrame:
    """The area types of the place's RegSO.

    Columns: area_type, year, division, n_areas, residents, share_areas, share_residents,
    riket_share_residents (per cent). Every type has a row, and areas without one if there are any.
    """
    every = types_by_place(state)
    own = _by_type(_typed_inside(state, every))
    country = state.reader.remember((_by_type, types_year(state)), lambda: _by_type(every))
    if own["n_areas"].sum() == 0:
        shares = ("share_areas", "share_residents", "riket_share_residents")
        return own[0:0].assign(year=[], division=[], **{name: [] for name in shares})
    return own.assign(
        year=int(every["year"].iloc[0]),
        division=str(every["division"].iloc[0]),
        share_areas=100 * own["n_areas"] / own["n_areas"].sum(),
        share_residents=100 * own["residents"] / own["residents"].sum(),
        riket_share_residents=100 * country["residents"] / country["residents"].sum(),
    )


def _typed_inside(state: PlaceState, every: pd.DataFrame) -> pd.DataFrame:
    """The rows of `types_by_kommun` that lie in the place; smaller areas hold no RegSO."""
    area = state.area
    if state.is_own and state.members.base == "deso":
        return every[0:0]
    if state.is_own:
        year = types_year(state)
        return types_by_kommun(state.reader.cursor, year=year, within=area.area_id)
    if area.level == "riket":
        return every
    column = {"lan": "lan_id", "kommun": "kommun_id"}.get(area.level)
    return every[every[column] == area.area_id] if column else every[0:0]


def _by_type(rows: pd.DataFrame) -> pd.DataFrame:
    """Types 1 to 5, and 0 for areas without one where there are any."""
    kinds = rows["area_type"].fillna(0).to_numpy(np.int64)
    kept = [*range(1, 6), *([0] if (kinds == 0).any() else [])]
    areas, residents = (
        np.bincount(kinds, weights=rows[name].fillna(0), minlength=6)[kept]
        for name in ("n_areas", "residents")
    )
    summed = {"area_type": kept, "n_areas": areas.astype(np.int64), "residents": residents}
    return pd.DataFrame(summed)
