"""Which format a client takes: the address's extension, or else its Accept header."""

from flask import request
from werkzeug.datastructures import MIMEAccept

from barometer.export import Format, find_format
from barometer.tables import Table


def formats_of(table: Table) -> tuple[Format, ...]:
    """The formats of a table, the first for who does not say."""
    return tuple(found for name in table.formats if (found := find_format(name)) is not None)


def media_type(file_format: Format) -> str:
    """The media type without its parameters."""
    return file_format.media_type.partition(";")[0]


def negotiated(table: Table, extension: str | None) -> Format | None:
    """The format asked for; None when there is none that the client takes."""
    if extension is not None:
        return next((f for f in formats_of(table) if f.format_id == extension), None)
    by_type: dict[str, Format] = {}
    for found in formats_of(table):
        by_type.setdefault(media_type(found), found)
    accepts: MIMEAccept = request.accept_mimetypes
    if not accepts or not accepts.best:
        return formats_of(table)[0]
    best = accepts.best_match(list(by_type))
    return by_type[best] if best else None
