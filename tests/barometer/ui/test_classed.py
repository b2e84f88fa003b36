"""Classes are not sent but follow from what is: as the map's script makes them."""

from typing import Any

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from barometer.classes import classify
from barometer.selection import METHODS
from barometer.ui.pages.map import painting


def classes_of(view: dict[str, Any]) -> str:
    """A character an area, made as `classesOf` in the map's script makes them."""
    tops, above = view["classed"]["tops"], view["classed"]["above"]
    codes = [
        "." if value is None else str(next(n for n, top in enumerate(tops) if value <= top))
        for value in view["values"]
    ]
    missing = {"-": [place for places in view["reasons"].values() for place in places]}
    for code, places in (missing | above).items():
        for place in places:
            codes[place] = code
    return "".join(codes)


amounts = st.one_of(st.floats(-50, 50), st.sampled_from([0.04, 0.05, 0.06, 1.25, float("nan")]))


@given(st.lists(amounts, max_size=60), st.sampled_from(METHODS), st.integers(3, 7))
@example([0.04, 0.041, 0.042, 0.043, 5.0], "quantiles", 5)
def test_classes_follow_from_what_is_sent(given: list[float], method: str, n: int) -> None:
    values = np.array(given, np.float64)
    assigned = classify(values, method=method, n=n).assign(values)
    missing = np.flatnonzero(np.isnan(values)).tolist()
    view = {
        "values": painting.numbers(values, decimals=1),
        "reasons": {"suppressed": missing},
        "classed": painting.classes_by_value(assigned, values, decimals=1),
    }
    assert classes_of(view) == "".join("-" if code < 0 else str(code) for code in assigned)
