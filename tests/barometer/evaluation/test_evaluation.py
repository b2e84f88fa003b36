"""The follow-up's parts: weights, matching, placebo groups, and what is refused."""

from dataclasses import replace

import numpy as np
import pytest

from barometer.evaluation import Evaluation, Panel, Withheld, follow_up
from barometer.evaluation.matching import DONORS, balance, features, nearest_donors, onto_simplex
from barometer.evaluation.placebo import placebo_groups, scaling
from tests.barometer.evaluation.simulated import START, YEARS, country


def answered(panel: Panel, mine: tuple[str, ...]) -> Evaluation:
    found = follow_up(panel, chosen=mine, start=START)
    assert isinstance(found, Evaluation)
    return found


def test_weights_are_nonnegative_and_sum_to_one() -> None:
    found = onto_simplex(np.array([[0.2, 0.3, 0.5], [3.0, 0.0, 0.0], [-1.0, 0.4, 0.4]]))
    assert found == pytest.approx(np.array([[0.2, 0.3, 0.5], [1, 0, 0], [0, 0.5, 0.5]]))


def test_a_mixture_of_two_donors_is_recognised() -> None:
    donors = np.array([[[0.0, 1.0, 4.0], [2.0, 0.0, 1.0], [9.0, 9.0, -9.0]]])
    own = 0.25 * donors[:, 0] + 0.75 * donors[:, 1]
    found = balance(own, donors, penalty=np.array([1e-6]))
    assert found[0] == pytest.approx([0.25, 0.75, 0], abs=0.005)


def test_a_penalty_spreads_the_weights() -> None:
    donors = np.array([[[0.0, 1.0, 4.0], [2.0, 0.0, 1.0], [9.0, 9.0, -9.0]]])
    found = balance(donors[:, 0], donors, penalty=np.array([1e9]))
    assert found[0] == pytest.approx([1 / 3] * 3, abs=1e-3)


def test_an_area_like_its_neighbours_has_no_effect_and_one_that_rises_has() -> None:
    panel, mine = country(7)
    row, after = panel.area_ids.index(mine[0]), np.array(YEARS) >= START
    counts = panel.counts.copy()
    counts[row, after] += 0.2 * panel.totals[row, after]
    raised = answered(replace(panel, counts=counts), mine)
    plain = answered(panel, mine)
    assert raised.effect == pytest.approx(plain.effect + 0.2)
    assert raised.excludes_zero
    assert (raised.low, raised.high) == pytest.approx((plain.low + 0.2, plain.high + 0.2))
    assert raised.misfit == plain.misfit


def test_gap_and_effect_follow_from_the_two_lines() -> None:
    panel, mine = country(3, chosen=3)
    found = answered(panel, mine)
    after = np.array(found.years) >= START
    assert found.gap == pytest.approx(found.own - found.compared)
    assert found.effect == pytest.approx(found.gap[after].mean())
    assert found.gap[~after].mean() == pytest.approx(0, abs=1e-12)
    assert found.misfit == pytest.approx(np.sqrt(np.square(found.gap[~after]).mean()))
    assert sum(donor.weight for donor in found.donors) == pytest.approx(1, abs=0.05)


def test_the_same_question_has_the_same_answer() -> None:
    panel, mine = country(5, chosen=2)
    first, second = answered(panel, mine), answered(panel, mine)
    assert (first.effect, first.low, first.high) == (second.effect, second.low, second.high)
    turned = answered(panel, mine[::-1])
    assert turned.effect == pytest.approx(first.effect)


def test_no_donor_and_no_placebo_lies_in_a_chosen_kommun() -> None:
    panel, mine = country(11, chosen=3)
    found = answered(panel, mine)
    kommun = dict(zip(panel.area_ids, panel.clusters, strict=True))
    assert kommun[mine[0]] not in {kommun[donor.area_id] for donor in found.donors}
    clusters = np.array([int(c) for c in panel.clusters])
    chosen = np.array([panel.area_ids.index(area_id) for area_id in mine])
    apart = np.ones((3, len(clusters)))
    reached = clusters == clusters[chosen[0]]
    groups = placebo_groups(apart, clusters=clusters, chosen=chosen, reached=reached)
    for group in groups:
        (own,) = set(clusters[group])  # three areas of one kommun by three of one other
        assert own != clusters[chosen[0]]
        assert len(set(group)) == 3


def test_donors_are_the_most_alike_of_other_kommuner() -> None:
    apart = np.array([[0.0, 0.1, 0.2, 0.3, 0.4] + [9.0] * 40])
    clusters = np.array([0, 0, *range(1, 44)])
    barred = np.arange(45) == 3
    (found,) = nearest_donors(apart, rows=np.array([0]), clusters=clusters, barred=barred)
    assert found[:2].tolist() == [2, 4]
    assert not {0, 1, 3} & set(found)


def test_features_tell_level_trend_and_size() -> None:
    years = np.arange(5)
    shares = np.array([0.2 + 0 * years, 0.2 + 0.01 * (years - 2), 0.4 + 0 * years])
    totals = np.array([[100.0] * 5, [100.0] * 5, [100.0] * 5])
    panel = Panel(("a", "b", "c"), ("1", "2", "3"), tuple(range(2011, 2016)), shares * 100, totals)
    level, trend, size = features(panel, n_before=5).T
    assert level[0] == pytest.approx(level[1])
    assert level[2] > level[1]
    assert trend[0] == pytest.approx(trend[2])
    assert trend[1] > trend[0]
    assert size == pytest.approx(np.zeros(3))  # the same everywhere tells nothing


def test_placebos_of_more_persons_are_scaled_up() -> None:
    rng = np.random.default_rng(1)
    crowding = np.repeat([1 / 100, 1 / 10_000], 500)
    effects = rng.normal(size=1000) * np.sqrt(0.2 * crowding)
    variance = np.full(1000, 0.2)
    factor = scaling(effects, variance=variance, crowding=crowding, bounds=(0.2, 1 / 100))
    assert factor[:500] == pytest.approx(1, abs=0.1)
    assert (factor[500:] == 3).all()  # ten times, held back


@pytest.mark.parametrize(
    ("start", "chosen", "reason", "found", "needed"),
    [
        (2014, 1, "few_before", 3, 4),
        (2024, 1, "none_after", 0, 0),
        (2019, 13, "many_chosen", 13, 12),
        (2019, 0, "missing", 0, 0),
    ],
)
def test_what_cannot_be_answered_is_refused(
    start: int, chosen: int, reason: str, found: int, needed: int
) -> None:
    panel, _ = country(1)
    answer = follow_up(panel, chosen=panel.area_ids[:chosen], start=start)
    assert answer == Withheld(reason, found, needed=needed)


def test_areas_that_nothing_is_like_are_warned_of_and_then_refused() -> None:
    """From the highest share down: first no area is like it, then few are, then many."""
    panel, _ = country(7)
    order = np.argsort(-panel.shares[:, :8].mean(axis=1))
    limit = min(0.05, 0.5 * float(panel.shares[:, :8].mean(axis=1).std()))
    kinds = []
    for row in order[:45:4]:
        found = follow_up(panel, chosen=[panel.area_ids[row]], start=START)
        if isinstance(found, Withheld):
            assert (found.reason, found.apart > 2 * limit) == ("nothing_alike", True)
            kinds.append("refused")
        else:
            assert found.unlike == pytest.approx(abs(found.level_apart))
            assert found.weak is (found.unlike > limit)
            assert found.unlike <= 2 * limit
            kinds.append("weak" if found.weak else "similar")
    assert kinds[0] == "refused"
    assert kinds[-1] == "similar"
    assert "weak" in kinds


def test_the_line_of_the_chosen_areas_is_their_real_share() -> None:
    panel, mine = country(3, chosen=3)
    totals, rows = panel.totals.copy(), [panel.area_ids.index(a) for a in mine]
    totals[rows[0]] = np.rint(totals[rows[0]] * np.linspace(1, 3, len(YEARS)))
    grown = replace(panel, counts=panel.shares * totals, totals=totals)
    found = answered(grown, mine)
    real = grown.counts[rows].sum(axis=0) / grown.totals[rows].sum(axis=0)
    assert found.own == pytest.approx(real)


def test_what_reaches_the_areas_around_is_told_and_is_no_comparison() -> None:
    panel, mine = country(7)
    others = [
        a
        for a, c in zip(panel.area_ids, panel.clusters, strict=True)
        if c != panel.clusters[panel.area_ids.index(mine[0])]
    ]
    near = tuple(sorted(others[::40][:5]))
    plain = follow_up(panel, chosen=mine, start=START, around=near)
    rows, after = [panel.area_ids.index(a) for a in near], np.array(YEARS) >= START
    counts = panel.counts.copy()
    counts[np.ix_(rows, after)] += 0.1 * panel.totals[np.ix_(rows, after)]
    worse = follow_up(replace(panel, counts=counts), chosen=mine, start=START, around=near)
    assert isinstance(plain, Evaluation)
    assert isinstance(worse, Evaluation)
    assert worse.around == near
    assert worse.around_effect == pytest.approx((plain.around_effect or 0) + 0.1)
    assert (worse.effect, worse.low, worse.high) == (plain.effect, plain.low, plain.high)
    assert not {donor.area_id for donor in worse.donors} & set(near)


def test_an_area_that_lacks_a_year_is_named_and_is_nobodys_donor() -> None:
    panel, mine = country(1)
    counts = panel.counts.copy()
    counts[panel.area_ids.index(mine[0]), 3] = np.nan
    lacking = replace(panel, counts=counts)
    assert follow_up(lacking, chosen=mine, start=START) == Withheld("missing", 1, mine)
    other = next(a for a, c in zip(panel.area_ids, panel.clusters, strict=True) if c == "0")
    donors = {donor.area_id for donor in answered(lacking, (other,)).donors}
    assert mine[0] not in donors


def test_too_few_areas_are_no_comparison() -> None:
    panel, mine = country(1)
    keep = np.arange(len(panel.area_ids)) < 30
    keep[panel.area_ids.index(mine[0])] = True
    answer = follow_up(panel.rows(keep), chosen=mine, start=START)
    assert isinstance(answer, Withheld)
    assert answer.reason == "few_donors"


def test_a_placebo_without_donors_outside_its_own_kommun_is_none() -> None:
    panel, mine = country(1)
    own = panel.clusters[panel.area_ids.index(mine[0])]
    others = [c for c in dict.fromkeys(panel.clusters) if c != own][:3]
    merged = tuple(c if c in {own, *others} else "large" for c in panel.clusters)
    n_others = sum(c in others for c in merged)
    assert n_others < DONORS  # all that an area of the large kommun could be compared with
    answer = follow_up(replace(panel, clusters=merged), chosen=mine, start=START)
    assert answer == Withheld("few_placebos", n_others, needed=39)


def test_a_large_group_of_one_kommun_has_too_few_counterparts() -> None:
    panel, mine = country(2, chosen=11)
    answer = follow_up(panel, chosen=mine, start=START)
    assert isinstance(answer, Withheld)
    assert answer.reason == "few_placebos"


def test_placebo_groups_of_two_kommuner_never_meet_in_one_and_share_no_area() -> None:
    rng = np.random.default_rng(3)
    clusters = np.repeat(np.arange(30), 8).astype(np.intp)
    chosen = np.array([0, 8, 9], dtype=np.intp)  # one of the first kommun, two of the second
    reached = np.isin(clusters, clusters[chosen])
    apart = rng.random((3, clusters.size))
    groups = placebo_groups(apart, clusters=clusters, chosen=chosen, reached=reached)
    assert len(groups) >= 28
    assert np.unique(groups).size == groups.size
    found = clusters[groups]
    assert (found[:, 0] != found[:, 1]).all()
    assert (found[:, 1] == found[:, 2]).all()
    assert not np.isin(found, [0, 1]).any()


def test_weights_reach_the_minimum() -> None:
    """Against the conditions of an optimum: no used donor is worse than any other."""
    rng = np.random.default_rng(5)
    donors = rng.normal(0, 0.01, (40, 30, 8)).cumsum(axis=2)
    own, penalty = rng.normal(0, 0.015, (40, 8)).cumsum(axis=1), np.full(40, 4e-4)
    weights = balance(own, donors, penalty=penalty)
    residual = np.einsum("cd,cdy->cy", weights, donors) - own
    slope = np.einsum("cy,cdy->cd", residual, donors) + penalty[:, None] * weights
    value = np.square(residual).sum(axis=1) + penalty * np.square(weights).sum(axis=1)
    to_gain = 2 * ((weights * slope).sum(axis=1) - slope.min(axis=1))
    assert (to_gain <= 2e-6 * value).all()
