"""What an own area of an address does without, and what to do about it."""

from collections.abc import Mapping
from typing import Final

from barometer.catalogue import Indicator, Text
from barometer.divisions import Language, Level
from barometer.selection.address import Misunderstood, Reason
from barometer.wording.names import level_noun
from barometer.wording.numbers import NBSP, number, value

_OWN: Final[Mapping[Reason, Text]] = {
    "own_unreadable": Text(
        "Ditt eget område: ”{}” är ingen områdeskod och är borttaget. Skriv koder som 0180C1010,"
        " med punkt emellan.",
        "Your own area: “{}” is no area code and has been left out. Write codes such as 0180C1010,"
        " with full stops between them.",
    ),
    "own_unknown": Text(
        "Ditt eget område: {} finns inte i den här dataversionen och är borttaget. Kontrollera"
        " koden och indelningens år.",
        "Your own area: {} is not in this data version and has been left out. Check the code and"
        " the year of the area version.",
    ),
    "own_doubled": Text(
        "Ditt eget område: {} står flera gånger och räknas en gång.",
        "Your own area: {} stands there more than once and is counted once.",
    ),
    "own_other_division": Text(
        "Ditt eget område: {} hör till en annan nivå eller indelning än det första området och är"
        " borttaget. Välj koder från en och samma indelning.",
        "Your own area: {} belongs to another level or area version than the first area and"
        " has been left out. Choose codes of one version.",
    ),
    "own_too_many": Text(
        "Ditt eget område: {} är borttaget, för ett eget område har högst 500 koder. Välj RegSO i"
        " stället för DeSO.",
        "Your own area: {} has been left out, since an own area has at most 500 codes. Choose RegSO"
        " instead of DeSO.",
    ),
}


def own_remark(about: Misunderstood) -> Text | None:
    """A remark on an own area's codes; None for anything else."""
    said = _OWN.get(about.reason)
    return said and Text(said.sv.format(about.given), said.en.format(about.given))


def own_notes(*, count: int, level: Level, uncertain: float, language: Language) -> tuple[str, ...]:
    """What an own area consists of, and how sure its sums are.

    `uncertain` is the share of residents that moved borders leave to an estimate, 0 to 1.
    """
    n = number(count, decimals=0, language=language)
    made_of = f"{n} {level_noun(level, n=count, language=language)}"
    said = [
        Text(
            f"Området består av {made_of}.",
            f"The area consists of {made_of}.",
        ),
        Text(
            "Antal är summor av delarnas, och andelar är räknade på summorna. Medianer och"
            " medelvärden går inte att räkna ihop.",
            "Counts are sums of the parts', and shares are computed from the sums. Medians and"
            " means cannot be added up.",
        ),
        Text(
            "Där SCB bara ger hela procent kan andelen avvika med högst 0,5 procentenheter. Från"
            " 2025 ändrar SCB små tal slumpmässigt, så en summa av många områden är mindre säker än"
            " en kommuns siffra. Saknas en siffra i en del saknas summan.",
            "Where SCB gives whole per cent only, the share can be off by 0.5 percentage points at"
            " most. From 2025 SCB changes small numbers at random, so a sum of many areas is less"
            " sure than a municipality's figure. Where a part lacks a figure there is no sum.",
        ),
    ]
    if uncertain > 0:
        share = number(100 * uncertain, decimals=1, language=language)
        said.append(
            Text(
                f"Gränserna ändrades 2024: {share}{NBSP}% av invånarna i den andra indelningens"
                " områden är fördelade efter folkmängd.",
                f"The boundaries changed in 2024: {share}% of the residents in the other version's"
                " areas are apportioned by population.",
            )
        )
    return tuple(text[language] for text in said)


def division_notes(
    title: Text, *, method: str, n_cut: int, n_outside: int, n_there: int, language: Language
) -> tuple[str, ...]:
    """What an operator's division leaves out of its municipalities, and what its borders cut.

    `title` is what one of its areas is called; `n_outside` of `n_there` areas lie in none of them;
    what is cut is counted by where its "residents" are, or else by its surface.
    """
    outside, there, cut = (
        number(n, decimals=0, language=language) for n in (n_outside, n_there, n_cut)
    )
    left_out = Text(
        f"; {outside} av {there} områden i dess kommuner ligger inte i något av dess områden",
        f"; {outside} of {there} areas of its municipalities lie in none of its areas",
    )
    whole = Text(", och täcker hela sina kommuner", ", and covers the whole of its municipalities")
    more = left_out if n_outside else whole
    living = Text(
        "de flesta av dess invånare bor enligt SCB:s kilometerrutor",
        "most of its residents live by Statistics Sweden's squares of 1 km",
    )
    surface = Text("störst del av dess yta ligger", "most of its surface lies")
    most = living if method == "residents" else surface
    said = [
        Text(
            f"Indelningen ({title.sv}) kommer från den som driver tjänsten, inte från SCB"
            f"{more.sv}.",
            f"The division ({title.en}) comes from whoever runs this service, not from SCB"
            f"{more.en}.",
        )
    ]
    if n_cut:
        said.append(
            Text(
                f"Dess gränser skär {cut} DeSO: varje är räknat helt dit där {most.sv}.",
                f"Its boundaries cut {cut} DeSO: each is counted whole where {most.en}.",
            )
        )
    return tuple(text[language] for text in said)


def bounds_sentence(
    indicator: Indicator, *, year: int, low: float, high: float, language: Language
) -> str:
    """Between what a median or mean of an own area lies: its parts' lowest and highest."""
    ends = [value(end, indicator=indicator, language=language) for end in (low, high)]
    name = indicator.name[language]
    return Text(
        f"{name} {year}: områdets värde ligger mellan delarnas lägsta och högsta, {ends[0]} och"
        f" {ends[1]}.",
        f"{name}, {year}: the area's value lies between the lowest and the highest of its parts,"
        f" {ends[0]} and {ends[1]}.",
    )[language]
