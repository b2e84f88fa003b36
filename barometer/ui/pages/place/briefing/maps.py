"""Where: the areas of the place on a map with its key, by type, or those with highest values."""

from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from barometer import wording
from barometer.catalogue import Indicator
from barometer.classes import area_type_palette, sequential_palette
from barometer.divisions import Level, division_of
from barometer.documents import Illustration, Part, Sentences, TextTable
from barometer.export.origin import of_tables
from barometer.pictures import Card, KeyRow, MapArea, MapChart, MapName
from barometer.queries.maps import boundaries
from barometer.queries.profiles import LevelTable, level_table
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.pages.place import words as place_words
from barometer.ui.pages.place.briefing import words
from barometer.ui.pages.place.briefing.charts import written
from barometer.ui.pages.place.frames import is_inside
from barometer.ui.pages.place.hero import marked_line, types_lead
from barometer.ui.pages.place.state import PlaceState
from barometer.ui.pages.place.typed import type_frame
from barometer.wording.profiles import types_sentence

SIZE: Final = (1600, 1000)
_STEPS: Final = 5
_MOST_NAMES: Final = 12
_MOST_AREAS: Final = 10
_MOST_NAMED: Final = 10  # areas of a type


def mapped(state: PlaceState) -> tuple[str, int, LevelTable] | None:
    """What the map shows: indicator, year, and the values of every area of its level.

    Area types of RegSO, or of a DeSO's level; of riket low economic standard by kommun. None when
    the snapshot has none.
    """
    country = state.area.level == "riket"
    level: Level = "kommun" if country else "deso" if state.peers == "deso" else "regso"
    for indicator_id in ("low_standard",) if country else ("area_type", "low_standard"):
        years = [y for y in state.offer.years_of(indicator_id, level) if y <= state.profile.year]
        if not years:
            continue
        division = division_of(level, years[-1])
        if state.profile.division not in ("admin", division):
            continue
        table = level_table(
            state.reader, level=level, division=division, requested=((indicator_id, years[-1]),)
        )
        if np.isfinite(table.figures[inside(state, table), 0]).any():
            return indicator_id, years[-1], table
    return None


def inside(state: PlaceState, table: LevelTable) -> list[int]:
    """The rows of the areas in the place, or in the kommun around a small area."""
    within = is_inside(state)
    return [n for n, area_id in enumerate(table.area_ids) if within(area_id)]


def area_map(state: PlaceState) -> Illustration | None:
    """The map, on a card with key and source; None without values or boundaries."""
    found = state.once(mapped)
    if found is None:
        return None
    indicator_id, year, table = found
    rows = inside(state, table)
    shapes = _outlines(state, [table.area_ids[n] for n in rows])
    drawn = [(n, shape) for n, shape in zip(rows, shapes, strict=True) if shape is not None]
    if not drawn:
        return None
    indicator, language = state.indicator(indicator_id), state.language
    values = table.figures[[n for n, _ in drawn], 0]
    colours, key = _coloured(state, indicator, values)
    bounds = shapely.union_all([shapely.box(*shape.bounds) for _, shape in drawn]).bounds
    tolerance = max(bounds[2] - bounds[0], bounds[3] - bounds[1]) / 1400
    own = dict(zip([table.area_ids[n] for n, _ in drawn], [s for _, s in drawn], strict=True))
    chart = MapChart(
        areas=tuple(
            MapArea(shape.simplify(tolerance), colour, None if colour else "missing")
            for (_, shape), colour in zip(drawn, colours, strict=True)
        ),
        bounds=bounds,
        key=key,
        focus=own.get(state.area.area_id),
        names=_names(table, drawn),
    )
    caption = _caption(state, indicator, year)
    counts = ", ".join(f"{row.label}: {row.detail}" for row in key)
    card = Card(
        heading=caption,
        subtitle=indicator.name[language],
        source=parts.source_line(
            of_tables(" ".join(indicator.source_ids_in(year)), state.provenance), language=language
        ),
        badge=wording.synthetic_banner(language) if state.reader.snapshot.synthetic else "",
        mark=site_words.SITE[language],
        language=language,
    )
    message = _message(state) if indicator.categories else ""
    alt = f"{caption}. {words.MAP_ALT[language].format(counts=counts)}"
    return Illustration(caption, alt, chart, SIZE, card, message=message)


def types_text(state: PlaceState) -> str:
    """How residents divide between area types; "" where no area has one."""
    table = state.once(type_frame)
    if table.empty:
        return ""
    typed = table[table["area_type"] > 0]
    country = dict(zip(typed["area_type"], typed["riket_share_residents"], strict=True))
    return types_sentence(
        state.where,
        residents=dict(zip(typed["area_type"], typed["residents"], strict=True)),
        country=None if state.area.level == "riket" else country,
        indicator=state.indicator("area_type"),
        year=int(table["year"].iloc[0]),
        language=state.language,
    )


def _message(state: PlaceState) -> str:
    """The shares of types 1 and 2 as the sentence on types has them, or a small area's type."""
    if not state.is_container:
        return types_lead(state).removesuffix(".")
    return types_text(state).removesuffix(".").rpartition(". ")[2]


def _caption(state: PlaceState, indicator: Indicator, year: int) -> str:
    name, language = indicator.name[state.language], state.language
    if state.area.level == "riket":
        return words.SHARE_MAP[language].format(indicator=name, year=year)
    place = state.where if state.is_container else state.area.kommun or state.area.name
    if indicator.categories:
        return words.TYPE_MAP[language].format(place=place, year=year)
    return f"{name}, {place} {year}"


def _outlines(state: PlaceState, ids: list[str]) -> list[BaseGeometry | None]:
    found = boundaries(state.reader.cursor, ids)
    return [None if raw is None else shapely.from_wkb(bytes(raw)) for raw in found]


def _coloured(
    state: PlaceState, indicator: Indicator, values: NDArray[np.float64]
) -> tuple[list[str | None], tuple[KeyRow, ...]]:
    """A colour a value, and the key with how many areas each class has."""
    if indicator.categories:
        palette = area_type_palette(theme="light")
        classes = [-1 if np.isnan(v) else int(v) - 1 for v in values]
        labels = [
            wording.category(n, indicator=indicator, language=state.language)
            for n, _ in indicator.categories
        ]
    else:
        ends = class_ends(values)
        palette = sequential_palette(len(ends), theme="light")
        classes = [-1 if np.isnan(v) else int(np.searchsorted(ends, v)) for v in values]
        labels = [_range(state, indicator, values, classes, n) for n in range(len(ends))]
    key = [
        KeyRow(label, palette[n], str(classes.count(n)))
        for n, label in enumerate(labels)
        if n < len(palette)
    ]
    if -1 in classes:
        missing = words.NO_VALUE[state.language]
        key.append(KeyRow(missing, None, str(classes.count(-1)), hatch="missing"))
    return [None if n < 0 else palette[n] for n in classes], tuple(key)


def class_ends(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The highest value of each of at most five classes; every class has a value."""
    known = np.unique(values[~np.isnan(values)])
    steps = np.linspace(0, 1, _STEPS + 1)[1:]
    quantiles = np.quantile(known, steps, method="inverted_cdf") if known.size else known
    ends: NDArray[np.float64] = np.unique(quantiles)
    return ends


def _range(
    state: PlaceState,
    indicator: Indicator,
    values: NDArray[np.float64],
    classes: list[int],
    number: int,
) -> str:
    """The lowest and the highest value of a class."""
    own = values[np.array(classes) == number]
    return wording.value_range(
        float(own.min()), float(own.max()), indicator=indicator, language=state.language
    )


def _names(table: LevelTable, drawn: list[tuple[int, BaseGeometry]]) -> tuple[MapName, ...]:
    """The names of the largest areas on the map."""
    largest = sorted(drawn, key=lambda pair: -pair[1].area)[:_MOST_NAMES]
    named = [(wording.short_label(table.labels[n]), s.representative_point()) for n, s in largest]
    return tuple(MapName(at.x, at.y, name) for name, at in named)


def map_of_areas(state: PlaceState) -> list[Part]:
    """The map of the place's areas, or of those around it."""
    found = area_map(state)
    return [found] if found else []


def types(state: PlaceState) -> list[Part]:
    """How residents divide between area types."""
    said = types_text(state)
    note = Sentences((place_words.TYPES_NOTE[state.language],), small=True)
    return [Sentences((said,)), note] if said else []


def areas(state: PlaceState) -> list[Part]:
    """The areas of the map, for a kommun or the kommun around an area: by type, or the highest."""
    found = state.once(mapped)
    if found is None or state.area.level in ("riket", "lan"):
        return []
    indicator_id, year, table = found
    values = table.figures[:, 0]
    known = [n for n in inside(state, table) if not np.isnan(values[n])]
    place = state.where if state.is_container else state.area.kommun or state.area.name
    if state.indicator(indicator_id).categories:
        made = _areas_by_type(state, table, known, caption=f"{place}, {year}")
    else:
        known = sorted(known, key=lambda n: (-values[n], n))
        caption = f"{place}, {state.name(indicator_id)}, {year}"
        made = _highest(state, indicator_id, table, known, caption=caption)
        known = known[:_MOST_AREAS]
    named = [(table.area_ids[n], wording.short_label(table.labels[n])) for n in known]
    marked = marked_line(state, named, year=year)
    return [made, *([Sentences((marked,), small=True)] if marked else [])]


def _areas_by_type(
    state: PlaceState, table: LevelTable, rows: list[int], *, caption: str
) -> TextTable:
    """Every type with how many areas it has here, and the names of at most ten of them."""
    language, indicator = state.language, state.indicator("area_type")
    body = []
    for kind, _ in indicator.categories:
        names = sorted(
            wording.short_label(table.labels[n]) for n in rows if table.figures[n, 0] == kind
        )
        rest = len(names) - _MOST_NAMED
        more = words.AND_MORE[language].format(n=rest) if rest > 0 else ""
        named = f"{', '.join(names[:_MOST_NAMED])}{more}" if rest > 0 else None
        listed = named or wording.enumerated(names, language=language) or "–"
        label = wording.category(kind, indicator=indicator, language=language)
        body.append((label, str(len(names)), listed))
    heads = (indicator.name[language], place_words.NUMBER[language], words.AREAS_HEAD[language])
    first, second = (int(row[1]) for row in body[:2])
    message = words.TYPE_MESSAGE[language].format(first=first, second=second, n=len(rows))
    return TextTable(words.AREAS[language].format(place=caption), heads, tuple(body), message)


def _highest(
    state: PlaceState, indicator_id: str, table: LevelTable, rows: list[int], *, caption: str
) -> TextTable:
    """The ten areas with the highest values, of how many."""
    language, shown = state.language, rows[:_MOST_AREAS]
    heads = (site_words.AREA[language], state.name(indicator_id))
    body = tuple(
        (wording.short_label(table.labels[n]), written(state, indicator_id, table.figures[n, 0]))
        for n in shown
    )
    heading = words.AREAS if len(shown) == len(rows) else words.HIGHEST
    named = heading[language].format(place=caption, n=len(shown), all=len(rows))
    most = ", ".join(body[0]) if body else ""
    message = words.HIGHEST_MESSAGE[language].format(indicator=heads[1], area=most)
    return TextTable(named, heads, body, message=message)
