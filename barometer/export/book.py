"""An Excel workbook: a sheet with typed cells and one that says what they are."""

import tempfile
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import xlsxwriter

from barometer.catalogue import Text
from barometer.export.sheet import Column, Sheet, records_in_words

_PIECE: Final = 1 << 16  # bytes handed on at a time
_WIDTHS: Final = {"text": 24, "number": 14, "whole": 8}


def write_xlsx(sheet: Sheet) -> Iterator[bytes]:
    """Numbers are numbers, text is never a formula or a link, the heading stays in view.

    A workbook can be sent only when it is whole: the first, empty piece lets the answer begin.
    """
    yield b""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with tempfile.TemporaryFile(prefix="barometer-") as file:
        with xlsxwriter.Workbook(file, options) as book:
            _write_figures(book, sheet)
            _write_about(book, sheet)
        yield from pieces(file)


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """A finished file, some at a time."""
    file.seek(0)
    while piece := file.read(_PIECE):
        yield piece


def _write_figures(book: Any, sheet: Sheet) -> None:
    page = book.add_worksheet(Text("Uppgifter", "Figures")[sheet.language])
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    columns = sheet.columns
    styles = {column.name: _style(book, column) for column in columns}
    for place, column in enumerate(columns):
        page.set_column(place, place, _WIDTHS[column.kind], styles[column.name])
    page.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        page.write_string(0, place, column.heading[sheet.language], bold)
    number = 0
    for rows in records_in_words(sheet):
        for row in rows:
            number += 1
            for place, column in enumerate(columns):
                _write_cell(page, number, place, row[column.name], styles[column.name])
    page.autofilter(0, 0, number, len(columns) - 1)


def _style(book: Any, column: Column) -> Any:
    """How a column's numbers are shown; None as they are."""
    if column.decimals is None:
        return None
    decimals = "." + "0" * column.decimals if column.decimals else ""
    return book.add_format({"num_format": f"#,##0{decimals}"})


def _write_cell(page: Any, row: int, place: int, item: object, style: Any) -> None:
    if isinstance(item, str):
        page.write_string(row, place, item)
    elif item is not None:
        page.write_number(row, place, item, style)


def _write_about(book: Any, sheet: Sheet) -> None:
    page = book.add_worksheet(Text("Om uppgifterna", "About")[sheet.language])
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 100)
    for row, (heading, text) in enumerate(sheet.about):
        page.write_string(row, 0, heading, bold)
        page.write_string(row, 1, text, wrapped)
