"""A table for programs: what can be asked of it, its columns, and how its rows are found."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import pandas as pd

from barometer.catalogue import Catalogue, Text
from barometer.export import FORMATS, Column
from barometer.selection.wanted import TableRequest
from barometer.store import Reader
from barometer.tables.parameter import LANG, LIMIT, OFFSET, SHOWN, Fault, Parameter
from barometer.wording import faults

DEFAULT_FORMAT: Final = "json"
Boundaries = Literal["none", "also", "only"]
"""Whether a table comes without its areas' boundaries, also with them, or only with them."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows that were asked for: how many there are before paging, and they themselves.

    `parts` may be called after the request; every frame has at least the table's own columns.
    """

    total: int
    parts: Callable[[], Iterator[pd.DataFrame]]
    source_ids: tuple[str, ...] = ()
    boundaries: Callable[[], tuple[bytes | None, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its address's last part, its words, and `find` for its rows."""

    table_id: str
    name: Text
    about: Text
    own: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    find: Callable[[Reader, Catalogue, TableRequest], Rows]
    boundaries: Boundaries = "none"

    @property
    def formats(self) -> tuple[str, ...]:
        """The ids of its formats, the first for a question that names none."""
        only = self.boundaries == "only"
        found = [f.format_id for f in FORMATS if f.geometry == only or self.boundaries == "also"]
        return tuple(sorted(found, key=lambda format_id: format_id != DEFAULT_FORMAT))

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Its own, and those that every table has."""
        return (*self.own, LIMIT, OFFSET, LANG)


def whole(frame: pd.DataFrame, requested: TableRequest) -> Rows:
    """Rows that fit in one frame, cut to the page."""
    last = None if requested.limit is None else requested.offset + requested.limit
    page = frame.iloc[requested.offset : last].reset_index(drop=True)
    return Rows(len(frame), lambda: iter((page,)))


def paged(sizes: Sequence[int], requested: TableRequest) -> Iterator[tuple[int, int | None, int]]:
    """Which blocks a page touches: their number, and limit and offset inside each."""
    skip, left = requested.offset, requested.limit
    for number, size in enumerate(sizes):
        if skip >= size:
            skip -= size
            continue
        if left is not None and left <= 0:
            return
        yield number, left, skip
        left = None if left is None else left - (size - skip)
        skip = 0


def faults_of_rows(
    rows: Rows, reader: Reader, table: Table, requested: TableRequest, *, catalogue: Catalogue
) -> tuple[Fault, ...]:
    """Why a question about figures has no rows: the keys without each of which it would have some.

    Each key by itself is known to the data version by then; a search that finds nothing is none.
    """
    names = [p.name for p in table.own if p.kind in ("word", "years", "code")]
    given = {name: own for name in names if (own := getattr(requested, name))}
    if rows.total or not given or "year" not in names:
        return ()
    left = {name: table.find(reader, catalogue, _without(requested, name)).total for name in given}
    return tuple(
        Fault(
            name,
            ",".join(map(str, own))[:SHOWN],
            faults.no_rows(left[name]),
            missing=True,
        )
        for name, own in given.items()
        if left[name] or not any(left.values())
    )


def _without(requested: TableRequest, name: str) -> TableRequest:
    freed: dict[str, Any] = {name: ()}
    return replace(requested, **freed)
