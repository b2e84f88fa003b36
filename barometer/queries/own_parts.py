"""What own areas consist of, and between what their parts' figures lie."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, cast

import pandas as pd

from barometer.catalogue import ALL
from barometer.divisions import Level
from barometer.own_codes import is_own
from barometer.queries.records import select
from barometer.selection.measures import UnitLevel
from barometer.store import Cursor

_MOSTLY: Final = 0.5  # the weight from which an area of the other division counts as inside


@dataclass(frozen=True, slots=True)
class Brought:
    """The operator's division that an own area is of.

    The titles are what one of its areas is called, `parent` what this one is part of, empty
    without. `method` is "listed" (codes), "majority" (polygons: whole areas by the larger part of
    their surface) or "residents" (by where most of their residents live); a border cuts `n_cut`.
    `n_outside` of the `n_there` areas of its kommuner lie in none of its own.
    """

    title_sv: str
    title_en: str
    method: str
    n_cut: int
    n_outside: int
    n_there: int
    parent: str


@dataclass(frozen=True, slots=True)
class Members:
    """What an own area consists of: its areas that lie mostly in it, by level.

    `base` is the largest level at which it is made of whole areas, with `count` areas, and `finest`
    that between whose areas it is measured. `uncertain` is the share of residents of the other
    division's areas that moved borders leave on either side of its own; 0 where it has the same
    extent in both. `brought` is the operator's division that it is of, None for a reader's own.
    """

    area_ids: frozenset[str]
    base: Level
    finest: UnitLevel
    count: int
    uncertain: float = 0.0
    brought: Brought | None = None


def members(cursor: Cursor, own_id: str) -> Members:
    """What an own area consists of."""
    rows = cursor.execute(
        """
        SELECT m.area_id, CAST(m.level AS VARCHAR), m.weight, coalesce(a.population, 1),
            CAST(m.division AS VARCHAR)
        FROM memberships AS m JOIN areas AS a ON a.area_id = m.area_id
        WHERE m.own_id = $own_id ORDER BY m.level, m.area_id
        """,
        {"own_id": own_id},
    ).fetchall()
    levels = [level for _, level, *_ in rows] or ["deso"]
    doubt = sum(people * min(weight, 1 - weight) for _, _, weight, people, _ in rows)
    shared = {(level, division) for _, level, weight, _, division in rows if weight < 1}
    people = sum(w * n for _, level, w, n, division in rows if (level, division) in shared)
    return Members(
        area_ids=frozenset(area_id for area_id, _, weight, *_ in rows if weight > _MOSTLY),
        base=cast(Level, levels[0]),
        finest="deso" if "deso" in levels else "regso",
        count=_count(rows),
        brought=_brought(cursor, own_id),
        uncertain=doubt / people if people else 0.0,
    )


def _count(rows: Sequence[tuple[Any, ...]]) -> int:
    """How many areas of its largest level an own area has, in the division they are whole in."""
    weights: dict[str, list[float]] = {}
    for _, level, weight, _, division in rows:
        if level == rows[0][1]:
            weights.setdefault(division, []).append(weight)
    whole = [found for found in weights.values() if min(found) == 1]
    return min(map(len, whole or weights.values()), default=0)


def _brought(cursor: Cursor, own_id: str) -> Brought | None:
    rows = cursor.execute(
        """
        SELECT title_sv, title_en, method, n_cut, n_outside, n_there, parents
        FROM own_divisions WHERE name = $name
        """,
        {"name": own_id.partition(":")[0]},
    ).fetchall()
    if not rows:
        return None
    brought = Brought(*rows[0])
    return replace(brought, parent=json.loads(brought.parent).get(own_id, ""))


def part_bounds(
    cursor: Cursor, own_ids: Sequence[str], *, indicators: Sequence[str]
) -> pd.DataFrame:
    """Lowest and highest value of own areas' parts, every background and year that has them.

    A median or a mean of areas together lies between theirs. They are of the smallest level of
    which every part has a value; there is no row where one lacks it, or a border cuts a part.
    Columns: area_id, indicator, background, year, parts_low, parts_high.
    """
    values = "own_part_values" if all(map(is_own, own_ids)) else "indicator_values"
    return select(
        cursor,
        f"""
        WITH parts AS (
            SELECT own_id, area_id, level, division, count(*) OVER together AS n,
                min(weight) OVER together AS least
            FROM memberships WHERE list_contains($ids, own_id)
            WINDOW together AS (PARTITION BY own_id, level, division)
        )
        SELECT p.own_id AS area_id, v.indicator_id AS indicator, v.background,
            CAST(v.year AS INTEGER) AS year, min(v.value) AS parts_low, max(v.value) AS parts_high
        FROM {values} AS v JOIN parts AS p ON p.area_id = v.area_id
        WHERE v.indicator_id IN (SELECT unnest($indicators)) AND p.least = 1
        GROUP BY p.own_id, v.indicator_id, v.background, v.year, p.level, p.division
        HAVING count(v.value) = any_value(p.n) AND any_value(p.n) > 1
        QUALIFY row_number() OVER (
            PARTITION BY p.own_id, v.indicator_id, v.background, v.year ORDER BY p.level DESC
        ) = 1
        """,
        {"ids": list(own_ids), "indicators": list(indicators)},
    )


def bounds(
    cursor: Cursor, own_id: str, *, indicators: Sequence[str], year: int
) -> list[tuple[str, int, float, float]]:
    """Indicator, year, lowest and highest value of an own area's parts, in the indicators' order.

    Of everybody, and of each indicator the last year that is not after `year` (`part_bounds`).
    """
    every = part_bounds(cursor, [own_id], indicators=indicators)
    found = every[(every["background"] == ALL) & (every["year"] <= year)]
    last = {str(row["indicator"]): row for row in found.sort_values("year").to_dict("records")}
    return [
        (i, int(last[i]["year"]), float(last[i]["parts_low"]), float(last[i]["parts_high"]))
        for i in indicators
        if i in last
    ]
