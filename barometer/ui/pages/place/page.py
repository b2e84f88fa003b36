"""Plats (place profile): one place in numbers and words, and the same as an A4 report."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from dash import Dash, html
from dash.development.base_component import Component
from flask import Response

from barometer.ui import parts
from barometer.ui.address import PageUpdate, UrlSync, head
from barometer.ui.base.page import LivePage
from barometer.ui.components import Options
from barometer.ui.context import Context, asked_query
from barometer.ui.pages.place import controls, documents, ids, sections, words
from barometer.ui.pages.place.report import report
from barometer.ui.pages.place.state import PlaceState, resolve
from barometer.ui.places import find_places
from barometer.wording.profiles import profile_remarks


def body(state: PlaceState) -> Component:
    """Controls, and room for the sections."""
    language = state.language
    return html.Div(
        [
            *head(ids),
            controls.controls(state),
            html.Div(id=ids.NOTICE, className="notice"),
            html.H1(state.title, id=ids.TITLE, className="plats__title"),
            html.P(sections.whereabouts(state), id=ids.WHERE, className="plats__where"),
            html.Div(
                [
                    html.Ul(sections.links(state), id=ids.LINKS, className="plats__links"),
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
        title=state.title,
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
    return profile_remarks(state.corrections, names=names, language=state.language)


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
    page_update=_page_update,
)


def _places(state: PlaceState, text: str) -> Options:
    return find_places(
        state.reader,
        text,
        year=state.profile.year,
        language=state.language,
        chosen=controls.places(state),
    )


def _report(context: Context) -> Response:
    """The report as a document of its own, which a browser prints or a person reads."""
    with context.store.reader() as reader:
        state = resolve(context, reader, asked_query())
        document = report(state, today=datetime.now(UTC).date(), site="")
    return Response(document, mimetype="text/html")


def register(app: Dash, context: Context) -> None:
    """The report, as a page and as documents."""
    app.server.add_url_rule("/plats/rapport", "plats_report", lambda: _report(context))
    documents.register(app.server, context)


PAGE: Final = LivePage(
    path=PlaceState.path,
    name=words.NAME,
    menu="row",
    embed=True,
    resolve=resolve,
    body=body,
    sync=URL_SYNC,
    search=(ids.PLACE, _places),
    after=ids.ASKED,
    boxes=sections.BOXES,
    register=register,
)
