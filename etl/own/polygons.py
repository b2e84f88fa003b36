"""An operator's own areas as polygons: read, checked, and laid over the DeSO of the figures."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
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
METRES: Final = ((200_000.0, 1_000_000.0), (6_000_000.0, 7_800_000.0))  # SWEREF 99 TM of Sweden
DEGREES: Final = ((9.0, 26.0), (54.0, 70.0))


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
        met = set(pieces["id"])
        why = "has most of no DeSO: merge it with a neighbour"
        beyond = "meets no DeSO of the map: move it to where people live, or take it out"
        faults = [f"{own_id} {why if own_id in met else beyond}" for own_id in empty]
        raise OwnAreasError(some([f"areas/{path.name}: {fault}" for fault in faults]))
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
    layer = _read(path)
    keys = [words.get("id", "id"), words.get("name", "name")]
    there = [str(column) for column in layer.columns if column != layer.geometry.name]
    lacking = [key for key in keys if key not in there]
    if lacking:
        choice = f"name one of {', '.join(there)} in {path.stem}.toml" if there else "it has none"
        raise OwnAreasError(
            [f"areas/{path.name} lacks the column {key}: {choice}" for key in lacking]
        )
    ids, names = (_texts(layer[key]) for key in keys)
    columns = {
        "id": ids,
        "name": names.where(names != "", ids),
        "parent": _texts(layer["parent"]) if "parent" in layer.columns else "",
    }
    shapes = _in_metres(path.name, layer.geometry)
    found = gpd.GeoDataFrame(columns, geometry=shapes.values, crs=CRS)
    faults = [*_word_faults(found), *_shape_faults(found)]
    if faults:
        raise OwnAreasError(some([f"areas/{path.name}: {fault}" for fault in faults]))
    return found.dissolve("id", aggfunc="first").reset_index()


def _read(path: Path) -> gpd.GeoDataFrame:
    """The one layer of a file."""
    try:
        if path.suffix.lower() == ".geojson":
            utf8_text(path.read_bytes())
        is_parquet = path.suffix.lower() == ".parquet"
        layers = [] if is_parquet else sorted(str(n) for n, _ in pyogrio.list_layers(path))
        if len(layers) > 1:
            raise OwnAreasError(
                [f"areas/{path.name} has the layers {', '.join(layers)}: keep one of them in it"]
            )
        layer = gpd.read_parquet(path) if is_parquet else gpd.read_file(path)
    except OwnAreasError:
        raise
    except Exception as error:  # each format has its own kinds of fault
        why = excerpt(str(error).replace(str(path), path.name).partition("; ")[0])
        raise OwnAreasError(
            [f"areas/{path.name} cannot be read as a layer ({why}): save it again"]
        ) from error
    if layer.empty or not isinstance(layer, gpd.GeoDataFrame):
        raise OwnAreasError([f"areas/{path.name} has no polygons: draw them or take it out"])
    return layer


def _in_metres(name: str, shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    """Shapes in SWEREF 99 TM; GeoJSON is in degrees by its standard, and often is not."""
    if shapes.crs is None:
        raise OwnAreasError([f"areas/{name} says no coordinate system: save it with one"])
    is_metric = not shapes.crs.is_projected and _lie_in(shapes, METRES)
    given = shapes.set_crs(CRS, allow_override=True) if is_metric else shapes
    try:
        found = given.to_crs(CRS)
    except Exception as error:  # what the library of projections has to say
        raise OwnAreasError(
            [f"areas/{name}: its coordinate system cannot be used: save it in EPSG:{CRS}"]
        ) from error
    turned = [(north, east) for east, north in (DEGREES, METRES)]
    if any(_lie_in(side, box) for side in (shapes, found) for box in turned):
        raise OwnAreasError([f"areas/{name}: its coordinates are swapped: save them east first"])
    if not np.isfinite(found[~(found.isna() | found.is_empty)].bounds).all(axis=None):
        raise OwnAreasError(
            [
                f"areas/{name}: its coordinates are not of the system that it says: save it in "
                f"EPSG:{CRS}, or in degrees"
            ]
        )
    return found


def _lie_in(shapes: gpd.GeoSeries, box: tuple[tuple[float, float], tuple[float, float]]) -> bool:
    """Whether all of some shapes lies in a box, given as its reach east and north."""
    (west, east), (south, north) = box
    left, low, right, high = shapes.total_bounds
    return bool(west < left and right < east and south < low and high < north)


def _texts(column: "pd.Series[Any]") -> "pd.Series[str]":
    """A column's values as text on one line, "" where there is none."""
    texts = ["" if _is_missing(value) else clean_label(_plain(value)) for value in column]
    return pd.Series(texts, index=column.index, dtype=object)


def _is_missing(value: Any) -> bool:
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))


def _plain(value: Any) -> str:
    """A value as people write it: whole numbers are floats where one of a column is missing."""
    return str(int(value) if isinstance(value, float) and value.is_integer() else value)


def _word_faults(layer: gpd.GeoDataFrame) -> Iterable[str]:
    called: dict[str, tuple[str, str]] = {}
    for own_id, name, parent in zip(layer["id"], layer["name"], layer["parent"], strict=True):
        wrong = wrong_words(own_id, name, parent, called)
        if wrong:
            yield wrong


def wrong_words(own_id: str, name: str, parent: str, called: dict[str, tuple[str, str]]) -> str:
    """What is wrong with an area's id and names, "" where nothing is.

    `called` has the names and parents of those before it, and gets its own.
    """
    if not own_id:
        return "an area has no id: give it one of letters and figures"
    if not AREA_ID.fullmatch(own_id):
        return f"the id {excerpt(own_id, longest=40)!r} has other signs than letters, figures, - _"
    if max(len(name), len(parent)) > LONGEST_NAME:
        return f"a name is longer than {LONGEST_NAME} letters: shorten it"
    if parent in (own_id, name):
        return f"{own_id} is part of itself: say what it is part of, or nothing"
    first = called.setdefault(own_id, (name, parent))
    for one, other in zip((name, parent), first, strict=True):
        if one != other:
            return (
                f"{own_id} is {other or 'nothing'!r} before and {one or 'nothing'!r} here: say one"
            )
    return ""


def _shape_faults(layer: gpd.GeoDataFrame) -> Iterable[str]:
    for row in layer.itertuples(index=False):
        shape = row.geometry
        if shape is None or shape.convex_hull.area == 0:
            yield f"{row.id} has no surface: draw it or take it out"
        elif not shape.is_valid:
            yield f"{row.id} crosses itself ({shapely.is_valid_reason(shape)}): mend its border"
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
