"""What Följ upp, Listor and Statistiklabb say, read back sentence by sentence.

Each sentence is known by its own words; its numbers, directions and names are held, in the order in
which it says them, against what is computed here from the page's frames.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from barometer import wording
from barometer.divisions import Language, parse_area_code
from barometer.evaluation import FEWEST_BEFORE, Evaluation
from barometer.ui.context import Context
from barometer.ui.pages.evaluation.sections import DONORS, GAP
from barometer.ui.pages.evaluation.state import (
    EvaluationState,
    donors_frame,
    result_frame,
    result_sentences,
    years_frame,
)
from barometer.ui.pages.lab.charts import CHARTS
from barometer.ui.pages.lab.state import LabState
from barometer.ui.pages.lists.sections import LISTED, SCREEN
from barometer.ui.pages.lists.state import ListsState, listed_frame, screen_frame
from barometer.wording.labs import table_sentence
from barometer.wording.numbers import as_written
from tests.addresses import live_pages
from tests.sentences import numbers

_HIGHER: Final = re.compile(r"högre än den|higher than it|högre än med|högre än i")
_LOWER: Final = re.compile(r"lägre än den|lower than it|lägre än med|lägre än i")
_DIVISION: Final = re.compile(
    r"\b(?:RegSO|DeSO) (?:2018|2020|2025)\b|\b(?:\d{4})?[ABC]\d{4}(?:_\w+)?\b"
)


def of_evaluation(context: Context, area: str, language: Language) -> Iterator[str]:
    """What Följ upp says of an area, for the first and the last indicator that it has."""
    code = parse_area_code(area)
    if code is None or code.level not in ("kommun", "regso", "deso"):
        return
    page = live_pages()["/folj-upp"]
    with context.reader("") as reader:
        offer = page.resolve(context, reader, f"?areas={area}").offer
    for indicator in dict.fromkeys((offer.indicators[0], offer.indicators[-1])):
        query = f"?indicator={indicator}&level={code.level}&areas={area}&lang={language}"
        with context.reader(query) as reader:
            state = page.resolve(context, reader, query)
            years = state.years
            if len(years) > FEWEST_BEFORE:
                start = years[FEWEST_BEFORE]
                state = page.resolve(context, reader, f"{query}&start={start}")
            yield from (f"/folj-upp{query} {wrong}" for wrong in _evaluation(state))


def _evaluation(state: EvaluationState) -> Iterator[str]:
    said = result_sentences(state)
    if isinstance(state.answer, Evaluation):
        for read in (_effect, _sureness, _largest_gap, _heaviest_donor):
            yield from read(state, said)
        return
    n = len([year for year in state.years if year < state.effort.start])
    few = {"sv": "kan jämföras (", "en": "can be compared ("}[state.language]
    if few in said[0] and numbers(said[0], state.language)[0] != n:
        yield f"{said[0]!r}, where {n} years are before"


def _effect(state: EvaluationState, said: Sequence[str]) -> Iterator[str]:
    """The mean gap from the start on, its direction, and how it was before."""
    years, found = state.once(years_frame), state.once(result_frame).iloc[0]
    after = years[years["after"] == 1]
    effect, first = float(after["gap"].mean()), said[0]
    ends = [after["year"].min(), years["year"].max()]
    amounts = [*dict.fromkeys(ends), *([abs(effect)] if round(abs(effect), 1) else [])]
    yield from _differs(state, first, state.where, [*amounts, 90, found["low"], found["high"]])
    way = bool(_HIGHER.search(first)) - bool(_LOWER.search(first))
    if way != np.sign(round(effect, 1)):
        yield f"{first!r}, where the mean gap is {effect}"
    misfit = float(np.sqrt((years.loc[years["after"] == 0, "gap"] ** 2).mean()))
    fit = next(text for text in said if "RMSE" in text)
    yield from _differs(state, fit, "", [state.effort.start, misfit, found["placebo_rmse"]])


def _sureness(state: EvaluationState, said: Sequence[str]) -> Iterator[str]:
    """Whether the interval holds zero, and how many placebo groups moved as much."""
    found = state.once(result_frame).iloc[0]
    sure = {"sv": "innehåller inte noll", "en": "excludes zero"}[state.language]
    if any(sure in text for text in said) != (found["low"] > 0 or found["high"] < 0):
        yield f"{said!r}, where the interval is {found['low']} to {found['high']}"
    mark = {"sv": "placebogrupper, där", "en": "placebo groups, where"}[state.language]
    large = next(text for text in said if mark in text)
    yield from _differs(state, large, "", [found["n_as_large"], found["n_placebos"]])


def _largest_gap(state: EvaluationState, _: Sequence[str]) -> Iterator[str]:
    years = state.once(years_frame)
    later = years[years["after"] == 1]
    top = later.loc[later["gap"].abs().idxmax()]
    expected = [top["year"], top["gap"], 90, top["band_low"], top["band_high"]]
    for sentence in GAP.sentences(state, years):
        yield from _differs(state, sentence, "", expected)


def _heaviest_donor(state: EvaluationState, _: Sequence[str]) -> Iterator[str]:
    donors = state.once(donors_frame)
    heaviest = donors.loc[donors["weight"].idxmax()]
    for sentence in DONORS.sentences(state, donors):
        if str(heaviest["label"]) not in sentence or not 99 < donors["weight"].sum() < 101:
            yield f"{sentence!r}, where {heaviest['label']} weighs most"
        expected = [len(donors), heaviest["weight"]]
        yield from _differs(state, sentence, str(heaviest["label"]), expected)


def of_lists(context: Context, area: str, language: Language) -> Iterator[str]:
    """What Listor says of a place, with two limits that some of its areas are within."""
    if (code := parse_area_code(area)) is None or code.level not in ("riket", "lan", "kommun"):
        return
    page, query = live_pages()["/listor"], f"?area={area}&lang={language}"
    with context.reader(query) as reader:
        state = page.resolve(context, reader, query)
        yield from (f"/listor{query} {wrong}" for wrong in _listed(state))
        catalogue, offer = context.catalogue.indicators, state.snapshot_offer
        at = state.view.level
        shares = [
            i
            for i in offer.indicators
            if catalogue[i].unit == "percent"
            and not catalogue[i].categories
            and offer.years_of(i, at)
        ]
        if not shares:
            return
        limits = f"{shares[0]}>20,{shares[len(shares) // 2]}<40"
        screened = page.resolve(context, reader, f"{query}&limits={limits}")
        yield from (f"/listor{query}&limits={limits} {wrong}" for wrong in _screened(screened))


def _listed(state: ListsState) -> Iterator[str]:
    frame = state.once(listed_frame)
    said = LISTED.sentences(state, frame)
    n_typed = int((frame["type"] <= 2).sum())
    for sentence in said[:1]:
        told = numbers(_DIVISION.sub("", sentence).replace("typ 1 ", "").replace("type 1 ", ""),
                       state.language)  # fmt: skip
        if not state.has_exclusion and n_typed and told[0] != n_typed:
            yield f"{sentence!r}, where {n_typed} areas are of type 1 or 2"


def _screened(state: ListsState) -> Iterator[str]:
    """As many areas as have every value on its side of its limit, and no other."""
    frame, limits, language = state.once(screen_frame), state.view.limits, state.language
    within = frame["verdict"].isin(["within", "within_uncertain"])
    holds = pd.Series(data=True, index=frame.index)
    for n, limit in enumerate(limits, start=1):
        values = frame[f"value_{n}"]
        holds &= values.lt(limit.amount) if limit.sign == "<" else values.gt(limit.amount)
    if not (holds == within).all():
        yield f"{state.query}: {int(holds.sum())} values hold, {int(within.sum())} are within"
    sentence = SCREEN.sentences(state, frame)[0]
    known = state.catalogue.indicators
    for limit in limits:
        indicator = known[limit.indicator]
        amount = wording.value(limit.amount, indicator=indicator, language=language)
        side = {"<": "under", ">": {"sv": "över", "en": "over"}[language]}[limit.sign]
        part = f"{indicator.name[language]} ({state.year_of(limit)}) {side} {amount}"
        if part not in sentence:
            yield f"{sentence!r} does not say {part!r}"
        sentence = sentence.replace(part, "")
    counts = [int(holds.sum()), int((frame["verdict"] == "within_uncertain").sum())]
    counts += [int((frame["verdict"] == "near").sum())]
    told = list(map(int, numbers(sentence, language)))
    if told != [n for n in counts if n]:
        yield f"{sentence!r} states {told}, the frame has {counts}"


def of_lab(context: Context, area: str, language: Language) -> Iterator[str]:
    """What every view of the lab says of a place beside the kommuner, of two indicators."""
    page = live_pages()["/labb"]
    with context.reader("") as reader:
        offer = context.offer(reader)
    code = parse_area_code(area)
    assert code is not None
    known = [i for i in offer.indicators if offer.years_of(i, code.level)]
    shares = [i for i in known if not context.catalogue.indicators[i].categories]
    chosen = ",".join((shares[0], shares[-1]))
    within = f"{code.level}@{area}" if code.level in ("riket", "lan") else code.level
    for view, read in _VIEWS.items():
        places = area if view in ("line", "table") else f"{area},{_beside(within, area)}"
        places = f"{area},00" if view == "line" and area != "00" else places
        query = f"?indicators={chosen}&areas={places}&view={view}&lang={language}"
        with context.reader(query) as reader:
            state = page.resolve(context, reader, query)
            if not state.lab.empty and state.n_values:
                yield from (f"/labb{query} {wrong}" for wrong in read(state))


def _beside(within: str, area: str) -> str:
    return "lan" if within.startswith("riket") else f"kommun@{area}" if "@" in within else "kommun"


def _lines(state: LabState) -> Iterator[str]:
    """The first place from its first to its last value, the highest and the lowest at the end."""
    for chart, indicator_id in _charts(state):
        indicator = state.indicator(indicator_id)
        every = state.frame(state.lab)
        own = every[(every["indicator"] == indicator_id) & every["value"].notna()]
        cuts = [found.year for found in state.breaks(indicator_id) if found.severs]
        own = own[[sum(y >= c for c in cuts) == sum(own["year"].max() >= c for c in cuts)
                   for y in own["year"]]]  # fmt: skip
        first = own[own["area_id"] == state.areas()["area_id"].iloc[0]].sort_values("year")
        if chart.sentence and len(first) > 1:
            ends = [first.iloc[0], first.iloc[-1]]
            stated = [v for row in ends for v in (row["value"], row["year"])]
            yield from _differs(state, chart.sentence, indicator.name[state.language], stated)
        if chart.finding:
            at = own[own["year"] == own["year"].max()].sort_values("value")
            stated = [own["year"].max(), at["value"].iloc[-1], at["value"].iloc[0]]
            yield from _differs(state, chart.finding, indicator.name[state.language], stated)


def _bars(state: LabState) -> Iterator[str]:
    for chart, indicator_id in _charts(state):
        indicator, known = state.indicator(indicator_id), _latest(state, indicator_id)
        low, high = known["value"].min(), known["value"].max()
        stated = [known["year"].iloc[0], low, high, known["area_id"].nunique()]
        if len(known) > 1:
            yield from _differs(state, chart.sentence, indicator.name[state.language], stated)


def _dots(state: LabState) -> Iterator[str]:
    for chart, indicator_id in _charts(state):
        indicator, known = state.indicator(indicator_id), _latest(state, indicator_id)["value"]
        low, middle, high = (known.quantile(q) for q in (0.25, 0.5, 0.75))
        year = _latest(state, indicator_id)["year"].iloc[0]
        stated = [year, len(known), low, high, middle]
        yield from _differs(state, chart.sentence, indicator.name[state.language], stated)


def _scatter(state: LabState) -> Iterator[str]:
    for chart in CHARTS["scatter"](state):
        if not chart.sentence or chart.figure is None:
            continue
        both = [_latest(state, i) for i in state.lab.indicators]
        year = min(own["year"].iloc[0] for own in both)
        x, y = (
            own[own["year"] == year].set_index("area_id")["value"]
            for own in (
                state.frame(state.lab).query("indicator == @i and value == value")
                for i in state.lab.indicators
            )
        )
        pairs = pd.concat([x, y], axis=1).dropna().to_numpy()
        r = float(np.corrcoef(pairs.T)[0, 1])
        names = [state.indicator(i).name[state.language] for i in state.lab.indicators]
        stated = numbers(_bare(chart.sentence, names), state.language)
        expected = sorted([int(year), as_written(r, decimals=2), len(pairs)])
        if sorted(stated) != expected:
            yield f"{chart.sentence!r} states {stated}, the pairs give {expected}"


def _table(state: LabState) -> Iterator[str]:
    areas, frame = state.counts(), state.frame(state.lab)
    said = table_sentence(
        state.n_values,
        state.n_rows,
        n_areas=sum(areas.values()),
        both={"2018", "2025"} <= set(areas),
        n_indicators=len(state.lab.indicators),
        language=state.language,
    )
    told = list(map(int, numbers(said, state.language)))[:4]
    expected = [len(frame), len(frame), frame["indicator"].nunique(), frame["area_id"].nunique()]
    if told[0] != expected[0] or told[2:] != expected[2:]:
        yield f"{said!r}, where the table has {expected}"


_VIEWS: Final[dict[str, Callable[[LabState], Iterator[str]]]] = {
    "line": _lines,
    "bar": _bars,
    "dot": _dots,
    "scatter": _scatter,
    "table": _table,
}


def _charts(state: LabState) -> Iterator[tuple[Any, str]]:
    """Every chart with its indicator, known by its heading."""
    known = {state.indicator(i).name[state.language]: i for i in state.lab.indicators}
    for chart in CHARTS[state.lab.view](state):
        name = max((n for n in known if chart.heading.startswith(n)), key=len)
        yield chart, known[name]


def _latest(state: LabState, indicator_id: str) -> pd.DataFrame:
    frame = state.frame(state.lab)
    known = frame[(frame["indicator"] == indicator_id) & frame["value"].notna()]
    return known[known["year"] == known["year"].max()]


def _bare(sentence: str, names: Sequence[str]) -> str:
    """A sentence without the names in it, which may have numbers of their own."""
    for name in sorted(filter(None, names), key=len, reverse=True):
        sentence = re.sub(re.escape(name), "", sentence, flags=re.IGNORECASE)
    return _DIVISION.sub("", sentence)


def _differs(
    state: Any,
    sentence: str,
    name: str,
    expected: Sequence[Any],
) -> Iterator[str]:
    """Numbers of a sentence other than those expected, in its order and with its decimals."""
    stated = numbers(_bare(sentence, [name]), state.language)
    same = len(stated) == len(expected) and all(
        abs(own) == abs(as_written(float(other), decimals=_decimals(own)))
        and (own == 0 or float(other) == 0 or (own > 0) == (float(other) > 0))
        for own, other in zip(stated, expected, strict=True)
    )
    if not same:
        yield f"{sentence!r} states {[str(n) for n in stated]}, its frame has {list(expected)}"


def _decimals(number: Any) -> int:
    return max(0, -number.as_tuple().exponent)
