"""The raw cache: SCB's answers as received, named by what was asked, listed in a manifest."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Any, Final, Literal

import orjson

from etl.errors import BronzeDamagedError
from etl.fetch.plan import DataRequest
from etl.journal import log_event
from etl.network.answers import Answer, BadAnswerError, unpack
from etl.version import reader_version

_LARGEST: Final = 2**28  # bytes of an answer, unpacked

Origin = Literal["scb", "scb-extract", "synthetic"]
Kind = Literal["data", "metadata"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One kept answer.

    `key`, the file's name, is the hash of origin, kind, request and SCB's `updated`. `retrieved` is
    UTC, ISO 8601; `sha256` is of the answer as received; `size` is of the file. `reader` is the
    version of the code that has read it without fault. The manifest also has the request itself.
    """

    key: str
    kind: Kind
    origin: Origin
    table_id: str
    cells: int
    updated: str
    retrieved: str
    sha256: str
    size: int
    reader: str = ""


@dataclass(frozen=True, slots=True)
class CollectedTable:
    """What a build reads of one table: its metadata answer and all its data answers."""

    table_id: str
    updated: str
    metadata: Entry
    data: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Lack:
    """Something the catalogue wants and the server does not have (only in a partial fetch).

    `variable` is "" when the whole table is missing; `code` is the code, the year or the level.
    """

    table_id: str
    variable: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Collection:
    """The outcome of one complete fetch: everything a build may read, and what was lacking."""

    origin: Origin
    api: str
    fetched: str
    tables: tuple[CollectedTable, ...]
    lacking: tuple[Lack, ...] = ()
    gaps: tuple[str, ...] = ()  # sentences of providers beside SCB that gave nothing usable

    @property
    def fingerprint(self) -> str:
        """Hash of what was received and what was lacking: equal inputs, equal build."""
        answers = sorted(
            (entry.table_id, entry.key, entry.sha256)
            for table in self.tables
            for entry in (table.metadata, *table.data)
        )
        lacks = sorted((lack.table_id, lack.variable, lack.code) for lack in self.lacking)
        told = [self.origin, answers, lacks, *([list(self.gaps)] if self.gaps else [])]
        return hashlib.sha256(orjson.dumps(told)).hexdigest()


class Bronze:
    """A folder of gzipped answers and `manifest.jsonl`; safe against kill -9 at any point.

    An answer's file is complete before its manifest line is written, and a manifest line counts
    only with its newline, so whatever is listed is whole. One process at a time may write.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._lock = Lock()
        self._entries: dict[str, Entry] | None = None

    def find(
        self, request: DataRequest, *, updated: str, origin: Origin, kind: Kind = "data"
    ) -> Entry | None:
        """The kept answer to this request at this `updated`, if its file is there and not cut."""
        key = request_key(request, updated=updated, origin=origin, kind=kind)
        with self._lock:
            entry = self._load().get(key)
        if entry is None or not self._is_whole(entry):
            return None
        return entry

    def has(self, request: DataRequest, *, updated: str, origin: Origin) -> bool:
        """Whether the answer to this request at this `updated` is kept."""
        return self.find(request, updated=updated, origin=origin) is not None

    def put(
        self,
        request: DataRequest,
        answer: Answer,
        *,
        updated: str,
        origin: Origin,
        retrieved: str,
        kind: Kind = "data",
    ) -> Entry:
        """Keep an answer: whole file first, then its manifest line."""
        entry = Entry(
            key=request_key(request, updated=updated, origin=origin, kind=kind),
            kind=kind,
            origin=origin,
            table_id=request.table_id,
            cells=request.cells if kind == "data" else 0,
            updated=updated,
            retrieved=retrieved,
            sha256=hashlib.sha256(answer.raw).hexdigest(),
            size=len(answer.packed),
            reader=reader_version(),
        )
        self.directory.mkdir(parents=True, exist_ok=True)
        write_atomically(self.path(entry), answer.packed)
        with self._lock:
            entries = self._load()
            self._append({**asdict(entry), "request": dict(request.codes)})
            entries[entry.key] = entry
        return entry

    def find_readable(
        self,
        request: DataRequest,
        *,
        updated: str,
        origin: Origin,
        read: Callable[[bytes], object],
        kind: Kind = "data",
    ) -> Entry | None:
        """The same, if this version of the code can read it; else it is to be asked for again.

        An answer that another version has kept is read once, and its line in the manifest renewed.
        """
        entry = self.find(request, updated=updated, origin=origin, kind=kind)
        if entry is None or entry.reader == reader_version():
            return entry
        try:
            read(self.read(entry))
        except (BadAnswerError, BronzeDamagedError) as error:
            log_event("kept answer unreadable", key=entry.key, table=entry.table_id, why=str(error))
            return None
        checked = replace(entry, reader=reader_version())
        with self._lock:
            self._append({**asdict(checked), "request": dict(request.codes)})
            self._load()[checked.key] = checked
        return checked

    def forget(self, table_id: str) -> int:
        """Remove every kept answer of a table, whatever its release; how many there were."""
        with self._lock:
            gone = tuple(e for e in self._load().values() if e.table_id == table_id)
            self._forget(gone)
        return len(gone)

    def read(self, entry: Entry) -> bytes:
        """The answer's bytes; BronzeDamagedError (file set aside) when they fail their checksum."""
        path = self.path(entry)
        try:
            raw = unpack(path.read_bytes(), max_bytes=_LARGEST)
        except FileNotFoundError:
            raise self._damaged(entry, "its file is gone") from None
        except BadAnswerError as error:
            raise self._damaged(entry, str(error)) from error
        if hashlib.sha256(raw).hexdigest() != entry.sha256:
            raise self._damaged(entry, "its checksum differs")
        return raw

    def path(self, entry: Entry) -> Path:
        """Where an entry's file lies."""
        return self.directory / f"{entry.key}.json.gz"

    def entries(self) -> tuple[Entry, ...]:
        """Every kept answer, oldest first."""
        with self._lock:
            return tuple(self._load().values())

    def collection(self) -> Collection | None:
        """The outcome of the last complete fetch: what `build` reads."""
        try:
            return _parse_collection(orjson.loads(self._collection_path.read_bytes()))
        except FileNotFoundError:
            return None
        except (orjson.JSONDecodeError, KeyError, TypeError) as error:
            raise BronzeDamagedError(
                f"{self._collection_path} cannot be read ({error!r}). Run fetch again: "
                "answers that are kept are not downloaded twice"
            ) from error

    def keep_collection(self, collection: Collection) -> None:
        """Make this fetch the one that the next build reads."""
        self.directory.mkdir(parents=True, exist_ok=True)
        packed = orjson.dumps(collection, option=orjson.OPT_INDENT_2)
        write_atomically(self._collection_path, packed)

    def prune(self) -> tuple[Entry, ...]:
        """Remove answers that a newer `updated` of the same table superseded; returns them.

        Only tables of the last collection are touched; also removes what a killed run left behind.
        """
        collection = self.collection()
        if collection is None:
            return ()
        newest = {table.table_id: table.updated for table in collection.tables}
        with self._lock:
            entries = self._load()
            old = tuple(
                entry
                for entry in entries.values()
                if entry.origin == collection.origin
                and entry.updated != newest.get(entry.table_id, entry.updated)
            )
            self._forget(old)
            self._remove_strays()
        return old

    @property
    def _manifest_path(self) -> Path:
        return self.directory / "manifest.jsonl"

    @property
    def _collection_path(self) -> Path:
        return self.directory / "collection.json"

    def _load(self) -> dict[str, Entry]:
        if self._entries is None:
            self._entries = {entry.key: entry for entry in self._read_manifest()}
        return self._entries

    def _read_manifest(self) -> Iterator[Entry]:
        try:
            text = self._manifest_path.read_bytes()
        except FileNotFoundError:
            return
        whole = text.rfind(b"\n") + 1
        if whole < len(text):  # a killed run tore its last line: cut it before anything is added
            os.truncate(self._manifest_path, whole)
        for line in text[:whole].splitlines():
            entry = _parse_line(line)
            if entry is not None:
                yield entry

    def _append(self, line: dict[str, Any]) -> None:
        with self._manifest_path.open("ab") as manifest:
            start = manifest.tell()
            try:
                manifest.write(orjson.dumps(line) + b"\n")
                manifest.flush()
                os.fsync(manifest.fileno())
            except OSError:
                os.truncate(self._manifest_path, start)
                raise

    def _is_whole(self, entry: Entry) -> bool:
        try:
            return self.path(entry).stat().st_size == entry.size
        except FileNotFoundError:
            return False

    def _damaged(self, entry: Entry, reason: str) -> BronzeDamagedError:
        path = self.path(entry)
        aside = path.with_suffix(".damaged")
        if path.exists():
            path.replace(aside)
        return BronzeDamagedError(
            f"{path.name}, a kept answer of {entry.table_id} ({entry.kind}), is damaged: {reason}. "
            f"It is set aside as {aside.name}; run fetch again and only that answer is downloaded"
        )

    def _forget(self, old: Iterable[Entry]) -> None:
        gone = {entry.key for entry in old}
        if not gone:
            return
        lines = self._manifest_path.read_bytes().splitlines(keepends=True)
        kept = [line for line in lines if (entry := _parse_line(line)) and entry.key not in gone]
        write_atomically(self._manifest_path, b"".join(kept))
        entries = self._load()
        for key in gone:
            self.path(entries.pop(key)).unlink(missing_ok=True)

    def _remove_strays(self) -> None:
        listed = {self.path(entry).name for entry in self._load().values()}
        for pattern in ("*.json.gz", "*.part", "*.damaged"):
            for path in self.directory.glob(pattern):
                if path.name not in listed:
                    path.unlink()


def request_key(request: DataRequest, *, updated: str, origin: Origin, kind: Kind) -> str:
    """The name of an answer: equal exactly when the same thing was asked of the same release."""
    head = orjson.dumps([origin, kind, updated])
    return hashlib.sha256(head + request.canonical()).hexdigest()


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file that is either absent, its old self, or whole, whenever the power goes."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _parse_line(line: bytes) -> Entry | None:
    """The entry of a manifest line; None for a line that is not whole: its answer is unlisted."""
    try:
        fields = orjson.loads(line)
        del fields["request"]
        return Entry(**fields)
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return None


def _parse_collection(fields: dict[str, Any]) -> Collection:
    tables = tuple(
        CollectedTable(
            table_id=table["table_id"],
            updated=table["updated"],
            metadata=Entry(**table["metadata"]),
            data=tuple(Entry(**entry) for entry in table["data"]),
        )
        for table in fields["tables"]
    )
    lacking = tuple(Lack(**lack) for lack in fields["lacking"])
    gaps = tuple(fields.get("gaps", ()))
    return Collection(fields["origin"], fields["api"], fields["fetched"], tables, lacking, gaps)
