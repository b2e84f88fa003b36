"""Addresses of the site: as its pages write them, and below the path of another site.

The site may stand under BASE_PATH=/barometer, or where a trusted proxy says. Inside, every address
begins at the site's own root. Here, at the one door, requests lose the base if the server in front
has left it on, and addresses in documents, JSON and headers are given it.
"""

import gzip
import re
from collections.abc import Callable, Iterable
from typing import Any, Final
from urllib.parse import urlencode

import brotli
from flask import Flask, Response, has_request_context, request

from barometer.divisions import Language
from barometer.queries import Encoding
from barometer.settings import Settings, is_base
from barometer.ui.serving import DYNAMIC_QUALITY, encode

_REWRITTEN: Final = frozenset({"text/html", "application/json", "application/problem+json"})
_KEY: Final = "barometer.base"
_HEADER: Final = "X-Forwarded-Prefix"


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


def put_under_base(server: Flask, settings: Settings, *, pages: Iterable[str]) -> None:
    """Put the server under the base of its settings, or under what trusted proxies say.

    Call it last, so that its answers are compressed afterwards.

    Raises:
        ValueError: the base begins as one of the site's own addresses.
    """
    base, proxies = settings.base_path, settings.proxies
    if not base and not proxies:
        return
    segments = _segments(server, pages)
    if base and base.split("/")[1] in segments:
        raise ValueError(f"BASE_PATH={base!r} begins as a page of the site does: choose another")

    def base_of(environ: dict[str, Any]) -> str:
        forwarded = base or _forwarded(environ, proxies)
        return "" if forwarded.partition("/")[2].partition("/")[0] in segments else forwarded

    server.wsgi_app = _below(server.wsgi_app, base_of)  # type: ignore[method-assign] # as Flask documents it
    addresses = _pattern(segments)

    def finish(response: Response) -> Response:
        here = base_path()
        if not base:
            response.vary.add(_HEADER)
        if here:
            _put_under(response, here, addresses)
        return response

    server.after_request(finish)


def base_path() -> str:
    """The base that the request came under; empty when there is none."""
    return str(request.environ.get(_KEY, "")) if has_request_context() else ""


def _forwarded(environ: dict[str, Any], proxies: int) -> str:
    """What the outermost trusted proxy says, or the server that runs us."""
    said = environ.get("HTTP_X_FORWARDED_PREFIX", "").split(",")
    prefix = said[-proxies].strip() if len(said) >= proxies else ""
    prefix = prefix or environ.get("SCRIPT_NAME", "")
    return prefix.rstrip("/") if is_base(prefix) else ""


def _put_under(response: Response, base: str, addresses: re.Pattern[str]) -> None:
    for name in ("Location", "Link"):
        if name in response.headers:
            response.headers[name] = _in_header(response.headers[name], base)
    if response.mimetype in _REWRITTEN and response.status_code != 304:
        _rewrite(response, lambda text: addresses.sub(rf"\1{base}/", text))


def _segments(server: Flask, pages: Iterable[str]) -> frozenset[str]:
    """How the site's addresses begin."""
    paths = [*(rule.rule for rule in server.url_map.iter_rules()), *pages]
    firsts = {path.split("/")[1].partition(".")[0] for path in paths}
    return frozenset(first for first in firsts if first and not first.startswith("<"))


def _pattern(segments: Iterable[str]) -> re.Pattern[str]:
    """What stands before an address of the site in a document or JSON, and its first slash."""
    names = "|".join(map(re.escape, sorted(segments)))
    slash = r"(?:/|\\u002f)"  # as Dash writes it
    names_of_root = r"(?:href|requests_pathname_prefix)"
    root = rf"""{names_of_root}\\?["']?\s*[=:]\s*\\?["'](?={slash}[?#"'\\])"""
    return re.compile(rf"""({root}|["'(>](?={slash}(?:{names})(?![\w-]))){slash}""")


def _below(answer: Any, base_of: Callable[[dict[str, Any]], str]) -> Any:
    def answer_below(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        path, base = environ.get("PATH_INFO", ""), base_of(environ)
        if base and (path == base or path.startswith(f"{base}/")):
            environ["PATH_INFO"] = path[len(base) :] or "/"
        environ["SCRIPT_NAME"] = environ[_KEY] = base
        answered: Iterable[bytes] = answer(environ, start)
        return answered

    return answer_below


def _in_header(value: str, base: str) -> str:
    return re.sub(rf"^(<?)(?!{re.escape(base)}(?:/|$))/(?!/)", rf"\1{base}/", value)


def _rewrite(response: Response, change: Callable[[str], str]) -> None:
    coding: Encoding | None = None
    data = response.get_data()
    if response.headers.get("Content-Encoding") == "br":
        coding, data = "br", brotli.decompress(data)
    elif response.headers.get("Content-Encoding") == "gzip":
        coding, data = "gzip", gzip.decompress(data)
    changed = change(data.decode("utf-8")).encode("utf-8")
    response.set_data(encode(changed, coding, quality=DYNAMIC_QUALITY))
