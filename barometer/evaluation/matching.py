"""Which areas are alike before the start, in level, trend and size, and how they are weighted."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from barometer.evaluation.panel import Flags, FloatArray, IntArray, Panel

DONORS: Final = 30  # comparison areas among which an area's weights are spread


def features(panel: Panel, *, n_before: int) -> FloatArray:
    """Mean share, yearly change and log persons before the start (areas x 3), in spreads of each.

    A feature that is the same everywhere tells nothing and is 0.
    """
    shares, years = panel.shares[:, :n_before], np.arange(n_before) - (n_before - 1) / 2
    trend = shares @ years / np.square(years).sum()
    persons = panel.totals[:, :n_before].mean(axis=1)
    found = np.column_stack([shares.mean(axis=1), trend, np.log(persons)])
    spread = found.std(axis=0)
    scaled: FloatArray = (found - found.mean(axis=0)) / np.where(spread > 0, spread, np.inf)
    return scaled


def distances(similar: FloatArray, rows: IntArray) -> FloatArray:
    """How unlike the rows are to every area (rows x areas)."""
    lengths = np.square(similar).sum(axis=1)
    squared = lengths[rows][:, None] + lengths[None, :] - 2 * similar[rows] @ similar.T
    apart: FloatArray = np.sqrt(np.maximum(squared, 0.0))
    return apart


def nearest_donors(
    apart: FloatArray, *, rows: IntArray, clusters: IntArray, barred: Flags
) -> IntArray:
    """The `DONORS` most alike areas of every row, nearest first (rows x donors).

    Never an area of the row's own cluster: what is done there may reach it. `barred` areas
    (True) are nobody's comparison.
    """
    foreign = clusters[rows][:, None] != clusters[None, :]
    allowed = np.where(foreign & ~barred[None, :], apart, np.inf)
    n = min(DONORS, allowed.shape[1] - 1)
    head = np.argpartition(allowed, n - 1, axis=1)[:, :n]
    order = np.argsort(np.take_along_axis(allowed, head, axis=1), axis=1, kind="stable")
    nearest: IntArray = np.take_along_axis(head, order, axis=1)
    return nearest


_ROUNDS: Final = 100
_STEPS: Final = 50  # between two looks at how far from the minimum each case is
_NEAR: Final = 1e-6  # of the objective: what is left to gain at most
_LEAST: Final = 1e-12  # keeps a comparison without any spread from dividing by zero


def balance(target: FloatArray, donors: FloatArray, *, penalty: FloatArray) -> FloatArray:
    """Weights (cases, donors) that minimise |own - w donors|^2 + penalty |w|^2 on the simplex.

    `target` is (cases, years), `donors` (cases, donors, years), `penalty` (cases). Accelerated
    projected gradient that starts again where its momentum points uphill (O'Donoghue and Candès
    2015, doi 10.1007/s10208-013-9150-3), until no weights can be better by more than 1e-6 of the
    objective: on the simplex, f(w) - f(best) is at most slope w - min slope.
    """
    n_cases, n_donors = donors.shape[:2]
    gram = donors @ donors.transpose(0, 2, 1) + penalty[:, None, None] * np.eye(n_donors)
    problem = _Problem(gram, (donors @ target[:, :, None])[:, :, 0], np.square(target).sum(axis=1))
    weights = np.full((n_cases, n_donors), 1 / n_donors)
    left = np.arange(n_cases)
    for _ in range(_ROUNDS):
        left = left[problem.of(left).unfinished(weights[left])]
        if not left.size:
            break
        weights[left] = _descend(problem.of(left), weights[left])
    return weights


@dataclass(frozen=True, slots=True)
class _Problem:
    """Minimise w gram w - 2 pull w + floor, one case a row."""

    gram: FloatArray
    pull: FloatArray
    floor: FloatArray

    def of(self, cases: IntArray) -> "_Problem":
        return _Problem(self.gram[cases], self.pull[cases], self.floor[cases])

    def slope(self, weights: FloatArray) -> FloatArray:
        """Half the gradient."""
        slope: FloatArray = (self.gram @ weights[:, :, None])[:, :, 0] - self.pull
        return slope

    def unfinished(self, weights: FloatArray) -> Flags:
        """Whether better weights could be noticeably better."""
        slope = self.slope(weights)
        to_gain = 2 * ((weights * slope).sum(axis=1) - slope.min(axis=1))
        value = (weights * (slope - self.pull)).sum(axis=1) + self.floor
        far: Flags = to_gain > _NEAR * np.maximum(value, 0.0) + _LEAST
        return far


def _descend(problem: _Problem, weights: FloatArray) -> FloatArray:
    """Some accelerated steps; the momentum of a case that has passed its minimum begins again."""
    step = 1 / (np.abs(problem.gram).sum(axis=2).max(axis=1) + _LEAST)
    ahead, speed = weights, np.ones(len(weights))
    for _ in range(_STEPS):
        slope = problem.slope(ahead)
        moved = onto_simplex(ahead - step[:, None] * slope)
        uphill = (slope * (moved - weights)).sum(axis=1) > 0
        before = np.where(uphill, 1.0, speed)
        speed = (1 + np.sqrt(1 + 4 * before**2)) / 2
        momentum = np.where(uphill, 0.0, (before - 1) / speed)
        ahead = moved + momentum[:, None] * (moved - weights)
        weights = moved
    return weights


def onto_simplex(points: FloatArray) -> FloatArray:
    """The nearest weights (rows nonnegative, summing to 1) of each row."""
    falling = -np.sort(-points, axis=1)
    excess = (np.cumsum(falling, axis=1) - 1) / np.arange(1, points.shape[1] + 1)
    last = (falling > excess).sum(axis=1) - 1
    nearest: FloatArray = np.maximum(points - excess[np.arange(len(points)), last][:, None], 0.0)
    return nearest
