"""Segregation over distance: every area's environment weighs neighbours by how far away they are.

The published form (Reardon and O'Sullivan 2004, doi 10.1111/j.0081-1750.2004.00150.x) lies inside a
region: no environment leaves it, and environments are compared with the region's own composition.
Where environments cross the border of the place they contain people who do not live there, and are
compared with their own mean. The two are different measures and are asked for by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from barometer.indices.containers import FloatArray, ratio, table_of
from barometer.indices.neighbourhoods import Reference, macro_micro, points_of, spatial_values
from barometer.indices.validation import checked_input

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike

Kernel = Literal["exponential", "disc"]
METRES = (500.0, 1_000.0, 2_000.0, 4_000.0, 8_000.0)
_PAIRS_AT_ONCE = 2_000_000
_MEASURES = (
    "spatial_dissimilarity",
    "spatial_information_theory",
    "spatial_relative_diversity",
    "spatial_isolation",
)


def distance_profile(
    counts: ArrayLike | pd.DataFrame,
    centroids: ArrayLike,
    containers: Sequence[Any] | None = None,
    *,
    metres: Sequence[float] = METRES,
    kernel: Kernel = "exponential",
    only: Sequence[Any] | None = None,
    reference: Reference,
) -> pd.DataFrame:
    """Spatial D, H, relative diversity and isolation by distance, of every container.

    `counts` is areas x groups (group, rest; or more), `centroids` x and y in metres. Neighbours at
    distance d weigh exp(-d / metres), or all alike within `metres` ("disc"); each area itself
    weighs 1. `only` names the containers wanted, which saves the time of the others.
    `reference` names the measure: "region" is the published form, in which no environment
    leaves its container and each is compared with the container's own composition (values slightly
    below 0 mean hyper-integration); in "environments" they cross the borders of containers and are
    compared with their own mean. Columns container, metres, spatial_dissimilarity,
    spatial_information_theory, spatial_relative_diversity, spatial_isolation (of the first group),
    macro_micro (H over H at the shortest distance, 0 to 1; NaN where it cannot be read).

    Raises:
        ValueError: with every fault, as for `segregation`; distances that are not above 0, an
            unknown kernel or reference.
    """
    import pandas as pd

    points, faults = points_of(centroids)
    faults += _faults(metres, kernel=kernel, reference=reference)
    checked = checked_input(counts, containers, alongside={"centroids": points}, faults=faults)
    table, points = checked.table, points[checked.arrangement.order]
    by_distance = sorted(metres)
    labels = [label for label in checked.labels if only is None or label in only]
    spatial = np.empty((len(by_distance), len(_MEASURES), len(labels)))
    places = zip(checked.labels, table.starts, table.sizes, strict=True)
    wanted = [(start, size) for label, start, size in places if label in labels]
    for number, (start, size) in enumerate(wanted):
        rows = np.arange(start, start + size)
        reached = rows if reference == "region" else np.arange(table.totals.size)
        shares = kernel_environments(
            table.counts[:, reached],
            points[reached],
            middles=points[rows],
            metres=by_distance,
            kernel=kernel,
        )
        here = table_of(table.counts[:, rows], starts=np.array([0]), sizes=np.array([size]))
        values = [spatial_values(here, share, reference=reference)[:, 0] for share in shares]
        spatial[:, :, number] = values
    index = pd.MultiIndex.from_product([labels, by_distance], names=["container", "metres"])
    rows_first = spatial.transpose(2, 0, 1)
    frame = pd.DataFrame(rows_first.reshape(-1, len(_MEASURES)), index=index, columns=_MEASURES)
    return frame.assign(macro_micro=macro_micro(rows_first[:, :, 1]).ravel()).reset_index()


def kernel_environments(
    counts: FloatArray,
    points: FloatArray,
    *,
    middles: FloatArray,
    metres: Sequence[float],
    kernel: Kernel,
) -> FloatArray:
    """Shares of each group (metres, groups, middles) in the environments around points.

    `counts` is groups x areas. The shares are NaN around a middle that meets nobody.
    """
    shares = np.empty((len(metres), len(counts), len(middles)))
    step = max(1, _PAIRS_AT_ONCE // max(1, counts.shape[1]))
    for begin in range(0, len(middles), step):
        block = slice(begin, begin + step)
        away = np.sqrt(np.square(middles[block, None, :] - points).sum(axis=-1))
        for number, distance in enumerate(metres):
            met = counts @ _weights(away, distance, kernel).T
            shares[number][:, block] = ratio(met, met.sum(axis=0))
    return shares


def _weights(away: FloatArray, metres: float, kernel: Kernel) -> FloatArray:
    if kernel == "disc":
        return (away <= metres).astype(np.float64)
    weights: FloatArray = np.exp(-away / metres)
    return weights


def _faults(metres: Sequence[float], *, kernel: str, reference: str) -> list[str]:
    faults = [
        f"metres: {distance}; expected a distance above 0"
        for distance in metres
        if not 0 < distance < np.inf
    ]
    if kernel not in ("exponential", "disc"):
        faults.append(f"kernel: {kernel!r}; expected 'exponential' or 'disc'")
    if reference not in ("environments", "region"):
        faults.append(f"reference: {reference!r}; expected 'environments' or 'region'")
    return faults
