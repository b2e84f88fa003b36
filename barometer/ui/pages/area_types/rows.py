"""The list of areas that changed type: what the client's table is told, and its rows."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from barometer import wording
from barometer.ui.links import address
from barometer.ui.pages.area_types import (
    ids,
    words,
)
from barometer.ui.pages.area_types.state import AreaTypesState, changes_frame
from barometer.ui.rows import asked_rows, row_words


def specification(state: AreaTypesState) -> dict[str, Any] | None:
    """What assets/35-rows.js draws; None without an earlier year."""
    view, language = state.view, state.language
    if view.since == view.year:
        return None
    n = len(state.once(changes_frame))
    headings = (
        ("label", words.AREA[language], False),
        ("kommun", words.KOMMUN[language], False),
        ("first", words.THEN[language].format(year=view.since), True),
        ("second", words.THEN[language].format(year=view.year), True),
        ("recomputed", words.OURS[language].format(year=view.year), True),
        ("residents", words.PERSONS[language], True),
        ("marks", wording.MARK[language], False),
    )
    return {
        "node": ids.ROWS,
        "source": f"/omradestyper/rows{view.to_query()}",
        "count": n,
        "columns": [{"name": k, "heading": h, "number": number} for k, h, number in headings],
        "sort": view.sort,
        "store": ids.SORT,
        "label": words.LIST[language],
        "words": row_words(n, language=language),
    }


def some(state: AreaTypesState, asked: Mapping[str, str]) -> list[list[object]]:
    """The rows from `from` on, `n` of them, in the view's order."""
    start, n = asked_rows(asked)
    return [
        _row(state, row) for row in state.once(changes_frame)[start : start + n].to_dict("records")
    ]


def _row(state: AreaTypesState, row: dict[Any, Any]) -> list[object]:
    language = state.language
    place = address("/plats", language=language, area=row["area_id"], year=state.view.year)

    def whole(value: float) -> str | None:
        return None if pd.isna(value) else wording.number(value, decimals=0, language=language)

    marks = row["marks"]
    return [
        {"text": row["label"], "href": place},
        row["kommun"],
        *(whole(row[name]) for name in ("first", "second", "recomputed", "residents")),
        None if pd.isna(marks) else wording.mark_names(marks, language=language),
    ]
