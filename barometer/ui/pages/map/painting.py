"""How a map is painted: classes, colours, legend and sentence, from the view's figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from barometer import classes, queries, wording
from barometer.catalogue import Catalogue, Indicator
from barometer.queries import MapFigures
from barometer.selection import Method, Offer, Selection
from barometer.store import Cursor, Reader
from barometer.wording import Scale

NO_CLASS: Final = "-"
OUTSIDE: Final = "."
THIRDS: Final = 3
THEMES: Final[tuple[classes.Theme, ...]] = ("light", "dark")


@dataclass(frozen=True, slots=True)
class PaintInput:
    """What is painted: the view, its figures, and where names and other years come from."""

    reader: Reader
    selection: Selection
    catalogue: Catalogue
    offer: Offer
    figures: MapFigures
    beside: Selection | None = None
    beside_figures: MapFigures | None = None

    @property
    def indicator(self) -> Indicator:
        """The indicator that is looked at."""
        return self.catalogue.indicators[self.selection.indicator]

    @property
    def uncertain(self) -> NDArray[np.bool_]:
        """Where a change is no larger than chance and rounding make it."""
        return within_uncertainty(self.figures, self.indicator)

    @property
    def known(self) -> NDArray[np.float64]:
        """The values, gaps left out."""
        return self.figures.values[~np.isnan(self.figures.values)]

    @property
    def scale(self) -> Scale:
        """How the values are written."""
        n_areas = len(self.figures.values) - int(self.figures.outside.sum())
        return wording.scale_of(self.selection, catalogue=self.catalogue, n_areas=n_areas)


@dataclass(frozen=True, slots=True)
class Painted:
    """A painted view.

    `classes` say each area's class to the browser, `legend` has the colours and counts of the
    classes, `breaks` the lowest value of each class but the first, `sentence` the legend in words
    by theme; `codes` is each area's class, -1 without a value.
    """

    codes: NDArray[np.int8]
    classes: dict[str, Any]
    legend: dict[str, Any]
    breaks: tuple[str, ...]
    sentence: dict[str, str]


def paint(canvas: PaintInput) -> Painted:
    """The areas' classes, their key, and the key in words by theme."""
    if canvas.beside is not None and canvas.beside_figures is not None:
        return _crossed(canvas, canvas.beside, canvas.beside_figures)
    classed = classification(canvas)
    assigned = classed.assign(canvas.figures.values)
    values = canvas.figures.values
    by_value = classes_by_value(assigned, values, decimals=canvas.scale.decimals)
    return Painted(
        assigned,
        {"classed": by_value},
        _legend(canvas, classed),
        _breaks(canvas, classed),
        _sentences(canvas, classed, assigned),
    )


def _breaks(canvas: PaintInput, classed: classes.Classification) -> tuple[str, ...]:
    """The lowest value of every class but the first; the unit stands with the last."""
    language = canvas.selection.language
    lows = [low for low, _ in classed.ranges[1:]]
    scale = canvas.scale
    plain = [wording.number(low, decimals=scale.decimals, language=language) for low in lows]
    if plain and scale.pattern[language].endswith("%"):
        plain[-1] = wording.percent(lows[-1], decimals=scale.decimals, language=language)
    return tuple(plain)


def within_uncertainty(figures: MapFigures, indicator: Indicator) -> NDArray[np.bool_]:
    """Where a change of a share is within its 95 % margin, or within what rounding hides."""
    if figures.margin is None or indicator.unit != "percent":
        return np.zeros(len(figures.values), dtype=bool)
    rounded_at_source = any(part.published is not None for part in indicator.parts)
    hidden = 10.0**-indicator.decimals if rounded_at_source else 0.0
    margin = np.maximum(figures.margin, hidden)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.abs(figures.values) <= margin)


def classification(canvas: PaintInput) -> classes.Classification:
    """The classes of the view: by category, around its middle, or by amount."""
    selection, known = canvas.selection, canvas.known
    if selection.layer == "value" and canvas.indicator.categories and selection.since is None:
        categories = [code for code, _ in canvas.indicator.categories]
        return classes.classify_categories(known, categories=categories)
    method, n = selection.method, selection.classes
    if selection.middle is not None:
        return classes.classify_around(known, middle=selection.middle, method=method, n=n)
    if not selection.steady:
        return classes.classify(known, method=method, n=n)
    every = canvas.reader.once(
        _classes_of_all_years,
        method,
        n,
        indicator=selection.indicator,
        background=selection.background,
        level=selection.level,
        within=selection.within,
    )
    return classes.recounted(every, known)


def _classes_of_all_years(
    cursor: Cursor, method: Method, n: int, **series: Any
) -> classes.Classification:
    """The classes are kept, a few numbers; the values of all years, which are many, are not."""
    pooled = queries.values_of_all_years(cursor, **series)
    every = classes.thinned(pooled) if method == "jenks" else pooled
    return classes.classify(every, method=method, n=n)


def _legend(canvas: PaintInput, classed: classes.Classification) -> dict[str, Any]:
    plain = canvas.selection.layer == "value" and canvas.selection.since is None
    labels = wording.class_labels(
        classed.ranges,
        indicator=canvas.indicator,
        language=canvas.selection.language,
        scale=None if plain else canvas.scale,
    )
    return {
        "labels": list(labels),
        "counts": list(classed.counts),
        "numbers": [str(code) for code in classed.categories],
        "colours": {theme: list(_palette(canvas, classed, theme)) for theme in THEMES},
        "missing": _missing(),
    }


def _missing() -> dict[str, str]:
    return {theme: classes.missing_colour(theme=theme) for theme in THEMES}


def _palette(
    canvas: PaintInput, classed: classes.Classification, theme: classes.Theme
) -> tuple[str, ...]:
    n = len(classed.breaks)
    if classed.categories:
        return classes.area_type_palette(theme=theme)
    if canvas.selection.middle is not None:
        return classes.diverging_palette(n, theme=theme)
    return classes.sequential_palette(n, theme=theme)


def _sentences(
    canvas: PaintInput, classed: classes.Classification, assigned: NDArray[np.int8]
) -> dict[str, str]:
    """The legend in words by theme: on dark ground the highest class is the lightest."""
    selection = canvas.selection
    told = wording.MapSentenceInput(
        selection, canvas.catalogue, canvas.offer.names, canvas.known, canvas.scale
    )
    if selection.since is not None:
        counts = np.bincount(assigned[assigned >= 0], minlength=len(classed.breaks)).tolist()
        uncertain = int(np.count_nonzero(canvas.uncertain))
        said = wording.change_of_values_sentence(told, counts=counts, uncertain=uncertain)
        return dict.fromkeys(THEMES, said)
    if selection.layer != "value":
        strongest = assigned[assigned >= 0] == len(classed.breaks) - 1
        said = wording.measure_of_areas_sentence(told, strongest=strongest)
        return dict.fromkeys(THEMES, said)
    return {
        theme: wording.legend_sentence(
            classed.ranges,
            classed.counts,
            indicator=canvas.indicator,
            language=selection.language,
            theme=theme,
        )
        for theme in THEMES
    }


def _crossed(canvas: PaintInput, compared: Selection, other: MapFigures) -> Painted:
    """Two things in one map, by thirds of each."""
    method = canvas.selection.method
    thirds = [
        classes.classify(found.values, method=method, n=THIRDS) for found in (canvas.figures, other)
    ]
    assigned = classes.cross(
        thirds[0].assign(canvas.figures.values), thirds[1].assign(other.values)
    )
    counts = classes.counts_of(assigned, n=THIRDS**2)
    sentence = wording.crossed_sentence(
        counts, one=canvas.selection, other=compared, catalogue=canvas.catalogue
    )
    views = zip((canvas.selection, compared), thirds, strict=True)
    axes = [_axis(canvas, view, found) for view, found in views]
    legend = {
        "labels": [f"{x} · {y}" for y in axes[1]["labels"] for x in axes[0]["labels"]],
        "counts": list(counts),
        "numbers": [],
        "axes": axes,
        "colours": {t: list(classes.bivariate_palette(theme=t)) for t in THEMES},
        "missing": _missing(),
    }
    characters = _characters(assigned, canvas.figures.outside)
    return Painted(assigned, {"classes": characters}, legend, (), dict.fromkeys(THEMES, sentence))


def _axis(canvas: PaintInput, view: Selection, classed: classes.Classification) -> dict[str, Any]:
    """One side of the square legend: its name and the values of its thirds, lowest first."""
    indicator = canvas.catalogue.indicators[view.indicator]
    scale = wording.scale_of(view, catalogue=canvas.catalogue, n_areas=len(canvas.figures.values))
    labels = wording.class_labels(
        classed.ranges,
        indicator=indicator,
        language=view.language,
        scale=None if view.layer == "value" else scale,
    )
    name = wording.display_name(view, catalogue=canvas.catalogue)
    same = canvas.selection.compared_year is not None
    return {
        "name": f"{name}, {view.year}" if same else name,
        "labels": [*labels, *["–"] * (THIRDS - len(labels))],
    }


def classes_by_value(
    assigned: NDArray[np.int8], values: NDArray[np.float64], *, decimals: int
) -> dict[str, Any]:
    """What the browser needs to class the values that it gets, in a tenth of a class's own bytes.

    `tops` has each class's highest value; `above` names the areas in a class above that of their
    value, since values are classed before they are rounded.
    """
    places = np.flatnonzero(assigned >= 0)
    codes, whole = assigned[places], rounded(values[places], decimals=decimals)
    tops = np.full(int(codes.max(initial=-1)) + 1, np.iinfo(np.int32).min, np.int64)
    np.maximum.at(tops, codes, whole)
    tops = np.maximum.accumulate(tops)
    higher = codes > np.searchsorted(tops, whole)
    return {
        "tops": tops.tolist(),
        "above": {
            str(code): places[higher & (codes == code)].tolist()
            for code in np.unique(codes[higher])
        },
    }


def _characters(assigned: NDArray[np.int8], outside: NDArray[np.bool_]) -> str:
    codes = np.where(assigned < 0, ord(NO_CLASS), assigned + ord("0"))
    return np.where(outside, ord(OUTSIDE), codes).astype(np.uint8).tobytes().decode("ascii")


def rounded(values: NDArray[np.float64], *, decimals: int) -> NDArray[np.int64]:
    """Values as whole numbers of the last decimal that people see."""
    return np.rint(values * 10**decimals).astype(np.int64)


def numbers(values: NDArray[np.float64], *, decimals: int) -> list[int | None]:
    """Values as whole numbers, rounded as people see them; None for gaps."""
    gaps = np.flatnonzero(np.isnan(values)).tolist()
    whole: list[int | None] = rounded(np.nan_to_num(values), decimals=decimals).tolist()
    for gap in gaps:
        whole[gap] = None
    return whole


def reason_places(figures: MapFigures) -> Mapping[str, list[int]]:
    """The areas without a value, by reason; those outside the place are none."""
    found: dict[str, list[int]] = {}
    for place in np.flatnonzero(np.isnan(figures.values) & ~figures.outside).tolist():
        found.setdefault(figures.reasons[place] or "", []).append(place)
    return found
