"""Kolada (v3) in this process: what it has, its paging, and its empty list for the unknown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import flask
import orjson

ADDRESS = "http://kolada.test/v3"


@dataclass
class KoladaEmulator:
    """`kpis` by id as Kolada describes them; `values` as its data answers list them.

    `faults` are answers that come, one a call, instead of the right ones.
    """

    kpis: Mapping[str, Mapping[str, Any]]
    values: list[dict[str, Any]]
    page: int = 5_000
    faults: list[flask.Response] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)

    def app(self) -> flask.Flask:
        """The server under /v3."""
        app = flask.Flask("kolada", static_folder=None)

        @app.before_request
        def note() -> flask.Response | None:
            self.calls.append(flask.request.full_path)
            return self.faults.pop(0) if self.faults else None

        @app.get("/v3/kpi")
        def search() -> flask.Response:
            words = flask.request.args.get("title", "").casefold()
            return answer(k for k in self.kpis.values() if words in str(k["title"]).casefold())

        @app.get("/v3/kpi/<kpi>")
        def one(kpi: str) -> flask.Response:
            return answer([self.kpis[kpi]] if kpi in self.kpis else [])

        @app.get("/v3/data/kpi/<kpi>/year/<years>")
        def data(kpi: str, years: str) -> flask.Response:
            wanted = {int(year) for year in years.split(",")}
            found = [v for v in self.values if v["kpi"] == kpi and v["period"] in wanted]
            at = int(flask.request.args.get("page", 1))
            part = found[(at - 1) * self.page : at * self.page]
            more = f"https://api.kolada.se{flask.request.path}?page={at + 1}"
            return answer(part, next_url=more if at * self.page < len(found) else None)

        return app


def answer(values: Iterable[Any], *, next_url: str | None = None) -> flask.Response:
    """One of Kolada's answers."""
    listed = list(values)
    body = orjson.dumps({"values": listed, "next_url": next_url, "count": len(listed)})
    return flask.Response(body, content_type="application/json")


def kpi(kpi_id: str, title: str, **more: Any) -> dict[str, Any]:
    """An indicator as Kolada describes it."""
    return {
        "id": kpi_id,
        "title": title,
        "description": f"{title}. Källa: påhittad för provet.",
        "municipality_type": "K",
        "is_divided_by_gender": True,
        "publication_date": "2027-04-01",
        "publ_period": "2026",
        **more,
    }


def value(kpi_id: str, area: str, year: int, **by_gender: float | None) -> dict[str, Any]:
    """A figure by gender, made up."""
    figures = [
        {"gender": gender, "count": 1, "status": "", "value": amount, "isdeleted": False}
        for gender, amount in by_gender.items()
    ]
    return {"kpi": kpi_id, "municipality": area, "period": year, "values": figures}
