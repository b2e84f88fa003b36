"""The list of areas that changed type: what the client's table is told, and its rows."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from barometer import wording
from barometer.pictures import Format
from barometer.ui import words as site_words
from barometer.ui.address import address
from barometer.ui.base.section import card_picture, first_rows
from barometer.ui.pages.area_types import ids, words
from barometer.ui.pages.area_types.state import AreaTypesState, changes_frame
from barometer.ui.parts import asked_rows, row_words

_PICTURED: Final = 30  # rows at most; those that have no room are counted


def specification(state: AreaTypesState) -> dict[str, Any] | None:
    """What assets/modules/table/pages.mjs draws; None without an earlier year."""
    view, language = state.view, state.language
    if view.since == view.year:
        return None
    n = len(state.once(changes_frame))
    headings = (
        ("label", site_words.AREA[language], False),
        ("kommun", site_words.KOMMUN[language], False),
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


def picture(state: AreaTypesState, kind: Format) -> bytes | None:
    """The list as a picture, its first rows; None where nothing has changed type."""
    told = specification(state)
    if not told or not told["count"]:
        return None
    first = some(state, {"from": "0", "n": str(_PICTURED)})
    chart = first_rows(told, first, language=state.language)
    finding, heading = sentence(state), words.CHANGES[state.language]
    return card_picture(state, chart, finding=finding, heading=heading, kind=kind)


def sentence(state: AreaTypesState) -> str:
    """How many areas have changed type."""
    view, language, n = state.view, state.language, len(state.once(changes_frame))
    told = words.CHANGES_SOME if n else words.CHANGES_NONE
    counted = wording.number(n, language=language)
    return told[language].format(n=counted, where=state.where, since=view.since, year=view.year)


def _row(state: AreaTypesState, row: dict[Any, Any]) -> list[object]:
    language = state.language
    place = address("/plats", language=language, area=row["area_id"], year=state.view.year)

    def whole(value: float) -> str | None:
        return None if pd.isna(value) else wording.number(value, language=language)

    marks = row["marks"]
    return [
        {"text": row["label"], "href": place},
        row["kommun"],
        *(whole(row[name]) for name in ("first", "second", "recomputed", "residents")),
        None if pd.isna(marks) else wording.mark_names(marks, language=language),
    ]
