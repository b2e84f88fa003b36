"""A frame and its provenance as a file: one registry of formats at the foot."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from barometer.catalogue import Text
from barometer.export.actors import actors_sheet
from barometer.export.book import write_xlsx
from barometer.export.data import write_json, write_parquet
from barometer.export.efforts import effort_sheet
from barometer.export.map_sheet import COLUMNS, map_sheet
from barometer.export.maps import write_geojson, write_geopackage
from barometer.export.measures import measure_sheet
from barometer.export.sheet import Column, Sheet
from barometer.export.text import write_csv, write_excel_csv

__all__ = [
    "COLUMNS",
    "FORMATS",
    "Column",
    "Format",
    "Sheet",
    "actors_sheet",
    "effort_sheet",
    "filename",
    "find_format",
    "formats",
    "map_sheet",
    "measure_sheet",
]


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a sheet; `write` yields the file piece by piece."""

    format_id: str
    name: Text
    suffix: str
    media_type: str
    write: Callable[[Sheet], Iterator[bytes]]
    geometry: bool = False  # needs the rows' boundaries


def filename(sheet: Sheet, file_format: Format) -> str:
    """A name that says what is in it: low_standard_children_regso_2024.csv."""
    return f"{sheet.stem}.{file_format.suffix}"


def formats(*, geometry: bool) -> tuple[Format, ...]:
    """The formats for rows with boundaries, or for rows without."""
    return tuple(found for found in FORMATS if geometry or not found.geometry)


def find_format(format_id: str) -> Format | None:
    """The format with this id ("csv", "excel-csv", "xlsx", …)."""
    return next((found for found in FORMATS if found.format_id == format_id), None)


FORMATS: Final = (
    Format(
        "csv",
        Text("CSV (RFC 4180)", "CSV (RFC 4180)"),
        "csv",
        "text/csv; charset=utf-8; header=present",
        write_csv,
    ),
    Format(
        "excel-csv",
        Text("CSV för Excel", "CSV for Swedish Excel"),
        "csv",
        "text/csv; charset=utf-8; header=present",
        write_excel_csv,
    ),
    Format(
        "xlsx",
        Text("Excel", "Excel"),
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write_xlsx,
    ),
    Format("json", Text("JSON", "JSON"), "json", "application/json", write_json),
    Format(
        "parquet",
        Text("Parquet", "Parquet"),
        "parquet",
        "application/vnd.apache.parquet",
        write_parquet,
    ),
    Format(
        "geojson",
        Text("GeoJSON", "GeoJSON"),
        "geojson",
        "application/geo+json",
        write_geojson,
        geometry=True,
    ),
    Format(
        "gpkg",
        Text("GeoPackage", "GeoPackage"),
        "gpkg",
        "application/geopackage+sqlite3",
        write_geopackage,
        geometry=True,
    ),
)
