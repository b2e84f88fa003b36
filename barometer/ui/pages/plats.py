"""Plats (place profile): one place in numbers and words, and the same as an A4 report.

The address owns the state: `sync` reads it (or the controls) and everything else follows from the
address as understood.
"""

from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from dash import Dash, Input, Output, State, ctx, dcc, html
from dash.development.base_component import Component
from flask import Response, request

from barometer import queries
from barometer.export import find_format
from barometer.export.profiles import profile_sheet
from barometer.ui import words as site_words
from barometer.ui.attributes import aria, data
from barometer.ui.context import Context
from barometer.ui.downloads import respond
from barometer.ui.pages import Page
from barometer.ui.plats import controls, ids, sections, words
from barometer.ui.plats.document import report
from barometer.ui.plats.trends import every_year
from barometer.ui.plats.view import FRAMES, Seen, see
from barometer.wording.profiles import profile_remarks

SEARCH_LIMIT: Final = 12
# What a reader can change, by the address's key.
ASKED: Final = {"area": ids.PLACE, "year": ids.YEAR, "first": ids.FIRST, "alike": ids.ALIKE}
# What follows from the address as understood.
SHOWN: Final = (
    (ids.URL, "search"),
    *((component, "value") for component in ASKED.values()),
    (ids.PLACE, "data"),
    (ids.YEAR, "data"),
    (ids.TITLE, "children"),
    (ids.WHERE, "children"),
    (ids.NOTICE, "children"),
    (ids.LINKS, "children"),
    (ids.ANNOUNCE, "children"),
    (ids.ASKED, "data"),
)

Value = str | list[str] | None


def layout(context: Context, query: str) -> Component:
    """Controls, and room for the sections."""
    with context.store.reader() as reader:
        seen = see(context, reader, query)
        title, where = sections.title(seen), sections.whereabouts(seen)
        choose, links = controls.controls(seen), sections.links(seen)
    language = seen.language
    wait = html.P(site_words.LOADING[language], className="loading")
    print_button = html.Button(
        site_words.PRINT[language], type="button", className="button", **data(print="")
    )
    return html.Div(
        [
            dcc.Location(id=ids.URL, refresh=False),
            dcc.Store(id=ids.ASKED),
            html.Div(id=ids.ANNOUNCE, className="unseen", role="status", **aria(live="polite")),
            choose,
            html.Div(id=ids.NOTICE, className="notice"),
            html.H1(title, id=ids.TITLE, className="plats__title"),
            html.P(where, id=ids.WHERE, className="plats__where"),
            html.Div(
                [html.Ul(links, id=ids.LINKS, className="plats__links"), print_button],
                className="plats__tools",
            ),
            html.Div(wait, id=ids.PORTRAIT, className="plats__part"),
            html.Div(id=ids.AROUND, className="plats__part"),
            html.Div(id=ids.EVERY, className="plats__part plats__every"),
            html.P(id=ids.SOURCE, className="facts__source"),
        ],
        className="plats",
    )


def register(app: Dash, context: Context) -> None:
    """The address and the controls, the place search, the sections, their files and the report."""

    @app.callback(
        *[Output(component, prop) for component, prop in SHOWN],
        Input(ids.URL, "search"),
        *[Input(component, "value") for component in ASKED.values()],
    )
    def sync(search: str | None, *values: Value) -> tuple[Any, ...]:
        by_control = ctx.triggered_id not in (None, ids.URL)
        query = _overlaid(search or "", values) if by_control else search or ""
        with context.store.reader() as reader:
            return _shown(see(context, reader, query), remark=not by_control)

    @app.callback(
        Output(ids.PLACE, "data", allow_duplicate=True),
        Input(ids.PLACE, "searchValue"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    def find(text: str | None, search: str | None) -> controls.Options:
        with context.store.reader() as reader:
            return _found(see(context, reader, search or ""), text or "")

    @app.callback(
        *[Output(part, "children") for part in (ids.PORTRAIT, ids.AROUND, ids.EVERY, ids.SOURCE)],
        Input(ids.ASKED, "data"),
        prevent_initial_call=True,
    )
    def show(query: str | None) -> tuple[Any, ...]:
        with context.store.reader() as reader:
            return _sections(see(context, reader, query or ""))

    app.server.add_url_rule(
        "/export/plats/<part>/<format_id>",
        "plats_export",
        lambda part, format_id: _export(context, part, format_id),
    )
    app.server.add_url_rule("/plats/rapport", "plats_report", lambda: _report(context))


def _sections(seen: Seen) -> tuple[Any, ...]:
    """Every part from one portrait: to read a place's years is what takes time."""
    made = seen.portrait()
    return (
        sections.portrait_parts(seen, made),
        sections.around(seen, made),
        every_year(seen, made),
        sections.source(seen, made),
    )


def _overlaid(search: str, values: tuple[Value, ...]) -> str:
    """The address with the controls' values in place of its own."""
    own = dict(parse_qsl(search.removeprefix("?")))
    told = {
        key: ",".join(value) if isinstance(value, list) else value or ""
        for key, value in zip(ASKED, values, strict=True)
    }
    return "?" + urlencode({key: value for key, value in (own | told).items() if value})


def _shown(seen: Seen, *, remark: bool) -> tuple[Any, ...]:
    """The values of `SHOWN`; a control's own consequences are not remarked on."""
    profile, title = seen.profile, sections.title(seen)
    return (
        profile.to_query(),
        profile.area,
        str(profile.year),
        list(profile.first),
        list(profile.alike),
        controls.places(seen),
        controls.years(seen),
        title,
        sections.whereabouts(seen),
        _notice(seen) if remark else [],
        sections.links(seen),
        title,
        profile.to_query(),
    )


def _notice(seen: Seen) -> list[Component]:
    names = {seen.area.area_id: seen.where}
    names |= {i: seen.name(i) for i in seen.context.catalogue.indicators}
    said = profile_remarks(seen.reading.misunderstood, names=names, language=seen.language)
    if not said:
        return []
    return [
        html.P(site_words.NOTICE[seen.language], className="notice__title"),
        html.Ul([html.Li(sentence) for sentence in said]),
    ]


def _found(seen: Seen, text: str) -> controls.Options:
    """Places that the text may mean; the chosen one is always there."""
    here = controls.places(seen)
    found = queries.search_places(
        seen.reader.cursor,
        text,
        language=seen.language,
        year=seen.profile.year,
        limit=SEARCH_LIMIT,
    )
    options = [
        {"value": str(row.area_id), "label": str(row.label)}
        for row in found.itertuples(index=False)
    ]
    there = {option["value"] for option in options}
    return options + [option for option in here if option["value"] not in there]


def _query() -> str:
    return request.query_string.decode("utf-8", errors="replace")


def _export(context: Context, part: str, format_id: str) -> Response:
    """The frame of a section as a file."""
    found = find_format(format_id)
    frame_of = FRAMES.get(part)
    if found is None or found.geometry or frame_of is None:
        return Response("there is no such table or format", status=404, mimetype="text/plain")
    with context.store.reader() as reader:
        seen = see(context, reader, _query())
        sheet = profile_sheet(
            frame_of(seen),
            seen.profile,
            part=part,
            place=seen.area.label,
            title=sections.title(seen),
            catalogue=context.catalogue,
            provenance=sections.provenance(seen, seen.portrait()),
        )
    return respond(sheet, found)


def _report(context: Context) -> Response:
    """The report as a document of its own, which a browser prints or a person reads."""
    with context.store.reader() as reader:
        seen = see(context, reader, _query())
        document = report(seen, today=datetime.now(UTC).date(), site="")
    return Response(document, mimetype="text/html")


PAGE = Page(path="/plats", name=words.NAME, layout=layout, register=register, embed=True)
