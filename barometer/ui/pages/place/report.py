"""The profile as a document of A4 pages that needs no script: on paper and as PDF."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.export.meaning import CHALLENGED
from barometer.pictures import MapChart, drawing
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.base.section import Section
from barometer.ui.pages.place import maps, words
from barometer.ui.pages.place.amounts import format_value, name_of, type_shares
from barometer.ui.pages.place.around import definitions
from barometer.ui.pages.place.figures import (
    OUTSTANDING,
    TYPES,
    comparable_rows,
    source_note,
    stack_row,
    strip_key,
    strip_of,
)
from barometer.ui.pages.place.frames import (
    children_types,
    indicator_frame,
    indicator_or_type,
    key_frame,
    low_standard_frame,
    origin_with,
)
from barometer.ui.pages.place.hero import (
    key,
    lead,
    marked_line,
    place_note,
    segregation_row,
    whereabouts,
)
from barometer.ui.pages.place.inside import INSIDE
from barometer.ui.pages.place.measures import sector_table, segregation_part, years_part
from barometer.ui.pages.place.paper import paper
from barometer.ui.pages.place.state import PlaceState, comparison_roles, has_figures
from barometer.ui.pages.place.typed import type_frame
from barometer.wording import portraits

_MAP: Final = (560, 498)  # of 400 x 356 on paper
_SECTORS: Final = ("arbete", "ekonomi", "utbildning", "bostad")
_STANDS_OUT: Final = 3  # as many have room on the last page
_HOUSEHOLDS: Final = ("children", "couples_with_children", "single_parents")


def report(state: PlaceState, *, today: date, site: str | None = None) -> str:
    """The whole report as HTML.

    `site` is the address of the site that links lead to; without one they are
    plain text, since a file has no site to lead to. "" keeps them as they are on the site.
    """
    sheets, name = list(_sheets(state)), words.REPORT[state.language]
    return paper(state, sheets, name=name, today=today, site=site, after=(_appendix(state),))


def _sheets(state: PlaceState) -> Iterator[list[Any]]:
    """The content of each page; a page that would be empty is left out."""
    for page in (_first, _children_and_economy, _living, _segregation):
        content = [part for part in page(state) if part is not None]
        if content:
            yield content


def _extent(state: PlaceState) -> str:
    snapshot = state.reader.snapshot
    if snapshot.synthetic or not snapshot.extract:
        return ""
    return wording.extract_line(snapshot.main_year, language=state.language)


def _first(state: PlaceState) -> list[Any]:
    """Heading, three numbers, the map with its key as a table, and six key figures."""
    language = state.language
    if not has_figures(state):
        return [html.H1(state.area.name), html.P(words.EMPTY[language])]
    about = " · ".join(part for part in (whereabouts(state), _extent(state)) if part)
    numbers = _numbers(state)
    return [
        html.H1(state.area.name),
        html.P(about, className="plats__where"),
        html.Ol([html.Li(number) for number in numbers], className="sheet__numbers")
        if numbers
        else html.P(" ".join(lead(state)), className="plats__lead"),
        place_note(state),
        _map_and_key(state),
        html.H2(words.KEY[language]),
        _key_table(state),
        strip_key(state),
    ]


def _numbers(state: PlaceState) -> list[list[Any]]:
    """The three numbers that are read first, each with its sentence."""
    language = state.language
    found: list[list[Any]] = []
    frame = state.once(key_frame)
    challenged = frame[frame["indicator_id"] == CHALLENGED]
    if len(challenged):
        row = challenged.iloc[0]
        found.append(
            [
                html.B(format_value(state, CHALLENGED, row["value"])),
                " ",
                portraits.live_there(row["riket"], year=int(row["year"]), language=language),
            ]
        )
    children = state.once(children_types)
    if children:
        here, riket = (children[name][0] + children[name][1] for name in ("here", "riket"))
        beside = riket if state.area.level != "riket" else float("nan")
        found.append(
            [
                html.B(wording.percent(here, language=language)),
                " ",
                portraits.children_there(beside, language=language),
            ]
        )
    measured = segregation_row(state)
    if measured is not None:
        grouping = state.context.catalogue.groupings[measured["grouping_id"]]
        median = measured["kommun_median"] if state.area.level == "kommun" else float("nan")
        found.append(
            [
                html.B(portraits.of_hundred(measured["value"], language=language)),
                " ",
                portraits.would_move(
                    grouping.groups[0].name[language], median=median, language=language
                ),
            ]
        )
    return found


def _picture(state: PlaceState, chart: MapChart, *, label: str) -> Component:
    svg = drawing(chart, size=_MAP, format="svg", language=state.language)
    source = f"data:image/svg+xml;base64,{b64encode(svg).decode()}"
    return html.Img(src=source, alt=label, width="400", height="356")


def _map_and_key(state: PlaceState) -> Component | None:
    chart, types = maps.type_map(state), state.once(type_frame)
    if chart is None:
        return None
    language = state.language
    country = state.area.level == "riket"
    aside: list[Any] = []
    if len(types) and not country:
        own, _ = type_shares(types)
        year = int(types["year"].iloc[0])
        rows = [
            html.Tr(
                [
                    html.Th(
                        [html.I(className=f"swatch type--{kind}"), name[language]], scope="row"
                    ),
                    html.Td(html.B(wording.percent(share, language=language))),
                ]
            )
            for kind, (name, share) in enumerate(
                zip(site_words.TYPE_NAMES, own, strict=True), start=1
            )
        ]
        low = int(types["n_areas"][types["area_type"].isin([1, 2])].sum())
        total = int(types["n_areas"].sum())
        aside = [
            html.H2(f"{words.TYPES[language]} {year}"),
            html.P(words.KEY_TABLE[language].format(n=total), className="measure__note"),
            html.Table(html.Tbody(rows), className="numbers"),
            html.P(words.AREAS_OF_TYPE[language].format(n=low, total=total)),
        ]
    else:
        aside = [key(state, steps=country)]
    label = words.TYPES[language]
    return html.Div([_picture(state, chart, label=label), html.Div(aside)], className="sheet__map")


def _key_table(state: PlaceState) -> Component:
    language = state.language
    roles = [role for role in comparison_roles(state) if role != "kommun"]
    heads = [words.MEASURE[language], site_words.YEAR[language], state.area.name]
    heads += [wording.ROLES[role][language] for role in roles]
    heads.append(wording.PERCENT_SCALE[language])
    rows = []
    for row in comparable_rows(state, state.once(key_frame)):
        own = row["indicator_id"]
        percent = indicator_or_type(state, own).unit in ("percent", "class")
        rows.append(
            [
                name_of(state, own),
                str(int(row["year"])),
                html.B(format_value(state, own, row["value"])),
                *[format_value(state, own, row[role]) for role in roles],
                strip_of(state, row, low=0, high=100) if percent else "",
            ]
        )
    return parts.table(heads, rows, label=words.KEY[language], blocks=True)


def _children_and_economy(state: PlaceState) -> list[Any]:
    return [*_children(state), *_low_standard(state)]


def _children(state: PlaceState) -> list[Any]:
    """Where children live by type, and the households."""
    language, shares = state.language, state.once(children_types)
    found: list[Any] = []
    if shares:
        own, _ = type_shares(state.once(type_frame))
        rows = [
            stack_row(state, words.CHILDREN_AGES[language], shares["here"]),
            stack_row(state, words.EVERYBODY[language], own),
        ]
        if state.area.level != "riket":
            rows.append(stack_row(state, words.CHILDREN_RIKET[language], shares["riket"]))
        year = int(state.once(type_frame)["year"].iloc[0])
        found = [
            html.P(words.TYPES_LEAD[language].format(year=year), className="measure__sentence"),
            html.Ul(rows, className="stacks"),
            key(state),
        ]
    table = _rows_table(state, _HOUSEHOLDS, heading=words.CHILDREN[language])
    if table is not None:
        found += [table, html.P(words.HOUSEHOLD_NOTE[language], className="measure__note")]
    heading = (
        portraits.children_heading(
            shares["here"], type_shares(state.once(type_frame))[0], language=language
        )
        if shares
        else words.CHILDREN[language]
    )
    return [html.H2(parts.unbroken(heading)), *found] if found else []


def _rows_table(state: PlaceState, ids: Sequence[str], *, heading: str) -> Component | None:
    """Some indicators that have a value, as a table."""
    rows = state.once(indicator_frame)
    chosen = rows[rows["indicator_id"].isin(ids) & rows["value"].notna()]
    if chosen.empty:
        return None
    return sector_table(state, comparable_rows(state, chosen), label=heading, links=False)


def _low_standard(state: PlaceState) -> list[Any]:
    """Low economic standard by DeSO: a map, the median and the six highest."""
    frame, language = state.once(low_standard_frame), state.language
    ekonomi = _sector(state, "ekonomi") if state.area.level in ("riket", "lan") else None
    if len(frame) < 4:
        return [ekonomi] if ekonomi is not None else []
    values = frame["value"]
    low, high = (format_value(state, "low_standard", v) for v in (values.min(), values.max()))
    year = int(frame["year"].iloc[0])
    median = format_value(state, "low_standard", float(values.median()))
    highest = frame.head(6).to_dict("records")
    named = [(str(r["area_id"]), wording.short_label(str(r["label"]))) for r in highest]
    marked = marked_line(state, named, year=year)
    top = [
        html.Tr(
            [
                html.Th(wording.short_label(str(row["label"])), scope="row"),
                html.Td(html.B(format_value(state, "low_standard", row["value"]))),
            ]
        )
        for row in highest
    ]
    chart = maps.low_standard_map(state)
    aside = [
        html.P(
            words.LOW_STANDARD_MEDIAN[language].format(
                n=len(frame), median=median, high=int((values >= 40).sum())
            )
        ),
        html.H3(words.HIGHEST_SHARE[language]),
        html.Table(html.Tbody(top), className="numbers"),
        *([html.P(marked, className="measure__note")] if marked else []),
    ]
    picture = _picture(state, chart, label=state.name("low_standard")) if chart else None
    definition = state.indicator("low_standard").definition[language]
    return [
        html.H2(f"{state.name('low_standard')}: {portraits.from_to(low, high, language=language)}"),
        html.P(f"{definition} DeSO, {year}.", className="measure__sentence"),
        html.Div([picture, html.Div(aside)], className="sheet__map"),
        key(state, steps=True),
        html.P(source_note(state, frame.head(1)), className="measure__note"),
    ]


def _sector(state: PlaceState, sector: str) -> Component | None:
    """A sector's indicators that have a value, at most seven."""
    rows = state.once(indicator_frame)
    chosen = rows[(rows["sector"] == sector) & rows["value"].notna()].head(7)
    if chosen.empty:
        return None
    name = wording.SECTORS[sector][state.language]
    table = sector_table(state, comparable_rows(state, chosen), label=name, links=False)
    note = html.P(source_note(state, chosen), className="measure__note")
    return html.Div([html.H2(name), table, note])


def _living(state: PlaceState) -> list[Any]:
    """Work, economy, education and housing, and what the strips show."""
    found = [part for part in (_sector(state, sector) for sector in _SECTORS) if part is not None]
    return [*found, strip_key(state)] if found else []


def _segregation(state: PlaceState) -> list[Any]:
    """Segregation, area types, how different the areas are, and what stands out."""
    language = state.language
    measured = segregation_part(state, known=True)
    found: list[Any] = []
    if measured is not None:
        found += [html.H2(words.SEGREGATION[language]), measured]
    types = [] if state.once(children_types) else _section(state, TYPES)  # those have them too
    return [
        *found,
        *types,
        *_section(state, INSIDE),
        *_section(state, OUTSTANDING, most=_STANDS_OUT),
    ]


def _section(
    state: PlaceState, section: Section[PlaceState], *, most: int | None = None
) -> list[Any]:
    """A section of the page, its `most` first rows; nothing where it has none."""
    if not section.applies(state):
        return []
    frame = state.once(section.frame)[:most]
    if frame.empty:
        return []
    return [
        html.H2(parts.unbroken(section.heading_of(state))),
        *[html.P(s, className="measure__sentence") for s in section.sentences(state, frame)],
        section.drawing(state, frame, section.heading_of(state)),
    ]


def _appendix(state: PlaceState) -> Component | None:
    """Every year and every definition in small tables, and all sources with their dates."""
    if not has_figures(state):
        return None
    language = state.language
    years = years_part(state)
    origin = origin_with(state, CHALLENGED, "low_standard")
    shown_parts = [
        html.H2(words.APPENDIX[language]),
        *([html.H3(words.YEARS[language]), years] if years is not None else []),
        html.H3(words.ABOUT[language]),
        definitions(state),
        html.P(parts.source_line(origin, language=language), className="facts__source"),
    ]
    return html.Section(shown_parts, className="sheet sheet--appendix")
