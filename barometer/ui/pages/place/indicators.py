"""The indicators by sector: the place beside what it lies in, beside its like and over time."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.catalogue import Indicator
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.attributes import aria
from barometer.ui.base.section import Section
from barometer.ui.links import address
from barometer.ui.pages.place import words
from barometer.ui.pages.place.drawings import strip
from barometer.ui.pages.place.state import (
    PlaceState,
    comparison_roles,
    has_figures,
    indicator_frame,
)
from barometer.ui.pages.place.trends import (
    Lines,
    lines_of,
    trends,
)
from barometer.wording.profiles import signed_difference, standing, unpublished_sentence

Row = dict[Any, Any]
_MARKS: Final = ("p10", "lower_quartile", "median", "upper_quartile", "p90")


def sectors(state: PlaceState) -> list[Component]:
    """The reader's own priorities, children and young people, and the other sectors in order."""
    if not has_figures(state):
        return []
    language, rows = state.language, state.portrait.rows
    lines = state.once(lines_of)
    first = [i for i in state.profile.first if i in set(rows["indicator_id"])]
    children = [i for i in rows["indicator_id"] if state.indicator(i).children]
    found = [("first", words.PRIORITIES[language], first)]
    found += [("children", words.CHILDREN[language], children)]
    rest = rows[~rows["indicator_id"].isin(children)]
    found += [
        (str(sector), site_words.SECTORS[str(sector)][language], part["indicator_id"].tolist())
        for sector, part in rest.groupby("sector", sort=False)
    ]
    return [_sector(state, *entry, lines) for entry in found if entry[2]]


def _sector(state: PlaceState, key: str, heading: str, ids: list[str], lines: Lines) -> Component:
    by_id = state.portrait.rows.set_index("indicator_id", drop=False)
    rows = [by_id.loc[i].to_dict() for i in ids]
    drawn = trends(state, ids, lines)
    twin = indicator_table(state, rows, label=heading)
    return parts.section(
        f"plats-{key}",
        heading,
        figure=html.Div([twin, *([drawn] if drawn else [])], className="plats__sector"),
    )


def indicator_table(state: PlaceState, rows: Sequence[Row], *, label: str) -> Component:
    """A row an indicator: value, comparisons with their differences, and a strip."""
    language = state.language
    roles = comparison_roles(state)
    alone = state.area.level == "riket"
    heads = [
        site_words.INDICATOR[language],
        _short(state),
        *[_role_name(state, role) for role in roles],
        *([] if alone else [words.ALIKE_MEDIAN[language], words.AMONG[state.area.level][language]]),
    ]
    body = [_row(state, row, roles, alone=alone) for row in rows]
    return parts.table(heads, body, label=label, texts=() if alone else (len(heads) - 1,))


def _short(state: PlaceState) -> str:
    return _role_name(state, "riket") if state.area.level == "riket" else state.area.name


def _role_name(state: PlaceState, role: str) -> str:
    named = {"kommun": state.area.kommun, "lan": state.area.lan}
    return str(named.get(role) or site_words.ROLES[role][state.language])


def _row(state: PlaceState, row: Row, roles: tuple[str, ...], *, alone: bool) -> list[parts.Cell]:
    indicator = state.indicator(row["indicator_id"])
    cells: list[parts.Cell] = [_name(state, row, indicator), _own(state, row, indicator)]
    cells += [_beside(state, row["value"], row[role], indicator) for role in roles]
    if not alone:
        cells += [_beside(state, row["value"], row["alike"], indicator)]
        cells += [_standing(state, row, indicator)]
    return cells


def _name(state: PlaceState, row: Row, indicator: Indicator) -> Component:
    """The indicator as a link to the map, and its year."""
    profile = state.profile
    on_map = address(
        "/karta",
        language=state.language,
        indicator=indicator.indicator_id,
        level=profile.level,
        year=row["year"],
        area=profile.area,
    )
    name = html.A(indicator.name[state.language], href=on_map)
    unit = f"{wording.unit_name(indicator, language=state.language)}, "
    said = f"{unit if _has_unit(indicator) else ''}{row['year']}"
    return html.Span([name, html.Small(said, className="cell__year")])


def _has_unit(indicator: Indicator) -> bool:
    """Whether the unit stands beside the name, since the columns have no room for it."""
    return indicator.unit not in ("percent", "persons", "class", "index")


def _plain(amount: float, indicator: Indicator, state: PlaceState) -> str:
    """A value without the unit that stands beside the name."""
    if _has_unit(indicator):
        return wording.number(amount, decimals=indicator.decimals, language=state.language)
    return wording.value(amount, indicator=indicator, language=state.language)


def _own(state: PlaceState, row: Row, indicator: Indicator) -> parts.Cell:
    """The place's value with the number of persons behind it, or why there is none."""
    language = state.language
    if pd.isna(row["value"]):
        status = row["status"] if isinstance(row["status"], str) else "not_published"
        said = wording.missing_reason(status, language=language)
        return html.Span(said, className="cell__missing")
    shown = _plain(row["value"], indicator, state)
    if indicator.categories:
        return html.Span(shown, className="cell__missing")
    if pd.isna(row["denominator"]) or indicator.unit != "percent":
        return shown
    n = wording.number(row["denominator"], decimals=0, language=language)
    return f"{shown}\nn = {n}"


def _beside(state: PlaceState, value: float, other: float, indicator: Indicator) -> str:
    """A value beside the place's and the difference to it."""
    language = state.language
    if pd.isna(other) or indicator.categories:
        return "–"
    shown = _plain(other, indicator, state)
    if pd.isna(value) or indicator.unit == "persons":
        return shown
    return f"{shown}\n{signed_difference(other, value, indicator=indicator, language=language)}"


def _standing(state: PlaceState, row: Row, indicator: Indicator) -> parts.Cell:
    """The strip and the same in words."""
    if pd.isna(row["value"]) or indicator.categories or pd.isna(row["median"]):
        return "–"
    said = standing(
        n_lower=row["n_lower"],
        n_areas=row["n_areas"],
        level=state.area.level,
        language=state.language,
    )
    low, high = min(row["p02"], row["value"]), max(row["p98"], row["value"])
    if indicator.unit == "persons":  # a few large places would push all others together
        low, high = min(row["p10"], row["value"]), max(row["p90"], min(row["value"], row["p98"]))
    marks = {name: float(row[name]) for name in _MARKS}
    return html.Div(
        [
            strip(value=float(row["value"]), marks=marks, low=low, high=high, label=said),
            html.Small(said, **aria(hidden="true")),
        ],
        className="cell cell--standing",
    )


def _how_to_read(state: PlaceState, table: pd.DataFrame) -> list[str]:
    """What the columns and figures mean, and what the level lacks."""
    language = state.language
    there = set(table["indicator_id"])
    lacking = [state.name(i) for i in state.offer.indicators if i not in there]
    return [
        words.ROWS_NOTE[language],
        words.TRENDS_NOTE[language],
        *([words.TRENDS_OTHER[language]] if state.namesake else []),
        unpublished_sentence(
            lacking, level=state.area.level, division=state.area.division, language=language
        ),
    ]


FIGURES: Final = Section(
    key="figures",
    file="indicators",
    heading=words.FIGURES,
    frame=indicator_frame,
    applies=has_figures,
    notes=_how_to_read,
)
