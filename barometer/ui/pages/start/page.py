"""Start: a search for a place, questions to begin with, and how to read."""

from dash import ClientsideFunction, Dash, Input, Output, html
from dash.development.base_component import Component

from barometer.catalogue import Text
from barometer.divisions import Language
from barometer.ui import ids, search, words
from barometer.ui.context import Context, language_of
from barometer.ui.links import address
from barometer.ui.pages import Page
from barometer.ui.places import place_search, register_place_search


def layout(context: Context, query: str) -> Component:
    """The search first."""
    language = language_of(query)
    with context.store.reader() as reader:
        offered = set(context.offer(reader).indicators)
    return html.Div(
        [
            html.Section(
                [
                    html.H1(words.START_QUESTION[language]),
                    html.P(words.START_LEAD[language], className="lead"),
                    place_search(ids.START_PLACE, language=language, size="lg"),
                    html.Div(id=ids.START_URL, hidden=True),
                    *search.stores(ids.START_PLACE),
                ],
                className="hero",
            ),
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
