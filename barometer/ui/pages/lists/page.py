"""Listor: what three official lists measure, which areas are on which, and limits of one's own.

The limits are a form that is sent as an address, so the page needs no callback.
"""

from typing import Final

from dash import html
from dash.development.base_component import Component

from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.base.page import LivePage
from barometer.ui.pages.lists import words
from barometer.ui.pages.lists.sections import CONTENT
from barometer.ui.pages.lists.state import ListsState, resolve
from barometer.wording.page_remarks import address_remarks

FIELDS: Final = {
    "area": site_words.PLACE,
    "level": words.LEVEL,
    "limits": words.SCREEN,
    "lang": site_words.OTHER_LANGUAGE,
}


def body(state: ListsState) -> Component:
    """The lists, the form and what it finds."""
    language = state.language
    names = state.snapshot_offer.names
    remarks = address_remarks(state.corrections, fields=FIELDS, names=names, language=language)
    source = parts.source_links(state.provenance, state.catalogue, language=language)
    return html.Div(
        [
            html.H1(words.TITLE[language], className="segregation__title"),
            html.P(words.LEAD[language], className="lead"),
            *(html.P(remark, className="notice") for remark in remarks),
            *CONTENT.fill(state),
            parts.tools(html.P(source, className="facts__source"), language=language),
        ],
        className="segregation lists",
    )


PAGE: Final = LivePage(
    path=ListsState.path, name=words.NAME, resolve=resolve, body=body, boxes=(CONTENT,)
)
"""The page of lists."""
