"""Snapshots that were rolled back from: published/HOLD, one a line.

    barometer-20261129-scb-1a2b3c4d.duckdb 6d0f…

A name, and the checksum of the inputs that the snapshot was built of. A scheduled run publishes
none of them again; publishing by hand, or `--even-if-held`, releases them.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from etl.fetch.bronze import write_atomically
from etl.workspace import provenance_of

HOLD: Final = "HOLD"
_UNKNOWN: Final = "-"  # inputs of a snapshot that cannot be read


@dataclass(frozen=True, slots=True)
class Held:
    """The names and the inputs' checksums that are on hold."""

    entries: tuple[tuple[str, str], ...] = ()

    def has_name(self, name: str) -> bool:
        """Whether the snapshot with this file name is on hold."""
        return any(name == held for held, _ in self.entries)

    def name_of_inputs(self, sha256: str) -> str | None:
        """The snapshot on hold that was built of these inputs; None when there is none."""
        return next((name for name, inputs in self.entries if inputs == sha256), None)


def read_hold(published_dir: Path) -> Held:
    """What is on hold; nothing without the file."""
    try:
        lines = (published_dir / HOLD).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return Held()
    parts = (line.partition(" ") for line in lines)
    return Held(tuple((name, inputs) for name, _, inputs in parts if inputs))


def hold(published_dir: Path, snapshot: Path) -> None:
    """Put a snapshot on hold."""
    kept = [entry for entry in read_hold(published_dir).entries if entry[0] != snapshot.name]
    _write(published_dir, [*kept, (snapshot.name, _inputs_of(snapshot))])


def release(published_dir: Path, snapshot: Path | None = None) -> None:
    """Release a snapshot, or all of them."""
    held = read_hold(published_dir).entries
    kept = [entry for entry in held if snapshot is not None and entry[0] != snapshot.name]
    if len(kept) != len(held):
        _write(published_dir, kept)


def _write(published_dir: Path, entries: list[tuple[str, str]]) -> None:
    if entries:
        lines = "".join(f"{name} {inputs}\n" for name, inputs in entries)
        write_atomically(published_dir / HOLD, lines.encode())
    else:
        (published_dir / HOLD).unlink(missing_ok=True)


def _inputs_of(snapshot: Path) -> str:
    provenance = provenance_of(snapshot)
    return provenance[0] if provenance else _UNKNOWN
