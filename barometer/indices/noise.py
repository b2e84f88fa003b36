"""What rounding and perturbation by the publisher do to counts, and to every index made of them.

Two kinds: shares published in whole steps (whole per cent), and the cell-key method, which adds a
small whole number to every cell and leaves zeros as they are (Marley and Leaver 2011; Thompson,
Broadfoot and Elazar 2013). The publisher keeps its parameters to itself, so they are assumed here:
`ASSUMED`. The distribution is the one of largest entropy with mean 0, the variance asked for, and
no negative result, which is how perturbation tables are designed (Giessing 2016).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from barometer.indices.containers import CountTable, FloatArray, table_of

NORMAL_95 = 1.959964
_TOLERANCE = 1e-12
_NEWTON_STEPS = 200
_ENOUGH_CELLS = 20  # shares that are all whole by chance are not believed below this
_NEAR_WHOLE = 1e-6
_LEAST_BASE = 200.0  # with fewer persons a share is near a whole per cent by arithmetic


@dataclass(frozen=True, slots=True)
class CellKey:
    """Parameters of a perturbation: the largest change of a cell, and its variance, in persons."""

    largest: int
    variance: float

    def __post_init__(self) -> None:
        """Checks that such a distribution exists.

        Raises:
            ValueError: when the variance cannot be reached with changes of at most `largest`.
        """
        if self.largest < 1 or not 0 < self.variance <= self.largest:
            raise ValueError(
                f"a cell key of at most {self.largest} persons with variance {self.variance}: the"
                " largest change must be at least 1 and the variance above 0 and at most as large"
            )


ASSUMED = CellKey(largest=5, variance=4.0)
"""Statistics Sweden has not published its parameters. Standard deviation 2 persons a cell agrees
with how far sums of small areas lie from their published totals in 2025."""


@dataclass(frozen=True, slots=True)
class Reporting:
    """How the counts of each area were published; one element per area of a table.

    `step` is the width of a published share (0.01: whole per cent; 0: exact). `perturbed` marks
    cells with cell-key noise of the parameters `key`.
    """

    step: FloatArray
    perturbed: NDArray[np.bool_]
    key: CellKey = ASSUMED

    @property
    def matters(self) -> bool:
        """Whether any area is rounded or perturbed."""
        return bool(self.step.any() or self.perturbed.any())

    def part(self, areas: slice | NDArray[np.intp]) -> Reporting:
        """The same for some of the areas."""
        return Reporting(self.step[areas], self.perturbed[areas], self.key)


def whole_steps(counts: FloatArray) -> float:
    """The step of the shares of areas (areas, groups): 0.01 when all are whole per cents, else 0.

    NaN rows are passed over. Small areas say nothing, and few areas too little.
    """
    totals = counts.sum(axis=1)
    usable = totals >= _LEAST_BASE
    if usable.sum() < _ENOUGH_CELLS:
        return 0.0
    percent = 100 * counts[usable] / totals[usable, None]
    return 0.01 if bool((np.abs(percent - np.rint(percent)) < _NEAR_WHOLE).all()) else 0.0


def reporting_of(
    counts: FloatArray, years: NDArray[np.integer], *, perturbed_from: int | None
) -> Reporting:
    """How the counts (areas, groups) of the years were published.

    Shares that all are whole per cents in a year were published so; what is perturbed is known of
    their source: the counts of `perturbed_from` and later, of None none.
    """
    step = np.zeros(len(counts))
    for year in np.unique(years):
        own = years == year
        step[own] = whole_steps(counts[own])
    perturbed = np.zeros(len(years), dtype=np.bool_)
    if perturbed_from is not None:
        perturbed = np.asarray(years >= perturbed_from)
    return Reporting(step, perturbed)


@lru_cache(maxsize=8)
def perturbation_table(key: CellKey) -> FloatArray:
    """Probabilities (largest + 1, 2 largest + 1): by true count, of each change from -largest up.

    Row 0 (a true zero) never changes. Row n allows no change below -n; the last row stands for all
    larger counts. Every row has mean 0; its variance is the key's, or the count when that is less.
    """
    changes = np.arange(-key.largest, key.largest + 1, dtype=np.float64)
    rows = [(changes == 0).astype(np.float64)]
    for count in range(1, key.largest + 1):
        allowed = changes >= -count
        variance = min(key.variance, float(count))
        rows.append(_largest_entropy(changes, allowed, variance=variance))
    return np.stack(rows)


def _largest_entropy(
    changes: FloatArray, allowed: NDArray[np.bool_], *, variance: float
) -> FloatArray:
    """Probabilities proportional to exp(a j + b j^2) on the support, with mean 0 and variance."""
    inside = changes[allowed]
    moments = np.stack([inside, inside**2 - variance])
    weights = np.zeros(2)
    for _ in range(_NEWTON_STEPS):
        exponent = weights @ moments
        p = np.exp(exponent - exponent.max())
        p /= p.sum()
        gradient = moments @ p
        if np.abs(gradient).max() < _TOLERANCE:
            break
        spread = (moments * p) @ moments.T - np.outer(gradient, gradient)
        step = np.linalg.solve(spread + 1e-14 * np.eye(2), gradient)
        weights = weights - step / max(1.0, float(np.abs(step).max()))
    result = np.zeros(changes.size)
    result[allowed] = p
    return result


def rounded_sum(
    persons: ArrayLike, total: ArrayLike, *, step: float = 0.01
) -> tuple[FloatArray, FloatArray]:
    """Between which whole numbers a group lies that is a sum of rounded shares of known totals.

    `persons` and `total` are the sums over the areas; every share is off by half a step at most,
    so the sum is off by half a step of the total. Never below 0 or above the total.
    """
    x, t = np.asarray(persons, dtype=np.float64), np.asarray(total, dtype=np.float64)
    off = step / 2 * t
    return np.floor(np.clip(x - off, 0.0, t)), np.ceil(np.clip(x + off, 0.0, t))


def perturbations(counts: FloatArray, uniform: FloatArray, *, key: CellKey) -> FloatArray:
    """The change of each cell, in persons, at uniform numbers of the same shape."""
    reached = np.cumsum(perturbation_table(key), axis=1)
    row = np.clip(np.rint(counts), 0, key.largest).astype(np.intp)
    change = np.full(np.broadcast_shapes(counts.shape, uniform.shape), -float(key.largest))
    for bound in reached.T[:-1]:
        change += uniform >= bound[row]
    return change


def reported(table: CountTable, reporting: Reporting, *, numbers: FloatArray) -> CountTable:
    """The table as its publisher would have shown it: rounded, then perturbed.

    `numbers` are uniform, (2, groups, ..., areas), for rounding and for perturbation. With two
    groups the rest is the published total minus the group, so it carries both cells' noise; with
    more groups the total is the sum of the parts.
    """
    counts = table.counts
    if reporting.step.any():
        counts = _rounded(counts, step=reporting.step, uniform=numbers[0])
    if reporting.perturbed.any():
        counts = _perturbed(counts, reporting, uniform=numbers[1])
    return table_of(counts, starts=table.starts, sizes=table.sizes, land=table.land)


def _rounded(counts: FloatArray, *, step: FloatArray, uniform: FloatArray) -> FloatArray:
    """Counts with each share off by up to half a step, the totals as before."""
    totals = counts.sum(axis=0)
    off = totals * step * (uniform - 0.5)
    if len(counts) == 2:
        first = np.clip(counts[0] + off[0], 0.0, totals)
        return np.stack([first, totals - first])
    moved = np.clip(counts + off, 0.0, None)
    sums = moved.sum(axis=0)
    scaled: FloatArray = moved * (totals / np.where(sums > 0, sums, 1.0))
    return scaled


def _perturbed(counts: FloatArray, reporting: Reporting, *, uniform: FloatArray) -> FloatArray:
    """Counts with noise in every published cell of the areas that have it, none below zero."""
    key = reporting.key
    if len(counts) == 2:
        totals = counts.sum(axis=0)
        group = perturbations(counts[0], uniform[0], key=key)
        noise = np.stack([group, perturbations(totals, uniform[1], key=key) - group])
    else:
        noise = perturbations(counts, uniform, key=key)
    return np.maximum(counts + reporting.perturbed * noise, 0.0)


def noise_draws(
    table: CountTable,
    functions: tuple[Callable[[CountTable], FloatArray], ...],
    reporting: Reporting,
    *,
    draws: int = 1000,
    seed: int = 20250605,
) -> FloatArray:
    """Deviations of indices from their published values (functions, draws, containers).

    The persons stay; only rounding and perturbation are drawn again. The same seed gives the same
    draws.
    """
    rng = np.random.default_rng(seed)
    found = np.empty((len(functions), draws, table.starts.size))
    repeated = table.redrawn(table.counts[:, None, :])
    step = max(1, (1 << 20) // max(table.counts.size, 1))
    for begin in range(0, draws, step):
        n = min(step, draws - begin)
        numbers = rng.random((2, len(table.counts), n, table.totals.size))
        shown = reported(repeated, reporting, numbers=numbers)
        for row, function in enumerate(functions):
            found[row, begin : begin + n] = function(shown) - function(table)
    return found


def noise_spread(
    table: CountTable,
    function: Callable[[CountTable], FloatArray],
    reporting: Reporting,
    *,
    draws: int = 1000,
) -> FloatArray:
    """Standard deviation of an index that comes from rounding and perturbation, by simulation."""
    deviations = noise_draws(table, (function,), reporting, draws=draws)[0]
    return np.asarray(deviations.std(axis=0, ddof=1), dtype=np.float64)


def cell_variances(table: CountTable, reporting: Reporting) -> FloatArray:
    """Variance of the published group and total of each area, (2, areas), of two-group tables.

    Rounding moves the group alone: (step t)^2 / 12. Perturbation moves each by the key's variance;
    cells of zero do not move.
    """
    group, totals = table.counts[0], table.totals
    cells = np.rint(np.stack([group, totals]))
    noise: FloatArray = reporting.perturbed * np.minimum(cells, reporting.key.variance)
    noise[0] += np.square(reporting.step * totals) / 12
    return noise


def dissimilarity_noise(table: CountTable, reporting: Reporting) -> FloatArray:
    """Standard deviation of D from rounding and perturbation, in closed form, to first order.

    With s_i = sign(x_i/X - y_i/Y), S_x = sum s_i x_i / X and S_y likewise, a person more of the
    group in area i moves D by (s_i - S_x) / 2X, one more of the rest by -(s_i - S_y) / 2Y. The
    published cells are x_i and t_i, with y_i = t_i - x_i. Valid when few areas lie within the
    noise of the place's own mix: there the absolute value bends, and D rises instead.
    """
    (x_total, y_total), (x, y) = table.group_totals, table.counts
    side = np.sign(x * table.spread(y_total) - y * table.spread(x_total))
    mean_x = table.spread(table.sum(side * x) / x_total)
    mean_y = table.spread(table.sum(side * y) / y_total)
    by_group = (side - mean_x) / (2 * table.spread(x_total))
    by_rest = -(side - mean_y) / (2 * table.spread(y_total))
    variance_group, variance_total = cell_variances(table, reporting)
    variance = np.square(by_group - by_rest) * variance_group + np.square(by_rest) * variance_total
    return np.asarray(np.sqrt(table.sum(variance)), dtype=np.float64)


def correlation_ratio_noise(table: CountTable, reporting: Reporting) -> FloatArray:
    """Standard deviation of eta2 from rounding and perturbation, in closed form, to first order.

    eta2 = (Q/X - P) / (1 - P), Q = sum x_i^2 / t_i: the gradient of Q is 2 p_i for a person more
    in the group and -p_i^2 for one more resident; those of X and T follow by the chain rule.
    """
    x, totals = table.counts[0], table.totals
    share = x / np.where(totals > 0, totals, 1.0)
    group, total = table.group_totals[0], table.total
    q, p = table.sum(share * x), group / total
    rest = 1 - p
    by_p = (q / group - 1) / rest**2
    to_group = table.spread(-q / group**2 / rest + by_p / total)
    to_total = table.spread(-by_p * p / total)
    by_group = 2 * share / table.spread(group * rest) + to_group
    by_total = -np.square(share) / table.spread(group * rest) + to_total
    variance_group, variance_total = cell_variances(table, reporting)
    variance = np.square(by_group) * variance_group + np.square(by_total) * variance_total
    return np.asarray(np.sqrt(table.sum(variance)), dtype=np.float64)


def share_noise(
    group: ArrayLike, total: ArrayLike, *, key: CellKey | None = None, step: float = 0.0
) -> FloatArray:
    """Standard deviation of a share of 0-1 (group / total) from perturbation and rounding.

    Perturbation of both cells: sqrt(v_x + p^2 v_t) / t, to first order; rounding: step / sqrt(12).
    NaN where the total is 0.
    """
    x, t = np.asarray(group, dtype=np.float64), np.asarray(total, dtype=np.float64)
    safe = np.where(t > 0, t, np.nan)
    variance = key.variance if key else 0.0
    of_group, of_total = np.minimum(np.rint(x), variance), np.minimum(np.rint(t), variance)
    by_noise = (of_group + np.square(x / safe) * of_total) / safe**2
    return np.asarray(np.sqrt(by_noise + step**2 / 12), dtype=np.float64)


def smallest_change(
    first: ArrayLike, second: ArrayLike, *, factor: float = NORMAL_95
) -> FloatArray:
    """The smallest change between two years that can be told from noise at 95 %.

    `first` and `second` are the noise's standard deviations in the two years, in the value's unit;
    the two are independent: factor * sqrt(s1^2 + s2^2). Changes smaller than this arise by noise
    alone in more than one case in twenty.
    """
    return np.asarray(factor * np.hypot(first, second), dtype=np.float64)


def smallest_rounded_change(step: float, *, level: float = 0.95) -> float:
    """The smallest change between two rounded values that is real at a level, exactly.

    The difference of two uniform errors is triangular on -step..step: step (1 - sqrt(1 - level)),
    .776 of a step at 95 %. Published values differ by whole steps, so at 95 % one step is enough.
    """
    return float(step * (1 - np.sqrt(1 - level)))
