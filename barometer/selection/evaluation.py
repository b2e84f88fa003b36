"""The follow-up page's view: an indicator, areas, and the year in which an effort began."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final, Literal

from barometer.catalogue.efforts import BETWEEN, RegisteredEffort, read_effort, written_effort
from barometer.divisions import AreaCode, Division, Language, parse_area_code
from barometer.own_codes import read_own
from barometer.selection.address import Address, Reason, meant_area, nearest
from barometer.selection.keys import EMBED, LANG, Asked, Key, PageView, word
from barometer.selection.offer import first_indicator
from barometer.selection.own import Own, own_area, some_of

EvaluationLevel = Literal["kommun", "regso", "deso"]

EVALUATION_LEVELS: Final[tuple[EvaluationLevel, ...]] = ("kommun", "regso", "deso")
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


def start_years(years: tuple[int, ...]) -> tuple[int, ...]:
    """The years in which an effort can have begun: any but the first."""
    return years[1:] or years


def _indicators(asked: Asked) -> tuple[str, ...]:
    found: tuple[str, ...] = asked.offer.indicators
    return found


def _first_indicator(asked: Asked) -> str:
    return first_indicator(_indicators(asked))


def _codes(asked: Asked, *, remark: bool) -> list[str]:
    """The areas of the address one by one; an own area stands for those that it consists of."""
    listener = asked.address if remark else Address({})
    codes: list[str] = []
    for code in replace(asked, key="areas").items():
        own = own_area(listener, "areas", code, asked.offer.own)
        reading = read_own(own) if own else None
        codes += reading.own.area_ids if reading and reading.own else [code]
    return list(dict.fromkeys(codes))


def _first_level(asked: Asked) -> EvaluationLevel:
    """The level of the first area, when the address does not say."""
    for given in _codes(asked, remark=False):
        code = parse_area_code(given)
        if code and code.level in EVALUATION_LEVELS:
            return code.level
    return DEFAULT_EVALUATION_LEVEL


def _areas(asked: Asked) -> tuple[str, ...]:
    """The areas of the level, all of one division; what is none of them is remarked on."""
    level, offer = asked.view.level, asked.offer
    kept: list[str] = []
    left: dict[Reason, list[str]] = {}
    for given in _codes(asked, remark=True):
        area_id = given if given in offer.labels else _named(given, level, offer)
        code = parse_area_code(area_id or "")
        if area_id is None or code is None:
            asked.instead(given[:80], "")
        elif why := _why_left(code, kept, level):
            left.setdefault(why, []).append(given[:80])
        elif area_id not in kept:
            if given.casefold() not in (area_id.casefold(), offer.labels[area_id].casefold()):
                asked.instead(given[:80], area_id)
            kept.append(area_id)
    for reason, codes in left.items():  # an own area may have hundreds
        asked.instead(some_of(codes), "", EVALUATION_LEVELS, reason)
    return tuple(kept)


def _why_left(code: AreaCode, kept: Sequence[str], level: EvaluationLevel) -> Reason | None:
    """Why an area cannot be followed up with those before it; None if it can."""
    if code.level != level:
        return "not_offered"
    if _common(tuple(kept)) not in (None, code.division):
        return "other_division"
    return "too_many" if len(kept) == MOST_AREAS else None


def _register(asked: Asked) -> tuple[RegisteredEffort, ...]:
    """The efforts of the address; what is none is remarked on and left out."""
    indicators = _indicators(asked)
    found: list[RegisteredEffort] = []
    every = BETWEEN.join(asked.address.values.get(asked.key, ())).split(BETWEEN)
    for given in filter(None, map(str.strip, every)):
        effort = read_effort(given)
        if effort is None:
            asked.instead(given, "")
        elif effort.indicator not in indicators:
            asked.instead(given, effort.indicator, (), "not_offered")
        elif len(found) == MOST_EFFORTS:
            asked.instead(given, "", (), "too_many")
        elif effort not in found:
            found.append(effort)
    return tuple(found)


def _spelt_register(effort: "Effort") -> str:
    return BETWEEN.join(map(written_effort, effort.register))


def _named(given: str, level: EvaluationLevel, offer: EvaluationOffer) -> str | None:
    """A kommun by its name; small areas have codes only."""
    if level != "kommun":
        return None
    return meant_area(given, {c: name for c, name in offer.labels.items() if len(c) == 4})


def _common(areas: tuple[str, ...]) -> Division | None:
    code = parse_area_code(areas[0]) if areas else None
    return code.division if code else None


def _division(asked: Asked) -> Division:
    """That of the areas, or the one with the longest series."""
    view, offer = asked.view, asked.offer
    return _common(view.areas) or offer.division_of(view.indicator, view.level)


def _start(asked: Asked) -> int:
    """The asked year, or one with some years behind it; 0 where the indicator has none."""
    view, offer = asked.view, asked.offer
    choices = start_years(offer.years_of(view.indicator, view.level, view.division))
    if not choices:
        return 0
    default = nearest(choices[-1] - YEARS_AFTER + 1, choices)
    return asked.number(choices, default=default)


@dataclass(frozen=True, slots=True)
class Effort(PageView):
    """One follow-up: equal ones show equal numbers on the page and in a download."""

    indicator: str
    level: EvaluationLevel
    division: Division  # of the areas, or of those that are looked for
    areas: tuple[str, ...]  # of one level and division; none until some are chosen
    start: int  # the first year after
    register: tuple[RegisteredEffort, ...] = ()  # the reader's own register of efforts
    language: Language = "sv"
    embed: bool = False

    keys = (
        Key("indicator", word(_indicators, default=_first_indicator)),
        Key("level", word(EVALUATION_LEVELS, default=_first_level)),
        Key("areas", _areas, start=""),
        Key("", _division, fields=("division",)),
        Key("start", _start),
        Key(
            "effort",
            _register,
            start="",
            fields=("register",),
            spell=_spelt_register,
        ),
        LANG,
        EMBED,
    )
