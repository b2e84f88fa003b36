"""Answers are kept while there is room: what visitors ask has no end, the memory has."""

from functools import partial
from threading import Event, Thread

import pandas as pd
import pytest

from barometer.memo import Memo, size_of


def test_an_answer_is_computed_once() -> None:
    memo, computed = Memo(), []
    assert [memo.get("key", lambda: computed.append(1) or len(computed)) for _ in range(3)] == [
        1
    ] * 3


def test_what_is_kept_is_bounded_over_19_000_places() -> None:
    memo = Memo(max_bytes=1_000_000, max_entries=500)
    for number in range(19_000):
        memo.get(("place", number), lambda: "x" * 5_000)
        assert memo.size <= 1_000_000
    assert len(memo) <= 500


def test_the_longest_unused_goes_first() -> None:
    memo = Memo(max_entries=2)
    for key in ("a", "b", "a", "c"):
        memo.get(key, partial(str, key))
    assert memo.get("a", lambda: "computed again") == "a"
    assert memo.get("b", lambda: "computed again") == "computed again"


def test_an_answer_larger_than_the_room_is_given_and_not_kept() -> None:
    memo = Memo(max_bytes=1_000)
    assert len(memo.get("large", lambda: "x" * 5_000)) == 5_000
    assert memo.size == 0


def test_nobody_waits_for_the_answer_to_another_question() -> None:
    memo, asked, answered = Memo(), Event(), Event()

    def slow() -> str:
        asked.set()
        answered.wait()
        return "slow"

    thread = Thread(target=memo.get, args=("slow", slow))
    thread.start()
    asked.wait()
    assert memo.get("quick", lambda: "quick") == "quick"
    answered.set()
    thread.join()
    assert memo.get("slow", lambda: "again") == "slow"


def test_a_failure_is_not_kept() -> None:
    memo = Memo()

    def fails() -> str:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - raised here
        memo.get("key", fails)
    assert memo.get("key", lambda: "right") == "right"


def test_sizes_are_near_the_truth() -> None:
    frame = pd.DataFrame({"value": range(10_000)})
    assert 80_000 <= size_of(frame) < 100_000
    assert 500_000 <= size_of(["x" * 5_000 + str(n) for n in range(100)]) < 600_000
