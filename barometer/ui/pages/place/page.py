"""Plats (place profile): one place in numbers and words, and the same as documents."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from operator import attrgetter
from typing import Final, Literal

from dash import Dash, html
from dash.development.base_component import Component
from flask import Response, request

from barometer.documents import Briefing
from barometer.own_codes import is_own, plain_id, renamed
from barometer.ui import parts
from barometer.ui.address import site_address
from barometer.ui.base.page import LivePage
from barometer.ui.base.url_sync import UrlSync, head
from barometer.ui.context import Context, asked_query
from barometer.ui.downloads import lost, refused
from barometer.ui.pages.place import changed, controls, ids, sections, words
from barometer.ui.pages.place.agenda import agenda
from barometer.ui.pages.place.briefing import briefing
from barometer.ui.pages.place.hero import crumbs, lead
from barometer.ui.pages.place.maps import map_svg
from barometer.ui.pages.place.report import report
from barometer.ui.pages.place.state import PlaceState, has_figures, resolve
from barometer.ui.places import place_options
from barometer.ui.serving import AssetStore
from barometer.ui.words import NOTHING_TO_DRAW
from barometer.wording.page_remarks import profile_remarks

_MAPS: Final = 16_000_000  # bytes of maps that are kept
Kind = Literal["docx", "pptx"]
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_MEDIA_TYPES: Final[dict[Kind, str]] = {
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "pptx": f"{_OFFICE}.presentationml.presentation",
}


def body(state: PlaceState) -> Component:
    """The whole page: the sections come with it, since they take less than to ask for them."""
    (whole,) = sections.BOXES
    return html.Div(
        [
            *head(ids, asked=state.query),
            html.Div(crumbs(state), id=ids.CRUMBS),
            html.Div(id=ids.NOTICE, className="notice"),
            html.H1(state.area.name, id=ids.TITLE, className="plats__title"),
            html.Div(whole.fill(state), id=whole.component, className="plats__sections"),
            controls.controls(state),
            parts.buttons(state.language, embed=True),
        ],
        className="plats",
    )


def _opening(state: PlaceState) -> tuple[str, str]:
    """The place's name and its first sentences."""
    return state.area.name, " ".join(lead(state))


def _remarks(state: PlaceState) -> Sequence[str]:
    names = {state.area.area_id: state.where}
    names |= {i: state.name(i) for i in state.context.catalogue.indicators}
    return profile_remarks(state.corrections, names=names, language=state.language)


def _named(keys: dict[str, str]) -> dict[str, str]:
    """A name is part of the own area that it is of; other places have theirs."""
    area, name = keys.get("area", ""), keys.pop("name", "")
    return keys | {"area": renamed(area, name)} if is_own(area) else keys


URL_SYNC: Final = UrlSync(
    ids=ids,
    controls={
        "area": (ids.PLACE, "value"),
        "year": (ids.YEAR, "value"),
        "first": (ids.FIRST, "value"),
        "alike": (ids.ALIKE, "value"),
        "peers": (ids.PEERS, "value"),
        "name": (ids.NAME, "value"),
    },
    values_of={"name": controls.own_name},
    follows={
        (ids.PLACE, "data"): controls.places,
        (ids.YEAR, "data"): controls.years,
        (ids.CRUMBS, "children"): crumbs,
        (ids.NAMING, "hidden"): lambda state: not is_own(state.profile.area),
    },
    title=attrgetter("area.name"),
    rewrite=_named,
    remarks=_remarks,
)


def _paper(context: Context, write: Callable[..., str]) -> Response:
    """The report or the agenda: a document of its own, which a browser prints or a person reads."""
    with context.reader(asked_query()) as reader:
        state = resolve(context, reader, asked_query())
        if state.corrections:
            return refused(state.corrections)
        document = write(state, today=datetime.now(UTC).date(), site="")
    return Response(document, mimetype="text/html")


def _map(context: Context, shelf: AssetStore, *, dark: bool) -> Response:
    """The small map as SVG, drawn once for each snapshot, place and colour scheme."""
    with context.reader(asked_query()) as reader:
        state = resolve(context, reader, asked_query())
        if state.corrections:
            return refused(state.corrections)
        key = f"{reader.edition}{state.area.area_id}/{state.profile.year}/{state.language}/{dark}"
        picture = shelf.get(key, None, lambda: map_svg(state, dark=dark) or b"", quality=0)
    if not picture:
        return lost(NOTHING_TO_DRAW)
    response = Response(picture, mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "no-cache"
    response.set_etag(hashlib.sha256(picture).hexdigest()[:16])
    response.make_conditional(request)
    return response


def _document(context: Context, kind: Kind) -> Response:
    """The lägesbild as a Word document or slides, made for whoever asks."""
    with context.reader(asked_query()) as reader:
        state = resolve(context, reader, asked_query())
        if state.corrections:
            return refused(state.corrections)
        if not has_figures(state):
            return Response(words.EMPTY[state.language], status=404, mimetype="text/plain")
        made = briefing(state, site=site_address())
    response = Response(_file(made, kind), mimetype=_MEDIA_TYPES[kind])
    name = f"lagesbild-{plain_id(state.area.area_id)}-{state.profile.year}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _file(content: Briefing, kind: Kind) -> bytes:
    if kind == "docx":
        from barometer.documents.word import word_file

        return word_file(content)
    from barometer.documents.slides import slides_file

    return slides_file(content)


def register(app: Dash, context: Context) -> None:
    """The report, the agenda, the documents, and the map that the server draws."""
    shelf = AssetStore(_MAPS)
    app.server.add_url_rule("/plats/rapport", "plats_report", lambda: _paper(context, report))
    app.server.add_url_rule("/plats/agenda", "plats_agenda", lambda: _paper(context, agenda))
    app.server.add_url_rule(
        "/plats/karta.svg", "plats_map", lambda: _map(context, shelf, dark=False)
    )
    app.server.add_url_rule(
        "/plats/karta-dark.svg", "plats_map_dark", lambda: _map(context, shelf, dark=True)
    )
    app.server.add_url_rule(
        "/plats/lagesbild.docx", "plats_docx", lambda: _document(context, "docx")
    )
    app.server.add_url_rule(
        "/plats/lagesbild.pptx", "plats_pptx", lambda: _document(context, "pptx")
    )
    changed.register(app.server, context)


PAGE: Final = LivePage(
    path=PlaceState.path,
    name=words.NAME,
    menu="row",
    embed=True,
    resolve=resolve,
    body=body,
    sync=URL_SYNC,
    search=(ids.PLACE, place_options),
    after=ids.ASKED,
    boxes=sections.BOXES,
    files=sections.FILES,
    opening=_opening,
    register=register,
)
