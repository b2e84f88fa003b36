"""Callbacks that no page sends are refused without a fault; those of a page are answered."""

import logging
from collections import Counter
from typing import Any

import pytest

from barometer.ui.document import Site
from barometer.ui.guard import CALLBACKS, callback_fault, outputs_of
from tests.callback_fuzz import questions

SAMPLE = 120
PANEL = "map-panel.children"
ASKED = {"id": "map-asked", "property": "data", "value": "?"}
CHANGED = ["map-asked.data"]
OUTPUT = {"id": "map-panel", "property": "children"}


@pytest.mark.parametrize(
    "body",
    [
        {
            "output": "lab-figure.aria-busy",
            "outputs": {"id": "lab-figure", "property": "aria-busy"},
            "inputs": [{"id": "lab-figure", "property": "children", "value": "x"}],
            "changedPropIds": ["lab-figure.children"],
        },
        *[
            {"output": PANEL, "outputs": outputs, "inputs": [ASKED], "changedPropIds": CHANGED}
            for outputs in ([], {}, [None])
        ],
        *[
            {"output": PANEL, "outputs": OUTPUT, "inputs": [one], "changedPropIds": CHANGED}
            for one in (
                {"id": {"type": "x"}, "property": "y", "value": {"a": 1}},
                [{"id": {"a": 1}, "property": "value", "value": 2}],
                [{"id": "map-asked", "property": "data", "value": "?area=0180"}],
            )
        ],
    ],
)
def test_a_body_that_no_page_sends_is_refused(site: Site, body: dict[str, Any]) -> None:
    client = site.server.test_client()
    client.get("/_dash-dependencies")
    assert client.post(CALLBACKS, json=body).status_code == 400
    assert callback_fault(body, site.callback_map) is not None


@pytest.mark.parametrize("raw", [b"[" * 100_000, b"[" * 2_000 + b"]" * 2_000, b'{"a":' * 2_000])
def test_deep_json_is_refused(site: Site, raw: bytes) -> None:
    answer = site.server.test_client().post(CALLBACKS, data=raw, content_type="application/json")
    assert answer.status_code == 400


def test_no_altered_question_breaks_a_callback(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    client = site.server.test_client()
    client.get("/_dash-dependencies")
    statuses: dict[bool, Counter[int]] = {True: Counter(), False: Counter()}
    with caplog.at_level(logging.ERROR):
        for asked in questions(site.callback_map, count=SAMPLE, seed=13):
            answer = client.post(CALLBACKS, data=asked.body, content_type="application/json")
            statuses[asked.valid][answer.status_code] += 1
            assert answer.status_code < 500, (asked, answer.text[:500])
            if asked.valid:
                assert answer.status_code in (200, 204), (asked, answer.text[:500])
                components = {one["id"] for one in _listed(outputs_of(asked.output))}
                assert answer.status_code == 204 or set(answer.get_json()["response"]) <= components
    assert caplog.records == []
    assert statuses[True].total() > SAMPLE / 5
    assert statuses[False][400] > SAMPLE / 5


def _listed(outputs: object) -> list[dict[str, str]]:
    return outputs if isinstance(outputs, list) else [outputs]
