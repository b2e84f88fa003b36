"""The register of efforts: files in the data folder, an entry or a row an effort, or a link."""

import csv
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from barometer.catalogue.entry import CatalogueEntry
from barometer.catalogue.model import CatalogueError
from barometer.divisions import meant_code
from barometer.own_codes import is_own

EFFORTS: Final = "efforts.toml"
EFFORTS_CSV: Final = "efforts.csv"
FIELDS: Final = ("areas", "start", "indicator", "what", "who")
BETWEEN: Final = "|"  # the efforts of a link
_WITHIN: Final = ";"  # the fields of one
_LONGEST: Final = 80  # characters of what is done, and of who does it, in a link


@dataclass(frozen=True, slots=True)
class RegisteredEffort:
    """What is done where, from which year, by whom, and in which indicator it should show."""

    what: str
    who: str
    areas: tuple[str, ...]
    start: int
    indicator: str


def registered_efforts(
    folder: Path, *, indicators: Collection[str]
) -> tuple[RegisteredEffort, ...]:
    """The efforts of both files of a data folder; none where there is neither.

    Raises:
        CatalogueError: lists every fault of the files with its place.
    """
    found: list[RegisteredEffort] = []
    faults: list[str] = []
    for name in (EFFORTS, EFFORTS_CSV):
        try:
            found += load_efforts(folder / name, indicators=indicators)
        except CatalogueError as error:
            faults += error.faults
    if faults:
        raise CatalogueError(faults)
    return tuple(found)


def load_efforts(path: Path, *, indicators: Collection[str]) -> tuple[RegisteredEffort, ...]:
    """Read and check a register, TOML or CSV by its name; none where there is no file.

    Raises:
        CatalogueError: lists every fault of the file with its place.
    """
    if not path.is_file():
        return ()
    faults: list[str] = []
    entries = _rows(path, faults) if path.suffix == ".csv" else _tables(path, faults)
    efforts = tuple(_effort(entry, indicators) for entry in entries)
    if faults:
        raise CatalogueError(faults)
    return efforts


def written_effort(effort: RegisteredEffort) -> str:
    """An effort as a link has it: "0180,0380;2019;employed;what is done;who does it"."""
    parts = (",".join(effort.areas), str(effort.start), effort.indicator, effort.what, effort.who)
    return _WITHIN.join(part.replace(_WITHIN, ",").replace(BETWEEN, "/") for part in parts)


def read_effort(text: str) -> RegisteredEffort | None:
    """What `written_effort` writes, who it is may lack; None where it is no effort."""
    fields = dict(zip(FIELDS, (part.strip() for part in text.split(_WITHIN)), strict=False))
    areas = _codes(fields.get("areas", ""))
    start, what = fields.get("start", ""), fields.get("what", "")[:_LONGEST]
    if not areas or not _is_year(start) or not fields.get("indicator") or not what:
        return None
    who = fields.get("who", "")[:_LONGEST]
    return RegisteredEffort(what, who, tuple(areas), int(start), fields["indicator"])


def _tables(path: Path, faults: list[str]) -> Iterator[CatalogueEntry]:
    try:
        fields = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError([f"{path.name}: cannot be read as TOML in UTF-8: {error}"]) from error
    root = CatalogueEntry(path.name, fields, faults)
    yield from root.entries("efforts")
    root.close()


def _rows(path: Path, faults: list[str]) -> Iterator[CatalogueEntry]:
    """The rows of a table with the headings `FIELDS` in any order, as Excel saves it."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        separator = max(";,\t", key=(lines or [""])[0].count)
        table = csv.DictReader(lines, delimiter=separator)
        rows = [(table.line_num, row) for row in table if any(row.values())]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CatalogueError(
            [f"{path.name}: cannot be read as a table in UTF-8 ({error}): save it as CSV UTF-8"]
        ) from error
    lacking = [name for name in FIELDS if name not in (table.fieldnames or ())]
    if lacking:
        raise CatalogueError(
            [f"{path.name}: the first row lacks {', '.join(lacking)}; expected {', '.join(FIELDS)}"]
        )
    for line, row in rows:
        yield CatalogueEntry(f"{path.name}, line {line}", _fields(row), faults)


def _fields(row: Mapping[Any, Any]) -> dict[str, Any]:
    """A row's cells in the kinds that an entry has; empty ones are left out."""
    cells = {name: (row[name] or "").strip() for name in FIELDS}
    kinds: dict[str, Any] = {name: text for name, text in cells.items() if text}
    if "areas" in kinds:
        kinds["areas"] = _codes(cells["areas"])
    if _is_year(cells["start"]):
        kinds["start"] = int(cells["start"])
    return kinds


def _codes(text: str) -> list[str]:
    """Codes as written by a person or a spreadsheet, which takes the first nought of a kommun's."""
    codes = text.replace(",", " ").split()
    return [code if is_own(code) else meant_code(code) for code in codes]


def _is_year(text: str) -> bool:
    return len(text) == len("2019") and text.isascii() and text.isdecimal()


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
