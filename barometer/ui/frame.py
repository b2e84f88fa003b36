"""What surrounds every page: header with menu and search, main with the origin, footer.

The origin is whose figures the site shows, as one calm badge with a popover; once a page.
"""

from typing import Final

import dash_mantine_components as dmc
from dash import Dash, html
from dash.development.base_component import Component

from barometer import wording
from barometer.catalogue import Text
from barometer.divisions import Language
from barometer.snapshot import Snapshot
from barometer.store import NoSnapshotError
from barometer.ui import ids, parts, words
from barometer.ui.address import address
from barometer.ui.base.page import Page
from barometer.ui.context import Context, embedded, language_of
from barometer.ui.markup import aria
from barometer.ui.places import place_search, register_place_search, search_stores

HOME: Final = "/"  # the site's name leads there, so the menu need not
MENU: Final = "menu"
MORE: Final = "menu-more"
SEARCH: Final = "site-search"


def framed(page: Page, pages: tuple[Page, ...], context: Context, query: str) -> list[Component]:
    """A page in the site's frame, or bare when it is embedded."""
    language = language_of(query)
    try:
        with context.store.reader() as reader:
            snapshot = reader.snapshot
            badge = origin_badge(snapshot, language=language)
        content = page.content(context, query)
    except NoSnapshotError as error:
        snapshot, badge, content = None, None, empty(error, language)
    shown = [content] if page.origin or badge is None else [badge, content]
    main = html.Main(
        shown,
        id=ids.MAIN,
        className="main main--wide" if page.wide and snapshot else "main",
        tabIndex=-1,
    )
    if embedded(query):
        return [main]
    return [
        html.A(words.SKIP[language], href=f"#{ids.MAIN}", className="skip"),
        header(page, pages, query),
        main,
        footer(snapshot, language),
    ]


def header(page: Page, pages: tuple[Page, ...], query: str) -> Component:
    """One row: name, menu, search, language and colour scheme."""
    language = language_of(query)
    home = page.path == HOME
    shown = [
        html.A(
            [mark(), html.Span(words.SITE[language], className="brand__name")],
            href=address(HOME, language=language),
            className="brand",
            **(aria(current="page") if home else {}),
        ),
        None if home else fold_button(words.SEARCH, SEARCH, "search", language),
        fold_button(words.MENU_BUTTON, MENU, "menu", language),
        menu(page, pages, language),
        None if home else header_search(language),
        html.Div([language_link(page, query), scheme(language)], className="header__tools"),
    ]
    return html.Header([part for part in shown if part is not None], className="header")


def menu(page: Page, pages: tuple[Page, ...], language: Language) -> Component:
    """The pages of the row, and those under "more", where a new page has room."""
    row = [menu_link(shown, page, language) for shown in pages if shown.menu == "row"]
    more = [shown for shown in pages if shown.menu == "more"]
    button = html.Button(
        words.MORE_PAGES[language],
        type="button",
        className="menu__link menu__button",
        **aria(expanded="false", controls=MORE),
        **({"data-current": ""} if page in more else {}),
    )
    links = [menu_link(shown, page, language) for shown in more]
    under = html.Li(
        [button, html.Ul(links, id=MORE, className="menu__more")], className="menu__under"
    )
    return html.Nav(
        html.Ul([*row, under], className="menu"), id=MENU, **aria(label=words.MENU[language])
    )


def menu_link(current: Page, page: Page, language: Language) -> Component:
    """A page in the menu; the page that is shown is marked."""
    link = html.A(
        (current.menu_name or current.name)[language],
        href=address(current.path, language=language),
        className="menu__link",
        **(aria(current="page") if current is page else {}),
    )
    return html.Li(link)


def fold_button(name: Text, controls: str, icon: str, language: Language) -> Component:
    """Opens what has no room in a narrow window's row (assets/20-site.js)."""
    return html.Button(
        html.Span(className=f"icon icon--{icon}", **aria(hidden="true")),
        type="button",
        className=f"fold-button fold-button--{icon}",
        **aria(label=name[language], expanded="false", controls=controls),
    )


def header_search(language: Language) -> Component:
    """The search for a place, which opens its profile."""
    box = place_search(
        ids.SITE_PLACE,
        language=language,
        size="md",
        name=words.SITE_SEARCH,
        hint=words.SITE_SEARCH_HINT,
    )
    opened = html.Div(id=ids.SITE_OPENED, hidden=True)
    return html.Div(
        [box, opened, *search_stores(ids.SITE_PLACE)],
        id=SEARCH,
        className="header__search",
        role="search",
    )


def register(app: Dash, context: Context) -> None:
    """A place that is found in the header opens its profile."""
    register_place_search(app, context, ids.SITE_PLACE, ids.SITE_OPENED)


def mark() -> Component:
    """The site's mark: three areas, one set apart."""
    return html.Span(
        [html.I(), html.I(), html.I(), html.I()], className="mark", **aria(hidden="true")
    )


def language_link(page: Page, query: str) -> Component:
    """The same view in the other language."""
    language = language_of(query)
    other: Language = "sv" if language == "en" else "en"
    return html.A(
        words.OTHER_LANGUAGE[language],
        id=ids.LANGUAGE_LINK,
        href=page.path + in_language(query, other),
        lang=other,
        hrefLang=other,
        className="language",
    )


def in_language(query: str, language: Language) -> str:
    """The query with another language."""
    kept = [p for p in query.removeprefix("?").split("&") if p and p.partition("=")[0] != "lang"]
    pairs = [*kept, *(["lang=en"] if language == "en" else [])]
    return "?" + "&".join(pairs) if pairs else ""


def scheme(language: Language) -> Component:
    """The switch between light and dark."""
    return dmc.ColorSchemeToggle(
        id=ids.SCHEME,
        lightIcon=html.Span(className="icon icon--scheme", **aria(hidden="true")),
        darkIcon=html.Span(className="icon icon--scheme", **aria(hidden="true")),
        variant="subtle",
        color="gray",
        size=44,
        **aria(label=words.SCHEME[language]),
    )


def footer(snapshot: Snapshot | None, language: Language) -> Component:
    """Licence and snapshot."""
    lines: list[Component] = [html.P(words.LICENCE[language])]
    if snapshot is not None:
        built = wording.day(snapshot.built_at.date(), language=language)
        label = f"{words.SNAPSHOT[language]} {snapshot.snapshot_id}, {built}"
        lines.append(html.P(label, className="footer__snapshot"))
    return html.Footer(lines, className="footer")


def empty(reason: NoSnapshotError, language: Language) -> Component:
    """The page that says what to do when nothing that can be shown is published."""
    heading, lead = words.EMPTY, words.EMPTY_LEAD
    if reason.other_version:
        heading, lead = words.OTHER_VERSION, words.OTHER_VERSION_LEAD
    commands = (("make run", words.EMPTY_EXTRACT), ("make refresh", words.EMPTY_REAL))
    rows = [
        part
        for command, meaning in commands
        for part in (html.Dt(html.Code(command)), html.Dd(meaning[language]))
    ]
    return parts.message(
        heading[language],
        lead[language],
        html.Dl(rows, className="commands"),
        html.P(html.Code(str(reason), lang="en"), className="reason"),
    )


def lost_layout(_: Context, query: str) -> Component:
    """Says that an address leads nowhere, and where to go."""
    language = language_of(query)
    ways = [
        html.Li(html.A(name[language], href=address(path, language=language)))
        for name, path in ((words.START, "/"), (words.MAP, "/karta"))
    ]
    return parts.message(words.LOST[language], words.LOST_LEAD[language], html.Ul(ways))


LOST: Final = Page(path="", name=words.LOST, layout=lost_layout)
"""The page for an address that leads nowhere; not in the menu."""


def origin_badge(snapshot: Snapshot, *, language: Language) -> Component:
    """The origin in a few words; opened it says what that means and where to read more."""
    kind = "origin origin--example" if snapshot.synthetic else "origin"
    label = origin_label(snapshot, language=language)
    link = html.A(words.WHAT_LACKS[language], href=f"{address('/data', language=language)}#status")
    return html.Details(
        [
            html.Summary(
                [html.Span(className="origin__dot", **aria(hidden="true")), html.Span(label)]
            ),
            html.Div(
                [
                    *[html.P(line) for line in _about_origin(snapshot, language=language)],
                    html.P(link),
                ],
                className="origin__more",
            ),
        ],
        className=kind,
    )


def origin_label(snapshot: Snapshot, *, language: Language) -> str:
    """Made up, an extract and its usual year, or all of SCB's and the day they were fetched."""
    if snapshot.synthetic:
        return words.ORIGIN_EXAMPLE[language]
    if not snapshot.extract:
        day = wording.day(snapshot.built_at.date(), language=language)
        return words.fill(words.ORIGIN_WHOLE, language, day=day)
    line = wording.extract_line(snapshot.main_year, language=language)
    return line.removesuffix(".")


def _about_origin(snapshot: Snapshot, *, language: Language) -> list[str]:
    """Sentences for the popover."""
    lines = [wording.synthetic_banner(language)] if snapshot.synthetic else []
    if snapshot.lacking:
        lines.append(wording.partial_banner(snapshot.lacking, language=language))
    built = wording.day(snapshot.built_at.date(), language=language)
    return [*lines, f"{words.SNAPSHOT[language]} {snapshot.snapshot_id}, {built}."]
