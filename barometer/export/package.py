"""The whole data set as a Frictionless data package: a zip that is sent while it is written.

Numbers of persons that no agency has given are withheld or bounded. Where only shares in whole per
cents are published, the persons that the indices are computed from are estimates. A group's number
of them gets bounds in its place; an area's are left out, since the shares themselves stand in
indicator_values.
"""

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from types import MappingProxyType
from typing import IO, Any, Final

import orjson
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow.csv import WriteOptions, write_csv

from barometer import wording
from barometer.catalogue import Break, Catalogue, Grouping, Indicator
from barometer.export.frames import with_bounds
from barometer.export.readme import readme
from barometer.export.sheet import Sink
from barometer.export.text import RISKY
from barometer.indices import INDICES
from barometer.queries import SourceUse, dictionary, sources
from barometer.queries.dictionary import DictionaryColumn, DictionaryTable
from barometer.queries.whole import (
    BOUNDARIES,
    MARKED,
    boundary_rows,
    flat,
    marked_rows,
    table_rows,
)
from barometer.store import Reader

_TYPES: Final = {
    "DOUBLE": "number",
    "BIGINT": "integer",
    "INTEGER": "integer",
    "SMALLINT": "integer",
    "TINYINT": "integer",
    "TIMESTAMP": "datetime",
}
_LEFT_OUT: Final = frozenset({"map_layers", "map_ground"})  # compressed copies that the map sends
_LICENCE: Final = {
    "name": "CC0-1.0",
    "title": "CC0 1.0",
    "path": "https://creativecommons.org/publicdomain/zero/1.0/",
}
_RISKY: Final = pa.array([sign.encode() for sign in RISKY])
_REFERENCE: Final = re.compile(r"\((\w+)\.(\w+)\)")
Parts = Callable[[], Iterator[pa.RecordBatch]]


def package_name(reader: Reader) -> str:
    """The zip's name: it says which data set it holds."""
    return f"barometer-{reader.snapshot.snapshot_id}.zip"


def write_package(reader: Reader, *, catalogue: Catalogue) -> Iterator[bytes]:
    """A zip with `datapackage.json` and a CSV of each table and of the boundaries.

    The pieces may be taken after the request: each table is read by a cursor of its own.
    """
    found = reader.once(dictionary.data_dictionary)
    tables = tuple(flat(table) for table in found if table.name not in _LEFT_OUT)
    told = (*map(published_table, tables), MARKED, BOUNDARIES)
    about = _package(reader, told) | {"breaks": list(_breaks(catalogue))}
    parts = [(table.name, _published(reader, table, catalogue)) for table in tables]
    parts.append((MARKED.name, reader.parts(marked_rows, MARKED)))
    parts.append((BOUNDARIES.name, reader.parts(boundary_rows, BOUNDARIES)))
    fetched = tuple(reader.once(dictionary.fetched))
    return _zipped(about, parts, text=readme(about, reader.snapshot, tables=fetched))


def _published(reader: Reader, table: DictionaryTable, catalogue: Catalogue) -> Parts:
    rows = reader.parts(table_rows, table)
    return lambda: (published_rows(batch, table.name, catalogue=catalogue) for batch in rows())


class _Summed:
    """A member of the zip that is written to, with the size and the hash of what it was given."""

    def __init__(self, member: IO[bytes]) -> None:
        self._member, self._hash, self._size = member, sha256(), 0
        self.closed = False

    def write(self, data: bytes) -> int:
        """Hand on, and sum up."""
        self._hash.update(data)
        self._size += len(data)
        return self._member.write(data)

    @property
    def told(self) -> dict[str, Any]:
        """What a resource says of its file."""
        return {"bytes": self._size, "hash": f"sha256:{self._hash.hexdigest()}"}


def _zipped(
    about: dict[str, Any], parts: Sequence[tuple[str, Parts]], *, text: str
) -> Iterator[bytes]:
    """The description comes last: it has the hash of every file before it."""
    sink, summed = Sink(), dict[str, dict[str, Any]]()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        archive.writestr(_member("README.md"), text)
        yield sink.taken()
        for name, rows in parts:
            with archive.open(_member(_path(name)), "w", force_zip64=True) as member:
                written = _Summed(member)
                for number, batch in enumerate(rows()):
                    write_csv(_safe(batch), written, WriteOptions(include_header=number == 0))
                    yield sink.taken()
            summed[_path(name)] = written.told
        resources = [own | summed[own["path"]] for own in about["resources"]]
        described = orjson.dumps(about | {"resources": resources}, option=orjson.OPT_INDENT_2)
        archive.writestr(_member("datapackage.json"), described)
    yield sink.taken()


def _member(path: str) -> zipfile.ZipInfo:
    """A file without a time of its own, so that packages of one snapshot are equal."""
    member = zipfile.ZipInfo(path)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _safe(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The rows with no text that a spreadsheet takes for a formula, as in every other CSV."""
    columns = [_safe_texts(own) if pa.types.is_string(own.type) else own for own in batch.columns]
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)


def _safe_texts(texts: pa.StringArray) -> pa.StringArray:
    risky = pc.is_in(pc.binary_slice(texts.cast(pa.binary()), 0, 1), value_set=_RISKY)
    if not risky.true_count:
        return texts
    return pc.if_else(risky, pc.binary_join_element_wise("'", texts, ""), texts)


def _path(name: str) -> str:
    return f"data/{name}.csv"


def _package(reader: Reader, tables: Sequence[DictionaryTable]) -> dict[str, Any]:
    """The package's description, from the snapshot and the schema's own words."""
    own = reader.snapshot
    fetched = tuple(reader.once(dictionary.fetched))
    used = sources(reader.cursor, fetched)
    lacks = wording.lacking_in_words(own.lacking, fetched, language="en")
    agencies = dict.fromkeys(wording.agency_name(use.agency, language="en") for use in used)
    made_of = f" Made from tables of {', '.join(agencies)}."
    if own.synthetic:
        made_of = " The figures are made up, in the form of tables of agencies."
    return {
        "profile": "tabular-data-package",
        "name": "segregationsbarometern",
        "id": own.snapshot_id,
        "title": "Segregationsbarometern",
        "description": f"Area statistics and segregation measures of Sweden.{made_of}",
        "version": own.snapshot_id.lower(),
        "created": f"{own.built_at:%Y-%m-%dT%H:%M:%SZ}",
        "licenses": [_LICENCE, *_other_licences(used)],
        "sources": [_source(use, made_up=own.synthetic) for use in used],
        "origin": own.origin,
        "lacking": [lacks] if lacks else [],
        "resources": [_resource(table) for table in tables],
    }


def _source(use: SourceUse, *, made_up: bool) -> dict[str, str]:
    """A table, whose it is, and on which terms; made-up figures are of no agency."""
    title = f"{use.agency} {use.source_id}: {use.title.en}"
    if made_up:
        return {"title": f"Made-up figures in the form of {title}"}
    return {"title": title, "licence": use.licence, "updated": str(use.updated or "")}


def _other_licences(used: Sequence[SourceUse]) -> list[dict[str, str]]:
    """The terms of tables that are not free of terms, each once."""
    others = dict.fromkeys(use.licence for use in used if use.licence != "CC0")
    return [
        {"name": re.sub(r"[^-\w.]+", "-", own), "title": wording.licence_name(own, language="en")}
        for own in others
    ]


def _breaks(catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    """Where series are not fully comparable, and which: indicators, and groupings beside them."""
    broken: dict[Break, list[str]] = {}
    entries: dict[str, Indicator | Grouping] = {**catalogue.groupings, **catalogue.indicators}
    for key, entry in entries.items():
        for found in catalogue.breaks_of(entry):
            broken.setdefault(found, []).append(key)
    for found, series in sorted(broken.items(), key=lambda item: item[0].year):
        told = {"year": found.year, "note": found.note.en, "severs": found.severs}
        yield told | {"levels": list(found.levels), "series": series}


def _resource(table: DictionaryTable) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": _resource_name(table.name),
        "path": _path(table.name),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "description": table.comment,
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "missingValues": [""],
            **({"primaryKey": list(table.key)} if table.key else {}),
            "foreignKeys": list(_references(table)),
        },
    }


def _references(table: DictionaryTable) -> Iterator[dict[str, Any]]:
    """The columns that name a row of another table, as their comments tell."""
    for column in table.columns:
        if told := _REFERENCE.search(column.comment):
            other = "" if told[1] == table.name else _resource_name(told[1])
            referred = {"resource": other, "fields": [told[2]]}
            yield {"fields": [column.name], "reference": referred}


def _resource_name(table: str) -> str:
    return table.replace("_", "-")


def _field(column: DictionaryColumn) -> dict[str, Any]:
    """A column; a text of nothing is read as missing, so text is never required."""
    kind = _TYPES.get(column.data_type, "string")
    codes = re.findall(r"'([^']*)'", column.data_type) if column.data_type[:4] == "ENUM" else []
    rules: dict[str, Any] = {"enum": codes} if codes else {}
    if not column.nullable and kind != "string":
        rules["required"] = True
    constraints = {"constraints": rules} if rules else {}
    return {"name": column.name, "type": kind, "description": column.comment, **constraints}


_GROUP: Final = "group_population"
_COUNTS: Final = "counts"
_WHY: Final = "where only shares in whole per cent are published"
_BOUNDS: Final = tuple(
    DictionaryColumn(
        name, "DOUBLE", True, f"Persons (or households, dwellings) in the group, {word}, {_WHY}."
    )
    for name, word in (("group_low", "at least"), ("group_high", "at most"))
)


def _units() -> str:
    """In which unit the values of each index are."""
    by_unit: dict[str, list[str]] = {}
    for index in INDICES:
        unit = "share, 0-1" if index.unit == "percent" else index.unit
        by_unit.setdefault(unit, []).append(index.id)
    listed = (f"{unit}: {', '.join(ids)}" for unit, ids in by_unit.items())
    return f"Units are {'; '.join(listed)}."


def published_table(table: DictionaryTable) -> DictionaryTable:
    """The table's columns as `published_rows` gives them, and what they say."""
    columns: list[DictionaryColumn] = []
    for column in table.columns:
        if (table.name, column.name) == ("index_values", _GROUP):
            comment = (
                f"Persons (or households, dwellings) in the group; missing {_WHY}: see the bounds."
            )
            columns += [replace(column, comment=comment), *_BOUNDS]
        elif (table.name, column.name) == ("group_counts", _COUNTS):
            comment = f"{column.comment} Missing {_WHY}: the shares stand in indicator_values."
            columns.append(replace(column, comment=comment))
        elif (table.name, column.name) == ("index_values", "value"):
            columns.append(replace(column, comment=f"{column.comment} {_units()}"))
        else:
            columns.append(column)
    return replace(table, columns=tuple(columns))


def published_rows(batch: pa.RecordBatch, table: str, *, catalogue: Catalogue) -> pa.RecordBatch:
    """The rows of a table without persons that no agency has given."""
    rule = _RULES.get(table)
    return batch if rule is None else rule(batch, catalogue)


def _with_bounds(batch: pa.RecordBatch, catalogue: Catalogue) -> pa.RecordBatch:
    if _GROUP not in batch.schema.names:
        return batch  # of a snapshot from before
    asked = batch.select(["grouping_id", "year", "population", _GROUP]).to_pandas()
    bounded = with_bounds(asked, catalogue=catalogue)
    place = batch.schema.get_field_index(_GROUP)
    told = batch.remove_column(place)
    for number, name in enumerate((_GROUP, "group_low", "group_high")):
        values = pa.array(bounded[name].astype("float64"), type=pa.float64(), from_pandas=True)
        told = told.add_column(place + number, pa.field(name, pa.float64()), values)
    return told


def _without_estimates(batch: pa.RecordBatch, catalogue: Catalogue) -> pa.RecordBatch:
    pairs = zip(batch["grouping_id"].to_pylist(), batch["year"].to_pylist(), strict=True)
    counted = pa.array([catalogue.is_counted(*pair) for pair in pairs], type=pa.bool_())
    place = batch.schema.get_field_index(_COUNTS)
    kept = pc.if_else(counted, batch[_COUNTS], pa.scalar(None, batch[_COUNTS].type))
    return batch.set_column(place, pa.field(_COUNTS, kept.type), kept)


_RULES: Final[Mapping[str, Callable[[pa.RecordBatch, Catalogue], pa.RecordBatch]]] = (
    MappingProxyType({"index_values": _with_bounds, "group_counts": _without_estimates})
)
