"""Controls and small parts; their options come from the catalogue and the snapshot."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.catalogue import Catalogue, Text
from barometer.divisions import Language
from barometer.selection import FEWEST_CLASSES, METHODS, MOST_CLASSES, Selection
from barometer.ui import ids, words
from barometer.ui.attributes import aria, data

MOST_YEAR_LABELS: Final = 5

Options = list[dict[str, Any]]


def indicator_groups(
    catalogue: Catalogue, offered: Collection[str], *, language: Language
) -> Options:
    """The indicators that are offered, by sector, for a select."""
    groups = (
        (sector, [i for i in catalogue.of_sector(sector) if i.indicator_id in offered])
        for sector in catalogue.sectors
    )
    return [
        {
            "group": words.SECTORS[sector][language],
            "items": [{"value": i.indicator_id, "label": i.name[language]} for i in found],
        }
        for sector, found in groups
        if found
    ]


def years(numbers: Iterable[int]) -> Options:
    """Years for a select."""
    return [{"value": str(year), "label": str(year)} for year in numbers]


def select(
    name: str,
    label: Text,
    options: Options,
    value: str | None,
    *,
    language: Language,
    hint: Text | None = None,
) -> Component:
    """One of several; one that can be searched when its options come in groups."""
    return dmc.Select(
        id=name,
        label=label[language],
        description=hint[language] if hint else None,
        inputWrapperOrder=["label", "input", "description"],
        data=options,
        value=value,
        searchable=bool(options) and "group" in options[0],
        allowDeselect=False,
        nothingFoundMessage=words.NOTHING_FOUND[language],
        maxDropdownHeight=420,
        comboboxProps={"shadow": "md"},
    )


def field(
    label: str, control: Component, *, hint: str | None = None, **attributes: Any
) -> Component:
    """A control that has no label of its own, under a visible one."""
    shown = [html.Span(label, className="field__label"), control]
    if hint:
        shown.append(html.Span(hint, className="field__hint"))
    return html.Div(shown, className="field", **attributes)


def indicator_select(groups: Options, selection: Selection) -> Component:
    """The indicator, searchable, by sector."""
    chosen, language = selection.indicator, selection.language
    return select(ids.MAP_INDICATOR, words.INDICATOR, groups, chosen, language=language)


def kind_control(kind: str, *, language: Language) -> Component:
    """Indicators, or the area types: a layer of their own."""
    return _segments(ids.MAP_KIND, words.KINDS, kind, label=words.KIND, language=language)


def within_control(selection: Selection) -> Component:
    """The whole country, or the län or kommun of the opened place."""
    chosen, language = selection.within, selection.language
    only = [{"value": chosen, "label": chosen}]
    control = select(ids.MAP_WITHIN, words.WITHIN, only, chosen, language=language)
    return html.Div(control, id=ids.MAP_WITHIN_BOX, hidden=True)


def mode_control(groups: Options, selection: Selection, *, language: Language) -> Component:
    """One year, a change, or two things; what the last two need follows them."""
    mode = "change" if selection.since else "compare" if selection.compare else "year"
    since = select(ids.MAP_SINCE, words.SINCE, [], None, language=language)
    things = [{"group": words.COMPARE_YEARS[language], "items": []}, *groups]
    compare = select(ids.MAP_COMPARE, words.COMPARE, things, selection.compare, language=language)
    together = _segments(
        ids.MAP_TOGETHER,
        words.TOGETHERS,
        selection.together,
        label=words.TOGETHER,
        language=language,
    )
    hint = html.P(words.SINCE_HINT[language], className="field__hint")
    return html.Div(
        [
            field(
                words.MODE[language],
                _segments(ids.MAP_MODE, words.MODES, mode, label=words.MODE, language=language),
            ),
            html.Div([since, hint], id=ids.MAP_SINCE_BOX, hidden=True, className="mode__more"),
            html.Div(
                [compare, together], id=ids.MAP_COMPARE_BOX, hidden=True, className="mode__more"
            ),
        ],
        className="mode",
    )


def measure_controls(selection: Selection) -> list[Component]:
    """The value itself or a local measure, and the groups it is made on."""
    language = selection.language
    named = wording.layer_name(selection.layer, language=language)
    layers = [{"value": selection.layer, "label": named}]
    layer = select(ids.MAP_LAYER, words.LAYER, layers, selection.layer, language=language)
    grouping = select(ids.MAP_GROUPING, words.GROUPING, [], None, language=language)
    return [layer, html.Div(grouping, id=ids.MAP_GROUPING_BOX, hidden=True)]


def steady_switch(selection: Selection) -> Component:
    """Whether a colour means the same in every year."""
    label = words.STEADY[selection.language]
    switch = dmc.Switch(id=ids.MAP_STEADY, label=label, checked=selection.steady, size="sm")
    return html.Div(switch, id=ids.MAP_STEADY_BOX, hidden=True)


def _segments(
    component_id: str, names: Mapping[str, Text], value: str, *, label: Text, language: Language
) -> Component:
    return dmc.SegmentedControl(
        id=component_id,
        data=[{"value": key, "label": name[language]} for key, name in names.items()],
        value=value,
        fullWidth=True,
        **aria(label=label[language]),
    )


def level_control(levels: Options, selection: Selection) -> Component:
    """The geographical level."""
    label = words.LEVEL[selection.language]
    control = dmc.SegmentedControl(
        id=ids.MAP_LEVEL,
        data=levels,
        value=selection.level,
        fullWidth=True,
        **aria(label=label),
    )
    return field(label, control)


def background_control(backgrounds: Options, selection: Selection) -> Component:
    """Everybody or a part of the population; hidden where the source has only everybody."""
    label = words.BACKGROUND[selection.language]
    control = dmc.SegmentedControl(
        id=ids.MAP_BACKGROUND,
        data=backgrounds,
        value=selection.background,
        fullWidth=True,
        **aria(label=label),
    )
    return field(label, control, id=ids.MAP_BACKGROUND_BOX, hidden=len(backgrounds) < 2)


def year_control(years: Sequence[int], selection: Selection) -> Component:
    """Slider over the years that have figures, with a button that plays them."""
    language = selection.language
    slider = dmc.Slider(
        id=ids.MAP_YEAR,
        min=years[0],
        max=max(years[-1], years[0] + 1),
        value=selection.year,
        marks=year_marks(years),
        restrictToMarks=True,
        updatemode="drag",
        label=None,
        thumbLabel=words.YEAR[language],
        thumbSize=22,
        size=6,
    )
    play = html.Button(
        html.Span(className="play__icon", **aria(hidden="true")),
        id=ids.MAP_PLAY,
        type="button",
        className="play",
        title=words.PLAY[language],
        **aria(label=words.PLAY[language]),
        **data(pause=words.PAUSE[language]),
    )
    shown = html.Span(str(selection.year), id=ids.MAP_YEAR_SHOWN, className="years__shown")
    return html.Div([play, shown, html.Div(slider, className="years__slider")], className="years")


def year_marks(years: Sequence[int]) -> Options:
    """A mark a year, labelled so that the labels have room; the last year always is."""
    step = -(-len(years) // MOST_YEAR_LABELS)
    return [
        {"value": year, "label": str(year)} if (len(years) - 1 - i) % step == 0 else {"value": year}
        for i, year in enumerate(years)
    ]


def method_select(selection: Selection) -> Component:
    """How class breaks are made."""
    language = selection.language
    methods = [
        {"value": m, "label": wording.method_name(m, language=language).capitalize()}
        for m in METHODS
    ]
    return select(ids.MAP_METHOD, words.METHOD, methods, selection.method, language=language)


def classes_control(selection: Selection) -> Component:
    """How many classes."""
    label = words.CLASSES[selection.language]
    control = dmc.SegmentedControl(
        id=ids.MAP_CLASSES,
        data=[str(n) for n in range(FEWEST_CLASSES, MOST_CLASSES + 1)],
        value=str(selection.classes),
        fullWidth=True,
        **aria(label=label),
    )
    return field(label, control)


def view_control(selection: Selection) -> Component:
    """Map or its table twin."""
    language = selection.language
    return dmc.SegmentedControl(
        id=ids.MAP_VIEW,
        data=[
            {"value": "map", "label": words.FIGURE[language]},
            {"value": "table", "label": words.TABLE[language]},
        ],
        value=selection.view,
        **aria(label=f"{words.VIEW[language]} ({words.VIEW_HINT[language]})"),
    )
