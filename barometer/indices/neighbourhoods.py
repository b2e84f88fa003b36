"""Segregation between neighbourhoods of K residents instead of between areas.

Around every area a neighbourhood is grown outward from its centroid, nearest areas first, the last
one in proportion, across borders of kommuner, until it has K residents. Comparing small and large K
tells whether segregation is between house blocks or between parts of the country. Reardon and
O'Sullivan 2004, doi 10.1111/j.0081-1750.2004.00150.x; Reardon et al. 2008, doi
10.1353/dem.0.0019.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from barometer.indices.containers import (
    FloatArray,
    IntArray,
    Table,
    ratio,
    surprisal,
    table_of,
)
from barometer.indices.validation import checked_input

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike
    from scipy.spatial import cKDTree

RESIDENTS = (3_200, 6_400, 12_800, 25_600, 51_200)
_ROWS_AT_ONCE = 256
_FEWEST_NEIGHBOURS = 64


def neighbourhood_profile(
    counts: ArrayLike | pd.DataFrame,
    centroids: ArrayLike,
    containers: Sequence[Any] | None = None,
    *,
    residents: Sequence[int] = RESIDENTS,
    only: Sequence[Any] | None = None,
) -> pd.DataFrame:
    """Spatial D, H and isolation by neighbourhood size, of every container.

    `counts` is areas x groups, of two groups (group, rest) or more, and `centroids` x and y in
    metres. Neighbours are sought among all areas given, and each container is summed over its own;
    `only` names the containers wanted, which saves the time of the others. Columns container,
    residents, spatial_dissimilarity, spatial_information_theory, spatial_isolation (of the first
    group), macro_micro (H of this K over H of the smallest).

    Raises:
        ValueError: with every fault, as for `segregation`.
    """
    import pandas as pd

    points, faults = _points(centroids)
    alongside = {"centroids": points}
    checked = checked_input(counts, containers, alongside=alongside, faults=faults)
    whole = checked.table
    labels = [label for label in checked.labels if only is None or label in only]
    wanted = np.isin(np.arange(len(checked.labels)), pd.Index(checked.labels).get_indexer(labels))
    rows = np.flatnonzero(np.repeat(wanted, whole.sizes))
    sizes = whole.sizes[wanted]
    table = table_of(whole.counts[:, rows], starts=np.cumsum(sizes) - sizes, sizes=sizes)
    sorted_points = points[checked.arrangement.order]
    by_size = sorted(residents)
    shares = environments(whole.counts, sorted_points, residents=by_size, rows=rows)
    return _profile_frame(
        np.stack([_spatial(table, share) for share in shares]), residents=by_size, labels=labels
    )


def environments(
    counts: FloatArray,
    centroids: FloatArray,
    *,
    residents: Sequence[int],
    rows: IntArray | None = None,
) -> FloatArray:
    """Shares of each group (residents, groups, rows) in the K residents around areas.

    `counts` is groups x areas; `rows` are the areas in the middle, all by default. Areas at equal
    distance come in the order given; where all areas together have fewer than K residents, the
    environment is all of them.
    """
    totals = counts.sum(axis=0)
    middles = np.arange(totals.size) if rows is None else rows
    sizes = np.asarray(residents, dtype=np.float64)
    shares = np.empty((sizes.size, len(counts), middles.size))
    tree = _tree(centroids)
    for begin in range(0, middles.size, _ROWS_AT_ONCE):
        block = slice(begin, begin + _ROWS_AT_ONCE)
        nearest = _nearest(tree, rows=middles[block], totals=totals, enough=sizes.max())
        for k, size in enumerate(sizes):
            used = _used_shares(totals[nearest], size=size)
            met = (counts[:, nearest] * used).sum(axis=-1)
            shares[k][:, block] = ratio(met, met.sum(axis=0))
    return shares


def _tree(centroids: FloatArray) -> cKDTree:
    """Finds neighbours; scipy is slow to import, so only those wait who need it."""
    from scipy.spatial import cKDTree

    return cKDTree(centroids)


def _nearest(tree: cKDTree, *, rows: IntArray, totals: FloatArray, enough: float) -> IntArray:
    """Areas around each row by distance, itself first, as many as any row needs."""
    centroids, width = tree.data, _FEWEST_NEIGHBOURS
    while True:
        width = min(width, totals.size)
        head = tree.query(centroids[rows], k=np.arange(1, width + 1))[1]
        head[:, -1] = np.where((head == rows[:, None]).any(axis=1), head[:, -1], rows)
        head.sort(axis=1)
        away = np.square(centroids[rows, None, :] - centroids[head]).sum(axis=-1)
        away[head == rows[:, None]] = -1.0
        certain = away < away.max(axis=1, keepdims=True)  # an equal may have been left outside
        met = (totals[head] * certain).sum(axis=1)
        if width == totals.size or met.min() >= enough:
            by_distance = np.argsort(away, axis=1, kind="stable")
            return np.take_along_axis(head, by_distance, axis=1)
        width *= 2


def _used_shares(totals: FloatArray, *, size: float) -> FloatArray:
    """The part of each area that is used to reach the size: 1, then a proportion, then 0."""
    before = np.cumsum(totals, axis=1) - totals
    needed = np.clip(size - before, 0.0, totals)
    return needed / np.where(totals > 0, totals, 1.0)


def _spatial(table: Table, share: FloatArray) -> FloatArray:
    """Spatial D, H and isolation (3, containers), each area weighted by its own residents.

    D is sum_k sum_i t_i |p_ik - P_k| / (2 T I), I = sum_k P_k (1 - P_k): for two groups the usual.
    """
    weight = table.totals
    p, whole = np.where(weight > 0, share, 0.0), table.group_shares()
    mixed = (whole * (1 - whole)).sum(axis=0)
    diversity = (share * surprisal(share, np.ones_like(share))).sum(axis=0)
    overall = (whole * surprisal(table.group_totals, table.total)).sum(axis=0)
    uneven = table.sum((weight * np.abs(p - table.spread(whole))).sum(axis=0))
    inside = table.sum(weight * np.where(weight > 0, diversity, 0.0))
    return np.stack(
        [
            ratio(uneven, 2 * table.total * mixed),
            1 - ratio(inside, table.total * overall),
            ratio(table.sum(table.counts[0] * p[0]), table.group_totals[0]),
        ]
    )


def _profile_frame(
    spatial: FloatArray, *, residents: Sequence[int], labels: Sequence[Any]
) -> pd.DataFrame:
    """Names spatial values (residents, measures, containers) and adds macro/micro."""
    import pandas as pd

    names = ["spatial_dissimilarity", "spatial_information_theory", "spatial_isolation"]
    index = pd.MultiIndex.from_product([labels, residents], names=["container", "residents"])
    rows = spatial.transpose(2, 0, 1)
    frame = pd.DataFrame(rows.reshape(-1, len(names)), index=index, columns=names)
    macro_micro = ratio(rows[:, :, 1], rows[:, :1, 1])
    return frame.assign(macro_micro=macro_micro.ravel()).reset_index()


def _points(centroids: ArrayLike) -> tuple[FloatArray, list[str]]:
    points = np.asarray(centroids, dtype=np.float64)
    if points.ndim != 2 or points.shape[1] != 2:
        return np.empty((0, 2)), [f"centroids: shape {points.shape}; expected areas x 2 (x, y)"]
    missing = np.flatnonzero(~np.isfinite(points).all(axis=1))
    shown = ", ".join(map(str, missing[:10]))
    return points, [f"centroids: no coordinates in row {shown}"] if missing.size else []
