"""The place among others: neighbours and similar areas; method and sources."""

from typing import Any, Final

import pandas as pd
from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.catalogue import known_ids
from barometer.pictures import TableChart
from barometer.queries.records import rows_of
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.base.section import Section
from barometer.ui.pages.place import words
from barometer.ui.pages.place.state import PlaceState, has_figures, neighbour_frame, similar_frame
from barometer.wording.page_remarks import peers_sentence
from barometer.wording.profiles import (
    neighbours_sentence,
    similar_sentence,
    similarity_method,
    unpublished_sentence,
)


def _is_a_part(state: PlaceState) -> bool:
    """Whether the place has others of its level beside it."""
    return has_figures(state) and state.area.level != "riket"


def _has_neighbours(state: PlaceState) -> bool:
    """Whether it is known who borders on the place: not so of an own area."""
    return _is_a_part(state) and not state.is_own


def compared_sentence(state: PlaceState, others: list[str]) -> str:
    """The areas most like the place, or those that the reader has chosen."""
    if state.profile.peers:
        return peers_sentence(state.where, others, language=state.language)
    return similar_sentence(state.where, others, level=state.peers, language=state.language)


def group_heading(state: PlaceState) -> str:
    """What the places beside this one are: similar by the figures, or the reader's choice."""
    heading = words.CHOSEN_GROUP if state.profile.peers else words.SIMILAR
    return heading[state.language]


def _similar_sentences(state: PlaceState, table: pd.DataFrame) -> list[str]:
    """Whom the place is compared with."""
    return [compared_sentence(state, table[table["rank"] > 0]["label"].tolist())]


def _similar_table(state: PlaceState, table: pd.DataFrame) -> Component:
    """How far each is, and on what."""
    language = state.language
    heads = [
        site_words.AREA[language],
        words.DISTANCE[language],
        *likeness_heads(state),
    ]
    rows = [_similar_row(state, row) for row in rows_of(table)]
    return parts.table(heads, rows, label=group_heading(state), chosen=0, blocks=True)


def likeness_heads(state: PlaceState) -> list[str]:
    """The indicators that make areas similar, each with the year that it is compared in."""
    years = dict(state.portrait.common.requested)
    return [f"{state.name(i)}, {years[i]}" for i in state.portrait.alike_ids]


def _similar_notes(state: PlaceState, _: pd.DataFrame) -> list[str]:
    if state.profile.peers:
        return [words.PEERS_NOTE[state.language]]
    return [words.SIMILAR_NOTE[state.language], _compared_by(state)]


def _compared_by(state: PlaceState) -> str:
    """What likeness is measured on and among how many, or why it is not."""
    alike = state.portrait.alike
    ids = zip(state.portrait.alike_ids, alike.used, strict=True)
    return similarity_method(
        [state.name(indicator_id) for indicator_id, used in ids if used],
        n_compared=alike.n_compared,
        n_left_out=alike.n_left_out,
        level=state.peers,
        language=state.language,
    )


def _similar_row(state: PlaceState, row: dict[Any, Any]) -> list[Any]:
    language = state.language
    distance = wording.number(row["distance"], decimals=2, language=language)
    cells: list[Any] = [
        _link(state, row["area_id"], row["label"]),
        distance if row["rank"] else "–",
    ]
    for indicator_id in state.portrait.alike_ids:
        indicator = state.indicator(indicator_id)
        value, apart = row[indicator_id], row[f"{indicator_id}_apart"]
        known = None if pd.isna(value) else float(value)
        shown = wording.value(known, indicator=indicator, language=language)
        if row["rank"] and pd.notna(apart):
            shown += f"\n{wording.signed(apart, decimals=1, language=language, zero='±')}"
        cells.append(shown)
    return cells


def _neighbour_sentences(state: PlaceState, table: pd.DataFrame) -> list[str]:
    sentence = neighbours_sentence(
        state.where, count=len(table), level=state.peers, language=state.language
    )
    return [sentence]


def _chips(state: PlaceState, table: pd.DataFrame, _: str) -> Component:
    """Other places as links, the place itself left out."""
    others = zip(table["area_id"], table["label"], strict=True)
    items = [html.Li(_link(state, i, label)) for i, label in others if i != state.area.area_id]
    return html.Ul(items, className="chips")


def _similar_chips(state: PlaceState, table: pd.DataFrame, finding: str) -> Component:
    """The similar places as links, or why there are none."""
    if (table["rank"] > 0).any():
        return _chips(state, table, finding)
    reason = [] if state.profile.peers else [_compared_by(state)]
    return html.P(" ".join([compared_sentence(state, []), *reason]))


def _neighbour_chart(state: PlaceState, table: pd.DataFrame) -> TableChart:
    """The neighbours by name and code."""
    rows = table[["label", "area_id"]].astype(str).itertuples(index=False, name=None)
    heads = (site_words.AREA[state.language], words.CODE[state.language])
    more = site_words.PICTURE_ROWS[state.language].format(n="{n}", of=len(table))
    return TableChart(heads, tuple(rows), more)


def _link(state: PlaceState, area_id: str, label: str) -> Component:
    """Another place's profile, with the reader's own choices."""
    return html.A(label, href=f"/plats{state.address_of(area_id)}")


def _method(state: PlaceState) -> list[str]:
    """How to read the page, and what the place's level lacks."""
    language, area = state.language, state.area
    there = set(state.portrait.rows["indicator_id"])
    lacking = [state.name(i) for i in state.offer.indicators if i not in there]
    notes = [
        words.STRIP_NOTE[language],
        words.OUTSTANDING_METHOD[language],
        words.SIMILAR_METHOD[language],
        words.TYPES_NOTE[language],
        unpublished_sentence(lacking, level=state.peers, division=area.division, language=language),
        parts.source_line(state.provenance, language=language),
    ]
    return [note for note in notes if note]


def definitions(state: PlaceState) -> Component:
    """Every indicator's definition, year and table."""
    language = state.language
    heads = (site_words.INDICATOR, words.DEFINITION, site_words.YEAR, words.SOURCE)
    shown = state.portrait.rows
    rows: list[list[Any]] = [
        [
            state.name(indicator_id),
            state.indicator(indicator_id).definition[language],
            str(year),
            ", ".join(known_ids(state.indicator(indicator_id).source_ids_in(year))),
        ]
        for indicator_id, year in zip(shown["indicator_id"], shown["year"], strict=True)
    ]
    return parts.table(
        [h[language] for h in heads],
        rows,
        label=words.ABOUT[language],
        texts=(1, 2, 3),
        blocks=True,
    )


def method(state: PlaceState) -> Component | None:
    """Method and sources, folded."""
    if not has_figures(state):
        return None
    language = state.language
    notes = (
        parts.linked_tables(note, state.catalogue, language=language) for note in _method(state)
    )
    inside = [*[html.P(note) for note in notes], definitions(state)]
    summary = html.Summary(
        [html.H2(words.METHOD[language]), html.Span(words.METHOD_LEAD[language])]
    )
    return html.Details([summary, *inside], className="plats__method", id="plats-about")


SIMILAR: Final = Section(
    key="similar",
    file="alike",
    heading=group_heading,
    frame=similar_frame,
    applies=_is_a_part,
    drawing=_similar_chips,
    table=lambda state, table: html.Div(
        [
            *[
                html.P(said)
                for said in [*_similar_sentences(state, table), *_similar_notes(state, table)]
            ],
            _similar_table(state, table),
        ]
    ),
)
NEIGHBOURS: Final = Section(
    key="neighbours",
    heading=words.NEIGHBOURS,
    frame=neighbour_frame,
    applies=_has_neighbours,
    drawing=_chips,
    chart=_neighbour_chart,
    sentences=lambda state, table: [] if len(table) else _neighbour_sentences(state, table),
)
