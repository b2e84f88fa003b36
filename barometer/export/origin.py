"""Where a file's numbers come from: for people, for machines, and in every row."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from barometer import wording
from barometer.catalogue import LOCAL, Text
from barometer.divisions import Language
from barometer.queries import Provenance, SourceUse
from barometer.snapshot import Snapshot

BREAK: Final = Text("Tidsseriebrott", "Break in the series")
_PROCESSING: Final = Text("Bearbetning", "Processing")
MADE_UP: Final = Text("påhittade siffror", "made-up figures")
_BY_SCB: Final = ("SCB", "Trafikanalys")  # what SCB itself publishes
EXTRACT: Final = Text("SCB, utdrag", "SCB, extract")


def row_origin(provenance: Provenance) -> dict[str, str]:
    """What stands in every row, so that no row is ever without it: codes for machines.

    Made-up figures are of no agency.
    """
    made_up = provenance.snapshot.synthetic
    return {
        "source": " ".join(source.source_id for source in provenance.sources),
        "agency": _joined("" if made_up else source.agency for source in provenance.sources),
        "licence": _joined("" if made_up else source.licence for source in provenance.sources),
        "snapshot": provenance.snapshot.snapshot_id,
        "origin": provenance.snapshot.origin,
    }


def _joined(words: Iterable[str]) -> str:
    return "; ".join(word for word in dict.fromkeys(words) if word)


def provenance_in_words(provenance: Provenance, *, language: Language) -> dict[str, str]:
    """The same as `company`, for people."""
    return row_origin(provenance) | {
        "source": source_of_rows(provenance, language=language),
        "origin": _origin_of_sources(provenance, language=language),
    }


def source_in_words(tables: str, provenance: Provenance, *, language: Language) -> str:
    """The source of a row with these tables (ids, a blank between), for people."""
    own = of_tables(tables, provenance)
    return source_of_rows(own, language=language) if own.sources else tables


def of_tables(tables: str, provenance: Provenance) -> Provenance:
    """The provenance of a row that is made of some of the tables (ids, a blank between)."""
    ids = tables.split()
    own = tuple(source for source in provenance.sources if source.source_id in ids)
    return replace(provenance, sources=own)


def origin_in_words(origin: str, *, language: Language, agencies: Sequence[str] = ()) -> str:
    """Where figures come from, for people; `agencies` are those whose figures they are."""
    others = [agency for agency in dict.fromkeys(agencies) if agency not in _BY_SCB]
    if origin == "synthetic":
        return MADE_UP[language]
    if others and len(others) == len(set(agencies)):
        return ", ".join(others)
    own = EXTRACT[language] if origin == "scb-extract" else "SCB"
    return ", ".join([own, *others])


def _origin_of_sources(provenance: Provenance, *, language: Language) -> str:
    agencies = [source.agency for source in provenance.sources]
    return origin_in_words(provenance.snapshot.origin, language=language, agencies=agencies)


def about_origin(provenance: Provenance, *, language: Language) -> list[tuple[str, str]]:
    """Breaks in the series, sources, snapshot and what it lacks, in sentences."""
    snapshot = provenance.snapshot
    head = Text("Källa", "Source")[language]
    rows = [(BREAK[language], f"{b.year}: {b.note[language]}") for b in provenance.breaks]
    rows += [(head, _source(source, snapshot, language)) for source in provenance.sources]
    if provenance.sources or snapshot.synthetic:
        rows += [(_PROCESSING[language], _processing(provenance, language))]
    rows += [
        (Text("Dataversion", "Data version")[language], snapshot.snapshot_id),
        (
            Text("Byggd", "Built")[language],
            wording.day(snapshot.built_at.date(), language=language),
        ),
    ]
    if lacking := _lacking(provenance, language=language):
        rows.append((Text("Ofullständig", "Incomplete")[language], lacking))
    return rows


def _lacking(provenance: Provenance, *, language: Language) -> str:
    """Which of the figures' own tables are not whole; empty when they all are."""
    tables = [source.source_id for source in provenance.sources]
    return wording.lacking_sentence(provenance.snapshot.lacking, tables, language=language)


def about_file(address: str, downloaded: date, *, language: Language) -> list[tuple[str, str]]:
    """Where the file was taken, when, and how it is named as a source."""
    day = wording.day(downloaded, language=language)
    where = f" {address}" if address else ""
    cite = Text(
        f"Segregationsbarometern. Hämtad {day}.{where}",
        f"The Segregation Barometer. Retrieved {day}.{where}",
    )
    return [
        *([(Text("Adress", "Address")[language], address)] if address else []),
        (Text("Filen hämtad", "File downloaded")[language], day),
        (Text("Hänvisa så", "How to cite")[language], cite[language]),
    ]


def about_synthetic(snapshot: Snapshot, *, language: Language) -> list[tuple[str, str]]:
    """That the figures are made up, where they are: the first thing to be read."""
    if not snapshot.synthetic:
        return []
    return [(Text("Obs", "Note")[language], wording.synthetic_banner(language))]


def described_origin(provenance: Provenance, *, language: Language) -> dict[str, object]:
    """Sources, breaks in the series and snapshot for machines."""
    snapshot = provenance.snapshot
    return {
        **row_origin(provenance),
        "built_at": snapshot.built_at.isoformat(),
        "synthetic": snapshot.synthetic,
        "computed": provenance.computed,
        "summed_from": list(provenance.summed_from),
        "lacking": [lacking] if (lacking := _lacking(provenance, language=language)) else [],
        "sources": [
            {
                "source_id": source.source_id,
                "title": source.title[language],
                "updated": source.updated.isoformat() if source.updated else None,
                "retrieved": source.retrieved.isoformat(),
                "licence": source.licence,
                "agency": source.agency,
            }
            for source in provenance.sources
        ],
        "breaks": [
            {"year": b.year, "note": b.note[language], "severs": b.severs, "levels": list(b.levels)}
            for b in provenance.breaks
        ],
    }


def source_of_rows(provenance: Provenance, *, language: Language) -> str:
    """The source of each row for people: whose figures, or whose computation of them."""
    named = ", ".join(f"{source.agency} {source.source_id}" for source in provenance.sources)
    if provenance.snapshot.synthetic:
        return Text(f"påhittat, i form av {named}", f"made up, in the form of {named}")[language]
    if not provenance.computed:
        return named
    return Text(f"Segregationsbarometern, ur {named}", f"the Segregation Barometer, from {named}")[
        language
    ]


def _processing(provenance: Provenance, language: Language) -> str:
    """Who has made the numbers: SCB, or the barometer of SCB's figures."""
    summed = wording.summed_sentence(provenance.summed_from, language=language)
    if provenance.snapshot.synthetic:
        return wording.synthetic_banner(language)
    computed = Text(
        "Siffrorna är Segregationsbarometerns beräkning av uppgifter i tabellerna ovan.",
        "The figures are the Segregation Barometer's own computation from the tables above.",
    )
    published = Text(
        "Siffrorna är publicerade av källan.", "The figures are as published by the source."
    )
    return f"{(computed if provenance.computed else published)[language]} {summed}".rstrip()


def _source(source: SourceUse, snapshot: Snapshot, language: Language) -> str:
    if snapshot.synthetic:
        return Text(
            f"Påhittade siffror i samma form som tabell {source.source_id}: {source.title.sv}.",
            f"Made-up figures in the form of table {source.source_id}: {source.title.en}.",
        )[language]
    retrieved = wording.day(source.retrieved.date(), language=language)
    when = Text(f"Hämtad {retrieved}", f"Retrieved {retrieved}")
    if source.updated:
        updated = wording.day(source.updated, language=language)
        when = Text(
            f"Uppdaterad {updated}, hämtad {retrieved}", f"Updated {updated}, retrieved {retrieved}"
        )
    own = source.source_id.removeprefix(LOCAL)
    kind = Text("tabell", "table") if own == source.source_id else Text("fil", "file")
    agency = wording.agency_name(source.agency, language=language)
    terms = wording.licence_name(source.licence, language=language)
    return Text(
        f"{agency}, {kind.sv} {own}: {source.title.sv}. {when.sv}. Licens {terms}.",
        f"{agency}, {kind.en} {own}: {source.title.en}. {when.en}. Licence {terms}.",
    )[language]
