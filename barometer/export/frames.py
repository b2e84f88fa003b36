"""A page's own frame as a sheet, for pages whose tables need no more than headings and words."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import pandas as pd

from barometer import wording
from barometer.catalogue import Text
from barometer.divisions import Language
from barometer.export.origin import (
    about_origin,
    about_synthetic,
    company,
    company_in_words,
    described_origin,
)
from barometer.export.sheet import Column, Sheet
from barometer.queries import Provenance

Words = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Headed:
    """What a frame's columns are called, which are whole numbers, and how codes become words."""

    headings: Mapping[str, Text]
    whole: frozenset[str] = frozenset()
    in_words: Mapping[str, Words] = field(default_factory=dict)


def frame_sheet(
    frame: pd.DataFrame,
    *,
    stem: Sequence[str],
    title: str,
    query: str,
    headed: Headed,
    provenance: Provenance,
    language: Language,
    about: Sequence[tuple[str, str]] = (),
    parts: Callable[[], Iterator[pd.DataFrame]] | None = None,
) -> Sheet:
    """The frame with source, snapshot and origin in every row, in a form every format can write.

    `stem` are the parts of the file's name; a made-up country's says so. Rows that are too many for
    one frame come by `parts`, and `frame` is then without any.
    """
    same = company(provenance)
    complete = frame.assign(**same)
    columns = tuple(_column(str(name), complete[name], headed) for name in complete)
    snapshot = provenance.snapshot
    return Sheet(
        stem="_".join((*stem, *(("synthetic",) if snapshot.synthetic else ()))),
        language=language,
        columns=columns,
        frame=complete,
        in_words=partial(_in_words, headed=headed, provenance=provenance, language=language),
        about=(
            *about_synthetic(snapshot, language=language),
            (Text("Innehåll", "Contents")[language], title),
            *about,
            *about_origin(provenance, language=language),
        ),
        description={"title": title, "query": query}
        | described_origin(provenance, language=language),
        parts=None if parts is None else lambda: (part.assign(**same) for part in parts()),
    )


def _column(name: str, values: pd.Series, headed: Headed) -> Column:
    heading = headed.headings.get(name) or _COMPANY.get(name) or Text(name, name)
    if not pd.api.types.is_numeric_dtype(values):
        return Column(name, heading)
    return Column(name, heading, "whole" if name in headed.whole else "number")


def _in_words(
    frame: pd.DataFrame, *, headed: Headed, provenance: Provenance, language: Language
) -> pd.DataFrame:
    reason = partial(wording.missing_reason, language=language)
    known: dict[str, Words] = {**headed.in_words, "status": reason}
    told = {
        name: frame[name].map(words, "ignore") for name, words in known.items() if name in frame
    }
    return frame.assign(**told, **company_in_words(provenance, language=language))


_COMPANY: Mapping[str, Text] = {
    "source": Text("Källa", "Source"),
    "snapshot": Text("Datamängd", "Data set"),
    "origin": Text("Ursprung", "Origin"),
    "status": Text("Uppgift saknas", "No figure because"),
}
