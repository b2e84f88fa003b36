"""Cells that SCB suppressed or did not publish: recovered, spread or withheld, never zero."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from barometer.indices.containers import FloatArray, IntArray, ratio

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

MAX_GROUP_SHARE = 0.05  # withhold above: the group's share in missing cells
_SOMEONE = 1e-9  # lets areas without a known population share a residual equally
MAX_POPULATION_SHARE = 0.10  # withhold above: the population's share in areas with missing cells


@dataclass(frozen=True, slots=True)
class Recovery:
    """Counts without holes, and how much of each container had to be estimated.

    An area that could not be filled has 0 in every group and counts as left out.
    """

    counts: FloatArray  # areas, groups
    coverage: FloatArray  # containers: population share outside estimated and left-out areas
    n_excluded: IntArray  # containers: areas left out
    estimated: NDArray[np.bool_]  # containers: "delvis skattat"
    withheld: NDArray[np.bool_]  # containers: too much is missing to show a value


def recover(
    counts: FloatArray,
    codes: IntArray,
    *,
    n_containers: int,
    parents: ArrayLike | None = None,
    totals: ArrayLike | None = None,
) -> Recovery:
    """Fills missing counts (areas, groups) of containers numbered 0, 1, ...

    One missing cell of a group is the parent's count less the cells that are known. Several share
    that residual in proportion to their areas' totals t_i. Without a parent's count the area is
    left out. `parents` is the published counts (containers, groups) and `totals` the published
    population of each area; either may have holes.
    """
    missing = np.isnan(counts)
    if not missing.any():
        nothing = np.zeros(n_containers, dtype=bool)
        excluded = np.zeros(n_containers, dtype=np.intp)
        return Recovery(counts, np.ones(n_containers), excluded, nothing, nothing)
    codes_of = _Codes(codes, n_containers)
    sizes = _area_totals(counts, codes_of, totals=totals)
    filled, spread = _filled(counts, codes_of, parents=parents, sizes=sizes)
    left_out = np.isnan(filled.sum(axis=1))
    uncertain = np.where(left_out[:, None], missing, spread)
    guessed = _guessed(filled, codes_of, left_out=left_out, sizes=sizes)
    group = ratio(codes_of.sum(np.where(uncertain, guessed, 0.0)), codes_of.sum(guessed))
    touched = np.where(uncertain.any(axis=1), 1.0, 0.0)
    population = np.nan_to_num(ratio(codes_of.sum(touched * sizes), codes_of.sum(sizes)))
    return Recovery(
        counts=np.where(left_out[:, None], 0.0, filled),
        coverage=1 - population,
        n_excluded=codes_of.sum(left_out.astype(np.float64)).astype(np.intp),
        estimated=codes_of.sum(touched) > 0,
        withheld=(group.T > MAX_GROUP_SHARE).any(axis=0) | (population > MAX_POPULATION_SHARE),
    )


@dataclass(frozen=True, slots=True)
class _Codes:
    """The container of each area, in any order."""

    codes: IntArray
    n_containers: int

    def sum(self, values: FloatArray) -> FloatArray:
        """Sums (areas, ...) to (containers, ...)."""
        columns = values.reshape(len(values), -1).T
        sums = [np.bincount(self.codes, weights=c, minlength=self.n_containers) for c in columns]
        stacked = np.stack(sums, axis=-1).astype(np.float64)
        return stacked.reshape(self.n_containers, *values.shape[1:])


def _area_totals(counts: FloatArray, codes: _Codes, *, totals: ArrayLike | None) -> FloatArray:
    """Each area's t_i: published, else the sum of its parts, else the container's mean area."""
    parts = counts.sum(axis=1)
    known = parts if totals is None else np.asarray(totals, dtype=np.float64)
    known = np.where(np.isnan(known), parts, known)
    there = ~np.isnan(known)
    mean = ratio(codes.sum(np.where(there, known, 0.0)), codes.sum(there.astype(np.float64)))
    typical = np.where(np.isnan(mean), 1.0, mean)
    return np.where(there, known, typical[codes.codes])


def _filled(
    counts: FloatArray, codes: _Codes, *, parents: ArrayLike | None, sizes: FloatArray
) -> tuple[FloatArray, NDArray[np.bool_]]:
    """Counts with holes filled from the parents' residuals, and which cells are estimates.

    A cell is exact when it is the only one missing, or when nobody is left to place.
    """
    missing = np.isnan(counts)
    if parents is None:
        return counts, np.zeros_like(missing)
    known = codes.sum(np.where(missing, 0.0, counts))
    residual = np.maximum(np.asarray(parents, dtype=np.float64) - known, 0.0)[codes.codes]
    weight = np.where(missing, np.maximum(sizes, _SOMEONE)[:, None], 0.0)
    placed = residual * ratio(weight, codes.sum(weight)[codes.codes])
    several = codes.sum(missing.astype(np.float64))[codes.codes] > 1
    return np.where(missing, placed, counts), missing & several & (residual > 0)


def _guessed(
    filled: FloatArray, codes: _Codes, *, left_out: NDArray[np.bool_], sizes: FloatArray
) -> FloatArray:
    """Counts where cells still missing are guessed at the container's share, for coverage only."""
    inside = np.where(left_out[:, None], 0.0, filled)
    sums = codes.sum(inside)
    share = ratio(sums, sums.sum(axis=1, keepdims=True))
    guess = np.nan_to_num(share)[codes.codes] * sizes[:, None]
    return np.where(np.isnan(filled), guess, filled)
