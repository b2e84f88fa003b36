"""The segregation page's view: which index of which grouping, where, between which areas, when."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final, Literal

from barometer.divisions import (
    CONTAINER_LEVELS,
    OWN,
    RIKET,
    Division,
    Language,
    Level,
    division_of,
    level_of_place,
    parse_area_code,
)
from barometer.selection.address import closest_choice, meant_area, nearest
from barometer.selection.keys import EMBED, LANG, Asked, Key, PageView, number, word
from barometer.selection.map_keys import comparable
from barometer.selection.own import Own, chosen_peers, own_area

UnitLevel = Literal["regso", "deso"]
Caution = Literal["shown", "hidden"]

DEFAULT_GROUPINGS: Final = ("low_standard_children", "foreign_background")  # children first
UNIT_LEVELS: Final[tuple[UnitLevel, ...]] = ("regso", "deso")
EVERY_KOMMUN: Final = "kommun"
EVERY_LAN: Final = "lan"
CAUTIONS: Final[tuple[Caution, ...]] = ("shown", "hidden")
MOST_PLACES: Final = 4
POPULATIONS: Final = (0, 10_000, 25_000, 50_000, 100_000)


@dataclass(frozen=True, slots=True)
class MeasureOffer:
    """What index values a snapshot holds: computed once per snapshot by `queries.measure_offer`.

    `indices` has a grouping's index ids, those of its own kind first; `years` the years with any
    value by (grouping, unit level), ascending; `names` those of riket, län, kommuner and own areas
    by code; `widespread` the groupings with a value for half of the kommuner; `earlier` the last
    year by (grouping, unit level, place) of the places that lack a value in the last of all;
    `own` the own areas of the address; `presets` the operator's comparison groups by id.
    """

    indices: Mapping[str, tuple[str, ...]]
    years: Mapping[tuple[str, UnitLevel], tuple[int, ...]]
    names: Mapping[str, str]
    widespread: frozenset[str] = frozenset()
    earlier: Mapping[tuple[str, UnitLevel, str], int] = field(
        default_factory=lambda: MappingProxyType({})
    )
    own: Own = field(default_factory=lambda: MappingProxyType({}))
    presets: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def groupings(self) -> tuple[str, ...]:
        """The groupings that have any value."""
        return tuple(dict.fromkeys(grouping for grouping, _ in self.years))

    @property
    def lan(self) -> tuple[str, ...]:
        """The län by code."""
        return tuple(code for code in self.names if len(code) == 2 and code != RIKET)

    def comparable(self, area: str) -> Mapping[str, str]:
        """The names of the places of an area's own size by code: what its index compares with."""
        return {code: n for code, n in self.names.items() if _depth(code) == _depth(area)}

    def units_of(self, grouping: str) -> tuple[UnitLevel, ...]:
        """The areas between which a grouping is measured, larger first."""
        return tuple(level for level in UNIT_LEVELS if (grouping, level) in self.years)

    def years_of(self, grouping: str, units: UnitLevel) -> tuple[int, ...]:
        """The years with any value, ascending."""
        return self.years.get((grouping, units), ())

    def last_year(self, grouping: str, units: UnitLevel, area: str) -> int:
        """The last year with a value of the place, or of the kommun that it lies in."""
        code = parse_area_code(area)
        kommun = code.kommun_id if code and code.kommun_id else area
        last = self.years_of(grouping, units)[-1]
        return self.earlier.get((grouping, units, kommun), last)


def among_choices(offer: MeasureOffer) -> tuple[str, ...]:
    """Whom a ranking can compare: every kommun, every län, or the kommuner of a län by its code."""
    return (EVERY_KOMMUN, EVERY_LAN, *offer.lan)


def _first_grouping(asked: Asked) -> str:
    offer: MeasureOffer = asked.offer
    offered = offer.groupings
    preferred = [grouping for grouping in DEFAULT_GROUPINGS if grouping in offered]
    known = [grouping for grouping in (*preferred, *offered) if grouping in offer.widespread]
    return (*known, *preferred, *offered)[0]


def _index(asked: Asked) -> str:
    """The asked index, or the grouping's first: its kind's headline."""
    given, indices = asked.given(), asked.offer.indices[asked.view.grouping]
    if given is None or given in indices:
        return given or indices[0]
    used = closest_choice(given, indices) or indices[0]
    return asked.instead(given, used, indices, "not_offered")


def _units(asked: Asked) -> tuple[UnitLevel, ...]:
    found: tuple[UnitLevel, ...] = asked.offer.units_of(asked.view.grouping)
    return found


def _first_units(asked: Asked) -> UnitLevel:
    """The larger ones; an own area is measured between the smallest."""
    code = parse_area_code(asked.view.area)
    return _units(asked)[-1 if code and code.level == OWN else 0]


def _years(asked: Asked) -> tuple[int, ...]:
    found: tuple[int, ...] = asked.offer.years_of(asked.view.grouping, asked.view.units)
    return found


def _last_year(asked: Asked) -> int:
    view, offer = asked.view, asked.offer
    last: int = offer.last_year(view.grouping, view.units, view.area)
    return last


def _since(asked: Asked) -> int:
    """An earlier year with the same borders; the year itself where there is none."""
    year: int = asked.view.year
    earlier = comparable(_years(asked), level=asked.view.units, year=year)
    if not earlier:
        asked.given()
        return year
    return asked.number(earlier, default=nearest(year - 5, earlier), reason="other_division")


def _places(asked: Asked) -> tuple[str, tuple[str, ...]]:
    """A place and up to three of its level: riket and län also hold what lies between kommuner."""
    given = asked.given() or RIKET
    found = tuple(dict.fromkeys(_place(asked, code.strip()) for code in given.split(",")))
    smallest = max(map(_depth, found))
    similar = [code for code in found if smallest == _depth(code)]
    if len(similar) < len(found):
        asked.instead(given, ",".join(similar), (), "not_together")
    if len(similar) > MOST_PLACES:
        asked.instead(given, ",".join(similar[:MOST_PLACES]), (), "too_many")
    return similar[0], tuple(similar[1:MOST_PLACES])


def _peers(asked: Asked) -> tuple[str, ...]:
    """The reader's own comparison group, without places of which no index compares with this."""
    found = chosen_peers(asked, known=asked.offer.names)
    similar = tuple(code for code in found if _depth(code) == _depth(asked.view.area))
    if len(similar) < len(found):
        asked.instead(",".join(found), ",".join(similar), (), "not_together")
    return similar


def _depth(code: str) -> int:
    """How small a place's level is: riket, län, then kommuner and own areas."""
    return 0 if code == RIKET else min(len(code), 4)


def _place(asked: Asked, given: str) -> str:
    """Riket, a län, a kommun or an own area; the kommun in which a smaller area lies."""
    offer: MeasureOffer = asked.offer
    if given in offer.names:
        return given
    if own := own_area(asked.address, asked.key, given, offer.own):
        return own
    code = parse_area_code(given)
    inside = code.kommun_id if code and code.level not in CONTAINER_LEVELS else None
    used = inside if inside in offer.names else meant_area(given, offer.names)
    return asked.instead(given, used or RIKET)


@dataclass(frozen=True, slots=True)
class Measurement(PageView):
    """One view of segregation: equal ones show equal numbers on the page and in a download."""

    grouping: str
    index: str
    units: UnitLevel
    area: str  # riket, a län, a kommun or an own area
    year: int
    since: int  # the year that a change is explained from, in the same division
    among: str = EVERY_KOMMUN  # whom the ranking compares: kommuner, län, or a län's kommuner
    population: int = 0  # fewest persons counted in a ranked place
    caution: Caution = "shown"  # whether the ranking has values that ask for caution
    language: Language = "sv"
    embed: bool = False
    beside: tuple[str, ...] = ()  # places of the same level that it is compared with
    peers: tuple[str, ...] = ()  # whom the ranking compares instead: the reader's own choice

    @property
    def places(self) -> tuple[str, ...]:
        """The place and those beside it, in their order."""
        return (self.area, *self.beside)

    @property
    def division(self) -> Division:
        """The division of the areas in the year."""
        return division_of(self.units, self.year)

    @property
    def level(self) -> Level:
        """The level of the place."""
        return level_of_place(self.area)

    def bare(self) -> "Measurement":
        """The view without what no number of the place depends on: a key that is met again."""
        return Measurement(self.grouping, self.index, self.units, self.area, self.year, self.since)

    def at(self, area: str) -> "Measurement":
        """The same view of another place alone."""
        return replace(self, area=area, beside=())

    keys = (
        Key("grouping", word(lambda asked: asked.offer.groupings, default=_first_grouping)),
        Key("index", _index),
        Key("area", _places, fields=("area", "beside"), spell=lambda view: ",".join(view.places)),
        Key("units", word(_units, default=_first_units)),
        Key("year", number(_years, default=_last_year)),
        Key("since", _since),
        Key("among", word(lambda asked: among_choices(asked.offer)), start=EVERY_KOMMUN),
        Key("peers", _peers, start=""),
        Key("population", number(POPULATIONS, default=0), start="0"),
        Key("caution", word(CAUTIONS), start="shown"),
        LANG,
        EMBED,
    )
