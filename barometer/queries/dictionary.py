"""What the snapshot says about itself: its tables, where they come from, what is new in them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from types import MappingProxyType
from typing import Any, Final

from barometer.catalogue import Text
from barometer.queries.records import SourceUse
from barometer.store import Cursor

_KEY: Final = re.compile(r"\bKey: ([a-z_]+(?:, [a-z_]+)*)\.")


@dataclass(frozen=True, slots=True)
class DictionaryColumn:
    """One column of a table, with the schema's own words."""

    name: str
    data_type: str
    nullable: bool
    comment: str


@dataclass(frozen=True, slots=True)
class DictionaryTable:
    """One table of the snapshot, with the schema's own words; `key` tells its rows apart."""

    name: str
    comment: str
    columns: tuple[DictionaryColumn, ...]
    key: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UpdateEntry:
    """One line of the update log."""

    kind: str
    subject: str
    text: Text


Span = tuple[int, int]
"""First and last year."""


def data_dictionary(cursor: Cursor) -> tuple[DictionaryTable, ...]:
    """Every table by name, with its columns in order."""
    columns: dict[str, list[DictionaryColumn]] = {}
    rows = cursor.execute(
        """
        SELECT table_name, column_name, data_type, is_nullable, coalesce(comment, '')
        FROM duckdb_columns()
        WHERE NOT internal
        ORDER BY table_name, column_index
        """
    ).fetchall()
    for table, name, data_type, nullable, comment in rows:
        columns.setdefault(table, []).append(DictionaryColumn(name, data_type, nullable, comment))
    tables = cursor.execute(
        """
        SELECT t.table_name, coalesce(t.comment, ''), coalesce(c.constraint_column_names, [])
        FROM duckdb_tables() AS t
        LEFT JOIN duckdb_constraints() AS c
            ON c.table_name = t.table_name AND c.constraint_type = 'PRIMARY KEY'
        WHERE NOT t.internal
        ORDER BY t.table_name
        """
    ).fetchall()
    return tuple(
        DictionaryTable(
            name,
            comment,
            tuple(columns[name]),
            tuple(key) or _described_key(comment, columns[name]),
        )
        for name, comment, key in tables
    )


def _described_key(comment: str, columns: Sequence[DictionaryColumn]) -> tuple[str, ...]:
    """The key of a table that is too large for the database to hold it to one.

    Snapshots of before name it in words that are no columns' names.
    """
    told = _KEY.search(comment)
    names = told[1].split(", ") if told else []
    return tuple(names) if {*names} <= {column.name for column in columns} else ()


def fetched(cursor: Cursor) -> Mapping[str, SourceUse]:
    """Every table of the snapshot by its id, in the order of the ids."""
    rows = cursor.execute(
        """
        SELECT source_id, title_sv, title_en, updated, retrieved, licence, agency,
            label, first_year, last_year, notes
        FROM sources
        ORDER BY source_id
        """
    ).fetchall()
    return MappingProxyType({row[0]: _source(row) for row in rows})


def grouping_spans(cursor: Cursor) -> Mapping[tuple[str, str], Span]:
    """First and last year with counts, by multigroup grouping and level."""
    rows = cursor.execute(
        """
        SELECT grouping_id, CAST(level AS VARCHAR), min(year), max(year)
        FROM group_counts
        GROUP BY grouping_id, level
        ORDER BY grouping_id, level
        """
    ).fetchall()
    return MappingProxyType({(grouping, level): (a, b) for grouping, level, a, b in rows})


def missing_values(cursor: Cursor) -> Mapping[str, tuple[tuple[str, int], ...]]:
    """How many values of each indicator are missing, by reason, the most frequent first."""
    rows = cursor.execute(
        """
        SELECT indicator_id, CAST(status AS VARCHAR) AS reason, count(*) AS n
        FROM indicator_values
        WHERE status IS NOT NULL AND status != 'outside_division'
        GROUP BY indicator_id, status
        ORDER BY indicator_id, n DESC, reason
        """
    ).fetchall()
    found: dict[str, list[tuple[str, int]]] = {}
    for indicator_id, reason, n in rows:
        found.setdefault(indicator_id, []).append((reason, n))
    return MappingProxyType({key: tuple(reasons) for key, reasons in found.items()})


def update_log(cursor: Cursor) -> tuple[UpdateEntry, ...]:
    """What is new against the snapshot before, in order."""
    rows = cursor.execute(
        "SELECT kind, subject, text_sv, text_en FROM changes ORDER BY position"
    ).fetchall()
    return tuple(UpdateEntry(kind, subject, Text(sv, en)) for kind, subject, sv, en in rows)


def _source(row: tuple[Any, ...]) -> SourceUse:
    own, sv, en, updated, retrieved, licence, agency, label, first_year, last_year, notes = row
    return SourceUse(
        own,
        Text(sv, en),
        _day(updated),
        retrieved.replace(tzinfo=UTC),
        licence,
        agency,
        label,
        first_year,
        last_year,
        tuple(notes),
    )


def _day(stamp: str) -> date | None:
    """The date of SCB's stamp ("2025-06-04T06:00:00Z"); None when it is written another way."""
    try:
        return date.fromisoformat(stamp[:10])
    except ValueError:
        return None
