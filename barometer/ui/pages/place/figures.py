"""The key figures, what stands out, how different the areas are, and the area types."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pandas as pd
from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.catalogue import ALL
from barometer.export.meaning import CHALLENGED
from barometer.queries.origins import summed_from
from barometer.queries.records import rows_of
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.base.drawings import lines, stack, strip
from barometer.ui.base.section import Section
from barometer.ui.breaks import event_notes, events_of, events_within, severing
from barometer.ui.pages.place import words
from barometer.ui.pages.place.amounts import axis, format_value, name_of, type_shares
from barometer.ui.pages.place.frames import (
    Comparison,
    Row,
    compared_frame,
    comparison,
    indicator_or_type,
    key_frame,
    level_of_parts,
    outstanding_frame,
    points,
    table_ids,
)
from barometer.ui.pages.place.hero import key
from barometer.ui.pages.place.pictured import key_chart, outstanding_chart, types_chart
from barometer.ui.pages.place.state import PlaceState, comparison_roles, has_figures, is_its_lan
from barometer.ui.pages.place.typed import type_frame
from barometer.wording import portraits
from barometer.wording.profiles import (
    nothing_stands_out,
    outstanding_lead,
    share_lower,
    standing,
    trend_sentence,
)

_SPREAD: Final = ("p10", "lower_quartile", "median", "upper_quartile", "p90")
_LEAST_YEARS: Final = 3  # of a line; two points are written


def strip_of(
    state: PlaceState, row: Row, *, low: float, high: float, comparison: bool = True
) -> Component:
    """A row of indicators as a strip, with what it shows in words."""
    marks = {role: float(row[role]) for role in ("lan", "riket") if comparison}
    spread = {} if state.area.level == "riket" else {name: float(row[name]) for name in _SPREAD}
    return strip(
        value=float(row["value"]),
        spread=spread,
        marks=marks,
        low=low,
        high=high,
        label=strip_words(state, row),
    )


def strip_words(state: PlaceState, row: Row) -> str:
    """The same as the strip in words: value, median and standing."""
    indicator_id = row["indicator_id"]
    value = format_value(state, indicator_id, row["value"])
    said = [f"{name_of(state, indicator_id)}: {value}"]
    if wording.is_known(row["median"]):
        said.append(
            words.MEDIAN_VALUE[state.language].format(
                value=format_value(state, row["indicator_id"], row["median"])
            )
        )
        said.append(
            standing(
                n_lower=int(row["n_lower"]),
                n_higher=int(row["n_higher"]),
                n_areas=int(row["n_areas"]),
                level=state.peers,
                language=state.language,
            )
        )
    return ", ".join(part for part in said if part)


def _key_cards(state: PlaceState, frame: pd.DataFrame, _: str) -> Component:
    cards = [html.Li(_card(state, row)) for row in rows_of(frame)]
    return html.Div([html.Ol(cards, className="keys"), strip_key(state)])


def _card(state: PlaceState, row: Row) -> list[Component]:
    indicator_id, year = row["indicator_id"], int(row["year"])
    at, picture = _drawn(state, row)
    return [
        html.H3(name_of(state, indicator_id)),
        html.P(_what(state, indicator_id), className="keys__what"),
        html.P(
            [html.B(format_value(state, indicator_id, row["value"])), f" {year}"],
            className="keys__value",
        ),
        html.Div(picture, className="keys__picture"),
        html.P(_comparison_marks(state, row, at), className="keys__beside"),
    ]


def _what(state: PlaceState, indicator_id: str) -> str:
    if indicator_id == CHALLENGED:
        return words.CHALLENGED_NOTE[state.language]
    return state.indicator(indicator_id).population[state.language]


def _is_compared(state: PlaceState, row: Row) -> bool:
    beside = (row[role] for role in comparison_roles(state) if role != "kommun")
    return state.area.level == "riket" or any(wording.is_known(amount) for amount in beside)


def comparable_rows(state: PlaceState, frame: pd.DataFrame) -> list[Row]:
    """The rows, those that nothing can be compared with in the last year that something can.

    For paper: the page says the same beside the figure. Such a row has no median and no strip.
    """
    rows: list[Row] = []
    for row in rows_of(frame):
        computed = row["indicator_id"] == CHALLENGED or _is_compared(state, row)
        at = None if computed else comparison(state, row["indicator_id"])
        if at is not None:
            nothing = {n: np.nan for n, held in row.items() if isinstance(held, float)}
            row |= nothing | {"year": at.year, "value": at.value, "lan": at.lan, "riket": at.riket}
        rows.append(row)
    return rows


def _drawn(state: PlaceState, row: Row) -> tuple[Comparison | None, list[Any]]:
    """A line of several years, a strip of one, or which year can be compared."""
    indicator_id = row["indicator_id"]
    line = _line(state, indicator_id, row["year"]) if indicator_id != CHALLENGED else None
    if line is not None:
        return None, [line]
    if not _is_compared(state, row):
        at = comparison(state, indicator_id)
        if at is None or at.year == row["year"]:
            beside = "lan" if "lan" in comparison_roles(state) else "riket"
            return None, [html.P(words.ALONE_IN_YEAR[beside][state.language])]
        sentence = portraits.comparison_sentence(
            state.short,
            indicator_or_type(state, indicator_id),
            year=at.year,
            amount=at.value,
            language=state.language,
        )
        return at, [html.P(sentence)]
    if indicator_or_type(state, indicator_id).unit not in ("percent", "class"):
        return None, []
    low, high = axis([row[n] for n in ("value", "lan", "riket", "p10", "p90")])
    ends = [
        html.Span(axis_end(state, low)),
        html.Span(wording.percent(high, language=state.language, decimals=0)),
    ]
    return None, [
        strip_of(state, row, low=low, high=high),
        html.Div(ends, className="keys__axis"),
    ]


def axis_end(state: PlaceState, amount: float) -> str:
    """An end of an axis: a whole number."""
    return wording.number(amount, language=state.language)


def _line(state: PlaceState, indicator_id: str, latest: int) -> Component | None:
    """The place, län and riket over the years of the place's division; None for fewer than 3."""
    known = state.once(points).get(indicator_id, {})
    drawn = {role: known[role] for role in ("area", "lan", "riket") if role in known}
    own = drawn.get("area", [])
    ends = {line[-1][0] for line in drawn.values()}
    if len(own) < _LEAST_YEARS or ends != {latest}:
        return None
    indicator = state.indicator(indicator_id)
    cuts = [year - 0.5 for year in severing(state.breaks(indicator))]
    years = (own[0][0], own[-1][0])
    label = trend_sentence(indicator, first=own[0], last=own[-1], language=state.language)
    inside = {role: [p for p in line if p[0] >= years[0]] for role, line in drawn.items()}
    events = events_within(events_of(state.context, state.named_by), years)
    picture = lines(
        inside,
        years=years,
        breaks=[c for c in cuts if years[0] < c < years[1]],
        events=[event.start - 0.5 for event in events],
        label=label,
    )
    first = f"{years[0]}: {format_value(state, indicator_id, own[0][1])}"
    ends_shown = [html.Span(first), html.Span(str(years[1]))]
    told = event_notes(events, years, language=state.language)
    notes = [html.P(note, className="keys__event") for note in told]
    return html.Div([picture, html.Div(ends_shown, className="keys__axis"), *notes])


def _comparison_marks(state: PlaceState, row: Row, at: Comparison | None) -> list[Any]:
    """Kommun, län and riket with their marks, and the year where it is another."""
    values: dict[str, float] = {role: row[role] for role in ("kommun", "lan", "riket")}
    if at is not None:
        values |= {"lan": at.lan, "riket": at.riket}
    said: list[Any] = [
        html.Span(
            [
                html.I(className=f"mark--{role}"),
                f"{wording.ROLES[role][state.language]} "
                f"{format_value(state, row['indicator_id'], amount)}",
            ]
        )
        for role, amount in values.items()
        if wording.is_known(amount)
    ]
    return [*said, html.Span(str(at.year))] if at is not None else said


def one_kommun_note(state: PlaceState) -> str:
    """Why a place stands beside no län, where its län is one kommun."""
    if not is_its_lan(state):
        return ""
    return words.LAN_IS_KOMMUN[state.language].format(
        lan=wording.place(str(state.area.lan), "lan", language=state.language)
    )


def strip_key(state: PlaceState) -> Component:
    """What the marks of a strip mean."""
    language, level = state.language, state.peers
    items = [html.Li([html.I(className="mark--area"), state.area.name])]
    if level != "riket":
        of = {
            "median": words.EVERY_POSSESSIVE[level],
            "half": words.EVERY_OBJECT[level],
            "most": words.EVERY_OBJECT[level],
        }
        items += [
            html.Li(
                [
                    html.I(className=f"mark--{name}"),
                    words.SPREAD_KEY[name][language].format(every=of[name][language]),
                ]
            )
            for name in of
        ]
        roles = [role for role in comparison_roles(state) if role != "kommun"]
        items += [
            html.Li([html.I(className=f"mark--{role}"), wording.ROLES[role][language]])
            for role in roles
        ]
    return html.Ul(items, className="swatches")


def source_note(state: PlaceState, frame: pd.DataFrame) -> str:
    """The tables behind the rows of a frame, who has computed them and who has summed them."""
    ids: list[str] = []
    summed: set[str] = set()
    computed = False
    for indicator_id, year in zip(frame["indicator_id"], frame["year"].astype(int), strict=True):
        ids += table_ids(state, indicator_id, year)
        if indicator_id == CHALLENGED:
            computed = True
            continue
        computed |= state.indicator(indicator_id).is_derived_in(year)
        if "summed_by" not in frame:
            asked = (indicator_id, ALL, level_of_parts(state), year)
            summed.update(state.reader.once(summed_from, *asked))
    if "summed_by" in frame:
        summed.update(frame["summed_by"].dropna().astype("str"))
    origin = state.provenance_of(ids, summed_from=tuple(sorted(summed)))
    origin = replace(origin, computed=computed or bool(summed))
    return parts.tables_line(origin, language=state.language)


def _outstanding_table(state: PlaceState, frame: pd.DataFrame, _: str) -> Component:
    language, level = state.language, state.peers
    low, high = (0.0, 100.0)
    heads = [
        words.MEASURE[language],
        state.area.name,
        wording.PERCENT_SCALE[language],
        wording.capitalised(
            words.MEDIAN[language].format(every=words.EVERY_POSSESSIVE[level][language])
        ),
        words.HIGHER[language].format(every=words.EVERY_OBJECT[level][language]),
    ]
    rows = [
        [
            html.Span([state.name(row["indicator_id"]), html.Small(str(row["year"]))]),
            html.B(format_value(state, row["indicator_id"], row["value"])),
            strip_of(state, row, low=low, high=high, comparison=False),
            format_value(state, row["indicator_id"], row["median"]),
            share_lower(int(row["n_lower"]), int(row["n_areas"]), language=language),
        ]
        for row in rows_of(frame)
    ]
    return parts.table(heads, rows, label=words.OUTSTANDING[language], blocks=True)


def _outstanding_sentences(state: PlaceState, frame: pd.DataFrame) -> list[str]:
    level, language = state.peers, state.language
    if frame.empty:
        compared = bool(state.once(compared_frame)["score"].notna().any())
        return [nothing_stands_out(state.where, level=level, compared=compared, language=language)]
    return [outstanding_lead(state.short, level=level, language=language)]


def _has_types(state: PlaceState) -> bool:
    return has_figures(state) and not state.once(type_frame).empty


def _types_heading(state: PlaceState) -> str:
    frame = state.once(type_frame)
    if state.area.level == "riket" or frame.empty:
        return words.TYPES[state.language]
    return portraits.types_heading(*type_shares(frame), language=state.language)


def _types_sentences(state: PlaceState, frame: pd.DataFrame) -> list[str]:
    return [words.TYPES_LEAD[state.language].format(year=frame["year"].iloc[0])]


def _types_stacks(state: PlaceState, frame: pd.DataFrame, _: str) -> Component:
    own, riket = type_shares(frame)
    rows = [stack_row(state, state.area.name, own)]
    if state.area.level != "riket":
        rows.append(stack_row(state, wording.ROLES["riket"][state.language], riket))
    return html.Div([html.Ul(rows, className="stacks"), key(state)])


def stack_row(state: PlaceState, name: str, shares: Sequence[float]) -> Component:
    """A named bar of shares in the five types."""
    language = state.language
    texts = [wording.number(share, decimals=1, language=language) for share in shares]
    said = ", ".join(
        f"{kind[language]} {wording.percent(share, language=language)}"
        for kind, share in zip(site_words.TYPE_NAMES, shares, strict=True)
    )
    label = f"{name}: {said}"
    return html.Li([html.Span(name), stack(shares, texts, label=label)])


def _is_compared_level(state: PlaceState) -> bool:
    return has_figures(state) and state.area.level != "riket"


KEY: Final = Section(
    key="key",
    heading=words.KEY,
    frame=key_frame,
    applies=has_figures,
    drawing=_key_cards,
    chart=key_chart,
    notes=lambda state, frame: [one_kommun_note(state), source_note(state, frame)],
)
OUTSTANDING: Final = Section(
    key="outstanding",
    heading=words.OUTSTANDING,
    frame=outstanding_frame,
    applies=_is_compared_level,
    sentences=_outstanding_sentences,
    drawing=_outstanding_table,
    chart=outstanding_chart,
)
TYPES: Final = Section(
    key="types",
    heading=_types_heading,
    frame=type_frame,
    applies=_has_types,
    sentences=_types_sentences,
    drawing=_types_stacks,
    chart=types_chart,
    finding=_types_heading,
    notes=lambda state, frame: [source_note(state, frame.head(1).assign(indicator_id=CHALLENGED))],
)
