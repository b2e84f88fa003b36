"""What the map's controls offer and show, as `{id: {property: value}}`."""

from typing import Any, Final

from dash.development.base_component import Component

from barometer import wording
from barometer.divisions import EVERY_LEVEL, OWN, RIKET, level_name, parse_area_code
from barometer.selection import (
    FEWEST_CLASSES,
    MOST_CLASSES,
    can_be_one,
    can_be_steady,
    grouping_choices,
    layers_of,
    years_before,
)
from barometer.selection.map_changes import area_type_levels
from barometer.ui import ids, parts, words
from barometer.ui.pages.map import words as labels
from barometer.ui.pages.map.state import MapState
from barometer.ui.parts import Options

Properties = dict[str, dict[str, Any]]

EMPTY_CHOICE: Final[Options] = [{"value": "", "label": "–"}]


def control_properties(state: MapState) -> Properties:
    """Every control of the page; what a tab does not use is hidden, not emptied."""
    return (
        _title(state)
        | _year(state)
        | _mode(state)
        | _local(state)
        | _classes(state)
        | {ids.MAP_PLACE: {"value": None}}
    )


def _title(state: MapState) -> Properties:
    selection = state.selection
    return {
        ids.MAP_INDICATOR: {
            "value": title_indicator(state),
            "placeholder": wording.display_name(selection, catalogue=state.context.catalogue),
        },
        ids.MAP_LEVEL: {"data": levels(state), "value": selection.level},
        ids.MAP_SUBTITLE: {"children": subtitle(state)},
    }


def title_indicator(state: MapState) -> str:
    """The menu's choice: area types are one, whichever level they are shown at."""
    types = area_type_levels(state.context.catalogue, state.offer)
    if state.selection.indicator in types.values():
        return next(iter(types.values()))
    return state.selection.indicator


def levels(state: MapState) -> Options:
    """The levels that the indicator has, largest areas first; of area types those with types."""
    types = area_type_levels(state.context.catalogue, state.offer)
    classed = state.indicator.categories
    there = types if classed else state.offer.levels_of(state.selection.indicator)
    return [
        {"value": level, "label": _level_label(level, state, typed=bool(classed))}
        for level in EVERY_LEVEL
        if level != "riket" and level in there
    ]


def _level_label(level: Any, state: MapState, *, typed: bool) -> str:
    if level == OWN:
        return labels.OWN_LEVEL[state.language]
    name = level_name(level, language=state.language)
    return (
        words.fill(labels.APPROXIMATE, state.language, level=name)
        if typed and level == "deso"
        else name
    )


def subtitle(state: MapState) -> list[str | Component]:
    """What the figure is a share of, which areas are shown and where."""
    selection, language = state.selection, state.language
    what = (
        wording.subject(state.indicator, language=language) or state.indicator.population[language]
    )
    if state.indicator.categories:
        what = labels.TYPES_SUBJECT[language]
    areas = labels.LEVEL_AREAS[selection.level][language]
    place = wording.container_name(selection, names=state.offer.names)
    where = labels.WHOLE[language] if selection.within == RIKET else place
    text = words.fill(
        labels.SUBTITLE, language, what=wording.capitalised(what), areas=areas, place=where
    )
    return [text]


def _year(state: MapState) -> Properties:
    years = state.offer.years_of(state.selection.indicator, state.selection.level)
    year = state.selection.year
    return {
        ids.MAP_YEAR: {
            "min": years[0],
            "max": max(years[-1], years[0] + 1),
            "marks": parts.year_marks(years),
            "value": year,
        },
        ids.MAP_YEARS_BOX: {"hidden": len(years) < 2},
        ids.MAP_YEAR_SHOWN: {
            "children": str(year)
            if len(years) > 1
            else words.fill(labels.ONE_YEAR, state.language, year=str(year))
        },
    }


def _mode(state: MapState) -> Properties:
    selection, mode = state.selection, state.mode
    backgrounds = _backgrounds(state)
    lacking = lacks(state)
    boxes = {
        ids.MAP_BACKGROUND_BOX: mode != "level" or len(backgrounds) < 2,
        ids.MAP_SINCE_BOX: mode != "change" or selection.since is None,
        ids.MAP_COMPARE_BOX: mode != "compare" or selection.compare is None,
        ids.MAP_LOCAL_BOX: mode != "local" or selection.layer == "value",
        ids.MAP_LACKING: not lacking,
    }
    found: Properties = {name: {"hidden": hidden} for name, hidden in boxes.items()}
    found[ids.MAP_LACKING]["children"] = lacking
    found[ids.MAP_MODE] = {"value": mode}
    found[ids.MAP_OPTIONS] = {"hidden": all(boxes.values())}
    found[ids.MAP_BACKGROUND] = {"data": backgrounds, "value": selection.background}
    if selection.since is not None:
        earlier = [str(year) for year in reversed(years_before(selection, offer=state.offer))]
        found[ids.MAP_SINCE] = {"data": earlier, "value": str(selection.since)}
    if selection.compare:
        found[ids.MAP_COMPARE] = {"data": _comparisons(state), "value": selection.compare}
        found[ids.MAP_TOGETHER] = {"value": selection.together}
        one = can_be_one(selection, state.context.catalogue)
        found[ids.MAP_TOGETHER_BOX] = {"hidden": not one}
    return found


def lacks(state: MapState) -> str:
    """Why the view cannot be shown in the tab that was pressed; empty when it can."""
    if state.wanted is None or state.wanted == "level":
        return ""
    name = state.indicator.name[state.language]
    return words.fill(labels.LACKING[state.wanted], state.language, name=name)


def _backgrounds(state: MapState) -> Options:
    catalogue, language = state.context.catalogue, state.language
    named = (
        (b, wording.background_name(b, catalogue=catalogue, language=language))
        for b in state.offer.backgrounds[state.selection.indicator]
    )
    return [{"value": background, "label": wording.capitalised(name)} for background, name in named]


def _comparisons(state: MapState) -> Options:
    """The indicator's other years, then the other indicators of the level by sector."""
    selection, offer, language = state.selection, state.offer, state.language
    years = [y for y in offer.years_of(selection.indicator, selection.level) if y != selection.year]
    others = [i for i in offer.indicators if i != selection.indicator]
    fitting = [i for i in others if offer.years_of(i, selection.level)]
    items = [{"value": str(y), "label": str(y)} for y in reversed(years)]
    group = [{"group": words.COMPARE_YEARS[language], "items": items}] if items else []
    groups = parts.indicator_groups(state.context.catalogue, fitting, language=language)
    return group + groups


def _local(state: MapState) -> Properties:
    selection, catalogue, offer = state.selection, state.context.catalogue, state.offer
    if selection.layer == "value":
        return {}
    layers = [x for x in layers_of(selection, catalogue=catalogue, offer=offer) if x != "value"]
    groupings = grouping_choices(selection, selection.layer, catalogue, offer=offer)
    names = {i: found.name for i, found in catalogue.indicators.items()}
    names |= {g: found.name for g, found in catalogue.groupings.items()}
    choices = [{"value": g, "label": names[g][state.language]} for g in groupings]
    return {
        ids.MAP_LAYER: {
            "data": [
                {"value": layer, "label": wording.layer_name(layer, language=state.language)}
                for layer in layers
            ],
            "value": selection.layer,
        },
        ids.MAP_GROUPING: {"data": choices or EMPTY_CHOICE, "value": selection.grouping or None},
        ids.MAP_GROUPING_BOX: {"hidden": len(choices) < 2},
    }


def _classes(state: MapState) -> Properties:
    selection = state.selection
    step = 1 if selection.middle is None else 2
    typed = bool(state.indicator.categories) and selection.layer == "value"
    return {
        ids.MAP_METHOD: {"value": selection.method},
        ids.MAP_CLASSES: {
            "data": [str(n) for n in range(FEWEST_CLASSES, MOST_CLASSES + 1, step)],
            "value": str(selection.classes),
        },
        ids.MAP_STEADY: {"checked": selection.steady},
        ids.MAP_STEADY_BOX: {"hidden": not can_be_steady(selection)},
        ids.MAP_CLASSES_BOX: {"hidden": typed or selection.bivariate},
    }


def limit_choices(state: MapState) -> list[str]:
    """The län and kommun of the opened place that hold smaller areas than themselves."""
    code = parse_area_code(state.selection.area or "")
    found = [c for c in (code.lan_id, code.kommun_id) if c] if code else []
    rank = {c: 1 if len(c) == 2 else 2 for c in found}
    return [c for c in found if rank[c] < EVERY_LEVEL.index(state.selection.level)]
