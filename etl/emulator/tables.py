"""What the emulator serves: tables held as dense arrays, from any source that can name them."""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Table:
    """One statistical table.

    `metadata` is the json-stat2 answer of GET /tables/{id}/metadata in Swedish, with `value` empty.
    `values` has the shape of metadata["size"]; NaN is a missing cell, answered as null with status
    "..". `metadata_en` is the same metadata with English labels, where the source has any.
    """

    id: str
    metadata: dict[str, Any]
    values: NDArray[np.float64]
    metadata_en: dict[str, Any] | None = None


class TableSource(Protocol):
    """Where tables come from: a folder, a synthetic country, a test's own two areas."""

    @property
    def synthetic(self) -> bool:
        """Whether the numbers are made up; the emulator then says so in /config."""

    def summaries(self) -> list[dict[str, Any]]:
        """One entry per table as GET /tables lists them, without `links`."""

    def table(self, table_id: str) -> Table:
        """The table; raises KeyError when there is none of that id."""

    def code_lists(self) -> dict[str, dict[str, Any]]:
        """Code lists by id: {id, label, elimination, type, values: [{code, label, valueMap}]}."""
