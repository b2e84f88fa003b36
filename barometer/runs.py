"""How the pipeline's runs ended: published/STATUS.json, written by etl and read by the site.

    {"last_run": {...}, "last_success": {...} or null, "last_error": {...} or null}

`last_error` stays after a later success, so that its `ended` is compared with that of
`last_success`.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import orjson

STATUS_FILE: Final = "STATUS.json"


@dataclass(frozen=True, slots=True)
class Run:
    """How a run went; moments in UTC, ISO 8601; `snapshot_id` is what is served after it."""

    command: str
    started: str
    ended: str
    seconds: float
    exit_code: int
    message: str
    snapshot_id: str | None

    @property
    def ended_at(self) -> datetime:
        """When it ended."""
        return datetime.fromisoformat(self.ended)


@dataclass(frozen=True, slots=True)
class Status:
    """The last run, the last that ended well and the last that did not."""

    last_run: Run | None = None
    last_success: Run | None = None
    last_error: Run | None = None

    @property
    def failing(self) -> bool:
        """Whether the last run ended badly."""
        return self.last_run is not None and self.last_run.exit_code != 0


def read_status(published_dir: Path) -> Status:
    """The status; empty when there is none that can be read."""
    try:
        content = orjson.loads((published_dir / STATUS_FILE).read_bytes())
        return Status(**{name: _run(fields) for name, fields in content.items()})
    except (OSError, ValueError, TypeError, AttributeError):
        return Status()


def _run(fields: dict[str, Any] | None) -> Run | None:
    if fields is None:
        return None
    run = Run(**fields)
    _ = run.ended_at, run.exit_code + 0  # as damaged as a file that is no JSON
    return run
