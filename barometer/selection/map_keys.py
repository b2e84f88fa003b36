"""How each key of the map's address is read against the catalogue and the snapshot."""

import re
from collections.abc import Callable
from typing import Final, cast

from barometer.catalogue import ALL, Catalogue
from barometer.divisions import (
    EVERY_LEVEL,
    LEVELS,
    OWN,
    RIKET,
    Division,
    Level,
    division_of,
    parse_area_code,
)
from barometer.selection.address import (
    Address,
    Reason,
    closest_choice,
    meant_area,
    nearest,
    whole_number,
)
from barometer.selection.offer import (
    LAYERS,
    MARKED,
    Layer,
    Marked,
    Offer,
    can_be_marked,
    first_indicator,
)
from barometer.selection.own import own_area

FEWEST_CLASSES: Final = 3
MOST_CLASSES: Final = 7
# Where everybody begins: area types, which sum up living conditions in one picture, at the level at
# which SCB makes them; where a snapshot has none, a figure about children.
DEFAULT_TYPES: Final = "area_type"
NOT_OF_TYPES: Final = ("level", "since", "compare", "layer", "grouping", "background", "steady")
DEFAULT_LEVEL: Final[Level] = "regso"


def same_code(area_id: str, *, division: Division) -> str:
    """The code that an area's number has in another division; its borders may differ there."""
    code = parse_area_code(area_id)
    bare = re.sub(r"_(DeSO|RegSO)2025$", "", area_id)
    if code is None or code.level not in ("regso", "deso") or division != "2025":
        return bare
    return f"{bare}_DeSO2025" if code.level == "deso" else f"{bare}_RegSO2025"


def default_indicator(address: Address, offer: Offer) -> str:
    """The indicator of an address that names none.

    Area types when it asks for nothing that they lack; else one that has the level it asks for.
    """
    there = offer.indicators
    plain = not any(address.values.get(key) for key in NOT_OF_TYPES)
    asked = (address.values.get("level") or [""])[0].strip()
    level = asked if asked in EVERY_LEVEL else closest_choice(asked, LEVELS)
    of_level = [i for i in there if level in offer.levels_of(i)] or list(there)
    return DEFAULT_TYPES if plain and DEFAULT_TYPES in of_level else first_indicator(of_level)


def marked_of(address: Address, level: Level) -> Marked:
    """Whether marked areas are in the view; at levels that have none they always are."""
    given = cast("Marked", address.word("marked", MARKED, default="in"))
    return given if can_be_marked(level) else "in"


def police_of(address: Address, offer: Offer) -> bool:
    """Whether the police's areas are outlined, where the data version has them."""
    asked = switched(address, "police", default=False)
    if asked and not offer.has_police:
        address.instead("police", "1", "0", (), "not_offered")
    return asked and offer.has_police


def indicator_of(address: Address, catalogue: Catalogue, offer: Offer) -> str:
    """The asked indicator, or one like it."""
    there = set(offer.indicators)
    offered = [i for i in catalogue.indicators if i in there]
    default = default_indicator(address, offer)
    given = address.given("indicator")
    if given is None or given in offered:
        return given or default
    if given in catalogue.indicators:
        sector = catalogue.of_sector(catalogue.indicators[given].sector)
        near = next((i.indicator_id for i in sector if i.indicator_id in offered), default)
        return address.instead("indicator", given, near, offered, "not_offered")
    names = {
        word: indicator
        for indicator in offered
        for word in (
            indicator,
            catalogue.indicators[indicator].name.sv,
            catalogue.indicators[indicator].name.en,
        )
    }
    meant = closest_choice(given, names)
    used = names[meant] if meant else default
    return address.instead("indicator", given, used, offered, "unknown")


def background_of(address: Address, indicator: str, offer: Offer) -> str:
    """The asked part of the population, or everybody."""
    choices = offer.backgrounds.get(indicator, (ALL,))
    given = address.given("background")
    if given is None or given in choices:
        return given or ALL
    known = {background for group in offer.backgrounds.values() for background in group}
    if given in known:
        return address.instead("background", given, ALL, choices, "not_offered")
    return address.instead(
        "background", given, closest_choice(given, choices) or ALL, choices, "unknown"
    )


def level_of(address: Address, indicator: str, offer: Offer) -> Level:
    """The asked level, or the nearest that the indicator has, smaller areas first."""
    choices = offer.levels_of(indicator)

    def near(level: Level) -> Level:
        place = EVERY_LEVEL.index(level)
        far = {c: EVERY_LEVEL.index(c) for c in choices}
        return min(choices, key=lambda c: (c == OWN, abs(far[c] - place), -far[c]))

    given = address.given("level")
    if given is None or given in choices:
        return given or near(DEFAULT_LEVEL)
    reason: Reason = "not_offered" if given in LEVELS else "unknown"
    meant = given if given in LEVELS else closest_choice(given, LEVELS) or DEFAULT_LEVEL
    used = near(cast(Level, meant))
    address.instead("level", given, used, choices, reason)
    return used


def year_of(address: Address, years: tuple[int, ...]) -> int:
    """The asked year, or the nearest that has figures."""
    return whole_number(address, "year", years, default=years[-1], unknown="not_offered")


def area_of(address: Address, year: int, offer: Offer) -> str | None:
    """The place in the division of the year; its kommun where the division has no such area."""
    given = address.given("area")
    if given is None:
        return None
    if own := own_area(address, "area", given, offer.own):
        return own
    if given not in offer.areas:
        near = meant_area(given, offer.names, offer.areas)
        near = near or _first_in(offer, (given[:4], given[:2]))
        address.instead("area", given, near or "", (), "unknown")
        return near
    code = parse_area_code(given)
    division = division_of(code.level, year) if code else None
    if code is None or division is None or division == code.division:
        return given
    near = _first_in(offer, (same_code(given, division=division), given[:4], given[:2]))
    address.instead("area", given, near or "", (), "other_division")
    return near


def _first_in(offer: Offer, codes: tuple[str, ...]) -> str | None:
    is_there: Callable[[str], bool] = offer.areas.__contains__
    return next(filter(is_there, codes), None)


def layer_of(address: Address, choices: tuple[Layer, ...]) -> Layer:
    """The asked measure, or the value itself where the view has no such measure."""
    given = address.given("layer")
    if given is None:
        return "value"
    if given in choices:
        return given
    reason: Reason = "not_offered" if given in LAYERS else "unknown"
    address.instead("layer", given, "value", choices, reason)
    return "value"


def grouping_of(address: Address, choices: tuple[str, ...]) -> str:
    """The asked partition of the population, or the first that the measure can be made on."""
    given = address.given("grouping")
    if not choices:
        return ""
    if given is None or given in choices:
        return given or choices[0]
    return address.instead("grouping", given, choices[0], choices, "not_offered")


def within_of(address: Address, level: Level, offer: Offer) -> str:
    """Riket, or a län or kommun that has areas of the level inside it."""
    given = address.given("within")
    if given is None:
        return RIKET
    if own := own_area(address, "within", given, offer.own):
        return own
    found = given if given in offer.names else meant_area(given, offer.names)
    code = parse_area_code(found or "")
    if code is None:
        return address.instead("within", given, RIKET, (), "unknown")
    if code.level == OWN:
        return code.area_id
    if EVERY_LEVEL.index(code.level) < EVERY_LEVEL.index(level) or code.area_id == RIKET:
        if found != given:
            address.instead("within", given, code.area_id, (), "unknown")
        return code.area_id
    above = code.lan_id if level == "kommun" and code.lan_id in offer.names else RIKET
    return address.instead("within", given, above or RIKET, (), "not_offered")


def compare_of(
    address: Address, *, indicator: str, level: Level, year: int, offer: Offer
) -> str | None:
    """Another indicator of the level, or another year of the same, that stands beside the map."""
    given = address.given("compare")
    if given is None:
        return None
    years = tuple(y for y in offer.years_of(indicator, level) if y != year)
    others = tuple(i for i in offer.indicators if i != indicator and offer.years_of(i, level))
    if given in others or given in map(str, years):
        return given
    if given in (indicator, str(year)):
        address.instead("compare", given, "", (), "itself")
        return None
    if re.fullmatch(r"[0-9]{4}", given):
        used = str(nearest(int(given), years)) if years else ""
        reason: Reason = "not_offered"
    else:
        used, reason = closest_choice(given, others) or "", "unknown"
    return address.instead("compare", given, used, [str(y) for y in years], reason) or None


def since_of(
    address: Address,
    years: tuple[int, ...],
    *,
    earlier: tuple[int, ...],
    year: int,
    offered: bool,
) -> int | None:
    """An earlier year with the same borders, None for no change.

    `years` are all that have figures, `earlier` those that the year can be compared with;
    `offered` says whether the view can show a change at all.
    """
    given = address.given("since")
    if given is None:
        return None
    if not offered:
        address.instead("since", given, "", (), "not_together")
        return None
    if given in map(str, earlier):
        return int(given)
    number = int(given) if re.fullmatch(r"[0-9]{1,9}", given) else None
    used = str(nearest(number or year - 5, earlier)) if earlier else ""
    crosses = number is not None and number in years and number < year
    reason: Reason = "other_division" if crosses else "not_offered"
    address.instead("since", given, used, [str(y) for y in earlier], reason)
    return int(used) if used else None


def comparable(years: tuple[int, ...], *, level: Level, year: int) -> tuple[int, ...]:
    """The years before a year in which the level has the same borders."""
    division = division_of(level, year)
    return tuple(y for y in years if y < year and division_of(level, y) == division)


def classes_of(address: Address, *, diverging: bool) -> int:
    """How many classes; around a middle an odd number, so that one class holds it."""
    step = 2 if diverging else 1
    choices = tuple(range(FEWEST_CLASSES, MOST_CLASSES + 1, step))
    return whole_number(address, "classes", choices, default=5, unknown="unknown")


def switched(address: Address, key: str, *, default: bool) -> bool:
    """A key that is 0 or 1."""
    words = {"0": False, "1": True}
    given = address.word(key, tuple(words), default=str(int(default)))
    return words[given]
