"""Start: a search for a place, questions to begin with, and how to read."""

from dash import ClientsideFunction, Dash, Input, Output, html
from dash.development.base_component import Component

from barometer.catalogue import Text
from barometer.divisions import RIKET, Language
from barometer.queries.area_types import type_shares
from barometer.selection.area_types import AREA_TYPE, TYPED_LEVEL, TypeView
from barometer.store import Reader
from barometer.ui import ids, search, words
from barometer.ui.attributes import aria
from barometer.ui.context import Context, language_of
from barometer.ui.links import address
from barometer.ui.pages import Page
from barometer.ui.places import place_search, register_place_search
from barometer.wording.area_types import share


def layout(context: Context, query: str) -> Component:
    """The search first."""
    language = language_of(query)
    with context.store.reader() as reader:
        offered = set(context.offer(reader).indicators)
        figure = types_figure(context, reader, language)
    return html.Div(
        [
            html.Section(
                [
                    html.H1(words.START_QUESTION[language]),
                    html.P(words.START_LEAD[language], className="lead"),
                    place_search(
                        ids.START_PLACE, language=language, size="lg", hint=words.START_SEARCH
                    ),
                    trials(language),
                    html.Div(id=ids.START_URL, hidden=True),
                    *search.stores(ids.START_PLACE),
                ],
                className="hero",
            ),
            figure,
            html.Section(
                [
                    html.H2(words.START_TOPICS[language]),
                    html.Ul(
                        [
                            *[
                                topic(context, *t, language)
                                for t in words.TOPICS
                                if t[0] in offered
                            ],
                            *[way(*w, language) for w in words.WAYS],
                        ],
                        className="topics",
                    ),
                ]
            ),
            html.Section(
                [
                    html.H2(words.START_RULES[language]),
                    html.Ol(
                        [
                            html.Li([html.H3(head[language]), html.P(body[language])])
                            for head, body in words.RULES
                        ],
                        className="rules",
                    ),
                ]
            ),
        ],
        className="start",
    )


def trials(language: Language) -> Component:
    """Some places to begin with."""
    links = [
        html.A(name, href=address("/plats", area=area, language=language))
        for area, name in words.START_TRIALS
    ]
    return html.P([html.Span(words.START_TRY[language]), *links], className="trials")


def types_figure(context: Context, reader: Reader, language: Language) -> Component:
    """How many live in areas of type 1 and 2, as a number and a bar of all five types."""
    years = context.offer(reader).years.get((AREA_TYPE, TYPED_LEVEL), ())
    if not years:
        return html.Div()
    year = max(years)
    view = TypeView(RIKET, year, year, AREA_TYPE, language=language)
    shares = type_shares(reader.cursor, view)
    latest = shares[(shares["year"] == year) & shares["type"].notna()].sort_values("type")
    by_type = dict(zip(latest["type"].astype(int), latest["resident_share"], strict=True))
    low = by_type.get(1, 0.0) + by_type.get(2, 0.0)
    parts = [
        html.I(className=f"type-bar__part type-mark--{kind}", style={"flexGrow": value})
        for kind, value in by_type.items()
    ]
    caption = words.fill(
        words.START_BAR,
        language,
        low=share(low, language=language),
        high=share(sum(by_type.values()) - low, language=language),
    )
    return html.Section(
        [
            html.P(
                [
                    html.Strong(f"{low:.0f}"),
                    html.B(words.START_OF_100[language]),
                    html.Span(str(year)),
                ],
                className="start__number",
            ),
            html.P(words.START_TYPES[language]),
            html.Div(parts, className="type-bar", **aria(hidden="true")),
            html.P(caption, className="start__caption"),
        ],
        className="start__figure",
    )


def topic(context: Context, indicator_id: str, question: Text, language: Language) -> Component:
    """A question that opens the map."""
    indicator = context.catalogue.indicators[indicator_id]
    return html.Li(
        html.A(
            [
                html.Span(words.SECTORS[indicator.sector][language], className="topic__sector"),
                html.Span(question[language], className="topic__question"),
            ],
            href=address("/karta", indicator=indicator_id, language=language),
            className="topic",
        )
    )


def way(path: str, name: Text, question: Text, language: Language) -> Component:
    """A question that another page answers."""
    return html.Li(
        html.A(
            [
                html.Span(name[language], className="topic__sector"),
                html.Span(question[language], className="topic__question"),
            ],
            href=address(path, language=language),
            className="topic",
        )
    )


def register(app: Dash, context: Context) -> None:
    """A found place opens its profile."""
    register_place_search(app, context, ids.START_PLACE, ids.URL)
    app.clientside_callback(
        ClientsideFunction("site", "open_place"),
        Output(ids.START_URL, "title"),
        Input(ids.START_PLACE, "value"),
        prevent_initial_call=True,
    )


PAGE = Page(path="/", name=words.START, layout=layout, register=register, menu="hidden")
