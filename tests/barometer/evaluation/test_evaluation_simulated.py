"""120 simulated efforts: how often the interval holds the truth, and an effect is seen."""

import pytest

from barometer.evaluation import Evaluation, follow_up
from tests.barometer.evaluation.simulated import START, country

pytestmark = pytest.mark.slow

CASES = 120
EFFECT = 0.08  # upwards: no share falls below nothing


def answers(*, chosen: int, effect: float) -> list[Evaluation]:
    """The answers of all countries but the few in which nothing is like the chosen areas."""
    found = []
    for seed in range(CASES):
        panel, mine = country(seed, chosen=chosen, effect=effect)
        answer = follow_up(panel, chosen=mine, start=START)
        if isinstance(answer, Evaluation):
            found.append(answer)
        else:
            assert answer.reason == "nothing_alike"
    assert len(found) >= 0.97 * CASES
    return found


@pytest.mark.parametrize("chosen", [1, 3])
def test_the_interval_holds_nothing_where_nothing_was_done(chosen: int) -> None:
    found = answers(chosen=chosen, effect=0.0)
    covered = sum(answer.low <= 0 <= answer.high for answer in found) / len(found)
    assert 0.85 <= covered <= 0.95
    assert sum(answer.excludes_zero for answer in found) / len(found) == pytest.approx(1 - covered)


@pytest.mark.parametrize(("chosen", "least"), [(1, 0.95), (3, 0.99)])
def test_a_planted_effect_is_found_and_held_by_the_interval(chosen: int, least: float) -> None:
    found = answers(chosen=chosen, effect=EFFECT)
    assert sum(answer.excludes_zero and answer.effect > 0 for answer in found) / len(found) >= least
    assert not any(answer.excludes_zero and answer.effect < 0 for answer in found)
    covered = sum(answer.low <= EFFECT <= answer.high for answer in found) / len(found)
    assert 0.85 <= covered <= 0.95
    assert sum(answer.effect for answer in found) / len(found) == pytest.approx(EFFECT, abs=0.005)
