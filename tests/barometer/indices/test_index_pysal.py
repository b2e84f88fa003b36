"""Agreement with an independent implementation, PySAL's `segregation`, where it is right."""

import math
from importlib import import_module

import numpy as np
import pandas as pd
import pytest

from barometer.indices import segregation
from barometer.indices.agreement import FACTS, PYSAL_VERSION

# Importing PySAL takes seconds, and its Gini compares every pair of areas.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

TWO_GROUP = {
    "Dissim": "dissimilarity",
    "Gini": "gini",
    "Entropy": "information_theory",
    "Isolation": "isolation",
    "Interaction": "interaction",
    "CorrelationR": "correlation_ratio",
    "Atkinson": "atkinson",
}
SEVERAL = {
    "MultiDissim": "dissimilarity_multi",
    "MultiGini": "gini_multi",
    "MultiInfoTheory": "information_theory_multi",
    "MultiDivergence": "mutual_information",
    "MultiRelativeDiversity": "relative_diversity",
    "MultiNormExposure": "normalised_exposure",
    "MultiSquaredCoefVar": "squared_cv",
    "MultiDiversity": "entropy",
    "SimpsonsInteraction": "simpson",
}


@pytest.fixture(scope="module")
def pysal():
    """PySAL, whose Gini is not compiled: that would take longer than all that is asked of it."""
    found, gini = import_module("segregation"), import_module("segregation.singlegroup.gini")
    gini._gini_vecp = getattr(gini._gini_vecp, "py_func", gini._gini_vecp)
    return found


def statistic(pysal, name: str, counts: np.ndarray) -> float:
    columns = [f"g{k}" for k in range(counts.shape[1])]
    frame = pd.DataFrame(counts, columns=columns)
    if name in TWO_GROUP:
        two = frame.assign(total=frame.sum(axis=1))
        kind = getattr(pysal.singlegroup, name)
        return float(kind(two, group_pop_var="g0", total_pop_var="total").statistic)
    return float(getattr(pysal.multigroup, name)(frame, groups=columns).statistic)


@pytest.mark.parametrize("name", TWO_GROUP)
@pytest.mark.parametrize("seed", range(5))
def test_two_groups(pysal, name: str, seed: int) -> None:
    counts = np.random.default_rng(seed).integers(1, 2000, (80, 2))
    ours = segregation(counts, indices=[TWO_GROUP[name]]).iloc[0, 0]
    assert ours == pytest.approx(statistic(pysal, name, counts), rel=0, abs=1e-9)


@pytest.mark.parametrize("name", SEVERAL)
@pytest.mark.parametrize("seed", range(5))
def test_several_groups(pysal, name: str, seed: int) -> None:
    counts = np.random.default_rng(seed).integers(1, 2000, (80, 2 + seed))
    ours = segregation(counts, indices=[SEVERAL[name]]).iloc[0, 0]
    assert ours == pytest.approx(statistic(pysal, name, counts), rel=0, abs=1e-9)


RELEASES = (PYSAL_VERSION, "2.6.0")  # the later one, on Python 3.12 and newer, says the same
FOUND = [fact for fact in FACTS if fact.pysal_class is not None]


@pytest.mark.parametrize("fact", FOUND, ids=lambda fact: f"{fact.pysal_class}-{fact.hand:.3f}")
def test_the_values_we_print_are_what_pysal_says(pysal, fact) -> None:
    assert pysal.__version__ in RELEASES, "another release: take the printed facts anew"
    found = statistic(pysal, fact.pysal_class, np.array(fact.case.counts))
    assert found == pytest.approx(fact.pysal, rel=0, abs=1e-12, nan_ok=True)


def test_pysal_is_wrong_where_we_say_so() -> None:
    differs = [
        (fact.index_id, fact.pysal)
        for fact in FOUND
        if fact.pysal != pytest.approx(fact.hand, abs=1e-9, nan_ok=True)
    ]
    assert [name for name, _ in differs] == [
        "entropy",
        "squared_cv",
        "information_theory",
        "isolation",
        "correlation_ratio",
    ]
    assert [value for _, value in differs if not math.isnan(value)] == [0, 0, 0]
