"""PxWebApi 2 client: limits from the server, polite retries, checked answers; bytes out."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import quote, urlencode

import httpx

from etl.answers import (
    Answer,
    BadAnswerError,
    check_answer,
    check_code_list,
    check_metadata,
    check_table_info,
    check_tables,
    parse_object,
)
from etl.calls import TIMEOUTS, Caller
from etl.metadata import (
    CodeList,
    TableInfo,
    TableMetadata,
    parse_code_list,
    parse_metadata,
    parse_table_info,
)
from etl.pace import Pace
from etl.plan import DataRequest

SCB_API: Final = "https://statistikdatabasen.scb.se/api/v2"
_LANGUAGE: Final = "sv"
_PAGE_SIZE: Final = 500
_POOL: Final = httpx.Limits(max_connections=8, max_keepalive_connections=8)


@dataclass(frozen=True, slots=True)
class Config:
    """What the server says of itself at /config; `calls_per_window` 0 is no limit."""

    api_version: str
    languages: tuple[str, ...]
    max_cells: int
    calls_per_window: int
    window_seconds: float
    synthetic: bool
    extract: bool = False


class Client:
    """A connection to one PxWebApi 2 server; may be shared by threads."""

    def __init__(self, config: Config, *, base_url: str, caller: Caller) -> None:
        self.config = config
        self.base_url = base_url
        self._caller = caller

    @classmethod
    def connect(
        cls,
        base_url: str = SCB_API,
        *,
        transport: httpx.BaseTransport | None = None,
        attempts: int = 8,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> Self:
        """Read /config and return a client that keeps to its limits."""
        http = httpx.Client(
            base_url=base_url,
            transport=transport,
            timeout=TIMEOUTS,
            limits=_POOL,
            headers={"Accept-Encoding": "gzip"},  # what bronze keeps, so it is never packed anew
        )
        first_pace = Pace(calls=1, window_seconds=1, clock=clock, sleep=sleep)
        caller = Caller(http, first_pace, attempts, clock, sleep)
        config = _parse_config(
            caller.get("config", subject=f"{base_url}/config", check=_parse_config).raw
        )
        pace = Pace(
            calls=config.calls_per_window,
            window_seconds=config.window_seconds,
            clock=clock,
            sleep=sleep,
        )
        return cls(config, base_url=base_url, caller=Caller(http, pace, attempts, clock, sleep))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; also done by `with`."""
        self._caller.http.close()

    def table_info(self, table_id: str) -> TableInfo:
        """The table's entry: label and `updated`; TableMissingError when there is none."""
        path = f"tables/{quote(table_id)}"
        answer = self._get(path, subject=table_id, check=check_table_info)
        return parse_table_info(parse_object(answer.raw))

    def metadata_answer(self, table_id: str) -> Answer:
        """The metadata answer as it came (Swedish)."""
        path = f"tables/{quote(table_id)}/metadata"
        return self._get(path, subject=f"{table_id}, metadata", check=check_metadata)

    def metadata(self, table_id: str) -> TableMetadata:
        """The table's variables and codes."""
        return parse_metadata(self.metadata_answer(table_id).raw, table_id=table_id)

    def search(self, query: str = "") -> Iterator[TableInfo]:
        """Every table whose description matches, page by page; all tables without a query."""
        page, pages = 1, 1
        while page <= pages:
            params = {"query": query, "pageNumber": page, "pageSize": _PAGE_SIZE}
            if not query:
                del params["query"]
            subject = f"list of tables, page {page}"
            answer = self._get("tables", subject=subject, check=check_tables, params=params)
            listed = parse_object(answer.raw)
            yield from (parse_table_info(entry) for entry in listed["tables"])
            pages = listed["page"]["totalPages"]
            page += 1

    def code_list(self, code_list_id: str) -> CodeList:
        """A named set of codes."""
        path = f"codelists/{quote(code_list_id)}"
        subject = f"code list {code_list_id}"
        answer = self._get(path, subject=subject, check=check_code_list)
        return parse_code_list(parse_object(answer.raw))

    def data(self, request: DataRequest) -> bytes:
        """One call, checked against what was asked; the raw json-stat2 answer."""
        return self.data_answer(request).raw

    def data_answer(self, request: DataRequest) -> Answer:
        """The same, with the answer as it came over the wire."""
        path = f"tables/{quote(request.table_id)}/data?lang={_LANGUAGE}&outputFormat=json-stat2"
        selection = [
            {"variableCode": name, "valueCodes": list(codes)} for name, codes in request.codes
        ]
        return self._caller.post(
            path,
            body={"selection": selection},
            subject=_describe(request),
            check=partial(check_answer, request=request),
        )

    def _get(
        self,
        path: str,
        *,
        subject: str,
        check: Callable[[bytes], object],
        params: dict[str, Any] | None = None,
    ) -> Answer:
        query = urlencode({"lang": _LANGUAGE, **(params or {})})
        return self._caller.get(f"{path}?{query}", subject=subject, check=check)


def _describe(request: DataRequest) -> str:
    """A request in a line: each variable with its code, or its first, last and number of codes."""
    parts = [
        f"{name}={codes[0]}" if len(codes) == 1 else f"{name}={codes[0]}…{codes[-1]} ({len(codes)})"
        for name, codes in request.codes
    ]
    return f"{request.table_id}, data for {', '.join(parts)}"


def _parse_config(raw: bytes) -> Config:
    answer = parse_object(raw)
    try:
        config = Config(
            api_version=str(answer["apiVersion"]),
            languages=tuple(language["id"] for language in answer["languages"]),
            max_cells=int(answer["maxDataCells"]),
            calls_per_window=int(answer["maxCallsPerTimeWindow"]),
            window_seconds=float(answer["timeWindow"]),
            synthetic=_has_feature(answer, "synthetic"),
            extract=_has_feature(answer, "extract"),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadAnswerError(f"not a PxWebApi 2 configuration ({error!r})") from error
    if config.max_cells < 1 or config.calls_per_window < 0 or config.window_seconds <= 0:
        raise BadAnswerError(f"a configuration that allows no call ({config})")
    return config


def _has_feature(answer: dict[str, Any], name: str) -> bool:
    return any(feature.get("id") == name for feature in answer.get("features") or [])
