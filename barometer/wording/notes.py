"""The company of the numbers: where they come from and what they are not."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from barometer.catalogue import LOCAL, Text
from barometer.divisions import Language
from barometer.wording.numbers import day, enumerated

_TABLE: Final = (Text("tabell", "table"), Text("tabeller", "tables"))
_NOUNS: Final = {"Kolada": (Text("nyckeltal", "indicator"), Text("nyckeltalen", "indicators"))}
_FILE: Final = (Text("egen fil", "own file"), Text("egna filer", "own files"))
_ENGLISH: Final = {"SCB": "Statistics Sweden (SCB)", "Trafikanalys": "Transport Analysis"}
_TERMS: Final = {
    "attribution": Text("fri användning med angiven källa", "free use with the source named")
}
_ENGLISH_GENITIVE: Final = {
    "SCB": "Statistics Sweden's (SCB)",
    "Trafikanalys": "Transport Analysis'",
}
_SUMMED: Final = {
    "categories": Text("delarna av totalen", "the parts of the total"),
    "lan": Text("uppgifter för län", "figures for counties"),
    "kommun": Text("uppgifter för kommuner", "figures for municipalities"),
    "regso": Text("uppgifter för RegSO", "figures for RegSO areas"),
    "deso": Text("uppgifter för DeSO", "figures for DeSO areas"),
}


def synthetic_banner(language: Language) -> str:
    """That the figures are made up."""
    return Text(
        "Exempeldata: siffrorna är påhittade och säger inget om verkliga platser.",
        "Example data: the figures are made up and say nothing about real places.",
    )[language]


def extract_line(main_year: int | None, *, language: Language) -> str:
    """That the figures are SCB's in an extract, and of which year most of them are."""
    most = Text(f", de flesta för {main_year}", f", most of them for {main_year}")
    said = Text("SCB:s siffror i utdrag", "Figures from Statistics Sweden (SCB), an extract")
    return said[language] + (most[language] if main_year else "") + "."


def partial_banner(lacking: Sequence[str], *, language: Language) -> str:
    """That a snapshot is partial and by how much; empty when it is whole."""
    if not lacking:
        return ""
    count = len(lacking)
    sv = "tabell, kod, nivå eller år" if count == 1 else "tabeller, koder, nivåer eller år"
    en = "table, code, level or year was" if count == 1 else "tables, codes, levels or years were"
    return Text(
        f"Dataversionen är inte fullständig: {count} {sv} saknades när den hämtades.",
        f"The data version is not complete: {count} {en} missing when it was fetched.",
    )[language]


def lacking_sentence(lacking: Sequence[str], tables: Sequence[str], *, language: Language) -> str:
    """Which of some tables a partial snapshot has not whole; empty when they all are."""
    named = {line.split(maxsplit=1)[0].rstrip(",:") for line in lacking}
    of = [table for table in tables if table in named]
    if not of:
        return ""
    told = _listed(of, language)
    return Text(
        f"Dataversionen har inte alla koder, nivåer eller år av {told}.",
        f"The data version does not have every code, level or year of {told}.",
    )[language]


def lacking_in_words(lacking: Sequence[str], fetched: Sequence[str], *, language: Language) -> str:
    """All that a partial snapshot lacks: whole tables, and those that are not whole."""
    named = dict.fromkeys(line.split(maxsplit=1)[0].rstrip(",:") for line in lacking)
    gone = [table for table in named if table not in fetched]
    told = _listed(gone, language) if gone else ""
    whole = Text(f"Dataversionen saknar {told}.", f"The data version lacks {told}.")[language]
    part = lacking_sentence(lacking, fetched, language=language)
    return " ".join(filter(None, (whole if gone else "", part)))


def source_line(
    tables: Sequence[tuple[str, str, date | None]],
    *,
    derived: bool,
    retrieved: date,
    snapshot_id: str,
    synthetic: bool,
    language: Language,
) -> str:
    """Say where numbers come from, and whether the barometer has computed them.

    As published: "Källa: SCB, tabell TAB6685 (uppdaterad 4 juni 2025). Hämtad 22 november 2026.
    Dataversion …". Computed: "Beräknat av Segregationsbarometern ur SCB:s tabell TAB6571 …", since
    SCB asks that its name is not given as the source of what others have made of its figures.
    `tables` has (agency, table id, the agency's date of update or None).
    """
    head = tables_line(tables, derived=derived, synthetic=synthetic, language=language)
    fetched = day(retrieved, language=language)
    rest = Text(
        f" Hämtad {fetched}. Dataversion {snapshot_id}.",
        f" Retrieved {fetched}. Data version {snapshot_id}.",
    )
    return head + rest[language]


def tables_line(
    tables: Sequence[tuple[str, str, date | None]],
    *,
    derived: bool,
    synthetic: bool,
    language: Language,
) -> str:
    """The first sentence of `source_line` alone: whose figures, or whose computation of them."""
    if synthetic:
        return _synthetic_source(tables, language)
    return _derived_from(tables, language) if derived else _as_published(tables, language)


def summed_sentence(summed_from: Sequence[str], *, language: Language) -> str:
    """That values are sums of the barometer, and of what; empty when there are none."""
    if not summed_from:
        return ""
    named = enumerated([_SUMMED[own][language] for own in summed_from], language=language)
    return Text(
        f"Värden som SCB inte publicerar har barometern summerat av {named}.",
        f"Values that SCB does not publish have been summed by the barometer from {named}.",
    )[language]


def summed_words(summed_by: object, *, language: Language) -> str | None:
    """Of what a row's value is a sum, for people: "summerat av barometern: kommuner"."""
    if not isinstance(summed_by, str):
        return None
    parts = _SUMMED[summed_by][language]
    return Text(f"summerat av barometern ur {parts}", f"summed by the barometer from {parts}")[
        language
    ]


def _synthetic_source(tables: Sequence[tuple[str, str, date | None]], language: Language) -> str:
    names = enumerated([table for _, table, _ in tables], language=language)
    noun = _TABLE[len(tables) != 1]
    return Text(
        f"Påhittade siffror i samma form som SCB:s {noun.sv} {names}.".replace(" .", "."),
        f"Made-up figures in the form of SCB's {noun.en} {names}.".replace(" .", "."),
    )[language]


def _as_published(tables: Sequence[tuple[str, str, date | None]], language: Language) -> str:
    by_agency = [
        f"{agency_name(agency, language=language)}, "
        f"{_noun(agency, own)[language]} {_listed(own, language)}"
        for agency, own in _by_agency(tables, language).items()
    ]
    head = Text("Källa: ", "Source: ")[language]
    return f"{head}{'; '.join(by_agency) or Text('SCB', _ENGLISH['SCB'])[language]}."


def _derived_from(tables: Sequence[tuple[str, str, date | None]], language: Language) -> str:
    by_agency = [
        f"{Text(f'{_genitive(agency)} ', _english_genitive(agency) + ' ')[language]}"
        f"{_noun(agency, own)[language]} {_listed(own, language)}"
        for agency, own in _by_agency(tables, language).items()
    ]
    unknown = Text(
        "en tabell hos SCB vars nummer inte är känt", "a table of SCB whose number is not known"
    )[language]
    named = enumerated(by_agency, language=language) or unknown
    return Text(
        f"Beräknat av Segregationsbarometern ur {named}.",
        f"Computed by the Segregation Barometer from {named}.",
    )[language]


def _by_agency(
    tables: Sequence[tuple[str, str, date | None]], language: Language
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for agency, table, updated in tables:
        found.setdefault(agency, []).append(_table(table, updated, language))
    return found


def agency_name(agency: str, *, language: Language) -> str:
    """An agency for people: "SCB", "Statistics Sweden (SCB)"; others by the name they have."""
    return _ENGLISH.get(agency, agency) if language == "en" else agency


def licence_name(licence: str, *, language: Language) -> str:
    """The terms of some figures for people; a licence that has a name is called by it."""
    return _TERMS[licence][language] if licence in _TERMS else licence


def _noun(agency: str, tables: Sequence[str]) -> Text:
    """What an agency's tables are called: indicators of Kolada, files of whoever has given them."""
    nouns = _FILE if all(own.startswith(LOCAL) for own in tables) else _TABLE
    return _NOUNS.get(agency, nouns)[len(tables) != 1]


def _listed(tables: Sequence[str], language: Language) -> str:
    """The tables' ids; an own file by its name alone."""
    return enumerated([own.removeprefix(LOCAL) for own in tables], language=language)


def _genitive(agency: str) -> str:
    if agency.isupper():
        return f"{agency}:s"
    return agency if agency.endswith(("s", "x", "z")) else f"{agency}s"


def _english_genitive(agency: str) -> str:
    return _ENGLISH_GENITIVE.get(agency, f"{agency}'" if agency.endswith("s") else f"{agency}'s")


def _table(table: str, updated: date | None, language: Language) -> str:
    if updated is None:
        return table
    when = day(updated, language=language)
    return f"{table} ({Text('uppdaterad', 'updated')[language]} {when})"
