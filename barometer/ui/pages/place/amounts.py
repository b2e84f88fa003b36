"""Names, written values and axes of the profile's figures."""

from collections.abc import Sequence

import pandas as pd

from barometer import wording
from barometer.export.meaning import CHALLENGED
from barometer.ui.pages.place import words
from barometer.ui.pages.place.state import PlaceState


def name_of(state: PlaceState, indicator_id: str) -> str:
    """The indicator's name; that of the share in types 1 and 2."""
    if indicator_id == CHALLENGED:
        return words.CHALLENGED[state.language]
    return state.name(indicator_id)


def format_value(state: PlaceState, indicator_id: str, amount: float) -> str:
    """A value as it is written; a dash where unknown."""
    if not wording.is_known(amount):
        return "–"
    if indicator_id == CHALLENGED:
        return wording.percent(amount, language=state.language)
    indicator = state.indicator(indicator_id)
    return wording.value(amount, indicator=indicator, language=state.language)


def axis(values: Sequence[float]) -> tuple[float, float]:
    """The ends of an axis in per cent that has room for the values: whole tens."""
    known = [v for v in values if wording.is_known(v)]
    low, high = min(known), max(known)
    start = 0.0 if low < 40 else 10.0 * (low // 10)
    return start, min(100.0, 10.0 * (high // 10 + 1)) if high <= 100 else high


def type_shares(frame: pd.DataFrame) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Per cent of the residents of typed areas in types 1 to 5: the place's and riket's."""
    typed = frame[frame["area_type"] > 0]
    own = 100 * typed["residents"] / typed["residents"].sum()
    riket = typed["riket_share_residents"] / typed["riket_share_residents"].sum() * 100
    return tuple(own), tuple(riket)
