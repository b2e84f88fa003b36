"""Why segregation changed: the pattern itself, or only the sizes of groups and areas.

Elbers 2021, doi 10.1177/0049124121986204.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from barometer.indices.containers import FloatArray
from barometer.indices.information import mutual_information
from barometer.indices.validation import checked_input

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike

_ZERO_CELL = 1e-10
_PRECISION = 1e-10
_MAX_ROUNDS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexChange:
    """The five parts of a change in M between two years; they add up to `difference`.

    structural: who lives with whom, sizes held fixed. group_margin: groups grew or shrank.
    area_margin: areas did. additions, removals: areas that are in one year only.
    """

    first: float
    second: float
    structural: float
    group_margin: float
    area_margin: float
    additions: float
    removals: float

    @property
    def difference(self) -> float:
        """M of the second year minus M of the first."""
        return self.second - self.first


def explain_change(
    first: ArrayLike | pd.DataFrame,
    second: ArrayLike | pd.DataFrame,
    *,
    first_areas: Sequence[Hashable] | None = None,
    second_areas: Sequence[Hashable] | None = None,
) -> IndexChange:
    """Splits the change in M between two tables (areas, groups) of the same groups.

    Without area labels the rows are the same areas in the same order. Each M_abc is that of the
    table with group margin from a, area margin from b and odds ratios from c. A group that nobody
    belongs to in one of the years is taken as evenly spread there, as it has no pattern of its own.

    Raises:
        ValueError: with every fault of either table; or a table that cannot be given the margins.
    """
    a, b = (checked_input(counts).table.counts for counts in (first, second))
    rows = _common_rows(a, b, first_areas=first_areas, second_areas=second_areas)
    both = (a[:, rows[0]], b[:, rows[1]])
    m = {
        code: _mixed(*(both[letter == "B"] for letter in code))
        for code in ("AAA", "AAB", "ABA", "ABB", "BAA", "BAB", "BBA", "BBB")
    }
    start, end = _m(a), _m(b)
    return IndexChange(
        first=start,
        second=end,
        structural=(m["AAB"] - m["AAA"] + m["BBB"] - m["BBA"]) / 2,
        group_margin=(
            m["BAA"] - m["AAA"] + m["BBA"] - m["ABA"] + m["BBB"] - m["ABB"] + m["BAB"] - m["AAB"]
        )
        / 4,
        area_margin=(
            m["ABA"] - m["AAA"] + m["BBA"] - m["BAA"] + m["BBB"] - m["BAB"] + m["ABB"] - m["AAB"]
        )
        / 4,
        additions=end - m["BBB"],
        removals=m["AAA"] - start,
    )


def _m(counts: FloatArray) -> float:
    return float(mutual_information(checked_input(counts.T).table)[0])


def _mixed(groups: FloatArray, areas: FloatArray, odds: FloatArray) -> float:
    """M of a table with the margins of two tables and the odds ratios of a third."""
    if groups is areas and areas is odds:
        return _m(odds)
    return _m(
        fit_margins(
            np.where(odds > 0, odds, _ZERO_CELL),
            rows=groups.sum(axis=1) / groups.sum(),
            columns=areas.sum(axis=0) / areas.sum(),
        )
    )


def fit_margins(seed: FloatArray, *, rows: FloatArray, columns: FloatArray) -> FloatArray:
    """Scales a positive table to given margins, odds ratios kept (iterative proportional fitting).

    A group or an area whose margin is 0 is empty in the fitted table.

    Raises:
        ValueError: when the margins are not met to 1e-10 after 10,000 rounds.
    """
    fitted: FloatArray = seed / seed.sum()
    for _ in range(_MAX_ROUNDS):
        fitted *= _factor(rows, fitted.sum(axis=1))[:, None]
        fitted *= _factor(columns, fitted.sum(axis=0))
        off = np.abs(fitted.sum(axis=1) - rows).max()
        if off < _PRECISION:
            return fitted
    raise ValueError(
        f"margins still {off:.1e} off after {_MAX_ROUNDS} rounds of fitting; expected {_PRECISION}."
        " Merge areas or groups with almost nobody in them."
    )


def _factor(target: FloatArray, actual: FloatArray) -> FloatArray:
    """What a margin is multiplied by; 0 where nobody is wanted."""
    return np.divide(target, actual, out=np.zeros_like(target), where=target > 0)


def _common_rows(
    first: FloatArray,
    second: FloatArray,
    *,
    first_areas: Sequence[Hashable] | None,
    second_areas: Sequence[Hashable] | None,
) -> tuple[list[int], list[int]]:
    """Positions, in either table, of the areas that have residents in both."""
    names = (
        range(first.shape[1]) if first_areas is None else first_areas,
        range(second.shape[1]) if second_areas is None else second_areas,
    )
    faults = _pairing_faults(first, second, names=names)
    if faults:
        raise ValueError("The two years cannot be compared:\n" + "\n".join(faults))
    places = [
        {area: row for row, area in enumerate(labels) if counts[:, row].sum() > 0}
        for labels, counts in zip(names, (first, second), strict=True)
    ]
    common = [area for area in places[0] if area in places[1]]
    if not common:
        raise ValueError("The two years have no inhabited area in common: compare one division.")
    return [places[0][area] for area in common], [places[1][area] for area in common]


def _pairing_faults(
    first: FloatArray, second: FloatArray, *, names: tuple[Sequence[Hashable], Sequence[Hashable]]
) -> list[str]:
    faults = []
    if len(first) != len(second):
        faults.append(f"- {len(first)} groups in the first, {len(second)} in the second")
    for which, counts, labels in zip(("first", "second"), (first, second), names, strict=True):
        if len(labels) != counts.shape[1]:
            faults.append(f"- {which}: {len(labels)} area labels for {counts.shape[1]} areas")
        elif len(set(labels)) < len(labels):
            faults.append(f"- {which}: an area label occurs twice")
    return faults
