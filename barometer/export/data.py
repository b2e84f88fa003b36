"""JSON and Parquet: the numbers and their company for programs."""

from collections.abc import Iterator

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from barometer.export.sheet import Sheet, description_text, records
from barometer.export.sink import Sink


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
    """One table; the description stands in the schema's metadata as `barometer`."""
    sink = Sink()
    empty = pa.Table.from_pandas(sheet.frame.iloc[:0], preserve_index=False)
    schema = empty.schema.with_metadata({"barometer": description_text(sheet)})
    with pq.ParquetWriter(sink, schema, compression="zstd") as writer:
        for rows in (sheet.frame,) if sheet.parts is None else sheet.parts():
            writer.write_table(pa.Table.from_pandas(rows, schema=schema, preserve_index=False))
            yield sink.taken()
    yield sink.taken()
