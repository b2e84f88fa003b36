"""An operator's own areas as polygons: read, checked, and laid over the DeSO of the figures."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from barometer.operator_files import utf8_text
from etl.errors import PipelineError
from etl.geodata.outlines import CRS
from etl.geodata.squares import residents_of
from etl.text import LONGEST_NAME, clean_label, excerpt

AREA_ID: Final = re.compile(r"[A-Za-z0-9ÅÄÖåäö_-]{1,40}")
SAID: Final = 5  # of a kind of fault that are named
_MOSTLY: Final = 0.5  # of an area's residents or surface, for it to be counted whole to a polygon
_SHARED: Final = 10_000.0  # square metres that two polygons may share: lines drawn twice


class OwnAreasError(PipelineError):
    """Own divisions cannot be used; the message has every fault, its place and what to do."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(["the own areas cannot be used:", *(f"- {f}" for f in faults)]))


def drawn(
    path: Path,
    words: Mapping[str, str],
    base: gpd.GeoDataFrame,
    squares: gpd.GeoDataFrame | None,
) -> tuple[pd.DataFrame, int, str]:
    """The areas that lie mostly in each polygon of a layer: by their residents or their surface."""
    layer = layer_of(path, words)
    pieces = gpd.overlay(base, layer[["id", "geometry"]], how="intersection", keep_geom_type=True)
    areas = base[base["area_id"].isin(pieces["area_id"])].set_index("area_id")
    pieces["surface"] = pieces.area / pieces["area_id"].map(areas.area).astype(float)
    pieces["share"] = _living(pieces, areas, squares)
    largest = pieces.sort_values("share").groupby("area_id").tail(1)
    inside = largest[largest["share"] > _MOSTLY]
    cut = int((inside["surface"] < 0.99).sum())
    empty = sorted(set(layer["id"]) - set(inside["id"]))
    if empty:
        raise OwnAreasError(
            [
                f"areas/{path.name}: {own_id} has most of no DeSO: merge it with a neighbour"
                for own_id in empty[:SAID]
            ]
        )
    found = inside.merge(layer[["id", "name", "parent"]], on="id")
    method = "majority" if squares is None else "residents"
    return found[["id", "name", "parent", "area_id"]].reset_index(drop=True), cut, method


def _living(
    pieces: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, squares: gpd.GeoDataFrame | None
) -> "pd.Series[float]":
    """Each piece's share of its area's residents; of its surface where nobody is known to live."""
    surface: pd.Series[float] = pieces["surface"]
    if squares is None:
        return surface
    there = residents_of(areas, squares)
    living = residents_of(pieces, squares) / pieces["area_id"].map(there).astype(float)
    known: pd.Series[float] = living.where(np.isfinite(living), surface)
    return known


def layer_of(path: Path, words: Mapping[str, str]) -> gpd.GeoDataFrame:
    """A layer of polygons in metres, validated."""
    try:
        if path.suffix.lower() in (".geojson", ".json"):
            utf8_text(path.read_bytes())
        read = gpd.read_parquet if path.suffix.lower() == ".parquet" else gpd.read_file
        layer = read(path)
    except Exception as error:  # each format has its own kinds of fault
        why = excerpt(str(error).replace(str(path), path.name))
        raise OwnAreasError(
            [f"areas/{path.name} cannot be read as a layer ({why}): save it again"]
        ) from error
    if layer.empty:
        raise OwnAreasError([f"areas/{path.name} has no areas: draw them or take it out"])
    keys = [words.get("id", "id"), words.get("name", "name")]
    lacking = [key for key in keys if key not in layer.columns]
    if lacking:
        there = ", ".join(str(c) for c in layer.columns if c != "geometry")
        raise OwnAreasError(
            [
                f"areas/{path.name} lacks the column {key}: name one of {there} in {path.stem}.toml"
                for key in lacking
            ]
        )
    if layer.crs is None:
        raise OwnAreasError([f"areas/{path.name} says no coordinate system: save it with one"])
    ids, names = (_texts(layer[key]) for key in keys)
    columns = {
        "id": ids,
        "name": names.where(names != "", ids),
        "parent": _texts(layer["parent"]) if "parent" in layer.columns else "",
    }
    found = gpd.GeoDataFrame(columns, geometry=layer.geometry.values, crs=layer.crs).to_crs(CRS)
    faults = [f"areas/{path.name}: {fault}" for fault in _shape_faults(found)]
    if faults:
        raise OwnAreasError(some(faults))
    return found.dissolve("id", aggfunc="first").reset_index()


def _texts(column: "pd.Series[Any]") -> "pd.Series[str]":
    """A column's values as text on one line, "" where there is none."""
    texts = ["" if pd.isna(value) else clean_label(str(value)[:LONGEST_NAME]) for value in column]
    return pd.Series(texts, index=column.index, dtype=object)


def _shape_faults(layer: gpd.GeoDataFrame) -> Iterable[str]:
    for row in layer.itertuples(index=False):
        shape = row.geometry
        if shape is None or shape.is_empty or (shape.is_valid and shape.area == 0):
            yield f"{row.id} has no surface: draw it or take it out"
        elif not shape.is_valid:
            yield f"{row.id} crosses itself ({shapely.is_valid_reason(shape)}): mend its border"
        elif not AREA_ID.fullmatch(str(row.id)):
            yield f"the id {row.id!r} has other signs than letters, figures, - and _"
    sound = layer[layer.geometry.is_valid & ~layer.geometry.is_empty]
    first, second = sound.sindex.query(sound.geometry, predicate="intersects")
    for a, b in zip(first.tolist(), second.tolist(), strict=True):
        one, other = sound.iloc[a], sound.iloc[b]
        if a < b and one["id"] != other["id"]:
            shared = one.geometry.intersection(other.geometry).area
            if shared > _SHARED:
                yield (
                    f"{one['id']} and {other['id']} overlap by {shared / 1e4:.0f} ha: let their "
                    "borders meet"
                )


def base_of(areas: pd.DataFrame, shapes: gpd.GeoSeries) -> gpd.GeoDataFrame:
    """DeSO of the newest division that has boundaries."""
    deso = areas[(areas["level"] == "deso") & areas["area_id"].isin(shapes.index)]
    if deso.empty:
        raise OwnAreasError(
            ["polygons need the boundaries of DeSO, and there are none: give codes"]
        )
    newest = deso[deso["division"] == deso["division"].max()]
    ids = newest["area_id"].tolist()
    return gpd.GeoDataFrame({"area_id": ids}, geometry=shapes.reindex(ids).values, crs=shapes.crs)


def some(faults: Sequence[str]) -> list[str]:
    """The first faults, and how many more there are."""
    rest = len(faults) - 3 * SAID
    return [*faults[: 3 * SAID], *([f"and {rest} more of the kind"] if rest > 0 else [])]
