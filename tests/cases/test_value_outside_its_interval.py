"""A value that lies outside its own interval: no line ever holds the two together.

The value is the index by its definition, which chance raises in small areas; the interval is of the
estimate without that part. Places near an even mix have values outside, and always will.
"""

import numpy as np
import pandas as pd
import pytest

from barometer import wording
from barometer.divisions import Language
from barometer.indices import INDICES, index_panel

INDEX = next(index for index in INDICES if index.id == "dissimilarity")


@pytest.fixture(scope="module")
def panel() -> pd.DataFrame:
    """Forty places of eighty small areas each, from an even mix to a very uneven one."""
    rng = np.random.default_rng(11)
    places = np.repeat(np.arange(40), 80)
    persons = rng.integers(60, 200, places.size)
    uneven = np.repeat(np.linspace(0, 0.8, 40), 80) * rng.normal(size=places.size)
    group = rng.binomial(persons, 1 / (1 + np.exp(2.2 - uneven)))
    counts = np.column_stack([group, persons - group]).astype(float)
    found = index_panel(
        counts, places.tolist(), kind="two-group", indices=("dissimilarity",), workers=1
    )
    return found.dropna(subset=["low"])


def test_the_interval_holds_the_estimate_and_leaves_some_values_out(panel: pd.DataFrame) -> None:
    assert len(panel) >= 20
    assert (panel["low"] <= panel["estimate"]).all()
    assert (panel["estimate"] <= panel["high"]).all()
    assert panel["low"].min() >= 0
    assert (panel["value"] > panel["expected"]).all()
    assert (panel["value"] > panel["high"]).any()  # the case: else there is nothing to keep apart


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_sentence_has_a_value_and_an_interval_that_leaves_it_out(
    panel: pd.DataFrame, language: Language
) -> None:
    outside = panel[panel["value"] > panel["high"]]
    for record in outside.to_dict("records"):
        row = {str(name): item for name, item in record.items()}
        value = wording.measure_value(row["value"], index=INDEX, language=language)
        lines = wording.reading_sentences(row, index=INDEX, language=language)
        interval = wording.measure_interval(row["low"], row["high"], index=INDEX, language=language)
        with_interval = [line for line in lines if interval in line]
        assert len(with_interval) == 1
        assert value not in with_interval[0].replace(interval, "")
        estimate = wording.measure_value(row["estimate"], index=INDEX, language=language)
        assert estimate in with_interval[0]
