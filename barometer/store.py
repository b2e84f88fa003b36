"""Opens the current snapshot read-only, hands out cursors and notices a new snapshot."""

import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

import duckdb

from barometer.pointer import (
    POINTER,
    SCHEMA_VERSION,
    current_snapshot,
    published_snapshots,
    snapshot_id_of,
)

Cursor = duckdb.DuckDBPyConnection
P = ParamSpec("P")
T = TypeVar("T")

CHECK_SECONDS: Final = 2.0
NEXT_STEP: Final = "make run builds the made-up country, make refresh fetches SCB's figures"
# Nothing that comes in by the address may reach a file, the network or a setting.
_CONFIG: Final[dict[str, str | bool | int | float | list[str]]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "lock_configuration": "true",
    # What was read stays in memory up to this; a question that needs more goes by way of the disk.
    "memory_limit": "200MB",
}


class NoSnapshotError(RuntimeError):
    """There is nothing to show; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The snapshot's own description; `built_at` is in UTC."""

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


@dataclass(slots=True)
class _Kept:
    """An answer that is computed once; who asks for another one meanwhile need not wait."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    answers: list[Any] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A snapshot that is open; it closes when its last cursor and the store have let go of it."""

    path: Path
    connection: Cursor
    snapshot: Snapshot
    memo: dict[object, _Kept] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reader:
    """One request's way into one snapshot: use it in one thread, for one request."""

    cursor: Cursor
    snapshot: Snapshot
    _opened: _Opened

    @property
    def edition(self) -> str:
        """The id in the snapshot's file name: each published file has one of its own.

        Two snapshots built of the same inputs by different code have the same `snapshot_id`, so
        whatever is kept of an answer is kept under its edition.
        """
        return self._opened.path.stem.removeprefix("barometer-")

    def once(
        self, compute: Callable[Concatenate[Cursor, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """What `compute(cursor, …)` makes of the snapshot, computed once per snapshot.

        `reader.once(queries.offer)`; for few and small answers, they stay in memory.
        """
        key = (compute, args, tuple(sorted(kwargs.items())))
        kept = self._opened.memo.setdefault(key, _Kept())  # one step, whatever other threads do
        with kept.lock:
            if not kept.answers:
                kept.answers.append(compute(self.cursor, *args, **kwargs))
            answer: T = kept.answers[0]
            return answer

    def later(
        self, ask: Callable[Concatenate[Cursor, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Callable[[], T]:
        """A question put to the same snapshot when the answer is called, even after the request."""

        def answer() -> T:
            cursor = self._opened.connection.cursor()
            try:
                return ask(cursor, *args, **kwargs)
            finally:
                cursor.close()

        return answer

    def parts(
        self,
        ask: Callable[Concatenate[Cursor, P], Iterator[T]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Callable[[], Iterator[T]]:
        """As `later`, for an answer that comes in parts: the cursor lives until the last one."""

        def answer() -> Iterator[T]:
            cursor = self._opened.connection.cursor()
            try:
                yield from ask(cursor, *args, **kwargs)
            finally:
                cursor.close()

        return answer


class Store:
    """The published snapshots of a folder; threads may share it.

    Nothing is opened before the first `reader`; a new pointer is noticed within two seconds while
    requests under way finish on the snapshot that they began with.
    """

    def __init__(self, published_dir: Path, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._published_dir = published_dir
        self._clock = clock
        self._lock = threading.Lock()
        self._opened: _Opened | None = None
        self._others: dict[Path, _Opened] = {}
        self._looked = float("-inf")
        self._stamp: tuple[int, ...] | None = None
        self._fault: str | None = None

    @property
    def fault(self) -> str | None:
        """Why the pointer could not be followed, while another snapshot is served; else None."""
        return self._fault

    @contextmanager
    def reader(self) -> Iterator[Reader]:
        """A reader of the current snapshot: `with store.reader() as reader: …`.

        Raises:
            NoSnapshotError: nothing published can be opened.
        """
        opened = self._current()
        cursor = opened.connection.cursor()
        try:
            yield Reader(cursor, opened.snapshot, opened)
        finally:
            cursor.close()

    def readers(self) -> Iterator[Reader]:
        """A reader of the current snapshot, then one of each other published one, newest first.

        For an address that names a snapshot: a page may have it from a server that has noticed
        the new pointer before this one, or from before the pointer moved.

        Raises:
            NoSnapshotError: nothing published can be opened.
        """
        with self.reader() as reader:
            yield reader
        for opened in self._beside(reader.edition):
            with opened.connection.cursor() as cursor:
                yield Reader(cursor, opened.snapshot, opened)

    def _beside(self, edition: str) -> Iterator[_Opened]:
        """The published snapshots but for one; each is opened once and let go when removed."""
        paths = published_snapshots(self._published_dir)
        for path in paths:
            if snapshot_id_of(path) == edition:
                continue
            if opened := self._other(path, paths):
                yield opened

    def _other(self, path: Path, paths: tuple[Path, ...]) -> _Opened | None:
        with self._lock, suppress(duckdb.Error, OSError):
            kept = {there: found for there, found in self._others.items() if there in paths}
            self._others = kept | {path: kept.get(path) or _open(path)}
        return self._others.get(path)

    def _current(self) -> _Opened:
        """The open snapshot; one thread looks for a newer one while the others go on."""
        opened = self._opened
        if opened is not None and self._clock() - self._looked < CHECK_SECONDS:
            return opened
        if opened is not None and self._lock.locked():
            return opened
        with self._lock:
            self._look()
            if self._opened is None:
                raise NoSnapshotError(f"{self._fault} ({NEXT_STEP})")
            return self._opened

    def _look(self) -> None:
        stamp = _stamp(self._published_dir / POINTER)
        self._looked = self._clock()
        if self._opened is not None and self._fault is None and stamp == self._stamp:
            return
        self._stamp = stamp
        current = current_snapshot(self._published_dir)
        faults = [current.warning] if current.warning else []
        for path in _candidates(self._published_dir, current.path):
            if self._opened is not None and path == self._opened.path:
                break
            try:
                self._opened = _open(path)
                break
            except (duckdb.Error, OSError) as error:
                faults.append(f"{path} cannot be read: {str(error).splitlines()[0]}")
        self._fault = "; ".join(faults) or None


@contextmanager
def read_snapshot(path: Path) -> Iterator[Reader]:
    """A reader of one snapshot file, wherever it lies.

    Raises:
        NoSnapshotError: the file is missing or no snapshot.
    """
    try:
        opened = _open(path)
    except (duckdb.Error, OSError) as error:
        reason = str(error).splitlines()[0]
        raise NoSnapshotError(f"{path} cannot be read as a snapshot: {reason}") from error
    with opened.connection.cursor() as cursor:
        yield Reader(cursor, opened.snapshot, opened)


def _candidates(published_dir: Path, pointed: Path | None) -> tuple[Path, ...]:
    """The snapshots to try, the pointed one first and then the newest."""
    return tuple(
        dict.fromkeys((*((pointed,) if pointed else ()), *published_snapshots(published_dir)))
    )


def _stamp(pointer: Path) -> tuple[int, ...] | None:
    """What changes when the pointer is swapped; None when there is none."""
    try:
        found = pointer.stat()
    except OSError:
        return None
    return (found.st_ino, found.st_mtime_ns, found.st_size)


def _open(path: Path) -> _Opened:
    # A folder of this process alone, made when it is needed: a snapshot's own may be read-only.
    spill = Path(tempfile.gettempdir()) / f"{path.stem}-{os.getpid()}"
    config = {**_CONFIG, "temp_directory": str(spill)}
    connection = duckdb.connect(str(path), read_only=True, config=config)
    return _Opened(path, connection, _describe(connection))


def _describe(connection: Cursor) -> Snapshot:
    _require_schema(connection)
    row = connection.execute(
        "SELECT snapshot_id, built_at, code_version, schema_version, inputs_sha256, origin, api,"
        " lacking FROM snapshot"
    ).fetchone()
    if row is None:
        raise duckdb.Error("its table snapshot is empty")
    return Snapshot(
        snapshot_id=row[0],
        built_at=row[1].replace(tzinfo=UTC),
        code_version=row[2],
        schema_version=row[3],
        inputs_sha256=row[4],
        origin=row[5],
        api=row[6],
        lacking=tuple(row[7]),
    )


def _require_schema(connection: Cursor) -> None:
    """Refuse a snapshot of another schema: its tables may mean something else."""
    found = connection.execute("SELECT schema_version FROM snapshot").fetchone()
    if found is not None and found[0] != SCHEMA_VERSION:
        raise duckdb.Error(
            f"it has schema {found[0]} and this code reads {SCHEMA_VERSION}: build it anew, or "
            "serve it with the code that built it"
        )
