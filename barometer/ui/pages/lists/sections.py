"""The sections of the page of lists."""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd
import plotly.graph_objects as go
import shapely
from dash import dcc, html
from dash.development.base_component import Component

from barometer import wording
from barometer.catalogue import Text
from barometer.divisions import (
    LEVELS,
    RIKET,
    Language,
    Level,
    division_of,
    level_name,
    parse_area_code,
)
from barometer.own_codes import is_own
from barometer.queries.lists import outlines
from barometer.selection.lists import MOST_LIMITS, SIGNS, Limit
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.address import address
from barometer.ui.base.section import Box, Section
from barometer.ui.pages.lists import words
from barometer.ui.pages.lists.state import (
    ListsState,
    judged,
    listed_frame,
    police_frame,
    screen_frame,
)
from barometer.wording.lists import screen_sentence

_SIGNS: Final = dict(zip(SIGNS, (words.UNDER, words.OVER), strict=True))
_POLICE_LINE: Final = {"color": "#8a2432", "width": 2}
_REGSO_LINE: Final = {"color": "#9aa3ab", "width": 0.7}


def what(state: ListsState) -> Component:
    """What each list measures, and why they differ."""
    language = state.language
    heads = [h[language] for h in (words.LIST, words.WHO, words.MEASURES, words.UNIT, words.HOW)]
    rows = [[cell[language] for cell in kind] for kind in words.KINDS]
    table = parts.table(heads, rows, label=words.WHAT[language], texts=(0, 1, 2, 3, 4))
    return parts.section(
        "lists-what", words.WHAT[language], sentences=[words.WHY[language]], table=table
    )


def _listed_sentences(state: ListsState, frame: pd.DataFrame) -> list[str]:
    language, year = state.language, state.typed_year
    if year is None and frame.empty:
        return [words.NO_TYPES[language]]
    typed, other = frame["type"].le(2).fillna(value=False), frame["exclusion"].notna()
    alone = words.ONLY_TYPES if typed.any() else words.NONE_TYPED
    said = words.COUNTED if state.has_exclusion else alone
    same = frame["division"] == division_of("regso", year) if year else other
    counts = {
        "both": int((typed & other).sum()),
        "types": int((typed & ~other).sum()),
        "other": int((other & ~typed & same).sum()),
        "apart": int((other & ~same).sum()),
    }
    told = {key: wording.number(n, language=language) for key, n in counts.items()}
    apart = [words.OTHER_BORDERS] if counts["apart"] else []
    return [text[language].format(year=year, **told) for text in (said, *apart)]


def _listed_table(state: ListsState, frame: pd.DataFrame) -> Component:
    """The areas; without the government's list, which the sentence says, only their types."""
    language = state.language
    lists = (words.TYPE, words.EXCLUSION) if state.has_exclusion else (words.TYPE,)
    rows = [
        [
            _place_link(state, row["area_id"], row["label"]),
            "–" if pd.isna(row["type"]) else str(int(row["type"])),
            _on_exclusion(row["exclusion"])[language],
        ][: 1 + len(lists)]
        for row in frame.to_dict("records")
    ]
    heads = [h[language] for h in (words.NAME_OF, *lists)]
    return parts.table(heads, rows, label=words.LISTED[language], texts=(0, 2))


def _on_exclusion(category: object) -> Text:
    if not isinstance(category, str):
        return words.NO
    return Text(category, category) if category else words.YES


def _place_link(state: ListsState, area_id: str, label: str) -> Component:
    return html.A(label, href=address("/plats", language=state.language, area=area_id))


def _police_sentences(state: ListsState, frame: pd.DataFrame) -> list[str]:
    language = state.language
    if frame.empty:
        return [words.POLICE_NONE[language]]
    n = wording.number(len(frame), language=language)
    return [words.POLICE_SOME[language].format(n=n)]


def _police_map(state: ListsState, _: pd.DataFrame, label: str) -> Component | None:
    """Their outlines over those of the kommun's RegSO, none of which is filled."""
    code = parse_area_code(state.view.area)
    if code is None or code.level != "kommun":
        return None
    year = state.typed_year or 2024
    regso, police = outlines(state.reader.cursor, kommun=code.area_id, year=year)
    figure = go.Figure()
    for shapes, line in ((regso, _REGSO_LINE), (police, _POLICE_LINE)):
        x, y = _rings(shapes)
        figure.add_scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", showlegend=False)
    figure.update_layout(
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis={"visible": False},
        yaxis={"visible": False, "scaleanchor": "x"},
        plot_bgcolor="rgba(0,0,0,0)",
        paper_bgcolor="rgba(0,0,0,0)",
    )
    drawn = parts.graph(figure, label=label, height=420)
    return html.Figure([html.Figcaption(words.POLICE_MAP[state.language]), drawn])


def _rings(shapes: Sequence[shapely.Geometry]) -> tuple[list[float | None], list[float | None]]:
    """The outer rings of shapes as one line that is lifted between them."""
    x: list[float | None] = []
    y: list[float | None] = []
    for polygon in shapely.get_parts(shapes):
        ring = shapely.get_coordinates(shapely.get_exterior_ring(polygon))
        x += [*ring[:, 0].tolist(), None]
        y += [*ring[:, 1].tolist(), None]
    return x, y


def _police_table(state: ListsState, frame: pd.DataFrame) -> Component:
    language = state.language
    heads = (words.NAME_OF, words.CATEGORY, words.KOMMUN, words.EDITION)
    rows = frame[["name", "category", "kommun", "edition"]].to_numpy().tolist()
    label = words.POLICE[language]
    return parts.table([h[language] for h in heads], rows, label=label, texts=(0, 1, 2, 3))


def form(state: ListsState) -> Component:
    """The reader's limits; sent as an address, so that the link is the choice."""
    view, language = state.view, state.language
    offer, known = state.snapshot_offer, state.catalogue.indicators
    own = [i for i in offer.indicators if offer.years_of(i, view.level) and not known[i].categories]
    levels = [level for level in LEVELS if level != "riket" and level != "lan"]
    rows = [
        _row(state, own, view.limits[n] if n < len(view.limits) else None)
        for n in range(MOST_LIMITS)
    ]
    place = html.Select(_places(state), name="area", className="lists__place")
    level = _select("level", [(k, level_name(k, language=language)) for k in levels], view.level)
    hidden = [dcc.Input(name="lang", value=language, type="hidden")] if language != "sv" else []
    fields = [
        html.Label([words.PLACE[language], " ", place]),
        html.Label([words.LEVEL[language], " ", level]),
        *rows,
        *hidden,
        html.Button(words.SHOW[language], type="submit", className="button"),
    ]
    return parts.titled(
        "lists-limits",
        words.SCREEN[language],
        html.P(words.SCREEN_LEAD[language]),
        html.Form(fields, method="get", className="lists__form"),
    )


def _row(state: ListsState, indicators: Sequence[str], limit: Limit | None) -> Component:
    language, known = state.language, state.catalogue.indicators
    units = {i: wording.unit_name(known[i], language=language) for i in indicators}
    named = [("", words.CHOOSE[language])]
    named += [(i, f"{known[i].name[language]} ({units[i]})") for i in indicators]
    signs = [(sign, text[language]) for sign, text in _SIGNS.items()]
    return html.Div(
        [
            _labelled(
                site_words.INDICATOR[language],
                _select("i", named, limit.indicator if limit else ""),
            ),
            _labelled(words.SIDE[language], _select("o", signs, limit.sign if limit else SIGNS[0])),
            _labelled(words.HOW[language], _amount(limit, language)),
        ],
        className="lists__limit",
    )


def _labelled(name: str, control: Component) -> Component:
    return html.Label([html.Span(name), " ", control])


def _amount(limit: Limit | None, language: Language) -> Component:
    plain = limit.plain if limit else ""
    shown = plain.replace(".", ",") if language == "sv" else plain
    return dcc.Input(name="v", value=shown, type="text")


def _places(state: ListsState) -> list[Component]:
    """Riket, then län and kommuner by name."""
    language, chosen = state.language, state.view.area
    names = {code: name for code, name in state.snapshot_offer.names.items() if not is_own(code)}
    riket = [(RIKET, wording.place_name("", "riket", language=language))]
    groups = [
        html.Optgroup(_options(_by_name(names, level, language), chosen), label=label[language])
        for level, label in (("lan", words.COUNTIES), ("kommun", words.MUNICIPALITIES))
    ]
    return [*_options(riket, chosen), *groups]


def _by_name(names: Mapping[str, str], level: Level, language: Language) -> list[tuple[str, str]]:
    found = ((code, parse_area_code(code)) for code in names)
    named = [
        (code, wording.place_name(names[code], level, language=language))
        for code, own in found
        if own and own.level == level
    ]
    return sorted(named, key=lambda place: wording.alphabetical(place[1]))


def _select(name: str, choices: Sequence[tuple[str, str]], chosen: str) -> Component:
    return html.Select(_options(choices, chosen), name=name)


def _options(choices: Sequence[tuple[str, str]], chosen: str) -> list[Component]:
    return [
        html.Option(text, value=value, selected="selected" if value == chosen else None)
        for value, text in choices
    ]


def _limit_in_words(state: ListsState, limit: Limit) -> str:
    language = state.language
    indicator = state.catalogue.indicators[limit.indicator]
    amount = wording.value(limit.amount, indicator=indicator, language=language)
    name = indicator.name[language]
    return f"{name} ({state.year_of(limit)}) {_SIGNS[limit.sign][language]} {amount}"


def _screen_sentences(state: ListsState, frame: pd.DataFrame) -> list[str]:
    language, limits = state.language, state.view.limits
    if not limits:
        return [words.NO_LIMITS[language]]
    counts = frame["verdict"].value_counts()
    uncertain = int(counts.get("within_uncertain", 0))
    said = screen_sentence(
        words.AND[language].join(_limit_in_words(state, limit) for limit in limits),
        n_within=int(counts.get("within", 0)) + uncertain,
        n_uncertain=uncertain,
        n_near=int(counts.get("near", 0)),
        language=language,
    )
    n, whole = state.once(judged)
    told = {
        key: wording.number(own, language=language) for key, own in (("n", n), ("whole", whole))
    }
    level = level_name(state.view.level, language=language)
    return [said, *([words.TESTED[language].format(level=level, **told)] if n < whole else [])]


def _screen_table(state: ListsState, frame: pd.DataFrame) -> Component:
    language, limits = state.language, state.view.limits
    known = [state.catalogue.indicators[limit.indicator] for limit in limits]
    heads = [words.NAME_OF[language], words.VERDICT[language], *(i.name[language] for i in known)]
    rows = [
        [
            _place_link(state, row["area_id"], row["label"]),
            words.VERDICTS[row["verdict"]][language],
            *(
                wording.value(row[f"value_{n}"], indicator=indicator, language=language)
                for n, indicator in enumerate(known, start=1)
            ),
        ]
        for row in frame.to_dict("records")
    ]
    return parts.table(heads, rows, label=words.SCREEN[language], texts=(0, 1))


LISTED: Final = Section(
    key="listed",
    heading=words.LISTED,
    frame=listed_frame,
    sentences=_listed_sentences,
    table=_listed_table,
)
POLICE: Final = Section(
    key="police",
    heading=words.POLICE,
    frame=police_frame,
    sentences=_police_sentences,
    drawing=_police_map,
    table=_police_table,
)
SCREEN: Final = Section(
    key="screen",
    heading=words.SCREENED,
    frame=screen_frame,
    sentences=_screen_sentences,
    notes=lambda state, _: [words.UNCERTAINTY[state.language]],
    table=_screen_table,
    folded=False,
)
CONTENT: Final[Box[ListsState]] = Box("", (what, LISTED, POLICE, form, SCREEN))
