"""The page for an address that leads nowhere; not in the menu."""

from dash import html
from dash.development.base_component import Component

from barometer.catalogue import Text
from barometer.ui import words
from barometer.ui.address import address
from barometer.ui.base.page import Page
from barometer.ui.context import Context, language_of


def layout(_: Context, query: str) -> Component:
    """Says so, and where to go."""
    language = language_of(query)
    ways = [
        (name[language], address(path, language=language))
        for name, path in ((words.START, "/"), (words.MAP, "/karta"))
    ]
    return html.Div(
        [
            html.H1(words.LOST[language]),
            html.P(words.LOST_LEAD[language], className="lead"),
            html.Ul([html.Li(html.A(name, href=path)) for name, path in ways]),
        ],
        className="message",
    )


PAGE = Page(path="", name=Text(words.LOST.sv, words.LOST.en), layout=layout)
