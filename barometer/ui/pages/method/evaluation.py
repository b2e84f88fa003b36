"""How an initiative is followed up: the page Följ upp's own words, among the other methods."""

from dash import html
from dash.development.base_component import Component

from barometer.divisions import Language
from barometer.ui.links import address
from barometer.ui.pages.evaluation import words as own
from barometer.ui.pages.method import words


def following(language: Language) -> list[Component]:
    """The method, what it can and cannot show, and the way to the page."""
    page = address("/folj-upp", language=language)
    limits = ((own.CAN_HEAD, own.CAN), (own.CANNOT_HEAD, own.CANNOT))
    return [
        html.P(own.LEAD[language]),
        *[html.P(text[language]) for text in own.METHOD_TEXT],
        *[
            part
            for heading, items in limits
            for part in (
                html.H3(heading[language]),
                html.Ul([html.Li(item[language]) for item in items]),
            )
        ],
        html.P(html.A(words.FOLLOWING_OPEN[language], href=page)),
    ]
