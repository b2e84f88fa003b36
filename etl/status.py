"""How the pipeline fares: published/STATUS.json, which the site shows at /health.

    {"last_run": {...}, "last_success": {...} or null, "last_error": {...} or null}

Each run has command, started, ended (UTC, ISO 8601), seconds, exit_code, message and the
snapshot_id that is served after it (null when none is). `last_error` stays after a later success,
so that compare its `ended` with that of `last_success`.
"""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import orjson

from barometer.pointer import current_snapshot, snapshot_id_of
from etl.bronze import write_atomically

STATUS_FILE: Final = "STATUS.json"
_MESSAGE: Final = 2_000  # characters


@dataclass(frozen=True, slots=True)
class Run:
    """How a run of the pipeline went."""

    command: str
    started: str
    ended: str
    seconds: float
    exit_code: int
    message: str
    snapshot_id: str | None


@dataclass(frozen=True, slots=True)
class Status:
    """The last run, the last that ended well and the last that did not."""

    last_run: Run | None = None
    last_success: Run | None = None
    last_error: Run | None = None


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


def read_status(published_dir: Path) -> Status:
    """The status; empty when there is none that can be read."""
    try:
        content = orjson.loads((published_dir / STATUS_FILE).read_bytes())
        return Status(**{name: _run(fields) for name, fields in content.items()})
    except (OSError, orjson.JSONDecodeError, TypeError, AttributeError):
        return Status()


def _run(fields: dict[str, Any] | None) -> Run | None:
    return None if fields is None else Run(**fields)


def _finished(
    published_dir: Path, command: str, *, started: datetime, exit_code: int, message: str
) -> Run:
    ended = datetime.now(UTC)
    current = current_snapshot(published_dir).path
    return Run(
        command=command,
        started=started.isoformat(timespec="seconds"),
        ended=ended.isoformat(timespec="seconds"),
        seconds=round((ended - started).total_seconds(), 1),
        exit_code=exit_code,
        message=message[:_MESSAGE],
        snapshot_id=None if current is None else snapshot_id_of(current),
    )
