"""The profile's small figures as pictures to take along: strips, stacks and dots."""

from typing import Any

import pandas as pd

from barometer import wording
from barometer.pictures import (
    DotStack,
    Panels,
    PointMark,
    SpreadMark,
    Stack,
    Stacks,
    Strip,
    Strips,
    tokens,
)
from barometer.ui import words as site_words
from barometer.ui.pages.place import words
from barometer.ui.pages.place.amounts import axis, format_value, name_of, type_shares
from barometer.ui.pages.place.maps import TYPE_COLOURS
from barometer.ui.pages.place.state import PlaceState

Row = dict[Any, Any]
_UNITS = ("percent", "class")  # those that stand on an axis of per cent


def key_chart(state: PlaceState, frame: pd.DataFrame) -> Strips:
    """The key figures beside län, riket and the spread of the level's areas."""
    return _strips(state, frame, compared=True)


def outstanding_chart(state: PlaceState, frame: pd.DataFrame) -> Strips:
    """What stands out, among the level's areas."""
    return _strips(state, frame, compared=False)


def _strips(state: PlaceState, frame: pd.DataFrame, *, compared: bool) -> Strips:
    rows = frame.to_dict("records")
    shown = [row for row in rows if _is_share(state, row)]
    ends = [row[n] for row in shown for n in ("value", "lan", "riket", "p10", "p90")]
    high = axis([0.0, *ends])[1] if any(map(wording.is_known, ends)) else 100.0
    every = words.EVERY_POSSESSIVE.get(state.peers)
    labels = {}
    if state.area.level != "riket" and every is not None:
        of = {"median": every, **dict.fromkeys(("half", "most"), words.EVERY_OBJECT[state.peers])}
        language = state.language
        labels = {
            f"{name}_label": words.SPREAD_KEY[name][language].format(every=text[language])
            for name, text in of.items()
        }
    strips = tuple(_strip(state, row, compared=compared) for row in rows)
    return Strips(strips, place=state.area.name, high=high, **labels)


def _is_share(state: PlaceState, row: Row) -> bool:
    indicator = state.catalogue.indicators.get(row["indicator_id"])
    return indicator is None or indicator.unit in _UNITS


def _strip(state: PlaceState, row: Row, *, compared: bool) -> Strip:
    """A row on the common axis; what is no share has its number in words."""
    label = f"{name_of(state, row['indicator_id'])}, {int(row['year'])}"
    text = format_value(state, row["indicator_id"], row["value"])
    if not wording.is_known(row["value"]) or not _is_share(state, row):
        return Strip(label, None, text, reason=text)
    spread = None
    if state.area.level != "riket" and wording.is_known(row["median"]):
        half = (row["lower_quartile"], row["upper_quartile"])
        spread = SpreadMark(row["median"], half, (row["p10"], row["p90"]))
    looks: tuple[tuple[str, str, Any], ...] = (
        ("lan", "#3f6f5c", "diamond"),
        ("riket", tokens.MUTED, "triangle"),
    )
    marks = tuple(
        PointMark(row[role], colour, shape, wording.ROLES[role][state.language])
        for role, colour, shape in looks
        if compared and wording.is_known(row[role])
    )
    return Strip(label, float(row["value"]), text, spread, marks)


def types_chart(state: PlaceState, frame: pd.DataFrame) -> Stacks:
    """The residents by area type, here and in riket."""
    language = state.language
    own, riket = type_shares(frame)
    rows = [(state.area.name, own)]
    if state.area.level != "riket":
        rows.append((wording.ROLES["riket"][language], riket))
    return Stacks(
        tuple(
            Stack(
                name,
                shares,
                tuple(wording.number(s, decimals=1, language=language) for s in shares),
            )
            for name, shares in rows
        ),
        tuple(name[language] for name in site_words.TYPE_NAMES),
        TYPE_COLOURS,
    )


def inside_chart(state: PlaceState, frame: pd.DataFrame) -> Panels:
    """A dot an area for each of a few indicators; the place itself is named."""
    panels = []
    for indicator_id, part in frame.groupby("indicator_id", sort=False):
        low, high = axis(part["value"].tolist())
        median = float(part["value"].median())
        text = format_value(state, str(indicator_id), median)
        own = part[part["is_place"]]
        named = tuple(
            PointMark(float(v), tokens.PLACE, "round", f"{state.area.name} {shown}")
            for v in own["value"]
            if (shown := format_value(state, str(indicator_id), float(v)))
        )
        dots = DotStack(
            part["value"].tolist(),
            median,
            words.MEDIAN_VALUE[state.language].format(value=text),
            named,
            low=low,
            high=high,
        )
        panels.append((f"{name_of(state, str(indicator_id))}, {part['year'].iloc[0]}", dots))
    return Panels(tuple(panels))
