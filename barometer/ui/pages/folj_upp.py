"""Följ upp: how areas have gone since an effort began, beside areas that were like them before.

The address owns the state, as on the segregation page.
"""

from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from dash import ClientsideFunction, Dash, Input, Output, State, ctx, dcc, html, no_update
from dash.development.base_component import Component
from flask import Response, request

from barometer import queries, wording
from barometer.divisions import Language
from barometer.export import effort_sheet, find_format
from barometer.ui import words as site_words
from barometer.ui.attributes import aria, data
from barometer.ui.context import Context, language_of
from barometer.ui.downloads import respond
from barometer.ui.follow_up import controls, ids, words
from barometer.ui.follow_up.sections import sections
from barometer.ui.follow_up.view import FRAMES, Seen, see
from barometer.ui.pages import Page

# What a reader can change, by the address's key.
ASKED: Final = {
    "indicator": ids.INDICATOR,
    "level": ids.LEVEL,
    "areas": ids.AREAS,
    "start": ids.START,
}
# What follows from the address as understood.
SHOWN: Final = (
    (ids.URL, "search"),
    *((component, "value") for component in ASKED.values()),
    *((i, "data") for i in (ids.LEVEL, ids.AREAS, ids.START)),
    (ids.TITLE, "children"),
    (ids.NOTICE, "children"),
    (ids.SOURCE, "children"),
    (ids.ANNOUNCE, "children"),
    (ids.ASKED, "data"),
)


def layout(context: Context, query: str) -> Component:
    """Controls, and room for the sections."""
    with context.store.reader() as reader:
        if not reader.once(queries.effort_offer).indicators:
            return _nothing(query)
        seen = see(context, reader, query)
        title, source, choose = _title(seen), _source(seen), controls.controls(seen)
    language = seen.language
    wait = html.P(site_words.LOADING[language], className="loading")
    return html.Div(
        [
            dcc.Location(id=ids.URL, refresh=False),
            dcc.Store(id=ids.ASKED),
            dcc.Store(id=ids.READY),
            html.Div(id=ids.ANNOUNCE, className="unseen", role="status", **aria(live="polite")),
            html.H1(title, id=ids.TITLE, className="segregation__title"),
            html.P(words.LEAD[language], className="lead"),
            choose,
            html.Div(id=ids.NOTICE, className="notice"),
            html.Div(wait, id=ids.SECTIONS, className="segregation__part", **aria(busy="true")),
            _tools(source, language),
        ],
        className="segregation",
    )


def _nothing(query: str) -> Component:
    language = language_of(query)
    return html.Div(
        [html.H1(words.NOTHING[language]), html.P(words.NOTHING_NEXT[language], className="lead")],
        className="message",
    )


def _tools(source: str, language: Language) -> Component:
    print_button = html.Button(
        site_words.PRINT[language], type="button", className="button", **data(print="")
    )
    line = html.P(source, id=ids.SOURCE, className="facts__source")
    return html.Div([html.Div(print_button, className="facts__tools"), line], className="facts")


def _provenance(seen: Seen) -> queries.Provenance:
    sources = seen.reader.once(queries.sources, seen.indicator.source_ids)
    return queries.Provenance(seen.reader.snapshot, sources)


def _source(seen: Seen) -> str:
    provenance = _provenance(seen)
    snapshot, sources = provenance.snapshot, provenance.sources
    return wording.source_line(
        {source.source_id: source.updated for source in sources},
        retrieved=max((s.retrieved for s in sources), default=snapshot.built_at).date(),
        snapshot_id=snapshot.snapshot_id,
        synthetic=snapshot.synthetic,
        language=seen.language,
    )


def _title(seen: Seen) -> str:
    return wording.effort_title(
        seen.effort, indicator=seen.indicator.name[seen.language], where=seen.where
    )


def register(app: Dash, context: Context) -> None:
    """The address and the controls, the search for areas, the sections and their files."""

    @app.callback(
        *[Output(component, prop) for component, prop in SHOWN],
        Input(ids.URL, "search"),
        *[Input(component, "value") for component in ASKED.values()],
    )
    def sync(search: str | None, *values: Any) -> tuple[Any, ...]:
        by_control = ctx.triggered_id not in (None, ids.URL)
        query = _overlaid(search or "", values) if by_control else search or ""
        with context.store.reader() as reader:
            return _shown(see(context, reader, query), remark=not by_control)

    @app.callback(
        Output(ids.AREAS, "data", allow_duplicate=True),
        Input(ids.AREAS, "searchValue"),
        State(ids.URL, "search"),
        *[State(component, "value") for component in ASKED.values()],
        prevent_initial_call=True,
    )
    def find(text: str | None, search: str | None, *values: Any) -> Any:
        if not text:  # emptied by a choice, whose own answer is on its way
            return no_update
        with context.store.reader() as reader:
            seen = see(context, reader, _overlaid(search or "", values))
            return controls.found_areas(seen, text)

    _register_sections(app, context)
    app.server.add_url_rule(
        "/export/folj-upp/<part>/<format_id>",
        "follow_up_export",
        lambda part, format_id: _export(context, part, format_id),
    )


def _register_sections(app: Dash, context: Context) -> None:
    app.clientside_callback(
        ClientsideFunction("segregation", "ready"),
        Output(ids.READY, "data"),
        Input(ids.ASKED, "data"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output(ids.SECTIONS, "children"), Input(ids.READY, "data"), prevent_initial_call=True
    )
    def show(query: str | None) -> Any:
        with context.store.reader() as reader:
            return sections(see(context, reader, query or ""))

    app.clientside_callback(
        ClientsideFunction("segregation", "settled"),
        Output(ids.SECTIONS, "aria-busy"),
        Input(ids.SECTIONS, "children"),
        prevent_initial_call=True,
    )


def _overlaid(search: str, values: tuple[Any, ...]) -> str:
    """The address with the controls' values in place of its own."""
    own = dict(parse_qsl(search.removeprefix("?")))
    told = {
        key: ",".join(value) if isinstance(value, list) else value
        for key, value in zip(ASKED, values, strict=True)
    }
    own.pop("areas", None)
    return "?" + urlencode(own | {key: value for key, value in told.items() if value}, safe=",")


def _shown(seen: Seen, *, remark: bool) -> tuple[Any, ...]:
    """The values of `SHOWN`; a control's own consequences are not remarked on."""
    effort, title = seen.effort, _title(seen)
    return (
        effort.to_query(),
        effort.indicator,
        effort.level,
        list(effort.areas),
        str(effort.start),
        controls.levels(seen),
        controls.chosen(seen),
        controls.starts(seen),
        title,
        _notice(seen) if remark else [],
        _source(seen),
        title,
        effort.to_query(),
    )


def _notice(seen: Seen) -> list[Component]:
    said = wording.effort_remarks(
        seen.reading.misunderstood,
        effort=seen.effort,
        indicator=seen.indicator.name[seen.language],
    )
    if not said:
        return []
    return [
        html.P(site_words.NOTICE[seen.language], className="notice__title"),
        html.Ul([html.Li(sentence) for sentence in said]),
    ]


def _export(context: Context, part: str, format_id: str) -> Response:
    """The frame of a section as a file."""
    found = find_format(format_id)
    frame_of = FRAMES.get(part)
    if found is None or found.geometry or frame_of is None:
        return Response("there is no such table or format", status=404, mimetype="text/plain")
    query = request.query_string.decode("utf-8", errors="replace")
    with context.store.reader() as reader:
        if not reader.once(queries.effort_offer).indicators:
            return Response("there is nothing to follow up", status=404, mimetype="text/plain")
        seen = see(context, reader, query)
        sheet = effort_sheet(
            frame_of(seen),
            seen.effort,
            part=part,
            indicator=seen.indicator,
            title=_title(seen),
            provenance=_provenance(seen),
        )
    return respond(sheet, found)


PAGE = Page(path="/folj-upp", name=words.NAME, layout=layout, register=register)
