"""The sections that take the number apart: levels, change, pairs, neighbourhood size, areas."""

from dataclasses import replace
from typing import Any, Final

import pandas as pd
from dash import html
from dash.development.base_component import Component

from barometer import queries, wording
from barometer.divisions import RIKET, division_label, division_of
from barometer.indices.neighbourhoods import RESIDENTS
from barometer.queries.breakdowns import PARTS_OF_CHANGE
from barometer.ui import parts
from barometer.ui.address import address
from barometer.ui.base.section import Section
from barometer.ui.pages.segregation import figures, words
from barometer.ui.pages.segregation.behind import (
    finest_units,
    levels_frame,
    own_units,
    unless_withheld,
    withheld_sentence,
)
from barometer.ui.pages.segregation.state import SegregationState, areas_frame, split_view

SHOWN_AREAS: Final = 20
YEARS_APART: Final = 5  # between the years of a change, when there is a choice
Values = list[list[float | None]]
AREA_WORDS: Final = {"regso": "RegSO", "deso": "DeSO"}


def change_frame(state: SegregationState) -> pd.DataFrame:
    """Why M changed since the earlier year."""
    return state.reader.once(queries.why_changed, split_view(state))


def profile_frame(state: SegregationState) -> pd.DataFrame:
    """The indices by size of neighbourhood."""
    bare = replace(split_view(state), since=state.measurement.year)
    return state.reader.once(queries.profile, bare)


def pairs_frame(state: SegregationState) -> pd.DataFrame:
    """D of every group against every other."""
    groups = tuple(group.group_id for group in state.grouping.groups)
    return state.ask(queries.pairs, groups=groups)


def _levels_sentences(state: SegregationState, table: pd.DataFrame) -> list[str]:
    if withheld := withheld_sentence(state, finest_units(state)):
        return [withheld]
    unknown = _unknown_level(state, table) if table.empty else ""
    return [unknown or wording.levels_sentence(table, language=state.language)]


def _unknown_level(state: SegregationState, table: pd.DataFrame) -> str:
    """That RegSO is no part of the split, where the data do not say which DeSO lie in which."""
    lacking = finest_units(state) == "deso" and "regso" not in set(table["level"])
    return words.LEVELS_WITHOUT_REGSO[state.language] if lacking else ""


def _levels_notes(state: SegregationState, table: pd.DataFrame) -> list[str]:
    unknown = _unknown_level(state, table) if not table.empty else ""
    return [words.LEVELS_NOTE[state.language], *([unknown] if unknown else [])]


def _step_names(state: SegregationState, table: pd.DataFrame) -> list[str]:
    return [
        wording.capitalised(wording.split_name(outer, level, language=state.language))
        for outer, level in zip(table["outer"], table["level"], strict=True)
    ]


def _levels_table(state: SegregationState, table: pd.DataFrame) -> Component:
    """M and H within and between levels."""
    language = state.language
    shares = [state.percent(share) for share in table["share"]]
    columns = (table["mutual_information"], table["information_theory"])
    rows = [
        [name, *[wording.number(v, decimals=4, language=language) for v in values], share]
        for name, share, *values in zip(_step_names(state, table), shares, *columns, strict=True)
    ]
    heads = [words.STEP[language], "M", "H", words.SHARE[language]]
    return parts.table(heads, rows, label=words.LEVELS[language])


def _change_sentences(state: SegregationState, table: pd.DataFrame) -> list[str]:
    """Why M changed since the earlier year, or that no year can be compared."""
    language, asked = state.language, state.measurement
    if table.empty:
        label = division_label(asked.units, asked.division)
        return [words.CHANGE_EMPTY[language].format(year=asked.year, division=label)]
    return [wording.change_sentence(table, since=asked.since, year=asked.year, language=language)]


def _change_texts(state: SegregationState, table: pd.DataFrame) -> tuple[list[str], list[str]]:
    language = state.language
    names = [wording.change_part(part, language=language) for part in table["part"]]
    return names, [wording.number(v, decimals=4, language=language) for v in table["value"]]


def _change_bars(state: SegregationState, table: pd.DataFrame, label: str) -> Component:
    names, texts = _change_texts(state, table)
    n = len(PARTS_OF_CHANGE)
    values = [float(v) for v in table["value"]][:n]
    figure = figures.parts_figure(names[:n], values, texts[:n], language=state.language)
    return parts.graph(figure, label=label, height=260)


def _change_notes(state: SegregationState, _: pd.DataFrame) -> list[str]:
    language, asked = state.language, state.measurement
    breaks = wording.breaks_sentences(
        state.breaks, first=asked.since, last=asked.year, language=language
    )
    return [words.CHANGE_NOTE[language], *breaks]


def _change_table(state: SegregationState, table: pd.DataFrame) -> Component:
    language = state.language
    rows = [list(row) for row in zip(*_change_texts(state, table), strict=True)]
    return parts.table([words.STEP[language], "M"], rows, label=words.CHANGE[language])


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


def _has_pairs(state: SegregationState) -> bool:
    return len(state.grouping.groups) > 2


def _pairs_sentences(state: SegregationState, table: pd.DataFrame) -> list[str]:
    names = state.group_names
    return [wording.pairs_sentence(table, names=names, language=state.language)]


def _matrix(state: SegregationState, table: pd.DataFrame) -> tuple[Values, list[list[str]]]:
    """D of every group against every other as numbers and as texts, the diagonal empty."""
    groups = list(state.group_names)
    wide = table.pivot_table(index="group", columns="other", values="value", dropna=False)
    wide = wide.reindex(index=groups, columns=groups)
    texts = [
        ["" if a == b else state.percent(wide.loc[a, b], decimals=1) for b in groups]
        for a in groups
    ]
    values = [
        [None if a == b or pd.isna(wide.loc[a, b]) else float(wide.loc[a, b]) for b in groups]
        for a in groups
    ]
    return values, texts


def _pairs_squares(state: SegregationState, table: pd.DataFrame, label: str) -> Component:
    names = list(state.group_names.values())
    figure = figures.matrix_figure(names, *_matrix(state, table), language=state.language)
    return parts.graph(figure, label=label, height=80 + 56 * len(names))


def _pairs_table(state: SegregationState, table: pd.DataFrame) -> Component:
    names, language = list(state.group_names.values()), state.language
    texts = _matrix(state, table)[1]
    rows = [[name, *cells] for name, cells in zip(names, texts, strict=True)]
    return parts.table([words.GROUP[language], *names], rows, label=words.PAIRS[language])


def _profile_sentences(state: SegregationState, table: pd.DataFrame) -> list[str]:
    if withheld := withheld_sentence(state, state.measurement.units):
        return [withheld]
    if table.empty:
        return [words.PROFILE_EMPTY[state.language]]
    return [wording.profile_sentence(table, language=state.language)]


def remainder(state: SegregationState, share: float) -> str:
    """What is left of the first H, or that it cannot be compared with it."""
    return words.NOT_COMPARED[state.language] if pd.isna(share) else state.percent(share)


def _profile_table(state: SegregationState, table: pd.DataFrame) -> Component:
    language = state.language
    rows = [
        [
            wording.number(row["residents"], language=language),
            state.percent(row["spatial_information_theory"], decimals=1),
            state.percent(row["spatial_dissimilarity"], decimals=1),
            remainder(state, row["macro_micro"]),
        ]
        for row in table.to_dict("records")
    ]
    heads = [words.RESIDENTS[language], "H", "D", words.MACRO[language]]
    return parts.table(heads, rows, label=words.PROFILE[language])


def _profile_notes(state: SegregationState, table: pd.DataFrame) -> list[str]:
    language, usable = state.language, wording.usable_profile(table)
    return [
        words.PROFILE_NOTE[language].format(area=AREA_WORDS[state.measurement.units]),
        words.PROFILE_LARGE[language] if len(usable) < len(table) else "",
        words.PROFILE_PART[language] if 0 < len(table) < len(RESIDENTS) else "",
        words.WHY_NOT_COMPARED[language] if table["macro_micro"].isna().any() else "",
    ]


def _profile_line(state: SegregationState, table: pd.DataFrame, label: str) -> Component | None:
    usable = wording.usable_profile(table)
    if len(usable) < 2:
        return None
    figure = figures.profile_figure(usable, language=state.language)
    return parts.graph(figure, label=label, height=260)


def _areas_sentences(state: SegregationState, table: pd.DataFrame) -> list[str]:
    if withheld := withheld_sentence(state, state.measurement.units):
        return [withheld]
    sentence = wording.drivers_sentence(
        table,
        n=min(SHOWN_AREAS, len(table)),
        units=state.measurement.units,
        language=state.language,
        n_groups=len(state.grouping.groups),
    )
    return [sentence]


def _areas_table(state: SegregationState, table: pd.DataFrame) -> Component:
    """The areas that add most, each opening the map."""
    language = state.language
    group = state.grouping.groups[0].name[language]
    heads = [
        words.AREA[language],
        words.PART[language],
        words.SHARE[language],
        f"{words.GROUP_SHARE[language]} ({group})",
        state.counted,
    ]
    rows = [_area_row(state, row) for row in table.head(SHOWN_AREAS).to_dict("records")]
    return parts.table(heads, rows, label=words.DRIVERS[language])


def _on_map(state: SegregationState, _: pd.DataFrame, __: str) -> Component:
    return html.P(html.A(words.ON_MAP[state.language], href=_map_layer(state)))


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
        state.percent(row["part"], decimals=2)
        if two
        else wording.number(row["part"], decimals=4, language=language)
    )
    return [
        html.A(row["label"], href=_map_address(state, row["area_id"])),
        part,
        state.percent(row["share"], decimals=1),
        state.percent(row["group_share"], decimals=1),
        wording.number(row["residents"], language=language),
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


LEVELS: Final = Section(
    key="levels",
    heading=words.LEVELS,
    frame=levels_frame,
    sentences=_levels_sentences,
    notes=_levels_notes,
    table=_levels_table,
)
CHANGE: Final = Section(
    key="change",
    heading=words.CHANGE,
    frame=change_frame,
    sentences=_change_sentences,
    drawing=_change_bars,
    notes=_change_notes,
    table=_change_table,
    when_empty=_last_pair,
)
PAIRS: Final = Section(
    key="pairs",
    heading=words.PAIRS,
    frame=pairs_frame,
    applies=_has_pairs,
    sentences=_pairs_sentences,
    drawing=_pairs_squares,
    notes=lambda state, _: [words.PAIRS_NOTE[state.language]],
    table=_pairs_table,
)
PROFILE: Final = Section(
    key="profile",
    heading=words.PROFILE,
    frame=unless_withheld(profile_frame, own_units),
    sentences=_profile_sentences,
    drawing=_profile_line,
    notes=_profile_notes,
    table=_profile_table,
)
AREAS: Final = Section(
    key="areas",
    heading=words.DRIVERS,
    frame=unless_withheld(areas_frame, own_units),
    sentences=_areas_sentences,
    drawing=_on_map,
    notes=lambda state, _: [words.DRIVERS_NOTE[state.language]],
    table=_areas_table,
    folded=False,
)
