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
    Live,
    Told,
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
    Seen,
    see,
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
        seen = see(context, reader, query)
        title, line = _title(seen), _source(seen)
        choose, order = controls.controls(seen), controls.ranking_controls(seen)
    language = seen.language
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


def _provenance(seen: Seen) -> queries.Provenance:
    sources = seen.reader.once(queries.sources, seen.grouping.source_ids)
    return queries.Provenance(seen.reader.snapshot, sources, seen.breaks)


def _source(seen: Seen) -> str:
    return parts.source_line(_provenance(seen), language=seen.language)


def _title(seen: Seen) -> str:
    return wording.measure_title(
        seen.measurement,
        index=seen.label(seen.index.id),
        grouping=seen.grouping.name[seen.language],
        where=seen.where,
    )


def _tell(seen: Seen) -> Told:
    asked = seen.measurement
    return Told(
        query=asked.to_query(),
        title=_title(seen),
        remarks=_remarks(seen),
        language=seen.language,
        controls=[str(getattr(asked, key)) for key in CONTROLS],
        follows=[
            controls.indices(seen),
            controls.unit_levels(seen),
            controls.places(seen),
            controls.years(seen),
            controls.earlier(seen),
            _source(seen),
        ],
    )


def _remarks(seen: Seen) -> Sequence[str]:
    catalogue = seen.context.catalogue
    names = {g: catalogue.groupings[g].name[seen.language] for g in seen.offer.groupings}
    indices = {i: seen.label(i) for i in seen.offer.indices[seen.measurement.grouping]}
    places = {seen.measurement.area: seen.where}
    return wording.measure_remarks(
        seen.reading.misunderstood, names=names | indices | places, language=seen.language
    )


LIVE: Final = Live(
    ids=ids,
    controls={key: (component, "value") for key, component in CONTROLS.items()},
    follows=(
        *((i, "data") for i in (ids.INDEX, ids.UNITS, ids.PLACE, ids.YEAR, ids.SINCE)),
        (ids.SOURCE, "children"),
    ),
    see=see,
    tell=_tell,
)


def register(app: Dash, context: Context) -> None:
    """The address and the controls, the place search, the sections and their files."""
    register_address(app, context, LIVE)
    register_search(app, context, LIVE, component=ids.PLACE, options=_found)
    register_charts(app, LIVE, ready=ids.READY)
    sections = (
        (ids.OVERVIEW, overview),
        (ids.OVER_TIME, over_time),
        (ids.RANKING, ranking),
        (ids.DEPTH, depth),
        (ids.NEARNESS, profile),
        (ids.DRIVERS, areas),
    )
    register_sections(app, context, LIVE, sections, after=ids.READY)

    def sheet(reader: Reader, query: str, part: str) -> Sheet | None:
        known = reader.once(queries.measure_offer).groupings
        return _sheet(see(context, reader, query), part) if known else None

    register_files(app, context, "segregation", parts=FRAMES, sheet=sheet)


def _found(seen: Seen, text: str) -> Options:
    return find_places(
        seen.reader,
        text,
        year=seen.measurement.year,
        language=seen.language,
        chosen=controls.places(seen),
        small=False,
    )


def _sheet(seen: Seen, part: str) -> Sheet:
    return measure_sheet(
        FRAMES[part](seen),
        seen.measurement,
        part=part,
        grouping=seen.grouping,
        title=_title(seen),
        provenance=_provenance(seen),
    )


PAGE = Page(path="/segregation", name=words.NAME, layout=layout, register=register, embed=True)
