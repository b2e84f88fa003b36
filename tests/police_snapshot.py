"""The tiny snapshot with two of the police's areas, where its map draws Uppsala."""

from pathlib import Path

import duckdb
import numpy as np
import pyproj
import shapely

from tests.snapshots import publish_snapshot

NAMES = ("Norra backen", "Södra backen")


def publish_with_police(published_dir: Path) -> Path:
    """Publish the snapshot and give its path back."""
    path = publish_snapshot(published_dir)
    path.chmod(0o644)
    to_metres = pyproj.Transformer.from_crs(4326, 3006, always_xy=True).transform
    with duckdb.connect(str(path)) as connection:
        ((west, south, east, north),) = connection.execute(
            "SELECT west, south, east, north FROM areas WHERE area_id = '0380'"
        ).fetchall()
        middle, high = (south + north) / 2, (north - south) / 4
        for n, name in enumerate(NAMES):
            box = shapely.box(west, middle + (n - 1) * high, east, middle + n * high)
            shape = shapely.transform(
                box, lambda at: np.column_stack(to_metres(at[:, 0], at[:, 1]))
            )
            connection.execute(
                "INSERT INTO police_areas VALUES (?, 'Utsatt område', '0380', '2025-12-01', ?)",
                [name, shapely.to_wkb(shape)],
            )
    path.chmod(0o444)
    return path
