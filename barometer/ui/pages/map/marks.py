"""What is marked on the map: areas of students or an institution, and the police's own outlines."""

from dataclasses import replace
from typing import cast

import numpy as np
import orjson
import pandas as pd
import shapely
from dash import html
from dash.development.base_component import Component
from shapely.geometry.base import BaseGeometry

from barometer import queries, wording
from barometer.queries.lists import police_edition, police_shapes
from barometer.queries.sweref import to_degrees
from barometer.selection.offer import Marked
from barometer.store import Cursor
from barometer.ui import words
from barometer.ui.address import address
from barometer.ui.markup import aria, data
from barometer.ui.pages.map import words as labels
from barometer.ui.pages.map.state import MapState


def outlines_address(state: MapState) -> str | None:
    """Where the outlines are served, for ever the same; None while they are not shown."""
    return f"/geometry/police/{state.reader.edition}.json" if state.selection.police else None


def outlines_file(cursor: Cursor) -> bytes:
    """The outlines as GeoJSON in degrees."""
    turned = [
        shapely.transform(shape, lambda at: np.column_stack(to_degrees(at[:, 0], at[:, 1])))
        for shape in police_shapes(cursor)
    ]
    features = [
        {"type": "Feature", "properties": {}, "geometry": orjson.loads(shapely.to_geojson(shape))}
        for shape in turned
    ]
    return orjson.dumps({"type": "FeatureCollection", "features": features})


def shapes_of(state: MapState) -> tuple[BaseGeometry, ...]:
    """The outlines in SWEREF 99 TM for a picture; none while they are not shown."""
    return tuple(state.reader.once(police_shapes)) if state.selection.police else ()


def source(state: MapState) -> str:
    """Whose they are and from when, for the line under a picture."""
    edition = state.reader.once(police_edition)
    return words.fill(labels.POLICE_SOURCE, state.language, day=edition.day)


def _about(state: MapState) -> str:
    edition = state.reader.once(police_edition)
    n = wording.number(edition.n_areas, language=state.language)
    return words.fill(labels.POLICE, state.language, n=n, day=edition.day)


def key_rows(state: MapState) -> list[Component]:
    """What the line is, with the link that takes it away; or the link that lays it on."""
    language, shown = state.language, state.selection.police
    if not state.offer.has_police:
        return []
    after = replace(state.selection, police=not shown)
    text = labels.POLICE_HIDE if shown else labels.POLICE_SHOW
    to = str(int(after.police))
    link = html.A(text[language], href=f"/karta{after.to_query()}", **data(set="police", to=to))
    if not shown:
        return [html.Li(link, className="key__pattern")]
    lists = html.A(labels.POLICE_ABOUT[language], href=address("/listor", language=language))
    swatch = html.Span(className="pattern pattern--police", **aria(hidden="true"))
    said = html.Span([_about(state), " ", lists, " ", link])
    return [html.Li([swatch, said], className="key__pattern")]


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
