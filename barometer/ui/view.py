"""The map's view as one record: what /values sends and every part of the map page shows.

Values travel as whole numbers (value x scale, rounded as people see them) in the order of the map
layer, classes as what they follow from (`painting.classes_by_value`).
"""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from barometer import queries, wording
from barometer.catalogue import Break, Indicator
from barometer.divisions import (
    LAST_YEAR_OF_2018,
    RIKET,
    Division,
    Language,
    Level,
)
from barometer.export import FORMATS
from barometer.queries import Counts, MapFigures, MapLayer
from barometer.selection import Reading, Selection, beside
from barometer.store import Cursor, Reader
from barometer.ui import parts
from barometer.ui.context import Context
from barometer.ui.links import address
from barometer.ui.map import painting
from barometer.ui.map.options import options

KIND_INDICATOR: Final = "indicator"
KIND_TYPES: Final = "types"
OUTLINES: Final[tuple[Level, ...]] = ("kommun", "lan")


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
    def beside(self) -> Selection | None:
        """What is looked at together with it."""
        return beside(
            self.selection,
            catalogue=self.context.catalogue,
            offer=self.context.offer(self.reader),
        )

    @property
    def title(self) -> str:
        """What the map shows, in words."""
        return wording.map_title(
            self.selection,
            catalogue=self.context.catalogue,
            names=self.context.offer(self.reader).names,
            beside=self.beside,
        )

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
        "options": options(
            shown.selection,
            catalogue=shown.context.catalogue,
            offer=shown.context.offer(shown.reader),
        ),
        "title": shown.title,
        "name": wording.shown_name(shown.selection, catalogue=shown.context.catalogue),
        "definition": shown.indicator.definition[shown.language],
        "about": about_address(shown),
        "notice": _notice(shown),
        "source": source_line(shown),
        "outlines": _outlines(shown),
        "names": names_address(shown, shown.selection.level, shown.selection.division),
        "area": _chosen(shown),
        "within": _within(shown),
        "downloads": downloads(shown),
        **_company(shown),
        **_figures(shown),
    }


def about_address(shown: Shown) -> str:
    """Where the method page tells of what is shown."""
    return f"{address('/data', language=shown.language)}#indicator-{shown.selection.indicator}"


def source_line(shown: Shown) -> str:
    """Where the numbers come from, in words."""
    found = queries.provenance(
        shown.reader.cursor,
        shown.selection,
        catalogue=shown.context.catalogue,
        snapshot=shown.reader.snapshot,
    )
    return parts.source_line(found, language=shown.language)


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
        "within": selection.within,
        "layer": selection.layer,
        "grouping": selection.grouping,
        "since": selection.since,
        "compare": selection.compare,
        "together": selection.together,
        "bivariate": selection.bivariate,
        "kind": KIND_TYPES if shown.indicator.categories else KIND_INDICATOR,
        "method": selection.method,
        "classes": selection.classes,
        "steady": selection.steady,
        "view": selection.view,
        "language": selection.language,
        "embed": selection.embed,
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
    return f"/areas/{level}-{division}-{shown.reader.edition}.json"


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


def _within(shown: Shown) -> dict[str, Any] | None:
    """The place that the map is limited to."""
    if shown.selection.within == RIKET:
        return None
    area = queries.area(shown.reader.cursor, shown.selection.within)
    return None if area is None else {"id": area.area_id, "bounds": area.bounds}


def _format(shown: Shown, scale: wording.Scale) -> dict[str, Any]:
    """How the client writes a value."""
    indicator, language = shown.indicator, shown.language
    plain = shown.selection.layer == "value" and shown.selection.since is None
    return {
        "decimals": scale.decimals,
        "pattern": wording.with_unit("{}", scale=scale, language=language),
        "unit": scale.unit[language],
        "signed": scale.signed,
        "categories": {str(code): name[language] for code, name in indicator.categories}
        if plain
        else {},
    }


def _company(shown: Shown) -> dict[str, Any]:
    """The other map, and the views whose values stand beside this one's for every area."""
    selection, other = shown.selection, shown.beside
    columns: list[Selection] = []
    if selection.since is not None:
        columns = [
            replace(selection, since=None, year=y) for y in (selection.since, selection.year)
        ]
    elif other is not None and other.division == selection.division:
        columns = [other]
    return {
        "second": other.to_query() if other and not selection.bivariate else None,
        "columns": [
            {"label": _column(shown, column), "query": replace(column, area=None).to_query()}
            for column in columns
        ],
    }


def _column(shown: Shown, column: Selection) -> str:
    if column.indicator == shown.selection.indicator and column.year != shown.selection.year:
        return str(column.year)
    if shown.selection.since is not None:
        return str(column.year)
    return wording.shown_name(column, catalogue=shown.context.catalogue)


def _figures(shown: Shown) -> dict[str, Any]:
    selection = shown.selection
    layer = layer_of(shown, selection.level, selection.division)
    canvas = canvas_of(shown)
    figures = canvas.figures
    decimals = canvas.scale.decimals
    n_features = len(layer.area_ids) if layer else 0
    counts = _counts(figures, n_features=n_features)
    return {
        "layer": _layer(shown, layer),
        "note": _notes(shown, counts, figures),
        "n_missing": counts.n_areas - counts.n_values,
        "n_areas": len(figures.values),
        "reason_words": {
            reason: wording.missing_reason(reason, language=shown.language)
            for reason, _ in counts.missing
        },
        "scale": 10**decimals,
        "format": _format(shown, canvas.scale),
        "values": painting.numbers(figures.values, decimals=decimals),
        "reasons": painting.reason_places(figures),
        "few": np.flatnonzero(figures.few & ~np.isnan(figures.values)).tolist(),
        **painting.paint(canvas),
    }


def canvas_of(shown: Shown) -> painting.Canvas:
    """The view's figures, and those it is crossed with, in the order of `area_order`."""
    selection, cursor = shown.selection, shown.reader.cursor
    order = shown.reader.once(area_order, level=selection.level, division=selection.division)
    rows = shown.reader.once(queries.value_rows)
    crossed = shown.beside if selection.bivariate else None
    return painting.Canvas(
        shown.reader,
        selection,
        shown.context.catalogue,
        shown.context.offer(shown.reader),
        queries.map_figures(cursor, selection, order=order, rows=rows),
        crossed,
        queries.map_figures(cursor, crossed, order=order, rows=rows) if crossed else None,
    )


def area_order(cursor: Cursor, *, level: Level, division: Division) -> tuple[str, ...]:
    """Every area of a level: those of the map layer in its order, then those without a boundary."""
    layer = queries.map_layer(cursor, level=level, division=division)
    drawn = layer.area_ids if layer else ()
    every = queries.children(cursor, RIKET, level=level, year=_a_year_of(division))["area_id"]
    return tuple(dict.fromkeys((*drawn, *every)))


def _notes(shown: Shown, counts: Counts, figures: MapFigures) -> list[str]:
    selection, language = shown.selection, shown.language
    few = int(np.count_nonzero(figures.few & ~np.isnan(figures.values)))
    notes = [
        wording.missing_sentence(counts.missing, n_areas=counts.n_areas, language=language),
        wording.caution_sentence(few, fewest=queries.FEW_PERSONS, language=language),
        wording.boundary_sentence(
            counts.n_without_boundary, level=selection.level, language=language
        ),
    ]
    if selection.steady:
        years = shown.context.offer(shown.reader).years_of(selection.indicator, selection.level)
        notes.append(wording.steady_sentence(years, language=language))
    if selection.since is not None:
        breaks = _breaks(shown)
        notes += wording.breaks_sentences(
            breaks, first=selection.since, last=selection.year, language=language
        )
    return [note for note in notes if note]


def _breaks(shown: Shown) -> tuple[Break, ...]:
    """The breaks of what is shown: of the indicator, or of the grouping that is measured."""
    catalogue = shown.context.catalogue
    grouping = catalogue.groupings.get(shown.selection.grouping)
    return catalogue.breaks_of(grouping or shown.indicator)


def _counts(figures: MapFigures, *, n_features: int) -> Counts:
    missing = Counter(reason for reason in figures.reasons if reason is not None)
    n_all = len(figures.reasons)
    n_areas = n_all - int(np.count_nonzero(figures.outside))
    unbounded = int(np.count_nonzero(~figures.outside[n_features:]))
    return Counts(n_areas, n_areas - missing.total(), tuple(missing.most_common()), unbounded)


def _a_year_of(division: Division) -> int:
    return LAST_YEAR_OF_2018 + (division != "2018")


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
