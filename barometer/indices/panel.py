"""All indices of one grouping for very many containers at once: what the build stores."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from barometer.indices.containers import CountTable, FloatArray
from barometer.indices.index import TABLES_OF_KIND, Index
from barometer.indices.intervals import index_intervals
from barometer.indices.missing import Recovery, recover
from barometer.indices.noise import Reporting
from barometer.indices.registry import INDICES
from barometer.indices.validation import Input, checked_input

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

    Flags = tuple[tuple[str, NDArray[np.bool_]], ...]

PanelKind = Literal["two-group", "multigroup", "ordinal"]

NO_FIGURES = "withheld_no_figures"
MISSING = "withheld_missing"
WITHHELD = (NO_FIGURES, MISSING, "withheld_few_persons", "withheld_few_areas")
CAUTIONS = (*WITHHELD, "few_persons", "few_areas", "near_chance", "partly_estimated")
_TOO_FEW_PERSONS, _FEW_PERSONS = 100, 500
_TOO_FEW_AREAS, _FEW_AREAS = 3, 5
_CHANCE_SHARE = 0.25
_NUMBERS = ("value", "expected", "estimate", "low", "high")
_YARDSTICK: dict[PanelKind, str] = {
    "two-group": "dissimilarity",
    "multigroup": "dissimilarity_multi",
    "ordinal": "dissimilarity_multi",
}


def index_panel(
    counts: ArrayLike | pd.DataFrame,
    containers: Sequence[Any],
    *,
    kind: PanelKind,
    indices: Sequence[str] | None = None,
    land_area: ArrayLike | None = None,
    parents: pd.DataFrame | None = None,
    totals: ArrayLike | None = None,
    reporting: Reporting | None = None,
    intervals: bool = True,
    workers: int = 2,
) -> pd.DataFrame:
    """Every index of a kind of grouping, for every container, with its company.

    `counts` is areas x groups with NaN for missing cells; "two-group" reads the first two columns,
    "ordinal" reads them in order. `containers` is one label per area, such as a (kommun, year)
    code: one sort serves them all, in any order. `indices` narrows the choice (ids; by default all
    of the kind, `delta` only with `land_area`). `parents` has the published counts of the
    containers, indexed by their labels, with a column per group, and `totals` the published
    population of each area: missing cells are recovered from them (see `missing.recover`).
    `reporting` says how the counts of each area were rounded or perturbed before publication.

    One row per index and container, index after index, containers in the order of first
    appearance. Columns:

    - index_id (category), container
    - value: NaN where undefined, and where withheld
    - expected: by chance alone, margins fixed; NaN where the index has none
    - estimate, low, high: the index without the bias of small numbers, and its 95 % bounds, by
      parametric bootstrap, for indices whose entry asks for them and that are of the very kind of
      the table; within the index's range, low <= estimate <= high. NaN where the place is as even
      as chance alone would give
    - n_units: areas with residents; n_excluded: areas left out because counts are missing
    - population: T of the groups read; group_population: X (NaN for more than two groups)
    - coverage: population share outside estimated and left-out areas
    - caution: codes of `CAUTIONS` separated by commas, missing if none; the first four
      (`WITHHELD`) say why the value is withheld. Few persons means few outside the largest group.

    Raises:
        ValueError: with every fault, as for `segregation`.
    """
    chosen = _chosen(kind, indices=indices, with_land=land_area is not None)
    checked = checked_input(counts, containers, land_area=land_area)
    filled, recovery = _without_holes(checked, kind=kind, parents=parents, totals=totals)
    own = None if reporting is None else reporting.part(checked.arrangement.order)
    parts = _halves(filled, own, n_parts=workers)
    if len(parts) == 1:  # starting a thread takes as long as measuring a small part
        done = [_measured(parts[0], chosen, kind, intervals)]
    else:
        with ThreadPoolExecutor(workers) as pool:
            done = list(pool.map(lambda part: _measured(part, chosen, kind, intervals), parts))
    measured = np.concatenate(done, axis=-1)
    yardstick = measured[:2, -1]
    flags = _flags(filled, recovery, yardstick=yardstick)
    withheld = np.any([mask for code, mask in flags if code in WITHHELD], axis=0)
    shown = np.where(withheld, np.nan, measured[:, :-1])
    return _frame(chosen, checked, numbers=shown, table=filled, recovery=recovery, flags=flags)


def _chosen(
    kind: PanelKind, *, indices: Sequence[str] | None, with_land: bool
) -> tuple[Index, ...]:
    """The indices of a kind of table, as chosen by id or all that can be computed."""
    possible = {index.id: index for index in INDICES if index.kind in TABLES_OF_KIND[kind]}
    if indices is None:
        return tuple(index for index in possible.values() if with_land or not index.needs_land)
    faults = [f"- {i!r} is not an index of {kind} tables" for i in indices if i not in possible]
    chosen = [possible[i] for i in indices if i in possible]
    faults += [
        f"- {index.id} needs land_area" for index in chosen if index.needs_land and not with_land
    ]
    if faults:
        raise ValueError("Cannot build the panel:\n" + "\n".join([*faults, _known(possible)]))
    return tuple(chosen)


def _known(possible: dict[str, Index]) -> str:
    return f"Choose among: {', '.join(possible)}."


def _without_holes(
    checked: Input,
    *,
    kind: PanelKind,
    parents: pd.DataFrame | None,
    totals: ArrayLike | None,
) -> tuple[CountTable, Recovery]:
    """The groups read, missing cells recovered, and what that cost."""
    table = checked.table.columns(0, 1) if kind == "two-group" else checked.table
    n_groups, n_containers = len(table.counts), table.starts.size
    published = None
    if parents is not None:
        published = parents.reindex(list(checked.labels)).to_numpy(dtype=np.float64)[:, :n_groups]
    order = checked.arrangement.order
    recovery = recover(
        table.counts.T,
        np.repeat(np.arange(n_containers), table.sizes),
        n_containers=n_containers,
        parents=published,
        totals=None if totals is None else np.asarray(totals, dtype=np.float64)[order],
    )
    filled = np.ascontiguousarray(recovery.counts.T)
    return table.refilled(filled), recovery


def _halves(
    table: CountTable, reporting: Reporting | None, *, n_parts: int
) -> list[tuple[CountTable, Reporting | None]]:
    """Cuts a table between containers into parts with about as many areas."""
    ends = np.cumsum(table.sizes)
    targets = np.linspace(0, table.totals.size, n_parts + 1)[1:-1]
    cuts = [0, *(int(np.searchsorted(ends, target)) for target in targets), ends.size]
    spans = [slice(a, b) for a, b in pairwise(cuts) if a < b]
    if not spans:
        return [(table, reporting)]
    first = [0, *ends.tolist()]
    return [
        (
            table.part(span),
            reporting and reporting.part(slice(int(first[span.start]), int(first[span.stop]))),
        )
        for span in spans
    ]


def _measured(
    part: tuple[CountTable, Reporting | None],
    chosen: tuple[Index, ...],
    kind: PanelKind,
    intervals: bool,
) -> FloatArray:
    """The columns of `_NUMBERS` (5, indices + 1, containers); last the yardstick for chance."""
    table, reporting = part
    result = np.full((len(_NUMBERS), len(chosen) + 1, table.starts.size), np.nan)
    once = cache(lambda function: function(table))
    yardstick = next(index for index in INDICES if index.id == _YARDSTICK[kind])
    for row, index in enumerate((*chosen, yardstick)):
        result[0, row] = once(index.function)
        if index.expected is not None:
            result[1, row] = once(index.expected)
    uncertain = [
        row
        for row, index in enumerate(chosen)
        if index.interval and index.kind == kind and intervals
    ]
    if uncertain:
        bounded = [chosen[row] for row in uncertain]
        found = index_intervals(table, bounded, reporting=reporting, evaluate=once)
        for row, interval in zip(uncertain, found, strict=True):
            result[2:, row] = interval.estimate, interval.low, interval.high
    return result


def _flags(table: CountTable, recovery: Recovery, *, yardstick: FloatArray) -> Flags:
    """What to be careful about, by container, in the order of `CAUTIONS`.

    Where there is no figure at all that is the only reason: nobody knows whether persons are few.
    """
    persons = table.total - table.group_totals.max(axis=0)
    areas = table.n_areas()
    observed, chance = yardstick
    known = table.total > 0
    found = (
        (MISSING, recovery.withheld),
        ("withheld_few_persons", persons < _TOO_FEW_PERSONS),
        ("withheld_few_areas", areas < _TOO_FEW_AREAS),
        ("few_persons", (persons >= _TOO_FEW_PERSONS) & (persons < _FEW_PERSONS)),
        ("few_areas", (areas >= _TOO_FEW_AREAS) & (areas < _FEW_AREAS)),
        ("near_chance", chance > _CHANCE_SHARE * observed),
        ("partly_estimated", recovery.estimated),
    )
    return ((NO_FIGURES, ~known), *((code, mask & known) for code, mask in found))


def _frame(
    chosen: tuple[Index, ...],
    checked: Input,
    *,
    numbers: FloatArray,
    table: CountTable,
    recovery: Recovery,
    flags: Flags,
) -> pd.DataFrame:
    import pandas as pd

    n_indices, labels = len(chosen), pd.Index(checked.labels, tupleize_cols=False)
    ids = pd.CategoricalIndex([index.id for index in chosen])
    again = np.tile(np.arange(len(labels)), n_indices)
    two = len(table.counts) == 2
    by_container = {
        "n_units": table.n_areas().astype(np.int64),
        "n_excluded": recovery.n_excluded.astype(np.int64),
        "population": table.total,
        "group_population": table.group_totals[0] if two else np.full(len(labels), np.nan),
        "coverage": recovery.coverage,
        "caution": pd.array(_caution_texts(flags), dtype="str"),
    }
    return pd.DataFrame(
        {"index_id": ids.repeat(len(labels)), "container": labels.take(again)}
        | {name: part.ravel() for name, part in zip(_NUMBERS, numbers, strict=True)}
        | {name: part.take(again) for name, part in by_container.items()}
    )


def _caution_texts(flags: Flags) -> NDArray[np.object_]:
    """The codes that apply, joined by commas; None where none does."""
    key = sum(mask.astype(np.int64) << bit for bit, (_, mask) in enumerate(flags))
    texts = np.empty(1 << len(flags), dtype=object)
    for combination in np.unique(key):
        codes = [code for bit, (code, _) in enumerate(flags) if combination >> bit & 1]
        texts[combination] = ",".join(codes) or None
    by_container: NDArray[np.object_] = texts[key]
    return by_container
