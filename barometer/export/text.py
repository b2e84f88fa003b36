"""CSV twice: RFC 4180 for programs, and the form that a Swedish Excel opens as it is."""

import csv
import io
from collections.abc import Callable, Iterator
from typing import Final

import pandas as pd

from barometer.export.sheet import Sheet, columns_of, for_machines, for_people, names_of, records

_BOM: Final = "\ufeff"
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r")


def write_csv(sheet: Sheet) -> Iterator[bytes]:
    """RFC 4180: comma, decimal point, UTF-8, CRLF; column names and codes in English."""
    yield from plain_lines(names_of(columns_of(sheet)), for_machines(sheet))


def write_excel_csv(sheet: Sheet) -> Iterator[bytes]:
    """Semicolon, decimal comma, byte order mark; headings and words in the reader's language."""
    header = [column.heading[sheet.selection.language] for column in columns_of(sheet)]
    yield from excel_lines(header, for_people(sheet))


def plain_lines(header: list[str], frame: pd.DataFrame) -> Iterator[bytes]:
    """A frame by RFC 4180."""
    yield from _lines(header, frame, delimiter=",", cell=_machine_cell)


def excel_lines(header: list[str], frame: pd.DataFrame) -> Iterator[bytes]:
    """A frame as a Swedish Excel opens it."""
    yield _BOM.encode()
    yield from _lines(header, frame, delimiter=";", cell=_excel_cell)


def safe_text(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_RISKY) else text


def _lines(
    header: list[str], frame: pd.DataFrame, *, delimiter: str, cell: Callable[[object], object]
) -> Iterator[bytes]:
    yield _encoded([header], delimiter)
    for rows in records(frame):
        yield _encoded([[cell(item) for item in row.values()] for row in rows], delimiter)


def _encoded(rows: list[list[object]] | list[list[str]], delimiter: str) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue().encode()


def _machine_cell(item: object) -> object:
    if isinstance(item, float):
        return int(item) if item.is_integer() else repr(item)
    return safe_text(item) if isinstance(item, str) else item


def _excel_cell(item: object) -> object:
    if isinstance(item, float):
        return str(_machine_cell(item)).replace(".", ",")
    return _machine_cell(item)
