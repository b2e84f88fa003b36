"""Class breaks and palettes as pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from barometer.selection import Method

Theme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Classification:
    """Values in ascending classes; there can be fewer than asked for.

    `breaks` are the upper ends, inclusive, one a class; `ranges` the lowest and highest value that
    each class really has; `counts` its areas. `categories` are the numbers of a class indicator
    (area types), else empty.
    """

    breaks: tuple[float, ...]
    ranges: tuple[tuple[float, float], ...]
    counts: tuple[int, ...]
    categories: tuple[int, ...] = ()

    def assign(self, values: NDArray[np.float64]) -> NDArray[np.int8]:
        """The class of each value, from 0; -1 where there is no value."""
        raise NotImplementedError


def classify(values: NDArray[np.float64], *, method: Method, n: int) -> Classification:
    """Class breaks by a method; NaN is left out; empty classes are dropped."""
    raise NotImplementedError


def classify_categories(
    values: NDArray[np.float64], *, categories: Sequence[int]
) -> Classification:
    """One class per category, empty ones included."""
    raise NotImplementedError


def sequential_palette(n: int, *, theme: Theme) -> tuple[str, ...]:
    """n colours (#rrggbb) from lowest to highest value; the highest stands out most."""
    raise NotImplementedError


def diverging_palette(n: int, *, theme: Theme) -> tuple[str, ...]:
    """n colours around a neutral middle; for differences around a stated zero."""
    raise NotImplementedError


def area_type_palette(*, theme: Theme) -> tuple[str, ...]:
    """The five area types' colours, 1 to 5, purple to teal."""
    raise NotImplementedError


def missing_colour(*, theme: Theme) -> str:
    """The colour of an area without a value."""
    raise NotImplementedError


def contrast(one: str, other: str) -> float:
    """WCAG contrast of two colours (#rrggbb), 1 to 21."""
    raise NotImplementedError
