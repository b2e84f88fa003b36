"""What a reader is looking at: the address of the page as a value, and what can be looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, Self

from barometer.catalogue import ALL, Catalogue
from barometer.divisions import Division, Language, Level, division_of

Method = Literal["quantiles", "equal_steps", "jenks", "std_dev"]
View = Literal["map", "table"]
Reason = Literal["unknown", "not_offered", "repeated", "other_division", "key"]

FEWEST_CLASSES: Final = 3
MOST_CLASSES: Final = 7
DEFAULT_INDICATOR: Final = "low_standard_children"
DEFAULT_LEVEL: Final[Level] = "regso"


@dataclass(frozen=True, slots=True)
class Offer:
    """What a snapshot holds: computed once per snapshot by `queries.offer`.

    `years` has the years with any value by (indicator, level), ascending; `backgrounds` the
    backgrounds of an indicator, "all" first; `areas` every area id of both divisions; `names` the
    names of riket, län and kommuner.
    """

    years: Mapping[tuple[str, Level], tuple[int, ...]]
    backgrounds: Mapping[str, tuple[str, ...]]
    areas: frozenset[str]
    names: Mapping[str, str]

    @property
    def indicators(self) -> tuple[str, ...]:
        """The indicators that have any value."""
        raise NotImplementedError

    def levels_of(self, indicator: str) -> tuple[Level, ...]:
        """The levels at which an indicator has any value, largest areas first."""
        raise NotImplementedError

    def years_of(self, indicator: str, level: Level) -> tuple[int, ...]:
        """The years with any value, ascending; empty when there are none."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Selection:
    """One view: equal selections show equal numbers, on the page, in a link and in a download."""

    indicator: str
    level: Level
    year: int
    background: str = ALL  # "all" or "sex:women"
    area: str | None = None  # the opened place; of any level, in the division of `year`
    method: Method = "quantiles"
    classes: int = 5
    view: View = "map"
    language: Language = "sv"
    embed: bool = False

    @property
    def division(self) -> Division:
        """The division that the level has in the year."""
        return division_of(self.level, self.year)

    @classmethod
    def from_query(cls, query: str, *, catalogue: Catalogue, offer: Offer) -> "Reading":
        """Read an address ("?indicator=…&year=…", with or without "?"); never raises.

        Whatever is not understood becomes the nearest view that makes sense and a `Misunderstood`.
        """
        raise NotImplementedError

    def to_query(self) -> str:
        """The address, with "?": `from_query` gives the same selection back."""
        raise NotImplementedError

    def replace(self, **changes: object) -> Self:
        """The selection with other values, as `dataclasses.replace`."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Misunderstood:
    """Something in the address that could not be followed, and what was done instead.

    `field` is the address's key, `used` the value taken instead ("" when none), `choices` what
    there is to choose from.
    """

    field: str
    given: str
    used: str
    choices: tuple[str, ...]
    reason: Reason = "unknown"


@dataclass(frozen=True, slots=True)
class Reading:
    """An address as it was understood."""

    selection: Selection
    misunderstood: tuple[Misunderstood, ...] = ()
