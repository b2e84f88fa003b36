"""The lab's table: what the client is told of it, and some of its rows as people read them."""

from collections.abc import Mapping, Set
from typing import Any, Final

import pandas as pd

from barometer import wording
from barometer.catalogue import ALL
from barometer.divisions import SMALL_LEVELS, division_label
from barometer.queries.labs import Page
from barometer.selection.labs import DIMENSIONS, Dimension
from barometer.ui.links import address
from barometer.ui.pages.lab import (
    ids,
    words,
)
from barometer.ui.pages.lab.state import (
    Seen,
    area_name,
)
from barometer.ui.rows import asked_rows, row_words

NUMBERS: Final = ("value", "denominator", "year")


def specification(seen: Seen) -> dict[str, Any] | None:
    """What assets/35-rows.js draws; None while there is nothing to show."""
    lab, language = seen.lab, seen.language
    if lab.empty or not seen.n_values:
        return None
    n = seen.n_rows
    columns = _spread_columns(seen) if lab.columns else _long_columns(seen)
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


def _long_columns(seen: Seen) -> list[dict[str, Any]]:
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
        {"name": name, "heading": heads[name][seen.language], "number": name in NUMBERS}
        for name in heads
        if name not in _same(seen)
    ]


def _same(seen: Seen) -> set[str]:
    """Columns that would say the same in every row; the heading of the page says it already."""
    many = {"indicator": seen.lab.indicators, "background": seen.lab.backgrounds}
    same = {name for name, chosen in many.items() if len(chosen) == 1}
    several = len(seen.lab.levels) > 1 or seen.lab.levels[0] in SMALL_LEVELS
    return same if several else same | {"division"}


def _spread_columns(seen: Seen) -> list[dict[str, Any]]:
    language = seen.language
    own = [
        {
            "name": "label" if d == "area" else d,
            "heading": words.DIMENSIONS[d][language],
            "number": d == "year",
        }
        for d in row_dimensions(seen)
    ]
    over_years = seen.lab.columns == "year"
    spread = [
        {
            "name": column,
            "heading": seen.year(column, *seen.lab.indicators)
            if over_years
            else column_label(seen, column),
            "number": True,
        }
        for column in seen.columns
    ]
    return own + spread


def row_dimensions(seen: Seen) -> list[Dimension]:
    """What the rows of a spread table are about, the first chosen one first."""
    lab = seen.lab
    ordered = [lab.rows, *(d for d in DIMENSIONS if d != lab.rows)]
    return [d for d in ordered if d != lab.columns and d not in _same(seen)]


def column_label(seen: Seen, column: str) -> str:
    """The heading of a column over which the values are spread."""
    kind = seen.lab.columns
    if kind == "indicator":
        return seen.indicator(column).name[seen.language]
    if kind == "background":
        return seen.background(column)
    return area_name(seen, column) if kind == "area" else column


def some(seen: Seen, asked: Mapping[str, str]) -> list[list[object]]:
    """The rows from `from` on, `n` of them, in the view's order."""
    if seen.lab.empty:
        return []
    page = Page(*asked_rows(asked))
    if seen.lab.columns:
        return [_spread_row(seen, row) for row in seen.spread(page).to_dict("records")]
    rows, same = seen.frame(seen.lab, page).to_dict("records"), _same(seen)
    return [_long_row(seen, row, same) for row in rows]


def _long_row(seen: Seen, row: dict[Any, Any], same: Set[str]) -> list[object]:
    n, indicator = row["denominator"], row["indicator"]
    told = {
        "label": _area(seen, row, indicator=indicator, year=row["year"]),
        "indicator": seen.indicator(indicator).name[seen.language],
        "background": seen.background(row["background"]),
        "division": division_label(row["level"], row["division"]),
        "year": seen.year(row["year"], indicator),
        "value": _value(seen, row["value"], row["status"], indicator=indicator),
        "denominator": None
        if pd.isna(n)
        else wording.number(n, decimals=0, language=seen.language),
    }
    return [told[name] for name in told if name not in same]


def _spread_row(seen: Seen, row: dict[Any, Any]) -> list[object]:
    kind = seen.lab.columns
    told = {
        "indicator": lambda: seen.indicator(row["indicator"]).name[seen.language],
        "background": lambda: seen.background(row["background"]),
        "year": lambda: seen.year(row["year"], *_indicators(seen, row)),
        "area": lambda: _area(seen, row, indicator=row.get("indicator"), year=row.get("year")),
    }
    own = [told[d]() for d in row_dimensions(seen)]
    values = [
        _value(
            seen,
            row[f"v{n}"],
            row[f"s{n}"],
            indicator=column if kind == "indicator" else row["indicator"],
        )
        for n, column in enumerate(seen.columns)
    ]
    return [*own, *values]


def _indicators(seen: Seen, row: dict[Any, Any]) -> tuple[str, ...]:
    """What a row of a spread table is about: its own indicator, or all over which it is spread."""
    return (row["indicator"],) if "indicator" in row else seen.lab.indicators


def _value(seen: Seen, value: float, status: object, *, indicator: str) -> str | None:
    if isinstance(status, str):
        return wording.missing_reason(status, language=seen.language)
    if pd.isna(value):
        return None
    return wording.value(float(value), indicator=seen.indicator(indicator), language=seen.language)


def _area(seen: Seen, row: dict[Any, Any], *, indicator: str | None, year: object) -> object:
    """The area's name, which opens the map at the row's indicator and year."""
    background = row.get("background", ALL)
    place = address(
        "/karta",
        language=seen.language,
        indicator=indicator or seen.lab.indicators[0],
        level=row["level"],
        year=year,
        background=background if background != ALL else None,
        area=row["area_id"],
    )
    name = area_name(seen, row["area_id"]) if row["level"] == "riket" else row["label"]
    if seen.lab.columns and row["division"] != "admin":
        name = f"{name}, {division_label(row['level'], row['division'])}"
    return {"text": name, "href": place}
