"""Who works with what: actors, their mandates and indicators, read from actors.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal

from barometer.catalogue import Catalogue, CatalogueError, Text
from barometer.catalogue.entry import CatalogueEntry
from barometer.divisions import LEVELS, Level

ACTORS_FILE: Final = Path(__file__).with_name("actors.toml")

StartPage = Literal["karta", "segregation", "omradestyper", "folj-upp"]


@dataclass(frozen=True, slots=True)
class Start:
    """A question that opens another page; without an indicator the page opens as it is."""

    page: StartPage
    question: Text
    indicator: str | None
    level: Level | None


@dataclass(frozen=True, slots=True)
class Actor:
    """A kind of actor; `indicators` are ids of the catalogue in the file's order."""

    actor_id: str
    name: Text
    mandate: Text
    indicators: tuple[str, ...]
    starts: tuple[Start, ...]


def load_actors(catalogue: Catalogue, *, path: Path = ACTORS_FILE) -> Mapping[str, Actor]:
    """Read and check the actors, in the order of the file.

    Raises:
        CatalogueError: lists every fault of the file with its place.
    """
    faults: list[str] = []
    found = {
        actor_id: _actor(
            actor_id, CatalogueEntry(f"{path.name}: {actor_id}", fields, faults), catalogue
        )
        for actor_id, fields in _read(path, faults).items()
    }
    if faults:
        raise CatalogueError(faults)
    return MappingProxyType(found)


def shared(first: Actor, second: Actor) -> tuple[str, ...]:
    """The indicators of both, in the first one's order."""
    return tuple(i for i in first.indicators if i in second.indicators)


def _read(path: Path, faults: list[str]) -> dict[str, dict[str, Any]]:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        faults.append(f"{path.name}: not found in {path.parent}")
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(f"{path.name}: is not TOML in UTF-8: {error}")
        return {}
    faults += [f"{path.name}: {k}: is not a table" for k, v in found.items() if type(v) is not dict]
    if not found:
        faults.append(f"{path.name}: has no actor; expected tables, one an actor")
    return {key: value for key, value in found.items() if isinstance(value, dict)}


def _actor(actor_id: str, entry: CatalogueEntry, catalogue: Catalogue) -> Actor:
    indicators = entry.words("indicators")
    for indicator in indicators:
        _check_indicator(entry, "indicators", indicator, catalogue)
    for indicator in sorted({i for i in indicators if indicators.count(i) > 1}):
        entry.fault("indicators", f"{indicator!r} stands there more than once")
    if not indicators and entry.has("indicators"):
        entry.fault("indicators", "needs at least 1")
    actor = Actor(
        actor_id=actor_id,
        name=entry.text("name"),
        mandate=entry.text("mandate"),
        indicators=indicators,
        starts=tuple(_start(start, catalogue) for start in entry.entries("starts", least=1)),
    )
    entry.close()
    return actor


def _start(entry: CatalogueEntry, catalogue: Catalogue) -> Start:
    indicator = entry.get("indicator", str) if entry.has("indicator") else None
    if indicator is not None:
        _check_indicator(entry, "indicator", indicator, catalogue)
    start = Start(
        page=entry.one_of("page", StartPage),
        question=Text(entry.get("sv", str), entry.get("en", str)),
        indicator=indicator,
        level=entry.one_of("level", LEVELS) if entry.has("level") else None,
    )
    entry.close()
    return start


def _check_indicator(entry: CatalogueEntry, key: str, indicator: str, catalogue: Catalogue) -> None:
    if indicator not in catalogue.indicators:
        entry.fault(key, f"{indicator!r} is no indicator of indicators.toml")
