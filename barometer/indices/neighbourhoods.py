"""Segregation between neighbourhoods of K residents instead of between areas.

Around every area a neighbourhood is grown outward from its centroid, nearest areas first, the last
one in proportion, across borders of kommuner, until it has K residents. Comparing small and large K
tells whether segregation is between house blocks or between parts of the country. Reardon and
O'Sullivan 2004, doi 10.1111/j.0081-1750.2004.00150.x; Reardon et al. 2008, doi
10.1353/dem.0.0019.

What the environments are compared with depends on whether they cross the border. Inside a region
it is the region's own composition, as published. Across a border it is the mean composition of the
environments, Q_k = sum_i t_i q_ik / T: they contain people who do not live in the place, and the
place's own composition would make H negative.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from barometer.indices.containers import (
    CountTable,
    FloatArray,
    IntArray,
    ratio,
    surprisal,
    table_of,
)
from barometer.indices.validation import checked_input

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike
    from scipy.spatial import cKDTree

Reference = Literal["environments", "region"]
RESIDENTS = (3_200, 6_400, 12_800, 25_600, 51_200)
_LEAST_SEGREGATION = 0.01  # H of the smallest environments below which sizes are not compared
_ROWS_AT_ONCE = 256
_FEWEST_NEIGHBOURS = 64


def neighbourhood_profile(
    counts: ArrayLike | pd.DataFrame,
    centroids: ArrayLike,
    containers: Sequence[Any] | None = None,
    *,
    residents: Sequence[int] = RESIDENTS,
    only: Sequence[Any] | None = None,
    reference: Reference = "environments",
) -> pd.DataFrame:
    """Spatial D, H and isolation by neighbourhood size, of every container.

    `counts` is areas x groups, of two groups (group, rest) or more, and `centroids` x and y in
    metres. Neighbours are sought among all areas given, and each container is summed over its own;
    `only` names the containers wanted, which saves the time of the others. Columns container,
    residents, spatial_dissimilarity, spatial_information_theory, spatial_isolation (of the first
    group), macro_micro (H of this K over H of the smallest, 0 to 1; NaN where H of the smallest is
    below 0.01 or the ratio is outside 0 to 1). `reference` is what environments are compared with:
    their own mean, or "region" when all areas given form one region that no environment leaves.

    Raises:
        ValueError: with every fault, as for `segregation`.
    """
    import pandas as pd

    points, faults = points_of(centroids)
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
        np.stack([spatial_values(table, share, reference=reference) for share in shares]),
        residents=by_size,
        labels=labels,
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


def environment_radii(
    counts: FloatArray, centroids: FloatArray, *, residents: Sequence[int], rows: IntArray
) -> FloatArray:
    """Metres (residents, rows) to the last area that is used of the K residents around areas.

    Arguments as for `environments`; infinite where all areas together have fewer than K residents.
    """
    totals = counts.sum(axis=0)
    radii = np.full((len(residents), rows.size), np.inf)
    tree = _tree(centroids)
    for begin in range(0, rows.size, _ROWS_AT_ONCE):
        middles = rows[begin : begin + _ROWS_AT_ONCE]
        nearest = _nearest(tree, rows=middles, totals=totals, enough=max(residents))
        away = np.sqrt(np.square(centroids[middles, None] - centroids[nearest]).sum(axis=-1))
        met = np.cumsum(totals[nearest], axis=1)
        for k, size in enumerate(residents):
            full = met >= size
            last = np.take_along_axis(away, full.argmax(axis=1)[:, None], axis=1)[:, 0]
            radii[k, begin : begin + _ROWS_AT_ONCE] = np.where(full.any(axis=1), last, np.inf)
    return radii


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


def spatial_values(table: CountTable, share: FloatArray, *, reference: Reference) -> FloatArray:
    """Spatial D, H, relative diversity and isolation (4, containers) of environments.

    `share` is groups x areas; each area is weighted by its own residents. With Q the reference
    composition, D = sum_k sum_i t_i |q_ik - Q_k| / (2 T I), I = sum_k Q_k (1 - Q_k), and
    H = 1 - sum_i t_i E(q_i) / (T E(Q)). Compared with the environments' own mean H is at least 0;
    compared with the region's composition slightly negative values mean hyper-integration.
    """
    weight = table.totals
    p = np.where(weight > 0, share, 0.0)
    whole = _reference_shares(table, p, reference=reference)
    mixed = (whole * (1 - whole)).sum(axis=0)
    diversity = (share * surprisal(share, np.ones_like(share))).sum(axis=0)
    overall = (whole * surprisal(whole, np.ones_like(whole))).sum(axis=0)
    uneven = table.sum((weight * np.abs(p - table.spread(whole))).sum(axis=0))
    inside = table.sum(weight * np.where(weight > 0, diversity, 0.0))
    met = table.sum(weight * (p * (1 - p)).sum(axis=0))
    informed = 1 - ratio(inside, table.total * overall)
    return np.stack(
        [
            ratio(uneven, 2 * table.total * mixed),
            np.maximum(informed, 0.0) if reference == "environments" else informed,
            1 - ratio(met, table.total * mixed),
            ratio(table.sum(table.counts[0] * p[0]), table.group_totals[0]),
        ]
    )


def _reference_shares(table: CountTable, share: FloatArray, *, reference: Reference) -> FloatArray:
    """The composition (groups, containers) that environments are compared with."""
    if reference == "region":
        return table.group_shares()
    return ratio(table.sum(table.totals * share), table.total)


def _profile_frame(
    spatial: FloatArray, *, residents: Sequence[int], labels: Sequence[Any]
) -> pd.DataFrame:
    """Names spatial values (residents, measures, containers) and adds macro/micro."""
    import pandas as pd

    names = ["spatial_dissimilarity", "spatial_information_theory", "spatial_isolation"]
    spatial = spatial[:, [0, 1, 3]]
    index = pd.MultiIndex.from_product([labels, residents], names=["container", "residents"])
    rows = spatial.transpose(2, 0, 1)
    frame = pd.DataFrame(rows.reshape(-1, len(names)), index=index, columns=names)
    return frame.assign(macro_micro=macro_micro(rows[:, :, 1]).ravel()).reset_index()


def macro_micro(information: FloatArray) -> FloatArray:
    """H of each size over H of the smallest (containers, sizes), where that can be read.

    NaN where H of the smallest is below 0.01, and where the ratio is outside 0 to 1.
    """
    smallest = information[:, :1]
    left = ratio(information, np.where(smallest >= _LEAST_SEGREGATION, smallest, np.nan))
    bounded: FloatArray = np.where((left >= 0) & (left <= 1 + 1e-12), np.minimum(left, 1), np.nan)
    return bounded


def points_of(centroids: ArrayLike) -> tuple[FloatArray, list[str]]:
    """Centroids as floats (areas, 2), and what is wrong with them."""
    points = np.asarray(centroids, dtype=np.float64)
    if points.ndim != 2 or points.shape[1] != 2:
        return np.empty((0, 2)), [f"centroids: shape {points.shape}; expected areas x 2 (x, y)"]
    missing = np.flatnonzero(~np.isfinite(points).all(axis=1))
    shown = ", ".join(map(str, missing[:10]))
    return points, [f"centroids: no coordinates in row {shown}"] if missing.size else []
