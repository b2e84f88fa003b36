"""CSV twice: RFC 4180 for programs, and the form that a Swedish Excel opens as it is."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import pandas as pd

from barometer.catalogue import Text
from barometer.export.columns import NOTES
from barometer.export.sheet import Column, Format, Sheet, frames, names_of, plain_columns

_BOM: Final = "\ufeff"
RISKY: Final = ("=", "+", "-", "@", "\t", "\r")


def write_csv(sheet: Sheet) -> Iterator[bytes]:
    """RFC 4180: comma, decimal point, UTF-8, CRLF; column names and codes in English."""
    header = [*names_of(sheet.columns), *names_of(_notes(sheet))]
    rows = (_noted(sheet, frame, frame) for frame in frames(sheet))
    yield from _lines(header, rows, delimiter=",", cell=_machine_cell)


def write_excel_csv(sheet: Sheet) -> Iterator[bytes]:
    """Semicolon, decimal comma, byte order mark; headings and words in the reader's language."""
    yield _BOM.encode()
    columns = (*sheet.columns, *_notes(sheet))
    header = [column.heading[sheet.language] for column in columns]
    in_words = (_noted(sheet, frame, sheet.in_words(frame)) for frame in frames(sheet))
    yield from _lines(header, in_words, delimiter=";", cell=_excel_cell)


def _notes(sheet: Sheet) -> tuple[Column, ...]:
    """The columns that tell in each row what other formats tell beside the rows."""
    own = {column.name for column in sheet.columns}
    return tuple(note for note in NOTES if note.name not in own) if sheet.row_notes else ()


def _noted(sheet: Sheet, codes: pd.DataFrame, labelled: pd.DataFrame) -> pd.DataFrame:
    if sheet.row_notes is None:
        return labelled
    notes = sheet.row_notes(codes)
    wanted = names_of(_notes(sheet))
    return labelled.assign(**{f"note_{name}": notes[name].to_numpy() for name in wanted})


def safe_text(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(RISKY) else text


def _lines(
    header: list[str],
    pieces: Iterable[pd.DataFrame],
    *,
    delimiter: str,
    cell: Callable[[object], object],
) -> Iterator[bytes]:
    yield _encoded([header], delimiter)
    for piece in pieces:
        columns = [_cells(values, cell) for values in plain_columns(piece)]
        yield _encoded(zip(*columns, strict=True), delimiter)


def _encoded(rows: Iterable[Iterable[object]], delimiter: str) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue().encode()


def _cells(values: list[object], cell: Callable[[object], object]) -> list[object]:
    """A column's cells; what stands in many rows, as year and source do, is made once."""
    made = {value: cell(value) for value in set(values)}
    return [made[value] for value in values]


def _machine_cell(item: object) -> object:
    if isinstance(item, float):
        return int(item) if item.is_integer() else repr(item)
    return safe_text(item) if isinstance(item, str) else item


def _excel_cell(item: object) -> object:
    """As a spreadsheet takes it for what it is: a code of digits alone keeps its noughts."""
    if isinstance(item, float):
        return str(_machine_cell(item)).replace(".", ",")
    if isinstance(item, str) and item.isdecimal():
        return f'="{item}"'
    return _machine_cell(item)


_MEDIA_TYPE: Final = "text/csv; charset=utf-8; header=present"
FORMATS: Final = (
    Format("csv", Text("CSV (RFC 4180)", "CSV (RFC 4180)"), "csv", _MEDIA_TYPE, write_csv),
    Format(
        "excel-csv",
        Text("CSV för Excel", "CSV for Swedish Excel"),
        "csv",
        _MEDIA_TYPE,
        write_excel_csv,
    ),
)
