"""The lab's table: what the client is told of it, and some of its rows as people read them."""

from collections.abc import Mapping, Set
from typing import Any, Final

import pandas as pd

from barometer import wording
from barometer.catalogue import ALL
from barometer.divisions import SMALL_LEVELS, division_label
from barometer.pictures import Format, TableChart
from barometer.queries.labs import RowRange
from barometer.selection.labs import DIMENSIONS, Dimension
from barometer.ui import words as site_words
from barometer.ui.address import address
from barometer.ui.base.section import card_picture
from barometer.ui.pages.lab import ids, words
from barometer.ui.pages.lab.controls import title
from barometer.ui.pages.lab.state import LabState, area_name
from barometer.ui.parts import asked_rows, row_words
from barometer.wording.labs import table_sentence

PICTURED: Final = 40  # rows; no picture has room for more
NUMBERS: Final = ("value", "denominator", "year")


def specification(state: LabState) -> dict[str, Any] | None:
    """What assets/modules/table/pages.mjs draws; None while there is nothing to show."""
    lab, language = state.lab, state.language
    if lab.empty or not state.n_values:
        return None
    n = state.n_rows
    columns = _spread_columns(state) if lab.columns else _long_columns(state)
    return {
        "node": ids.GRID,
        "source": f"/labb/rows{lab.to_query()}",
        "count": n,
        "columns": columns,
        "sort": lab.sort,
        "store": ids.SORT,
        "label": words.TABLE[language],
        "words": row_words(n, language=language),
    }


def sentence(state: LabState) -> str:
    """How much the table holds."""
    areas = state.counts()
    return table_sentence(
        state.n_values,
        state.n_rows,
        n_areas=sum(areas.values()),
        both={"2018", "2025"} <= set(areas),
        n_indicators=len(state.lab.indicators),
        language=state.language,
    )


def picture(state: LabState, kind: Format) -> bytes | None:
    """The table's first rows on a card; None while there is nothing to show."""
    told = specification(state)
    if told is None:
        return None
    first = some(state, {"from": "0", "n": str(PICTURED)})
    chart = TableChart(
        tuple(column["heading"] for column in told["columns"]),
        tuple(tuple(map(_plain, row)) for row in first),
        site_words.PICTURE_ROWS[state.language].format(n="{n}", of=told["count"]),
    )
    return card_picture(state, chart, finding=title(state), heading=sentence(state), kind=kind)


def _plain(cell: object) -> str:
    """A cell of the page as text."""
    return str(cell["text"]) if isinstance(cell, dict) else str(cell or "–")


def _long_columns(state: LabState) -> list[dict[str, Any]]:
    heads = {
        "label": words.AREA,
        "indicator": words.DIMENSIONS["indicator"],
        "background": words.DIMENSIONS["background"],
        "division": words.DIVISION,
        "year": words.DIMENSIONS["year"],
        "value": words.VALUE,
        "denominator": words.N_VALUES,
    }
    return [
        {"name": name, "heading": heads[name][state.language], "number": name in NUMBERS}
        for name in heads
        if name not in _same(state)
    ]


def _same(state: LabState) -> set[str]:
    """Columns that would say the same in every row; the heading of the page says it already."""
    many = {"indicator": state.lab.indicators, "background": state.lab.backgrounds}
    same = {name for name, chosen in many.items() if len(chosen) == 1}
    several = len(state.lab.levels) > 1 or state.lab.levels[0] in SMALL_LEVELS
    return same if several else same | {"division"}


def _spread_columns(state: LabState) -> list[dict[str, Any]]:
    language = state.language
    own = [
        {
            "name": "label" if d == "area" else d,
            "heading": words.DIMENSIONS[d][language],
            "number": d == "year",
        }
        for d in row_dimensions(state)
    ]
    over_years = state.lab.columns == "year"
    spread = [
        {
            "name": column,
            "heading": state.year(column, *state.lab.indicators)
            if over_years
            else column_label(state, column),
            "number": True,
        }
        for column in state.columns
    ]
    return own + spread


def row_dimensions(state: LabState) -> list[Dimension]:
    """What the rows of a spread table are about, the first chosen one first."""
    lab = state.lab
    ordered = [lab.rows, *(d for d in DIMENSIONS if d != lab.rows)]
    return [d for d in ordered if d != lab.columns and d not in _same(state)]


def column_label(state: LabState, column: str) -> str:
    """The heading of a column over which the values are spread."""
    kind = state.lab.columns
    if kind == "indicator":
        return state.indicator(column).name[state.language]
    if kind == "background":
        return state.background(column)
    return area_name(state, column) if kind == "area" else column


def some(state: LabState, asked: Mapping[str, str]) -> list[list[object]]:
    """The rows from `from` on, `n` of them, in the view's order."""
    if state.lab.empty:
        return []
    page = RowRange(*asked_rows(asked))
    if state.lab.columns:
        return [_spread_row(state, row) for row in state.spread(page).to_dict("records")]
    rows, same = state.frame(state.lab, page).to_dict("records"), _same(state)
    return [_long_row(state, row, same) for row in rows]


def _long_row(state: LabState, row: dict[Any, Any], same: Set[str]) -> list[object]:
    n, indicator = row["denominator"], row["indicator"]
    told = {
        "label": _area(state, row, indicator=indicator, year=row["year"]),
        "indicator": state.indicator(indicator).name[state.language],
        "background": state.background(row["background"]),
        "division": division_label(row["level"], row["division"], language=state.language),
        "year": state.year(row["year"], indicator),
        "value": _value(state, row["value"], row["status"], indicator=indicator),
        "denominator": None if pd.isna(n) else wording.number(n, language=state.language),
    }
    return [told[name] for name in told if name not in same]


def _spread_row(state: LabState, row: dict[Any, Any]) -> list[object]:
    kind = state.lab.columns
    told = {
        "indicator": lambda: state.indicator(row["indicator"]).name[state.language],
        "background": lambda: state.background(row["background"]),
        "year": lambda: state.year(row["year"], *_indicators(state, row)),
        "area": lambda: _area(state, row, indicator=row.get("indicator"), year=row.get("year")),
    }
    own = [told[d]() for d in row_dimensions(state)]
    values = [
        _value(
            state,
            row[f"v{n}"],
            row[f"s{n}"],
            indicator=column if kind == "indicator" else row["indicator"],
        )
        for n, column in enumerate(state.columns)
    ]
    return [*own, *values]


def _indicators(state: LabState, row: dict[Any, Any]) -> tuple[str, ...]:
    """What a row of a spread table is about: its own indicator, or all over which it is spread."""
    return (row["indicator"],) if "indicator" in row else state.lab.indicators


def _value(state: LabState, value: float, status: object, *, indicator: str) -> str | None:
    if isinstance(status, str):
        return wording.missing_reason(status, language=state.language)
    if pd.isna(value):
        return None
    return wording.value(
        float(value), indicator=state.indicator(indicator), language=state.language
    )


def _area(state: LabState, row: dict[Any, Any], *, indicator: str | None, year: object) -> object:
    """The area's name, which opens the map at the row's indicator and year."""
    background = row.get("background", ALL)
    place = address(
        "/karta",
        language=state.language,
        indicator=indicator or state.lab.indicators[0],
        level=row["level"],
        year=year,
        background=background if background != ALL else None,
        area=row["area_id"],
    )
    name = wording.place_name(row["label"], row["level"], language=state.language)
    if state.lab.columns and row["division"] != "admin":
        name = f"{name}, {division_label(row['level'], row['division'], language=state.language)}"
    return {"text": name, "href": place}
