"""Opens the current snapshot read-only, hands out cursors and notices a new snapshot."""

import os
import secrets
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, Protocol, TypeVar

import duckdb

from barometer.catalogue import Catalogue, OwnEntries
from barometer.manifest import is_intact, read_manifest
from barometer.memo import Memo
from barometer.own_codes import PREFIX
from barometer.pointer import (
    POINTER,
    current_snapshot,
    published_snapshots,
    snapshot_id_of,
)
from barometer.snapshot import OtherVersionError, Snapshot, SnapshotError, describe

Cursor = duckdb.DuckDBPyConnection
P = ParamSpec("P")
T = TypeVar("T")

Stamp = tuple[int, ...]
"""Inode, time of change and size of a file."""

CHECK_SECONDS: Final = 2.0
NEXT_STEP: Final = "make run builds the extract of SCB's figures, make refresh fetches all of them"
# Nothing that comes in by the address may reach a file, the network or a setting.
_CONFIG: Final[dict[str, str | bool | int | float | list[str]]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "lock_configuration": "true",
    # What was read stays in memory up to this; a question that needs more goes by way of the disk.
    "memory_limit": "200MB",
}
# What DuckDB raises on a damaged file, beside a plain duckdb.Error; they have other causes too.
_DAMAGE: Final = (
    duckdb.IOException,
    duckdb.FatalException,
    duckdb.InternalException,
    duckdb.SerializationException,
)


class NoSnapshotError(RuntimeError):
    """Nothing can be shown, the message says why; `other_version`: other code has built it."""

    def __init__(self, message: str, *, other_version: bool = False) -> None:
        super().__init__(message)
        self.other_version = other_version


class DamagedSnapshotError(RuntimeError):
    """The file has changed since it was published; the next reader gets the snapshot before."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """A snapshot that is open; it closes when its last cursor and the store have let go of it."""

    path: Path
    stamp: Stamp
    connection: Cursor
    snapshot: Snapshot
    own_entries: OwnEntries
    memo: Memo = field(default_factory=Memo)
    damaged: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def asking(self) -> Iterator[Cursor]:
        """A cursor for one question.

        Raises:
            DamagedSnapshotError: the database failed because its file is not what was published.
        """
        cursor = self.connection.cursor()
        try:
            yield cursor
        except duckdb.Error as error:
            may_be_damage = type(error) is duckdb.Error or isinstance(error, _DAMAGE)
            if not may_be_damage or (not self.damaged.is_set() and is_intact(self.path)):
                raise
            self.damaged.set()
            raise DamagedSnapshotError(f"{self.path.name} is damaged") from error
        finally:
            cursor.close()


class Overlay(Protocol):
    """Areas of an address that are laid over a snapshot for one request (`Reader.under`)."""

    def lay(self, cursor: Cursor, /) -> None:
        """Make the cursor answer as if the snapshot had the areas."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One request's way into one snapshot: use it in one thread, for one request."""

    cursor: Cursor
    snapshot: Snapshot
    _opened: _Opened
    overlay: Overlay | None = None

    @contextmanager
    def under(self, overlay: Overlay) -> Iterator["Reader"]:
        """The same snapshot with some areas laid over it."""
        with self._asking(overlay) as cursor:
            yield Reader(cursor, self.snapshot, self._opened, overlay)

    @contextmanager
    def _asking(self, overlay: Overlay | None) -> Iterator[Cursor]:
        with self._opened.asking() as cursor:
            if overlay is not None:
                overlay.lay(cursor)
            yield cursor

    @property
    def bare(self) -> "Reader":
        """The same snapshot without the areas that are laid over it, to ask `later`."""
        return Reader(self.cursor, self.snapshot, self._opened)

    @property
    def edition(self) -> str:
        """The id in the snapshot's file name: each published file has one of its own.

        Two snapshots built of the same inputs by different code have the same `snapshot_id`, so
        whatever is kept of an answer is kept under its edition.
        """
        return self._opened.path.stem.removeprefix("barometer-")

    def catalogue(self, packaged: Catalogue) -> Catalogue:
        """The packaged catalogue with the snapshot's own entries."""
        return self._opened.own_entries.added_to(packaged)

    @property
    def cached_bytes(self) -> int:
        """About how many bytes of answers are kept of this snapshot (`once`)."""
        return self._opened.memo.size

    def once(
        self, function: Callable[Concatenate[Cursor, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """What `function(cursor, …)` makes of the snapshot, kept in memory while there is room.

        `reader.once(queries.offer)`. Nobody waits for another key's answer, and nobody computes
        one that another computes. What names no own area the bare snapshot answers, for everybody.
        """
        key = (function, args, tuple(sorted(kwargs.items())))
        if self.overlay is None or PREFIX in repr(key[1:]):
            return self._opened.memo.get(key, lambda: function(self.cursor, *args, **kwargs))
        return self._opened.memo.get(key, self.bare.later(function, *args, **kwargs))

    def remember(self, key: object, function: Callable[[], T]) -> T:
        """What `function` makes of the snapshot, kept as `once` does, under a key of its own."""
        return self._opened.memo.get(key, function)

    def later(
        self, ask: Callable[Concatenate[Cursor, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Callable[[], T]:
        """A question put to the same snapshot when the answer is called, even after the request."""

        def answer() -> T:
            with self._asking(self.overlay) as cursor:
                return ask(cursor, *args, **kwargs)

        return answer

    def parts(
        self,
        ask: Callable[Concatenate[Cursor, P], Iterator[T]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Callable[[], Iterator[T]]:
        """As `later`, for an answer that comes in parts: the cursor lives until the last one."""

        def answer() -> Iterator[T]:
            with self._asking(self.overlay) as cursor:
                yield from ask(cursor, *args, **kwargs)

        return answer


class Store:
    """The published snapshots of a folder; threads may share it.

    Nothing is opened before the first `reader`; a new pointer is noticed within two seconds while
    requests under way finish on the snapshot that they began with. A snapshot that turns out to be
    damaged is left for the newest one that is not.
    """

    def __init__(self, published_dir: Path, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._published_dir = published_dir
        self._clock = clock
        self._lock = threading.Lock()
        self._opened: _Opened | None = None
        self._others: dict[Path, _Opened] = {}
        self._damaged: dict[Path, Stamp] = {}
        self._looked = float("-inf")
        self._stamp: Stamp | None = None
        self._fault: str | None = None
        self._other_version = False

    @property
    def fault(self) -> str | None:
        """Why the pointer could not be followed, while another snapshot is served; else None."""
        return self._fault

    def catalogue(self, packaged: Catalogue) -> Catalogue:
        """The packaged catalogue with the own entries of the current snapshot, if there is any."""
        try:
            return self._current().own_entries.added_to(packaged)
        except NoSnapshotError:
            return packaged

    @contextmanager
    def reader(self) -> Iterator[Reader]:
        """A reader of the current snapshot: `with store.reader() as reader: …`.

        Raises:
            NoSnapshotError: nothing published can be opened.
            DamagedSnapshotError: the snapshot is damaged; asked again, another one answers.
        """
        opened = self._current()
        with opened.asking() as cursor:
            yield Reader(cursor, opened.snapshot, opened)

    def readers(self) -> Iterator[Reader]:
        """A reader of the current snapshot, then one of each other published one, newest first.

        For an address that names a snapshot: a page may have it from a server that has noticed
        the new pointer before this one, or from before the pointer moved.

        Raises:
            NoSnapshotError: nothing published can be opened.
        """
        with self.reader() as reader:
            yield reader
        for opened in self._other_snapshots(reader.edition):
            with opened.asking() as cursor:
                yield Reader(cursor, opened.snapshot, opened)

    @contextmanager
    def earlier(self, reader: Reader) -> Iterator[Reader | None]:
        """A reader of the snapshot that was published before a reader's; None without one."""
        listed = published_snapshots(self._published_dir)
        names = [snapshot_id_of(path) for path in listed]
        older = listed[names.index(reader.edition) + 1 :] if reader.edition in names else ()
        opened = next(filter(None, map(self._other, older)), None)
        if opened is None:
            yield None
            return
        with opened.asking() as cursor:
            yield Reader(cursor, opened.snapshot, opened)

    def verify(self) -> None:
        """Compare the current snapshot with its manifest; a damaged one is not served any more.

        Reads the whole file. Damage that is met while reading is noticed without this.
        """
        with suppress(NoSnapshotError):
            opened = self._current()
            if not is_intact(opened.path, without_manifest=True):
                opened.damaged.set()

    def _other_snapshots(self, edition: str) -> Iterator[_Opened]:
        """The published snapshots but for one; each is opened once and let go when removed."""
        for path in published_snapshots(self._published_dir):
            if snapshot_id_of(path) == edition:
                continue
            if opened := self._other(path):
                yield opened

    def _other(self, path: Path) -> _Opened | None:
        stamp = _stamp(path)
        with self._lock, suppress(duckdb.Error, OSError):
            kept = self._others.get(path)
            if kept is None or kept.stamp != stamp:
                # DuckDB shares what is open under a path: the old file must be let go first.
                self._others.pop(path, None)
                del kept
                self._others[path] = _open(path)
            return self._others[path]
        return None

    def _current(self) -> _Opened:
        """The open snapshot; one thread looks for a newer one while the others go on."""
        opened = self._opened
        recent = self._clock() - self._looked < CHECK_SECONDS or self._lock.locked()
        if opened is not None and recent and not opened.damaged.is_set():
            return opened
        with self._lock:
            self._look()
            if self._opened is None:
                reason = f"{self._fault} ({NEXT_STEP})"
                raise NoSnapshotError(reason, other_version=self._other_version)
            return self._opened

    def _look(self) -> None:
        """Open the snapshot to serve, unless it is the one that is open already."""
        pointer = _stamp(self._published_dir / POINTER)
        self._looked = self._clock()
        self._let_go()
        if self._opened is not None and self._fault is None and pointer == self._stamp:
            return
        self._stamp = pointer
        current = current_snapshot(self._published_dir)
        faults = [current.warning] if current.warning else []
        self._other_version = False
        published = published_snapshots(self._published_dir)
        for path in dict.fromkeys(filter(None, (current.path, *published))):
            if self._opened is not None and path == self._opened.path:
                break
            if self._damaged.get(path) == _stamp(path):
                faults.append(f"{path.name} is damaged")
                continue
            try:
                self._opened = _open(path)
                break
            except (duckdb.Error, OSError) as error:
                self._other_version |= isinstance(error, OtherVersionError)
                faults.append(f"{path.name} cannot be read: {_reason(error)}")
        self._fault = "; ".join(faults) or None

    def _let_go(self) -> None:
        """Forget a damaged snapshot, and close those that have been removed."""
        if self._opened is not None and self._opened.damaged.is_set():
            self._damaged[self._opened.path] = self._opened.stamp
            self._opened = None
        for path in [path for path, opened in self._others.items() if _stamp(path) != opened.stamp]:
            del self._others[path]


@contextmanager
def read_snapshot(path: Path) -> Iterator[Reader]:
    """A reader of one snapshot file, wherever it lies.

    Raises:
        NoSnapshotError: the file is missing or no snapshot.
        DamagedSnapshotError: it is damaged.
    """
    try:
        opened = _open(path)
    except (duckdb.Error, OSError) as error:
        raise NoSnapshotError(f"{path} cannot be read as a snapshot: {_reason(error)}") from error
    with opened.asking() as cursor:
        yield Reader(cursor, opened.snapshot, opened)


def _reason(error: duckdb.Error | OSError) -> str:
    """Why a file cannot be opened, without a path of the machine: it may be shown to anybody."""
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    if isinstance(error, SnapshotError):
        return str(error)
    if isinstance(error, duckdb.ConnectionException):
        return "this program has it open already, in another way: close that connection first"
    return "it is no database that this release can open"


def _stamp(path: Path) -> Stamp | None:
    """What changes when a file is swapped; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_ino, found.st_mtime_ns, found.st_size)


def _open(path: Path) -> _Opened:
    # A folder of this process alone, made when it is needed: a snapshot's own may be read-only.
    spill = Path(tempfile.gettempdir()) / f"{path.stem}-{os.getpid()}-{_token()}"
    config = {**_CONFIG, "temp_directory": str(spill)}
    found, stamp = read_manifest(path), _stamp(path)
    if stamp is None:
        raise SnapshotError("there is no such file")
    if found is not None and stamp[-1] != found.size:
        raise SnapshotError("it has not the size that it was published with")
    connection = duckdb.connect(str(path), read_only=True, config=config)
    snapshot = describe(connection)
    local = connection.execute("SELECT name, entry FROM local_entries ORDER BY name").fetchall()
    return _Opened(path, stamp, connection, snapshot, OwnEntries(local))


@cache
def _token() -> str:
    """Part of a folder's name that nobody else can know beforehand."""
    return secrets.token_hex(8)
