"""What an index is: its function and everything a page says about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from barometer.indices.containers import CountTable, FloatArray

Kind = Literal["two-group", "multigroup", "ordinal", "diversity", "local"]
Dimension = Literal["evenness", "exposure", "concentration", "diversity", "chance"]
Unit = Literal["percent", "number", "nats"]
Language = Literal["sv", "en"]

TABLES_OF_KIND: dict[Kind, tuple[Kind, ...]] = {
    "two-group": ("two-group",),
    "multigroup": ("multigroup", "diversity"),
    "ordinal": ("ordinal", "multigroup", "diversity"),
}


@dataclass(frozen=True, slots=True)
class BothLanguages:
    """The same words in Swedish and English."""

    sv: str
    en: str

    def of(self, language: Language) -> str:
        """Returns the words in one language."""
        return self.sv if language == "sv" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """One index: a pure function and what is said about it.

    `function` takes a `Table` and returns one value per container (per area when `kind` is
    "local"), NaN where undefined. Two-group functions get a table of two groups. `expected` is the
    value by chance alone, margins fixed. `unit` says how people read the value: "percent" is shown
    times 100 with a percent sign. `sentence` has one slot, {value}, for the formatted value;
    `below_zero` is the sentence of a value below 0, whose slot is the value without its sign.
    `falls` marks an index that is lower the more segregated a place is.
    """

    id: str
    kind: Kind
    dimension: Dimension
    label: BothLanguages
    range: tuple[float, float]
    low: BothLanguages
    high: BothLanguages
    formula: str
    reference: str
    sentence: BothLanguages
    function: Callable[[CountTable], FloatArray]
    unit: Unit = "number"
    decimals: int = 3
    expected: Callable[[CountTable], FloatArray] | None = None
    interval: bool = False
    needs_land: bool = False
    note: BothLanguages | None = None
    below_zero: BothLanguages | None = None
    falls: bool = False
    label_of_quarters: BothLanguages | None = (
        None  # its name when the ordered groups are four quarters
    )

    def reading(self, value: float) -> tuple[BothLanguages, float]:
        """The sentence of a value, and the number for its slot."""
        if value < 0 and self.below_zero is not None:
            return self.below_zero, -value
        return self.sentence, value
