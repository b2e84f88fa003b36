"""SCB's file of changes in DeSO ("Historiska förändringar i DeSO"), as an operator gives it.

The file has a title and, below, the columns Kommun, Kommunnamn, Tidigare DeSO, DeSO,
Förändringstyp and Datum för förändring; a row is an area before and an area after, and the same
code twice is an area whose border moved.
"""

import csv
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from etl.errors import PipelineError

BEFORE: Final = "Tidigare DeSO"
AFTER: Final = "DeSO"
_CODE: Final = re.compile(r"\d{4}[ABC]\d{4}(_SYN)?")
_SHEET: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class ChangesError(PipelineError):
    """The file of changes cannot be used; the message says where and what it should hold."""


def read_changes(path: Path) -> tuple[tuple[str, str], ...]:
    """Pairs (code before, code after), plain codes; from .xlsx as SCB has it, or from .csv."""
    try:
        rows = list(_xlsx_rows(path) if path.suffix.lower() == ".xlsx" else _csv_rows(path))
    except (OSError, KeyError, zipfile.BadZipFile, ElementTree.ParseError) as error:
        raise ChangesError(f"{path} cannot be read as a table ({error!r})") from error
    start = next((n for n, row in enumerate(rows) if {BEFORE, AFTER} <= set(row)), None)
    if start is None:
        raise ChangesError(f"{path} has no row with the headings {BEFORE!r} and {AFTER!r}")
    before, after = rows[start].index(BEFORE), rows[start].index(AFTER)
    body = [(n, row) for n, row in enumerate(rows[start + 1 :], start + 2) if any(row)]
    pairs = [(n, _cell(row, before), _cell(row, after)) for n, row in body]
    strange = [f"row {n}: {a!r} to {b!r}" for n, a, b in pairs if not (_is_code(a) and _is_code(b))]
    if strange or not pairs:
        raise ChangesError(
            f"{path} should have DeSO codes (0114A0010) under {BEFORE!r} and {AFTER!r}: "
            + ("; ".join(strange[:5]) or "it has no row")
        )
    return tuple(dict.fromkeys((a, b) for _, a, b in pairs))


def _cell(row: list[str], at: int) -> str:
    return row[at].removesuffix("_DeSO2025") if at < len(row) else ""


def _is_code(text: str) -> bool:
    return _CODE.fullmatch(text) is not None


def _csv_rows(path: Path) -> Iterator[list[str]]:
    text = path.read_text(encoding="utf-8-sig")
    separator = ";" if text.count(";") > text.count(",") else ","
    for row in csv.reader(text.splitlines(), delimiter=separator):
        yield [cell.strip() for cell in row]


def _xlsx_rows(path: Path) -> Iterator[list[str]]:
    """The first sheet's rows as text."""
    with zipfile.ZipFile(path) as book:
        shared = _shared_texts(book)
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    for row in sheet.iter(f"{_SHEET}row"):
        cells = {_column(cell.get("r", "A")): _text(cell, shared=shared) for cell in row}
        yield [cells.get(at, "") for at in range(max(cells, default=-1) + 1)]


def _shared_texts(book: zipfile.ZipFile) -> list[str]:
    name = "xl/sharedStrings.xml"
    if name not in book.namelist():
        return []
    return [_joined(item) for item in ElementTree.fromstring(book.read(name))]


def _text(cell: ElementTree.Element, *, shared: list[str]) -> str:
    value = cell.findtext(f"{_SHEET}v") or ""
    if cell.get("t") == "s":
        return shared[int(value)].strip()
    return (value if cell.get("t") != "inlineStr" else _joined(cell)).strip()


def _joined(element: ElementTree.Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{_SHEET}t"))


def _column(reference: str) -> int:
    """The place of a cell: A1 is 0, AB7 is 27."""
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
