"""A table of the segregation page as CSV: the page's own frame with its company in every row."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import pandas as pd

from barometer.catalogue import Grouping, Text
from barometer.export.text import excel_lines, plain_lines
from barometer.selection import Measurement
from barometer.store import Snapshot

# Headings for people; a column that is not named here keeps its name.
_HEADINGS: Final = {
    "grouping": Text("Indelning", "Grouping"),
    "index_id": Text("Mått", "Measure"),
    "measure": Text("Måttets namn", "Name of the measure"),
    "container_id": Text("Platskod", "Place code"),
    "area_id": Text("Områdeskod", "Area code"),
    "area": Text("Plats", "Place"),
    "label": Text("Namn", "Name"),
    "role": Text("Roll", "Role"),
    "rank": Text("Plats i ordningen", "Rank"),
    "unit_level": Text("Mellan områden", "Between areas"),
    "division": Text("Indelning i områden", "Division"),
    "year": Text("År", "Year"),
    "since": Text("Från år", "From year"),
    "value": Text("Värde", "Value"),
    "expected": Text("Av slumpen", "By chance"),
    "low": Text("Intervall från", "Interval from"),
    "high": Text("Intervall till", "Interval to"),
    "n_units": Text("Antal områden", "Number of areas"),
    "n_excluded": Text("Utelämnade områden", "Areas left out"),
    "population": Text("Personer", "Persons"),
    "group_population": Text("Personer i gruppen", "Persons in the group"),
    "coverage": Text("Täckning", "Coverage"),
    "caution": Text("Försiktighet", "Caution"),
    "source": Text("Källa", "Source"),
    "snapshot": Text("Datamängd", "Data set"),
    "origin": Text("Ursprung", "Origin"),
}


@dataclass(frozen=True, slots=True)
class MeasureSheet:
    """A frame of `queries` about a measurement; `part` is the section of the page."""

    part: str
    frame: pd.DataFrame
    measurement: Measurement
    grouping: Grouping
    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class MeasureFormat:
    """One way to write such a sheet."""

    format_id: str
    name: Text
    write: Callable[[MeasureSheet], Iterator[bytes]]


def write_measure_csv(sheet: MeasureSheet) -> Iterator[bytes]:
    """RFC 4180 with names and codes in English, full precision."""
    complete = _complete(sheet)
    yield from plain_lines(list(complete.columns), complete)


def write_measure_excel_csv(sheet: MeasureSheet) -> Iterator[bytes]:
    """Semicolon, decimal comma, byte order mark, headings in the reader's language."""
    complete = _complete(sheet)
    language = sheet.measurement.language
    header = [_HEADINGS[name][language] if name in _HEADINGS else name for name in complete.columns]
    yield from excel_lines(header, complete)


def measure_filename(sheet: MeasureSheet) -> str:
    """A name that says what is in it: segregation_ranking_tenure_0380_2023.csv."""
    asked = sheet.measurement
    parts = ("segregation", sheet.part, asked.grouping, asked.area, str(asked.year))
    made_up = ("synthetic",) if sheet.snapshot.synthetic else ()
    return "_".join((*parts, *made_up)) + ".csv"


def _complete(sheet: MeasureSheet) -> pd.DataFrame:
    """The frame and what is the same in every row, so that no row is ever without it."""
    asked = sheet.measurement
    company: dict[str, str | int] = {
        "grouping": asked.grouping,
        "index_id": asked.index,
        "area": asked.area,
        "unit_level": asked.units,
        "division": asked.division,
        "year": asked.year,
        "source": " ".join(sheet.grouping.source_ids),
        "snapshot": sheet.snapshot.snapshot_id,
        "origin": sheet.snapshot.origin,
    }
    complete = sheet.frame.copy()
    for name, value in company.items():
        if name not in complete:
            complete[name] = value
    return complete


MEASURE_FORMATS: Final = (
    MeasureFormat("csv", Text("CSV (RFC 4180)", "CSV (RFC 4180)"), write_measure_csv),
    MeasureFormat(
        "excel-csv", Text("CSV för Excel", "CSV for Swedish Excel"), write_measure_excel_csv
    ),
)
