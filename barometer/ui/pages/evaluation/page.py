"""Följ upp: how areas have gone since an effort began, beside areas that were like them before."""

from collections.abc import Sequence
from typing import Any, Final

from dash import Dash, html, no_update
from dash.development.base_component import Component

from barometer import queries, wording
from barometer.export import Sheet, effort_sheet
from barometer.store import Reader
from barometer.ui import parts
from barometer.ui.address import (
    PageUpdate,
    UrlSync,
    head,
    register_address,
    register_charts,
    register_search,
    register_sections,
)
from barometer.ui.context import Context, language_of
from barometer.ui.downloads import register_files
from barometer.ui.pages import Page
from barometer.ui.pages.evaluation import (
    controls,
    ids,
    words,
)
from barometer.ui.pages.evaluation.sections import sections
from barometer.ui.pages.evaluation.state import (
    FRAMES,
    EvaluationState,
    resolve,
)


def layout(context: Context, query: str) -> Component:
    """Controls, and room for the sections."""
    with context.store.reader() as reader:
        if not reader.once(queries.effort_offer).indicators:
            language = language_of(query)
            return parts.message(words.NOTHING[language], words.NOTHING_NEXT[language])
        state = resolve(context, reader, query)
        title, line, choose = _title(state), _source(state), controls.controls(state)
    language = state.language
    return html.Div(
        [
            *head(ids, ids.READY),
            html.H1(title, id=ids.TITLE, className="segregation__title"),
            html.P(words.LEAD[language], className="lead"),
            choose,
            html.Div(id=ids.NOTICE, className="notice"),
            parts.room(ids.SECTIONS, parts.waiting(language)),
            parts.tools(parts.source(ids.SOURCE, line), language=language),
        ],
        className="segregation",
    )


def _provenance(state: EvaluationState) -> queries.Provenance:
    sources = state.reader.once(queries.sources, state.indicator.source_ids)
    return queries.Provenance(state.reader.snapshot, sources, state.breaks)


def _source(state: EvaluationState) -> str:
    return parts.source_line(_provenance(state), language=state.language)


def _title(state: EvaluationState) -> str:
    return wording.effort_title(
        state.effort, indicator=state.indicator.name[state.language], where=state.where
    )


def _page_update(state: EvaluationState) -> PageUpdate:
    effort = state.effort
    return PageUpdate(
        query=effort.to_query(),
        title=_title(state),
        remarks=_remarks(state),
        language=state.language,
        controls=[effort.indicator, effort.level, list(effort.areas), str(effort.start)],
        follows=[
            controls.levels(state),
            controls.chosen(state),
            controls.starts(state),
            _source(state),
        ],
    )


def _remarks(state: EvaluationState) -> Sequence[str]:
    return wording.effort_remarks(
        state.reading.misunderstood,
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
    follows=(
        *((i, "data") for i in (ids.LEVEL, ids.AREAS, ids.START)),
        (ids.SOURCE, "children"),
    ),
    resolve=resolve,
    page_update=_page_update,
)


def register(app: Dash, context: Context) -> None:
    """The address and the controls, the search for areas, the sections and their files."""
    register_address(app, context, URL_SYNC)
    register_search(app, context, URL_SYNC, component=ids.AREAS, options=_found)
    register_charts(app, URL_SYNC, ready=ids.READY)
    register_sections(app, context, URL_SYNC, [(ids.SECTIONS, sections)], after=ids.READY)

    def sheet(reader: Reader, query: str, part: str) -> Sheet | None:
        known = reader.once(queries.effort_offer).indicators
        return _sheet(resolve(context, reader, query), part) if known else None

    register_files(app, context, "folj-upp", parts=FRAMES, sheet=sheet)


def _found(state: EvaluationState, text: str) -> Any:
    """Nothing typed is a search emptied by a choice, whose own answer is on its way."""
    return controls.found_areas(state, text) if text else no_update


def _sheet(state: EvaluationState, part: str) -> Sheet:
    return effort_sheet(
        FRAMES[part](state),
        state.effort,
        part=part,
        indicator=state.indicator,
        title=_title(state),
        provenance=_provenance(state),
    )


PAGE = Page(path="/folj-upp", name=words.NAME, layout=layout, register=register)
