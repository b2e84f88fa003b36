"""How sure an index is where the snapshot does not say: drawn anew when it is asked for."""

from typing import Final

import numpy as np
import pandas as pd

from barometer.divisions import RIKET
from barometer.indices import INDICES, Index
from barometer.indices.containers import table_of
from barometer.indices.entry import readable
from barometer.indices.intervals import index_intervals
from barometer.indices.noise import reporting_of
from barometer.queries.measures import counts_by_year
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


def drawn_intervals(
    cursor: Cursor,
    measurement: Measurement,
    *,
    years: tuple[int, ...],
    perturbed_from: int | None,
) -> pd.DataFrame:
    """The 95 % model intervals of the chosen index for the place in the years that have one.

    `perturbed_from`: what `Catalogue.perturbed` has of the grouping.
    Columns: year, estimate, low, high. The same draws as the pipeline's: where the snapshot
    has an interval, this is that one. Riket takes up to a second for all years: ask through
    `reader.once`.
    """
    found = counts_by_year(cursor, measurement, years=years)
    there = {year: counts for year, counts in found.items() if counts.sum()}
    if not there:
        return pd.DataFrame(columns=["year", "estimate", "low", "high"])
    sizes = np.array([len(counts) for counts in there.values()])
    rows = np.concatenate(list(there.values()))
    every_year = table_of(
        np.ascontiguousarray(rows.T), starts=np.cumsum(sizes) - sizes, sizes=sizes
    )
    reporting = reporting_of(
        rows, np.repeat(np.array(list(there)), sizes), perturbed_from=perturbed_from
    )
    index: Index = _BY_ID[measurement.index]
    (interval,) = index_intervals(readable(index, every_year), [index], reporting=reporting)
    drawn = pd.DataFrame(
        {
            "year": list(there),
            "estimate": interval.estimate,
            "low": interval.low,
            "high": interval.high,
        }
    )
    return drawn.dropna().reset_index(drop=True)
