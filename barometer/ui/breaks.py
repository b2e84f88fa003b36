"""Marks on time lines: breaks, efforts of the register, and what they mean in words."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from barometer import wording
from barometer.catalogue import Break, CatalogueError
from barometer.catalogue.efforts import RegisteredEffort, registered_efforts
from barometer.divisions import LEVELS, Language, parse_area_code
from barometer.own_codes import is_own, read_own
from barometer.ui import words
from barometer.ui.context import Context
from barometer.ui.figures import QUIET

MARK: Final = "*"  # after a year in a table, and before the sentence about it
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
        figure.add_vline(x=at, line={"width": 1, "dash": dash, "color": QUIET})


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


def break_notes(
    breaks: Sequence[Break],
    years: Iterable[int],
    *,
    events: Sequence[RegisteredEffort] = (),
    language: Language,
) -> list[str]:
    """What the marks of some years mean: of breaks, then of events."""
    drawn = [int(year) for year in years]
    first, last = min(drawn, default=0), max(drawn, default=0)
    said = wording.breaks_sentences(breaks, first=first, last=last, language=language)
    marked = [f"{MARK} {sentence}" for sentence in said]
    return [*marked, *event_notes(events, drawn, language=language)]


_COLOUR: Final = "#8a6a00"


def events_of(
    context: Context, places: Collection[str], *, others: Sequence[RegisteredEffort] = ()
) -> tuple[RegisteredEffort, ...]:
    """The efforts that name one of some places, earliest first; none where the register is faulty.

    `others` are those of a link.
    """
    try:
        indicators = context.catalogue.indicators
        found = registered_efforts(context.settings.data_dir, indicators=indicators)
    except CatalogueError:  # told on the page of evaluations
        found = ()
    concerned = [e for e in dict.fromkeys((*found, *others)) if not set(e.areas).isdisjoint(places)]
    return tuple(sorted(concerned, key=lambda effort: effort.start))


def named_by(*codes: str | None) -> frozenset[str]:
    """The places whose efforts concern some areas: themselves, their kommun, an own area's parts.

    An effort in a part of a kommun is none of the kommun's; one of the kommun is one of its parts'.
    """
    found: set[str] = set()
    for code in filter(None, codes):
        own = read_own(code).own if is_own(code) else None
        parsed = parse_area_code(code)
        found |= {code, *(own.area_ids if own else ())}
        found |= {parsed.kommun_id} if parsed and parsed.kommun_id else set()
    return frozenset(found)


def events_within(
    events: Iterable[RegisteredEffort], years: Iterable[int]
) -> list[RegisteredEffort]:
    """Those that begin after the first of some years and not after the last."""
    drawn = [int(year) for year in years]
    first, last = min(drawn, default=0), max(drawn, default=0)
    return [event for event in events if first < event.start <= last]


def mark_events(
    figure: go.Figure, years: Iterable[int], *, events: Sequence[RegisteredEffort]
) -> None:
    """An upright numbered line between the last year before each event and the first after."""
    for number, event in enumerate(events_within(events, years), 1):
        figure.add_vline(
            x=event.start - 0.5,
            line={"width": 1.5, "color": _COLOUR},
            annotation={"text": str(number), "yanchor": "bottom", "font": {"color": _COLOUR}},
        )


def event_notes(
    events: Sequence[RegisteredEffort], years: Iterable[int], *, language: Language
) -> list[str]:
    """What the marks mean."""
    return [
        words.EVENT_NOTE[language].format(
            mark=number,
            what=event.what,
            who=f" ({event.who})" if event.who else "",
            year=event.start,
        )
        for number, event in enumerate(events_within(events, years), 1)
    ]
