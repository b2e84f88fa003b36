"""What the commands have in common: where the numbers are read, and how a command stops."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NoReturn

import typer

from barometer.runs import printable
from barometer.settings import Settings, unreadable

if TYPE_CHECKING:
    from barometer.store import Reader

FAILED: Final = 1
MISUNDERSTOOD: Final = 2

DataDir = Annotated[Path | None, typer.Option(help="Data folder [DATA_DIR, ./data].")]
SnapshotFile = Annotated[
    Path | None, typer.Option(help="Read this snapshot file, not the published one.")
]
Out = Annotated[
    Path | None,
    typer.Option(
        help="File to write; else, or as -, standard output.",
        callback=lambda out: None if out == Path("-") else out,
    ),
]
Lang = Annotated[str, typer.Option(help="Language of names and headings: sv or en.")]


def stop(sentence: str, *, code: int = FAILED) -> NoReturn:
    """End the command with a sentence on standard error."""
    print(printable(sentence), file=sys.stderr)
    raise typer.Exit(code)


@contextmanager
def reading(*, data_dir: Path | None, snapshot: Path | None) -> Iterator["Reader"]:
    """A reader of the given snapshot file, or of the published one; stops where there is none."""
    from barometer.store import DamagedSnapshotError, NoSnapshotError, Store, read_snapshot

    published = (data_dir or _settings().data_dir) / "published"
    if fault := unreadable(snapshot or published):
        stop(fault, code=MISUNDERSTOOD)
    try:
        with read_snapshot(snapshot) if snapshot else Store(published).reader() as reader:
            yield reader
    except NoSnapshotError as error:
        stop(str(error) if snapshot else f"{published}: {error}")
    except DamagedSnapshotError as error:
        stop(f"{published}: {error}: python -m etl rollback serves the one before")


def _settings() -> Settings:
    try:
        return Settings.from_env()
    except ValueError as error:
        stop(str(error), code=MISUNDERSTOOD)
