"""Development: a sparkline an indicator, with every year in a table."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.catalogue import Break
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.base.section import Section
from barometer.ui.breaks import MARK, severing
from barometer.ui.pages.place import words
from barometer.ui.pages.place.drawings import (
    Points,
    sparkline,
)
from barometer.ui.pages.place.state import PlaceState, series_frame
from barometer.wording.profiles import trend_sentence

_DRAWN: Final = ("area", "counterpart", "riket")

Piece = list[tuple[int, float | None]]
Lines = dict[tuple[str, str], list[Piece]]


def lines_of(state: PlaceState) -> Lines:
    """The pieces of every line, by role and indicator, oldest first; a division is a piece."""
    pieces: dict[tuple[str, str, str], list[tuple[int, float | None]]] = {}
    drawn = state.portrait.series[state.portrait.series["role"].isin(_DRAWN)]
    columns = zip(
        *(drawn[c].tolist() for c in ("role", "indicator_id", "division", "year", "value")),
        strict=True,
    )
    for role, indicator_id, division, year, value in columns:
        amount = None if pd.isna(value) else float(value)
        pieces.setdefault((role, indicator_id, division), []).append((int(year), amount))
    lines: Lines = {}
    for (role, indicator_id, _), piece in pieces.items():
        lines.setdefault((role, indicator_id), []).append(sorted(piece))
    return lines


def trends(state: PlaceState, indicator_ids: list[str], lines: Lines) -> Component | None:
    """The sparklines of some indicators and their table twin; None where no line has two points."""
    drawable = [i for i in indicator_ids if _is_line(state, i, lines)]
    if not drawable:
        return None
    every = [year for i in drawable for year, _ in _points(lines, i, *_DRAWN)]
    years = (min(every), max(every))
    cards = [html.Li(_card(state, i, lines, years)) for i in drawable]
    twin = html.A(words.EVERY_YEAR[state.language], href="#plats-years", className="plats__twin")
    return html.Div(
        [
            html.H3(words.TRENDS[state.language]),
            html.Ul(cards, className="sparks"),
            *[html.P(note, className="measure__note") for note in break_notes(state, drawable)],
            html.P(twin, className="measure__note"),
        ],
        className="plats__trends",
    )


def break_notes(state: PlaceState, indicator_ids: list[str]) -> list[str]:
    """The breaks in the series that are drawn, each said once; a common one names no series."""
    language = state.language
    said: dict[Break, list[str]] = {}
    for indicator_id in indicator_ids:
        breaks = state.breaks(state.indicator(indicator_id))
        for found in (b for b in breaks if b.year <= state.profile.year):
            said.setdefault(found, []).append(state.name(indicator_id))
    common = state.context.catalogue.breaks
    return [
        f"{'' if found in common else ', '.join(names) + ', '}{found.year}: {found.note[language]}"
        for found, names in said.items()
    ]


def _is_line(state: PlaceState, indicator_id: str, lines: Lines) -> bool:
    own = _points(lines, indicator_id, "area", "counterpart")
    known = [value for _, value in own if value is not None]
    return len(known) > 1 and not state.indicator(indicator_id).categories


def _points(lines: Lines, indicator_id: str, *roles: str) -> list[tuple[int, float | None]]:
    return [p for role in roles for piece in lines.get((role, indicator_id), ()) for p in piece]


def _card(
    state: PlaceState, indicator_id: str, lines: Lines, years: tuple[int, int]
) -> list[Component]:
    language, indicator = state.language, state.indicator(indicator_id)
    found = state.breaks(indicator)
    parted = {
        role: [run for piece in lines.get((role, indicator_id), ()) for run in _cut(piece, found)]
        for role in _DRAWN
    }
    latest = parted["area"][-1] if parted["area"] else []
    own = [(y, v) for y, v in latest if v is not None]
    shown: dict[str, list[Points]] = {
        role: list(parted[role])
        for role in _DRAWN
        if role != "riket" or indicator.unit != "persons"  # whom no other place's number resembles
    }
    breaks = [one.year - 0.5 for one in found]
    said = trend_sentence(indicator, first=own[0], last=own[-1], language=language) if own else ""
    picture = sparkline(
        shown, years=years, breaks=sorted(set(breaks)), label=said or indicator.name[language]
    )
    ends = dict([own[0], own[-1]]) if own else {}
    values = [
        html.Span([html.Small(str(year)), f" {_value(state, indicator_id, value)}"])
        for year, value in ends.items()
    ]
    return [
        html.Span(indicator.name[language], className="sparks__name"),
        picture,
        html.Span(values, className="sparks__ends"),
    ]


def _cut(piece: Piece, breaks: Sequence[Break]) -> list[Piece]:
    """A piece of a line in those that no severing break parts."""
    cuts = severing(breaks)
    runs: dict[int, Piece] = {}
    for year, value in piece:
        runs.setdefault(bisect_right(cuts, year), []).append((year, value))
    return list(runs.values())


def _value(state: PlaceState, indicator_id: str, value: float | None) -> str:
    indicator = state.indicator(indicator_id)
    return wording.value(value, indicator=indicator, language=state.language)


def _drawable(state: PlaceState, lines: Lines) -> list[str]:
    return [i for i in state.portrait.rows["indicator_id"] if _is_line(state, i, lines)]


def _has_lines(state: PlaceState) -> bool:
    return bool(_drawable(state, state.once(lines_of)))


def _every_year(state: PlaceState, _: pd.DataFrame) -> Component:
    """Every year of the place as a table: the twin of all sparklines."""
    language, lines = state.language, state.once(lines_of)
    drawable = _drawable(state, lines)
    values = {i: dict(_points(lines, i, "area")) for i in drawable}
    years = sorted({year for by_year in values.values() for year in by_year})
    rows: list[list[Any]] = [
        [state.name(i), *_marked(state, i, values[i], years)] for i in drawable
    ]
    heads = [site_words.INDICATOR[language], *map(str, years)]
    notes = [html.P(f"{MARK} {note}") for note in break_notes(state, drawable)]
    return html.Div([parts.table(heads, rows, label=words.YEARS[language]), *notes])


def _marked(
    state: PlaceState, indicator_id: str, values: Mapping[int, float | None], years: Sequence[int]
) -> list[str]:
    """The years' values, those marked that a break parts from an earlier one."""
    first = min(values, default=0)
    parted = {b.year for b in state.breaks(state.indicator(indicator_id)) if b.year > first}
    return [
        f"{_value(state, indicator_id, values.get(year))}{MARK if year in parted else ''}"
        for year in years
    ]


YEARS: Final = Section(
    key="years",
    file="series",
    heading=words.YEARS,
    frame=series_frame,
    applies=_has_lines,
    table=_every_year,
)
