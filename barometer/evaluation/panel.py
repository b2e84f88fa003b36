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

WEAK_POINTS: Final = 0.05  # between the chosen areas' share before and their comparison's
WEAK_SPREADS: Final = 0.5  # the same, in standard deviations of all areas' shares before
TOO_FAR: Final = 2.0  # times either of them: then nothing is like the chosen areas

Reason = Literal[
    "few_before",
    "none_after",
    "missing",
    "few_donors",
    "few_placebos",
    "many_chosen",
    "nothing_alike",
]


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

    `own` is the share in all chosen areas together, year by year over `years`; `compared` is that
    share less the gap, so it starts at the chosen areas' level. `level_apart` is how far above the
    comparison the chosen areas lay before the start, and `unlike` the mean distance of each from
    its own comparison; `weak` says that this is too far to be called similar. `gap` is own minus
    compared, with the band in which 90 % of the placebo gaps lie. `effect` is the mean gap from the
    start on and `low` and `high` its 90 % interval. `misfit` is the root mean square gap before the
    start, `usual_misfit` the median of the placebos', and `fits_worse` the part of the placebos
    that fit better. `n_as_large` of `n_placebos` have an effect at least as large, either way.
    `around` are the areas around the chosen ones, which are no comparison, and `around_effect` is
    their own mean gap from the start on; None where there are none with figures.
    """

    years: tuple[int, ...]
    start: int
    own: FloatArray
    compared: FloatArray
    gap: FloatArray
    band_low: FloatArray
    band_high: FloatArray
    level_apart: float
    unlike: float
    weak: bool
    effect: float
    low: float
    high: float
    misfit: float
    usual_misfit: float
    fits_worse: float
    n_placebos: int
    n_as_large: int
    donors: tuple[Donor, ...]
    around: tuple[str, ...] = ()
    around_effect: float | None = None

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval leaves out no difference at all."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Withheld:
    """Why there is no answer.

    `area_ids` names the areas concerned, and `n_available` is how many there were.

    `needed` is how many there would have to be (the most, of `many_chosen`), and `apart` how far
    the comparison lay from the chosen areas, as a share 0-1 (of `nothing_alike`).
    """

    reason: Reason
    n_available: int
    area_ids: tuple[str, ...] = ()
    needed: int = 0
    apart: float = 0.0
