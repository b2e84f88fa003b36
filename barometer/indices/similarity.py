"""How unusual an area is among its like, and which areas are most similar to it.

Everything is measured in robust spreads: a measure's median is 0 and 1.4826 x the median absolute
deviation (MAD) is 1, so that a few extreme areas do not decide what counts as far. Where more than
half of the areas have the same value MAD is 0 and the quartile range / 1.349 is used; where that is
0 too the measure tells no areas apart and has no score. Compare areas of one level, division and
year only: nothing here can know that borders differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from barometer.indices.containers import FloatArray, IntArray

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

FEWEST_MEASURES: Final = 3  # fewer do not make a likeness
FEWEST_COMPARED: Final = 7  # others among whom somebody can be the most similar
_MOST_HAVE: Final = 0.5  # of the areas, for a measure to compare by
_MAD_TO_SD: Final = 1.4826  # of a normal distribution
_QUARTILES_TO_SD: Final = 1.349


@dataclass(frozen=True, slots=True)
class Similar:
    """The areas most like one of them, nearest first.

    `rows` are their row numbers and `distance` how far they are, in robust spreads: the root of the
    mean squared `apart` over the measures used. `apart` (areas x measures) has the other area's
    score minus the own one, NaN for a measure that was not `used`. `n_compared` other areas had
    every used measure, `n_left_out` lacked one. `enough` tells whether anything was compared: if
    not, there are no rows.
    """

    rows: IntArray
    distance: FloatArray
    apart: FloatArray
    used: NDArray[np.bool_]
    n_compared: int
    n_left_out: int

    @property
    def enough(self) -> bool:
        """Whether enough is measured, of enough areas, to call any of them similar."""
        return bool(self.used.any())


def robust_scores(values: ArrayLike, scale: FloatArray | None = None) -> FloatArray:
    """Each value's distance from its column's median in robust spreads; rows are areas.

    NaN where the value is missing or the column tells no areas apart. `scale` is that of other
    areas (`robust_scale`), among whom these are placed.
    """
    table = np.asarray(values, dtype=np.float64)
    middle, spread = robust_scale(table) if scale is None else scale
    scores: FloatArray = (table - middle) / np.where(spread > 0, spread, np.nan)
    return scores


def robust_scale(values: ArrayLike) -> FloatArray:
    """The median and the robust spread of every column; rows are areas."""
    table = np.asarray(values, dtype=np.float64)
    scale: FloatArray = np.full((2, table.shape[1]), np.nan)
    for column in range(table.shape[1]):
        known = table[:, column][~np.isnan(table[:, column])]
        middle = float(np.median(known)) if known.size else np.nan
        scale[:, column] = middle, _spread(known, middle)
    return scale


def most_similar(
    values: ArrayLike,
    *,
    row_of_area: int,
    count: int,
    among: ArrayLike | None = None,
    n_chosen: int | None = None,
) -> Similar:
    """The areas whose measures are nearest to those of row `row_of_area` (areas x measures).

    All are compared by the same measures. One that the own area or half of the areas lack, or that
    tells no areas apart, is not used; an area that lacks a used one is left out and counted. With
    fewer than three used measures, or than half of `n_chosen` (those given by default), or fewer
    than seven others that have them all, nothing is compared. `among` says which rows may be chosen
    (all when not given); every row takes part in the medians and spreads. Equal distances keep the
    order of the rows.
    """
    scores = robust_scores(values)
    others = np.ones(len(scores), bool) if among is None else np.asarray(among, bool).copy()
    others[row_of_area] = False
    used: NDArray[np.bool_] = ~np.isnan(scores[row_of_area])
    used &= np.isfinite(scores).mean(axis=0) > _MOST_HAVE
    whole = np.asarray(np.isfinite(scores[:, used]).all(axis=1), dtype=np.bool_)
    n_asked = scores.shape[1] if n_chosen is None else n_chosen
    few = used.sum() < max(FEWEST_MEASURES, n_asked / 2)
    if few or (others & whole).sum() < FEWEST_COMPARED:
        used[:] = False
        whole[:] = False
    there = others & whole
    apart = np.where(used, scores - scores[row_of_area], np.nan)
    distance = np.sqrt(np.mean(np.square(apart[there][:, used]), axis=1)) if there.any() else None
    rows = np.flatnonzero(there)
    order = np.argsort(distance, kind="stable")[:count] if distance is not None else rows
    return Similar(
        rows=rows[order],
        distance=distance[order] if distance is not None else np.empty(0),
        apart=apart[rows[order]],
        used=used,
        n_compared=int(there.sum()),
        n_left_out=int((others & ~whole).sum()),
    )


def _spread(known: FloatArray, middle: float) -> float:
    if not known.size:
        return 0.0
    mad = float(np.median(np.abs(known - middle)))
    if mad > 0:
        return _MAD_TO_SD * mad
    low, high = np.quantile(known, [0.25, 0.75])
    return float(high - low) / _QUARTILES_TO_SD
