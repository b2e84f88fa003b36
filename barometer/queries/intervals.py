"""How sure an index is where the snapshot does not say: drawn anew when it is asked for."""

from typing import Final

import numpy as np

from barometer.divisions import RIKET
from barometer.indices import INDICES, Index
from barometer.indices.containers import table_of
from barometer.indices.entry import readable
from barometer.indices.intervals import bootstrap_intervals
from barometer.queries.measures import units
from barometer.selection import Measurement
from barometer.store import Cursor

_BY_ID: Final = {index.id: index for index in INDICES}
# Fitted curves over thresholds are made of one table at a time, not of many draws.
_ONE_AT_A_TIME: Final = frozenset({"rank_order_information_theory", "rank_order_variance_ratio"})


def can_be_drawn(measurement: Measurement) -> bool:
    """Whether an interval is drawn: for any kommun and län, in riket for the headline indices."""
    index = _BY_ID[measurement.index]
    return (
        not index.needs_land
        and index.id not in _ONE_AT_A_TIME
        and (index.interval or measurement.area != RIKET)
    )


def drawn_interval(cursor: Cursor, measurement: Measurement) -> tuple[float, float] | None:
    """The 95 % model interval of the chosen index for the place and year; None where undefined.

    The same draws as the pipeline's: where the snapshot has an interval, this is that one.
    """
    here = units(
        cursor,
        measurement,
        year=measurement.year,
        level=measurement.units,
        area=measurement.area,
    )
    index: Index = _BY_ID[measurement.index]
    if not here.counts.sum():
        return None
    columns = np.ascontiguousarray(here.counts.T)
    whole = table_of(columns, starts=np.array([0]), sizes=np.array([len(here.counts)]))
    (interval,) = bootstrap_intervals(readable(index, whole), [index.function])
    low, high = float(interval.low[0]), float(interval.high[0])
    return (low, high) if np.isfinite((low, high)).all() else None
