"""The map's view: its address as a value, and what can be looked at."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, cast, get_args
from urllib.parse import parse_qs, urlencode

from barometer.catalogue import ALL, Catalogue
from barometer.divisions import LEVELS, Division, Language, Level, division_of, parse_area_code
from barometer.selection.address import (
    LANGUAGES,
    Address,
    Misunderstood,
    Reason,
    alike,
    embed_of,
    whole_number,
)

Method = Literal["quantiles", "equal_steps", "jenks", "std_dev"]
View = Literal["map", "table"]

METHODS: Final[tuple[Method, ...]] = get_args(Method)
VIEWS: Final[tuple[View, ...]] = get_args(View)
FEWEST_CLASSES: Final = 3
MOST_CLASSES: Final = 7
KEYS: Final = (
    *("indicator", "background", "level", "year", "area"),
    *("method", "classes", "view", "lang", "embed"),
)

# Where everybody begins: a figure about children, who come first, at the level at which area types
# are made. A share answers "hur är det där jag bor?" with its kommun, län and riket beside it.
DEFAULT_INDICATOR: Final = "low_standard_children"
DEFAULT_LEVEL: Final[Level] = "regso"


@dataclass(frozen=True, slots=True)
class Offer:
    """What a snapshot holds: computed once per snapshot by `queries.offer`.

    `years` has the years with any value by (indicator, level), ascending; `backgrounds` the
    backgrounds of an indicator, "all" first; `areas` every area id of both divisions; `names` the
    names of riket, län and kommuner.
    """

    years: Mapping[tuple[str, Level], tuple[int, ...]]
    backgrounds: Mapping[str, tuple[str, ...]]
    areas: frozenset[str]
    names: Mapping[str, str]

    @property
    def indicators(self) -> tuple[str, ...]:
        """The indicators that have any value."""
        return tuple(dict.fromkeys(indicator for indicator, _ in self.years))

    def levels_of(self, indicator: str) -> tuple[Level, ...]:
        """The levels at which an indicator has any value, largest areas first."""
        return tuple(level for level in LEVELS if (indicator, level) in self.years)

    def years_of(self, indicator: str, level: Level) -> tuple[int, ...]:
        """The years with any value, ascending; empty when there are none."""
        return self.years.get((indicator, level), ())


@dataclass(frozen=True, slots=True)
class Selection:
    """One view: equal selections show equal numbers, on the page, in a link and in a download."""

    indicator: str
    level: Level
    year: int
    background: str = ALL  # "all" or "sex:women"
    area: str | None = None  # the opened place; of any level, in the division of `year`
    method: Method = "quantiles"
    classes: int = 5
    view: View = "map"
    language: Language = "sv"
    embed: bool = False

    @property
    def division(self) -> Division:
        """The division that the level has in the year."""
        return division_of(self.level, self.year)

    @classmethod
    def from_query(cls, query: str, *, catalogue: Catalogue, offer: Offer) -> "Reading":
        """Read an address ("?indicator=…&year=…", with or without "?"); never raises.

        Whatever is not understood becomes the nearest view that makes sense and a `Misunderstood`.
        The offer must hold at least one indicator.
        """
        address = Address(parse_qs(query.removeprefix("?")))
        indicator = _indicator(address, catalogue, offer)
        background = _background(address, indicator, offer)
        level = _level(address, indicator, offer)
        year = _year(address, offer.years_of(indicator, level))
        selection = cls(
            indicator=indicator,
            level=level,
            year=year,
            background=background,
            area=_area(address, year, offer),
            method=cast(Method, address.word("method", METHODS, default="quantiles")),
            classes=_classes(address),
            view=cast(View, address.word("view", VIEWS, default="map")),
            language=cast(Language, address.word("lang", LANGUAGES, default="sv")),
            embed=embed_of(address),
        )
        address.check_keys(KEYS)
        return Reading(selection, tuple(address.misunderstood))

    def to_query(self) -> str:
        """The address, with "?": `from_query` gives the same selection back.

        What is shown always stands there, so that a link means the same after a refresh; how it
        is shown only where it differs from the start.
        """
        always = {"indicator": self.indicator, "level": self.level, "year": str(self.year)}
        plain = Selection(self.indicator, self.level, self.year)
        sometimes = {
            "background": (self.background, plain.background),
            "area": (self.area, plain.area),
            "method": (self.method, plain.method),
            "classes": (str(self.classes), str(plain.classes)),
            "view": (self.view, plain.view),
            "lang": (self.language, plain.language),
            "embed": (str(int(self.embed)), "0"),
        }
        differing = {key: own for key, (own, start) in sometimes.items() if own != start}
        return "?" + urlencode(always | differing, safe=":")


@dataclass(frozen=True, slots=True)
class Reading:
    """An address as it was understood."""

    selection: Selection
    misunderstood: tuple[Misunderstood, ...] = ()


def same_code(area_id: str, *, division: Division) -> str:
    """The code that an area's number has in another division; its borders may differ there."""
    code = parse_area_code(area_id)
    bare = re.sub(r"_(DeSO|RegSO)2025$", "", area_id)
    if code is None or code.level not in ("regso", "deso") or division != "2025":
        return bare
    return f"{bare}_DeSO2025" if code.level == "deso" else f"{bare}_RegSO2025"


def _indicator(address: Address, catalogue: Catalogue, offer: Offer) -> str:
    offered = [i for i in catalogue.indicators if i in set(offer.indicators)]
    default = DEFAULT_INDICATOR if DEFAULT_INDICATOR in offered else offered[0]
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
    meant = alike(given, names)
    used = names[meant] if meant else default
    return address.instead("indicator", given, used, offered, "unknown")


def _background(address: Address, indicator: str, offer: Offer) -> str:
    choices = offer.backgrounds.get(indicator, (ALL,))
    given = address.given("background")
    if given is None or given in choices:
        return given or ALL
    known = {background for group in offer.backgrounds.values() for background in group}
    if given in known:
        return address.instead("background", given, ALL, choices, "not_offered")
    return address.instead("background", given, alike(given, choices) or ALL, choices, "unknown")


def _level(address: Address, indicator: str, offer: Offer) -> Level:
    """The asked level, or the nearest that the indicator has, smaller areas first."""
    choices = offer.levels_of(indicator)

    def near(level: Level) -> Level:
        place = LEVELS.index(level)
        return min(choices, key=lambda c: (abs(LEVELS.index(c) - place), -LEVELS.index(c)))

    given = address.given("level")
    if given is None or given in choices:
        return given or near(DEFAULT_LEVEL)
    reason: Reason = "not_offered" if given in LEVELS else "unknown"
    meant = given if given in LEVELS else alike(given, LEVELS) or DEFAULT_LEVEL
    used = near(cast(Level, meant))
    address.instead("level", given, used, choices, reason)
    return used


def _year(address: Address, years: tuple[int, ...]) -> int:
    return whole_number(address, "year", years, default=years[-1], unknown="not_offered")


def _classes(address: Address) -> int:
    choices = tuple(range(FEWEST_CLASSES, MOST_CLASSES + 1))
    return whole_number(address, "classes", choices, default=5, unknown="unknown")


def _area(address: Address, year: int, offer: Offer) -> str | None:
    """The place in the division of the year; its kommun where the division has no such area."""
    given = address.given("area")
    if given is None:
        return None
    if given not in offer.areas:
        near = _area_named(given, offer) or _first_in(offer, (given[:4], given[:2]))
        address.instead("area", given, near or "", (), "unknown")
        return near
    code = parse_area_code(given)
    division = division_of(code.level, year) if code else None
    if code is None or division is None or division == code.division:
        return given
    near = _first_in(offer, (same_code(given, division=division), given[:4], given[:2]))
    address.instead("area", given, near or "", (), "other_division")
    return near


def _area_named(given: str, offer: Offer) -> str | None:
    """The kommun, län or riket whose name the reader wrote instead of its code."""
    by_name = {name: area_id for area_id, name in offer.names.items()}
    near = alike(given, by_name)
    return by_name[near] if near else None


def _first_in(offer: Offer, codes: tuple[str, ...]) -> str | None:
    is_there: Callable[[str], bool] = offer.areas.__contains__
    return next(filter(is_there, codes), None)
