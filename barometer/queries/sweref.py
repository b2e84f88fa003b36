"""From SWEREF 99 TM (EPSG:3006) to degrees: Gauss-Krüger's inverse on GRS 80.

Lantmäteriet, "Gauss conformal projection (transverse Mercator)"; good to a millimetre in Sweden.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Degrees = NDArray[np.float64]

_AXIS: Final = 6378137.0
_FLATTENING: Final = 1 / 298.257222101
_CENTRAL_MERIDIAN: Final = 15.0
_SCALE: Final = 0.9996
_FALSE_EASTING: Final = 500_000.0


def to_degrees(east: Sequence[float], north: Sequence[float]) -> tuple[Degrees, Degrees]:
    """Longitudes and latitudes (WGS 84) of points in metres."""
    e2 = _FLATTENING * (2 - _FLATTENING)
    n = _FLATTENING / (2 - _FLATTENING)
    radius = _AXIS / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    delta = (
        n / 2 - 2 * n**2 / 3 + 37 * n**3 / 96 - n**4 / 360,
        n**2 / 48 + n**3 / 15 - 437 * n**4 / 1440,
        17 * n**3 / 480 - 37 * n**4 / 840,
        4397 * n**4 / 161280,
    )
    xi0 = np.asarray(north, np.float64) / (_SCALE * radius)
    eta0 = (np.asarray(east, np.float64) - _FALSE_EASTING) / (_SCALE * radius)
    xi, eta = xi0.copy(), eta0.copy()
    for order, factor in enumerate(delta, start=1):
        xi -= factor * np.sin(2 * order * xi0) * np.cosh(2 * order * eta0)
        eta -= factor * np.cos(2 * order * xi0) * np.sinh(2 * order * eta0)
    conformal = np.arcsin(np.sin(xi) / np.cosh(eta))
    longitude = np.degrees(np.arctan2(np.sinh(eta), np.cos(xi))) + _CENTRAL_MERIDIAN
    sine = np.sin(conformal)
    series = (
        e2 + e2**2 + e2**3 + e2**4,
        -(7 * e2**2 + 17 * e2**3 + 30 * e2**4) / 6,
        (224 * e2**3 + 889 * e2**4) / 120,
        -(4279 * e2**4) / 1260,
    )
    bracket = sum(factor * sine ** (2 * k) for k, factor in enumerate(series))
    latitude = np.degrees(conformal + sine * np.cos(conformal) * bracket)
    return longitude, latitude
