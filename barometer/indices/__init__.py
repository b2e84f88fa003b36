from barometer.indices.entry import local_values, segregation
from barometer.indices.index import BothLanguages, Index
from barometer.indices.panel import index_panel
from barometer.indices.registry import INDICES
from barometer.indices.sql_query import SQL_INDICES, sql

__all__ = [
    "INDICES",
    "SQL_INDICES",
    "BothLanguages",
    "Index",
    "index_panel",
    "local_values",
    "segregation",
    "sql",
]
