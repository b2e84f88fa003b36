"""What all parsers share: figures, faults with their lines, areas, numbers and years."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from barometer import operator_files
from barometer.catalogue.local import EVERYBODY
from barometer.divisions import OWN, covers, meant_code, parse_area_code
from etl.fetch.parse import LARGEST_VALUE
from etl.providers.cube import SUPPRESSED
from etl.text import excerpt

_MISSING: Final = ("", ".", "-", "–")
_SECRET: Final = ("..", "*", "x")
_YEAR: Final = re.compile(r"(?:19|20|21)\d\d")
_LONGEST_FAULT: Final = 500  # characters: a cell that is repeated may have any number
_SUFFIXES: Final = ("_DeSO2025", "_RegSO2025")


@dataclass(frozen=True, slots=True)
class KnownArea:
    """An area that figures can be about: its level and name."""

    level: str
    name: str


@dataclass(frozen=True, slots=True)
class FileFigure:
    """One figure of a file; `content` is value, numerator or denominator."""

    area_id: str
    year: int
    content: str
    value: float | None
    mark: str = ""
    group: str = EVERYBODY


class FileFaultError(Exception):
    """A file cannot be used; `lines` are all of its faults, each with its place."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = [excerpt(line, longest=_LONGEST_FAULT) for line in lines]
        super().__init__("; ".join(self.lines))


@dataclass(frozen=True)
class FileContext:
    """What files are read with: their entry of the catalogue, and the areas that there are."""

    entry: Mapping[str, Any]
    areas: Mapping[str, KnownArea]
    faults: list[str] = field(default_factory=list)

    @cached_property
    def kommuner(self) -> dict[str, str]:
        """Kommuner by their name in lower case, with and without "kommun" or "stad"."""
        found: dict[str, str] = {}
        for area_id, area in self.areas.items():
            if area.level == "kommun":
                found.setdefault(_plain(area.name), area_id)
        return found

    @cached_property
    def own_ids(self) -> dict[str, str]:
        """Areas of operators' own divisions by their id alone, where one division has it."""
        own = [area_id for area_id, area in self.areas.items() if area.level == OWN]
        counts = Counter(area_id.partition(":")[2] for area_id in own)
        return {bare: code for code in own if counts[bare := code.partition(":")[2]] == 1}

    def kommun_named(self, name: str) -> str | None:
        """The kommun of a name as agencies write it: "Upplands Väsby", "Göteborgs stad"."""
        plain = _plain(name)
        return self.kommuner.get(plain) or self.kommuner.get(plain.removesuffix("s"))

    def area_of(self, code: str, year: int) -> str | None:
        """The area of a code in a year; a small area's code may lack the mark of its division."""
        meant = code if code in self.areas else self.own_ids.get(code) or meant_code(code)
        for candidate in (meant, *(f"{meant}{suffix}" for suffix in _SUFFIXES)):
            known = parse_area_code(candidate)
            if candidate in self.areas and (known is None or covers(known.division, year)):
                return candidate
        return None

    def why_unknown(self, code: str, year: int) -> str:
        """What is wrong with a code, and what could be meant."""
        if code in self.areas:
            return f"area {code!r} has other borders in {year}: name the area of that year"
        named = self.kommun_named(code)
        hint = f"; {code} is {named}" if named else ""
        return f"area {code!r} is not among the {len(self.areas):,} areas of the data set{hint}"


def decode(raw: bytes) -> str:
    """A file's text: UTF-8 with or without a byte order mark.

    Raises:
        FileFaultError: it is in another encoding.
    """
    try:
        return operator_files.utf8_text(raw)
    except ValueError as error:
        raise FileFaultError([str(error)]) from error


def rows_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with the numbers of their lines.

    Raises:
        FileFaultError: it is no table as text.
    """
    try:
        yield from operator_files.rows_of(text)
    except ValueError as error:
        raise FileFaultError([str(error)]) from error


def number(text: str) -> tuple[float | None, str]:
    """A number with its mark: "1 234,5", "241.3"; None for a missing or secret one.

    Raises:
        ValueError: it is none of these.
    """
    plain = "".join(text.split()).replace("−", "-").removesuffix("%")
    if plain in _MISSING:
        return None, ""
    if plain.casefold() in _SECRET:
        return None, SUPPRESSED
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    if not re.fullmatch(r"-?\d+(\.\d+)?", plain) or abs(float(plain)) >= LARGEST_VALUE:
        raise ValueError(text)
    return float(plain) + 0.0, ""  # -0 is 0


def year_in(name: str) -> int | None:
    """The last year in a file's name: "Anmälda brott kommunerna 2024.csv"."""
    found = _YEAR.findall(name)
    return int(found[-1]) if found else None


def _plain(name: str) -> str:
    text = " ".join(name.casefold().split())
    for ending in (" kommun", " stad"):
        text = text.removesuffix(ending)
    return text
