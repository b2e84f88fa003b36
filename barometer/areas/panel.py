"""Segregation inside own areas: the pipeline's panel, between the areas that they consist of."""

from collections.abc import Mapping
from typing import Final, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from barometer.areas.members import Database
from barometer.catalogue import ALL
from barometer.divisions import Level, division_of
from barometer.indices import index_panel
from barometer.indices.noise import Reporting, reporting_of
from barometer.indices.panel import PanelKind

_NUMBERS: Final = ("value", "expected", "estimate", "low", "high", "group_population")
# Of the rows of `own_panel` in {panel} those of index_values: what is not a number is missing.
INDICES_SQL: Final = f"""
    SELECT * EXCLUDE ({", ".join(_NUMBERS)}),
        {", ".join(f"if(isnan({name}), NULL, {name}) AS {name}" for name in _NUMBERS)}
    FROM {{panel}}
"""
# Areas below a kommun in the divisions in which the own area is made of whole ones: an index needs
# the areas themselves, not shares of them.
_WHOLE: Final = """
    SELECT own_id, level, division FROM memberships
    WHERE level IN ('regso', 'deso') AND list_contains($own_ids, own_id)
    GROUP BY ALL HAVING min(weight) = 1
"""
_TWO_GROUP: Final = """
    SELECT indicator_id AS grouping_id, area_id, year, denominator AS total,
        coalesce(numerator, value * denominator / 100) AS numerator
    FROM {values}
    WHERE indicator_id IN (SELECT unnest($groupings)) AND background = $everybody
        AND level IN ('regso', 'deso')
"""
_MORE_GROUPS: Final = """
    SELECT grouping_id, area_id, year, NULL::DOUBLE AS total, counts FROM group_counts
    WHERE grouping_id IN (SELECT unnest($groupings)) AND $everybody = 'all'
        AND level IN ('regso', 'deso')
"""
# Of each grouping, own area and level the last year that is not after one, or every year.
_LATEST: Final = """
    QUALIFY $until IS NULL OR c.year = max(if(c.year <= $until, c.year, NULL))
        OVER (PARTITION BY c.grouping_id, m.own_id, m.level)
"""
_CONTAINER: Final = ["grouping_id", "own_id", "unit_level", "year"]


def own_panel(
    database: Database,
    own_ids: tuple[str, ...],
    *,
    groupings: tuple[str, ...],
    kind: PanelKind,
    perturbed: tuple[int | None, ...],
    indices: tuple[str, ...] | None = None,
    until: int | None = None,
    values: str = "indicator_values",
) -> pd.DataFrame:
    """Rows of index_values: indices of some groupings in some own areas, by RegSO and by DeSO.

    The groupings are of one kind, and all are asked for at once; `perturbed` is what
    `Catalogue.perturbed` has of each. The database has the areas in `memberships`, and the values
    of their parts in the table `values`. With `until` only the last year of each that is not after
    it. Empty where none of the areas has counts.
    """
    counted = _TWO_GROUP.format(values=values) if kind == "two-group" else _MORE_GROUPS
    rows = database.execute(
        f"""
        SELECT m.own_id, CAST(m.level AS VARCHAR) AS unit_level, c.*, a.land_area_km2
        FROM memberships AS m
        JOIN ({_WHOLE}) AS w
            ON w.own_id = m.own_id AND w.level = m.level AND w.division = m.division
        JOIN areas AS a ON a.area_id = m.area_id
        JOIN ({counted}) AS c ON c.area_id = m.area_id
        {_LATEST}
        ORDER BY c.grouping_id, m.own_id, m.level, c.year, m.area_id
        """,
        {
            "groupings": list(groupings),
            "everybody": ALL,
            "own_ids": list(own_ids),
            "until": until,
        },
    ).df()
    # Groupings of two groups are measured as one table; others have numbers of groups of their own.
    apart = ["unit_level"] if kind == "two-group" else ["unit_level", "grouping_id"]
    first = dict(zip(groupings, perturbed, strict=True))
    parts = [
        _panel(part.reset_index(drop=True), kind=kind, indices=indices, perturbed=first)
        for _, part in rows.groupby(apart)
    ]
    return pd.concat(parts, ignore_index=True) if parts else rows[0:0]


def _panel(
    rows: pd.DataFrame,
    *,
    kind: PanelKind,
    indices: tuple[str, ...] | None,
    perturbed: Mapping[str, int | None],
) -> pd.DataFrame:
    """The indices of every grouping, own area and year of some rows of one level."""
    groups = rows.groupby(_CONTAINER, sort=False)
    keys = rows[_CONTAINER].drop_duplicates(ignore_index=True)
    counts, totals = _counts(rows, kind), rows["total"].to_numpy(np.float64)
    land = rows["land_area_km2"].to_numpy(np.float64)
    panel = index_panel(
        counts,
        groups.ngroup().tolist(),
        kind=kind,
        indices=indices,
        land_area=None if np.isnan(land).any() else land,
        totals=totals,
        reporting=_reporting(rows, counts, perturbed),
        workers=1,
    )
    own = keys.take(panel.pop("container").to_numpy()).reset_index(drop=True)
    level = cast(Level, rows["unit_level"].iloc[0])
    divisions = {year: division_of(level, int(year)) for year in keys["year"].unique()}
    return panel.assign(
        grouping_id=own["grouping_id"],
        container_id=own["own_id"],
        year=own["year"],
        division=own["year"].map(divisions),
        unit_level=level,
        index_id=panel["index_id"].astype("str"),
    )


def _counts(rows: pd.DataFrame, kind: PanelKind) -> NDArray[np.float64]:
    """Areas x groups, NaN where a count is missing."""
    if kind == "two-group":
        own, total = (rows[name].to_numpy(np.float64) for name in ("numerator", "total"))
        return np.column_stack([own, np.maximum(total - own, 0)])
    values = [np.ma.filled(np.ma.asarray(one, np.float64), np.nan) for one in rows["counts"]]
    return np.stack(values)


def _reporting(
    rows: pd.DataFrame, counts: NDArray[np.float64], first: Mapping[str, int | None]
) -> Reporting:
    """How each grouping's counts were published: rounding is seen in a grouping as a whole."""
    step, perturbed = np.zeros(len(rows)), np.zeros(len(rows), dtype=np.bool_)
    years = rows["year"].to_numpy()
    for grouping, own in rows.groupby("grouping_id").indices.items():
        found = reporting_of(counts[own], years[own], perturbed_from=first[str(grouping)])
        step[own], perturbed[own] = found.step, found.perturbed
    return Reporting(step, perturbed)
