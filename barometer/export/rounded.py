"""Groups whose agency publishes whole per cents only: bounds in place of a count nobody gave."""

import numpy as np
import pandas as pd

from barometer.catalogue import Catalogue
from barometer.indices.noise import rounded_sum


def with_bounds(frame: pd.DataFrame, *, catalogue: Catalogue) -> pd.DataFrame:
    """The frame with `group_low` and `group_high` where `group_population` is no sum of counts.

    The number itself is then missing. Frames without groups' numbers come back as they are; those
    with it have `population` and `year`, and `grouping` or `grouping_id`.
    """
    if "group_population" not in frame:
        return frame
    key = "grouping_id" if "grouping_id" in frame else "grouping"
    pairs = list(zip(frame[key], frame["year"], strict=True))
    counted = {
        (grouping, year): catalogue.is_counted(str(grouping), int(year))
        for grouping, year in {*pairs}
    }
    estimated = np.array([not counted[pair] for pair in pairs], dtype=np.bool_)
    group = frame["group_population"].astype("Float64")
    low, high = rounded_sum(
        group.to_numpy(dtype=np.float64, na_value=np.nan),
        frame["population"].to_numpy(dtype=np.float64, na_value=np.nan),
    )
    place = frame.columns.tolist().index("group_population")
    wide = frame.assign(group_population=group.mask(estimated))
    wide.insert(place + 1, "group_low", np.where(estimated, low, np.nan))
    wide.insert(place + 2, "group_high", np.where(estimated, high, np.nan))
    return wide
