"""Which code builds: a snapshot names it, and new code builds anew from the same inputs."""

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Final

from barometer import pointer

SCHEMA_VERSION: Final = pointer.SCHEMA_VERSION
_ROOT: Final = Path(__file__).parents[1]
_BUILDING_CODE: Final = (
    "etl",
    "barometer/indices",
    "barometer/catalogue",
    "barometer/areas",
    "barometer/signals",
)
_NOT_BUILDING: Final = ("etl/emulator", "etl/synthetic")
_READING_CODE: Final = ("network/answers.py", "fetch/metadata.py", "fetch/parse.py", "text.py")
_COUNTRY: Final = ("etl/synthetic", "data/country")


@cache
def code_version() -> str:
    """The package's version and a checksum of the code and the catalogue that build.

    The emulator is left out: what it answers is part of the inputs already.
    """
    answering = {_ROOT / folder for folder in _NOT_BUILDING}
    files = [
        path
        for folder in _BUILDING_CODE
        for path in (_ROOT / folder).rglob("*.py")
        if answering.isdisjoint(path.parents)
    ]
    files += [_ROOT / "barometer" / "divisions.py", _ROOT / "barometer" / "schema.sql"]
    files += (_ROOT / "barometer").glob("*.toml")
    try:
        version = metadata.version("segregation-barometer")
    except metadata.PackageNotFoundError:
        version = "0"
    return f"{version}+{_checksum(files)[:8]}"


@cache
def reader_version() -> str:
    """Checksum of the code that reads answers: what it has read it need not read again."""
    folder = Path(__file__).parent
    return _checksum(folder / name for name in _READING_CODE)[:12]


@cache
def country_version() -> str:
    """Checksum of what the synthetic country follows from: its code and its small tables."""
    return _checksum(
        path
        for folder in _COUNTRY
        for path in (_ROOT / folder).rglob("*")
        if path.suffix in {".py", ".csv", ".toml", ".txt"}
    )


def _checksum(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
