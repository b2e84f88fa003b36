"""Boundaries at every door: one cleaning of their codes, one check of their outlines.

A record that cannot be used is left out and named; a layer is refused when it is another than the
one that was asked for, or when most of it cannot be used.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from barometer.divisions import Division, Level, parse_area_code, plain_code
from etl.errors import PipelineError
from etl.geodata.polygons import Shapes, polygonal
from etl.text import excerpt

CRS: Final = 3006  # SWEREF 99 TM
# Sweden with its waters, SWEREF 99 TM: west, south, east, north in metres.
_EXTENT: Final = (200_000.0, 6_050_000.0, 1_000_000.0, 7_750_000.0)
_SHARE_UNMATCHED: Final = 0.01  # of a layer's codes: more than a slip means another division
_SHARE_UNUSABLE: Final = 0.5  # of a layer's records: more than bad records means a bad layer
_SUFFIX: Final = {"deso": "_DeSO2025", "regso": "_RegSO2025"}
_DIGITS: Final = {"kommun": 4, "lan": 2}
_NAMED: Final = 5


class OutlinesError(PipelineError):
    """A layer cannot be used: it is not of these areas, or not in Sweden."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """A layer's usable records, a row an area with `area_id`; and what a reader should know.

    `mended` are areas whose outline crossed itself. `notes` name what was left out and why.
    """

    frame: gpd.GeoDataFrame
    mended: tuple[str, ...]
    notes: tuple[str, ...]


def clean_codes(codes: "pd.Series[str]", *, level: Level, division: Division) -> "pd.Series[str]":
    """Codes as SCB's tables write them, from whatever a file holds.

    Blanks, dashes, lost zeros, small letters, numbers and either suffix are put right; what is no
    code of the level comes back cleaned and is no area.

    >>> clean_codes(pd.Series(["0114a0010 ", "0114A0010_deso2025"]), level="deso",
    ...     division="2025").tolist()
    ['0114A0010_DeSO2025', '0114A0010_DeSO2025']
    >>> clean_codes(pd.Series([114, 180.0]), level="kommun", division="admin").tolist()
    ['0114', '0180']
    """
    suffix = _SUFFIX.get(level, "") if division == "2025" else ""
    digits = _DIGITS.get(level, 0)
    given = [code if pd.api.types.is_scalar(code) else "" for code in codes]
    plain = {code: plain_code(code, digits=digits) for code in set(given) if not pd.isna(code)}
    whole = {code: bare and bare + suffix for code, bare in plain.items()}
    return pd.Series([whole.get(code, "") for code in given], index=codes.index, dtype=object)


def check_outlines(
    layer: gpd.GeoDataFrame,
    *,
    level: Level,
    division: Division,
    name: str,
    expected: Collection[str] | None = None,
) -> Outlines:
    """The records of a layer that can be used: codes of the level, polygons in Sweden.

    The layer has a column `area_id` of clean codes and is in EPSG:3006. `wanted` are the areas of
    the tables, where they are known.

    Raises:
        OutlinesError: nothing or too little matches the areas, most outlines cannot be used, or
            its axes are swapped.
    """
    notes: list[str] = []
    own = own_codes(layer["area_id"], level=level, division=division, name=name)
    ids = layer.loc[own, "area_id"]
    if expected is not None:
        _require_match(ids, expected=expected, name=name, level=level)
    _note(notes, name, layer.loc[~own, "area_id"], f"no {level} of division {division}")
    shapes, mended = _polygons(layer.loc[own].geometry.to_numpy())
    inside, usable = in_sweden(shapes), shapely.area(shapes) > 0
    _require_usable(shapes, inside & usable, ids=ids, name=name)
    _note(notes, name, ids[~usable], "without an outline that can be used")
    _note(notes, name, ids[usable & ~inside], "outside Sweden")
    good = usable & inside
    frame = layer.loc[own].set_geometry(gpd.GeoSeries(shapes, index=ids.index, crs=CRS))
    whole = _one_record_an_area(frame[good], notes=notes, name=name)
    return Outlines(whole, tuple(ids[good & mended]), tuple(notes))


def _belongs(code: str, *, level: Level, division: Division) -> bool:
    area = parse_area_code(code)
    return area is not None and (area.level, area.division) == (level, division)


def own_codes(
    codes: "pd.Series[str]", *, level: Level, division: Division, name: str
) -> "pd.Series[bool]":
    """Which of a layer's clean codes are of its level and division.

    Raises:
        OutlinesError: there are none, or most are of something else.
    """
    own = codes.map(lambda code: _belongs(code, level=level, division=division)).astype(bool)
    ids = codes[own]
    if len(codes) == 0:
        raise OutlinesError(f"{name} has no features")
    if len(ids) < _SHARE_UNUSABLE * len(codes):
        strange = codes[~codes.isin(ids)].tolist()
        raise OutlinesError(
            f"{name} cannot be used: {len(strange)} of its {len(codes)} codes are no {level} of "
            f"division {division}: {_listed(strange)}"
        )
    return own


def _require_match(
    ids: "pd.Series[str]", *, expected: Collection[str], name: str, level: Level
) -> None:
    """All but a slip of the layer's areas are those of the tables, and the other way about."""
    here, there = frozenset(ids), frozenset(expected)
    lacking, unknown = sorted(there - here), sorted(here - there)
    most = max(1, _SHARE_UNMATCHED * len(there))
    if here & there and max(len(lacking), len(unknown)) <= most:
        return
    raise OutlinesError(
        f"{name} cannot be used: its {len(here)} areas are not the {len(there)} {level} of the "
        f"tables: {len(lacking)} without outline ({', '.join(lacking[:_NAMED])}), "
        f"{len(unknown)} unknown ({', '.join(unknown[:_NAMED])})"
    )


def _require_usable(
    shapes: Shapes, good: NDArray[np.bool_], *, ids: "pd.Series[str]", name: str
) -> None:
    if good.any() and good.mean() >= _SHARE_UNUSABLE:
        return
    bounds = shapely.total_bounds(shapes)
    corners = ", ".join(f"{value:.0f}" for value in bounds)
    swapped = shapely.transform(shapes, lambda xy: xy[:, ::-1])
    if in_sweden(swapped).mean() >= _SHARE_UNUSABLE:
        reason = f"its axes are swapped ({corners}): easting comes before northing in EPSG:{CRS}"
    elif np.isnan(bounds).any():
        reason = f"{int((~good).sum())} areas have no outline: {', '.join(ids[~good][:_NAMED])}"
    else:
        reason = f"its coordinates ({corners}) are not in Sweden as EPSG:{CRS} has it"
    raise OutlinesError(f"{name} cannot be used: {reason}")


def _polygons(shapes: Shapes) -> tuple[Shapes, NDArray[np.bool_]]:
    """Each outline's polygons in two dimensions, empty where there are none; which were mended."""
    flat: Shapes = np.array(shapely.force_2d(shapes), dtype=object)
    flat[shapely.is_missing(flat) | ~_is_finite(flat)] = shapely.Polygon()
    crossed: NDArray[np.bool_] = ~shapely.is_valid(flat)
    flat[crossed] = shapely.make_valid(flat[crossed])
    kinds = shapely.get_type_id(flat)
    mixed = ~np.isin(kinds, (3, 6))  # neither Polygon nor MultiPolygon
    flat[mixed] = [polygonal(shape) for shape in flat[mixed]]
    return flat, crossed


def _is_finite(shapes: Shapes) -> NDArray[np.bool_]:
    bounds = shapely.bounds(shapes)
    finite: NDArray[np.bool_] = np.isfinite(bounds).all(axis=1)
    return finite


def in_sweden(shapes: Shapes) -> NDArray[np.bool_]:
    """Which shapes in EPSG:3006 lie in Sweden with its waters; not those that are missing."""
    west, south, east, north = shapely.bounds(shapes).T
    inside: NDArray[np.bool_] = (
        (west >= _EXTENT[0]) & (south >= _EXTENT[1]) & (east <= _EXTENT[2]) & (north <= _EXTENT[3])
    )
    return inside


def _one_record_an_area(
    frame: gpd.GeoDataFrame, *, notes: list[str], name: str
) -> gpd.GeoDataFrame:
    """Areas that come as several records, an island each, in one."""
    twice = frame["area_id"].duplicated(keep=False)
    if not twice.any():
        return frame
    _note(notes, name, frame.loc[twice, "area_id"].drop_duplicates(), "in several records, joined")
    joined = frame.loc[twice].groupby("area_id").geometry.apply(lambda parts: parts.union_all())
    whole = frame.drop_duplicates("area_id").copy()
    several = whole["area_id"].isin(joined.index)
    whole.loc[several, whole.geometry.name] = joined.reindex(
        whole.loc[several, "area_id"]
    ).to_numpy()
    return whole


def _note(notes: list[str], name: str, ids: "pd.Series[str]", what: str) -> None:
    if len(ids):
        notes.append(f"{name}: {len(ids)} records are {what} ({_listed(ids.tolist())})")


def _listed(codes: list[str]) -> str:
    return ", ".join(excerpt(code, longest=40) or "no code" for code in codes[:_NAMED])
