"""The sentences of pages and documents, read back and held against the page's own frames.

A number in a sentence must stand in a frame of its page as a reader would write it: as a cell, a
count of rows, a quantile, or the sum or difference of two cells. What a sentence says of more and
less, most and least is computed here from the frames' values.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, Final

import numpy as np
import pandas as pd

from barometer.catalogue import Catalogue
from barometer.divisions import Language
from barometer.documents.model import Briefing, Illustration, Sentences, TextTable
from barometer.ui.base.page import LivePage
from barometer.ui.context import Context
from barometer.ui.pages.place.briefing import briefing
from barometer.ui.pages.place.frames import children_types, low_standard_frame
from barometer.ui.pages.place.hero import lead
from barometer.ui.pages.place.segregated import segregation_frame
from barometer.ui.pages.place.typed import type_frame
from barometer.ui.pages.segregation.behind import levels_frame
from barometer.ui.pages.segregation.depth import profile_frame
from barometer.ui.pages.segregation.reach import distance_frame
from barometer.ui.pages.segregation.state import (
    SegregationState,
    indices_frame,
    kommuner_frame,
)
from barometer.wording.breakdowns import split_name
from tests.addresses import live_pages
from tests.held import Held, stated
from tests.said_of_choices import of_evaluation, of_lab, of_lists
from tests.said_on_paper import papers, vars_of, wrong_rows
from tests.sentences import numbers, places_of

PAGES: Final = ("/segregation", "/plats", "/omradestyper")
_MONTHS: Final = (
    *("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "oktober"),
    *("september", "november", "december", "January", "February", "March", "May", "June", "July"),
    *("August", "October"),
)
LANGUAGES: Final[tuple[Language, ...]] = ("sv", "en")
_DIVISIONS: Final = re.compile(
    r"(?:RegSO|DeSO)\s(?:2018|2020|2025)|\bTAB\d+|\d{8}-\S+"
    r"|\b(?:\d{4})?[ABC]\d{4}(?:_\w+)?\b|\b\d{4}R\d{3}(?:_\w+)?"
)
# Words that say where on the scale of types or with what method; no figures of a place.
_FIXED: Final = re.compile(
    r"typ(?:erna)? \d\b(?:\s?(?:–|och|eller)\s?\d\b)?|types? \d\b(?:\s?(?:–|and|or)\s?\d\b)?"
    r"|1,4826|1\.4826|\(modell\)|\b\d+ av 100\b|\b\d+ of 100\b"
    r"|\b\d år (?:före|tidigare|senare)|\b\d years (?:earlier|later)"
    r"|(?:Karta|Map)\. .*"  # how many areas each colour has: no frame has them
    r"|0–100\s?%|skillnaden på \d+,\d|difference of \d+\.\d"
    r"|och \d+,\d slump i|and \d+\.\d chance in"
    r"|(?:Källa|Source): .*|(?:Brott i serien|Break in the series): \d{4}"
)
_DAY: Final = re.compile(rf"\b\d{{1,2}} (?:{'|'.join(_MONTHS)}) \d{{4}}", re.IGNORECASE)
# Frames beside its own that a section's sentences are made of.
_ALSO: Final[Mapping[tuple[str, str], tuple[Callable[[Any], pd.DataFrame], ...]]] = {
    ("/segregation", "scale"): (kommuner_frame,),
}


def disagreements(context: Context, *, n_places: int, in_turns: bool = False) -> Iterator[str]:
    """Every sentence about the places that its page's frames do not hold.

    In both languages, or `in_turns` in one or the other.
    """
    with context.store.reader() as reader:
        places = places_of(reader, n=n_places)
    for n, area in enumerate(places):
        for language in LANGUAGES[n % 2 : n % 2 + 1] if in_turns else LANGUAGES:
            for path in PAGES:
                yield from _of_page(context, path, area, language)
            for read in (of_evaluation, of_lists, of_lab):
                yield from read(context, area, language)


def _of_page(context: Context, path: str, area: str, language: Language) -> Iterator[str]:
    page, query = live_pages()[path], f"?area={area}&lang={language}"
    with context.reader(query) as reader:
        state = page.resolve(context, reader, query)
        said = list(_said(page, state))
        if path == "/segregation":
            of = {one.key: one.sentence for one in said if one.sentence}
            yield from (f"{query} {wrong}" for wrong in _directions(state, of))
        if path == "/plats":
            for paper in state.once(papers):
                yield from (f"{path}{query} {wrong}" for wrong in wrong_rows(state, paper))
        frames = _Frames(state)
        for one in said:
            plain, known = _plain(context.catalogue, one.sentence, language), frames.of(one)
            lost = [
                str(number)
                for kind, number in stated(plain, language)
                if not any(own.holds(kind, number) for own in known)
            ]
            if lost:
                yield f"{path}{query} {one.key}: {one.sentence!r} states {lost}"


@dataclass(frozen=True)
class _Said:
    """A sentence, where it stands, and the frames that it may be made of."""

    key: str
    sentence: str
    frames: Sequence[pd.DataFrame]


def _said(page: LivePage[Any], state: Any) -> Iterator[_Said]:
    """Every sentence of a page: a section's of its own frame, what introduces them of all."""
    shown = [section for section in page.sections if section.applies(state)]
    frames = {section.key: state.once(section.frame) for section in shown}
    for section in shown:
        more = [state.once(frame) for frame in _ALSO.get((state.path, section.key), ())]
        for sentence in section.sentences(state, frames[section.key]):
            yield _Said(section.key, sentence, [frames[section.key], *more])
    every = [*frames.values()]
    if state.path == "/segregation":
        every.append(state.once(kommuner_frame))
        yield from (_Said(key, getattr(state, key), every) for key in ("headline", "lead"))
    if state.path == "/plats":
        every += [state.portrait.rows, state.portrait.series, state.once(segregation_frame)]
        every += [state.once(low_standard_frame), state.once(type_frame)]
        every.append(pd.DataFrame(state.once(children_types)))
        yield from (_Said("lead", sentence, every) for sentence in lead(state))
        yield from (_Said("document", text, every) for text in _paragraphs(briefing(state)))
        for paper in state.once(papers):
            yield from (_Said("paper", text, every) for text in paper.sentences)


@dataclass
class _Frames:
    """What the frames of a page hold, of all of their indicators or of some."""

    state: Any
    _found: dict[tuple[int, frozenset[str]], Held] = field(default_factory=dict)

    def of(self, one: _Said) -> list[Held]:
        """What a sentence can state: of the indicators that it names, where it names some."""
        told, language = one.sentence.lower(), self.state.language
        known = self.state.catalogue.indicators
        named = frozenset(i for i, own in known.items() if own.name[language].lower() in told)
        years = Held({"year": np.array(sorted(self._years(one)), dtype=float)})
        return [*(self._of(frame, named) for frame in one.frames), years]

    def _of(self, frame: pd.DataFrame, named: frozenset[str]) -> Held:
        own = (
            frame["indicator_id"].isin(named) if "indicator_id" in frame else pd.Series(dtype=bool)
        )
        key = (id(frame), named if own.any() else frozenset[str]())
        if key not in self._found:
            self._found[key] = Held.of(frame[own] if own.any() else frame)
        return self._found[key]

    @cached_property
    def _break_years(self) -> set[int]:
        known = self.state.catalogue
        return {found.year for found in known.breaks_of(*known.indicators.values())}

    def _years(self, one: _Said) -> set[int]:
        """The page's year, and those of breaks, which documents tell."""
        told = (getattr(self.state, "year", 0), *vars_of(self.state.address).values())
        years = {int(year) for year in told if isinstance(year, int)}
        if one.key in ("document", "paper"):
            years |= self._break_years
        return years


def _plain(catalogue: Catalogue, sentence: str, language: Language) -> str:
    """A sentence without names, sources and days, which have numbers of their own."""
    plain = _DAY.sub("", _names(catalogue, language).sub("", sentence or ""))
    return _FIXED.sub("", _DIVISIONS.sub("", plain))


def _directions(state: SegregationState, said: dict[str, str]) -> Iterator[str]:
    """What Segregation says of more and less, most and even, that its frames do not."""
    for wrong in (_of_chance, _of_verdict, _of_levels, _of_finer):
        yield from wrong(state, said)
    for frame in (profile_frame, distance_frame):
        table = state.once(frame)
        for name in (name for name in table.columns if name.endswith("macro_micro")):
            if not table[name].dropna().between(0, 1).all():
                yield f"{frame.__name__}: remainders {table[name].tolist()}"


def _of_chance(state: SegregationState, said: dict[str, str]) -> Iterator[str]:
    row = state.once(indices_frame).set_index("index_id").loc[state.index.id]
    words = {"sv": "så jämnt som slumpen", "en": "as even as chance"}[state.language]
    if pd.notna(row["value"]) and (words in said["chance"]) != (row["value"] <= row["expected"]):
        yield f"{said['chance']!r} of {row['value']} where chance gives {row['expected']}"


def _of_verdict(state: SegregationState, said: dict[str, str]) -> Iterator[str]:
    """No more kommuner are further apart, or less, than those whose intervals lie beside."""
    ranked, headline = state.once(kommuner_frame), said["headline"]
    place = ranked[ranked["container_id"] == state.measurement.area]
    if not len(place):
        return
    low, high = (ranked[end].fillna(ranked["value"]) for end in ("low", "high"))
    n_lower = int((high < place["low"].iloc[0]).sum())
    n_higher = int((low > place["high"].iloc[0]).sum())
    for words, most in (
        ({"sv": " mer åtskilt än i", "en": " further apart than in"}, n_lower),
        ({"sv": " mindre åtskilt än i", "en": " less far apart than in"}, n_higher),
    ):
        if words[state.language] in headline and numbers(headline, state.language)[0] != most:
            yield f"{headline!r}, where {most} lie beside it"


def _of_levels(state: SegregationState, said: dict[str, str]) -> Iterator[str]:
    levels = state.once(levels_frame)
    parts = levels[levels["level"] != "total"]
    words = {"sv": "största delen", "en": "Most of"}[state.language]
    if parts.empty or words not in said["levels"]:
        return
    top = parts.loc[parts["share"].idxmax()]
    name = split_name(str(top["outer"]), str(top["level"]), language=state.language)
    if name not in said["levels"] or abs(parts["share"].sum() - 1) > 1e-9:
        yield f"{said['levels']!r}, where the largest is {name} of {parts['share'].sum()}"


def _of_finer(state: SegregationState, said: dict[str, str]) -> Iterator[str]:
    """The parts of a difference add up as they are written."""
    sentence = _DIVISIONS.sub("", said.get("finer", ""))
    stated_here = numbers(sentence.partition(": ")[2], state.language)
    if len(stated_here) == len(("low", "high", "apart", "separation", "chance")):
        low, high, apart, separation, chance = stated_here
        if (high - low, separation + chance) != (apart, apart):
            yield f"{sentence!r} does not add up"


def _paragraphs(document: Briefing) -> Iterator[str]:
    """Every sentence of a document, also those that stand for a table or a picture."""
    for chapter in document.chapters:
        for part in (part for block in chapter.blocks for part in block.parts):
            match part:
                case Sentences():
                    yield from part.texts
                case TextTable():
                    yield part.message
                case Illustration():
                    yield from (part.message, part.alt)


@cache
def _patterns(names: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted({name for name in names if re.search(r"\d", name)}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, ordered)), re.IGNORECASE)


def _names(catalogue: Catalogue, language: Language) -> re.Pattern[str]:
    """The names with numbers in them: "barn och unga 0–19 år"."""
    every = [*catalogue.indicators.values()]
    texts = [text for own in every for text in (own.name, own.group, own.rest, own.population)]
    texts += [own.definition for own in every]
    texts += [found.note for found in catalogue.breaks_of(*every)]
    groups = [group.name for own in catalogue.groupings.values() for group in own.groups]
    return _patterns(tuple(text[language] for text in (*texts, *groups) if text is not None))
