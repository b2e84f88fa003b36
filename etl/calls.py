"""One HTTP call to a PxWebApi 2 server: paced, bounded in time, retried when it may help."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import httpx
from tenacity import RetryCallState, RetryError, Retrying, retry_if_exception_type
from tenacity import stop_after_attempt as stop_after
from tenacity.wait import wait_exponential_jitter

from etl.answers import Answer, BadAnswerError, parse_object, read_answer
from etl.errors import (
    RequestRefusedError,
    SourceUnavailableError,
    TableMissingError,
    TooManyCellsError,
)
from etl.pace import Pace

TIMEOUTS: Final = httpx.Timeout(connect=10, read=60, write=30, pool=120)
ANSWER_SECONDS: Final = 300.0  # a whole answer; `read` alone lets a trickle go on for ever
LONGEST_PAUSE: Final = 300.0
_TOO_MANY_REQUESTS: Final = 429
_BACKOFF: Final = wait_exponential_jitter(multiplier=0.5, max=30, jitter=0.5)

Check = Callable[[bytes], object]


class _PassingError(Exception):
    """A failure that another attempt may cure; `pause` is what the server asked for."""

    def __init__(self, message: str, *, pause: float | None = None) -> None:
        super().__init__(message)
        self.pause = pause


@dataclass(frozen=True, slots=True)
class Caller:
    """Makes calls to one server; shared by all threads of a client.

    `subject` in the methods is what the call is about, for the error text: a table and its call.
    """

    http: httpx.Client
    pace: Pace
    attempts: int
    clock: Callable[[], float]
    sleep: Callable[[float], None]

    def get(self, path: str, *, subject: str, check: Check) -> Answer:
        """GET an answer that passes `check`."""
        return self._call(self.http.build_request("GET", path), subject=subject, check=check)

    def post(self, path: str, *, body: Any, subject: str, check: Check) -> Answer:
        """POST a JSON body and return an answer that passes `check`."""
        request = self.http.build_request("POST", path, json=body)
        return self._call(request, subject=subject, check=check)

    def _call(self, request: httpx.Request, *, subject: str, check: Check) -> Answer:
        retrying = Retrying(
            stop=stop_after(self.attempts),
            wait=_seconds_before_next,
            retry=retry_if_exception_type(_PassingError),
            sleep=self.sleep,
        )
        try:
            return retrying(self._attempt, request, subject=subject, check=check)
        except RetryError as error:
            last = error.last_attempt.exception()
            raise SourceUnavailableError(
                f"{subject}: no usable answer from {request.url.copy_with(query=None)} in "
                f"{self.attempts} attempts, the last failure: {last}. What has arrived is kept: "
                "run the same command again later and it continues from there"
            ) from last

    def _attempt(self, request: httpx.Request, *, subject: str, check: Check) -> Answer:
        self.pace.wait_turn()
        try:
            response, wire = self._send(request)
        except (httpx.UnsupportedProtocol, httpx.LocalProtocolError) as error:
            raise RequestRefusedError(f"{subject}: {error}", status=0) from error
        except httpx.TransportError as error:
            raise _PassingError(f"{type(error).__name__} {error}".strip()) from error
        try:
            answer = read_answer(wire, encoding=response.headers.get("Content-Encoding", ""))
            self._refuse(response, answer.raw, subject=subject)
            check(answer.raw)
        except BadAnswerError as error:
            raise _PassingError(f"the answer is {error}") from error
        return answer

    def _send(self, request: httpx.Request) -> tuple[httpx.Response, bytes]:
        deadline = self.clock() + ANSWER_SECONDS
        response = self.http.send(request, stream=True)
        try:
            chunks = []
            for chunk in response.iter_raw():
                chunks.append(chunk)
                if self.clock() > deadline:
                    raise httpx.ReadTimeout(f"no whole answer in {ANSWER_SECONDS:.0f} s")
        finally:
            response.close()
        return response, b"".join(chunks)

    def _refuse(self, response: httpx.Response, raw: bytes, *, subject: str) -> None:
        if response.is_success:
            return
        if response.status_code == _TOO_MANY_REQUESTS:
            pause = _retry_after(response)
            if pause is not None and pause > LONGEST_PAUSE:
                raise SourceUnavailableError(
                    f"{subject}: the server asks to wait {pause:.0f} s. Run the same command again "
                    "after that; what has arrived is kept"
                )
            self.pace.pause(pause or 0)
            raise _PassingError("429 too many calls", pause=pause)
        if response.is_server_error:
            raise _PassingError(f"HTTP {response.status_code}", pause=_retry_after(response))
        raise _refusal(response, raw, subject=subject)


def _seconds_before_next(state: RetryCallState) -> float:
    failure = state.outcome.exception() if state.outcome else None
    pause = failure.pause if isinstance(failure, _PassingError) else None
    if pause is None or pause > LONGEST_PAUSE:
        return _BACKOFF(state)
    return pause + random.uniform(0, 0.25)


def _retry_after(response: httpx.Response) -> float | None:
    text = response.headers.get("Retry-After", "").strip()
    if not text:
        return None
    if text.replace(".", "", 1).isdecimal():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (moment.astimezone(UTC) - datetime.now(UTC)).total_seconds())


def _refusal(response: httpx.Response, raw: bytes, *, subject: str) -> RequestRefusedError:
    """The error for a 4xx; the status inside the problem wins: SCB answers 400 with 404 inside."""
    problem = _problem(raw)
    status = problem.get("status") or response.status_code
    said = ": ".join(str(problem[key]) for key in ("title", "detail") if problem.get(key))
    message = f"{subject}: the server refused with {status} {said or response.reason_phrase}"
    if "too many cells" in said.lower() or (status == 403 and not said):
        return TooManyCellsError(f"{message}. Ask for fewer cells per call", status=status)
    if status == 404:
        return TableMissingError(f"{message}. Check the id in the catalogue", status=status)
    if response.is_redirect:
        message += f". Use the new address: {response.headers.get('Location')}"
    return RequestRefusedError(message, status=status)


def _problem(raw: bytes) -> dict[str, Any]:
    try:
        return parse_object(raw)
    except BadAnswerError:
        return {}
