"""PxWebApi 2 client: limits from the server, polite retries, checked answers; bytes out."""

import math
import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial as bind
from typing import Any, Final, Self
from urllib.parse import quote, urlencode

import httpx

from etl.errors import ReleaseChangedError, RequestRefusedError
from etl.fetch.metadata import (
    CodeList,
    TableInfo,
    TableMetadata,
    parse_code_list,
    parse_metadata,
    parse_table_info,
    parse_tables,
)
from etl.fetch.parse import NO_COUNTS, Counts, read_dataset
from etl.fetch.plan import DataRequest
from etl.network.answers import Answer, BadAnswerError, parse_object
from etl.network.calls import ANSWER_BYTES, Call, Caller, open_http
from etl.network.pace import Pace
from etl.text import excerpt

SCB_API: Final = "https://statistikdatabasen.scb.se/api/v2"
_LANGUAGE: Final = "sv"
_PAGE_SIZE: Final = 500
_SLOWEST_PACE: Final = 60.0  # seconds a call: slower is no pace that a fetch ends at
_MOST_CELLS: Final = 1_000_000  # a call, whatever the server allows: its answer is held in memory
_LONGEST_WINDOW: Final = 3_600.0  # seconds: a limit over a longer time is no limit but a fault
_CONFIG_SECONDS: Final = 20.0  # the first call of all: is anybody there?
_MOST_PAGES: Final = 1_000  # of 500 tables: SCB has some 5,000
# A cell takes at most some 15 bytes for its value and as many for its mark; the rest is labels.
_BYTES_A_CELL: Final = 100
_RESERVED: Final = re.compile(r'[-+&|!(){}\[\]^"~*?:\\/]')  # in the server's search language


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
        self._masks_are_read = True  # until they are refused where the codes are not

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
        http = open_http(base_url, transport=transport)
        first_pace = Pace(calls=1, window_seconds=1, clock=clock, sleep=sleep)
        caller = Caller(http, first_pace, attempts, clock, sleep)
        call = Call(f"{base_url}/config", _parse_config, head_seconds=_CONFIG_SECONDS)
        config = _parse_config(caller.get("config", call).raw)
        pace = Pace(
            calls=config.calls_per_window,
            window_seconds=config.window_seconds,
            clock=clock,
            sleep=sleep,
        )
        return cls(config, base_url=base_url, caller=Caller(http, pace, attempts, clock, sleep))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; also done by `with`."""
        self._caller.http.close()

    def table_info(self, table_id: str) -> TableInfo:
        """The table's entry: label and `updated`; TableMissingError when there is none."""

        def check(raw: bytes) -> TableInfo:
            info = parse_table_info(raw)
            if info.id.casefold() != table_id.casefold():
                raise BadAnswerError(f"the entry of {info.id} where {table_id} was asked for")
            return info

        call = Call(table_id, check, of_table=True)
        info = parse_table_info(self._get(f"tables/{_in_path(table_id)}", call).raw)
        return replace(info, id=table_id)

    def metadata_answer(self, table_id: str, *, release: str = "", exists: bool = False) -> Answer:
        """The metadata answer as it came (Swedish), readable and of the release that is given.

        With `exists` a 404 is asked again: the server has just listed the table, and answers 404
        to any fault of its own.
        """

        def check(raw: bytes) -> None:
            metadata = parse_metadata(raw, table_id=table_id)
            _check_release(metadata.updated, release=release, subject=f"{table_id}, metadata")

        call = Call(f"{table_id}, metadata", check, of_table=True, exists=exists)
        return self._get(f"tables/{_in_path(table_id)}/metadata", call)

    def metadata(self, table_id: str) -> TableMetadata:
        """The table's variables and codes."""
        return parse_metadata(self.metadata_answer(table_id).raw, table_id=table_id)

    def search(self, query: str = "", *, near: str = "") -> Iterator[TableInfo]:  # noqa: ARG002 - as Provider
        """Every table whose description matches, page by page; all tables without a query."""
        page, pages = 1, 1
        while page <= min(pages, _MOST_PAGES):
            params = {
                "query": _RESERVED.sub(" ", query),
                "pageNumber": page,
                "pageSize": _PAGE_SIZE,
            }
            if not query:
                del params["query"]
            call = Call(f"list of tables, page {page}", parse_tables)
            tables, pages = parse_tables(self._get("tables", call, params=params).raw)
            yield from tables
            page += 1

    def code_list(self, code_list_id: str) -> CodeList:
        """A named set of codes."""
        call = Call(f"code list {code_list_id}", parse_code_list)
        return parse_code_list(self._get(f"codelists/{_in_path(code_list_id)}", call).raw)

    def data(self, request: DataRequest) -> bytes:
        """One call, checked against what was asked; the raw json-stat2 answer."""
        return self.data_answer(request).raw

    def data_answer(
        self, request: DataRequest, *, release: str = "", counts: Counts = NO_COUNTS
    ) -> Answer:
        """The same, with the answer as it came over the wire.

        What the request has masks for is asked by them first, and code by code when that does not
        give exactly these cells.

        Args:
            request: The cells.
            release: The table's `updated`; an answer of an older one is asked for again.
            counts: The codes of ContentsCode whose values are counts: never negative, and whole
                numbers where it says so.

        Raises:
            ReleaseChangedError: the answer is of a newer release.
        """
        subject = _describe(request)

        def check(raw: bytes) -> None:
            dataset = read_dataset(raw, request=request, counts=counts)
            _check_release(dataset.updated, release=release, subject=subject)

        call = Call(
            subject,
            check,
            max_bytes=ANSWER_BYTES // 4 + _BYTES_A_CELL * request.cells,
            of_table=True,
            has_cells=True,
        )
        path = f"tables/{_in_path(request.table_id)}/data?lang={_LANGUAGE}&outputFormat=json-stat2"
        explicit = bind(_selection, request.codes)
        if request.masks and self._masks_are_read:
            masked = bind(_selection, ({**dict(request.codes), **dict(request.masks)}).items())
            with suppress(RequestRefusedError):
                return self._caller.post(path, call, body=lambda n: (explicit if n else masked)(n))
        answer = self._caller.post(path, call, body=explicit)
        self._masks_are_read = self._masks_are_read and not request.masks
        return answer

    def _get(self, path: str, call: Call, *, params: dict[str, Any] | None = None) -> Answer:
        query = urlencode({"lang": _LANGUAGE, **(params or {})})
        return self._caller.get(f"{path}?{query}", call)


def _in_path(name: str) -> str:
    return quote(name, safe="")


def _selection(codes: Iterable[tuple[str, tuple[str, ...]]], attempt: int) -> dict[str, Any]:
    """The body of a data call; each attempt names the variables in another order.

    The server caches an answer by the body, a faulty one and one of an old release too.
    """
    selection = [{"variableCode": name, "valueCodes": list(values)} for name, values in codes]
    turn = attempt % max(len(selection), 1)
    return {"selection": selection[turn:] + selection[:turn]}


def _check_release(updated: str, *, release: str, subject: str) -> None:
    """Hold an answer's own `updated` against its table's: the two come from different caches.

    Raises:
        BadAnswerError: the answer is older.
        ReleaseChangedError: it is newer.
    """
    own, wanted = _moment(updated), _moment(release)
    if own is None or wanted is None or own == wanted:
        return
    if own < wanted:
        raise BadAnswerError(f"of the release {updated} where that of {release} was expected")
    raise ReleaseChangedError(
        f"{subject}: SCB has published the table at {updated}, and it was listed with {release}"
    )


def _moment(stamp: str) -> datetime | None:
    """The moment of a stamp that names its zone; None for any other."""
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _describe(request: DataRequest) -> str:
    """A request in a line: each variable with its code, or its first, last and number of codes."""
    parts = [
        f"{name}={codes[0]}" if len(codes) == 1 else f"{name}={codes[0]}…{codes[-1]} ({len(codes)})"
        for name, codes in request.codes
    ]
    return f"{request.table_id}, data for {', '.join(parts)}"


def _parse_config(raw: bytes) -> Config:
    answer = parse_object(raw)
    languages = answer.get("languages")
    if not isinstance(languages, list):
        raise BadAnswerError("not a PxWebApi 2 configuration: it has no list of languages")
    config = Config(
        api_version=excerpt(str(answer.get("apiVersion", ""))),
        languages=tuple(
            language["id"]
            for language in languages
            if isinstance(language, dict) and isinstance(language.get("id"), str)
        ),
        max_cells=int(min(_number(answer, "maxDataCells", least=1, most=1e15), _MOST_CELLS)),
        calls_per_window=int(_number(answer, "maxCallsPerTimeWindow", least=0, most=1_000_000)),
        window_seconds=_number(answer, "timeWindow", least=0.001, most=_LONGEST_WINDOW),
        synthetic=_has_feature(answer, "synthetic"),
        extract=_has_feature(answer, "extract"),
    )
    if config.calls_per_window and config.window_seconds / config.calls_per_window > _SLOWEST_PACE:
        raise BadAnswerError(
            f"a configuration of {config.calls_per_window} calls in {config.window_seconds:.0f} s, "
            "where at least one call a minute was expected"
        )
    return config


def _number(answer: dict[str, Any], key: str, *, least: float, most: float) -> float:
    value = answer.get(key)
    try:
        number = float(value) if isinstance(value, int | float | str) else math.nan
    except (ValueError, OverflowError):
        number = math.nan
    if isinstance(value, bool) or not least <= number <= most:
        raise BadAnswerError(
            f"not a PxWebApi 2 configuration: {key} is {excerpt(str(value), longest=40)} where a "
            f"number of {least:g} to {most:g} was expected"
        )
    return number


def _has_feature(answer: dict[str, Any], name: str) -> bool:
    """Whether the server says what its figures are, in any of the ways it may."""
    features = answer.get("features")
    marks = [f for f in features if isinstance(f, dict)] if isinstance(features, list) else []
    return answer.get(name) not in (None, False, 0, "", "false", "False") or any(
        mark.get("id") == name or mark.get(name) is True for mark in marks
    )
