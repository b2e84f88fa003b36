"""The lab's view as a sheet: the long table, or the spread one as it is shown."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

import pandas as pd

from barometer import wording
from barometer.export import Sheet
from barometer.export.frames import frame_sheet
from barometer.own_codes import plain_id
from barometer.queries.labs import RowRange, lab_frame
from barometer.ui.address import view_address
from barometer.ui.own import own_about
from barometer.ui.pages.lab import words
from barometer.ui.pages.lab.controls import title
from barometer.ui.pages.lab.state import LabState, area_name
from barometer.ui.pages.lab.table import column_label

PIECE: Final = 20_000  # rows that are in memory at a time


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
