"""How own areas are summed: by which rules, and in which statements."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from barometer.catalogue import Catalogue, Indicator, Part

Summing = Literal["ratio", "count", "withheld"]

BOUNDED_UNITS: Final = ("tkr",)
"""Units of medians and means of people: of areas together they lie between those of the parts."""
_ALWAYS: Final = (0, 9999)


@dataclass(frozen=True, slots=True)
class Rule:
    """One indicator during some years.

    ratio: numerators and denominators are summed, and the value is made of the sums. count: the
    values themselves are summed. withheld: a median, a mean or an index of areas is none of theirs
    together. `least` is the smallest denominator that a value is shown of.
    """

    indicator_id: str
    first_year: int
    last_year: int
    summing: Summing
    scale: float
    least: float


def rules_of(catalogue: Catalogue) -> tuple[Rule, ...]:
    """The rules of every indicator, a row for each way in which it is made."""
    return tuple(rule for own in catalogue.indicators.values() for rule in _rules(own))


def _rules(indicator: Indicator) -> Iterator[Rule]:
    if indicator.derived:
        yield Rule(indicator.indicator_id, *_ALWAYS, "withheld", 1, 0)
    for part in indicator.parts:
        yield Rule(
            indicator.indicator_id,
            part.first_year or _ALWAYS[0],
            part.last_year or _ALWAYS[1],
            _summing(part, indicator),
            part.scale,
            indicator.min_denominator,
        )


def _summing(part: Part, indicator: Indicator) -> Summing:
    if part.denominator is not None:
        return "ratio"
    return "count" if indicator.unit == "persons" else "withheld"


RULES_TABLE: Final = """
CREATE OR REPLACE TEMP TABLE own_rules (
    indicator_id VARCHAR, first_year INTEGER, last_year INTEGER, summing VARCHAR,
    scale DOUBLE, least DOUBLE
)
"""

# Rows of indicator_values for every own area in {members}, made of {values}. The coarsest level at
# which all members have a figure is the one that is summed: fewer figures carry less rounding. A
# single whole member is the own area itself, so that its figure stands as published.
VALUES_SQL: Final = """
SELECT
    f.indicator_id, f.background, f.own_id AS area_id, 'admin'::division_name AS division,
    'own'::level_name AS level, f.year,
    CASE
        WHEN f.best.alone THEN f.best.total
        WHEN r.summing = 'count' AND f.best.n_values = f.best.n THEN f.best.total
        WHEN r.summing = 'ratio' AND f.best.n_pairs = f.best.n
            AND f.best.denominator >= r.least AND f.best.denominator > 0
            THEN r.scale * f.best.numerator / f.best.denominator
    END AS value,
    CASE
        WHEN f.best.alone THEN f.best.own_numerator
        WHEN r.summing = 'ratio' AND f.best.n_counted = f.best.n THEN f.best.numerator
    END AS numerator,
    CASE
        WHEN r.summing = 'ratio' AND f.best.n_denominators = f.best.n THEN f.best.denominator
    END AS denominator,
    CASE
        WHEN f.best.alone THEN f.best.status
        WHEN r.summing = 'withheld' THEN 'cannot_be_summed'::missing_reason
        WHEN r.summing = 'count' AND f.best.n_values = f.best.n THEN NULL
        WHEN r.summing = 'ratio' AND f.best.n_pairs = f.best.n THEN
            CASE WHEN f.best.denominator >= r.least AND f.best.denominator > 0
                THEN NULL ELSE 'too_few'::missing_reason END
        ELSE coalesce(f.best.status, 'not_available'::missing_reason)
    END AS status,
    CASE
        WHEN f.best.alone THEN f.best.summed_by
        WHEN r.summing = 'count' AND f.best.n_values = f.best.n
            OR r.summing = 'ratio' AND f.best.n_pairs = f.best.n
                AND f.best.denominator >= r.least AND f.best.denominator > 0
            THEN f.best.base::VARCHAR::summed_from
    END AS summed_by
FROM (
    SELECT indicator_id, background, own_id, year,
        arg_min(s, (if(n_usable = n, 0, 1), s.base)) AS best
    FROM (
        SELECT indicator_id, background, own_id, year, any_value(n) AS n,
            greatest(count(value), count(numerator)) AS n_usable,
            {{
                'base': base,
                'n': any_value(n),
                'alone': any_value(n) = 1 AND min(weight) = 1 AND count(*) = 1,
                'n_values': count(value),
                'n_pairs': count(guess + denominator),
                'n_counted': count(numerator),
                'n_denominators': count(denominator),
                'total': sum(weight * value),
                'numerator': sum(weight * guess),
                'own_numerator': any_value(numerator),
                'denominator': sum(weight * denominator),
                'status': min(status),
                'summed_by': max(summed_by)
            }} AS s
        FROM (
            SELECT v.*, v.level AS base, m.own_id, m.weight, z.n,
                coalesce(v.numerator, v.value * v.denominator / 100) AS guess
            FROM {values} AS v
            JOIN {members} AS m ON m.area_id = v.area_id
            JOIN (
                SELECT own_id, level, division, count(*) AS n FROM {members} GROUP BY ALL
            ) AS z ON z.own_id = m.own_id AND z.level = m.level AND z.division = m.division
            WHERE v.status IS DISTINCT FROM 'outside_division'
        )
        GROUP BY indicator_id, background, own_id, year, base
    )
    GROUP BY indicator_id, background, own_id, year
) AS f
JOIN own_rules AS r ON r.indicator_id = f.indicator_id
    AND f.year BETWEEN r.first_year AND r.last_year
"""

# Rows of group_counts, as above; a missing count in one area makes the sum of its group missing.
COUNTS_SQL: Final = """
SELECT grouping_id, own_id AS area_id, 'admin'::division_name AS division,
    'own'::level_name AS level, year, arg_min(counts, (holes, base)) AS counts,
    arg_min(summed_by, (holes, base)) AS summed_by
FROM (
    SELECT grouping_id, own_id, year, base, list(persons ORDER BY place) AS counts,
        bool_or(isnan(persons)) AS holes,
        if(any_value(n) = 1, any_value(summed_by), base::VARCHAR::summed_from) AS summed_by
    FROM (
        SELECT grouping_id, own_id, year, base, place, any_value(n) AS n,
            sum(weight * one) AS persons, any_value(summed_by) AS summed_by
        FROM (
            SELECT g.grouping_id, g.year, g.level AS base, g.summed_by, m.own_id, m.weight, z.n,
                unnest(g.counts) AS one, generate_subscripts(g.counts, 1) AS place
            FROM {counts} AS g
            JOIN {members} AS m ON m.area_id = g.area_id
            JOIN (
                SELECT own_id, level, division, count(*) AS n FROM {members} GROUP BY ALL
            ) AS z ON z.own_id = m.own_id AND z.level = m.level AND z.division = m.division
        )
        GROUP BY grouping_id, own_id, year, base, place
        HAVING count(*) = any_value(n)
    )
    GROUP BY grouping_id, own_id, year, base
)
GROUP BY grouping_id, own_id, year
"""
