"""Segregation inside own areas: the same panel as the pipeline's, for the areas of an address."""

from collections.abc import Iterable
from typing import Any, Final, cast

import numpy as np
import pandas as pd

from barometer.catalogue import ALL, Catalogue
from barometer.divisions import division_of
from barometer.indices import index_panel
from barometer.indices.noise import reporting_of
from barometer.queries.own_areas import OwnAreas, store_indices
from barometer.selection.measures import UNIT_LEVELS, UnitLevel
from barometer.store import Cursor, Reader

# Areas below a kommun in the divisions in which the own area is made of whole ones: an index needs
# the areas themselves, not shares of them.
_WHOLE: Final = """
    SELECT own_id, level, division FROM temp.own_members
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


def measure_own(reader: Reader, groupings: Iterable[str], *, catalogue: Catalogue) -> None:
    """Compute the index values of the address's own areas for some groupings, if it has any.

    They stand among the snapshot's index values afterwards, for this request.
    """
    overlay = reader.overlay
    if not isinstance(overlay, OwnAreas):
        return
    own_ids = tuple(area.token for area in overlay.areas if area.token)
    for grouping in groupings:
        if grouping in overlay.indices or grouping not in catalogue.groupings or not own_ids:
            continue
        kind = catalogue.groupings[grouping].kind
        panel = reader.once(own_panel, own_ids, grouping=grouping, kind=kind)
        overlay.indices[grouping] = panel
        store_indices(reader.cursor, panel)


def own_panel(
    cursor: Cursor, own_ids: tuple[str, ...], *, grouping: str, kind: str
) -> pd.DataFrame:
    """Rows of index_values: every index of a grouping in some own areas, by RegSO and by DeSO.

    Ask a cursor that the areas are laid over.
    """
    counted = _TWO_GROUP if kind == "two-group" else _MORE_GROUPS
    rows = cursor.execute(
        f"""
        SELECT m.own_id, CAST(m.level AS VARCHAR) AS unit_level, c.year, c.total, c.counts,
            a.land_area_km2
        FROM temp.own_members AS m
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
        _panel(part, unit_level=level, kind=kind)
        for level in UNIT_LEVELS
        if len(part := rows[rows["unit_level"] == level])
    ]
    return pd.concat(parts, ignore_index=True).assign(grouping_id=grouping) if parts else rows[0:0]


def _panel(rows: pd.DataFrame, *, unit_level: UnitLevel, kind: str) -> pd.DataFrame:
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
