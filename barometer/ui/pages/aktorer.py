"""Aktörer: the barometer through one actor's mandate, and what actors share.

The address says whose lens it is; choosing another is a link, so the page needs no callback.
"""

from dash import Dash, html
from dash.development.base_component import Component
from flask import Response, request

from barometer import wording
from barometer.export import actors_sheet, find_format
from barometer.ui import words as site_words
from barometer.ui.actors import words
from barometer.ui.actors.sections import choose, indicators, mandate, matrix
from barometer.ui.actors.view import FRAMES, Seen, see
from barometer.ui.attributes import data
from barometer.ui.context import Context
from barometer.ui.downloads import respond
from barometer.ui.pages import Page


def layout(context: Context, query: str) -> Component:
    """Actors to choose from, the chosen one's task and indicators, and the matrix."""
    with context.store.reader() as reader:
        seen = see(context, reader, query)
        shown = [choose(seen), *_notice(seen), mandate(seen), indicators(seen), matrix(seen)]
    language = seen.language
    print_button = html.Button(
        site_words.PRINT[language], type="button", className="button", **data(print="")
    )
    return html.Div(
        [
            html.H1(words.TITLE[language], className="segregation__title"),
            html.P(words.LEAD[language], className="lead"),
            *shown,
            html.Div(html.Div(print_button, className="facts__tools"), className="facts"),
        ],
        className="segregation actors",
    )


def _notice(seen: Seen) -> list[Component]:
    said = wording.lens_remarks(
        seen.reading.misunderstood,
        used=seen.actor.name[seen.language],
        language=seen.language,
    )
    if not said:
        return []
    title = html.P(site_words.NOTICE[seen.language], className="notice__title")
    return [html.Div([title, html.Ul([html.Li(s) for s in said])], className="notice")]


def register(app: Dash, context: Context) -> None:
    """The files."""
    app.server.add_url_rule(
        "/export/aktorer/<part>/<format_id>",
        "actors_export",
        lambda part, format_id: _export(context, part, format_id),
    )


def _export(context: Context, part: str, format_id: str) -> Response:
    """The frame of a section as a file."""
    found, frame_of = find_format(format_id), FRAMES.get(part)
    if found is None or found.geometry or frame_of is None:
        return Response("there is no such table or format", status=404, mimetype="text/plain")
    query = request.query_string.decode("utf-8", errors="replace")
    with context.store.reader() as reader:
        seen = see(context, reader, query)
        sheet = actors_sheet(frame_of(seen), seen.lens, part=part, snapshot=reader.snapshot)
    return respond(sheet, found)


PAGE = Page(path="/aktorer", name=words.NAME, layout=layout, register=register)
