"""Counts over years, and what a follow-up of them answers."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]
Flags = NDArray[np.bool_]

FEWEST_BEFORE: Final = 4  # years: fewer show no trend
FEWEST_PLACEBOS: Final = 39  # then two of them lie outside a 90 % interval on either side
MOST_CHOSEN: Final = 12  # areas; a larger group has too few counterparts

Reason = Literal["few_before", "none_after", "missing", "few_donors", "few_placebos", "many_chosen"]


@dataclass(frozen=True, slots=True)
class Panel:
    """Areas of one level and division over consecutive years.

    `counts` is persons in the group and `totals` persons in all, both areas x years, NaN where
    missing; `clusters` says which areas share a kommun (a kommun is its own).
    """

    area_ids: tuple[str, ...]
    clusters: tuple[str, ...]
    years: tuple[int, ...]
    counts: FloatArray
    totals: FloatArray

    @property
    def shares(self) -> FloatArray:
        """Shares 0-1, areas x years; NaN where a count is missing or nobody is there."""
        whole = np.where(self.totals > 0, self.totals, np.nan)
        shares: FloatArray = self.counts / whole
        return shares

    def rows(self, keep: Flags) -> "Panel":
        """The panel of some of the areas."""
        return Panel(
            tuple(a for a, kept in zip(self.area_ids, keep, strict=True) if kept),
            tuple(c for c, kept in zip(self.clusters, keep, strict=True) if kept),
            self.years,
            self.counts[keep],
            self.totals[keep],
        )


@dataclass(frozen=True, slots=True)
class Donor:
    """A comparison area: its weight in the whole comparison, its mean share before, its persons."""

    area_id: str
    weight: float
    before: float
    persons: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A follow-up; all values are shares 0-1 and differences between shares.

    `own` and `compared` run over `years`, `compared` moved to the chosen areas' mean before the
    start; `level_apart` is by how much (chosen minus comparison). `gap` is own minus compared, with
    the band in which 90 % of the placebo gaps lie. `effect` is the mean gap from the start on and
    `low` and `high` its 90 % interval. `misfit` is the root mean square gap before the start,
    `usual_misfit` the median of the placebos', and `fits_worse` the part of the placebos that fit
    better. `n_as_large` of `n_placebos` have an effect at least as large, either way.
    """

    years: tuple[int, ...]
    start: int
    own: FloatArray
    compared: FloatArray
    gap: FloatArray
    band_low: FloatArray
    band_high: FloatArray
    level_apart: float
    effect: float
    low: float
    high: float
    misfit: float
    usual_misfit: float
    fits_worse: float
    n_placebos: int
    n_as_large: int
    donors: tuple[Donor, ...]

    @property
    def seen(self) -> bool:
        """Whether the interval leaves out no difference at all."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Withheld:
    """Why there is no answer; `area_ids` names the areas concerned, `found` how many there were."""

    reason: Reason
    found: int
    area_ids: tuple[str, ...] = ()
