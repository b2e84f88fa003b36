"""What the emulator serves: tables held as dense arrays, from any source that can name them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Cells = NDArray[np.float64]


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
        """Of the shape of metadata["size"]; NaN is a missing cell, answered as null with ".."."""
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
