"""The charts and the map of a lägesbild, with what they show in words."""

from typing import Any, Final

import numpy as np
import pandas as pd

from barometer import wording
from barometer.catalogue import Indicator
from barometer.documents import Illustration
from barometer.pictures import (
    BreakMark,
    Line,
    LineChart,
    Point,
    PointMark,
    SpreadMark,
    Strip,
    Strips,
    tokens,
)
from barometer.ui.pages.place import words as place_words
from barometer.ui.pages.place.briefing import words
from barometer.ui.pages.place.frames import compared_frame
from barometer.ui.pages.place.state import PlaceState, comparison_roles
from barometer.wording import portraits
from barometer.wording.profiles import standing, trend_sentence

Row = dict[Any, Any]

LINE_SIZE: Final = (1000, 420)  # drawn small, so that its text can be read on paper
_LEAST_COMPARED: Final = 0.5  # of a level's areas: a median of fewer says nothing of the level
# The first of each line that the place has a value of: children first, then a measure a sector.
_KEY: Final = (
    ("low_standard_children", "low_standard"),
    ("lower_secondary",),
    ("employed", "employed_16_64"),
    ("rented", "rented_dwellings"),
    ("children",),
    ("foreign_background", "born_abroad"),
)


def key_indicators(state: PlaceState) -> list[str]:
    """The reader's own priorities, then a few that stand for all; those with a value here."""
    rows = state.portrait.rows
    known = set(rows["indicator_id"][rows["value"].notna()])
    chosen = [i for i in state.profile.first if i in known]
    for line in _KEY:
        chosen += [i for i in line if i in known][:1]
    return [i for i in dict.fromkeys(chosen) if not state.indicator(i).categories][: len(_KEY)]


def is_compared(state: PlaceState, row: Row) -> bool:
    """Whether enough of the level's areas have a value to compare with."""
    areas = state.portrait.table.n_areas
    return bool(state.area.level != "riket" and row["n_areas"] >= max(3, _LEAST_COMPARED * areas))


def standing_words(state: PlaceState, row: Row) -> str:
    """Where the place stands among its like, or "–"."""
    typed = bool(state.indicator(row["indicator_id"]).categories)
    if pd.isna(row["value"]) or typed or not is_compared(state, row):
        return "–"
    return standing(
        n_lower=row["n_lower"],
        n_higher=row["n_higher"],
        n_areas=row["n_areas"],
        level=state.peers,
        language=state.language,
    )


def points_of(state: PlaceState, indicator_id: str, role: str) -> list[Point]:
    """A series up to the year of the lägesbild, in the borders of the place."""
    series = state.portrait.series
    own = series[
        (series["indicator_id"] == indicator_id)
        & (series["role"] == role)
        & series["value"].notna()
        & (series["year"] <= state.profile.year)
    ]
    if role == "area" and state.profile.division != "admin":
        own = own[own["division"] == state.profile.division]
    last = own.drop_duplicates("year", keep="last").sort_values("year")
    return [Point(int(r["year"]), float(r["value"])) for r in last.to_dict("records")]


def line_chart(state: PlaceState, indicator_id: str) -> Illustration | None:
    """An indicator over the years, of the place and of what it lies in; None of a single year."""
    indicator = state.indicator(indicator_id)
    own = points_of(state, indicator_id, "area")
    if len(own) < 2:
        return None
    named = {"kommun": state.area.kommun, "lan": state.area.lan}
    styles: list[tuple[str, str, Any]] = [
        ("area", tokens.PLACE, "round"),
        ("kommun", tokens.KOMMUN, "square"),
        ("lan", "#5b7f78", "diamond"),
        ("riket", tokens.MUTED, "triangle"),
    ]
    lines = []
    roles = ("area", *comparison_roles(state))
    for role, colour, shape in styles:
        points = points_of(state, indicator_id, role) if role in roles else []
        if points:
            name = state.area.name if role == "area" else named.get(role)
            name = name or wording.ROLES["riket"][state.language]
            last = wording.value(points[-1].value, indicator=indicator, language=state.language)
            earlier = "" if points[-1].year == own[-1].year else f" ({points[-1].year})"
            lines.append(Line(name, f"{name} {last}{earlier}", tuple(points), colour, shape))
    years = range(own[0].year + 1, own[-1].year + 1)
    breaks = tuple(
        BreakMark(b.year, words.BREAK[state.language])
        for b in state.breaks(indicator)
        if b.year in years and b.severs
    )
    chart = LineChart(tuple(lines), breaks, unit="%" if indicator.unit == "percent" else "")
    return Illustration(
        caption=f"{indicator.name[state.language]}, {own[0].year}–{own[-1].year}",
        alt=words.LINE_ALT[state.language].format(said=trend(state, indicator, own)),
        chart=chart,
        size=LINE_SIZE,
    )


def trend(state: PlaceState, indicator: Indicator, points: list[Point]) -> str:
    """The first and the last value in a sentence."""
    first, last = ((p.year, p.value) for p in (points[0], points[-1]))
    return trend_sentence(indicator, first=first, last=last, language=state.language)


def compared(state: PlaceState, indicator_id: str) -> str:
    """The place's value beside those of what it lies in, in a year of both; "" without one."""
    row = state.once(compared_frame).set_index("indicator_id", drop=False).loc[indicator_id]
    named = {"kommun": state.area.kommun, "lan": state.area.lan}
    others = tuple(
        (named.get(role) or place_words.RIKET[state.language], row[role])
        for role in comparison_roles(state)
    )
    if not any(wording.is_known(amount) for _, amount in others):
        return ""
    return portraits.compared_sentence(
        state.indicator(indicator_id),
        amount=row["value"],
        others=others,
        year=int(row["year"]),
        language=state.language,
    )


def strips(state: PlaceState) -> tuple[Illustration, list[str]] | None:
    """The key shares among those of all areas of the level, and the same in sentences.

    None where there is no comparison.
    """
    rows = state.once(compared_frame).set_index("indicator_id", drop=False)
    chosen = [rows.loc[i].to_dict() for i in key_indicators(state)]
    shown = [
        row
        for row in chosen
        if is_compared(state, row) and state.indicator(row["indicator_id"]).unit == "percent"
    ]
    if not shown:
        return None
    language = state.language
    most = max(max(row["value"], row["p90"], row["riket"]) for row in shown)
    high = float(min(100, 10 * np.ceil((most if most == most else 100) / 10)))
    chart = Strips(
        tuple(_strip(state, row) for row in shown),
        place=state.area.name,
        high=high,
        median_label=words.MEDIAN[language],
        half_label=words.HALF[language],
        most_label=words.MOST[language],
    )
    said = [
        f"{state.name(i)}: {written(state, i, row['value'])}, {standing_words(state, row)}."
        for i, row in ((row["indicator_id"], row) for row in shown)
    ]
    picture = Illustration(
        caption=words.STRIPS[language].format(place=state.area.name),
        alt=words.STRIPS_ALT[language].format(said=" ".join(said)),
        chart=chart,
        size=(1000, 120 + 76 * len(shown)),
    )
    return picture, said


def _strip(state: PlaceState, row: Row) -> Strip:
    riket = float(row["riket"])
    country = wording.ROLES["riket"][state.language]
    marks = (PointMark(riket, tokens.MUTED, "triangle", country),) if riket == riket else ()
    spread = SpreadMark(
        row["median"], (row["lower_quartile"], row["upper_quartile"]), (row["p10"], row["p90"])
    )
    name = state.name(row["indicator_id"])
    return Strip(
        f"{name}, {row['year']}",
        row["value"],
        written(state, row["indicator_id"], row["value"]),
        spread,
        marks,
    )


def written(state: PlaceState, indicator_id: str, amount: Any) -> str:
    """A value with its unit, or a dash."""
    if amount is None or pd.isna(amount):
        return "–"
    indicator = state.indicator(indicator_id)
    return wording.value(float(amount), indicator=indicator, language=state.language)
