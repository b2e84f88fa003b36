"""Files fetched within bounds, from the asked address alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx

from etl.errors import SourceUnavailableError
from etl.network.answers import TooLargeError
from etl.network.limited import Bounds, TooSlowError, exchange

_TIMEOUTS: Final = httpx.Timeout(connect=10, read=30, write=30, pool=30)

Progress = Callable[[int, int], None]
"""Receives how many bytes have come, of how many."""


def open_client(*, transport: httpx.BaseTransport | None = None) -> httpx.Client:
    """A client that follows no redirects and takes bytes as they are."""
    return httpx.Client(
        timeout=_TIMEOUTS,
        headers={"Accept-Encoding": "identity"},
        follow_redirects=False,
        transport=transport,
    )


def read_small(client: httpx.Client, address: str, bounds: Bounds) -> bytes:
    """The whole answer of an address; see `pieces_of` for the errors."""
    with pieces_of(client, address, bounds) as pieces:
        return b"".join(pieces)


def read_to_file(
    client: httpx.Client, address: str, path: Path, bounds: Bounds, *, progress: Progress
) -> int:
    """Write the answer of an address to a file; the file is removed if it does not come whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    received = 0
    try:
        with pieces_of(client, address, bounds) as pieces, path.open("wb") as file:
            for piece in pieces:
                received += file.write(piece)
                progress(received, bounds.max_bytes)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return received


@contextmanager
def pieces_of(client: httpx.Client, address: str, bounds: Bounds) -> Iterator[Iterator[bytes]]:
    """The answer of an address, piece by piece.

    Raises:
        SourceUnavailableError: it is longer than the bounds or takes longer, or is a redirect.
        httpx.HTTPError: the connection fails, or the status is not 200.
    """
    request = client.build_request("GET", address)
    try:
        with exchange(client, request, bounds=bounds) as (answer, pieces):
            _require_ok(answer)
            yield pieces
    except TooLargeError as error:
        expected = f"{bounds.max_bytes:,} bytes"
        raise SourceUnavailableError(
            f"{address} sends more than the expected {expected}"
        ) from error
    except TooSlowError as error:
        raise SourceUnavailableError(f"{address} takes too long ({error}): pull again") from error


def _require_ok(answer: httpx.Response) -> None:
    if answer.has_redirect_location:
        raise SourceUnavailableError(
            f"{answer.request.url} redirects to another address, which is not followed: give the "
            "address at which the files themselves lie"
        )
    answer.raise_for_status()
