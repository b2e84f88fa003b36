"""What a page answers a browser, and what its components say."""

import json
from collections.abc import Iterable
from typing import Any

from dash.development.base_component import Component
from flask.testing import FlaskClient

from barometer.ui.base.page import LivePage
from barometer.ui.base.url_sync import UrlSync


def said(part: object) -> str:
    """Every word of a component, in order."""
    if isinstance(part, str):
        return part
    if isinstance(part, list | tuple):
        return " ".join(said(child) for child in part)
    return said(getattr(part, "children", None) or "")


def every_href(parts: Iterable[Component]) -> list[str]:
    """Where the links in components lead."""
    inside = [part for whole in parts for part in (whole, *whole._traverse())]
    return [part.href for part in inside if getattr(part, "href", None)]


def every_id(parts: Iterable[Component]) -> list[str]:
    """The ids of components and of all that is in them, one as often as it stands there."""
    inside = [part for whole in parts for part in (whole, *whole._traverse())]
    return [part.id for part in inside if getattr(part, "id", None)]


def filled(page: LivePage[Any], component: str, state: Any) -> list[Any]:
    """What stands in one of a page's boxes in a state."""
    (box,) = [box for box in page.boxes if box.component == component]
    return box.fill(state)


def answer_of(
    client: FlaskClient,
    sync: UrlSync[Any],
    search: str,
    *,
    changed: str = "",
    asked: str | None = None,
    **values: Any,
) -> dict[str, dict[str, Any]]:
    """What the address callback of a page answers, by component.

    `changed` is the control that changed, by the address's key; else it was the address. `asked`
    is what the page shows.
    """
    url = (sync.ids.URL, "search")
    outputs = [{"id": component, "property": prop} for component, prop in sync.outputs]
    inputs = [{"id": url[0], "property": url[1], "value": search}] + [
        {"id": component, "property": prop, "value": values.get(key)}
        for key, (component, prop) in sync.controls.items()
    ]
    body = {
        "output": ".." + "...".join(f"{o['id']}.{o['property']}" for o in outputs) + "..",
        "outputs": outputs,
        "inputs": inputs,
        "state": [{"id": sync.ids.ASKED, "property": "data", "value": asked}],
        "changedPropIds": [".".join(sync.controls[changed] if changed else url)],
    }
    answer = client.post("/_dash-update-component", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, dict[str, Any]] = json.loads(answer.text)["response"]
    return found
