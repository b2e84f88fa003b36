"""The entry points: anyone's table in, a data frame out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from barometer.indices.containers import CountTable, FloatArray
from barometer.indices.index import Index
from barometer.indices.registry import INDICES
from barometer.indices.validation import checked_input

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike

DEFAULT = ("dissimilarity", "gini", "information_theory", "isolation")
DEFAULT_LOCAL = ("dissimilarity_contribution", "local_segregation", "location_quotient")


def segregation(
    counts: ArrayLike | pd.DataFrame,
    containers: Sequence[Any] | None = None,
    indices: Sequence[str] = DEFAULT,
    *,
    land_area: ArrayLike | None = None,
) -> pd.DataFrame:
    """Index values of every container: one row per container, one column per index id.

    `counts` is areas x groups, in persons. Two-group indices read column 0 as the group and
    column 1 as the rest (or the other group); ordinal indices read the columns as ordered, lowest
    first. `containers` is one label per area; without it all areas form one container. Rows come
    in the order of first appearance, at full precision, NaN where an index is undefined: the group
    is absent, or a count is missing. `land_area`, one value per area, is what `delta` needs.

    Example:
        >>> segregation([[100, 0], [60, 40], [40, 60], [0, 100]])["dissimilarity"].item()
        0.6

    Raises:
        ValueError: with every fault: negative, infinite or non-numeric counts by row and column,
            wrong shapes, unknown ids.
    """
    import pandas as pd

    chosen, faults = _look_up(indices, local=False)
    faults += _land_faults(chosen, land_area=land_area)
    checked = checked_input(counts, containers, land_area=land_area, faults=faults)
    values = {index.id: evaluate(index, checked.table) for index in chosen}
    labels = pd.Index(checked.labels, name="container", tupleize_cols=False)
    return pd.DataFrame(values, index=labels, columns=list(values))


def local_values(
    counts: ArrayLike | pd.DataFrame,
    containers: Sequence[Any] | None = None,
    indices: Sequence[str] = DEFAULT_LOCAL,
) -> pd.DataFrame:
    """Local index values of every area against its container, in the order of the input rows.

    One column per index id. `location_quotient` and `dissimilarity_contribution` read column 0 as
    the group; `local.location_quotient` gives all groups at once.

    Raises:
        ValueError: with every fault, as for `segregation`.
    """
    import pandas as pd

    chosen, faults = _look_up(indices, local=True)
    checked = checked_input(counts, containers, faults=faults)
    values = {}
    for index in chosen:
        by_area = index.function(checked.table)
        first = by_area[0] if by_area.ndim == 2 else by_area
        values[index.id] = checked.arrangement.restore(first)
    rows = counts.index if isinstance(counts, pd.DataFrame) else None
    return pd.DataFrame(values, index=rows, columns=list(values))


def evaluate(index: Index, table: CountTable) -> FloatArray:
    """Values of one index by container, reading the groups its kind asks for."""
    return index.function(readable(index, table))


def readable(index: Index, table: CountTable) -> CountTable:
    """Returns the groups an index reads: the first two when it is a two-group index."""
    pair = index.kind == "two-group" and len(table.counts) > 2
    return table.columns(0, 1) if pair else table


def _look_up(ids: Sequence[str], *, local: bool) -> tuple[list[Index], list[str]]:
    wanted = (ids,) if isinstance(ids, str) else tuple(ids)
    known = {index.id: index for index in INDICES}
    faults = [_unknown(i, known) for i in wanted if i not in known]
    chosen = [known[i] for i in wanted if i in known]
    ask = "segregation" if local else "local_values"
    unit = "container" if local else "area"
    faults += [
        f"indices: {index.id} has one value per {unit}; call {ask} for it"
        for index in chosen
        if (index.kind == "local") != local
    ]
    return chosen, faults


def _unknown(index_id: str, known: dict[str, Index]) -> str:
    import difflib

    near = difflib.get_close_matches(str(index_id), known, n=3) or sorted(known)
    return f"indices: unknown id {index_id!r}; did you mean {', '.join(near)}?"


def _land_faults(chosen: Sequence[Index], *, land_area: object) -> list[str]:
    needing = [index.id for index in chosen if index.needs_land and land_area is None]
    return [f"indices: {index_id} needs land_area, one value per area" for index_id in needing]
