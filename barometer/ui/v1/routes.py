"""The routes of the API: one or two for each table, its document, and how strangers may read it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial, update_wrapper
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

import orjson
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from barometer.export import Format, Sheet, filename
from barometer.export.package import package_name, write_package
from barometer.queries import contents_of
from barometer.selection.wanted import TableRequest
from barometer.store import NoSnapshotError, Reader
from barometer.tables import (
    TABLES,
    Rows,
    Table,
    faults_of_contents,
    faults_of_rows,
    read_request,
    table_sheet,
)
from barometer.ui import words
from barometer.ui.address import site_address
from barometer.ui.context import Context, asked_query
from barometer.ui.document import failed_page
from barometer.ui.serving import streamed, tag
from barometer.ui.v1.answers import faulty, formats_of, negotiated, problem
from barometer.ui.v1.openapi import PREFIX, document
from barometer.wording.faults import no_address, no_format, not_accepted, past_a_workbook

FIRST_ROWS: Final = 1_000
METHODS: Final = ("GET", "HEAD", "OPTIONS")
MOST_IN_A_WORKBOOK: Final = 1_048_575
_JSON: Final = "json"
_PACKAGE: Final = "package"
_ZIP: Final = "application/zip"
_REVALIDATE: Final = "no-cache"


def register(server: Flask, context: Context) -> None:
    """Add every table's routes and the document that describes them."""
    for table in TABLES:
        view = _view(_answer, context, table)
        name = f"v1-{table.table_id}"
        server.add_url_rule(f"{PREFIX}/{table.table_id}", name, view)
        server.add_url_rule(f"{PREFIX}/{table.table_id}.<extension>", f"{name}-as", view)
    server.add_url_rule(f"{PREFIX}/openapi.json", "v1-openapi", _view(_described, context))
    server.add_url_rule(PREFIX, "v1", _view(_document, orjson.dumps(_start())))
    server.add_url_rule(f"{PREFIX}/package.zip", "v1-package", _view(_package, context))
    server.add_url_rule(f"{PREFIX}/", "v1-nothing", _lost)
    server.add_url_rule(f"{PREFIX}/<path:rest>", "v1-lost", _lost)
    server.after_request(_open_to_read)
    server.register_error_handler(HTTPException, _as_problem)


def _view(answer: Callable[..., Response], *given: object) -> Callable[..., Response]:
    """A route's function with what it is given beforehand; it keeps its name, as Flask needs."""
    return update_wrapper(partial(answer, *given), answer)


def _lost(rest: str = "") -> Response:
    names = ", ".join(table.table_id for table in TABLES)
    return problem(404, no_address(rest[:60], names))


def _start() -> dict[str, object]:
    """What there is, for who asks at the root."""
    return {
        "package": f"{PREFIX}/package.zip",
        "openapi": f"{PREFIX}/openapi.json",
        "tables": {table.table_id: f"{PREFIX}/{table.table_id}" for table in TABLES},
    }


def _described(context: Context) -> Response:
    return _document(orjson.dumps(document(context.catalogue)))


def _document(body: bytes) -> Response:
    response = Response(body, content_type="application/json")
    response.headers["Cache-Control"] = _REVALIDATE
    response.add_etag()
    response.make_conditional(request)
    return response


def _answer(context: Context, table: Table, extension: str | None = None) -> Response:
    """The wanted rows in the wanted format, or every fault of the question."""
    file_format = negotiated(table, extension)
    if file_format is None:
        return _no_format(table, extension)
    try:
        with context.reader(asked_query()) as reader:
            return _rows(context, reader, table, file_format)
    except NoSnapshotError as error:
        return problem(503, str(error))


def _rows(context: Context, reader: Reader, table: Table, file_format: Format) -> Response:
    given = request.args.to_dict(flat=False)
    wanted, faults = read_request(table.parameters, given, catalogue=context.catalogue)
    if not faults:
        faults = faults_of_contents(wanted, contents_of(reader))
    if faults:
        return faulty(faults)
    if request.if_none_match.contains_weak(tag(reader, file_format.format_id)):
        return _identified(Response(status=304), reader, file_format.format_id)
    if file_format.format_id == _JSON and wanted.limit is None:
        wanted = replace(wanted, limit=FIRST_ROWS)
    address = site_address() + request.full_path.rstrip("?")
    sheet, rows = table_sheet(reader, table, wanted, catalogue=context.catalogue, address=address)
    if faults := faults_of_rows(rows, reader, table, wanted, catalogue=context.catalogue):
        return faulty(faults)
    if file_format.format_id == "xlsx" and rows.total > MOST_IN_A_WORKBOOK and not wanted.limit:
        return problem(400, past_a_workbook(rows.total))
    sent = _sent(sheet, rows, wanted, file_format)
    return _identified(sent, reader, file_format.format_id)


def _package(context: Context) -> Response:
    """The whole data set."""
    try:
        with context.store.reader() as reader:
            if request.if_none_match.contains_weak(tag(reader, _PACKAGE)):
                return _identified(Response(status=304), reader, _PACKAGE)
            catalogue, head = context.catalogue, request.method == "HEAD"
            sent = iter(()) if head else write_package(reader, catalogue=catalogue)
            response = _identified(streamed(sent, media_type=_ZIP), reader, _PACKAGE)
            name = package_name(reader)
    except NoSnapshotError as error:
        return problem(503, str(error))
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _identified(response: Response, reader: Reader, form: str) -> Response:
    """The answer with what identifies it: snapshot and code, since an address asks the same."""
    response.headers["Cache-Control"] = _REVALIDATE
    response.headers["Vary"] = "Accept, Accept-Encoding"
    response.headers["X-Snapshot"] = reader.snapshot.snapshot_id
    response.set_etag(tag(reader, form), weak=True)
    return response


def _sent(sheet: Sheet, rows: Rows, requested: TableRequest, file_format: Format) -> Response:
    """The rows piece by piece; JSON and every page say how many there are and where they go on."""
    following = _following(rows.total, requested)
    if file_format.format_id == _JSON:
        paging = {"total": rows.total, "limit": requested.limit, "offset": requested.offset}
        about = {**sheet.description, **paging, "next": following}
        sheet = replace(sheet, description=about)
    pieces = iter(()) if request.method == "HEAD" else file_format.write(sheet)
    if file_format.format_id == _JSON:
        pieces = iter((b"".join(pieces),))
    response = streamed(pieces, media_type=file_format.media_type)
    response.headers["X-Total-Count"] = str(rows.total)
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    if file_format.format_id != _JSON:
        name = filename(sheet, file_format)
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _following(total: int, requested: TableRequest) -> str | None:
    """The address of the next page."""
    if requested.limit is None or requested.offset + requested.limit >= total:
        return None
    paging = {"limit": str(requested.limit), "offset": str(requested.offset + requested.limit)}
    kept = {key: ",".join(values) for key, values in request.args.to_dict(flat=False).items()}
    return f"{request.script_root}{request.path}?{urlencode(kept | paging, safe=',:')}"


def _no_format(table: Table, extension: str | None) -> Response:
    names = ", ".join(found.format_id for found in formats_of(table))
    if extension is not None:
        return problem(404, no_format(table.table_id, extension[:40], names))
    types = ", ".join(dict.fromkeys(found.media_type for found in formats_of(table)))
    return problem(406, not_accepted(table.table_id, types))


def _open_to_read(response: Response) -> Response:
    """Any site may read the API; nothing in it belongs to a visitor."""
    if request.path == PREFIX or request.path.startswith(f"{PREFIX}/"):
        response.headers["Access-Control-Allow-Origin"] = "*"
        exposed = "ETag, Link, X-Snapshot, X-Total-Count, Content-Disposition, Retry-After"
        response.headers["Access-Control-Expose-Headers"] = exposed
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = ", ".join(METHODS)
            response.headers["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
            response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _as_problem(error: HTTPException) -> Response:
    """What Flask itself refuses, in the API's own form there."""
    if not request.path.startswith(f"{PREFIX}/"):
        given = error.get_response()
        if error.code == HTTPStatus.INTERNAL_SERVER_ERROR:
            given.set_data(failed_page(asked_query()))
        if error.code == HTTPStatus.TOO_MANY_REQUESTS:
            given.set_data(failed_page(asked_query(), title=words.BUSY, lead=words.BUSY_LEAD))
        return given  # type: ignore[return-value] # werkzeug's own response
    response = problem(error.code or 500, error.description or error.name)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response
