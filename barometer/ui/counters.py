"""Counters of requests that all workers of a site share: a storage for the limits package.

A table of fixed size in shared memory, made before the workers are forked. A key whose slot is
taken by a newer one is counted together with it, so that the table never grows; when a worker is
killed, its lock on the table goes with it.
"""

import fcntl
import mmap
import struct
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any, Final

from limits.storage import Storage

SHARED: Final = "shared"
SLOTS: Final = 65_536
_SLOT: Final = struct.Struct("<8sdI4x")  # checksum of the key, end of its window, count


class SharedStorage(Storage):
    """Fixed windows of counts; see the module."""

    STORAGE_SCHEME = [SHARED]  # noqa: RUF012 - as limits declares it

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: Any):
        super().__init__(uri, wrap_exceptions=wrap_exceptions, **options)
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the process lives
        self._file.truncate(SLOTS * _SLOT.size)
        self._table = mmap.mmap(self._file.fileno(), SLOTS * _SLOT.size)
        self._threads = threading.Lock()

    @property
    def base_exceptions(self) -> type[Exception]:
        """What counting may raise."""
        return OSError

    def incr(self, key: str, expiry: float, amount: int = 1, **_: Any) -> int:
        """Count a key up; its window begins with the first count and lasts `expiry` seconds."""
        place, digest = _place(key)
        with self._locked():
            found, end, count = _SLOT.unpack_from(self._table, place)
            now = time.time()
            if end <= now or (found != digest and count == 0):
                end, count = now + expiry, 0
            count = min(count + amount, 2**32 - 1)
            _SLOT.pack_into(self._table, place, digest, end, count)
        return int(count)

    def get(self, key: str) -> int:
        """The count of a key in its window; 0 when there is none."""
        end, count = self._read(key)
        return count if end > time.time() else 0

    def get_expiry(self, key: str) -> float:
        """When a key's window ends, as seconds since the epoch."""
        end, _ = self._read(key)
        return max(end, time.time())

    def check(self) -> bool:
        """Always: it is memory."""
        return True

    def reset(self) -> int | None:
        """Forget all counts."""
        with self._locked():
            self._table[:] = bytes(SLOTS * _SLOT.size)
        return None

    def clear(self, key: str) -> None:
        """Forget one key's count."""
        place, _ = _place(key)
        with self._locked():
            _SLOT.pack_into(self._table, place, b"", 0.0, 0)

    def _read(self, key: str) -> tuple[float, int]:
        place, _ = _place(key)
        with self._locked():
            _, end, count = _SLOT.unpack_from(self._table, place)
        return float(end), int(count)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One thread of one process at a time."""
        with self._threads:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)


def _place(key: str) -> tuple[int, bytes]:
    digest = blake2b(key.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little") % SLOTS * _SLOT.size, digest
