"""The head of the profile: where the place lies, its name, two sentences and a small map."""

from collections.abc import Iterable
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from barometer import queries, wording
from barometer.divisions import RIKET, SMALL_LEVELS, division_label, level_name, parse_area_code
from barometer.export import formats
from barometer.export.meaning import CHALLENGED
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.address import address
from barometer.ui.markup import aria
from barometer.ui.own import own_kind
from barometer.ui.pages.place import maps, words
from barometer.ui.pages.place.frames import (
    areas_of,
    container_code,
    key_frame,
    level_of_parts,
    spread_frame,
)
from barometer.ui.pages.place.links import ways
from barometer.ui.pages.place.segregated import own_measures
from barometer.ui.pages.place.state import PlaceState, has_figures
from barometer.ui.pages.place.typed import type_frame
from barometer.wording import portraits
from barometer.wording.profiles import residents_sentence

FILES = {
    "indicators": words.ALL,
    "series": words.YEARS,
    "groups": words.RESIDENTS_BY_GROUP,
    "segregation": words.SEGREGATION,
    "alike": words.SIMILAR,
}


def crumbs(state: PlaceState) -> Component:
    """Riket, län, kommun and the place, as links."""
    area = state.area
    above = [(RIKET, words.SWEDEN[state.language]), (area.lan_id, area.lan)]
    above += [(area.kommun_id, area.kommun)]
    items = [
        html.Li(html.A(name, href=f"/plats{state.address_of(code)}"))
        for code, name in above
        if code and code != area.area_id
    ]
    items.append(html.Li(area.name, **aria(current="page")))
    label = aria(label=words.CRUMBS[state.language])
    return html.Nav(html.Ol(items), className="crumbs", **label)


def whereabouts(state: PlaceState) -> str:
    """Level, what the place lies in, and its residents: "Kommun i … · 608 993 invånare 2024"."""
    area, language = state.area, state.language
    small = area.level in SMALL_LEVELS
    level = level_name(area.level, language=language)
    if small:
        level = division_label(area.level, area.division)
    elif state.is_own:
        level = own_kind(state.reader, area, language=language)
    lan = wording.place(area.lan, "lan", language=language) if area.lan else None
    above = [name for name in (area.kommun, lan) if name and area.name not in (name, area.lan)]
    pieces = [level, *above, *_residents(state)]
    return " · ".join([*pieces, area.area_id] if small else pieces)


def _residents(state: PlaceState) -> list[str]:
    rows = state.portrait.rows
    people = rows[(rows["indicator_id"] == "population") & rows["value"].notna()]
    if people.empty:
        return []
    row = people.iloc[0]
    count = wording.number(row["value"], language=state.language)
    return [f"{count} {site_words.PANEL_RESIDENTS[state.language]} {row['year']}"]


def lead(state: PlaceState) -> list[str]:
    """The two sentences that are read first."""
    said = [types_lead(state), *_range_lead(state)]
    known = [sentence for sentence in said if sentence]
    return known or _residents_lead(state)


def types_lead(state: PlaceState) -> str:
    """How many live in areas of types 1 and 2, or the type of a small area; "" without types."""
    key, language = state.once(key_frame), state.language
    challenged = key[key["indicator_id"] == CHALLENGED] if len(key) else key
    if len(challenged):
        row = challenged.iloc[0]
        return portraits.lead_sentence(
            state.where, amount=row["value"], riket=row["riket"], language=language
        )
    found = areas_of(state, "area_type", "regso") if state.area.level == "regso" else None
    row_of_area = found[0].row(state.area.area_id) if found else None
    if found is None or row_of_area is None or pd.isna(found[0].figures[row_of_area, 0]):
        return ""
    kind = wording.category(
        found[0].figures[row_of_area, 0],
        indicator=state.indicator("area_type"),
        language=language,
    )
    return portraits.type_sentence(kind, year=found[1], language=language)


def _range_lead(state: PlaceState) -> list[str]:
    language = state.language
    if state.is_container:
        frame = state.once(spread_frame)
        if frame.empty:
            return []
        spans = frame.groupby("indicator_id", sort=False)["value"].agg(["min", "max", "size"])
        widest = str((spans["max"] - spans["min"]).idxmax())
        low, high, n = spans.loc[[widest]].iloc[0]
        return [
            portraits.range_sentence(
                state.indicator(widest),
                low=low,
                high=high,
                n=int(n),
                level=level_of_parts(state),
                language=language,
            )
        ]
    return [_compared(state, row) for row in state.once(key_frame).head(2).to_dict("records")]


def _compared(state: PlaceState, row: dict[Any, Any]) -> str:
    others = ((str(state.area.kommun), row["kommun"]), (words.RIKET[state.language], row["riket"]))
    return portraits.compared_sentence(
        state.indicator(row["indicator_id"]),
        amount=row["value"],
        others=others,
        year=int(row["year"]),
        language=state.language,
    )


def _residents_lead(state: PlaceState) -> list[str]:
    people = state.portrait.rows
    people = people[(people["indicator_id"] == "population") & people["value"].notna()]
    if people.empty:
        return [words.EMPTY[state.language]] if not has_figures(state) else []
    row = people.iloc[0]
    return [
        residents_sentence(
            state.where, residents=row["value"], year=int(row["year"]), language=state.language
        )
    ]


def segregation_row(state: PlaceState) -> dict[Any, Any] | None:
    """The grouping that the page begins with, where it is measured in the län or kommun."""
    if state.area.level not in ("lan", "kommun", "own"):
        return None
    asked = ("foreign_background", "low_standard")
    own = [row for row in state.once(own_measures) if row["grouping_id"] in asked]
    return next((row for row in reversed(own) if wording.is_known(row["value"])), None)


def segregation_sentence(state: PlaceState) -> str:
    """How many would have to move, and the median kommun; "" where it is not measured."""
    row = segregation_row(state)
    if row is None:
        return ""
    grouping = state.context.catalogue.groupings[row["grouping_id"]]
    in_kommun = state.area.level == "kommun"
    median = row["kommun_median"] if in_kommun else float("nan")
    group = grouping.groups[0].name[state.language]
    return portraits.to_move_sentence(
        wording.uncapitalised(group),
        share=row["value"],
        median=median,
        year=int(row["year"]),
        language=state.language,
    )


def hero(state: PlaceState) -> Component:
    """Text to the left, the map to the right."""
    language = state.language
    more = segregation_sentence(state)
    link = html.A(
        words.MORE_SEGREGATION[language],
        href=address("/segregation", language=language, area=state.area.area_id),
    )
    text = [
        html.P(whereabouts(state), className="plats__where"),
        html.P(" ".join(lead(state)), className="plats__lead"),
        html.P([more, " ", link]) if more else None,
        folded_note(state),
        html.Div([downloads(state), *actions(state)], className="plats__actions"),
    ]
    return html.Div(
        [html.Div([part for part in text if part is not None]), small_map(state)],
        className="plats__hero",
    )


def folded_note(state: PlaceState) -> Component | None:
    """The note on a place; that on an own area is long, and folded."""
    if not state.is_own:
        return place_note(state)
    said = html.Ul([html.Li(sentence) for sentence in notes_of_place(state)])
    return html.Details(
        [html.Summary(words.HOW_OWN[state.language]), said], className="fold plats__note"
    )


def place_note(state: PlaceState) -> Component | None:
    """What an own area consists of and how sure its sums are; why a small area is marked."""
    notes = notes_of_place(state)
    return html.P(" ".join(notes), className="plats__note") if notes else None


def notes_of_place(state: PlaceState) -> tuple[str, ...]:
    """The sentences on an own area, and on a RegSO or DeSO that students or institutions mark."""
    return (*state.own_sentences, *wording.mark_sentences(marks(state), language=state.language))


def actions(state: PlaceState) -> list[Component]:
    """What to do with the place, and where else it is."""
    language, profile = state.language, state.profile
    links = [
        html.Li(html.A(name[language], href=address(path, language=language, **query)))
        for name, path, query in ways(state)
    ]
    links += [
        html.Li(html.A(name[language], href=f"/plats/lagesbild.{kind}{profile.to_query()}"))
        for kind, name in words.DOCUMENTS.items()
    ]
    links.append(html.Li(html.A(words.AGENDA[language], href=f"/plats/agenda{profile.to_query()}")))
    other = parse_area_code(state.namesake or "")
    if other is not None:
        name = words.OTHER_DIVISION[language].format(
            label=division_label(other.level, other.division)
        )
        links.append(html.Li(html.A(name, href=f"/plats{state.address_of(other.area_id)}")))
    areas = ",".join((state.area.area_id, *state.profile.peers))
    indicator = _compared_indicator(state)
    compare = {"indicators": indicator, "areas": areas, "view": _compared_view(state, indicator)}
    more = [html.Summary(words.ON_PLACE[language], className="button"), html.Ul(links)]
    return [
        html.A(
            words.COMPARE[language],
            href=address("/labb", language=language, **compare),
            className="button",
        ),
        html.A(
            words.A4[language],
            href=f"/plats/rapport{profile.to_query()}",
            className="button",
        ),
        html.Details(more, className="menu-fold"),
    ]


def _compared_indicator(state: PlaceState) -> str | None:
    ids = [i for i in state.once(key_frame)["indicator_id"] if i != CHALLENGED]
    return str(ids[0]) if ids else None


def _compared_view(state: PlaceState, indicator: str | None) -> str:
    """Lines where the place's level has several years, else bars; the table follows both."""
    years = state.snapshot_offer.years.get((indicator or "", state.area.level), ())
    return "line" if len(years) > 1 else "bar"


def downloads(state: PlaceState) -> Component:
    """Every file of the page in one menu."""
    language, query = state.language, state.profile.to_query()
    rows = [
        html.Li(
            [
                html.Span(name[language]),
                *[
                    html.A(
                        found.format_id,
                        href=f"/export/plats/{file}/{found.format_id}{query}",
                        download="",
                        **aria(label=f"{name[language]}, {found.name[language]}"),
                    )
                    for found in formats(geometry=False)
                ],
            ]
        )
        for file, name in FILES.items()
    ]
    summary = html.Summary(words.DOWNLOAD[language], className="button button--primary")
    return html.Details([summary, html.Ul(rows)], className="menu-fold menu-fold--files")


def small_map(state: PlaceState) -> Component | None:
    """The map that the server draws, with its key; None where nothing is typed."""
    language = state.language
    table = areas_of(state, "area_type", "regso")
    if table is None:
        return None
    year = table[1]
    country = state.area.level == "riket"
    caption = words.MAP_SHARES if country else words.MAP_TITLE
    types = state.once(type_frame)
    inside = len(types) and not state.is_own
    areas = int(types["n_areas"].sum()) if inside else areas_in_kommun(state)
    title = caption[language].format(year=year, n=wording.number(areas, language=language))
    return html.Figure(
        [
            parts.image(
                f"/plats/karta.svg{state.profile.to_query()}",
                f"/plats/karta-dark.svg{state.profile.to_query()}",
                alt=words.MAP_OF[language].format(place=state.short, year=year),
                size=(500, 384),
                name="plats__map",
            ),
            html.Figcaption([html.Strong(title), key(state, steps=country)]),
        ]
    )


def areas_in_kommun(state: PlaceState) -> int:
    """How many RegSO the kommun of a small place has."""
    found = areas_of(state, "area_type", "regso")
    around = container_code(state)
    return sum(code.startswith(around) for code in found[0].area_ids) if found else 0


def key(state: PlaceState, *, steps: bool = False) -> Component:
    """The colours of the map in words."""
    language = state.language
    rows = (
        [(str(row.label), str(row.fill)) for row in maps.step_key(state)]
        if steps
        else [
            (name[language], colour)
            for name, colour in zip(site_words.TYPE_NAMES, maps.TYPE_COLOURS, strict=True)
        ]
    )
    items = [
        html.Li([html.I(style=_swatch(colour), **aria(hidden="true")), name])
        for name, colour in rows
    ]
    return html.Ul(items, className="swatches")


def _swatch(colour: str) -> dict[str, str]:
    return {"background": f"light-dark({colour}, {maps.DARK[colour]})"}


def marks(state: PlaceState) -> list[dict[Any, Any]]:
    """The rows of `queries.marked_areas` of the place; none for larger places."""
    area = state.area
    if area.level not in SMALL_LEVELS:
        return []
    found = state.reader.once(
        queries.marked_areas, level=area.level, division=area.division, year=state.profile.year
    )
    return found[found["area_id"] == area.area_id].to_dict("records")


def marked_line(state: PlaceState, areas: Iterable[tuple[str, str]], *, year: int) -> str:
    """Which of some areas, code and name, are marked and for what; "" where none is."""
    named = dict(areas)
    frame = queries.areas_with_marks(named, year=year, marks=state.marks)
    found = [(named[code], marks) for code, marks in frame.items()]
    return wording.marked_areas_sentence(found, language=state.language)
