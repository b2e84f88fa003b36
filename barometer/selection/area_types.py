"""The area-type page's view: where, between which two years, and which indicator by type."""

from dataclasses import dataclass
from typing import Final, cast
from urllib.parse import urlencode

from barometer.catalogue import ALL
from barometer.divisions import RIKET, Division, Language, Level, division_of, parse_area_code
from barometer.selection.address import (
    LANGUAGES,
    Address,
    Misunderstood,
    embed_of,
    meant_area,
    nearest,
    whole_number,
)
from barometer.selection.offer import MARKED, Marked, Offer, first_indicator
from barometer.selection.own import own_area

AREA_TYPE: Final = "area_type"
TYPED_LEVEL: Final[Level] = "regso"  # the only one that SCB gives types
YEARS_BACK: Final = 5
KEYS: Final = (
    "area",
    "year",
    "since",
    "indicator",
    "background",
    "sort",
    "marked",
    "lang",
    "embed",
)
SORTS: Final = ("label", "kommun", "first", "second", "recomputed", "residents", "marks")


@dataclass(frozen=True, slots=True)
class TypeView:
    """One view of the area types: equal ones show equal numbers on the page and in a download."""

    area: str  # riket, a län or a kommun
    year: int
    since: int  # the year that areas are followed from; the year itself where there is no other
    indicator: str
    background: str = ALL
    marked: Marked = "in"  # out: without areas of many students or an institution
    sort: str = "label"  # of the list of areas; "-residents" is the largest first
    language: Language = "sv"
    embed: bool = False

    @property
    def division(self) -> Division:
        """The division of the RegSO in the year."""
        return division_of(TYPED_LEVEL, self.year)

    @property
    def crosses(self) -> bool:
        """Whether the areas of the two years have other borders."""
        return division_of(TYPED_LEVEL, self.since) != self.division

    @property
    def level(self) -> Level:
        """The level of the place."""
        code = parse_area_code(self.area)
        return code.level if code else "riket"

    @classmethod
    def from_query(cls, query: str, *, offer: Offer) -> "TypeReading":
        """Read an address; never raises. The offer must hold types and some indicator by RegSO."""
        address = Address.of(query)
        years = offer.years_of(AREA_TYPE, TYPED_LEVEL)
        year = whole_number(address, "year", years, default=years[-1], unknown="not_offered")
        indicator = _indicator(address, offer)
        view = cls(
            area=_place(address, offer),
            year=year,
            since=_since(address, years, year=year),
            indicator=indicator,
            background=address.word("background", offer.backgrounds[indicator], default=ALL),
            marked=cast("Marked", address.word("marked", MARKED, default="in")),
            sort=address.word("sort", _sorts(), default="label"),
            language=cast(Language, address.word("lang", LANGUAGES, default="sv")),
            embed=embed_of(address),
        )
        address.check_keys(KEYS)
        return TypeReading(view, tuple(address.misunderstood))

    def to_query(self) -> str:
        """The address, with "?": `from_query` gives the same view back."""
        always = {
            "area": self.area,
            "year": str(self.year),
            "since": str(self.since),
            "indicator": self.indicator,
        }
        sometimes = {
            "background": (self.background, ALL),
            "marked": (self.marked, "in"),
            "sort": (self.sort, "label"),
            "lang": (self.language, "sv"),
            "embed": (str(int(self.embed)), "0"),
        }
        differing = {key: own for key, (own, start) in sometimes.items() if own != start}
        return "?" + urlencode(always | differing, safe=":")


@dataclass(frozen=True, slots=True)
class TypeReading:
    """An address of the area-type page as it was understood."""

    view: TypeView
    misunderstood: tuple[Misunderstood, ...] = ()


def typed_indicators(offer: Offer) -> tuple[str, ...]:
    """The indicators that can be told by type: all that RegSO have but the type itself."""
    return tuple(
        indicator
        for indicator, level in offer.years
        if level == TYPED_LEVEL and indicator != AREA_TYPE
    )


def _indicator(address: Address, offer: Offer) -> str:
    offered = typed_indicators(offer)
    return address.word("indicator", offered, default=first_indicator(offered))


def _since(address: Address, years: tuple[int, ...], *, year: int) -> int:
    """An earlier year, of the same division when none is asked for and there is one."""
    earlier = tuple(y for y in years if y < year)
    if not earlier:
        address.given("since")
        return year
    own = division_of(TYPED_LEVEL, year)
    alike_borders = tuple(y for y in earlier if division_of(TYPED_LEVEL, y) == own)
    default = nearest(year - YEARS_BACK, alike_borders or earlier)
    return whole_number(address, "since", earlier, default=default, unknown="not_offered")


def _sorts() -> tuple[str, ...]:
    return (*SORTS, *(f"-{name}" for name in SORTS))


def _place(address: Address, offer: Offer) -> str:
    """Riket, a län or a kommun; the kommun in which a smaller area lies."""
    given = address.given("area")
    if given is None or given in offer.names:
        return given or RIKET
    if own := own_area(address, "area", given, offer.own):
        return own
    code = parse_area_code(given)
    if code and code.kommun_id in offer.names:
        return address.instead("area", given, str(code.kommun_id), (), "unknown")
    meant = meant_area(given, offer.names)
    return address.instead("area", given, meant or RIKET, (), "unknown")
