"""Områdestyper: shares, moves, changed areas and conditions by type.

The address owns the state: `sync` reads it (or the controls) and everything else follows from the
address as understood.
"""

from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

import orjson
from dash import ClientsideFunction, Dash, Input, Output, State, ctx, dcc, html
from dash.development.base_component import Component
from flask import Response, request

from barometer import queries, wording
from barometer.divisions import Language
from barometer.export import find_format
from barometer.export.frames import Headed, frame_sheet
from barometer.selection.area_types import AREA_TYPE, TYPED_LEVEL, typed_indicators
from barometer.ui import words as site_words
from barometer.ui.area_types import controls, ids, rows, words
from barometer.ui.area_types.sections import SECTIONS
from barometer.ui.area_types.view import FRAMES, Seen, see
from barometer.ui.attributes import aria, data
from barometer.ui.context import Context, language_of
from barometer.ui.downloads import respond
from barometer.ui.pages import Page
from barometer.wording.addresses import address_remarks
from barometer.wording.area_types import FIXED, type_title

SEARCH_LIMIT: Final = 12
# What a reader can change, by the address's key.
ASKED: Final = {
    "area": (ids.PLACE, "value"),
    "year": (ids.YEAR, "value"),
    "since": (ids.SINCE, "value"),
    "indicator": (ids.INDICATOR, "value"),
    "background": (ids.BACKGROUND, "value"),
    "sort": (ids.SORT, "data"),
}
FIELDS: Final = {
    "area": words.PLACE,
    "year": words.YEAR,
    "since": words.SINCE,
    "indicator": words.INDICATOR,
    "background": words.BACKGROUND,
    "sort": words.SORT,
    "lang": words.LANGUAGE,
}
# What follows from the address as understood.
SHOWN: Final = (
    (ids.URL, "search"),
    *ASKED.values(),
    *((i, "data") for i in (ids.PLACE, ids.SINCE, ids.BACKGROUND)),
    (ids.TITLE, "children"),
    (ids.NOTICE, "children"),
    (ids.SOURCE, "children"),
    (ids.ANNOUNCE, "children"),
    (ids.ASKED, "data"),
)
HEADED: Final = Headed(
    headings=words.HEADINGS,
    whole=frozenset({"year", "since", "type", "n_areas", "from_type", "to_type", "n_missing"})
    | {"first", "second", "recomputed"},
)


def layout(context: Context, query: str) -> Component:
    """Controls, and room for the sections."""
    with context.store.reader() as reader:
        offer = context.offer(reader)
        if not (offer.years_of(AREA_TYPE, TYPED_LEVEL) and typed_indicators(offer)):
            return _nothing(query)
        seen = see(context, reader, query)
        title, source = _title(seen), _source(seen)
        choose, chosen = controls.controls(seen), controls.indicator_controls(seen)
    language = seen.language
    wait = html.P(site_words.LOADING[language], className="loading")
    return html.Div(
        [
            dcc.Location(id=ids.URL, refresh=False),
            *[dcc.Store(id=i) for i in (ids.ASKED, ids.READY, ids.TABLE, ids.ROWS_SHOWN)],
            dcc.Store(id=ids.SORT, data=seen.view.sort),
            html.Div(id=ids.ANNOUNCE, className="unseen", role="status", **aria(live="polite")),
            html.H1(title, id=ids.TITLE, className="types__title"),
            html.P(words.LEAD[language], className="lead"),
            _reading(language),
            choose,
            html.Div(id=ids.NOTICE, className="notice"),
            html.Div(wait, id=ids.OVERVIEW, className="types__part"),
            html.Div(id=ids.MOVES, className="types__part"),
            html.Section(
                [html.Div(id=ids.CHANGES, className="types__part"), html.Div(id=ids.ROWS)],
                className="measure",
                **aria(label=words.CHANGES[language]),
            ),
            html.H2(words.BY_TYPE[language], className="types__subject"),
            chosen,
            html.Div(id=ids.INDICATORS, className="types__part"),
            _tools(source, language),
        ],
        className="types",
    )


def _nothing(query: str) -> Component:
    language = language_of(query)
    return html.Div(
        [html.H1(words.EMPTY[language]), html.P(words.EMPTY_NEXT[language], className="lead")],
        className="message",
    )


def _reading(language: Language) -> Component:
    """What types are and are not: always there, before any number."""
    return html.Section(
        [
            html.H2(words.READ_SO[language], id="types-reading"),
            html.Ul([html.Li(sentence[language]) for sentence in FIXED]),
        ],
        className="types__reading",
        **aria(labelledby="types-reading"),
    )


def _tools(source: str, language: Language) -> Component:
    print_button = html.Button(
        site_words.PRINT[language], type="button", className="button", **data(print="")
    )
    line = html.P(source, id=ids.SOURCE, className="facts__source")
    return html.Div([html.Div(print_button, className="facts__tools"), line], className="facts")


def _title(seen: Seen) -> str:
    return type_title(seen.view, where=seen.where)


def _source(seen: Seen) -> str:
    snapshot, sources = seen.provenance.snapshot, seen.provenance.sources
    return wording.source_line(
        {source.source_id: source.updated for source in sources},
        retrieved=max((s.retrieved for s in sources), default=snapshot.built_at).date(),
        snapshot_id=snapshot.snapshot_id,
        synthetic=snapshot.synthetic,
        language=seen.language,
    )


def register(app: Dash, context: Context) -> None:
    """The address and the controls, the place search, the sections, the list and the files."""

    @app.callback(
        *[Output(component, prop) for component, prop in SHOWN],
        Input(ids.URL, "search"),
        *[Input(component, prop) for component, prop in ASKED.values()],
    )
    def sync(search: str | None, *values: str | None) -> tuple[Any, ...]:
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

    _register_sections(app, context)
    app.server.add_url_rule(
        "/export/omradestyper/<part>/<format_id>",
        "area_types_export",
        lambda part, format_id: _export(context, part, format_id),
    )
    app.server.add_url_rule("/omradestyper/rows", "area_types_rows", lambda: _answer_rows(context))


def _register_sections(app: Dash, context: Context) -> None:
    """Each part of the page answers by itself, so that the quick ones do not wait."""
    app.clientside_callback(
        ClientsideFunction("segregation", "ready"),
        Output(ids.READY, "data"),
        Input(ids.ASKED, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("rows", "show"),
        Output(ids.ROWS_SHOWN, "data"),
        Input(ids.TABLE, "data"),
        prevent_initial_call=True,
    )
    made = (*((component, "children", make) for component, make in SECTIONS),)
    for component, prop, make in (*made, (ids.TABLE, "data", rows.specification)):

        @app.callback(Output(component, prop), Input(ids.READY, "data"), prevent_initial_call=True)
        def show(query: str | None, make: Any = make) -> Any:
            with context.store.reader() as reader:
                return make(see(context, reader, query or ""))


def _overlaid(search: str, values: tuple[str | None, ...]) -> str:
    """The address with the controls' values in place of its own."""
    own = dict(parse_qsl(search.removeprefix("?")))
    chosen = {key: value for key, value in zip(ASKED, values, strict=True) if value}
    if ctx.triggered_id == ids.INDICATOR:
        chosen.pop("background", None)
        own.pop("background", None)
    return "?" + urlencode(own | chosen)


def _shown(seen: Seen, *, remark: bool) -> tuple[Any, ...]:
    """The values of `SHOWN`; a control's own consequences are not remarked on."""
    view, title = seen.view, _title(seen)
    return (
        view.to_query(),
        *(str(getattr(view, key)) for key in ASKED),
        controls.places(seen),
        controls.earlier(seen),
        controls.backgrounds(seen),
        title,
        _notice(seen) if remark else [],
        _source(seen),
        title,
        view.to_query(),
    )


def _notice(seen: Seen) -> list[Component]:
    catalogue = seen.context.catalogue
    names = {i: catalogue.indicators[i].name[seen.language] for i in typed_indicators(seen.offer)}
    said = address_remarks(
        seen.reading.misunderstood,
        fields=FIELDS,
        names=names | {seen.view.area: seen.where},
        language=seen.language,
    )
    if not said:
        return []
    return [
        html.P(site_words.NOTICE[seen.language], className="notice__title"),
        html.Ul([html.Li(sentence) for sentence in said]),
    ]


def _found(seen: Seen, text: str) -> controls.Options:
    """Riket, län and kommuner that the text may mean; the chosen one is always there."""
    here = controls.places(seen)
    found = queries.search_places(
        seen.reader.cursor,
        text,
        language=seen.language,
        year=seen.view.year,
        limit=SEARCH_LIMIT,
    )
    options = [
        {"value": str(row.area_id), "label": str(row.label)}
        for row in found.itertuples(index=False)
        if row.division == "admin"
    ]
    there = {option["value"] for option in options}
    return options + [option for option in here if option["value"] not in there]


def _query() -> str:
    return request.query_string.decode("utf-8", errors="replace")


def _answer_rows(context: Context) -> Response:
    """Some rows of the list of changed areas, as the page writes them."""
    with context.store.reader() as reader:
        found = rows.some(see(context, reader, _query()), request.args)
    response = Response(orjson.dumps({"rows": found}), mimetype="application/json")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _export(context: Context, part: str, format_id: str) -> Response:
    """The frame of a section as a file."""
    found = find_format(format_id)
    frame_of = FRAMES.get(part)
    if found is None or found.geometry or frame_of is None:
        return Response("there is no such table or format", status=404, mimetype="text/plain")
    with context.store.reader() as reader:
        seen = see(context, reader, _query())
        view = seen.view
        same = {"area": view.area, "year": view.year, "since": view.since}
        told = {"indicator": view.indicator, "background": view.background}
        frame = frame_of(seen)
        more = same | (told if part == "indicator" else {})
        sheet = frame_sheet(
            frame.assign(**{k: v for k, v in more.items() if k not in frame}),
            stem=("area_types", part, view.area, str(view.year)),
            title=_title(seen),
            query=view.to_query(),
            headed=HEADED,
            provenance=seen.provenance,
            language=seen.language,
            about=[(words.READ_SO[seen.language], " ".join(s[seen.language] for s in FIXED))],
        )
    return respond(sheet, found)


PAGE = Page(path="/omradestyper", name=words.NAME, layout=layout, register=register, embed=True)
