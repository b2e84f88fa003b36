"""The one validator in front of every index: all faults at once, then no more doubts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from barometer.indices.containers import Arrangement, CountTable, FloatArray, IntArray, arrange

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Input:
    """Counts that passed, sorted by container, and the names to put back on results."""

    table: CountTable
    arrangement: Arrangement
    labels: Sequence[Any]  # containers in the order of first appearance
    groups: Sequence[Any]


def checked_input(
    counts: ArrayLike | pd.DataFrame,
    containers: Sequence[Any] | None = None,
    *,
    land_area: ArrayLike | None = None,
    alongside: Mapping[str, Sized] | None = None,
    faults: Iterable[str] = (),
) -> Input:
    """Checks counts (areas, groups), containers and land together and sorts them by container.

    A missing count (NaN) is no fault: what needs it becomes NaN. `alongside` names other
    sequences that must have one element per area.

    Raises:
        ValueError: naming every fault, those found by the caller first.
    """
    values, found = _numbers(counts)
    found = [*faults, *found]
    groups = _column_names(counts, n_columns=values.shape[1])
    found += _count_faults(values, groups=groups)
    codes, labels, container_faults = _codes(containers, n_areas=len(values))
    land, land_faults = _land(land_area, n_areas=len(values))
    found += [*container_faults, *land_faults]
    found += [
        f"{name}: {len(elements)} elements for {len(values)} areas; expected one per area"
        for name, elements in (alongside or {}).items()
        if len(elements) != len(values)
    ]
    if found:
        raise ValueError("The input has faults:\n" + "\n".join(f"- {fault}" for fault in found))
    arrangement = arrange(codes)
    return Input(arrangement.table(values, land=land), arrangement, labels, groups)


def _numbers(counts: ArrayLike | pd.DataFrame) -> tuple[FloatArray, list[str]]:
    """Counts as float64 (areas, groups); zeros for as many areas when they are not."""
    try:
        raw = np.asarray(counts)
    except ValueError:
        empty = np.zeros((len(cast("Sized", counts)), 2))
        return empty, ["counts: rows of different lengths; expected areas x groups"]
    if raw.ndim != 2 or raw.shape[1] < 2:
        shape = " x ".join(map(str, raw.shape)) or "a single value"
        empty = np.zeros((len(raw) if raw.ndim else 0, 2))
        return empty, [f"counts: shape {shape}; expected areas x groups with at least 2 groups"]
    if raw.dtype.kind in "iufb":
        return raw.astype(np.float64), []
    objects = np.asarray(counts, dtype=object)  # what was given, before NumPy made it all text
    return _parsed(objects, _column_names(counts, n_columns=raw.shape[1]))


def _parsed(raw: Any, groups: Sequence[Any]) -> tuple[FloatArray, list[str]]:
    """Numbers out of an array of objects; pandas' missing value counts as missing."""
    values = np.zeros(raw.shape)
    wrong = []
    for (row, column), cell in np.ndenumerate(raw):
        if isinstance(cell, int | float | np.integer | np.floating):
            values[row, column] = cell
        elif cell is None or type(cell).__name__ == "NAType":
            values[row, column] = np.nan
        else:
            wrong.append(f"counts: row {row}, column {groups[column]}: {cell!r} is not a number")
    return values, _shortened(wrong)


def _count_faults(values: FloatArray, *, groups: Sequence[Any]) -> list[str]:
    found = []
    for bad, what in ((values < 0, "negative"), (np.isinf(values), "infinite")):
        found += _shortened(
            [
                f"counts: row {row}, column {groups[column]}: {values[row, column]:g} is {what};"
                " expected persons, 0 or more"
                for row, column in np.argwhere(bad & ~((what == "negative") & np.isinf(values)))
            ]
        )
    return found


def _codes(
    containers: Sequence[Any] | None, *, n_areas: int
) -> tuple[IntArray, Sequence[Any], list[str]]:
    """Containers as 0, 1, ... in the order of first appearance, and their labels."""
    if containers is None:
        return np.zeros(n_areas, dtype=np.intp), ["all"][:n_areas], []
    import pandas as pd

    labels = pd.Index(containers, tupleize_cols=False)
    if len(labels) != n_areas:
        fault = f"containers: {len(labels)} labels for {n_areas} areas; expected one per area"
        return np.zeros(0, dtype=np.intp), [], [fault]
    codes, kept = pd.factorize(labels)
    missing = np.flatnonzero(codes < 0)
    faults = _shortened([f"containers: row {row}: label missing" for row in missing])
    return codes, kept, faults


def _land(land_area: ArrayLike | None, *, n_areas: int) -> tuple[FloatArray | None, list[str]]:
    if land_area is None:
        return None, []
    land = np.asarray(land_area, dtype=np.float64)
    if land.shape != (n_areas,):
        return None, [f"land_area: shape {land.shape}; expected {n_areas} values, one per area"]
    bad = np.flatnonzero((land < 0) | np.isinf(land))
    return land, _shortened(
        [f"land_area: row {row}: {land[row]:g}; expected a finite area, 0 or more" for row in bad]
    )


def _column_names(counts: ArrayLike | pd.DataFrame, *, n_columns: int) -> Sequence[Any]:
    columns = getattr(counts, "columns", None)
    return range(n_columns) if columns is None or len(columns) != n_columns else list(columns)


def _shortened(faults: list[str]) -> list[str]:
    """The first faults of a kind, and how many more there are."""
    more = len(faults) - _SHOWN
    return faults if more <= 0 else [*faults[:_SHOWN], f"... and {more} more like the last"]
