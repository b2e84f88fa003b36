"""What /values sends: the view's figures for the map, and the properties of all that follows them.

Values travel as whole numbers (value x scale, rounded as people see them) in the order of the map
layer, classes as what they follow from (`painting.classes_by_value`).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from dash import html
from dash.development.base_component import Component

from barometer import queries, wording
from barometer.catalogue import Break
from barometer.divisions import OWN, RIKET
from barometer.own_codes import read_own
from barometer.queries import Area, Counts, MapFigures
from barometer.selection import Selection
from barometer.ui import ids, parts, words
from barometer.ui.address import address
from barometer.ui.pages.map import files, geometry, marks, painting
from barometer.ui.pages.map.geometry import box_on_land
from barometer.ui.pages.map.key import KeyInput, key, types_finding
from barometer.ui.pages.map.marks import marked_line
from barometer.ui.pages.map.options import Properties, control_properties
from barometer.ui.pages.map.state import MapState

POPULATION: Final = "population"


@dataclass(frozen=True, slots=True)
class Drawing:
    """The view's figures and how they are drawn: made once a request."""

    canvas: painting.PaintInput
    counts: Counts
    painted: painting.Painted

    @property
    def figures(self) -> MapFigures:
        """The figures in the order of the map layer."""
        return self.canvas.figures


def map_view(state: MapState) -> dict[str, Any]:
    """Everything that the map page shows besides the geometry and the drawer."""
    drawing = draw(state)
    return {
        "query": state.selection.to_query(),
        "snapshot": state.reader.snapshot.snapshot_id,
        "selection": _selection(state),
        "years": list(state.offer.years_of(state.selection.indicator, state.selection.level)),
        "title": state.title,
        "name": wording.display_name(state.selection, catalogue=state.context.catalogue),
        "notice": list(_remarks(state)),
        "downloads": files.downloads(state),
        "area": _chosen(state),
        "within": _within(state),
        **geometry.addresses(state, drawing.figures),
        "police": marks.outlines_address(state),
        **_comparison(state),
        **_figures(state, drawing),
        "set": properties(state, drawing),
    }


def draw(state: MapState) -> Drawing:
    """The view's figures, counted and painted."""
    canvas = canvas_of(state)
    layer = geometry.layer_of(state, state.selection.level, state.selection.division)
    counts = _counts(canvas.figures, n_features=len(layer.area_ids) if layer else 0)
    return Drawing(canvas, counts, painting.paint(canvas))


def properties(state: MapState, drawing: Drawing) -> Properties:
    """Controls, key and texts, as `{id: {property: value}}`."""
    notes = _notes(state, drawing)
    caption, second_caption = _captions(state)
    texts: dict[str, Sequence[Component | str] | str] = {
        ids.MAP_TITLE: state.title,
        ids.MAP_SENTENCE: by_theme(drawing.painted.sentence),
        ids.MAP_DEFINITION: _definition(state),
        ids.MAP_NOTICE: _notice(state),
        ids.MAP_LEGEND: key(state, _key_input(state, drawing)),
        ids.MAP_NOTE: [
            *(html.P(note) for note in notes),
            *marked_line(state, _visible_areas(state, drawing)),
        ],
        ids.MAP_ORIGIN: files.origin(state),
        ids.MAP_SOURCE: parts.linked_tables(
            source_line(state), state.context.catalogue, language=state.language
        ),
        ids.MAP_DOWNLOADS: files.share_list(state, n_areas=drawing.counts.n_areas),
        ids.MAP_ANNOUNCE: f"{state.title}. {drawing.painted.sentence['light']}",
        ids.MAP_CAPTION: caption,
        ids.MAP_SECOND_CAPTION: second_caption,
    }
    found: Properties = {name: {"children": children} for name, children in texts.items()}
    return control_properties(state) | found | {ids.MAP_ASKED: {"data": drawer_query(state)}}


def by_theme(sentence: dict[str, str]) -> list[Component]:
    """A sentence that speaks of dark and light, once for each ground; one of them is hidden."""
    if len(set(sentence.values())) == 1:
        return [html.Span(sentence["light"])]
    return [html.Span(said, className=f"on-{theme}") for theme, said in sentence.items()]


def finding(state: MapState, drawing: Drawing) -> str:
    """What the map says in a line: how many live in types 1 and 2, else the key in words."""
    shares = _shares(state, drawing)
    return types_finding(shares, state.language) or drawing.painted.sentence["light"]


def drawer_query(state: MapState) -> str:
    """What the drawer depends on: it is not made again when only the map's look changes."""
    selection = state.selection
    if selection.area is None:
        return "?lang=en" if state.language == "en" else ""
    plain = Selection(selection.indicator, selection.level, selection.year)
    kept = replace(
        plain,
        background=selection.background,
        area=selection.area,
        within=selection.within,
        language=selection.language,
    )
    return kept.to_query()


def source_line(state: MapState) -> str:
    """Where the numbers come from, in words."""
    found = queries.provenance(
        state.reader.cursor,
        state.selection,
        catalogue=state.context.catalogue,
        snapshot=state.reader.snapshot,
    )
    return parts.source_line(found, language=state.language)


def _definition(state: MapState) -> list[Component]:
    about = f"{address('/data', language=state.language)}#indicator-{state.selection.indicator}"
    link = html.A(words.ABOUT_INDICATOR[state.language], href=about)
    return [html.P(state.indicator.definition[state.language]), link]


def _captions(state: MapState) -> tuple[str, str]:
    """Over each of two maps: what sets it apart from the other; empty over a single one."""
    first, second = state.selection, state.other
    if second is None or first.bivariate:
        return "", ""
    if second.indicator == first.indicator and second.layer == first.layer:
        return str(first.year), str(second.year)
    names = [
        wording.display_name(one, catalogue=state.context.catalogue) for one in (first, second)
    ]
    if second.year == first.year:
        return names[0], names[1]
    return f"{names[0]}, {first.year}", f"{names[1]}, {second.year}"


def _selection(state: MapState) -> dict[str, Any]:
    selection = state.selection
    return {
        "indicator": selection.indicator,
        "level": selection.level,
        "division": selection.division,
        "year": selection.year,
        "since": selection.since,
        "area": selection.area,
        "within": selection.within,
        "view": selection.view,
        "language": selection.language,
        "embed": selection.embed,
    }


def _remarks(state: MapState) -> tuple[str, ...]:
    return wording.misunderstood_sentences(
        state.reading, catalogue=state.context.catalogue, offer=state.offer
    )


def _notice(state: MapState) -> list[Component]:
    return parts.notice(_remarks(state), language=state.language)


def _chosen(state: MapState) -> dict[str, Any] | None:
    area_id = state.selection.area
    area = queries.area(state.reader.cursor, area_id) if area_id else None
    if area is None:
        return None
    return {
        "id": area.area_id,
        "label": area.label,
        "level": area.level,
        "bounds": box_on_land(area, state.reader),
        "layer": geometry.layer_address(state, area.level, area.division),
        **(_own(state, area) if area.level == OWN else {}),
    }


def _own(state: MapState, area: Area) -> dict[str, Any]:
    """An own area's outline, which is in no layer, and what it consists of."""
    own = read_own(area.area_id).own
    outline = queries.outline_of(state.reader.cursor, area.area_id)
    members = own.area_ids if own else ()
    return {"outline": outline, "members": members, "name": own.name if own else ""}


def _within(state: MapState) -> dict[str, Any] | None:
    """The place that the map is limited to."""
    if state.selection.within == RIKET:
        return None
    area = queries.area(state.reader.cursor, state.selection.within)
    return None if area is None else {"id": area.area_id, "bounds": box_on_land(area, state.reader)}


def _format(state: MapState, scale: wording.Scale) -> dict[str, Any]:
    """How the browser writes a value."""
    indicator, language = state.indicator, state.language
    plain = state.selection.layer == "value" and state.selection.since is None
    return {
        "decimals": scale.decimals,
        "pattern": wording.with_unit("{}", scale=scale, language=language),
        "unit": scale.unit[language],
        "signed": scale.signed,
        "categories": {str(code): name[language] for code, name in indicator.categories}
        if plain
        else {},
    }


def _comparison(state: MapState) -> dict[str, Any]:
    """The other map, and the views whose values stand beside this one's for every area."""
    selection, other = state.selection, state.other
    columns: list[Selection] = []
    if selection.since is not None:
        years = (selection.since, selection.year)
        columns = [replace(selection, since=None, year=year) for year in years]
    elif other is not None and other.division == selection.division:
        columns = [other]
    return {
        "second": other.to_query() if other and not selection.bivariate else None,
        "columns": [
            {"label": _column(state, column), "query": replace(column, area=None).to_query()}
            for column in columns
        ],
    }


def _column(state: MapState, column: Selection) -> str:
    own = state.selection
    same = column.indicator == own.indicator and column.year != own.year
    if same or own.since is not None:
        return str(column.year)
    return wording.display_name(column, catalogue=state.context.catalogue)


def _figures(state: MapState, drawing: Drawing) -> dict[str, Any]:
    figures, painted, counts = drawing.figures, drawing.painted, drawing.counts
    decimals = drawing.canvas.scale.decimals
    return {
        "note": _notes(state, drawing),
        "sentence": painted.sentence,
        "n_missing": counts.n_areas - counts.n_values,
        "n_areas": len(figures.values),
        "reason_words": {
            reason: wording.missing_reason(reason, language=state.language)
            for reason, _ in counts.missing
        },
        "scale": 10**decimals,
        "format": _format(state, drawing.canvas.scale),
        "values": painting.numbers(figures.values, decimals=decimals),
        "reasons": painting.reason_places(figures),
        "few": np.flatnonzero(_few(figures)).tolist(),
        "uncertain": np.flatnonzero(drawing.canvas.uncertain).tolist(),
        "legend": painted.legend,
        **painted.classes,
    }


def _few(figures: MapFigures) -> np.ndarray[Any, np.dtype[np.bool_]]:
    return np.asarray(figures.few & ~np.isnan(figures.values))


def _key_input(state: MapState, drawing: Drawing) -> KeyInput:
    return KeyInput(
        legend=drawing.painted.legend,
        breaks=drawing.painted.breaks,
        shares=_shares(state, drawing),
        n_missing=drawing.counts.n_areas - drawing.counts.n_values,
        n_few=int(np.count_nonzero(_few(drawing.figures))),
        n_uncertain=int(np.count_nonzero(drawing.canvas.uncertain)),
        n_without_boundary=drawing.counts.n_without_boundary,
    )


def _shares(state: MapState, drawing: Drawing) -> list[float]:
    """Per cent of the residents by area type; empty where residents are not known."""
    selection, figures = state.selection, drawing.figures
    categories = [code for code, _ in state.indicator.categories]
    years = state.offer.years_of(POPULATION, selection.level)
    if not categories or selection.year not in years or selection.layer != "value":
        return []
    population = replace(selection, indicator=POPULATION, background="all", grouping="")
    residents = _read(state, population).values
    known = ~np.isnan(residents) & ~np.isnan(figures.values)
    total = residents[known].sum()
    if not total:
        return []
    of_type = (residents[known & (figures.values == code)].sum() for code in sorted(categories))
    return [float(100 * part / total) for part in of_type]


def canvas_of(state: MapState) -> painting.PaintInput:
    """The view's figures, and those it is crossed with, in the order of the map layer."""
    selection = state.selection
    crossed = state.other if selection.bivariate else None
    return painting.PaintInput(
        state.reader,
        selection,
        state.context.catalogue,
        state.offer,
        _read(state, selection),
        crossed,
        _read(state, crossed) if crossed else None,
    )


def _read(state: MapState, selection: Selection) -> MapFigures:
    reader = state.reader
    order = geometry.order_of(reader, selection.level, selection.division)
    rows = reader.once(queries.value_rows)
    return queries.map_figures(reader.cursor, selection, order=order, rows=rows)


def _notes(state: MapState, drawing: Drawing) -> list[str]:
    selection, language, counts = state.selection, state.language, drawing.counts
    few = int(np.count_nonzero(_few(drawing.figures)))
    uncertain = int(np.count_nonzero(drawing.canvas.uncertain))
    notes = [
        wording.missing_sentence(counts.missing, n_areas=counts.n_areas, language=language),
        wording.caution_sentence(few, fewest=queries.FEW_PERSONS, language=language),
        wording.uncertain_sentence(uncertain, language=language),
        wording.boundary_sentence(
            counts.n_without_boundary, level=selection.level, language=language
        ),
    ]
    if selection.steady:
        years = state.offer.years_of(selection.indicator, selection.level)
        notes.append(wording.steady_sentence(years, language=language))
    if selection.since is not None:
        notes += wording.breaks_sentences(
            _breaks(state), first=selection.since, last=selection.year, language=language
        )
    return [note for note in notes if note]


def _visible_areas(state: MapState, drawing: Drawing) -> frozenset[str]:
    """The areas of the view: those of its level that lie in its place."""
    order = geometry.order_of(state.reader, state.selection.level, state.selection.division)
    pairs = zip(order, drawing.figures.outside.tolist(), strict=True)
    return frozenset(area_id for area_id, outside in pairs if not outside)


def _breaks(state: MapState) -> tuple[Break, ...]:
    """The breaks of what is shown: of the indicator, or of the grouping that is measured."""
    catalogue = state.context.catalogue
    grouping = catalogue.groupings.get(state.selection.grouping)
    return catalogue.breaks_of(grouping or state.indicator)


def _counts(figures: MapFigures, *, n_features: int) -> Counts:
    missing = Counter(reason for reason in figures.reasons if reason is not None)
    n_all = len(figures.reasons)
    n_areas = n_all - int(np.count_nonzero(figures.outside))
    unbounded = int(np.count_nonzero(~figures.outside[n_features:]))
    return Counts(n_areas, n_areas - missing.total(), tuple(missing.most_common()), unbounded)
