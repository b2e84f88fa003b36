"""GeoJSON and GeoPackage: the rows with the areas' boundaries."""

import re
import tempfile
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

import orjson

from barometer.catalogue import Text
from barometer.export.book import pieces
from barometer.export.sheet import Format, Sheet, description_text, records, whole_frame

_HEADING: Final = Text("Gränser", "Boundaries")
_SOURCE: Final = Text(
    "SCB:s öppna geodata, förenklade. Licens CC0.",
    "Open geodata of Statistics Sweden (SCB), simplified. Licence CC0.",
)
_MADE_UP: Final = Text("Påhittade.", "Made up.")
_SHAPES_AT_A_TIME: Final = 200  # so that whoever has left is noticed soon


def write_geojson(sheet: Sheet) -> Iterator[bytes]:
    """RFC 7946: degrees, exterior rings counter-clockwise; without a boundary geometry is null."""
    every = _boundaries(sheet)
    about = {**sheet.description, "boundaries": _about(sheet, every)}
    yield orjson.dumps({"type": "FeatureCollection", "description": about})[:-1]
    between, shapes = b',"features":[', _in_degrees(every)
    for rows in _together(records(sheet)):
        features = (_feature(row, next(shapes)) for row in rows)
        yield between + b",".join(features)
        between = b","
    yield b"]}" if between == b"," else between + b"]}"


def write_geopackage(sheet: Sheet) -> Iterator[bytes]:
    """One layer in SWEREF 99 TM; every area, also those without a boundary.

    Title and description of the layer stand where GIS programs show them, all metadata as JSON in
    gpkg_metadata.
    """
    import geopandas as gpd
    import shapely

    every = _boundaries(sheet)
    about = [*sheet.about, (_HEADING[sheet.language], _about(sheet, every))]
    shapes = shapely.force_2d(shapely.from_wkb(every))
    layer = gpd.GeoDataFrame(whole_frame(sheet), geometry=gpd.GeoSeries(shapes, crs=3006))
    with tempfile.TemporaryDirectory(prefix="barometer-") as folder:
        path = Path(folder) / "map.gpkg"
        layer.to_file(
            path,
            driver="GPKG",
            layer=re.sub("[^A-Za-z0-9_]", "_", sheet.stem),
            engine="pyogrio",
            use_arrow=True,
            layer_metadata={"barometer": description_text(sheet)},
            layer_options={
                "IDENTIFIER": str(sheet.description["title"]),
                "DESCRIPTION": "\n".join(f"{heading}: {text}" for heading, text in about),
            },
        )
        with path.open("rb") as finished:
            yield from pieces(finished)


def _feature(row: dict[Any, Any], shape: bytes) -> bytes:
    feature = {"type": "Feature", "properties": row}
    if isinstance(row.get("area_id"), str):
        feature["id"] = row["area_id"]
    return orjson.dumps(feature)[:-1] + b',"geometry":' + shape + b"}"


def _together(parts: Iterator[list[dict[Any, Any]]]) -> Iterator[tuple[dict[Any, Any], ...]]:
    """The rows, as many at a time as shapes."""
    rows = chain.from_iterable(parts)
    while some := tuple(islice(rows, _SHAPES_AT_A_TIME)):
        yield some


def _in_degrees(every: list[bytes | None]) -> Iterator[bytes]:
    """The boundaries as GeoJSON, six decimals: a tenth of a metre."""
    import geopandas as gpd
    import shapely

    for start in range(0, len(every), _SHAPES_AT_A_TIME):
        some = every[start : start + _SHAPES_AT_A_TIME]
        shapes = gpd.GeoSeries.from_wkb(some, crs=3006).to_crs(4326)
        rounded = shapely.set_precision(shapely.force_2d(shapes.array), 1e-6)
        for text in shapely.to_geojson(shapely.orient_polygons(rounded, exterior_cw=False)):
            yield text.encode() if text else b"null"


def _about(sheet: Sheet, every: list[bytes | None]) -> str:
    """Whose the boundaries are, and how many areas have none."""
    source = (_MADE_UP if sheet.description.get("synthetic") else _SOURCE)[sheet.language]
    n, total = every.count(None), len(every)
    lacking = Text(
        f" {n} av {total} områden saknar gräns i dataversionen.",
        f" {n} of {total} areas {'has' if n == 1 else 'have'} no boundary in the data version.",
    )
    return source + (lacking[sheet.language] if n else "")


def _boundaries(sheet: Sheet) -> list[bytes | None]:
    if sheet.boundaries is None:
        raise ValueError(f"{sheet.stem} has no boundaries: only the rows of a map have")
    return list(sheet.boundaries())


FORMATS: Final = (
    Format(
        "geojson",
        Text("GeoJSON", "GeoJSON"),
        "geojson",
        "application/geo+json",
        write_geojson,
        geometry=True,
    ),
    Format(
        "gpkg",
        Text("GeoPackage", "GeoPackage"),
        "gpkg",
        "application/geopackage+sqlite3",
        write_geopackage,
        geometry=True,
    ),
)
