"""Which rows of a table are asked for, by a program or a command."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from barometer.divisions import Language


@dataclass(frozen=True, slots=True)
class Contents:
    """What a data set has rows of: area codes, indicators and groupings by id, and their years.

    `own_lacks` has the codes that it lacks of the own areas that were asked for.
    """

    areas: frozenset[str]
    indicators: frozenset[str]
    groupings: frozenset[str]
    years: Mapping[str, frozenset[int]] = field(default_factory=lambda: MappingProxyType({}))
    own_lacks: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class TableRequest:
    """Equal ones give equal rows; an empty tuple asks for all there are.

    `area` are the areas themselves and `within` what the areas lie in, by code; `limit` rows from
    `offset` on, None for every row; `q` is the text of a search.
    """

    indicator: tuple[str, ...] = ()
    background: tuple[str, ...] = ()
    grouping: tuple[str, ...] = ()
    index: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    year: tuple[int, ...] = ()
    area: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    q: str = ""
    lang: Language = "sv"
    limit: int | None = None
    offset: int = 0
