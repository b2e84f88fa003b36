"""Addresses inside the site, in the reader's language; every page reads its own from its query."""

from urllib.parse import urlencode

from flask import has_request_context, request

from barometer.divisions import Language


def view_address(path: str, query: str) -> str:
    """The whole address of a view while a request is answered, else the part below the host."""
    host = request.host_url.rstrip("/") if has_request_context() else ""
    return f"{host}{path}{query}"


def address(path: str, *, language: Language, **query: object) -> str:
    """A page's address; what is None or empty is left out, and Swedish goes without saying."""
    pairs = {key: str(value) for key, value in query.items() if value not in (None, "")}
    pairs |= {"lang": language} if language != "sv" else {}
    return f"{path}?{urlencode(pairs, safe=',:@')}" if pairs else path
