"""What one visitor may ask: how large a question, and how often."""

from typing import Final

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from werkzeug.middleware.proxy_fix import ProxyFix

from barometer.settings import Settings

MOST_BYTES: Final = 2_000_000  # of a question's body: a page's state, never a file
_LIMITED: Final = ("/api/", "/export/")


def install(server: Flask, settings: Settings) -> None:
    """Limit the size of every question, and the rate where the settings say so."""
    server.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    if settings.proxies:
        trusted = settings.proxies
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=trusted, x_proto=trusted, x_host=trusted)  # type: ignore[method-assign] # as Flask documents it
    if settings.rate_limit:
        limiter = Limiter(
            get_remote_address,
            app=server,
            application_limits=[settings.rate_limit],
            storage_uri="memory://",
            headers_enabled=True,
        )
        limiter.request_filter(_is_free)


def _is_free() -> bool:
    return not request.path.startswith(_LIMITED)
