"""What lies behind: the group's share where its average member lives, and the index by level.

Nothing of a place's number is taken apart where the number itself is not shown.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import pandas as pd
from dash import html
from dash.development.base_component import Component

from barometer import queries, wording
from barometer.pictures import Dumbbell, Dumbbells, Stack, Stacks
from barometer.selection.measures import UnitLevel
from barometer.ui import parts
from barometer.ui.base.section import Section
from barometer.ui.markup import aria
from barometer.ui.pages.segregation import words
from barometer.ui.pages.segregation.scale import PLACE_MARKS, at, between
from barometer.ui.pages.segregation.state import (
    SegregationState,
    indices_frame,
    places_frame,
    split_view,
    units_frame,
)

LEVEL_COLOURS: Final = ("#31588c", "#a9c5e0", "#6190c7", "#dbe7f3")


def why_withheld(state: SegregationState, units: UnitLevel) -> str:
    """Why no index of the place between such areas is shown; empty where one is."""
    table = state.once(units_frame)
    own = (table["container_id"] == state.measurement.area) & (table["unit_level"] == units)
    cautions = table.loc[own & table["value"].isna(), "caution"]
    said = [wording.caution_words(caution, language=state.language) for caution in cautions]
    return said[0] if said and str(cautions.iloc[0]).startswith("withheld") else ""


def withheld_sentence(state: SegregationState, units: UnitLevel) -> str:
    """That the number is not taken apart, and why; empty where it is."""
    why = why_withheld(state, units)
    return words.NOT_SPLIT[state.language].format(why=why) if why else ""


def finest_units(state: SegregationState) -> UnitLevel:
    """The smallest areas that the grouping is counted in."""
    return state.offer.units_of(state.measurement.grouping)[-1]


def own_units(state: SegregationState) -> UnitLevel:
    """The areas that are compared on the page."""
    return state.measurement.units


def unless_withheld(
    make: Callable[[SegregationState], pd.DataFrame], units: Callable[[SegregationState], UnitLevel]
) -> Callable[[SegregationState], pd.DataFrame]:
    """The frame of a place, without rows where no index between those areas is shown."""

    def shown(state: SegregationState) -> pd.DataFrame:
        table = make(state)
        return table.head(0) if why_withheld(state, units(state)) else table

    shown.__doc__ = make.__doc__
    return shown


def _levels(state: SegregationState) -> pd.DataFrame:
    """M and H within and between levels."""
    bare = replace(split_view(state), since=state.measurement.year)
    return state.reader.once(queries.by_level, bare, finest=finest_units(state))


levels_frame = unless_withheld(_levels, finest_units)


def levels_of_places(state: SegregationState) -> pd.DataFrame:
    """`levels_frame` of every chosen place, with container_id and label."""
    tables = [
        place.once(levels_frame).assign(
            container_id=place.measurement.area, label=state.name(place.measurement.area)
        )
        for place in state.each
    ]
    # Empty tables have no types, and would take those of the others.
    return pd.concat([table for table in tables if len(table)] or tables[:1], ignore_index=True)


def group_exposure_frame(state: SegregationState) -> pd.DataFrame:
    """The group's share of each place, and of the area where its average member lives."""
    rows = []
    for place in state.each:
        table = place.once(indices_frame).set_index("index_id")
        if "isolation" in table.index and pd.notna(table.loc["isolation", "value"]):
            row = table.loc["isolation"]
            rows.append(
                {
                    "container_id": place.measurement.area,
                    "label": state.name(place.measurement.area),
                    "group_share": row["group_population"] / row["population"],
                    "own_area_share": row["value"],
                }
            )
    return pd.DataFrame(rows, columns=["container_id", "label", "group_share", "own_area_share"])


def _number_of(state: SegregationState, code: str) -> int:
    return state.measurement.places.index(code) + 1


def _group_lead(state: SegregationState, table: pd.DataFrame) -> list[str]:
    group, language = state.grouping.groups[0].name[state.language], state.language
    if table.empty:
        withheld = wording.withheld_sentences(state.once(places_frame), language=language)
        return list(withheld) or [words.NOT_KNOWN[language]]
    return [words.OWN_LEAD[language].format(group=group)]


def _dumbbells(state: SegregationState, table: pd.DataFrame, label: str) -> Component:
    rows = [_dumbbell(state, row) for row in table.to_dict("records")]
    numbers = [html.Span(str(n), style=at(n / 100)) for n in range(0, 101, 20)]
    axis = html.Div(
        [html.Span(), html.Div(numbers, className="scale__axis")], className="pairs__row"
    )
    return html.Div([*rows, axis], className="pairs", role="img", **aria(label=label))


def _dumbbell(state: SegregationState, row: dict[Any, Any]) -> Component:
    first, second = row["group_share"], row["own_area_share"]
    inside = [
        html.I(className="pairs__line", style=between(first, max(first, second))),
        html.I(className="pairs__ring", style=at(first)),
        html.I(className="place-mark", style=at(second)),
        html.Span(state.percent(first), className="pairs__first", style=at(first)),
        html.B(state.percent(second), className="pairs__second", style=at(second)),
    ]
    return html.Div(
        [html.B(row["label"], className="pairs__name"), html.Div(inside, className="pairs__plot")],
        className=f"pairs__row place--{_number_of(state, row['container_id'])}",
    )


def _group_table(state: SegregationState, table: pd.DataFrame) -> Component:
    heads = [h[state.language] for h in (words.PLACE, words.IN_PLACE, words.IN_OWN_AREA)]
    rows = [
        [row["label"], state.percent(row["group_share"]), state.percent(row["own_area_share"])]
        for row in table.to_dict("records")
    ]
    return parts.table(heads, rows, label=words.OWN_AREA[state.language])


def _parts_of(table: pd.DataFrame) -> pd.DataFrame:
    """The parts of the places that are more uneven than by chance: of others they say nothing."""
    whole = table[table["level"] == "total"]
    beyond = whole.loc[whole["mutual_information"] > whole["expected"], "container_id"]
    told = (table["level"] != "total") & table["share"].notna()
    return table[told & table["container_id"].isin(beyond)]


def _split_heading(state: SegregationState) -> str:
    """What most of the unevenness lies between, where all chosen places say the same."""
    table, language = _parts_of(state.once(levels_of_places)), state.language
    by_place = [own.nlargest(1, "share").iloc[0] for _, own in table.groupby("container_id")]
    if len(by_place) < len(state.each):
        return words.SPLIT[language]
    top = {(row["outer"], row["level"]) for row in by_place}
    if len(top) != 1 or min(row["share"] for row in by_place) <= 0.5:
        return words.SPLIT[language]
    outer, level = top.pop()
    name = wording.split_name(outer, level, language=language)
    return words.SPLIT_MOST[language].format(level=name)


def _split_lead(state: SegregationState, table: pd.DataFrame) -> list[str]:
    language, withheld = state.language, []
    for place in state.each:
        if why := why_withheld(place, finest_units(place)):
            name = state.name(place.measurement.area)
            withheld.append(words.SPLIT_WITHHELD[language].format(place=name, why=why))
    parts_of = _parts_of(table)
    even = table.loc[~table["container_id"].isin(parts_of["container_id"]), "label"].unique()
    chance = [words.SPLIT_BY_CHANCE[language].format(place=label) for label in even]
    if parts_of.empty:
        return [*withheld, *chance] or [words.SPLIT_EMPTY[language]]
    return [words.SPLIT_LEAD[language], *withheld, *chance]


def _stacks(state: SegregationState, table: pd.DataFrame, label: str) -> Component | None:
    shown = _parts_of(table)
    if shown.empty:
        return None
    steps = list(dict.fromkeys(zip(shown["outer"], shown["level"], strict=True)))
    rows = [
        html.Div(
            [
                html.B(own["label"].iloc[0], className="pairs__name"),
                html.Div(
                    [_part(state, row, steps) for row in own.to_dict("records")], className="stack"
                ),
            ],
            className=f"pairs__row place--{_number_of(state, str(code))}",
        )
        for code, own in shown.groupby("container_id", sort=False)
    ]
    key = [
        html.Li(
            [
                html.I(className=f"stack__part--{n}"),
                wording.split_name(outer, level, language=state.language),
            ]
        )
        for n, (outer, level) in enumerate(steps)
    ]
    inside = [*rows, html.Ul(key, className="town__key")]
    return html.Div(inside, className="pairs", role="img", **aria(label=label))


def _part(state: SegregationState, row: dict[Any, Any], steps: list[tuple[str, str]]) -> Component:
    number, share = steps.index((row["outer"], row["level"])), row["share"]
    return html.Span(
        state.percent(share),
        className=f"stack__part--{number}" + (" stack__part--thin" if share < 0.1 else ""),
        style={"flexGrow": f"{max(share, 0.0):.4f}"},
    )


def _split_chart(state: SegregationState, table: pd.DataFrame) -> Stacks | None:
    """A bar for each place, divided by level."""
    shown = _parts_of(table)
    if shown.empty:
        return None
    steps = list(dict.fromkeys(zip(shown["outer"], shown["level"], strict=True)))
    rows = []
    for _, own in shown.groupby("container_id", sort=False):
        by_step = dict(zip(zip(own["outer"], own["level"], strict=True), own["share"], strict=True))
        shares = [max(float(by_step.get(step, 0.0)), 0.0) for step in steps]
        texts = tuple(state.percent(share) for share in shares)
        rows.append(Stack(str(own["label"].iloc[0]), tuple(100 * s for s in shares), texts))
    names = [wording.split_name(*step, language=state.language) for step in steps]
    return Stacks(tuple(rows), tuple(map(wording.capitalised, names)), LEVEL_COLOURS)


def _split_table(state: SegregationState, table: pd.DataFrame) -> Component:
    language = state.language
    rows = [
        [
            row["label"],
            wording.capitalised(wording.split_name(row["outer"], row["level"], language=language)),
            wording.number(row["mutual_information"], decimals=4, language=language),
            state.percent(row["share"]) if pd.notna(row["share"]) else "–",
        ]
        for row in table.to_dict("records")
    ]
    heads = [words.PLACE[language], words.STEP[language], "M", words.SHARE[language]]
    return parts.table(heads, rows, label=words.SPLIT[language], texts=(1,))


def _group_chart(state: SegregationState, table: pd.DataFrame) -> Dumbbells:
    rows = [
        Dumbbell(
            row["label"],
            100 * row["group_share"],
            100 * row["own_area_share"],
            state.percent(row["group_share"]),
            state.percent(row["own_area_share"]),
            *PLACE_MARKS[_number_of(state, row["container_id"]) - 1],
        )
        for row in table.to_dict("records")
    ]
    return Dumbbells(tuple(rows))


OWN_AREA: Final = Section(
    key="own-area",
    heading=words.OWN_AREA,
    frame=group_exposure_frame,
    applies=lambda state: state.two_groups,
    sentences=_group_lead,
    drawing=_dumbbells,
    chart=_group_chart,
    table=_group_table,
)
SPLIT: Final = Section(
    key="split",
    heading=_split_heading,
    frame=levels_of_places,
    sentences=_split_lead,
    drawing=_stacks,
    chart=_split_chart,
    finding=_split_heading,
    table=_split_table,
)
