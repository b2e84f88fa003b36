"""Områdestyper: shares, moves, changed areas and conditions by type."""

from collections.abc import Sequence
from functools import partial
from operator import attrgetter
from typing import Final

from dash import dcc, html
from dash.development.base_component import Component

from barometer.divisions import Language
from barometer.selection.area_types import AREA_TYPE, TYPED_LEVEL, typed_indicators
from barometer.store import Reader
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.address import address
from barometer.ui.base.page import LivePage, PageRows
from barometer.ui.base.url_sync import UrlSync, head
from barometer.ui.context import Context
from barometer.ui.markup import aria
from barometer.ui.pages.area_types import controls, ids, rows, words
from barometer.ui.pages.area_types.sections import BOXES
from barometer.ui.pages.area_types.state import AreaTypesState, changes_frame, resolve
from barometer.ui.places import place_options
from barometer.ui.words import CONTAINER_NONE
from barometer.wording.area_types import FIXED
from barometer.wording.page_remarks import address_remarks

FIELDS: Final = {
    "area": site_words.PLACE,
    "year": site_words.YEAR,
    "since": site_words.COMPARE,
    "indicator": site_words.INDICATOR,
    "background": site_words.BACKGROUND,
    "sort": words.SORT,
    "marked": words.MARKED,
    "lang": words.LANGUAGE,
}


def body(state: AreaTypesState) -> Component:
    """Controls, and room for the sections."""
    language = state.language
    return html.Div(
        [
            *head(ids, ids.READY, ids.TABLE, ids.ROWS_SHOWN),
            dcc.Store(id=ids.SORT, data=state.view.sort),
            html.H1(state.title, id=ids.TITLE, className="types__title"),
            html.P(words.LEAD[language], className="lead"),
            _reading(language),
            controls.controls(state),
            html.Div(id=ids.NOTICE, className="notice"),
            parts.placeholder(ids.OVERVIEW, parts.waiting(language)),
            parts.placeholder(ids.MOVES),
            html.Section(
                [parts.placeholder(ids.CHANGES), html.Div(id=ids.ROWS)],
                className="measure",
                **aria(label=words.CHANGES[language]),
            ),
            html.H2(words.BY_TYPE[language], className="types__subject"),
            controls.indicator_controls(state),
            parts.placeholder(ids.INDICATORS),
            parts.tools(parts.source(ids.SOURCE, state.source), language=language, embed=True),
        ],
        className="types",
    )


def _reading(language: Language) -> Component:
    """What types are and are not: always there, before any number."""
    return parts.titled(
        "types-reading",
        words.READ_SO[language],
        html.Ul([html.Li(sentence[language]) for sentence in FIXED]),
        html.P(html.A(words.OTHER_LISTS[language], href=address("/listor", language=language))),
        name="types__reading",
    )


def _remarks(state: AreaTypesState) -> Sequence[str]:
    catalogue = state.context.catalogue
    names = {i: catalogue.indicators[i].name[state.language] for i in typed_indicators(state.offer)}
    return address_remarks(
        state.corrections,
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
        "marked": (ids.MARKED, "value"),
    },
    follows={
        (ids.PLACE, "data"): controls.places,
        (ids.SINCE, "data"): controls.earlier,
        (ids.BACKGROUND, "data"): controls.backgrounds,
        (ids.SOURCE, "children"): attrgetter("source"),
    },
    remarks=_remarks,
    resets={ids.INDICATOR: "background"},
)


def _offered(context: Context, reader: Reader) -> bool:
    offer = context.offer(reader)
    return bool(offer.years_of(AREA_TYPE, TYPED_LEVEL) and typed_indicators(offer))


PAGE: Final = LivePage(
    path=AreaTypesState.path,
    name=words.NAME,
    embed=True,
    resolve=resolve,
    body=body,
    lacking=(words.EMPTY, site_words.NOT_BUILT),
    offered=_offered,
    sync=URL_SYNC,
    search=(ids.PLACE, partial(place_options, small=False)),
    nothing_found=CONTAINER_NONE,
    charts="ready",
    after=ids.READY,
    boxes=BOXES,
    files={"changes": changes_frame},
    pictures={"changes": rows.picture},
    rows=PageRows(ids.TABLE, ids.ROWS_SHOWN, rows.some, rows.specification),
)
