"""One run of a command: locked, logged, its end recorded, its failures said in a sentence."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import orjson
import typer

from barometer.catalogue import CatalogueError
from barometer.pointer import current_snapshot, snapshot_id_of
from barometer.runs import STATUS_FILE, Run, Status, printable, read_status
from barometer.streams import OutputError
from etl.errors import (
    CatalogueMismatchError,
    ContractViolatedError,
    PipelineError,
    SourceUnavailableError,
)
from etl.fetch.bronze import write_atomically
from etl.journal import log_event, open_log
from etl.terminal import Terminal
from etl.workspace import FolderError, LockedError, Workspace

_MESSAGE: Final = 2_000  # characters


def record_status(
    published_dir: Path, *, command: str, started: datetime, exit_code: int, message: str = ""
) -> Status:
    """Keep how a run ended; a folder that cannot be written has been complained of already."""
    run = _finished(published_dir, command, started=started, exit_code=exit_code, message=message)
    before = read_status(published_dir)
    status = Status(
        last_run=run,
        last_success=run if exit_code == 0 else before.last_success,
        last_error=run if exit_code != 0 else before.last_error,
    )
    try:
        published_dir.mkdir(parents=True, exist_ok=True)
        packed = orjson.dumps(asdict(status), option=orjson.OPT_INDENT_2)
        write_atomically(published_dir / STATUS_FILE, packed)
    except OSError:
        return before
    return status


def _finished(
    published_dir: Path, command: str, *, started: datetime, exit_code: int, message: str
) -> Run:
    ended = datetime.now(UTC)
    current = current_snapshot(published_dir).path
    return Run(
        command=command,
        started=started.isoformat(timespec="seconds"),
        ended=ended.isoformat(timespec="seconds"),
        seconds=max(0.0, round((ended - started).total_seconds(), 1)),
        exit_code=exit_code,
        message=printable(message)[:_MESSAGE],
        snapshot_id=None if current is None else snapshot_id_of(current),
    )


__all__ = ["STATUS_FILE", "Status", "read_status", "record_status"]


EXIT_CODES: Final[dict[type[Exception], int]] = {
    ContractViolatedError: 4,
    CatalogueMismatchError: 5,
    CatalogueError: 5,
    SourceUnavailableError: 6,
    FolderError: 7,
    LockedError: 75,
}
_LOCKED: Final = 75
_CYCLES: Final = 100_000  # new objects: frames need no search for cycles, which takes a second
_BROKEN: Final = 1


@dataclass(slots=True)
class _End:
    """How a run ends unless it says otherwise: by a fault of ours, or by Ctrl-C."""

    exit_code: int = _BROKEN
    message: str = "ended by an unexpected error or by hand"


@contextmanager
def open_session(command: str, workspace: Workspace) -> Iterator[Terminal]:
    """Run a command's body: expected failures become a sentence on stderr and an exit code.

    The log and published/STATUS.json have every end, except that of a run that was turned away
    because another is at work: that one's status stays.
    """
    gc.set_threshold(_CYCLES)
    started, end = datetime.now(UTC), _End()
    with open_log(workspace.logs, run=f"{started:%Y%m%dT%H%M%SZ}"):
        log_event("started", command=command)
        try:
            with workspace.lock(), Terminal() as terminal:
                yield terminal
            end.exit_code, end.message = 0, "done"
        except (PipelineError, CatalogueError) as error:
            end.exit_code, end.message = _exit_code(error), printable(str(error))
            typer.echo(f"error: {end.message}", err=True)
            raise typer.Exit(end.exit_code) from error
        except OutputError as error:
            end.exit_code, end.message = error.code, str(error)
            raise
        finally:
            _record(command, workspace, started=started, end=end)


def _record(command: str, workspace: Workspace, *, started: datetime, end: _End) -> None:
    seconds = max(0.0, (datetime.now(UTC) - started).total_seconds())
    log_event(
        "ended",
        command=command,
        exit_code=end.exit_code,
        message=end.message,
        seconds=round(seconds, 1),
    )
    if end.exit_code == _LOCKED:
        return
    record_status(
        workspace.published,
        command=command,
        started=started,
        exit_code=end.exit_code,
        message=end.message,
    )


def _exit_code(error: PipelineError | ValueError) -> int:
    return next((EXIT_CODES[kind] for kind in type(error).__mro__ if kind in EXIT_CODES), _BROKEN)
