"""How much of segregation lies between larger places, and how much within them.

Only the information measures decompose exactly; dissimilarity and Gini do not, and are not
offered.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from barometer.indices.containers import FloatArray, IntArray, ratio
from barometer.indices.information import entropy, mutual_information
from barometer.indices.validation import Input, checked_input

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike


def within_between(
    counts: ArrayLike | pd.DataFrame,
    levels: Sequence[Sequence[Any]],
    containers: Sequence[Any] | None = None,
) -> pd.DataFrame:
    """M and H of each container split by nested levels, coarsest first.

    `levels` holds one label per area for each level (län, then kommun). Components: "between level
    1", "level 2 within level 1", ..., "areas within level n", and "total", their sum. Columns
    container, component, mutual_information, information_theory, share (of the total).

    M = M_between + sum_g (T_g/T) M_g, and H likewise with weights (T_g/T)(E_g/E).

    Raises:
        ValueError: with every fault, also a unit that lies in two units of the level above.
    """
    import pandas as pd

    faults = _nesting_faults(levels)
    alongside = {f"level {number}": level for number, level in enumerate(levels, start=1)}
    checked = checked_input(counts, containers, alongside=alongside, faults=faults)
    steps = [_between(checked, level) for level in levels]
    total = mutual_information(checked.table)
    parts = np.diff(np.stack([np.zeros_like(total), *steps, total]), axis=0)
    values = np.vstack([parts, total])
    names = _component_names(len(levels))
    index = pd.MultiIndex.from_product([checked.labels, names], names=["container", "component"])
    columns = {
        "mutual_information": values.T.ravel(),
        "information_theory": ratio(values, entropy(checked.table)).T.ravel(),
        "share": ratio(values, total).T.ravel(),
    }
    return pd.DataFrame(columns, index=index).reset_index()


def within(
    counts: ArrayLike | pd.DataFrame,
    units: Sequence[Any],
) -> pd.DataFrame:
    """What each unit adds to segregation within units, the whole being all areas.

    Indexed by unit; columns mutual_information (M_g), information_theory (H_g), population_share
    (T_g/T), entropy_ratio (E_g/E). sum population_share * M_g is the within part of M, and
    sum population_share * entropy_ratio * H_g that of H.

    Raises:
        ValueError: with every fault, as for `segregation`.
    """
    import pandas as pd

    checked = checked_input(counts, units)
    table = checked.table
    whole = table.group_totals.sum(axis=-1) / table.total.sum()
    inside, diversity = mutual_information(table), entropy(table)
    overall = -np.sum(whole * np.log(np.where(whole > 0, whole, 1.0)))
    columns = {
        "mutual_information": inside,
        "information_theory": ratio(inside, diversity),
        "population_share": table.total / table.total.sum(),
        "entropy_ratio": ratio(diversity, np.asarray(overall)),
    }
    return pd.DataFrame(columns, index=pd.Index(checked.labels, name="unit"))


def _between(checked: Input, level: Sequence[Any]) -> FloatArray:
    """M between the units of a level: areas are merged into units within each container."""
    import pandas as pd

    table, order = checked.table, checked.arrangement.order
    container = np.repeat(np.arange(table.starts.size), table.sizes)
    unit = pd.factorize(pd.Index(level, tupleize_cols=False))[0][order]
    merged, first = _merged(table.counts, container=container, unit=unit)
    counts = merged.T
    return mutual_information(checked_input(counts, list(container[first])).table)


def _merged(
    counts: FloatArray, *, container: IntArray, unit: IntArray
) -> tuple[FloatArray, IntArray]:
    """Sums of counts (groups, areas) by container and unit, and an area of each."""
    _, first, inverse = np.unique(
        container * (unit.max(initial=0) + 1) + unit, return_index=True, return_inverse=True
    )
    sums = [np.bincount(inverse, weights=group, minlength=first.size) for group in counts]
    return np.stack(sums).astype(np.float64), first


def _nesting_faults(levels: Sequence[Sequence[Any]]) -> list[str]:
    faults = [] if levels else ["levels: none given; expected at least one label per area"]
    for number, (outer, inner) in enumerate(pairwise(levels), start=1):
        parents: dict[Any, set[Any]] = {}
        for parent, child in zip(outer, inner, strict=False):
            parents.setdefault(child, set()).add(parent)
        faults += [
            f"levels: {child!r} of level {number + 1} lies in {len(found)} units of level {number}"
            for child, found in parents.items()
            if len(found) > 1
        ]
    return faults


def _component_names(n_levels: int) -> list[str]:
    nested = [f"level {n + 1} within level {n}" for n in range(1, n_levels)]
    return ["between level 1", *nested, f"areas within level {n_levels}", "total"]
