"""Examples that a newcomer can begin with; one whose indicators are not there is not shown."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from barometer.catalogue import Text
from barometer.divisions import Language
from barometer.selection import Offer
from barometer.selection.labs import Lab
from barometer.ui.pages.lab.words import PRESET_WORDS


@dataclass(frozen=True, slots=True)
class Example:
    """A view with a question that it answers."""

    question: Text
    lab: Lab


_LABS: Final = (
    Lab(indicators=("low_standard_children",), areas=("lan",), view="line"),
    Lab(indicators=("employed",), areas=("lan",), backgrounds=("sex:women", "sex:men"), view="bar"),
    Lab(indicators=("long_tertiary", "low_standard_children"), areas=("kommun",), view="scatter"),
    Lab(indicators=("low_standard_children",), areas=("regso@0180",), view="dot"),
    Lab(indicators=("foreign_background", "rented"), areas=("kommun@03", "00"), columns="year"),
    Lab(indicators=("low_standard_children",), areas=("deso",), sort="-value"),
)


def presets(offer: Offer, *, language: Language) -> Iterator[tuple[Example, str]]:
    """The examples that the snapshot has figures for, with their addresses."""
    for question, lab in zip(PRESET_WORDS, _LABS, strict=True):
        if set(lab.indicators) <= set(offer.indicators):
            query = replace(lab, language=language).to_query()
            yield Example(question, lab), f"/labb{query}"
