"""The register of efforts: files in the data folder, an entry or a row an effort, or a link."""

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from barometer.catalogue.entry import CatalogueEntry
from barometer.catalogue.model import CatalogueError
from barometer.divisions import meant_code
from barometer.operator_files import named_file, read_toml, rows_of, utf8_text
from barometer.own_codes import is_local, is_own

EFFORTS: Final = "efforts.toml"
EFFORTS_CSV: Final = "efforts.csv"
FIELDS: Final = ("areas", "start", "indicator", "what", "who")
BETWEEN: Final = "|"  # the efforts of a link
_WITHIN: Final = ";"  # the fields of one
_LONGEST: Final = 80  # characters of what is done, and of who does it, in a link
_LONGEST_TEXT: Final = 500  # of the same in a file


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
            found += load_efforts(named_file(folder, name), indicators=indicators)
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
    if not os.path.lexists(path):
        return ()
    faults: list[str] = []
    entries = _rows(path, faults) if path.suffix.casefold() == ".csv" else _tables(path, faults)
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
        fields = read_toml(path)
    except ValueError as error:
        raise CatalogueError([f"{path.name}: cannot be read as TOML in UTF-8: {error}"]) from error
    root = CatalogueEntry(path.name, fields, faults)
    yield from root.entries("efforts")
    root.close()


def _rows(path: Path, faults: list[str]) -> Iterator[CatalogueEntry]:
    """The rows of a table with the headings `FIELDS` in any order, as Excel saves it."""
    try:
        rows = list(rows_of(utf8_text(path.read_bytes())))
    except OSError as error:
        why = f"is no file that can be read ({error.strerror}): put it there again"
        raise CatalogueError([f"{path.name}: {why}"]) from error
    except ValueError as error:
        raise CatalogueError([f"{path.name}: {error}"]) from error
    head = [name.casefold() for name in rows[0][1]] if rows else []
    lacking = [name for name in FIELDS if name not in head]
    doubled = [name for name in FIELDS if head.count(name) > 1]
    if lacking or doubled:
        wrong = f"lacks {', '.join(lacking)}" if lacking else f"has {', '.join(doubled)} twice"
        raise CatalogueError([f"{path.name}: the first row {wrong}; expected {', '.join(FIELDS)}"])
    for line, row in rows[1:]:
        fields = _fields(dict(zip(head, row, strict=False)))
        entry = CatalogueEntry(f"{path.name}, line {line}", fields, faults)
        if any(row[len(head) :]):
            entry.fault("", f'{len(row)} cells and {len(head)} headings: put " around long texts')
        yield entry


def _fields(row: Mapping[str, str]) -> dict[str, Any]:
    """A row's cells in the kinds that an entry has; empty ones are left out."""
    kinds: dict[str, Any] = {name: row[name] for name in FIELDS if row.get(name)}
    if "areas" in kinds:
        kinds["areas"] = _codes(row["areas"])
    if _is_year(row.get("start", "")):
        kinds["start"] = int(row["start"])
    return kinds


def _codes(text: str) -> list[str]:
    """Codes as written by a person or a spreadsheet, which takes the first nought of a kommun's.

    Commas or blanks part them; the name of an own area may have blanks.
    """
    parts = [part.strip() for part in text.split(",")]
    codes = [code for part in parts for code in ([part] if is_own(part) else part.split())]
    return list(dict.fromkeys(map(_code, codes)))


def _code(written: str) -> str:
    return written if is_own(written) or is_local(written) else meant_code(written)


def _is_year(text: str) -> bool:
    return len(text) == len("2019") and text.isascii() and text.isdecimal()


def _effort(entry: CatalogueEntry, indicators: Collection[str]) -> RegisteredEffort:
    effort = RegisteredEffort(
        what=_line(entry, "what"),
        who=_line(entry, "who", default=""),
        areas=tuple(dict.fromkeys(map(_code, entry.words("areas")))),
        start=entry.get("start", int),
        indicator=entry.get("indicator", str),
    )
    if effort.indicator not in indicators:
        entry.fault("indicator", f"{effort.indicator!r} is no indicator of indicators.toml")
    if not effort.areas:
        entry.fault("areas", "names no area; expected codes of kommuner, RegSO or DeSO")
    entry.close()
    return effort


def _line(entry: CatalogueEntry, key: str, *, default: str | None = None) -> str:
    """A text of an effort on one line; blank only where it may lack."""
    line = " ".join(entry.get(key, str, default=default).split())
    if not line and default is None and entry.has(key):
        entry.fault(key, "is blank")
    if len(line) > _LONGEST_TEXT or not line.isprintable():
        entry.fault(key, f"is longer than {_LONGEST_TEXT} letters, or has control characters")
    return line
