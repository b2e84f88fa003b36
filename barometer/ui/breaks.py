"""Where figures before and after are not fully comparable: marks, cut lines and words."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from barometer import wording
from barometer.catalogue import Break
from barometer.divisions import LEVELS, Language

MARK: Final = "*"  # after a year in a table, and before the sentence about it
_QUIET: Final = "#868b94"
_DASHED, _DOTTED = "4px 3px", "1px 3px"


def mark_breaks(figure: go.Figure, years: Iterable[int], *, breaks: Sequence[Break]) -> None:
    """An upright line before each break within the years: dashed where no line crosses it."""
    shown = [int(year) for year in years]
    first, last = min(shown, default=0), max(shown, default=0)
    within = sorted(
        (found.severs, found.year) for found in breaks if first < found.year <= last
    )  # of two in a year the severing one
    for at, severs in {year - 0.5: severs for severs, year in within}.items():
        dash = _DASHED if severs else _DOTTED
        figure.add_vline(x=at, line={"width": 1, "dash": dash, "color": _QUIET})


def stretches(years: pd.Series, *, breaks: Sequence[Break]) -> pd.Series:
    """A number for each year: the same for years that no severing break parts.

    One at some levels only is a change of division, which a frame's rows tell themselves.
    """
    return pd.Series(np.searchsorted(severing(breaks), years, side="right"), index=years.index)


def severing(breaks: Iterable[Break]) -> list[int]:
    """The first years after the severing breaks at every level, in order."""
    return sorted(found.year for found in breaks if found.severs and found.levels == LEVELS)


def comparable(frame: pd.DataFrame, *, breaks: Sequence[Break], year: int) -> pd.DataFrame:
    """The rows that no severing break parts from a year. Column: year."""
    found = stretches(pd.Series([*frame["year"], year]), breaks=breaks).to_numpy()
    return frame[found[:-1] == found[-1]]


def year_mark(year: int, *, breaks: Sequence[Break], first: int) -> str:
    """A year as a table writes it: marked where a break parts it from an earlier year shown."""
    parted = any(found.year == year > first for found in breaks)
    return f"{year}{MARK}" if parted else str(year)


def break_notes(breaks: Sequence[Break], *, first: int, last: int, language: Language) -> list[str]:
    """What the marks of the years mean."""
    said = wording.breaks_sentences(breaks, first=first, last=last, language=language)
    return [f"{MARK} {sentence}" for sentence in said]
