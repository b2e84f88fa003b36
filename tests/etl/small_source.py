"""A few areas in two divisions, served by the emulator to a client whose time is a number."""

from dataclasses import dataclass, field
from math import prod

import httpx
import numpy as np

from etl.emulator.limits import SCB_LIMITS
from etl.emulator.shelf import SourceTable
from etl.fetch.scb import Client
from tests.emulated.app import create_emulator

API = "http://scb.test/api/v2"
UPDATED = "2026-02-01T07:00:00Z"
REGIONS = (
    "00",
    "01",
    "0114",
    "0114R001",
    "0114R001_RegSO2025",
    "0114A0010",
    "0114C1010",
    "0114A0010_DeSO2025",
    "0114C1010_DeSO2025",
    "0114C1020_DeSO2025",
)
POPULATION = {
    "Region": REGIONS,
    "Alder": ("totalt", "-4", "5-9"),
    "Kon": ("1", "2", "1+2"),
    "ContentsCode": ("000007Y7",),
    "Tid": ("2022", "2023", "2024"),
}
MANDATORY = ("Alder", "ContentsCode", "Tid", "Region")


def table(table_id="TAB1", codes=POPULATION, *, updated=UPDATED):
    size = [len(values) for values in codes.values()]
    dimension = {
        name: {
            "label": name.lower(),
            "category": {
                "index": {code: place for place, code in enumerate(values)},
                "label": {code: f"{code} in words" for code in values},
            },
            "extension": {"elimination": name not in MANDATORY, "codelists": []},
        }
        for name, values in codes.items()
    }
    for name, total in {"Kon": "1+2"}.items():
        if name in dimension:
            dimension[name]["extension"]["eliminationValueCode"] = total
    dimension["ContentsCode"]["category"]["unit"] = {
        code: {"base": "antal", "decimals": 0} for code in codes["ContentsCode"]
    }
    metadata = {
        "version": "2.0",
        "class": "dataset",
        "label": f"The table {table_id}",
        "source": "SCB",
        "updated": updated,
        "note": ["A note"],
        "role": {"time": ["Tid"], "metric": ["ContentsCode"]},
        "id": list(codes),
        "size": size,
        "dimension": dimension,
        "extension": {"px": {"tableid": table_id, "decimals": 0}},
        "value": [],
    }
    return SourceTable(table_id, metadata, np.arange(prod(size), dtype=float).reshape(size))


@dataclass
class SmallSource:
    tables: dict[str, SourceTable] = field(default_factory=lambda: {"TAB1": table()})
    synthetic: bool = False

    def summaries(self):
        return [
            {
                "id": name,
                "label": kept.metadata["label"],
                "updated": kept.metadata["updated"],
                "firstPeriod": "2022",
                "lastPeriod": "2024",
                "variableNames": list(kept.metadata["id"]),
            }
            for name, kept in self.tables.items()
        ]

    def table(self, table_id):
        return self.tables[table_id]

    def code_lists(self):
        values = [{"code": "01", "label": "Stockholms län", "valueMap": ["01"]}]
        fields = {"label": "län", "elimination": False, "type": "Valueset", "values": values}
        return {"vs_CKM02": {"id": "vs_CKM02", **fields}}


class Time:
    """A clock that only moves when somebody sleeps."""

    def __init__(self):
        self.now = 1_000.0
        self.naps = []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.naps.append(seconds)
        self.now += seconds


def connect(source=None, *, faults=None, limits=SCB_LIMITS, time=None, **options):
    """A client of an emulator over the source; both live in the same time."""
    time = time or Time()
    app = create_emulator(source or SmallSource(), limits=limits, faults=faults, clock=time)
    transport = httpx.WSGITransport(app=app)
    return Client.connect(API, transport=transport, clock=time, sleep=time.sleep, **options)
