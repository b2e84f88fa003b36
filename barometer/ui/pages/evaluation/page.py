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
    Live,
    Told,
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
    Seen,
    see,
)


def layout(context: Context, query: str) -> Component:
    """Controls, and room for the sections."""
    with context.store.reader() as reader:
        if not reader.once(queries.effort_offer).indicators:
            language = language_of(query)
            return parts.message(words.NOTHING[language], words.NOTHING_NEXT[language])
        seen = see(context, reader, query)
        title, line, choose = _title(seen), _source(seen), controls.controls(seen)
    language = seen.language
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


def _provenance(seen: Seen) -> queries.Provenance:
    sources = seen.reader.once(queries.sources, seen.indicator.source_ids)
    return queries.Provenance(seen.reader.snapshot, sources, seen.breaks)


def _source(seen: Seen) -> str:
    return parts.source_line(_provenance(seen), language=seen.language)


def _title(seen: Seen) -> str:
    return wording.effort_title(
        seen.effort, indicator=seen.indicator.name[seen.language], where=seen.where
    )


def _tell(seen: Seen) -> Told:
    effort = seen.effort
    return Told(
        query=effort.to_query(),
        title=_title(seen),
        remarks=_remarks(seen),
        language=seen.language,
        controls=[effort.indicator, effort.level, list(effort.areas), str(effort.start)],
        follows=[
            controls.levels(seen),
            controls.chosen(seen),
            controls.starts(seen),
            _source(seen),
        ],
    )


def _remarks(seen: Seen) -> Sequence[str]:
    return wording.effort_remarks(
        seen.reading.misunderstood,
        effort=seen.effort,
        indicator=seen.indicator.name[seen.language],
    )


LIVE: Final = Live(
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
    see=see,
    tell=_tell,
)


def register(app: Dash, context: Context) -> None:
    """The address and the controls, the search for areas, the sections and their files."""
    register_address(app, context, LIVE)
    register_search(app, context, LIVE, component=ids.AREAS, options=_found)
    register_charts(app, LIVE, ready=ids.READY)
    register_sections(app, context, LIVE, [(ids.SECTIONS, sections)], after=ids.READY)

    def sheet(reader: Reader, query: str, part: str) -> Sheet | None:
        known = reader.once(queries.effort_offer).indicators
        return _sheet(see(context, reader, query), part) if known else None

    register_files(app, context, "folj-upp", parts=FRAMES, sheet=sheet)


def _found(seen: Seen, text: str) -> Any:
    """Nothing typed is a search emptied by a choice, whose own answer is on its way."""
    return controls.found_areas(seen, text) if text else no_update


def _sheet(seen: Seen, part: str) -> Sheet:
    return effort_sheet(
        FRAMES[part](seen),
        seen.effort,
        part=part,
        indicator=seen.indicator,
        title=_title(seen),
        provenance=_provenance(seen),
    )


PAGE = Page(path="/folj-upp", name=words.NAME, layout=layout, register=register)
