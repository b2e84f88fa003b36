"""What a place profile says: who lives there, what stands out, whom it resembles and borders on."""

from collections.abc import Mapping, Sequence
from typing import Final

from barometer.catalogue import Indicator, Text
from barometer.divisions import Division, Language, Level, division_label
from barometer.wording.names import level_noun, place
from barometer.wording.numbers import (
    NBSP,
    capitalised,
    category,
    difference,
    enumerated,
    number,
    percent,
    stated_change,
    uncapitalised,
    value,
)

STANDS_OUT: Final = 1.0  # robust spreads from the median
HIGHER_THAN: Final = 0.9  # of the other places, or lower than as many, for what stands out
_UNUSUAL: Final = 2.0
_VERY: Final = 3.5
_EVERY: Final[dict[Level, Text]] = {
    "riket": Text("riket", "Sweden"),
    "lan": Text("länen", "counties"),
    "kommun": Text("kommunerna", "municipalities"),
    "regso": Text("alla RegSO", "RegSO areas"),
    "deso": Text("alla DeSO", "DeSO areas"),
    "own": Text("egna områden", "own areas"),
}


def profile_title(where: str, *, year: int, language: Language) -> str:
    """The page's and the report's heading: "Lägesbild för Uppsala kommun 2024"."""
    return Text(f"Lägesbild för {where} {year}", f"Profile of {where}, {year}")[language]


def residents_sentence(
    where: str,
    *,
    residents: float,
    year: int,
    earlier: tuple[int, float] | None = None,
    language: Language,
) -> str:
    """How many live there, and the change since an earlier year with the same borders."""
    people = number(residents, decimals=0, language=language)
    one = people == "1"
    said = Text(
        f"I {where} bodde {people} {'person' if one else 'personer'} vid slutet av {year}.",
        f"{people} {'person' if one else 'people'} lived in {where} at the end of {year}.",
    )[language]
    if earlier is None or earlier[1] <= 0 or earlier[0] >= year:
        return said
    since, before = earlier
    change = 100 * (residents - before) / before
    amount = percent(abs(change), language=language)
    if amount == percent(0, language=language):
        more = Text(f"Det är lika många som {since}.", f"That is as many as in {since}.")[language]
    else:
        fewer = change < 0
        more = Text(
            f"Det är {amount} {'färre' if fewer else 'fler'} än {since}.",
            f"That is {amount} {'fewer' if fewer else 'more'} than in {since}.",
        )[language]
    return f"{said} {more}"


def ages_sentence(*, children: float, older: float, language: Language) -> str:
    """The shares of the young and the old: "21,0 % var barn och unga 0–19 år och …"."""
    young, old = (percent(share, language=language) for share in (children, older))
    return Text(
        f"{young} av dem var barn och unga under 20 år och {old} var 65 år och äldre.",
        f"{young} of them were children and young people under 20 and {old} were 65 and over.",
    )[language]


def how_unusual(score: float, *, language: Language) -> str:
    """A robust score in words: "ovanligt högt", "lägre än vanligt"; never good or bad."""
    high = score > 0
    if abs(score) >= _VERY:
        sv, en = "exceptionellt {}", "exceptionally {}"
    elif abs(score) >= _UNUSUAL:
        sv, en = "ovanligt {}", "unusually {}"
    elif abs(score) >= STANDS_OUT:
        return Text(
            "högre än vanligt" if high else "lägre än vanligt",
            "higher than usual" if high else "lower than usual",
        )[language]
    else:
        return Text("nära det vanliga", "close to the usual")[language]
    return Text(sv.format("högt" if high else "lågt"), en.format("high" if high else "low"))[
        language
    ]


def outstanding_sentence(
    indicator: Indicator,
    *,
    amount: float,
    year: int,
    score: float,
    median: float,
    level: Level,
    n_areas: int,
    language: Language,
) -> str:
    """One thing that stands out: the value, how unusual it is among its like, and their median."""
    here = value(amount, indicator=indicator, language=language)
    how = how_unusual(score, language=language)
    n = number(n_areas, decimals=0, language=language)
    noun = level_noun(level, n=n_areas, language=language)
    beside = _against_median(indicator, amount=amount, median=median, language=language)
    return Text(
        f"{here} år {year}, {how} bland landets {n} {noun}. {beside}",
        f"{here} in {year}, {how} among Sweden's {n} {noun}. {beside}",
    )[language]


def _against_median(
    indicator: Indicator, *, amount: float, median: float, language: Language
) -> str:
    """How far a value is from the median, as both are written."""
    usual = value(median, indicator=indicator, language=language)
    if not stated_change(median, amount, decimals=indicator.decimals):
        return Text(
            f"Avrundat är det lika med medianen, {usual}.",
            f"That equals the median ({usual}) after rounding.",
        )[language]
    apart = difference(median, amount, indicator=indicator, language=language)
    sv, en = ("högre", "higher") if amount > median else ("lägre", "lower")
    return Text(
        f"Det är {apart} {sv} än medianen, {usual}.",
        f"That is {apart} {en} than the median, {usual}.",
    )[language]


def nothing_stands_out(
    where: str, *, level: Level, compared: bool = True, language: Language
) -> str:
    """That no value is among the highest or lowest; that there is nothing to be compared with."""
    if level == "riket":
        return Text(
            "Riket har inget annat land att jämföras med här.",
            "There is no other country here to compare Sweden with.",
        )[language]
    noun = level_noun(level, n=10, language=language)
    if not compared:
        return Text(
            f"För få {noun} har värden för att något ska kunna sägas sticka ut.",
            f"Too few {noun} have values to tell what stands out.",
        )[language]
    return Text(
        f"Inget mått sticker ut: inget värde för {where} är högre, eller lägre, än i minst nio av"
        f" tio {noun}.",
        f"Nothing stands out: no value of {where} is higher, or lower, than in at least nine in ten"
        f" {noun}.",
    )[language]


def outstanding_lead(place: str, *, level: Level, language: Language) -> str:
    """What it takes to stand out: "Mått där Malmö ligger högre, eller lägre, än minst nio …"."""
    noun = level_noun(level, n=10, language=language)
    return Text(
        f"Mått där {place} ligger högre, eller lägre, än minst nio av tio {noun}. Ovanligt är"
        " varken bra eller dåligt.",
        f"Measures in which {place} is higher, or lower, than at least nine in ten {noun}. Unusual"
        " is neither good nor bad.",
    )[language]


def standing(
    *, n_lower: int, n_areas: int, level: Level, language: Language, n_higher: int = 0
) -> str:
    """Where a value stands among those that have one: "högre än i 87 % av 290 kommuner".

    Where more have a higher value than a lower one: "lägre än i 87 % av 290 kommuner". How many
    they are is said, for a data version may hold a part of the country.
    """
    others = n_areas - 1
    if others < 1:
        return ""
    noun = level_noun(level, n=n_areas, language=language)
    n = number(n_areas, decimals=0, language=language)
    if n_higher > n_lower > 0:
        share = share_lower(n_higher, n_areas, language=language)
        return Text(f"lägre än i {share} av {n} {noun}", f"lower than in {share} of {n} {noun}")[
            language
        ]
    if n_lower == others:
        return Text(f"högst av {n} {noun}", f"the highest of {n} {noun}")[language]
    if not n_lower:  # others may have the same value
        return Text(f"ingen lägre bland {n} {noun}", f"none lower among {n} {noun}")[language]
    if 100 * n_lower < others:
        few = number(n_lower, decimals=0, language=language)
        return Text(f"högre än i {few} av {n} {noun}", f"higher than in {few} of {n} {noun}")[
            language
        ]
    share = share_lower(n_lower, n_areas, language=language)
    return Text(f"högre än i {share} av {n} {noun}", f"higher than in {share} of {n} {noun}")[
        language
    ]


def share_lower(n_lower: int, n_areas: int, *, language: Language) -> str:
    """In how large a share of the others the value is lower, rounded down: "98 %"."""
    if n_areas < 2:
        return "–"
    share = 100 * n_lower // (n_areas - 1)
    few = Text("mindre än ", "less than ")[language] if n_lower and not share else ""
    return few + percent(max(share, bool(few)), language=language, decimals=0)


def trend_sentence(
    indicator: Indicator,
    *,
    first: tuple[int, float],
    last: tuple[int, float],
    language: Language,
) -> str:
    """An indicator's first and last value: "Utrikes födda: 17,4 % 2011 och 23,5 % 2024."."""
    before, after = (value(v, indicator=indicator, language=language) for _, v in (first, last))
    name = indicator.name[language]
    if first[0] == last[0]:
        return Text(f"{name}: {after} {last[0]}.", f"{name}: {after} in {last[0]}.")[language]
    return Text(
        f"{name}: {before} {first[0]} och {after} {last[0]}.",
        f"{name}: {before} in {first[0]} and {after} in {last[0]}.",
    )[language]


def types_sentence(
    where: str,
    *,
    residents: Mapping[int, float],
    country: Mapping[int, float] | None,
    indicator: Indicator,
    year: int,
    language: Language,
) -> str:
    """The share of residents in areas of each type, and the same in riket for the first two."""
    total = sum(residents.values())
    if total <= 0:
        return Text("Det finns inga områdestyper här.", "There are no area types here.")[language]
    told = [
        f"{percent(100 * people / total, language=language)} {Text('i', 'in')[language]} "
        + _type(kind, indicator, language)
        for kind, people in sorted(residents.items())
        if people > 0
    ]
    listed = enumerated(told, language=language)
    said = Text(
        f"Invånarna i {where} efter områdestyp {year}: {listed}.",
        f"Residents of {where} by area type, {year}: {listed}.",
    )[language]
    whole = sum(country.values()) if country else 0
    if not country or whole <= 0:
        return said
    share = percent(100 * sum(country.get(kind, 0) for kind in (1, 2)) / whole, language=language)
    # The same figure as on the site, not the sum of two that are rounded each by itself.
    own = percent(100 * sum(residents.get(k, 0) for k in (1, 2)) / total, language=language)
    if not any(residents.get(kind, 0) for kind in (1, 2)):
        nobody = Text(
            f" Ingen bor i områden av typ 1 eller 2; i riket gör {share} det.",
            f" Nobody lives in areas of type 1 or 2; in Sweden {share} do.",
        )
        return said + nobody[language]
    beside = Text(
        f" {own} bor i områden av typ 1 eller 2, jämfört med {share} i riket.",
        f" {own} live in areas of type 1 or 2, compared with {share} in Sweden.",
    )[language]
    return said + beside


def similar_sentence(where: str, names: Sequence[str], *, level: Level, language: Language) -> str:
    """Whom the place resembles most: "Mest lika Uppsala kommun är Gävle, Luleå och Umeå."."""
    if not names:
        return Text(
            f"Inga områden på samma nivå kan jämföras med {where} med de valda indikatorerna.",
            f"No area of the same level can be compared with {where} by the chosen indicators.",
        )[language]
    listed = enumerated(list(names), language=language)
    if len(names) == 1:
        start = capitalised(where)
        return Text(f"{start} liknar mest {listed}.", f"{start} is most like {listed}.")[language]
    noun = level_noun(level, n=len(names), language=language)
    n = number(len(names), decimals=0, language=language)
    return Text(
        f"De {n} {noun} som mest liknar {where} är {listed}.",
        f"The {n} {noun} most like {where} are {listed}.",
    )[language]


def similarity_method(
    names: Sequence[str], *, n_compared: int, n_left_out: int, level: Level, language: Language
) -> str:
    """How likeness is measured, on what, among how many, and who is left out."""
    if not names:
        return Text(
            "Likhet kräver minst tre indikatorer och hälften av de valda, kända för platsen och för"
            " minst sju andra. Så många uppgifter finns inte i dataversionen.",
            "Similarity requires at least three indicators and half of those chosen, known for the"
            " place and for at least seven others. The data version does not have that many.",
        )[language]
    listed = enumerated([uncapitalised(name) for name in names], language=language)
    every = n_compared + n_left_out
    n, whole = (number(k, decimals=0, language=language) for k in (n_compared, every))
    noun = level_noun(level, n=every, language=language)
    return Text(
        f"Jämförelsen bygger på {listed}. {n} av {whole} {noun} har uppgifterna och är jämförda.",
        f"Similarity is based on {listed}. {n} of {whole} {noun} have the figures and are"
        " compared.",
    )[language]


def neighbours_sentence(where: str, *, count: int, level: Level, language: Language) -> str:
    """How many areas border on the place: "Uppsala kommun gränsar till 7 kommuner."."""
    start = capitalised(where)
    noun = level_noun(level, n=count or 2, language=language)
    if not count:
        return Text(
            f"Inga {noun} gränsar till {where}, eller så är gränserna inte kända.",
            f"No {noun} border on {where}, or the boundaries are not known.",
        )[language]
    n = number(count, decimals=0, language=language)
    return Text(f"{start} gränsar till {n} {noun}.", f"{start} borders on {n} {noun}.")[language]


def unpublished_sentence(
    names: Sequence[str], *, level: Level, division: Division, language: Language
) -> str:
    """Which indicators the data version lacks for a level; empty when none."""
    if not names:
        return ""
    listed = enumerated([uncapitalised(name) for name in names], language=language)
    where = division_label(level, division) if division != "admin" else _EVERY[level][language]
    return Text(
        f"Dataversionen har inga värden för {where} de här åren för {listed}.",
        f"The data version has no values for {where} in these years for {listed}.",
    )[language]


def profile_place(label: str, level: Level, *, language: Language) -> str:
    """A place in a sentence: "riket", "Uppsala kommun", "Sweden"."""
    if (level, language) == ("riket", "en"):
        return "Sweden"
    return place(label, level, language=language)


def _type(kind: int, indicator: Indicator, language: Language) -> str:
    named = category(kind, indicator=indicator, language=language).partition(" ")[2]
    noun = Text("typ", "type")[language]
    return f"{uncapitalised(named)} ({noun}{NBSP}{kind})" if named else f"{noun}{NBSP}{kind}"
