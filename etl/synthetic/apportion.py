"""Whole numbers from shares: seats to kommuner, people to categories."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def apportion(weights: Floats, *, total: int, lowest: int, highest: Ints | None = None) -> Ints:
    """Whole numbers near proportional to the weights, with the given sum, each within bounds."""
    top = np.full(len(weights), total) if highest is None else highest
    quota = _clipped_quota(weights, total=total, lowest=lowest, highest=top)
    whole = np.floor(quota).astype(np.int64)
    remainder = np.where(whole < top, quota - whole, -1.0)
    missing = total - int(whole.sum())
    whole[np.argsort(-remainder, kind="stable")[:missing]] += 1
    return whole


def _clipped_quota(weights: Floats, *, total: int, lowest: int, highest: Ints) -> Floats:
    low, high = 0.0, 2.0 * total / float(weights.min())
    for _ in range(200):
        middle = (low + high) / 2
        quota = np.clip(weights * middle, lowest, highest)
        low, high = (middle, high) if quota.sum() < total else (low, middle)
    return np.clip(weights * low, lowest, highest)


def split_counts(totals: NDArray[np.int32], shares: Floats, offset: Floats) -> NDArray[np.int32]:
    """Divide whole numbers by shares (last axis, summing to 1); the parts are whole and add up.

    Systematic rounding: part k is the number of integers between the cumulated shares, shifted
    by an offset in [0, 1). Without bias, error below one, and with a fixed offset smooth over time.
    `offset` broadcasts against `totals`.
    """
    upto = np.cumsum(shares, axis=-1) * totals[..., None]
    upto[..., -1] = totals
    marks = np.floor(upto + offset[..., None])
    return np.diff(marks, axis=-1, prepend=0.0).astype(np.int32)


def whole_column(amounts: Floats) -> NDArray[np.int32]:
    """Round along the first axis so that every partial sum stays within one of the true sum."""
    marks = np.floor(np.cumsum(amounts, axis=0) + 0.5)
    return np.diff(marks, axis=0, prepend=0.0).astype(np.int32)
