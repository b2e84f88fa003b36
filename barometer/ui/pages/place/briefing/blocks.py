"""What each block of a lägesbild says: sentences, tables and pictures."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from barometer import wording
from barometer.catalogue import known_ids
from barometer.documents import Part, Sentences, TextTable
from barometer.export.origin import about_origin, about_synthetic
from barometer.indices import INDICES
from barometer.ui import words as site_words
from barometer.ui.pages.place import words as place_words
from barometer.ui.pages.place.around import compared_sentence
from barometer.ui.pages.place.briefing import words
from barometer.ui.pages.place.briefing.charts import (
    Row,
    key_indicators,
    line_chart,
    points_of,
    standing_words,
    strips,
    trend,
)
from barometer.ui.pages.place.briefing.maps import area_map, inside, mapped
from barometer.ui.pages.place.hero import notes_of_place
from barometer.ui.pages.place.state import (
    PlaceState,
    comparison_roles,
    group_frame,
    segregation_frame,
    similar_frame,
    type_frame,
)
from barometer.wording.profiles import (
    STANDS_OUT,
    ages_sentence,
    nothing_stands_out,
    outstanding_sentence,
    residents_sentence,
    types_sentence,
)

_POPULATION = "befolkning"
_MOST_DIFFERENCES = 8
_MOST_CHARTS = 4
_MOST_YEARS = 8
_MOST_AREAS = 150
_D = next(index for index in INDICES if index.id == "dissimilarity")


def cut_off(state: PlaceState) -> date:
    """The day on which the last of the figures were retrieved."""
    used = [source.retrieved for source in state.provenance.sources]
    return max(used, default=state.reader.snapshot.built_at).date()


def about(state: PlaceState, address: str) -> list[Part]:
    """That figures are made up where they are, the cut-off, and where they can be checked."""
    language, snapshot = state.language, state.reader.snapshot
    made_up = [text for _, text in about_synthetic(snapshot, language=language)]
    day = wording.day(cut_off(state), language=language)
    texts = [
        *made_up,
        words.CUT_OFF[language].format(day=day),
        words.DATA_VERSION[language].format(snapshot=snapshot.snapshot_id),
        words.CHECK[language].format(address=address),
        words.HOW_TO[language],
        *notes_of_place(state),
    ]
    return [Sentences(tuple(texts), small=True)]


def extent(state: PlaceState) -> list[Part]:
    """How many live there, their change, and the shares of young and old."""
    rows = state.portrait.rows.set_index("indicator_id")
    known = rows["value"].dropna()
    said = []
    if "population" in known:
        first = points_of(state, "population", "area")[:1]
        said.append(
            residents_sentence(
                state.where,
                residents=float(known["population"]),
                year=int(rows.loc["population", "year"]),
                earlier=(first[0].year, first[0].value) if first else None,
                language=state.language,
            )
        )
    if {"children", "older"} <= set(known.index):
        shares = {"children": float(known["children"]), "older": float(known["older"])}
        said.append(ages_sentence(**shares, language=state.language))
    return [Sentences((" ".join(said),))] if said else []


def groups(state: PlaceState) -> list[Part]:
    """Age, households and region of birth, a table each."""
    language, found = state.language, state.once(group_frame)
    country = state.area.level == "riket"
    made: list[Part] = []
    for grouping_id, rows in found.groupby("grouping_id", sort=False):
        grouping = state.catalogue.groupings[str(grouping_id)]
        names = {group.group_id: group.name[language] for group in grouping.groups}
        heads = (place_words.GROUP, place_words.NUMBER, place_words.SHARE, place_words.SHARE_RIKET)
        body = [
            (
                names[row["group_id"]],
                _number(row["persons"], state),
                wording.percent(row["share"], language=state.language),
                wording.percent(row["riket_share"], language=state.language),
            )
            for row in rows.to_dict("records")
        ]
        width = 3 if country else 4
        caption = f"{grouping.name[language]}, {rows['year'].iloc[0]}"
        made.append(
            TextTable(
                caption,
                tuple(head[language] for head in heads[:width]),
                tuple(row[:width] for row in body),
            )
        )
    return [*made, Sentences((place_words.WHO_NOTE[language],), small=True)] if made else []


def segregation(state: PlaceState) -> list[Part]:
    """The dissimilarity index of a few groups, with chance and interval."""
    if not state.is_container:
        return []
    language, every = state.language, state.once(segregation_frame)
    rows = every[every["container_id"] == state.area.area_id].to_dict("records")
    if not rows:
        return []
    heads = (
        place_words.GROUPS,
        words.YEAR,
        site_words.VALUE,
        place_words.EXPECTED,
        place_words.ESTIMATE,
        place_words.CAUTION,
    )
    body = tuple(
        (
            state.catalogue.groupings[row["grouping_id"]].name[language],
            str(row["year"]),
            wording.measure_value(row["value"], index=_D, language=language),
            wording.measure_value(row["expected"], index=_D, language=language),
            wording.measure_estimate(row, index=_D, language=language),
            wording.caution_words(row["caution"], language=language) or "–",
        )
        for row in rows
    )
    name = state.catalogue.groupings[rows[0]["grouping_id"]].name[language]
    template = _D.sentence.of(language)
    said = wording.reading_sentences(rows[0], index=_D, template=template, language=language)
    heading = place_words.SEGREGATION[language]
    return [
        Sentences((f"{name}, {rows[0]['year']}: {' '.join(said)}",)),
        TextTable(heading, tuple(head[language] for head in heads), body),
        Sentences((place_words.SEGREGATION_NOTE[language].partition(". ")[0] + ".",), small=True),
    ]


def differences(state: PlaceState) -> list[Part]:
    """What is far from the median of the level, children and young people first."""
    rows = [row for row in state.portrait.rows.to_dict("records") if _stands_out(state, row)]
    rows.sort(key=lambda r: (not state.indicator(r["indicator_id"]).children, -abs(r["score"])))
    language = state.language
    if not rows:
        level = state.peers
        return [Sentences((nothing_stands_out(state.where, level=level, language=language),))]
    said = [_difference(state, row) for row in rows[:_MOST_DIFFERENCES]]
    return [
        Sentences(tuple(said)),
        Sentences((words.DIFFERENCES_NOTE[language],), small=True),
    ]


def _stands_out(state: PlaceState, row: Row) -> bool:
    indicator = state.indicator(row["indicator_id"])
    condition = indicator.children or row["sector"] != _POPULATION
    ranked = indicator.can_stand_out and not indicator.categories
    return bool(
        condition
        and ranked
        and standing_words(state, row) != "–"
        and abs(row["score"]) >= STANDS_OUT
    )


def _difference(state: PlaceState, row: Row) -> str:
    indicator = state.indicator(row["indicator_id"])
    sentence = outstanding_sentence(
        indicator,
        amount=row["value"],
        year=row["year"],
        score=row["score"],
        median=row["median"],
        level=state.peers,
        n_areas=row["n_areas"],
        language=state.language,
    )
    return f"{indicator.name[state.language]}: {sentence}"


def conditions(state: PlaceState) -> list[Part]:
    """Every indicator beside what the place lies in: conditions, then population."""
    rows = state.portrait.rows.to_dict("records")
    parts = (
        (words.CONDITIONS, [r for r in rows if r["sector"] != _POPULATION]),
        (words.POPULATION, [r for r in rows if r["sector"] == _POPULATION]),
    )
    return [
        _comparison_grid(state, caption[state.language].format(place=state.where), shown)
        for caption, shown in parts
        if shown
    ]


def _comparison_grid(state: PlaceState, caption: str, rows: Sequence[Row]) -> TextTable:
    language, roles = state.language, comparison_roles(state)
    named = {"kommun": state.area.kommun, "lan": state.area.lan}
    above = [str(named.get(r) or site_words.ROLES[r][language]) for r in roles]
    alone = state.area.level == "riket"
    heads = [site_words.INDICATOR[language], words.YEAR[language], state.area.name, *above]
    body = [
        (
            state.name(row["indicator_id"]),
            str(row["year"]),
            _figure(state, row),
            *(_value(state, row["indicator_id"], row[role]) for role in roles),
            *(() if alone else (standing_words(state, row),)),
        )
        for row in rows
    ]
    more = [] if alone else [place_words.AMONG[state.peers][language]]
    return TextTable(caption, (*heads, *more), tuple(body))


def map_of_areas(state: PlaceState) -> list[Part]:
    """The map of the place's areas, or of those around it."""
    found = area_map(state)
    return [found] if found else []


def types(state: PlaceState) -> list[Part]:
    """How residents divide between area types."""
    table = state.once(type_frame)
    if table.empty:
        return []
    typed = table[table["area_type"] > 0]
    country = dict(zip(typed["area_type"], typed["riket_share_residents"], strict=True))
    said = types_sentence(
        state.where,
        residents=dict(zip(typed["area_type"], typed["residents"], strict=True)),
        country=None if state.area.level == "riket" else country,
        indicator=state.indicator("area_type"),
        year=int(table["year"].iloc[0]),
        language=state.language,
    )
    return [Sentences((said,)), Sentences((place_words.TYPES_NOTE[state.language],), small=True)]


def areas(state: PlaceState) -> list[Part]:
    """The areas of the map with their values, for a kommun or the kommun around an area."""
    found = state.once(mapped)
    if found is None or state.area.level in ("riket", "lan"):
        return []
    indicator_id, year, table = found
    chosen = sorted(
        inside(state, table), key=lambda n: (np.nan_to_num(table.figures[n, 0], nan=np.inf), n)
    )
    language = state.language
    name = state.name(indicator_id)
    body = tuple(
        (wording.short_label(table.labels[n]), _value(state, indicator_id, table.figures[n, 0]))
        for n in chosen[:_MOST_AREAS]
    )
    place = state.where if state.is_container else state.area.kommun or state.area.name
    caption = words.AREAS[language].format(place=place)
    return [TextTable(f"{caption}, {year}", (site_words.AREA[language], name), body)]


def development(state: PlaceState) -> list[Part]:
    """Key indicators over the years, a sentence and a chart each."""
    made: list[Part] = []
    charted = [i for i in key_indicators(state) if line_chart(state, i)][:_MOST_CHARTS]
    for indicator_id in charted:
        indicator, chart = state.indicator(indicator_id), line_chart(state, indicator_id)
        said = trend(state, indicator, points_of(state, indicator_id, "area"))
        made += [Sentences((said,)), *([chart] if chart else [])]
    notes = {
        f"{b.year}: {b.note[state.language]}"
        for i in charted
        for b in state.breaks(state.indicator(i))
    }
    return [*made, *([Sentences(tuple(sorted(notes)), small=True)] if notes and made else [])]


def years(state: PlaceState) -> list[Part]:
    """The last years of the key indicators as a table."""
    series = {
        i: {p.year: p.value for p in points_of(state, i, "area")} for i in key_indicators(state)
    }
    known = sorted({year for values in series.values() for year in values})[-_MOST_YEARS:]
    if len(known) < 2:
        return []
    language = state.language
    body = tuple(
        (state.name(i), *(_value(state, i, values.get(year)) for year in known))
        for i, values in series.items()
    )
    heads = (site_words.INDICATOR[language], *map(str, known))
    return [TextTable(words.EVERY_YEAR[language], heads, body)]


def comparison(state: PlaceState) -> list[Part]:
    """The key shares among those of all areas of the level."""
    found = strips(state)
    return [found] if found else []


def similar(state: PlaceState) -> list[Part]:
    """The areas most like the place, with the values that make them so."""
    if state.area.level == "riket":
        return []
    table, language = state.once(similar_frame), state.language
    others = table[table["rank"] > 0]["label"].tolist()
    said = compared_sentence(state, others)
    if not others:
        return [Sentences((said,))]
    ids = state.portrait.alike_ids
    heads = (site_words.AREA[language], *(state.name(i) for i in ids))
    body = tuple(
        (row["label"], *(_value(state, i, row[i]) for i in ids)) for row in table.to_dict("records")
    )
    return [Sentences((said,)), TextTable(words.SIMILAR[language], heads, body)]


def analysis(state: PlaceState) -> list[Part]:
    """That figures describe and do not explain."""
    return [Sentences((words.ANALYSIS_NOTE[state.language],), small=True)]


def follow_up(state: PlaceState) -> list[Part]:
    """How the document is renewed, and the indicators to follow."""
    rows = state.portrait.rows.set_index("indicator_id", drop=False)
    shown = [rows.loc[i].to_dict() for i in key_indicators(state)]
    note = Sentences((words.FOLLOW_UP_NOTE[state.language],))
    caption = words.KEY_INDICATORS[state.language]
    return [note, *([_comparison_grid(state, caption, shown)] if shown else [])]


def sources(state: PlaceState) -> list[Part]:
    """Every table, and who has computed the figures."""
    rows = about_origin(state.provenance, language=state.language)
    return [Sentences(tuple(f"{name}: {text}" for name, text in rows), small=True)]


def definitions(state: PlaceState) -> list[Part]:
    """Every indicator's definition, year and tables."""
    language = state.language
    heads = (site_words.INDICATOR, place_words.DEFINITION, words.YEAR, place_words.SOURCE)
    body = []
    for row in state.portrait.rows.to_dict("records"):
        indicator = state.indicator(row["indicator_id"])
        tables = ", ".join(known_ids(indicator.source_ids_in(row["year"])))
        body.append(
            (indicator.name[language], indicator.definition[language], str(row["year"]), tables)
        )
    return [TextTable(words.DEFINITIONS[language], tuple(h[language] for h in heads), tuple(body))]


def _figure(state: PlaceState, row: Row) -> str:
    """The place's value, or why there is none."""
    if pd.isna(row["value"]):
        status = row["status"] if isinstance(row["status"], str) else "not_available"
        return wording.missing_reason(status, language=state.language)
    return _value(state, row["indicator_id"], row["value"])


def _value(state: PlaceState, indicator_id: str, amount: Any) -> str:
    if amount is None or pd.isna(amount):
        return "–"
    indicator = state.indicator(indicator_id)
    return wording.value(float(amount), indicator=indicator, language=state.language)


def _number(amount: float, state: PlaceState) -> str:
    known = wording.is_known(amount)
    return wording.number(amount, decimals=0, language=state.language) if known else "–"
