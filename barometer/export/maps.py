"""GeoJSON and GeoPackage: the rows with the areas' boundaries."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import orjson

from barometer.export.book import pieces
from barometer.export.sheet import Sheet, records


def write_geojson(sheet: Sheet) -> Iterator[bytes]:
    """RFC 7946 (degrees); an area without a boundary has geometry null."""
    yield orjson.dumps({"type": "FeatureCollection", "description": sheet.description})[:-1]
    shapes = iter(_in_degrees(sheet))
    between = b',"features":['
    for rows in records(sheet):
        features = (
            orjson.dumps({"type": "Feature", "properties": row})[:-1]
            + b',"geometry":'
            + next(shapes)
            + b"}"
            for row in rows
        )
        yield between + b",".join(features)
        between = b","
    yield b"]}" if between == b"," else between + b"]}"


def write_geopackage(sheet: Sheet) -> Iterator[bytes]:
    """One layer in SWEREF 99 TM; every area, also those without a boundary."""
    import geopandas as gpd

    layer = gpd.GeoDataFrame(
        sheet.frame,
        geometry=gpd.GeoSeries.from_wkb(_boundaries(sheet), crs=3006),
    )
    with tempfile.TemporaryDirectory(prefix="barometer-") as folder:
        path = Path(folder) / "map.gpkg"
        layer.to_file(path, driver="GPKG", layer=sheet.stem)
        with path.open("rb") as finished:
            yield from pieces(finished)


def _in_degrees(sheet: Sheet) -> Iterator[bytes]:
    """The boundaries as GeoJSON, six decimals: a tenth of a metre."""
    import geopandas as gpd
    import shapely

    shapes = gpd.GeoSeries.from_wkb(_boundaries(sheet), crs=3006).to_crs(4326)
    rounded = shapely.set_precision(shapes.array, 1e-6)
    for text in shapely.to_geojson(rounded):
        yield text.encode() if text else b"null"


def _boundaries(sheet: Sheet) -> list[bytes | None]:
    if sheet.boundaries is None:
        raise ValueError(f"{sheet.stem} has no boundaries: only the rows of a map have")
    return list(sheet.boundaries())
