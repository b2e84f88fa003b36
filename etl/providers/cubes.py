"""A provider whose tables are small enough to be read whole: once in a run, then from memory."""

import gzip
from collections.abc import Collection, Iterator
from threading import Lock
from typing import Final

from etl.answers import Answer
from etl.metadata import TableInfo
from etl.parse import read_dataset
from etl.plan import DataRequest
from etl.providers.cube import Cube
from etl.scb import Config

_CELLS: Final = 1_000_000
WHOLE: Final = Config("", ("sv",), _CELLS, 0, 1.0, synthetic=False)


class CubeProvider:
    """Answers from cubes; a subclass reads them."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._cubes: dict[str, Cube] = {}
        self._reading = Lock()

    @property
    def config(self) -> Config:
        """No limits: the answers come from memory."""
        return WHOLE

    @property
    def base_url(self) -> str:
        """The server's address."""
        return self._base_url

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
        counts: Collection[str] = (),
    ) -> Answer:
        """The cells that are asked for, checked as any server's are."""
        raw = self._cube(request.table_id).data(request)
        read_dataset(raw, request=request, counts=counts)
        return packed(raw)

    def search(self, query: str = "", *, near: str = "") -> Iterator[TableInfo]:  # noqa: ARG002 - as Provider
        """Nothing can be searched."""
        return iter(())

    def close(self) -> None:
        """Nothing is open."""

    def _cube(self, table_id: str) -> Cube:
        with self._reading:
            if table_id not in self._cubes:
                self._cubes[table_id] = self.read(table_id)
            return self._cubes[table_id]


def packed(raw: bytes) -> Answer:
    """Bytes as an answer that came over the wire."""
    return Answer(raw, gzip.compress(raw, 1, mtime=0))
