"""The key as a chart: a row a type, a column a class, or a square where two things are crossed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.classes import area_type_palette
from barometer.divisions import Language
from barometer.ui import words
from barometer.ui.markup import aria, data
from barometer.ui.pages.map import marks
from barometer.ui.pages.map import words as labels
from barometer.ui.pages.map.state import MapState

TALLEST: Final = 40  # px: the column of the class with most areas
LONGEST: Final = 60.0  # per cent of residents that fill a row's bar


@dataclass(frozen=True, slots=True)
class KeyInput:
    """What a key is made of: `legend` of `painting.paint`, and how many areas are drawn as what.

    `shares` are each class's per cent of the residents, empty where they are not known; `breaks`
    the lowest values of all classes but the first, as people read them.
    """

    legend: dict[str, Any]
    breaks: Sequence[str]
    shares: Sequence[float]
    n_missing: int
    n_few: int
    n_uncertain: int
    n_without_boundary: int


def key(state: MapState, given: KeyInput) -> list[Component]:
    """The key's heading, its chart and a row for each pattern."""
    legend = given.legend
    if "axes" in legend:
        chart = [_heading(state), _square(state, legend)]
    elif state.indicator.categories and state.selection.layer == "value":
        chart = _types(state, given)
    else:
        chart = _columns(state, given)
    return [*chart, _patterns(state, given)]


def _heading(state: MapState, text: str = "") -> Component:
    name = text or wording.display_name(state.selection, catalogue=state.context.catalogue)
    return html.H2(name, className="key__title")


def _columns(state: MapState, given: KeyInput) -> list[Component]:
    legend, language = given.legend, state.language
    most = max([*legend["counts"], 1])
    drawn = classes_drawn(legend)
    columns = [
        html.Span(
            [
                html.Span(areas_written(count, language), className="key__count"),
                _swatch(
                    legend, place, "key__column", height=f"{max(2, TALLEST * count / most):.0f}px"
                ),
                *_break(given, place, first=min(drawn)),
            ],
            className="key__class",
            **data(**{"class": str(place)}),
        )
        for place, count in drawn.items()
    ]
    return [
        _heading(state),
        *_of_change(state),
        html.P(labels.KEY_COUNTS[language], className="key__lead"),
        html.Div(columns, className="key__columns", **aria(hidden="true")),
        _in_words(legend, language),
        *([_ends(language)] if state.selection.since else []),
    ]


def _of_change(state: MapState) -> list[Component]:
    """The years and the unit of a change."""
    asked, language = state.selection, state.language
    if asked.since is None:
        return []
    scale = wording.scale_of(asked, catalogue=state.context.catalogue, n_areas=0)
    text = words.fill(
        labels.KEY_CHANGE, language, since=asked.since, year=asked.year, unit=scale.unit[language]
    )
    return [html.P(text, className="key__lead")]


def _ends(language: Language) -> Component:
    """Which way the columns of a change go."""
    less, more = (end[language] for end in labels.KEY_ENDS)
    return html.P(
        [html.Span(f"← {less}"), html.Span(f"{more} →")],
        className="key__ends",
        **aria(hidden="true"),
    )


def classes_drawn(legend: dict[str, Any]) -> dict[int, int]:
    """How many areas each class has, without those that no area is in.

    A scale that is the same on both sides of its middle can have classes of one side only.
    """
    return {place: count for place, count in enumerate(legend["counts"]) if count}


def _break(given: KeyInput, place: int, *, first: int) -> list[Component]:
    """The class's lowest value, where it begins after another."""
    if place == first:
        return []
    return [html.Span(given.breaks[place - 1], className="key__break")]


def _in_words(legend: dict[str, Any], language: Language) -> Component:
    """The columns as a list, for people who do not see them."""
    rows = [
        html.Li(f"{legend['labels'][place]}: {n_areas(count, language)}")
        for place, count in classes_drawn(legend).items()
    ]
    return html.Ul(rows, className="unseen")


def _types(state: MapState, given: KeyInput) -> list[Component]:
    legend, language = given.legend, state.language
    heads = [html.Span(head[language]) for head in labels.KEY_TYPES_HEADS]
    rows = [_type_row(given, place, language) for place in range(len(legend["labels"]))]
    return [
        _heading(state, types_finding(given.shares, language)),
        html.P(heads, className="key__heads"),
        html.Ul(rows, className="key__types"),
    ]


def types_key(language: Language) -> Component:
    """The area types' colours and names alone, and the hatch, for a small picture."""
    light, dark = area_type_palette(theme="light"), area_type_palette(theme="dark")
    rows = [
        html.Li([html.Span(className="swatch", style={"--light": a, "--dark": b}), name[language]])
        for name, a, b in zip(words.TYPE_NAMES, light, dark, strict=True)
    ]
    lacking = [html.Span(className="pattern pattern--unbounded"), labels.BOUNDARY_LACKING[language]]
    return html.Ul([*rows, html.Li(lacking)], className="types-key")


def types_finding(shares: Sequence[float], language: Language) -> str:
    """How many of a hundred live in types 1 and 2; empty without each type's `shares`."""
    if not shares:
        return ""
    share = wording.number(sum(shares[:2]), language=language)
    return words.fill(labels.KEY_TYPES, language, share=share)


def _type_row(given: KeyInput, place: int, language: Language) -> Component:
    legend = given.legend
    number, name = legend["numbers"][place], wording.short_type(legend["labels"][place], language)
    count = html.Span(areas_written(legend["counts"][place], language), className="key__count")
    swatch = _swatch(legend, place, f"key__number key__number--{number}", children=number)
    share: list[Component] = []
    bar: list[Component] = []
    if given.shares:
        part = given.shares[place]
        written = wording.percent(part, decimals=1, language=language)
        share = [html.Span(written, className="key__share")]
        bar = [_swatch(legend, place, "key__bar", width=f"{min(100, 100 * part / LONGEST):.1f}%")]
    middle = html.Span([html.Span(name, className="key__name"), *bar], className="key__middle")
    right = html.Span([*share, count], className="key__right")
    return html.Li([swatch, middle, right], **data(**{"class": str(place)}))


def _square(state: MapState, legend: dict[str, Any]) -> Component:
    """Nine colours: one thing grows to the right, the other upwards."""
    one, other = legend["axes"]
    body = [
        html.Tr(
            [
                html.Th(other["labels"][row], scope="row"),
                *[
                    html.Td(
                        [
                            _swatch(legend, 3 * row + column, "square__cell"),
                            html.Span(
                                areas_written(legend["counts"][3 * row + column], state.language),
                                className="square__count",
                            ),
                        ]
                    )
                    for column in range(3)
                ],
            ]
        )
        for row in (2, 1, 0)
    ]
    foot = html.Tr([html.Td(""), *[html.Th(label, scope="col") for label in one["labels"]]])
    caption = html.Caption(
        [
            html.Span(f"↑ {other['name']}"),
            html.Span(f"→ {one['name']}"),
            html.Span(words.SQUARE_COUNTS[state.language], className="unseen"),
        ]
    )
    return html.Table([caption, html.Tbody([*body, foot])], className="square")


def _patterns(state: MapState, given: KeyInput) -> Component:
    """What is drawn as a pattern: no value, no boundary, few persons, an uncertain change."""
    language = state.language
    counted = (
        ("missing", given.n_missing, f"{words.NO_VALUE[language]}, {{n}}"),
        ("unbounded", given.n_without_boundary, labels.NO_BOUNDARY[language]),
        ("uncertain", given.n_uncertain, labels.UNCERTAIN[language]),
        ("few", given.n_few, f"{words.FEW[language]}, {{n}}"),
    )
    rows = [
        html.Li(
            [
                html.Span(className=f"pattern pattern--{name}", **aria(hidden="true")),
                html.Span(text.format(n=n_areas(count, language))),
            ],
            className="key__pattern",
        )
        for name, count, text in counted
        if count
    ]
    return html.Ul([*rows, *marks.key_rows(state)], className="key__patterns")


def _swatch(
    legend: dict[str, Any], place: int, name: str, *, children: str | None = None, **style: str
) -> Component:
    colours = {f"--{theme}": legend["colours"][theme][place] for theme in ("light", "dark")}
    return html.Span(
        children,
        className=f"swatch {name}",
        style=colours | style,
        **aria(hidden="true"),
    )


def n_areas(count: int, language: Language) -> str:
    """A number of areas: "1 område", "1 770 områden"."""
    noun = words.ONE_AREA if count == 1 else words.AREAS
    return f"{areas_written(count, language)}\u00a0{noun[language]}"


def areas_written(count: int, language: Language) -> str:
    """A count as people write it."""
    return wording.number(count, language=language)
