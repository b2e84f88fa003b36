"""How an indicator of several areas together is made of theirs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from barometer.catalogue import Catalogue, Indicator, Part

Summing = Literal["ratio", "count", "withheld"]

BOUNDED_UNITS: Final = ("tkr",)
"""Units of medians and means of people: of areas together they lie between those of the parts."""
_ALWAYS: Final = (0, 9999)


@dataclass(frozen=True, slots=True)
class Rule:
    """One indicator during some years.

    ratio: numerators and denominators are summed, and the value is made of the sums. count: the
    values themselves are summed. withheld: a median, a mean or an index of areas is none of theirs
    together. `least` is the smallest denominator that a value is shown of.
    """

    indicator_id: str
    first_year: int
    last_year: int
    summing: Summing
    scale: float
    least: float


def rules_of(catalogue: Catalogue) -> tuple[Rule, ...]:
    """The rules of every indicator, a row for each way in which it is made."""
    return tuple(rule for own in catalogue.indicators.values() for rule in _rules(own))


def _rules(indicator: Indicator) -> Iterator[Rule]:
    if indicator.derived:
        yield Rule(indicator.indicator_id, *_ALWAYS, "withheld", 1, 0)
    for part in indicator.parts:
        yield Rule(
            indicator.indicator_id,
            part.first_year or _ALWAYS[0],
            part.last_year or _ALWAYS[1],
            _summing(part, indicator),
            part.scale,
            indicator.min_denominator,
        )


def _summing(part: Part, indicator: Indicator) -> Summing:
    if part.denominator is not None:
        return "ratio"
    return "count" if indicator.unit == "persons" else "withheld"
