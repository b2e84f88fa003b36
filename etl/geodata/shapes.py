"""Boundaries of the register's areas, simplified so that neighbours go on sharing every vertex.

Layers of more vertices than a län's map needs are simplified. RegSO without a layer of their own
are dissolved from their DeSO; kommun, län and riket are dissolved from the finest layer that covers
the country, so that their borders and the coast lie on those of the small areas.
"""

from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from barometer.divisions import RIKET, Division
from etl.geodata.boundaries import packaged_kommuner
from etl.geodata.outlines import CRS
from etl.geodata.polygons import Shapes, mended, polygonal, simplified, union

# Square kilometres and metres: areas of at least that size have their common borders simplified by
# that tolerance (side of the triangle that a removed vertex may span). A town block needs finer
# borders than a forest.
TIERS: Final[tuple[tuple[float, float], ...]] = (
    (0.0, 15.0),
    (1.0, 40.0),
    (10.0, 90.0),
    (100.0, 160.0),
)
# In full detail a layer is sent by län, so that 400 000 vertices are about 70 kB each time.
MAX_VERTICES: Final = 400_000
# A vertex of a map of the country costs 3.5 bytes (measured: brotli, 3 decimals); one layer may
# take 350 kB.
COUNTRY_VERTICES: Final = 95_000
_COUNTRY_TOLERANCE: Final = 200.0  # metres: side of the triangle that a removed vertex may span
_COARSER: Final = 1.4
_SEA_MARGIN: Final = 50_000.0


def shape_areas(register: pd.DataFrame, *, boundaries: gpd.GeoDataFrame) -> gpd.GeoSeries:
    """Simplified geometry by area_id (EPSG:3006), for every area that a boundary is known of."""
    shaped = boundaries[boundaries.geometry.notna() & boundaries["area_id"].isin(register.area_id)]
    given = shaped.set_index("area_id").geometry
    divisions: tuple[Division, ...] = ("2025", "2018")
    small = {
        division: _shape_division(register[register["division"] == division], given=given)
        for division in divisions
    }
    kommuner = _shape_kommuner(register, boundaries=boundaries, small=small)
    lan = dissolve(kommuner, into=kommuner.index.str[:2])
    riket = dissolve(lan, into=pd.Index([RIKET] * len(lan)))
    together = pd.concat([riket, lan, kommuner, *small.values()])
    whole = gpd.GeoSeries(mended(np.asarray(together.values)), index=together.index, crs=CRS)
    return whole[whole.index.isin(register["area_id"])]


def generalise(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    """A layer for a map of the whole country: at most COUNTRY_VERTICES, neighbours still meet."""
    coverage: Shapes = np.asarray(shapes.values)
    tolerance = _COUNTRY_TOLERANCE
    while len(coverage) and shapely.get_num_coordinates(coverage).sum() > COUNTRY_VERTICES:
        coarser = simplified(coverage, tolerance)
        if shapely.equals_exact(coarser, coverage).all():
            break
        coverage, tolerance = coarser, tolerance * _COARSER
    return gpd.GeoSeries(coverage, index=shapes.index, crs=CRS)


def dissolve(shapes: gpd.GeoSeries, *, into: "pd.Index[str]") -> gpd.GeoSeries:
    """Unions of shapes that share borders, by the area each lies in."""
    order = np.argsort(into, kind="stable")
    containers, starts = np.unique(into[order], return_index=True)
    groups = np.split(np.asarray(shapes.values)[order], starts[1:])
    unions = [union(group) for group in groups if len(group)]
    return gpd.GeoSeries(unions, index=pd.Index(containers, dtype=into.dtype), crs=CRS)


def simplify(shapes: gpd.GeoSeries, *, max_vertices: int = MAX_VERTICES) -> gpd.GeoSeries:
    """A coverage of at most `max_vertices`: as it is, else simplified by TIERS, ever coarser."""
    coverage: Shapes = np.array([polygonal(shape) for shape in shapes], dtype=object)
    scale = 1.0
    while len(coverage) and shapely.get_num_coordinates(coverage).sum() > max_vertices:
        coarser = _simplify_by_size(coverage, scale=scale)
        if scale > 1.0 and shapely.equals_exact(coarser, coverage).all():
            break
        coverage, scale = coarser, scale * _COARSER
    return gpd.GeoSeries(coverage, index=shapes.index, crs=CRS)


def _simplify_by_size(coverage: Shapes, *, scale: float) -> Shapes:
    size = shapely.area(coverage) / 1e6
    for least, tolerance in TIERS:
        chosen = np.flatnonzero(size >= least)
        coverage = _simplify_some(coverage, chosen=chosen, tolerance=tolerance * scale)
    return coverage


def _simplify_some(coverage: Shapes, *, chosen: NDArray[np.intp], tolerance: float) -> Shapes:
    """The chosen areas' edges with each other and with the sea; edges to the others stay."""
    if not len(chosen):
        return coverage
    with_sea = np.append(coverage[chosen], _sea_around(coverage))
    result = coverage.copy()
    result[chosen] = simplified(with_sea, tolerance, boundary=False)[:-1]
    return result


def _sea_around(coverage: Shapes) -> shapely.Geometry:
    """What is no area, within a frame: as a neighbour it lets the coast be simplified too."""
    west, south, east, north = shapely.total_bounds(coverage)
    frame = shapely.box(west, south, east, north).buffer(_SEA_MARGIN, join_style="mitre")
    return shapely.difference(frame, union(coverage))


def _shape_division(register: pd.DataFrame, *, given: gpd.GeoSeries) -> gpd.GeoSeries:
    """RegSO and DeSO of one division.

    A RegSO is dissolved from its DeSO where every DeSO of the division has a shape, or where it has
    none of its own and its DeSO do.
    """
    deso = register[register["level"] == "deso"].set_index("area_id")
    regso = register[register["level"] == "regso"].set_index("area_id")
    fine = simplify(given.reindex(deso.index).dropna())
    unshaped = deso.index.difference(fine.index)
    layer = regso.index.intersection(given.index) if len(unshaped) else regso.index[:0]
    lacking = regso.index.difference(deso.loc[unshaped, "parent_id"]).difference(layer)
    whole = deso[deso["parent_id"].isin(lacking)]
    nested = dissolve(fine.reindex(whole.index), into=pd.Index(whole["parent_id"]))
    others = simplify(given.reindex(regso.index.difference(nested.index)).dropna())
    return pd.concat([nested, others, fine])


def _shape_kommuner(
    register: pd.DataFrame, *, boundaries: gpd.GeoDataFrame, small: dict[Division, gpd.GeoSeries]
) -> gpd.GeoSeries:
    """Kommuner from the finest layer that covers them all, else as given, else as packaged."""
    kommuner = pd.Index(register.loc[register["level"] == "kommun", "area_id"])
    for division, shapes in small.items():
        for level in ("deso", "regso"):
            layer = boundaries[
                (boundaries["level"] == level) & (boundaries["division"] == division)
            ].set_index("area_id")
            within = layer.index.astype(str).str[:4]
            if len(layer) and layer.geometry.notna().all() and set(within) >= set(kommuner):
                known = layer.index.isin(shapes.index).all()
                finest = shapes.reindex(layer.index) if known else simplify(layer.geometry)
                return dissolve(finest, into=pd.Index(within)).reindex(kommuner)
    shaped = boundaries[boundaries["area_id"].isin(kommuner)].set_index("area_id").geometry
    own = shaped.reindex(kommuner)
    outlines = own if own.notna().all() else packaged_kommuner().geometry.reindex(kommuner)
    return simplify(outlines.dropna())
