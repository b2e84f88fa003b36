"""The nouns of the catalogue: sources, indicators, groupings and what they are made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from barometer.divisions import LEVELS, Language, Level

Unit = Literal[
    "percent",
    "persons",
    "tkr",
    "index",
    "class",
    "per_1000",
    "days",
    "cars",
    "per_100000",
    "kronor",
    "points",
    "per_km2",
]
Direction = Literal["neutral", "higher_worse", "higher_better"]
GroupingKind = Literal["two-group", "multigroup", "ordinal"]
Derivation = Literal["mean", "area_types"]
Counted = Literal["persons", "households", "dwellings"]
Provider = Literal["scb", "kolada", "pxweb1", "file"]

SECTORS: Final[tuple[str, ...]] = (
    "befolkning",
    "arbete",
    "ekonomi",
    "utbildning",
    "bostad",
    "demokrati",
    "halsa",
    "trygghet",
    "skola",
    "resor",
    "index",
)
ALL: Final = "all"  # the background "everybody"
REST: Final = "rest"  # the second group of a two-group grouping
TITLE: Final = "title"  # in `meanings`: words of the table's own title, not of a code's label
_UNVERIFIED: Final = "UNVERIFIED-"  # before the name of a table whose id is not known
_GO_TO: Final = "https://www.statistikdatabasen.scb.se/goto/{language}/ssd/{table}"
_IN_API: Final = "https://statistikdatabasen.scb.se/api/v2/tables/{table}?lang={language}"
KOLADA_API: Final = "https://api.kolada.se/v3"
LOCAL: Final = "LOCAL-"  # before the name of an own file of figures


class CatalogueError(ValueError):
    """The catalogue cannot be used; the message lists every fault. Remedy: mend the TOML files."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        lines = "\n".join(f"  - {fault}" for fault in self.faults)
        super().__init__(f"the catalogue has {len(self.faults)} fault(s), mend them all:\n{lines}")


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in both languages."""

    sv: str
    en: str

    def __getitem__(self, language: Language) -> str:
        return self.sv if language == "sv" else self.en


@dataclass(frozen=True, slots=True)
class Break:
    """A year from which figures at some levels are not fully comparable with the years before.

    Across one that `severs` they are not comparable at all: no line is drawn over it.
    """

    year: int
    note: Text
    severs: bool = False
    levels: tuple[Level, ...] = LEVELS


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a source besides region and time.

    `default` is what a term that is silent on it means; several codes are summed,
    none means that every term must name a code.
    """

    code: str
    default: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Background:
    """A way to look at part of the population ("sex"), with its categories in order."""

    background_id: str
    name: Text
    categories: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One table: of SCB, an indicator of Kolada, a table of another PxWeb, or files.

    `provider` says who is asked for it and in which manner; `address` is the server's or the
    agency's own; `parser` reads a `file`; `names` has our name of a variable and the server's.
    Four figures of a `quarterly` one are summed to a year's; the table's years lie `ahead` years
    after those that its figures are shown at.
    `years` are those that a complete refresh must hold; an open table's later years are welcome.
    `agency` is whose figures they are. `protection` says what they cannot tell, as where SCB has
    adjusted them so that nobody can be recognised, `perturbed_from` from which reference year
    counts are changed at random. `unverified` is "" unless the table's id, codes, population
    or Swedish labels are uncertain: then it has the words to search SCB's list of tables for.
    `meanings` has, of codes whose words are a claim, the variable, the code and words of SCB's
    label for it; (TITLE, "", words) is about the table's title.
    """

    source_id: str
    title: Text
    path: str
    subject: str
    variables: tuple[Variable, ...]
    levels: tuple[Level, ...]
    years: tuple[int, ...]
    closed: bool
    rhythm: Text
    licence: str
    breaks: tuple[Break, ...]
    backgrounds: tuple[tuple[str, str, tuple[tuple[str, tuple[str, ...]], ...]], ...]
    unverified: str = ""
    meanings: tuple[tuple[str, str, str], ...] = ()
    agency: str = "SCB"
    protection: Text | None = None
    perturbed_from: int | None = None
    provider: Provider = "scb"
    address: str = ""
    parser: str = ""
    names: tuple[tuple[str, str], ...] = ()
    quarterly: bool = False
    ahead: int = 0

    @property
    def has_known_id(self) -> bool:
        """Whether the id is one that its agency uses, so that it can be printed as a source."""
        return not self.source_id.startswith(_UNVERIFIED)

    def printed_id(self, *, fetched: bool) -> str:
        """The id as readers see it; "" where nobody has seen that it is the table's.

        What has been fetched answers to its id. Of what has not, the ids of SCB are from its own
        lists; those of others are only as sure as the entry says.
        """
        if fetched or not self.unverified:
            return self.source_id
        return self.source_id if self.provider == "scb" and self.has_known_id else ""

    def table_address(self, language: Language) -> str:
        """Where the table itself is shown; "" for files without an address."""
        if self.provider == "kolada":
            return f"{KOLADA_API}/kpi/{self.source_id}"
        if self.provider == "pxweb1":
            return f"{self.address}/{self.path}"
        if self.provider == "file":
            return self.address
        table = self.path.rpartition("/")[2]
        if table == self.source_id:
            return _IN_API.format(table=table, language=language)
        return _GO_TO.format(table=table, language=language)

    def variable(self, code: str) -> Variable | None:
        """The variable with this code, if the source has it."""
        return next((variable for variable in self.variables if variable.code == code), None)


def local_id(name: str) -> str:
    """The source id of an own file of figures."""
    return f"{LOCAL}{name}"


def known_ids(source_ids: Iterable[str]) -> tuple[str, ...]:
    """The ids that their agencies use: those that can be printed as sources."""
    return tuple(own for own in source_ids if not own.startswith(_UNVERIFIED))


@dataclass(frozen=True, slots=True)
class Term:
    """A sum of cells of one source: for each of its variables the codes that are summed over."""

    source_id: str
    codes: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def variable_ids(self) -> tuple[str, ...]:
        """The cells as `observations.variable_id` spells them: codes in order, joined by |."""
        ids: tuple[str, ...] = ("",)
        for _, codes in self.codes:
            ids = tuple(f"{prefix}|{code}" for prefix in ids for code in codes)
        return tuple(joined.removeprefix("|") for joined in ids)


@dataclass(frozen=True, slots=True)
class Part:
    """How an indicator is made during some years; exactly one of the three forms.

    (numerator, denominator): value = scale x numerator / denominator.
    (published, denominator): value as published, in per cent of the denominator.
    (published,): value as published.
    """

    first_year: int | None
    last_year: int | None
    numerator: Term | None
    denominator: Term | None
    published: Term | None
    scale: float

    def covers(self, year: int) -> bool:
        """Whether the indicator is made this way in a year."""
        return (self.first_year or year) <= year <= (self.last_year or year)

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every term it needs."""
        return tuple(t for t in (self.numerator, self.denominator, self.published) if t is not None)


@dataclass(frozen=True, slots=True)
class Derived:
    """What is made of other indicators at one level, in the years in which that has all of them.

    mean: of all of them. area_types: of the only one, by standard deviations from the year's mean.
    """

    how: Derivation
    of: tuple["Indicator", ...]
    level: Level


@dataclass(frozen=True, slots=True)
class Indicator:
    """A share, mean, rate or class for an area and year, from `parts` or `derived`.

    `group` and `rest` name the two halves of its population in sentences. `can_stand_out` is
    false where a value says little of a place: a mean, which a single high figure can raise, and
    the share of which the register knows nothing.
    """

    indicator_id: str
    sector: str
    name: Text
    definition: Text
    population: Text
    unit: Unit
    decimals: int
    direction: Direction
    children: bool
    parts: tuple[Part, ...]
    backgrounds: tuple[str, ...]
    breaks: tuple[Break, ...]
    categories: tuple[tuple[int, Text], ...]
    group: Text | None
    rest: Text | None
    min_denominator: float
    derived: Derived | None = None
    can_stand_out: bool = True
    counted: Counted = "persons"

    @property
    def source_ids(self) -> tuple[str, ...]:
        """SCB's tables it is made of, in order of use."""
        own = [term.source_id for part in self.parts for term in part.terms]
        others = [s for i in self.composed_of for s in i.source_ids]
        return tuple(dict.fromkeys([*own, *others]))

    @property
    def composed_of(self) -> tuple["Indicator", ...]:
        """The indicators that it is derived from; none for most."""
        return self.derived.of if self.derived else ()

    def source_ids_in(self, year: int) -> tuple[str, ...]:
        """SCB's tables behind it in a year."""
        own = [term.source_id for part in self.parts if part.covers(year) for term in part.terms]
        others = [s for i in self.composed_of for s in i.source_ids_in(year)]
        return tuple(dict.fromkeys([*own, *others]))

    def is_derived_in(self, year: int) -> bool:
        """Whether the year's values are computed from SCB's figures, not published by SCB."""
        return self.derived is not None or any(
            part.published is None or len(part.published.variable_ids) > 1
            for part in self.parts
            if part.covers(year)
        )

    @property
    def is_share(self) -> bool:
        """Whether it splits a population in two, so that it has an index series of its own."""
        return self.group is not None


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a grouping."""

    group_id: str
    name: Text


@dataclass(frozen=True, slots=True)
class GroupingPart:
    """Where a grouping's counts come from during some years: a term a group, in their order.

    With a `denominator` the terms are percentages of it; else they are counts.
    """

    first_year: int | None
    last_year: int | None
    terms: tuple[Term, ...]
    denominator: Term | None

    def covers(self, year: int) -> bool:
        """Whether the counts come from here in a year."""
        return (self.first_year or year) <= year <= (self.last_year or year)


@dataclass(frozen=True, slots=True)
class Grouping:
    """An exhaustive, non-overlapping partition of a population."""

    grouping_id: str
    name: Text
    population: Text
    kind: GroupingKind
    groups: tuple[Group, ...]
    parts: tuple[GroupingPart, ...]
    breaks: tuple[Break, ...]
    counted: Counted = "persons"

    @property
    def source_ids(self) -> tuple[str, ...]:
        """SCB's tables it is made of, in order of use."""
        terms = [
            t for p in self.parts for t in (*p.terms, *((p.denominator,) if p.denominator else ()))
        ]
        return tuple(dict.fromkeys(term.source_id for term in terms))
