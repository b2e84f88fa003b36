"""From a frame to a sheet: headings by name, provenance in every row, words for codes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from barometer import wording
from barometer.catalogue import Text
from barometer.divisions import Language
from barometer.export.columns import column_of
from barometer.export.origin import (
    about_origin,
    about_synthetic,
    company,
    described_origin,
    provenance_in_words,
)
from barometer.export.sheet import Sheet
from barometer.queries import Provenance

Words = Callable[[str], str]
NONE: Final[Mapping[str, Any]] = MappingProxyType({})


def frame_sheet(
    frame: pd.DataFrame,
    *,
    stem: Sequence[str],
    title: str,
    query: str,
    provenance: Provenance,
    language: Language,
    constants: Mapping[str, Any] = NONE,
    headings: Mapping[str, Text] = NONE,
    in_words: Mapping[str, Words] = NONE,
    about: Sequence[tuple[str, str]] = (),
    pieces: Callable[[], Iterator[pd.DataFrame]] | None = None,
) -> Sheet:
    """A frame as a sheet that every format can write.

    `stem` are the parts of the file's name; a made-up country's says so. `constants` are columns
    that the frame lacks and that are the same in every row. Rows that are too many for one frame
    come by `pieces`, and `frame` is then without any.
    """
    same = {**constants, **company(provenance)}
    complete = _with(frame, same)
    snapshot = provenance.snapshot
    return Sheet(
        stem="_".join((*stem, *(("synthetic",) if snapshot.synthetic else ()))),
        language=language,
        columns=tuple(column_of(str(name), complete[name], headings) for name in complete),
        frame=complete,
        in_words=partial(_in_words, known=in_words, provenance=provenance, language=language),
        about=(
            *about_synthetic(snapshot, language=language),
            (Text("Innehåll", "Contents")[language], title),
            *about,
            *about_origin(provenance, language=language),
        ),
        description={"title": title, "query": query}
        | described_origin(provenance, language=language),
        parts=None if pieces is None else lambda: (_with(piece, same) for piece in pieces()),
    )


def _with(frame: pd.DataFrame, constants: Mapping[str, Any]) -> pd.DataFrame:
    return frame.assign(**{name: value for name, value in constants.items() if name not in frame})


def _in_words(
    frame: pd.DataFrame,
    *,
    known: Mapping[str, Words],
    provenance: Provenance,
    language: Language,
) -> pd.DataFrame:
    words: dict[str, Words] = {
        "status": partial(wording.missing_reason, language=language),
        "caution": partial(wording.caution_words, language=language),
        **known,
    }
    translated = {
        name: frame[name].astype("object").map(words_of, "ignore")
        for name, words_of in words.items()
        if name in frame
    }
    return frame.assign(**translated, **provenance_in_words(provenance, language=language))
