"""How sure an index is: a parametric bootstrap of persons within areas.

The residents of each area are drawn again (binomial for two groups, multinomial for more) with its
total fixed and its observed shares as probabilities; where the publisher has rounded or perturbed
the counts (`noise.Reporting`) the draws are rounded or perturbed likewise. The spread of the index
over the draws is its interval, called "osäkerhetsintervall (modell)": what would vary had other
persons with the same chances lived there. Drawing adds unevenness, so estimate and interval are
moved back by the same amount: the interval belongs to the estimate, not to the index by its
definition, which contains that unevenness.

Every container meets the same random numbers, by position of area. A container's interval is
therefore the same alone as in a panel, and the same in every run; draws of two containers must not
be subtracted from each other: use `change_interval`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from barometer.indices.chance import expected_dissimilarity, expected_dissimilarity_multi
from barometer.indices.containers import CountTable, FloatArray, IntArray
from barometer.indices.index import Index
from barometer.indices.multigroup import dissimilarity_multi
from barometer.indices.noise import Reporting, reported
from barometer.indices.two_group import dissimilarity

Measure = Callable[[CountTable], FloatArray]

DRAWS = 250
LEVEL = 0.95
_SEED = 20250604
_NORMAL_FROM_VARIANCE = 9.0  # above, quantiles by Cornish and Fisher; below, exact inversion
_CELLS_AT_ONCE = 1 << 17  # keeps a block of draws within the processor's cache
_POSITIONS_AT_ONCE = 1024
_WITHIN_REACH = 49.0  # above, 0 and n are more than seven standard deviations away
_MOST_SKEWED = 1.0  # beyond, the expansion is not monotonic
_MOST_COUNTED = 100  # a variance below 9 means a count below 100, but for one draw in 10^30


@dataclass(frozen=True, slots=True)
class Interval:
    """An index without the bias of small numbers, and its bounds; one element per container."""

    estimate: FloatArray
    low: FloatArray
    high: FloatArray

    def within(self, lowest: float, highest: float) -> Interval:
        """The interval inside the index's range, and wide enough to contain its estimate."""
        estimate, low, high = (
            np.clip(part, lowest, highest) for part in (self.estimate, self.low, self.high)
        )
        return Interval(estimate, np.minimum(low, estimate), np.maximum(high, estimate))

    def only(self, there: NDArray[np.bool_]) -> Interval:
        """The interval of the containers marked; NaN in the others."""
        return Interval(
            *(np.where(there, part, np.nan) for part in (self.estimate, self.low, self.high))
        )


def index_intervals(
    table: CountTable,
    indices: Sequence[Index],
    *,
    reporting: Reporting | None = None,
    evaluate: Callable[[Measure], FloatArray] | None = None,
) -> tuple[Interval, ...]:
    """Estimate and interval of several indices of a table, as they are stored and shown.

    `evaluate` gives a measure of the same table, for a caller that remembers what it has measured.

    Within the index's range, `low <= estimate <= high`. NaN where the index is undefined, and where
    the place is as even as chance alone would give: D is at or below what chance gives, or an index
    of evenness is at or below its own value by chance.
    """
    evaluate = evaluate or (lambda measure: measure(table))
    beyond = _beyond_chance(len(table.counts), evaluate)
    intervals = bootstrap_intervals(table, [index.function for index in indices], reporting)
    return tuple(
        interval.within(*index.range).only(beyond & _above_expected(index, beyond, evaluate))
        for index, interval in zip(indices, intervals, strict=True)
    )


def _beyond_chance(n_groups: int, evaluate: Callable[[Measure], FloatArray]) -> NDArray[np.bool_]:
    if n_groups == 2:
        above: NDArray[np.bool_] = evaluate(dissimilarity) > evaluate(expected_dissimilarity)
    else:
        above = evaluate(dissimilarity_multi) > evaluate(expected_dissimilarity_multi)
    return above


def _above_expected(
    index: Index, beyond: NDArray[np.bool_], evaluate: Callable[[Measure], FloatArray]
) -> NDArray[np.bool_]:
    if index.expected is None or index.dimension != "evenness":
        return beyond
    above: NDArray[np.bool_] = evaluate(index.function) > evaluate(index.expected)
    return above


def bootstrap_intervals(
    table: CountTable,
    functions: Sequence[Measure],
    reporting: Reporting | None = None,
    *,
    draws: int = DRAWS,
    level: float = LEVEL,
) -> tuple[Interval, ...]:
    """Intervals of several indices of a table, from the same draws.

    estimate = 2 obs - mean(draws); the bounds are quantiles of 2 obs - draw (the basic bootstrap),
    NaN where the index is undefined. Neither is kept within the index's range. Where an area's
    shares are 0 or 1 nothing is drawn, and where segregation is no larger than chance (`expected`)
    the interval does not reach down to 0. In simulations 93 to 95 % of the 95 % intervals of D
    contain the true value. `reporting` has one element per area of the table.
    """
    observed = [function(table) for function in functions]
    values = [np.empty((draws, table.starts.size)) for _ in functions]
    for containers, areas, part in _parts(table):
        own = reporting.part(areas) if reporting else None
        for block in _blocks(draws, part.totals.size):
            redrawn = part.redrawn(_draw(part, block=block, draws=draws))
            if own and own.matters:
                redrawn = reported(redrawn, own, numbers=_uniform_numbers(part, block, draws))
            for into, function in zip(values, functions, strict=True):
                into[block, containers] = function(redrawn)
    return tuple(
        _interval(mirrored=2 * obs - drawn, level=level)
        for obs, drawn in zip(observed, values, strict=True)
    )


def change_interval(
    first: tuple[FloatArray, FloatArray, FloatArray],
    second: tuple[FloatArray, FloatArray, FloatArray],
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Second minus first, with bounds, from (value, low, high) of two independent tables.

    The distances from value to bound add as squares (Zou and Donner 2008, doi 10.1002/sim.3095).
    Pass estimates, not values: each must lie between its bounds.
    """
    (value_1, low_1, high_1), (value_2, low_2, high_2) = first, second
    change = value_2 - value_1
    down = np.hypot(value_2 - low_2, high_1 - value_1)
    up = np.hypot(high_2 - value_2, value_1 - low_1)
    return change, change - down, change + up


def _interval(*, mirrored: FloatArray, level: float) -> Interval:
    """Mean and bounds over draws; undefined where any draw is.

    The bounds are quantiles by Cornish and Fisher (1938, doi 10.2307/1400905) from mean, spread and
    skewness of the draws. Held against 4,000 draws of real kommuner, 250 draws give them as exactly
    as the ranks of 400 do (0.13 standard deviations off, in the root mean square).
    """
    estimate = mirrored.mean(axis=0)
    apart = mirrored - estimate
    spread = np.sqrt((apart**2).sum(axis=0) / max(len(mirrored) - 1, 1))
    cubed = (apart**3).mean(axis=0) / np.where(spread > 0, spread, 1.0) ** 3
    skew = np.clip(cubed, -_MOST_SKEWED, _MOST_SKEWED)
    z = NormalDist().inv_cdf((1 + level) / 2)
    lean = (z * z - 1) / 6 * skew
    return Interval(estimate, estimate + (lean - z) * spread, estimate + (lean + z) * spread)


def _parts(table: CountTable) -> Iterator[tuple[slice, slice, CountTable]]:
    """Cuts a table between containers, into parts of about a thousand areas."""
    ends = np.cumsum(table.sizes)
    first = 0
    while first < ends.size:
        begin = int(table.starts[first])
        last = int(np.searchsorted(ends, begin + _POSITIONS_AT_ONCE, side="right"))
        containers = slice(first, max(last, first + 1))
        areas = slice(begin, int(ends[containers.stop - 1]))
        yield containers, areas, table.part(containers)
        first = containers.stop


def _blocks(draws: int, n_areas: int) -> Iterator[slice]:
    step = max(1, _CELLS_AT_ONCE // max(n_areas, 1))
    for begin in range(0, draws, step):
        yield slice(begin, min(begin + step, draws))


def _draw(table: CountTable, *, block: slice, draws: int) -> FloatArray:
    """New counts (groups, draws in block, areas): group after group, of the persons left."""
    position, reach = _positions(table)
    n_groups, n_areas = table.counts.shape
    normal, uniform = _random_numbers(n_groups - 1, draws, reach)
    drawn = np.empty((n_groups, block.stop - block.start, n_areas))
    unassigned = table.totals
    left = table.totals[None, :]
    for group in range(n_groups - 1):
        p = np.clip(table.counts[group] / np.where(unassigned > 0, unassigned, 1.0), 0.0, 1.0)
        chosen = drawn[group]
        np.take(normal[group, block], position, axis=1, out=chosen)
        _to_binomial(chosen, n=left, p=p)
        variance = unassigned * p * (1 - p)
        near = np.flatnonzero(variance < _WITHIN_REACH)
        chosen[:, near] = np.clip(chosen[:, near], 0.0, left[:, near])
        few = np.flatnonzero(variance < _NORMAL_FROM_VARIANCE)
        chosen[:, few] = _exact_binomial(
            left[:, few], p=p[few], u=uniform[group, block][:, position[few]]
        )
        left = np.subtract(left, chosen, out=drawn[-1])
        unassigned = unassigned - table.counts[group]
    return drawn


def _positions(table: CountTable) -> tuple[IntArray, int]:
    """Each area's place in its container, and how many random numbers a draw needs at most."""
    position = np.arange(table.totals.size) - np.repeat(table.starts, table.sizes)
    reach = -(-int(table.sizes.max()) // _POSITIONS_AT_ONCE) * _POSITIONS_AT_ONCE
    return position, reach


def _uniform_numbers(table: CountTable, block: slice, draws: int) -> FloatArray:
    """Uniform numbers (2, groups, draws in block, areas) for rounding and for perturbation."""
    position, reach = _positions(table)
    numbers = _reporting_numbers(len(table.counts), draws, reach)
    found: FloatArray = numbers[:, :, block][..., position]
    return found


@lru_cache(maxsize=2)
def _reporting_numbers(n_groups: int, draws: int, n_positions: int) -> FloatArray:
    """Uniform numbers (2, groups, draws, positions); a longer table begins as a shorter."""
    drawn = np.random.default_rng(_SEED + 2).random((n_positions, 2, n_groups, draws))
    return np.ascontiguousarray(drawn.transpose(1, 2, 3, 0))


@lru_cache(maxsize=6)
def _random_numbers(n_groups: int, draws: int, n_positions: int) -> tuple[FloatArray, FloatArray]:
    """Normal and uniform numbers (groups, draws, positions); a longer table begins as a shorter."""
    shape = (n_positions, n_groups, draws)
    normal = np.random.default_rng(_SEED).standard_normal(shape)
    uniform = np.random.default_rng(_SEED + 1).random(shape)
    return (
        np.ascontiguousarray(normal.transpose(1, 2, 0)),
        np.ascontiguousarray(uniform.transpose(1, 2, 0)),
    )


def _to_binomial(z: FloatArray, *, n: FloatArray, p: FloatArray) -> None:
    """Turns normal numbers (draws, areas) in place into binomial quantiles.

    Mean, spread and skewness are the binomial's (Cornish and Fisher 1938).
    """
    skew = (1 - 2 * p) / 6
    quantile = z * skew
    quantile += np.sqrt(n * (p * (1 - p)))
    z *= quantile
    z += n * p - skew
    np.rint(z, out=z)


def _exact_binomial(n: FloatArray, *, p: FloatArray, u: FloatArray) -> FloatArray:
    """Binomial quantiles at uniform numbers, by adding up probabilities from the rarer side.

    `n` is (1, areas) when all draws share it, which is faster, or (draws, areas).
    """
    rarer = np.minimum(p, 1 - p)
    odds = rarer / (1 - rarer)
    probability = np.exp(n * np.log1p(-rarer))
    reached = probability.copy()
    count = np.zeros(u.shape, dtype=np.uint8)
    for k in range(1, _MOST_COUNTED):
        beyond = u > reached
        if not beyond.any():
            break
        count += beyond.view(np.uint8)
        probability *= odds * (n - (k - 1)) / k
        reached += probability
    return np.where(p > 0.5, n - count, count)
