"""What changed between the current snapshot and a candidate, in words: the update log."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import duckdb

from barometer.catalogue import ALL

BEFORE: Final = "before"  # the name under which the current snapshot is attached
_ROW_HASH: Final = "bit_xor(hash(area_id, year, variable_id, value, status))"
# Own areas that consist of something else than before: other figures of theirs are no revision.
_REDRAWN: Final = f"""
    SELECT own_id FROM (
        SELECT own_id, bit_xor(hash(area_id, weight)) AS members FROM memberships GROUP BY own_id
    ) n JOIN (
        SELECT own_id, bit_xor(hash(area_id, weight)) AS members
        FROM {BEFORE}.memberships GROUP BY own_id
    ) o USING (own_id)
    WHERE n.members <> o.members
"""
_VALUE_HASH: Final = "bit_xor(hash(area_id, year, background, value, status))"


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the update log; kinds are first, source, year, rows, values, redrawn."""

    kind: str
    subject: str
    amount: float | None
    sv: str
    en: str


def list_changes(con: duckdb.DuckDBPyConnection, *, compared: bool) -> tuple[Change, ...]:
    """Changes of the candidate against the attached snapshot BEFORE, if it is comparable."""
    if not compared:
        n = _count(con, "SELECT count(*) FROM observations")
        return (
            Change(
                "first",
                "",
                n,
                f"Första dataversionen: {_sv(n)} uppgifter.",
                f"First data version: {_en(n)} figures.",
            ),
        )
    findings: tuple[Callable[[duckdb.DuckDBPyConnection], Iterator[Change]], ...] = (
        _sources,
        _years,
        _rows,
        _redrawn,
        _values,
    )
    return tuple(change for finding in findings for change in finding(con))


def lost_years(con: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Tables with the years that the attached snapshot BEFORE has and the candidate has not."""
    rows = con.execute(
        f"""
        SELECT source_id, string_agg(year, ', ' ORDER BY year)
        FROM (SELECT DISTINCT source_id, year FROM {BEFORE}.observations)
        ANTI JOIN (SELECT DISTINCT source_id, year FROM observations) USING (source_id, year)
        GROUP BY source_id ORDER BY source_id
        """
    ).fetchall()
    return tuple(f"{source_id}: {years}" for source_id, years in rows)


def store_changes(con: duckdb.DuckDBPyConnection, changes: tuple[Change, ...]) -> None:
    """Fill the candidate's changes table."""
    con.execute("DELETE FROM changes")
    for position, change in enumerate(changes):
        con.execute(
            "INSERT INTO changes (position, kind, subject, amount, text_sv, text_en) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            [position, change.kind, change.subject, change.amount, change.sv, change.en],
        )


def _sources(con: duckdb.DuckDBPyConnection) -> Iterator[Change]:
    rows = con.execute(
        f"""
        SELECT source_id, n.title_sv, n.title_en, o.title_sv, o.title_en, n.updated, o.updated
        FROM sources n FULL JOIN {BEFORE}.sources o USING (source_id)
        WHERE n.updated IS DISTINCT FROM o.updated ORDER BY source_id
        """
    ).fetchall()
    for source_id, sv, en, old_sv, old_en, new, old in rows:
        if old is None:
            yield Change("source", source_id, None, f"Ny källa: {sv}.", f"New source: {en}.")
        elif new is None:
            yield Change(
                "source", source_id, None, f"Källa borttagen: {old_sv}.", f"Removed: {old_en}."
            )
        else:
            yield Change(
                "source",
                source_id,
                None,
                f"{sv}: uppdaterad av SCB {new[:10]}.",
                f"{en}: updated by SCB {new[:10]}.",
            )


def _years(con: duckdb.DuckDBPyConnection) -> Iterator[Change]:
    rows = con.execute(
        f"""
        SELECT s.source_id, s.title_sv, s.title_en, n.year, n.year IS NOT NULL AND o.year IS NULL
        FROM (SELECT DISTINCT source_id, year FROM observations) n
        FULL JOIN (SELECT DISTINCT source_id, year FROM {BEFORE}.observations) o
            ON n.source_id = o.source_id AND n.year = o.year
        JOIN sources s ON s.source_id = n.source_id
        WHERE o.year IS NULL AND s.source_id IN (SELECT source_id FROM {BEFORE}.sources)
        ORDER BY ALL
        """
    ).fetchall()
    for source_id, sv, en, year, _ in rows:
        yield Change("year", source_id, year, f"{sv}: nytt år {year}.", f"{en}: new year {year}.")


def _rows(con: duckdb.DuckDBPyConnection) -> Iterator[Change]:
    for source_id in _differing(con, "observations", "source_id", _ROW_HASH):
        added, removed, changed = _compare_rows(con, source_id)
        yield Change(
            "rows",
            source_id,
            added + removed + changed,
            f"{source_id}: {_sv(added)} nya, {_sv(removed)} borttagna och {_sv(changed)} ändrade "
            "uppgifter.",
            f"{source_id}: {_en(added)} new, {_en(removed)} removed and {_en(changed)} changed "
            "figures.",
        )


def _compare_rows(con: duckdb.DuckDBPyConnection, source_id: str) -> tuple[int, int, int]:
    row = con.execute(
        f"""
        SELECT count(*) FILTER (o.area_id IS NULL), count(*) FILTER (n.area_id IS NULL),
               count(*) FILTER (o.area_id IS NOT NULL AND n.area_id IS NOT NULL
                                AND o.value IS DISTINCT FROM n.value)
        FROM (FROM observations WHERE source_id = $source) n
        FULL JOIN (FROM {BEFORE}.observations WHERE source_id = $source) o
            ON n.variable_id = o.variable_id AND n.year = o.year AND n.area_id = o.area_id
        """,
        {"source": source_id},
    ).fetchone()
    assert row is not None
    return row[0], row[1], row[2]


def _redrawn(con: duckdb.DuckDBPyConnection) -> Iterator[Change]:
    """The own areas that consist of something else than before."""
    rows = con.execute(
        f"SELECT area_id, label FROM areas WHERE area_id IN ({_REDRAWN}) ORDER BY area_id"
    ).fetchall()
    for area_id, label in rows:
        yield Change(
            "redrawn",
            area_id,
            None,
            f"{label} består av andra områden än förut. Siffrorna gäller de nya gränserna.",
            f"{label} consists of other areas than before. Its figures are of the new boundaries.",
        )


def _values(con: duckdb.DuckDBPyConnection) -> Iterator[Change]:
    """For each indicator whose figures differ: how many changed, and the largest movement."""
    for indicator_id in _differing(con, "indicator_values", "indicator_id", _VALUE_HASH):
        rows = con.execute(
            f"""
            SELECT i.name_sv, i.name_en, i.decimals, a.label, n.year, o.value, n.value,
                   count(*) OVER () AS n_changed
            FROM (FROM indicator_values WHERE indicator_id = $id AND background = $all) n
            JOIN (FROM {BEFORE}.indicator_values WHERE indicator_id = $id AND background = $all) o
                ON n.year = o.year AND n.area_id = o.area_id
            JOIN areas a ON a.area_id = n.area_id JOIN indicators i ON i.indicator_id = $id
            WHERE n.value IS DISTINCT FROM o.value AND n.area_id NOT IN ({_REDRAWN})
            ORDER BY abs(n.value - o.value) DESC NULLS LAST, a.area_id, n.year LIMIT 1
            """,
            {"id": indicator_id, "all": ALL},
        ).fetchall()
        for sv, en, decimals, area, year, old, new, n_changed in rows:
            moved = "" if None in (old, new) else f" {_sv(old, decimals)} → {_sv(new, decimals)}"
            moved_en = "" if None in (old, new) else f" {_en(old, decimals)} → {_en(new, decimals)}"
            yield Change(
                "values",
                indicator_id,
                n_changed,
                f"{sv}: {_sv(n_changed)} ändrade värden, mest i {area} {year}{moved}.",
                f"{en}: {_en(n_changed)} revised values, most in {area} {year}{moved_en}.",
            )


def _differing(con: duckdb.DuckDBPyConnection, table: str, key: str, row_hash: str) -> list[str]:
    """Keys in both snapshots under which the rows differ, by a checksum over all of them."""
    sums = f"SELECT {key}, count(*) AS n, {row_hash} AS checksum FROM"
    rows = con.execute(
        f"""
        SELECT {key} FROM ({sums} {table} GROUP BY {key}) n
        JOIN ({sums} {BEFORE}.{table} GROUP BY {key}) o USING ({key})
        WHERE n.n <> o.n OR n.checksum <> o.checksum ORDER BY {key}
        """
    ).fetchall()
    return [row[0] for row in rows]


def _count(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = con.execute(sql).fetchone()
    return int(row[0]) if row else 0


def _en(number: float, decimals: int = 0) -> str:
    """A number as English prints it: 1,234.5."""
    return f"{number:,.{decimals}f}"


def _sv(number: float, decimals: int = 0) -> str:
    """A number as Swedish prints it: no-break space between thousands, decimal comma."""
    return _en(number, decimals).replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")
