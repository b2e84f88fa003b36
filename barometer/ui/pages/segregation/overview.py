"""The first sections: the index in plain words, over time, and beside every other index."""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.divisions import RIKET
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.attributes import aria
from barometer.ui.breaks import break_notes, comparable, year_mark
from barometer.ui.pages.segregation import (
    figures,
    words,
)
from barometer.ui.pages.segregation.section import section
from barometer.ui.pages.segregation.state import (
    BY_ID,
    FRAMES,
    Seen,
    bare_series,
    capital,
)

ADJUSTED = {"dissimilarity": "adjusted_dissimilarity"}  # the same number beyond chance


def overview(seen: Seen) -> list[Component]:
    """The reading: what is asked for first, and quick."""
    return [reading(seen, _named(seen, bare_series(seen)), FRAMES["indices"](seen))]


def over_time(seen: Seen) -> list[Component]:
    """Series and every index; intervals may have to be drawn."""
    series, table = _named(seen, FRAMES["series"](seen)), FRAMES["indices"](seen)
    return [development(seen, series), indices(seen, table)]


def _named(seen: Seen, series: pd.DataFrame) -> pd.DataFrame:
    """Riket by its name in the reader's language."""
    riket = site_words.ROLES["riket"][seen.language]
    return series.assign(label=series["label"].where(series["container_id"] != RIKET, riket))


def reading(seen: Seen, series: pd.DataFrame, table: pd.DataFrame) -> Component:
    """The chosen index in sentences, its notes, and what its ends mean."""
    language, index = seen.language, seen.index
    own = table[table["index_id"] == index.id]
    said = _sentences(seen, own.iloc[0].to_dict()) if len(own) else ()
    beside = wording.measure_beside(
        series,
        index=index,
        year=seen.measurement.year,
        names=_places(seen, series),
        language=language,
    )
    ends = ((words.LOWEST, index.low), (words.HIGHEST, index.high))
    note = index.note
    return html.Section(
        [
            html.H2(words.READING[language], id="segregation-reading"),
            html.P(_of_whom(seen), className="measure__note"),
            *[html.P(s, className="measure__sentence") for s in said[:1]],
            *[
                html.P(s)
                for s in (*said[1:2], *_adjusted(seen, table), *said[2:], _outside(seen, own))
                if s
            ],
            *[html.P(s) for s in (beside, *_base(seen, own)) if s],
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


def _base(seen: Seen, own: pd.DataFrame) -> list[str]:
    """How many areas and persons the value is made of."""
    return [
        wording.base_sentence(row, units=seen.measurement.units, language=seen.language)
        for row in own.to_dict("records")
    ]


def _outside(seen: Seen, own: pd.DataFrame) -> str:
    """Why a value lies outside its own interval; empty where it does not."""
    beyond = (own["value"] > own["high"]) | (own["value"] < own["low"])
    return words.OUTSIDE[seen.language] if beyond.any() else ""


def _of_whom(seen: Seen) -> str:
    groups = [group.name[seen.language] for group in seen.grouping.groups]
    if seen.grouping.kind == "two-group":
        return words.OF_WHOM[seen.language].format(group=groups[0], rest=groups[1])
    listed = wording.enumerated(groups, language=seen.language)
    return f"{words.GROUPING[seen.language]}: {listed}."


def _sentences(seen: Seen, row: dict[Any, Any]) -> tuple[str, ...]:
    return wording.reading_sentences(
        row,
        index=seen.index,
        template=seen.index.sentence.of(seen.language),
        language=seen.language,
    )


def _adjusted(seen: Seen, table: pd.DataFrame) -> tuple[str, ...]:
    """The chance-adjusted reading, by the adjusted index's own sentence."""
    index_id = ADJUSTED.get(seen.index.id)
    found = table.loc[table["index_id"] == index_id, "value"].dropna()
    if index_id is None or found.empty:
        return ()
    adjusted = BY_ID[index_id]
    value = wording.measure_value(float(found.iloc[0]), index=adjusted, language=seen.language)
    return (adjusted.sentence.of(seen.language).format(value=value),)


def _places(seen: Seen, series: pd.DataFrame) -> dict[str, str]:
    return {code: seen.place(code) for code in series["container_id"].unique()}


def development(seen: Seen, series: pd.DataFrame) -> Component:
    """The index over time."""
    language = seen.language
    breaks, year = seen.breaks, seen.measurement.year
    alike = comparable(series, breaks=breaks, year=year)
    sentence = wording.measure_trend(
        alike, index=seen.index, year=year, where=seen.where, language=language
    )
    figure = figures.series_figure(series, index=seen.index, breaks=breaks, language=language)
    first, last = int(series["year"].min()), int(series["year"].max())
    return section(
        seen,
        "series",
        words.SERIES[language],
        said=[sentence],
        figure=html.Div(
            [
                parts.graph(figure, label=sentence or words.SERIES[language], height=320),
                _key(series),
            ]
        ),
        notes=[
            words.SERIES_CHANCE[language] if series["expected"].notna().any() else "",
            words.SERIES_BAND[language] if series["low"].notna().any() else "",
            *break_notes(breaks, first=first, last=last, language=language),
            _peers(seen) if "peer" in set(series["role"]) else "",
        ],
        table=parts.folded(_numbers(seen, series), language=language),
    )


def _peers(seen: Seen) -> str:
    """In what the peers are alike."""
    known, language = seen.context.catalogue.indicators, seen.language
    names = [known[i].name[language] for i in seen.resemblance(tuple(known))]
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


def _numbers(seen: Seen, series: pd.DataFrame) -> Component:
    language, index = seen.language, seen.index
    own = series[series["role"] == "area"]
    others = series[series["role"] != "area"].drop_duplicates("container_id")
    heads = [
        site_words.YEAR[language],
        str(own["label"].iloc[0]) if len(own) else words.VALUE[language],
        words.EXPECTED[language],
        words.INTERVAL[language],
        *others["label"].astype(str),
    ]
    keys = zip(series["container_id"], series["year"], strict=True)
    values = dict(zip(keys, series["value"], strict=True))
    codes = others["container_id"].tolist()

    def said(value: float | None) -> str:
        return wording.measure_value(value, index=index, language=language)

    rows = [
        [
            year_mark(row["year"], breaks=seen.breaks, first=int(series["year"].min())),
            said(row["value"]),
            said(row["expected"]),
            wording.measure_interval(row["low"], row["high"], index=index, language=language),
            *[said(values.get((code, row["year"]))) for code in codes],
        ]
        for row in own.to_dict("records")
    ]
    return parts.table(heads, rows, label=words.SERIES[language])


def indices(seen: Seen, table: pd.DataFrame) -> Component:
    """Every index of the grouping for the place and year."""
    language = seen.language
    heads = (
        *(words.INDEX, words.VALUE, words.EXPECTED, words.INTERVAL, words.N_UNITS),
        *(words.PERSONS, words.COVERAGE, words.CAUTION),
    )
    rows = [_index_row(seen, row) for row in table.to_dict("records")]
    ids = table["index_id"].tolist()
    chosen = ids.index(seen.index.id) if seen.index.id in ids else None
    sentence = words.INDICES_SENTENCE[language].format(
        n=wording.number(len(rows), decimals=0, language=language)
    )
    twin = parts.table(
        [h[language] for h in heads],
        rows,
        label=words.INDICES[language],
        chosen=chosen,
        texts=(0, 7),
    )
    return section(seen, "indices", words.INDICES[language], said=[sentence], table=twin)


def _index_row(seen: Seen, row: dict[Any, Any]) -> list[parts.Cell]:
    language, index = seen.language, BY_ID[row["index_id"]]
    whole = [
        wording.number(row[column], decimals=0, language=language)
        for column in ("n_units", "population")
    ]
    sign = "\u00a0%" if language == "sv" else "%"
    return [
        capital(seen.label(index.id)),
        wording.measure_value(row["value"], index=index, language=language),
        wording.measure_value(row["expected"], index=index, language=language),
        wording.measure_interval(row["low"], row["high"], index=index, language=language),
        *whole,
        wording.number(100 * row["coverage"], decimals=1, language=language) + sign,
        wording.caution_words(row["caution"], language=language),
    ]
