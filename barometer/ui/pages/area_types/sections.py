"""The area-type page's sections: sentence, figure, table twin and files from one frame each."""

from typing import Final

import pandas as pd
from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.classes import area_type_palette
from barometer.pictures import Stack, Stacks
from barometer.queries.area_types import type_agreement
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.base.drawings import stack
from barometer.ui.base.section import Box, Section
from barometer.ui.breaks import break_notes, year_mark
from barometer.ui.downloads import downloads
from barometer.ui.markup import aria
from barometer.ui.pages.area_types import figures, ids, rows, words
from barometer.ui.pages.area_types.figures import TYPES
from barometer.ui.pages.area_types.state import (
    AreaTypesState,
    changes_frame,
    indicator_frame,
    moves_frame,
    shares_frame,
)
from barometer.wording.area_types import (
    agreement_sentence,
    approximation_sentence,
    by_type_sentence,
    moves_sentence,
    shares_sentence,
)

WAYS: Final = (
    ("resident_share", "residents", words.RESIDENTS),
    ("area_share", "n_areas", words.AREAS),
)


def _stacks(state: AreaTypesState, shares: pd.DataFrame, label: str) -> Component:
    """The shares of residents and of areas over the years, under the key of the types."""
    language = state.language
    if shares["year"].min() == shares["year"].max():
        return html.Div([_one_year(state, shares), key(state)])
    drawn = [
        html.Figure(
            [
                html.Figcaption(name[language]),
                parts.graph(
                    figures.shares_figure(shares, column=column, language=language),
                    label=f"{name[language]}. {label}",
                    height=300,
                ),
            ],
            className="types__stack",
        )
        for column, _, name in WAYS
    ]
    return html.Div([key(state), html.Div(drawn, className="types__pair")])


def _one_year(state: AreaTypesState, shares: pd.DataFrame) -> Component:
    """A bar of residents and one of areas; what has no type last."""
    language, kinds = state.language, [*TYPES, None]
    by_type = {None if pd.isna(r["type"]) else int(r["type"]): r for _, r in shares.iterrows()}
    bars = []
    for column, _, name in WAYS:
        values = [float(by_type[kind][column]) if kind in by_type else 0.0 for kind in kinds]
        texts = [wording.percent(value, language=language) for value in values]
        named = [f"{words.TYPE[language].lower()} {kind}" for kind in TYPES]
        told = zip([*named, words.NO_TYPE[language]], texts, strict=True)
        label = f"{name[language]}: {', '.join(f'{kind} {text}' for kind, text in told)}"
        # The unit stands once, so that a phone has room for the numbers.
        numbers = [wording.number(value, decimals=1, language=language) for value in values]
        bar = stack(values, numbers, label=label)
        bars.append(html.Li([html.Span(f"{name[language]}, %"), bar]))
    return html.Ul(bars, className="stacks types__year")


def _shares_chart(state: AreaTypesState, shares: pd.DataFrame) -> Stacks:
    """The shares of residents by type, a bar for every year."""
    language, named = state.language, dict(state.types.categories)
    rows = []
    for year, group in shares[shares["type"].notna()].groupby("year"):
        by_type = dict(zip(group["type"].astype(int), group["resident_share"], strict=True))
        values = tuple(float(by_type.get(kind, 0.0)) for kind in TYPES)
        labels = tuple(wording.percent(value, language=language) for value in values)
        rows.append(Stack(str(year), values, labels))
    names = tuple(named[kind][language] for kind in TYPES)
    return Stacks(tuple(rows), names, area_type_palette(theme="light"))


def _shares_notes(state: AreaTypesState, shares: pd.DataFrame) -> list[str]:
    language, untyped = state.language, shares["type"].isna().any()
    return [
        *break_notes(state.breaks(state.types), shares["year"], language=language),
        words.MISSING_TYPES[language] if untyped else "",
        wording.marked_note(state.n_marked, left_out=state.view.marked == "out", language=language),
        f"{words.ONLY_REGSO[language]} {_nearness(state)}".rstrip(),
    ]


def _nearness(state: AreaTypesState) -> str:
    rate, n = state.approximated
    return approximation_sentence(rate, n, year=state.view.year, language=state.language)


def key(state: AreaTypesState, *, with_all: bool = False) -> Component:
    """The five types: number, colour and name; and the dotted line of all areas."""
    named = dict(state.types.categories)
    return html.Ul(
        [
            html.Li(
                [
                    html.Span(str(area_type), className=f"type-mark type-mark--{area_type}"),
                    html.Span(named[area_type][state.language]),
                ]
            )
            for area_type in TYPES
        ]
        + (
            [
                html.Li(
                    [
                        html.Span(className="types__all", **aria(hidden="true")),
                        words.EVERY_AREA[state.language],
                    ]
                )
            ]
            if with_all
            else []
        ),
        className="types__key",
        **aria(label=words.TYPES[state.language]),
    )


def _shares_table(state: AreaTypesState, shares: pd.DataFrame) -> Component:
    language = state.language
    kinds = [*TYPES, *([None] if shares["type"].isna().any() else [])]
    heads = [site_words.YEAR[language]] + [
        f"{name[language]}: {kind or words.NO_TYPE[language]}"
        for _, _, name in WAYS
        for kind in kinds
    ]
    breaks, first = state.breaks(state.types), int(shares["year"].min())
    rows = []
    for year, own in shares.groupby("year"):
        by_type = {None if pd.isna(r["type"]) else int(r["type"]): r for _, r in own.iterrows()}
        cells = [
            wording.percent(by_type[kind][column] if kind in by_type else 0.0, language=language)
            for column, _, _ in WAYS
            for kind in kinds
        ]
        rows.append([year_mark(year, breaks=breaks, first=first), *cells])
    return parts.table(heads, rows[::-1], label=words.SHARES[language])


def _has_moves(state: AreaTypesState) -> bool:
    return state.view.since != state.view.year


def no_moves(state: AreaTypesState) -> Component | None:
    """That no earlier year can be followed from."""
    if _has_moves(state):
        return None
    language = state.language
    empty = [(words.MOVES_EMPTY if len(state.years) > 1 else words.ONE_YEAR)[language]]
    return parts.section("types-moves", words.MOVES[language], sentences=empty)


def _moves_notes(state: AreaTypesState, _: pd.DataFrame) -> list[str]:
    view = state.view
    note = words.MOVES_ACROSS if view.crosses else words.MOVES_SAME
    return [note[state.language].format(since=view.since, year=view.year)]


def _matrix(state: AreaTypesState, table: pd.DataFrame) -> Component:
    view, language = state.view, state.language
    corner = words.FROM_TO[language].format(since=view.since, year=view.year)
    rows = [
        html.Tr(
            [
                html.Th(_mark(first), scope="row"),
                *[_cell(state, table, first, second) for second in TYPES],
            ]
        )
        for first in TYPES
    ]
    head = html.Tr([html.Th(corner, scope="col"), *[html.Th(_mark(t), scope="col") for t in TYPES]])
    inside = html.Table([html.Thead(head), html.Tbody(rows)], className="moves")
    return html.Div(
        inside, className="scroll", tabIndex=0, role="group", **aria(label=words.MOVES[language])
    )


def _mark(area_type: int) -> Component:
    return html.Span(str(area_type), className=f"type-mark type-mark--{area_type}")


def _cell(state: AreaTypesState, table: pd.DataFrame, first: int, second: int) -> Component:
    """Number of areas and residents; the more of the row's residents, the stronger the ground."""
    language = state.language
    of_row = table[table["from_type"] == first]
    own = of_row[of_row["to_type"] == second]
    n_areas, residents = int(own["n_areas"].sum()), float(own["residents"].sum())
    total = float(of_row["residents"].sum())
    kind = "moves__cell moves__cell--same" if first == second else "moves__cell"
    if own.empty:
        return html.Td("–", className=f"{kind} moves__cell--none")
    strength = {"--part": f"{100 * residents / total:.0f}%" if total else "0%"}
    areas = wording.number(n_areas, language=language)
    people = wording.number(residents, language=language)
    return html.Td(
        [
            html.Strong(f"{areas} {words.N_AREAS[language]}"),
            html.Span(f"{people} {site_words.PANEL_RESIDENTS[language]}"),
        ],
        className=kind,
        style=strength,
    )


def changes(state: AreaTypesState) -> list[Component]:
    """The areas that changed type, their list is filled by the client; our recomputation.

    Nothing without an earlier year: that one can be chosen is said where the moves would stand.
    """
    view, language = state.view, state.language
    if not _has_moves(state):
        return []
    n = len(state.once(changes_frame))
    rate, both = type_agreement(state.recomputed)
    agreement = agreement_sentence(rate, both, year=view.year, language=language)
    return [
        html.H2(words.CHANGES[language], id="types-changes-heading"),
        html.P(rows.sentence(state), className="measure__sentence"),
        html.P(agreement),
        html.P(words.CHANGES_NOTE[language], className="measure__note"),
        *(
            [html.P(words.CHANGES_ACROSS[language], className="measure__note")]
            if view.crosses
            else []
        ),
        downloads(
            "omradestyper/changes",
            state.query,
            language=language,
            anchor="types-changes-heading",
            picture="omradestyper/changes",
        )
        if n
        else html.Div(),
    ]


def _has_values(state: AreaTypesState) -> bool:
    return bool(state.once(indicator_frame)["value"].notna().any())


def no_values(state: AreaTypesState) -> Component | None:
    """That the indicator has no value in any area of these types."""
    if _has_values(state):
        return None
    language = state.language
    name = wording.with_decimal(state.indicator).name[language]
    sentence = words.BY_TYPE_EMPTY[language].format(name=name)
    return parts.section("types-indicator", words.BY_TYPE[language], sentences=[sentence])


def _indicator_heading(state: AreaTypesState) -> str:
    indicator = wording.with_decimal(state.indicator)
    return f"{indicator.name[state.language]}, {_group_name(state)}"


def _by_type_sentences(state: AreaTypesState, table: pd.DataFrame) -> list[str]:
    indicator = wording.with_decimal(state.indicator)
    return [by_type_sentence(table, state.view, indicator=indicator, where=state.where)]


def _by_type_lines(state: AreaTypesState, table: pd.DataFrame, label: str) -> Component:
    if _is_one_year(table):
        figure = figures.one_year_figure(
            table, indicator=wording.with_decimal(state.indicator), language=state.language
        )
        return html.Div(parts.graph(figure, label=label, height=300), className="types__bars")
    figure = figures.indicator_figure(
        table,
        indicator=wording.with_decimal(state.indicator),
        breaks=state.breaks(state.indicator),
        language=state.language,
    )
    drawn = parts.graph(figure, label=label, height=320)
    return html.Div([html.Div(drawn, className="types__lines"), key(state, with_all=True)])


def _is_one_year(table: pd.DataFrame) -> bool:
    return bool(table["year"].min() == table["year"].max())


def _by_type_notes(state: AreaTypesState, table: pd.DataFrame) -> list[str]:
    language = state.language
    whose = words.BY_TYPE_YEAR if _is_one_year(table) else words.BY_TYPE_CUT
    return [
        words.HOW[str(table["how"].iloc[0])][language],
        whose[language],
        _missing(state, table),
        *break_notes(state.breaks(state.indicator), table["year"], language=language),
    ]


def _group_name(state: AreaTypesState) -> str:
    return wording.background_name(
        state.view.background, catalogue=state.context.catalogue, language=state.language
    )


def _missing(state: AreaTypesState, table: pd.DataFrame) -> str:
    n = int(table.loc[(table["year"] == state.view.year) & (table["type"] > 0), "n_missing"].sum())
    told = wording.number(n, language=state.language)
    return words.MISSING_VALUES[state.language].format(n=told) if n else ""


def _indicator_table(state: AreaTypesState, table: pd.DataFrame) -> Component:
    language, indicator = state.language, wording.with_decimal(state.indicator)
    values = {(r.year, r.type): r.value for r in table.itertuples()}
    heads = [site_words.YEAR[language], *(f"{words.TYPE[language]} {t}" for t in TYPES)]
    breaks, first = state.breaks(state.indicator), int(table["year"].min())
    rows = [
        [
            year_mark(year, breaks=breaks, first=first),
            *[
                wording.value(values.get((year, t)), indicator=indicator, language=language)
                for t in (*TYPES, 0)
            ],
        ]
        for year in sorted(table["year"].unique(), reverse=True)
    ]
    return parts.table([*heads, words.ALL_TYPES[language]], rows, label=indicator.name[language])


SHARES: Final = Section(
    key="shares",
    heading=words.SHARES,
    frame=shares_frame,
    sentences=lambda state, shares: [shares_sentence(shares, state.view, where=state.where)],
    drawing=_stacks,
    chart=_shares_chart,
    notes=_shares_notes,
    table=_shares_table,
)
MOVES: Final = Section(
    key="moves",
    heading=words.MOVES,
    frame=moves_frame,
    applies=_has_moves,
    sentences=lambda state, table: [moves_sentence(table, state.view)],
    notes=_moves_notes,
    table=_matrix,
    folded=False,
)
BY_TYPE: Final = Section(
    key="indicator",
    heading=_indicator_heading,
    frame=indicator_frame,
    applies=_has_values,
    sentences=_by_type_sentences,
    drawing=_by_type_lines,
    notes=_by_type_notes,
    table=_indicator_table,
)
BOXES: Final[tuple[Box[AreaTypesState], ...]] = (
    Box(ids.OVERVIEW, (SHARES,)),
    Box(ids.MOVES, (no_moves, MOVES)),
    Box(ids.CHANGES, (changes,)),
    Box(ids.INDICATORS, (no_values, BY_TYPE)),
)
