"""From what the catalogue needs to a complete collection of raw answers."""

from collections.abc import Collection as Some
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from barometer.divisions import Level
from etl.bronze import Bronze, Collection
from etl.scb import Client


@dataclass(frozen=True, slots=True)
class TableNeed:
    """What the catalogue needs of one table.

    `codes` names every variable but region and time, with the codes wanted; ("*",) is all of
    them; a variable left out is eliminated by the server. `years` must all exist; with `newer` any later
    year the table has is taken too (and all years when `years` is empty).
    """

    table_id: str
    codes: tuple[tuple[str, tuple[str, ...]], ...]
    levels: tuple[Level, ...]
    years: tuple[int, ...] = ()
    newer: bool = True
    region_variable: str = "Region"
    time_variable: str = "Tid"


class Progress(Protocol):
    """Hears how a fetch goes; the terminal draws it."""

    def planned(self, *, calls: int, cells: int, kept: int) -> None:
        """All calls are known: `calls` to make, `kept` answers already in bronze."""

    def arrived(self, *, table_id: str, cells: int) -> None:
        """One answer is kept."""


@dataclass(frozen=True, slots=True)
class FetchPlan:
    """What a fetch would do: for `--dry-run`. `tables` counts the tables that need any call."""

    tables: int
    calls: int
    cells: int
    kept: int
    minutes: float


def plan_fetch(
    client: Client, bronze: Bronze, needs: Sequence[TableNeed], *, partial: bool = False
) -> FetchPlan:
    """Ask for `updated` and metadata only, and count the calls that remain."""
    raise NotImplementedError


def fetch_tables(
    client: Client,
    bronze: Bronze,
    needs: Sequence[TableNeed],
    *,
    progress: Progress | None = None,
    partial: bool = False,
    only: Some[str] | None = None,
    workers: int = 4,
) -> Collection:
    """Download what changed or is missing, and record the collection that a build reads.

    All tables are checked against live metadata before the first download: CatalogueMismatchError names
    every gone table, code, year and level; with `partial` they are left out and listed in
    `Collection.lacking`. With `only`, the other tables are taken over from the last collection.
    """
    raise NotImplementedError
