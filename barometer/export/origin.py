"""Where a file's numbers come from: for people, for machines, and in every row."""

from typing import Final

from barometer import wording
from barometer.catalogue import Text
from barometer.divisions import Language
from barometer.queries import Provenance, SourceUse
from barometer.store import Snapshot

BREAK: Final = Text("Brott i serien", "Break in the series")
MADE_UP: Final = Text("påhittade siffror", "made-up figures")


def company(provenance: Provenance) -> dict[str, str]:
    """What stands in every row, so that no row is ever without it: codes for machines."""
    return {
        "source": " ".join(source.source_id for source in provenance.sources),
        "snapshot": provenance.snapshot.snapshot_id,
        "origin": provenance.snapshot.origin,
    }


def company_in_words(provenance: Provenance, *, language: Language) -> dict[str, str]:
    """The same as `company`, for people."""
    return company(provenance) | {
        "source": ", ".join(f"SCB {source.source_id}" for source in provenance.sources),
        "origin": MADE_UP[language] if provenance.snapshot.synthetic else "SCB",
    }


def about_origin(provenance: Provenance, *, language: Language) -> list[tuple[str, str]]:
    """Breaks in the series, sources, snapshot and what it lacks, in sentences."""
    snapshot = provenance.snapshot
    head = Text("Källa", "Source")[language]
    rows = [(BREAK[language], f"{b.year}: {b.note[language]}") for b in provenance.breaks]
    rows += [(head, _source(source, language)) for source in provenance.sources]
    rows += [
        (Text("Datamängd", "Data set")[language], snapshot.snapshot_id),
        (
            Text("Byggd", "Built")[language],
            wording.day(snapshot.built_at.date(), language=language),
        ),
    ]
    lacking = wording.lacking_sentence(snapshot.lacking, language=language)
    if lacking:
        rows.append((Text("Ofullständig", "Incomplete")[language], lacking))
    return rows


def about_synthetic(snapshot: Snapshot, *, language: Language) -> list[tuple[str, str]]:
    """That the figures are made up, where they are: the first thing to be read."""
    if not snapshot.synthetic:
        return []
    return [(Text("Obs", "Note")[language], wording.synthetic_banner(language))]


def described_origin(provenance: Provenance, *, language: Language) -> dict[str, object]:
    """Sources, breaks in the series and snapshot for machines."""
    snapshot = provenance.snapshot
    return {
        **company(provenance),
        "built_at": snapshot.built_at.isoformat(),
        "synthetic": snapshot.synthetic,
        "sources": [
            {
                "source_id": source.source_id,
                "title": source.title[language],
                "updated": source.updated.isoformat() if source.updated else None,
                "retrieved": source.retrieved.isoformat(),
                "licence": source.licence,
            }
            for source in provenance.sources
        ],
        "breaks": [
            {"year": b.year, "note": b.note[language], "severs": b.severs, "levels": list(b.levels)}
            for b in provenance.breaks
        ],
    }


def _source(source: SourceUse, language: Language) -> str:
    retrieved = wording.day(source.retrieved.date(), language=language)
    updated = wording.day(source.updated, language=language) if source.updated else "–"
    return Text(
        f"SCB, tabell {source.source_id}: {source.title.sv}. Uppdaterad {updated},"
        f" hämtad {retrieved}. Licens {source.licence}.",
        f"Statistics Sweden (SCB), table {source.source_id}: {source.title.en}."
        f" Updated {updated}, retrieved {retrieved}. Licence {source.licence}.",
    )[language]
