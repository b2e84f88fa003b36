"""From a frame to a sheet: headings, source in every row, words for codes, no made-up counts."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import parse_qsl

import numpy as np
import pandas as pd

from barometer import wording
from barometer.catalogue import ALL, Break, Catalogue, Text
from barometer.divisions import Language
from barometer.export.columns import column_of
from barometer.export.meaning import Meaning, meanings, places_of, row_definitions, sources_of_rows
from barometer.export.meaning import in_words as names_in_frame
from barometer.export.origin import (
    about_file,
    about_origin,
    about_synthetic,
    described_origin,
    of_tables,
    provenance_in_words,
    row_origin,
    source_in_words,
)
from barometer.export.sheet import Column, Sheet
from barometer.indices.noise import rounded_sum
from barometer.queries import MarksIn, Provenance, marks_of_rows, small_areas

Words = Callable[[str], str]
_IN_NAMES: Final = str.maketrans("@,", "--")
NONE: Final[Mapping[str, Any]] = MappingProxyType({})


def frame_sheet(
    frame: pd.DataFrame,
    *,
    stem: Sequence[str],
    title: str,
    query: str,
    provenance: Provenance,
    language: Language,
    catalogue: Catalogue,
    address: str = "",
    holds: Sequence[str] = (),
    constants: Mapping[str, Any] = NONE,
    headings: Mapping[str, Text] = NONE,
    in_words: Mapping[str, Words] = NONE,
    about: Sequence[tuple[str, str]] = (),
    pieces: Callable[[], Iterator[pd.DataFrame]] | None = None,
    marks: MarksIn | None = None,
) -> Sheet:
    """A frame as a sheet that every format can write.

    `stem` are the parts of the file's name; a made-up country's says so. `constants` are columns
    that the frame lacks and that are the same in every row. Rows that are too many for one frame
    come by `pieces`, and `frame` is then without any; `holds` are the indicators in them. `address`
    is the view's. Every code is defined in every format: beside the rows, or in them. With `marks`
    the rows of areas that students or an institution mark say so.
    """
    same = {**constants, **row_origin(provenance)}
    marked = partial(_marked, same=constants, marks=marks, always=pieces is not None)
    frame = frame.astype(dict.fromkeys(frame.columns[frame.dtypes == np.bool_], "int64"))
    complete = with_bounds(_with(marked(frame), same, catalogue, provenance), catalogue=catalogue)
    provenance = replace(provenance, breaks=breaks_within(provenance.breaks, complete))
    known = meanings(complete, catalogue=catalogue, language=language, holds=holds)
    return sheet_of(
        complete,
        tuple(column_of(str(name), complete[name], headings) for name in complete),
        stem=file_stem(stem, query=query, synthetic=provenance.snapshot.synthetic),
        title=title,
        language=language,
        provenance=provenance,
        known=known,
        address=address,
        in_words=partial(
            _in_words, known=in_words, provenance=provenance, language=language, catalogue=catalogue
        ),
        about=(*about, *((meaning.name, meaning.text) for meaning in known)),
        described={"query": query},
        parts=None
        if pieces is None
        else lambda: (_with(marked(piece), same, catalogue, provenance) for piece in pieces()),
    )


def sheet_of(
    frame: pd.DataFrame,
    columns: tuple[Column, ...],
    *,
    stem: str,
    title: str,
    language: Language,
    provenance: Provenance,
    known: Sequence[Meaning],
    address: str,
    in_words: Callable[[pd.DataFrame], pd.DataFrame],
    about: Iterable[tuple[str, str]],
    described: Mapping[str, object],
    boundaries: Callable[[], tuple[bytes | None, ...]] | None = None,
    parts: Callable[[], Iterator[pd.DataFrame]] | None = None,
) -> Sheet:
    """A sheet with what every one has beside its rows: title, definitions, origin, address, day.

    `about` and `described` are what only this one tells, for people and for machines.
    """
    today = datetime.now(tz=UTC).date()
    return Sheet(
        stem=stem,
        language=language,
        columns=columns,
        frame=frame,
        in_words=in_words,
        about=(
            *about_synthetic(provenance.snapshot, language=language),
            (Text("Innehåll", "Contents")[language], title),
            *about,
            *about_origin(provenance, language=language),
            *about_file(address, today, language=language),
        ),
        description={"title": title, **described, "address": address}
        | {"downloaded": today.isoformat(), "language": language}
        | {"definitions": [asdict(meaning) for meaning in known]}
        | described_origin(provenance, language=language),
        boundaries=boundaries,
        parts=parts,
        row_notes=partial(row_notes, known=known, address=address, day=today.isoformat()),
    )


def breaks_within(breaks: Sequence[Break], frame: pd.DataFrame) -> tuple[Break, ...]:
    """Those in the years of the rows; all of them where the rows have no year."""
    spans = [frame[name].dropna() for name in ("year", "since") if name in frame]
    years = pd.concat(spans).astype(int) if spans else pd.Series(dtype=int)
    if years.empty:
        return tuple(breaks)
    return tuple(found for found in breaks if years.min() <= found.year <= years.max())


def _marked(
    frame: pd.DataFrame, *, same: Mapping[str, Any], marks: MarksIn | None, always: bool
) -> pd.DataFrame:
    """The frame with the marks of its areas, where it has areas that can be marked."""
    frame = frame.assign(**{k: value for k, value in same.items() if k not in frame})
    key = next((name for name in ("area_id", "area") if name in frame), None)
    if marks is None or key is None or "marks" in frame:
        return frame
    if not always and not small_areas(frame[key].astype("str")):
        return frame
    return frame.assign(marks=marks_of_rows(frame, key=key, marks=marks))


def file_stem(parts: Sequence[str], *, query: str, synthetic: bool) -> str:
    """A file's name without its ending: its parts, and a mark of what they do not tell.

    Two questions whose parts are the same have different names: what else the question asks is
    there as six signs. A file in English says so, and one of made-up figures.
    """
    pairs = parse_qsl(query.removeprefix("?"))
    words = set("_".join(parts).split("_")) | {*parts}
    more = [f"{key}={value}" for key, value in pairs if not _is_in_name(key, value, words)]
    mark = sha256("&".join(sorted(more)).encode()).hexdigest()[:6] if more else ""
    english = "en" if ("lang", "en") in pairs else ""
    made_up = "synthetic" if synthetic else ""
    return "_".join(part for part in (*parts, mark, english, made_up) if part)


def _is_in_name(key: str, value: str, words: Collection[str]) -> bool:
    """Whether a key of the question is in the name, or changes nothing that is in the file."""
    return key in ("lang", "embed") or value.translate(_IN_NAMES) in words


def _with(
    frame: pd.DataFrame,
    constants: Mapping[str, Any],
    catalogue: Catalogue,
    provenance: Provenance,
) -> pd.DataFrame:
    """The frame with what is the same in every row; rows of several tables name their own."""
    complete = frame.assign(**{k: value for k, value in constants.items() if k not in frame})
    complete = complete.assign(**places_of(complete))
    own = sources_of_rows(complete, catalogue=catalogue)
    if own is None:
        return complete
    rows = {tables: row_origin(of_tables(tables, provenance)) for tables in own.unique()}
    others = {
        name: own.map({tables: same[name] for tables, same in rows.items()})
        for name in ("agency", "licence")
    }
    return complete.assign(source=own, **others)


def row_notes(
    frame: pd.DataFrame, *, known: Sequence[Meaning], address: str, day: str
) -> pd.DataFrame:
    """What stands in each row of a format that has no other place for it."""
    definitions = row_definitions(frame, known)
    return pd.DataFrame({"definition": definitions, "address": address, "downloaded": day})


def _in_words(
    frame: pd.DataFrame,
    *,
    known: Mapping[str, Words],
    provenance: Provenance,
    language: Language,
    catalogue: Catalogue,
) -> pd.DataFrame:
    frame = codes_in_words(frame, catalogue=catalogue, language=language, known=known)
    same = provenance_in_words(provenance, language=language)
    same = {name: words for name, words in same.items() if name not in ("agency", "licence")}
    tables = {
        tables: source_in_words(tables, provenance, language=language)
        for tables in frame["source"].unique()
    }
    sources = {"source": frame["source"].map(tables)}
    own = {name: frame[name] for name in known if name in frame}
    return frame.assign(**same | sources | own)


def codes_in_words(
    frame: pd.DataFrame,
    *,
    catalogue: Catalogue,
    language: Language,
    known: Mapping[str, Words] = NONE,
) -> pd.DataFrame:
    """The frame with words for every code in it; `known` has those of columns of its own."""
    frame = names_in_frame(frame, catalogue=catalogue, language=language)
    words: dict[str, Words] = {
        "background": partial(background_or_code, catalogue=catalogue, language=language),
        "status": partial(wording.missing_reason, language=language),
        "caution": partial(wording.caution_words, language=language),
        "marked": partial(wording.marked_words, language=language),
        "marks": partial(wording.mark_names, language=language),
        **known,
    }
    translated = {
        name: frame[name].astype("object").map(words_of, "ignore")
        for name, words_of in words.items()
        if name in frame
    }
    return frame.assign(**translated)


def background_or_code(background: str, *, catalogue: Catalogue, language: Language) -> str:
    """A part of the population in words; as it is where it is in words already."""
    if background != ALL and background.partition(":")[0] not in catalogue.backgrounds:
        return background
    return wording.background_name(background, catalogue=catalogue, language=language)


def with_bounds(frame: pd.DataFrame, *, catalogue: Catalogue) -> pd.DataFrame:
    """The frame with `group_low` and `group_high` where `group_population` is no sum of counts.

    The number itself is then missing. Frames without groups' numbers come back as they are; those
    with it have `population` and `year`, and `grouping` or `grouping_id`.
    """
    if "group_population" not in frame:
        return frame
    key = "grouping_id" if "grouping_id" in frame else "grouping"
    pairs = list(zip(frame[key], frame["year"], strict=True))
    counted = {
        (grouping, year): catalogue.is_counted(str(grouping), int(year))
        for grouping, year in {*pairs}
    }
    estimated = np.array([not counted[pair] for pair in pairs], dtype=np.bool_)
    group = frame["group_population"].astype("Float64")
    low, high = rounded_sum(
        group.to_numpy(dtype=np.float64, na_value=np.nan),
        frame["population"].to_numpy(dtype=np.float64, na_value=np.nan),
    )
    place = frame.columns.tolist().index("group_population")
    wide = frame.assign(group_population=group.mask(estimated))
    wide.insert(place + 1, "group_low", np.where(estimated, low, np.nan))
    wide.insert(place + 2, "group_high", np.where(estimated, high, np.nan))
    return wide
