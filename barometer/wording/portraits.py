"""The short sentences of a place profile and of its report: types, spread inside, segregation."""

from collections.abc import Sequence

from barometer.catalogue import Indicator, Text
from barometer.divisions import Language, Level
from barometer.wording.names import level_noun
from barometer.wording.numbers import (
    NBSP,
    as_written,
    is_known,
    number,
    percent,
    uncapitalised,
    value,
)


def lead_sentence(where: str, *, amount: float, riket: float, language: Language) -> str:
    """How many live in areas of types 1 and 2: "I Göteborgs kommun bor 21,8 % …"."""
    here = percent(amount, language=language)
    nobody = amount == 0
    said = Text(
        f"I {where} bor {'ingen' if nobody else f'{here} av invånarna'} i ett område med"
        f" socioekonomiska utmaningar, typ{NBSP}1 eller{NBSP}2",
        f"In {where}, {'nobody lives' if nobody else f'{here} of the residents live'} in an area"
        f" with socio-economic challenges, type{NBSP}1 or{NBSP}2",
    )[language]
    if not is_known(riket):
        return f"{said}."
    whole = percent(riket, language=language)
    beside = Text(f". I riket är andelen {whole}.", f", compared with {whole} in Sweden.")
    return said + beside[language]


def type_sentence(type_name: str, *, year: int, language: Language) -> str:
    """What type a small area has: "Området var 2022 av typ 1 (områden med …)".

    `type_name` is number and name: "1 Områden med …".
    """
    kind, _, name = type_name.partition(" ")
    named = f"{kind} ({uncapitalised(name)})" if name else kind
    return Text(f"Området var {year} av typ {named}.", f"In {year} the area was of type {named}.")[
        language
    ]


def compared_sentence(
    indicator: Indicator,
    *,
    amount: float,
    others: tuple[tuple[str, float], ...],
    year: int,
    language: Language,
) -> str:
    """One indicator here and elsewhere: "Utländsk bakgrund 2022: 92,4 %, i riket 26,9 %."."""
    here = value(amount, indicator=indicator, language=language)
    beside = [
        f"{Text('i', 'in')[language]} {name} {value(v, indicator=indicator, language=language)}"
        for name, v in others
        if is_known(v)
    ]
    return f"{indicator.name[language]} {year}: {', '.join([here, *beside])}."


def range_sentence(
    indicator: Indicator, *, low: float, high: float, n: int, level: Level, language: Language
) -> str:
    """How different the areas inside are: "Bostäder med hyresrätt går från 1 % till 100 % …"."""
    noun = level_noun(level, n=n, language=language)
    least, most = (value(v, indicator=indicator, language=language) for v in (low, high))
    name = indicator.name[language]
    count = number(n, decimals=0, language=language)
    return Text(
        f"{name}: från {least} till {most} i {count} {noun}.",
        f"{name}: from {least} to {most} in {count} {noun}.",
    )[language]


def to_move_sentence(
    group: str, *, share: float, median: float, year: int, language: Language
) -> str:
    """The dissimilarity index in people, and the median kommun's. `share` and `median` are 0-1."""
    own = number(100 * share, decimals=0, language=language)
    said = Text(
        f"{own} av 100 {group} skulle behöva flytta till ett annat område för att bo lika spritt"
        f" som övriga ({year}).",
        f"{own} of 100 {group} would need to move to another area to be spread as evenly as"
        f" everyone else ({year}).",
    )[language]
    if not is_known(median):
        return said
    middle = number(100 * median, decimals=0, language=language)
    more = Text(
        f" Medianen bland kommunerna är {middle}.", f" The median municipality has {middle}."
    )
    return said + more[language]


def types_heading(
    shares: tuple[float, ...], riket: tuple[float, ...], *, language: Language
) -> str:
    """What differs from riket: "Områdestyper: större andel i typ 1–2 än i riket, …".

    Both are per cent of the residents in types 1 to 5, compared as they are written.
    """
    low = [_written(whole[0]) + _written(whole[1]) for whole in (shares, riket)]
    top = [_written(whole[4]) for whole in (shares, riket)]
    first, last = (_more(*pair, language=language) for pair in (low, top))
    both = Text("och", "and")[language]
    return Text(
        f"Områdestyper: {first} andel i typ 1–2 {_than(low, language)} i riket, {both} {last} i"
        " typ 5",
        f"Area types: {first} share in types 1–2 {_than(low, language)} in Sweden, {both} {last} in"
        " type 5",
    )[language]


def _written(share: float) -> float:
    return float(as_written(share, decimals=1))


def _than(pair: Sequence[float], language: Language) -> str:
    same = abs(pair[0] - pair[1]) < 0.05
    return (Text("som", "as") if same else Text("än", "than"))[language]


def _more(amount: float, other: float, *, language: Language) -> str:
    if abs(amount - other) < 0.05:
        return Text("lika stor", "the same")[language]
    return (Text("större", "a larger") if amount > other else Text("mindre", "a smaller"))[language]


def comparison_sentence(
    where: str, indicator: Indicator, *, year: int, amount: float, language: Language
) -> str:
    """That län and riket are known for another year: "Länet och riket finns bara för 2022. …"."""
    here = value(amount, indicator=indicator, language=language)
    return Text(
        f"Länet och riket finns senast för {year}. Då hade {where} {here}.",
        f"County and Sweden are known last for {year}. Then {where} had {here}.",
    )[language]


def live_there(riket: float, *, year: int, language: Language) -> str:
    """After a share of everybody: "bor i områden med socioekonomiska utmaningar (typ 1–2) …"."""
    said = Text(
        f"bor i områden med socioekonomiska utmaningar (typ 1–2), {year}.",
        f"live in areas with socio-economic challenges (types 1–2), {year}.",
    )[language]
    return said + _in_riket(riket, language)


def children_there(riket: float, *, language: Language) -> str:
    """After a share of children: "av barn och unga 0–19 år bor i sådana områden."."""
    said = Text(
        "av barn och unga 0–19 år bor i sådana områden.",
        "of children and young people aged 0–19 live in such areas.",
    )[language]
    return said + _in_riket(riket, language)


def _in_riket(riket: float, language: Language) -> str:
    if not is_known(riket):
        return ""
    whole = percent(riket, language=language)
    return Text(f" I riket {whole}.", f" In Sweden {whole}.")[language]


def of_hundred(share: float, *, language: Language) -> str:
    """The dissimilarity index (0-1) in people: "42 av 100"."""
    own = number(100 * share, decimals=0, language=language)
    return Text(f"{own} av 100", f"{own} of 100")[language]


def would_move(group: str, *, median: float, language: Language) -> str:
    """After `of_hundred`: who would have to move, and the median kommun's number."""
    who = uncapitalised(group)
    said = Text(
        f"{who} skulle behöva flytta för att bo lika spritt som övriga.",
        f"{who} would need to move to be spread as evenly as everyone else.",
    )[language]
    if not is_known(median):
        return said
    middle = number(100 * median, decimals=0, language=language)
    more = Text(f" Kommunernas median är {middle}.", f" The median municipality has {middle}.")
    return said + more[language]


def children_heading(
    children: tuple[float, ...], everybody: tuple[float, ...], *, language: Language
) -> str:
    """Where children live more often than all residents, by types 1-2 and 5."""
    low, top = (
        _written(children[a])
        + _written(children[b]) * (a != b)
        - _written(everybody[a])
        - _written(everybody[b]) * (a != b)
        for a, b in ((0, 1), (4, 4))
    )
    if low > 0.05 and top > 0.05:
        return Text(
            "Barn bor oftare i typ 1–2, men också i typ 5",
            "Children live more often in types 1–2, but also in type 5",
        )[language]
    if low > 0.05:
        return Text("Barn bor oftare i typ 1–2", "Children live more often in types 1–2")[language]
    if low < -0.05:
        return Text("Barn bor mindre ofta i typ 1–2", "Children live less often in types 1–2")[
            language
        ]
    return Text("Barn bor i typ 1–2 lika ofta som alla", "Children live in types 1–2 as all do")[
        language
    ]


def from_to(low: str, high: str, *, language: Language) -> str:
    """Two values as a range: "från 1 % till 58 %"."""
    return Text(f"från {low} till {high}", f"from {low} to {high}")[language]
