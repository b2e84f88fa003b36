"""Areas side by side within their containers: the one shape every index reads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class CountTable:
    """Counts of persons by group and area, the areas of a container next to each other.

    The first axis of every array is the group (where there is one), the last is the area or the
    container; axes between them are repetitions (thresholds, one group against the rest, bootstrap
    draws), so an index written for one table serves them all.
    """

    counts: FloatArray  # groups, ..., areas
    totals: FloatArray  # ..., areas: persons in the area
    group_totals: FloatArray  # groups, ..., containers
    total: FloatArray  # ..., containers: persons in the container
    starts: IntArray  # the first area of each container
    sizes: IntArray  # areas in each container
    land: FloatArray | None = None  # areas: land area

    def sum(self, values: FloatArray) -> FloatArray:
        """Sums over the areas of each container."""
        summed: FloatArray = np.add.reduceat(values, self.starts, axis=-1)
        return summed

    def spread(self, values: FloatArray) -> FloatArray:
        """Repeats one value per container for each of its areas."""
        return np.repeat(values, self.sizes, axis=-1)

    def shares(self) -> FloatArray:
        """Returns p_ik, each group's share of its area; 0 in an empty area."""
        return self.counts / np.where(self.totals == 0, 1.0, self.totals)

    def group_shares(self) -> FloatArray:
        """Returns P_k, each group's share of its container."""
        return ratio(self.group_totals, self.total)

    def n_areas(self) -> FloatArray:
        """Returns n+, the number of areas with residents in each container."""
        return self.sum((self.totals > 0).astype(np.float64))

    def columns(self, *groups: int) -> CountTable:
        """Keeps only the given groups; persons in other groups leave the totals."""
        return self.refilled(self.counts[list(groups)])

    def one_against_rest(self) -> CountTable:
        """Repeats the table as (group, rest) for each group."""
        return self._split(self.counts, self.group_totals)

    def at_thresholds(self) -> CountTable:
        """Repeats the table as (at or below, above) for each threshold between ordered groups."""
        below = np.cumsum(self.counts, axis=0)[:-1]
        return self._split(below, np.cumsum(self.group_totals, axis=0)[:-1])

    def redrawn(self, counts: FloatArray) -> CountTable:
        """Puts other counts with the same area totals in place, repetitions on the middle axes."""
        return CountTable(
            counts, self.totals, self.sum(counts), self.total, self.starts, self.sizes, self.land
        )

    def refilled(self, counts: FloatArray) -> CountTable:
        """Puts other counts (groups, areas) of the same areas in place."""
        return table_of(counts, starts=self.starts, sizes=self.sizes, land=self.land)

    def part(self, containers: slice) -> CountTable:
        """Keeps a run of neighbouring containers."""
        first, sizes = int(self.starts[containers.start]), self.sizes[containers]
        areas = slice(first, first + int(sizes.sum()))
        return CountTable(
            self.counts[..., areas],
            self.totals[..., areas],
            self.group_totals[..., containers],
            self.total[..., containers],
            self.starts[containers] - first,
            sizes,
            None if self.land is None else self.land[areas],
        )

    def _split(self, part: FloatArray, part_total: FloatArray) -> CountTable:
        return CountTable(
            np.stack([part, self.totals - part]),
            self.totals,
            np.stack([part_total, self.total - part_total]),
            self.total,
            self.starts,
            self.sizes,
            self.land,
        )


def ratio(numerator: FloatArray, denominator: FloatArray) -> FloatArray:
    """Divides; NaN where the denominator is 0, without a warning."""
    quotient: FloatArray = numerator / np.where(denominator == 0, np.nan, denominator)
    return quotient


def weighted_mean(values: FloatArray, weights: FloatArray) -> FloatArray:
    """Means over the first axis; what has weight 0 may be undefined."""
    weighted = np.where(weights == 0, 0.0, values * weights)
    return ratio(weighted.sum(axis=0), weights.sum(axis=0))


def surprisal(part: FloatArray, whole: FloatArray) -> FloatArray:
    """Returns -ln(part / whole), exact for parts near the whole too, and 0 where part is 0."""
    some = np.where(part > 0, part, whole)
    near = -np.log1p(ratio(some - whole, whole))
    far = -np.log(ratio(some, whole))
    return np.where(some > whole / 2, near, far)


def table_of(
    counts: FloatArray, *, starts: IntArray, sizes: IntArray, land: FloatArray | None = None
) -> CountTable:
    """Adds the margins to counts (groups, ..., areas) whose areas already lie by container."""
    totals: FloatArray = counts.sum(axis=0)
    group_totals: FloatArray = np.add.reduceat(counts, starts, axis=-1)
    return CountTable(counts, totals, group_totals, group_totals.sum(axis=0), starts, sizes, land)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Where each area goes when areas are sorted by container."""

    order: IntArray  # the input row at each sorted position
    starts: IntArray
    sizes: IntArray

    def table(self, counts: FloatArray, *, land: FloatArray | None = None) -> CountTable:
        """Sorts counts (areas, groups) into a table."""
        sorted_land = None if land is None else land[self.order]
        columns = np.ascontiguousarray(counts[self.order].T)
        return table_of(columns, starts=self.starts, sizes=self.sizes, land=sorted_land)

    def restore(self, values: FloatArray) -> FloatArray:
        """Puts values by sorted area (last axis) back in the order of the input rows."""
        restored = np.empty_like(values)
        restored[..., self.order] = values
        return restored


def arrange(codes: IntArray) -> Arrangement:
    """Sorts areas by container code (0, 1, ..., every code in use); stable, once per panel."""
    in_order = bool(np.all(codes[1:] >= codes[:-1]))
    order = np.arange(codes.size) if in_order else np.argsort(codes, kind="stable")
    sizes = np.bincount(codes) if codes.size else np.empty(0, dtype=np.intp)
    starts = np.cumsum(sizes) - sizes
    return Arrangement(order, starts.astype(np.intp), sizes.astype(np.intp))
