"""What surrounds every page: header with menu, banner, main, footer."""

from typing import Final

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.divisions import Language
from barometer.store import NoSnapshotError, Snapshot
from barometer.ui import ids, words
from barometer.ui.attributes import aria
from barometer.ui.context import Context, embedded, language_of
from barometer.ui.links import address
from barometer.ui.pages import Page

HOME: Final = "/"  # the site's name leads there, so the menu need not
MENU: Final = "menu"


def framed(page: Page, pages: tuple[Page, ...], context: Context, query: str) -> list[Component]:
    """A page in the site's frame, or bare when it is embedded."""
    language = language_of(query)
    try:
        with context.store.reader() as reader:
            snapshot = reader.snapshot
        content = page.content(context, query)
    except NoSnapshotError as error:
        snapshot, content = None, empty(str(error), language)
    main = html.Main(
        [banner(snapshot, language), content] if embedded(query) else content,
        id=ids.MAIN,
        className="main main--wide" if page.wide and snapshot else "main",
        tabIndex=-1,
    )
    if embedded(query):
        return [main]
    parts = [
        html.A(words.SKIP[language], href=f"#{ids.MAIN}", className="skip"),
        header(page, pages, query),
        banner(snapshot, language),
        main,
        footer(snapshot, language),
    ]
    return [part for part in parts if part is not None]


def header(page: Page, pages: tuple[Page, ...], query: str) -> Component:
    """Name, menu, language and colour scheme."""
    language = language_of(query)
    items = [
        html.Li(
            html.A(
                shown.name[language],
                href=address(shown.path, language=language),
                className="menu__link",
                **(aria(current="page") if shown is page else {}),
            )
        )
        for shown in pages
        if shown.menu
        if shown.path != HOME
    ]
    tools = html.Div([language_link(page, query), scheme(language)], className="header__tools")
    return html.Header(
        [
            html.A(
                [mark(), html.Span(words.SITE[language])],
                href=address(HOME, language=language),
                className="brand",
                **(aria(current="page") if page.path == HOME else {}),
            ),
            menu_button(language),
            html.Nav(html.Ul(items, className="menu"), id=MENU, **aria(label=words.MENU[language])),
            tools,
        ],
        className="header",
    )


def menu_button(language: Language) -> Component:
    """Unfolds the menu where it has no room (assets/20-site.js)."""
    return html.Button(
        words.MENU_BUTTON[language],
        type="button",
        className="menu-button",
        **aria(expanded="false", controls=MENU),
    )


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
        lightIcon=html.Span(className="icon icon--sun", **aria(hidden="true")),
        darkIcon=html.Span(className="icon icon--moon", **aria(hidden="true")),
        variant="subtle",
        color="gray",
        size="lg",
        **aria(label=words.SCHEME[language]),
    )


def banner(snapshot: Snapshot | None, language: Language) -> Component | None:
    """Says that the figures are made up, or that the snapshot is partial."""
    if snapshot is None:
        return None
    said = [html.P(wording.synthetic_banner(language))] if snapshot.synthetic else []
    if snapshot.extract:
        said.append(html.P(wording.extract_line(snapshot.main_year, language=language)))
    elif snapshot.lacking:
        status = f"{address('/data', language=language)}#status"
        link = html.A(words.WHAT_LACKS[language], href=status)
        sentence = wording.partial_banner(snapshot.lacking, language=language)
        said.append(html.P([f"{sentence} ", link]))
    label = aria(label=words.SNAPSHOT[language])
    return html.Section(said, className="banner", **label) if said else None


def footer(snapshot: Snapshot | None, language: Language) -> Component:
    """Licence and snapshot."""
    parts: list[Component] = [html.P(words.LICENCE[language])]
    if snapshot is not None:
        built = wording.day(snapshot.built_at.date(), language=language)
        label = f"{words.SNAPSHOT[language]} {snapshot.snapshot_id}, {built}"
        parts.append(html.P(label, className="footer__snapshot"))
    return html.Footer(parts, className="footer")


def empty(reason: str, language: Language) -> Component:
    """The page that says what to do when nothing is published."""
    commands = (("make run", words.EMPTY_EXTRACT), ("make refresh", words.EMPTY_REAL))
    rows = [
        part
        for command, meaning in commands
        for part in (html.Dt(html.Code(command)), html.Dd(meaning[language]))
    ]
    return html.Div(
        [
            html.H1(words.EMPTY[language]),
            html.P(words.EMPTY_LEAD[language], className="lead"),
            html.Dl(rows, className="commands"),
            html.P(html.Code(reason, lang="en"), className="reason"),
        ],
        className="message",
    )
