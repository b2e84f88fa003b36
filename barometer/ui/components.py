"""Controls and small parts; their options come from the catalogue and the snapshot."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.catalogue import Catalogue, Text
from barometer.divisions import Language
from barometer.ui import words

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
            "group": wording.SECTORS[sector][language],
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


def year_marks(years: Sequence[int]) -> Options:
    """A mark a year, labelled so that the labels have room; the last year always is."""
    step = -(-len(years) // MOST_YEAR_LABELS)
    return [
        {"value": year, "label": str(year)} if (len(years) - 1 - i) % step == 0 else {"value": year}
        for i, year in enumerate(years)
    ]
