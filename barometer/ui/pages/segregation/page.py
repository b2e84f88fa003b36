"""Segregation: how apart groups live, how sure it is, what it is made of and why it changed."""

from collections.abc import Sequence
from functools import partial
from operator import attrgetter
from typing import Final

from dash import html
from dash.development.base_component import Component

from barometer import queries, wording
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.base.page import LivePage
from barometer.ui.base.url_sync import UrlSync, head
from barometer.ui.markup import data
from barometer.ui.pages.segregation import controls, ids, words
from barometer.ui.pages.segregation.sections import BOXES, FOLDS, Fold
from barometer.ui.pages.segregation.state import SegregationState, resolve
from barometer.ui.pages.segregation.town import register_maps
from barometer.ui.places import place_options
from barometer.ui.words import CONTAINER_NONE

# What a reader can change, by the address's key.
CONTROLS: Final = {
    "grouping": ids.GROUPING,
    "area": ids.PLACE,
    "year": ids.YEAR,
    "since": ids.SINCE,
    "among": ids.AMONG,
    "peers": ids.PEERS,
    "population": ids.POPULATION,
    "caution": ids.CAUTION,
}


def body(state: SegregationState) -> Component:
    """The question, its answer, and room for the sections."""
    language = state.language
    rooms = (ids.OVERVIEW, ids.TOWN, ids.BEHIND, ids.OVER_TIME)
    return html.Div(
        [
            *head(ids, ids.READY, *[f"{ids.fold(f.key)}-asked" for f in FOLDS]),
            controls.question(state),
            html.Div(id=ids.NOTICE, className="notice"),
            html.H1(state.headline, id=ids.TITLE, className="segregation__title"),
            html.P(state.lead, id=ids.LEAD, className="lead segregation__lead"),
            *[parts.placeholder(part) for part in rooms],
            html.Section(
                [html.H2(words.DEPTH[language]), *[_fold(f, state) for f in FOLDS]],
                className="measure folds",
            ),
            parts.tools(parts.source(ids.SOURCE, state.source), language=language, embed=True),
        ],
        className="segregation",
    )


def _fold(fold: Fold, state: SegregationState) -> Component:
    """A folded part, filled when it is first opened (assets/34-sections.js)."""
    room, waiting = ids.fold(fold.key), parts.waiting(state.language)
    name = html.Span(fold.heading[state.language], className="fold__name")
    summary = html.Summary([name, html.Span(id=ids.answer(fold.key), className="fold__answer")])
    inside = html.Div([fold.controls(state), parts.placeholder(room, waiting, loading=False)])
    return html.Details([summary, inside], className="fold", **data(loads=f"{room}-asked"))


def _remarks(state: SegregationState) -> Sequence[str]:
    catalogue = state.context.catalogue
    names = {g: catalogue.groupings[g].name[state.language] for g in state.offer.groupings}
    indices = {i: state.label(i) for i in state.offer.indices[state.measurement.grouping]}
    places = {code: state.place(code) for code in state.measurement.places}
    return wording.measure_remarks(
        state.corrections, names=names | indices | places, language=state.language
    )


URL_SYNC: Final = UrlSync(
    ids=ids,
    controls={key: (component, "value") for key, component in CONTROLS.items()},
    values_of={"area": lambda state: list(state.measurement.places)},
    follows={
        (ids.PLACE, "data"): controls.places,
        (ids.YEAR, "data"): controls.years,
        (ids.SINCE, "data"): controls.earlier,
        (ids.LEAD, "children"): attrgetter("lead"),
        (ids.SOURCE, "children"): attrgetter("source"),
    },
    title=attrgetter("headline"),
    remarks=_remarks,
)


PAGE: Final = LivePage(
    path=SegregationState.path,
    name=words.NAME,
    menu="row",
    embed=True,
    resolve=resolve,
    body=body,
    lacking=(words.EMPTY, site_words.NOT_BUILT),
    offered=lambda _, reader: bool(queries.measure_offer_of(reader).groupings),
    sync=URL_SYNC,
    search=(ids.PLACE, partial(place_options, small=False)),
    nothing_found=CONTAINER_NONE,
    charts="ready",
    after=ids.READY,
    boxes=BOXES,
    opening=lambda state: (state.headline, state.lead),
    register=register_maps,
)
