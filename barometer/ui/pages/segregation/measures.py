"""The chosen places by every index, between other areas, and against chance."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import pandas as pd
from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.divisions import division_label, division_of
from barometer.indices.noise import rounded_sum
from barometer.ui import parts
from barometer.ui.base.section import Section
from barometer.ui.pages.segregation import words
from barometer.ui.pages.segregation.state import (
    BY_ID,
    SegregationState,
    indices_frame,
    places_frame,
    units_frame,
)


def _n_indices(state: SegregationState, table: pd.DataFrame) -> list[str]:
    n = wording.number(len(table), language=state.language)
    return [words.INDICES_SENTENCE[state.language].format(n=n)]


def _index_rows(state: SegregationState, table: pd.DataFrame) -> Component:
    """Every index of the grouping for the place and year, the chosen one marked."""
    language = state.language
    heads = (words.INDEX, words.VALUE, words.EXPECTED, words.ESTIMATE, words.N_UNITS)
    last = (state.counted, words.COVERAGE[language], words.CAUTION[language])
    ids = table["index_id"].tolist()
    return parts.table(
        [*(h[language] for h in heads), *last],
        [_index_row(state, row) for row in table.to_dict("records")],
        label=words.INDICES[language],
        chosen=ids.index(state.index.id) if state.index.id in ids else None,
        texts=(0, 7),
    )


def _index_notes(state: SegregationState, table: pd.DataFrame) -> list[str]:
    alone = table["value"].notna() & table["expected"].isna()
    return [words.NO_CHANCE_IN_TABLE[state.language]] if alone.any() else []


def _index_row(state: SegregationState, row: dict[Any, Any]) -> list[parts.Cell]:
    """One index; its name leads to the page of it."""
    language, index = state.language, BY_ID[row["index_id"]]
    whole = [wording.number(row[column], language=language) for column in ("n_units", "population")]
    query = replace(state.measurement, index=index.id).to_query()
    return [
        html.A(wording.capitalised(state.label(index.id)), href=f"/segregation{query}"),
        wording.measure_value(row["value"], index=index, language=language),
        wording.measure_value(row["expected"], index=index, language=language),
        wording.measure_estimate(row, index=index, language=language),
        *whole,
        wording.percent(100 * row["coverage"], language=language),
        wording.caution_words(row["caution"], language=language),
    ]


def _units_table(state: SegregationState, table: pd.DataFrame) -> Component:
    """The index between RegSO and between DeSO for every place, with a way to the page of it."""
    language, asked = state.language, state.measurement
    levels = list(dict.fromkeys(table["unit_level"]))
    rows: list[list[parts.Cell]] = [
        [
            str(own["label"].iloc[0]),
            *map(state.value_words, own.set_index("unit_level").reindex(levels).to_dict("records")),
        ]
        for _, own in table.groupby("container_id", sort=False)
    ]
    heads: list[parts.Cell] = [
        html.A(
            division_label(level, division_of(level, asked.year)),
            href=f"/segregation{replace(asked, units=level).to_query()}",
        )
        for level in levels
    ]
    every: list[parts.Cell] = [words.PLACE[language], *heads]
    return parts.table(every, rows, label=words.UNITS[language])


def _readings(state: SegregationState, table: pd.DataFrame) -> list[str]:
    """Every place's value against chance, its interval and what it is made of."""
    return [
        f"{row['label']}: "
        + " ".join(
            part
            for part in (
                *wording.reading_sentences(
                    row,
                    index=state.index,
                    language=state.language,
                ),
                wording.base_sentence(
                    row,
                    units=state.measurement.units,
                    language=state.language,
                    counted=state.grouping.counted,
                    bounds=_bounds(state, row),
                ),
            )
            if part
        )
        for row in table.to_dict("records")
    ]


def _bounds(state: SegregationState, row: Mapping[Any, Any]) -> tuple[float, float] | None:
    """Between which numbers the group lies where only shares in whole per cents are published."""
    grouping, year = state.grouping.grouping_id, state.measurement.year
    counted = state.context.catalogue.is_counted(grouping, year)
    if counted or pd.isna(row["group_population"]):
        return None
    low, high = rounded_sum(row["group_population"], row["population"])
    return float(low), float(high)


INDEX_TABLE: Final = Section(
    key="indices",
    heading=words.INDICES,
    frame=indices_frame,
    sentences=_n_indices,
    notes=_index_notes,
    table=_index_rows,
    folded=False,
)
UNITS: Final = Section(
    key="units",
    heading=words.UNITS_HEADING,
    frame=units_frame,
    sentences=lambda state, _: [words.UNITS_LEAD[state.language]],
    table=_units_table,
    folded=False,
)
CHANCE: Final = Section(
    key="chance",
    heading=words.CHANCE,
    frame=places_frame,
    sentences=_readings,
    notes=lambda state, _: [words.CHANCE_NOTE[state.language]],
)
