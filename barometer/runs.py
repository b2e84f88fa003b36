"""How the pipeline's runs ended: published/STATUS.json, written by etl and read by the site.

    {"last_run": {...}, "last_success": {...} or null, "last_error": {...} or null}

`last_error` stays after a later success, so that its `ended` is compared with that of
`last_success`.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import orjson

STATUS_FILE: Final = "STATUS.json"
_USER: Final = re.compile(r"(?<=://)[^\s/\"]*@")
# An absolute path but for its last part; not the path of a web address.
_FOLDERS: Final = re.compile(r"(?<![\w:/.])/(?:[^\s/'\"(),;]+/)+|(?<![\w:/.])/(?=[\w.])")


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
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return Status()


def _run(fields: dict[str, Any] | None) -> Run | None:
    if fields is None:
        return None
    run = Run(**fields | {"message": public_text(fields["message"])})
    _ = run.ended_at, run.exit_code + 0  # wrong types are treated as a file that is no JSON
    return run


def public_text(text: str) -> str:
    r"""A message as anybody may read it: no control characters, no folders of the machine.

    >>> public_text("/srv/data/run.lock cannot be used: \x1b]0;title")
    '…/run.lock cannot be used: ]0;title'
    """
    return _FOLDERS.sub("…/", printable(text))


def printable(text: str) -> str:
    r"""A text without control characters and passwords: a server's words reach terminals and logs.

    >>> printable("new\x1b]0;title\u202e")
    'new]0;title'
    """
    return without_password("".join(c for c in text if c == "\n" or c.isprintable()))


def without_password(text: str) -> str:
    """A text whose addresses name no user and no password.

    >>> without_password("s3://reader:s3cret@bucket/CURRENT cannot be had")
    's3://bucket/CURRENT cannot be had'
    """
    return _USER.sub("", text)
