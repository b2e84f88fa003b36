"""An operator's comparison groups: `peers.toml` in the data folder.

[sju]
name_sv = "Våra vanliga sju"
name_en = "Our usual seven"
areas = ["0380", "0580", "1280"]

An own area stands there as in an address: "own:0180C1010.0180C1020_DeSO2025:Norra staden".
"""

import logging
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from barometer.catalogue import Text

FILE: Final = "peers.toml"
_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Preset:
    """A comparison group: its name and its places by code."""

    name: Text
    areas: tuple[str, ...]


def presets_of(data_dir: Path) -> Mapping[str, Preset]:
    """The groups of a data folder by id; none without the file, or with one that is faulty.

    A faulty file is told of in the log: the site goes on without its groups.
    """
    path = data_dir / FILE
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return MappingProxyType({})


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> Mapping[str, Preset]:
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        return MappingProxyType({key: _preset(key, entry) for key, entry in entries.items()})
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        _LOG.warning(
            "%s cannot be used (%s): each group needs areas, a list of codes, and may have name_sv"
            " and name_en. No group is offered until it is mended",
            path.name,
            error,
        )
        return MappingProxyType({})


def _preset(key: str, entry: Any) -> Preset:
    areas = entry["areas"]
    if not isinstance(areas, list) or not all(isinstance(code, str) for code in areas):
        raise TypeError(f"[{key}] areas is no list of codes in quotes")
    name = str(entry.get("name_sv", key))
    return Preset(Text(name, str(entry.get("name_en", name))), tuple(areas))
