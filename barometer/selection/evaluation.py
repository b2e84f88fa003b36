"""The follow-up page's view: an indicator, areas, and the year in which an effort began."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal, cast
from urllib.parse import urlencode

from barometer.catalogue.efforts import BETWEEN, RegisteredEffort, read_effort, written_effort
from barometer.divisions import Division, Language, parse_area_code
from barometer.own_codes import read_own
from barometer.selection.address import (
    LANGUAGES,
    Address,
    Misunderstood,
    embed_of,
    meant_area,
    nearest,
    whole_number,
)
from barometer.selection.offer import first_indicator
from barometer.selection.own import Own, own_area

EvaluationLevel = Literal["kommun", "regso", "deso"]

EVALUATION_LEVELS: Final[tuple[EvaluationLevel, ...]] = ("kommun", "regso", "deso")
EVALUATION_KEYS: Final = ("indicator", "level", "areas", "start", "effort", "lang", "embed")
DEFAULT_EVALUATION_LEVEL: Final[EvaluationLevel] = "regso"
MOST_AREAS: Final = 12  # a larger group has too few counterparts
MOST_EFFORTS: Final = 20  # of a register in a link
YEARS_AFTER: Final = 5  # that a start has behind it when none is asked for


@dataclass(frozen=True, slots=True)
class EvaluationOffer:
    """What can be followed up in a snapshot: computed once by `queries.evaluation_offer`.

    `years` has the years with persons counted by (indicator, level, division), ascending; `labels`
    the names of kommuner, RegSO and DeSO of both divisions by code; `own` the own areas of the
    address.
    """

    years: Mapping[tuple[str, EvaluationLevel, Division], tuple[int, ...]]
    labels: Mapping[str, str]
    own: Own = field(default_factory=lambda: MappingProxyType({}))

    @property
    def indicators(self) -> tuple[str, ...]:
        """The indicators that can be followed at any level."""
        return tuple(dict.fromkeys(indicator for indicator, _, _ in self.years))

    @property
    def most_years(self) -> int:
        """How many years the longest series of any indicator has."""
        return max(map(len, self.years.values()), default=0)

    def division_of(self, indicator: str, level: EvaluationLevel) -> Division:
        """The division with the longest series, the later of two as long."""
        longest = {
            division: (len(years), division)
            for (i, own, division), years in self.years.items()
            if (i, own) == (indicator, level)
        }
        if not longest:
            return "admin" if level == "kommun" else "2018"
        return max(longest, key=lambda division: longest[division])

    def years_of(
        self, indicator: str, level: EvaluationLevel, division: Division
    ) -> tuple[int, ...]:
        """The years of an indicator in one division."""
        return self.years.get((indicator, level, division), ())


@dataclass(frozen=True, slots=True)
class Effort:
    """One follow-up: equal ones show equal numbers on the page and in a download."""

    indicator: str
    level: EvaluationLevel
    division: Division  # of the areas, or of those that are looked for
    areas: tuple[str, ...]  # of one level and division; none until some are chosen
    start: int  # the first year after
    register: tuple[RegisteredEffort, ...] = ()  # the reader's own register of efforts
    language: Language = "sv"
    embed: bool = False

    @classmethod
    def from_query(cls, query: str, *, offer: EvaluationOffer) -> "EvaluationReading":
        """Read an address; never raises. The offer must hold at least one indicator."""
        address = Address.of(query)
        indicators = offer.indicators
        default = first_indicator(indicators)
        indicator = address.word("indicator", indicators, default=default)
        first = _level(address, offer)
        asked = cast(EvaluationLevel, address.word("level", EVALUATION_LEVELS, default=first))
        areas = _areas(address, asked, offer)
        division = _division(areas) or offer.division_of(indicator, asked)
        years = offer.years_of(indicator, asked, division)
        effort = cls(
            indicator=indicator,
            level=asked,
            division=division,
            areas=areas,
            start=_start(address, years),
            register=_register(address, indicators),
            language=cast(Language, address.word("lang", LANGUAGES, default="sv")),
            embed=embed_of(address),
        )
        address.check_keys(EVALUATION_KEYS)
        return EvaluationReading(effort, tuple(address.misunderstood))

    def to_query(self) -> str:
        """The address, with "?": `from_query` gives the same effort back."""
        always = {"indicator": self.indicator, "level": self.level}
        chosen = {"areas": ",".join(self.areas)} if self.areas else {}
        sometimes = {"lang": (self.language, "sv"), "embed": (str(int(self.embed)), "0")}
        differing = {key: own for key, (own, start) in sometimes.items() if own != start}
        register = BETWEEN.join(map(written_effort, self.register))
        efforts = {"effort": register} if register else {}
        pairs = always | chosen | {"start": str(self.start)} | efforts | differing
        return "?" + urlencode(pairs, safe=",;")


@dataclass(frozen=True, slots=True)
class EvaluationReading:
    """An address of the follow-up page as it was understood."""

    effort: Effort
    misunderstood: tuple[Misunderstood, ...] = ()


def start_years(years: tuple[int, ...]) -> tuple[int, ...]:
    """The years in which an effort can have begun: any but the first."""
    return years[1:] or years


def _codes(address: Address, offer: EvaluationOffer, *, remark: bool) -> list[str]:
    """The areas of the address one by one; an own area stands for those that it consists of."""
    given = [code.strip() for value in address.values.get("areas", ()) for code in value.split(",")]
    listener = address if remark else Address({})
    codes: list[str] = []
    for code in given:
        own = own_area(listener, "areas", code, offer.own)
        reading = read_own(own) if own else None
        codes += reading.own.area_ids if reading and reading.own else [code]
    return list(dict.fromkeys(code for code in codes if code))


def _level(address: Address, offer: EvaluationOffer) -> EvaluationLevel:
    """The level of the first area, when the address does not say."""
    for given in _codes(address, offer, remark=False):
        code = parse_area_code(given)
        if code and code.level in EVALUATION_LEVELS:
            return code.level
    return DEFAULT_EVALUATION_LEVEL


def _areas(address: Address, level: EvaluationLevel, offer: EvaluationOffer) -> tuple[str, ...]:
    """The areas of the level, all of one division; what is none of them is remarked on."""
    kept: list[str] = []
    for given in _codes(address, offer, remark=True):
        area_id = given if given in offer.labels else _named(given, level, offer)
        code = parse_area_code(area_id or "")
        if area_id is None or code is None:
            address.instead("areas", given[:80], "", (), "unknown")
        elif code.level != level:
            address.instead("areas", given[:80], "", EVALUATION_LEVELS, "not_offered")
        elif _division(tuple(kept)) not in (None, code.division):
            address.instead("areas", given[:80], "", (), "other_division")
        elif len(kept) == MOST_AREAS:
            address.instead("areas", given[:80], "", (), "too_many")
        elif area_id not in kept:
            if given.casefold() not in (area_id.casefold(), offer.labels[area_id].casefold()):
                address.instead("areas", given[:80], area_id, (), "unknown")
            kept.append(area_id)
    return tuple(kept)


def _register(address: Address, indicators: tuple[str, ...]) -> tuple[RegisteredEffort, ...]:
    """The efforts of the address; what is none is remarked on and left out."""
    found: list[RegisteredEffort] = []
    every = BETWEEN.join(address.values.get("effort", ())).split(BETWEEN)
    for given in filter(None, map(str.strip, every)):
        effort = read_effort(given)
        if effort is None:
            address.instead("effort", given, "", (), "unknown")
        elif effort.indicator not in indicators:
            address.instead("effort", given, effort.indicator, (), "not_offered")
        elif len(found) == MOST_EFFORTS:
            address.instead("effort", given, "", (), "too_many")
        elif effort not in found:
            found.append(effort)
    return tuple(found)


def _named(given: str, level: EvaluationLevel, offer: EvaluationOffer) -> str | None:
    """A kommun by its name; small areas have codes only."""
    if level != "kommun":
        return None
    return meant_area(given, {c: name for c, name in offer.labels.items() if len(c) == 4})


def _division(areas: tuple[str, ...]) -> Division | None:
    code = parse_area_code(areas[0]) if areas else None
    return code.division if code else None


def _start(address: Address, years: tuple[int, ...]) -> int:
    """The asked year, or one with some years behind it; 0 where the indicator has none."""
    choices = start_years(years)
    if not choices:
        return 0
    default = nearest(choices[-1] - YEARS_AFTER + 1, choices)
    return whole_number(address, "start", choices, default=default, unknown="not_offered")
