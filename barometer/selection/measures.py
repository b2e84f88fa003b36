"""The segregation page's view: which index of which grouping, where, between which areas, when."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final, Literal, cast
from urllib.parse import urlencode

from barometer.divisions import (
    CONTAINER_LEVELS,
    OWN,
    RIKET,
    Division,
    Language,
    Level,
    division_of,
    parse_area_code,
)
from barometer.selection.address import (
    LANGUAGES,
    Address,
    Misunderstood,
    closest_choice,
    embed_of,
    meant_area,
    nearest,
    whole_number,
)
from barometer.selection.own import Own, chosen_peers, own_area

UnitLevel = Literal["regso", "deso"]
Caution = Literal["shown", "hidden"]

KEYS: Final = (
    *("grouping", "index", "units", "area", "year", "since"),
    *("among", "peers", "population", "caution", "lang", "embed"),
)
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


@dataclass(frozen=True, slots=True)
class Measurement:
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
        code = parse_area_code(self.area)
        return code.level if code else "riket"

    @classmethod
    def from_query(cls, query: str, *, offer: MeasureOffer) -> "MeasureReading":
        """Read an address; never raises. The offer must hold at least one grouping."""
        address = Address.of(query)
        grouping = _grouping(address, offer)
        indices = offer.indices[grouping]
        area, *beside = _places(address, offer)
        units = _units(address, offer.units_of(grouping), area)
        years = offer.years_of(grouping, units)
        last = offer.last_year(grouping, units, area)
        year = whole_number(address, "year", years, default=last, unknown="not_offered")
        measurement = cls(
            grouping=grouping,
            index=_index(address, indices),
            units=units,
            area=area,
            beside=tuple(beside),
            year=year,
            since=_since(address, years, units=units, year=year),
            among=address.word("among", among_choices(offer), default=EVERY_KOMMUN),
            peers=_peers(address, offer, area),
            population=whole_number(
                address, "population", POPULATIONS, default=0, unknown="not_offered"
            ),
            caution=cast(Caution, address.word("caution", CAUTIONS, default="shown")),
            language=cast(Language, address.word("lang", LANGUAGES, default="sv")),
            embed=embed_of(address),
        )
        address.check_keys(KEYS)
        return MeasureReading(measurement, tuple(address.misunderstood))

    def to_query(self) -> str:
        """The address, with "?": `from_query` gives the same measurement back."""
        always = {
            "grouping": self.grouping,
            "index": self.index,
            "units": self.units,
            "area": ",".join(self.places),
            "year": str(self.year),
            "since": str(self.since),
        }
        sometimes = {
            "among": (self.among, EVERY_KOMMUN),
            "peers": (",".join(self.peers), ""),
            "population": (str(self.population), "0"),
            "caution": (self.caution, "shown"),
            "lang": (self.language, "sv"),
            "embed": (str(int(self.embed)), "0"),
        }
        differing = {key: own for key, (own, start) in sometimes.items() if own != start}
        return "?" + urlencode(always | differing, safe=",:")

    def bare(self) -> "Measurement":
        """The view without what no number of the place depends on: a key that is met again."""
        return Measurement(self.grouping, self.index, self.units, self.area, self.year, self.since)

    def at(self, area: str) -> "Measurement":
        """The same view of another place alone."""
        return replace(self, area=area, beside=())


@dataclass(frozen=True, slots=True)
class MeasureReading:
    """An address of the segregation page as it was understood."""

    measurement: Measurement
    misunderstood: tuple[Misunderstood, ...] = ()


def among_choices(offer: MeasureOffer) -> tuple[str, ...]:
    """Whom a ranking can compare: every kommun, every län, or the kommuner of a län by its code."""
    return (EVERY_KOMMUN, EVERY_LAN, *offer.lan)


def _grouping(address: Address, offer: MeasureOffer) -> str:
    offered = offer.groupings
    preferred = [grouping for grouping in DEFAULT_GROUPINGS if grouping in offered]
    known = [grouping for grouping in (*preferred, *offered) if grouping in offer.widespread]
    return address.word("grouping", offered, default=(*known, *preferred, *offered)[0])


def _index(address: Address, indices: tuple[str, ...]) -> str:
    """The asked index, or the grouping's first: its kind's headline."""
    given = address.given("index")
    if given is None or given in indices:
        return given or indices[0]
    return address.instead(
        "index", given, closest_choice(given, indices) or indices[0], indices, "not_offered"
    )


def _units(address: Address, choices: tuple[UnitLevel, ...], area: str) -> UnitLevel:
    """The asked areas, or the larger ones; an own area is measured between the smallest."""
    code = parse_area_code(area)
    default = choices[-1] if code and code.level == OWN else choices[0]
    return cast(UnitLevel, address.word("units", choices, default=default))


def _since(address: Address, years: tuple[int, ...], *, units: UnitLevel, year: int) -> int:
    """An earlier year with the same borders; the year itself where there is none."""
    division = division_of(units, year)
    earlier = tuple(y for y in years if y < year and division_of(units, y) == division)
    if not earlier:
        address.given("since")
        return year
    default = nearest(year - 5, earlier)
    return whole_number(address, "since", earlier, default=default, unknown="other_division")


def _places(address: Address, offer: MeasureOffer) -> tuple[str, ...]:
    """Up to four places of one level: riket and län also hold what lies between kommuner."""
    given = address.given("area") or RIKET
    found = tuple(dict.fromkeys(_place(address, code.strip(), offer) for code in given.split(",")))
    smallest = max(map(_depth, found))
    similar = [code for code in found if smallest == _depth(code)]
    if len(similar) < len(found):
        address.instead("area", given, ",".join(similar), (), "not_together")
    if len(similar) > MOST_PLACES:
        address.instead("area", given, ",".join(similar[:MOST_PLACES]), (), "too_many")
    return tuple(similar[:MOST_PLACES])


def _peers(address: Address, offer: MeasureOffer, area: str) -> tuple[str, ...]:
    """The reader's own comparison group, without places of which no index compares with this."""
    found = chosen_peers(
        address,
        area=area,
        known=offer.names,
        names=offer.names,
        presets=offer.presets,
        own=offer.own,
    )
    similar = tuple(code for code in found if _depth(code) == _depth(area))
    if len(similar) < len(found):
        address.instead("peers", ",".join(found), ",".join(similar), (), "not_together")
    return similar


def _depth(code: str) -> int:
    """How small a place's level is: riket, län, then kommuner and own areas."""
    return 0 if code == RIKET else min(len(code), 4)


def _place(address: Address, given: str, offer: MeasureOffer) -> str:
    """Riket, a län, a kommun or an own area; the kommun in which a smaller area lies."""
    if given in offer.names:
        return given
    if own := own_area(address, "area", given, offer.own):
        return own
    code = parse_area_code(given)
    inside = code.kommun_id if code and code.level not in CONTAINER_LEVELS else None
    used = inside if inside in offer.names else meant_area(given, offer.names)
    return address.instead("area", given, used or RIKET, (), "unknown")
