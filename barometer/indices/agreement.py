"""Three answers to the same question: by hand, by us, by PySAL's `segregation`.

The hand values and PySAL's are facts, written down; ours is computed when asked for. PySAL's were
read off version 2.5.4 (`segregation.singlegroup` and `segregation.multigroup`, attribute
`statistic`), which answers 0 or NaN for some values that are undefined or defined.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from barometer.indices.entry import evaluate
from barometer.indices.index import BothLanguages
from barometer.indices.registry import INDICES
from barometer.indices.validation import checked_input

PYSAL_VERSION = "2.5.4"
Counts = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A table small enough to work out on paper: areas, each with its groups."""

    label: BothLanguages
    counts: Counts


@dataclass(frozen=True, slots=True)
class Fact:
    """What an index of a case is by hand, and what PySAL says; None where it has no such index."""

    case: Case
    index_id: str
    hand: float
    derivation: str
    pysal: float | None = None
    pysal_class: str | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """A fact with our own value beside it."""

    fact: Fact
    ours: float


def agreement() -> tuple[Agreement, ...]:
    """All facts with our values, in the order of `FACTS`."""
    functions = {index.id: index for index in INDICES}
    return tuple(
        Agreement(
            fact,
            float(evaluate(functions[fact.index_id], checked_input(fact.case.counts).table)[0]),
        )
        for fact in FACTS
    )


_FOUR = Case(
    BothLanguages("fyra områden, två lika stora grupper", "four areas, two groups of equal size"),
    ((100, 0), (60, 40), (40, 60), (0, 100)),
)
_APART = Case(
    BothLanguages(
        "två lika stora grupper, helt åtskilda", "two groups of equal size, fully separate"
    ),
    ((100, 0), (0, 100)),
)
_THREE = Case(
    BothLanguages("tre områden, tre grupper", "three areas, three groups"),
    ((60, 30, 10), (20, 50, 30), (10, 10, 80)),
)
_EMPTY_GROUP = Case(
    BothLanguages("tre grupper, en utan medlemmar", "three groups, one without members"),
    ((60, 30, 0), (20, 50, 0), (10, 10, 0)),
)
_ABSENT = Case(
    BothLanguages("gruppen saknas helt", "the group is absent"),
    ((0, 10), (0, 20), (0, 30)),
)
_ORDERED = Case(
    BothLanguages("fyra områden, tre nivåer", "four areas, three levels"),
    ((0, 0, 30), (0, 20, 10), (10, 20, 0), (30, 0, 0)),
)
_ANY_F = "1 − 30 (f(⅓) + f(⅔)) / (120 (f(⅓) + f(⅔)))"

FACTS: tuple[Fact, ...] = (
    Fact(_FOUR, "dissimilarity", 0.6, "½ (0.5 + 0.1 + 0.1 + 0.5)", 0.6, "Dissim"),
    Fact(_FOUR, "gini", 0.8, "0.1 + 0.2 + 0.5", 0.8, "Gini"),
    Fact(
        _FOUR,
        "information_theory",
        1 + (0.6 * math.log2(0.6) + 0.4 * math.log2(0.4)) / 2,
        "1 + ½ (0.6 log₂ 0.6 + 0.4 log₂ 0.4)",
        0.5145247027726656,
        "Entropy",
    ),
    Fact(_FOUR, "isolation", 0.76, "(100 + 36 + 16) / 200", 0.76, "Isolation"),
    Fact(_FOUR, "interaction", 0.24, "(24 + 24) / 200", 0.24, "Interaction"),
    Fact(_FOUR, "correlation_ratio", 0.52, "(0.76 − 0.5) / 0.5", 0.52, "CorrelationR"),
    Fact(_FOUR, "atkinson", 0.76, "1 − (2 √2400 / 200)²", 0.7599999999999999, "Atkinson"),
    Fact(_FOUR, "hutchens", 1 - math.sqrt(0.24), "1 − 2 √2400 / 200"),
    Fact(_FOUR, "gorard", 0.3, "(1 − 0.5) · 0.6"),
    Fact(_FOUR, "expected_correlation_ratio", 1 / 133, "(4 − 1) / (400 − 1)"),
    Fact(_APART, "mutual_information", math.log(2), "ln 2", 0.6931471805599453, "MultiDivergence"),
    Fact(_APART, "information_theory_multi", 1.0, "ln 2 / ln 2", 1.0, "MultiInfoTheory"),
    Fact(
        _THREE,
        "dissimilarity_multi",
        5 / 11,
        "(0.6 + 0.4 + 0.8) / (2 · 3 · 0.66)",
        0.4545454545454546,
        "MultiDissim",
    ),
    Fact(
        _THREE,
        "relative_diversity",
        8 / 33,
        "(0.18 + 0.06 + 0.24) / (3 · 0.66)",
        0.24242424242424246,
        "MultiRelativeDiversity",
    ),
    Fact(
        _THREE,
        "normalised_exposure",
        (0.14 / 0.7 + 0.08 / 0.7 + 0.26 / 0.6) / 3,
        "(0.14/0.7 + 0.08/0.7 + 0.26/0.6) / 3",
        0.24920634920634924,
        "MultiNormExposure",
    ),
    Fact(
        _THREE,
        "squared_cv",
        (0.14 / 0.3 + 0.08 / 0.3 + 0.26 / 0.4) / 6,
        "(0.14/0.3 + 0.08/0.3 + 0.26/0.4) / (3 · 2)",
        0.23055555555555557,
        "MultiSquaredCoefVar",
    ),
    Fact(
        _THREE, "simpson", 0.66, "1 − 0.09 − 0.09 − 0.16", 0.6599999999999999, "SimpsonsInteraction"
    ),
    Fact(_EMPTY_GROUP, "entropy", math.log(2), "ln 2", math.nan, "MultiDiversity"),
    Fact(
        _EMPTY_GROUP,
        "squared_cv",
        8 / 63,
        "(90/36 + 70 · 9/196) / (180 · ¼)",
        math.nan,
        "MultiSquaredCoefVar",
    ),
    Fact(_ABSENT, "dissimilarity", math.nan, "0 / 0", math.nan, "Dissim"),
    Fact(_ABSENT, "information_theory", math.nan, "0 / 0", 0.0, "Entropy"),
    Fact(_ABSENT, "isolation", math.nan, "0 / 0", 0.0, "Isolation"),
    Fact(_ABSENT, "correlation_ratio", math.nan, "0 / 0", 0.0, "CorrelationR"),
    Fact(_ORDERED, "ordinal_information_theory", 0.75, _ANY_F),
    Fact(_ORDERED, "ordinal_variance_ratio", 0.75, _ANY_F),
    Fact(_ORDERED, "ordinal_square_root", 0.75, _ANY_F),
    Fact(_ORDERED, "ordinal_absolute", 0.75, _ANY_F),
)
