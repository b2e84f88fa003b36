"""The socio-economic index and the five area types (områdestyper).

Types are relative and cut anew each year: a changed type need not be a changed reality. They do
not measure the degree of segregation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from barometer.indices.containers import FloatArray, IntArray, ratio
from barometer.indices.index import BothLanguages

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

AREA_TYPES: dict[int, BothLanguages] = {
    1: BothLanguages(
        "områden med stora socioekonomiska utmaningar", "areas with major socio-economic challenges"
    ),
    2: BothLanguages(
        "områden med socioekonomiska utmaningar", "areas with socio-economic challenges"
    ),
    3: BothLanguages("socioekonomiskt blandade områden", "socio-economically mixed areas"),
    4: BothLanguages(
        "områden med goda socioekonomiska förutsättningar",
        "areas with good socio-economic conditions",
    ),
    5: BothLanguages(
        "områden med mycket goda socioekonomiska förutsättningar",
        "areas with very good socio-economic conditions",
    ),
}
_LOWEST_SCORE = (2.0, 1.0, 0.0, -1.0)  # standard deviations from the mean, of types 1 to 4


def socioeconomic_index(
    low_economic_standard: ArrayLike, low_education: ArrayLike, no_support: ArrayLike
) -> FloatArray:
    """SEI = (V1 + V2 + V3) / 3, three percentages: 0 best, 100 worst; NaN where one is missing.

    V1: below 60 % of the national median income. V2: no upper secondary education. V3: economic
    assistance for 10 months or more, or unemployed for more than 6.
    """
    parts = (low_economic_standard, low_education, no_support)
    stacked = np.stack([np.asarray(part, dtype=np.float64) for part in parts])
    wrong = np.argwhere((stacked < 0) | (stacked > 100))
    if wrong.size:
        listed = "; ".join(
            f"V{part + 1}, row {row}: {stacked[part, row]:g}" for part, row in wrong[:10]
        )
        raise ValueError(f"expected percentages from 0 to 100: {listed}")
    mean: FloatArray = stacked.sum(axis=0) / 3
    return mean


def area_types(index: ArrayLike, years: ArrayLike | None = None) -> FloatArray:
    """Types 1 to 5 by standard deviations from the mean over all areas of the year.

    1: at or above mean + 2 sd (largest challenges); 2: + 1 sd; 3: the mean; 4: - 1 sd; 5: below.
    NaN where the index is missing. Every area weighs the same.
    """
    values = np.asarray(index, dtype=np.float64)
    year = np.zeros(values.size) if years is None else np.asarray(years)
    _, codes = np.unique(year, return_inverse=True)
    there = ~np.isnan(values)
    mean = _mean_by(values, codes, there)
    spread = np.sqrt(_mean_by(np.square(values - mean[codes]), codes, there))
    types = np.full(values.size, float(len(_LOWEST_SCORE) + 1))
    for lowest in sorted(_LOWEST_SCORE):
        types -= values >= (mean + lowest * spread)[codes]
    return np.where(there, types, np.nan)


def agreement_rate(ours: ArrayLike, official: ArrayLike) -> float:
    """Share of areas with the same type in both, among those that have one in both; else NaN."""
    mine, theirs = np.asarray(ours, dtype=np.float64), np.asarray(official, dtype=np.float64)
    both = ~(np.isnan(mine) | np.isnan(theirs))
    return float(np.mean((mine == theirs)[both])) if both.any() else float("nan")


def _mean_by(values: FloatArray, codes: IntArray, there: NDArray[np.bool_]) -> FloatArray:
    sums = np.bincount(codes, weights=np.where(there, values, 0.0)).astype(np.float64)
    return ratio(sums, np.bincount(codes, weights=there).astype(np.float64))
