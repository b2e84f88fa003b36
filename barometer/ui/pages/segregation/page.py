"""Segregation: how apart groups live, how sure it is, what it is made of and why it changed."""

from collections.abc import Sequence
from typing import Final

from dash import Dash, html
from dash.development.base_component import Component

from barometer import queries, wording
from barometer.export import Sheet, measure_sheet
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
from barometer.ui.components import Options
from barometer.ui.context import Context, language_of
from barometer.ui.downloads import register_files
from barometer.ui.pages import Page
from barometer.ui.pages.segregation import (
    controls,
    ids,
    words,
)
from barometer.ui.pages.segregation.depth import (
    areas,
    depth,
    profile,
)
from barometer.ui.pages.segregation.overview import (
    over_time,
    overview,
)
from barometer.ui.pages.segregation.ranking import ranking
from barometer.ui.pages.segregation.state import (
    FRAMES,
    SegregationState,
    resolve,
)
from barometer.ui.places import find_places

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


def layout(context: Context, query: str) -> Component:
    """Controls, and room for the sections."""
    with context.store.reader() as reader:
        if not reader.once(queries.measure_offer).groupings:
            language = language_of(query)
            return parts.message(words.EMPTY[language], words.EMPTY_NEXT[language])
        state = resolve(context, reader, query)
        title, line = _title(state), _source(state)
        choose, order = controls.controls(state), controls.ranking_controls(state)
    language = state.language
    return html.Div(
        [
            *head(ids, ids.READY),
            html.H1(title, id=ids.TITLE, className="segregation__title"),
            html.P(words.LEAD[language], className="lead"),
            choose,
            html.Div(id=ids.NOTICE, className="notice"),
            parts.room(ids.OVERVIEW, parts.waiting(language)),
            parts.room(ids.OVER_TIME),
            order,
            *[parts.room(part) for part in (ids.RANKING, ids.DEPTH, ids.NEARNESS, ids.DRIVERS)],
            parts.tools(parts.source(ids.SOURCE, line), language=language, embed=True),
        ],
        className="segregation",
    )


def _provenance(state: SegregationState) -> queries.Provenance:
    sources = state.reader.once(queries.sources, state.grouping.source_ids)
    return queries.Provenance(state.reader.snapshot, sources, state.breaks)


def _source(state: SegregationState) -> str:
    return parts.source_line(_provenance(state), language=state.language)


def _title(state: SegregationState) -> str:
    return wording.measure_title(
        state.measurement,
        index=state.label(state.index.id),
        grouping=state.grouping.name[state.language],
        where=state.where,
    )


def _page_update(state: SegregationState) -> PageUpdate:
    asked = state.measurement
    return PageUpdate(
        query=asked.to_query(),
        title=_title(state),
        remarks=_remarks(state),
        language=state.language,
        controls=[str(getattr(asked, key)) for key in CONTROLS],
        follows=[
            controls.indices(state),
            controls.unit_levels(state),
            controls.places(state),
            controls.years(state),
            controls.earlier(state),
            _source(state),
        ],
    )


def _remarks(state: SegregationState) -> Sequence[str]:
    catalogue = state.context.catalogue
    names = {g: catalogue.groupings[g].name[state.language] for g in state.offer.groupings}
    indices = {i: state.label(i) for i in state.offer.indices[state.measurement.grouping]}
    places = {state.measurement.area: state.where}
    return wording.measure_remarks(
        state.reading.misunderstood, names=names | indices | places, language=state.language
    )


URL_SYNC: Final = UrlSync(
    ids=ids,
    controls={key: (component, "value") for key, component in CONTROLS.items()},
    follows=(
        *((i, "data") for i in (ids.INDEX, ids.UNITS, ids.PLACE, ids.YEAR, ids.SINCE)),
        (ids.SOURCE, "children"),
    ),
    resolve=resolve,
    page_update=_page_update,
)


def register(app: Dash, context: Context) -> None:
    """The address and the controls, the place search, the sections and their files."""
    register_address(app, context, URL_SYNC)
    register_search(app, context, URL_SYNC, component=ids.PLACE, options=_found)
    register_charts(app, URL_SYNC, ready=ids.READY)
    sections = (
        (ids.OVERVIEW, overview),
        (ids.OVER_TIME, over_time),
        (ids.RANKING, ranking),
        (ids.DEPTH, depth),
        (ids.NEARNESS, profile),
        (ids.DRIVERS, areas),
    )
    register_sections(app, context, URL_SYNC, sections, after=ids.READY)

    def sheet(reader: Reader, query: str, part: str) -> Sheet | None:
        known = reader.once(queries.measure_offer).groupings
        return _sheet(resolve(context, reader, query), part) if known else None

    register_files(app, context, "segregation", parts=FRAMES, sheet=sheet)


def _found(state: SegregationState, text: str) -> Options:
    return find_places(
        state.reader,
        text,
        year=state.measurement.year,
        language=state.language,
        chosen=controls.places(state),
        small=False,
    )


def _sheet(state: SegregationState, part: str) -> Sheet:
    return measure_sheet(
        FRAMES[part](state),
        state.measurement,
        part=part,
        grouping=state.grouping,
        title=_title(state),
        provenance=_provenance(state),
    )


PAGE = Page(path="/segregation", name=words.NAME, layout=layout, register=register, embed=True)
