"""The lab's controls and what they offer, all from catalogue and snapshot."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from barometer import queries
from barometer.catalogue import Text
from barometer.divisions import LAST_YEAR_OF_2018, RIKET, SMALL_LEVELS
from barometer.selection.labs import (
    DIMENSIONS,
    LAB_VIEWS,
    MOST_INDICATORS,
    area_set,
    every_background,
    every_year,
)
from barometer.ui import words as site_words
from barometer.ui.attributes import aria
from barometer.ui.components import Options, indicator_groups, select
from barometer.ui.components import years as year_options
from barometer.ui.pages.lab import (
    ids,
    words,
)
from barometer.ui.pages.lab.state import (
    Seen,
    token_label,
)
from barometer.ui.places import KEEP_ALL
from barometer.wording.labs import lab_title

WHOLE: Final = ("riket", "lan", "kommun", "regso", "deso")
INSIDE: Final = {"lan": ("kommun", "regso", "deso"), "kommun": ("regso", "deso")}
FOUND: Final = 8  # places that a search offers, each with what lies in it


def controls(seen: Seen) -> Component:
    """What is shown, and how."""
    lab, language = seen.lab, seen.language
    groups = indicator_groups(seen.context.catalogue, seen.offer.indicators, language=language)
    chosen = [
        _many(
            seen,
            ids.INDICATORS,
            words.INDICATORS,
            groups,
            lab.indicators,
            hint=words.INDICATORS_FIND,
            maxValues=MOST_INDICATORS,
        ),
        _many(
            seen,
            ids.AREAS,
            words.AREAS,
            area_options(seen, ""),
            lab.areas,
            hint=words.AREAS_FIND,
            filter=KEEP_ALL,
        ),
        _many(seen, ids.YEARS, words.YEARS, years(seen), chosen_years(seen), hint=words.YEARS_ALL),
        _many(seen, ids.BACKGROUNDS, words.BACKGROUNDS, backgrounds(seen), lab.backgrounds),
    ]
    return html.Div(
        [_group(chosen, words.CONTROLS, seen, kind="lab__choose"), _shown_as(seen)],
        className="lab__controls",
    )


def _shown_as(seen: Seen) -> Component:
    lab, language = seen.lab, seen.language
    control = dmc.SegmentedControl(
        id=ids.VIEW,
        data=[{"value": view, "label": words.VIEWS[view][language]} for view in LAB_VIEWS],
        value=lab.view,
        **aria(label=words.VIEW[language]),
    )
    return html.Div(
        [html.Span(words.VIEW[language], className="field__label"), control],
        className="field lab__views",
    )


def arrangement(seen: Seen) -> Component:
    """How the table is laid out."""
    lab, language = seen.lab, seen.language
    dimensions = [{"value": d, "label": words.DIMENSIONS[d][language]} for d in DIMENSIONS]
    spread = [{"value": "none", "label": words.NO_COLUMNS[language]}, *dimensions]
    inside = [
        select(ids.ROWS, words.ROWS, dimensions, lab.rows, language=language),
        select(ids.COLUMNS, words.COLUMNS, spread, lab.columns or "none", language=language),
        dmc.TextInput(
            id=ids.FIND,
            label=words.FIND[language],
            placeholder=words.FIND_HINT[language],
            value=lab.find,
            debounce=350,
        ),
        dmc.TextInput(
            id=ids.ONLY,
            label=words.ONLY[language],
            placeholder=words.ONLY_HINT[language],
            value=lab.only,
            debounce=700,
        ),
    ]
    return _group(inside, words.ARRANGE, seen, kind="lab__arrange")


def area_options(seen: Seen, text: str) -> Options:
    """The whole levels, or what the text may mean with what lies in it; the chosen ones always."""
    found = _sets(seen) if not text.strip() else _found(seen, text)
    there = {option["value"] for option in found}
    chosen = [t for t in seen.lab.areas if t not in there]
    return found + [{"value": token, "label": token_label(seen, token)} for token in chosen]


def _sets(seen: Seen) -> Options:
    names = {level: words.SETS[level][seen.language] for level in WHOLE}
    return [
        {"value": RIKET if level == "riket" else level, "label": name}
        for level, name in names.items()
    ]


def _found(seen: Seen, text: str) -> Options:
    """Places by name or code; small areas of both divisions."""
    last = every_year(seen.offer)[-1]
    tokens: dict[str, str] = {}
    for year in dict.fromkeys((last, LAST_YEAR_OF_2018)):
        found = queries.search_places(
            seen.reader.cursor, text, language=seen.language, year=year, limit=FOUND
        )
        for row in found.to_dict("records"):
            token, level = str(row["area_id"]), str(row["level"])
            small = level in SMALL_LEVELS
            tokens[token] = token_label(seen, token) if small else str(row["label"])
            for inside in INSIDE.get(level, ()):
                tokens[f"{inside}@{token}"] = token_label(seen, f"{inside}@{token}")
    return [{"value": token, "label": label} for token, label in tokens.items()]


def years(seen: Seen) -> Options:
    """Every year of any indicator, the last first."""
    return year_options(every_year(seen.offer)[::-1])


def chosen_years(seen: Seen) -> list[str]:
    """The chosen years; none when it is all of them."""
    return [str(year) for year in seen.lab.years]


def backgrounds(seen: Seen) -> Options:
    """Everybody, and every part of the population that some indicator is told for."""
    return [
        {"value": b, "label": _capital(seen.background(b))} for b in every_background(seen.offer)
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _group(inside: list[Component], label: Text, seen: Seen, *, kind: str) -> Component:
    return html.Div(inside, className=kind, role="group", **aria(label=label[seen.language]))


def _many(
    seen: Seen,
    component: str,
    label: Text,
    options: Options,
    value: Sequence[str],
    *,
    hint: Text | None = None,
    **more: Any,
) -> Component:
    return dmc.MultiSelect(
        id=component,
        label=label[seen.language],
        placeholder=hint[seen.language] if hint and not value else None,
        data=options,
        value=list(value),
        searchable=True,
        clearable=True,
        hidePickedOptions=False,
        nothingFoundMessage=site_words.NOTHING_FOUND[seen.language],
        maxDropdownHeight=420,
        debounce=False,
        clearButtonProps=aria(label=f"{words.CLEAR[seen.language]}: {label[seen.language]}"),
        comboboxProps={"shadow": "md"},
        **more,
    )


def _inside(label: str, token: str) -> str:
    """A set's name inside a line: "alla län"; riket is no name in Swedish either."""
    noun = area_set(token) or (token, label) == (RIKET, words.SETS["riket"]["sv"])
    return label[:1].lower() + label[1:] if noun else label


def labels(seen: Seen) -> Mapping[str, str]:
    """Names of what an address can hold, for remarks about it."""
    catalogue, language = seen.context.catalogue, seen.language
    named = {i: catalogue.indicators[i].name[language] for i in seen.offer.indicators}
    return (
        named
        | {b: seen.background(b) for b in every_background(seen.offer)}
        | {view: words.VIEWS[view][language] for view in LAB_VIEWS}
        | {d: words.DIMENSIONS[d][language] for d in DIMENSIONS}
        | {"none": words.NO_COLUMNS[language]}
    )


def title(seen: Seen) -> str:
    """What is shown, or the page's name while nothing is chosen."""
    lab, language = seen.lab, seen.language
    if lab.empty:
        return words.NAME[language]
    names = [seen.indicator(i).name[language] for i in lab.indicators]
    places = [_inside(token_label(seen, t), t) for t in lab.areas]
    return lab_title(names, places, tuple(seen.sizes), language=language)
