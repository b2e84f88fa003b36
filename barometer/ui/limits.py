"""What one visitor may ask: how large a question, and how often; workers count together."""

import fcntl
import ipaddress
import mmap
import struct
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any, Final

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits.storage import Storage
from werkzeug.middleware.proxy_fix import ProxyFix

from barometer.settings import NO_RATE_LIMIT, Settings

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
            # A window that ends later than any can was begun before the clock went back.
            if not now < end <= now + expiry or (found != digest and count == 0):
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


MAX_BODY_BYTES: Final = 2_000_000
"""Of a question's body: a page's state, never a file."""
DEFAULT_RATE: Final = "3000/minute"
"""Of one address: a class of pupils behind one address stays below it."""
COSTLY_PATHS: Final = (
    *("/api/v1/", "/export/", "/picture/", "/labb/rows"),
    *("/plats/rapport", "/plats/agenda", "/plats/lagesbild"),
)
"""Beginnings of addresses whose answers take much time: few at once."""
LONG_PATHS: Final = ("/api/v1/package",)
"""Those that take minutes."""
_FREE: Final = ("/api/v1/openapi.json",)
_COUNTED: Final = (*COSTLY_PATHS, "/values", "/areas/", "/_dash-update-component")


def install(server: Flask, settings: Settings) -> None:
    """Limit the size of every question and the rate of costly ones, for all workers together."""
    server.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    if settings.proxies:
        trusted = settings.proxies
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=trusted, x_proto=trusted, x_host=0)  # type: ignore[method-assign] # as Flask documents it
    if settings.rate_limit == NO_RATE_LIMIT:
        return
    limiter = Limiter(
        get_remote_address,
        app=server,
        application_limits=[settings.rate_limit or DEFAULT_RATE],
        storage_uri=f"{SHARED}://",
        headers_enabled=True,
    )
    by_default = not settings.rate_limit
    limiter.request_filter(lambda: _is_free(by_default=by_default))


def is_costly(path: str) -> bool:
    """Whether an answer takes so long that few may be made at once."""
    return path.startswith(COSTLY_PATHS) and path not in _FREE


def is_loopback(address: str | None) -> bool:
    """Whether a client asks from this machine."""
    try:
        return ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False


def _is_free(*, by_default: bool) -> bool:
    """Without a limit of the operator's own, a proxy on this machine is not taken for a reader."""
    if by_default and is_loopback(request.remote_addr):
        return True
    return not request.path.startswith(_COUNTED) or request.path in _FREE
