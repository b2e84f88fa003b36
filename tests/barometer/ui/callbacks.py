"""What a page answers a browser, and what its components say."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from flask.testing import FlaskClient

Property = tuple[str, str]


def said(part: object) -> str:
    """Every word of a component, in order."""
    if isinstance(part, str):
        return part
    if isinstance(part, list | tuple):
        return " ".join(said(child) for child in part)
    return said(getattr(part, "children", None) or "")


def answer_of(
    client: FlaskClient,
    *,
    shown: Sequence[Property],
    asked: Mapping[str, Property],
    search: tuple[str, str],
    changed: str,
    **values: Any,
) -> dict[str, dict[str, Any]]:
    """What the address callback answers, by component; `search` is the address and where it is."""
    outputs = [{"id": component, "property": prop} for component, prop in shown]
    inputs = [{"id": search[0], "property": "search", "value": search[1]}] + [
        {"id": component, "property": prop, "value": values.get(key)}
        for key, (component, prop) in asked.items()
    ]
    body = {
        "output": ".." + "...".join(f"{o['id']}.{o['property']}" for o in outputs) + "..",
        "outputs": outputs,
        "inputs": inputs,
        "changedPropIds": [changed],
    }
    answer = client.post("/_dash-update-component", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, dict[str, Any]] = json.loads(answer.text)["response"]
    return found
