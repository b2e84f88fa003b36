"""An Excel workbook: a sheet with typed cells and one that says what they are."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any, BinaryIO, Final
from xml.sax.saxutils import escape

import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from barometer.catalogue import Text
from barometer.export.sheet import Column, Format, Sheet, Sink, frames, plain_columns

_AUTHOR: Final = Text("Segregationsbarometern", "The Segregation Barometer")
_PIECE: Final = 1 << 16  # bytes handed on at a time
_AS_NEEDED: Final = "#,##0.0###"
_WIDTHS: Final = {"text": 24, "number": 14, "whole": 8}
_MEASURE: Final = 100  # characters on a line of the sheet that says what the figures are
_FIGURES: Final = "xl/worksheets/sheet1.xml"
_LAST: Final = "xl/workbook.xml"  # names the filter's range, which is known when all rows are
_END: Final = "</sheetData>"
_NO_XML: Final = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def write_xlsx(sheet: Sheet) -> Iterator[bytes]:
    """Numbers are numbers, text is never a formula or a link, the heading stays in view.

    XlsxWriter makes the workbook but for the rows, which are put into it while it is sent: it
    would hold back the file until the last of them, and round numbers to sixteen digits.
    """
    parts = _workbook(sheet, n_rows=0)
    head = parts.pop(_FIGURES).partition(_END)[0]
    sink, n_rows = Sink(), 0
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as book:
        for name in parts:
            if name != _LAST:
                book.writestr(name, parts[name])
        with book.open(_FIGURES, "w") as page:
            page.write(head.encode())
            yield sink.taken()
            for frame in frames(sheet):
                page.write(_rows(sheet.in_words(frame), first=n_rows + 2, styles=_styles(head)))
                yield sink.taken()
                n_rows += len(frame)
            finished = _workbook(sheet, n_rows=n_rows)
            page.write((_END + finished[_FIGURES].partition(_END)[2]).encode())
        book.writestr(_LAST, finished[_LAST])
    yield sink.taken()


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """A finished file, some at a time."""
    file.seek(0)
    while piece := file.read(_PIECE):
        yield piece


def _workbook(sheet: Sheet, *, n_rows: int) -> dict[str, str]:
    """The parts of a workbook that has everything but the rows of its figures, by name."""
    whole = io.BytesIO()
    with xlsxwriter.Workbook(whole, {"constant_memory": True}) as book:
        title = str(sheet.description.get("title", ""))
        book.set_properties({"title": title, "author": _AUTHOR[sheet.language]})
        _write_heading(book, sheet, n_rows=n_rows)
        _write_about(book, sheet)
    with zipfile.ZipFile(whole) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    # How many rows there are stands before them, and need not stand there.
    return parts | {_FIGURES: re.sub("<dimension [^>]*/>", "", parts[_FIGURES])}


def _write_heading(book: Any, sheet: Sheet, *, n_rows: int) -> None:
    page = book.add_worksheet(Text("Uppgifter", "Figures")[sheet.language])
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, _WIDTHS[column.kind], _style(book, column))
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    _set_paper(page)
    for place, column in enumerate(sheet.columns):
        page.write_string(0, place, column.heading[sheet.language], bold)
    page.autofilter(0, 0, n_rows, len(sheet.columns) - 1)


def _set_paper(page: Any) -> None:
    """A4 on its side, as wide as the sheet."""
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _style(book: Any, column: Column) -> Any:
    """How a column's numbers are shown; None as they are."""
    if column.decimals is None:
        return book.add_format({"num_format": _AS_NEEDED}) if column.kind == "number" else None
    decimals = "." + "0" * column.decimals if column.decimals else ""
    return book.add_format({"num_format": f"#,##0{decimals}"})


def _write_about(book: Any, sheet: Sheet) -> None:
    page = book.add_worksheet(Text("Om uppgifterna", "About")[sheet.language])
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 18)
    page.set_column(1, 1, _MEASURE)
    _set_paper(page)
    for row, (heading, text) in enumerate(sheet.about):
        page.set_row(row, 15 * (1 + len(text) // _MEASURE))
        page.write_string(row, 0, heading, bold)
        page.write_string(row, 1, text, wrapped)


def _styles(head: str) -> Mapping[int, str]:
    """The number of each column's style, by the column's place; a cell has to repeat it."""
    found = re.findall(r'<col min="(\d+)" max="(\d+)"[^>]*? style="(\d+)"', head)
    return {
        place - 1: style
        for first, last, style in found
        for place in range(int(first), int(last) + 1)
    }


def _rows(frame: pd.DataFrame, *, first: int, styles: Mapping[int, str]) -> bytes:
    """The frame's rows as a worksheet has them, from row number `first`."""
    numbers = range(first, first + len(frame))
    columns = [
        _cells(values, numbers, letters=xl_col_to_name(place), style=styles.get(place, "0"))
        for place, values in enumerate(plain_columns(frame))
    ]
    rows = zip(numbers, *columns, strict=True)
    return "".join(f'<row r="{n}">{"".join(cells)}</row>' for n, *cells in rows).encode()


def _cells(values: list[Any], numbers: range, *, letters: str, style: str) -> list[str]:
    """A column's cells; what stands in many rows, as year and source do, is made once."""
    made = {value: _cell(value, style) for value in set(values)}
    filled = ((made[value], number) for value, number in zip(values, numbers, strict=True))
    return [cell and f'<c r="{letters}{number}"{cell}' for cell, number in filled]


def _cell(item: object, style: str) -> str:
    """A cell behind its address; nothing where there is no value."""
    if isinstance(item, str):
        kept = ' xml:space="preserve"' if item != item.strip() else ""
        return f' t="inlineStr"><is><t{kept}>{_xml(item)}</t></is></c>'
    if isinstance(item, (int, float)) and isfinite(item):
        return f' s="{style}"><v>{item!r}</v></c>'
    return ""


def _xml(text: str) -> str:
    """The text, with what XML cannot hold in the form that spreadsheets read it back from."""
    return _NO_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", escape(text))


FORMATS: Final = (
    Format(
        "xlsx",
        Text("Excel", "Excel"),
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write_xlsx,
    ),
)
