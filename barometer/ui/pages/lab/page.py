"""Statistiklabb: any indicators, areas, years and backgrounds as table or chart.

The table's rows are asked for by the client, a page at a time.
"""

from collections.abc import Sequence
from typing import Any, Final

import orjson
from dash import ClientsideFunction, Dash, Input, Output, dcc, html
from dash.development.base_component import Component
from flask import Response, request

from barometer.export import Sheet
from barometer.store import Reader
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.address import (
    PageUpdate,
    UrlSync,
    head,
    register_address,
    register_charts,
    register_search,
    register_sections,
)
from barometer.ui.attributes import aria
from barometer.ui.breaks import break_notes
from barometer.ui.context import Context, asked_query, language_of
from barometer.ui.downloads import downloads, register_files
from barometer.ui.pages import Page
from barometer.ui.pages.lab import (
    controls,
    ids,
    table,
    words,
)
from barometer.ui.pages.lab.charts import charts
from barometer.ui.pages.lab.files import lab_sheet
from barometer.ui.pages.lab.presets import presets
from barometer.ui.pages.lab.state import (
    LabState,
    resolve,
)
from barometer.wording.addresses import address_remarks
from barometer.wording.labs import table_sentence

PRINTED: Final = 20  # rows that a printed page surely has
FIELDS: Final = {
    "indicators": words.INDICATORS,
    "areas": words.AREAS,
    "years": words.YEARS,
    "backgrounds": words.BACKGROUNDS,
    "view": words.VIEW,
    "rows": words.ROWS,
    "columns": words.COLUMNS,
    "only": words.ONLY,
    "sort": words.SORT,
    "lang": words.LANGUAGE,
}


def layout(context: Context, query: str) -> Component:
    """Controls, and room for chart, table and files."""
    with context.store.reader() as reader:
        if not context.offer(reader).indicators:
            language = language_of(query)
            return parts.message(site_words.EMPTY[language], site_words.EMPTY_LEAD[language])
        state = resolve(context, reader, query)
        title, line = controls.title(state), _source(state)
        choose, arrange = controls.controls(state), controls.arrangement(state)
    language = state.language
    return html.Div(
        [
            *head(ids, ids.READY, ids.SPECIFICATION, ids.DRAWN),
            dcc.Store(id=ids.SORT, data=state.lab.sort),
            html.H1(title, id=ids.TITLE, className="lab__title"),
            html.P(words.LEAD[language], className="lead"),
            choose,
            html.Div(id=ids.NOTICE, className="notice"),
            parts.room(ids.FIGURE),
            html.Section(
                [html.Div(id=ids.TABLE_WORDS), arrange, html.Div(id=ids.GRID)],
                id=ids.TABLE_BOX,
                className="measure",
                hidden=True,
                **aria(label=words.TABLE_BOX[language]),
            ),
            html.Div(id=ids.FILES),
            parts.tools(parts.source(ids.SOURCE, line), language=language, embed=True),
        ],
        className="lab",
    )


def _source(state: LabState) -> str:
    used = bool(state.lab.indicators)
    return parts.source_line(state.provenance, language=state.language) if used else ""


def _page_update(state: LabState) -> PageUpdate:
    lab = state.lab
    return PageUpdate(
        query=lab.to_query(),
        title=controls.title(state),
        remarks=_remarks(state),
        language=state.language,
        controls=[
            list(lab.indicators),
            list(lab.areas),
            controls.chosen_years(state),
            list(lab.backgrounds),
            lab.view,
            lab.rows,
            lab.columns or "none",
            lab.find,
            lab.only,
            lab.sort,
        ],
        follows=[controls.area_options(state, ""), _source(state)],
    )


def _remarks(state: LabState) -> Sequence[str]:
    return address_remarks(
        state.misunderstood, fields=FIELDS, names=controls.labels(state), language=state.language
    )


URL_SYNC: Final = UrlSync(
    ids=ids,
    controls={
        "indicators": (ids.INDICATORS, "value"),
        "areas": (ids.AREAS, "value"),
        "years": (ids.YEARS, "value"),
        "backgrounds": (ids.BACKGROUNDS, "value"),
        "view": (ids.VIEW, "value"),
        "rows": (ids.ROWS, "value"),
        "columns": (ids.COLUMNS, "value"),
        "find": (ids.FIND, "value"),
        "only": (ids.ONLY, "value"),
        "sort": (ids.SORT, "data"),
    },
    follows=((ids.AREAS, "data"), (ids.SOURCE, "children")),
    resolve=resolve,
    page_update=_page_update,
    resets=dict.fromkeys((ids.COLUMNS, ids.ROWS, ids.INDICATORS), "sort"),
)


def register(app: Dash, context: Context) -> None:
    """The address and the controls, the place search, chart, table, rows and files."""
    register_address(app, context, URL_SYNC)
    register_search(app, context, URL_SYNC, component=ids.AREAS, options=controls.area_options)
    register_charts(app, URL_SYNC, ready=ids.READY, waits="ready_to_draw")
    register_sections(app, context, URL_SYNC, [(ids.FIGURE, figure_part)], after=ids.READY)
    _register_table(app, context)
    app.server.add_url_rule("/labb/rows", "lab_rows", lambda: _answer_rows(context))

    def sheet(reader: Reader, query: str, _: str) -> Sheet | None:
        state = resolve(context, reader, query)
        return None if state.lab.empty else lab_sheet(state)

    register_files(app, context, "labb", sheet=sheet)


def _register_table(app: Dash, context: Context) -> None:
    """The table does not wait for the chart library."""
    app.clientside_callback(
        ClientsideFunction("rows", "show"),
        Output(ids.DRAWN, "data"),
        Input(ids.SPECIFICATION, "data"),
        prevent_initial_call=True,
    )

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
            return table_part(resolve(context, reader, query or ""))


def figure_part(state: LabState) -> list[Component]:
    """What to do while something is not chosen yet, else the view's charts."""
    language = state.language
    if not state.lab.empty:
        nothing: list[Component] = [html.P(words.NOTHING[language], className="measure__warning")]
        return charts(state) if state.n_values else nothing
    missing = ""
    if state.lab.indicators:
        missing = words.NEXT_AREAS[language]
    elif state.lab.areas:
        missing = words.NEXT_INDICATORS[language]
    links = [
        html.Li(html.A(preset.question[language], href=address))
        for preset, address in presets(state.offer, language=language)
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


def table_part(state: LabState) -> tuple[Any, ...]:
    """The table's specification, whether it is hidden, what it says, and its files."""
    language, lab = state.language, state.lab
    specification = table.specification(state)
    if specification is None:
        return None, True, [], []
    heading = words.TABLE if lab.view == "table" else words.TABLE_UNDER
    areas = state.counts()
    sentence = table_sentence(
        state.n_values,
        specification["count"],
        n_areas=sum(areas.values()),
        both={"2018", "2025"} <= set(areas),
        n_indicators=len(lab.indicators),
        language=language,
    )
    said = [
        html.H2(heading[language]),
        html.P(sentence, className="measure__sentence"),
        *[html.P(cut, className="measure__warning") for cut in state.cuts],
        *([html.P(words.PIVOT_GAPS[language], className="measure__note")] if lab.columns else []),
        *[html.P(note, className="measure__note") for note in _breaks(state)],
    ]
    if specification["count"] > PRINTED:
        said.append(html.P(words.PRINTED[language], className="rows__printed"))
    files = downloads("labb", lab.to_query(), language=language)
    return specification, False, said, files


def _breaks(state: LabState) -> list[str]:
    """What the marks of the table's years mean; the lines say it themselves."""
    if state.lab.view == "line":
        return []
    breaks, years = state.breaks(*state.lab.indicators), sorted(state.sizes)
    return break_notes(breaks, first=years[0], last=years[-1], language=state.language)


def _answer_rows(context: Context) -> Response:
    """Some rows of the table, as the page writes them."""
    with context.store.reader() as reader:
        found = table.some(resolve(context, reader, asked_query()), request.args)
    response = Response(orjson.dumps({"rows": found}), mimetype="application/json")
    response.headers["Cache-Control"] = "no-cache"
    return response


PAGE = Page(path="/labb", name=words.NAME, layout=layout, register=register, embed=True)
