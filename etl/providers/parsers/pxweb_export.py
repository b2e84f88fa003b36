"""A table as PxWeb exports it, CSV or Excel: a title, headings with years, a row an area, notes."""

import io
import re
from typing import Final

from barometer.catalogue.local import VALUE
from etl.providers.parsers.rows import (
    FileContext,
    FileFaultError,
    FileFigure,
    decode,
    number,
    rows_of,
)

_HEAD: Final = re.compile(r"(?:(?P<content>.*?)\s*[;:,]?\s+)?(?P<year>(?:19|20|21)\d\d)")
_EXCEL: Final = b"PK\x03\x04"
_CODE: Final = re.compile(r"\d{2,4}[A-Z0-9_]*\b")

Rows = list[tuple[int, list[str]]]


def parse_pxweb_export(raw: bytes, name: str, context: FileContext) -> list[FileFigure]:  # noqa: ARG001 - as Parser
    """The figures of the columns whose heading has a year, and of `column` where there are more.

    Raises:
        FileFaultError: with every line that cannot be used.
    """
    rows = _excel_rows(raw) if raw.startswith(_EXCEL) else list(rows_of_export(decode(raw)))
    start, columns = _headings(rows, str(context.entry.get("column", "")))
    first = min(columns)
    faults: list[str] = []
    figures: list[FileFigure] = []
    seen: dict[str, int] = {}
    area_text = ""
    for line, row in rows[start + 1 :]:
        if len(row) <= first or not any(row[at] for at in columns if at < len(row)):
            continue  # a footnote, or a heading of several areas
        area_text = row[0] or area_text
        area = _area(area_text, row, first, context, year=max(columns.values()))
        if area is None:
            faults.append(f"line {line}: {area_text!r} is no area of the data set")
        elif seen.setdefault(area, line) != line:
            faults.append(
                f"line {line}: {area_text} stands on line {seen[area]} too: choose one category of "
                "each variable in PxWeb and export again"
            )
        else:
            figures += _row(row, columns, area, line, faults)
    if faults:
        raise FileFaultError(faults)
    return figures


def rows_of_export(text: str) -> Rows:
    """The rows of a CSV whose first lines may be a title."""
    lines = text.splitlines()
    widest = max(lines, key=lambda own: max(own.count(sign) for sign in ";\t,"), default="")
    sign = max(";\t,", key=widest.count)
    found: Rows = []
    for at, line in enumerate(lines, start=1):
        try:
            found += [(at, row) for _, row in rows_of(f"a{sign}b\n{line}") if row != ["a", "b"]]
        except FileFaultError as fault:
            why = "cannot be read: is a quote left open, or not doubled in a text?"
            raise FileFaultError([f"line {at}: {why}"]) from fault
    return found


def _excel_rows(raw: bytes) -> Rows:
    """The rows of the first sheet that has any."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        sheets = ([*sheet.iter_rows(values_only=True)] for sheet in book.worksheets)
        rows = next((rows for rows in sheets if any(any(row) for row in rows)), [])
    except Exception as error:  # the library trusts a workbook to be one: each oddity has its own
        why = f"is no Excel file that can be read ({error}): save it again"
        raise FileFaultError([why]) from error
    texts = (["" if cell is None else str(cell).strip() for cell in row] for row in rows)
    found = [(at, row) for at, row in enumerate(texts, start=1) if any(row)]
    if not found:
        raise FileFaultError(["its sheets are empty"])
    return found


def _headings(rows: Rows, content: str) -> tuple[int, dict[int, int]]:
    """Where the headings stand, and the year of each column of figures."""
    for place, (_, row) in enumerate(rows):
        found = {at: match for at, cell in enumerate(row) if (match := _HEAD.fullmatch(cell))}
        if not found or 0 in found:
            continue
        if content:
            found = {at: m for at, m in found.items() if content in (m["content"] or "")}
        years = [int(match["year"]) for match in found.values()]
        contents = sorted({match["content"] or "" for match in found.values()})
        if not found or len(set(years)) < len(years):
            raise FileFaultError(
                [f'it has several figures a year: name one with column = "…", of {contents}']
            )
        return place, {at: int(match["year"]) for at, match in found.items()}
    raise FileFaultError(["no row of headings has years: export with time in the heading"])


def _area(text: str, row: list[str], first: int, context: FileContext, *, year: int) -> str | None:
    """The area of a row: by the code before its name, by a code alone, or by the name."""
    code = _CODE.match(text)
    found = context.area_of(code[0], year) if code else None
    if found:
        return found
    if text.casefold() == "riket" and "00" in context.areas:
        return "00"
    named = [text, *row[1:first]]
    return next((own for cell in named if (own := context.kommun_named(cell))), None)


def _row(
    row: list[str], columns: dict[int, int], area: str, line: int, faults: list[str]
) -> list[FileFigure]:
    found = []
    for at, year in columns.items():
        text = row[at] if at < len(row) else ""
        try:
            value, mark = number(text)
        except ValueError:
            faults.append(f"line {line}: {text!r} is not a number")
            continue
        found.append(FileFigure(area, year, VALUE, value, mark))
    return found
