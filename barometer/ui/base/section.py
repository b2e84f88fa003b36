"""A section of a page as a value: one frame, and what is said, drawn and listed of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import pandas as pd
from dash.development.base_component import Component

from barometer.catalogue import Text
from barometer.divisions import Language
from barometer.pictures import Card, Chart, Format, TableChart, picture
from barometer.ui import parts, words
from barometer.ui.base.plotted import can_be_drawn, chart_of
from barometer.ui.base.state import PageState
from barometer.ui.downloads import downloads

StateT = TypeVar("StateT", bound=PageState[Any])


def nothing(*_: Any) -> None:
    """No drawing, or no table."""


def no_notes(*_: Any) -> Sequence[str]:
    """No sentences."""
    return ()


def always(*_: Any) -> bool:
    """Whatever the state is."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Generic[StateT]):
    """One frame, and everything on the page and in the files that is made of it.

    `key` is the section's anchor and, unless `file` is another name, the file's. `sentences`,
    `notes` and `table` get the state and the frame; `drawing` gets its label too: the first
    sentence, or the heading. Of an empty frame there are sentences and `when_empty` only, and no
    file. A `folded` table stands under a summary. `applies` tells whether the page has the section
    in a state; its file is there whenever its frame is. As a picture, PNG and SVG, it is
    its `chart`, or else what `chart_of` makes of its drawing or table; what is neither has none.
    Its title is the first sentence, or the `finding` where the sentences say what is shown only.
    """

    key: str
    heading: Text | Callable[[StateT], str]
    frame: Callable[[StateT], pd.DataFrame]
    sentences: Callable[[StateT, pd.DataFrame], Sequence[str]] = no_notes
    drawing: Callable[[StateT, pd.DataFrame, str], Component | None] = nothing
    table: Callable[[StateT, pd.DataFrame], Component | None] = nothing
    notes: Callable[[StateT, pd.DataFrame], Sequence[str]] = no_notes
    when_empty: Callable[[StateT], Component | None] = nothing
    applies: Callable[[StateT], bool] = always
    folded: bool = True
    file: str = ""
    chart: Callable[[StateT, pd.DataFrame], Chart | None] | None = None
    finding: Callable[[StateT], str] | None = None

    @property
    def file_key(self) -> str:
        """The name of the section's file in an address."""
        return self.file or self.key

    def heading_of(self, state: StateT) -> str:
        """The heading in the reader's language."""
        if isinstance(self.heading, Text):
            return self.heading[state.language]
        return self.heading(state)

    def render(self, state: StateT) -> Component | None:
        """The section as it stands on the page; None where the page has none in this state."""
        if not self.applies(state):
            return None
        frame, heading = state.once(self.frame), self.heading_of(state)
        sentences = list(self.sentences(state, frame))
        anchor = f"{state.prefix}-{self.key}"
        if frame.empty:
            figure = self.when_empty(state)
            return parts.section(anchor, heading, sentences=sentences, figure=figure)
        table = self.table(state, frame)
        label = next((sentence for sentence in sentences if sentence), heading)
        figure = self.drawing(state, frame, label)
        pictured = self.chart is not None or can_be_drawn(figure, table)
        if table is not None and self.folded:
            table = parts.folded(table, language=state.language)
        path = state.path.strip("/")
        return parts.section(
            anchor,
            heading,
            sentences=sentences,
            figure=figure,
            notes=self.notes(state, frame),
            table=table,
            files=downloads(
                f"{path}/{self.file_key}",
                state.query,
                language=state.language,
                anchor=anchor,
                picture=f"{path}/{self.key}" if pictured else "",
                embed=state.framed,
            ),
        )

    def picture(self, state: StateT, kind: Format) -> bytes | None:
        """The section on a card that can travel alone; None where there is nothing to draw."""
        frame = state.once(self.frame)
        if frame.empty or not self.applies(state):
            return None
        heading = self.heading_of(state)
        said = next((line for line in self.sentences(state, frame) if line), heading)
        chart = self._chart(state, frame, said)
        if chart is None:
            return None
        finding, below = (self.finding(state), said) if self.finding else (said, heading)
        return card_picture(state, chart, finding=finding, heading=below, kind=kind)

    def _chart(self, state: StateT, frame: pd.DataFrame, label: str) -> Chart | None:
        if self.chart is not None:
            return self.chart(state, frame)
        drawn, table = self.drawing(state, frame, label), self.table(state, frame)
        return chart_of(drawn, table, state.language)


def card_picture(
    state: PageState[Any], chart: Chart, *, finding: str, heading: str, kind: Format
) -> bytes:
    """A chart of a page as PNG or SVG: the finding, what is measured, source, day and badge."""
    language, synthetic = state.language, state.provenance.snapshot.synthetic
    card = Card(
        heading=finding,
        subtitle=heading if heading != finding else state.title,
        source=parts.source_line(state.provenance, language=language),
        mark=words.SITE[language],
        badge=words.ORIGIN_EXAMPLE[language] if synthetic else "",
        language=language,
    )
    return picture(card, chart, format=kind)


def first_rows(
    told: Mapping[str, Any], rows: Sequence[Sequence[object]], *, language: Language
) -> TableChart:
    """The first rows of a table that is fetched in pieces; `told` is what its client is told."""

    def plain(cell: object) -> str:
        return str(cell["text"]) if isinstance(cell, dict) else str(cell or "–")

    return TableChart(
        tuple(column["heading"] for column in told["columns"]),
        tuple(tuple(map(plain, row)) for row in rows),
        words.PICTURE_ROWS[language].format(n="{n}", of=told["count"]),
    )


@dataclass(frozen=True, slots=True)
class Box(Generic[StateT]):
    """A component that is answered by itself, so that the quick ones do not wait.

    It holds sections, and what functions make of the state; a function may leave itself out. Boxes
    of one `group` are answered together, where they share what takes long. Without a component
    they stand in the page from the start. `after` is the store that it follows instead of the
    page's.
    """

    component: str
    content: tuple[Section[StateT] | Callable[[StateT], Any], ...]
    group: str = ""
    after: str = ""

    def fill(self, state: StateT) -> list[Any]:
        """What stands in the box in this state."""
        filled: list[Any] = []
        for part in self.content:
            rendered = part.render(state) if isinstance(part, Section) else part(state)
            filled += rendered if isinstance(rendered, list) else [rendered]
        return [part for part in filled if part is not None]
