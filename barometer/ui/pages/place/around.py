"""The place among others: area types, segregation, similar areas, neighbours, and the sources."""

from typing import Any, Final

import pandas as pd
from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.catalogue import known_ids
from barometer.indices import INDICES
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.attributes import aria
from barometer.ui.base.section import Section
from barometer.ui.links import address
from barometer.ui.pages.place import words
from barometer.ui.pages.place.drawings import bar
from barometer.ui.pages.place.state import (
    PlaceState,
    has_figures,
    neighbour_frame,
    segregation_frame,
    similar_frame,
    type_frame,
)
from barometer.ui.pages.place.who import percent
from barometer.wording.profiles import (
    neighbours_sentence,
    signed,
    similar_sentence,
    similarity_method,
    types_sentence,
)

_D = next(index for index in INDICES if index.id == "dissimilarity")


def _has_types(state: PlaceState) -> bool:
    return has_figures(state) and not state.once(type_frame).empty


def _types_sentences(state: PlaceState, table: pd.DataFrame) -> list[str]:
    """How the place's RegSO and residents divide between area types."""
    typed = table[table["area_type"] > 0]
    country = dict(zip(typed["area_type"], typed["riket_share_residents"], strict=True))
    sentence = types_sentence(
        state.where,
        residents=dict(zip(typed["area_type"], typed["residents"], strict=True)),
        country=None if state.area.level == "riket" else country,
        indicator=state.indicator("area_type"),
        year=int(table["year"].iloc[0]),
        language=state.language,
    )
    return [sentence]


def _types_table(state: PlaceState, table: pd.DataFrame, _: str) -> Component:
    heads = (
        *(words.TYPE, words.N_AREAS, words.RESIDENTS, words.SHARE_RESIDENTS),
        *(() if state.area.level == "riket" else (words.SHARE_RIKET,)),
    )
    rows = [_type_row(state, row) for row in table.to_dict("records")]
    label = words.TYPES[state.language]
    return parts.table([h[state.language] for h in heads], rows, label=label)


def _type_row(state: PlaceState, row: dict[Any, Any]) -> list[Any]:
    language, kind = state.language, int(row["area_type"])
    indicator = state.indicator("area_type")
    name = wording.category(kind, indicator=indicator, language=language)
    mark = html.Span(className=f"type type--{kind}", **aria(hidden="true"))
    beside = None if state.area.level == "riket" else float(row["riket_share_residents"])
    share = float(row["share_residents"])
    cells: list[Any] = [
        html.Span([mark, name if kind else words.NO_TYPE[language]]),
        *[
            wording.number(row[column], decimals=0, language=language)
            for column in ("n_areas", "residents")
        ],
        html.Div([percent(share, state), bar(share, mark=beside)], className="cell"),
    ]
    return cells if beside is None else [*cells, percent(beside, state)]


def _place_measures(state: PlaceState, table: pd.DataFrame) -> pd.DataFrame:
    return table[table["container_id"] == state.area.area_id]


def _is_measured(state: PlaceState) -> bool:
    """Whether smaller areas are measured in the place."""
    if not (state.is_container and has_figures(state)):
        return False
    return not _place_measures(state, state.once(segregation_frame)).empty


def _measure_table(state: PlaceState, table: pd.DataFrame, _: str) -> Component:
    """The dissimilarity index of a few groupings with chance, interval and SCB's warning."""
    language = state.language
    of_kommuner = [words.KOMMUN_MEDIAN[language]] if state.area.level == "kommun" else []
    heads = [
        words.GROUPS[language],
        words.HERE[language] if state.area.level == "riket" else state.area.name,
        words.EXPECTED[language],
        words.ESTIMATE[language],
        *of_kommuner,
        words.CAUTION[language],
    ]
    rows = [_measure_row(state, row) for row in _place_measures(state, table).to_dict("records")]
    label = words.SEGREGATION[language]
    return parts.table(heads, rows, label=label, texts=(len(heads) - 1,))


def _measure_sentences(state: PlaceState, table: pd.DataFrame) -> list[str]:
    """The first grouping in plain words."""
    row = _place_measures(state, table).iloc[0].to_dict()
    name = state.context.catalogue.groupings[row["grouping_id"]].name[state.language]
    said = wording.reading_sentences(
        row, index=_D, template=_D.sentence.of(state.language), language=state.language
    )
    return [f"{name}, {row['year']}: {said[0][:1].lower()}{said[0][1:]}", *said[1:2]]


def _measure_row(state: PlaceState, row: dict[Any, Any]) -> list[Any]:
    language = state.language

    def said(value: float | None) -> str:
        return wording.measure_value(value, index=_D, language=language)

    known = pd.notna(row["value"])
    drawn = bar(row["value"], mark=row["expected"], most=1.0) if known else None
    grouping = state.context.catalogue.groupings[row["grouping_id"]]
    measured = address(
        "/segregation",
        language=language,
        grouping=grouping.grouping_id,
        area=state.area.area_id,
        year=row["year"],
    )
    name = html.A(grouping.name[language], href=measured)
    return [
        html.Span([name, html.Small(str(row["year"]), className="cell__year")]),
        html.Div([html.B(said(row["value"])), drawn], className="cell"),
        said(row["expected"]),
        wording.measure_estimate(row, index=_D, language=language),
        *([said(row["kommun_median"])] if state.area.level == "kommun" else []),
        wording.caution_words(row["caution"], language=language),
    ]


def _is_a_part(state: PlaceState) -> bool:
    """Whether the place has others of its level beside it."""
    return has_figures(state) and state.area.level != "riket"


def _similar_sentences(state: PlaceState, table: pd.DataFrame) -> list[str]:
    """The areas most like the place."""
    others = table[table["rank"] > 0]["label"].tolist()
    level, language = state.area.level, state.language
    return [similar_sentence(state.where, others, level=level, language=language)]


def _similar_table(state: PlaceState, table: pd.DataFrame, _: str) -> Component:
    """How far each is, and on what."""
    language = state.language
    heads = [
        words.AREA[language],
        words.DISTANCE[language],
        *[state.name(i) for i in state.portrait.alike_ids],
    ]
    rows = [_similar_row(state, row) for row in table.to_dict("records")]
    return parts.table(heads, rows, label=words.SIMILAR[language], chosen=0)


def _similar_notes(state: PlaceState, _: pd.DataFrame) -> list[str]:
    alike = state.portrait.alike
    ids = zip(state.portrait.alike_ids, alike.used, strict=True)
    method = similarity_method(
        [state.name(indicator_id) for indicator_id, used in ids if used],
        n_compared=alike.n_compared,
        n_left_out=alike.n_left_out,
        level=state.area.level,
        language=state.language,
    )
    return [words.SIMILAR_NOTE[state.language], method]


def _similar_row(state: PlaceState, row: dict[Any, Any]) -> list[Any]:
    language = state.language
    distance = wording.number(row["distance"], decimals=2, language=language)
    cells: list[Any] = [
        _link(state, row["area_id"], row["label"]),
        distance if row["rank"] else "–",
    ]
    for indicator_id in state.portrait.alike_ids:
        indicator = state.indicator(indicator_id)
        value, apart = row[indicator_id], row[f"{indicator_id}_apart"]
        known = None if pd.isna(value) else float(value)
        shown = wording.value(known, indicator=indicator, language=language)
        if row["rank"] and pd.notna(apart):
            shown += f"\n{signed(apart, decimals=1, language=language)}"
        cells.append(shown)
    return cells


def _neighbour_sentences(state: PlaceState, table: pd.DataFrame) -> list[str]:
    sentence = neighbours_sentence(
        state.where, count=len(table), level=state.area.level, language=state.language
    )
    return [sentence]


def _neighbour_links(state: PlaceState, table: pd.DataFrame, _: str) -> Component:
    rows = table.to_dict("records")
    items = [html.Li(_link(state, row["area_id"], row["label"])) for row in rows]
    return html.Ul(items, className="plats__links")


def _link(state: PlaceState, area_id: str, label: str) -> Component:
    """Another place's profile, with the reader's own choices."""
    return html.A(label, href=f"/plats{state.address_of(area_id)}")


def about(state: PlaceState) -> Component | None:
    """Every indicator's definition, year and table: what a report has to carry along."""
    if not has_figures(state):
        return None
    language = state.language
    heads = (site_words.INDICATOR, words.DEFINITION, site_words.YEAR, words.SOURCE)
    rows: list[list[Any]] = [
        [
            state.name(row["indicator_id"]),
            state.indicator(row["indicator_id"]).definition[language],
            str(row["year"]),
            ", ".join(known_ids(state.indicator(row["indicator_id"]).source_ids_in(row["year"]))),
        ]
        for row in state.portrait.rows.to_dict("records")
    ]
    heading = words.ABOUT[language]
    table = parts.table([h[language] for h in heads], rows, label=heading, texts=(1, 2, 3))
    folded = html.Details(
        [html.Summary(heading), table], className="measure__twin plats__definitions", open=True
    )
    return parts.section("plats-about", heading, figure=folded)


TYPES: Final = Section(
    key="types",
    heading=words.TYPES,
    frame=type_frame,
    applies=_has_types,
    sentences=_types_sentences,
    drawing=_types_table,
    notes=lambda state, _: [words.TYPES_NOTE[state.language]],
)
SEGREGATION: Final = Section(
    key="segregation",
    heading=words.SEGREGATION,
    frame=segregation_frame,
    applies=_is_measured,
    sentences=_measure_sentences,
    drawing=_measure_table,
    notes=lambda state, _: [
        words.SEGREGATION_NOTE[state.language],
        _D.note.of(state.language) if _D.note else "",
    ],
)
SIMILAR: Final = Section(
    key="similar",
    file="alike",
    heading=words.SIMILAR,
    frame=similar_frame,
    applies=_is_a_part,
    sentences=_similar_sentences,
    drawing=_similar_table,
    notes=_similar_notes,
)
NEIGHBOURS: Final = Section(
    key="neighbours",
    heading=words.NEIGHBOURS,
    frame=neighbour_frame,
    applies=_is_a_part,
    sentences=_neighbour_sentences,
    drawing=_neighbour_links,
)
