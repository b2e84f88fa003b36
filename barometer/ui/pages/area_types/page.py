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
    Live,
    Told,
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
    Seen,
    see,
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
        seen = see(context, reader, query)
        title, line = type_title(seen.view, where=seen.where), _source(seen)
        choose, chosen = controls.controls(seen), controls.indicator_controls(seen)
    language = seen.language
    return html.Div(
        [
            *head(ids, ids.READY, ids.TABLE, ids.ROWS_SHOWN),
            dcc.Store(id=ids.SORT, data=seen.view.sort),
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


def _source(seen: Seen) -> str:
    return parts.source_line(seen.provenance, language=seen.language)


def _tell(seen: Seen) -> Told:
    view = seen.view
    return Told(
        query=view.to_query(),
        title=type_title(view, where=seen.where),
        remarks=_remarks(seen),
        language=seen.language,
        controls=[
            view.area,
            str(view.year),
            str(view.since),
            view.indicator,
            view.background,
            view.sort,
        ],
        follows=[
            controls.places(seen),
            controls.earlier(seen),
            controls.backgrounds(seen),
            _source(seen),
        ],
    )


def _remarks(seen: Seen) -> Sequence[str]:
    catalogue = seen.context.catalogue
    names = {i: catalogue.indicators[i].name[seen.language] for i in typed_indicators(seen.offer)}
    return address_remarks(
        seen.reading.misunderstood,
        fields=FIELDS,
        names=names | {seen.view.area: seen.where},
        language=seen.language,
    )


LIVE: Final = Live(
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
    see=see,
    tell=_tell,
    forgets={ids.INDICATOR: "background"},
)


def register(app: Dash, context: Context) -> None:
    """The address and the controls, the place search, the sections, the list and the files."""
    register_address(app, context, LIVE)
    register_search(app, context, LIVE, component=ids.PLACE, options=_found)
    register_charts(app, LIVE, ready=ids.READY)
    register_sections(app, context, LIVE, SECTIONS, after=ids.READY)
    app.clientside_callback(
        ClientsideFunction("rows", "show"),
        Output(ids.ROWS_SHOWN, "data"),
        Input(ids.TABLE, "data"),
        prevent_initial_call=True,
    )

    @app.callback(Output(ids.TABLE, "data"), Input(ids.READY, "data"), prevent_initial_call=True)
    def table(query: str | None) -> dict[str, object]:
        with context.store.reader() as reader:
            return rows.specification(see(context, reader, query or ""))

    app.server.add_url_rule("/omradestyper/rows", "area_types_rows", lambda: _answer_rows(context))

    def sheet(reader: Reader, query: str, part: str) -> Sheet:
        return _sheet(see(context, reader, query), part)

    register_files(app, context, "omradestyper", parts=FRAMES, sheet=sheet)


def _found(seen: Seen, text: str) -> Options:
    return find_places(
        seen.reader,
        text,
        year=seen.view.year,
        language=seen.language,
        chosen=controls.places(seen),
        small=False,
    )


def _answer_rows(context: Context) -> Response:
    """Some rows of the list of changed areas, as the page writes them."""
    with context.store.reader() as reader:
        found = rows.some(see(context, reader, asked_query()), request.args)
    response = Response(orjson.dumps({"rows": found}), mimetype="application/json")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _sheet(seen: Seen, part: str) -> Sheet:
    view = seen.view
    same = {"area": view.area, "year": view.year, "since": view.since}
    told = {"indicator": view.indicator, "background": view.background}
    frame = FRAMES[part](seen)
    more = same | (told if part == "indicator" else {})
    return frame_sheet(
        frame.assign(**{k: v for k, v in more.items() if k not in frame}),
        stem=("area_types", part, view.area, str(view.year)),
        title=type_title(view, where=seen.where),
        query=view.to_query(),
        headed=HEADED,
        provenance=seen.provenance,
        language=seen.language,
        about=[(words.READ_SO[seen.language], " ".join(s[seen.language] for s in FIXED))],
    )


PAGE = Page(path="/omradestyper", name=words.NAME, layout=layout, register=register, embed=True)
