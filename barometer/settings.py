"""The settings of a running barometer, read once from the environment by whoever starts it."""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

DEFAULT_PORT = 8050
NO_RATE_LIMIT = "off"
_COUNTS_DIR = "PROMETHEUS_MULTIPROC_DIR"  # prometheus_client reads it too, when it is imported
_BASE = re.compile(r"(?:/[A-Za-z0-9][A-Za-z0-9._~-]*)*/?")
_RATE = re.compile(r"[1-9][0-9]{0,8}/(second|minute|hour|day)")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the data lies and where the site listens.

    Environment: DATA_DIR (folder with bronze/ and published/, default ./data), HOST, PORT and
    WORKERS (the web server), PROXIES (how many reverse proxies stand in front and may say who is
    asking and, with X-Forwarded-Prefix, under which path), RATE_LIMIT (what one address may ask of
    all that is costly, "600/minute"; "off" for no limit; empty for a generous one that leaves this
    machine's own requests alone), METRICS ("open" lets other machines read /metrics), BASE_PATH
    (the path of another site that this one lies under, "/barometer"), BAROMETER_API (address of
    SCB's PxWebApi 2 or of an emulator). `counts_dir` is where several workers count their requests
    together, if they do.
    """

    data_dir: Path
    host: str
    port: int
    workers: int
    api: str
    rate_limit: str = ""
    proxies: int = 0
    counts_dir: Path | None = None
    open_metrics: bool = False
    base_path: str = ""

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read the environment; raises ValueError naming every variable that cannot be used."""
        env = os.environ if environ is None else environ
        faults: list[str] = []
        settings = cls(
            data_dir=Path(env.get("DATA_DIR") or "data").expanduser(),
            host=env.get("HOST") or "127.0.0.1",
            port=_whole(env, "PORT", default=DEFAULT_PORT, least=1, most=65535, faults=faults),
            workers=_whole(env, "WORKERS", default=2, least=1, most=64, faults=faults),
            api=env.get("BAROMETER_API") or "https://statistikdatabasen.scb.se/api/v2",
            rate_limit=_rate(env, faults=faults),
            proxies=_whole(env, "PROXIES", default=0, least=0, most=9, faults=faults),
            open_metrics=_is_open(env, faults=faults),
            base_path=_base(env, faults=faults),
            counts_dir=Path(env[_COUNTS_DIR]) if env.get(_COUNTS_DIR) else None,
        )
        if fault := unreadable(settings.data_dir):
            faults.append(fault)
        if faults:
            raise ValueError("; ".join(faults))
        return settings

    @property
    def published_dir(self) -> Path:
        """Folder of the published snapshots and the pointer to the current one."""
        return self.data_dir / "published"

    @property
    def fonts_dir(self) -> Path:
        """Folder of the packed fonts; made where it can be."""
        return self.data_dir / "fonts"

    @property
    def pictures_dir(self) -> Path:
        """Folder of the drawn maps of the start page; made where it can be."""
        return self.data_dir / "pictures"


@contextmanager
def counting_together() -> Iterator[None]:
    """This process and all that it forks count their requests in one folder of their own.

    To be entered before prometheus_client is imported. The folder goes when this process leaves.
    """
    folder, own = tempfile.mkdtemp(prefix="barometer-counts-"), os.getpid()
    os.environ[_COUNTS_DIR] = folder
    try:
        yield
    finally:
        if os.getpid() == own:  # a worker leaves here too
            del os.environ[_COUNTS_DIR]
            shutil.rmtree(folder, ignore_errors=True)


def _whole(
    env: Mapping[str, str], name: str, *, default: int, least: int, most: int, faults: list[str]
) -> int:
    text = env.get(name) or str(default)
    if text.isdecimal() and least <= int(text) <= most:
        return int(text)
    faults.append(f"{name}={text!r} is not a whole number from {least} to {most}: set {name} anew")
    return default


def _rate(env: Mapping[str, str], *, faults: list[str]) -> str:
    text = env.get("RATE_LIMIT") or ""
    if text not in ("", NO_RATE_LIMIT) and _RATE.fullmatch(text) is None:
        faults.append(
            f"RATE_LIMIT={text!r} is no rate: write it as 60/minute, {NO_RATE_LIMIT} for none, or "
            "leave it empty"
        )
    return text


def _is_open(env: Mapping[str, str], *, faults: list[str]) -> bool:
    text = env.get("METRICS") or ""
    if text not in ("", "open"):
        faults.append(f"METRICS={text!r} is not understood: set it to open, or leave it empty")
    return text == "open"


def _base(env: Mapping[str, str], *, faults: list[str]) -> str:
    text = env.get("BASE_PATH") or ""
    if not is_base(text):
        faults.append(f"BASE_PATH={text!r} is no path: write it as /barometer, or leave it empty")
    return text.rstrip("/")


def is_base(text: str) -> bool:
    """Whether a text is a path that the site can lie under."""
    return _BASE.fullmatch(text) is not None


def unreadable(path: Path) -> str | None:
    """Why DuckDB cannot open a folder or file: it takes a part of such paths for something else."""
    if odd := {"?", "\\"} & set(str(path.absolute())):
        marks = " and ".join(sorted(odd))
        return (
            f"{path.absolute()} has {marks} in its path, which DuckDB cannot open: choose another"
        )
    if str(path.absolute()).isascii() or sys.getfilesystemencoding() == "utf-8":
        return None
    return f"{path} has letters beyond a-z in its path and PYTHONUTF8 is off: set it to 1"
