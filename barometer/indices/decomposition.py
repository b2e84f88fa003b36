"""How much of segregation lies between larger places and within them, and which groups make it.

Only the information measures decompose exactly; dissimilarity and Gini do not, and are not
offered.

M is also split jointly by group and by level. The divergence of an area from the whole is
sum_k p_ik ln(p_ik / P_k) (Roberto 2016, arXiv:1508.01167), and M is its mean over residents. The
logarithm of an area's share over the whole's is a sum over nested levels, so every person adds a
part on each level, and parts of one group on one level are P_k times the Kullback-Leibler
divergence of the group's spread from that of all: never negative (Sahasrabuddhe and Lambiotte
2025).
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


def divergence_by_level_and_group(
    counts: ArrayLike | pd.DataFrame, levels: Sequence[Sequence[Any]] = ()
) -> pd.DataFrame:
    """M of all areas together (nats), one row per level, one column per group.

    `counts` is areas x groups; `levels` has one label per area for each level above the areas,
    coarsest first and nested. Rows "level 1", ..., "areas"; all cells add up to M.

    Raises:
        ValueError: with every fault, as for `segregation`.
    """
    import pandas as pd

    alongside = {f"level {number}": level for number, level in enumerate(levels, start=1)}
    table = checked_input(counts, alongside=alongside).table
    persons = table.counts
    outer = np.broadcast_to(table.group_shares(), persons.shape)
    parts = []
    for level in (*levels, range(persons.shape[1])):
        inner = _shares_of_units(persons, level)
        there = persons > 0
        logs = np.log(np.where(there, inner, 1.0) / np.where(there, outer, 1.0))
        parts.append((persons * logs).sum(axis=1) / table.total[0])
        outer = inner
    names = list(counts.columns) if isinstance(counts, pd.DataFrame) else None
    index = [*(f"level {n}" for n in range(1, len(levels) + 1)), "areas"]
    return pd.DataFrame(np.stack(parts), index=pd.Index(index, name="level"), columns=names)


def _shares_of_units(persons: FloatArray, level: Sequence[Any]) -> FloatArray:
    """Each group's share of the unit that each area lies in (groups, areas)."""
    import pandas as pd

    unit = pd.factorize(pd.Index(level, tupleize_cols=False))[0]
    sums = np.stack([np.bincount(unit, weights=group) for group in persons])[:, unit]
    totals = sums.sum(axis=0)
    shares: FloatArray = sums / np.where(totals > 0, totals, 1.0)
    return shares
