"""SCB's population in squares of 1 km: where in an area people live, for polygons that cut areas.

Only their distribution inside an area is used, by the pipeline and by the map where a reader draws;
no figure of a square is shown. The layer and
its attributes are known from others' use of it and not from an answer of ours: what is not as
expected is a GeodataError, and polygons are laid over surfaces instead.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from etl.geodata.outlines import CRS, in_sweden
from etl.geodata.wfs import GeodataError, open_service

SQUARES: Final = "squares.parquet"
_LAYER: Final = "stat:befolkning_1km_2025"
_CODE, _RESIDENTS = "rutid_scb", "beftotalt"
_SIDE: Final = 1_000.0  # metres
_SHARE_UNUSABLE: Final = 0.5  # of the records: more than bad records means a bad layer


def download_squares(
    path: Path, *, url: str, on_progress: Callable[[str], None], **options: Any
) -> None:
    """Keep the squares as Parquet (x, y of the middle in metres, EPSG:3006; residents), once.

    `options` are those of `open_service`.

    Raises:
        GeodataError: the layer cannot be had, or most of it cannot be used.
    """
    if path.is_file():
        return
    on_progress(_LAYER)
    with open_service(url, **options) as service:
        squares, _ = service.fetch(_LAYER, code=_CODE, check=_squares)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    squares.to_parquet(part, index=False)
    part.replace(path)


def _squares(layer: gpd.GeoDataFrame) -> pd.DataFrame:
    if _RESIDENTS not in layer.columns:
        raise GeodataError(f"{_LAYER} has no attribute {_RESIDENTS}")
    residents = pd.to_numeric(layer[_RESIDENTS], errors="coerce")
    surface = layer.geometry.area
    good = np.isclose(surface, _SIDE**2, rtol=0.01) & in_sweden(layer.geometry.to_numpy())
    good &= np.isfinite(residents) & (residents >= 0) & ~layer[_CODE].duplicated()
    if not len(layer) or good.mean() < _SHARE_UNUSABLE:
        raise GeodataError(
            f"{_LAYER} cannot be used: {len(layer) - int(good.sum())} of its {len(layer)} records "
            "have no residents or are no square of 1 km in Sweden"
        )
    middle = layer.geometry[good].centroid
    return pd.DataFrame(
        {"x": middle.x, "y": middle.y, "residents": residents[good].astype("int32")}
    )


def read_squares(path: Path) -> gpd.GeoDataFrame:
    """The squares as surfaces in EPSG:3006 with their residents."""
    squares = pd.read_parquet(path)
    middles = gpd.GeoSeries.from_xy(squares["x"], squares["y"], crs=CRS)
    return gpd.GeoDataFrame(
        squares[["residents"]], geometry=middles.buffer(_SIDE / 2, cap_style="square")
    )


def residents_of(pieces: gpd.GeoDataFrame, squares: gpd.GeoDataFrame) -> "pd.Series[float]":
    """Residents of each piece of surface, by its index: a square's spread evenly over it."""
    which, square = squares.sindex.query(pieces.geometry, predicate="intersects")
    shared = pieces.geometry.iloc[which].intersection(squares.geometry.iloc[square], align=False)
    people = shared.area.to_numpy() / _SIDE**2 * squares["residents"].to_numpy()[square]
    return pd.Series(np.bincount(which, weights=people, minlength=len(pieces)), index=pieces.index)
