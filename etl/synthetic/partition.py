"""Points into RegSO and DeSO: recursive cuts across the direction of largest spread."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from etl.synthetic.apportion import apportion

POINTS_PER_DESO: Final = 12
_FEWEST_POINTS: Final = 4


def cut(xy: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.intp]:
    """Label every point with one of len(weights) compact groups, sized by the weights."""
    label = np.zeros(len(xy), dtype=np.intp)
    pending = [(np.arange(len(xy)), 0, len(weights))]
    while pending:
        points, first, last = pending.pop()
        if last - first == 1:
            label[points] = first
            continue
        middle = (first + last) // 2
        left, right = _halves(xy, points, weights[first:last], n_left=middle - first)
        pending += [(left, first, middle), (right, middle, last)]
    return label


def _halves(
    xy: NDArray[np.float64], points: NDArray[np.intp], weights: NDArray[np.float64], *, n_left: int
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    own = xy[points]
    order = points[np.argsort(own @ _longest_direction(own), kind="stable")]
    n = round(len(points) * weights[:n_left].sum() / weights.sum())
    fewest, most = n_left * _FEWEST_POINTS, len(points) - (len(weights) - n_left) * _FEWEST_POINTS
    n = min(max(n, fewest), most)
    return order[:n], order[n:]


def _longest_direction(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """The first principal axis of the points."""
    x, y = (xy - xy.mean(axis=0)).T
    angle = np.arctan2(2 * (x @ y), x @ x - y @ y) / 2
    return np.array([np.cos(angle), np.sin(angle)])


def partition_kommun(
    xy: NDArray[np.float64], *, n_regso: int, n_deso: int, rng: np.random.Generator
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """RegSO and DeSO numbers (from 0 within the kommun) of every point; DeSO nest in RegSO."""
    sizes = apportion(rng.lognormal(0.0, 0.6, n_regso), total=n_deso, lowest=1)
    weights = np.clip(rng.lognormal(0.0, 0.26, n_deso), 0.5, 2.4)
    first = np.concatenate([[0], np.cumsum(sizes)])
    regso = cut(xy, np.add.reduceat(weights, first[:-1]))
    deso = np.empty(len(xy), dtype=np.intp)
    for number in range(n_regso):
        own = np.flatnonzero(regso == number)
        deso[own] = first[number] + cut(xy[own], weights[first[number] : first[number + 1]])
    return regso, deso
