"""Aktörer: the barometer through one actor's mandate, and what actors share.

The address says whose lens it is; choosing another is a link, so the page needs no callback.
"""

from dash import Dash, html
from dash.development.base_component import Component

from barometer import wording
from barometer.export import Sheet, actors_sheet
from barometer.store import Reader
from barometer.ui import parts
from barometer.ui.context import Context
from barometer.ui.downloads import register_files
from barometer.ui.pages import Page
from barometer.ui.pages.actors import words
from barometer.ui.pages.actors.sections import (
    choose,
    indicators,
    mandate,
    matrix,
)
from barometer.ui.pages.actors.state import (
    FRAMES,
    ActorsState,
    resolve,
)


def layout(context: Context, query: str) -> Component:
    """Actors to choose from, the chosen one's task and indicators, and the matrix."""
    with context.store.reader() as reader:
        state = resolve(context, reader, query)
        shown = [choose(state), _notice(state), mandate(state), indicators(state), matrix(state)]
    language = state.language
    return html.Div(
        [
            html.H1(words.TITLE[language], className="segregation__title"),
            html.P(words.LEAD[language], className="lead"),
            *shown,
            parts.tools(language=language),
        ],
        className="segregation actors",
    )


def _notice(state: ActorsState) -> Component:
    said = wording.lens_remarks(
        state.reading.misunderstood,
        used=state.actor.name[state.language],
        language=state.language,
    )
    return html.Div(parts.notice(said, language=state.language), className="notice")


def register(app: Dash, context: Context) -> None:
    """The files."""

    def sheet(reader: Reader, query: str, part: str) -> Sheet:
        state = resolve(context, reader, query)
        return actors_sheet(FRAMES[part](state), state.lens, part=part, snapshot=reader.snapshot)

    register_files(app, context, "aktorer", parts=FRAMES, sheet=sheet)


PAGE = Page(path="/aktorer", name=words.NAME, layout=layout, register=register)
