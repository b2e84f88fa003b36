"""Files: the answer that carries a sheet, and the links to it."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component
from flask import Response

from barometer.divisions import Language
from barometer.export import Format, Sheet, filename
from barometer.ui import words
from barometer.ui.serving import streamed


def respond(sheet: Sheet, file_format: Format) -> Response:
    """The sheet as a file, sent piece by piece."""
    response = streamed(file_format.write(sheet), media_type=file_format.media_type)
    name = filename(sheet, file_format)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-cache"
    response.headers["X-Snapshot"] = str(sheet.description["snapshot"])
    return response


def downloads(path: str, query: str, *, formats: Sequence[Format], language: Language) -> Component:
    """Links to the same view as files: `path`/<format> with the view's own query."""
    links = [
        html.Li(html.A(found.name[language], href=f"{path}/{found.format_id}{query}", download=""))
        for found in formats
    ]
    inside = [html.Span(words.DOWNLOAD[language]), html.Ul(links, className="downloads")]
    return html.Div(inside, className="measure__files")
