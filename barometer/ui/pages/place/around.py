"""The place among others: area types, segregation, similar areas, neighbours, and the sources."""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.catalogue import known_ids
from barometer.divisions import RIKET
from barometer.indices import INDICES
from barometer.queries.portraits import Portrait
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.attributes import aria
from barometer.ui.links import address
from barometer.ui.pages.place import words
from barometer.ui.pages.place.drawings import bar
from barometer.ui.pages.place.section import section
from barometer.ui.pages.place.state import (
    PlaceState,
    alike_rows,
    neighbour_frame,
    segregation_frame,
    type_frame,
)
from barometer.ui.pages.place.who import percent
from barometer.wording.profiles import (
    alike_method,
    alike_sentence,
    neighbours_sentence,
    signed,
    types_sentence,
)

_D = next(index for index in INDICES if index.id == "dissimilarity")


def types(state: PlaceState) -> Component | None:
    """How the place's RegSO and residents divide between area types."""
    found = type_frame(state) if state.is_container else pd.DataFrame()
    if found.empty:
        return None
    language, indicator = state.language, state.indicator("area_type")
    typed = found[found["area_type"] > 0]
    country = dict(zip(typed["area_type"], typed["riket_share_residents"], strict=True))
    said = types_sentence(
        state.where,
        residents=dict(zip(typed["area_type"], typed["residents"], strict=True)),
        country=None if state.area.level == "riket" else country,
        indicator=indicator,
        year=int(found["year"].iloc[0]),
        language=language,
    )
    heads = (
        *(words.TYPE, words.N_AREAS, words.RESIDENTS, words.SHARE_RESIDENTS),
        *(() if state.area.level == "riket" else (words.SHARE_RIKET,)),
    )
    rows = [_type_row(state, row) for row in found.to_dict("records")]
    table = parts.table([h[language] for h in heads], rows, label=words.TYPES[language])
    notes = [words.TYPES_NOTE[language]]
    heading = words.TYPES[language]
    return section(state, "types", heading, part="types", said=[said], figure=table, notes=notes)


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
        html.Div([percent(share, state), bar(share, beside=beside)], className="cell"),
    ]
    return cells if beside is None else [*cells, percent(beside, state)]


def segregation(state: PlaceState) -> Component | None:
    """The dissimilarity index of a few groupings with chance, interval and SCB's warning."""
    found = segregation_frame(state) if state.is_container else pd.DataFrame()
    own = found[found["container_id"] == state.area.area_id] if len(found) else found
    if own.empty:
        return None
    language = state.language
    places = [c for c in (state.area.lan_id, RIKET) if c and c != state.area.area_id]
    heads = [
        words.GROUPS[language],
        words.HERE[language] if state.area.level == "riket" else state.area.name,
        words.EXPECTED[language],
        words.ESTIMATE[language],
        *[site_words.ROLES["riket" if code == RIKET else "lan"][language] for code in places],
        words.CAUTION[language],
    ]
    values = {(r["grouping_id"], r["container_id"]): r["value"] for r in found.to_dict("records")}
    rows = [_measure_row(state, row, places, values) for row in own.to_dict("records")]
    return section(
        state,
        "segregation",
        words.SEGREGATION[language],
        part="segregation",
        said=_measure_sentences(state, own.iloc[0].to_dict()),
        figure=parts.table(heads, rows, label=words.SEGREGATION[language], texts=(len(heads) - 1,)),
        notes=[words.SEGREGATION_NOTE[language], _D.note.of(language) if _D.note else ""],
    )


def _measure_sentences(state: PlaceState, row: dict[Any, Any]) -> list[str]:
    """The first grouping in plain words."""
    name = state.context.catalogue.groupings[row["grouping_id"]].name[state.language]
    said = wording.reading_sentences(
        row, index=_D, template=_D.sentence.of(state.language), language=state.language
    )
    return [f"{name}, {row['year']}: {said[0][:1].lower()}{said[0][1:]}", *said[1:2]]


def _measure_row(
    state: PlaceState, row: dict[Any, Any], places: list[str], values: dict[Any, float]
) -> list[Any]:
    language = state.language

    def said(value: float | None) -> str:
        return wording.measure_value(value, index=_D, language=language)

    known = pd.notna(row["value"])
    drawn = bar(row["value"], beside=row["expected"], most=1.0) if known else None
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
        *[said(values.get((row["grouping_id"], code))) for code in places],
        wording.caution_words(row["caution"], language=language),
    ]


def similar(state: PlaceState, made: Portrait) -> Component | None:
    """The areas most like the place, how far each is, and on what."""
    if state.area.level == "riket":
        return None
    language, level = state.language, state.area.level
    found = alike_rows(made)
    others = found[found["rank"] > 0]["label"].tolist()
    used = [i for i, there in zip(made.alike_ids, made.alike.used, strict=True) if there]
    method = alike_method(
        [state.name(i) for i in used],
        n_compared=made.alike.n_compared,
        n_left_out=made.alike.n_left_out,
        level=level,
        language=language,
    )
    heads = [
        words.AREA[language],
        words.DISTANCE[language],
        *[state.name(i) for i in made.alike_ids],
    ]
    rows = [_alike_row(state, made, row) for row in found.to_dict("records")]
    return section(
        state,
        "similar",
        words.SIMILAR[language],
        part="alike",
        said=[alike_sentence(state.where, others, level=level, language=language)],
        figure=parts.table(heads, rows, label=words.SIMILAR[language], chosen=0),
        notes=[words.SIMILAR_NOTE[language], method],
    )


def _alike_row(state: PlaceState, made: Portrait, row: dict[Any, Any]) -> list[Any]:
    language = state.language
    distance = wording.number(row["distance"], decimals=2, language=language)
    cells: list[Any] = [
        _link(state, row["area_id"], row["label"]),
        distance if row["rank"] else "–",
    ]
    for indicator_id in made.alike_ids:
        indicator = state.indicator(indicator_id)
        value, apart = row[indicator_id], row[f"{indicator_id}_apart"]
        known = None if pd.isna(value) else float(value)
        shown = wording.value(known, indicator=indicator, language=language)
        if row["rank"] and pd.notna(apart):
            shown += f"\n{signed(apart, decimals=1, language=language)}"
        cells.append(shown)
    return cells


def neighbours(state: PlaceState) -> Component | None:
    """The areas that border on the place."""
    if state.area.level == "riket":
        return None
    language, level = state.language, state.area.level
    found = neighbour_frame(state)
    said = neighbours_sentence(state.where, count=len(found), level=level, language=language)
    items = [
        html.Li(_link(state, row["area_id"], row["label"])) for row in found.to_dict("records")
    ]
    return section(
        state,
        "neighbours",
        words.NEIGHBOURS[language],
        part="neighbours" if items else None,
        said=[said],
        figure=html.Ul(items, className="plats__links") if items else None,
    )


def _link(state: PlaceState, area_id: str, label: str) -> Component:
    """Another place's profile, with the reader's own choices."""
    return html.A(label, href=f"/plats{state.address_of(area_id)}")


def about(state: PlaceState, made: Portrait) -> Component:
    """Every indicator's definition, year and table: what a report has to carry along."""
    language = state.language
    heads = (site_words.INDICATOR, words.DEFINITION, site_words.YEAR, words.SOURCE)
    rows: list[list[Any]] = [
        [
            state.name(row["indicator_id"]),
            state.indicator(row["indicator_id"]).definition[language],
            str(row["year"]),
            ", ".join(known_ids(state.indicator(row["indicator_id"]).source_ids_in(row["year"]))),
        ]
        for row in made.rows.to_dict("records")
    ]
    heading = words.ABOUT[language]
    table = parts.table([h[language] for h in heads], rows, label=heading, texts=(1, 2, 3))
    folded = html.Details(
        [html.Summary(heading), table], className="measure__twin plats__definitions", open=True
    )
    return section(state, "about", heading, part=None, figure=folded)
