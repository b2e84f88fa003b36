"""The sentences of pages and documents, read back and held against the page's own frames.

A number in a sentence must stand in a frame of its page as a reader would write it: as a cell, a
count of rows, a quantile, or the sum or difference of two cells. What a sentence says of more and
less, most and least is computed here from the frames' values.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from itertools import combinations
from typing import Final

import pandas as pd

from barometer.catalogue import Catalogue
from barometer.divisions import Language
from barometer.documents.model import Briefing, Illustration, Sentences, TextTable
from barometer.ui.context import Context
from barometer.ui.pages.place.briefing import briefing
from barometer.ui.pages.place.hero import lead
from barometer.ui.pages.segregation.behind import levels_frame
from barometer.ui.pages.segregation.depth import profile_frame
from barometer.ui.pages.segregation.reach import distance_frame
from barometer.ui.pages.segregation.state import (
    SegregationState,
    indices_frame,
    kommuner_frame,
)
from barometer.wording.breakdowns import split_name
from barometer.wording.numbers import as_written
from tests.addresses import live_pages
from tests.sentences import numbers, places_of

MANY: Final = 14  # rows or columns of which any two may be added
PAGES: Final = ("/segregation", "/plats", "/omradestyper")
LANGUAGES: Final[tuple[Language, ...]] = ("sv", "en")
_DIVISIONS: Final = re.compile(
    r"(?:RegSO|DeSO)\s(?:2018|2020|2025)|\bTAB\d+|\d{8}-\S+|[ABC]\d{4}\b"
)
# Words that say where on the scale of types or with what method; no figures of a place.
_FIXED: Final = re.compile(
    r"typ(?:erna)? \d\b(?:\s?(?:–|och|eller)\s?\d\b)?|types? \d\b(?:\s?(?:–|and|or)\s?\d\b)?"
    r"|1,4826|1\.4826|\(modell\)|\b\d+ av 100\b|\b\d+ of 100\b"
    r"|(?:Källa|Source): .*|(?:Brott i serien|Break in the series): \d{4}"
)


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


def _of_page(context: Context, path: str, area: str, language: Language) -> Iterator[str]:
    page, query = live_pages()[path], f"?area={area}&lang={language}"
    with context.reader(query) as reader:
        state = page.resolve(context, reader, query)
        shown = [section for section in page.sections if section.applies(state)]
        frames = [state.once(section.frame) for section in shown]
        said = [
            (section.key, sentence)
            for section, frame in zip(shown, frames, strict=True)
            for sentence in section.sentences(state, frame)
        ]
        if path == "/segregation":
            frames.append(state.once(kommuner_frame))
            said += [("headline", state.headline), ("lead", state.lead)]
        if path == "/plats":
            frames += [state.portrait.rows, state.portrait.series]
            said += [("lead", sentence) for sentence in lead(state)]
            said += [("document", text) for text in _paragraphs(briefing(state))]
        known = _held(frames) | {Decimal(str(getattr(state, "year", 0) or 0))}
        names = _names(context.catalogue, language)
        if path == "/segregation":
            of = {key: sentence for key, sentence in said if sentence}
            yield from (f"{query} {wrong}" for wrong in _directions(state, of))
        for key, sentence in said:
            plain = _FIXED.sub("", _DIVISIONS.sub("", names.sub("", sentence or "")))
            if lost := [n for n in numbers(plain, language) if abs(n) not in known]:
                yield f"{path}{query} {key}: {sentence!r} states {[str(n) for n in lost]}"


def _directions(state: SegregationState, said: dict[str, str]) -> Iterator[str]:
    """What Segregation says of more and less, most and even, that its frames do not."""
    for wrong in (_of_chance, _of_verdict, _of_levels):
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


def _held(frames: Iterable[pd.DataFrame]) -> set[Decimal]:
    """Every number that the frames can state."""
    return {number for frame in frames for number in _of_frame(frame)}


def _of_frame(frame: pd.DataFrame) -> Iterator[Decimal]:
    yield Decimal(len(frame))
    whole = frame.select_dtypes("number")
    for name in frame.columns:
        yield from (Decimal(int(n)) for n in (frame[name].notna().sum(), frame[name].isna().sum()))
        if frame[name].map(lambda cell: isinstance(cell, str | int | float)).all():
            yield from map(Decimal, map(int, frame[name].value_counts()))
            yield Decimal(int(frame[name].nunique()))
    for name in whole.columns:
        cells = whole[name].dropna()
        ends = cells.quantile([0.1, 0.25, 0.5, 0.75, 0.9]) if len(cells) else cells
        for cell in {*cells.unique().tolist(), *ends.tolist()}:
            yield from _written(float(cell))
    by_year = [rows for _, rows in frame.groupby("year")] if "year" in frame else [frame]
    for rows in (rows.select_dtypes("number") for rows in by_year if len(rows) <= MANY):
        for line in (*rows.to_numpy(float).tolist(), *rows.to_numpy(float).T.tolist()):
            for a, b in combinations([cell for cell in line if cell == cell][:MANY], 2):
                yield from (*_written(a + b, (0, 1)), *_written(a - b, (0, 1)))
    yield from _of_halves(frame)
    yield from _of_moves(frame)


def _of_halves(frame: pd.DataFrame) -> Iterator[Decimal]:
    """Between what a group lies of which only shares in whole per cents are published."""
    if not {"group_population", "population"} <= {*frame.columns}:
        return
    for group, population in frame[["group_population", "population"]].dropna().to_numpy(float):
        for end in (group - population / 200, group + population / 200):
            yield from (Decimal(int(end)), Decimal(int(end) + 1))


def _of_moves(frame: pd.DataFrame) -> Iterator[Decimal]:
    """How many areas kept their type, went up and went down."""
    if not {"from_type", "to_type", "n_areas"} <= {*frame.columns}:
        return
    ways = frame["to_type"].astype(int) - frame["from_type"].astype(int)
    for among in (ways == 0, ways > 0, ways < 0, ways == ways):
        yield Decimal(int(frame.loc[among, "n_areas"].sum()))


@cache
def _written(cell: float, decimals: tuple[int, ...] = (0, 1, 2, 3, 4)) -> tuple[Decimal, ...]:
    """A cell as readers see it: itself, in per cent, in thousands (metres are told as km)."""
    return tuple(
        Decimal(str(as_written(abs(scale * cell), decimals=n)))
        for scale in (1, 100, 0.001)
        for n in decimals
    )


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
