"""How the pipeline fares: keeps published/STATUS.json, which the site shows at /health."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import orjson

from barometer.pointer import current_snapshot, snapshot_id_of
from barometer.runs import STATUS_FILE, Run, Status, printable, read_status
from etl.fetch.bronze import write_atomically

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
