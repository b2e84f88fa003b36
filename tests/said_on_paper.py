"""The HTML of report and agenda as it is read: sentences, and tables row by row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from typing import Final

import pandas as pd

from barometer.ui.pages.place.agenda import agenda
from barometer.ui.pages.place.amounts import name_of
from barometer.ui.pages.place.frames import comparison, key_frame
from barometer.ui.pages.place.report import report
from barometer.ui.pages.place.segregated import segregation_frame
from barometer.ui.pages.place.state import PlaceState, series_frame
from tests.held import Held, stated

TODAY: Final = date(2026, 1, 2)
_BLOCKS: Final = ("p", "li", "h1", "h2", "h3", "figcaption", "dt", "dd", "caption")
_AMOUNT: Final = re.compile(r"[−+]?(?:SEK )?\d")
_CELLS: Final = ("th", "td")
_EMPTY: Final = ("br", "hr", "img", "input", "link", "meta", "wbr")
_AXIS: Final = "__axis"
_SILENT: Final = ("style", "svg", "title", "footer", "header", "option", "button")


@dataclass
class Paper(HTMLParser):
    """The sentences of a document, and its tables as rows of cells."""

    sentences: list[str] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._hidden: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins, or what is not read."""
        if tag not in _EMPTY and (self._hidden or tag in _SILENT or _AXIS in str(dict(attrs))):
            self._hidden.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in _CELLS:
            self.tables[-1][-1].append("")
            self._open.append(tag)
        elif tag == "span" and self._open and not self._hidden:
            self.handle_data(" ")
        elif tag in _BLOCKS:
            self.sentences.append("")
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """A block ends."""
        if self._hidden and tag == self._hidden[-1]:
            self._hidden.pop()
        if self._open and tag == self._open[-1]:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Text of the innermost block."""
        if self._hidden or not self._open:
            return
        if self._open[-1] in _CELLS:
            self.tables[-1][-1][-1] += data
        else:
            self.sentences[-1] += data


def papers(state: PlaceState) -> tuple[Paper, ...]:
    """Report and agenda, read."""
    found = Paper(), Paper()
    for paper, make in zip(found, (report, agenda), strict=True):
        paper.feed(make(state, today=TODAY))
    return found


def wrong_rows(state: PlaceState, paper: Paper) -> Iterator[str]:
    """Cells whose number is not of the indicator that their row names, or not of their year."""
    rows = {name_of(state, i): i for i in state.portrait.rows["indicator_id"]}
    rows |= {name_of(state, i): i for i in state.once(key_frame)["indicator_id"]}
    for head, *body in (table for table in paper.tables if len(table) > 1):
        years = {n: int(cell) for n, cell in enumerate(head) if cell.strip().isdigit()}
        for name, *cells in (row for row in body if row):
            if (own := rows.get(name.strip())) is not None:
                yield from _wrong_cells(state, own, cells, years)


def _wrong_cells(
    state: PlaceState, indicator_id: str, cells: list[str], years: dict[int, int]
) -> Iterator[str]:
    frames = _of(state, indicator_id)
    every = Held.of(*frames, cells_only=True)
    for n, cell in enumerate(cells, start=1):
        own = _in_year(frames, years[n]) if n in years else []
        known = Held.of(*own, cells_only=True) if own else every
        if not _AMOUNT.match(cell.strip()):
            continue  # a definition, a table's code or a reason
        for kind, number in stated(cell, state.language):
            if not known.holds(kind, number):
                yield f"{indicator_id}: {cell!r} of {cells} states {number}"


def _of(state: PlaceState, indicator_id: str) -> list[pd.DataFrame]:
    """The frames' rows of one indicator, and what it is compared with."""
    frames = (state.portrait.rows, state.once(series_frame), state.once(key_frame))
    own = [frame[frame["indicator_id"] == indicator_id] for frame in frames if len(frame)]
    measured = state.once(segregation_frame)
    own.append(measured[measured["grouping_id"] == indicator_id])
    at = comparison(state, indicator_id) if indicator_id in state.catalogue.indicators else None
    return [*own, pd.DataFrame([vars_of(at)])] if at is not None else own


def vars_of(record: object) -> dict[str, object]:
    """The fields of a record with slots or without."""
    names = getattr(record, "__dataclass_fields__", {})
    return {name: getattr(record, name) for name in names}


def _in_year(frames: list[pd.DataFrame], year: int) -> list[pd.DataFrame]:
    return [frame[frame["year"] == year] for frame in frames if "year" in frame]
