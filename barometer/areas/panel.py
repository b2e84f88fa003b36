"""Segregation inside own areas: the pipeline's panel, between the areas that they consist of."""

from typing import Any, Final, Protocol, cast

import numpy as np
import pandas as pd

from barometer.catalogue import ALL
from barometer.divisions import SMALL_LEVELS, Level, division_of
from barometer.indices import index_panel
from barometer.indices.noise import reporting_of

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
    WHERE level IN ('regso', 'deso') GROUP BY ALL HAVING min(weight) = 1
"""
_TWO_GROUP: Final = """
    SELECT area_id, year, denominator AS total, [numerator, greatest(denominator - numerator, 0)]
        AS counts
    FROM estimated_counts
    WHERE indicator_id = $grouping AND background = $everybody AND level IN ('regso', 'deso')
"""
_MORE_GROUPS: Final = """
    SELECT area_id, year, NULL::DOUBLE AS total, counts FROM group_counts
    WHERE grouping_id = $grouping AND $everybody = 'all' AND level IN ('regso', 'deso')
"""


class Database(Protocol):
    """What is asked: a connection or a cursor."""

    def execute(self, query: Any, parameters: Any = None, /) -> Any:
        """Run a statement."""


def own_panel(
    database: Database,
    own_ids: tuple[str, ...],
    *,
    grouping: str,
    kind: str,
    indices: tuple[str, ...] | None = None,
) -> pd.DataFrame:
    """Rows of index_values: a grouping's indices in some own areas, by RegSO and by DeSO.

    The database has the areas in `memberships`. Empty where none of them has counts.
    """
    counted = _TWO_GROUP if kind == "two-group" else _MORE_GROUPS
    rows = database.execute(
        f"""
        SELECT m.own_id, CAST(m.level AS VARCHAR) AS unit_level, c.year, c.total, c.counts,
            a.land_area_km2
        FROM memberships AS m
        JOIN ({_WHOLE}) AS w
            ON w.own_id = m.own_id AND w.level = m.level AND w.division = m.division
        JOIN areas AS a ON a.area_id = m.area_id
        JOIN ({counted}) AS c ON c.area_id = m.area_id
        WHERE list_contains($own_ids, m.own_id)
        ORDER BY m.own_id, m.level, c.year, m.area_id
        """,
        {"grouping": grouping, "everybody": ALL, "own_ids": list(own_ids)},
    ).df()
    parts = [
        _panel(part, unit_level=level, kind=kind, indices=indices)
        for level in SMALL_LEVELS
        if len(part := rows[rows["unit_level"] == level])
    ]
    return pd.concat(parts, ignore_index=True).assign(grouping_id=grouping) if parts else rows[0:0]


def _panel(
    rows: pd.DataFrame, *, unit_level: Level, kind: str, indices: tuple[str, ...] | None
) -> pd.DataFrame:
    keys = rows[["own_id", "year"]].drop_duplicates(ignore_index=True)
    codes = pd.MultiIndex.from_frame(keys).get_indexer(
        pd.MultiIndex.from_frame(rows[["own_id", "year"]])
    )
    counts = np.stack([_floats(one) for one in rows["counts"]])
    land = rows["land_area_km2"].to_numpy(np.float64)
    panel = index_panel(
        counts,
        codes.tolist(),
        kind=cast("Any", kind),
        indices=indices,
        land_area=None if np.isnan(land).any() else land,
        totals=rows["total"].to_numpy(np.float64),
        reporting=reporting_of(counts, rows["year"].to_numpy()),
        workers=1,
    )
    own = keys.take(panel.pop("container").to_numpy()).reset_index(drop=True)
    divisions = {year: division_of(unit_level, int(year)) for year in keys["year"].unique()}
    return panel.assign(
        container_id=own["own_id"],
        year=own["year"],
        division=own["year"].map(divisions),
        unit_level=unit_level,
        index_id=panel["index_id"].astype("str"),
    )


def _floats(counts: Any) -> Any:
    """The counts of an area, NaN where one is missing."""
    values = np.ma.filled(np.ma.asarray(counts, np.float64), np.nan)
    return np.asarray(values, np.float64)
