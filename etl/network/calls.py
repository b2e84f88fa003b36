"""One HTTP call to a PxWebApi 2 server: paced, bounded in time and size, retried when it helps."""

import math
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Lock
from typing import Any, Final

import httpx
from tenacity import RetryCallState, RetryError, Retrying, retry_if_exception_type
from tenacity.wait import wait_exponential_jitter

from etl.errors import (
    NetworkRefusedError,
    RequestRefusedError,
    SourceUnavailableError,
    TableMissingError,
    TooManyCellsError,
)
from etl.network.answers import (
    Answer,
    BadAnswerError,
    TooLargeError,
    parse_object,
    read_answer,
    web_page,
)
from etl.network.limited import Bounds, TooSlowError, exchange
from etl.network.pace import Pace
from etl.text import excerpt

_SHOWN: Final = 100  # characters


def require_address(text: str) -> str:
    """The address as it was given, once it is one that can be asked.

    Raises:
        SourceUnavailableError: it is no address of a server on the web.
    """
    try:
        url = httpx.URL(text)
        url.host.encode("idna")  # as the look-up of its name does, which says less
        usable = url.scheme in ("http", "https") and bool(url.host)
    except (httpx.InvalidURL, UnicodeError):
        usable = False
    if not usable:
        raise SourceUnavailableError(
            f"{excerpt(text, longest=_SHOWN)!r} is no address of a server: write it as "
            "https://host/folder"
        )
    return text


TIMEOUTS: Final = httpx.Timeout(connect=10, read=60, write=30, pool=120)
_POOL: Final = httpx.Limits(max_connections=8, max_keepalive_connections=8)
ANSWER_SECONDS: Final = 300.0  # a whole answer; `read` alone lets a trickle go on for ever
HEAD_SECONDS: Final = 75.0  # until an answer begins: `read` lets its head trickle for ever too
ANSWER_BYTES: Final = 16_000_000  # the largest description of a table that was seen has 1.2 MB
LONGEST_PAUSE: Final = 300.0
_TOO_MANY_REQUESTS: Final = 429
_PASSING: Final = (408, 425)  # "too slow, ask again", "too early": the question may stay the same
_OF_NETWORKS: Final = (401, 403, 407, 451, 511)  # without a problem document: not PxWebApi's own
_BACKOFF: Final = wait_exponential_jitter(multiplier=0.5, max=30, jitter=0.5)
# A page of a proxy or an answer that cannot be read passes at once or not within minutes.
_ATTEMPTS_WITH_BAD_ANSWERS: Final = 5
_ATTEMPTS_WITH_SLOW_ANSWERS: Final = 2
_NEXT: Final = (
    "What has arrived is kept: run the same command again later and it continues from there"
)

Check = Callable[[bytes], object]


class _PassingError(Exception):
    """A failure that another attempt may cure, of `most`; `pause` is what the server asked for."""

    def __init__(self, message: str, *, pause: float | None = None, most: int = 1_000) -> None:
        super().__init__(message)
        self.pause = pause
        self.most = most


@dataclass(frozen=True, slots=True)
class Call:
    """One question to a server.

    `subject` is what it is about, for the error text: a table and its call. `check` reads the
    answer and raises BadAnswerError for what cannot be used. `max_bytes` bounds the answer, packed
    and unpacked, and `head_seconds` the time until its head is whole. `of_table` says that a 404
    means a missing table, `exists` that it can only be a passing fault of the server, `has_cells`
    that fewer cells could be asked for.
    """

    subject: str
    check: Check
    max_bytes: int = ANSWER_BYTES
    head_seconds: float = HEAD_SECONDS
    of_table: bool = False
    has_cells: bool = False
    exists: bool = False


def open_http(
    base_url: str | None = None, *, transport: httpx.BaseTransport | None = None
) -> httpx.Client:
    """Connections that ask for gzip, which is what is kept, so that it is never packed anew."""
    return httpx.Client(
        base_url="" if base_url is None else require_address(base_url),
        transport=transport,
        timeout=TIMEOUTS,
        limits=_POOL,
        headers={"Accept-Encoding": "gzip"},
    )


@dataclass(frozen=True, slots=True)
class Caller:
    """Makes calls to one server; shared by all threads of a client.

    Answers are unpacked and read one at a time, so that memory holds one of them spread out.
    """

    http: httpx.Client
    pace: Pace
    attempts: int
    clock: Callable[[], float]
    sleep: Callable[[float], None]
    reading: Lock = field(default_factory=Lock)

    def get(self, path: str, call: Call) -> Answer:
        """GET an answer that passes the call's check."""
        return self._call(lambda _: self.http.build_request("GET", path), call)

    def post(self, path: str, call: Call, *, body: Callable[[int], Any]) -> Answer:
        """POST a JSON body, made for each attempt, and return an answer that passes the check.

        Bodies that differ and mean the same get past a faulty answer that the server has cached.
        """
        return self._call(lambda n: self.http.build_request("POST", path, json=body(n)), call)

    def _call(self, request: Callable[[int], httpx.Request], call: Call) -> Answer:
        retrying = Retrying(
            stop=self._is_last,
            wait=_seconds_before_next,
            retry=retry_if_exception_type(_PassingError),
            sleep=self.sleep,
        )
        attempt = iter(range(self.attempts))
        try:
            return retrying(lambda: self._attempt(request(next(attempt)), call))
        except RetryError as error:
            last = error.last_attempt.exception()
            address = request(0).url.copy_with(query=None)
            raise SourceUnavailableError(
                f"{call.subject}: no usable answer from {address} in "
                f"{error.last_attempt.attempt_number} attempts, the last failure: {last}. {_NEXT}"
            ) from last

    def _is_last(self, state: RetryCallState) -> bool:
        failure = state.outcome.exception() if state.outcome else None
        most = failure.most if isinstance(failure, _PassingError) else self.attempts
        return state.attempt_number >= min(self.attempts, most)

    def _attempt(self, request: httpx.Request, call: Call) -> Answer:
        self.pace.wait_turn()
        try:
            response, wire = self._send(request, call)
        except (httpx.UnsupportedProtocol, httpx.LocalProtocolError) as error:
            raise RequestRefusedError(f"{call.subject}: {_why(error)}", status=0) from error
        except TooLargeError as error:
            raise _too_large(error, call) from error
        except TooSlowError as error:
            most = _ATTEMPTS_WITH_SLOW_ANSWERS
            raise _PassingError(f"the answer is {error}", most=most) from error
        except httpx.TransportError as error:
            raise _PassingError(_why(error)) from error
        with self.reading:
            return self._read(response, wire, call)

    def _read(self, response: httpx.Response, wire: bytes, call: Call) -> Answer:
        try:
            answer = read_answer(
                wire,
                encoding=response.headers.get("Content-Encoding", ""),
                charset=response.charset_encoding or "",
                max_bytes=call.max_bytes,
            )
            if not response.is_success:
                raise self._refusal(response, answer.raw, call)
            call.check(answer.raw)
        except TooLargeError as error:
            raise _too_large(error, call) from error
        except BadAnswerError as error:
            if not response.is_success:  # its status says more than the body that cannot be read
                raise self._refusal(response, b"", call) from error
            most = _ATTEMPTS_WITH_BAD_ANSWERS
            raise _PassingError(f"the answer is {error}", most=most) from error
        return answer

    def _send(self, request: httpx.Request, call: Call) -> tuple[httpx.Response, bytes]:
        bounds = Bounds(call.max_bytes, ANSWER_SECONDS, head_seconds=call.head_seconds)
        with exchange(self.http, request, bounds=bounds, clock=self.clock) as (response, chunks):
            return response, b"".join(chunks)

    def _refusal(self, response: httpx.Response, raw: bytes, call: Call) -> Exception:
        """The error for a status that is no success, and whether another attempt may cure it."""
        status, page = response.status_code, web_page(raw)
        if status == _TOO_MANY_REQUESTS:
            return self._too_many_requests(response, call)
        if response.is_server_error or status in _PASSING:
            seen = f"HTTP {status}" + (f" with {page}" if page else "")
            return _PassingError(seen, pause=_retry_after(response))
        if response.is_redirect:
            return _redirected(response, call)
        problem = _problem(raw)
        asks_too_much = call.has_cells and status == 403 and not raw.strip()
        if page or (status in _OF_NETWORKS and not problem and not asks_too_much):
            return _intercepted(response, page, call)
        return _refused(response, problem, call)

    def _too_many_requests(self, response: httpx.Response, call: Call) -> Exception:
        pause = _retry_after(response)
        if pause is not None and pause > LONGEST_PAUSE:
            return SourceUnavailableError(
                f"{call.subject}: the server asks to wait {_in_words(pause)}. Run the same command "
                "again after that; what has arrived is kept"
            )
        self.pace.pause(pause or 0)
        return _PassingError("429 too many calls", pause=pause)


def _seconds_before_next(state: RetryCallState) -> float:
    failure = state.outcome.exception() if state.outcome else None
    pause = failure.pause if isinstance(failure, _PassingError) else None
    if not pause or pause > LONGEST_PAUSE:  # a moment that has passed says nothing
        return _BACKOFF(state)
    return pause + random.uniform(0, 0.25)


def _retry_after(response: httpx.Response) -> float | None:
    """The seconds that the server asks to wait; a date without a zone is GMT, as HTTP has it."""
    text = response.headers.get("Retry-After", "").strip()
    if text.replace(".", "", 1).isdecimal() and text.isascii():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _in_words(seconds: float) -> str:
    """How long a pause is, for a person who has to wait it out."""
    for unit, length, most in (("minutes", 60, 120), ("hours", 3_600, 48)):
        if seconds <= most * length:
            return f"{math.ceil(seconds / length)} {unit}"
    return "more than two days"


def _too_large(error: TooLargeError, call: Call) -> SourceUnavailableError:
    return SourceUnavailableError(
        f"{call.subject}: the answer is {error}, where at most {call.max_bytes / 1e6:.0f} MB were "
        f"expected: it is refused unread. Is the server PxWebApi 2 of SCB? {_NEXT}"
    )


def _redirected(response: httpx.Response, call: Call) -> NetworkRefusedError:
    address = excerpt(response.headers.get("Location", "nowhere"))
    return NetworkRefusedError(
        f"{call.subject}: the server sends calls on to {address}, which is not followed: the login "
        "page of a network, or SCB has moved. Open the address in a browser on this machine; if "
        "SCB has moved, give the new address with --api or BAROMETER_API"
    )


def _intercepted(response: httpx.Response, page: str, call: Call) -> NetworkRefusedError:
    """A refusal that is not PxWebApi's: those come as JSON."""
    status = f"{response.status_code} {excerpt(response.reason_phrase)}".strip()
    if response.status_code == 407:
        remedy = "name the proxy with its user and password in HTTPS_PROXY"
    else:
        remedy = (
            "check that the address is right, ask whoever keeps the network to let this machine "
            "reach it"
        )
    return NetworkRefusedError(
        f"{call.subject}: {status} with {page or 'no answer of the API'}: a firewall or proxy "
        f"between this machine and {response.url.host} answered, not the API: {remedy}, and run "
        "the same command again later; what has arrived is kept"
    )


def _refused(response: httpx.Response, problem: Mapping[str, Any], call: Call) -> Exception:
    """The error for a 4xx; the status inside the problem wins: SCB answers 400 with 404 inside."""
    inner = problem.get("status")
    status = inner if type(inner) is int and 400 <= inner < 600 else response.status_code
    words = [excerpt(str(problem[key])) for key in ("title", "detail") if problem.get(key)]
    said = ": ".join(words)
    reason = said or excerpt(response.reason_phrase)
    message = f"{call.subject}: the server refused with {status} {reason}"
    if call.has_cells and ("too many cells" in said.lower() or (status == 403 and not said)):
        return TooManyCellsError(f"{message}. Ask for fewer cells per call", status=status)
    if status == 404 and call.exists:
        return _PassingError(f"404 {reason}, though the server lists it: an internal error there")
    if status == 404 and call.of_table:
        return TableMissingError(f"{message}. Check the id in the catalogue", status=status)
    return RequestRefusedError(
        f"{message}. Check the address of the server (--api) and the table's entry in "
        "barometer/sources.toml with python -m etl doctor",
        status=status,
    )


def _problem(raw: bytes) -> dict[str, Any]:
    try:
        return parse_object(raw)
    except BadAnswerError:
        return {}


def _why(error: Exception) -> str:
    return f"{type(error).__name__} {excerpt(str(error))}".strip()
