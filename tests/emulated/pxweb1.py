"""A PxWebApi 1 server in this process, with one table: its folder, description and cells."""

from dataclasses import dataclass, field
from itertools import product
from typing import Any

import flask
import orjson

FOLDER = "api/v1/sv/health"
TABLE = "health.px"


@dataclass
class PxWeb1Emulator:
    """`values` by region and year ("2021-2024"), each in per cent of everybody.

    `faults` are answers that come, one a call, instead of the right ones.
    """

    values: dict[tuple[str, str], float]
    title: str = "Bra hälsa efter region, kön och år"
    faults: list[flask.Response] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)

    @property
    def variables(self) -> list[dict[str, Any]]:
        """The variables as the server describes them, in its own words."""
        regions = sorted({region for region, _ in self.values})
        periods = sorted({period for _, period in self.values})
        years = [str(n) for n in range(len(periods))]
        return [
            {"code": "Region", "values": regions, "valueTexts": regions},
            {"code": "Kön", "values": ["0", "1"], "valueTexts": ["Totalt", "Kvinnor"]},
            {"code": "Andel", "values": ["01", "02"], "valueTexts": ["Andel", "Nedre gräns"]},
            {"code": "År", "values": years, "valueTexts": periods, "time": True},
        ]

    def app(self) -> flask.Flask:
        """The server."""
        app = flask.Flask("pxweb1", static_folder=None)

        @app.before_request
        def note() -> flask.Response | None:
            self.calls.append(f"{flask.request.method} {flask.request.path}")
            return self.faults.pop(0) if self.faults else None

        @app.get(f"/{FOLDER}")
        def folder() -> flask.Response:
            return _json([{"id": TABLE, "type": "t", "updated": "2026-03-01T08:00:00"}])

        @app.get(f"/{FOLDER}/{TABLE}")
        def described() -> flask.Response:
            return _json({"title": self.title, "variables": self.variables})

        @app.post(f"/{FOLDER}/{TABLE}")
        def data() -> flask.Response:
            asked = {q["code"]: q["selection"]["values"] for q in flask.request.get_json()["query"]}
            return _json(self._cells(asked))

        return app

    def _cells(self, asked: dict[str, list[str]]) -> dict[str, Any]:
        years = self.variables[3]
        periods = dict(zip(years["values"], years["valueTexts"], strict=True))
        values = []
        for codes in product(*asked.values()):
            at = dict(zip(asked, codes, strict=True))
            share = at["Kön"] == "0" and at["Andel"] == "01"
            values.append(self.values.get((at["Region"], periods[at["År"]])) if share else None)
        return {
            "version": "2.0",
            "class": "dataset",
            "id": list(asked),
            "size": [len(codes) for codes in asked.values()],
            "dimension": {
                name: {"category": {"index": {code: n for n, code in enumerate(codes)}}}
                for name, codes in asked.items()
            },
            "value": values,
            "updated": "2026-03-01T08:00:00Z",
        }


def _json(body: object) -> flask.Response:
    return flask.Response(orjson.dumps(body), content_type="application/json")
