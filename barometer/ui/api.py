"""The routes beside the pages: geometry, values, place names and files."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final
from urllib.parse import parse_qsl, urlencode

import orjson
from dash.development.base_component import Component
from flask import Flask, Response, current_app, g

from barometer import queries
from barometer.divisions import DIVISIONS, EVERY_LEVEL, Division, Level
from barometer.export import find_format, map_sheet
from barometer.store import Cursor, DamagedSnapshotError, NoSnapshotError, Reader
from barometer.ui.address import view_address
from barometer.ui.context import Context, asked_query, language_of
from barometer.ui.downloads import refused, respond
from barometer.ui.pages.map import geometry as map_geometry
from barometer.ui.pages.map import marks as map_marks
from barometer.ui.pages.map.payload import map_view
from barometer.ui.pages.map.state import read_state
from barometer.ui.serving import (
    DYNAMIC_QUALITY,
    IMMUTABLE,
    AssetStore,
    accepted,
    send,
    shelved,
    tag,
    unchanged,
)

REVALIDATE: Final = "no-cache"  # kept by the browser, but asked about: a new snapshot shows at once
JSON: Final = "application/json"
GEOJSON: Final = "application/geo+json"
MAX_TRIES: Final = 3  # as many snapshots as are kept
CHANGED, TO = "change", "to"  # of an address: the key that a control changes, and its new value
ROOM: Final = 48_000_000  # bytes a worker keeps of answers: every view of a country, twice over


def register(server: Flask, context: Context) -> None:
    """Add the routes to the server."""
    shelf = AssetStore(max_bytes=ROOM)

    def values() -> Response:
        with context.reader(asked_query()) as reader:
            return _values(context, reader, shelf)

    def areas(name: str) -> Response:
        return _areas(context, name, shelf)

    def geometry(name: str) -> Response:
        found = _parts(name)
        checksum = found.rest if found else ""
        missing = f"there is no geometry {name}"
        return _outlines(context, queries.map_layer_bytes, checksum, missing=missing)

    def ground(sha256: str) -> Response:
        missing = "there is no such ground"
        return _outlines(context, queries.ground_bytes, sha256, missing=missing)

    def place_names(edition: str) -> Response:
        return _edition(context, edition, shelf, _place_names, media_type=JSON)

    def police(edition: str) -> Response:
        return _edition(context, edition, shelf, map_marks.outlines_file, media_type=GEOJSON)

    def export(format_id: str) -> Response:
        return _export(context, format_id)

    server.add_url_rule("/values", "values", values)
    server.add_url_rule("/areas/<name>.json", "areas", areas)
    server.add_url_rule("/geometry/<name>.json", "geometry", geometry)
    server.add_url_rule("/geometry/ground/<sha256>.json", "ground", ground)
    server.add_url_rule("/geometry/police/<edition>.json", "police", police)
    server.add_url_rule("/areas/places/<edition>.json", "place_names", place_names)
    server.add_url_rule("/export/<format_id>", "export", export)
    server.register_error_handler(NoSnapshotError, _unavailable)
    server.register_error_handler(DamagedSnapshotError, _ask_again)


def _values(context: Context, reader: Reader, shelf: AssetStore) -> Response:
    """The view as it was understood, with its values, classes, legend and words."""
    etag = tag(reader)
    if known := unchanged(etag, cache=REVALIDATE):
        return known
    return shelved(
        shelf,
        f"{reader.edition} {asked_query()}",
        lambda: _view(context, reader),
        quality=DYNAMIC_QUALITY,
        media_type=JSON,
        cache=REVALIDATE,
        etag=etag,
    )


def _view(context: Context, reader: Reader) -> bytes:
    """The view of the request's address, with a control's key and value laid over it."""
    pairs = parse_qsl(asked_query())
    own = urlencode([pair for pair in pairs if pair[0] not in (CHANGED, TO)])
    change = dict(pairs)
    state = read_state(context, reader, own, key=change.get(CHANGED, ""), value=change.get(TO, ""))
    return orjson.dumps(map_view(state), default=_component)


def _component(value: object) -> object:
    """A Dash component as the browser gets it."""
    if isinstance(value, Component):
        return value.to_plotly_json()
    raise TypeError(f"{type(value).__name__} cannot be sent")


def _areas(context: Context, name: str, shelf: AssetStore) -> Response:
    """Names of a level's areas; the snapshot is part of the address."""
    found = _parts(name)
    for reader in context.store.readers() if found else ():
        if found and found.rest == reader.edition:
            return _names(reader, found, shelf)
    return _problem(404, f"there is no list of areas {name}: take its address from /values")


def _names(reader: Reader, entry: "_Name", shelf: AssetStore) -> Response:
    language = language_of(asked_query())
    level, division = entry.level, entry.division
    names = partial(map_geometry.area_names, reader, level=level, division=division)
    return shelved(
        shelf,
        f"areas {entry.level} {entry.division} {entry.rest} {language}",
        lambda: orjson.dumps(names(language=language)),
        quality=DYNAMIC_QUALITY,
        media_type=JSON,
    )


def _outlines(
    context: Context, read: Callable[..., bytes | None], sha256: str, *, missing: str
) -> Response:
    """Boundaries or land as they lie in the snapshot that has them, compressed there."""
    encoding = accepted()
    if encoding is None:
        return _problem(406, "geometry is kept compressed: accept br or gzip")
    for reader in context.store.readers() if sha256 else ():
        if body := read(reader.cursor, sha256, encoding=encoding):
            return send(body, encoding, media_type=GEOJSON, cache=IMMUTABLE)
    return _problem(404, f"{missing}: take its address from /values")


def _place_names(cursor: Cursor) -> bytes:
    """The names that a map can show."""
    return orjson.dumps(queries.map_names(cursor))


def _edition(
    context: Context,
    edition: str,
    shelf: AssetStore,
    content: Callable[[Cursor], bytes],
    *,
    media_type: str,
) -> Response:
    """What a snapshot has of something; the snapshot is part of the address."""
    for reader in context.store.readers():
        if reader.edition == edition:
            return shelved(
                shelf,
                f"{content.__name__} {edition}",
                lambda reader=reader: content(reader.cursor),
                quality=DYNAMIC_QUALITY,
                media_type=media_type,
            )
    return _problem(404, "there is no such data version: take the address from /values")


@dataclass(frozen=True, slots=True)
class _Name:
    """What a file's name says: "deso-2025-rest"."""

    level: Level
    division: Division
    rest: str


def _parts(name: str) -> _Name | None:
    level, _, tail = name.partition("-")
    division, _, rest = tail.partition("-")
    if level not in EVERY_LEVEL or division not in DIVISIONS:
        return None
    return _Name(level, division, rest)


def _export(context: Context, format_id: str) -> Response:
    """A file of exactly what the page at the same query string shows."""
    file_format = find_format(format_id)
    if file_format is None:
        return _problem(404, f"there is no format {format_id!r}")
    with context.reader(asked_query()) as reader:
        reading = context.read(reader, asked_query())
        if reading.misunderstood:
            return refused(reading.misunderstood)
        sheet = map_sheet(
            reader,
            reading.view,
            catalogue=context.catalogue,
            address=view_address("/karta", reading.view.to_query()),
        )
    return respond(sheet, file_format)


def _unavailable(error: Exception) -> Response:
    response = _problem(503, str(error))
    response.headers["Retry-After"] = "30"
    return response


def _ask_again(error: Exception) -> Response:
    """Answer the same request from the snapshot before the damaged one."""
    tries: int = g.get("tries", 0)
    if tries >= MAX_TRIES:
        return _unavailable(error)
    g.tries = tries + 1
    try:
        return current_app.make_response(current_app.dispatch_request())
    except NoSnapshotError as nothing:
        return _unavailable(nothing)
    except DamagedSnapshotError as again:
        return _ask_again(again)


def _problem(status: int, detail: str) -> Response:
    body = orjson.dumps({"status": status, "detail": detail})
    response = Response(body, status=status, mimetype="application/problem+json")
    response.headers["Cache-Control"] = "no-store"
    return response
