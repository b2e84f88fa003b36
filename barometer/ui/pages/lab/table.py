"""The lab's table: what the client is told of it, its rows as people read them, and as a sheet."""

from collections.abc import Callable, Iterator, Mapping, Set
from functools import partial
from typing import Any, Final

import pandas as pd

from barometer import wording
from barometer.catalogue import ALL
from barometer.divisions import SMALL_LEVELS, division_label
from barometer.export import Sheet
from barometer.export.frames import frame_sheet
from barometer.own_codes import plain_id
from barometer.pictures import Format
from barometer.queries.labs import RowRange, lab_frame
from barometer.selection.labs import DIMENSIONS, Dimension
from barometer.ui.address import address, view_address
from barometer.ui.base.section import card_picture, first_rows
from barometer.ui.own import own_about
from barometer.ui.pages.lab import ids, words
from barometer.ui.pages.lab.controls import title
from barometer.ui.pages.lab.state import LabState, area_name
from barometer.ui.parts import asked_rows, row_words
from barometer.wording.labs import table_sentence

PIECE: Final = 20_000  # rows of a file that are in memory at a time
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
    chart = first_rows(told, first, language=state.language)
    return card_picture(state, chart, finding=title(state), heading=sentence(state), kind=kind)


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


def lab_sheet(state: LabState) -> Sheet:
    """Every row of the view in its order, with the company that its numbers keep."""
    lab, language = state.lab, state.language
    frame = _spread(state) if lab.columns else _with_unit(state, state.frame(lab, RowRange(0, 0)))
    names = {column: column_label(state, column) for column in state.columns}
    return frame_sheet(
        frame,
        stem=("lab", *lab.indicators[:2], *map(_plain, lab.areas[:2])),
        title=title(state),
        query=lab.to_query(),
        headings={column: words.plain(name) for column, name in names.items()},
        in_words={
            "background": state.background,
            **{
                f"{column}_status": partial(wording.missing_reason, language=language)
                for column in names
            },
        },
        provenance=state.provenance,
        language=language,
        catalogue=state.context.catalogue,
        address=view_address(state.path, lab.to_query()),
        holds=lab.indicators,
        about=[*[(words.CUT[language], cut) for cut in state.cuts], *_own(state)],
        pieces=None if lab.columns else _pieces(state),
        marks=state.marks,
    )


def _own(state: LabState) -> list[tuple[str, str]]:
    """What the own areas among the chosen ones consist of."""
    named = [(code, area_name(state, code)) for code in state.lab.codes]
    return own_about(state.reader, named, language=state.language)


def _pieces(state: LabState) -> Callable[[], Iterator[pd.DataFrame]]:
    """The long table in pieces, asked for while the file is sent."""
    asks = [
        state.reader.later(lab_frame, state.lab, offer=state.offer, page=RowRange(start, PIECE))
        for start in range(0, state.n_values, PIECE)
    ]
    return lambda: (_with_unit(state, ask()) for ask in asks)


def _with_unit(state: LabState, frame: pd.DataFrame) -> pd.DataFrame:
    units = {i: state.indicator(i).unit for i in state.lab.indicators}
    return frame.assign(unit=frame["indicator"].map(units)) if "indicator" in frame else frame


def _spread(state: LabState) -> pd.DataFrame:
    """The spread table; beside a column with gaps that have a reason stands the reason."""
    frame = state.spread()
    values = {f"v{n}": column for n, column in enumerate(state.columns)}
    reasons = {f"s{n}": f"{column}_status" for n, column in enumerate(state.columns)}
    empty = [name for name in reasons if frame[name].isna().all()]
    return _with_unit(state, frame.drop(columns=empty).rename(columns=values | reasons))


def _plain(token: str) -> str:
    """A place or a set of places as part of a file's name."""
    level, at, within = token.rpartition("@")
    return f"{level}-{plain_id(within)}" if at else plain_id(token)
