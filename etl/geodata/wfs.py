"""SCB's geodata service (WFS): a whole layer in one answer, or page by page.

What a layer must hold is its caller's to say.
"""

import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeVar
from urllib.parse import urlencode

import geopandas as gpd
import httpx
import pandas as pd
import shapely

from etl.errors import RequestRefusedError, SourceUnavailableError
from etl.geodata.outlines import CRS
from etl.network.answers import BadAnswerError, list_at, parse_object
from etl.network.calls import Call, Caller, require_address
from etl.network.pace import Pace
from etl.text import excerpt

SCB_GEODATA: Final = "https://geodata.scb.se/geoserver/stat/wfs"
PAGE_SIZE: Final = 500
# GeoServer makes a whole layer before its first byte: one report has 90 s for 500 features.
_TIMEOUTS: Final = httpx.Timeout(connect=10, read=180, write=30, pool=180)
_HEAD_SECONDS: Final = 200.0
_HEADERS: Final = {"Accept-Encoding": "gzip"}
_SQLITE: Final = b"SQLite format 3\x00"
_EPSG: Final = re.compile(r"EPSG:+(?P<code>\d{4,6})\b")  # of a page's member crs
# SCB's largest layer has 42 MB as GeoPackage; a page of JSON has some 5.
_MOST_BYTES: Final = 150_000_000
_MOST_FEATURES: Final = 50_000

Format = Literal["geopackage", "json"]
_T = TypeVar("_T")


class GeodataError(SourceUnavailableError):
    """A layer could not be had or cannot be used: run again, or go on without it."""


class NoAnswerError(GeodataError):
    """The service answered neither way: it is down, and the other layers need not be tried."""


@contextmanager
def open_service(
    url: str,
    *,
    transport: httpx.BaseTransport | None = None,
    attempts: int = 4,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator["Service"]:
    """The service at an address, each call of which is tried so often."""
    with httpx.Client(transport=transport, timeout=_TIMEOUTS, headers=_HEADERS) as http:
        pace = Pace(calls=0, window_seconds=1, clock=clock, sleep=sleep)
        yield Service(Caller(http, pace, attempts, clock, sleep), require_address(url))


@dataclass(frozen=True, slots=True)
class Service:
    """The service at an address."""

    caller: Caller
    url: str

    def fetch(
        self, name: str, *, code: str, check: Callable[[gpd.GeoDataFrame], _T]
    ) -> tuple[_T, Format]:
        """A layer as GeoPackage, or page by page as JSON when that cannot be had.

        `code` is the attribute that tells its records apart. `check` gets the layer in EPSG:3006
        with attributes in lower case, gives what is made of it, and raises GeodataError when it is
        not the layer that was asked for.
        """
        try:
            return self._checked(self._geopackage(name), name, code, check), "geopackage"
        except (SourceUnavailableError, RequestRefusedError) as whole:
            try:
                return self._checked(self._pages(name, code), name, code, check), "json"
            except (SourceUnavailableError, RequestRefusedError) as error:
                kind = GeodataError if isinstance(error, GeodataError) else NoAnswerError
                raise kind(
                    f"{name} cannot be had from {self.url}, neither whole ({whole}) nor "
                    f"in pages ({error})"
                ) from error

    @staticmethod
    def _checked(
        layer: gpd.GeoDataFrame, name: str, code: str, check: Callable[[gpd.GeoDataFrame], _T]
    ) -> _T:
        named = _lower_case(layer)
        if code not in named.columns:
            raise GeodataError(
                f"{name} has no attribute {code}; it has "
                + excerpt(", ".join(map(str, named.columns)))
            )
        return check(named)

    def _geopackage(self, name: str) -> gpd.GeoDataFrame:
        options = {
            "version": "1.1.0",
            "typeName": name,
            "outputFormat": "geopackage",
            "srsName": f"EPSG:{CRS}",
        }
        return _read_geopackage(self._get(name, options, check=_check_geopackage))

    def _pages(self, name: str, code: str) -> gpd.GeoDataFrame:
        pages = list(self._answers(name, code))
        if not pages:
            raise GeodataError(f"{name} has no features")
        frames = [_from_page(page, name=name) for page in pages]
        return gpd.GeoDataFrame(pd.concat(frames, ignore_index=True))

    def _answers(self, name: str, code: str) -> Iterator["_Page"]:
        """Pages of every feature, sorted by code so that they neither overlap nor leave gaps.

        A service need not say how many there are, and may send fewer in a page than asked for.
        """
        start, total, first = 0, None, None
        while start < (_MOST_FEATURES if total is None else total):
            page = _read_page(self._get(name, _page_options(name, code, start), check=_read_page))
            if not page.features:
                break
            if start and page.features[0] == first:
                raise GeodataError(f"{name} sends its first page again from {start} on")
            yield page
            first = page.features[0] if first is None else first
            start += len(page.features)
            total = page.total
            if total is None and len(page.features) < PAGE_SIZE:
                break
        if total is not None and start != total:
            raise GeodataError(f"{name} has {total} features and sent {start}")

    def _get(
        self, name: str, options: dict[str, str], *, check: Callable[[bytes], object]
    ) -> bytes:
        asked = {"service": "WFS", "REQUEST": "GetFeature", **options}
        subject = f"{name} as {options['outputFormat']}"
        call = Call(subject, check, max_bytes=_MOST_BYTES, head_seconds=_HEAD_SECONDS)
        return self.caller.get(f"{self.url}?{urlencode(asked)}", call).raw


def _page_options(name: str, code: str, start: int) -> dict[str, str]:
    return {
        "version": "2.0.0",
        "typeNames": name,
        "outputFormat": "application/json",
        "sortBy": code,
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
            raise GeodataError(f"a GeoPackage that cannot be read ({why(error)})") from error
    if not isinstance(frame, gpd.GeoDataFrame):
        raise GeodataError("a GeoPackage without a column of outlines")
    return frame


def _from_page(page: _Page, *, name: str) -> gpd.GeoDataFrame:
    """Features as a frame in EPSG:3006; an outline that is no geometry is none."""
    try:
        features = [_readable(each) for each in page.features]
        return gpd.GeoDataFrame.from_features(features, crs=page.crs).to_crs(CRS)
    except Exception as error:  # whatever the libraries below it raise for odd features
        raise GeodataError(f"{name}: features that cannot be read ({why(error)})") from error


def _readable(feature: dict[str, Any]) -> dict[str, Any]:
    geometry, properties = feature.get("geometry"), feature.get("properties")
    try:
        shape = shapely.geometry.shape(geometry) if geometry else None
    except Exception:  # whatever shapely raises for something that is no geometry
        shape = None
    return {"geometry": shape, "properties": properties if isinstance(properties, dict) else {}}


def why(error: Exception) -> str:
    """What a library raised, in a few words."""
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


def _lower_case(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    placed = (frame if frame.crs else frame.set_crs(CRS)).to_crs(CRS)
    attributes = pd.DataFrame(placed.drop(columns=placed.geometry.name))
    return gpd.GeoDataFrame(attributes.rename(columns=str.lower), geometry=placed.geometry.values)
