"""The areas of the made-up country: from kommuner to sampled points, small areas and atoms.

An *atom* is the largest piece of land that no border of either division cuts. Every area of both
divisions is a set of atoms, so what is counted on atoms adds up the same way in both.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import Voronoi

from etl.synthetic.apportion import apportion
from etl.synthetic.kommuner import Kommuner
from etl.synthetic.names import alphabetical, regso_names
from etl.synthetic.settlement import PLACES, sample_points

N_DESO: Final = 5_984
N_REGSO: Final = 3_363
_REGSO_EXPONENT: Final = 0.76  # large kommuner have larger RegSO
_FAR: Final = 1e7  # metres

Texts = NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Settlement:
    """Sampled points and the 2018 division: aligned arrays over points, then over borders.

    `regso` and `deso` are codes without any suffix. A ridge is the border between the Voronoi cells
    of two points of the same kommun: their indices and the two ends (x1, y1, x2, y2).
    """

    xy: NDArray[np.float64]
    kommun: NDArray[np.intp]
    place: NDArray[np.int8]
    regso: Texts
    deso: Texts
    ridge_points: NDArray[np.intp]
    ridge_ends: NDArray[np.float64]
    regso_names: dict[str, str]


def settle(kommuner: Kommuner, *, everywhere: Kommuner, seed: int) -> Settlement:
    """People and 2018 areas in the kommuner; area numbers are shared out over all kommuner."""
    n_deso, n_regso = _area_numbers(everywhere)
    parts = []
    for index, code in enumerate(kommuner.codes):
        at = everywhere.codes.index(code)
        parts.append(
            _settle_one(
                kommuner, index, n_deso=int(n_deso[at]), n_regso=int(n_regso[at]), seed=seed
            )
        )
    return _joined(parts)


def _area_numbers(kommuner: Kommuner) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    n_deso = apportion(kommuner.population, total=N_DESO, lowest=2)
    weights = kommuner.population**_REGSO_EXPONENT
    return n_deso, apportion(weights, total=N_REGSO, lowest=2, highest=n_deso)


def _settle_one(
    kommuner: Kommuner, index: int, *, n_deso: int, n_regso: int, seed: int
) -> Settlement:
    code = kommuner.codes[index]
    rng = np.random.default_rng([seed, int(code), 1])
    xy, place = sample_points(
        kommuner.outline[index],
        n=POINTS_PER_DESO * n_deso,
        population=float(kommuner.population[index]),
        rng=rng,
    )
    regso, deso = partition_kommun(xy, n_regso=n_regso, n_deso=n_deso, rng=rng)
    names = regso_names(kommuner.names[index], _letters(regso, place, n=n_regso), rng=rng)
    regso_codes = np.empty(n_regso, dtype="<U8")
    regso_codes[alphabetical(names)] = [f"{code}R{number:03d}" for number in range(1, n_regso + 1)]
    ridge_points, ridge_ends = _ridges(xy)
    return Settlement(
        xy=xy,
        kommun=np.full(len(xy), index, dtype=np.intp),
        place=place,
        regso=regso_codes[regso],
        deso=_deso_codes(code, _letters(deso, place, n=n_deso))[deso],
        ridge_points=ridge_points,
        ridge_ends=ridge_ends,
        regso_names=dict(zip(regso_codes.tolist(), names, strict=True)),
    )


def _letters(group: NDArray[np.intp], place: NDArray[np.int8], *, n: int) -> list[str]:
    """The commonest place letter among the points of each group."""
    votes = np.zeros((n, len(PLACES)), dtype=np.int64)
    np.add.at(votes, (group, place), 1)
    return [PLACES[winner] for winner in votes.argmax(axis=1)]


def _deso_codes(kommun: str, letters: Iterable[str]) -> Texts:
    """SCB's form: A0010, A0020 … (countryside), B2010 … (other towns), C1010 … (centre)."""
    following = {"A": 10, "B": 2010, "C": 1010}
    codes = []
    for letter in letters:
        codes.append(f"{kommun}{letter}{following[letter]:04d}")
        following[letter] += 10
    return np.array(codes)


def _ridges(xy: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    centre = xy.mean(axis=0)
    corners = centre + _FAR * np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]])
    diagram = Voronoi(np.concatenate([xy, corners]))
    vertices = np.array(diagram.ridge_vertices)
    keep = (diagram.ridge_points < len(xy)).all(axis=1) & (vertices >= 0).all(axis=1)
    ends = diagram.vertices[vertices[keep]].reshape(-1, 4)
    return np.sort(diagram.ridge_points[keep], axis=1).astype(np.intp), ends


def _joined(parts: list[Settlement]) -> Settlement:
    starts = np.cumsum([0] + [len(part.xy) for part in parts[:-1]])
    moved = [
        replace(part, ridge_points=part.ridge_points + start)
        for part, start in zip(parts, starts, strict=True)
    ]
    names = {code: name for part in parts for code, name in part.regso_names.items()}
    columns = ("xy", "kommun", "place", "regso", "deso", "ridge_points", "ridge_ends")
    joined = {c: np.concatenate([getattr(part, c) for part in moved]) for c in columns}
    return Settlement(**joined, regso_names=names)


POINTS_PER_DESO: Final = 12
_FEWEST_POINTS: Final = 4


def cut(xy: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.intp]:
    """Label every point with one of len(weights) compact groups, sized by the weights."""
    label = np.zeros(len(xy), dtype=np.intp)
    pending = [(np.arange(len(xy)), 0, len(weights))]
    while pending:
        points, first, last = pending.pop()
        if last - first == 1:
            label[points] = first
            continue
        middle = (first + last) // 2
        left, right = _halves(xy, points, weights[first:last], n_left=middle - first)
        pending += [(left, first, middle), (right, middle, last)]
    return label


def _halves(
    xy: NDArray[np.float64], points: NDArray[np.intp], weights: NDArray[np.float64], *, n_left: int
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    own = xy[points]
    order = points[np.argsort(own @ _longest_direction(own), kind="stable")]
    n = round(len(points) * weights[:n_left].sum() / weights.sum())
    fewest, most = n_left * _FEWEST_POINTS, len(points) - (len(weights) - n_left) * _FEWEST_POINTS
    n = min(max(n, fewest), most)
    return order[:n], order[n:]


def _longest_direction(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """The first principal axis of the points."""
    x, y = (xy - xy.mean(axis=0)).T
    angle = np.arctan2(2 * (x @ y), x @ x - y @ y) / 2
    return np.array([np.cos(angle), np.sin(angle)])


def partition_kommun(
    xy: NDArray[np.float64], *, n_regso: int, n_deso: int, rng: np.random.Generator
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """RegSO and DeSO numbers (from 0 within the kommun) of every point; DeSO nest in RegSO."""
    sizes = apportion(rng.lognormal(0.0, 0.6, n_regso), total=n_deso, lowest=1)
    weights = np.clip(rng.lognormal(0.0, 0.26, n_deso), 0.5, 2.4)
    first = np.concatenate([[0], np.cumsum(sizes)])
    regso = cut(xy, np.add.reduceat(weights, first[:-1]))
    deso = np.empty(len(xy), dtype=np.intp)
    for number in range(n_regso):
        own = np.flatnonzero(regso == number)
        deso[own] = first[number] + cut(xy[own], weights[first[number] : first[number + 1]])
    return regso, deso
