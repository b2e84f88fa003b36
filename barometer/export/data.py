"""JSON and Parquet: the numbers and their company for programs."""

from collections.abc import Iterator
from typing import Final

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from barometer.catalogue import Text
from barometer.export.sheet import Format, Sheet, Sink, description_text, records


def write_json(sheet: Sheet) -> Iterator[bytes]:
    """One object: the description, and `rows` with one object a row."""
    # The description's closing brace gives way to the rows.
    yield orjson.dumps(sheet.description)[:-1] + b',"rows":['
    between = b""
    for rows in records(sheet):
        yield between + b",".join(orjson.dumps(row) for row in rows)
        between = b","
    yield b"]}"


def write_parquet(sheet: Sheet) -> Iterator[bytes]:
    """One table; the description stands in the schema's metadata as `barometer`.

    A column has the type of its kind in every file, also where it holds nothing, so that files
    can be put together.
    """
    sink, schema = Sink(), _schema(sheet)
    with pq.ParquetWriter(sink, schema, compression="zstd") as writer:
        for rows in (sheet.frame,) if sheet.parts is None else sheet.parts():
            writer.write_table(pa.Table.from_pandas(rows, schema=schema, preserve_index=False))
            yield sink.taken()
    yield sink.taken()


def _schema(sheet: Sheet) -> pa.Schema:
    fields = [pa.field(column.name, _TYPES[column.kind]) for column in sheet.columns]
    return pa.schema(fields, metadata={"barometer": description_text(sheet)})


_TYPES: Final = {"text": pa.string(), "number": pa.float64(), "whole": pa.int64()}
FORMATS: Final = (
    Format("json", Text("JSON", "JSON"), "json", "application/json", write_json),
    Format(
        "parquet",
        Text("Parquet", "Parquet"),
        "parquet",
        "application/vnd.apache.parquet",
        write_parquet,
    ),
)
