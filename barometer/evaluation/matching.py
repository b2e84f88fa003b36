"""Which areas are alike before the start: in level, trend and size."""

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
