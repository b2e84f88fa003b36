"""The first sections: the index in plain words, over time, and beside every other index."""

from typing import Any, Final

import pandas as pd
from dash import html
from dash.development.base_component import Component

from barometer import queries, wording
from barometer.divisions import RIKET
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.attributes import aria
from barometer.ui.base.section import Section
from barometer.ui.breaks import break_notes, comparable, year_mark
from barometer.ui.pages.segregation import (
    figures,
    words,
)
from barometer.ui.pages.segregation.state import (
    BY_ID,
    SegregationState,
    capital,
    indices_frame,
    series_frame,
)

ADJUSTED = {"dissimilarity": "adjusted_dissimilarity"}  # the same number beyond chance


def _named(state: SegregationState, series: pd.DataFrame) -> pd.DataFrame:
    """Riket by its name in the reader's language."""
    riket = site_words.ROLES["riket"][state.language]
    return series.assign(label=series["label"].where(series["container_id"] != RIKET, riket))


def reading(state: SegregationState) -> Component:
    """The chosen index in sentences, its notes, and what its ends mean: asked for first, quick."""
    language, index = state.language, state.index
    table = state.once(indices_frame)
    own = table[table["index_id"] == index.id]
    said = _sentences(state, own.iloc[0].to_dict()) if len(own) else ()
    beside = _comparison(state)
    ends = ((words.LOWEST, index.low), (words.HIGHEST, index.high))
    note = index.note
    return html.Section(
        [
            html.H2(words.READING[language], id="segregation-reading"),
            html.P(_of_whom(state), className="measure__note"),
            *[html.P(s, className="measure__sentence") for s in said[:1]],
            *[html.P(s) for s in (*said[1:2], *_adjusted(state, table), *said[2:]) if s],
            *[html.P(s) for s in (beside, *_base(state, own)) if s],
            *([html.P(note.of(language), className="measure__warning")] if note else []),
            html.Dl(
                [
                    part
                    for name, end in ends
                    for part in (html.Dt(name[language]), html.Dd(end.of(language)))
                ],
                className="measure__ends",
            ),
        ],
        className="measure measure--reading",
        **aria(labelledby="segregation-reading"),
    )


def _base(state: SegregationState, rows: pd.DataFrame) -> list[str]:
    """How many areas and persons the value is made of."""
    return [
        wording.base_sentence(
            row,
            units=state.measurement.units,
            language=state.language,
            counted=state.grouping.counted,
        )
        for row in rows.to_dict("records")
    ]


def _of_whom(state: SegregationState) -> str:
    groups = [group.name[state.language] for group in state.grouping.groups]
    if state.grouping.kind == "two-group":
        return words.OF_WHOM[state.language].format(group=groups[0], rest=groups[1])
    listed = wording.enumerated(groups, language=state.language)
    return f"{words.GROUPING[state.language]}: {listed}."


def _sentences(state: SegregationState, row: dict[Any, Any]) -> tuple[str, ...]:
    return wording.reading_sentences(
        row,
        index=state.index,
        template=state.index.sentence.of(state.language),
        language=state.language,
    )


def _adjusted(state: SegregationState, table: pd.DataFrame) -> tuple[str, ...]:
    """The chance-adjusted reading, by the adjusted index's own sentence."""
    index_id = ADJUSTED.get(state.index.id)
    found = table.loc[table["index_id"] == index_id, "value"].dropna()
    if index_id is None or found.empty:
        return ()
    adjusted = BY_ID[index_id]
    sentence, shown = adjusted.reading(float(found.iloc[0]))
    value = wording.measure_value(shown, index=adjusted, language=state.language)
    return (sentence.of(state.language).format(value=value),)


def _comparison(state: SegregationState) -> str:
    """What kommuner have, for a kommun; län and riket contain other segregation too."""
    if state.measurement.level != "kommun":
        return ""
    return wording.measure_comparison(
        queries.kommun_spread(state.reader.cursor, state.measurement),
        index=state.index,
        year=state.measurement.year,
        language=state.language,
    )


def _trend(state: SegregationState, series: pd.DataFrame) -> list[str]:
    """How the index has changed in the years that can be compared with the chosen one."""
    year = state.measurement.year
    sentence = wording.measure_trend(
        comparable(_named(state, series), breaks=state.breaks, year=year),
        index=state.index,
        year=year,
        where=state.where,
        language=state.language,
    )
    return [sentence]


def _lines(state: SegregationState, frame: pd.DataFrame, label: str) -> Component:
    series = _named(state, frame)
    figure = figures.series_figure(
        series, index=state.index, breaks=state.breaks, language=state.language
    )
    return html.Div([parts.graph(figure, label=label, height=320), _key(series)])


def _series_notes(state: SegregationState, series: pd.DataFrame) -> list[str]:
    language = state.language
    first, last = int(series["year"].min()), int(series["year"].max())
    return [
        words.SERIES_CHANCE[language] if series["expected"].notna().any() else "",
        words.SERIES_BAND[language] if series["low"].notna().any() else "",
        *break_notes(state.breaks, first=first, last=last, language=language),
        _peers(state) if "peer" in set(series["role"]) else "",
    ]


def _peers(state: SegregationState) -> str:
    """In what the peers are alike."""
    known, language = state.context.catalogue.indicators, state.language
    names = [known[i].name[language] for i in state.resemblance[1]]
    alike = wording.enumerated([n[:1].lower() + n[1:] for n in names], language=language)
    return words.PEERS[language].format(alike=alike)


def _key(series: pd.DataFrame) -> Component:
    """Which line is which, in words and dashes."""
    first = series.drop_duplicates("container_id")
    return html.Ul(
        [
            html.Li(
                [
                    html.Span(className=f"key__line key__line--{row.role}", **aria(hidden="true")),
                    str(row.label),
                ]
            )
            for row in first.itertuples()
        ],
        className="key",
    )


def _numbers(state: SegregationState, frame: pd.DataFrame) -> Component:
    language, index, series = state.language, state.index, _named(state, frame)
    own = series[series["role"] == "area"]
    others = series[series["role"] != "area"].drop_duplicates("container_id")
    heads = [
        site_words.YEAR[language],
        str(own["label"].iloc[0]) if len(own) else words.VALUE[language],
        words.EXPECTED[language],
        words.ESTIMATE[language],
        *others["label"].astype(str),
    ]
    keys = zip(series["container_id"], series["year"], strict=True)
    values = dict(zip(keys, series["value"], strict=True))
    codes = others["container_id"].tolist()

    def said(value: float | None) -> str:
        return wording.measure_value(value, index=index, language=language)

    rows = [
        [
            year_mark(row["year"], breaks=state.breaks, first=int(series["year"].min())),
            said(row["value"]),
            said(row["expected"]),
            wording.measure_estimate(row, index=index, language=language),
            *[said(values.get((code, row["year"]))) for code in codes],
        ]
        for row in own.to_dict("records")
    ]
    return parts.table(heads, rows, label=words.SERIES[language])


def _n_indices(state: SegregationState, table: pd.DataFrame) -> list[str]:
    n = wording.number(len(table), decimals=0, language=state.language)
    return [words.INDICES_SENTENCE[state.language].format(n=n)]


def _index_rows(state: SegregationState, table: pd.DataFrame) -> Component:
    """Every index of the grouping for the place and year, the chosen one marked."""
    language = state.language
    heads = (
        *(words.INDEX, words.VALUE, words.EXPECTED, words.ESTIMATE, words.N_UNITS),
        *(words.PERSONS, words.COVERAGE, words.CAUTION),
    )
    ids = table["index_id"].tolist()
    return parts.table(
        [h[language] for h in heads],
        [_index_row(state, row) for row in table.to_dict("records")],
        label=words.INDICES[language],
        chosen=ids.index(state.index.id) if state.index.id in ids else None,
        texts=(0, 7),
    )


def _index_row(state: SegregationState, row: dict[Any, Any]) -> list[parts.Cell]:
    language, index = state.language, BY_ID[row["index_id"]]
    whole = [
        wording.number(row[column], decimals=0, language=language)
        for column in ("n_units", "population")
    ]
    sign = "\u00a0%" if language == "sv" else "%"
    return [
        capital(state.label(index.id)),
        wording.measure_value(row["value"], index=index, language=language),
        wording.measure_value(row["expected"], index=index, language=language),
        wording.measure_estimate(row, index=index, language=language),
        *whole,
        wording.number(100 * row["coverage"], decimals=1, language=language) + sign,
        wording.caution_words(row["caution"], language=language),
    ]


SERIES: Final = Section(
    key="series",
    heading=words.SERIES,
    frame=series_frame,
    sentences=_trend,
    drawing=_lines,
    notes=_series_notes,
    table=_numbers,
)
INDEX_TABLE: Final = Section(
    key="indices",
    heading=words.INDICES,
    frame=indices_frame,
    sentences=_n_indices,
    table=_index_rows,
    folded=False,
)
