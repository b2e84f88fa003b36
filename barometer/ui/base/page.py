"""The record of a page: what it is called, what it shows, and all that it registers by itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final, Generic, Literal, TypeVar

import orjson
from dash import ClientsideFunction, Dash, Input, Output, State, ctx
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate
from flask import Response, request

from barometer.catalogue import Text
from barometer.divisions import Language
from barometer.export import Sheet
from barometer.pictures import Format
from barometer.selection import Misunderstood
from barometer.store import NoSnapshotError, Reader
from barometer.ui import parts, words
from barometer.ui.base.section import Box, Section, always, nothing
from barometer.ui.base.state import PageState
from barometer.ui.base.url_sync import UrlSync
from barometer.ui.context import Context, asked_query, language_of
from barometer.ui.downloads import lost, register_files
from barometer.ui.markup import stilled
from barometer.ui.parts import Options
from barometer.ui.places import register_search, search_stores
from barometer.ui.serving import module_addresses

PICTURE_TYPES: Final = {"png": "image/png", "svg": "image/svg+xml"}
StateT = TypeVar("StateT", bound=PageState[Any])
Layout = Callable[[Context, str], Component]
"""Context and the address's query to what stands in the page's main element.

Reads its own snapshot; `NoSnapshotError` becomes the page that says what to do.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page: its address, its name in menu and title, and its layout.

    `wide` pages use the whole window; the others keep a readable measure. What `preload` gives the
    addresses of is fetched beside the page's own scripts and styles. Pages to `embed` may be
    framed by other sites at embed=1; no other page may be framed by anybody else. `menu` is where
    the header lists the page; pages that are "hidden" are led to by another page. `menu_name` is
    its name there where that is shorter. A page with `origin` places the badge of the figures'
    origin itself. `register` adds callbacks and routes that only this page has. `file` is the
    address of the page's figures as a file, without its format. `picture` gives the addresses of a
    picture on light and on dark ground that stands in the document until the page has its own.
    """

    path: str
    name: Text
    layout: Layout | None = None
    register: Callable[[Dash, Context], None] = nothing
    wide: bool = False
    preload: Callable[[], tuple[str, ...]] = tuple
    embed: bool = False
    menu: Literal["row", "more", "hidden"] = "more"
    menu_name: Text | None = None
    origin: bool = False
    file: str | None = None
    picture: Callable[[Context, str], tuple[str, str] | None] = nothing

    def content(self, context: Context, query: str) -> Component:
        """What stands in the page's main element."""
        if self.layout is None:
            raise NotImplementedError(f"the page {self.path} has no layout")
        return self.layout(context, query)

    def early_files(self) -> tuple[str, ...]:
        """The addresses of what the browser fetches beside the page's own scripts."""
        return self.preload()

    def first_words(self, _context: Context, _query: str, /) -> tuple[str, str]:
        """The heading and the first sentence that the document already has; empty without."""
        return "", ""

    def install(self, app: Dash, context: Context) -> None:
        """Register the page's callbacks and routes."""
        self.register(app, context)


@dataclass(frozen=True, slots=True)
class PageRows(Generic[StateT]):
    """A table whose rows are asked for as they come into view (assets/modules/table/pages.mjs).

    `specification` is what the client draws it by, kept in the store `table`; `some` answers rows
    at the page's path with /rows.
    """

    table: str
    drawn: str
    some: Callable[[StateT, Mapping[str, str]], list[list[object]]]
    specification: Callable[[StateT], Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LivePage(Page, Generic[StateT]):
    """A page whose state is its address: controls, sections and files follow from the same values.

    `body` is the page's frame, with room for the `boxes`, which follow the store `after`: that of
    the address, or one that waits for the chart library by a function of assets/34-sections.js
    (`charts`). Every section's frame is a file at
    /export/<path>/<file>; `files` are frames behind several sections, or the page's only one ("").
    Every section is a picture too; `pictures` are of figures that are no section.
    `opening` gives the heading and the first sentence, which the document has before any script.
    Where `offered` says that the snapshot lacks all that the page shows, it says `lacking`.
    """

    resolve: Callable[[Context, Reader, str], StateT]
    body: Callable[[StateT], Component]
    lacking: tuple[Text, Text] | None = None
    offered: Callable[[Context, Reader], bool] = always
    sync: UrlSync[StateT] | None = None
    search: tuple[str, Callable[[StateT, str], Options | None]] | None = None
    nothing_found: Text = words.PLACE_NONE
    charts: str = ""
    after: str = ""
    boxes: tuple[Box[StateT], ...] = ()
    files: Mapping[str, Callable[[StateT], Any]] = field(default_factory=dict)
    pictures: Mapping[str, Callable[[StateT, Format], bytes | None]] = field(default_factory=dict)
    rows: PageRows[StateT] | None = None
    opening: Callable[[StateT], tuple[str, str]] | None = None

    @property
    def export(self) -> str:
        """The page's part of a file's address."""
        return self.path.strip("/")

    @property
    def sections(self) -> tuple[Section[StateT], ...]:
        """The page's sections in their order."""
        return tuple(
            part for box in self.boxes for part in box.content if isinstance(part, Section)
        )

    @property
    def frames(self) -> dict[str, Callable[[StateT], Any]]:
        """The frame of every file of the page, by the file's name in its address."""
        return {section.file_key: section.frame for section in self.sections} | dict(self.files)

    def content(self, context: Context, query: str) -> Component:
        """What stands in the page's main element."""
        with context.reader(query) as reader:
            if self.lacking and not self.offered(context, reader):
                heading, lead = self.lacking
                language = language_of(query)
                return parts.message(heading[language], lead[language])
            content = self.body(self.resolve(context, reader, query))
        if self.search:
            content.children = [*search_stores(self.search[0]), *content.children]
        return content

    def first_words(self, context: Context, query: str, /) -> tuple[str, str]:
        """The heading and the first sentence that the document already has; empty without."""
        if self.opening is None:
            return "", ""
        try:
            with context.reader(query) as reader:
                if not self.offered(context, reader):
                    return "", ""
                return self.opening(self.resolve(context, reader, query))
        except NoSnapshotError:
            return "", ""

    def early_files(self) -> tuple[str, ...]:
        """The addresses of what the browser fetches beside the page's own scripts."""
        return (*self.preload(), *(module_addresses("table/pages") if self.rows else ()))

    def sheet(self, state: StateT, file: str) -> Sheet | None:
        """A file of the page; None where there is nothing to send."""
        sheet = state.sheet(file, state.once(self.frames[file]))
        headings = {own.file_key: own.heading_of(state) for own in self.sections}
        return sheet.titled(headings[file]) if file in headings else sheet

    def install(self, app: Dash, context: Context) -> None:
        """Register the address, the search, the sections, the rows and the files."""
        if self.sync:
            self._install_address(app, context, self.sync)
        answered = [box for box in self.boxes if box.component]
        for _, boxes in groupby(answered, key=lambda box: box.group or box.component):
            self._install_boxes(app, context, tuple(boxes))
        if self.rows:
            self._install_rows(app, context, self.rows)
        if self.frames:
            self._install_files(app, context)
        if self.sections or self.pictures:
            self._install_pictures(app, context)
        self.register(app, context)

    def _state(self, context: Context, reader: Reader, query: str | None) -> StateT:
        if not self.offered(context, reader):
            raise PreventUpdate
        return self.resolve(context, reader, query or "")

    def _install_address(self, app: Dash, context: Context, sync: UrlSync[StateT]) -> None:
        """The address follows the controls, and the controls the address."""

        @app.callback(
            *[Output(component, prop) for component, prop in sync.outputs],
            Input(sync.ids.URL, "search"),
            *[Input(component, prop) for component, prop in sync.controls.values()],
            State(sync.ids.ASKED, "data"),
        )
        def follow(search: str | None, *given: Any) -> tuple[Any, ...]:
            *values, asked = given
            changed = ctx.triggered_id
            by_control = changed not in (None, sync.ids.URL)
            query = sync.overlaid(search, values, changed=changed) if by_control else search
            with context.reader(query) as reader:
                state = self._state(context, reader, query)
                return sync.values(state, by_control=by_control, asked=asked, given=values)

        if self.search:
            self._install_search(app, context, sync, *self.search)
        if self.charts:
            app.clientside_callback(
                ClientsideFunction("sections", self.charts),
                Output(self.after, "data"),
                Input(sync.ids.ASKED, "data"),
                prevent_initial_call=True,
            )

    def _install_search(
        self,
        app: Dash,
        context: Context,
        sync: UrlSync[StateT],
        component: str,
        options: Callable[[StateT, str], Options | None],
    ) -> None:
        """A control's options follow what is typed in it; None leaves them as they are."""

        def find(text: str, query: str | None, *values: Any) -> tuple[Options, Language] | None:
            asked = sync.overlaid(query, values)
            with context.reader(asked) as reader:
                state = self._state(context, reader, asked)
                found = options(state, text)
                return None if found is None else (found, language_of(query or ""))

        controls = [State(control, prop) for control, prop in sync.controls.values()]
        states = [State(sync.ids.URL, "search"), *controls]
        register_search(app, component, find, states=states, nothing=self.nothing_found)

    def _install_boxes(self, app: Dash, context: Context, boxes: tuple[Box[StateT], ...]) -> None:
        @app.callback(
            *[Output(box.component, "children") for box in boxes],
            Input(boxes[0].after or self.after, "data"),
            prevent_initial_call=True,
        )
        def show(query: str | None) -> Any:
            with context.reader(query) as reader:
                state = self._state(context, reader, query)
                filled = [stilled(box.fill(state)) for box in boxes]
            return filled if len(filled) > 1 else filled[0]

        for box in boxes:
            app.clientside_callback(
                ClientsideFunction("sections", "settled"),
                Output(box.component, "aria-busy"),
                Input(box.component, "children"),
                prevent_initial_call=True,
            )

    def _install_rows(self, app: Dash, context: Context, rows: PageRows[StateT]) -> None:
        app.clientside_callback(
            ClientsideFunction("rows", "show"),
            Output(rows.drawn, "data"),
            Input(rows.table, "data"),
            prevent_initial_call=True,
        )
        specification = rows.specification
        if specification is not None:

            @app.callback(
                Output(rows.table, "data"), Input(self.after, "data"), prevent_initial_call=True
            )
            def table(query: str | None) -> Any:
                with context.reader(query) as reader:
                    return specification(self._state(context, reader, query))

        def answer() -> Response:
            with context.reader(asked_query()) as reader:
                found = rows.some(self._state(context, reader, asked_query()), request.args)
            response = Response(orjson.dumps({"rows": found}), mimetype="application/json")
            response.headers["Cache-Control"] = "no-cache"
            return response

        app.server.add_url_rule(f"{self.path}/rows", f"{self.export}_rows", answer)

    def _install_files(self, app: Dash, context: Context) -> None:
        def sheet(reader: Reader, query: str, file: str) -> Sheet | Sequence[Misunderstood] | None:
            if not self.offered(context, reader):
                return None
            state = self.resolve(context, reader, query)
            return state.corrections or self.sheet(state, file)

        keys = tuple(self.frames)
        register_files(app, context, self.export, parts=keys if any(keys) else (), sheet=sheet)

    def _install_pictures(self, app: Dash, context: Context) -> None:
        """Every figure as a picture: /picture/<page>/<figure>.<png or svg>."""
        drawn = {section.key: section.picture for section in self.sections} | dict(self.pictures)

        def answer(key: str, kind: str) -> Response:
            draw = drawn.get(key)
            if draw is None or kind not in PICTURE_TYPES:
                return lost(words.NO_PICTURE)
            with context.reader(asked_query()) as reader:
                state = self.resolve(context, reader, asked_query())
                body = draw(state, "svg" if kind == "svg" else "png")
            if body is None:
                return lost(words.NOTHING_TO_DRAW)
            response = Response(body, mimetype=PICTURE_TYPES[kind])
            name = f"{self.export}-{key}.{kind}"
            response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
            response.headers["Cache-Control"] = "no-cache"
            return response

        path = f"/picture/{self.export}/<key>.<kind>"
        app.server.add_url_rule(path, f"{self.export}_picture", answer)
