"""All measures of the place as tabs by sector, one table in view."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

import dash_mantine_components as dmc
import pandas as pd
from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.indices import INDICES
from barometer.pictures import Chart
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.address import address
from barometer.ui.base.plotted import chart_of
from barometer.ui.base.section import Section
from barometer.ui.breaks import MARK
from barometer.ui.markup import element
from barometer.ui.pages.place import words
from barometer.ui.pages.place.amounts import format_value
from barometer.ui.pages.place.figures import strip_of
from barometer.ui.pages.place.frames import Row, compared_rows, indicator_frame, points
from barometer.ui.pages.place.segregated import own_measures
from barometer.ui.pages.place.state import PlaceState, comparison_roles, has_figures

D: Final = next(index for index in INDICES if index.id == "dissimilarity")
Tab = tuple[str, str, Component]


def _tabs(state: PlaceState, _frame: pd.DataFrame, _finding: str) -> Component:
    found = tabs(state, state.once(compared_rows))
    listed = dmc.TabsList([dmc.TabsTab(name, value=key) for key, name, _ in found])
    panels = [
        dmc.TabsPanel([html.Div(name, className="tabs__printed"), inside], value=key)
        for key, name, inside in found
    ]
    first = _first_compared(state) or found[0][0]
    return dmc.Tabs([listed, *panels], value=first, keepMounted=True, className="tabs")


def _first_compared(state: PlaceState) -> str | None:
    """The key of the first tab in which something stands beside the place; None without one."""
    beside = [*comparison_roles(state), "median"]
    groups = _tab_groups(state, state.once(compared_rows))
    is_compared = (
        any(wording.is_known(row[name]) for row in rows for name in beside) for *_, rows in groups
    )
    return next((key for (key, *_), known in zip(groups, is_compared, strict=True) if known), None)


def tabs(state: PlaceState, rows: Sequence[Row]) -> list[Tab]:
    """Key, name and table of every tab: priorities, children, sectors, segregation, years."""
    language = state.language
    found = [
        (key, name, _with_reason(state, part, label=name))
        for key, name, part in _tab_groups(state, rows)
    ]
    for key, name, made in (
        ("segregation", words.SEGREGATION_TAB[language], segregation_part(state)),
        ("years", words.YEARS[language], years_part(state)),
    ):
        found += [(key, name, made)] if made is not None else []
    return found


def _tab_groups(state: PlaceState, rows: Sequence[Row]) -> list[tuple[str, str, list[Row]]]:
    """Key, name and rows of the tabs of measures."""
    language, by_id = state.language, {row["indicator_id"]: row for row in rows}
    first = [by_id[i] for i in state.profile.first if i in by_id]
    children: list[Row] = []
    rest: dict[str, list[Row]] = defaultdict(list)
    for indicator_id, row in by_id.items():
        is_childrens = state.indicator(indicator_id).children
        (children if is_childrens else rest[row["sector"]]).append(row)
    groups = [("first", words.PRIORITIES[language], first)]
    groups += [("children", words.CHILDREN[language], children)]
    groups += [(key, wording.SECTORS[key][language], part) for key, part in rest.items()]
    return [group for group in groups if group[2]]


def sector_table(
    state: PlaceState, rows: Sequence[Row], *, label: str, links: bool = True
) -> Component:
    """A row an indicator; one without a value says why in the row."""
    language, roles = state.language, comparison_roles(state)
    alone = state.area.level == "riket"
    heads = [words.MEASURE[language], site_words.YEAR[language], state.area.name]
    heads += [wording.ROLES[role][language] for role in roles]
    if not alone:
        every = words.EVERY_POSSESSIVE[state.peers][language]
        heads += [
            wording.capitalised(words.MEDIAN[language].format(every=every)),
            wording.PERCENT_SCALE[language],
        ]
    body = [_table_row(state, row, roles, n_heads=len(heads), links=links) for row in rows]
    head = html.Thead(html.Tr([html.Th(text, scope="col") for text in heads]))
    table = html.Table([head, html.Tbody(body)], className="numbers measures")
    return html.Div(table, className="scroll", tabIndex=0, role="group", **{"aria-label": label})


def _with_reason(state: PlaceState, rows: Sequence[Row], *, label: str) -> Component:
    """The table, and under it what a dash beside the place's own value means."""
    beside = [*comparison_roles(state), *(["median"] if state.area.level != "riket" else [])]
    lacks = any(
        wording.is_known(row["value"])
        and (
            bool(state.indicator(row["indicator_id"]).categories)
            or not all(wording.is_known(row[column]) for column in beside)
        )
        for row in rows
    )
    reason = [html.P(words.DASH[state.language], className="measure__note")] if lacks else []
    return html.Div([sector_table(state, rows, label=label), *reason])


def _table_row(
    state: PlaceState, row: Row, roles: Sequence[str], *, n_heads: int, links: bool
) -> Component:
    language, indicator = state.language, state.indicator(row["indicator_id"])
    name: Any = indicator.name[language]
    if links:
        on_map = address(
            "/karta",
            language=language,
            indicator=indicator.indicator_id,
            level=state.profile.level,
            year=row["year"],
            area=state.profile.area,
        )
        name = element(html.A, name, href=on_map)
    head = element(html.Th, [name, *_latest(state, row)], scope="row")
    if not wording.is_known(row["value"]):
        status = row["status"] if isinstance(row["status"], str) else "not_available"
        reason = f"– {wording.missing_reason(status, language=language)}"
        cell = element(
            html.Td, f"{reason} ({row['year']})", colSpan=str(n_heads - 1), className="reason"
        )
        return element(html.Tr, [head, cell])
    labels = ["", *[wording.ROLES[role][language] for role in roles]]
    # On a phone the column of years is gone and the year stands before the value.
    year = str(row["year"])
    own = element(html.Td, element(html.B, _place_value(state, row)), **{"data-label": year})
    cells = [element(html.Td, year, className="year"), own]
    cells += [
        element(html.Td, _amount(state, row, role), **{"data-label": name})
        for role, name in zip(roles, labels[1:], strict=True)
    ]
    if state.area.level != "riket":
        cells += [
            element(html.Td, _amount(state, row, "median"), className="median"),
            element(html.Td, _strip(state, row), className="drawn"),
        ]
    return element(html.Tr, [head, *cells])


def _latest(state: PlaceState, row: Row) -> list[Component]:
    """The place's own last value, where what stands in the row is of an earlier year."""
    year = row.get("latest_year")
    if not wording.is_known(year):
        return []
    value = format_value(state, row["indicator_id"], row["latest_value"])
    return [html.Small(f"{int(year)}: {value}")]


def _place_value(state: PlaceState, row: Row) -> str:
    return format_value(state, row["indicator_id"], row["value"])


def _amount(state: PlaceState, row: Row, column: str) -> str:
    if state.indicator(row["indicator_id"]).categories:
        return "–"
    return format_value(state, row["indicator_id"], row[column])


def _strip(state: PlaceState, row: Row) -> Component | None:
    if state.indicator(row["indicator_id"]).unit != "percent" or not wording.is_known(
        row["median"]
    ):
        return None
    return strip_of(state, row, low=0.0, high=100.0)


def segregation_part(state: PlaceState, *, known: bool = False) -> Component | None:
    """The dissimilarity index of some groupings; None where nothing is measured in the place.

    Those that are withheld with their reason, or only the `known`.
    """
    if not (state.is_container and has_figures(state)):
        return None
    rows = state.once(own_measures)
    if known:
        rows = [row for row in rows if wording.is_known(row["value"])]
    if not rows:
        return None
    label = words.SEGREGATION[state.language]
    notes = [words.SEGREGATION_NOTE[state.language]]
    notes += [D.note.of(state.language)] if D.note else []
    if state.area.level in ("riket", "lan") and not _have_intervals(rows):
        notes.append(words.NO_INTERVALS[state.language])
    return html.Div(
        [
            segregation_table_of(state, rows, label=label),
            *[html.P(note, className="measure__note") for note in notes],
        ]
    )


def _have_intervals(rows: Sequence[Row]) -> bool:
    return any(wording.is_known(row["low"]) for row in rows)


def segregation_table_of(state: PlaceState, own: Sequence[Row], *, label: str) -> Component:
    """A row a grouping: the place's value, chance, the estimate with its interval, a caution.

    A county's and riket's value hold what lies between kommuner, so they are not set beside a
    kommun's. Of riket and län the snapshot has no intervals: the page Segregation draws them.
    """
    language = state.language
    drawn = _have_intervals(own)
    heads = [words.GROUP[language], site_words.YEAR[language], state.area.name]
    heads += [words.EXPECTED[language], *([words.ESTIMATE[language]] if drawn else [])]
    heads += [words.KOMMUN_MEDIAN[language]] if state.area.level == "kommun" else []
    heads.append(words.CAUTION[language])
    rows = [_measure_row(state, row, drawn=drawn) for row in own]
    return parts.table(heads, rows, label=label, texts=(len(heads) - 1,), blocks=True)


def _measure_row(state: PlaceState, row: Row, *, drawn: bool) -> list[Any]:
    language = state.language
    estimate = wording.measure_estimate(row, index=D, language=language) or "–"
    grouping = state.context.catalogue.groupings[row["grouping_id"]]
    measured = address(
        "/segregation",
        language=language,
        grouping=grouping.grouping_id,
        area=state.area.area_id,
        year=row["year"],
    )
    return [
        html.A(grouping.name[language], href=measured),
        str(row["year"]),
        html.B(wording.measure_value(row["value"], index=D, language=language)),
        wording.measure_value(row["expected"], index=D, language=language),
        *([estimate] if drawn else []),
        *(
            [wording.measure_value(row["kommun_median"], index=D, language=language)]
            if state.area.level == "kommun"
            else []
        ),
        wording.caution_words(row["caution"], language=language),
    ]


def years_part(state: PlaceState) -> Component | None:
    """Every year of the place's own borders; None where no measure has two."""
    known = {i: dict(roles.get("area", ())) for i, roles in state.once(points).items()}
    ids = [i for i in state.portrait.rows["indicator_id"] if len(known.get(i, ())) > 1]
    if not ids:
        return None
    years = sorted({year for i in ids for year in known[i]})
    rows = [[state.name(i), *_marked(state, i, known[i], years)] for i in ids]
    heads = [words.MEASURE[state.language], *map(str, years)]
    gaps = any(text == "–" for row in rows for text in row)
    notes = [html.P(words.DASH[state.language], className="measure__note")] if gaps else []
    notes += [
        html.P(f"{MARK} {note}", className="measure__note") for note in break_notes(state, ids)
    ]
    return html.Div([parts.table(heads, rows, label=words.YEARS[state.language]), *notes])


def _marked(
    state: PlaceState, indicator_id: str, values: dict[int, float], years: list[int]
) -> list[str]:
    """The years' values, those marked that a break separates from an earlier one."""
    breaks = {b.year for b in state.breaks(state.indicator(indicator_id)) if b.year > min(values)}
    return [
        f"{format_value(state, indicator_id, values.get(year, float('nan')))}"
        f"{MARK if year in breaks and year in values else ''}"
        for year in years
    ]


def break_notes(state: PlaceState, indicator_ids: Sequence[str]) -> list[str]:
    """The breaks in some series, each once; a common one names no series."""
    language = state.language
    named: dict[Any, list[str]] = {}
    for indicator_id in indicator_ids:
        for one in state.breaks(state.indicator(indicator_id)):
            if one.year <= state.profile.year:
                named.setdefault(one, []).append(state.name(indicator_id))
    common = state.context.catalogue.breaks
    return [
        f"{'' if one in common else ', '.join(names) + ', '}{one.year}: {one.note[language]}"
        for one, names in named.items()
    ]


def _all_measures(state: PlaceState, _: pd.DataFrame) -> Chart | None:
    """All measures in one table, in the tabs' order."""
    rows = state.once(compared_rows)
    return chart_of(None, sector_table(state, rows, label=""), state.language)


ALL: Final = Section(
    key="all",
    file="indicators",
    heading=words.ALL,
    frame=indicator_frame,
    applies=has_figures,
    drawing=_tabs,
    chart=_all_measures,
)
