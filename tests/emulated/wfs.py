"""SCB's geodata service as a client sees it: GetFeature over the DeSO and RegSO layers.

Codes are plain, as in SCB's layers: the suffix that SCB's tables put on codes of 2025 is cut off.
"""

import re
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import flask
import geopandas as gpd
import orjson
import pandas as pd
import shapely
from shapely import box

WFS = "/geoserver/stat/wfs"
JSON = ("application/json", "json")
GEOPACKAGE = ("geopackage", "gpkg", "application/geopackage+sqlite3")
NATIVE = 3006
Boundaries = Callable[[], gpd.GeoDataFrame]


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of the service: what it is called there and which areas it holds."""

    level: str
    division: str
    code: str
    version: str
    reference_date: str


LAYERS = {
    "DeSO_2018": Layer("deso", "2018", "desokod", "2018_v3", "2018-01-01"),
    "DeSO_2025": Layer("deso", "2025", "desokod", "2025_v2", "2025-01-01"),
    "RegSO_2020": Layer("regso", "2018", "regsokod", "2020_v3", "2020-01-01"),
    "RegSO_2025": Layer("regso", "2025", "regsokod", "2025_v2", "2025-01-01"),
}


TOWNS = "Tatorter_2023"
SQUARES = "befolkning_1km_2025"


class ServiceError(Exception):
    """The service answers with an exception report."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def route_wfs(app: flask.Flask, boundaries: Boundaries) -> None:
    """Add the service to an app.

    `boundaries` is called at the first request; it gives a frame in EPSG:3006 with the columns
    area_id, level, division, name, parent_id and geometry.
    """
    held: list[gpd.GeoDataFrame] = []

    def answer() -> flask.Response:
        arguments = {key.casefold(): value for key, value in flask.request.args.items()}
        if not held:
            held.append(boundaries())
        try:
            return _get_feature(arguments, held[0])
        except ServiceError as error:
            return _report(error, version=arguments.get("version", ""))

    app.add_url_rule(WFS, WFS, answer, methods=["GET"], strict_slashes=False)


def layer_frame(boundaries: gpd.GeoDataFrame, name: str) -> gpd.GeoDataFrame:
    """A layer's features with the attributes of SCB's service, in the order of their codes."""
    layer = LAYERS[name]
    chosen = (boundaries["level"] == layer.level) & (boundaries["division"] == layer.division)
    areas = boundaries.loc[chosen].sort_values("area_id", ignore_index=True)
    codes = _plain(areas["area_id"])
    regso = codes if layer.level == "regso" else _plain(areas["parent_id"])
    numbers = pd.Series(range(1, len(areas) + 1), dtype="int64")
    names = {"regsonamn": areas["name"]} if layer.level == "regso" else {}
    deso = {"desokod": codes} if layer.level == "deso" else {}
    columns = {
        "objectid": numbers,
        "objektidentitet": layer.code + "." + codes,
        "objekttyp": name.split("_")[0],
        **deso,
        "regsokod": regso,
        **names,
        "lanskod": codes.str[:2],
        "kommunkod": codes.str[:4],
        "version": layer.version,
        "ansvarig_organisation": "SCB",
        "referensdatum": layer.reference_date,
        "sp_geometry": areas.geometry,
    }
    return gpd.GeoDataFrame(columns, geometry="sp_geometry", crs=areas.crs)


def town_frame(boundaries: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """A locality in each kommun, where its first RegSO of 2025 lies."""
    chosen = (boundaries["level"] == "regso") & (boundaries["division"] == "2025")
    areas = boundaries.loc[chosen].sort_values("area_id")
    areas = (
        areas.assign(kommun=areas["area_id"].str[:4])
        .drop_duplicates("kommun")
        .reset_index(drop=True)
    )
    columns = {
        "tatortskod": areas["kommun"] + "TC101",
        "tatort": "Tätort " + areas["kommun"],
        "kommun": areas["kommun"],
        "lan": areas["kommun"].str[:2],
        "bef": 1_000 + areas.index,
        "sp_geometry": areas.geometry,
    }
    return gpd.GeoDataFrame(columns, geometry="sp_geometry", crs=areas.crs)


def square_frame(boundaries: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Squares of 1 km over every area; all people live in the western half of the surface."""
    west, south, east, north = boundaries.total_bounds // 1_000
    corners = [
        (x, y) for x in range(int(west), int(east) + 1) for y in range(int(south), int(north) + 1)
    ]
    columns = {
        "rutid_scb": [f"{x:03d}000{y:04d}000" for x, y in corners],
        "beftotalt": [100 if 2 * x < west + east else 0 for x, _ in corners],
        "sp_geometry": [
            box(1_000 * x, 1_000 * y, 1_000 * (x + 1), 1_000 * (y + 1)) for x, y in corners
        ],
    }
    return gpd.GeoDataFrame(columns, geometry="sp_geometry", crs=boundaries.crs)


def _plain(codes: "pd.Series[str]") -> "pd.Series[str]":
    return codes.str.replace(r"_(DeSO|RegSO)2025$", "", regex=True)


def _get_feature(arguments: Mapping[str, str], boundaries: gpd.GeoDataFrame) -> flask.Response:
    if arguments.get("request", "").casefold() != "getfeature":
        raise ServiceError("OperationNotSupported", "only GetFeature is served")
    names = arguments.get("typenames") or arguments.get("typename", "")
    name = names.removeprefix("stat:")
    if name not in (*LAYERS, TOWNS, SQUARES):
        raise ServiceError("InvalidParameterValue", f"Feature type {names} unknown")
    made = {TOWNS: town_frame, SQUARES: square_frame}
    layer = made[name](boundaries) if name in made else layer_frame(boundaries, name)
    found = _filtered(layer, arguments.get("cql_filter", ""))
    page = _page(_sorted(found, arguments.get("sortby", "")), arguments)
    if arguments.get("resulttype", "").casefold() == "hits":
        return _hits(len(found))
    output = arguments.get("outputformat", "gml3").casefold()
    page = page.to_crs(_srs(arguments.get("srsname", "")))
    if output in JSON:
        return _geojson(name, page, matched=len(found))
    if output in GEOPACKAGE:
        return _geopackage(name, page)
    raise ServiceError("InvalidParameterValue", f"Failed to find response for format {output}")


def _filtered(frame: gpd.GeoDataFrame, cql: str) -> gpd.GeoDataFrame:
    """`attribute='value'` and `attribute IN ('a','b')`, the filters that clients of SCB send."""
    if not cql:
        return frame
    match = re.fullmatch(r"\s*(\w+)\s*(?:=\s*('[^']*')|IN\s*\(([^)]*)\))\s*", cql, re.IGNORECASE)
    if match is None:
        raise ServiceError("NoApplicableCode", f"Could not parse CQL filter list: {cql}")
    attribute = match[1]
    if attribute not in frame.columns:
        raise ServiceError("InvalidParameterValue", f"Illegal property name: {attribute}")
    return frame[frame[attribute].isin(re.findall(r"'([^']*)'", match[2] or match[3]))]


def _sorted(frame: gpd.GeoDataFrame, by: str) -> gpd.GeoDataFrame:
    if not by:
        return frame
    attribute, _, order = by.replace("+", " ").partition(" ")
    if attribute not in frame.columns:
        raise ServiceError("InvalidParameterValue", f"Illegal property name: {attribute}")
    return frame.sort_values(attribute, ascending=order.strip().casefold() not in ("d", "desc"))


def _page(frame: gpd.GeoDataFrame, arguments: Mapping[str, str]) -> gpd.GeoDataFrame:
    start = _whole(arguments, "startindex", default=0)
    name = "count" if "count" in arguments else "maxfeatures"
    return frame.iloc[start : start + _whole(arguments, name, default=len(frame))]


def _whole(arguments: Mapping[str, str], name: str, *, default: int) -> int:
    text = arguments.get(name) or str(default)
    if not text.isdecimal():
        raise ServiceError("InvalidParameterValue", f"{name} is {text}, not a whole number")
    return int(text)


def _srs(name: str) -> int:
    digits = re.search(r"(\d+)$", name)
    return int(digits[1]) if digits else NATIVE


def _geojson(name: str, page: gpd.GeoDataFrame, *, matched: int) -> flask.Response:
    epsg = page.crs.to_epsg()
    attributes = page.drop(columns="sp_geometry").to_dict("records")
    geometries = shapely.to_geojson(page.geometry.to_numpy())
    answer = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": f"{name}.{number}",
                "geometry": orjson.Fragment(geometry),
                "geometry_name": "sp_geometry",
                "properties": properties,
            }
            for number, (properties, geometry) in enumerate(
                zip(attributes, geometries, strict=True)
            )
        ],
        "totalFeatures": matched,
        "numberMatched": matched,
        "numberReturned": len(page),
        "timeStamp": _now(),
        "crs": {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{epsg}"}},
    }
    return flask.Response(orjson.dumps(answer), content_type="application/json;charset=UTF-8")


def _geopackage(name: str, page: gpd.GeoDataFrame) -> flask.Response:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.gpkg"
        page.to_file(path, driver="GPKG", layer=name)
        body = path.read_bytes()
    headers = {"Content-Disposition": f"attachment; filename={name}.gpkg"}
    return flask.Response(body, headers=headers, content_type=GEOPACKAGE[-1])


def _hits(matched: int) -> flask.Response:
    body = (
        '<?xml version="1.0" encoding="UTF-8"?><wfs:FeatureCollection '
        'xmlns:wfs="http://www.opengis.net/wfs" '
        f'numberOfFeatures="{matched}" timeStamp="{_now()}"/>'
    )
    return flask.Response(body, content_type="text/xml; subtype=gml/3.1.1")


def _report(error: ServiceError, *, version: str) -> flask.Response:
    """GeoServer reports errors as XML; before WFS 2.0.0 with HTTP 200."""
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows" version="1.0.0">'
        f'<ows:Exception exceptionCode="{error.code}">'
        f"<ows:ExceptionText>{escape(str(error))}</ows:ExceptionText>"
        "</ows:Exception></ows:ExceptionReport>"
    )
    status = 400 if version.startswith("2") else 200
    return flask.Response(body, status=status, content_type="application/xml")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
