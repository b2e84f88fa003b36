"""The status of an area among all of its level, and whether it moves for better or for worse.

Status is the weighted mean of the indicators' standard scores, standardized again over all areas.
A direction compares the share now with that some years ago, less how all areas changed on average,
in standard deviations; it is told only beyond the interval of what is not a change of the area:
chance in small numbers, rounding and perturbation. Chance is the same persons in every indicator,
so its standard deviations are added; rounding and perturbation are drawn for each cell, so their
variances are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from barometer.catalogue.signals import SignalRules
from barometer.indices.containers import FloatArray
from barometer.signals.panel import SignalPanel

"""The directions by their number plus one: -1 better, 0 no direction told, 1 worse."""
FEWEST_AREAS: Final = 10  # with fewer there is no spread to compare an area with


@dataclass(frozen=True, slots=True)
class Signals:
    """What the rules say of every area of a panel in a year; NaN where they say nothing.

    `score` is in standard deviations, higher is worse; `status` 1-4, 4 the worst; `course` -1
    better, 0 no direction told, 1 worse. `change` and `margin` are in standard deviations. By
    indicator and area: `standing`, the standard score, higher is worse; `moved`, the change of the
    share, and `common`, how all areas' changed, both in points of 0-1; and `pull`, its part of
    `change`. `used` and `since` are the years compared, 0 where an indicator has none.
    """

    year: int
    score: FloatArray
    status: FloatArray
    course: FloatArray
    change: FloatArray
    margin: FloatArray
    standing: FloatArray
    moved: FloatArray
    common: FloatArray
    pull: FloatArray
    used: NDArray[np.int64]
    since: NDArray[np.int64]

    @property
    def n_indicators(self) -> NDArray[np.int64]:
        """How many indicators each area's status rests on."""
        return np.asarray(np.isfinite(self.standing).sum(axis=0), dtype=np.int64)


def signals_years(panel: SignalPanel) -> tuple[int, ...]:
    """The years in which some indicator has most of the areas."""
    there = np.asarray(panel.whole.any(axis=0))
    return tuple(year for year, found in zip(panel.years, there, strict=True) if found)


def signals_of(
    panel: SignalPanel,
    rules: SignalRules,
    year: int,
    *,
    severed: Mapping[str, tuple[int, ...]] | None = None,
) -> Signals:
    """Status and direction of every area as of a year: no later figure is looked at.

    `severed` has, by indicator, first years whose figures cannot be compared with earlier ones.
    """
    weights = np.array([rules.weights[i] for i in panel.indicator_ids], dtype=np.float64)
    used, since = _years(panel, rules, year, severed or {})
    standing = _standing(panel, np.sign(weights), used)
    score = _standard(_weighted(standing, np.abs(weights), rules))
    moved, common, pull, margin, change = _moved(panel, rules, weights, used, since)
    told = (np.abs(change) > margin) & (np.abs(change) >= rules.smallest)
    course = np.where(np.isfinite(change), np.where(told, np.sign(change), 0.0), np.nan)
    status = np.where(np.isfinite(score), 1.0 + np.searchsorted(rules.limits, score), np.nan)
    return Signals(
        year=year,
        score=score,
        status=status,
        course=course,
        change=change,
        margin=margin,
        standing=standing,
        moved=moved,
        common=common,
        pull=pull,
        used=used,
        since=since,
    )


def _years(
    panel: SignalPanel, rules: SignalRules, year: int, severed: Mapping[str, tuple[int, ...]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """By indicator the latest year that is not too old, and the year `span` before; else 0."""
    used = np.zeros(len(panel.indicator_ids), dtype=np.int64)
    since = np.zeros_like(used)
    for n, (indicator_id, whole) in enumerate(zip(panel.indicator_ids, panel.whole, strict=True)):
        there = {own for own, found in zip(panel.years, whole, strict=True) if found}
        recent = [own for own in there if year - rules.stale <= own <= year]
        used[n] = max(recent, default=0)
        before = used[n] - rules.span
        cut = any(before < first <= used[n] for first in severed.get(indicator_id, ()))
        since[n] = before if before in there and not cut else 0
    return used, since


def _at(panel: SignalPanel, every: FloatArray, years: NDArray[np.int64]) -> FloatArray:
    """The values of each indicator in its own year (indicators, areas); NaN where it has none."""
    found = np.full(every.shape[:2], np.nan)
    for n, year in enumerate(years):
        if year:
            found[n] = every[n, :, panel.years.index(int(year))]
    return found


def _standing(panel: SignalPanel, signs: FloatArray, used: NDArray[np.int64]) -> FloatArray:
    shares = _at(panel, panel.shares, used)
    return np.stack([_standard(sign * own) for sign, own in zip(signs, shares, strict=True)])


def _standard(values: FloatArray) -> FloatArray:
    """Values less their mean, in standard deviations; NaN without areas or spread to compare."""
    known = np.isfinite(values)
    spread = values[known].std() if known.sum() >= FEWEST_AREAS else 0.0
    if not spread:
        return np.full_like(values, np.nan)
    return np.asarray((values - values[known].mean()) / spread, dtype=np.float64)


def _weighted(values: FloatArray, weights: FloatArray, rules: SignalRules) -> FloatArray:
    """Weighted means over indicators; NaN for areas with too few of them."""
    known = np.isfinite(values)
    offered = weights[known.any(axis=1)].sum()
    weight = (known * weights[:, None]).sum(axis=0)
    enough = (known.sum(axis=0) >= min(rules.fewest, len(weights))) & (
        weight >= rules.coverage * offered
    )
    sums = np.where(known, values, 0.0).T @ weights
    result = np.full(values.shape[1], np.nan)
    np.divide(sums, weight, out=result, where=enough & (weight > 0))
    return result


def _moved(
    panel: SignalPanel,
    rules: SignalRules,
    weights: FloatArray,
    used: NDArray[np.int64],
    since: NDArray[np.int64],
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]:
    """Change of each share, all areas' mean change, parts of the whole change, margin, change."""
    then = np.where(since > 0, used, 0)
    first, last = (_at(panel, panel.shares, years) for years in (since, then))
    moved = last - first
    spread = np.array([_spread(own) for own in first])[:, None]
    common = np.array([_mean(own) for own in moved])[:, None]
    scaled = np.sign(weights)[:, None] * (moved - common) / spread
    size = np.abs(weights)
    change = _weighted(scaled, size, rules)
    known = np.isfinite(scaled)
    part = np.where(known, size[:, None], 0.0)
    part = part / np.where(part.sum(axis=0) > 0, part.sum(axis=0), np.nan)
    pull = np.where(known, part * scaled, np.nan)
    chance, noise = (
        np.hypot(_at(panel, every, since), _at(panel, every, then)) / spread
        for every in (panel.chance, panel.noise)
    )
    by_chance = np.where(known, part * chance, 0.0).sum(axis=0)
    by_noise = np.square(np.where(known, part * noise, 0.0)).sum(axis=0)
    factor = NormalDist().inv_cdf((1 + rules.confidence) / 2)
    margin = np.where(np.isfinite(change), factor * np.sqrt(by_chance**2 + by_noise), np.nan)
    return moved, np.broadcast_to(common, moved.shape), pull, margin, change


def _spread(values: FloatArray) -> float:
    known = values[np.isfinite(values)]
    spread = float(known.std()) if known.size >= FEWEST_AREAS else 0.0
    return spread or float("nan")


def _mean(values: FloatArray) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if known.size else float("nan")
