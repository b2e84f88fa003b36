"""Boundaries from SCB's geodata service: downloaded once, verified, kept as GeoParquet layers.

The folder of kept layers is one that `etl.boundaries.FolderBoundaries` reads. A layer is a file
with all of SCB's attributes, named in lower case, and a line of `layers.json` with its checksum.
"""

import hashlib
import io
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import urlencode

import geopandas as gpd
import httpx
import numpy as np
import orjson
import pandas as pd
import shapely
from pyogrio.errors import DataSourceError

from barometer.divisions import Division, Level, parse_area_code
from etl.answers import BadAnswerError, parse_object
from etl.boundaries import CRS
from etl.bronze import write_atomically
from etl.calls import Caller
from etl.errors import RequestRefusedError, SourceUnavailableError
from etl.pace import Pace
from etl.survey import utc_now

SCB_GEODATA: Final = "https://geodata.scb.se/geoserver/stat/wfs"
PAGE_SIZE: Final = 500
# GeoServer makes a whole layer before its first byte: one report has 90 s for 500 features.
_TIMEOUTS: Final = httpx.Timeout(connect=10, read=180, write=30, pool=180)
_SQLITE: Final = b"SQLite format 3\x00"
_MANIFEST: Final = "layers.json"
_SHARE_UNMATCHED: Final = 0.01  # of a layer's codes: more than a slip means another division
# Sweden with its waters, SWEREF 99 TM: west, south, east, north in metres.
_EXTENT: Final = (200_000.0, 6_050_000.0, 1_000_000.0, 7_750_000.0)

Format = Literal["geopackage", "json"]


class GeodataError(SourceUnavailableError):
    """A layer could not be had or cannot be used: run again, or go on without it."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of the service; `suffix` is what SCB's tables add to its codes."""

    name: str
    level: Level
    division: Division
    code: str
    suffix: str


LAYERS: Final = (
    Layer("DeSO_2018", "deso", "2018", "desokod", ""),
    Layer("DeSO_2025", "deso", "2025", "desokod", "_DeSO2025"),
    Layer("RegSO_2020", "regso", "2018", "regsokod", ""),
    Layer("RegSO_2025", "regso", "2025", "regsokod", "_RegSO2025"),
)


@dataclass(frozen=True, slots=True)
class KeptLayer:
    """A line of the manifest.

    `mended` are areas whose outline crossed itself; `lacking` are areas of the tables that the
    layer has no outline for.
    """

    name: str
    url: str
    format: Format
    retrieved: str
    sha256: str
    features: int
    mended: tuple[str, ...]
    lacking: tuple[str, ...]


def missing_layers(folder: Path, *, area_ids: Collection[str]) -> tuple[Layer, ...]:
    """The layers that the areas need and the folder has not, or has with another checksum."""
    kept = {layer.name: layer for layer in kept_layers(folder)}
    return tuple(
        layer
        for layer in LAYERS
        if _of_layer(area_ids, layer=layer)
        and (layer.name not in kept or not _is_whole(folder, kept[layer.name]))
    )


def kept_layers(folder: Path) -> tuple[KeptLayer, ...]:
    """The manifest's lines; none when there is no manifest that can be read."""
    try:
        lines = orjson.loads((folder / _MANIFEST).read_bytes())
        return tuple(
            KeptLayer(
                **{**line, "mended": tuple(line["mended"]), "lacking": tuple(line["lacking"])}
            )
            for line in lines
        )
    except (FileNotFoundError, orjson.JSONDecodeError, KeyError, TypeError):
        return ()


def download_layers(
    folder: Path,
    *,
    area_ids: Collection[str],
    url: str = SCB_GEODATA,
    transport: httpx.BaseTransport | None = None,
    attempts: int = 4,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
    heard: Callable[[str], None] | None = None,
) -> tuple[KeptLayer, ...]:
    """Download the layers that the tables' areas need and the folder lacks; returns all kept.

    Each is kept as soon as it is verified, so an interrupted run goes on where it stopped. `heard`
    hears each layer's name before it is asked for.

    Raises:
        GeodataError: a layer cannot be had, or is not the one of these areas.
    """
    missing = missing_layers(folder, area_ids=area_ids)
    headers = {"Accept-Encoding": "gzip"}
    with httpx.Client(transport=transport, timeout=_TIMEOUTS, headers=headers) as http:
        pace = Pace(calls=0, window_seconds=1, clock=clock, sleep=sleep)
        service = _Service(Caller(http, pace, attempts, clock, sleep), url)
        for layer in missing:
            if heard:
                heard(layer.name)
            wanted = _of_layer(area_ids, layer=layer)
            frame, kind = service.fetch(layer, verify=partial(_verify, layer=layer, wanted=wanted))
            _keep(folder, layer, frame, kind=kind, url=url, wanted=wanted)
    return kept_layers(folder)


@dataclass(frozen=True, slots=True)
class _Service:
    caller: Caller
    url: str

    def fetch(
        self, layer: Layer, *, verify: Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame]
    ) -> tuple[gpd.GeoDataFrame, Format]:
        """A whole layer as GeoPackage, or page by page as JSON when that cannot be had."""
        try:
            return verify(self._geopackage(layer)), "geopackage"
        except (SourceUnavailableError, RequestRefusedError) as whole:
            try:
                return verify(self._pages(layer)), "json"
            except (SourceUnavailableError, RequestRefusedError) as error:
                raise GeodataError(
                    f"stat:{layer.name} cannot be had from {self.url}, neither whole ({whole}) nor "
                    f"in pages ({error}). Run the same command again later, give the layers with "
                    "--boundaries DIR, or use --geodata none for kommun and län outlines only"
                ) from error

    def _geopackage(self, layer: Layer) -> gpd.GeoDataFrame:
        raw = self._get(layer, check=_check_geopackage, outputFormat="geopackage")
        return _read_geopackage(raw)

    def _pages(self, layer: Layer) -> gpd.GeoDataFrame:
        features = list(self._features(layer))
        frame = gpd.GeoDataFrame.from_features(features, crs=CRS)
        if frame.empty:
            raise GeodataError(f"stat:{layer.name} has no features")
        return frame

    def _features(self, layer: Layer) -> Iterator[dict[str, Any]]:
        """Every feature, sorted by code so that pages neither overlap nor leave gaps."""
        start, total = 0, 1
        while start < total:
            raw = self._get(
                layer,
                check=_check_page,
                outputFormat="application/json",
                sortBy=layer.code,
                maxFeatures=str(PAGE_SIZE),
                startIndex=str(start),
                srsName=f"EPSG:{CRS}",
            )
            page = parse_object(raw)
            yield from page["features"]
            total = int(page["totalFeatures"])
            start += PAGE_SIZE

    def _get(self, layer: Layer, *, check: Callable[[bytes], object], **options: str) -> bytes:
        asked = {
            "service": "WFS",
            "version": "1.1.0",
            "REQUEST": "GetFeature",
            "TYPENAMES": f"stat:{layer.name}",
            **options,
        }
        subject = f"stat:{layer.name} as {options['outputFormat']}"
        return self.caller.get(f"{self.url}?{urlencode(asked)}", subject=subject, check=check).raw


def _check_geopackage(raw: bytes) -> None:
    if not raw.startswith(_SQLITE):
        raise BadAnswerError(f"{len(raw)} bytes that are no GeoPackage: {raw[:200]!r}")


def _read_geopackage(raw: bytes) -> gpd.GeoDataFrame:
    with tempfile.NamedTemporaryFile(suffix=".gpkg") as file:
        file.write(raw)
        file.flush()
        try:
            return gpd.read_file(file.name)
        except DataSourceError as error:
            raise GeodataError(f"a GeoPackage that cannot be read ({error})") from error


def _check_page(raw: bytes) -> None:
    page = parse_object(raw)
    if not isinstance(page.get("features"), list) or "totalFeatures" not in page:
        raise BadAnswerError("an object without features and totalFeatures")
    if len(page["features"]) > PAGE_SIZE:
        raise BadAnswerError(f"{len(page['features'])} features in a page of {PAGE_SIZE}")


def _verify(frame: gpd.GeoDataFrame, *, layer: Layer, wanted: Collection[str]) -> gpd.GeoDataFrame:
    """The layer in EPSG:3006 with lower-case attributes; GeodataError lists all that is wrong."""
    named = _lower_case(frame)
    if layer.code not in named.columns:
        raise GeodataError(
            f"stat:{layer.name} has no attribute {layer.code}; it has {', '.join(named.columns)}"
        )
    ids = _area_ids(named, layer=layer)
    faults = [
        *_faults_of_codes(ids, layer=layer, wanted=wanted),
        *_faults_of_shapes(named, ids=ids),
    ]
    if faults:
        raise GeodataError(f"stat:{layer.name} cannot be used: " + "; ".join(faults))
    return named


def _lower_case(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    placed = (frame if frame.crs else frame.set_crs(CRS)).to_crs(CRS)
    attributes = pd.DataFrame(placed.drop(columns=placed.geometry.name))
    return gpd.GeoDataFrame(attributes.rename(columns=str.lower), geometry=placed.geometry.values)


def _area_ids(frame: gpd.GeoDataFrame, *, layer: Layer) -> "pd.Series[str]":
    """The layer's codes as SCB's tables write them."""
    plain = frame[layer.code].astype(str).str.strip().str.removesuffix(layer.suffix)
    ids: pd.Series[str] = plain + layer.suffix
    return ids


def _faults_of_codes(
    ids: "pd.Series[str]", *, layer: Layer, wanted: Collection[str]
) -> Iterator[str]:
    strange = [code for code in ids if not _belongs(code, layer=layer)]
    if strange:
        yield f"{len(strange)} codes are no {layer.level} of division {layer.division}: " + (
            ", ".join(strange[:5])
        )
    twice = ids[ids.duplicated()].unique().tolist()
    if twice:
        yield f"{len(twice)} codes come twice: {', '.join(twice[:5])}"
    lacking, unknown = sorted(set(wanted) - set(ids)), sorted(set(ids) - set(wanted))
    if len(lacking) + len(unknown) > _SHARE_UNMATCHED * len(wanted):
        yield (
            f"its {ids.nunique()} areas are not the {len(wanted)} of the tables: "
            f"{len(lacking)} without outline ({', '.join(lacking[:5])}), "
            f"{len(unknown)} unknown ({', '.join(unknown[:5])})"
        )


def _faults_of_shapes(frame: gpd.GeoDataFrame, *, ids: "pd.Series[str]") -> Iterator[str]:
    empty = ids[(frame.geometry.isna() | frame.geometry.is_empty).to_numpy()].tolist()
    if empty:
        yield f"{len(empty)} areas have no outline: {', '.join(empty[:5])}"
    west, south, east, north = frame.total_bounds
    if west < _EXTENT[0] or south < _EXTENT[1] or east > _EXTENT[2] or north > _EXTENT[3]:
        corners = ", ".join(f"{value:.0f}" for value in frame.total_bounds)
        yield f"its coordinates ({corners}) are not in Sweden as EPSG:{CRS} has it"


def _belongs(code: str, *, layer: Layer) -> bool:
    area = parse_area_code(code)
    return area is not None and (area.level, area.division) == (layer.level, layer.division)


def _of_layer(area_ids: Collection[str], *, layer: Layer) -> frozenset[str]:
    return frozenset(code for code in area_ids if _belongs(code, layer=layer))


def _mend(frame: gpd.GeoDataFrame, *, ids: "pd.Series[str]") -> tuple[gpd.GeoDataFrame, list[str]]:
    """Outlines that cross themselves made valid, their polygons only; and whose they are."""
    broken = ~shapely.is_valid(frame.geometry.to_numpy())
    if not broken.any():
        return frame, []
    shapes = frame.geometry.to_numpy().copy()
    shapes[broken] = [_polygons(shape) for shape in shapely.make_valid(shapes[broken])]
    return frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=CRS)), (
        ids[broken].tolist()
    )


def _polygons(shape: shapely.Geometry) -> shapely.Geometry:
    parts = np.atleast_1d(shapely.get_parts(shape))
    return shapely.union_all(parts[shapely.get_dimensions(parts) == 2])


def _keep(
    folder: Path,
    layer: Layer,
    frame: gpd.GeoDataFrame,
    *,
    kind: Format,
    url: str,
    wanted: frozenset[str],
) -> None:
    """Write the layer's file whole, then its line of the manifest."""
    ids = _area_ids(frame, layer=layer)
    mended, whose = _mend(frame, ids=ids)
    packed = io.BytesIO()
    mended.sort_values(layer.code, ignore_index=True).to_parquet(packed, index=False)
    content = packed.getvalue()
    folder.mkdir(parents=True, exist_ok=True)
    write_atomically(_path(folder, layer.name), content)
    line = KeptLayer(
        name=layer.name,
        url=url,
        format=kind,
        retrieved=utc_now(),
        sha256=hashlib.sha256(content).hexdigest(),
        features=len(mended),
        mended=tuple(whose),
        lacking=tuple(sorted(wanted - set(ids))),
    )
    others = [kept for kept in kept_layers(folder) if kept.name != layer.name]
    lines = [asdict(kept) for kept in (*others, line)]
    write_atomically(folder / _MANIFEST, orjson.dumps(lines, option=orjson.OPT_INDENT_2))


def _path(folder: Path, name: str) -> Path:
    return folder / f"{name}.parquet"


def _is_whole(folder: Path, kept: KeptLayer) -> bool:
    try:
        content = _path(folder, kept.name).read_bytes()
    except FileNotFoundError:
        return False
    return hashlib.sha256(content).hexdigest() == kept.sha256
