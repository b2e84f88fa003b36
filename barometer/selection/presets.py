"""An operator's comparison groups: `peers.toml` in the data folder.

[sju]
name_sv = "Våra vanliga sju"
name_en = "Our usual seven"
areas = ["0380", "0580", "1280"]

An own area stands there as in an address: "own:0180C1010.0180C1020_DeSO2025:Norra staden".
"""

import logging
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from barometer.catalogue import Text
from barometer.operator_files import named_file, read_toml

FILE: Final = "peers.toml"
_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Preset:
    """A comparison group: its name and its places by code."""

    name: Text
    areas: tuple[str, ...]


def presets_of(data_dir: Path) -> Mapping[str, Preset]:
    """The groups of a data folder by id; none without the file, or with one that cannot be read.

    The site goes on with the groups that are sound; `preset_faults` tells of the others.
    """
    return _groups(data_dir)[0]


def preset_faults(data_dir: Path) -> tuple[str, ...]:
    """What is wrong with the groups of a data folder, a sentence each."""
    return _groups(data_dir)[1]


def _groups(data_dir: Path) -> tuple[Mapping[str, Preset], tuple[str, ...]]:
    path = named_file(data_dir, FILE)
    try:
        changed = path.lstat().st_mtime_ns
    except OSError:
        return MappingProxyType({}), ()
    with suppress(OSError):  # a link to nothing, or to itself
        changed += path.stat().st_mtime_ns
    return _read(path, changed)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> tuple[Mapping[str, Preset], tuple[str, ...]]:
    faults: list[str] = []
    try:
        entries = read_toml(path)
    except ValueError as error:
        entries = {}
        faults.append(f"{path.name} cannot be used ({error}): no group is offered")
    groups = dict(_sound(path.name, entries, faults))
    for fault in faults:
        _LOG.warning("%s", fault)
    return MappingProxyType(groups), tuple(faults)


def _sound(
    file: str, entries: Mapping[str, Any], faults: list[str]
) -> Iterator[tuple[str, Preset]]:
    for key, entry in entries.items():
        areas = entry.get("areas") if isinstance(entry, dict) else None
        if isinstance(areas, list) and areas and all(isinstance(code, str) for code in areas):
            name = str(entry.get("name_sv", key))
            yield key, Preset(Text(name, str(entry.get("name_en", name))), tuple(areas))
        else:
            faults.append(
                f"{file}: [{key}] is not offered: it needs areas, a list of codes in quotes"
            )
