"""Data contracts: what must be true of a candidate before anybody sees it.

Each check returns its violations as sentences; any violation stops the publish, and all are listed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import duckdb
import numpy as np

from barometer.divisions import LAST_YEAR_OF_2018
from barometer.indices.area_types import agreement_rate, area_types, socioeconomic_index
from etl.errors import ContractViolatedError
from etl.publish.candidate import NOISE, Candidate
from etl.publish.diff import BEFORE
from etl.snapshot.signals import faulty_signals
from etl.text import listed

# SCB's own counts of 2026-03: the whole country has exactly these.
EXPECTED_AREAS: Final = {
    ("riket", "admin"): 1,
    ("lan", "admin"): 21,
    ("kommun", "admin"): 290,
    ("regso", "2018"): 3_363,
    ("regso", "2025"): 3_363,
    ("deso", "2018"): 5_984,
    ("deso", "2025"): 6_160,
}
# SCB changes cells of some tables by a person or two at random and rounds others; their sums drift
# as the root of their number (here three standard deviations): in 2022 by less than 0.02 % in all.
SUM_SHARE: Final = 0.001
SUM_PERSONS_PER_ROOT: Final = 6.0
MIN_AGREEMENT: Final = 0.95  # rounding of the three shares moves a type at the thresholds only
_NOISE_PERSONS: Final = 10.0


def require_contracts(candidate: Candidate) -> None:
    """Run every check; ContractViolatedError lists all violations."""
    violations = [violation for check in CHECKS for violation in check(candidate)]
    if violations:
        lines = "\n".join(f"- {violation}" for violation in violations)
        raise ContractViolatedError(
            f"The candidate breaks {len(violations)} data contracts and is not published; the "
            f"published snapshot stays:\n{lines}\n"
            "Look at the source or mend it in etl/repairs.py; then build again"
        )


def check_keys(candidate: Candidate) -> list[str]:
    """No cell, value, count or index twice."""
    keys = {
        "observations": ("area_id", "source_id, variable_id, year"),
        "indicator_values": ("area_id", "indicator_id, background, year"),
        "group_counts": ("area_id", "grouping_id, year"),
        "index_values": ("container_id", "grouping_id, index_id, unit_level, division, year"),
    }
    return [
        f"{table} has {what} with the same area more than once: {listed(rows)}"
        for table, (area, what) in keys.items()
        if (
            rows := candidate.con.execute(
                f"SELECT {what} FROM {table} GROUP BY ALL "
                f"HAVING count(*) > count(DISTINCT {area}) ORDER BY ALL"
            ).fetchall()
        )
    ]


def check_hierarchy(candidate: Candidate) -> list[str]:
    """Every parent exists one level up in its own division.

    A made-up DeSO without RegSO may lie in its kommun; of a real one SCB's keys know the RegSO.
    """
    rows = candidate.con.execute(
        """
        SELECT a.area_id, coalesce(a.parent_id, 'none')
        FROM areas a LEFT JOIN areas p ON p.area_id = a.parent_id
        WHERE a.level <> 'riket' AND NOT coalesce(
            NOT ((SELECT origin FROM snapshot) <> 'synthetic'
                 AND a.level = 'deso' AND p.level <> 'regso') AND
            p.level < a.level AND (p.division = a.division OR p.division = 'admin')
            AND (a.kommun_id IS NULL OR a.level = 'kommun' OR p.kommun_id = a.kommun_id), false)
        ORDER BY a.area_id
        """
    ).fetchall()
    return [f"{len(rows)} areas lie in no area above them: {listed(rows)}"] * bool(rows)


def check_known_areas(candidate: Candidate) -> list[str]:
    """Figures are about areas of the register, and labels name one area in a list."""
    strays = candidate.con.execute(
        "SELECT DISTINCT source_id, area_id FROM observations o "
        "WHERE NOT EXISTS (FROM areas a WHERE a.area_id = o.area_id) ORDER BY ALL"
    ).fetchall()
    twice = candidate.con.execute(
        "SELECT level, division, label FROM areas GROUP BY ALL HAVING count(*) > 1 ORDER BY ALL"
    ).fetchall()
    found = [f"{len(strays)} areas with figures are not in the register: {listed(strays)}"]
    return found * bool(strays) + [f"areas share a label: {listed(twice)}"] * bool(twice)


def check_area_counts(candidate: Candidate) -> list[str]:
    """A whole country has SCB's number of areas at every level; a partial one has no more."""
    counts = {
        (level, division): n
        for level, division, n in candidate.con.execute(
            "SELECT level, division, count(*) FROM areas GROUP BY ALL"
        ).fetchall()
    }
    origin = candidate.con.execute("SELECT origin FROM snapshot").fetchall()[0][0]
    whole = counts.get(("kommun", "admin")) == EXPECTED_AREAS["kommun", "admin"]
    exact = not candidate.partial and (whole or origin == "scb")
    return [
        f"{level} {division}: {counts.get((level, division), 0)} areas, expected {expected}"
        for (level, division), expected in EXPECTED_AREAS.items()
        if counts.get((level, division), 0) > expected
        or (exact and counts.get((level, division), 0) < expected)
    ]


def check_ranges(candidate: Candidate) -> list[str]:
    """Shares lie in 0-100, counts are not negative, indices stay in their range.

    A percentage without a population and a rate may be a balance (net moves) and be negative.
    """
    shares = candidate.con.execute(
        f"""
        SELECT v.indicator_id, v.area_id, v.year, v.value
        FROM indicator_values v JOIN indicators i USING (indicator_id)
        WHERE i.unit = 'percent'
            AND v.value NOT BETWEEN if(v.denominator IS NULL, -100, 0) AND 100 + 1e-9
            AND (
                v.year >= {NOISE}[v.indicator_id] AND v.numerator - v.denominator <= $persons
            ) IS NOT TRUE
        ORDER BY ALL
        """,
        {"persons": _NOISE_PERSONS} | candidate.noise,
    ).fetchall()
    counts = candidate.con.execute(
        "SELECT indicator_id, area_id, year FROM indicator_values JOIN indicators USING "
        "(indicator_id) WHERE denominator < 0 OR unit <> 'per_1000' AND numerator < 0 ORDER BY ALL"
    ).fetchall()
    indices = candidate.con.execute(
        """
        SELECT v.index_id, v.grouping_id, v.container_id, v.year, v.value
        FROM index_values v JOIN indices i USING (index_id)
        WHERE v.value < i.range_low - 1e-9 OR v.value > i.range_high + 1e-9
            OR v.coverage NOT BETWEEN -1e-9 AND 1 + 1e-9
            OR (v.estimate IS NULL) <> (v.low IS NULL) OR (v.low IS NULL) <> (v.high IS NULL)
            OR v.low NOT BETWEEN i.range_low AND v.estimate
            OR v.high NOT BETWEEN v.estimate AND i.range_high
        ORDER BY ALL
        """
    ).fetchall()
    kinds = {
        "shares outside 0-100": shares,
        "negative counts": counts,
        "indices or intervals off range": indices,
    }
    return [f"{len(rows)} {what}: {listed(rows)}" for what, rows in kinds.items() if rows]


def check_divisions(candidate: Candidate) -> list[str]:
    """Outside the years of an area's division there is neither a figure nor a zero."""
    rows = candidate.con.execute(
        """
        SELECT source_id, division, year, count(*) FROM observations
        WHERE (division = '2018' AND year > $last OR division = '2025' AND year <= $last)
            AND status IS DISTINCT FROM 'outside_division'
        GROUP BY ALL ORDER BY ALL
        """,
        {"last": LAST_YEAR_OF_2018},
    ).fetchall()
    return [f"figures outside their division's years: {listed(rows)}"] * bool(rows)


def check_zeros(candidate: Candidate) -> list[str]:
    """No table has a year, a level and a measure of nothing but zeros."""
    rows = candidate.con.execute(
        """
        SELECT source_id, year FROM observations GROUP BY ALL
        HAVING count(value) > 0 AND max(value) = 0 AND min(value) = 0 ORDER BY ALL
        """
    ).fetchall()
    empty = candidate.con.execute(
        "SELECT source_id, year FROM observations GROUP BY ALL HAVING count(value) = 0 ORDER BY ALL"
    ).fetchall()
    found = [f"tables and years with nothing but zeros: {listed(rows)}"] * bool(rows)
    if empty and not candidate.partial:
        found.append(f"tables and years without a single figure: {listed(empty)}")
    return found


def check_sources(candidate: Candidate) -> list[str]:
    """Every source has figures, and every indicator whose sources are all there a value."""
    if candidate.partial:
        return []
    idle = candidate.con.execute(
        "SELECT source_id FROM sources s "
        "WHERE NOT EXISTS (FROM observations o WHERE o.source_id = s.source_id) ORDER BY ALL"
    ).fetchall()
    void = candidate.con.execute(
        "SELECT indicator_id FROM indicators WHERE list_has_all("
        "(SELECT list(source_id) FROM sources), source_ids) AND indicator_id NOT IN "
        "(SELECT indicator_id FROM indicator_values WHERE value IS NOT NULL) ORDER BY ALL"
    ).fetchall()
    found = [f"sources without figures: {listed(idle)}"] * bool(idle)
    return found + [f"indicators without a value: {listed(void)}"] * bool(void)


def check_row_counts(candidate: Candidate) -> list[str]:
    """No source has lost half of the rows that the current snapshot has."""
    if not candidate.compared:
        return []
    rows = candidate.con.execute(
        f"""
        SELECT source_id, o.n, n.n
        FROM (SELECT source_id, count(*) AS n FROM observations GROUP BY ALL) n
        JOIN (SELECT source_id, count(*) AS n FROM {BEFORE}.observations GROUP BY ALL) o
            USING (source_id)
        WHERE n.n * 2 <= o.n ORDER BY ALL
        """
    ).fetchall()
    return [f"{source}: {now:,} rows, {before:,} before" for source, before, now in rows]


def check_level_sums(candidate: Candidate) -> list[str]:
    """DeSO, RegSO, kommun and län add up to riket, for every count that is complete."""
    rows = candidate.con.execute(
        """
        WITH long AS (
            UNPIVOT (FROM indicator_values WHERE background = 'all' AND level <> 'own')
                ON numerator, denominator INTO NAME count VALUE persons
        ),
        sums AS (
            SELECT indicator_id, count, year, level, sum(persons) AS total, count(*) AS n
            FROM long GROUP BY ALL
        ),
        whole AS (  -- shares that SCB rounds give numerators with decimals, which add up to less
            SELECT indicator_id, count FROM long GROUP BY ALL
            HAVING bool_and(persons = round(persons))
        ),
        complete AS (
            SELECT s.* FROM sums s JOIN (
                SELECT a.level, y.year, count(*) AS n
                FROM areas a JOIN (SELECT DISTINCT year FROM sums) y
                    ON y.year BETWEEN a.valid_from AND coalesce(a.valid_to, y.year)
                GROUP BY ALL
            ) e USING (level, year) JOIN whole USING (indicator_id, count) WHERE s.n = e.n
        )
        SELECT c.indicator_id, c.count, c.year, c.level, c.total, r.total
        FROM complete c JOIN complete r USING (indicator_id, count, year)
        WHERE r.level = 'riket' AND c.level <> 'riket'
            AND abs(c.total - r.total) > $share * r.total + $root * sqrt(c.n)
        ORDER BY ALL
        """,
        {"share": SUM_SHARE, "root": SUM_PERSONS_PER_ROOT},
    ).fetchall()
    return [
        f"{indicator} {year}: the {count}s of all {level} add up to {total:,.0f}, riket has "
        f"{riket:,.0f}"
        for indicator, count, year, level, total, riket in rows
    ]


def check_crosswalk(candidate: Candidate) -> list[str]:
    """The crosswalk leads from areas of 2018 to areas of 2025, and loses and makes up nobody."""
    strays = candidate.con.execute(
        """
        SELECT c.from_id, c.to_id FROM crosswalk c
        LEFT JOIN areas f ON f.area_id = c.from_id LEFT JOIN areas t ON t.area_id = c.to_id
        WHERE (f.division = '2018' AND t.division = '2025' AND f.level = c.level
            AND t.level = c.level) IS NOT TRUE ORDER BY ALL
        """
    ).fetchall()
    sums = candidate.con.execute(
        "SELECT from_id, round(sum(weight_population), 6) AS total FROM crosswalk "
        "GROUP BY ALL HAVING abs(sum(weight_population) - 1) > 1e-6 ORDER BY ALL"
    ).fetchall()
    kinds = {"pairs of areas that are none": strays, "areas whose weights are not 1": sums}
    return [
        f"the crosswalk has {len(rows)} {what}: {listed(rows)}"
        for what, rows in kinds.items()
        if rows
    ]


def check_signals(candidate: Candidate) -> list[str]:
    """Signals are about small areas, and no direction lies within its margin."""
    return faulty_signals(candidate.con)


def check_groupings(candidate: Candidate) -> list[str]:
    """Groups of a partition add up to the population that the same source gives elsewhere.

    At least 90 % of it (some partitions leave out the unknown) and no more than rounding adds.
    """
    rows = candidate.con.execute(
        f"""
        WITH parts AS (
            SELECT g.grouping_id, g.source_ids, c.level, c.year, sum(list_sum(c.counts)) AS total
            FROM group_counts c JOIN groupings g USING (grouping_id)
            WHERE (c.year >= {NOISE}[c.grouping_id]) IS NOT TRUE GROUP BY ALL
            HAVING NOT isnan(total)
        ),
        wholes AS (
            SELECT i.source_ids, v.level, v.year, max(v.total) AS total
            FROM (
                SELECT indicator_id, level, year, sum(denominator) AS total FROM indicator_values
                WHERE background = 'all' GROUP BY ALL HAVING count(denominator) = count(*)
            ) v JOIN indicators i USING (indicator_id) GROUP BY ALL
        )
        SELECT p.grouping_id, p.level, p.year, p.total, w.total
        FROM parts p JOIN wholes w USING (source_ids, level, year)
        WHERE p.total NOT BETWEEN 0.9 * w.total AND 1.01 * w.total
        ORDER BY ALL
        """,
        candidate.noise,
    ).fetchall()
    return [
        f"{grouping}, {level} {year}: the groups add up to {parts:,.0f} of {whole:,.0f}"
        for grouping, level, year, parts, whole in rows
    ]


def check_area_types(candidate: Candidate) -> list[str]:
    """Our types from the three shares agree with SCB's in nearly all RegSO of every year."""
    return [
        f"area types {found.year}: {found.rate:.1%} of {found.n_areas} RegSO agree with SCB's, "
        f"expected at least {MIN_AGREEMENT:.0%}"
        for found in agreement_by_year(candidate.con)
        if (1 - found.rate) * found.n_areas > (1 - MIN_AGREEMENT) * found.n_areas + 1
    ]


@dataclass(frozen=True, slots=True)
class TypeAgreement:
    """In which share of a year's RegSO our recomputed area type is SCB's."""

    year: int
    rate: float
    n_areas: int


def agreement_by_year(con: duckdb.DuckDBPyConnection) -> tuple[TypeAgreement, ...]:
    """Types recomputed from V1-V3 against SCB's; no year where the three shares are lacking."""
    shares = ("index_low_standard", "index_education", "index_assistance")
    columns = ", ".join(f"any_value(value) FILTER (indicator_id = '{name}')" for name in shares)
    rows = con.execute(
        f"""
        SELECT year, any_value(value) FILTER (indicator_id = 'area_type'), {columns}
        FROM indicator_values WHERE background = 'all' AND level = 'regso'
        GROUP BY area_id, year ORDER BY year, area_id
        """
    ).fetchall()
    if not rows:
        return ()
    years, official, *parts = np.array(rows, dtype=np.float64).T
    ours = area_types(socioeconomic_index(*parts), years)
    known = ~np.isnan(ours) & ~np.isnan(official)
    return tuple(
        TypeAgreement(
            year=int(year),
            rate=agreement_rate(ours[years == year], official[years == year]),
            n_areas=int(known[years == year].sum()),
        )
        for year in np.unique(years[known])
    )


Check = Callable[[Candidate], list[str]]

CHECKS: Final[tuple[Check, ...]] = (
    check_keys,
    check_known_areas,
    check_hierarchy,
    check_area_counts,
    check_sources,
    check_row_counts,
    check_zeros,
    check_divisions,
    check_ranges,
    check_level_sums,
    check_crosswalk,
    check_signals,
    check_groupings,
    check_area_types,
)
