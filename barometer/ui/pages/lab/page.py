"""Statistiklabb: any indicators, areas, years and backgrounds as table or chart.

The table's rows are asked for by the client, a page at a time.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from dash import Dash, Input, Output, dcc, html
from dash.development.base_component import Component

from barometer.export import Sheet
from barometer.selection import Misunderstood
from barometer.store import Reader
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.base.page import LivePage, PageRows
from barometer.ui.base.section import Box
from barometer.ui.base.url_sync import UrlSync, head
from barometer.ui.breaks import break_notes
from barometer.ui.context import Context
from barometer.ui.downloads import downloads, register_files
from barometer.ui.markup import aria
from barometer.ui.pages.lab import controls, ids, table, words
from barometer.ui.pages.lab.charts import CHARTS, MOST_CHARTS, chart_picture, charts
from barometer.ui.pages.lab.controls import presets
from barometer.ui.pages.lab.state import LabState, nothing_sentence, resolve
from barometer.ui.pages.lab.table import lab_sheet
from barometer.wording.page_remarks import address_remarks

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


def body(state: LabState) -> Component:
    """Controls, and room for chart, table and files."""
    language = state.language
    return html.Div(
        [
            *head(ids, ids.READY, ids.SPECIFICATION, ids.DRAWN),
            dcc.Store(id=ids.SORT, data=state.lab.sort),
            html.H1(controls.title(state), id=ids.TITLE, className="lab__title"),
            html.P(words.LEAD[language], className="lead"),
            controls.controls(state),
            html.Div(id=ids.NOTICE, className="notice"),
            parts.placeholder(ids.FIGURE),
            html.Section(
                [html.Div(id=ids.TABLE_WORDS), controls.arrangement(state), html.Div(id=ids.GRID)],
                id=ids.TABLE_BOX,
                className="measure",
                hidden=True,
                **aria(label=words.TABLE_BOX[language]),
            ),
            html.Div(id=ids.FILES),
            parts.tools(parts.source(ids.SOURCE, _source(state)), language=language, embed=True),
        ],
        className="lab",
    )


def _source(state: LabState) -> parts.Linked:
    return state.source if state.lab.indicators else []


def _remarks(state: LabState) -> Sequence[str]:
    return address_remarks(
        state.corrections, fields=FIELDS, names=controls.labels(state), language=state.language
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
    values_of={
        "years": controls.chosen_years,
        "columns": lambda state: state.lab.columns or "none",
    },
    follows={
        (ids.AREAS, "data"): lambda state: controls.area_options(state, ""),
        (ids.SOURCE, "children"): _source,
    },
    title=controls.title,
    remarks=_remarks,
    resets=dict.fromkeys((ids.COLUMNS, ids.ROWS, ids.INDICATORS), "sort"),
)


def register(app: Dash, context: Context) -> None:
    """The table, which does not wait for the chart library, and its file."""

    def sheet(reader: Reader, query: str, _: str) -> Sheet | Sequence[Misunderstood] | None:
        state = resolve(context, reader, query)
        if state.corrections:
            return state.corrections
        return None if state.lab.empty else lab_sheet(state)

    register_files(app, context, "labb", sheet=sheet)

    @app.callback(
        Output(ids.SPECIFICATION, "data"),
        Output(ids.TABLE_BOX, "hidden"),
        Output(ids.TABLE_WORDS, "children"),
        Output(ids.FILES, "children"),
        Input(ids.ASKED, "data"),
        prevent_initial_call=True,
    )
    def tabulate(query: str | None) -> tuple[Any, ...]:
        with context.reader(query) as reader:
            return table_part(resolve(context, reader, query or ""))


def figure_part(state: LabState) -> list[Component]:
    """What to do while something is not chosen yet, else the view's charts."""
    language = state.language
    if not state.lab.empty:
        nothing = html.P(nothing_sentence(state), className="measure__warning")
        return charts(state) if state.n_values else [nothing]
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
        parts.titled(
            "lab-start",
            words.START[language],
            *([html.P(missing, className="measure__sentence")] if missing else []),
            html.Ol([html.Li(step[language]) for step in words.STEPS], className="lab__steps"),
            html.H3(words.PRESETS[language]),
            html.Ul(links, className="lab__presets"),
        ),
        *([] if missing else _example(state)),
    ]


def _example(state: LabState) -> list[Component]:
    """The first example that has a chart, drawn, so that a newcomer sees what the page makes."""
    for preset, address in presets(state.offer, language=state.language):
        if preset.lab.view in CHARTS:
            drawn = resolve(state.context, state.reader, address.partition("?")[2])
            if found := charts(drawn):
                return [found[0], html.P(drawn.source, className="measure__note")]
    return []


def table_part(state: LabState) -> tuple[Any, ...]:
    """The table's specification, whether it is hidden, what it says, and its files."""
    language, lab = state.language, state.lab
    specification = table.specification(state)
    if specification is None:
        return None, True, [], []
    heading = words.TABLE if lab.view == "table" else words.TABLE_UNDER
    said = [
        html.H2(heading[language]),
        html.P(table.sentence(state), className="measure__sentence"),
        *[html.P(cut, className="measure__warning") for cut in state.cuts],
        *([html.P(words.PIVOT_GAPS[language], className="measure__note")] if lab.columns else []),
        *[html.P(note, className="measure__note") for note in _breaks(state)],
    ]
    if specification["count"] > PRINTED:
        said.append(html.P(words.PRINTED[language], className="rows__printed"))
    files = downloads("labb", lab.to_query(), language=language, picture="labb/table")
    return specification, False, said, files


def _breaks(state: LabState) -> list[str]:
    """What the marks of the table's years mean; the lines say it themselves."""
    if state.lab.view == "line":
        return []
    breaks = state.breaks(*state.lab.indicators)
    return break_notes(breaks, state.sizes, language=state.language)


PAGE: Final = LivePage(
    path=LabState.path,
    name=words.NAME,
    menu="row",
    menu_name=words.COMPARE,
    embed=True,
    resolve=resolve,
    body=body,
    lacking=(site_words.EMPTY, site_words.EMPTY_LEAD),
    offered=lambda context, reader: bool(context.offer(reader).indicators),
    sync=URL_SYNC,
    search=(ids.AREAS, controls.area_options),
    charts="ready_to_draw",
    after=ids.READY,
    boxes=(Box(ids.FIGURE, (figure_part,)),),
    pictures={
        "table": table.picture,
        **{f"chart-{n}": partial(chart_picture, n=n) for n in range(MOST_CHARTS)},
    },
    rows=PageRows(ids.SPECIFICATION, ids.DRAWN, table.some),
    register=register,
)
