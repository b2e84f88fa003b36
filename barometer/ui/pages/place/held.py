"""What each file of the page is made of, and indicators by name beside their codes."""

from collections.abc import Iterator, Sequence

import pandas as pd

from barometer import wording
from barometer.catalogue import Catalogue, Grouping, Indicator
from barometer.divisions import Language
from barometer.export.meaning import CHALLENGED
from barometer.ui.pages.place import words


def held_indicators(frame: pd.DataFrame, catalogue: Catalogue) -> tuple[Indicator, ...]:
    """The indicators of a frame: its rows', or else its columns'."""
    known = catalogue.indicators
    in_rows = "indicator_id" in frame
    codes = frame["indicator_id"].dropna().unique() if in_rows else frame.columns
    held = [str(code) for code in codes if code in known]
    if CHALLENGED in codes:
        held += ["area_type", "population"]
    return tuple(known[code] for code in dict.fromkeys(held))


def tables_of(
    frame: pd.DataFrame, used: Sequence[Indicator], measured: Sequence[Grouping]
) -> Iterator[str]:
    """The tables of indicators in the years of a frame, and of what is measured in it."""
    years = frame["year"].dropna().unique().tolist() if "year" in frame else []
    for indicator in used:
        ids = [indicator.source_ids_in(int(year)) for year in years]
        yield from (found for own in (ids or [indicator.source_ids]) for found in own)
    for grouping in measured:
        yield from grouping.source_ids


def with_names(frame: pd.DataFrame, catalogue: Catalogue, language: Language) -> pd.DataFrame:
    """Indicators by name and unit beside their codes."""
    if "indicator_id" not in frame:
        return frame
    codes = frame["indicator_id"]
    known = {code: catalogue.indicators[code] for code in codes if code in catalogue.indicators}
    names = {code: own.name[language] for code, own in known.items()}
    units = {code: wording.unit_name(own, language=language) for code, own in known.items()}
    names[CHALLENGED] = words.CHALLENGED[language]
    units[CHALLENGED] = wording.code_name("unit", "percent", language=language)
    named = frame.copy()
    named.insert(1, "indicator", codes.map(names))
    named.insert(2, "unit", codes.map(units))
    return named
