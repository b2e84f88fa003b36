"""The company of the numbers: where they come from and what they are not."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from barometer.catalogue import Text
from barometer.divisions import Language
from barometer.wording.numbers import day, enumerated

_MOST_LACKING: Final = 5  # that are named in the sentence; the method page lists all


def synthetic_banner(language: Language) -> str:
    """That the figures are made up and what to do about it."""
    return Text(
        "Siffrorna är påhittade och säger inget om verkliga platser."
        " SCB:s siffror hämtas med make refresh.",
        "The figures are made up and say nothing about real places."
        " make refresh fetches SCB's figures.",
    )[language]


def partial_banner(lacking: Sequence[str], *, language: Language) -> str:
    """That a snapshot is partial and by how much; empty when it is whole."""
    if not lacking:
        return ""
    count = len(lacking)
    sv = "tabell, kod, nivå eller år" if count == 1 else "tabeller, koder, nivåer eller år"
    en = "table, code, level or year was" if count == 1 else "tables, codes, levels or years were"
    return Text(
        f"Datamängden är inte fullständig: {count} {sv} saknades när den hämtades.",
        f"The data set is not complete: {count} {en} missing when it was fetched.",
    )[language]


def lacking_sentence(lacking: Sequence[str], *, language: Language) -> str:
    """What a partial snapshot did without; empty when nothing."""
    if not lacking:
        return ""
    named, rest = lacking[:_MOST_LACKING], len(lacking) - _MOST_LACKING
    more = Text(f" och {rest} till", f" and {rest} more")[language] if rest > 0 else ""
    told = "; ".join(named) + more
    return Text(
        f"Datamängden är inte fullständig. Den saknar {told}.",
        f"The data set is not complete. It lacks {told}.",
    )[language]


def source_line(
    tables: Mapping[str, date | None],
    *,
    retrieved: date,
    snapshot_id: str,
    synthetic: bool,
    language: Language,
) -> str:
    """Say "Källa: SCB, tabell TAB6571 (uppdaterad 4 juni 2025). Hämtad 22 november 2026. …".

    `tables` has SCB's own date of update by table id, None where it is not known.
    """
    one = len(tables) == 1
    noun = Text("tabell", "table") if one else Text("tabeller", "tables")
    named = enumerated(
        [_table(table, updated, language) for table, updated in tables.items()], language=language
    )
    own = Text(
        f"Källa: SCB, {noun.sv} {named}.", f"Source: Statistics Sweden (SCB), {noun.en} {named}."
    )
    made_up = Text(
        f"Källa: påhittade siffror i samma form som SCB:s {noun.sv} {named}.",
        f"Source: made-up figures in the form of SCB's {noun.en} {named}.",
    )
    fetched = day(retrieved, language=language)
    rest = Text(
        f" {'Hämtad' if one else 'Hämtade'} {fetched}. Datamängd {snapshot_id}.",
        f" Retrieved {fetched}. Data set {snapshot_id}.",
    )
    return (made_up if synthetic else own)[language] + rest[language]


def _table(table: str, updated: date | None, language: Language) -> str:
    if updated is None:
        return table
    when = day(updated, language=language)
    return f"{table} ({Text('uppdaterad', 'updated')[language]} {when})"
