"""The follow-up itself: weights, gaps, effect, and the interval from placebo areas."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from barometer.evaluation.matching import DONORS, distances, features, nearest_donors
from barometer.evaluation.panel import (
    FEWEST_BEFORE,
    FEWEST_PLACEBOS,
    MOST_CHOSEN,
    Donor,
    Evaluation,
    Flags,
    FloatArray,
    IntArray,
    Panel,
    Withheld,
)
from barometer.evaluation.placebo import placebo_groups, scaling
from barometer.evaluation.weights import balance

LEVEL: Final = 0.90
_NOTHING: Final = 1e-9  # the variance of a share that is 0 or 1 throughout
_LEAST_WEIGHT: Final = 0.0005  # a smaller part of the comparison is nothing


@dataclass(frozen=True, slots=True)
class _Gaps:
    """Gaps of some areas: `rows` of the panel, gaps (rows x years), donors and weights."""

    rows: IntArray
    gaps: FloatArray
    donors: IntArray
    weights: FloatArray

    def of(self, groups: IntArray) -> IntArray:
        """Where the areas of groups stand among the rows."""
        at: IntArray = np.searchsorted(self.rows, groups)
        return at


def follow_up(panel: Panel, *, chosen: Sequence[str], start: int) -> Evaluation | Withheld:
    """How the chosen areas have gone since `start` (the first year after), or why that is not said.

    Areas that lack any year are no comparison. The answer is the same at every call.
    """
    n_before = sum(year < start for year in panel.years)
    refused = _refused(panel, chosen=chosen, n_before=n_before)
    if refused:
        return refused
    whole = panel.rows(_complete(panel))
    mine = np.array([whole.area_ids.index(area_id) for area_id in chosen], dtype=np.intp)
    clusters = np.unique(np.array(whole.clusters), return_inverse=True)[1].astype(np.intp)
    if len(whole.area_ids) - np.isin(clusters, clusters[mine]).sum() < DONORS + 1:
        n_alike = int((~np.isin(clusters, clusters[mine])).sum())
        return Withheld("few_donors", n_alike)
    alike = features(whole, n_before=n_before)
    groups = placebo_groups(distances(alike, mine), clusters=clusters, chosen=mine)
    if len(groups) < FEWEST_PLACEBOS:
        return Withheld("few_placebos", len(groups))
    rows = np.unique(np.concatenate([mine, groups.ravel()]))
    gaps = _gaps(whole, alike, rows=rows, clusters=clusters, mine=mine, n_before=n_before)
    return _answer(whole, gaps, mine=mine, groups=groups, start=start)


def _complete(panel: Panel) -> Flags:
    """Whether an area has a share in every year."""
    return np.asarray(np.isfinite(panel.shares).all(axis=1))


def _refused(panel: Panel, *, chosen: Sequence[str], n_before: int) -> Withheld | None:
    if n_before < FEWEST_BEFORE:
        return Withheld("few_before", n_before)
    if n_before == len(panel.years):
        return Withheld("none_after", 0)
    if len(chosen) > MOST_CHOSEN:
        return Withheld("many_chosen", len(chosen))
    known = dict(zip(panel.area_ids, _complete(panel), strict=True))
    lacking = tuple(area_id for area_id in chosen if not known.get(area_id, False))
    return Withheld("missing", len(lacking), lacking) if lacking or not chosen else None


def _gaps(
    panel: Panel,
    similar: FloatArray,
    *,
    rows: IntArray,
    clusters: IntArray,
    mine: IntArray,
    n_before: int,
) -> _Gaps:
    """Each row beside its own weighted comparison, the chosen areas and theirs nobody's donors."""
    barred = np.isin(clusters, clusters[mine])
    donors = nearest_donors(distances(similar, rows), rows=rows, clusters=clusters, barred=barred)
    shares = panel.shares
    moved = shares - shares[:, :n_before].mean(axis=1, keepdims=True)
    weights = balance(
        moved[rows, :n_before],
        moved[donors][:, :, :n_before],
        penalty=_penalty(moved, donors, n_before=n_before),
    )
    compared = (weights[:, None, :] @ moved[donors])[:, 0]
    return _Gaps(rows, moved[rows] - compared, donors, weights)


def _penalty(moved: FloatArray, donors: IntArray, *, n_before: int) -> FloatArray:
    """The noise of a donor over the years before: half its variance from one year to the next."""
    steps = np.diff(moved[:, :n_before], axis=1)
    noise = steps.var(axis=1) / 2
    penalty: FloatArray = n_before * noise[donors].mean(axis=1)
    return penalty


def _answer(
    panel: Panel, gaps: _Gaps, *, mine: IntArray, groups: IntArray, start: int
) -> Evaluation:
    years = np.array(panel.years)
    before = years < start
    persons = panel.totals[:, before].mean(axis=1)
    part = persons[mine] / persons[mine].sum()
    own_gap = part @ gaps.gaps[gaps.of(mine)]
    placebo_gaps = np.einsum("c,gcy->gy", part, gaps.gaps[gaps.of(groups)])
    effects = placebo_gaps[:, ~before].mean(axis=1)
    level = panel.shares[:, before].mean(axis=1)
    variance, crowding = level * (1 - level) + _NOTHING, 1 / persons
    factor = scaling(
        effects,
        variance=variance[groups] @ part,
        crowding=crowding[groups] @ np.square(part),
        bounds=(float(variance[mine] @ part), float(crowding[mine] @ np.square(part))),
    )
    scaled, spread = effects * factor, placebo_gaps * factor[:, None]
    effect = float(own_gap[~before].mean())
    low, high = (effect - _ranked(scaled, quantile=q) for q in ((1 + LEVEL) / 2, (1 - LEVEL) / 2))
    band_low, band_high = (_ranked(spread, quantile=q) for q in ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    own = part @ panel.shares[mine]
    weights = _pooled_weights(gaps, mine=mine, part=part, n_areas=len(panel.area_ids))
    misfits = np.sqrt(np.square(spread[:, before]).mean(axis=1))
    misfit = float(np.sqrt(np.square(own_gap[before]).mean()))
    return Evaluation(
        years=panel.years,
        start=start,
        own=own,
        compared=own - own_gap,
        gap=own_gap,
        band_low=band_low,
        band_high=band_high,
        level_apart=float(part @ level[mine] - weights @ level),
        effect=effect,
        low=float(low),
        high=float(high),
        misfit=misfit,
        usual_misfit=float(np.median(misfits)),
        fits_worse=float((misfits < misfit).mean()),
        n_placebos=len(groups),
        n_as_large=int((np.abs(scaled) >= abs(effect)).sum()),
        donors=_donors(panel, weights, level=level, persons=persons),
    )


def _pooled_weights(gaps: _Gaps, *, mine: IntArray, part: FloatArray, n_areas: int) -> FloatArray:
    """Each area's weight in the comparison of all chosen areas together."""
    at = gaps.of(mine)
    weights = np.zeros(n_areas)
    np.add.at(weights, gaps.donors[at], part[:, None] * gaps.weights[at])
    return weights


def _donors(
    panel: Panel, weights: FloatArray, *, level: FloatArray, persons: FloatArray
) -> tuple[Donor, ...]:
    """The comparison areas, largest weight first."""
    order = np.argsort(-weights, kind="stable")
    return tuple(
        Donor(panel.area_ids[n], float(weights[n]), float(level[n]), float(persons[n]))
        for n in order[: int((weights > _LEAST_WEIGHT).sum())]
    )


def _ranked(values: FloatArray, *, quantile: float) -> FloatArray:
    """The value of rank quantile (n + 1) over the first axis, between neighbours in proportion."""
    ordered = np.sort(values, axis=0)
    rank = np.clip(quantile * (len(values) + 1) - 1, 0, len(values) - 1)
    below = int(rank)
    above = min(below + 1, len(values) - 1)
    found: FloatArray = ordered[below] + (rank - below) * (ordered[above] - ordered[below])
    return found
