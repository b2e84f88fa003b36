"""The areas around a place that have a position on the map, and how near those are that have none.

An area without a boundary lies somewhere in its kommun, so no nearer than that. What is measured of
neighbourhoods that end before it is what it would be if its position were known.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from barometer.divisions import OWN, RIKET
from barometer.indices.neighbourhoods import environment_radii
from barometer.queries.maps import boundaries
from barometer.queries.measures import Units, units
from barometer.queries.own_parts import members
from barometer.selection import Measurement
from barometer.store import Cursor

FloatArray = NDArray[np.float64]
LITTLE = 0.001  # of an environment: what areas without a position may weigh in it at most


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The areas of a level that have a position, in the country and in a place.

    `counts` is areas x groups and `points` x and y in metres; `inside` says which areas lie in the
    place. `away` is metres from each of those to each kommun where an area has no position (0 in
    it), and `unplaced` the residents there without one.
    """

    counts: FloatArray
    points: FloatArray
    inside: NDArray[np.bool_]
    away: FloatArray
    unplaced: FloatArray

    def known_sizes(self, residents: tuple[int, ...]) -> list[int]:
        """The sizes of neighbourhoods that end before the nearest area without a position."""
        if not self.unplaced.size:
            return [*residents]
        clear = self.away.min(axis=1)
        radii = environment_radii(
            self.counts.T, self.points, residents=residents, rows=np.flatnonzero(self.inside)
        )
        known = (radii < clear).all(axis=1)
        return [size for size, inner in zip(residents, known, strict=True) if inner]

    def known_distances(self, metres: tuple[float, ...]) -> list[float]:
        """The reaches at which areas without a position weigh less than LITTLE in each environment.

        Neighbours at distance d weigh exp(-d / reach).
        """
        here = self.points[self.inside]
        apart = np.sqrt(np.square(here[:, None, :] - self.points).sum(axis=-1))
        residents = self.counts.sum(axis=1)
        return [
            reach
            for reach in metres
            if (
                np.exp(-self.away / reach) @ self.unplaced
                < LITTLE * (np.exp(-apart / reach) @ residents)
            ).all()
        ]


def surroundings(cursor: Cursor, measurement: Measurement) -> Surroundings | None:
    """The areas of the measurement's level; None where one in the place has no position."""
    every = units(cursor, measurement, area=RIKET)
    points = every.frame[["x", "y"]].to_numpy(np.float64)
    placed = ~np.isnan(points).any(axis=1)
    inside = inside_of(cursor, every, measurement)
    if not inside.any() or not placed[inside].all():
        return None
    lost = pd.Series(every.counts.sum(axis=1)[~placed]).groupby(
        every.frame["kommun_id"].to_numpy()[~placed]
    )
    residents = lost.sum()
    outlines = shapely.from_wkb(boundaries(cursor, residents.index.tolist()))
    here = shapely.points(points[inside])
    return Surroundings(
        counts=every.counts[placed],
        points=points[placed],
        inside=inside[placed],
        away=shapely.distance(here[:, None], outlines[None, :]),
        unplaced=residents.to_numpy(np.float64),
    )


def inside_of(cursor: Cursor, every: Units, measurement: Measurement) -> NDArray[np.bool_]:
    """Whether each area lies in the place."""
    frame = every.frame
    if measurement.level == OWN:
        own = members(cursor, measurement.area).area_ids
        return frame["area_id"].isin(own).to_numpy(bool)
    column = {"lan": "lan_id", "kommun": "kommun_id"}.get(measurement.level)
    if column is None:
        return np.ones(len(frame), dtype=bool)
    return (frame[column] == measurement.area).to_numpy(bool)
