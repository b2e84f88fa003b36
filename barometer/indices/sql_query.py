"""Indices as SQL: one readable query that any engine runs where the data lie.

The query is written once, in the dialect of DuckDB, and sqlglot writes it in the others. It uses
what an old engine has too: common table expressions, joins, CASE, and, for Gini alone, a window.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from barometer.indices.sql_forms import FORMS, Form, share_of

DIALECTS: Final = ("duckdb", "postgres", "tsql", "spark", "bigquery", "snowflake")
_EXTRA: Final = "barometer.indices.sql needs sqlglot: pip install 'segregation-barometer[sql]'"


def sql(
    index: str,
    *,
    table: str,
    groups: Sequence[str],
    unit: str | None = None,
    container: str | None = None,
    group: str | None = None,
    weight: str | None = None,
    land: str | None = None,
    dialect: str = "duckdb",
) -> str:
    """The query that gives an index by container: columns `container` and the index's id.

    Three layouts of the counts are read:

    - wide: a row for each unit and a column of persons for each of `groups`;
    - long: `group` is the column with the group, `groups` its values, `weight` the column of
      persons;
    - microdata: as long, one row for each person; `weight` is a column of weights, or left out.

    Args:
        index: id of an index in `SQL_INDICES`. Two-group indices read the first of `groups` as the
            group and the second as the rest; ordinal indices read `groups` as ordered, lowest
            first.
        table: the table's name, with its schema when it has one.
        groups: columns (wide) or values of `group` (long, microdata).
        unit: column of the areal unit. Rows of one unit are summed; without it, every row of a
            wide table is a unit.
        container: column of the place that an index is wanted for. Without it all units form one
            place, and the answer is one row without the column `container`.
        group: column that tells the group, for the long layout and microdata.
        weight: column of persons or weights in the long layout and microdata.
        land: column of the unit's land area, which `delta` needs.
        dialect: one of `DIALECTS`.

    Returns:
        One SELECT statement, its rows in no order. Rows without a container are left out. A value
        is NULL where the index is undefined: the group is absent, or a count is missing.

    Raises:
        ValueError: with every fault: an index that is unknown or needs Python, a dialect that is
            unknown or lacks something, too few groups, columns that the layout needs.
        ImportError: when sqlglot is not installed.
    """
    faults = _faults(index, groups, unit=unit, group=group, weight=weight, land=land)
    if dialect not in DIALECTS:
        faults.append(f"dialect: {dialect!r} is none of {', '.join(DIALECTS)}")
    if faults:
        raise ValueError("The query cannot be written:\n" + "\n".join(f"- {f}" for f in faults))
    source = _Source(table, tuple(groups), unit, container, group, weight, land)
    return _translated(_query(index, source), dialect)


@dataclass(frozen=True, slots=True)
class _Source:
    """The reader's table and its columns, names still unquoted."""

    table: str
    groups: tuple[str, ...]
    unit: str | None
    container: str | None
    group: str | None
    weight: str | None
    land: str | None

    def count(self, i: int) -> str:
        """Persons of group `i` on one row."""
        if self.group is None:
            return f"CAST({_name(self.groups[i])} AS DOUBLE)"
        persons = f"CAST({_name(self.weight)} AS DOUBLE)" if self.weight else "CAST(1 AS DOUBLE)"
        return f"CASE WHEN {_name(self.group)} = {_text(self.groups[i])} THEN {persons} ELSE 0 END"


SQL_INDICES: Final = tuple(FORMS)
# Rows that are units already are read twice rather than copied: DuckDB and PostgreSQL copy what two
# parts of a statement read, unless told not to.
_HINT: Final = "NOT MATERIALIZED"
_HINTED: Final = ("duckdb", "postgres")
_MISSING: Final = "COUNT(CASE WHEN t IS NULL THEN 1 END)"


def _query(index: str, source: _Source) -> str:
    """The whole statement in DuckDB's dialect."""
    form = FORMS[index]
    reads = form.reads(len(source.groups))
    n, keyed = len(reads), source.container is not None
    # A join leaves out rows without a container by itself.
    units = _units(source, reads, filtered=form.factors is None)
    answer = _compared if form.factors is not None else _summed
    hint = _HINT if source.unit is None else ""
    return f"WITH units AS {hint} ({units}), {answer(form, _name(index), n, keyed=keyed)}"


def _compared(form: Form, name: str, n: int, *, keyed: bool) -> str:
    """After the units: the factors of their containers, and the one sum that is the index."""
    places = _grouped(_factors(form, n), "units", keyed=keyed)
    on = "JOIN places ON places.container = units.container" if keyed else "CROSS JOIN places"
    whole = f"SUM({form.sums(n)[0]}) AS {name}"
    return f"places AS ({places}) {_grouped([whole], f'units {on}', keyed=keyed)}"


def _summed(form: Form, name: str, n: int, *, keyed: bool) -> str:
    """After the units, put in order where that is asked for: sums and the index out of them."""
    sums = form.sums(n)
    columns = [f"{_margin(f'g{i}', n)} AS g{i}" for i in range(n)]
    columns += [f"{_margin('total', n)} AS total", f"{_MISSING} AS missing"]
    # A term is NULL without persons.
    columns += [f"COALESCE(SUM({term}), 0) AS s{i}" for i, term in enumerate(sums)]
    places = _grouped(columns, "ordered" if form.ordered else "units", keyed=keyed)
    value = f"CASE WHEN missing = 0 AND total > 0 THEN {form.value(n)} END AS {name}"
    ordered = f"ordered AS ({_ordered(len(sums), keyed=keyed)}), " if form.ordered else ""
    chosen = f"places.container, {value}" if keyed else value
    return f"{ordered}places AS ({places}) SELECT {chosen} FROM places"


def _factors(form: Form, n: int) -> list[str]:
    """What a container multiplies its units' counts by; NULL where one of them is missing.

    They are written out of the sums in one SELECT, which is read once: PostgreSQL then knows that
    it has one row a container, hashes it and not the units, and asks for a factor only once.
    """
    written = [
        re.sub(r"\b(g\d+|total|total_land)\b", lambda name: _margin(name[0], n), factor)
        for factor in (form.factors(n) if form.factors else [])
    ]
    known = f"{_MISSING} = 0 AND {_margin('total', n)} > 0"
    return [f"CASE WHEN {known} THEN {factor} END AS k{i}" for i, factor in enumerate(written)]


def _margin(name: str, n: int) -> str:
    """A container's g0, g1, ..., total or total_land; engines sum what is named twice once."""
    if name == "total":
        return f"({' + '.join(f'SUM(n{i})' for i in range(n))})"
    return "SUM(land)" if name == "total_land" else f"SUM(n{name[1:]})"


def _grouped(columns: list[str], table: str, *, keyed: bool) -> str:
    """One row a container of a table that starts with the name of its units."""
    if not keyed:
        return f"SELECT {', '.join(columns)} FROM {table}"
    container = f"{table.split()[0]}.container"
    return f"SELECT {', '.join([container, *columns])} FROM {table} GROUP BY {container}"


def _units(source: _Source, reads: Sequence[int], *, filtered: bool) -> str:
    """One row a unit: container, n0, n1, ..., t and land; t is NULL where a count is missing."""
    counts = [source.count(i) for i in reads]
    whole = " + ".join(counts)
    land = f"CAST({_name(source.land)} AS DOUBLE)"
    keys = [_name(source.container)] if source.container is not None else []
    if source.unit is not None:
        whole = f"CASE WHEN COUNT(*) = COUNT({whole}) THEN SUM({whole}) END"
        counts, land = [f"SUM({count})" for count in counts], f"MAX({land})"
    columns = [f"{key} AS container" for key in keys]
    columns += [f"{count} AS n{i}" for i, count in enumerate(counts)] + [f"{whole} AS t"]
    columns += [f"{land} AS land"] if source.land else []
    where = f" WHERE {keys[0]} IS NOT NULL" if keys and filtered else ""
    grouped = f" GROUP BY {', '.join([*keys, _name(source.unit)])}" if source.unit else ""
    return f"SELECT {', '.join(columns)} FROM {_table(source.table)}{where}{grouped}"


def _ordered(n: int, *, keyed: bool) -> str:
    """Every unit with the persons outside a group who live where its share is not larger."""
    part = "PARTITION BY container " if keyed else ""
    sums = [
        f"SUM(t - n{i}) OVER ({part}ORDER BY {share_of(f'n{i}', 't')}"
        f" ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS below{i}"
        for i in range(n)
    ]
    return f"SELECT units.*, {', '.join(sums)} FROM units"


def _faults(
    index: str,
    groups: Sequence[str],
    *,
    unit: str | None,
    group: str | None,
    weight: str | None,
    land: str | None,
) -> list[str]:
    faults = _index_faults(index)
    if isinstance(groups, str) or len(groups) < 2:
        faults.append(f"groups: name two or more columns or values, not {groups!r}")
    elif len(set(groups)) < len(groups):
        faults.append(f"groups: each must be named once, not {list(groups)!r}")
    if group is not None and unit is None:
        faults.append("unit: name the column of the areal unit, since a unit has several rows")
    if group is None and weight is not None:
        faults.append("weight: goes with `group`; a wide table has its persons in `groups`")
    if index in FORMS and FORMS[index].land and land is None:
        faults.append(f"land: {index} needs the column of land area")
    return faults


def _index_faults(index: str) -> list[str]:
    from barometer.indices.registry import INDICES

    if index in FORMS:
        return []
    if index in {entry.id for entry in INDICES}:
        return [
            f"index: {index} needs Python (barometer.indices); SQL has {', '.join(SQL_INDICES)}"
        ]
    near = difflib.get_close_matches(str(index), SQL_INDICES, n=3) or SQL_INDICES
    return [f"index: unknown id {index!r}; did you mean {', '.join(near)}?"]


def _name(name: str | None) -> str:
    """A column's name, quoted, so that blanks, capitals and å are kept."""
    return '"' + str(name).replace('"', '""') + '"'


def _table(name: str) -> str:
    return ".".join(_name(part) for part in name.split("."))


def _text(value: str) -> str:
    return "'" + str(value).replace("'", "''") + "'"


def _translated(query: str, dialect: str) -> str:
    try:
        import sqlglot
    except ImportError as missing:
        raise ImportError(_EXTRA) from missing
    statement = sqlglot.parse_one(query, read="duckdb")
    engine = sqlglot.Dialect.get_or_raise(dialect)
    for part in statement.find_all(sqlglot.exp.CTE) if dialect not in _HINTED else ():
        part.set("materialized", None)
    for order in statement.find_all(sqlglot.exp.Ordered):  # no key is NULL: the engine's own order
        order.set("nulls_first", engine.NULL_ORDERING == "nulls_are_small")
    for division in statement.find_all(sqlglot.exp.Div):  # of doubles, and never by 0
        division.set("typed", engine.TYPED_DIVISION)
        division.set("safe", engine.SAFE_DIVISION)
    try:
        return statement.sql(
            dialect=dialect, pretty=True, unsupported_level=sqlglot.ErrorLevel.RAISE
        )
    except sqlglot.errors.UnsupportedError as lacking:
        raise ValueError(f"The query cannot be written in {dialect}: {lacking}") from lacking
