"""The ranking: never without its caution, the withheld named with their reason."""

from dataclasses import replace
from typing import Any, Final

import pandas as pd
from dash import html
from dash.development.base_component import Component

from barometer import queries, wording
from barometer.ui import parts
from barometer.ui.base.section import Section
from barometer.ui.pages.segregation import figures, words
from barometer.ui.pages.segregation.state import SegregationState, ranking_frame
from barometer.wording.page_remarks import peers_sentence

HIGHEST: Final = 10
LOWEST: Final = 5
BESIDE: Final = 2


def _order(state: SegregationState, table: pd.DataFrame) -> list[str]:
    sentence = wording.ranking_sentence(
        table,
        area=state.measurement.area,
        index=state.index,
        where=state.where,
        language=state.language,
    )
    return [*_own_choice(state, table), sentence, _left_out(state)]


def _own_choice(state: SegregationState, table: pd.DataFrame) -> list[str]:
    """Whom the reader has chosen to compare with."""
    if not state.measurement.peers:
        return []
    there = table.set_index("container_id")["label"].to_dict()
    names = [str(there[code]) for code in state.measurement.peers if code in there]
    return [peers_sentence(state.where, names, language=state.language)]


def _dots(state: SegregationState, table: pd.DataFrame, label: str) -> Component | None:
    ranked, area = table.dropna(subset=["value"]), state.measurement.area
    if ranked.empty:
        return None
    figure = figures.ranking_figure(ranked, area=area, index=state.index, language=state.language)
    return parts.graph(figure, label=label, height=280)


def _notes(state: SegregationState, table: pd.DataFrame) -> list[str]:
    language, ranked = state.language, table.dropna(subset=["value"])
    note = state.index.note.of(language) if state.index.note else ""
    drawn = [words.RANKING_NOTE[language]] if len(ranked) else []
    rings = [words.RANKING_RING[language]] if ranked["caution"].notna().any() else []
    return [" ".join(drawn + rings), note, words.RANKING_ROWS[language]]


def _left_out(state: SegregationState) -> str:
    """Whom the filter leaves out, when there is one."""
    asked = state.measurement
    if asked.caution == "shown":
        return ""
    every = queries.ranking(state.reader.cursor, replace(asked, caution="shown"))
    return wording.left_out_sentence(
        every, area=asked.area, where=state.where, language=state.language
    )


def rows_to_show(table: pd.DataFrame, *, area: str) -> pd.DataFrame:
    """The highest, the lowest, the place with those beside it, and every withheld place.

    A browser takes seconds over hundreds of rows; the files have them all.
    """
    n_ranked = int(table["value"].notna().sum())
    kept = {*range(min(HIGHEST, n_ranked)), *range(max(n_ranked - LOWEST, 0), len(table))}
    for place in (n for n, code in enumerate(table["container_id"]) if code == area):
        kept |= set(range(max(place - BESIDE, 0), min(place + BESIDE + 1, len(table))))
    return table.iloc[sorted(kept)]


def _numbers(state: SegregationState, everyone: pd.DataFrame) -> Component:
    language = state.language
    table = rows_to_show(everyone, area=state.measurement.area)
    heads = (words.PLACE, words.RANK, words.VALUE, words.ESTIMATE, words.EXPECTED, words.N_UNITS)
    codes = table["container_id"].tolist()
    area = state.measurement.area
    return parts.table(
        [*(h[language] for h in heads), state.counted, words.CAUTION[language]],
        [_row(state, row) for row in table.to_dict("records")],
        label=words.RANKING[language],
        chosen=codes.index(area) if area in codes else None,
        texts=(0, 7),
    )


def _row(state: SegregationState, row: dict[Any, Any]) -> list[parts.Cell]:
    language, index = state.language, state.index

    def whole(value: float) -> str:
        return "–" if pd.isna(value) else wording.number(value, language=language)

    address = state.measurement.at(row["container_id"]).to_query()
    return [
        html.A(row["label"], href=f"/segregation{address}"),
        wording.rank_words(row, language=language),
        wording.measure_value(row["value"], index=index, language=language),
        wording.measure_estimate(row, index=index, language=language),
        wording.measure_value(row["expected"], index=index, language=language),
        whole(row["n_units"]),
        whole(row["population"]),
        wording.caution_words(row["caution"], language=language),
    ]


RANKING: Final = Section(
    key="ranking",
    heading=words.RANKING,
    frame=ranking_frame,
    sentences=_order,
    drawing=_dots,
    notes=_notes,
    table=_numbers,
)
