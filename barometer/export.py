"""A frame and its provenance as a file: one registry of formats at the foot."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from barometer.catalogue import Catalogue, Text
from barometer.queries import Provenance
from barometer.selection import Selection
from barometer.store import Reader


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table ready to be written: the page's own frame and everything that goes with it."""

    frame: pd.DataFrame
    selection: Selection
    catalogue: Catalogue
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a sheet; `write` yields the file piece by piece."""

    format_id: str
    name: Text
    suffix: str
    media_type: str
    write: Callable[[Sheet], Iterator[bytes]]


def map_sheet(reader: Reader, selection: Selection, *, catalogue: Catalogue) -> Sheet:
    """The map's twin table as a sheet: the same frame as `queries.map_table`."""
    raise NotImplementedError


def filename(sheet: Sheet, file_format: Format) -> str:
    """A name that says what is in it: low_standard_children_regso_2024.csv."""
    raise NotImplementedError


def find_format(format_id: str) -> Format | None:
    """The format with this id ("csv", "excel-csv", "xlsx", …)."""
    raise NotImplementedError


FORMATS: tuple[Format, ...] = ()
