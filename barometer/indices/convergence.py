"""How far one must widen from each home until the mix of the town is met.

From every area a neighbourhood grows, nearest areas first, until it is the whole town. Its
composition starts at the area's own and ends at the town's; on the way its Kullback-Leibler
divergence from the town rises and falls. Two readings of that path, by area: the distance (persons,
metres) from which the divergence never again exceeds a tolerance, and the mean over the path of the
largest divergence still to come, the distortion. Olteanu, Randon-Furling and Clark 2019, doi
10.1073/pnas.1900192116.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from barometer.indices.containers import FloatArray, ratio
from barometer.indices.neighbourhoods import points_of
from barometer.indices.validation import checked_input

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike

TOLERANCE = 0.005
"""Divergence in nats below which the mix counts as the town's: 4 points for a group of a fifth."""
QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
_COLUMNS = ("persons", "share", "metres", "divergence", "distortion")
_CELLS_AT_ONCE = 2_000_000


def convergence(
    counts: ArrayLike | pd.DataFrame,
    centroids: ArrayLike,
    containers: Sequence[Any] | None = None,
    *,
    tolerance: float = TOLERANCE,
) -> pd.DataFrame:
    """How far from each area the town's mix is met, one row per area in the order given.

    `counts` is areas x groups, `centroids` x and y in metres, a container is a town; no
    neighbourhood leaves its town. Columns: persons to be met before the divergence stays at or
    below `tolerance` (nats), the share of the town's residents that they are (0 to 1), metres to
    the centroid of the last area needed, the area's own divergence from the town, and distortion
    (nats): the mean over the town's residents, nearest first, of the largest divergence from there
    on. NaN for empty areas, and in towns with a count missing.

    Raises:
        ValueError: with every fault, as for `segregation`; a tolerance that is not above 0.
    """
    import pandas as pd

    points, faults = points_of(centroids)
    if not tolerance > 0:
        faults.append(f"tolerance: {tolerance}; expected a divergence above 0 (nats)")
    checked = checked_input(counts, containers, alongside={"centroids": points}, faults=faults)
    table, points = checked.table, points[checked.arrangement.order]
    values = np.full((len(_COLUMNS), table.totals.size), np.nan)
    for start, size in zip(table.starts, table.sizes, strict=True):
        town = slice(start, start + size)
        values[:, town] = _of_town(table.counts[:, town], points[town], tolerance=tolerance)
    restored = checked.arrangement.restore(values)
    return pd.DataFrame(dict(zip(_COLUMNS, restored, strict=True)))


def divergence_path(counts: ArrayLike, centroids: ArrayLike, *, start: int) -> pd.DataFrame:
    """The path of one area through its town: columns persons, metres, divergence (nats).

    One row for each inhabited area met, the area itself first.

    Raises:
        ValueError: with every fault, as for `segregation`; a start that is no row.
    """
    import pandas as pd

    points, faults = points_of(centroids)
    n_areas = len(points)
    if not 0 <= start < n_areas:
        faults.append(f"start: row {start}; expected 0 to {n_areas - 1}")
    table = checked_input(counts, alongside={"centroids": points}, faults=faults).table
    path = _paths(table.counts, points, np.array([start]))
    met = np.diff(path.persons[0], prepend=0) > 0
    rows = (path.persons[0, met], path.metres[0, met], path.divergence[0, met])
    return pd.DataFrame(dict(zip(("persons", "metres", "divergence"), rows, strict=True)))


def convergence_distribution(distances: pd.DataFrame, residents: ArrayLike) -> pd.DataFrame:
    """Quantiles over residents of what `convergence` gives: one row per quantile.

    `distances` is the frame of `convergence`, `residents` the persons of each area. Columns
    quantile, persons, share, metres: a tenth of the residents need to meet at most so many, and
    so on.
    """
    import pandas as pd

    weights = np.asarray(residents, dtype=np.float64)
    columns = {name: _quantiles(distances[name].to_numpy(), weights) for name in _COLUMNS[:3]}
    return pd.DataFrame({"quantile": QUANTILES, **columns})


@dataclass(frozen=True, slots=True)
class _Paths:
    """What each start has met after each step (starts, steps)."""

    persons: FloatArray
    metres: FloatArray
    divergence: FloatArray


def _of_town(counts: FloatArray, points: FloatArray, *, tolerance: float) -> FloatArray:
    """The columns of `convergence` (columns, areas) for one town."""
    n = counts.shape[1]
    found = np.full((len(_COLUMNS), n), np.nan)
    totals = counts.sum(axis=0)
    if not totals.sum() > 0:
        return found
    inhabited = np.flatnonzero(totals > 0)
    counts, points = counts[:, inhabited], points[inhabited]
    step = max(1, _CELLS_AT_ONCE // (len(counts) * inhabited.size))
    for begin in range(0, inhabited.size, step):
        starts = np.arange(begin, min(begin + step, inhabited.size))
        path = _paths(counts, points, starts)
        found[:, inhabited[starts]] = _readings(path, tolerance=tolerance)
    return found


def _paths(counts: FloatArray, points: FloatArray, starts: np.ndarray[Any, Any]) -> _Paths:
    """Areas met in order of distance, itself first, those at equal distance in the order given."""
    away = np.square(points[starts, None, :] - points).sum(axis=-1)
    away[np.arange(starts.size), starts] = -1.0
    order = np.argsort(away, axis=1, kind="stable")
    met = np.cumsum(counts[:, order], axis=-1)
    persons = met.sum(axis=0)
    shares = ratio(met, persons)
    town = counts.sum(axis=1) / counts.sum()
    logs = np.log(np.where(met > 0, ratio(shares, town[:, None, None]), 1.0))
    divergence = np.maximum((shares * logs).sum(axis=0), 0.0)
    divergence[:, -1] = 0.0  # the whole town, exactly
    metres = np.sqrt(np.maximum(np.take_along_axis(away, order, axis=1), 0.0))
    return _Paths(persons, metres, divergence)


def _readings(path: _Paths, *, tolerance: float) -> FloatArray:
    """Persons, share, metres, own divergence and distortion (columns, starts)."""
    to_come = np.maximum.accumulate(path.divergence[:, ::-1], axis=1)[:, ::-1]
    first = np.argmax(to_come <= tolerance, axis=1)[:, None]
    persons, metres = (
        np.take_along_axis(values, first, axis=1)[:, 0] for values in (path.persons, path.metres)
    )
    whole = path.persons[:, -1]
    steps = np.diff(path.persons, axis=1, prepend=0.0)
    distortion = (to_come * steps).sum(axis=1) / whole
    return np.stack([persons, persons / whole, metres, path.divergence[:, 0], distortion])


def _quantiles(values: FloatArray, weights: FloatArray) -> FloatArray:
    """The smallest value that so large a part of the weight is at or below."""
    known = np.isfinite(values) & (weights > 0)
    if not known.any():
        return np.full(len(QUANTILES), np.nan)
    order = np.argsort(values[known], kind="stable")
    below = np.cumsum(weights[known][order])
    where = np.searchsorted(below, np.asarray(QUANTILES) * below[-1] * (1 - 1e-12))
    chosen: FloatArray = values[known][order][where]
    return chosen
