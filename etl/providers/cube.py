"""Figures of any shape as a table, and providers whose tables are read whole, once in a run."""

import gzip
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

import numpy as np
import orjson
from numpy.typing import NDArray

from barometer.catalogue import Source
from etl.fetch.metadata import TableInfo
from etl.fetch.parse import NO_COUNTS, Counts, read_dataset
from etl.fetch.plan import CONTENTS, DataRequest
from etl.fetch.scb import Config
from etl.network.answers import Answer, BadAnswerError
from etl.network.calls import Caller
from etl.providers.archive import Archive
from etl.providers.provider import WebProvider

SUPPRESSED: Final = ".."
_LARGEST: Final = 5_000_000  # cells: no table of kommuner has a tenth of it


@dataclass(frozen=True, slots=True)
class Axis:
    """One variable of a cube with its codes in order; `labels` are equally many."""

    code: str
    label: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: a code of each axis in their order; no value with a `mark` is a secret one."""

    codes: tuple[str, ...]
    value: float | None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Cube:
    """A table: `values` has the shape of the axes, NaN where there is no figure.

    `secret` are the cells that the agency withholds. `updated` tells releases apart.
    """

    table_id: str
    label: str
    updated: str
    axes: tuple[Axis, ...]
    values: NDArray[np.float64]
    secret: NDArray[np.bool_]
    notes: tuple[str, ...] = ()

    def metadata(self) -> bytes:
        """The table's description as json-stat2."""
        return orjson.dumps(self._described(self.axes) | {"value": []})

    def data(self, request: DataRequest) -> bytes:
        """The cells that are asked for, as json-stat2.

        Raises:
            BadAnswerError: a variable or code is not the table's.
        """
        asked = dict(request.codes)
        if set(asked) != {axis.code for axis in self.axes}:
            raise BadAnswerError(f"{self.table_id} has the variables {[a.code for a in self.axes]}")
        places = [_places(axis, asked[axis.code]) for axis in self.axes]
        chosen = np.ix_(*places)
        values, secret = self.values[chosen].ravel(), self.secret[chosen].ravel()
        axes = [
            Axis(
                a.code,
                a.label,
                tuple(a.codes[i] for i in at),
                tuple(a.labels[i] for i in at),
            )
            for a, at in zip(self.axes, places, strict=True)
        ]
        written = [None if np.isnan(value) else float(value) for value in values]
        marks = {str(place): SUPPRESSED for place in np.flatnonzero(secret & np.isnan(values))}
        return orjson.dumps(self._described(axes) | {"value": written, "status": marks})

    def _described(self, axes: Sequence[Axis]) -> dict[str, Any]:
        return {
            "version": "2.0",
            "class": "dataset",
            "label": self.label,
            "updated": self.updated,
            "note": list(self.notes),
            "role": {"time": ["Tid"], "metric": [CONTENTS]},
            "id": [axis.code for axis in axes],
            "size": [len(axis.codes) for axis in axes],
            "dimension": {axis.code: _dimension(axis) for axis in axes},
            "extension": {"px": {"tableid": self.table_id}},
        }


def build_cube(
    table_id: str,
    *,
    label: str,
    updated: str,
    axes: Sequence[tuple[str, str]],
    cells: Iterable[Cell],
    names: Mapping[str, Mapping[str, str]] | None = None,
    notes: Sequence[str] = (),
) -> Cube:
    """A cube of the cells that there are; the codes of an axis are those of its cells, sorted.

    `axes` has (code, label) of each; `names` the labels of codes by axis.

    Raises:
        BadAnswerError: a cell comes twice with different values, or there are far too many.
    """
    found = list(cells)
    names = names or {}
    made = tuple(
        _axis(code, text, sorted({cell.codes[at] for cell in found}), names.get(code, {}))
        for at, (code, text) in enumerate(axes)
    )
    shape = [len(axis.codes) for axis in made]
    if np.prod(shape, dtype=float) > _LARGEST:
        raise BadAnswerError(
            f"a table of {' x '.join(map(str, shape))} cells, which is far too many"
        )
    values, secret = np.full(shape, np.nan), np.zeros(shape, dtype=np.bool_)
    index = [{code: place for place, code in enumerate(axis.codes)} for axis in made]
    filled: dict[tuple[int, ...], float | None] = {}
    for cell in found:
        place = tuple(at[code] for at, code in zip(index, cell.codes, strict=True))
        if filled.setdefault(place, cell.value) != cell.value:
            raise BadAnswerError(
                f"two figures, {filled[place]} and {cell.value}, for {', '.join(cell.codes)}"
            )
        values[place] = np.nan if cell.value is None else cell.value
        secret[place] = cell.mark == SUPPRESSED
    return Cube(table_id, label, updated, made, values, secret, tuple(notes))


def _axis(code: str, text: str, codes: list[str], labels: Mapping[str, str]) -> Axis:
    return Axis(code, text, tuple(codes), tuple(labels.get(own, own) for own in codes))


def _places(axis: Axis, codes: Iterable[str]) -> list[int]:
    index = {code: place for place, code in enumerate(axis.codes)}
    lacking = [code for code in codes if code not in index]
    if lacking:
        raise BadAnswerError(f"{axis.code} has no code {', '.join(lacking[:5])}")
    return [index[code] for code in codes]


def _dimension(axis: Axis) -> dict[str, Any]:
    category: dict[str, Any] = {
        "index": {code: place for place, code in enumerate(axis.codes)},
        "label": dict(zip(axis.codes, axis.labels, strict=True)),
    }
    return {
        "label": axis.label,
        "category": category,
        "extension": {"elimination": False, "codelists": []},
    }


_CELLS: Final = 1_000_000
WHOLE: Final = Config("", ("sv",), _CELLS, 0, 1.0, synthetic=False)


class CubeProvider(WebProvider):
    """Answers from cubes, without limits since they are in memory; a subclass reads them."""

    config = WHOLE

    def __init__(
        self,
        caller: Caller,
        sources: Mapping[str, Source],
        *,
        base_url: str | None,
        archive: Archive | None,
    ) -> None:
        super().__init__(caller, sources, base_url=base_url, archive=archive)
        self._cubes: dict[str, Cube] = {}
        self._reading = Lock()

    def read(self, table_id: str) -> Cube:
        """The whole table; TableMissingError when there is none."""
        raise NotImplementedError

    def table_info(self, table_id: str) -> TableInfo:
        """The table's title and the stamp of its content."""
        cube = self._cube(table_id)
        years = next(axis.codes for axis in cube.axes if axis.code == "Tid")
        names = tuple(axis.code for axis in cube.axes)
        return TableInfo(table_id, cube.label, cube.updated, years[0], years[-1], False, names)

    def metadata_answer(self, table_id: str, *, release: str = "", exists: bool = False) -> Answer:  # noqa: ARG002 - as Provider
        """The table's variables and codes."""
        return packed(self._cube(table_id).metadata())

    def data_answer(
        self,
        request: DataRequest,
        *,
        release: str = "",  # noqa: ARG002 - as Provider
        counts: Counts = NO_COUNTS,
    ) -> Answer:
        """The cells that are asked for, checked as any server's are."""
        raw = self._cube(request.table_id).data(request)
        read_dataset(raw, request=request, counts=counts)
        return packed(raw)

    def _cube(self, table_id: str) -> Cube:
        with self._reading:
            if table_id not in self._cubes:
                self._cubes[table_id] = self.read(table_id)
            return self._cubes[table_id]


def packed(raw: bytes) -> Answer:
    """Bytes as an answer that came over the wire."""
    return Answer(raw, gzip.compress(raw, 1, mtime=0))
