"""JSON and Parquet: the numbers and their company for programs."""

import io
from collections.abc import Iterator

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from barometer.export.book import pieces
from barometer.export.sheet import Sheet, description_text, records


def write_json(sheet: Sheet) -> Iterator[bytes]:
    """One object: the description, and `rows` with one object a row."""
    # The description's closing brace gives way to the rows.
    yield orjson.dumps(sheet.description)[:-1] + b',"rows":['
    between = b""
    for rows in records(sheet.frame):
        yield between + b",".join(orjson.dumps(row) for row in rows)
        between = b","
    yield b"]}"


def write_parquet(sheet: Sheet) -> Iterator[bytes]:
    """One table; the description stands in the schema's metadata as `barometer`."""
    table = pa.Table.from_pandas(sheet.frame, preserve_index=False)
    table = table.replace_schema_metadata({"barometer": description_text(sheet)})
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    yield from pieces(buffer)
