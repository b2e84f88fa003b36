"""A source with one tiny table of two measures, and clients that talk to it in-process."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import numpy as np
import pandas as pd
import pytest

from etl.emulator.limits import NO_LIMITS, Limits
from etl.emulator.shelf import SourceTable
from tests.emulated.app import create_emulator
from tests.emulated.faults import Faults

AREAS = {
    "00": "Riket",
    "01": "Stockholms län",
    "0114": "Upplands Väsby",
    "0180": "Stockholm",
    "0114A0010": "Upplands Väsby A1",
    "0114A0010_DeSO2025": "Upplands Väsby A1",
}
AGES = {"tot": "totalt", "0-19": "0-19 år", "20-64": "20-64 år", "65+": "65+ år"}
LEVELS = {"1": "förgymnasial", "3+4": "gymnasial"}
MEASURES = {"A1": "Antal", "B1": "Andel"}
YEARS = {year: year for year in ("2022", "2023", "2024")}


def dimension(label: str, codes: dict[str, str], **extension: Any) -> dict[str, Any]:
    index = {code: at for at, code in enumerate(codes)}
    extension = {"elimination": False, "show": "value", "codelists": []} | extension
    return {"label": label, "category": {"index": index, "label": codes}, "extension": extension}


def metadata(language: str = "sv") -> dict[str, Any]:
    lists = [{"id": name, "label": name, "type": "Valueset", "links": []} for name in CODE_LISTS]
    region = "region" if language == "sv" else "area"
    contents = dimension("tabellinnehåll", MEASURES, measuringType={"A1": "Stock", "B1": "Stock"})
    contents["category"]["unit"] = {
        "A1": {"base": "antal", "decimals": 0},
        "B1": {"base": "procent", "decimals": 1},
    }
    return {
        "version": "2.0",
        "class": "dataset",
        "label": "Folkmängden efter allt. År 2022-2024",
        "source": "SCB",
        "updated": "2025-02-21T07:00:00Z",
        "note": ["En not."],
        "role": {"time": ["Tid"], "metric": ["ContentsCode"]},
        "id": ["Region", "Alder", "Niva", "ContentsCode", "Tid"],
        "size": [len(AREAS), len(AGES), len(LEVELS), len(MEASURES), len(YEARS)],
        "dimension": {
            "Region": dimension(region, AREAS, codelists=lists, show="code_value"),
            "Alder": dimension("ålder", AGES, elimination=True, eliminationValueCode="tot"),
            "Niva": dimension("nivå", LEVELS, elimination=True),
            "ContentsCode": contents,
            "Tid": dimension("år", YEARS, show="code"),
        },
        "extension": {
            "px": {
                "tableid": "TAB1",
                "decimals": 0,
                "language": language,
                "contents": "Folkmängden",
                "heading": ["ContentsCode", "Tid"],
                "stub": ["Region", "Alder", "Niva"],
            },
            "contact": [{"name": "Statistikservice"}],
        },
        "value": [],
    }


def value_set(*codes: str) -> dict[str, Any]:
    values = [{"code": code, "label": AREAS.get(code, code), "valueMap": [code]} for code in codes]
    return {"elimination": False, "type": "Valueset", "values": values}


CODE_LISTS: dict[str, dict[str, Any]] = {
    "vs_RegSO": {"id": "vs_RegSO", "label": "RegSO", **value_set("0114R001")},
    "vs_Kommun": {"id": "vs_Kommun", "label": "kommuner", **value_set("0180", "0114", "2580")},
    "agg_Del": {
        "id": "agg_Del",
        "label": "delar",
        "elimination": False,
        "type": "Aggregation",
        "values": [
            {"code": "K", "label": "Kommunerna", "valueMap": ["0180", "0114"]},
            {"code": "D", "label": "DeSO", "valueMap": ["0114A0010", "0114A0020"]},
            {"code": "X", "label": "Ingen", "valueMap": ["9999"]},
        ],
    },
}


def values() -> np.ndarray:
    """Cell n is n + 0.125, but DeSO 2018 lacks 2024 and DeSO 2025 all years before."""
    shape = (len(AREAS), len(AGES), len(LEVELS), len(MEASURES), len(YEARS))
    cells = np.arange(np.prod(shape), dtype=float).reshape(shape) + 0.125
    cells[4, ..., 2] = np.nan
    cells[5, ..., :2] = np.nan
    return cells


@dataclass
class TinySource:
    """TAB1 (and a closed TAB2 of the same shape), counting how often a table is loaded."""

    synthetic: bool = False
    loads: list[str] = field(default_factory=list)

    def summaries(self) -> list[dict[str, Any]]:
        entry = {
            "id": "TAB1",
            "label": "Folkmängden efter allt. År 2022-2024",
            "description": "",
            "sortCode": "TAB1",
            "updated": "2025-02-21T07:00:00Z",
            "firstPeriod": "2022",
            "lastPeriod": "2024",
            "category": "public",
            "variableNames": ["region", "ålder", "nivå", "tabellinnehåll", "år"],
            "source": "SCB",
            "subjectCode": "BE",
            "timeUnit": "Annual",
            "paths": [[{"id": "BE", "label": "Befolkning", "sortCode": "BE"}]],
        }
        closed = {"id": "TAB2", "label": "Stängd", "discontinued": True}
        others = [{**entry, "id": f"TAB{n}", "label": f"Bilar {n}"} for n in range(3, 26)]
        return [entry, {**entry, **closed}, *others]

    def table(self, table_id: str) -> SourceTable:
        self.loads.append(table_id)
        if table_id not in ("TAB1", "TAB2"):
            raise KeyError(table_id)
        return SourceTable(table_id, metadata(), values(), metadata_en=metadata("en"))

    def code_lists(self) -> dict[str, dict[str, Any]]:
        return CODE_LISTS


Connect = Callable[..., httpx.Client]


@pytest.fixture
def connect() -> Connect:
    """connect(limits=..., faults=..., source=...) gives a client of a fresh emulator."""

    def connect_(
        *,
        source: Any = None,
        limits: Limits = NO_LIMITS,
        faults: Faults | None = None,
        **settings: Any,
    ) -> httpx.Client:
        app = create_emulator(source or TinySource(), limits=limits, faults=faults, **settings)
        return httpx.Client(transport=httpx.WSGITransport(app=app), base_url="http://scb/api/v2")

    return connect_


@pytest.fixture
def client(connect: Connect) -> httpx.Client:
    return connect()


@pytest.fixture
def tiny_source() -> TinySource:
    return TinySource()


@pytest.fixture
def cells() -> np.ndarray:
    return values()


@pytest.fixture
def ask(client: httpx.Client) -> Callable[..., httpx.Response]:
    """ask(Region=["*"], ...) posts a selection to TAB1; ContentsCode and Tid have defaults."""

    def ask_(table: str = "TAB1", **chosen: Any) -> httpx.Response:
        codes = {"Region": ["00"], "ContentsCode": ["A1"], "Tid": ["2022"]} | chosen
        selection = [
            {"variableCode": variable, "valueCodes": expressions}
            for variable, expressions in codes.items()
            if expressions is not None
        ]
        return client.post(f"/tables/{table}/data", json={"selection": selection})

    return ask_


@pytest.fixture
def folder(tmp_path, tiny_source, cells):
    """TAB1 as a folder: rows only where there is a number, and one that SCB itself dotted."""
    table = tiny_source.table("TAB1")
    ids = table.metadata["id"]
    codes = [list(table.metadata["dimension"][code]["category"]["index"]) for code in ids]
    rows = pd.MultiIndex.from_product(codes, names=ids).to_frame(index=False)
    rows["value"], rows["status"] = cells.ravel(), None
    rows = rows.dropna(subset="value")
    rows.loc[0, ["value", "status"]] = [np.nan, ".."]
    rows.to_parquet(tmp_path / "TAB1.parquet")
    (tmp_path / "TAB1.json").write_text(json.dumps(table.metadata))
    listed = {**tiny_source.summaries()[0], "links": [{"rel": "self", "href": "http://x"}]}
    (tmp_path / "tables.json").write_text(json.dumps({"tables": [listed]}))
    lists = tmp_path / "codelists"
    lists.mkdir()
    head = {"id": "vs_Kommun", "label": "kommuner", "type": "Valueset", "values": 2, "links": []}
    (lists / "index.json").write_text(json.dumps([head]))
    members = {"codelist": "vs_Kommun", "position": [1, 0], "code": ["0180", "0114"]}
    pd.DataFrame({**members, "label": ["S", "U"]}).to_parquet(lists / "values.parquet")
    return tmp_path
