"""Bodies that end: whatever a server sends is bounded in size and in time."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import httpx

from etl.answers import TooLargeError

_GRACE: Final = 10.0  # seconds before a slow body is called one that drips


class TooSlowError(httpx.TransportError):
    """A body that does not end in time, or drips so slowly that it never will."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a body may take: bytes as they come over the wire, seconds, and its least speed."""

    max_bytes: int
    seconds: float
    bytes_per_second: float = 1_000.0


def bounded(
    chunks: Iterable[bytes], *, bounds: Bounds, clock: Callable[[], float]
) -> Iterator[bytes]:
    """The chunks of a body as they come, while they stay within the bounds.

    Raises:
        TooLargeError: there are more bytes than the bounds allow.
        TooSlowError: it takes too long, or after ten seconds comes slower than the bounds want.
    """
    start, received = clock(), 0
    for chunk in chunks:
        received += len(chunk)
        if received > bounds.max_bytes:
            raise TooLargeError(f"more than {bounds.max_bytes / 1e6:.1f} MB")
        seconds = clock() - start
        if seconds > bounds.seconds:
            raise TooSlowError(f"not whole after {bounds.seconds:.0f} s")
        if seconds > _GRACE and received < seconds * bounds.bytes_per_second:
            raise TooSlowError(f"{received:,} bytes in {seconds:.0f} s: it drips")
        yield chunk
