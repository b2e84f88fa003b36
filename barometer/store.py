"""Opens the current snapshot read-only, hands out cursors and notices a new snapshot."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import duckdb

Cursor = duckdb.DuckDBPyConnection
T = TypeVar("T")


class NoSnapshotError(RuntimeError):
    """There is nothing to show; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The snapshot's own description."""

    snapshot_id: str
    built_at: datetime
    code_version: str
    schema_version: int
    inputs_sha256: str
    origin: str
    api: str
    lacking: tuple[str, ...]

    @property
    def synthetic(self) -> bool:
        """Whether the figures are made up."""
        return self.origin == "synthetic"


@dataclass(frozen=True, slots=True)
class Reader:
    """One request's way into one snapshot: use it in one thread, for one request."""

    cursor: Cursor
    snapshot: Snapshot

    def once(self, compute: Callable[[Cursor], T]) -> T:
        """What `compute` makes of the snapshot, computed once per snapshot: `once(queries.offer)`."""
        raise NotImplementedError


class Store:
    """The published snapshots of a folder; threads may share it.

    Nothing is opened before the first `reader`; a new pointer is noticed within two seconds while
    requests under way finish on the snapshot that they began with.
    """

    def __init__(self, published_dir: Path) -> None:
        raise NotImplementedError

    @contextmanager
    def reader(self) -> Iterator[Reader]:
        """A reader of the current snapshot: `with store.reader() as reader: …`.

        Raises:
            NoSnapshotError: nothing published can be opened.
        """
        raise NotImplementedError
        yield

    @property
    def fault(self) -> str | None:
        """Why the newest pointer could not be followed while an older snapshot is served; else None."""
        raise NotImplementedError
