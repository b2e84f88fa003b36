"""Segregation: how apart groups live, how sure it is, what it is made of and why it changed."""

from collections.abc import Sequence
from typing import Final

from dash import html
from dash.development.base_component import Component

from barometer import queries, wording
from barometer.ui import parts
from barometer.ui.address import PageUpdate, UrlSync, head
from barometer.ui.base.page import LivePage
from barometer.ui.components import Options
from barometer.ui.pages.segregation import controls, ids, words
from barometer.ui.pages.segregation.sections import BOXES
from barometer.ui.pages.segregation.state import SegregationState, resolve
from barometer.ui.places import find_places
from barometer.ui.words import CONTAINER_NONE

# What a reader can change, by the address's key.
CONTROLS: Final = {
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


def body(state: SegregationState) -> Component:
    """Controls, and room for the sections."""
    language = state.language
    source = parts.source_line(state.provenance, language=language)
    return html.Div(
        [
            *head(ids, ids.READY),
            html.H1(state.title, id=ids.TITLE, className="segregation__title"),
            html.P(words.LEAD[language], className="lead"),
            controls.controls(state),
            html.Div(id=ids.NOTICE, className="notice"),
            parts.room(ids.OVERVIEW, parts.waiting(language)),
            parts.room(ids.OVER_TIME),
            controls.ranking_controls(state),
            *[parts.room(part) for part in (ids.RANKING, ids.DEPTH, ids.NEARNESS, ids.DRIVERS)],
            parts.tools(parts.source(ids.SOURCE, source), language=language, embed=True),
        ],
        className="segregation",
    )


def _page_update(state: SegregationState) -> PageUpdate:
    asked = state.measurement
    return PageUpdate(
        query=asked.to_query(),
        title=state.title,
        remarks=_remarks(state),
        language=state.language,
        controls=[str(getattr(asked, key)) for key in CONTROLS],
        follows=[
            controls.indices(state),
            controls.unit_levels(state),
            controls.places(state),
            controls.years(state),
            controls.earlier(state),
            parts.source_line(state.provenance, language=state.language),
        ],
    )


def _remarks(state: SegregationState) -> Sequence[str]:
    catalogue = state.context.catalogue
    names = {g: catalogue.groupings[g].name[state.language] for g in state.offer.groupings}
    indices = {i: state.label(i) for i in state.offer.indices[state.measurement.grouping]}
    places = {state.measurement.area: state.where}
    return wording.measure_remarks(
        state.corrections, names=names | indices | places, language=state.language
    )


URL_SYNC: Final = UrlSync(
    ids=ids,
    controls={key: (component, "value") for key, component in CONTROLS.items()},
    follows=(
        *((i, "data") for i in (ids.INDEX, ids.UNITS, ids.PLACE, ids.YEAR, ids.SINCE)),
        (ids.SOURCE, "children"),
    ),
    page_update=_page_update,
)


def _places(state: SegregationState, text: str) -> Options:
    return find_places(
        state.reader,
        text,
        year=state.measurement.year,
        language=state.language,
        chosen=controls.places(state),
        small=False,
    )


PAGE: Final = LivePage(
    path=SegregationState.path,
    name=words.NAME,
    menu="row",
    embed=True,
    resolve=resolve,
    body=body,
    lacking=(words.EMPTY, words.EMPTY_NEXT),
    offered=lambda _, reader: bool(reader.once(queries.measure_offer).groupings),
    sync=URL_SYNC,
    search=(ids.PLACE, _places),
    nothing_found=CONTAINER_NONE,
    charts="ready",
    after=ids.READY,
    boxes=BOXES,
)
