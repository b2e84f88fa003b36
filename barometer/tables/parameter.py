"""What can be asked of a table: one declaration validates, documents and makes the options."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, Literal, cast

from barometer.catalogue import ALL, Catalogue, Text
from barometer.divisions import EVERY_LEVEL, meant_code, parse_area_code
from barometer.indices import INDICES
from barometer.own_codes import FaultKind, is_own, read_own
from barometer.selection import LANGUAGES, same_code
from barometer.selection.address import closest_choice
from barometer.selection.measures import UNIT_LEVELS
from barometer.selection.own import some_of
from barometer.selection.wanted import Contents, TableRequest
from barometer.wording import faults

Kind = Literal["word", "years", "code", "text", "whole"]

YEARS: Final = "^(?:19|20)[0-9]{2}(?:-(?:19|20)[0-9]{2})?$"
CODE: Final = (
    "^(?:[0-9]{2}(?:[0-9]{2}(?:(?:[ABC][0-9]{4}|R[0-9]{3})(?:_SYN)?(?:_DeSO2025|_RegSO2025)?)?)?"
    "|own:[^,]{4,}|[a-z][a-z0-9-]{1,29}:[A-Za-z0-9ÅÄÖåäö_-]{1,40})$"
)
SEARCH: Final = "^[^\\x00-\\x1f]*$"
MOST_VALUES: Final = 500  # of one key
_OWN_FAULTS: Final[Mapping[FaultKind, Text]] = {
    "unreadable": faults.OWN_UNREADABLE,
    "doubled": faults.OWN_DOUBLED,
    "other_division": faults.OWN_OTHER_DIVISION,
    "too_many": faults.OWN_TOO_MANY,
    "unknown": faults.NO_AREA,
}
SHOWN: Final = 60  # characters of a faulty value that are repeated to whoever sent it


@dataclass(frozen=True, slots=True)
class Parameter:
    """One key of a question; `many` takes several values with commas between them."""

    name: str
    kind: Kind
    about: Text
    example: str
    many: bool = False
    required: bool = False
    choices: Callable[[Catalogue], tuple[str, ...]] | None = None
    pattern: str | None = None
    least: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one key of a question, and what to do; `missing` when nothing has it."""

    parameter: str
    given: str
    said: Text
    missing: bool = False

    @property
    def detail(self) -> str:
        """What is wrong, for those who read the programs' own language."""
        return self.said.en


def read_request(
    parameters: Sequence[Parameter], given: Mapping[str, Sequence[str]], *, catalogue: Catalogue
) -> tuple[TableRequest, tuple[Fault, ...]]:
    """The question as a value, and every fault in it; with faults the value is not to be used."""
    found_faults = list(_unknown(parameters, given))
    found: dict[str, object] = {}
    for parameter in parameters:
        texts = list(given.get(parameter.name, ()))
        if not texts:
            if parameter.required:
                found_faults.append(Fault(parameter.name, "", faults.required(_example(parameter))))
            continue
        values = _split(parameter, texts)
        wrong = [
            Fault(parameter.name, v[:SHOWN], w) for v, w in _wrong(parameter, values, catalogue)
        ]
        found_faults += wrong
        if not wrong:
            found[parameter.name] = _meaning(parameter, values)
    return TableRequest(**found), tuple(found_faults)  # type: ignore[arg-type] # the names are its fields


def faults_of_contents(requested: TableRequest, contents: Contents) -> tuple[Fault, ...]:
    """What is asked for by name and the data version lacks: areas, indicators, groupings, years."""
    asked = (
        ("area", requested.area, contents.areas, faults.NO_AREA),
        ("within", requested.within, contents.areas, faults.NO_AREA),
        ("indicator", requested.indicator, contents.indicators, faults.NO_INDICATOR),
        ("grouping", requested.grouping, contents.groupings, faults.NO_GROUPING),
    )
    missing = tuple(
        fault
        for name, values, known, said in asked
        for given in values
        if given not in known
        for fault in _missing(name, given, said, contents)
    )
    return missing or _missing_years(requested, contents)


def _missing_years(requested: TableRequest, contents: Contents) -> tuple[Fault, ...]:
    """That none of the years is one of the indicators or groupings asked for, with theirs."""
    ids = requested.indicator or requested.grouping
    known = set[int]().union(*(contents.years.get(name, frozenset()) for name in ids))
    if not requested.year or not known or known & set(requested.year):
        return ()
    given = ",".join(map(str, requested.year))[:SHOWN]
    there = ", ".join(map(str, sorted(known)))
    return (Fault("year", given, faults.no_figures(there), missing=True),)


def _missing(name: str, given: str, said: Text, contents: Contents) -> Iterator[Fault]:
    """What a data version lacks; of an own area the codes that it lacks."""
    codes = contents.own_lacks.get(given, ())
    if codes:
        yield Fault(name, some_of(codes), faults.in_own_area(), missing=True)
    else:
        other = _in_other_division(given)
        told = faults.with_other(said, other) if other in contents.areas else said
        yield Fault(name, given[:SHOWN], told, missing=True)


def _in_other_division(given: str) -> str:
    """The code that the number of a small area has in the other division, "" for other codes."""
    code = parse_area_code(given)
    if code is None or code.division == "admin":
        return ""
    return same_code(given, division="2018" if code.division == "2025" else "2025")


def _unknown(
    parameters: Sequence[Parameter], given: Mapping[str, Sequence[str]]
) -> Iterator[Fault]:
    names = [parameter.name for parameter in parameters]
    for name, values in given.items():
        if name not in names:
            near = get_close_matches(name[:SHOWN], names, n=1)
            hint = faults.meant(next(iter(near), None), names)
            value = values[0][:SHOWN] if values else ""
            yield Fault(name[:SHOWN], value, faults.no_parameter(hint))


def _split(parameter: Parameter, texts: Sequence[str]) -> list[str]:
    return [v for text in texts for v in text.split(",")] if parameter.many else list(texts)


def _wrong(
    parameter: Parameter, values: list[str], catalogue: Catalogue
) -> Iterator[tuple[str, Text]]:
    """The values that cannot be used, each with why and what to do."""
    if not parameter.many and len(values) > 1:
        yield ", ".join(values), faults.REPEATED
        return
    if len(values) > MOST_VALUES:
        yield str(len(values)), faults.too_many(MOST_VALUES)
        return
    choices = parameter.choices(catalogue) if parameter.choices else ()
    for value in values:
        if is_own(value) and parameter.kind == "code":
            yield from _own_faults(value)
        yield from ((value, fault) for fault in _faults_of(parameter, value, choices))


def _own_faults(value: str) -> Iterator[tuple[str, Text]]:
    """The codes that an own area does without, those of one kind together."""
    by_kind: dict[FaultKind, list[str]] = {}
    for fault in read_own(value).faults:
        by_kind.setdefault(fault.kind, []).append(fault.given)
    for kind, codes in by_kind.items():
        yield some_of(codes), _OWN_FAULTS[kind]


def _faults_of(parameter: Parameter, value: str, choices: Sequence[str]) -> Iterator[Text]:
    """Why one value cannot be used, if it cannot, and what to do."""
    if parameter.choices and value not in choices:
        near = closest_choice(value[:SHOWN], choices)
        yield faults.unknown(faults.meant(near, choices))
    elif parameter.pattern and re.fullmatch(parameter.pattern[1:-1], value) is None:
        meant = meant_code(value[:SHOWN]) if parameter.kind == "code" else ""
        is_code = meant and re.fullmatch(parameter.pattern[1:-1], meant)
        yield faults.unreadable(_example(parameter), near=meant if is_code else "")
    elif parameter.kind == "whole" and not _whole(parameter, value):
        yield faults.no_whole(parameter.least, parameter.most)
    elif parameter.kind == "text" and not parameter.least <= len(value) <= parameter.most:
        yield faults.wrong_length(parameter.least, parameter.most)


def _whole(parameter: Parameter, value: str) -> bool:
    short = re.fullmatch("[0-9]{1,9}", value) is not None
    return short and parameter.least <= int(value) <= parameter.most


def _meaning(parameter: Parameter, values: list[str]) -> object:
    if parameter.kind == "years":
        years = {year for value in values for year in _span(value)}
        return tuple(sorted(years))
    if parameter.kind == "whole":
        return int(values[0])
    if parameter.kind == "code":
        values = [_own_code(value) for value in values]
    return tuple(dict.fromkeys(values)) if parameter.many else values[0]


def _own_code(value: str) -> str:
    """An own area as it is always written; any other code as it is."""
    own = read_own(value).own if is_own(value) else None
    return own.token if own else value


def _span(text: str) -> range:
    first, _, last = text.partition("-")
    ends = sorted((int(first), int(last or first)))
    return range(ends[0], ends[1] + 1)


def _example(parameter: Parameter) -> str:
    return f"{parameter.name}={parameter.example}"


def _backgrounds(catalogue: Catalogue) -> tuple[str, ...]:
    parts = (
        f"{background.background_id}:{category}"
        for background in catalogue.backgrounds.values()
        for category, _ in background.categories
    )
    return (ALL, *parts)


INDICATOR: Final = Parameter(
    "indicator",
    "word",
    Text("Indikatorer, med kommatecken emellan.", "Indicators, with commas between them."),
    "low_standard_children",
    many=True,
    choices=lambda catalogue: tuple(catalogue.indicators),
)
BACKGROUND: Final = Parameter(
    "background",
    "word",
    Text(
        "Del av befolkningen: all för alla, sex:women för kvinnor.",
        "Part of the population: all for everybody, sex:women for women.",
    ),
    "all",
    many=True,
    choices=_backgrounds,
)
GROUPING: Final = Parameter(
    "grouping",
    "word",
    Text(
        "Grupper som befolkningen delas i; en andelsindikators id är gruppen mot alla andra.",
        "Groups that the population is split into; a share indicator's id is its group against"
        " everybody else.",
    ),
    "low_standard_children",
    many=True,
    choices=lambda catalogue: tuple(catalogue.groupings),
)
INDEX: Final = Parameter(
    "index",
    "word",
    Text("Segregationsmått.", "Segregation measures."),
    "dissimilarity",
    many=True,
    choices=lambda _: tuple(index.id for index in INDICES),
)
UNITS: Final = Parameter(
    "units",
    "word",
    Text("Områden som måttet jämför.", "The areas that the measure compares."),
    "regso",
    many=True,
    choices=lambda _: tuple(UNIT_LEVELS),
)
LEVEL: Final = Parameter(
    "level",
    "word",
    Text(
        "Nivåer, med kommatecken emellan; own är egna områden.",
        "Levels, with commas between; own is own areas.",
    ),
    "kommun",
    many=True,
    choices=lambda _: tuple(EVERY_LEVEL),
)
YEAR: Final = Parameter(
    "year",
    "years",
    Text("År, eller ett spann av år.", "Years, or a span of years."),
    "2020-2024",
    many=True,
    pattern=YEARS,
)
AREA: Final = Parameter(
    "area",
    "code",
    Text("Områdenas egna koder.", "The areas' own codes."),
    "0180,0380",
    many=True,
    pattern=CODE,
)
WITHIN: Final = Parameter(
    "within",
    "code",
    Text(
        "Koder för det som områdena ligger i: 00, län, kommun eller RegSO.",
        "Codes of what the areas lie in: 00, a county, municipality or RegSO.",
    ),
    "01",
    many=True,
    pattern=CODE,
)
SEARCHED: Final = Parameter(
    "q",
    "text",
    Text("Början av ett namn eller en kod.", "How a name or a code begins."),
    "uppsala",
    required=True,
    pattern=SEARCH,
    least=1,
    most=80,
)
LANG: Final = Parameter(
    "lang",
    "word",
    Text("Språk för namn: sv eller en.", "Language of names: sv or en."),
    "sv",
    choices=lambda _: cast("tuple[str, ...]", LANGUAGES),
)
MOST_ROWS: Final = 10_000
LIMIT: Final = Parameter(
    "limit",
    "whole",
    Text(
        "Högst så många rader. JSON ger 1 000 om inget sägs, filer ger alla.",
        "At most so many rows. JSON gives 1,000 where nothing is said, files give all.",
    ),
    "1000",
    least=1,
    most=MOST_ROWS,
)
OFFSET: Final = Parameter(
    "offset",
    "whole",
    Text("Hoppa över så många rader.", "Skip so many rows."),
    "0",
    most=100_000_000,
)
