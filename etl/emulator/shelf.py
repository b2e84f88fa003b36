"""Tables of the server, and those last asked for, kept in memory with what is read from them."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from etl.emulator.variables import SelectedVariable, read_variables

Cells = NDArray[np.float64]
NOT_THERE: Final = np.inf


@dataclass(frozen=True)
class SourceTable:
    """One statistical table.

    `metadata` is the json-stat2 answer of GET /tables/{id}/metadata in Swedish, with `value` empty.
    `cells` are its values, or how to reckon them: who asks for metadata alone need not wait.
    `metadata_en` is the same metadata with English labels, where the source has any.
    """

    id: str
    metadata: dict[str, Any]
    cells: Cells | Callable[[], Cells]
    metadata_en: dict[str, Any] | None = None

    @cached_property
    def values(self) -> Cells:
        """Of the shape of metadata["size"].

        NaN is a missing cell, answered as null with "..", and `NOT_THERE` one that the source says
        nothing of, answered as null without a mark.
        """
        return self.cells() if callable(self.cells) else self.cells

    @property
    def held_bytes(self) -> int:
        """What the values take in memory; nothing before they are asked for."""
        held = vars(self).get("values")
        return 0 if held is None else int(held.nbytes)


class TableSource(Protocol):
    """Where tables come from: a folder, a synthetic country, a test's own two areas."""

    @property
    def synthetic(self) -> bool:
        """Whether the numbers are made up; the emulator then says so in /config."""

    def summaries(self) -> list[dict[str, Any]]:
        """One entry per table as GET /tables lists them, without `links`."""

    def table(self, table_id: str) -> SourceTable:
        """The table; raises KeyError when there is none of that id."""

    def code_lists(self) -> dict[str, dict[str, Any]]:
        """Code lists by id: {id, label, elimination, type, values: [{code, label, valueMap}]}."""


MEMORY = 256 * 2**20
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class ShelvedTable:
    """A table and its variables in both languages (the same where there is no English)."""

    table: SourceTable
    variables: tuple[SelectedVariable, ...]
    variables_en: tuple[SelectedVariable, ...]
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def values(self) -> NDArray[np.float64]:
        """The table's values, reckoned once however many ask at the same time."""
        with self._lock:
            values, shape = self.table.values, tuple(self.table.metadata["size"])
        if values.shape != shape:
            raise ValueError(
                f"table {self.table.id}: values have the shape {values.shape}, its metadata says "
                f"{shape}; give one value, NaN where missing, for each combination of codes"
            )
        return values

    def metadata(self, language: str) -> dict[str, Any]:
        """The metadata in a language, Swedish where there is no other."""
        english = self.table.metadata_en
        return self.table.metadata if language != "en" or english is None else english

    def variables_in(self, language: str) -> tuple[SelectedVariable, ...]:
        """The variables with labels in a language."""
        return self.variables_en if language == "en" else self.variables


class Shelf:
    """Keeps the tables last used, up to a number of bytes but always the last one."""

    def __init__(self, *, memory: int = MEMORY) -> None:
        self._memory = memory
        self._lock = threading.Lock()
        self._tables: OrderedDict[Key, ShelvedTable] = OrderedDict()

    def get(self, key: Key, load: Callable[[], SourceTable]) -> ShelvedTable:
        """The table of that key, loaded unless it is still here."""
        with self._lock:
            shelved = self._tables.get(key) or _shelve(load())
            self._tables[key] = shelved
            self._tables.move_to_end(key)
            while len(self._tables) > 1 and self._held() > self._memory:
                self._tables.popitem(last=False)
            return shelved

    def _held(self) -> int:
        return sum(shelved.table.held_bytes for shelved in self._tables.values())


def _shelve(table: SourceTable) -> ShelvedTable:
    swedish = read_variables(table.metadata)
    english = table.metadata_en
    return ShelvedTable(table, swedish, swedish if english is None else read_variables(english))
