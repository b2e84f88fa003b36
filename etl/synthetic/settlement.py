"""Where people live: points in town clusters and in the countryside of each kommun."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

PLACES: Final = ("C", "B", "A")  # centre town, other locality, outside them: SCB's DeSO letters

_MOST_TOWNS: Final = 6
_PEOPLE_PER_TOWN: Final = 9_000
_TOWN_RADIUS: Final = 800.0  # metres, standard deviation of a town of 10,000
_EDGE_OF_TOWN: Final = 1.75  # standard deviations from the centre
_ONE_LOCALITY: Final = 150_000  # in kommuner larger than this the towns have grown together
_BATCH: Final = 4


@dataclass(frozen=True, slots=True)
class Town:
    """A cluster: centre (2,), a 2x2 spread matrix, its share of the kommun's points, its place."""

    centre: NDArray[np.float64]
    spread: NDArray[np.float64]
    weight: float
    place: int


def sample_points(
    outline: Any, *, n: int, population: float, rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.int8]]:
    """Draw n points in the outline and for each its place (index into PLACES)."""
    shapely.prepare(outline)
    towns = _towns(outline, population=population, rng=rng)
    rural = rng.uniform(0.05, 0.15)
    xy = np.empty((0, 2))
    place = np.empty(0, dtype=np.int8)
    while len(xy) < n:
        drawn, kind = _draw(outline, towns, rural=rural, n=_BATCH * n, rng=rng)
        inside = shapely.contains_xy(outline, drawn)
        xy = np.concatenate([xy, drawn[inside]])
        place = np.concatenate([place, kind[inside]])
    return xy[:n], place[:n]


def _draw(
    outline: Any, towns: list[Town], *, rural: float, n: int, rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.int8]]:
    weights = np.array([town.weight for town in towns]) * (1 - rural)
    which = rng.choice(len(towns) + 1, size=n, p=[*weights, rural])
    west, south, east, north = outline.bounds
    xy = rng.uniform((west, south), (east, north), size=(n, 2))
    deviation = rng.standard_normal((n, 2)) * rng.gamma(4.0, 0.25, size=(n, 1)) ** 0.5
    place = np.full(n, PLACES.index("A"), dtype=np.int8)
    for index, town in enumerate(towns):
        own = which == index
        xy[own] = town.centre + deviation[own] @ town.spread
        near = own & (np.hypot(*deviation.T) < _EDGE_OF_TOWN)
        place[near] = town.place
    return xy, place


def _towns(outline: Any, *, population: float, rng: np.random.Generator) -> list[Town]:
    n = int(np.clip(1 + round(np.log2(population / _PEOPLE_PER_TOWN + 1)), 1, _MOST_TOWNS))
    grown_together = population > _ONE_LOCALITY
    steepness = rng.uniform(0.8, 1.2) if grown_together else rng.uniform(1.5, 2.4)
    weight = 1.0 / np.arange(1, n + 1) ** steepness
    weight /= weight.sum()
    centres = _centres(outline, n=n, rng=rng)
    return [
        Town(
            centre=centres[i],
            spread=_spread(weight[i] * population, rng=rng),
            weight=float(weight[i]),
            place=PLACES.index("C" if i == 0 or grown_together else "B"),
        )
        for i in range(n)
    ]


def _spread(population: float, *, rng: np.random.Generator) -> NDArray[np.float64]:
    radius = _TOWN_RADIUS * np.sqrt(population / 10_000)
    angle, stretch = rng.uniform(0, np.pi), rng.uniform(1.0, 1.6)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return np.asarray(np.diag([radius * stretch, radius / stretch]) @ turn)


def _centres(outline: Any, *, n: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """The main town well inside the kommun; each further one far from those already placed."""
    candidates = _inside(outline, n=40, rng=rng)
    depth = shapely.distance(shapely.points(candidates), shapely.boundary(outline))
    chosen = [int(np.argmax(depth * rng.uniform(0.6, 1.0, len(candidates))))]
    while len(chosen) < n:
        gap = np.linalg.norm(candidates[:, None] - candidates[chosen], axis=2).min(axis=1)
        chosen.append(int(np.argmax(gap * rng.uniform(0.3, 1.0, len(candidates)))))
    return candidates[chosen]


def _inside(outline: Any, *, n: int, rng: np.random.Generator) -> NDArray[np.float64]:
    west, south, east, north = outline.bounds
    xy = np.empty((0, 2))
    while len(xy) < n:
        drawn = rng.uniform((west, south), (east, north), size=(8 * n, 2))
        xy = np.concatenate([xy, drawn[shapely.contains_xy(outline, drawn)]])
    return xy[:n]
