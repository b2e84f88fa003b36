"""Files: the answer that carries a sheet, the route of a page's tables, and the links to them."""

from collections.abc import Callable, Collection
from typing import Final

from dash import Dash, html
from dash.development.base_component import Component
from flask import Response

from barometer.divisions import Language
from barometer.export import Format, Sheet, filename, find_format, formats
from barometer.store import Reader
from barometer.ui import words
from barometer.ui.context import Context, asked_query
from barometer.ui.serving import streamed

EXPORTS: Final = "barometer-exports"
"""Where a server keeps the parts of each page that come as files, for tests to ask for each."""
Sheets = Callable[[Reader, str, str], Sheet | None]
"""A reader, the address and the part to its sheet; None where there is nothing to send."""


def respond(sheet: Sheet, file_format: Format) -> Response:
    """The sheet as a file, sent piece by piece."""
    response = streamed(file_format.write(sheet), media_type=file_format.media_type)
    name = filename(sheet, file_format)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-cache"
    response.headers["X-Snapshot"] = str(sheet.description["snapshot"])
    return response


def register_files(
    app: Dash, context: Context, page: str, *, sheet: Sheets, parts: Collection[str] = ()
) -> None:
    """The parts of a page as files, or the whole page: /export/<page>/[<part>/]<format>."""

    def export(format_id: str, part: str = "") -> Response:
        found = find_format(format_id)
        if found is None or found.geometry or part not in (parts or ("",)):
            return _lost("there is no such table or format")
        with context.store.reader() as reader:
            made = sheet(reader, asked_query(), part)
        return respond(made, found) if made else _lost("there is nothing to send")

    path = f"{page}/<part>" if parts else page
    app.server.extensions.setdefault(EXPORTS, {})[page] = tuple(parts)
    app.server.add_url_rule(f"/export/{path}/<format_id>", f"{page}_export", export)


def _lost(why: str) -> Response:
    return Response(why, status=404, mimetype="text/plain")


def downloads(page: str, query: str, *, language: Language) -> Component:
    """Links to the same view as files; `page` is its path below /export, with the part."""
    links = [
        html.Li(
            html.A(
                found.name[language],
                href=f"/export/{page}/{found.format_id}{query}",
                download="",
            )
        )
        for found in formats(geometry=False)
    ]
    inside = [html.Span(words.DOWNLOAD[language]), html.Ul(links, className="downloads")]
    return html.Div(inside, className="measure__files")
