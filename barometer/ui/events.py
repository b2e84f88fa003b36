"""Efforts of the register on time lines: a numbered mark where each begins, and what it is."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

import plotly.graph_objects as go

from barometer.catalogue import CatalogueError
from barometer.catalogue.efforts import RegisteredEffort, registered_efforts
from barometer.divisions import Language, parse_area_code
from barometer.own_codes import is_own, read_own
from barometer.ui import words
from barometer.ui.context import Context

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
