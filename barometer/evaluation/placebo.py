"""Groups of areas where nothing was chosen, as like the chosen ones as can be."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from barometer.evaluation.matching import DONORS
from barometer.evaluation.panel import Flags, FloatArray, IntArray

PLACEBOS: Final = 80
_SEED: Final = 20250604
_MOST_SCALING: Final = 3.0  # of a placebo effect, so that no poor fit of the noise runs away


def placebo_groups(
    apart: FloatArray, *, clusters: IntArray, chosen: IntArray, reached: Flags
) -> IntArray:
    """Rows of areas, one for each chosen area in its order (groups x chosen), nearest first.

    `apart` is chosen x areas. A cluster's chosen areas are answered by as many areas of one other
    cluster, a single area by single areas; no group has an area that the effort may have `reached`
    (chosen clusters, areas around), or one that has too few donors outside its own cluster and
    those. No area is in two groups, and no two
    areas of a group that answer different clusters lie in the same one. Groups do share donors, as
    placebos in space always have (Abadie, Diamond and Hainmueller 2010): they can be ranked against
    the chosen areas, but are not that many independent trials.
    """
    blocks = [np.flatnonzero(clusters[chosen] == c) for c in dict.fromkeys(clusters[chosen])]
    free = np.bincount(clusters[~reached], minlength=int(clusters.max()) + 1)  # may be donors
    barred = reached | (free.sum() - free[clusters] < DONORS)
    rng = np.random.default_rng(_SEED)
    groups = np.empty((PLACEBOS, 0), dtype=np.intp)
    for block in blocks:
        pool = _pool(apart[block], clusters=clusters, barred=barred)
        order = np.arange(len(pool)) if not groups.size else rng.permutation(len(pool))
        groups = _joined(groups, pool[order], clusters=clusters)
        barred = barred | np.isin(np.arange(clusters.size), groups)
    in_order = np.argsort(np.concatenate(blocks), kind="stable")
    return groups[:, in_order]


def _joined(groups: IntArray, pool: IntArray, *, clusters: IntArray) -> IntArray:
    """Each group with the first row of the pool that is left and lies in a cluster of its own."""
    left = list(range(len(pool)))
    found = []
    for group in groups:
        taken = set(clusters[group].tolist())
        best = next((n for n in left if int(clusters[pool[n, 0]]) not in taken), None)
        if best is not None:
            left.remove(best)
            found.append(np.concatenate([group, pool[best]]))
    n_areas = groups.shape[1] + pool.shape[1]
    return np.array(found, dtype=np.intp).reshape(len(found), n_areas)


def _pool(apart: FloatArray, *, clusters: IntArray, barred: Flags) -> IntArray:
    """The groups (groups x areas of the block) that are most like a block of chosen areas."""
    allowed = np.flatnonzero(~barred)
    if len(apart) == 1:
        nearest = allowed[np.argsort(apart[0, allowed], kind="stable")]
        return nearest[:PLACEBOS, None]
    found = []
    for members in _members(allowed, clusters):
        if members.size >= len(apart):
            found.append(_assigned(apart[:, members], members))
    found.sort(key=lambda pair: pair[0])
    rows = [group for _, group in found[:PLACEBOS]]
    return np.array(rows, dtype=np.intp).reshape(len(rows), len(apart))


def _members(allowed: IntArray, clusters: IntArray) -> Sequence[IntArray]:
    """The allowed areas cluster by cluster."""
    order = allowed[np.argsort(clusters[allowed], kind="stable")]
    ends = np.flatnonzero(np.diff(clusters[order])) + 1
    return np.split(order, ends)


def _assigned(apart: FloatArray, members: IntArray) -> tuple[float, IntArray]:
    """Each chosen area's nearest area that is not taken, and how unlike they are in all."""
    free = apart.copy()
    taken, total = [], 0.0
    for row in free:
        best = int(np.argmin(row))
        total += float(row[best])
        taken.append(best)
        free[:, best] = np.inf
    return total, members[taken]


def scaling(
    effects: FloatArray, *, variance: FloatArray, crowding: FloatArray, bounds: tuple[float, float]
) -> FloatArray:
    """By what each placebo effect is multiplied to be as uncertain as the chosen areas'.

    An effect's spread is variance (a + b crowding): `variance` is p (1 - p) of the group's share
    before the start and `crowding` one over its persons, so that b is what few persons add (Ferman
    and Pinto 2019); a and b are fitted by least squares, neither negative. `own` is the chosen
    areas' variance and crowding.
    """
    squared = np.square(effects - effects.mean()) / variance
    a, b = _line(crowding, squared)
    there = variance * (a + b * crowding)
    wanted = bounds[0] * (a + b * bounds[1])
    factor = np.sqrt(wanted / np.where(there > 0, there, np.nan))
    clipped: FloatArray = np.clip(np.nan_to_num(factor, nan=1.0), 1 / _MOST_SCALING, _MOST_SCALING)
    return clipped


def _line(x: FloatArray, y: FloatArray) -> tuple[float, float]:
    """Intercept and slope, neither negative."""
    centred = x - x.mean()
    spread = float(np.square(centred).sum())
    slope = float((centred * y).sum()) / spread if spread > 0 else 0.0
    intercept = float(y.mean() - slope * x.mean())
    if slope <= 0:
        return float(y.mean()), 0.0
    if intercept < 0:
        return 0.0, float((x * y).sum() / np.square(x).sum())
    return intercept, slope
