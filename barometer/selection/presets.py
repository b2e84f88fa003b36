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
from barometer.operator_files import read_toml

FILE: Final = "peers.toml"
_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Preset:
    """A comparison group: its name and its places by code."""

    name: Text
    areas: tuple[str, ...]


def presets_of(data_dir: Path) -> Mapping[str, Preset]:
    """The groups of a data folder by id; none without the file, or with one that cannot be read.

    What is faulty is told of in the log: the site goes on with the groups that are sound.
    """
    path = data_dir / FILE
    try:
        changed = path.lstat().st_mtime_ns
    except OSError:
        return MappingProxyType({})
    with suppress(OSError):  # a link to nothing, or to itself
        changed += path.stat().st_mtime_ns
    return _read(path, changed)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> Mapping[str, Preset]:
    try:
        entries = read_toml(path)
    except ValueError as error:
        _LOG.warning("%s cannot be used (%s): no group is offered", path.name, error)
        return MappingProxyType({})
    return MappingProxyType(dict(_sound(path.name, entries)))


def _sound(file: str, entries: Mapping[str, Any]) -> Iterator[tuple[str, Preset]]:
    for key, entry in entries.items():
        areas = entry.get("areas") if isinstance(entry, dict) else None
        if isinstance(areas, list) and areas and all(isinstance(code, str) for code in areas):
            name = str(entry.get("name_sv", key))
            yield key, Preset(Text(name, str(entry.get("name_en", name))), tuple(areas))
        else:
            _LOG.warning(
                "%s: [%s] is not offered: it needs areas, a list of codes in quotes", file, key
            )
