"""What a reader's change of one control does to the rest of the map's address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from barometer.catalogue import Catalogue
from barometer.divisions import RIKET, Level
from barometer.selection.address import nearest
from barometer.selection.map_keys import comparable
from barometer.selection.maps import Selection, layers_of
from barometer.selection.offer import Offer

Values = dict[str, str]

NEAR_YEARS: Final = 5  # how far back a change begins when a reader first asks for one
COMPARISON: Final = ("since", "compare", "together")
RESET_BY_TAB: Final = (*COMPARISON, "layer", "grouping", "steady", "classes")


@dataclass(frozen=True, slots=True)
class Before:
    """The view that is changed, as the address's own values, and what there is to choose from."""

    selection: Selection
    catalogue: Catalogue
    offer: Offer


def changed(before: Before, key: str, value: str) -> Selection:
    """The view after a change of one control; what the change itself brings is no remark."""
    after = before.selection.to_values()
    if not value:
        after.pop(key, None)
    elif key in _RULES:
        _RULES[key](before, after, value)
    else:
        after[key] = value
    pairs = {name: [one] for name, one in after.items()}
    found = Selection.from_values(pairs, catalogue=before.catalogue, offer=before.offer)
    return found.view


def area_type_levels(catalogue: Catalogue, offer: Offer) -> dict[Level, str]:
    """The levels that have area types, with the indicator that gives them; SCB's own first."""
    found: dict[Level, str] = {}
    for name, indicator in catalogue.indicators.items():
        for level in offer.levels_of(name) if indicator.categories else ():
            found.setdefault(level, name)
    return found


def start_of_change(before: Before) -> tuple[int, int] | None:
    """The years (from, to) of the change that is shown first; None where none can be shown.

    To the view's year, or to the last one before it that has years with the same borders.
    """
    selection, offer = before.selection, before.offer
    if before.catalogue.indicators[selection.indicator].categories:
        return None
    years = offer.years_of(selection.indicator, selection.level)
    for year in (selection.year, *reversed(years)):
        earlier = comparable(years, level=selection.level, year=year)
        if earlier and year <= selection.year:
            return min(earlier, key=lambda y: abs(y - year + NEAR_YEARS)), year
    return None


def first_comparison(before: Before) -> str:
    """What stands beside the map first: a share of another sector, else another year."""
    selection, offer = before.selection, before.offer
    own = before.catalogue.indicators[selection.indicator].sector
    others = [
        i
        for i, found in before.catalogue.indicators.items()
        if i != selection.indicator
        and found.is_share
        and selection.year in offer.years_of(i, selection.level)
    ]
    others.sort(key=lambda i: before.catalogue.indicators[i].sector == own)
    years = [y for y in offer.years_of(selection.indicator, selection.level) if y != selection.year]
    return next(iter([*others, *map(str, years[-1:])]), "")


def first_local(before: Before) -> str:
    """The local measure that is shown first; empty where the view has none."""
    measures = layers_of(before.selection, catalogue=before.catalogue, offer=before.offer)[1:]
    return next(iter(measures), "")


def _drop(values: Values, *keys: str) -> None:
    for key in keys:
        values.pop(key, None)


def _mode(before: Before, values: Values, mode: str) -> None:
    """A tab of the map; one that the view does not have leaves the view as it is."""
    change = start_of_change(before) if mode == "change" else None
    other = first_comparison(before) if mode == "compare" else ""
    local = first_local(before) if mode == "local" else ""
    if not (mode == "level" or change or other or local):
        return
    _drop(values, *RESET_BY_TAB)
    if change:
        values |= {"since": str(change[0]), "year": str(change[1])}
    if other:
        values["compare"] = other
    if local:
        values["layer"] = local


def _level(before: Before, values: Values, level: str) -> None:
    """A place is a limit only while its areas are smaller than itself; types change with level."""
    within = values.get("within", RIKET)
    if level == "lan" or (level == "kommun" and len(within) == 4):
        values.pop("within", None)
    types = area_type_levels(before.catalogue, before.offer)
    classed = before.catalogue.indicators[before.selection.indicator].categories
    found = next((name for known, name in types.items() if known == level), None)
    if classed and found:
        values["indicator"] = found
    values["level"] = level


def _layer(_before: Before, values: Values, layer: str) -> None:
    _drop(values, "grouping", "classes")
    values["layer"] = layer


def _indicator(before: Before, values: Values, indicator: str) -> None:
    """What cannot be shown of the other indicator is left out instead of remarked on."""
    if values.get("compare") == indicator:
        _drop(values, "compare", "together")
    if values.get("grouping") == before.selection.indicator:
        values.pop("grouping", None)
    found = before.catalogue.indicators.get(indicator)
    if found and found.categories:
        _drop(values, *RESET_BY_TAB, "background")
    years = before.offer.years_of(indicator, before.selection.level)
    if before.selection.year not in years:
        _drop(values, "since")
    if before.selection.background not in before.offer.backgrounds.get(indicator, ()):
        values.pop("background", None)
    if indicator in before.offer.indicators:
        _near(before, values, indicator)
    values["indicator"] = indicator


def _near(before: Before, values: Values, indicator: str) -> None:
    """The nearest level and year that the indicator has."""
    levels = before.offer.levels_of(indicator)
    if before.selection.level not in levels:
        values["level"] = levels[-1]
    years = before.offer.years_of(indicator, values.get("level", levels[-1]))  # type: ignore[arg-type]
    if years and before.selection.year not in years:
        values["year"] = str(nearest(before.selection.year, years))


def _compare(_before: Before, values: Values, compare: str) -> None:
    values.pop("steady", None)
    values["compare"] = compare


def _play(_before: Before, values: Values, year: str) -> None:
    """While years are played a colour means the same in all of them."""
    values |= {"year": year, "steady": "1"}


_RULES: Final[Mapping[str, Callable[[Before, Values, str], None]]] = {
    "mode": _mode,
    "level": _level,
    "layer": _layer,
    "indicator": _indicator,
    "compare": _compare,
    "play": _play,
}
