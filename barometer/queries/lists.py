"""Three lists told apart, and areas by the reader's own absolute limits."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import shapely

from barometer.divisions import Level, division_of
from barometer.queries.records import select
from barometer.selection.lists import Limit
from barometer.store import Cursor

EXCLUSION: Final = "utanforskapets_karta"
NORMAL_95: Final = 1.96
VERDICTS: Final = ("within", "within_uncertain", "near")

# A code without its division was taken for the newest: what has the same borders in the division
# of the types stands there.
_LISTED: Final = """
    WITH same AS (
        SELECT to_id AS listed_id, from_id AS area_id FROM crosswalk WHERE quality = 'exact'
        UNION ALL
        SELECT from_id, to_id FROM crosswalk WHERE quality = 'exact'
    ), listed AS (
        SELECT coalesce(a.area_id, l.area_id) AS area_id, l.category, l.edition
        FROM listed_areas l
        LEFT JOIN (same JOIN areas a USING (area_id))
            ON listed_id = l.area_id AND a.division = $division
        WHERE l.list = $exclusion
    )
    SELECT a.area_id, a.label, k.name AS kommun, CAST(a.division AS VARCHAR) AS division,
           CAST(t.value AS INTEGER) AS type, t.year AS type_year,
           l.category AS exclusion, l.edition AS exclusion_edition
    FROM areas a
    JOIN areas k ON k.area_id = a.kommun_id
    LEFT JOIN indicator_values t ON t.area_id = a.area_id AND t.indicator_id = 'area_type'
        AND t.background = 'all' AND t.year = $year
    LEFT JOIN listed l ON l.area_id = a.area_id
    WHERE a.level = 'regso' AND $area IN ('00', a.lan_id, a.kommun_id)
        AND (t.value <= 2 OR l.area_id IS NOT NULL)
    ORDER BY k.name, a.label
"""
_SCREEN: Final = """
    SELECT a.area_id, a.label, k.name AS kommun, v.value, v.denominator
    FROM indicator_values v
    JOIN areas a USING (area_id)
    LEFT JOIN areas k ON k.area_id = a.kommun_id
    WHERE v.indicator_id = $indicator AND v.background = 'all' AND v.level = $level
        AND v.year = $year AND v.division = $division
        AND $area IN ('00', a.lan_id, a.kommun_id)
"""


def listed_areas(cursor: Cursor, *, area: str, year: int | None) -> pd.DataFrame:
    """The RegSO of types 1 and 2 in a year, and those on Utanförskapets karta.

    Columns: area_id, label, kommun, division, type, type_year, exclusion (its category there),
    exclusion_edition. Without a year there are no types.
    """
    division = division_of("regso", year) if year else ""
    given = {"area": area, "year": year or 0, "exclusion": EXCLUSION, "division": division}
    return select(cursor, _LISTED, given)


def has_list(cursor: Cursor) -> bool:
    """Whether the operator has given Utanförskapets karta."""
    found = cursor.execute(
        "SELECT count(*) FROM listed_areas WHERE list = $list", {"list": EXCLUSION}
    )
    return bool(found.fetchall()[0][0])


def police_areas(cursor: Cursor, *, area: str) -> pd.DataFrame:
    """The police's vulnerable areas: polygons of their own, which mark no RegSO and no kommun.

    Columns: name, category, kommun (where most of it lies), edition.
    """
    return select(
        cursor,
        """
        SELECT p.name, p.category, k.name AS kommun, p.edition
        FROM police_areas p JOIN areas k ON k.area_id = p.kommun_id
        WHERE $area IN ('00', k.lan_id, k.area_id)
        ORDER BY k.name, p.name
        """,
        {"area": area},
    )


@dataclass(frozen=True, slots=True)
class PoliceEdition:
    """How many areas the police's list has, and the day that its newest file came."""

    n_areas: int
    day: str


def police_edition(cursor: Cursor) -> PoliceEdition:
    """What is known of the police's list as a whole."""
    rows = cursor.execute("SELECT count(*), max(edition) FROM police_areas").fetchall()
    return PoliceEdition(rows[0][0], rows[0][1] or "")


def police_shapes(cursor: Cursor) -> list[shapely.Geometry]:
    """The outlines of the police's areas in SWEREF 99 TM (EPSG:3006), by name."""
    rows = cursor.execute("SELECT geometry FROM police_areas ORDER BY name, kommun_id").fetchall()
    return [shapely.from_wkb(geometry) for (geometry,) in rows]


def outlines(cursor: Cursor, *, kommun: str, year: int) -> tuple[list[shapely.Geometry], ...]:
    """Shapes of a kommun's RegSO in a year, and of the police's areas over them (EPSG:3006)."""
    regso = cursor.execute(
        "SELECT geometry FROM areas WHERE level = 'regso' AND kommun_id = $kommun "
        "AND division = $division AND geometry IS NOT NULL",
        {"kommun": kommun, "division": division_of("regso", year)},
    ).fetchall()
    police = cursor.execute(
        "SELECT geometry FROM police_areas WHERE kommun_id = $kommun ORDER BY name",
        {"kommun": kommun},
    ).fetchall()
    return [shapely.from_wkb(g) for (g,) in regso], [shapely.from_wkb(g) for (g,) in police]


def screened_areas(
    cursor: Cursor, limits: Sequence[Limit], *, years: Sequence[int], area: str, level: Level
) -> pd.DataFrame:
    """The areas that are within all limits, and those that chance alone may keep out or let in.

    An area's margin is the half width of the 95 % interval of a share of persons drawn at random;
    where persons are not known there is none. `verdict` is "within", "within_uncertain" (some
    value is nearer to its limit than its margin) or "near" (all limits but some are met, and those
    are missed by less than the margin).

    Columns: area_id, label, kommun, verdict, and for each limit value_1, margin_1 …

    Args:
        cursor: The snapshot.
        limits: At least one.
        years: The year of each limit's figures.
        area: Riket, a län or a kommun.
        level: Of the areas.
    """
    kept = _with_all_values(cursor, limits, years=years, area=area, level=level)
    judged = [_verdict(row, limits) or None for row in kept.to_dict("records")]
    verdicts = pd.Categorical(judged, VERDICTS)
    found = kept.assign(verdict=verdicts).dropna(subset="verdict")
    found = found.sort_values(["verdict", "kommun", "label"]).astype({"verdict": "str"})
    numbers = [c for n in range(1, len(limits) + 1) for c in (f"value_{n}", f"margin_{n}")]
    return found[["area_id", "label", "kommun", "verdict", *numbers]].reset_index(drop=True)


def judged_areas(
    cursor: Cursor, limits: Sequence[Limit], *, years: Sequence[int], area: str, level: Level
) -> tuple[int, int]:
    """How many areas have every value that `screened_areas` asks for, and of how many."""
    kept = _with_all_values(cursor, limits, years=years, area=area, level=level)
    whole = cursor.execute(
        "SELECT count(*) FROM areas a WHERE level = $level AND division = $division"
        " AND $area IN ('00', a.lan_id, a.kommun_id)",
        {"level": level, "division": division_of(level, years[0]), "area": area},
    ).fetchall()
    return len(kept), int(whole[0][0])


def _with_all_values(
    cursor: Cursor, limits: Sequence[Limit], *, years: Sequence[int], area: str, level: Level
) -> pd.DataFrame:
    parts = [
        _measured(cursor, limit, year=year, area=area, level=level, number=number)
        for number, (limit, year) in enumerate(zip(limits, years, strict=True), start=1)
    ]
    joined = parts[0]
    for part in parts[1:]:
        joined = joined.merge(part.drop(columns=["label", "kommun"]), on="area_id")
    return joined.dropna(subset=[f"value_{n}" for n in range(1, len(parts) + 1)])


def _measured(
    cursor: Cursor, limit: Limit, *, year: int, area: str, level: Level, number: int
) -> pd.DataFrame:
    given = {
        "indicator": limit.indicator,
        "level": level,
        "year": year,
        "division": division_of(level, year),
        "area": area,
    }
    found = select(cursor, _SCREEN, given)
    share = (found["value"] / 100).clip(0, 1)
    margin = NORMAL_95 * 100 * (share * (1 - share) / found["denominator"]).pow(0.5)
    return found.drop(columns=["value", "denominator"]).assign(
        **{f"value_{number}": found["value"], f"margin_{number}": margin}
    )


def _verdict(row: Mapping[Hashable, Any], limits: Sequence[Limit]) -> str:
    """Of one area; "" where it is neither within the limits nor near them."""
    missed_by = []
    for number, limit in enumerate(limits, start=1):
        gap = row[f"value_{number}"] - limit.amount
        missed_by.append((gap if limit.sign == "<" else -gap, row[f"margin_{number}"]))
    if all(gap < 0 for gap, _ in missed_by):
        close = any(-gap < margin for gap, margin in missed_by)
        return "within_uncertain" if close else "within"
    return "near" if all(gap < 0 or gap < margin for gap, margin in missed_by) else ""
