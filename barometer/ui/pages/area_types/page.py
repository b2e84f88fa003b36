"""Områdestyper: shares, moves, changed areas and conditions by type."""

from collections.abc import Sequence
from typing import Final

import orjson
from dash import ClientsideFunction, Dash, Input, Output, dcc, html
from dash.development.base_component import Component
from flask import Response, request

from barometer.divisions import Language
from barometer.export import Sheet
from barometer.export.frames import Headed, frame_sheet
from barometer.selection.area_types import AREA_TYPE, TYPED_LEVEL, typed_indicators
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
from barometer.ui.components import Options
from barometer.ui.context import Context, asked_query, language_of
from barometer.ui.downloads import register_files
from barometer.ui.pages import Page
from barometer.ui.pages.area_types import (
    controls,
    ids,
    rows,
    words,
)
from barometer.ui.pages.area_types.sections import SECTIONS
from barometer.ui.pages.area_types.state import (
    FRAMES,
    AreaTypesState,
    resolve,
)
from barometer.ui.places import find_places
from barometer.wording.addresses import address_remarks
from barometer.wording.area_types import FIXED, type_title

FIELDS: Final = {
    "area": site_words.PLACE,
    "year": site_words.YEAR,
    "since": words.SINCE,
    "indicator": site_words.INDICATOR,
    "background": words.BACKGROUND,
    "sort": words.SORT,
    "lang": words.LANGUAGE,
}
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
            language = language_of(query)
            return parts.message(words.EMPTY[language], words.EMPTY_NEXT[language])
        state = resolve(context, reader, query)
        title, line = type_title(state.view, where=state.where), _source(state)
        choose, chosen = controls.controls(state), controls.indicator_controls(state)
    language = state.language
    return html.Div(
        [
            *head(ids, ids.READY, ids.TABLE, ids.ROWS_SHOWN),
            dcc.Store(id=ids.SORT, data=state.view.sort),
            html.H1(title, id=ids.TITLE, className="types__title"),
            html.P(words.LEAD[language], className="lead"),
            _reading(language),
            choose,
            html.Div(id=ids.NOTICE, className="notice"),
            parts.room(ids.OVERVIEW, parts.waiting(language)),
            parts.room(ids.MOVES),
            html.Section(
                [parts.room(ids.CHANGES), html.Div(id=ids.ROWS)],
                className="measure",
                **aria(label=words.CHANGES[language]),
            ),
            html.H2(words.BY_TYPE[language], className="types__subject"),
            chosen,
            parts.room(ids.INDICATORS),
            parts.tools(parts.source(ids.SOURCE, line), language=language, embed=True),
        ],
        className="types",
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


def _source(state: AreaTypesState) -> str:
    return parts.source_line(state.provenance, language=state.language)


def _page_update(state: AreaTypesState) -> PageUpdate:
    view = state.view
    return PageUpdate(
        query=view.to_query(),
        title=type_title(view, where=state.where),
        remarks=_remarks(state),
        language=state.language,
        controls=[
            view.area,
            str(view.year),
            str(view.since),
            view.indicator,
            view.background,
            view.sort,
        ],
        follows=[
            controls.places(state),
            controls.earlier(state),
            controls.backgrounds(state),
            _source(state),
        ],
    )


def _remarks(state: AreaTypesState) -> Sequence[str]:
    catalogue = state.context.catalogue
    names = {i: catalogue.indicators[i].name[state.language] for i in typed_indicators(state.offer)}
    return address_remarks(
        state.reading.misunderstood,
        fields=FIELDS,
        names=names | {state.view.area: state.where},
        language=state.language,
    )


URL_SYNC: Final = UrlSync(
    ids=ids,
    controls={
        "area": (ids.PLACE, "value"),
        "year": (ids.YEAR, "value"),
        "since": (ids.SINCE, "value"),
        "indicator": (ids.INDICATOR, "value"),
        "background": (ids.BACKGROUND, "value"),
        "sort": (ids.SORT, "data"),
    },
    follows=(
        *((i, "data") for i in (ids.PLACE, ids.SINCE, ids.BACKGROUND)),
        (ids.SOURCE, "children"),
    ),
    resolve=resolve,
    page_update=_page_update,
    resets={ids.INDICATOR: "background"},
)


def register(app: Dash, context: Context) -> None:
    """The address and the controls, the place search, the sections, the list and the files."""
    register_address(app, context, URL_SYNC)
    register_search(app, context, URL_SYNC, component=ids.PLACE, options=_found)
    register_charts(app, URL_SYNC, ready=ids.READY)
    register_sections(app, context, URL_SYNC, SECTIONS, after=ids.READY)
    app.clientside_callback(
        ClientsideFunction("rows", "show"),
        Output(ids.ROWS_SHOWN, "data"),
        Input(ids.TABLE, "data"),
        prevent_initial_call=True,
    )

    @app.callback(Output(ids.TABLE, "data"), Input(ids.READY, "data"), prevent_initial_call=True)
    def table(query: str | None) -> dict[str, object]:
        with context.store.reader() as reader:
            return rows.specification(resolve(context, reader, query or ""))

    app.server.add_url_rule("/omradestyper/rows", "area_types_rows", lambda: _answer_rows(context))

    def sheet(reader: Reader, query: str, part: str) -> Sheet:
        return _sheet(resolve(context, reader, query), part)

    register_files(app, context, "omradestyper", parts=FRAMES, sheet=sheet)


def _found(state: AreaTypesState, text: str) -> Options:
    return find_places(
        state.reader,
        text,
        year=state.view.year,
        language=state.language,
        chosen=controls.places(state),
        small=False,
    )


def _answer_rows(context: Context) -> Response:
    """Some rows of the list of changed areas, as the page writes them."""
    with context.store.reader() as reader:
        found = rows.some(resolve(context, reader, asked_query()), request.args)
    response = Response(orjson.dumps({"rows": found}), mimetype="application/json")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _sheet(state: AreaTypesState, part: str) -> Sheet:
    view = state.view
    same = {"area": view.area, "year": view.year, "since": view.since}
    told = {"indicator": view.indicator, "background": view.background}
    frame = FRAMES[part](state)
    more = same | (told if part == "indicator" else {})
    return frame_sheet(
        frame.assign(**{k: v for k, v in more.items() if k not in frame}),
        stem=("area_types", part, view.area, str(view.year)),
        title=type_title(view, where=state.where),
        query=view.to_query(),
        headed=HEADED,
        provenance=state.provenance,
        language=state.language,
        about=[(words.READ_SO[state.language], " ".join(s[state.language] for s in FIXED))],
    )


PAGE = Page(path="/omradestyper", name=words.NAME, layout=layout, register=register, embed=True)
