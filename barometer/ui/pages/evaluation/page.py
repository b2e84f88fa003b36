"""Följ upp: how areas have gone since an effort began, beside areas that were like them before."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Final

from dash import html
from dash.development.base_component import Component

from barometer import queries, wording
from barometer.ui import parts
from barometer.ui.base.page import LivePage
from barometer.ui.base.url_sync import UrlSync, head
from barometer.ui.pages.evaluation import controls, ids, words
from barometer.ui.pages.evaluation.sections import BOXES
from barometer.ui.pages.evaluation.state import EvaluationState, resolve, result_frame
from barometer.ui.parts import Options


def body(state: EvaluationState) -> Component:
    """Controls, and room for the sections."""
    language = state.language
    return html.Div(
        [
            *head(ids, ids.READY),
            html.H1(state.title, id=ids.TITLE, className="segregation__title"),
            html.P(words.LEAD[language], className="lead"),
            controls.controls(state),
            html.Div(id=ids.NOTICE, className="notice"),
            parts.placeholder(ids.SECTIONS, parts.waiting(language)),
            parts.tools(parts.source(ids.SOURCE, state.source), language=language),
        ],
        className="segregation",
    )


def _remarks(state: EvaluationState) -> Sequence[str]:
    return wording.evaluation_remarks(
        state.corrections,
        effort=state.effort,
        indicator=state.indicator.name[state.language],
    )


URL_SYNC: Final = UrlSync(
    ids=ids,
    controls={
        "indicator": (ids.INDICATOR, "value"),
        "level": (ids.LEVEL, "value"),
        "areas": (ids.AREAS, "value"),
        "start": (ids.START, "value"),
    },
    follows={
        (ids.LEVEL, "data"): controls.levels,
        (ids.AREAS, "data"): controls.chosen,
        (ids.START, "data"): controls.starts,
        (ids.SOURCE, "children"): attrgetter("source"),
    },
    remarks=_remarks,
)


def _areas(state: EvaluationState, text: str) -> Options | None:
    """Nothing typed is a search emptied by a choice, whose own answer is on its way."""
    return controls.matching_areas(state, text) if text else None


PAGE: Final = LivePage(
    path=EvaluationState.path,
    name=words.NAME,
    resolve=resolve,
    body=body,
    lacking=(words.NOTHING, words.NOTHING_NEXT),
    offered=lambda _, reader: bool(queries.evaluation_offer_of(reader).indicators),
    sync=URL_SYNC,
    search=(ids.AREAS, _areas),
    charts="ready",
    after=ids.READY,
    boxes=BOXES,
    files={"result": result_frame},
)
