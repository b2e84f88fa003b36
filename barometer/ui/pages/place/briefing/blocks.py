"""What each block of a lägesbild says: sentences, tables and pictures."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from barometer import wording
from barometer.catalogue import LOCAL, known_ids
from barometer.documents import Part, Sentences, TextTable
from barometer.export.meaning import CHALLENGED
from barometer.export.origin import about_origin, about_synthetic
from barometer.indices import INDICES
from barometer.ui import words as site_words
from barometer.ui.pages.place import words as place_words
from barometer.ui.pages.place.around import compared_sentence, group_heading, likeness_heads
from barometer.ui.pages.place.briefing import words
from barometer.ui.pages.place.briefing.charts import (
    Row,
    compared,
    key_indicators,
    line_chart,
    points_of,
    standing_words,
    strips,
    trend,
    written,
)
from barometer.ui.pages.place.frames import POPULATION, compared_rows, origin_with, stands_out
from barometer.ui.pages.place.hero import marked_line, notes_of_place
from barometer.ui.pages.place.segregated import own_measures
from barometer.ui.pages.place.state import PlaceState, comparison_roles, group_frame, similar_frame
from barometer.wording.profiles import (
    ages_sentence,
    how_unusual,
    nothing_stands_out,
    outstanding_sentence,
    residents_sentence,
)

_MOST_DIFFERENCES = 8
_MOST_CHARTS = 4
_MOST_YEARS = 8
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
        words.HOW_TO[language],
    ]
    check = [words.CHECK[language].format(address=address)] if address else []
    return [Sentences((" ".join(texts), *check, *notes_of_place(state)), small=True)]


def extent(state: PlaceState) -> list[Part]:
    """How many live there, their change, and the shares of young and old."""
    rows = state.portrait.rows.set_index("indicator_id")
    known = rows["value"].dropna()
    said = []
    if "population" in known:
        first = points_of(state, "population", "area")[:1]
        said.append(_residents(state, (first[0].year, first[0].value) if first else None))
    if {"children", "older"} <= set(known.index):
        shares = {"children": float(known["children"]), "older": float(known["older"])}
        said.append(ages_sentence(**shares, language=state.language))
    return [Sentences((" ".join(said),))] if said else []


def _residents(state: PlaceState, earlier: tuple[int, float] | None = None) -> str:
    """How many live in the place, and how many more or fewer than earlier; "" where unknown."""
    rows = state.portrait.rows.set_index("indicator_id")
    if "population" not in rows.index or pd.isna(rows.loc["population", "value"]):
        return ""
    return residents_sentence(
        state.where,
        residents=float(rows.loc["population", "value"]),
        year=int(rows.loc["population", "year"]),
        earlier=earlier,
        language=state.language,
    )


def groups(state: PlaceState) -> list[Part]:
    """Age, households and region of birth in one table; without what has no known share."""
    language, found = state.language, state.once(group_frame)
    counted = (words.GROUPING, place_words.GROUP, site_words.YEAR, place_words.NUMBER)
    heads = (*counted, place_words.SHARE, place_words.SHARE_RIKET)
    width = len(heads) - (state.area.level == "riket")
    body: list[tuple[str, ...]] = []
    for grouping_id, rows in found.groupby("grouping_id", sort=False):
        grouping = state.catalogue.groupings[str(grouping_id)]
        names = {group.group_id: group.name[language] for group in grouping.groups}
        if rows["share"].isna().all():
            continue
        body += [
            (
                "" if number else grouping.name[language],
                names[row["group_id"]],
                str(row["year"]),
                _number(row["persons"], state),
                wording.percent(row["share"], language=language),
                wording.percent(row["riket_share"], language=language),
            )[:width]
            for number, row in enumerate(rows.to_dict("records"))
        ]
    if not body:
        return []
    table = TextTable(
        words.RESIDENTS[language].format(place=state.where),
        tuple(head[language] for head in heads[:width]),
        tuple(body),
        message=_residents(state).removesuffix("."),
    )
    return [table, Sentences((place_words.WHO_NOTE[language],), small=True)]


def segregation(state: PlaceState) -> list[Part]:
    """The dissimilarity index of the groups that have one, with chance and interval."""
    if not state.is_container:
        return []
    language, own = state.language, state.once(own_measures)
    rows = [row for row in own if wording.is_known(row["value"])]
    if not rows:
        return []
    heads = (
        place_words.GROUP,
        site_words.YEAR,
        site_words.VALUE,
        place_words.EXPECTED,
        place_words.CAUTION,
        place_words.ESTIMATE,
    )
    # Of riket and counties the snapshot has no intervals; what is not there has no column.
    width = len(heads) if any(wording.is_known(row["low"]) for row in rows) else len(heads) - 1
    body = tuple(
        (
            state.catalogue.groupings[row["grouping_id"]].name[language],
            str(row["year"]),
            wording.measure_value(row["value"], index=_D, language=language),
            wording.measure_value(row["expected"], index=_D, language=language),
            wording.caution_words(row["caution"], language=language) or "–",
            wording.measure_estimate(row, index=_D, language=language) or "–",
        )[:width]
        for row in rows
    )
    name = state.catalogue.groupings[rows[0]["grouping_id"]].name[language]
    said = wording.reading_sentences(rows[0], index=_D, language=language)
    heading = place_words.SEGREGATION[language]
    begun = f"{name}, {rows[0]['year']}: "
    message = f"{begun}{said[0]}".removesuffix(".")
    return [
        Sentences((begun + " ".join(said),)),
        TextTable(heading, tuple(head[language] for head in heads[:width]), body, message),
        Sentences((place_words.SEGREGATION_NOTE[language].partition(". ")[0] + ".",), small=True),
    ]


def differences(state: PlaceState) -> list[Part]:
    """What is far from the median of the level, children and young people first."""
    rows = [row for row in state.once(compared_rows) if stands_out(row) and _is_told(state, row)]
    rows.sort(key=lambda r: (not state.indicator(r["indicator_id"]).children, -abs(r["score"])))
    language = state.language
    if not rows:
        level = state.peers
        return [Sentences((nothing_stands_out(state.where, level=level, language=language),))]
    said = _difference(state, rows[0])
    heads = (
        site_words.INDICATOR,
        site_words.YEAR,
        site_words.VALUE,
        words.MEDIAN,
        words.HOW_UNUSUAL,
    )
    table = TextTable(
        words.DIFFERENCES[language].format(place=state.where),
        tuple(head[language] for head in heads),
        tuple(_difference_row(state, row) for row in rows[:_MOST_DIFFERENCES]),
        message=said.partition(". ")[0],
    )
    note = Sentences((words.DIFFERENCES_NOTE[language],), small=True)
    return [Sentences((said,)), table, note]


def _is_told(state: PlaceState, row: Row) -> bool:
    indicator = state.indicator(row["indicator_id"])
    condition = indicator.children or row["sector"] != POPULATION
    ranked = indicator.can_stand_out and not indicator.categories
    return bool(condition and ranked and standing_words(state, row) != "–")


def _difference_row(state: PlaceState, row: Row) -> tuple[str, ...]:
    indicator_id = row["indicator_id"]
    return (
        state.name(indicator_id),
        str(row["year"]),
        written(state, indicator_id, row["value"]),
        written(state, indicator_id, row["median"]),
        how_unusual(row["score"], language=state.language),
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
    every = state.once(compared_rows)
    rows = [row for row in every if not state.indicator(row["indicator_id"]).categories]
    parts = (
        (words.CONDITIONS, [r for r in rows if r["sector"] != POPULATION]),
        (words.POPULATION, [r for r in rows if r["sector"] == POPULATION]),
    )
    return [
        _comparison_grid(state, caption[state.language].format(place=state.where), shown)
        for caption, shown in parts
        if shown
    ]


def _comparison_grid(state: PlaceState, caption: str, rows: Sequence[Row]) -> TextTable:
    language, roles = state.language, comparison_roles(state)
    named = {"kommun": state.area.kommun, "lan": state.area.lan}
    above = [str(named.get(r) or wording.ROLES[r][language]) for r in roles]
    alone = state.area.level == "riket"
    heads = [site_words.INDICATOR[language], site_words.YEAR[language], state.area.name, *above]
    body = [
        (
            state.name(row["indicator_id"]),
            str(row["year"]),
            _figure(state, row),
            *(written(state, row["indicator_id"], row[role]) for role in roles),
            *(() if alone else (standing_words(state, row),)),
        )
        for row in rows
    ]
    more = [] if alone else [place_words.AMONG[state.peers][language]]
    return TextTable(caption, (*heads, *more), tuple(body))


def development(state: PlaceState) -> list[Part]:
    """Key indicators over the years, a sentence and a chart each; or that there are none."""
    made: list[Part] = []
    charted = [i for i in key_indicators(state) if line_chart(state, i)][:_MOST_CHARTS]
    if not charted:
        return [Sentences((words.NO_SERIES[state.language],))]
    for indicator_id in charted:
        indicator, chart = state.indicator(indicator_id), line_chart(state, indicator_id)
        said = trend(state, indicator, points_of(state, indicator_id, "area"))
        texts = Sentences((f"{said} {compared(state, indicator_id)}".rstrip(),))
        made += [texts, *([replace(chart, message=said.removesuffix("."))] if chart else [])]
    notes = {
        f"{b.year}: {b.note[state.language]}"
        for i in charted
        for b in state.breaks(state.indicator(i))
        if (years := [p.year for p in points_of(state, i, "area")])
        and years[0] < b.year <= years[-1]
    }
    return [*made, *([Sentences(tuple(sorted(notes)), small=True)] if notes else [])]


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
        (state.name(i), *(written(state, i, values.get(year)) for year in known))
        for i, values in series.items()
    )
    heads = (site_words.INDICATOR[language], *map(str, known))
    caption = words.EVERY_YEAR[language]
    return [TextTable(caption, heads, body, message=caption)]


def comparison(state: PlaceState) -> list[Part]:
    """The key shares among those of all areas of the level."""
    found = strips(state)
    if not found:
        return []
    picture, said = found
    message = said[0].removesuffix(".")
    return [Sentences((" ".join(said),)), replace(picture, message=message)]


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
    heads = (site_words.AREA[language], *likeness_heads(state))
    body = tuple(
        (row["label"], *(written(state, i, row[i]) for i in ids))
        for row in table.to_dict("records")
    )
    message = said.removesuffix(".")
    alike = TextTable(group_heading(state), heads, body, message)
    named = zip(table["area_id"], table["label"], strict=True)
    marked = marked_line(state, named, year=state.profile.year)
    return [Sentences((said,)), alike, *([Sentences((marked,), small=True)] if marked else [])]


def analysis(state: PlaceState) -> list[Part]:
    """That figures describe and do not explain."""
    return [Sentences((words.ANALYSIS_NOTE[state.language],), small=True)]


def follow_up(state: PlaceState) -> list[Part]:
    """How the document is renewed, and the indicators to follow."""
    rows = {row["indicator_id"]: row for row in state.once(compared_rows)}
    shown = [rows[i] for i in key_indicators(state)]
    caption = words.KEY_INDICATORS[state.language].format(place=state.where)
    grid = _comparison_grid(state, caption, shown)
    note = Sentences((words.FOLLOW_UP_NOTE[state.language],))
    return [note, *([replace(grid, message=caption)] if shown else [])]


def sources(state: PlaceState) -> list[Part]:
    """Every table, and who has computed the figures; of what is lacking the number, not a log."""
    snapshot = state.reader.snapshot
    origin = origin_with(state, CHALLENGED)
    whole = replace(origin, snapshot=replace(snapshot, lacking=()))
    said = [f"{name}: {text}" for name, text in about_origin(whole, language=state.language)]
    lacking = wording.partial_banner(snapshot.lacking, language=state.language)
    return [Sentences((*said, *([lacking] if lacking else [])), small=True)]


def definitions(state: PlaceState) -> list[Part]:
    """Every indicator's definition, year and tables."""
    language = state.language
    heads = (site_words.INDICATOR, place_words.DEFINITION, site_words.YEAR, place_words.SOURCE)
    body = []
    for row in state.portrait.rows.to_dict("records"):
        indicator = state.indicator(row["indicator_id"])
        used = known_ids(indicator.source_ids_in(row["year"]))
        tables = ", ".join(own.removeprefix(LOCAL) for own in used)
        body.append(
            (indicator.name[language], indicator.definition[language], str(row["year"]), tables)
        )
    return [TextTable(words.DEFINITIONS[language], tuple(h[language] for h in heads), tuple(body))]


def _figure(state: PlaceState, row: Row) -> str:
    """The place's value, or why there is none."""
    if pd.isna(row["value"]):
        status = row["status"] if isinstance(row["status"], str) else "not_available"
        return wording.missing_reason(status, language=state.language)
    return written(state, row["indicator_id"], row["value"])


def _number(amount: float, state: PlaceState) -> str:
    known = wording.is_known(amount)
    return wording.number(amount, language=state.language) if known else "–"
