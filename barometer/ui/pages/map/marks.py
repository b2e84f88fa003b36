"""Marked areas on the map: how many there are, and the link that leaves them out."""

from dataclasses import replace
from typing import cast

import pandas as pd
from dash import html
from dash.development.base_component import Component

from barometer import queries, wording
from barometer.selection.offer import Marked
from barometer.ui.markup import data
from barometer.ui.pages.map import words as labels
from barometer.ui.pages.map.state import MapState


def marks_of(state: MapState) -> pd.DataFrame:
    """The marked areas of the view's level and year: `queries.marked_areas`."""
    selection = state.selection
    return state.reader.once(
        queries.marked_areas,
        level=selection.level,
        division=selection.division,
        year=selection.year,
    )


def marked_line(state: MapState, area_ids: frozenset[str]) -> list[Component]:
    """How many of these areas are marked, with the link that takes them out or back."""
    language, left_out = state.language, state.selection.marked == "out"
    n = len(area_ids & set(marks_of(state)["area_id"]))
    note = wording.marked_note(n, left_out=left_out, language=language)
    if not note:
        return []
    other, text = ("in", labels.WITH_MARKED) if left_out else ("out", labels.WITHOUT_MARKED)
    after = replace(state.selection, marked=cast("Marked", other))
    link = html.A(text[language], href=f"/karta{after.to_query()}", **data(set="marked", to=other))
    return [html.P([note, " ", link])]


def mark_lines(state: MapState, area_id: str) -> list[Component]:
    """Why the opened area is marked; nothing where it is not."""
    found = marks_of(state)
    rows = found[found["area_id"] == area_id].to_dict("records")
    sentences = wording.mark_sentences(rows, language=state.language)
    return [html.P(sentence, className="panel__note") for sentence in sentences]
