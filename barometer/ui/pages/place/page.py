"""Plats (place profile): one place in numbers and words, and the same as an A4 report."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from dash import Dash, Input, Output, html
from dash.development.base_component import Component
from flask import Response

from barometer.export import Sheet
from barometer.export.profiles import profile_sheet
from barometer.store import Reader
from barometer.ui import parts
from barometer.ui.address import (
    PageUpdate,
    UrlSync,
    head,
    register_address,
    register_search,
    register_sections,
)
from barometer.ui.components import Options
from barometer.ui.context import Context, asked_query
from barometer.ui.downloads import register_files
from barometer.ui.pages import Page
from barometer.ui.pages.place import (
    controls,
    ids,
    sections,
    words,
)
from barometer.ui.pages.place.report import report
from barometer.ui.pages.place.state import (
    FRAMES,
    PlaceState,
    resolve,
)
from barometer.ui.pages.place.trends import every_year
from barometer.ui.places import find_places
from barometer.wording.profiles import profile_remarks


def layout(context: Context, query: str) -> Component:
    """Controls, and room for the sections."""
    with context.store.reader() as reader:
        state = resolve(context, reader, query)
        title, where = sections.title(state), sections.whereabouts(state)
        choose, links = controls.controls(state), sections.links(state)
    language = state.language
    return html.Div(
        [
            *head(ids),
            choose,
            html.Div(id=ids.NOTICE, className="notice"),
            html.H1(title, id=ids.TITLE, className="plats__title"),
            html.P(where, id=ids.WHERE, className="plats__where"),
            html.Div(
                [
                    html.Ul(links, id=ids.LINKS, className="plats__links"),
                    parts.buttons(language, embed=True),
                ],
                className="plats__tools",
            ),
            parts.room(ids.PORTRAIT, parts.waiting(language)),
            parts.room(ids.AROUND),
            parts.room(ids.EVERY),
            parts.source(ids.SOURCE),
        ],
        className="plats",
    )


def _page_update(state: PlaceState) -> PageUpdate:
    profile = state.profile
    return PageUpdate(
        query=profile.to_query(),
        title=sections.title(state),
        remarks=_remarks(state),
        language=state.language,
        controls=[profile.area, str(profile.year), list(profile.first), list(profile.alike)],
        follows=[
            controls.places(state),
            controls.years(state),
            sections.whereabouts(state),
            sections.links(state),
        ],
    )


def _remarks(state: PlaceState) -> Sequence[str]:
    names = {state.area.area_id: state.where}
    names |= {i: state.name(i) for i in state.context.catalogue.indicators}
    return profile_remarks(state.reading.misunderstood, names=names, language=state.language)


LATER: Final = (ids.AROUND, ids.EVERY)
URL_SYNC: Final = UrlSync(
    ids=ids,
    controls={
        "area": (ids.PLACE, "value"),
        "year": (ids.YEAR, "value"),
        "first": (ids.FIRST, "value"),
        "alike": (ids.ALIKE, "value"),
    },
    follows=(
        (ids.PLACE, "data"),
        (ids.YEAR, "data"),
        (ids.WHERE, "children"),
        (ids.LINKS, "children"),
    ),
    resolve=resolve,
    page_update=_page_update,
)


def register(app: Dash, context: Context) -> None:
    """The address and the controls, the place search, the sections, their files and the report.

    What is seen first answers by itself: half of the time goes to the rest.
    """
    register_address(app, context, URL_SYNC)
    register_search(app, context, URL_SYNC, component=ids.PLACE, options=_found)
    register_sections(app, context, URL_SYNC, [(ids.PORTRAIT, _first)], after=ids.ASKED)

    @app.callback(
        *[Output(part, "children") for part in (*LATER, ids.SOURCE)],
        *[Output(part, "aria-busy") for part in LATER],
        Input(ids.ASKED, "data"),
        prevent_initial_call=True,
    )
    def show(query: str | None) -> tuple[Any, ...]:
        with context.store.reader() as reader:
            return (*_rest(resolve(context, reader, query or "")), *["false"] * len(LATER))

    app.server.add_url_rule("/plats/rapport", "plats_report", lambda: _report(context))

    def sheet(reader: Reader, query: str, part: str) -> Sheet:
        return _sheet(resolve(context, reader, query), part)

    register_files(app, context, "plats", parts=FRAMES, sheet=sheet)


def _first(state: PlaceState) -> Any:
    return sections.portrait_parts(state, state.portrait())


def _rest(state: PlaceState) -> tuple[Any, ...]:
    made = state.portrait()
    return (
        sections.around(state, made),
        every_year(state, made),
        sections.source(state, made),
    )


def _found(state: PlaceState, text: str) -> Options:
    return find_places(
        state.reader,
        text,
        year=state.profile.year,
        language=state.language,
        chosen=controls.places(state),
    )


def _sheet(state: PlaceState, part: str) -> Sheet:
    return profile_sheet(
        FRAMES[part](state),
        state.profile,
        part=part,
        place=state.area.label,
        title=sections.title(state),
        catalogue=state.context.catalogue,
        provenance=sections.provenance(state, state.portrait()),
    )


def _report(context: Context) -> Response:
    """The report as a document of its own, which a browser prints or a person reads."""
    with context.store.reader() as reader:
        state = resolve(context, reader, asked_query())
        document = report(state, today=datetime.now(UTC).date(), site="")
    return Response(document, mimetype="text/html")


PAGE = Page(path="/plats", name=words.NAME, layout=layout, register=register, embed=True)
