"""Groups against groups: a value for every pair, within every container."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from barometer.indices.containers import CountTable, FloatArray, ratio
from barometer.indices.two_group import dissimilarity
from barometer.indices.validation import checked_input

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike

Matrix = Literal["dissimilarity", "exposure"]


def dissimilarity_matrix(table: CountTable) -> FloatArray:
    """D of every group a against every group b (groups, groups, containers), others left out.

    0: spread alike (so is a group against itself). 1: no area has both.
    """
    n_groups = len(table.counts)
    a, b = np.divmod(np.arange(n_groups * n_groups), n_groups)
    pairs = CountTable(
        np.stack([table.counts[a], table.counts[b]]),
        table.counts[a] + table.counts[b],
        np.stack([table.group_totals[a], table.group_totals[b]]),
        table.group_totals[a] + table.group_totals[b],
        table.starts,
        table.sizes,
    )
    return dissimilarity(pairs).reshape(n_groups, n_groups, -1)


def exposure_matrix(table: CountTable) -> FloatArray:
    """Exposure aPb = sum (a_i/A)(b_i/t_i): group b's share of the area of group a's average member.

    The diagonal is isolation; each row sums to 1, and A aPb = B bPa. Lieberson 1981.
    """
    met = table.counts[:, None] * table.shares()
    return ratio(table.sum(met), table.group_totals[:, None])


def pairwise(
    counts: ArrayLike | pd.DataFrame,
    containers: Sequence[Any] | None = None,
    *,
    matrix: Matrix = "dissimilarity",
) -> pd.DataFrame:
    """One row per container, group and other group: columns container, group, other, value.

    Groups are named by the columns of a data frame, else numbered from 0.

    Raises:
        ValueError: with every fault of the input.
    """
    import pandas as pd

    checked = checked_input(counts, containers)
    values = np.moveaxis(_MATRICES[matrix](checked.table), -1, 0)
    names = list(checked.groups)
    index = pd.MultiIndex.from_product(
        [checked.labels, names, names], names=["container", "group", "other"]
    )
    return pd.DataFrame({"value": values.ravel()}, index=index).reset_index()


_MATRICES: dict[Matrix, Callable[[CountTable], FloatArray]] = {
    "dissimilarity": dissimilarity_matrix,
    "exposure": exposure_matrix,
}
