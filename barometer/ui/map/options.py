"""What the map's controls offer, given the rest of the view."""

from dataclasses import replace
from typing import Any

from barometer import wording
from barometer.catalogue import Catalogue
from barometer.divisions import LEVELS, RIKET, level_name, parse_area_code
from barometer.selection import (
    FEWEST_CLASSES,
    MOST_CLASSES,
    Offer,
    Selection,
    can_be_one,
    can_be_steady,
    grouping_choices,
    layers_of,
    years_before,
)
from barometer.ui import words

NEAR_YEARS = 5  # how far back a change begins when a reader first asks for one


def options(selection: Selection, *, catalogue: Catalogue, offer: Offer) -> dict[str, Any]:
    """Everything the controls offer."""
    years = offer.years_of(selection.indicator, selection.level)
    return {
        "years": list(years),
        "levels": _levels(selection, catalogue, offer),
        "backgrounds": _backgrounds(selection, catalogue, offer),
        "within": _within(selection, offer),
        "layers": _layers(selection, catalogue, offer),
        "groupings": _groupings(selection, catalogue, offer),
        "classes": [str(n) for n in _class_numbers(selection)],
        "steady": can_be_steady(selection),
        "one": can_be_one(selection, catalogue),
        **_company(selection, catalogue, offer),
    }


def _levels(selection: Selection, catalogue: Catalogue, offer: Offer) -> list[dict[str, Any]]:
    """Every level below riket; of area types those that some indicator gives types."""
    classed = catalogue.indicators[selection.indicator].categories
    typed = _types(catalogue, offer) if classed else {}
    there = {*offer.levels_of(selection.indicator), *typed}
    return [
        {
            "value": level,
            "label": level_name(level, language=selection.language),
            "disabled": level not in there,
        }
        for level in LEVELS
        if level != "riket"
    ]


def _backgrounds(selection: Selection, catalogue: Catalogue, offer: Offer) -> list[dict[str, str]]:
    named = (
        (b, wording.background_name(b, catalogue=catalogue, language=selection.language))
        for b in offer.backgrounds[selection.indicator]
    )
    return [{"value": background, "label": name.capitalize()} for background, name in named]


def _within(selection: Selection, offer: Offer) -> list[dict[str, str]]:
    """Riket, and the län and kommun of the opened place or of the limit that is set."""
    codes = [RIKET]
    for place in (selection.within, selection.area or ""):
        code = parse_area_code(place)
        codes += [c for c in (code.lan_id, code.kommun_id) if c] if code else []
    smaller = {RIKET: 0, **{c: 1 if len(c) == 2 else 2 for c in codes if c != RIKET}}
    fitting = [
        code
        for code in dict.fromkeys(codes)
        if code == RIKET or (code in offer.names and smaller[code] < LEVELS.index(selection.level))
    ]
    return [{"value": code, "label": _whole(code, selection, offer)} for code in fitting]


def _whole(code: str, selection: Selection, offer: Offer) -> str:
    if code == RIKET:
        return words.WHOLE_COUNTRY[selection.language]
    level = "lan" if len(code) == 2 else "kommun"
    return wording.place(offer.names[code], level, language=selection.language)


def _layers(selection: Selection, catalogue: Catalogue, offer: Offer) -> list[dict[str, str]]:
    there = layers_of(selection, catalogue=catalogue, offer=offer)
    return [
        {"value": layer, "label": wording.layer_name(layer, language=selection.language)}
        for layer in there
    ]


def _groupings(selection: Selection, catalogue: Catalogue, offer: Offer) -> list[dict[str, str]]:
    """The partitions that the measure can be made on; none where there is no choice."""
    there = grouping_choices(selection, selection.layer, catalogue, offer=offer)
    names = {i: found.name for i, found in catalogue.indicators.items()}
    names |= {g: found.name for g, found in catalogue.groupings.items()}
    return [{"value": own, "label": names[own][selection.language]} for own in there]


def _class_numbers(selection: Selection) -> range:
    step = 1 if selection.middle is None else 2
    return range(FEWEST_CLASSES, MOST_CLASSES + 1, step)


def _company(selection: Selection, catalogue: Catalogue, offer: Offer) -> dict[str, Any]:
    """The years that a change can begin in, and what can stand beside the map."""
    classed = bool(catalogue.indicators[selection.indicator].categories)
    can_change = not (classed and selection.layer == "value")
    others = [
        i
        for i in offer.indicators
        if i != selection.indicator and offer.years_of(i, selection.level)
    ]
    years = [y for y in offer.years_of(selection.indicator, selection.level) if y != selection.year]
    default = next(iter([*_kin(selection, catalogue, others), *map(str, years[-1:])]), "")
    before = years_before(selection, offer=offer) if can_change else ()
    return {
        "since": [str(year) for year in reversed(before)],
        "since_start": _start_of_change(selection, offer) if can_change else None,
        "compare_start": default,
        "compare_years": [str(year) for year in reversed(years)],
        "types": _types(catalogue, offer),
    }


def _types(catalogue: Catalogue, offer: Offer) -> dict[str, str]:
    """The levels that have area types, with the indicator that gives them; SCB's own first."""
    typed: dict[str, str] = {}
    for name, indicator in catalogue.indicators.items():
        for level in offer.levels_of(name) if indicator.categories else ():
            typed.setdefault(level, name)
    return typed


def _start_of_change(selection: Selection, offer: Offer) -> dict[str, str] | None:
    """The change that a reader sees first: to this year, or to the last that has years before."""
    for year in (selection.year, *reversed(offer.years_of(selection.indicator, selection.level))):
        before = years_before(replace(selection, year=year), offer=offer)
        if before and year <= selection.year:
            since = min(before, key=lambda y: abs(y - year + NEAR_YEARS))
            return {"year": str(year), "since": str(since)}
    return None


def _kin(selection: Selection, catalogue: Catalogue, others: list[str]) -> list[str]:
    """Other indicators, those of other sectors first in the catalogue's order."""
    own = catalogue.indicators[selection.indicator].sector
    shares = [i for i in catalogue.indicators if i in set(others)]
    known = [i for i in shares if catalogue.indicators[i].is_share]
    return sorted(known, key=lambda i: catalogue.indicators[i].sector == own)
