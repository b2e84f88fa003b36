"""Segregation: how apart groups live, how sure it is, what it is made of and why it changed.

The address owns the state: `sync` reads it (or the controls) and everything else follows from the
address as understood.
"""

from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from dash import ClientsideFunction, Dash, Input, Output, State, ctx, dcc, html
from dash.development.base_component import Component
from flask import Response, request

from barometer import queries, wording
from barometer.divisions import Language
from barometer.export import find_format, measure_sheet
from barometer.ui import words as site_words
from barometer.ui.attributes import aria, data
from barometer.ui.context import Context, language_of
from barometer.ui.downloads import respond
from barometer.ui.pages import Page
from barometer.ui.segregation import controls, ids, words
from barometer.ui.segregation.depth import depth, ground
from barometer.ui.segregation.overview import over_time, overview
from barometer.ui.segregation.ranking import ranking
from barometer.ui.segregation.view import FRAMES, Seen, see

SEARCH_LIMIT: Final = 12
# What a reader can change, by the address's key.
ASKED: Final = {
    "grouping": ids.GROUPING,
    "index": ids.INDEX,
    "units": ids.UNITS,
    "area": ids.PLACE,
    "year": ids.YEAR,
    "since": ids.SINCE,
    "among": ids.AMONG,
    "population": ids.POPULATION,
    "caution": ids.CAUTION,
}
# What follows from the address as understood.
SHOWN: Final = (
    (ids.URL, "search"),
    *((component, "value") for component in ASKED.values()),
    *((i, "data") for i in (ids.INDEX, ids.UNITS, ids.PLACE, ids.YEAR, ids.SINCE)),
    (ids.TITLE, "children"),
    (ids.NOTICE, "children"),
    (ids.SOURCE, "children"),
    (ids.ANNOUNCE, "children"),
    (ids.ASKED, "data"),
)


def layout(context: Context, query: str) -> Component:
    """Controls, and room for the sections."""
    with context.store.reader() as reader:
        if not reader.once(queries.measure_offer).groupings:
            return _nothing(query)
        seen = see(context, reader, query)
        title, source = _title(seen), _source(seen)
        choose, order = controls.controls(seen), controls.ranking_controls(seen)
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
            _part(ids.OVERVIEW, wait),
            _part(ids.OVER_TIME),
            order,
            *[_part(part) for part in (ids.RANKING, ids.DEPTH, ids.GROUND)],
            _tools(source, language),
        ],
        className="segregation",
    )


def _part(name: str, *inside: Component) -> Component:
    """Room for sections that are on their way."""
    return html.Div(list(inside), id=name, className="segregation__part", **aria(busy="true"))


def _nothing(query: str) -> Component:
    language = language_of(query)
    return html.Div(
        [html.H1(words.EMPTY[language]), html.P(words.EMPTY_NEXT[language], className="lead")],
        className="message",
    )


def _tools(source: str, language: Language) -> Component:
    print_button = html.Button(
        site_words.PRINT[language], type="button", className="button", **data(print="")
    )
    line = html.P(source, id=ids.SOURCE, className="facts__source")
    return html.Div([html.Div(print_button, className="facts__tools"), line], className="facts")


def _provenance(seen: Seen) -> queries.Provenance:
    sources = seen.reader.once(queries.sources, seen.grouping.source_ids)
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
    return wording.measure_title(
        seen.measurement,
        index=seen.label(seen.index.id),
        grouping=seen.grouping.name[seen.language],
        where=seen.where,
    )


def register(app: Dash, context: Context) -> None:
    """The address and the controls, the place search, the sections and their files."""

    @app.callback(
        *[Output(component, prop) for component, prop in SHOWN],
        Input(ids.URL, "search"),
        *[Input(component, "value") for component in ASKED.values()],
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
        "/export/segregation/<part>/<format_id>",
        "segregation_export",
        lambda part, format_id: _export(context, part, format_id),
    )


def _register_sections(app: Dash, context: Context) -> None:
    """Each part of the page answers by itself, so that the quick ones do not wait."""
    app.clientside_callback(
        ClientsideFunction("segregation", "ready"),
        Output(ids.READY, "data"),
        Input(ids.ASKED, "data"),
        prevent_initial_call=True,
    )
    sections = (
        (ids.OVERVIEW, overview),
        (ids.OVER_TIME, over_time),
        (ids.RANKING, ranking),
        (ids.DEPTH, depth),
        (ids.GROUND, ground),
    )
    for component, make in sections:

        @app.callback(
            Output(component, "children"), Input(ids.READY, "data"), prevent_initial_call=True
        )
        def show(query: str | None, make: Any = make) -> Any:
            with context.store.reader() as reader:
                return make(see(context, reader, query or ""))

        app.clientside_callback(
            ClientsideFunction("segregation", "settled"),
            Output(component, "aria-busy"),
            Input(component, "children"),
            prevent_initial_call=True,
        )


def _overlaid(search: str, values: tuple[str | None, ...]) -> str:
    """The address with the controls' values in place of its own."""
    own = dict(parse_qsl(search.removeprefix("?")))
    chosen = {key: value for key, value in zip(ASKED, values, strict=True) if value}
    return "?" + urlencode(own | chosen)


def _shown(seen: Seen, *, remark: bool) -> tuple[Any, ...]:
    """The values of `SHOWN`; a control's own consequences are not remarked on."""
    asked, title = seen.measurement, _title(seen)
    return (
        asked.to_query(),
        *(str(getattr(asked, key)) for key in ASKED),
        controls.indices(seen),
        controls.unit_levels(seen),
        controls.places(seen),
        controls.years(seen),
        controls.earlier(seen),
        title,
        _notice(seen) if remark else [],
        _source(seen),
        title,
        asked.to_query(),
    )


def _notice(seen: Seen) -> list[Component]:
    catalogue = seen.context.catalogue
    names = {g: catalogue.groupings[g].name[seen.language] for g in seen.offer.groupings}
    indices = {i: seen.label(i) for i in seen.offer.indices[seen.measurement.grouping]}
    places = {seen.measurement.area: seen.where}
    said = wording.measure_remarks(
        seen.reading.misunderstood, names=names | indices | places, language=seen.language
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
        year=seen.measurement.year,
        limit=SEARCH_LIMIT,
    )
    options = [
        {"value": str(row.area_id), "label": str(row.label)}
        for row in found.itertuples(index=False)
        if row.division == "admin"
    ]
    there = {option["value"] for option in options}
    return options + [option for option in here if option["value"] not in there]


def _export(context: Context, part: str, format_id: str) -> Response:
    """The frame of a section as a file."""
    found = find_format(format_id)
    frame_of = FRAMES.get(part)
    if found is None or found.geometry or frame_of is None:
        return Response("there is no such table or format", status=404, mimetype="text/plain")
    query = request.query_string.decode("utf-8", errors="replace")
    with context.store.reader() as reader:
        if not reader.once(queries.measure_offer).groupings:
            return Response("there are no measures", status=404, mimetype="text/plain")
        seen = see(context, reader, query)
        sheet = measure_sheet(
            frame_of(seen),
            seen.measurement,
            part=part,
            grouping=seen.grouping,
            title=_title(seen),
            provenance=_provenance(seen),
        )
    return respond(sheet, found)


PAGE = Page(path="/segregation", name=words.NAME, layout=layout, register=register, embed=True)
