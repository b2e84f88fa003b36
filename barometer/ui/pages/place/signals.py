"""Signals on the profile: status and direction of the place's small areas, and their test."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import pandas as pd
from dash import html
from dash.development.base_component import Component

from barometer.catalogue.signals import SignalRules
from barometer.divisions import DIVISIONS, Division, Level, division_of
from barometer.queries.places import labels_of
from barometer.queries.signals import areas_within, signal_tests
from barometer.signals import (
    SignalPanel,
    Signals,
    read_panel,
    severed_years,
    signals_of,
    signals_years,
)
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.address import address
from barometer.ui.base.section import Section
from barometer.ui.pages.place import words
from barometer.ui.pages.place.frames import is_inside
from barometer.ui.pages.place.rules import form, rules
from barometer.ui.pages.place.state import PlaceState
from barometer.wording import level_noun, number
from barometer.wording import signals as wording

MOST_ROWS: Final = 10  # of the table on the page; the file has all
COLUMNS: Final = (
    *("area_id", "label", "level", "division", "year", "signal_status", "course"),
    *("course_before", "signal_score", "signal_change", "signal_margin", "n_indicators"),
    *("indicator_id", "moved", "common", "since", "until"),
)


def signals_frame(state: PlaceState) -> pd.DataFrame:
    """A row a small area of the place, those that become worse first. Columns: `COLUMNS`.

    Status 1-4, 4 the worst; course -1 better, 0 none told, 1 worse, missing where it cannot be
    told; the indicator that pulls most, its change and all areas' in percentage points.
    """
    found = rules(state)
    frames = [] if found is None else list(_frames(state, found))
    if not frames:
        return pd.DataFrame(columns=list(COLUMNS))
    every = pd.concat(frames, ignore_index=True)
    keys = ["course", "signal_score", "area_id"]
    return every.sort_values(keys, ascending=[False, False, True], ignore_index=True)


def _frames(state: PlaceState, chosen: SignalRules) -> Iterator[pd.DataFrame]:
    """Of each level of the place that has signals; of what is larger than a RegSO the first."""
    for level in _levels(state):
        ids = _ids_inside(state, level)
        for division in reversed(_divisions(state)):
            panel = panel_of(state, chosen, level=level, division=division)
            year = max(_usable(panel, division, level, last=state.profile.year), default=0)
            frame = _frame(state, chosen, panel, level=level, year=year, ids=ids) if year else None
            if frame is not None:
                labels = labels_of(state.reader, frame["area_id"], level=level, division=division)
                found = frame.assign(label=labels, level=level, division=division)
                yield found[list(COLUMNS)]
                if state.area.level != "regso":
                    return
                break


def _levels(state: PlaceState) -> tuple[Level, ...]:
    """The levels that may have signals here; an own area has those of what it consists of."""
    finest_only = state.area.level == "deso" or (state.is_own and state.peers == "deso")
    return ("deso",) if finest_only else ("regso", "deso")


def _divisions(state: PlaceState) -> tuple[Division, ...]:
    small = tuple(own for own in DIVISIONS if own != "admin")
    return (state.profile.division,) if state.profile.division in small else small


def _ids_inside(state: PlaceState, level: Level) -> frozenset[str] | None:
    """The areas of a level that are the place or lie in it; None for "by their code"."""
    if state.area.level == level:
        return frozenset([state.area.area_id])
    if state.area.level == "regso":
        return frozenset(areas_within(state.reader.cursor, state.area.area_id))
    return None


def panel_of(
    state: PlaceState, chosen: SignalRules, *, level: Level, division: Division
) -> SignalPanel:
    """The counts of every area of a level and division, kept with the snapshot."""
    indicators = tuple(chosen.weights)
    perturbed = tuple(map(state.context.catalogue.perturbed.get, indicators))
    return state.reader.once(
        read_panel, level=level, division=division, indicators=indicators, perturbed=perturbed
    )


def _usable(panel: SignalPanel, division: Division, level: Level, *, last: int) -> list[int]:
    return [y for y in signals_years(panel) if division_of(level, y) == division and y <= last]


def _frame(
    state: PlaceState,
    chosen: SignalRules,
    panel: SignalPanel,
    *,
    level: Level,
    year: int,
    ids: frozenset[str] | None,
) -> pd.DataFrame | None:
    severed = severed_years(state.catalogue, chosen.weights, level=level)
    now, before = (signals_of(panel, chosen, y, severed=severed) for y in (year, year - 1))
    belongs = is_inside(state) if ids is None else ids.__contains__
    known = np.isfinite(now.score) | np.isfinite(now.change)
    rows = [n for n in np.flatnonzero(known).tolist() if belongs(panel.area_ids[n])]
    if not rows:
        return None
    return pd.DataFrame(
        {
            "area_id": [panel.area_ids[n] for n in rows],
            "year": year,
            "signal_status": now.status[rows],
            "course": now.course[rows],
            "course_before": before.course[rows],
            "signal_score": now.score[rows],
            "signal_change": now.change[rows],
            "signal_margin": now.margin[rows],
            "n_indicators": now.n_indicators[rows],
            **_strongest(panel, now, rows),
        }
    )


def _strongest(panel: SignalPanel, signals: Signals, rows: Any) -> dict[str, Any]:
    """By area the indicator whose change pulls most towards the direction, and that change."""
    towards = np.where(np.isfinite(signals.pull), signals.pull * np.sign(signals.change), -np.inf)
    which = towards.argmax(axis=0)[rows]
    told = np.isfinite(signals.change[rows])
    return {
        "indicator_id": pd.Series(np.array(panel.indicator_ids, dtype=object)[which]).where(told),
        "moved": np.where(told, 100 * signals.moved[which, rows], np.nan),
        "common": np.where(told, 100 * signals.common[which, rows], np.nan),
        "since": np.where(told, signals.since[which], np.nan),
        "until": np.where(told, signals.used[which], np.nan),
    }


def backtest_frame(state: PlaceState) -> pd.DataFrame:
    """The stored test of the levels shown (`queries.signal_tests`), the place's own first."""
    shown = set(state.once(signals_frame)["level"])
    levels = [level for level in _levels(state) if level in shown] or _levels(state)[:1]
    parts_found = [state.reader.once(signal_tests, level=level) for level in levels]
    return pd.concat(parts_found, ignore_index=True)


def _sentences(state: PlaceState, frame: pd.DataFrame) -> list[str]:
    language = state.language
    said = []
    for (level, _, year), part in frame.groupby(["level", "division", "year"], sort=False):
        if len(part) == 1:
            said.append(_single(state, part.iloc[0].to_dict()))
            continue
        course, status = part["course"], part["signal_status"]
        counts = {
            "worse": int((course == 1).sum()),
            "better": int((course == -1).sum()),
            "none": int((course == 0).sum()),
            "unknown": int(course.isna().sum()),
            "much_worse": int((status == 4).sum()),
        }
        noun = level_noun(level, n=len(part), language=language)
        said.append(
            wording.signals_sentence(counts, n=len(part), noun=noun, year=year, language=language)
        )
    return [*said, *tested_lines(state)]


def _single(state: PlaceState, row: dict[str, Any]) -> str:
    return wording.one_signal_sentence(
        row["label"],
        status=status_words(row["signal_status"], state),
        course=course_words(row["course"], state),
        year=row["year"],
        language=state.language,
    )


def tested_lines(state: PlaceState) -> list[str]:
    """What the test found, or that there is none; and that it is not of the reader's own rules."""
    language, frame, own = state.language, state.once(backtest_frame), state.catalogue.signals
    if own is None:
        return []
    lines = [wording.own_rules_sentence(language)] if state.profile.signals.is_own else []
    if frame.empty:
        return [wording.untested_sentence(ahead=own.ahead, language=language), *lines]
    level = frame["level"].iloc[0]
    part = frame[frame["level"] == level]
    sums = part.groupby("rule")[["n_areas", "n_pointed", "n_worse", "n_hits"]].sum()
    rows = {str(rule): {k: int(v) for k, v in row.items()} for rule, row in sums.iterrows()}
    first, last = int(part["year"].min()), int(part["year"].max())
    told = wording.tested_sentence(rows, first=first, last=last, ahead=own.ahead, language=language)
    return [told, *lines]


def _with_figures(state: PlaceState, chosen: SignalRules, frame: pd.DataFrame) -> set[str]:
    """The indicators that most areas of some level shown have figures of."""
    found: set[str] = set()
    for level, division in frame[["level", "division"]].drop_duplicates().itertuples(index=False):
        panel = panel_of(state, chosen, level=level, division=division)
        usable = panel.whole.any(axis=1)
        found |= {i for i, own in zip(panel.indicator_ids, usable.tolist(), strict=True) if own}
    return found


def _notes(state: PlaceState, frame: pd.DataFrame) -> list[str]:
    return _about(state, frame) if _points(frame) else []


def _about(state: PlaceState, frame: pd.DataFrame) -> list[str]:
    """What a signal is not, and what is weighed."""
    language, chosen = state.language, rules(state)
    whole = state.profile.signals.over(state.catalogue.signals) if state.catalogue.signals else None
    if chosen is None or whole is None:
        return []
    known = state.catalogue.indicators
    there = _with_figures(state, chosen, frame)
    lacking = [known[i].name[language] for i in whole.weights if i not in there]
    weights = [
        (known[i].name[language], weight) for i, weight in whole.weights.items() if i in there
    ]
    basis = wording.basis_sentence(
        weights, lacking=lacking, limits=chosen.limits, span=chosen.span, language=language
    )
    return [wording.NOT[language], basis]


def reason(state: PlaceState, row: dict[str, Any]) -> str:
    """Why an area has its direction, in plain words."""
    language = state.language
    if pd.isna(row["course"]):
        return wording.incomparable_sentence(language)
    if row["course"] == 0:
        return wording.within_sentence(
            row["signal_change"], row["signal_margin"], language=language
        )
    return wording.reason_sentence(
        state.name(row["indicator_id"]),
        moved=row["moved"] / 100,
        common=row["common"] / 100,
        years=(int(row["since"]), int(row["until"])),
        language=language,
    )


def course_words(course: float, state: PlaceState) -> str:
    """A direction in the reader's language."""
    known = wording.UNKNOWN if pd.isna(course) else wording.COURSE[int(course)]
    return known[state.language]


def status_words(status: float, state: PlaceState) -> str:
    """A status in the reader's language."""
    known = wording.UNKNOWN if pd.isna(status) else wording.STATUS[int(status)]
    return known[state.language]


def _table(state: PlaceState, frame: pd.DataFrame) -> Component:
    language = state.language
    rows: list[list[parts.Cell]] = [
        [
            html.A(
                row["label"],
                href=address("/plats", language=language, area=row["area_id"]),
            ),
            status_words(row["signal_status"], state),
            course_words(row["course"], state),
            reason(state, row),
        ]
        for row in frame.head(MOST_ROWS).to_dict("records")
    ]
    heads = (site_words.AREA, words.SIGNAL_STATUS, words.SIGNAL_COURSE, words.SIGNAL_REASON)
    label = words.SIGNALS[language]
    listed = parts.table([h[language] for h in heads], rows, label=label, texts=(0, 1, 2, 3))
    more = len(frame) - MOST_ROWS
    counted = number(more, language=language)
    left = [html.P(words.SIGNAL_MORE[language].format(n=counted))] if more > 0 else []
    if _points(frame):
        return html.Div([listed, *left, form(state)])
    about = [html.P(note, className="measure__note") for note in _about(state, frame)]
    return parts.folded(html.Div([*about, listed, *left, form(state)]), language=language)


def _points(frame: pd.DataFrame) -> bool:
    """Whether any area has a direction: a status alone is no signal and waits under a summary."""
    return bool(frame["course"].notna().any())


def _tests_table(state: PlaceState, frame: pd.DataFrame) -> Component:
    language = state.language
    heads = (
        *(words.TEST_YEAR, words.TEST_RULE, words.TEST_POINTED, words.TEST_HITS),
        *(words.TEST_FALSE, words.TEST_MISSED, words.TEST_AREAS),
    )
    rows: list[list[parts.Cell]] = [
        [
            f"{row['level'].replace('regso', 'RegSO').replace('deso', 'DeSO')} {row['year']}",
            wording.RULES[row["rule"]][language],
            str(row["n_pointed"]),
            str(row["n_hits"]),
            str(row["n_pointed"] - row["n_hits"]),
            str(row["n_worse"] - row["n_hits"]),
            str(row["n_areas"]),
        ]
        for row in frame.to_dict("records")
    ]
    label = words.SIGNAL_TESTS[language]
    return parts.table([h[language] for h in heads], rows, label=label, texts=(0, 1))


SIGNALS: Final = Section(
    key="signals",
    heading=words.SIGNALS,
    frame=signals_frame,
    applies=lambda state: not state.once(signals_frame).empty,
    sentences=_sentences,
    table=_table,
    notes=_notes,
    folded=False,
)
TESTS: Final = Section(
    key="signal-tests",
    heading=words.SIGNAL_TESTS,
    frame=backtest_frame,
    applies=lambda state: not (state.once(backtest_frame).empty or state.once(signals_frame).empty),
    table=_tests_table,
)
