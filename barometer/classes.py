"""Class breaks and palettes as pure functions.

Natural breaks come from jenkspy, the others from NumPy. mapclassify, with which the tests compare
them, gives the same and takes four seconds to import in every worker.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import jenkspy
import numpy as np
from numpy.typing import NDArray

from barometer.selection import Method

FloatArray = NDArray[np.float64]
Theme = Literal["light", "dark"]

# Ramps: blue for amounts, brown for less and blue for more, purple to teal for area types. With any
# colour vision they are told apart by lightness, which rises or falls all along each.
_AMOUNT: Final[dict[Theme, tuple[str, ...]]] = {
    "light": ("#c9dbf2", "#97b8df", "#6190c7", "#3364a2", "#10325f"),
    "dark": ("#2b4461", "#41699a", "#6493c6", "#9cc0e6", "#e1edfa"),
}
_LESS: Final[dict[Theme, tuple[str, ...]]] = {
    "light": ("#f1efec", "#dcb27c", "#a8702e", "#5b3610"),
    "dark": ("#34353a", "#7a4d1b", "#b5803f", "#efc893"),
}
_MORE: Final[dict[Theme, tuple[str, ...]]] = {
    "light": ("#f1efec", "#a9c3dc", "#5f8cb8", "#0f2547"),
    "dark": ("#34353a", "#2f5c8f", "#5f8cb8", "#c4d8ea"),
}
_TYPES: Final[dict[Theme, tuple[str, ...]]] = {
    "light": ("#3f1458", "#7a47a6", "#a49cca", "#8dc0b8", "#c3e7d9"),
    "dark": ("#8658b0", "#8f7cbc", "#979ec4", "#83c3c3", "#bdeadd"),
}
_CROSSED: Final[dict[Theme, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "light": (("#f3f1ee", "#a9dbd8", "#4bb3b4"), ("#f3f1ee", "#dfaed3", "#bb5aa8")),
    "dark": (("#24272d", "#1d5a60", "#23949b"), ("#24272d", "#69305f", "#b14f9e")),
}
_MISSING: Final[dict[Theme, str]] = {"light": "#f3f3f1", "dark": "#171c22"}
# Relative luminance of the ends of differences (from nothing to most).
_DIFFERENCE_ENDS: Final[dict[Theme, tuple[float, float]]] = {
    "light": (0.84, 0.06),
    "dark": (0.04, 0.55),
}


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

    def assign(self, values: FloatArray) -> NDArray[np.int8]:
        """The class of each value, from 0; -1 where there is no value.

        A value beyond the highest break belongs to the highest class.
        """
        found = np.searchsorted(np.array(self.breaks), values, side="left")
        inside = np.minimum(found, len(self.breaks) - 1)
        return np.where(np.isnan(values), -1, inside).astype(np.int8)


def classify(values: FloatArray, *, method: Method, n: int) -> Classification:
    """Class breaks by a method; NaN is left out; empty classes are dropped."""
    known = np.sort(values[~np.isnan(values)])
    if known.size == 0:
        return Classification((), (), ())
    inner = _INNER_BREAKS[method](known, n)
    breaks = np.unique([*inner[inner < known[-1]], known[-1]])
    ends = np.searchsorted(known, breaks, side="right")
    starts = np.concatenate(([0], ends[:-1]))
    full = ends > starts
    return Classification(
        breaks=tuple(breaks[full].tolist()),
        ranges=tuple(
            zip(known[starts[full]].tolist(), known[ends[full] - 1].tolist(), strict=True)
        ),
        counts=tuple((ends - starts)[full].tolist()),
    )


def classify_around(values: FloatArray, *, middle: float, method: Method, n: int) -> Classification:
    """Classes as wide on both sides of a middle, which one of them holds; `n` is odd.

    The method divides the distances from the middle of what lies beside it; around 1 they are
    ratios (half as much is as far as twice as much). Empty classes stay, so that colours are the
    same to both sides.
    """
    known = values[~np.isnan(values)]
    if known.size == 0:
        return Classification((), (), ())
    ratio = middle == 1
    away = np.abs(np.log(known[known > 0]) if ratio else known - middle)
    most = float(away.max()) if away.size else 0.0
    inner = [
        b for b in classify(away[away > 0], method=method, n=n // 2 + 1).breaks if 0 < b < most
    ]
    steps = np.array(inner or ([most / 2] if most else []))
    # What lies just as far below the middle as above it belongs to as strong a class.
    ends = np.concatenate([np.nextafter(-steps[::-1], -np.inf), steps])
    inside = np.exp(ends) if ratio else ends + middle
    far = (np.exp(-most), np.exp(most)) if ratio else (middle - most, middle + most)
    breaks = np.append(inside, max(float(known.max()), float(far[1]) if steps.size else -np.inf))
    lowest = min(float(known.min()), float(far[0]))
    found = Classification(tuple(breaks.tolist()), (), ())
    own = found.assign(known)
    edges = [lowest, *breaks.tolist()]
    ranges = [
        (float(known[own == c].min()), float(known[own == c].max()))
        if (own == c).any()
        else (edges[c], edges[c + 1])
        for c in range(len(breaks))
    ]
    return Classification(found.breaks, tuple(ranges), counts_of(own, n=len(breaks)))


def counts_of(assigned: NDArray[np.int8], *, n: int) -> tuple[int, ...]:
    """How many values each of the classes has."""
    return tuple(np.bincount(assigned[assigned >= 0], minlength=n).tolist())


def recounted(classification: Classification, values: FloatArray) -> Classification:
    """The same classes with the counts of other values."""
    n = len(classification.breaks)
    return replace(classification, counts=counts_of(classification.assign(values), n=n))


def thinned(ordered: FloatArray, *, most: int = 4_000) -> FloatArray:
    """At most so many of values in ascending order, evenly by rank, the ends among them."""
    if ordered.size <= most:
        return ordered
    return ordered[np.linspace(0, ordered.size - 1, most).round().astype(np.intp)]


def cross(one: NDArray[np.int8], other: NDArray[np.int8]) -> NDArray[np.int8]:
    """Thirds of two things as nine classes: 3 x the other's + one's; -1 where either is missing."""
    crossed = 3 * other + one
    return np.where((one < 0) | (other < 0), -1, crossed).astype(np.int8)


def classify_categories(values: FloatArray, *, categories: Sequence[int]) -> Classification:
    """One class per category in ascending order, empty ones included."""
    ordered = sorted(categories)
    return Classification(
        breaks=tuple(float(category) for category in ordered),
        ranges=tuple((float(category), float(category)) for category in ordered),
        counts=tuple(int(np.count_nonzero(values == category)) for category in ordered),
        categories=tuple(ordered),
    )


def _quantiles(known: FloatArray, n: int) -> FloatArray:
    """Equally many areas in each class."""
    return np.quantile(known, np.arange(1, n) / n)


def _equal_steps(known: FloatArray, n: int) -> FloatArray:
    """Classes of equal width from the lowest to the highest value."""
    return np.linspace(known[0], known[-1], n + 1)[1:-1]


def _std_dev(known: FloatArray, n: int) -> FloatArray:
    """Classes one standard deviation wide, the middle of the row at the mean."""
    spread = known.std(ddof=1) if known.size > 1 else 0.0
    return np.asarray(known.mean() + (np.arange(1, n) - n / 2) * spread)


def _jenks(known: FloatArray, n: int) -> FloatArray:
    """Natural breaks: the least sum of squares within classes (Fisher 1958; Jenks 1977), exact."""
    n_classes = min(n, np.unique(known).size)
    if n_classes < 2:
        return known[:0]
    return np.array(jenkspy.jenks_breaks(known, n_classes=n_classes)[1:-1])


_INNER_BREAKS: Final[Mapping[Method, Callable[[FloatArray, int], FloatArray]]] = {
    "quantiles": _quantiles,
    "equal_steps": _equal_steps,
    "jenks": _jenks,
    "std_dev": _std_dev,
}


def sequential_palette(n: int, *, theme: Theme) -> tuple[str, ...]:
    """As many colours (#rrggbb) from lowest to highest value; the highest stands out most."""
    ramp = [_linear(colour) for colour in _AMOUNT[theme]]
    if n == 1:
        return (_hex(ramp[-1]),)
    # The ramp's own colours where there are as many classes, else between them by lightness.
    stops = [_luminance(colour) for colour in ramp]
    places = np.interp(np.linspace(0, 1, n), np.linspace(0, 1, len(ramp)), np.log(stops))
    return _even(_AMOUNT[theme], np.exp(places))


def diverging_palette(n: int, *, theme: Theme) -> tuple[str, ...]:
    """As many colours around a neutral middle; for differences around a stated zero.

    Brown for less and blue for more; an odd number has a class that holds zero.
    """
    half = n // 2
    steps = _spaced(*_DIFFERENCE_ENDS[theme], half + 1)
    less, more = (_even(ramp[theme], steps) for ramp in (_LESS, _MORE))
    return (*less[:0:-1], *less[: n % 2], *more[1:])


def bivariate_palette(*, theme: Theme) -> tuple[str, ...]:
    """Nine colours by `cross`: teal for more of one, purple for more of the other, dark for both.

    On a dark ground both are light.
    """
    ones, others = ([_encoded(colour) for colour in ramp] for ramp in _CROSSED[theme])
    mix = np.multiply if theme == "light" else lambda a, b: 1 - (1 - a) * (1 - b)
    return tuple(_written(mix(one, other)) for other in others for one in ones)


def area_type_palette(*, theme: Theme) -> tuple[str, ...]:
    """The five area types' colours, 1 to 5, purple to teal."""
    return _TYPES[theme]


def missing_colour(*, theme: Theme) -> str:
    """The colour of an area without a value; it wants hatching or words beside it."""
    return _MISSING[theme]


def contrast(one: str, other: str) -> float:
    """WCAG contrast of two colours (#rrggbb), 1 to 21."""
    high, low = sorted((_luminance(_linear(one)), _luminance(_linear(other))), reverse=True)
    return float((high + 0.05) / (low + 0.05))


def _spaced(start: float, end: float, n: int) -> FloatArray:
    """Luminances with the same contrast between all neighbours."""
    return np.geomspace(start + 0.05, end + 0.05, n) - 0.05 if n > 1 else np.array([end])


def _even(ramp: tuple[str, ...], luminances: FloatArray) -> tuple[str, ...]:
    """The ramp's colours at given luminances, mixed with black or white beyond its ends."""
    stops = [_linear(colour) for colour in ramp]
    dark_first = _luminance(stops[0]) < _luminance(stops[-1])
    black, white = np.zeros(3), np.ones(3)
    full = np.array([black, *(stops if dark_first else stops[::-1]), white])
    own = np.array([_luminance(stop) for stop in full])
    channels = [np.interp(luminances, own, full[:, channel]) for channel in range(3)]
    return tuple(_hex(np.array(colour)) for colour in zip(*channels, strict=True))


def _encoded(colour: str) -> FloatArray:
    """The three channels of #rrggbb, 0 to 1."""
    return np.frombuffer(bytes.fromhex(colour[1:]), np.uint8) / 255


def _written(encoded: FloatArray) -> str:
    return f"#{np.rint(encoded * 255).astype(np.uint8).tobytes().hex()}"


def _linear(colour: str) -> FloatArray:
    """Linear RGB, 0 to 1, of #rrggbb (sRGB)."""
    encoded = _encoded(colour)
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)


def _hex(linear: FloatArray) -> str:
    encoded = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return _written(encoded)


def _luminance(linear: FloatArray) -> float:
    return float(linear @ np.array([0.2126, 0.7152, 0.0722]))
