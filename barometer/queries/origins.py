"""Where numbers come from: SCB's tables as they were when the snapshot was built."""

from collections.abc import Sequence
from datetime import UTC, date

from barometer.catalogue import Catalogue, Text
from barometer.queries.records import Provenance, SourceUse
from barometer.selection import Selection
from barometer.store import Cursor, Snapshot


def provenance(
    cursor: Cursor, selection: Selection, *, catalogue: Catalogue, snapshot: Snapshot
) -> Provenance:
    """The tables that the indicator is made of in the selection's year."""
    indicator = catalogue.indicators[selection.indicator]
    measured = catalogue.groupings.get(selection.grouping)
    shown = (indicator, measured) if measured and selection.layer != "value" else (indicator,)
    used = sources(cursor, indicator.source_ids_in(selection.year))
    return Provenance(snapshot, used, catalogue.breaks_of(*shown, levels=(selection.level,)))


def sources(cursor: Cursor, source_ids: Sequence[str]) -> tuple[SourceUse, ...]:
    """Some of SCB's tables, in the order given."""
    rows = cursor.execute(
        """
        SELECT source_id, title_sv, title_en, updated, retrieved, licence
        FROM sources
        WHERE list_contains($source_ids, source_id)
        ORDER BY list_position($source_ids, source_id)
        """,
        {"source_ids": list(source_ids)},
    ).fetchall()
    return tuple(
        SourceUse(source_id, Text(sv, en), _day(updated), retrieved.replace(tzinfo=UTC), licence)
        for source_id, sv, en, updated, retrieved, licence in rows
    )


def _day(stamp: str) -> date | None:
    """The date of SCB's stamp ("2025-06-04T06:00:00Z"); None when it is written another way."""
    try:
        return date.fromisoformat(stamp[:10])
    except ValueError:
        return None
