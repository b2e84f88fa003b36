"""The sections that take the number apart: levels, change, pairs, neighbourhood size, areas."""

from dataclasses import replace
from typing import Any, Final

import pandas as pd
from dash import html
from dash.development.base_component import Component

from barometer import queries, wording
from barometer.divisions import RIKET, Language, division_label, division_of
from barometer.queries.breakdowns import PARTS_OF_CHANGE
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.links import address
from barometer.ui.pages.segregation import (
    figures,
    words,
)
from barometer.ui.pages.segregation.section import section
from barometer.ui.pages.segregation.state import (
    FRAMES,
    SegregationState,
    capital,
)

SHOWN_AREAS: Final = 20
MANY_AREAS: Final = 400  # above, a small figure has room for those of half the value only
YEARS_APART: Final = 5  # between the years of a change, when there is a choice
AREA_WORDS: Final = {"regso": "RegSO", "deso": "DeSO"}


def depth(state: SegregationState) -> list[Component]:
    """What the number is made of: levels, change and, for several groups, pairs."""
    several = len(state.grouping.groups) > 2
    return [levels(state), change(state), *([pairs(state)] if several else [])]


def levels(state: SegregationState) -> Component:
    """M and H within and between levels."""
    language, table = state.language, FRAMES["levels"](state)
    sentence = wording.levels_sentence(table, language=language)
    if table.empty:
        return section(state, "levels", words.LEVELS[language], said=[sentence])
    names = [
        capital(wording.split_name(outer, level, language=language))
        for outer, level in zip(table["outer"], table["level"], strict=True)
    ]
    shares = [_percent(state, share) for share in table["share"]]
    figure = figures.parts_figure(
        names[:-1],
        [float(v) for v in table["share"].fillna(0)][:-1],
        shares[:-1],
        language=language,
    )
    columns = (table["mutual_information"], table["information_theory"])
    rows = [
        [name, *[wording.number(v, decimals=4, language=language) for v in values], share]
        for name, share, *values in zip(names, shares, *columns, strict=True)
    ]
    twin = parts.table(
        [words.STEP[language], "M", "H", words.SHARE[language]], rows, label=words.LEVELS[language]
    )
    return section(
        state,
        "levels",
        words.LEVELS[language],
        said=[sentence],
        figure=parts.graph(figure, label=sentence, height=60 + 46 * (len(rows) - 1)),
        notes=[words.LEVELS_NOTE[language]],
        table=parts.folded(twin, language=language),
    )


def change(state: SegregationState) -> Component:
    """Why M changed since the earlier year."""
    language, table, asked = state.language, FRAMES["change"](state), state.measurement
    heading = words.CHANGE[language]
    if table.empty:
        label = division_label(asked.units, asked.division)
        said = words.CHANGE_EMPTY[language].format(year=asked.year, division=label)
        return section(state, "change", heading, said=[said], figure=_last_pair(state))
    sentence = wording.change_sentence(table, since=asked.since, year=asked.year, language=language)
    breaks = wording.breaks_sentences(
        state.breaks, first=asked.since, last=asked.year, language=language
    )
    named = [wording.change_part(part, language=language) for part in table["part"]]
    texts = [wording.number(v, decimals=4, language=language) for v in table["value"]]
    n = len(PARTS_OF_CHANGE)
    figure = figures.parts_figure(
        named[:n], [float(v) for v in table["value"]][:n], texts[:n], language=language
    )
    twin = parts.table(
        [words.STEP[language], "M"],
        [list(row) for row in zip(named, texts, strict=True)],
        label=heading,
    )
    return section(
        state,
        "change",
        heading,
        said=[sentence],
        figure=parts.graph(figure, label=sentence, height=260),
        notes=[words.CHANGE_NOTE[language], *breaks],
        table=parts.folded(twin, language=language),
    )


def _last_pair(state: SegregationState) -> Component | None:
    """A link to the latest year that has an earlier one with the same borders."""
    asked, language = state.measurement, state.language
    years = state.offer.years_of(asked.grouping, asked.units)
    same = [
        (year, min(earlier, key=lambda y: abs(y - year + YEARS_APART)))
        for year in years
        if (
            earlier := [
                y
                for y in years
                if y < year and division_of(asked.units, y) == division_of(asked.units, year)
            ]
        )
    ]
    if not same:
        return None
    year, since = same[-1]
    text = words.CHANGE_LAST[language].format(since=since, year=year)
    address = replace(asked, year=year, since=since).to_query()
    return html.P(html.A(text, href=f"/segregation{address}#segregation-change"))


def pairs(state: SegregationState) -> Component:
    """D of every group against every other."""
    language, table = state.language, FRAMES["pairs"](state)
    names = {group.group_id: group.name[language] for group in state.grouping.groups}
    sentence = wording.pairs_sentence(table, names=names, language=language)
    heading = words.PAIRS[language]
    if table.empty:
        return section(state, "pairs", heading, said=[sentence])
    wide = table.pivot_table(index="group", columns="other", values="value", dropna=False)
    wide = wide.reindex(index=list(names), columns=list(names))
    texts = [
        ["" if a == b else _percent(state, wide.loc[a, b], decimals=1) for b in names]
        for a in names
    ]
    values = [
        [None if a == b or pd.isna(wide.loc[a, b]) else float(wide.loc[a, b]) for b in names]
        for a in names
    ]
    figure = figures.matrix_figure(list(names.values()), values, texts, language=language)
    rows = [[names[a], *cells] for a, cells in zip(names, texts, strict=True)]
    twin = parts.table([words.GROUP[language], *names.values()], rows, label=heading)
    return section(
        state,
        "pairs",
        heading,
        said=[sentence],
        figure=parts.graph(figure, label=sentence, height=80 + 56 * len(names)),
        notes=[words.PAIRS_NOTE[language]],
        table=parts.folded(twin, language=language),
    )


def profile(state: SegregationState) -> Component:
    """H by neighbourhood size."""
    language, table = state.language, FRAMES["profile"](state)
    heading = words.PROFILE[language]
    if table.empty:
        return section(state, "profile", heading, said=[words.PROFILE_EMPTY[language]])
    sentence = wording.profile_sentence(table, language=language)
    usable = wording.usable_profile(table)
    rows = [
        [
            wording.number(row["residents"], decimals=0, language=language),
            _percent(state, row["spatial_information_theory"], decimals=1),
            _percent(state, row["spatial_dissimilarity"], decimals=1),
            _percent(state, row["macro_micro"], decimals=0),
        ]
        for row in table.to_dict("records")
    ]
    twin = parts.table(
        [words.RESIDENTS[language], "H", "D", words.MACRO[language]], rows, label=heading
    )
    return section(
        state,
        "profile",
        heading,
        said=[sentence],
        figure=_profile_graph(usable, sentence, language) if len(usable) > 1 else None,
        notes=[
            words.PROFILE_NOTE[language].format(area=AREA_WORDS[state.measurement.units]),
            words.PROFILE_LARGE[language] if len(usable) < len(table) else "",
        ],
        table=parts.folded(twin, language=language),
    )


def _profile_graph(usable: pd.DataFrame, sentence: str, language: Language) -> Component:
    figure = figures.profile_figure(usable, language=language)
    return parts.graph(figure, label=sentence, height=260)


def areas(state: SegregationState) -> Component:
    """The areas that add most, each opening the map."""
    language, table = state.language, FRAMES["areas"](state)
    n = min(SHOWN_AREAS, len(table))
    heading = words.DRIVERS[language]
    sentence = wording.drivers_sentence(
        table,
        n=n,
        units=state.measurement.units,
        language=language,
        n_groups=len(state.grouping.groups),
    )
    if table.empty:
        return section(state, "areas", heading, said=[sentence])
    group = state.grouping.groups[0].name[language]
    heads = [
        words.AREA[language],
        words.PART[language],
        words.SHARE[language],
        f"{words.GROUP_SHARE[language]} ({group})",
        words.PERSONS[language],
    ]
    rows = [_area_row(state, row) for row in table.head(n).to_dict("records")]
    return section(
        state,
        "areas",
        heading,
        said=[sentence],
        figure=_where(state, table),
        notes=[_where_note(state), words.DRIVERS_NOTE[language]],
        table=parts.table(heads, rows, label=heading),
    )


def _where(state: SegregationState, table: pd.DataFrame) -> Component | None:
    """The areas on a small map by what they add, and the way to the large one."""
    language, placed = state.language, table.dropna(subset=["x", "y"])
    there = placed if len(table) <= MANY_AREAS else placed[_first_half(placed)]
    if there.empty:
        return None
    two = len(state.grouping.groups) == 2
    overall = float((placed["group_share"] * placed["residents"]).sum() / placed["residents"].sum())
    figure = figures.where_figure(
        there.assign(above=there["group_share"] >= overall if two else True),
        outlines=state.reader.once(queries.outline, state.measurement.area),
        language=language,
    )
    label = f"{words.WHERE[language]}. {_where_note(state)}"
    link = html.P(html.A(words.ON_MAP[language], href=_map_layer(state)))
    half = html.P(words.WHERE_HALF[language], className="measure__note")
    drawn = parts.graph(figure, label=label, height=420)
    return html.Div([drawn, *([half] if len(there) < len(placed) else []), link])


def _first_half(table: pd.DataFrame) -> pd.Series:
    """The areas, largest first, that make up half of the value."""
    return table["share"].cumsum() - table["share"] < 0.5


def _where_note(state: SegregationState) -> str:
    two = len(state.grouping.groups) == 2
    return (words.WHERE_NOTE if two else words.WHERE_NOTE_SEVERAL)[state.language]


def _map_layer(state: SegregationState) -> str:
    """The map of what each area adds, within the place."""
    asked = state.measurement
    layer = "dissimilarity_contribution" if len(state.grouping.groups) == 2 else "local_segregation"
    keys = {
        "layer": layer,
        "grouping": asked.grouping,
        "level": asked.units,
        "year": asked.year,
        "within": asked.area if asked.area != RIKET else None,
    }
    if asked.grouping in state.context.catalogue.indicators:
        keys = {"indicator": asked.grouping, **keys}
    return address("/karta", language=state.language, **keys)


def _area_row(state: SegregationState, row: dict[Any, Any]) -> list[parts.Cell]:
    language = state.language
    two = len(state.grouping.groups) == 2
    part = (
        _percent(state, row["part"], decimals=2)
        if two
        else wording.number(row["part"], decimals=4, language=language)
    )
    return [
        html.A(row["label"], href=_map_address(state, row["area_id"])),
        part,
        _percent(state, row["share"], decimals=1),
        _percent(state, row["group_share"], decimals=1),
        wording.number(row["residents"], decimals=0, language=language),
    ]


def _map_address(state: SegregationState, area_id: str) -> str:
    """The map with the area chosen, and the share that the grouping comes from if it has one."""
    asked = state.measurement
    is_share = asked.grouping in state.context.catalogue.indicators
    return address(
        "/karta",
        language=state.language,
        indicator=asked.grouping if is_share else None,
        level=asked.units,
        year=asked.year,
        area=area_id,
    )


def _percent(state: SegregationState, share: float, *, decimals: int = 0) -> str:
    if pd.isna(share):
        return site_words.NO_VALUE[state.language]
    plain = wording.number(100 * share, decimals=decimals, language=state.language)
    return plain + ("\u00a0%" if state.language == "sv" else "%")
