"""Indicator values and group counts from observations: SQL written from the catalogue alone.

A level above RegSO that SCB's table lacks is filled by summing the coarsest level below it that the
table has, when the term is a count and every area of that level has one. Percentages and means
are never summed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import nan
from typing import Final

import duckdb
import pandas as pd

from barometer.catalogue import (
    ALL,
    Catalogue,
    Derived,
    Grouping,
    GroupingPart,
    Indicator,
    Part,
    Term,
)
from barometer.indices.area_types import area_types

_LACKING: Final = "not_available"
_PREPARE: Final = """
CREATE OR REPLACE TEMP TABLE area AS
    SELECT area_id, level::level_name AS level, division::division_name AS division,
           kommun_id, lan_id, valid_from, valid_to
    FROM register;
CREATE OR REPLACE TEMP TABLE member AS
    SELECT area_id, level AS base, division, 'kommun'::level_name AS level,
           kommun_id AS container_id
    FROM area WHERE level > 'kommun'::level_name AND level <> 'own'
    UNION ALL BY NAME
    SELECT area_id, level AS base, division, 'lan'::level_name AS level, lan_id AS container_id
    FROM area WHERE level > 'lan'::level_name AND level <> 'own'
    UNION ALL BY NAME
    SELECT a.area_id, a.level AS base, a.division, r.level, r.area_id AS container_id
    FROM area a, area r
    WHERE a.level > 'riket'::level_name AND a.level <> 'own' AND r.level = 'riket';
CREATE OR REPLACE TEMP TABLE complete AS
    SELECT container_id, base, division, count(*) AS n FROM member GROUP BY ALL;
CREATE OR REPLACE TEMP TABLE present AS
    SELECT DISTINCT o.source_id, a.level, o.year FROM observations o JOIN area a USING (area_id);
CREATE OR REPLACE TEMP TABLE filled AS
    SELECT p.source_id, p.year, t.level, min(p.level) AS base
    FROM present p JOIN (SELECT DISTINCT level FROM area WHERE level <= 'kommun'::level_name) t
        ON p.level > t.level AND p.level <> 'own'
    WHERE NOT EXISTS (
        FROM present q
        WHERE q.source_id = p.source_id AND q.year = p.year AND q.level = t.level
    )
    GROUP BY ALL;
"""
# All areas of each level and year that has any figure.
_GRID: Final = """
    published AS (SELECT DISTINCT a.level, f.year FROM figures f JOIN area a USING (area_id)),
    grid AS (
        SELECT a.area_id, a.division, a.level, p.year
        FROM published p JOIN area a
            ON a.level = p.level AND p.year BETWEEN a.valid_from AND coalesce(a.valid_to, p.year)
    )
"""
# The mean of indicators, missing where one is, in the years in which the level has them all.
_DERIVED: Final = f"""
    SELECT area_id, division::VARCHAR AS division, level::VARCHAR AS level, year,
           CASE WHEN count(value) = len($of) THEN avg(value) END AS value,
           CASE WHEN count(value) < len($of)
                THEN coalesce(min(status)::VARCHAR, '{_LACKING}') END AS status,
           max(summed_by)::VARCHAR AS summed_by
    FROM indicator_values
    WHERE list_contains($of, indicator_id) AND background = '{ALL}' AND level = $level
    GROUP BY area_id, division, level, year
    HAVING count(*) = len($of)
    ORDER BY year, area_id
"""


@dataclass(frozen=True, slots=True)
class _Years:
    first: int | None
    last: int | None

    def __str__(self) -> str:
        bounds = [f"year >= {self.first}"] * (self.first is not None)
        bounds += [f"year <= {self.last}"] * (self.last is not None)
        return " AND ".join(bounds) or "true"


def prepare(con: duckdb.DuckDBPyConnection, register: pd.DataFrame) -> None:
    """Temporary tables that the figures are built with: areas, what they lie in, what to fill."""
    con.register("register", register)
    con.execute(_PREPARE)
    con.unregister("register")


def build_indicator(
    con: duckdb.DuckDBPyConnection, indicator: Indicator, *, catalogue: Catalogue
) -> None:
    """Fill indicator_values for one indicator, every background of it.

    One that is derived finds those that it is made of there.
    """
    if indicator.derived:
        _derive(con, indicator.indicator_id, indicator.derived)
        return
    for background, parts in _backgrounds(indicator, catalogue=catalogue):
        figures = "\nUNION ALL\n".join(
            _part_sql(part, min_denominator=indicator.min_denominator) for part in parts
        )
        con.execute(
            _indicator_sql(figures), {"indicator": indicator.indicator_id, "background": background}
        )


def build_group_counts(con: duckdb.DuckDBPyConnection, grouping: Grouping) -> None:
    """Fill group_counts for a grouping of three groups or more, NaN where there is no count."""
    counts = "\nUNION ALL\n".join(_counts_sql(part) for part in grouping.parts)
    con.execute(
        f"""
        INSERT INTO group_counts
        WITH figures AS MATERIALIZED ({counts}), {_GRID}
        SELECT $grouping, g.area_id, g.division, g.level, g.year,
               coalesce(f.counts, $missing), f.summed_by
        FROM grid g LEFT JOIN figures f ON f.area_id = g.area_id AND f.year = g.year
        ORDER BY g.level, g.year, g.area_id
        """,
        {"grouping": grouping.grouping_id, "missing": [nan] * len(grouping.groups)},
    )


def _derive(con: duckdb.DuckDBPyConnection, indicator_id: str, derived: Derived) -> None:
    found = con.execute(
        _DERIVED, {"of": [i.indicator_id for i in derived.of], "level": derived.level}
    ).df()
    if derived.how == "area_types":
        found["value"] = area_types(found["value"], found["year"])
    con.register("derived", found)
    con.execute(
        """
        INSERT INTO indicator_values
        SELECT $indicator, $everybody, area_id, division, level, year,
               CASE WHEN NOT isnan(value) THEN value END, NULL, NULL, status,
               CASE WHEN NOT isnan(value) THEN summed_by END
        FROM derived ORDER BY level::level_name, year, area_id
        """,
        {"indicator": indicator_id, "everybody": ALL},
    )
    con.unregister("derived")


def _backgrounds(
    indicator: Indicator, *, catalogue: Catalogue
) -> Iterator[tuple[str, tuple[Part, ...]]]:
    yield ALL, indicator.parts
    for background_id in indicator.backgrounds:
        for category, _ in catalogue.backgrounds[background_id].categories:
            parts = tuple(
                _narrow(part, background_id, category, catalogue) for part in indicator.parts
            )
            yield f"{background_id}:{category}", parts


def _narrow(part: Part, background_id: str, category: str, catalogue: Catalogue) -> Part:
    numerator, denominator, published = (
        term and catalogue.narrow(term, background_id, category)
        for term in (part.numerator, part.denominator, part.published)
    )
    return Part(part.first_year, part.last_year, numerator, denominator, published, part.scale)


def _indicator_sql(figures: str) -> str:
    """All areas of each level and year that has any figure, those without one with their reason."""
    return f"""
    INSERT INTO indicator_values
    WITH figures AS MATERIALIZED ({figures}), {_GRID}
    SELECT $indicator, $background, g.area_id, g.division, g.level, g.year,
           f.value, f.numerator, f.denominator,
           CASE WHEN f.value IS NULL THEN coalesce(f.status, '{_LACKING}') END,
           CASE WHEN f.value IS NOT NULL THEN f.summed_by END
    FROM grid g LEFT JOIN figures f ON f.area_id = g.area_id AND f.year = g.year
    ORDER BY g.level, g.year, g.area_id
    """


def _part_sql(part: Part, *, min_denominator: float) -> str:
    """Rows area_id, year, value, numerator, denominator, status, summed_by of one part."""
    years = _Years(part.first_year, part.last_year)
    enough = f"d.value >= {float(min_denominator)} AND d.value > 0"
    if part.numerator and part.denominator:
        shown = f"n.value IS NOT NULL AND {enough}"
        value, numerator = f"{part.scale} * n.value / d.value", "n.value"
        summed = "greatest(n.summed_by, d.summed_by)"
        above = _term_sql(part.numerator, years=years, fill=True)
        below = _term_sql(part.denominator, years=years, fill=True)
    elif part.published and part.denominator:
        shown = f"n.value IS NOT NULL AND (d.value IS NULL OR ({enough}))"
        value, numerator = "n.value", "NULL"  # whole per cent are no count of anybody
        summed = "n.summed_by"
        above = _term_sql(part.published, years=years, fill=False)
        below = _term_sql(part.denominator, years=years, fill=False)
    elif part.published:
        rows = _term_sql(part.published, years=years, fill=False)
        columns = "value, NULL AS numerator, NULL AS denominator, status, summed_by"
        return f"SELECT area_id, year, {columns} FROM ({rows})"
    else:
        raise ValueError("a part of an indicator needs a numerator or a published figure")
    return f"""
    SELECT n.area_id, n.year, CASE WHEN {shown} THEN {value} END AS value,
           {numerator} AS numerator, d.value AS denominator,
           CASE WHEN {shown} THEN NULL
                WHEN n.value IS NULL THEN coalesce(n.status, '{_LACKING}')
                WHEN d.value IS NULL THEN coalesce(d.status, '{_LACKING}')
                ELSE 'too_few' END AS status,
           {summed} AS summed_by
    FROM ({above}) n LEFT JOIN ({below}) d ON d.area_id = n.area_id AND d.year = n.year
    """


def _counts_sql(part: GroupingPart) -> str:
    """Rows area_id, year, counts (a list, NaN where a group's count is missing), summed_by."""
    years = _Years(part.first_year, part.last_year)
    terms = [_term_sql(term, years=years, fill=part.denominator is None) for term in part.terms]
    factor = "1"
    joins = [f"LEFT JOIN ({term}) t{n} USING (area_id, year)" for n, term in enumerate(terms)]
    if part.denominator:
        below = _term_sql(part.denominator, years=years, fill=False)
        joins.append(f"LEFT JOIN ({below}) d USING (area_id, year)")
        factor = "d.value / 100"
    counts = ", ".join(f"coalesce(t{n}.value * {factor}, 'nan')" for n in range(len(terms)))
    summed = ", ".join(f"t{n}.summed_by" for n in range(len(terms)))
    keys = " UNION ".join(f"SELECT area_id, year FROM ({term})" for term in terms)
    columns = f"[{counts}]::DOUBLE[] AS counts, greatest({summed}) AS summed_by"
    return f"SELECT area_id, year, {columns} FROM ({keys}) {' '.join(joins)}"


def _term_sql(term: Term, *, years: _Years, fill: bool) -> str:
    """Rows area_id, year, value, status, summed_by: the sum of the cells, missing when one is."""
    cells = _cells_sql(term, years=years)
    if not fill:
        return cells
    return f"""
    WITH cells AS MATERIALIZED ({cells})
    FROM cells
    UNION ALL BY NAME
    SELECT m.container_id AS area_id, c.year,
           CASE WHEN count(c.value) = any_value(k.n) THEN sum(c.value) END AS value,
           CASE WHEN count(c.value) < any_value(k.n)
                THEN coalesce(min(c.status), '{_LACKING}') END AS status,
           greatest(any_value(f.base)::VARCHAR::summed_from, max(c.summed_by)) AS summed_by
    FROM cells c JOIN member m USING (area_id)
    JOIN filled f ON f.source_id = {_quote(term.source_id)} AND f.year = c.year
        AND f.level = m.level AND f.base = m.base
    JOIN complete k ON k.container_id = m.container_id AND k.base = m.base
        AND k.division = m.division
    GROUP BY m.container_id, c.year
    """


def _cells_sql(term: Term, *, years: _Years) -> str:
    ids = term.variable_ids
    where = (
        f"source_id = {_quote(term.source_id)} AND {years} "
        "AND status IS DISTINCT FROM 'outside_division'"
    )
    if len(ids) == 1:
        return f"""
        SELECT area_id, year, value, status, summed_by FROM observations
        WHERE variable_id = {_quote(ids[0])} AND {where}
        """
    return f"""
    SELECT area_id, year, CASE WHEN count(value) = {len(ids)} THEN sum(value) END AS value,
           CASE WHEN count(value) < {len(ids)}
                THEN coalesce(min(status), '{_LACKING}') END AS status,
           max(summed_by) AS summed_by
    FROM observations WHERE variable_id IN ({", ".join(map(_quote, ids))}) AND {where}
    GROUP BY area_id, year
    """


def _quote(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"
