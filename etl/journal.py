"""The pipeline's log: JSON lines in a folder, a new file when one is full, the oldest removed.

Each line has `at` (UTC), `level`, `event`, `run` (the same for all lines of a run) and what the
event says of itself. The calls that httpx makes are logged too.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

import orjson

from barometer.runs import without_password

LOG_FILE: Final = "etl.jsonl"
_BYTES: Final = 2_000_000
_OLDER: Final = 5  # files kept beside the one that is written
_LOGGERS: Final = ("etl", "httpx")
_EVENTS: Final = logging.getLogger("etl.events")


def log_event(event: str, *, level: int = logging.INFO, **fields: object) -> None:
    """Write a line, if a log is open."""
    _EVENTS.log(level, event, extra={"fields": fields})


@contextmanager
def open_log(folder: Path, *, run: str, bytes_a_file: int = _BYTES) -> Iterator[None]:
    """Log to folder/etl.jsonl until left; a folder that cannot be written stops no run."""
    handler = _open_handler(folder, run=run, bytes_a_file=bytes_a_file)
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.removeHandler(handler)
            logger.setLevel(level)
        handler.close()


def _open_handler(folder: Path, *, run: str, bytes_a_file: int) -> logging.Handler:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = _QuietHandler(
            folder / LOG_FILE, maxBytes=bytes_a_file, backupCount=_OLDER, encoding="utf-8"
        )
    except OSError:  # the run itself will say what is wrong with the data folder
        return logging.NullHandler()
    handler.setFormatter(_JsonLines(run))
    return handler


class _QuietHandler(RotatingFileHandler):
    """A full disk costs log lines, never the run nor the operator's screen."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # logging's name
        del record

    def close(self) -> None:
        """Also when what is left cannot be written."""
        with suppress(OSError):
            super().close()


class _JsonLines(logging.Formatter):
    def __init__(self, run: str) -> None:
        super().__init__()
        self._run = run

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {
            "at": moment,
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            "run": self._run,
            **getattr(record, "fields", {}),
        }
        if record.name not in _LOGGERS[:1] and not hasattr(record, "fields"):
            line["logger"] = record.name
        return without_password(orjson.dumps(line, default=str).decode())
