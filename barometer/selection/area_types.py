"""The area-type page's view: where, between which two years, and which indicator by type."""

from dataclasses import dataclass
from typing import Final

from barometer.catalogue import ALL
from barometer.divisions import (
    RIKET,
    Division,
    Language,
    Level,
    division_of,
    level_of_place,
    parse_area_code,
)
from barometer.selection.address import meant_area, nearest
from barometer.selection.keys import EMBED, LANG, Asked, Key, PageView, number, word
from barometer.selection.offer import MARKED, Marked, Offer, first_indicator
from barometer.selection.own import own_area

AREA_TYPE: Final = "area_type"
TYPED_LEVEL: Final[Level] = "regso"  # the only one that SCB gives types
YEARS_BACK: Final = 5
SORTS: Final = ("label", "kommun", "first", "second", "recomputed", "residents", "marks")


def typed_indicators(offer: Offer) -> tuple[str, ...]:
    """The indicators that can be told by type: all that RegSO have but the type itself."""
    return tuple(
        indicator
        for indicator, level in offer.years
        if level == TYPED_LEVEL and indicator != AREA_TYPE
    )


def _offered(asked: Asked) -> tuple[str, ...]:
    return typed_indicators(asked.offer)


def _years(asked: Asked) -> tuple[int, ...]:
    found: tuple[int, ...] = asked.offer.years_of(AREA_TYPE, TYPED_LEVEL)
    return found


def _since(asked: Asked) -> int:
    """An earlier year, of the same division when none is asked for and there is one."""
    year: int = asked.view.year
    earlier = tuple(y for y in _years(asked) if y < year)
    if not earlier:
        asked.given()
        return year
    own = division_of(TYPED_LEVEL, year)
    same_borders = tuple(y for y in earlier if division_of(TYPED_LEVEL, y) == own)
    default = nearest(year - YEARS_BACK, same_borders or earlier)
    return asked.number(earlier, default=default)


def _place(asked: Asked) -> str:
    """Riket, a län or a kommun; the kommun in which a smaller area lies."""
    given, offer = asked.given(), asked.offer
    if given is None or given in offer.names:
        return given or RIKET
    if own := own_area(asked.address, asked.key, given, offer.own):
        return own
    code = parse_area_code(given)
    if code and code.kommun_id in offer.names:
        return asked.instead(given, str(code.kommun_id))
    return asked.instead(given, meant_area(given, offer.names) or RIKET)


@dataclass(frozen=True, slots=True)
class TypeView(PageView):
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
        return level_of_place(self.area)

    keys = (
        Key("area", _place),
        Key("year", number(_years)),
        Key("since", _since),
        Key("indicator", word(_offered, default=lambda asked: first_indicator(_offered(asked)))),
        Key(
            "background",
            word(lambda asked: asked.offer.backgrounds[asked.view.indicator], default=ALL),
            start=ALL,
        ),
        Key("marked", word(MARKED), start="in"),
        Key("sort", word((*SORTS, *(f"-{name}" for name in SORTS))), start="label"),
        LANG,
        EMBED,
    )
