"""What Dash would answer with 500 and is the asker's fault: refused before it gets there."""

import re
from collections.abc import Mapping
from typing import Any, Final

from dash.exceptions import DependencyException
from flask import Response, request

from barometer.ui.document import Site

CALLBACKS: Final = "/_dash-update-component"
_HALVES: Final = re.compile("[\ud800-\udfff]")
_TEXTS: Final = frozenset({"search", "pathname", "searchValue", "data"})  # data is a part's query


def install(site: Site) -> None:
    """Refuse callbacks that no page has sent, and scripts that there are none of."""

    def look() -> Response | None:
        if request.path != CALLBACKS or request.method != "POST":
            return None
        fault = callback_fault(request.get_json(silent=True), site.callback_map)
        return None if fault is None else Response(f"{fault}\n", 400, content_type="text/plain")

    site.server.before_request(look)
    site.server.register_error_handler(DependencyException, _no_script)


def callback_fault(body: object, callbacks: Mapping[str, Mapping[str, Any]]) -> str | None:
    """Why a question cannot be one that a page of ours has put; None when it can."""
    if not isinstance(body, dict):
        return "a callback's question is a JSON object"
    output = body.get("output")
    found = callbacks.get(output) if isinstance(output, str) else None
    if found is None:
        return "there is no callback with this output: load the page anew"
    if not isinstance(body.get("outputs"), dict | list):
        return "outputs is missing: load the page anew"
    if not isinstance(body.get("changedPropIds", []), list):
        return "changedPropIds is no list"
    for name in ("inputs", "state"):
        if not _are(body.get(name, []), found[name]):
            return f"{name} are not those of the callback: load the page anew"
    return None


def _are(given: object, declared: list[Mapping[str, Any]]) -> bool:
    """Whether as many properties are given as declared, in order."""
    if not isinstance(given, list) or len(given) != len(declared):
        return False
    pairs = zip(given, declared, strict=True)
    return all(_is(own, asked) for own, asked in pairs)


def _is(given: object, declared: Mapping[str, Any]) -> bool:
    """One property by its id; a pattern's ids are several and stay Dash's to match."""
    if isinstance(given, list):
        return all(isinstance(item, dict) for item in given)
    if not isinstance(given, dict):
        return False
    is_pattern = isinstance(given.get("id"), dict)
    same = given.get("id") == declared["id"] and given.get("property") == declared["property"]
    return is_pattern or (same and _may_hold(declared["property"], given.get("value")))


def _may_hold(name: str, value: object) -> bool:
    """Whether a property of our pages may hold the value: texts, and choices of a control."""
    if value is None or isinstance(value, str):
        return _can_be_said(value or "")
    if name in _TEXTS:
        return False
    items = value if isinstance(value, list) else [value]
    return all(isinstance(item, str | int | float) and _can_be_said(str(item)) for item in items)


def _can_be_said(text: str) -> bool:
    """Half a character, which JSON can hold, is refused by databases and addresses."""
    return text.isascii() or not _HALVES.search(text)


def _no_script(error: Exception) -> Response:
    return Response(f"{error}\n", 404, content_type="text/plain")
