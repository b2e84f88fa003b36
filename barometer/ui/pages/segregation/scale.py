"""Where on the scale: chance, the chosen places and every kommun between 0 and 100."""

from typing import Any, Final

import pandas as pd
from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.divisions import division_label
from barometer.pictures import ScaleChart, ScaleRow, SpreadMark
from barometer.pictures.charts import Shape
from barometer.ui import parts
from barometer.ui.base.section import Section
from barometer.ui.markup import aria, element
from barometer.ui.pages.segregation import words
from barometer.ui.pages.segregation.state import (
    SegregationState,
    kommuner_frame,
    kommuner_spread,
    places_frame,
)
from barometer.ui.words import ABOUT_OWN

TENS: Final = range(0, 101, 10)
RIGHT_HALF: Final = 62  # per cent from which a name stands left of its mark


def at(share: float) -> dict[str, str]:
    """The place of a share of one on an axis of 0-100."""
    return {"left": f"{100 * min(max(share, 0.0), 1.0):.2f}%"}


def between(low: float, high: float) -> dict[str, str]:
    """The room between two shares on the axis."""
    return at(low) | {"width": f"{100 * (high - low):.2f}%"}


def spread(state: SegregationState) -> wording.Spread | None:
    """How the kommuner's values are spread."""
    if state.measurement.level == "lan":  # which also contains what lies between kommuner
        return None
    return state.once(kommuner_spread)


def _plain(state: SegregationState, share: float, decimals: int = 0) -> str:
    return wording.number(100 * share, decimals=decimals, language=state.language)


def _subtitle(state: SegregationState, _: pd.DataFrame) -> list[str]:
    n = len(state.once(kommuner_frame))
    text = words.SCALE_LEAD if n else words.SCALE_LEAD_FEW
    return [
        text[state.language].format(
            index=wording.capitalised(state.label(state.index.id)),
            units=division_label(state.measurement.units, state.measurement.division),
            year=state.measurement.year,
            n=n,
        )
    ]


def _drawing(state: SegregationState, table: pd.DataFrame, label: str) -> Component:
    shown = table if state.measurement.level != "riket" else table.head(0)
    rows = [_row(state, row, n) for n, row in enumerate(shown.to_dict("records"), start=1)]
    numbers = [html.Span(str(n), style=at(n / 100)) for n in TENS]
    # Only of the first index are 0 and 100 these ends: 0 of isolation, say, is not even.
    ends = [html.Span(text[state.language]) for text in (words.EVEN, words.APART)]
    inside = [
        html.Div([*_behind(state, table), *rows, _ticks(state)], className="scale__plot"),
        html.Div(numbers, className="scale__axis"),
        *([html.Div(ends, className="scale__ends")] if state.is_headline else []),
        *_median(state),
    ]
    return html.Div(inside, className="scale", role="img", **aria(label=label))


def _behind(state: SegregationState, table: pd.DataFrame) -> list[Component]:
    """The kommuner's spread, and what chance alone would give."""
    found, known = spread(state), table["expected"].dropna()
    drawn: list[Component] = []
    if found:
        drawn = [
            html.I(className="scale__most", style=between(*found.most)),
            html.I(className="scale__half", style=between(*found.half)),
            html.I(className="scale__median", style=at(found.median)),
        ]
    if len(known):
        chance = float(known.median())
        text = words.BY_CHANCE[state.language].format(n=_plain(state, chance))
        drawn.append(html.Span(text, className="scale__chance", style=at(chance)))
    return drawn


def _row(state: SegregationState, row: dict[Any, Any], number: int) -> Component:
    value = row["value"]
    if pd.isna(value):
        text = [row["label"], " ", state.value_words(row)]
        return html.Div(html.Span(text), className=f"scale__row place--{number}")
    side = " scale__row--high" if 100 * value > RIGHT_HALF else ""
    name = html.Span(
        [row["label"], " ", html.B(_plain(state, value, 1))],
        className="scale__name",
        style=at(value),
    )
    line = html.I(className="scale__line", style={"width": at(value)["left"]})
    mark = html.I(className="place-mark", style=at(value))
    return html.Div([line, mark, name], className=f"scale__row place--{number}{side}")


def _ticks(state: SegregationState) -> Component:
    ranked, found = state.once(kommuner_frame), spread(state)
    ticks: list[Component] = [element(html.I, style=at(value)) for value in ranked["value"]]
    if found:
        name, value = found.highest
        text = words.SCALE_HIGHEST[state.language].format(name=name, n=_plain(state, value))
        ticks.append(html.Span(text, style=at(value)))
    return html.Div(ticks, className="scale__ticks")


def _median(state: SegregationState) -> list[Component]:
    found = spread(state)
    if not found:
        return []
    median, low, high = (_plain(state, v) for v in (found.median, *found.half))
    language = state.language
    return [
        html.P(
            [
                html.B(words.SCALE_MEDIAN[language].format(n=median)),
                " · ",
                words.SCALE_HALF[language].format(low=low, high=high),
            ],
            className="scale__median-text",
        )
    ]


def _meaning(state: SegregationState) -> str:
    """What the ends of an index beside the first one are, and what to be careful with."""
    language, index = state.language, state.index
    ends = words.ENDS[language].format(low=index.low.of(language), high=index.high.of(language))
    return f"{ends} {index.note.of(language)}" if index.note else ends


def _notes(state: SegregationState, table: pd.DataFrame) -> list[str]:
    language = state.language
    note = "" if state.is_headline else _meaning(state)
    riket = words.RIKET_NOT_DRAWN[language] if state.measurement.level == "riket" else ""
    county = words.LAN_NOTE[language] if state.measurement.level == "lan" else ""
    own = [said for heading, said in state.about if heading == ABOUT_OWN[language]]
    return [wording.overlap_sentence(table, language=language), riket, county, note, *own]


def _table(state: SegregationState, table: pd.DataFrame) -> Component:
    language, index = state.language, state.index
    heads = (words.PLACE, words.VALUE, words.EXPECTED, words.ESTIMATE)
    rows = [
        [
            row["label"],
            state.value_words(row),
            wording.measure_value(row["expected"], index=index, language=language),
            wording.measure_estimate(row, index=index, language=language),
        ]
        for row in table.to_dict("records")
    ]
    return parts.table([h[language] for h in heads], rows, label=words.SCALE[language])


PLACE_MARKS: Final[tuple[tuple[str, Shape], ...]] = (
    ("#b4460f", "round"),
    ("#1f7a74", "square"),
    ("#6b2f7f", "diamond"),
    ("#8a6a00", "triangle"),
)


def _chart(state: SegregationState, table: pd.DataFrame) -> ScaleChart | None:
    """The scale as a picture; none of riket, whose value is not drawn."""
    known, found, language = table.dropna(subset=["value"]), spread(state), state.language
    if known.empty or state.measurement.level == "riket":
        return None
    rows = [
        ScaleRow(row["label"], 100 * row["value"], _plain(state, row["value"], 1), *mark)
        for row, mark in zip(known.to_dict("records"), PLACE_MARKS, strict=False)
    ]
    chance = float(known["expected"].median())
    has_chance = not pd.isna(chance)
    return ScaleChart(
        rows=tuple(rows),
        spread=SpreadMark(
            100 * found.median,
            (100 * found.half[0], 100 * found.half[1]),
            (100 * found.most[0], 100 * found.most[1]),
        )
        if found
        else None,
        every=[100 * value for value in state.once(kommuner_frame)["value"]],
        chance=100 * chance if has_chance else None,
        chance_label=words.BY_CHANCE[language].format(n=_plain(state, chance))
        if has_chance
        else "",
        median_label=words.SCALE_MEDIAN[language].format(n=_plain(state, found.median))
        if found
        else "",
        low_label=words.EVEN[language] if state.is_headline else "",
        high_label=words.APART[language] if state.is_headline else "",
    )


SCALE: Final = Section(
    key="scale",
    heading=words.SCALE,
    frame=places_frame,
    applies=lambda state: state.index.unit == "percent",
    sentences=_subtitle,
    drawing=_drawing,
    chart=_chart,
    finding=lambda state: state.headline,
    notes=_notes,
    table=_table,
)
