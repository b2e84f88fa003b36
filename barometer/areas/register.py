"""Rows of the area register for own areas: sums, and the union of the outlines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import shapely

from barometer.divisions import OWN, RIKET

_SLIVER: Final = 5.0  # metres that simplified outlines may be apart and still touch


@dataclass(frozen=True, slots=True)
class Outline:
    """A boundary as WKB in SWEREF 99 TM with a point on its surface in the same."""

    geometry: bytes
    x: float
    y: float


def outline(shapes: Iterable[bytes | None]) -> Outline | None:
    """The union of some boundaries; None where one of them is not known."""
    found: Sequence[bytes | None] = list(shapes)
    if not found or any(shape is None for shape in found):
        return None
    parts = shapely.from_wkb([shape for shape in found if shape is not None])
    # The register's outlines share their borders, which is much faster to join.
    whole = shapely.coverage_union_all(parts)
    whole = whole if whole.is_valid else shapely.union_all(parts, grid_size=0.1)
    if shapely.get_num_geometries(whole) > 1:
        whole = whole.buffer(_SLIVER, join_style="mitre").buffer(-_SLIVER, join_style="mitre")
    point = whole.representative_point()
    return Outline(shapely.to_wkb(whole), float(point.x), float(point.y))


# What an own area's row is made of; `chosen` has own_id and area_id, the areas that were chosen.
PARTS_SQL: Final = """
SELECT c.own_id, a.kommun_id, a.lan_id, a.population, a.land_area_km2,
    a.west, a.south, a.east, a.north, a.geometry
FROM chosen AS c JOIN areas AS a ON a.area_id = c.area_id
ORDER BY c.own_id, c.area_id
"""
FIRST_YEAR_SQL: Final = "SELECT min(valid_from) FROM areas"


def area_row(own_id: str, label: str, parts: pd.DataFrame, *, since: int) -> dict[str, Any]:
    """A row of `areas`: sums, union and box of the parts, and what they all lie in."""
    lan, kommun = (_only(parts[column]) for column in ("lan_id", "kommun_id"))
    blobs = parts["geometry"].tolist()
    shape = outline(bytes(b) if isinstance(b, bytes | bytearray) else None for b in blobs)
    people = parts["population"]
    return {
        "area_id": own_id,
        "division": "admin",
        "level": OWN,
        "name": label,
        "label": label,
        "parent_id": kommun or lan or RIKET,
        "kommun_id": kommun,
        "lan_id": lan,
        "valid_from": since,
        "valid_to": None,
        "population": None if people.isna().any() else int(people.sum()),
        "land_area_km2": parts["land_area_km2"].sum(min_count=len(parts)) or None,
        "centroid_x": shape.x if shape else None,
        "centroid_y": shape.y if shape else None,
        **{side: parts[side].min(skipna=False) for side in ("west", "south")},
        **{side: parts[side].max(skipna=False) for side in ("east", "north")},
        "geometry": shape.geometry if shape else None,
    }


def _only(column: "pd.Series[Any]") -> str | None:
    """What all parts lie in, if it is one."""
    found = column.dropna().unique()
    return str(found[0]) if len(found) == 1 and column.notna().all() else None
