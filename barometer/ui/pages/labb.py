"""Statistiklabb: any indicators, areas, years and backgrounds as table or chart.

The address owns the state: `sync` reads it (or the controls) and everything else follows from the
address as understood. The table's rows are asked for by the client, a page at a time.
"""

from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

import orjson
from dash import ClientsideFunction, Dash, Input, Output, State, ctx, dcc, html
from dash.development.base_component import Component
from flask import Response, request

from barometer import wording
from barometer.divisions import Language
from barometer.export import find_format, formats
from barometer.selection.labs import spelt_years
from barometer.ui import words as site_words
from barometer.ui.attributes import aria, data
from barometer.ui.context import Context, language_of
from barometer.ui.downloads import downloads, respond
from barometer.ui.lab import controls, ids, table, words
from barometer.ui.lab.charts import charts
from barometer.ui.lab.files import lab_sheet
from barometer.ui.lab.presets import presets
from barometer.ui.lab.view import Seen, see
from barometer.ui.pages import Page
from barometer.wording.addresses import address_remarks
from barometer.wording.labs import table_sentence

# What a reader can change, by the address's key.
ASKED: Final = {
    "indicators": (ids.INDICATORS, "value"),
    "areas": (ids.AREAS, "value"),
    "years": (ids.YEARS, "value"),
    "backgrounds": (ids.BACKGROUNDS, "value"),
    "view": (ids.VIEW, "value"),
    "rows": (ids.ROWS, "value"),
    "columns": (ids.COLUMNS, "value"),
    "find": (ids.FIND, "value"),
    "sort": (ids.SORT, "data"),
}
PRINTED: Final = 20  # rows that a printed page surely has
FIELDS: Final = {
    "indicators": words.INDICATORS,
    "areas": words.AREAS,
    "years": words.YEARS,
    "backgrounds": words.BACKGROUNDS,
    "view": words.VIEW,
    "rows": words.ROWS,
    "columns": words.COLUMNS,
    "sort": words.SORT,
    "lang": words.LANGUAGE,
}
# What follows from the address as understood.
SHOWN: Final = (
    (ids.URL, "search"),
    *ASKED.values(),
    (ids.AREAS, "data"),
    (ids.TITLE, "children"),
    (ids.NOTICE, "children"),
    (ids.SOURCE, "children"),
    (ids.ANNOUNCE, "children"),
    (ids.ASKED, "data"),
)


def layout(context: Context, query: str) -> Component:
    """Controls, and room for chart, table and files."""
    with context.store.reader() as reader:
        if not context.offer(reader).indicators:
            return _nothing(query)
        seen = see(context, reader, query)
        title, source = controls.title(seen), _source(seen)
        choose, arrange = controls.controls(seen), controls.arrangement(seen)
    language = seen.language
    stores = (ids.ASKED, ids.READY, ids.SPECIFICATION, ids.DRAWN)
    return html.Div(
        [
            dcc.Location(id=ids.URL, refresh=False),
            *[dcc.Store(id=i) for i in stores],
            dcc.Store(id=ids.SORT, data=seen.lab.sort),
            html.Div(id=ids.ANNOUNCE, className="unseen", role="status", **aria(live="polite")),
            html.H1(title, id=ids.TITLE, className="lab__title"),
            html.P(words.LEAD[language], className="lead"),
            choose,
            html.Div(id=ids.NOTICE, className="notice"),
            html.Div(id=ids.FIGURE, className="lab__part"),
            html.Section(
                [html.Div(id=ids.TABLE_WORDS), arrange, html.Div(id=ids.GRID)],
                id=ids.TABLE_BOX,
                className="measure",
                hidden=True,
                **aria(label=words.TABLE_BOX[language]),
            ),
            html.Div(id=ids.FILES),
            _tools(source, language),
        ],
        className="lab",
    )


def _nothing(query: str) -> Component:
    language = language_of(query)
    return html.Div(
        [html.H1(site_words.EMPTY[language]), html.P(site_words.EMPTY_LEAD[language])],
        className="message",
    )


def _tools(source: str, language: Language) -> Component:
    print_button = html.Button(
        site_words.PRINT[language], type="button", className="button", **data(print="")
    )
    line = html.P(source, id=ids.SOURCE, className="facts__source")
    return html.Div([html.Div(print_button, className="facts__tools"), line], className="facts")


def _source(seen: Seen) -> str:
    if not seen.lab.indicators:
        return ""
    provenance = seen.provenance
    snapshot, sources = provenance.snapshot, provenance.sources
    return wording.source_line(
        {source.source_id: source.updated for source in sources},
        retrieved=max((s.retrieved for s in sources), default=snapshot.built_at).date(),
        snapshot_id=snapshot.snapshot_id,
        synthetic=snapshot.synthetic,
        language=seen.language,
    )


def register(app: Dash, context: Context) -> None:
    """The address and the controls, the place search, chart, table, rows and files."""

    @app.callback(
        *[Output(component, prop) for component, prop in SHOWN],
        Input(ids.URL, "search"),
        *[Input(component, prop) for component, prop in ASKED.values()],
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
        prevent_initial_call=True,
    )
    def find(text: str | None, search: str | None) -> controls.Options:
        with context.store.reader() as reader:
            return controls.area_options(see(context, reader, search or ""), text or "")

    _register_parts(app, context)
    app.server.add_url_rule("/labb/rows", "lab_rows", lambda: _answer_rows(context))
    app.server.add_url_rule(
        "/export/labb/<format_id>", "lab_export", lambda format_id: _export(context, format_id)
    )


def _register_parts(app: Dash, context: Context) -> None:
    """Chart and table answer by themselves, so that the table does not wait."""
    app.clientside_callback(
        ClientsideFunction("rows", "ready"),
        Output(ids.READY, "data"),
        Input(ids.ASKED, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("rows", "show"),
        Output(ids.DRAWN, "data"),
        Input(ids.SPECIFICATION, "data"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output(ids.FIGURE, "children"), Input(ids.READY, "data"), prevent_initial_call=True
    )
    def draw(query: str | None) -> list[Component]:
        with context.store.reader() as reader:
            return figure_part(see(context, reader, query or ""))

    @app.callback(
        Output(ids.SPECIFICATION, "data"),
        Output(ids.TABLE_BOX, "hidden"),
        Output(ids.TABLE_WORDS, "children"),
        Output(ids.FILES, "children"),
        Input(ids.ASKED, "data"),
        prevent_initial_call=True,
    )
    def tabulate(query: str | None) -> tuple[Any, ...]:
        with context.store.reader() as reader:
            return table_part(see(context, reader, query or ""))


def figure_part(seen: Seen) -> list[Component]:
    """What to do while something is not chosen yet, else the view's charts."""
    language = seen.language
    if not seen.lab.empty:
        nothing: list[Component] = [html.P(words.NOTHING[language], className="measure__warning")]
        return charts(seen) if seen.n_values else nothing
    missing = ""
    if seen.lab.indicators:
        missing = words.NEXT_AREAS[language]
    elif seen.lab.areas:
        missing = words.NEXT_INDICATORS[language]
    links = [
        html.Li(html.A(preset.question[language], href=address))
        for preset, address in presets(seen.offer, language=language)
    ]
    return [
        html.Section(
            [
                html.H2(words.START[language], id="lab-start"),
                *([html.P(missing, className="measure__sentence")] if missing else []),
                html.Ol([html.Li(step[language]) for step in words.STEPS], className="lab__steps"),
                html.H3(words.PRESETS[language]),
                html.Ul(links, className="lab__presets"),
            ],
            className="measure",
            **aria(labelledby="lab-start"),
        )
    ]


def table_part(seen: Seen) -> tuple[Any, ...]:
    """The table's specification, whether it is hidden, what it says, and its files."""
    language, lab = seen.language, seen.lab
    specification = table.specification(seen)
    if specification is None:
        return None, True, [], []
    heading = words.TABLE if lab.view == "table" else words.TABLE_UNDER
    areas = seen.counts()
    sentence = table_sentence(
        seen.n_values,
        specification["count"],
        n_areas=sum(areas.values()),
        both={"2018", "2025"} <= set(areas),
        n_indicators=len(lab.indicators),
        language=language,
    )
    said = [
        html.H2(heading[language]),
        html.P(sentence, className="measure__sentence"),
        *[html.P(cut, className="measure__warning") for cut in seen.cuts],
        *([html.P(words.PIVOT_GAPS[language], className="measure__note")] if lab.columns else []),
    ]
    if specification["count"] > PRINTED:
        said.append(html.P(words.PRINTED[language], className="rows__printed"))
    files = downloads(
        "/export/labb", lab.to_query(), formats=formats(geometry=False), language=language
    )
    return specification, False, said, files


def _overlaid(search: str, values: tuple[Any, ...]) -> str:
    """The address with the controls' values in place of its own; an emptied control counts too."""
    own = dict(parse_qsl(search.removeprefix("?")))
    chosen = {key: _spelt(key, value) for key, value in zip(ASKED, values, strict=True)}
    if ctx.triggered_id in (ids.COLUMNS, ids.ROWS, ids.INDICATORS):
        chosen["sort"] = ""
    return "?" + urlencode({key: value for key, value in (own | chosen).items() if value})


def _spelt(key: str, value: Any) -> str:
    if key == "years":
        return spelt_years([int(year) for year in value or ()])
    return ",".join(value) if isinstance(value, list) else str(value or "")


def _shown(seen: Seen, *, remark: bool) -> tuple[Any, ...]:
    """The values of `SHOWN`; a control's own consequences are not remarked on."""
    lab, title = seen.lab, controls.title(seen)
    return (
        lab.to_query(),
        list(lab.indicators),
        list(lab.areas),
        controls.chosen_years(seen),
        list(lab.backgrounds),
        lab.view,
        lab.rows,
        lab.columns or "none",
        lab.find,
        lab.sort,
        controls.area_options(seen, ""),
        title,
        _notice(seen) if remark else [],
        _source(seen),
        title,
        lab.to_query(),
    )


def _notice(seen: Seen) -> list[Component]:
    said = address_remarks(
        seen.misunderstood, fields=FIELDS, names=controls.labels(seen), language=seen.language
    )
    if not said:
        return []
    return [
        html.P(site_words.NOTICE[seen.language], className="notice__title"),
        html.Ul([html.Li(sentence) for sentence in said]),
    ]


def _query() -> str:
    return request.query_string.decode("utf-8", errors="replace")


def _answer_rows(context: Context) -> Response:
    """Some rows of the table, as the page writes them."""
    with context.store.reader() as reader:
        found = table.some(see(context, reader, _query()), request.args)
    response = Response(orjson.dumps({"rows": found}), mimetype="application/json")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _export(context: Context, format_id: str) -> Response:
    """The view as a file."""
    found = find_format(format_id)
    if found is None or found.geometry:
        return Response("there is no such format", status=404, mimetype="text/plain")
    with context.store.reader() as reader:
        seen = see(context, reader, _query())
        if seen.lab.empty:
            return Response("choose indicators and areas", status=404, mimetype="text/plain")
        sheet = lab_sheet(seen)
    return respond(sheet, found)


PAGE = Page(path="/labb", name=words.NAME, layout=layout, register=register, embed=True)
