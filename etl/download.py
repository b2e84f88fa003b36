"""Answers read within limits: so many bytes, so long, from the asked address alone."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from etl.errors import SourceUnavailableError

_TIMEOUTS: Final = httpx.Timeout(connect=10, read=30, write=30, pool=30)
_CHUNK: Final = 1 << 16

Progress = Callable[[int, int], None]
"""Receives how many bytes have come, of how many."""


class LimitError(SourceUnavailableError):
    """An answer is longer, or takes longer, than what was asked for can."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many bytes, within so many seconds."""

    size: int
    seconds: float


def open_client() -> httpx.Client:
    """A client that follows no redirects and takes bytes as they are."""
    headers = {"Accept-Encoding": "identity"}
    return httpx.Client(timeout=_TIMEOUTS, headers=headers, follow_redirects=False)


def read_small(client: httpx.Client, address: str, limit: Limit) -> bytes:
    """The whole answer of an address; see `pieces_of` for the errors."""
    with pieces_of(client, address, limit) as pieces:
        return b"".join(pieces)


def read_to_file(
    client: httpx.Client, address: str, path: Path, limit: Limit, *, progress: Progress
) -> int:
    """Write the answer of an address to a file; the file is removed if it does not come whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    received = 0
    try:
        with pieces_of(client, address, limit) as pieces, path.open("wb") as file:
            for piece in pieces:
                received += file.write(piece)
                progress(received, limit.size)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return received


@contextmanager
def pieces_of(client: httpx.Client, address: str, limit: Limit) -> Iterator[Iterator[bytes]]:
    """The answer of an address, piece by piece.

    Raises:
        LimitError: it is longer than the limit or takes longer.
        httpx.HTTPError: the connection fails, or the status is not 200.
    """
    with client.stream("GET", address) as answer:
        _require_ok(answer)
        yield _limited(answer, address, limit)


def _require_ok(answer: httpx.Response) -> None:
    if answer.is_redirect:
        raise SourceUnavailableError(
            f"{answer.request.url} redirects to another address, which is not followed: give the "
            "address at which the files themselves lie"
        )
    answer.raise_for_status()


def _limited(answer: httpx.Response, address: str, limit: Limit) -> Iterator[bytes]:
    deadline, received = time.monotonic() + limit.seconds, 0
    for piece in answer.iter_raw(_CHUNK):
        received += len(piece)
        if received > limit.size:
            raise LimitError(f"{address} sends more than the expected {limit.size:,} bytes")
        if time.monotonic() > deadline:
            raise LimitError(f"{address} takes longer than {limit.seconds:,.0f} s: pull again")
        yield piece
