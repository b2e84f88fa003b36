"""The outline of areas together: their union, its middle and its box."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import shapely

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
    whole = shapely.union_all(parts, grid_size=0.1)
    if shapely.get_num_geometries(whole) > 1:
        whole = whole.buffer(_SLIVER, join_style="mitre").buffer(-_SLIVER, join_style="mitre")
    point = whole.representative_point()
    return Outline(shapely.to_wkb(whole), float(point.x), float(point.y))
