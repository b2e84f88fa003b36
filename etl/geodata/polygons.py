"""Surfaces, put together and simplified so that neighbours go on meeting, and without failing.

The fast ways want a coverage, areas that meet and never overlap. Outlines from elsewhere may be
valid one by one and still be none: those are joined the slow way, and drawn as they are.
"""

import numpy as np
import shapely
from numpy.typing import NDArray

Shapes = NDArray[np.object_]


def polygonal(shape: shapely.Geometry) -> shapely.Geometry:
    """The shape's polygons; a shape that crosses itself is mended first."""
    valid = shape if shapely.is_valid(shape) else shapely.make_valid(shape)
    parts = np.atleast_1d(shapely.get_parts(valid))
    while (shapely.get_type_id(parts) > 3).any():  # collections in collections
        parts = shapely.get_parts(parts)
    polygons = parts[shapely.get_dimensions(parts) == 2]
    if len(polygons) == 1:
        return polygons[0]
    together = shapely.multipolygons(polygons)
    return together if shapely.is_valid(together) else shapely.union_all(polygons)


def mended(shapes: Shapes) -> Shapes:
    """The same shapes, valid each by itself."""
    crossed = ~shapely.is_valid(shapes)
    if not crossed.any():
        return shapes
    whole = shapes.copy()
    whole[crossed] = [polygonal(shape) for shape in shapes[crossed]]
    return whole


def union(shapes: Shapes) -> shapely.Geometry:
    """One surface of many that meet; also of some that overlap."""
    try:
        joined = shapely.coverage_union_all(shapes)
    except shapely.GEOSException:
        joined = None
    if joined is None or not shapely.is_valid(joined):  # no coverage
        joined = shapely.union_all(mended(shapes))
    return polygonal(joined)


def simplified(shapes: Shapes, tolerance: float, *, boundary: bool = True) -> Shapes:
    """A coverage with fewer vertices, its outer boundary too if so; what is none stays as it is.

    `tolerance` is in metres: the side of the triangle that a removed vertex may span.
    """
    try:
        coarser: Shapes = shapely.coverage_simplify(shapes, tolerance, simplify_boundary=boundary)
    except shapely.GEOSException:
        return shapes
    return coarser
