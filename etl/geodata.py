"""Boundaries from SCB's geodata service: downloaded once, verified, kept as GeoParquet layers.

The folder of kept layers is one that `etl.boundaries.FolderBoundaries` reads. A layer is a file
with all of SCB's attributes, named in lower case, and a line of `layers.json` with its checksum.
"""

import hashlib
import io
import re
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import urlencode

import geopandas as gpd
import httpx
import orjson
import pandas as pd
import shapely

from barometer.divisions import Division, Level, parse_area_code
from etl.answers import BadAnswerError, list_at, parse_object
from etl.bronze import write_atomically
from etl.calls import Call, Caller
from etl.errors import RequestRefusedError, SourceUnavailableError
from etl.outlines import CRS, Outlines, OutlinesError, check_outlines, clean_codes
from etl.pace import Pace
from etl.survey import utc_now
from etl.text import excerpt

SCB_GEODATA: Final = "https://geodata.scb.se/geoserver/stat/wfs"
PAGE_SIZE: Final = 500
# GeoServer makes a whole layer before its first byte: one report has 90 s for 500 features.
_TIMEOUTS: Final = httpx.Timeout(connect=10, read=180, write=30, pool=180)
_HEAD_SECONDS: Final = 200.0
_HEADERS: Final = {"Accept-Encoding": "gzip"}
_SQLITE: Final = b"SQLite format 3\x00"
_EPSG: Final = re.compile(r"EPSG:+(?P<code>\d{4,6})\b")  # of a page's member crs
_MANIFEST: Final = "layers.json"
# SCB's largest layer has 42 MB as GeoPackage; a page of JSON has some 5.
_MOST_BYTES: Final = 150_000_000
_MOST_FEATURES: Final = 50_000
_GIVE_UP_AFTER: Final = 2  # layers in a row that a service gives no answer for

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
class StoredLayer:
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
    kept = {layer.name: layer for layer in stored_layers(folder)}
    return tuple(
        layer
        for layer in LAYERS
        if _of_layer(area_ids, layer=layer)
        and (layer.name not in kept or not _is_whole(folder, kept[layer.name]))
    )


def stored_layers(folder: Path) -> tuple[StoredLayer, ...]:
    """The manifest's lines; none when there is no manifest that can be read."""
    try:
        lines = orjson.loads((folder / _MANIFEST).read_bytes())
        return tuple(
            StoredLayer(
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
    on_progress: Callable[[str], None] | None = None,
    noted: Callable[[str], None] | None = None,
) -> tuple[StoredLayer, ...]:
    """Download the layers that the tables' areas need and the folder lacks; returns all kept.

    Each is kept as soon as it is verified, so an interrupted run goes on where it stopped. `heard`
    hears each layer's name before it is asked for, `noted` what had to be left out of one.

    Raises:
        GeodataError: a layer cannot be had, or is not the one of these areas. The others were
            asked for all the same.
    """
    faults: list[str] = []
    with httpx.Client(transport=transport, timeout=_TIMEOUTS, headers=_HEADERS) as http:
        pace = Pace(calls=0, window_seconds=1, clock=clock, sleep=sleep)
        service = _Service(Caller(http, pace, attempts, clock, sleep), url)
        silent = 0
        for layer in missing_layers(folder, area_ids=area_ids):
            if silent >= _GIVE_UP_AFTER:
                faults.append(f"stat:{layer.name} was not asked for")
                continue
            if on_progress:
                on_progress(layer.name)
            wanted = _of_layer(area_ids, layer=layer)
            try:
                outlines, kind = service.fetch(layer, requested=wanted)
                _keep(folder, layer, outlines, kind=kind, url=url, codes=wanted)
            except GeodataError as error:
                faults.append(str(error))
                silent += isinstance(error, _NoAnswerError)
                continue
            if noted:
                for note in outlines.notes:
                    noted(note)
    if faults:
        raise GeodataError(
            f"{'; '.join(faults)}. Run the same command again later, give the layers with "
            "--boundaries DIR, or use --geodata none for kommun and län outlines only"
        )
    return stored_layers(folder)


class _NoAnswerError(GeodataError):
    """The service answered neither way: it is down, and the other layers need not be tried."""


@dataclass(frozen=True, slots=True)
class _Service:
    caller: Caller
    url: str

    def fetch(self, layer: Layer, *, requested: Collection[str]) -> tuple[Outlines, Format]:
        """A whole layer as GeoPackage, or page by page as JSON when that cannot be had."""
        try:
            return _verify(self._geopackage(layer), layer=layer, requested=requested), "geopackage"
        except (SourceUnavailableError, RequestRefusedError) as whole:
            try:
                return _verify(self._pages(layer), layer=layer, requested=requested), "json"
            except (SourceUnavailableError, RequestRefusedError) as error:
                kind = GeodataError if isinstance(error, GeodataError) else _NoAnswerError
                raise kind(
                    f"stat:{layer.name} cannot be had from {self.url}, neither whole ({whole}) nor "
                    f"in pages ({error})"
                ) from error

    def _geopackage(self, layer: Layer) -> gpd.GeoDataFrame:
        options = {
            "version": "1.1.0",
            "typeName": f"stat:{layer.name}",
            "outputFormat": "geopackage",
            "srsName": f"EPSG:{CRS}",
        }
        return _read_geopackage(self._get(layer, options, check=_check_geopackage))

    def _pages(self, layer: Layer) -> gpd.GeoDataFrame:
        pages = list(self._answers(layer))
        if not pages:
            raise GeodataError(f"stat:{layer.name} has no features")
        frames = [_from_page(page, name=f"stat:{layer.name}") for page in pages]
        return gpd.GeoDataFrame(pd.concat(frames, ignore_index=True))

    def _answers(self, layer: Layer) -> Iterator["_Page"]:
        """Pages of every feature, sorted by code so that they neither overlap nor leave gaps.

        A service need not say how many there are, and may send fewer in a page than asked for.
        """
        start, total, first = 0, None, None
        while start < (_MOST_FEATURES if total is None else total):
            page = _read_page(self._get(layer, _page_options(layer, start), check=_read_page))
            if not page.features:
                break
            if start and page.features[0] == first:
                raise GeodataError(f"stat:{layer.name} sends its first page again from {start} on")
            yield page
            first = page.features[0] if first is None else first
            start += len(page.features)
            total = page.total
            if total is None and len(page.features) < PAGE_SIZE:
                break
        if total is not None and start != total:
            raise GeodataError(f"stat:{layer.name} has {total} features and sent {start}")

    def _get(
        self, layer: Layer, options: dict[str, str], *, check: Callable[[bytes], object]
    ) -> bytes:
        asked = {"service": "WFS", "REQUEST": "GetFeature", **options}
        subject = f"stat:{layer.name} as {options['outputFormat']}"
        call = Call(subject, check, max_bytes=_MOST_BYTES, head_seconds=_HEAD_SECONDS)
        return self.caller.get(f"{self.url}?{urlencode(asked)}", call).raw


def _page_options(layer: Layer, start: int) -> dict[str, str]:
    return {
        "version": "2.0.0",
        "typeNames": f"stat:{layer.name}",
        "outputFormat": "application/json",
        "sortBy": layer.code,
        "count": str(PAGE_SIZE),
        "startIndex": str(start),
        "srsName": f"EPSG:{CRS}",
    }


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of features; `total` is None where the service does not count.

    `crs` is the EPSG code that it says its coordinates are in, or the one that was asked for.
    """

    features: list[dict[str, Any]]
    total: int | None
    crs: int = CRS


def _check_geopackage(raw: bytes) -> None:
    if not raw.startswith(_SQLITE):
        raise BadAnswerError(f"{len(raw)} bytes that are no GeoPackage: {raw[:200]!r}")


def _read_geopackage(raw: bytes) -> gpd.GeoDataFrame:
    with tempfile.NamedTemporaryFile(suffix=".gpkg") as file:
        file.write(raw)
        file.flush()
        try:
            frame = gpd.read_file(file.name)
        except Exception as error:  # whatever the libraries below it raise for a bad file
            raise GeodataError(f"a GeoPackage that cannot be read ({_why(error)})") from error
    if not isinstance(frame, gpd.GeoDataFrame):
        raise GeodataError("a GeoPackage without a column of outlines")
    return frame


def _from_page(page: _Page, *, name: str) -> gpd.GeoDataFrame:
    """Features as a frame in EPSG:3006; an outline that is no geometry is none."""
    try:
        features = [_readable(each) for each in page.features]
        return gpd.GeoDataFrame.from_features(features, crs=page.crs).to_crs(CRS)
    except Exception as error:  # whatever the libraries below it raise for odd features
        raise GeodataError(f"{name}: features that cannot be read ({_why(error)})") from error


def _readable(feature: dict[str, Any]) -> dict[str, Any]:
    geometry, properties = feature.get("geometry"), feature.get("properties")
    try:
        shape = shapely.geometry.shape(geometry) if geometry else None
    except Exception:  # whatever shapely raises for something that is no geometry
        shape = None
    return {"geometry": shape, "properties": properties if isinstance(properties, dict) else {}}


def _why(error: Exception) -> str:
    return excerpt(f"{type(error).__name__} {error}")


def _read_page(raw: bytes) -> _Page:
    answer = parse_object(raw)
    features = list_at(answer, "features", place="page")
    if not all(isinstance(feature, dict) for feature in features):
        raise BadAnswerError("a page with a feature that is no object")
    if len(features) > PAGE_SIZE:
        raise BadAnswerError(f"{len(features)} features in a page of {PAGE_SIZE}")
    totals = [answer.get(key) for key in ("numberMatched", "totalFeatures")]
    total = next((n for n in totals if type(n) is int and n >= 0), None)
    stated = _EPSG.search(str(answer.get("crs")))
    return _Page(features, total, int(stated["code"]) if stated else CRS)


def _verify(frame: gpd.GeoDataFrame, *, layer: Layer, requested: Collection[str]) -> Outlines:
    """The layer's usable records in EPSG:3006 with lower-case attributes and `area_id`.

    Raises:
        GeodataError: it is not this layer.
    """
    named = _lower_case(frame)
    if layer.code not in named.columns:
        raise GeodataError(
            f"stat:{layer.name} has no attribute {layer.code}; it has "
            + excerpt(", ".join(map(str, named.columns)))
        )
    codes = clean_codes(named[layer.code], level=layer.level, division=layer.division)
    try:
        return check_outlines(
            named.assign(area_id=codes),
            level=layer.level,
            division=layer.division,
            name=f"stat:{layer.name}",
            expected=requested,
        )
    except OutlinesError as error:
        raise GeodataError(str(error)) from error


def _lower_case(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    placed = (frame if frame.crs else frame.set_crs(CRS)).to_crs(CRS)
    attributes = pd.DataFrame(placed.drop(columns=placed.geometry.name))
    return gpd.GeoDataFrame(attributes.rename(columns=str.lower), geometry=placed.geometry.values)


def _of_layer(area_ids: Collection[str], *, layer: Layer) -> frozenset[str]:
    areas = ((code, parse_area_code(code)) for code in area_ids)
    return frozenset(
        code
        for code, area in areas
        if area and (area.level, area.division) == (layer.level, layer.division)
    )


def _keep(
    folder: Path,
    layer: Layer,
    outlines: Outlines,
    *,
    kind: Format,
    url: str,
    codes: frozenset[str],
) -> None:
    """Write the layer's file whole, then its line of the manifest."""
    ids = frozenset(outlines.frame["area_id"])
    plain = outlines.frame.drop(columns="area_id")
    packed = io.BytesIO()
    try:
        plain.sort_values(layer.code, ignore_index=True).to_parquet(packed, index=False)
    except Exception as error:  # whatever the libraries raise for attributes of odd kinds
        raise GeodataError(f"stat:{layer.name} cannot be kept ({_why(error)})") from error
    content = packed.getvalue()
    folder.mkdir(parents=True, exist_ok=True)
    write_atomically(_path(folder, layer.name), content)
    line = StoredLayer(
        name=layer.name,
        url=url,
        format=kind,
        retrieved=utc_now(),
        sha256=hashlib.sha256(content).hexdigest(),
        features=len(plain),
        mended=outlines.mended,
        lacking=tuple(sorted(codes - ids)),
    )
    others = [kept for kept in stored_layers(folder) if kept.name != layer.name]
    lines = [asdict(kept) for kept in (*others, line)]
    write_atomically(folder / _MANIFEST, orjson.dumps(lines, option=orjson.OPT_INDENT_2))


def _path(folder: Path, name: str) -> Path:
    return folder / f"{name}.parquet"


def _is_whole(folder: Path, layer: StoredLayer) -> bool:
    try:
        content = _path(folder, layer.name).read_bytes()
    except FileNotFoundError:
        return False
    return hashlib.sha256(content).hexdigest() == layer.sha256
