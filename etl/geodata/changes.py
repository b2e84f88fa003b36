"""SCB's file of changes in DeSO ("Historiska förändringar i DeSO"), as an operator gives it.

The file has a title and, below, the columns Kommun, Kommunnamn, Tidigare DeSO, DeSO,
Förändringstyp and Datum för förändring; a row is an area before and an area after, and the same
code twice is an area whose border moved.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from barometer.divisions import plain_code
from etl.errors import PipelineError
from etl.text import clean_label

BEFORE: Final = "Tidigare DeSO"
AFTER: Final = "DeSO"
_CODE: Final = re.compile(r"\d{4}[ABC]\d{4}(_SYN)?")


class ChangesError(PipelineError):
    """The file of changes cannot be used; the message says where and what it should hold."""


def read_changes(path: Path) -> tuple[tuple[str, str], ...]:
    """Pairs (code before, code after), plain codes; from .xlsx as SCB has it, or from .csv."""
    try:
        rows = list(_xlsx_rows(path) if path.suffix.lower() == ".xlsx" else _csv_rows(path))
    except Exception as error:  # openpyxl lets through whatever a damaged file makes it raise
        raise ChangesError(
            f"{path} cannot be read as a table ({type(error).__name__}): save it again as .xlsx or "
            ".csv"
        ) from error
    start = _heading_row(rows)
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
    """A DeSO code as it should be, from whatever blanks, case and suffix it was written with."""
    return plain_code(row[at]) if at < len(row) else ""


def _is_code(text: str) -> bool:
    return _CODE.fullmatch(text) is not None


def _csv_rows(path: Path) -> Iterator[list[str]]:
    text = _decoded(path.read_bytes())
    separator = max(";,\t", key=text.count)
    for row in csv.reader(text.splitlines(), delimiter=separator):
        yield [_as_text(cell) for cell in row]


def _decoded(content: bytes) -> str:
    """The text of a file that Excel or a database has written: UTF-8, or Windows-1252 as before."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def xlsx_sheets(path: Path) -> list[list[list[str]]]:
    """The rows of each sheet of a workbook, every cell as text."""
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True)
    try:
        return [
            [[_as_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
            for sheet in book.worksheets
        ]
    finally:
        book.close()


def _xlsx_rows(path: Path) -> Iterator[list[str]]:
    """The rows of the first sheet that has the headings, as text; else of the first sheet."""
    sheets = xlsx_sheets(path)
    yield from next((rows for rows in sheets if _heading_row(rows) is not None), sheets[0])


def _as_text(cell: object) -> str:
    """A cell as text, on one line and without blanks around it.

    Excel writes a text that looks like a number as ="0114".
    """
    text = "" if cell is None else clean_label(str(cell))
    return text[2:-1] if text.startswith('="') and text.endswith('"') else text


def _heading_row(rows: list[list[str]]) -> int | None:
    return next((n for n, row in enumerate(rows) if {BEFORE, AFTER} <= set(row)), None)
