"""create_app: one Dash app from settings, store and catalogue."""

from pathlib import Path
from typing import Any

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component
from flask import Flask, Response, request

from barometer.catalogue import Catalogue
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui import api, frame, guard, health, ids, limits, metrics, serving, theme
from barometer.ui.address import base_path, put_under_base
from barometer.ui.base.page import Page
from barometer.ui.context import Context
from barometer.ui.document import WATCH, Site, script_hash
from barometer.ui.markup import stilled
from barometer.ui.pages.actors import page as aktorer
from barometer.ui.pages.api import page as api_page
from barometer.ui.pages.area_types import page as omradestyper
from barometer.ui.pages.evaluation import page as evaluation
from barometer.ui.pages.lab import page as labb
from barometer.ui.pages.lists import page as listor
from barometer.ui.pages.map import page as map_page
from barometer.ui.pages.method import page as data
from barometer.ui.pages.place import page as plats
from barometer.ui.pages.segregation import page as segregation
from barometer.ui.pages.start import page as start
from barometer.ui.v1 import routes as v1

PAGES: tuple[Page, ...] = (
    *(start.PAGE, map_page.PAGE, plats.PAGE, segregation.PAGE, omradestyper.PAGE),
    *(labb.PAGE, listor.PAGE),
    *(evaluation.PAGE, aktorer.PAGE, data.PAGE, api_page.PAGE),
)
"""Every page, in the order of the menu. A new page is a module in `pages` and a line here."""

ASSETS = Path(__file__).resolve().parents[2] / "assets"


def create_app(settings: Settings, store: Store, catalogue: Catalogue) -> Site:
    """The site: pages, callbacks and routes on one server of its own."""
    context = Context(settings, store, catalogue)
    app = Site(
        "barometer",
        server=Flask("barometer", static_folder=None),
        assets_folder=str(ASSETS),
        assets_path_ignore=["modules"],  # served under their checksum (serving.module_files)
        serve_locally=True,
        compress=False,
        update_title=None,
        suppress_callback_exceptions=True,  # a page comes when it is asked for; a test checks ids
        enable_mcp=False,
        add_log_handler=False,
        routes_pathname_prefix="/",
        requests_pathname_prefix="/",  # put_under_base puts all addresses under the base
    )
    app.find_page, app.context = find_page, context
    app.layout = shell
    metrics.register(app.server, context)
    health.register(app.server, context)
    api.register(app.server, context)
    v1.register(app.server, context)
    limits.install(app.server, settings)
    guard.install(app)
    for page in PAGES:
        page.install(app, context)
    frame.register(app, context)
    _register_router(app, context)
    hashes = (*app.csp_hashes(), script_hash(WATCH))
    serving.install(
        app.server,
        script_hashes=lambda: hashes,
        may_embed=lambda path: find_page(path).embed,
        faces=context.faces,
    )
    app.server.after_request(_mark_lost)
    put_under_base(app.server, settings, pages=[page.path for page in PAGES])
    return app


def find_page(path: str) -> Page:
    """The page at a path; the lost page when there is none."""
    trimmed = path.rstrip("/") or "/"
    return next((page for page in PAGES if page.path == trimmed), frame.LOST)


def shell() -> Component:
    """What is there before any page: the address, and room for the page."""
    return dmc.MantineProvider(
        [dcc.Location(id=ids.URL, refresh=False), html.Div(id=ids.PAGE, className="site")],
        theme=theme.MANTINE,
        defaultColorScheme="auto",
    )


def _register_router(app: Dash, context: Context) -> None:
    @app.callback(
        Output(ids.PAGE, "children"), Input(ids.URL, "pathname"), State(ids.URL, "search")
    )
    def show(pathname: str | None, search: str | None) -> Any:
        path = (pathname or "/").removeprefix(base_path())
        shown = frame.framed(find_page(path or "/"), PAGES, context, search or "")
        return stilled(shown)


def _mark_lost(response: Response) -> Response:
    """An unknown address answers 404 although the site's frame is sent."""
    by_dash = "path" in (request.view_args or {})
    sends_page = by_dash and response.mimetype == "text/html" and response.status_code == 200
    if sends_page and find_page(request.path) is frame.LOST:
        response.status_code = 404
    return response


__all__ = ["PAGES", "create_app", "find_page"]
