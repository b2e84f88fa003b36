"""The raw cache: SCB's answers as received, named by what was asked, listed in a manifest."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from etl.plan import DataRequest

Origin = Literal["scb", "synthetic"]
Kind = Literal["data", "metadata"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One kept answer.

    `key`, the file's name, is the hash of origin, kind, request and SCB's `updated`. A metadata answer has a request without codes. `retrieved` is UTC, ISO 8601.
    """

    key: str
    kind: Kind
    origin: Origin
    request: DataRequest
    updated: str
    retrieved: str
    sha256: str


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


class Bronze:
    """A folder of gzipped answers and `manifest.jsonl`; safe against kill -9 at any point."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def find(
        self, request: DataRequest, *, updated: str, origin: Origin, kind: Kind = "data"
    ) -> Entry | None:
        """The kept answer to this request at this `updated`, if its file is there."""
        raise NotImplementedError

    def has(self, request: DataRequest, *, updated: str, origin: Origin) -> bool:
        """Whether the answer to this request at this `updated` is kept."""
        raise NotImplementedError

    def put(
        self,
        request: DataRequest,
        raw: bytes,
        *,
        updated: str,
        origin: Origin,
        retrieved: str,
        kind: Kind = "data",
    ) -> Entry:
        """Keep an answer: whole file first, then its manifest line."""
        raise NotImplementedError

    def read(self, entry: Entry) -> bytes:
        """The answer's bytes; BronzeDamagedError (file set aside) when they fail their checksum."""
        raise NotImplementedError

    def entries(self) -> tuple[Entry, ...]:
        """Every kept answer, oldest first."""
        raise NotImplementedError

    def collection(self) -> Collection | None:
        """The outcome of the last complete fetch: what `build` reads."""
        raise NotImplementedError

    def keep_collection(self, collection: Collection) -> None:
        """Make this fetch the one that the next build reads."""
        raise NotImplementedError

    def prune(self) -> tuple[Entry, ...]:
        """Remove answers that a newer `updated` of the same table superseded; returns them."""
        raise NotImplementedError
