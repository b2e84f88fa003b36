"""Safety and crime on a place: of its kommun, against riket and other kommuner, over the years."""

from typing import Final

import pandas as pd
from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.queries.portraits import safety_series
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.base.section import Section
from barometer.ui.pages.place import words
from barometer.ui.pages.place.state import PlaceState

SECTOR: Final = "trygghet"
YEARS_BACK: Final = 5


def safety_frame(state: PlaceState) -> pd.DataFrame:
    """Every indicator of the sector in every year, of the kommun in which the place lies."""
    found = tuple(own.indicator_id for own in state.catalogue.of_sector(SECTOR))
    return state.reader.once(safety_series, found, kommun=_kommun(state))


def _kommun(state: PlaceState) -> str:
    area = state.area
    return area.area_id if area.level == "kommun" else area.kommun_id or area.area_id


def _sentences(state: PlaceState, frame: pd.DataFrame) -> list[str]:
    """What there is, of whom, and what cannot be had."""
    language, area = state.language, state.area
    if frame.empty:
        return [words.SAFETY_NONE[language]]
    own = area.level == "kommun"
    name = area.name if own else area.kommun or area.name
    said = words.SAFETY_OWN if own else words.SAFETY_KOMMUN
    return [said[language].format(kommun=name), words.SAFETY_LEVEL[language]]


def _table(state: PlaceState, frame: pd.DataFrame) -> Component:
    """A row an indicator: the latest year, riket, the median, and some years before."""
    language = state.language
    heads = [
        words.MEASURE[language],
        site_words.YEAR[language],
        words.SAFETY_VALUE[language],
        words.SAFETY_RIKET[language],
        words.KOMMUN_MEDIAN[language],
        words.SAFETY_BEFORE[language],
        words.SOURCE[language],
    ]
    rows = [_row(state, series) for _, series in frame.groupby("indicator_id", sort=False)]
    return parts.table(heads, rows, label=words.SAFETY[language], texts=(0, 5, 6))


def _row(state: PlaceState, series: pd.DataFrame) -> list[object]:
    language = state.language
    last = series.iloc[-1]
    indicator = state.indicator(str(last["indicator_id"]))
    earlier = series[series["year"] <= last["year"] - YEARS_BACK]
    before = earlier.iloc[-1] if len(earlier) else series.iloc[0]

    def amount(value: float) -> str:
        return wording.value(value, indicator=indicator, language=language)

    then = (
        "–" if before["year"] == last["year"] else f"{amount(before['value'])} ({before['year']})"
    )
    return [
        indicator.name[language],
        str(last["year"]),
        html.B(amount(last["value"])),
        amount(last["riket"]),
        amount(last["median"]),
        then,
        wording.agency_name(str(last["agency"]), language=language),
    ]


def _notes(state: PlaceState, _: pd.DataFrame) -> list[str]:
    return [words.SAFETY_NOTE[state.language]]


def _applies(state: PlaceState) -> bool:
    return state.area.level not in ("riket", "lan") and bool(_kommun(state))


SAFETY: Final = Section(
    key="safety",
    heading=words.SAFETY,
    frame=safety_frame,
    applies=_applies,
    sentences=_sentences,
    notes=_notes,
    table=_table,
    folded=False,
)
