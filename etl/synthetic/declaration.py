"""How a table is declared: its variables, its contents, and the counts it is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from barometer.catalogue.model import Text
from etl.synthetic.landscape import Floats
from etl.synthetic.population import Population, Years

Cells = NDArray[Any]
Measure = Callable[[Floats, Years], Floats]

SMALL_SETS: Final = ("deso2018", "deso2025", "regso2020", "regso2025")
ADMIN_SETS: Final = ("riket", "lan", "kommun")
ALL_SETS: Final = ADMIN_SETS + SMALL_SETS
UNVERIFIED: Final = "UNVERIFIED-"  # before an id or code that nobody has seen at SCB


def counted(*leaves: int) -> Measure:
    """A measure that sums some of the parts; all of them when none are named."""

    def measure(cells: Floats, years: Years) -> Floats:  # noqa: ARG001  measures share a signature
        chosen = cells[..., list(leaves)] if leaves else cells
        return np.asarray(chosen.sum(axis=-1))

    return measure


def share(*leaves: int, of: slice = slice(None)) -> Measure:
    """A measure in per cent: some of the parts, of those that `of` cuts out."""

    def measure(cells: Floats, years: Years) -> Floats:  # noqa: ARG001  measures share a signature
        with np.errstate(invalid="ignore", divide="ignore"):
            part, whole = cells[..., list(leaves)].sum(axis=-1), cells[..., of].sum(axis=-1)
            return np.asarray(100 * part / whole)

    return measure


@dataclass(frozen=True, slots=True)
class Category:
    """One code of a variable and the leaves it sums: positions on the variable's axis of cells."""

    code: str
    label: Text
    leaves: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DeclaredVariable:
    """A classification. If `eliminated` it may be left out of a selection: `total` is then used."""

    code: str
    label: Text
    categories: tuple[Category, ...]
    eliminated: bool = True
    total: str | None = None


_NUMBER: Final = Text("antal", "number")
_EVERYBODY: Final = counted()


@dataclass(frozen=True, slots=True)
class Content:
    """One measure: how it is reckoned from the last axis of the cells summed to areas.

    `fewest` suppresses the cell of an area with fewer `people` than that.
    """

    code: str
    label: Text
    measure: Measure
    unit: Text = _NUMBER
    decimals: int = 0
    fewest: int = 0
    people: Measure = _EVERYBODY

    @property
    def is_count(self) -> bool:
        """Whether noise is added from the year in which SCB began to."""
        return self.unit.en.startswith("number")


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """What the made-up country adds to a table's entry: what its figures are made of.

    `cells(population, years)` gives whole numbers per atom: shape (atoms, years, one axis per
    variable …, parts); the contents are reckoned from the parts of an area. `lag` is how many
    years the table is behind the newest population.
    """

    variables: tuple[DeclaredVariable, ...]
    contents: tuple[Content, ...]
    cells: Callable[[Population, Years], Cells]
    lag: int = 0
    older: bool = False  # has the code lists of older tables
    updated: str = "03-20"  # month and day of the year after the last
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration(Composition):
    """One table: a composition, and what its entry in the catalogue says.

    Years run from `first` to `last`, or to `lag` years behind the newest population; with `every`,
    in such steps.
    """

    id: str
    label: Text
    infofile: str
    first: int
    last: int | None = None
    every: int = 1
    sets: tuple[str, ...] = ALL_SETS
    source: str = "SCB"

    @property
    def subject(self) -> str:
        """SCB's code of the subject area."""
        return self.infofile[:2]

    @property
    def discontinued(self) -> bool:
        """Whether the table has got its last year."""
        return self.last is not None

    def years(self, last_year: int) -> Years:
        """The table's years when the newest population figures are of last_year."""
        newest = (
            last_year if self.lag == 0 else max(last_year - self.lag, min(last_year, _LAG_FROM))
        )
        return np.arange(self.first, min(newest, self.last or newest) + 1, self.every)


_LAG_FROM: Final = 2024  # until then every register is complete


def variable(
    code: str,
    label: Text,
    *rows: tuple[str, str, str, tuple[int, ...]],
    eliminated: bool = True,
    total: str | None = None,
) -> DeclaredVariable:
    """A variable whose categories are rows of code, Swedish, English and leaves."""
    categories = tuple(Category(own, Text(sv, en), leaves) for own, sv, en, leaves in rows)
    return DeclaredVariable(code, label, categories, eliminated, total)


SEX: Final = variable(
    "Kon",
    Text("kön", "sex"),
    ("1", "män", "men", (0,)),
    ("2", "kvinnor", "women", (1,)),
    ("1+2", "totalt", "total", (0, 1)),
    total="1+2",
)
PER_CENT: Final = Text("procent", "per cent")
THOUSANDS: Final = Text("tusentals kronor", "SEK thousands")
