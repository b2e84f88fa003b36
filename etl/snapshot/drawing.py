"""The country drawn from its boundaries, beside the figures: areas, simplified shapes, map layers.

Nothing here needs the snapshot, so that it can be done in a process of its own (`etl.workers`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from etl.fetch.metadata import TableMetadata
from etl.fetch.needs import REGION
from etl.geodata.boundaries import BoundarySource, Warn
from etl.geodata.layers import EncodedLayer, encode_layers
from etl.geodata.outlines import CRS
from etl.geodata.shapes import shape_areas
from etl.snapshot.areas import register_areas
from etl.text import excerpt

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Drawn:
    """The country's areas, with the boundaries they were drawn from and their simplified shapes.

    `notes` say what of the boundaries was left out and why.
    """

    areas: pd.DataFrame
    boundaries: gpd.GeoDataFrame
    shapes: gpd.GeoSeries
    notes: tuple[str, ...] = ()


def draw(source: BoundarySource, tables: Sequence[TableMetadata], *, origin: str) -> Drawn:
    """The areas of the tables with their boundaries; without outlines where those fail."""
    notes: list[str] = []

    def drawn(boundaries: gpd.GeoDataFrame) -> Drawn:
        register = register_areas(tables, boundaries=boundaries, origin=origin)
        shapes = shape_areas(register, boundaries=boundaries)
        areas = describe_areas(register, boundaries=boundaries, shapes=shapes)
        return Drawn(areas, boundaries, shapes, tuple(notes))

    areas = {
        code for table in tables if (region := table.variable(REGION)) for code in region.codes
    }
    boundaries = source.read(notes.append, areas)
    return or_without_outlines(drawn, boundaries, warn=notes.append)


def describe_areas(
    register: pd.DataFrame, *, boundaries: gpd.GeoDataFrame, shapes: gpd.GeoSeries
) -> pd.DataFrame:
    """The register with everything that areas have but their residents."""
    land = dict(zip(boundaries["area_id"], boundaries["land_area_km2"], strict=True))
    shaped = pd.DataFrame(_shape_columns(shapes), index=shapes.index)
    frame = register.join(shaped, on="area_id")
    known = frame["area_id"].map(land).astype(float)
    frame["land_area_km2"] = known.where(known > 0, frame.pop("surface_km2"))
    return frame


def encode(areas: pd.DataFrame, shapes: gpd.GeoSeries) -> list[EncodedLayer]:
    """The map's files of the shapes."""
    return list(encode_layers(areas, shapes=shapes))


def or_without_outlines(
    work: Callable[[gpd.GeoDataFrame], _T], boundaries: gpd.GeoDataFrame, *, warn: Warn
) -> _T:
    """The work with the boundaries; with their keys and names alone where their outlines fail it.

    Figures never wait for a map.
    """
    try:
        return work(boundaries)
    except Exception as error:  # whatever the libraries raise for outlines that do not fit together
        if boundaries.geometry.isna().all():
            raise
        warn(
            f"the outlines do not fit together ({excerpt(f'{error!r}')}) and are left out: areas "
            "stay in every table, kommun and län have outlines. Mend or replace the layers"
        )
        return work(boundaries.set_geometry(gpd.GeoSeries(index=boundaries.index, crs=CRS)))


def _shape_columns(shapes: gpd.GeoSeries) -> dict[str, Any]:
    geometry = np.asarray(shapes.values)
    inside = shapely.get_coordinates(shapely.point_on_surface(geometry))
    west, south, east, north = shapes.to_crs(4326).bounds.to_numpy().reshape(-1, 4).T
    return {
        "surface_km2": shapely.area(geometry) / 1e6,
        "centroid_x": inside[:, 0],
        "centroid_y": inside[:, 1],
        "west": west,
        "south": south,
        "east": east,
        "north": north,
        "geometry": shapely.to_wkb(geometry),
    }
