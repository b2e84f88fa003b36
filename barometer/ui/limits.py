"""What one visitor may ask: how large a question, and how often."""

import ipaddress
from typing import Final

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from werkzeug.middleware.proxy_fix import ProxyFix

from barometer.settings import NO_RATE_LIMIT, Settings
from barometer.ui.counters import SHARED

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
