"""Polygons of every area, as one coverage: neighbours share their vertices at every level."""

from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from etl.synthetic.atlas import AreaSet, Atlas
from etl.synthetic.geography import Settlement
from etl.synthetic.kommuner import CRS, Kommuner, Outline, noded_faces, owners, unions

_APART: Final = (
    1e8  # metres between kommuner in the third dimension: nearest never crosses a border
)


def draw_boundaries(kommuner: Kommuner, settlement: Settlement, atlas: Atlas) -> gpd.GeoDataFrame:
    """One row per area: area_id, level, division, name, parent_id, land_area_km2, geometry.

    EPSG:3006; the areas of each level and division are a coverage.
    """
    atoms = _atom_polygons(kommuner, settlement, atlas)
    frames = [_frame(area_set, atlas, atoms=atoms) for area_set in atlas.sets.values()]
    together = pd.concat(frames, ignore_index=True)
    return gpd.GeoDataFrame(together, geometry="geometry", crs=CRS)


def _atom_polygons(kommuner: Kommuner, settlement: Settlement, atlas: Atlas) -> Outline:
    """Node kommun borders and inner borders together, then give every face to the nearest point."""
    inner = _inner_borders(kommuner, settlement, atlas)
    faces = noded_faces(np.concatenate([shapely.boundary(kommuner.outline), inner]))
    kommun = owners(faces, kommuner.outline)
    faces, kommun = faces[kommun >= 0], kommun[kommun >= 0]
    points = cKDTree(np.column_stack([settlement.xy, settlement.kommun * _APART]))
    inside = shapely.get_coordinates(shapely.point_on_surface(faces))
    _, nearest = points.query(np.column_stack([inside, kommun * _APART]))
    return unions(faces, atlas.atom_of_point[nearest], n=atlas.n_atoms)


def _inner_borders(kommuner: Kommuner, settlement: Settlement, atlas: Atlas) -> Outline:
    first, second = settlement.ridge_points.T
    border = atlas.atom_of_point[first] != atlas.atom_of_point[second]
    lines = shapely.linestrings(settlement.ridge_ends[border].reshape(-1, 2, 2))
    kommun = settlement.kommun[first[border]]
    clipped = lines.copy()
    for index in range(len(kommuner)):
        own = np.flatnonzero(kommun == index)
        outline = kommuner.outline[index]
        shapely.prepare(outline)
        crossing = own[~shapely.contains_properly(outline, lines[own])]
        clipped[crossing] = shapely.intersection(lines[crossing], outline)
    return np.asarray(clipped[~shapely.is_empty(clipped)])


def _frame(area_set: AreaSet, atlas: Atlas, *, atoms: Outline) -> pd.DataFrame:
    geometry = unions(atoms, area_set.of_atom, n=len(area_set.codes))
    return pd.DataFrame(
        {
            "area_id": area_set.codes,
            "level": area_set.level,
            "division": area_set.division,
            "name": area_set.names,
            "parent_id": parents(area_set, atlas),
            "land_area_km2": shapely.area(geometry) / 1e6,
            "geometry": _multipolygons(geometry),
        }
    )


def parents(area_set: AreaSet, atlas: Atlas) -> list[str | None]:
    """The code of the area above: DeSO in RegSO in kommun in län in riket."""
    above = {
        "riket": None,
        "lan": "riket",
        "kommun": "lan",
        "regso2020": "kommun",
        "regso2025": "kommun",
        "deso2018": "regso2020",
        "deso2025": "regso2025",
    }[area_set.id]
    if above is None:
        return [None] * len(area_set.codes)
    container = atlas.sets[above]
    first: NDArray[np.intp] = np.unique(area_set.of_atom, return_index=True)[1]
    return [container.codes[i] for i in container.of_atom[first]]


def _multipolygons(geometry: Outline) -> list[Any]:
    return [shapely.multipolygons(shapely.get_parts(shape)) for shape in geometry]
