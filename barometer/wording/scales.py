"""How the numbers of a map are written: decimals, unit and sign, by what the map shows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from barometer.catalogue import Catalogue, Indicator, Text
from barometer.divisions import Language
from barometer.selection import LANGUAGES, Layer, Selection
from barometer.wording.numbers import MINUS, NBSP, NOTHING, is_known, number, unit_name, value

PLUS: Final = "+"
_POINTS: Final = Text("procentenheter", "percentage points")
# Areas from which the parts of a whole need one more decimal to be told apart.
_MORE_DECIMALS: Final = (100, 1_000)


@dataclass(frozen=True, slots=True)
class Scale:
    """`pattern` has {} for the number; `unit` is the unit in a heading."""

    decimals: int
    pattern: Text
    unit: Text
    signed: bool = False


_LAYERS: Final[Mapping[Layer, Scale]] = MappingProxyType(
    {
        "location_quotient": Scale(2, Text("{} gånger", "{} times"), Text("gånger", "times")),
        "dissimilarity_contribution": Scale(1, Text("{} %", "{}%"), Text("procent", "per cent")),
        "local_segregation": Scale(1, Text("{} %", "{}%"), Text("procent", "per cent")),
        "local_entropy": Scale(2, Text("{}", "{}"), Text("nats", "nats")),
        "ice": Scale(2, Text("{}", "{}"), Text("−1 till +1", "−1 to +1"), signed=True),
        "distance_to_mix": Scale(0, Text("{} m", "{} m"), Text("meter", "metres")),
    }
)


def scale_of(selection: Selection, *, catalogue: Catalogue, n_areas: int) -> Scale:
    """How the view's numbers are written; `n_areas` share the whole that parts are parts of."""
    if selection.layer == "value":
        scale = _of_indicator(catalogue.indicators[selection.indicator])
    else:
        scale = _LAYERS[selection.layer]
    if scale.unit.en == "per cent" and selection.layer != "value":
        more = sum(n_areas > limit for limit in _MORE_DECIMALS)
        scale = replace(scale, decimals=scale.decimals + more)
    return scale if selection.since is None else _of_change(scale)


def written(amount: float | None, *, scale: Scale, language: Language) -> str:
    """A number with its unit and, of a change, its sign."""
    if not is_known(amount):
        return NOTHING
    return with_unit(_plain(amount, scale, language), scale=scale, language=language)


def written_range(low: float, high: float, *, scale: Scale, language: Language) -> str:
    """Two numbers with one unit; one where they read the same."""
    ends = dict.fromkeys(_plain(end, scale, language) for end in (low, high))
    # A dash beside a sign cannot be read.
    dash = Text(" till ", " to ")[language] if scale.signed or low < 0 else "–"
    return with_unit(dash.join(ends), scale=scale, language=language)


def with_unit(plain: str, *, scale: Scale, language: Language) -> str:
    """A number that is written already, with the unit; spaces do not break."""
    return scale.pattern[language].replace(" ", NBSP).format(plain)


def _plain(amount: float, scale: Scale, language: Language) -> str:
    digits = number(amount, decimals=scale.decimals, language=language)
    more = scale.signed and not digits.startswith(MINUS) and digits.strip("0.,")
    return f"{PLUS}{digits}" if more else digits


def _of_indicator(indicator: Indicator) -> Scale:
    zero = {
        language: number(0, decimals=indicator.decimals, language=language)
        for language in LANGUAGES
    }
    patterns = {
        language: "{}"
        if indicator.categories
        else value(0, indicator=indicator, language=language).replace(zero[language], "{}", 1)
        for language in LANGUAGES
    }
    units = {language: unit_name(indicator, language=language) for language in LANGUAGES}
    return Scale(indicator.decimals, Text(**patterns), Text(**units))


def _of_change(scale: Scale) -> Scale:
    if scale.unit.en == "per cent":
        pattern = Text(f"{{}} {_POINTS.sv}", f"{{}} {_POINTS.en}")
        return replace(scale, pattern=pattern, unit=_POINTS, signed=True)
    return replace(scale, signed=True)
