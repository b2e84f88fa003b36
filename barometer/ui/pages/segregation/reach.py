"""How far it reaches: to the place's mix, over distance, by group and level, and by scale."""

from dataclasses import replace
from typing import Any, Final

import pandas as pd
from dash.development.base_component import Component

from barometer import queries, wording
from barometer.divisions import RIKET
from barometer.indices.convergence import convergence_distribution
from barometer.indices.distance import METRES
from barometer.selection import Measurement
from barometer.ui import parts
from barometer.ui.base.section import Section
from barometer.ui.figures import plain
from barometer.ui.pages.segregation import figures, words
from barometer.ui.pages.segregation.behind import (
    finest_units,
    own_units,
    unless_withheld,
    withheld_sentence,
)
from barometer.ui.pages.segregation.depth import AREA_WORDS, remainder
from barometer.ui.pages.segregation.state import SegregationState, units_frame

BOTH_LEVELS: Final = ("regso", "deso")


def mix_frame(state: SegregationState) -> pd.DataFrame:
    """Every area's distance to the mix, nearest first."""
    if state.measurement.area == RIKET:
        return state.reader.once(queries.mix_reach, _bare(state))
    return queries.mix_reach(state.reader.cursor, state.measurement)


def _distance(state: SegregationState) -> pd.DataFrame:
    """The indices by reach, in both forms."""
    return queries.over_distance(state.reader.cursor, state.measurement)


distance_frame = unless_withheld(_distance, own_units)


def _joint(state: SegregationState) -> pd.DataFrame:
    """M by level and group."""
    groups, finest = tuple(state.group_names), finest_units(state)
    return queries.by_level_and_group(
        state.reader.cursor, state.measurement, finest=finest, groups=groups
    )


joint_frame = unless_withheld(_joint, finest_units)


def finer_frame(state: SegregationState) -> pd.DataFrame:
    """D between RegSO and between DeSO for every place, with and without chance.

    Columns container_id, label, unit_level, value, expected, caution, corrected (missing where D is
    as even as by chance), by_chance (the rest).
    """
    names = ["container_id", "label", "unit_level", "value", "expected", "caution"]
    if state.index.id != "dissimilarity":
        return pd.DataFrame(columns=[*names, "corrected", "by_chance"])
    table = state.once(units_frame)[names]
    corrected = [_corrected(state, row) for row in table.to_dict("records")]
    filled = table.assign(corrected=corrected)
    return filled.assign(by_chance=filled["value"] - filled["corrected"])


def _corrected(state: SegregationState, row: dict[Any, Any]) -> float:
    if pd.isna(row["value"]) or row["value"] <= row["expected"]:
        return float("nan")
    asked = replace(state.measurement.at(row["container_id"]), units=row["unit_level"])
    return queries.scale_corrected(state.reader.cursor, asked)


def _has_scales(state: SegregationState) -> bool:
    """Whether D of the year is counted between RegSO and between DeSO."""
    if state.index.id != "dissimilarity":
        return False
    levels = state.offer.units_of(state.measurement.grouping)
    return set(BOTH_LEVELS) <= set(levels) and bool(_counted_twice(state.once(units_frame)))


def _counted_twice(table: pd.DataFrame) -> list[tuple[Any, Any]]:
    """The rows of each place by RegSO and by DeSO, of those places that have both in the year."""
    by_level = {
        key: rows.iloc[0] for key, rows in table.groupby(["container_id", "unit_level"], sort=False)
    }
    places = dict.fromkeys(table["container_id"])
    pairs = [[by_level.get((place, level)) for level in BOTH_LEVELS] for place in places]
    return [(coarse, fine) for coarse, fine in pairs if coarse is not None and fine is not None]


def _bare(state: SegregationState) -> Measurement:
    asked = state.measurement
    first = state.offer.indices[asked.grouping][0]
    return replace(asked.bare(), index=first, since=asked.year)


def _mix_quantiles(table: pd.DataFrame) -> pd.DataFrame:
    return convergence_distribution(table, table["residents"])


def _mix_sentences(state: SegregationState, table: pd.DataFrame) -> list[str]:
    if table.empty:
        return [words.MIX_EMPTY[state.language]]
    level, language = state.measurement.level, state.language
    return [wording.mix_sentence(_mix_quantiles(table), level=level, language=language)]


def _mix_steps(state: SegregationState, table: pd.DataFrame, label: str) -> Component:
    figure = figures.reach_figure(
        table["metres"].tolist(), table["residents"].tolist(), language=state.language
    )
    return parts.graph(figure, label=label, height=260)


def _mix_table(state: SegregationState, table: pd.DataFrame) -> Component:
    language = state.language
    rows = [
        [
            state.percent(row["quantile"]),
            wording.distance_words(row["metres"], language=language),
            wording.number(row["persons"], language=language),
        ]
        for row in _mix_quantiles(table).to_dict("records")
    ]
    heads = [words.MIX_RESIDENTS, words.MIX_DISTANCE, words.MIX_PERSONS]
    return parts.table([h[language] for h in heads], rows, label=words.MIX[language])


def _mix_notes(state: SegregationState, _: pd.DataFrame) -> list[str]:
    wide = state.measurement.level in ("riket", "lan")
    whose = (words.MIX_OF_KOMMUN if wide else words.MIX_OF_PLACE)[state.language]
    area = AREA_WORDS[state.measurement.units]
    return [words.MIX_NOTE[state.language].format(area=area, whose=whose)]


def _distance_sentences(state: SegregationState, table: pd.DataFrame) -> list[str]:
    if withheld := withheld_sentence(state, state.measurement.units):
        return [withheld]
    if table.empty:
        return [words.DISTANCE_EMPTY[state.language]]
    return [wording.distance_sentence(table, language=state.language)]


def _distance_notes(state: SegregationState, table: pd.DataFrame) -> list[str]:
    language = state.language
    part = words.DISTANCE_PART[language] if 0 < len(table) < len(METRES) else ""
    unlike = table[["macro_micro", "inside_macro_micro"]].isna().any(axis=None)
    why = words.WHY_NOT_COMPARED[language] if unlike else ""
    return [words.DISTANCE_NOTE[language], part, why]


def _distance_lines(state: SegregationState, table: pd.DataFrame, label: str) -> Component:
    language = state.language
    texts = [wording.distance_words(m, language=language) for m in table["metres"]]
    lines = {
        name[language]: plain(table[column], scale=100)
        for name, column in (
            (words.ACROSS, "spatial_information_theory"),
            (words.INSIDE, "inside_information_theory"),
        )
    }
    return parts.graph(
        figures.distance_figure(texts, lines, language=language), label=label, height=300
    )


def _distance_table(state: SegregationState, table: pd.DataFrame) -> Component:
    language = state.language
    across, inside = words.ACROSS[language].lower(), words.INSIDE[language].lower()
    rows = [
        [
            wording.distance_words(row["metres"], language=language),
            state.percent(row["spatial_information_theory"], decimals=1),
            remainder(state, row["macro_micro"]),
            state.percent(row["inside_information_theory"], decimals=1),
            remainder(state, row["inside_macro_micro"]),
        ]
        for row in table.to_dict("records")
    ]
    left = words.MACRO_MICRO[language]
    heads = [words.REACH[language]]
    heads += [f"{name}, {form}" for form in (across, inside) for name in ("H", left)]
    return parts.table(heads, rows, label=words.DISTANCE[language])


def _joint_sentences(state: SegregationState, table: pd.DataFrame) -> list[str]:
    if withheld := withheld_sentence(state, finest_units(state)):
        return [withheld]
    return [wording.joint_sentence(table, names=state.group_names, language=state.language)]


def _steps(state: SegregationState, table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The rows of each level by its name, coarsest first."""
    language = state.language
    levels = {
        wording.split_name(str(outer), str(level), language=language): rows
        for (outer, level), rows in table.groupby(["outer", "level"], sort=False)
    }
    return {wording.capitalised(name): rows for name, rows in levels.items()}


def _joint_bars(state: SegregationState, table: pd.DataFrame, label: str) -> Component | None:
    if table["share"].isna().all():
        return None
    names = [wording.capitalised(name) for name in state.group_names.values()]
    levels = {
        name: [100 * float(share) for share in rows["share"]]
        for name, rows in _steps(state, table).items()
    }
    figure = figures.stacked_figure(names, levels, language=state.language)
    return parts.graph(figure, label=label, height=120 + 56 * len(names))


def _joint_table(state: SegregationState, table: pd.DataFrame) -> Component:
    language, steps = state.language, _steps(state, table)
    rows = [
        [
            wording.capitalised(name),
            *[
                wording.number(part, decimals=4, language=language)
                for rows in steps.values()
                for part in rows.loc[rows["group"] == group, "part"]
            ],
            state.percent(table.loc[table["group"] == group, "share"].sum(min_count=1)),
        ]
        for group, name in state.group_names.items()
    ]
    heads = [words.GROUP[language], *steps, words.SHARE[language]]
    return parts.table(heads, rows, label=words.JOINT[language])


def _finer_sentences(state: SegregationState, table: pd.DataFrame) -> list[str]:
    return [
        wording.scale_sentence(
            coarse, fine, place=state.name(fine["container_id"]), language=state.language
        )
        for coarse, fine in _counted_twice(table)
    ]


def _finer_table(state: SegregationState, table: pd.DataFrame) -> Component:
    language = state.language
    rows = [
        [
            f"{state.name(row['container_id'])}, {AREA_WORDS[row['unit_level']]}",
            *_finer_cells(state, row),
        ]
        for row in table.to_dict("records")
    ]
    heads = [words.PLACE, words.VALUE, words.CORRECTED, words.BY_SMALL_AREAS]
    return parts.table([h[language] for h in heads], rows, label=words.FINER[language])


def _finer_cells(state: SegregationState, row: dict[Any, Any]) -> list[str]:
    """D, D without chance and chance, or why one of them is not told."""
    value = state.value_words(row)
    if pd.isna(row["value"]):
        return [value] * 3
    if pd.isna(row["corrected"]):
        return [value, *[words.AS_CHANCE[state.language]] * 2]
    return [value, *[state.percent(row[name], decimals=1) for name in ("corrected", "by_chance")]]


def _finer_bars(state: SegregationState, table: pd.DataFrame, label: str) -> Component | None:
    known = table.dropna(subset=["corrected"])
    if known.empty:
        return None
    language = state.language
    names = [
        f"{state.name(row['container_id'])}, {AREA_WORDS[row['unit_level']]}"
        for row in known.to_dict("records")
    ]
    bars = {
        words.CORRECTED[language]: [100 * float(v) for v in known["corrected"]],
        words.BY_SMALL_AREAS[language]: [100 * float(v) for v in known["by_chance"]],
    }
    figure = figures.stacked_figure(names, bars, language=language)
    return parts.graph(figure, label=label, height=120 + 56 * len(names))


MIX: Final = Section(
    key="mix",
    heading=words.MIX,
    frame=mix_frame,
    sentences=_mix_sentences,
    drawing=_mix_steps,
    notes=_mix_notes,
    table=_mix_table,
)
DISTANCE: Final = Section(
    key="distance",
    heading=words.DISTANCE,
    frame=distance_frame,
    sentences=_distance_sentences,
    drawing=_distance_lines,
    notes=_distance_notes,
    table=_distance_table,
)
JOINT: Final = Section(
    key="groups-by-level",
    heading=words.JOINT,
    frame=joint_frame,
    sentences=_joint_sentences,
    drawing=_joint_bars,
    notes=lambda state, _: [words.JOINT_NOTE[state.language]],
    table=_joint_table,
)
FINER: Final = Section(
    key="finer",
    heading=words.FINER,
    frame=finer_frame,
    applies=_has_scales,
    sentences=_finer_sentences,
    drawing=_finer_bars,
    notes=lambda state, _: [words.FINER_NOTE[state.language]],
    table=_finer_table,
)
