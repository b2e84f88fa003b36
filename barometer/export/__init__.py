"""A frame and its provenance as a file; the formats are declared beside their writers."""

from typing import Final

from barometer.export import book, data, maps, text
from barometer.export.map_sheet import COLUMNS, map_sheet
from barometer.export.sheet import Column, Format, Sheet

FORMATS: Final = (*text.FORMATS, *book.FORMATS, *data.FORMATS, *maps.FORMATS)
"""Every format, in the order of the lists of files."""


def filename(sheet: Sheet, file_format: Format) -> str:
    """A name that says what is in it: low_standard_children_regso_2024.csv."""
    excel = "_excel" if file_format.format_id == "excel-csv" else ""
    return f"{sheet.stem}{excel}.{file_format.suffix}"


def formats(*, geometry: bool) -> tuple[Format, ...]:
    """The formats for rows with boundaries, or for rows without."""
    return tuple(found for found in FORMATS if geometry or not found.geometry)


def find_format(format_id: str) -> Format | None:
    """The format with this id ("csv", "excel-csv", "xlsx", …)."""
    return next((found for found in FORMATS if found.format_id == format_id), None)
