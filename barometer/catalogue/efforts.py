"""The register of efforts: a file in the data folder, an entry an effort (efforts.toml)."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from barometer.catalogue.entry import CatalogueEntry
from barometer.catalogue.model import CatalogueError

EFFORTS: Final = "efforts.toml"


@dataclass(frozen=True, slots=True)
class RegisteredEffort:
    """What is done where, from which year, by whom, and in which indicator it should show."""

    what: str
    who: str
    areas: tuple[str, ...]
    start: int
    indicator: str


def load_efforts(path: Path, *, indicators: Collection[str]) -> tuple[RegisteredEffort, ...]:
    """Read and check a register; none where there is no file.

    Raises:
        CatalogueError: lists every fault of the file with its place.
    """
    if not path.is_file():
        return ()
    try:
        fields = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError([f"{path.name}: cannot be read as TOML in UTF-8: {error}"]) from error
    faults: list[str] = []
    root = CatalogueEntry(path.name, fields, faults)
    efforts = tuple(_effort(entry, indicators) for entry in root.entries("efforts"))
    root.close()
    if faults:
        raise CatalogueError(faults)
    return efforts


def _effort(entry: CatalogueEntry, indicators: Collection[str]) -> RegisteredEffort:
    effort = RegisteredEffort(
        what=entry.get("what", str),
        who=entry.get("who", str, default=""),
        areas=entry.words("areas"),
        start=entry.get("start", int),
        indicator=entry.get("indicator", str),
    )
    if effort.indicator not in indicators:
        entry.fault("indicator", f"{effort.indicator!r} is no indicator of indicators.toml")
    if not effort.areas:
        entry.fault("areas", "names no area; expected codes of kommuner, RegSO or DeSO")
    entry.close()
    return effort
