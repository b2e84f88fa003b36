"""Where numbers come from: SCB's tables as they were when the snapshot was built."""

from collections.abc import Sequence

from barometer.catalogue import Catalogue, Grouping, Indicator, known_ids
from barometer.divisions import Level
from barometer.queries.dictionary import fetched
from barometer.queries.records import Provenance, SourceUse
from barometer.selection import Selection
from barometer.snapshot import Snapshot
from barometer.store import Cursor


def provenance(
    cursor: Cursor, selection: Selection, *, catalogue: Catalogue, snapshot: Snapshot
) -> Provenance:
    """The tables that the indicator, and one beside it, are made of in the selection's year.

    Values of a table as SCB published them are told from what the barometer has computed.
    """
    indicator = catalogue.indicators[selection.indicator]
    measured = catalogue.groupings.get(selection.grouping)
    compared = catalogue.indicators.get(selection.compare or "")
    shown = [indicator, *([compared] if compared else [])]
    ids = dict.fromkeys(own for one in shown for own in one.source_ids_in(selection.year))
    used = sources(cursor, tuple(ids))
    entries: list[Indicator | Grouping] = [
        *shown,
        *([measured] if measured and selection.layer != "value" else []),
    ]
    summed = summed_from(
        cursor, selection.indicator, selection.background, selection.level, selection.year
    )
    as_published = selection.layer == "value" and selection.since is None and not summed
    return Provenance(
        snapshot,
        used,
        catalogue.breaks_of(*entries, levels=(selection.level,)),
        computed=not as_published or any(one.is_derived_in(selection.year) for one in shown),
        summed_from=summed,
    )


def summed_from(
    cursor: Cursor, indicator_id: str, background: str, level: Level, year: int
) -> tuple[str, ...]:
    """What the level's values were summed from, where SCB published none; empty when it did."""
    found = cursor.execute(
        """
        SELECT DISTINCT CAST(summed_by AS VARCHAR) FROM indicator_values
        WHERE indicator_id = $indicator AND background = $background AND level = $level
            AND year = $year AND summed_by IS NOT NULL AND value IS NOT NULL
        ORDER BY 1
        """,
        {"indicator": indicator_id, "background": background, "level": level, "year": year},
    ).fetchall()
    return tuple(row[0] for row in found)


def summed_among(
    cursor: Cursor, indicator_ids: Sequence[str], *, levels: Sequence[str], years: Sequence[int]
) -> tuple[str, ...]:
    """What any values of some indicators were summed from; of all levels and years if empty."""
    found = cursor.execute(
        """
        SELECT DISTINCT CAST(summed_by AS VARCHAR) FROM indicator_values
        WHERE list_contains($indicators, CAST(indicator_id AS VARCHAR))
            AND (len($levels) = 0 OR list_contains($levels, CAST(level AS VARCHAR)))
            AND (len($years) = 0 OR list_contains($years, year))
            AND summed_by IS NOT NULL AND value IS NOT NULL
        ORDER BY 1
        """,
        {"indicators": list(indicator_ids), "levels": [*levels], "years": [*years]},
    ).fetchall()
    return tuple(row[0] for row in found)


def summed_in_grouping(
    cursor: Cursor, grouping_id: str, *, level: Level, year: int
) -> tuple[str, ...]:
    """What the counts of a grouping's areas were summed from, where SCB published none."""
    found = cursor.execute(
        """
        SELECT CAST(summed_by AS VARCHAR) FROM group_counts
        WHERE grouping_id = $grouping AND level = $level AND year = $year
            AND summed_by IS NOT NULL
        UNION
        SELECT CAST(summed_by AS VARCHAR) FROM indicator_values
        WHERE indicator_id = $grouping AND background = 'all' AND level = $level AND year = $year
            AND summed_by IS NOT NULL AND value IS NOT NULL
        ORDER BY 1
        """,
        {"grouping": grouping_id, "level": level, "year": year},
    ).fetchall()
    return tuple(row[0] for row in found)


def sources(cursor: Cursor, source_ids: Sequence[str]) -> tuple[SourceUse, ...]:
    """Some of the snapshot's tables, in the order given; none whose id is not known."""
    known = fetched(cursor)
    return tuple(known[own] for own in dict.fromkeys(known_ids(source_ids)) if own in known)
