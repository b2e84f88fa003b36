"""The follow-up itself: weights, gaps, effect, and the interval from placebo areas."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from barometer.evaluation.matching import DONORS, balance, distances, features, nearest_donors
from barometer.evaluation.panel import (
    FEWEST_BEFORE,
    FEWEST_PLACEBOS,
    MOST_CHOSEN,
    TOO_FAR,
    WEAK_POINTS,
    WEAK_SPREADS,
    Donor,
    Evaluation,
    Flags,
    FloatArray,
    IntArray,
    Panel,
    Withheld,
)
from barometer.evaluation.placebo import placebo_groups, scaling

LEVEL: Final = 0.90
_NOTHING: Final = 1e-9  # the variance of a share that is 0 or 1 throughout
_LEVEL: Final = 0.005  # a squared distance in level counts as this part of one in every year
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


def follow_up(
    panel: Panel, *, chosen: Sequence[str], start: int, around: Sequence[str] = ()
) -> Evaluation | Withheld:
    """How the chosen areas have gone since `start` (the first year after), or why that is not said.

    Areas that lack any year are no comparison, nor are those `around` the chosen ones, where the
    effort may have reached. The answer is the same at every call.
    """
    n_before = sum(year < start for year in panel.years)
    refused = _refused(panel, chosen=chosen, n_before=n_before)
    if refused:
        return refused
    whole = panel.rows(_complete(panel))
    mine = np.array([whole.area_ids.index(area_id) for area_id in chosen], dtype=np.intp)
    clusters = np.unique(np.array(whole.clusters), return_inverse=True)[1].astype(np.intp)
    near = np.flatnonzero(np.isin(whole.area_ids, around) & ~np.isin(whole.area_ids, chosen))
    reached = np.isin(clusters, clusters[mine]) | np.isin(np.arange(clusters.size), near)
    if (~reached).sum() < DONORS + 1:
        return Withheld("few_donors", int((~reached).sum()), needed=DONORS + 1)
    alike = features(whole, n_before=n_before)
    groups = placebo_groups(distances(alike, mine), clusters=clusters, chosen=mine, reached=reached)
    if len(groups) < FEWEST_PLACEBOS:
        return Withheld("few_placebos", len(groups), needed=FEWEST_PLACEBOS)
    with_donors = near[_donors_left(clusters, reached)[near] >= DONORS]
    rows = np.unique(np.concatenate([mine, groups.ravel(), with_donors]))
    gaps = _gaps(whole, alike, rows=rows, clusters=clusters, reached=reached, n_before=n_before)
    found = _answer(whole, gaps, mine=mine, groups=groups, start=start)
    if found.unlike > TOO_FAR * _weak_from(whole, n_before=n_before):
        return Withheld("nothing_alike", 0, apart=found.level_apart)
    return _with_around(found, whole, gaps, near=with_donors)


def _weak_from(panel: Panel, *, n_before: int) -> float:
    """From how far a comparison is too far from the chosen areas to be called similar."""
    spread = float(panel.shares[:, :n_before].mean(axis=1).std())
    return min(WEAK_POINTS, WEAK_SPREADS * spread)


def _donors_left(clusters: IntArray, reached: Flags) -> IntArray:
    """For each area how many areas of other clusters the effort has not reached."""
    free = np.bincount(clusters[~reached], minlength=int(clusters.max()) + 1)
    left: IntArray = free.sum() - free[clusters]
    return left


def _with_around(
    evaluation: Evaluation, panel: Panel, gaps: _Gaps, *, near: IntArray
) -> Evaluation:
    """The answer with what happened in the areas around, by their persons before the start."""
    if not near.size:
        return evaluation
    before = np.array(panel.years) < evaluation.start
    persons = panel.totals[near][:, before].mean(axis=1)
    gap = (persons / persons.sum()) @ gaps.gaps[gaps.of(near)]
    return replace(
        evaluation,
        around=tuple(panel.area_ids[n] for n in near),
        around_effect=float(gap[~before].mean()),
    )


def _complete(panel: Panel) -> Flags:
    """Whether an area has a share in every year."""
    return np.asarray(np.isfinite(panel.shares).all(axis=1))


def _refused(panel: Panel, *, chosen: Sequence[str], n_before: int) -> Withheld | None:
    if n_before < FEWEST_BEFORE:
        return Withheld("few_before", n_before, needed=FEWEST_BEFORE)
    if n_before == len(panel.years):
        return Withheld("none_after", 0)
    if len(chosen) > MOST_CHOSEN:
        return Withheld("many_chosen", len(chosen), needed=MOST_CHOSEN)
    known = dict(zip(panel.area_ids, _complete(panel), strict=True))
    lacking = tuple(area_id for area_id in chosen if not known.get(area_id, False))
    return Withheld("missing", len(lacking), lacking) if lacking or not chosen else None


def _gaps(
    panel: Panel,
    similar: FloatArray,
    *,
    rows: IntArray,
    clusters: IntArray,
    reached: Flags,
    n_before: int,
) -> _Gaps:
    """Each row beside its own weighted comparison; areas that are `reached` are nobody's donors."""
    donors = nearest_donors(distances(similar, rows), rows=rows, clusters=clusters, barred=reached)
    shares = panel.shares
    moved = shares - shares[:, :n_before].mean(axis=1, keepdims=True)
    level = shares[:, :n_before].mean(axis=1, keepdims=True)
    followed = np.hstack([moved[:, :n_before], np.sqrt(_LEVEL * n_before) * level])
    weights = balance(
        followed[rows], followed[donors], penalty=_penalty(moved, donors, n_before=n_before)
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
    own = panel.counts[mine].sum(axis=0) / panel.totals[mine].sum(axis=0)
    at = gaps.of(mine)
    compared_level = (gaps.weights[at] * level[gaps.donors[at]]).sum(axis=1)
    unlike = float(part @ np.abs(level[mine] - compared_level))
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
        level_apart=float(part @ (level[mine] - compared_level)),
        unlike=unlike,
        weak=unlike > _weak_from(panel, n_before=int(before.sum())),
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
