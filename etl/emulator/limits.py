"""What the server allows: cells per call, calls per window, length of an address."""

import threading
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one server, and the two answers on which sources disagree.

    `too_many_cells_status` is 400 in the server's code and 403 in its specification;
    `unknown_table_on_data` is the HTTP status of a data call for an unknown table (the body says
    404 in either case). `calls` 0 means no limit.
    """

    cells: int = 150_000
    calls: int = 30
    window: float = 10.0
    address_length: int = 2_100
    too_many_cells_status: int = 400
    unknown_table_on_data: int = 400


SCB_LIMITS = Limits()
NO_LIMITS = Limits(calls=0)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a client has left of its window; below 0 `remaining` when the call is one too many."""

    remaining: int
    seconds_left: float


class CallCounter:
    """Calls per client in fixed windows, each starting with the client's first call."""

    def __init__(self, limits: Limits, *, clock: Callable[[], float]) -> None:
        self._limits = limits
        self._clock = clock
        self._lock = threading.Lock()
        self._windows: dict[str, tuple[float, int]] = {}

    def count(self, client: str) -> Allowance:
        """Count one call, refused ones too, as the server does."""
        with self._lock:
            now = self._clock()
            start, calls = self._windows.get(client, (now, 0))
            if now - start >= self._limits.window:
                start, calls = now, 0
            self._windows[client] = (start, calls + 1)
            return Allowance(self._limits.calls - calls - 1, self._limits.window - (now - start))
