"""Which groups make segregation, and on which level: M split jointly by group and by level.

The divergence of an area from the whole is sum_k p_ik ln(p_ik / P_k) (Roberto 2016,
arXiv:1508.01167), and M is its mean over residents. The logarithm of an area's share over the
whole's is a sum over nested levels, so every person adds a part on each level, and parts of one
group on one level are P_k times the Kullback-Leibler divergence of the group's spread from that of
all: never negative (Sahasrabuddhe and Lambiotte 2025).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from barometer.indices.containers import FloatArray
from barometer.indices.validation import checked_input

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike


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
