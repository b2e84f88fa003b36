"""Aktörer: the barometer through one actor's mandate, and what actors share.

The address says whose view it is; choosing another is a link, so the page needs no callback.
"""

from typing import Final

from dash import html
from dash.development.base_component import Component

from barometer.ui import parts
from barometer.ui.base.page import LivePage
from barometer.ui.pages.actors import words
from barometer.ui.pages.actors.sections import CONTENT
from barometer.ui.pages.actors.state import ActorsState, resolve


def body(state: ActorsState) -> Component:
    """Actors to choose from, the chosen one's task and indicators, and the matrix."""
    language = state.language
    return html.Div(
        [
            html.H1(words.TITLE[language], className="segregation__title"),
            html.P(words.LEAD[language], className="lead"),
            *CONTENT.fill(state),
            parts.tools(language=language),
        ],
        className="segregation actors",
    )


PAGE: Final = LivePage(
    path=ActorsState.path, name=words.NAME, resolve=resolve, body=body, boxes=(CONTENT,)
)
