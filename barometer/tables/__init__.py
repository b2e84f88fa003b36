"""The tables that programs are given, by the API, the commands and the library alike.

One registry: an entry is its routes, its documentation, its command line and its frame.
"""

from typing import Final

from barometer.tables.figures import AREA_TYPES, INDEX_VALUES, VALUES
from barometer.tables.parameter import Fault, Parameter, faults_of_contents, read_request
from barometer.tables.register import (
    AREAS,
    GEOMETRY,
    GROUPINGS,
    INDICATORS,
    MEASURES,
    PLACES,
    SNAPSHOT,
    SOURCES,
)
from barometer.tables.sheets import table_sheet
from barometer.tables.table import Rows, Table, faults_of_rows

TABLES: Final = (
    INDICATORS,
    AREAS,
    VALUES,
    INDEX_VALUES,
    AREA_TYPES,
    PLACES,
    GEOMETRY,
    GROUPINGS,
    MEASURES,
    SOURCES,
    SNAPSHOT,
)
"""Every table, in the order of the documentation."""


def find_table(table_id: str) -> Table | None:
    """The table with this id ("values", "areas", …)."""
    return next((table for table in TABLES if table.table_id == table_id), None)
