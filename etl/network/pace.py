"""The server's rate limit, kept by all threads together."""

from collections.abc import Callable
from threading import Lock
from typing import cast

from pyrate_limiter import InMemoryBucket, Rate, RateItem

_MARGIN_MS = 50  # clocks and networks are not exact: stay a little behind the window


class Pace:
    """Lets at most `calls` through in any `window_seconds`, and none before a pause is over.

    `calls` 0 is no limit.
    """

    def __init__(
        self,
        *,
        calls: int,
        window_seconds: float,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
    ) -> None:
        rate = Rate(calls or 1, int(window_seconds * 1000) + _MARGIN_MS)
        self._bucket = InMemoryBucket([rate]) if calls else None
        self._clock = clock
        self._sleep = sleep
        self._lock = Lock()
        self._resume_at = float("-inf")

    def wait_turn(self) -> None:
        """Sleep until a call may be made, and count it."""
        while (seconds := self._seconds_to_wait()) > 0:
            self._sleep(seconds)

    def pause(self, seconds: float) -> None:
        """Hold every thread's calls, as a server asks with Retry-After."""
        with self._lock:
            self._resume_at = max(self._resume_at, self._clock() + seconds)

    def _seconds_to_wait(self) -> float:
        with self._lock:
            now = self._clock()
            if now < self._resume_at:
                return self._resume_at - now
            if self._bucket is None:
                return 0.0
            stamp = int(now * 1000)
            self._bucket.leak(stamp)
            item = RateItem("call", stamp)
            if self._bucket.put(item):
                return 0.0
            return max(cast(int, self._bucket.waiting(item)), 1) / 1000  # in memory: not awaitable
