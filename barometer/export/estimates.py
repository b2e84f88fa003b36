"""Numbers of persons that no agency has given, as in the data package: withheld or bounded.

Where only shares in whole per cents are published, the persons that the indices are computed from
are estimates. A group's number of them gets bounds in its place; an area's are left out, since the
shares themselves stand in indicator_values.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from barometer.catalogue import Catalogue
from barometer.export.frames import with_bounds
from barometer.queries.dictionary import DictionaryColumn, DictionaryTable

_GROUP: Final = "group_population"
_COUNTS: Final = "counts"
_WHY: Final = "where only shares in whole per cent are published"
_BOUNDS: Final = tuple(
    DictionaryColumn(
        name, "DOUBLE", True, f"Persons (or households, dwellings) in the group, {word}, {_WHY}."
    )
    for name, word in (("group_low", "at least"), ("group_high", "at most"))
)


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
