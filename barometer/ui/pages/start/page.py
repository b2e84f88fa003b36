"""Start: one search, a map of the country, three figures and three questions."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import Dash, html
from dash.development.base_component import Component

from barometer import queries
from barometer.divisions import Language, Level
from barometer.selection.area_types import AREA_TYPE, TYPED_LEVEL
from barometer.store import Reader
from barometer.ui import ids, parts
from barometer.ui import words as site_words
from barometer.ui.address import address
from barometer.ui.base.page import Page
from barometer.ui.context import Context, language_of
from barometer.ui.frame import origin_badge
from barometer.ui.markup import aria
from barometer.ui.pages.map import payload
from barometer.ui.pages.map.key import types_key
from barometer.ui.pages.map.page import first_addresses
from barometer.ui.pages.map.picture import SHAPES, bare_addresses
from barometer.ui.pages.map.state import read_state
from barometer.ui.pages.start import words
from barometer.ui.pages.start.figures import APART, figures
from barometer.ui.places import place_search, register_place_search, search_stores

_LOW_STANDARD = "low_standard"


def layout(context: Context, query: str) -> Component:
    """The search and the map first."""
    language = language_of(query)
    with context.store.reader() as reader:
        beside = country_map(context, reader, language)
        hero = html.Div(
            [opening(reader, language), *([beside] if beside else [])], className="hero"
        )
        below = (figures(context, reader, language), questions(context, reader, language))
    return html.Div([hero, *[part for part in below if part]], className="start")


def opening(reader: Reader, language: Language) -> Component:
    """The question, the search and some places to begin with."""
    return html.Section(
        [
            html.H1(words.QUESTION[language]),
            html.P(words.LEAD[language], className="lead"),
            place_search(
                ids.START_PLACE,
                language=language,
                size="lg",
                name=site_words.PLACE,
                hint=words.SEARCH,
            ),
            trials(language),
            html.Div(id=ids.START_URL, hidden=True),
            *search_stores(ids.START_PLACE),
            origin_badge(reader.snapshot, language=language),
        ],
        className="hero__opening",
    )


def trials(language: Language) -> Component:
    """Some places to begin with."""
    links = [
        html.A(name, href=address("/plats", area=area, language=language))
        for area, name in words.TRIALS
    ]
    return html.P([html.Span(words.TRY[language]), *links], className="trials")


def country_map(context: Context, reader: Reader, language: Language) -> Component | None:
    """Area types of the whole country with windows of three cities; all of it leads to Karta."""
    years = context.offer(reader).years.get((AREA_TYPE, TYPED_LEVEL), ())
    if not years or reader.once(queries.map_layer, level="kommun", division="admin") is None:
        return None
    year = str(max(years))
    to_map = _map_query(AREA_TYPE, language, level=TYPED_LEVEL, year=year)
    state = read_state(context, reader, to_map)
    drawing = payload.draw(state)
    finding = payload.finding(state, drawing)
    alt = words.MAP_ALT[language].format(year=year, finding=finding)
    windows = [
        html.Span(
            [
                _image(reader, "fonster", to_map, "", town=middle),
                html.Span(name, className="hero__town"),
            ],
            className="hero__window",
        )
        for name, _, middle in words.TOWNS
    ]
    heading = html.Span(words.MAP_TITLE[language].format(year=year), className="hero__title")
    return html.A(
        [
            _image(reader, "start", to_map, alt),
            html.Div(windows, className="hero__windows", **aria(hidden="true")),
            html.Div([heading, types_key(language)], className="hero__key"),
            html.Span(words.OPEN_MAP[language], className="unseen"),
        ],
        href=f"/karta{to_map}",
        className="hero__map",
    )


def questions(context: Context, reader: Reader, language: Language) -> Component | None:
    """Three questions, each with a picture of a place where its answer can be seen."""
    beside = ",".join(kommun for _, kommun, _ in reversed(words.TOWNS))
    asked = (
        (_LOW_STANDARD, words.MALMO, words.LOW_STANDARD, words.ONLY_PLACE, words.SEE_MAP, ""),
        (
            APART,
            words.GOTEBORG,
            words.APART,
            words.FOREIGN,
            words.COMPARE_TOWNS,
            address("/segregation", area=beside, grouping=APART, language=language),
        ),
        (
            AREA_TYPE,
            words.STOCKHOLM,
            words.CHALLENGES,
            words.ONLY_PLACE,
            words.SEE_TYPES,
            address("/omradestyper", language=language),
        ),
    )
    shown = []
    for indicator, (name, kommun, middle), question, place, link, href in asked:
        query = _place_query(context.offer(reader).years, indicator, kommun, language)
        if query:
            text = question[language], place[language].format(place=name), link[language]
            image = _image(reader, "fraga", query, "", town=middle)
            shown.append(_question(image, text, href=href or f"/karta{query}"))
    if not shown:
        return None
    return html.Section(
        [html.H2(words.TOPICS[language]), html.Div(shown, className="start__columns")],
        className="start__questions",
    )


def _question(image: Component, text: tuple[str, str, str], *, href: str) -> Component:
    question, place, link = text
    return html.A(
        [
            image,
            html.Span(
                [
                    html.Span(question, className="topic__question"),
                    html.Span(place, className="topic__place"),
                    html.Span(f"{link} →", className="topic__link"),
                ],
                className="topic__text",
            ),
        ],
        href=href,
        className="topic",
    )


def _place_query(
    offered: Mapping[tuple[str, Level], Sequence[int]],
    indicator: str,
    kommun: str,
    language: Language,
) -> str:
    """The map of a kommun in the last year of the finest level that has the indicator."""
    levels: tuple[Level, ...] = ("deso", "regso")
    for level in levels:
        if years := offered.get((indicator, level)):
            year = str(max(years))
            return _map_query(indicator, language, level=level, year=year, within=kommun)
    return ""


def _map_query(indicator: str, language: Language, **choices: str) -> str:
    return address("", indicator=indicator, language=language, **choices)


def _image(
    reader: Reader,
    shape: str,
    query: str,
    alt: str,
    *,
    town: tuple[float, float] | None = None,
) -> Component:
    size = SHAPES[shape]
    wordless = query.removesuffix("&lang=en")  # the same picture in both languages
    light, dark = bare_addresses(reader, shape, wordless, town=town)
    return parts.image(light, dark, alt=alt, size=(size.width, size.height))


def picture_addresses(context: Context) -> tuple[str, ...]:
    """The page's light pictures, for a server that draws them before the first visitor comes."""
    content: Any = layout(context, "")
    images: Any = [part for part in content._traverse() if isinstance(part, html.Img)]
    return tuple(image.src for image in images)


def register(app: Dash, context: Context) -> None:
    """A found place opens its profile."""
    app.server.config["PICTURES"] = lambda: (
        *first_addresses(context),
        *picture_addresses(context),
    )
    register_place_search(app, context, ids.START_PLACE, ids.START_URL)


PAGE = Page(
    path="/",
    name=site_words.START,
    layout=layout,
    register=register,
    menu="hidden",
    origin=True,
    wide=True,
)
