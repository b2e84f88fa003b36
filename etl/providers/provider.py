"""What the pipeline asks of whoever has figures, and the one client that asks all of them."""

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol, Self

import httpx

from barometer.catalogue import Source
from etl.fetch.metadata import TableInfo
from etl.fetch.parse import NO_COUNTS, Counts
from etl.fetch.plan import DataRequest
from etl.fetch.scb import Config
from etl.network.answers import Answer
from etl.network.calls import Caller, open_http
from etl.network.pace import Pace
from etl.providers.archive import Archive


class Provider(Protocol):
    """A source of tables that answers as PxWebApi 2 does; shared by threads.

    SCB's `Client` is one. An answer that cannot be used raises the errors that it raises.
    """

    @property
    def config(self) -> Config:
        """Its limits, and whether its figures are made up."""

    @property
    def base_url(self) -> str:
        """Its address."""

    def table_info(self, table_id: str) -> TableInfo:
        """A table's title and `updated`; TableMissingError when there is none."""

    def metadata_answer(self, table_id: str, *, release: str = "", exists: bool = False) -> Answer:
        """A table's variables and codes, as json-stat2."""

    def data_answer(
        self, request: DataRequest, *, release: str = "", counts: Counts = NO_COUNTS
    ) -> Answer:
        """The cells that are asked for, as json-stat2."""

    def search(self, query: str = "", *, near: str = "") -> Iterator[TableInfo]:
        """The tables whose description matches, at the provider of the table `near`."""

    def close(self) -> None:
        """Close its connections."""


class WebProvider:
    """One client of another agency's servers, which has what every such client has."""

    config: Config
    name: str
    calls_a_second: int

    def __init__(
        self,
        caller: Caller,
        sources: Mapping[str, Source],
        *,
        base_url: str | None,
        archive: Archive | None,
    ) -> None:
        self.base_url = base_url or self.name
        self._caller = caller
        self._sources = sources
        self._archive = archive

    @classmethod
    def connect(
        cls,
        sources: Mapping[str, Source],
        *,
        base_url: str | None = None,
        archive: Archive | None = None,
        transport: httpx.BaseTransport | None = None,
        attempts: int = 5,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> Self:
        """A client that asks for the sources' tables; nothing is asked yet."""
        http = open_http(base_url, transport=transport)
        pace = Pace(calls=cls.calls_a_second, window_seconds=1, clock=clock, sleep=sleep)
        caller = Caller(http, pace, attempts, clock, sleep)
        return cls(caller, sources, base_url=base_url, archive=archive)

    def close(self) -> None:
        """Close the connections."""
        self._caller.http.close()


class Providers:
    """SCB and those beside it as one provider: each table is asked of its own.

    Config and address are SCB's: areas, population and the origin of the figures follow from it.
    """

    def __init__(
        self, scb: Provider, others: Mapping[str, Provider], provider_of: Mapping[str, str]
    ) -> None:
        self._scb = scb
        self._others = dict(others)
        self._provider_of = dict(provider_of)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def config(self) -> Config:
        """SCB's limits, and whether the figures are made up."""
        return self._scb.config

    @property
    def base_url(self) -> str:
        """SCB's address."""
        return self._scb.base_url

    def asks(self, provider: str) -> bool:
        """Whether tables of a provider are asked for in this run."""
        return provider == "scb" or provider in self._others

    def table_info(self, table_id: str) -> TableInfo:
        """See `Provider`."""
        return self._of(table_id).table_info(table_id)

    def metadata_answer(self, table_id: str, *, release: str = "", exists: bool = False) -> Answer:
        """See `Provider`."""
        return self._of(table_id).metadata_answer(table_id, release=release, exists=exists)

    def data_answer(
        self, request: DataRequest, *, release: str = "", counts: Counts = NO_COUNTS
    ) -> Answer:
        """See `Provider`."""
        return self._of(request.table_id).data_answer(request, release=release, counts=counts)

    def search(self, query: str = "", *, near: str = "") -> Iterator[TableInfo]:
        """See `Provider`."""
        return self._of(near).search(query)

    def close(self) -> None:
        """Close all connections."""
        for provider in (self._scb, *self._others.values()):
            provider.close()

    def _of(self, table_id: str) -> Provider:
        return self._others.get(self._provider_of.get(table_id, "scb"), self._scb)
