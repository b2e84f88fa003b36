"""A table ready to be written, with what stands beside its numbers."""

import io
import json
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import pandas as pd

from barometer.catalogue import Text
from barometer.divisions import Language

ROWS_AT_A_TIME: Final = 1_000

Kind = Literal["text", "number", "whole"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file: its name for machines and its heading for people.

    `decimals` are those that a workbook shows; the file holds full precision.
    """

    name: str
    heading: Text
    kind: Kind = "text"
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A frame of `queries` with its company, in a form that every format can write.

    `frame` has the columns of `columns` in that order: codes, and numbers in full precision, with
    source, snapshot and origin in every row. `in_words` turns any of its rows into the same rows
    in the reader's language. `about` is what stands beside the numbers for people (heading and
    text), `description` for machines. `boundaries` gives the rows' boundaries in their order
    (WKB, SWEREF 99 TM) and may be called after the request; None where rows are not areas.

    Rows that are too many for one frame come by `parts`, frames like `frame`, which is then without
    rows; like `boundaries` it may be called after the request, and more than once. `row_notes`
    gives definition, address and day for each row, for formats that hold nothing but rows.
    """

    stem: str
    language: Language
    columns: tuple[Column, ...]
    frame: pd.DataFrame
    in_words: Callable[[pd.DataFrame], pd.DataFrame]
    about: tuple[tuple[str, str], ...]
    description: Mapping[str, object]
    boundaries: Callable[[], tuple[bytes | None, ...]] | None = None
    parts: Callable[[], Iterator[pd.DataFrame]] | None = None
    row_notes: Callable[[pd.DataFrame], pd.DataFrame] | None = None

    def titled(self, heading: str) -> "Sheet":
        """The same sheet with a heading after its title: which part of a page it is."""
        return self.called(f"{self.description['title']}: {heading}")

    def called(self, title: str) -> "Sheet":
        """The same sheet under another title."""
        whole = self.description["title"]
        about = tuple((head, title if text == whole else text) for head, text in self.about)
        return replace(self, about=about, description={**self.description, "title": title})


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a sheet; `write` yields the file piece by piece.

    A module of writers declares its formats in `FORMATS`; that is all that a new one needs.
    """

    format_id: str
    name: Text
    suffix: str
    media_type: str
    write: Callable[[Sheet], Iterator[bytes]]
    geometry: bool = False  # needs the rows' boundaries


def whole_frame(sheet: Sheet) -> pd.DataFrame:
    """All rows in one frame, for formats that cannot be written in parts."""
    if sheet.parts is None:
        return sheet.frame
    parts = [part for part in sheet.parts() if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else sheet.frame


def frames(sheet: Sheet) -> Iterator[pd.DataFrame]:
    """The rows, some at a time."""
    for part in (sheet.frame,) if sheet.parts is None else sheet.parts():
        for start in range(0, len(part), ROWS_AT_A_TIME):
            yield part.iloc[start : start + ROWS_AT_A_TIME]


def records(sheet: Sheet) -> Iterator[list[dict[Hashable, Any]]]:
    """The rows as plain values, some at a time; None where there is no value."""
    for part in frames(sheet):
        yield _plain(part)


def description_text(sheet: Sheet) -> str:
    """The description as JSON, for formats that carry it in their metadata."""
    return json.dumps(sheet.description, ensure_ascii=False)


def names_of(columns: Sequence[Column]) -> list[str]:
    """The columns' names for machines."""
    return [column.name for column in columns]


def plain_columns(frame: pd.DataFrame) -> list[list[Any]]:
    """The frame's columns as plain values; None where there is no value."""
    return [_plain_values(frame.iloc[:, place]) for place in range(frame.shape[1])]


def _plain_values(column: "pd.Series[Any]") -> list[Any]:
    values, missing = column.tolist(), column.isna().to_numpy()
    if not missing.any():
        return values
    return [None if gone else value for value, gone in zip(values, missing, strict=True)]


def _plain(frame: pd.DataFrame) -> list[dict[Hashable, Any]]:
    names = list(frame.columns)
    rows = zip(*plain_columns(frame), strict=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


class Sink(io.RawIOBase):
    """Keeps what is written until it is taken; knows how far it has come, cannot go back."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []
        self._written = 0

    def writable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """How much was written in all."""
        return self._written

    def write(self, data: object) -> int:
        """Keep a copy."""
        piece = bytes(data)  # type: ignore[call-overload] # any buffer, as files take
        self._pieces.append(piece)
        self._written += len(piece)
        return len(piece)

    def taken(self) -> bytes:
        """What was written since it was last taken."""
        taken, self._pieces = b"".join(self._pieces), []
        return taken
