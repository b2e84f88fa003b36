"""Numbers, dates and lists for people: rounded here and nowhere else."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, TypeGuard

from barometer.catalogue import Indicator, Text, Unit
from barometer.divisions import Language, spans

NBSP: Final = "\u00a0"
MINUS: Final = "−"
NOTHING: Final = "–"
PERCENT_SCALE: Final = Text(f"0–100{NBSP}%", "0–100%")

# How a value of the unit is written: {} is the number, spaces do not break.
_WITH_UNIT: Final[dict[Unit, Text]] = {
    "percent": Text("{} %", "{}%"),
    "persons": Text("{}", "{}"),
    "tkr": Text("{} tkr", "SEK {} thousand"),
    "index": Text("{}", "{}"),
    "class": Text("{}", "{}"),
    "per_1000": Text("{} per 1 000", "{} per 1,000"),
    "days": Text("{} dagar", "{} days"),
    "cars": Text("{} bilar", "{} cars"),
    "per_100000": Text("{} per 100 000", "{} per 100,000"),
    "kronor": Text("{} kr", "SEK {}"),
    "points": Text("{} poäng", "{} points"),
    "per_km2": Text("{} per km²", "{} per km²"),
}
UNIT_NAMES: Final[dict[str, Text]] = {
    "percent": Text("procent", "per cent"),
    "persons": Text("antal personer", "number of persons"),
    "tkr": Text("tkr", "SEK thousand"),
    "index": Text("indextal", "index"),
    "class": Text("typ", "type"),
    "per_1000": Text("per 1 000 invånare", "per 1,000 residents"),
    "days": Text("dagar", "days"),
    "cars": Text("bilar", "cars"),
    "per_100000": Text("per 100 000 invånare", "per 100,000 residents"),
    "kronor": Text("kronor", "kronor"),
    "points": Text("poäng", "points"),
    "per_km2": Text("invånare per km²", "residents per km²"),
}
_MONTHS: Final = (
    Text("januari", "January"),
    Text("februari", "February"),
    Text("mars", "March"),
    Text("april", "April"),
    Text("maj", "May"),
    Text("juni", "June"),
    Text("juli", "July"),
    Text("augusti", "August"),
    Text("september", "September"),
    Text("oktober", "October"),
    Text("november", "November"),
    Text("december", "December"),
)


def capitalised(text: str) -> str:
    """The text with a capital first letter and the rest as it is: "RegSO" stays so."""
    return text[:1].upper() + text[1:]


def uncapitalised(name: str) -> str:
    """A name inside a sentence; a first word like "RegSO" or "SCB:s" keeps its capital."""
    first = name.partition(" ")[0]
    return name if any(map(str.isupper, first[1:])) else name[:1].lower() + name[1:]


def short_label(label: str) -> str:
    """A label without kommun: "Sibbarp" of "Sibbarp (Malmö)"."""
    return label.partition(" (")[0]


def number(value: float, *, decimals: int = 0, language: Language) -> str:
    """A number: "1 234,5" (no-break spaces, real minus) or "1,234.5"; halves away from zero."""
    amount = float(value)
    size: float | Decimal = abs(amount)
    if not math.isfinite(amount):
        raise ArithmeticError(f"{amount} cannot be written as a number")
    if size * 10**decimals % 1 == 0.5:  # a float's own format rounds halves to even
        size = as_written(abs(amount), decimals=decimals)
    digits = f"{size:,.{decimals}f}"
    is_negative = amount < 0 and digits.strip("0.") != ""
    if language == "sv":
        digits = digits.replace(",", NBSP).replace(".", ",")
    return f"{MINUS}{digits}" if is_negative else digits


def as_written(value: float | Decimal, *, decimals: int) -> Decimal:
    """The number that a reader sees: halves away from zero."""
    return Decimal(float(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def stated_change(first: float, last: float, *, decimals: int) -> Decimal:
    """From the first to the last as both are written, so that a reader's own sum comes out even.

    Rounding each of three numbers by itself can give "from 33 to 32, by 2".
    """
    return as_written(last, decimals=decimals) - as_written(first, decimals=decimals)


def value(amount: float | None, *, indicator: Indicator, language: Language) -> str:
    """A value with its unit: "12,3 %", "254,0 tkr", a type's name; "–" where there is none."""
    if not is_known(amount):
        return NOTHING
    if indicator.categories:
        return category(amount, indicator=indicator, language=language)
    return _with_unit(_plain(amount, indicator, language), indicator, language)


def percent(share: float | None, *, language: Language, decimals: int = 1) -> str:
    """A number of per cent with its sign: "5,4 %", "5.4%"; "–" where there is none."""
    if not is_known(share):
        return NOTHING
    digits = number(share, decimals=decimals, language=language)
    return f"{digits}{NBSP}%" if language == "sv" else f"{digits}%"


def unit_suffix(unit: str, *, language: Language) -> str:
    """What stands after each number of an axis: the sign of per cent, or nothing."""
    return Text(f"{NBSP}%", "%")[language] if unit == "percent" else ""


def category(amount: float, *, indicator: Indicator, language: Language) -> str:
    """A class with its number and name: "3 Socioekonomiskt blandade områden"."""
    named = dict(indicator.categories).get(int(amount))
    return f"{int(amount)} {named[language]}" if named else str(int(amount))


def value_range(low: float, high: float, *, indicator: Indicator, language: Language) -> str:
    """Two values with one unit: "24,1–45,4 %"; one value where they read the same."""
    ends = [_plain(end, indicator, language) for end in (low, high)]
    # A dash beside a minus sign cannot be read.
    dash = "–" if low >= 0 else Text(" till ", " to ")[language]
    return _with_unit(dash.join(dict.fromkeys(ends)), indicator, language)


def difference(first: float, last: float, *, indicator: Indicator, language: Language) -> str:
    """How far two values are apart as written, without direction: "12,3 procentenheter"."""
    apart = stated_change(first, last, decimals=indicator.decimals)
    if indicator.unit != "percent":
        plain = _plain(float(abs(apart)), indicator, language)
        return _with_unit(plain, indicator, language)
    return percentage_points(float(apart), decimals=indicator.decimals, language=language)


def percentage_points(amount: float, *, decimals: int, language: Language) -> str:
    """A difference between shares without direction: "1,8 procentenheter"."""
    plain, one = (number(n, decimals=decimals, language=language) for n in (abs(amount), 1))
    nouns = Text("procentenhet", "percentage point"), Text("procentenheter", "percentage points")
    return f"{plain}{NBSP}{nouns[plain != one][language]}"


def signed(amount: float, *, decimals: int, language: Language, zero: str = "") -> str:
    """A number with its sign, and `zero` before what is written as nothing: "+9,0", "−1,2"."""
    plain, nothing = (number(n, decimals=decimals, language=language) for n in (abs(amount), 0))
    sign = MINUS if amount < 0 else "+"
    return f"{zero if plain == nothing else sign}{plain}"


def with_decimal(indicator: Indicator) -> Indicator:
    """The indicator as written of areas taken together: a share that SCB rounds gets a decimal."""
    if indicator.unit != "percent":
        return indicator
    return replace(indicator, decimals=max(1, indicator.decimals))


def unit_name(indicator: Indicator, *, language: Language) -> str:
    """The unit for a heading: "procent", "antal personer", "tkr"."""
    return UNIT_NAMES[indicator.unit][language]


def day(moment: date, *, language: Language) -> str:
    """A date: "4 juni 2025", "4 June 2025"."""
    return f"{moment.day} {_MONTHS[moment.month - 1][language]} {moment.year}"


def year_list(years: Sequence[int]) -> str:
    """Years in order, runs joined: "2011–2018, 2020"."""
    return ", ".join(f"{a}–{b}" if a < b else str(a) for a, b in spans(years))


def enumerated(items: Sequence[str], *, language: Language) -> str:
    """A list in a sentence: "a, b och c".

    With semicolons where an item has a comma of its own, and with "samt" where one has "och".
    """
    if len(items) < 2:
        return "".join(items)
    between = "; " if any(", " in item for item in items) else ", "
    joined = any(Text(" och ", " and ")[language] in item for item in items)
    last = Text(" samt ", ", and ") if joined else Text(" och ", " and ")
    return f"{between.join(items[:-1])}{last[language]}{items[-1]}"


def is_known(amount: float | None) -> TypeGuard[float]:
    """Whether there is a value at all."""
    return amount is not None and not math.isnan(amount)


def _plain(amount: float, indicator: Indicator, language: Language) -> str:
    return number(amount, decimals=indicator.decimals, language=language)


def _with_unit(plain: str, indicator: Indicator, language: Language) -> str:
    return _WITH_UNIT[indicator.unit][language].replace(" ", NBSP).format(plain)
