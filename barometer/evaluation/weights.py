"""Weights of comparison areas: nonnegative, summing to one, many areas at a time."""

from typing import Final

import numpy as np

from barometer.evaluation.panel import FloatArray

_STEPS: Final = 300
_NEAR: Final = 1e-5  # weights that move less are done
_LEAST: Final = 1e-12  # keeps a comparison without any spread from dividing by zero


def balance(target: FloatArray, donors: FloatArray, *, penalty: FloatArray) -> FloatArray:
    """Weights (cases, donors) that minimise |own - w donors|^2 + penalty |w|^2 on the simplex.

    `own` is (cases, years), `donors` (cases, donors, years), `penalty` (cases). Accelerated
    projected gradient with the momentum of a strongly convex problem (Nesterov 2004, doi
    10.1007/978-1-4419-8853-9).
    """
    across = np.ascontiguousarray(donors.transpose(0, 2, 1))
    steepest = np.abs(donors @ across).sum(axis=2).max(axis=1) + penalty + _LEAST
    rate = np.sqrt(np.maximum(penalty, 1e-3 * steepest) / steepest)
    momentum = ((1 - rate) / (1 + rate))[:, None]
    step, ridge = (1 / steepest)[:, None], penalty[:, None]
    weights = np.full(donors.shape[:2], 1 / donors.shape[1])
    ahead = weights
    for _ in range(_STEPS):
        residual = (ahead[:, None, :] @ donors)[:, 0] - target
        slope = (residual[:, None, :] @ across)[:, 0] + ridge * ahead
        moved = onto_simplex(ahead - step * slope)
        ahead = moved + momentum * (moved - weights)
        if np.abs(moved - weights).max() < _NEAR:
            return moved
        weights = moved
    return weights


def onto_simplex(points: FloatArray) -> FloatArray:
    """The nearest weights (rows nonnegative, summing to 1) of each row."""
    falling = -np.sort(-points, axis=1)
    excess = (np.cumsum(falling, axis=1) - 1) / np.arange(1, points.shape[1] + 1)
    last = (falling > excess).sum(axis=1) - 1
    nearest: FloatArray = np.maximum(points - excess[np.arange(len(points)), last][:, None], 0.0)
    return nearest
