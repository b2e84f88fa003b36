"""The map's view as one record: what /values sends and every part of the map page shows.

Values travel as whole numbers (value x scale, rounded as people see them) in the order of the map
layer, classes as one character an area.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from barometer import classes, queries, wording
from barometer.catalogue import Indicator
from barometer.divisions import (
    LAST_YEAR_OF_2018,
    LEVELS,
    RIKET,
    Division,
    Language,
    Level,
    level_name,
)
from barometer.export import FORMATS
from barometer.queries import Counts, MapLayer
from barometer.selection import Reading, Selection
from barometer.store import Cursor, Reader
from barometer.ui.context import Context

NO_CLASS: Final = "-"
OUTLINES: Final[tuple[Level, ...]] = ("kommun", "lan")


@dataclass(frozen=True, slots=True)
class Found:
    """A value or a reason for each area, in the order of `area_order`."""

    values: NDArray[np.float64]
    reasons: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A reading, the snapshot it is read from, and what both are about."""

    reader: Reader
    reading: Reading
    context: Context

    @property
    def selection(self) -> Selection:
        """What is looked at."""
        return self.reading.selection

    @property
    def indicator(self) -> Indicator:
        """The indicator that is looked at."""
        return self.context.catalogue.indicators[self.selection.indicator]

    @property
    def language(self) -> Language:
        """The language it is told in."""
        return self.selection.language


def show(context: Context, reader: Reader, query: str) -> Shown:
    """An address as the map page understands it."""
    return Shown(reader, context.read(reader, query), context)


def map_view(shown: Shown) -> dict[str, Any]:
    """Everything that the map page shows besides the geometry and the chosen area's panel."""
    return {
        "query": shown.selection.to_query(),
        "snapshot": shown.reader.snapshot.snapshot_id,
        "selection": _selection(shown),
        "options": _options(shown),
        "title": wording.map_title(shown.selection, catalogue=shown.context.catalogue),
        "definition": shown.indicator.definition[shown.language],
        "notice": _notice(shown),
        "source": source_line(shown),
        "outlines": _outlines(shown),
        "names": names_address(shown, shown.selection.level, shown.selection.division),
        "area": _chosen(shown),
        "format": _format(shown),
        "downloads": downloads(shown),
        **_figures(shown),
    }


def source_line(shown: Shown) -> str:
    """Where the numbers come from, in words."""
    snapshot = shown.reader.snapshot
    source_ids = queries.source_ids_in(shown.indicator, shown.selection.year)
    sources = shown.reader.once(queries.sources, source_ids)
    return wording.source_line(
        {source.source_id: source.updated for source in sources},
        retrieved=max((s.retrieved for s in sources), default=snapshot.built_at).date(),
        snapshot_id=snapshot.snapshot_id,
        synthetic=snapshot.synthetic,
        language=shown.language,
    )


def downloads(shown: Shown) -> list[dict[str, str]]:
    """The files of exactly this view."""
    query = shown.selection.to_query()
    return [
        {"name": f.name[shown.language], "href": f"/export/{f.format_id}{query}"} for f in FORMATS
    ]


def _selection(shown: Shown) -> dict[str, Any]:
    selection = shown.selection
    return {
        "indicator": selection.indicator,
        "level": selection.level,
        "division": selection.division,
        "year": selection.year,
        "background": selection.background,
        "area": selection.area,
        "method": selection.method,
        "classes": selection.classes,
        "view": selection.view,
        "language": selection.language,
        "embed": selection.embed,
    }


def _options(shown: Shown) -> dict[str, Any]:
    """What the controls offer, given the rest of the view."""
    offer, selection = shown.context.offer(shown.reader), shown.selection
    levels = offer.levels_of(selection.indicator)
    catalogue, language = shown.context.catalogue, shown.language
    return {
        "years": list(offer.years_of(selection.indicator, selection.level)),
        "levels": [
            {"value": v, "label": level_name(v, language=language), "disabled": v not in levels}
            for v in LEVELS
            if v != "riket"
        ],
        "backgrounds": [
            {
                "value": b,
                "label": wording.background_name(
                    b, catalogue=catalogue, language=language
                ).capitalize(),
            }
            for b in offer.backgrounds[selection.indicator]
        ],
    }


def _notice(shown: Shown) -> list[str]:
    sentences = wording.misunderstood_sentences(
        shown.reading,
        catalogue=shown.context.catalogue,
        offer=shown.context.offer(shown.reader),
    )
    return list(sentences)


def layer_of(shown: Shown, level: Level, division: Division) -> MapLayer | None:
    """A layer's description, read once per snapshot."""
    return shown.reader.once(queries.map_layer, level=level, division=division)


def layer_address(layer: MapLayer) -> str:
    """Where a layer's geometry is served, for ever the same."""
    return f"/geometry/{layer.level}-{layer.division}-{layer.sha256}.json"


def names_address(shown: Shown, level: Level, division: Division) -> str:
    """Where the names of a level's areas are served, for ever the same."""
    return f"/areas/{level}-{division}-{shown.reader.snapshot.snapshot_id}.json"


def _layer(shown: Shown, layer: MapLayer | None) -> dict[str, Any] | None:
    if layer is None:
        return None
    return {
        "key": f"{layer.level}-{layer.division}",
        "url": layer_address(layer),
        "names": names_address(shown, layer.level, layer.division),
    }


def _outlines(shown: Shown) -> dict[str, Any]:
    found = {level: layer_of(shown, level, "admin") for level in OUTLINES}
    return {level: _layer(shown, layer) for level, layer in found.items()}


def _chosen(shown: Shown) -> dict[str, Any] | None:
    area_id = shown.selection.area
    area = queries.area(shown.reader.cursor, area_id) if area_id else None
    if area is None:
        return None
    layer = layer_of(shown, area.level, area.division)
    return {
        "id": area.area_id,
        "label": area.label,
        "level": area.level,
        "bounds": area.bounds,
        "layer": _layer(shown, layer),
    }


def _format(shown: Shown) -> dict[str, Any]:
    """How the client writes a value: decimals and unit as `wording.value` has them."""
    indicator, language = shown.indicator, shown.language
    zero = wording.number(0, decimals=indicator.decimals, language=language)
    pattern = wording.value(0, indicator=indicator, language=language).replace(zero, "{}")
    return {
        "decimals": indicator.decimals,
        "pattern": pattern if "{}" in pattern else "{}",
        "unit": wording.unit_name(indicator, language=language),
        "categories": {str(code): name[language] for code, name in indicator.categories},
    }


def _figures(shown: Shown) -> dict[str, Any]:
    selection = shown.selection
    layer = layer_of(shown, selection.level, selection.division)
    found = _found(shown, layer)
    counts = _counts(found, n_features=len(layer.area_ids) if layer else 0)
    words = {
        reason: wording.missing_reason(reason, language=shown.language)
        for reason, _ in counts.missing
    }
    return {
        "layer": _layer(shown, layer),
        "note": _notes(shown, counts),
        "n_missing": counts.n_areas - counts.n_values,
        "reason_words": words,
        **_values(shown, found),
    }


def _found(shown: Shown, layer: MapLayer | None) -> Found:
    """The values of every area; the quick way when all of them have a boundary."""
    selection = shown.selection
    level, division = selection.level, selection.division
    order = shown.reader.once(area_order, level=level, division=division)
    if layer and len(order) == len(layer.area_ids):
        found = queries.map_values(shown.reader.cursor, selection, layer=layer)
        return Found(found.values, found.reasons)
    table = queries.map_table(shown.reader.cursor, selection).set_index("area_id")
    ordered = table.reindex(list(order))
    reasons = ordered["status"].astype(object).where(ordered["value"].isna(), None)
    return Found(ordered["value"].to_numpy(np.float64), tuple(reasons))


def area_order(cursor: Cursor, *, level: Level, division: Division) -> tuple[str, ...]:
    """Every area of a level: those of the map layer in its order, then those without a boundary."""
    layer = queries.map_layer(cursor, level=level, division=division)
    drawn = layer.area_ids if layer else ()
    every = queries.children(cursor, RIKET, level=level, year=_a_year_of(division))["area_id"]
    return tuple(dict.fromkeys((*drawn, *every)))


def _notes(shown: Shown, counts: Counts) -> list[str]:
    level, language = shown.selection.level, shown.language
    notes = (
        wording.missing_sentence(counts.missing, n_areas=counts.n_areas, language=language),
        wording.boundary_sentence(counts.n_without_boundary, level=level, language=language),
    )
    return [note for note in notes if note]


def _counts(found: Found, *, n_features: int) -> Counts:
    missing = Counter(reason for reason in found.reasons if reason is not None)
    n_areas = len(found.reasons)
    return Counts(
        n_areas, n_areas - missing.total(), tuple(missing.most_common()), n_areas - n_features
    )


def _a_year_of(division: Division) -> int:
    return LAST_YEAR_OF_2018 + (division != "2018")


def _values(shown: Shown, found: Found) -> dict[str, Any]:
    gaps = np.flatnonzero(np.isnan(found.values)).tolist()
    classed = classification(shown, found.values[~np.isnan(found.values)])
    scale = 10**shown.indicator.decimals
    return {
        "scale": scale,
        "values": _whole(found.values, scale=scale, gaps=gaps),
        "classes": _characters(classed.assign(found.values)),
        "reasons": _reasons(found.reasons, gaps=gaps),
        "legend": _legend(shown, classed),
        "sentence": _sentences(shown, classed),
    }


def _sentences(shown: Shown, classed: classes.Classification) -> dict[str, str]:
    """The legend in words by theme: on dark ground the highest class is the lightest."""
    ends = {"light": (classed.ranges, classed.counts)}
    dark = (classed.ranges[::-1], classed.counts[::-1])
    ends["dark"] = ends["light"] if classed.categories else dark
    return {
        theme: wording.legend_sentence(
            ranges, counts, indicator=shown.indicator, language=shown.language
        )
        for theme, (ranges, counts) in ends.items()
    }


def _reasons(reasons: Sequence[str | None], *, gaps: Sequence[int]) -> dict[str, list[int]]:
    """The features without a value, by reason."""
    found: dict[str, list[int]] = {}
    for gap in gaps:
        found.setdefault(reasons[gap] or "", []).append(gap)
    return found


def classification(shown: Shown, values: NDArray[np.float64]) -> classes.Classification:
    """The classes of the view: of a class indicator its categories, else by the chosen method."""
    if shown.indicator.categories:
        categories = [code for code, _ in shown.indicator.categories]
        return classes.classify_categories(values, categories=categories)
    return classes.classify(values, method=shown.selection.method, n=shown.selection.classes)


def _legend(shown: Shown, classed: classes.Classification) -> dict[str, Any]:
    labels = wording.class_labels(
        classed.ranges, indicator=shown.indicator, language=shown.language
    )
    n = len(classed.ranges)
    palette = (
        (lambda theme: classes.area_type_palette(theme=theme))
        if classed.categories
        else (lambda theme: classes.sequential_palette(n, theme=theme))
    )
    return {
        "labels": list(labels),
        "counts": list(classed.counts),
        "breaks": list(classed.breaks),
        "colours": {theme: list(palette(theme)) for theme in ("light", "dark")},
        "missing": {theme: classes.missing_colour(theme=theme) for theme in ("light", "dark")},
    }


def _whole(values: NDArray[np.float64], *, scale: int, gaps: Sequence[int]) -> list[int | None]:
    whole: list[int | None] = np.rint(np.nan_to_num(values) * scale).astype(int).tolist()
    for gap in gaps:
        whole[gap] = None
    return whole


def _characters(assigned: NDArray[np.int8]) -> str:
    codes = np.where(assigned < 0, ord(NO_CLASS), assigned + ord("0"))
    return codes.astype(np.uint8).tobytes().decode("ascii")


def area_names(reader: Reader, *, level: Level, division: Division) -> dict[str, Any]:
    """The level's areas for tooltip and table: ids, labels, and kommuner by position."""
    order = reader.once(area_order, level=level, division=division)
    table = queries.children(reader.cursor, RIKET, level=level, year=_a_year_of(division))
    ordered = table.set_index("area_id").reindex(list(order))
    kommuner = sorted(set(ordered["kommun"].dropna()))
    position = {name: index for index, name in enumerate(kommuner)}
    return {
        "ids": list(order),
        "labels": ordered["label"].fillna("").tolist(),
        "kommuner": kommuner,
        "kommun": [position.get(name, -1) for name in ordered["kommun"]],
    }
