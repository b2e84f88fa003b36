"""PxWebApi 2 client: limits from the server, polite retries, checked answers; bytes out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Self

import httpx

from etl.metadata import CodeList, TableInfo, TableMetadata
from etl.plan import DataRequest

SCB_API = "https://statistikdatabasen.scb.se/api/v2"


@dataclass(frozen=True, slots=True)
class Config:
    """What the server says of itself at /config."""

    api_version: str
    languages: tuple[str, ...]
    max_cells: int
    calls_per_window: int
    window_seconds: float
    synthetic: bool


class Client:
    """A connection to one PxWebApi 2 server; may be shared by threads."""

    config: Config

    @classmethod
    def connect(
        cls,
        base_url: str = SCB_API,
        *,
        transport: httpx.BaseTransport | None = None,
        attempts: int = 8,
        clock: Callable[[], float] | None = None,
        sleep: Callable[[float], None] | None = None,
    ) -> Self:
        """Read /config and return a client that keeps to its limits."""
        raise NotImplementedError

    def close(self) -> None:
        """Close the connections; also done by `with`."""
        raise NotImplementedError

    def table_info(self, table_id: str) -> TableInfo:
        """The table's entry: label and `updated`; TableMissingError when there is none."""
        raise NotImplementedError

    def metadata_bytes(self, table_id: str) -> bytes:
        """The raw metadata answer (Swedish)."""
        raise NotImplementedError

    def metadata(self, table_id: str) -> TableMetadata:
        """The table's variables and codes."""
        raise NotImplementedError

    def search(self, query: str = "") -> Iterator[TableInfo]:
        """Every table whose description matches, page by page."""
        raise NotImplementedError

    def code_list(self, code_list_id: str) -> CodeList:
        """A named set of codes."""
        raise NotImplementedError

    def data(self, request: DataRequest) -> bytes:
        """One call, checked against what was asked; the raw json-stat2 answer."""
        raise NotImplementedError
