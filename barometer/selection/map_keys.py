"""How each key of the map's address is read against the catalogue and the snapshot."""

import re
from collections.abc import Callable
from typing import Final, cast

from barometer.catalogue import ALL
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
from barometer.selection.address import Reason, closest_choice, meant_area, nearest
from barometer.selection.keys import Asked
from barometer.selection.offer import (
    LAYERS,
    MARKED,
    Layer,
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


def default_indicator(asked: Asked) -> str:
    """The indicator of an address that names none.

    Area types when it asks for nothing that they lack; else one that has the level it asks for.
    """
    offer, values = asked.offer, asked.address.values
    there = offer.indicators
    plain = not any(values.get(key) for key in NOT_OF_TYPES)
    given = (values.get("level") or [""])[0].strip()
    level = given if given in EVERY_LEVEL else closest_choice(given, LEVELS)
    of_level = [i for i in there if level in offer.levels_of(i)] or list(there)
    return DEFAULT_TYPES if plain and DEFAULT_TYPES in of_level else first_indicator(of_level)


def marked_of(asked: Asked) -> str:
    """Whether marked areas are in the view; at levels that have none they always are."""
    given = asked.address.word(asked.key, MARKED, default="in")
    return given if can_be_marked(asked.view.level) else "in"


def police_of(asked: Asked) -> bool:
    """Whether the police's areas are outlined, where the data version has them."""
    outlined = switched(asked, default=False)
    if outlined and not asked.offer.has_police:
        asked.instead("1", "0", (), "not_offered")
    return outlined and asked.offer.has_police


def indicator_of(asked: Asked) -> str:
    """The asked indicator, or one like it."""
    catalogue, there = asked.catalogue, set(asked.offer.indicators)
    offered = [i for i in catalogue.indicators if i in there]
    default = default_indicator(asked)
    given = asked.given()
    if given is None or given in offered:
        return given or default
    if given in catalogue.indicators:
        sector = catalogue.of_sector(catalogue.indicators[given].sector)
        near = next((i.indicator_id for i in sector if i.indicator_id in offered), default)
        return asked.instead(given, near, offered, "not_offered")
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
    return asked.instead(given, used, offered)


def background_of(asked: Asked) -> str:
    """The asked part of the population, or everybody."""
    given, offer = asked.given(), asked.offer
    choices = offer.backgrounds.get(asked.view.indicator, (ALL,))
    if given is None or given in choices:
        return given or ALL
    known = {background for group in offer.backgrounds.values() for background in group}
    if given in known:
        return asked.instead(given, ALL, choices, "not_offered")
    return asked.instead(given, closest_choice(given, choices) or ALL, choices)


def level_of(asked: Asked) -> Level:
    """The asked level, or the nearest that the indicator has, smaller areas first."""
    choices: tuple[Level, ...] = asked.offer.levels_of(asked.view.indicator)

    def near(level: Level) -> Level:
        place = EVERY_LEVEL.index(level)
        far = {c: EVERY_LEVEL.index(c) for c in choices}
        return min(choices, key=lambda c: (c == OWN, abs(far[c] - place), -far[c]))

    given = asked.given()
    if given is None or given in choices:
        return given or near(DEFAULT_LEVEL)
    reason: Reason = "not_offered" if given in LEVELS else "unknown"
    meant = given if given in LEVELS else closest_choice(given, LEVELS) or DEFAULT_LEVEL
    used = near(cast(Level, meant))
    asked.instead(given, used, choices, reason)
    return used


def years_of(asked: Asked) -> tuple[int, ...]:
    """The years that have figures."""
    found: tuple[int, ...] = asked.offer.years_of(asked.view.indicator, asked.view.level)
    return found


def area_of(asked: Asked) -> str | None:
    """The place in the division of the year; its kommun where the division has no such area."""
    given, offer = asked.given(), asked.offer
    if given is None:
        return None
    if own := own_area(asked.address, asked.key, given, offer.own):
        return own
    if given not in offer.areas:
        near = meant_area(given, offer.names, offer.areas)
        near = near or _first_in(offer, (given[:4], given[:2]))
        asked.instead(given, near or "")
        return near
    code = parse_area_code(given)
    division = division_of(code.level, asked.view.year) if code else None
    if code is None or division is None or division == code.division:
        return given
    near = _first_in(offer, (same_code(given, division=division), given[:4], given[:2]))
    asked.instead(given, near or "", (), "other_division")
    return near


def _first_in(offer: Offer, codes: tuple[str, ...]) -> str | None:
    is_there: Callable[[str], bool] = offer.areas.__contains__
    return next(filter(is_there, codes), None)


def layer_of(asked: Asked, choices: tuple[Layer, ...]) -> Layer:
    """The asked measure, or the value itself where the view has no such measure."""
    given = asked.given()
    if given is None:
        return "value"
    if given in choices:
        return given
    reason: Reason = "not_offered" if given in LAYERS else "unknown"
    asked.instead(given, "value", choices, reason)
    return "value"


def grouping_of(asked: Asked, choices: tuple[str, ...]) -> str:
    """The asked partition of the population, or the first that the measure can be made on."""
    given = asked.given()
    if not choices:
        return ""
    if given is None or given in choices:
        return given or choices[0]
    return asked.instead(given, choices[0], choices, "not_offered")


def within_of(asked: Asked) -> str:
    """Riket, or a län or kommun that has areas of the level inside it."""
    given, offer, level = asked.given(), asked.offer, asked.view.level
    if given is None:
        return RIKET
    if own := own_area(asked.address, asked.key, given, offer.own):
        return own
    found = given if given in offer.names else meant_area(given, offer.names)
    code = parse_area_code(found or "")
    if code is None:
        return asked.instead(given, RIKET)
    if code.level == OWN:
        return code.area_id
    if EVERY_LEVEL.index(code.level) < EVERY_LEVEL.index(level) or code.area_id == RIKET:
        if found != given:
            asked.instead(given, code.area_id)
        return code.area_id
    above = code.lan_id if level == "kommun" and code.lan_id in offer.names else RIKET
    return asked.instead(given, above or RIKET, (), "not_offered")


def compare_of(asked: Asked) -> str | None:
    """Another indicator of the level, or another year of the same, that stands beside the map."""
    given, offer = asked.given(), asked.offer
    if given is None:
        return None
    indicator, level, year = asked.view.indicator, asked.view.level, asked.view.year
    years = tuple(y for y in years_of(asked) if y != year)
    others = tuple(i for i in offer.indicators if i != indicator and offer.years_of(i, level))
    if given in others or given in map(str, years):
        return given
    if given in (indicator, str(year)):
        asked.instead(given, "", (), "itself")
        return None
    if re.fullmatch(r"[0-9]{4}", given):
        used = str(nearest(int(given), years)) if years else ""
        reason: Reason = "not_offered"
    else:
        used, reason = closest_choice(given, others) or "", "unknown"
    return asked.instead(given, used, [str(y) for y in years], reason) or None


def since_of(asked: Asked, earlier: tuple[int, ...], *, offered: bool) -> int | None:
    """An earlier year with the same borders, None for no change.

    `earlier` are those that the year can be compared with; `offered` says whether the view can
    show a change at all.
    """
    given, years, year = asked.given(), years_of(asked), asked.view.year
    if given is None:
        return None
    if not offered:
        asked.instead(given, "", (), "not_together")
        return None
    if given in map(str, earlier):
        return int(given)
    number = int(given) if re.fullmatch(r"[0-9]{1,9}", given) else None
    used = str(nearest(number or year - 5, earlier)) if earlier else ""
    crosses = number is not None and number in years and number < year
    reason: Reason = "other_division" if crosses else "not_offered"
    asked.instead(given, used, [str(y) for y in earlier], reason)
    return int(used) if used else None


def comparable(years: tuple[int, ...], *, level: Level, year: int) -> tuple[int, ...]:
    """The years before a year in which the level has the same borders."""
    division = division_of(level, year)
    return tuple(y for y in years if y < year and division_of(level, y) == division)


def class_counts(asked: Asked) -> tuple[int, ...]:
    """How many classes there can be; around a middle an odd number, so that one class holds it."""
    step = 1 if asked.view.middle is None else 2
    return tuple(range(FEWEST_CLASSES, MOST_CLASSES + 1, step))


def switched(asked: Asked, *, default: bool) -> bool:
    """A key that is 0 or 1."""
    words = {"0": False, "1": True}
    given = asked.address.word(asked.key, tuple(words), default=str(int(default)))
    return words[given]
