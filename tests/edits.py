"""An edit of the code, as a test makes it, and what the application then answers."""

import sys
from typing import Any

import pytest
from flask.testing import FlaskClient


def everywhere(patch: pytest.MonkeyPatch, name: str, value: object, *, instead_of: object) -> None:
    """As if the literal itself had been edited: for every module that has taken its name."""
    for module in list(sys.modules.values()):
        if getattr(module, name, None) is instead_of:
            patch.setattr(module, name, value)


def app_answer(client: FlaskClient, *, path: str) -> Any:
    """What the router puts on the page at a path."""
    router = next(
        entry
        for entry in client.get("/_dash-dependencies").get_json()
        if any(asked["property"] == "pathname" for asked in entry["inputs"])
    )
    (name, prop) = router["output"].strip(".").rsplit(".", 1)
    asked = {
        "output": router["output"],
        "outputs": {"id": name, "property": prop},
        "inputs": [{**entry, "value": path} for entry in router["inputs"]],
        "state": [{**entry, "value": ""} for entry in router["state"]],
        "changedPropIds": [f"{router['inputs'][0]['id']}.pathname"],
    }
    return client.post("/_dash-update-component", json=asked).get_json()
