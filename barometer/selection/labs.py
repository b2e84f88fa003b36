"""The lab: any indicators, areas, years and backgrounds, and how they are shown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, cast, get_args
from urllib.parse import urlencode

from barometer.catalogue import ALL
from barometer.divisions import EVERY_LEVEL, LEVELS, RIKET, Language, Level, parse_area_code
from barometer.own_codes import is_local
from barometer.selection.address import LANGUAGES, Address, Misunderstood, closest_choice, embed_of
from barometer.selection.offer import Offer
from barometer.selection.own import own_area

LabView = Literal["table", "line", "bar", "dot", "scatter"]
Dimension = Literal["indicator", "area", "year", "background"]

LAB_VIEWS: Final[tuple[LabView, ...]] = get_args(LabView)
DIMENSIONS: Final[tuple[Dimension, ...]] = get_args(Dimension)
MOST_INDICATORS: Final = 12
MOST_AREAS: Final = 100  # places or sets of places in an address
LONG_SORTS: Final = (
    *("label", "indicator", "background", "division", "year", "value", "denominator"),
)
KEYS: Final = (
    *("indicators", "areas", "years", "backgrounds", "view", "rows", "columns"),
    *("sort", "find", "only", "lang", "embed"),
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


@dataclass(frozen=True, slots=True)
class Lab:
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

    @classmethod
    def from_query(cls, query: str, *, offer: Offer) -> "LabReading":
        """Read an address; never raises. What is not there is left out and remarked on."""
        address = Address.of(query)
        rows = cast(Dimension, address.word("rows", DIMENSIONS, default="area"))
        spread = address.word("columns", (*DIMENSIONS, "none"), default="none")
        lab = cls(
            indicators=_some(address, "indicators", offer.indicators, most=MOST_INDICATORS),
            areas=_areas(address, offer),
            years=_years(address, offer),
            backgrounds=_some(address, "backgrounds", every_background(offer), most=9) or (ALL,),
            view=cast(LabView, address.word("view", LAB_VIEWS, default="table")),
            rows=rows,
            columns=cast(Dimension, "" if spread in ("none", rows) else spread),
            sort=_sort(address, offer),
            find=_whole(address, "find")[:_LONGEST_FIND],
            only=_only(address),
            language=cast(Language, address.word("lang", LANGUAGES, default="sv")),
            embed=embed_of(address),
        )
        address.check_keys(KEYS)
        return LabReading(lab, tuple(address.misunderstood))

    def to_query(self) -> str:
        """The address, with "?": `from_query` gives the same view back."""
        own = {
            "indicators": ",".join(self.indicators),
            "areas": ",".join(self.areas),
            "years": spelt_years(self.years),
            "backgrounds": ",".join(self.backgrounds),
            "view": self.view,
            "rows": self.rows,
            "columns": self.columns,
            "sort": self.sort,
            "find": self.find,
            "only": self.only,
            "lang": self.language,
            "embed": str(int(self.embed)),
        }
        start = {"backgrounds": ALL, "view": "table", "rows": "area", "lang": "sv", "embed": "0"}
        differing = {key: value for key, value in own.items() if value != start.get(key, "")}
        return "?" + urlencode(differing, safe=",:@") if differing else ""

    def of(self, codes: Sequence[str]) -> "Lab":
        """The same view of these areas only."""
        return replace(self, areas=tuple(codes))


@dataclass(frozen=True, slots=True)
class LabReading:
    """An address of the lab as it was understood."""

    lab: Lab
    misunderstood: tuple[Misunderstood, ...] = ()


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
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ",".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _whole(address: Address, key: str) -> str:
    """All of a key's text, however long."""
    return next((value.strip() for value in address.values.get(key, ()) if value.strip()), "")


def _items(address: Address, key: str) -> tuple[str, ...]:
    items = (item.strip() for item in _whole(address, key).split(","))
    return tuple(dict.fromkeys(item for item in items if item))


def _capped(address: Address, key: str, items: Sequence[str], most: int) -> tuple[str, ...]:
    if len(items) > most:
        address.instead(key, str(len(items)), str(most), (), "too_many")
    return tuple(items[:most])


def _some(address: Address, key: str, choices: tuple[str, ...], *, most: int) -> tuple[str, ...]:
    """Some of the choices; the most alike for an unknown one, or nothing."""
    found = []
    for item in _items(address, key):
        if item in choices:
            found.append(item)
            continue
        used = closest_choice(item[:80], choices) or ""
        address.instead(key, item[:80], used, choices, "unknown")
        found.append(used)
    return _capped(address, key, [item for item in dict.fromkeys(found) if item], most)


def _areas(address: Address, offer: Offer) -> tuple[str, ...]:
    """Places and sets of places; an operator's comparison group is its places."""
    found = []
    for item in _items(address, "areas"):
        if own := _own(address, item, offer):
            found.append(own)
        elif item in offer.presets:
            codes = (_own(address, code, offer) or code for code in offer.presets[item])
            found += [code for code in codes if _is_there(code, offer)]
        elif _is_there(item, offer):
            found.append(item)
        else:
            address.instead("areas", item[:80], "", (), "unknown")
    return _capped(address, "areas", tuple(dict.fromkeys(found)), MOST_AREAS)


def _own(address: Address, token: str, offer: Offer) -> str | None:
    """An own area, or the areas of a level in one."""
    level, at, within = token.rpartition("@")
    own = own_area(address, "areas", within, offer.own)
    return level + at + own if own and (not at or level in LEVELS) else None


def _is_there(token: str, offer: Offer) -> bool:
    own = area_set(token)
    if own is None:
        return token in offer.areas
    small = len(own.within) > len("0180") and not is_local(own.within)
    return own.within in offer.names and not small and "@00" not in token


def _years(address: Address, offer: Offer) -> tuple[int, ...]:
    every = every_year(offer)
    found: set[int] = set()
    for item in _items(address, "years"):
        span = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", item)
        first, last = (int(span[1]), int(span[2] or span[1])) if span else (0, -1)
        wanted = {year for year in every if first <= year <= last}
        if not wanted:
            address.instead("years", item[:80], "", [str(y) for y in every], "unknown")
        found |= wanted
    return () if found == set(every) else tuple(sorted(found))


def _only(address: Address) -> str:
    given = _whole(address, "only")
    if not given or limits(given):
        return given
    return address.instead("only", given[:80], "", _EXAMPLES, "unknown")


def _sort(address: Address, offer: Offer) -> str:
    """A column of the long table, or of one that is spread."""
    given = _whole(address, "sort")[:80]
    name = given.removeprefix("-")
    spread = {*offer.indicators, *every_background(offer), *map(str, every_year(offer))}
    if not name or name in LONG_SORTS or name in spread or name in offer.areas:
        return given
    return address.instead("sort", given, "", LONG_SORTS, "unknown")
