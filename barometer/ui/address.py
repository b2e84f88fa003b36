"""Addresses of the site, as its pages write them."""

from urllib.parse import urlencode

from flask import has_request_context, request

from barometer.divisions import Language
from barometer.ui.prefix import base_path


def view_address(path: str, query: str) -> str:
    """The whole address of a view while a request is answered, else the part below the host."""
    return f"{site_address()}{path}{query}"


def site_address() -> str:
    """Where the site is for its reader, with the base; the base alone where that is unknown.

    A host's name that no host can have (with "_", as containers do) is unknown.
    """
    if not has_request_context():
        return ""
    host = request.host_url.rstrip("/") if request.host else ""
    return f"{host}{base_path()}"


def address(path: str, *, language: Language, **query: object) -> str:
    """A page's address; what is None or empty is left out, and Swedish goes without saying."""
    pairs = {key: str(value) for key, value in query.items() if value not in (None, "")}
    pairs |= {"lang": language} if language != "sv" else {}
    return f"{path}?{urlencode(pairs, safe=',:@')}" if pairs else path
