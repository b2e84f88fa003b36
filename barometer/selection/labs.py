"""The lab: any indicators, areas, years and backgrounds, and how they are shown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from barometer.catalogue import ALL
from barometer.divisions import EVERY_LEVEL, LEVELS, RIKET, Language, Level, parse_area_code, spans
from barometer.own_codes import is_local
from barometer.selection.address import closest_choice
from barometer.selection.keys import EMBED, LANG, Asked, Key, PageView, word
from barometer.selection.offer import Offer
from barometer.selection.own import level_and_place, own_area

LabView = Literal["table", "line", "bar", "dot", "scatter"]
Dimension = Literal["indicator", "area", "year", "background"]

LAB_VIEWS: Final[tuple[LabView, ...]] = get_args(LabView)
DIMENSIONS: Final[tuple[Dimension, ...]] = get_args(Dimension)
MOST_INDICATORS: Final = 12
MOST_AREAS: Final = 100  # places or sets of places in an address
LONG_SORTS: Final = (
    *("label", "indicator", "background", "division", "year", "value", "denominator"),
)
_LONGEST_FIND: Final = 60
_NUMBER: Final = r"[-−]?\d{1,9}(?:[.,]\d{1,6})?"
_LIMIT: Final = re.compile(rf"(>=|<=|≥|≤|>|<)\s*({_NUMBER})")
_SPAN: Final = re.compile(rf"({_NUMBER})\s*(?:-|–|\.\.)\s*({_NUMBER})")
_EXAMPLES: Final = (">20", "<5", "10-20")


@dataclass(frozen=True, slots=True)
class LabAreas:
    """Every area of a level, in all of Sweden or in one place: written "regso" or "regso@0380"."""

    level: Level
    within: str = RIKET


def area_set(token: str) -> LabAreas | None:
    """A set of areas as it stands in an address; None for a single area's code."""
    level, _, within = token.partition("@")
    return LabAreas(level, within or RIKET) if level in EVERY_LEVEL else None


def limits(text: str) -> tuple[tuple[str, float], ...] | None:
    """What a filter of values asks for; None when it cannot be understood."""
    limit, span = _LIMIT.fullmatch(text.strip()), _SPAN.fullmatch(text.strip())
    if limit:
        sign = {"≥": ">=", "≤": "<="}.get(limit[1], limit[1])
        return ((sign, _float(limit[2])),)
    return ((">=", _float(span[1])), ("<=", _float(span[2]))) if span else None


def _float(text: str) -> float:
    return float(text.replace(",", ".").replace("−", "-"))


def every_background(offer: Offer) -> tuple[str, ...]:
    """The backgrounds that any indicator has, everybody first."""
    return tuple(dict.fromkeys((ALL, *(b for own in offer.backgrounds.values() for b in own))))


def every_year(offer: Offer) -> tuple[int, ...]:
    """The years that any indicator has."""
    return tuple(sorted({year for years in offer.years.values() for year in years}))


def spelt_years(years: Sequence[int]) -> str:
    """Years in an address, runs joined: "2011-2018,2020"."""
    return ",".join(f"{a}-{b}" if a < b else str(a) for a, b in spans(years))


def _whole(asked: Asked) -> str:
    """All of a key's text, however long."""
    given = (value.strip() for value in asked.address.values.get(asked.key, ()))
    return next(filter(None, given), "")


def _items(asked: Asked) -> tuple[str, ...]:
    items = (item.strip() for item in _whole(asked).split(","))
    return tuple(dict.fromkeys(item for item in items if item))


def _capped(asked: Asked, items: Sequence[str], most: int) -> tuple[str, ...]:
    if len(items) > most:
        asked.instead(str(len(items)), str(most), (), "too_many")
    return tuple(items[:most])


def _some(asked: Asked, choices: tuple[str, ...], *, most: int) -> tuple[str, ...]:
    """Some of the choices; the most alike for an unknown one, or nothing."""
    found = []
    for item in _items(asked):
        if item in choices:
            found.append(item)
            continue
        used = closest_choice(item[:80], choices) or ""
        asked.instead(item[:80], used, choices)
        found.append(used)
    return _capped(asked, [item for item in dict.fromkeys(found) if item], most)


def _areas(asked: Asked) -> tuple[str, ...]:
    """Places and sets of places; an operator's comparison group is its places."""
    found, offer = [], asked.offer
    for item in _items(asked):
        if own := _own(asked, item):
            found.append(own)
        elif item in offer.presets:
            codes = (_own(asked, code) or code for code in offer.presets[item])
            found += [code for code in codes if _is_there(code, offer)]
        elif _is_there(item, offer):
            found.append(item)
        else:
            asked.instead(item[:80], "")
    return _capped(asked, tuple(dict.fromkeys(found)), MOST_AREAS)


def _own(asked: Asked, token: str) -> str | None:
    """An own area, or the areas of a level in one."""
    level, within = level_and_place(token)
    own = own_area(asked.address, asked.key, within, asked.offer.own)
    if own is None or not level:
        return own
    return f"{level}@{own}" if level in LEVELS else None


def _is_there(token: str, offer: Offer) -> bool:
    own = area_set(token)
    if own is None:
        return token in offer.areas
    small = len(own.within) > len("0180") and not is_local(own.within)
    return own.within in offer.names and not small and "@00" not in token


def _years(asked: Asked) -> tuple[int, ...]:
    every = every_year(asked.offer)
    found: set[int] = set()
    for item in _items(asked):
        span = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", item)
        first, last = (int(span[1]), int(span[2] or span[1])) if span else (0, -1)
        wanted = {year for year in every if first <= year <= last}
        if not wanted:
            asked.instead(item[:80], "", [str(y) for y in every])
        found |= wanted
    return () if found == set(every) else tuple(sorted(found))


def _only(asked: Asked) -> str:
    given = _whole(asked)
    if not given or limits(given):
        return given
    return asked.instead(given[:80], "", _EXAMPLES)


def _columns(asked: Asked) -> str:
    """What the table is spread over: not what its rows are ordered by."""
    spread = asked.address.word(asked.key, (*DIMENSIONS, "none"), default="none")
    return "" if spread in ("none", asked.view.rows) else spread


def _sort(asked: Asked) -> str:
    """A column of the long table, or of one that is spread."""
    given, offer = _whole(asked)[:80], asked.offer
    name = given.removeprefix("-")
    spread = {*offer.indicators, *every_background(offer), *map(str, every_year(offer))}
    if not name or name in LONG_SORTS or name in spread or name in offer.areas:
        return given
    return asked.instead(given, "", LONG_SORTS)


@dataclass(frozen=True, slots=True)
class Lab(PageView):
    """One view of the lab: equal ones show equal numbers on the page and in a download."""

    indicators: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()  # codes, and sets as `AreaSet` writes them
    years: tuple[int, ...] = ()  # none means every year
    backgrounds: tuple[str, ...] = (ALL,)
    view: LabView = "table"
    rows: Dimension = "area"  # what the rows are ordered by first
    columns: Dimension | Literal[""] = ""  # what the table is spread over; "" one value a row
    sort: str = ""  # a column of the table, "-" before it for falling; "" the rows' own order
    find: str = ""  # only areas whose name, kommun or code has this
    only: str = ""  # only values within this: ">20", "<=5", "10-20"
    language: Language = "sv"
    embed: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show yet."""
        return not (self.indicators and self.areas)

    @property
    def codes(self) -> tuple[str, ...]:
        """The areas chosen one by one."""
        return tuple(token for token in self.areas if area_set(token) is None)

    @property
    def sets(self) -> tuple[LabAreas, ...]:
        """The sets of areas."""
        return tuple(found for token in self.areas if (found := area_set(token)))

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels of everything chosen, larger areas first."""
        codes = (parse_area_code(code) for code in self.codes)
        chosen = {code.level for code in codes if code} | {found.level for found in self.sets}
        return tuple(level for level in EVERY_LEVEL if level in chosen)

    @property
    def limits(self) -> tuple[tuple[str, float], ...]:
        """What values must be: a sign of comparison and a number each; none for any value."""
        return limits(self.only) or ()

    def years_of(self, indicator: str, level: Level, *, offer: Offer) -> tuple[int, ...]:
        """The chosen years that an indicator has at a level."""
        there = offer.years_of(indicator, level)
        return tuple(year for year in there if year in self.years) if self.years else there

    def of(self, codes: Sequence[str]) -> "Lab":
        """The same view of these areas only."""
        return replace(self, areas=tuple(codes))

    keys = (
        Key(
            "indicators",
            lambda asked: _some(asked, asked.offer.indicators, most=MOST_INDICATORS),
            start="",
        ),
        Key("areas", _areas, start=""),
        Key("years", _years, start="", spell=lambda lab: spelt_years(lab.years)),
        Key(
            "backgrounds",
            lambda asked: _some(asked, every_background(asked.offer), most=9) or (ALL,),
            start=ALL,
        ),
        Key("view", word(LAB_VIEWS), start="table"),
        Key("rows", word(DIMENSIONS, default="area"), start="area"),
        Key("columns", _columns, start=""),
        Key("sort", _sort, start=""),
        Key("find", lambda asked: _whole(asked)[:_LONGEST_FIND], start=""),
        Key("only", _only, start=""),
        LANG,
        EMBED,
    )
