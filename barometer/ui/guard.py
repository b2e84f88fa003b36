"""What Dash would answer with 500 and is the asker's fault: refused before it gets there."""

import re
from collections.abc import Mapping
from typing import Any, Final

import orjson
from dash.exceptions import DependencyException
from flask import Response, request

from barometer.ui.document import Site

CALLBACKS: Final = "/_dash-update-component"
MAX_DEPTH: Final = 12
MAX_LENGTH: Final = 5_000
"""Of a list or an object in a question; the longest of a page's own has 500 areas."""
_HALVES: Final = re.compile("[\ud800-\udfff]")
_TEXTS: Final = frozenset({"search", "pathname", "searchValue", "data"})  # data is a part's query
_KEYS: Final = frozenset(
    {"output", "outputs", "inputs", "state", "changedPropIds", "parsedChangedPropsIds"}
)


def install(site: Site) -> None:
    """Refuse callbacks that no page has sent, and scripts that there are none of."""

    def look() -> Response | None:
        if request.path != CALLBACKS or request.method != "POST":
            return None
        fault = body_fault(request.get_data(), site.callback_map)
        return None if fault is None else Response(f"{fault}\n", 400, content_type="text/plain")

    site.server.before_request(look)
    site.server.register_error_handler(DependencyException, _no_script)


def body_fault(raw: bytes, callbacks: Mapping[str, Mapping[str, Any]]) -> str | None:
    """Why the bytes of a question cannot come from a page of ours; None when they can."""
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return "a callback's question is a JSON object"
    if not _is_shallow(body):
        return "the question is nested deeper, or longer, than those of a page"
    return callback_fault(body, callbacks)


def callback_fault(body: object, callbacks: Mapping[str, Mapping[str, Any]]) -> str | None:
    """Why a question cannot be one that a page of ours has put; None when it can."""
    if not isinstance(body, dict) or not _KEYS.issuperset(body):
        return "a callback's question is a JSON object with the keys that a page sends"
    output = body.get("output")
    found = callbacks.get(output) if isinstance(output, str) else None
    if found is None or "callback" not in found or not isinstance(output, str):
        return "there is no callback with this output: load the page anew"
    if _without_suffix(body.get("outputs")) != outputs_of(output):
        return "outputs are not those of the callback: load the page anew"
    for name in ("inputs", "state"):
        if not _are(body.get(name, []), found[name]):
            return f"{name} are not those of the callback: load the page anew"
    return _changed_fault(body, found["inputs"])


def outputs_of(output: str) -> object:
    """The outputs as a page sends them, by the name that Dash gives a callback."""
    found = [
        {"id": part.rpartition(".")[0], "property": part.rpartition(".")[2].partition("@")[0]}
        for part in output.strip(".").split("...")
    ]
    return found if output.startswith("..") else found[0]


def _without_suffix(outputs: object) -> object:
    """Outputs without what Dash adds to a property that several callbacks write ("children@…")."""
    if isinstance(outputs, list):
        return [_without_suffix(one) for one in outputs]
    if not isinstance(outputs, dict) or not isinstance(outputs.get("property"), str):
        return outputs
    return outputs | {"property": outputs["property"].partition("@")[0]}


def _changed_fault(body: Mapping[str, Any], inputs: list[Mapping[str, Any]]) -> str | None:
    known = {f"{one['id']}.{one['property']}" for one in inputs}
    for name in ("changedPropIds", "parsedChangedPropsIds"):
        changed = body.get(name, [])
        if not isinstance(changed, list):
            return f"{name} is no list"
        if not all(isinstance(item, str) and item in known for item in changed):
            return f"{name} names what is no input of the callback"
    return None


def _are(given: object, declared: list[Mapping[str, Any]]) -> bool:
    """Whether as many properties are given as declared, in order."""
    if not isinstance(given, list) or len(given) != len(declared):
        return False
    pairs = zip(given, declared, strict=True)
    return all(_is(one, asked) for one, asked in pairs)


def _is(given: object, declared: Mapping[str, Any]) -> bool:
    """One property by its id; no callback of ours has a pattern for an id."""
    if not isinstance(given, dict) or not {"id", "property", "value"}.issuperset(given):
        return False
    same = given.get("id") == declared["id"] and given.get("property") == declared["property"]
    return same and _may_hold(declared["property"], given.get("value"))


def _may_hold(name: str, value: object) -> bool:
    """Whether a property of our pages may hold the value: texts, and choices of a control."""
    if value is None or isinstance(value, str):
        return _is_valid_unicode(value or "")
    if name in _TEXTS:
        return False
    items = value if isinstance(value, list) else [value]
    return all(
        isinstance(item, str | int | float) and _is_valid_unicode(str(item)) for item in items
    )


def _is_valid_unicode(text: str) -> bool:
    """Half a character, which JSON can hold, is refused by databases and addresses."""
    return text.isascii() or not _HALVES.search(text)


def _is_shallow(body: object) -> bool:
    """Whether nothing in a question is nested deeper or longer than a page's own."""
    level = [body]
    for _ in range(MAX_DEPTH):
        inside: list[object] = []
        for part in level:
            if isinstance(part, dict | list):
                if len(part) > MAX_LENGTH:
                    return False
                inside += part.values() if isinstance(part, dict) else part
        if not inside:
            return True
        level = inside
    return False


def _no_script(_: Exception) -> Response:
    return Response("there is no such script: load the page anew\n", 404, content_type="text/plain")
