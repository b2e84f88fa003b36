"""The first sections: who lives in the place, and what sets it apart."""

from typing import Any, Final

import numpy as np
import pandas as pd
from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.ui import parts
from barometer.ui.base.section import Section
from barometer.ui.pages.place import words
from barometer.ui.pages.place.drawings import bar
from barometer.ui.pages.place.state import PlaceState, group_frame, has_figures
from barometer.wording.profiles import (
    STANDS_OUT,
    ages_sentence,
    nothing_stands_out,
    outstanding_sentence,
    residents_sentence,
)

MOST_SHOWN: Final = 8
POPULATION: Final = "befolkning"  # the sector of who lives in a place
_ALIKE: Final = 0.9  # correlation from which two indicators tell the same


def _group_tables(state: PlaceState, groups: pd.DataFrame, _: str) -> Component:
    """How old they are, in which households they live, and where they were born."""
    tables = [
        html.Div(_groups(state, str(grouping_id), rows), className="plats__group")
        for grouping_id, rows in groups.groupby("grouping_id", sort=False)
    ]
    return html.Div(tables, className="plats__groups")


def who_sentences(state: PlaceState, _: pd.DataFrame) -> list[str]:
    """The place's number of residents, its change, and the shares of young and old."""
    known = state.portrait.rows.set_index("indicator_id")["value"].dropna()
    years = state.portrait.rows.set_index("indicator_id")["year"]
    said = []
    if "population" in known:
        series = state.portrait.series[
            (state.portrait.series["role"] == "area")
            & (state.portrait.series["indicator_id"] == "population")
        ].dropna(subset=["value"])
        first = series.sort_values("year").iloc[0]
        said.append(
            residents_sentence(
                state.where,
                residents=float(known["population"]),
                year=int(years["population"]),
                earlier=(int(first["year"]), float(first["value"])),
                language=state.language,
            )
        )
    if {"children", "older", "population"} <= set(known.index):
        shares = {"children": float(known["children"]), "older": float(known["older"])}
        said.append(ages_sentence(**shares, language=state.language))
    return said


def _groups(state: PlaceState, grouping_id: str, rows: pd.DataFrame) -> list[Component]:
    language = state.language
    grouping = state.context.catalogue.groupings[grouping_id]
    names = {group.group_id: group.name[language] for group in grouping.groups}
    whole = state.area.level == "riket"
    most = float(np.nanmax([rows["share"].max(), rows["riket_share"].max(), 1.0]))
    body = [_group(state, row, names, most=most) for row in rows.to_dict("records")]
    heads = [words.GROUP, words.NUMBER, words.SHARE, *([] if whole else [words.SHARE_RIKET])]
    title = f"{grouping.name[language]}, {rows['year'].iloc[0]}"
    return [
        html.H3(title),
        parts.table([h[language] for h in heads], body, label=title),
    ]


def _group(
    state: PlaceState, row: dict[Any, Any], names: dict[str, str], *, most: float
) -> list[Any]:
    beside = row["riket_share"]
    known = beside if pd.notna(beside) and state.area.level != "riket" else None
    share = bar(0 if pd.isna(row["share"]) else row["share"], mark=known, most=most)
    cells: list[Any] = [
        names[row["group_id"]],
        _whole(row["persons"], state),
        html.Div([percent(row["share"], state), share], className="cell"),
    ]
    return cells if state.area.level == "riket" else [*cells, percent(beside, state)]


def _whole(amount: float, state: PlaceState) -> str:
    known = wording.is_known(amount)
    return wording.number(amount, decimals=0, language=state.language) if known else "–"


def percent(share: float | None, state: PlaceState) -> str:
    """A share with one decimal."""
    if not wording.is_known(share):
        return "–"
    sign = "\u00a0%" if state.language == "sv" else "%"
    return wording.number(share, decimals=1, language=state.language) + sign


def outstanding(state: PlaceState) -> Component | None:
    """What is unusual for the place, most unusual first, children and young people before all."""
    if not has_figures(state):
        return None
    language = state.language
    rows = outstanding_rows(state)
    items = [html.Li(_item(state, row)) for row in rows.to_dict("records")]
    nothing = nothing_stands_out(state.where, level=state.area.level, language=language)
    return parts.section(
        "plats-outstanding",
        words.OUTSTANDING[language],
        sentences=[] if items else [nothing],
        figure=html.Ol(items, className="plats__outstanding") if items else None,
        notes=[words.OUTSTANDING_NOTE[language]] if items else [],
    )


def outstanding_rows(state: PlaceState) -> pd.DataFrame:
    """The rows of `Portrait.rows` that stand out, in order; of near twins the most unusual.

    Conditions only: who lives in a place is told of, not ranked, but for children and young people.
    """
    rows = state.portrait.rows.assign(
        apart=state.portrait.rows["score"].abs(),
        children=[state.indicator(i).children for i in state.portrait.rows["indicator_id"]],
        typed=[bool(state.indicator(i).categories) for i in state.portrait.rows["indicator_id"]],
        ranked=[state.indicator(i).can_stand_out for i in state.portrait.rows["indicator_id"]],
    )
    conditions = rows["children"] | (rows["sector"] != POPULATION)
    far = rows[(rows["apart"] >= STANDS_OUT) & conditions & ~rows["typed"] & rows["ranked"]]
    ordered = far.sort_values(["children", "apart"], ascending=[False, False], kind="stable")
    kept: list[str] = []
    for indicator_id in ordered["indicator_id"]:
        if len(kept) < MOST_SHOWN and not any(_twins(state, indicator_id, k) for k in kept):
            kept.append(indicator_id)
    return ordered[ordered["indicator_id"].isin(kept)]


def _twins(state: PlaceState, first: str, second: str) -> bool:
    """Whether two indicators rank the level's areas nearly alike."""
    columns = [state.portrait.table.indicator_ids.index(i) for i in (first, second)]
    pair = state.portrait.table.figures[:, columns]
    pair = pair[~np.isnan(pair).any(axis=1)]
    if len(pair) < 3:
        return False
    correlation = np.asarray(np.corrcoef(pair.T))
    return bool(abs(correlation[0, 1]) >= _ALIKE)


def _item(state: PlaceState, row: dict[Any, Any]) -> list[Any]:
    indicator = state.indicator(row["indicator_id"])
    sentence = outstanding_sentence(
        indicator,
        amount=row["value"],
        year=row["year"],
        score=row["score"],
        median=row["median"],
        level=state.area.level,
        n_areas=row["n_areas"],
        language=state.language,
    )
    return [html.B(f"{indicator.name[state.language]}: "), sentence]


WHO: Final = Section(
    key="who",
    file="groups",
    heading=words.WHO,
    frame=group_frame,
    applies=has_figures,
    sentences=who_sentences,
    drawing=_group_tables,
    notes=lambda state, _: [words.WHO_NOTE[state.language]],
)
