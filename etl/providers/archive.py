"""What others overwrite, kept by date: an agency's answer or file as it was on the day.

A file is archive/<provider>/<table>/<date>-<checksum>.<ending>.gz; the same content is kept once.
"""

import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from etl.fetch.bronze import write_atomically
from etl.network.answers import unpack

_LARGEST = 2**28


@dataclass(frozen=True, slots=True)
class ArchivedAnswer:
    """One kept answer: the day it came (ISO), what its name ends with, and its bytes."""

    day: str
    name: str
    raw: bytes


class Archive:
    """A folder of answers that is only ever added to."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def keep(self, provider: str, table_id: str, raw: bytes, *, ending: str) -> Path:
        """Keep an answer, unless the same bytes are kept already; gives its file."""
        folder = self.directory / provider / table_id
        mark = hashlib.sha256(raw).hexdigest()[:16]
        known = next(folder.glob(f"*-{mark}.{ending}.gz"), None) if folder.is_dir() else None
        if known:
            return known
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{datetime.now(UTC):%Y-%m-%d}-{mark}.{ending}.gz"
        write_atomically(path, gzip.compress(raw, 6, mtime=0))
        return path

    def answers(self, provider: str, table_id: str) -> Iterator[ArchivedAnswer]:
        """Everything kept of a table, oldest day first."""
        folder = self.directory / provider / table_id
        for path in sorted(folder.glob("*.gz")) if folder.is_dir() else ():
            name = path.name.removesuffix(".gz").partition(".")[2]
            yield ArchivedAnswer(
                path.name[:10], name, unpack(path.read_bytes(), max_bytes=_LARGEST)
            )
