"""SCB's recorded answers for Karlstad through the whole pipeline: asked for, kept, built."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import httpx
import numpy as np
import orjson
import pytest

from barometer.catalogue import Catalogue, load_catalogue
from etl.emulator.app import create_emulator
from etl.emulator.limits import NO_LIMITS
from etl.emulator.shelf import SourceTable
from etl.fetch.bronze import Bronze
from etl.fetch.collection import fetch_tables
from etl.fetch.scb import Client
from etl.geodata.boundaries import NoBoundaries
from etl.snapshot.build import Inputs, build_candidate
from tests.pipeline import API, silence

RECORDED = Path(__file__).parent / "recorded"
FILES = {"TAB6574": "omraden_befolkning.json", "TAB6586": "regso_socioek.json"}
INDICATORS = (
    *("population", "area_type", "socioeconomic_index"),
    *("index_education", "index_low_standard", "index_assistance"),
)


def answer(table_id: str) -> dict[str, Any]:
    raw = (RECORDED / FILES[table_id]).read_bytes()
    found: dict[str, Any] = orjson.loads(raw.removeprefix(b"\xef\xbb\xbf"))
    return found


class Recorded:
    """A country of Karlstad's areas alone: two tables, as SCB answered."""

    synthetic = False

    def summaries(self) -> list[dict[str, Any]]:
        return [
            {
                "id": table_id,
                "label": answer(table_id)["label"],
                "updated": answer(table_id)["updated"],
                "variableNames": answer(table_id)["id"],
            }
            for table_id in FILES
        ]

    def table(self, table_id: str) -> SourceTable:
        found = answer(table_id)
        values = np.array(found.pop("value"), dtype=np.float64).reshape(found["size"])
        found.pop("status", None)
        return SourceTable(table_id, {**found, "value": []}, values)

    def code_lists(self) -> dict[str, dict[str, Any]]:
        return {}


def catalogue() -> Catalogue:
    whole = load_catalogue()
    indicators = {name: whole.indicators[name] for name in INDICATORS}
    indicators["population"] = replace(indicators["population"], backgrounds=())
    sources = {name: whole.sources[name] for name in FILES}
    return replace(whole, sources=sources, indicators=indicators, groupings={}, signals=None)


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("karlstad")
    bronze = Bronze(folder / "bronze")
    app = create_emulator(Recorded(), limits=NO_LIMITS)
    with Client.connect(API, transport=httpx.WSGITransport(app=app)) as client:
        collection = fetch_tables(client, bronze, catalogue().needs(), partial=True)
    inputs = Inputs(collection, bronze, NoBoundaries(), catalogue())
    built = build_candidate(inputs, directory=folder / "candidate", progress=silence)
    with duckdb.connect(str(built.path), read_only=True) as connection:
        yield connection


def rows(con: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return con.execute(sql).fetchall()


def test_the_index_in_the_snapshot_is_the_mean_of_its_parts(con: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        con,
        "SELECT whole.value, avg(part.value), count(*) FROM indicator_values whole "
        "JOIN indicator_values part USING (area_id, year) "
        "WHERE whole.indicator_id = 'socioeconomic_index' "
        "AND part.indicator_id IN ('index_education', 'index_low_standard', 'index_assistance') "
        "GROUP BY area_id, year, whole.value",
    )
    assert len(found) == 31 * 14
    assert {n for _, _, n in found} == {3}
    assert max(abs(index - mean) for index, mean, _ in found) <= 0.05


def test_types_in_the_snapshot_are_those_of_the_answer(con: duckdb.DuckDBPyConnection) -> None:
    answered = answer("TAB6586")
    regions, contents, years = (
        list(answered["dimension"][name]["category"]["index"]) for name in answered["id"]
    )
    types = np.array(answered["value"], dtype=float).reshape(answered["size"])
    types = types[:, contents.index("000008IU")]
    expected = {
        (region, int(year)): types[at, column]
        for at, region in enumerate(regions)
        for column, year in enumerate(years)
        if not np.isnan(types[at, column])
    }
    kept = rows(
        con, "SELECT area_id, year, value FROM indicator_values WHERE indicator_id = 'area_type'"
    )
    assert len(kept) == 31 * 14
    assert {(area, year): value for area, year, value in kept} == expected


def test_levels_perturbed_apart_stay_apart(con: duckdb.DuckDBPyConnection) -> None:
    """SCB counts 99,007 in Karlstad, and other numbers in its RegSO and its DeSO together."""
    assert rows(
        con,
        "SELECT level, count(*), sum(value) FROM indicator_values "
        "WHERE indicator_id = 'population' GROUP BY level ORDER BY level",
    ) == [("kommun", 1, 99_007), ("regso", 31, 98_999), ("deso", 57, 98_988)]
    assert load_catalogue().perturbed["population"] == 2025


def test_zeros_of_areas_that_are_gone_are_no_figures(con: duckdb.DuckDBPyConnection) -> None:
    """SCB answers 0 in 2025 for the 84 areas of the division before."""
    answered = answer("TAB6574")
    codes = answered["dimension"]["Region"]["category"]["index"]
    values = np.array(answered["value"]).reshape(answered["size"])
    gone = [code for code, at in codes.items() if not values[at].any()]
    assert len(gone) == 84
    assert rows(
        con,
        "SELECT count(*) FROM observations JOIN areas USING (area_id) "
        f"WHERE year = 2025 AND value IS NOT NULL AND area_id IN {tuple(gone)}",
    ) == [(0,)]
