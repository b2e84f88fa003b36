"""The emulator against recorded answers of SCB and a folder of SCB's own numbers."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from etl.emulator.folder import folder_tables
from etl.emulator.shelf import SourceTable

ROOT = Path(__file__).parents[3]
REAL = ROOT / "data" / "sweden" / "tables"
STATED = ROOT / "tests" / "real"
RECORDED = STATED / "recorded" / "pxweb"
pytestmark = pytest.mark.real


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def test_a_recorded_call_is_answered_as_scb_answered_it(connect, tiny_source):
    """TAB6471 with the recorded numbers in their places: the same question, the same text."""
    metadata, recorded = (read(RECORDED / f"TAB6471_{name}.json") for name in ("metadata", "data"))
    metadata["dimension"]["Kon"]["extension"]["eliminationValueCode"] = "TotSa"
    index = {v: recorded["dimension"][v]["category"]["index"] for v in metadata["id"]}
    places = [
        [metadata["dimension"][v]["category"]["index"][code] for code in index[v]] for v in index
    ]
    values = np.full(metadata["size"], np.nan)
    values[np.ix_(*places)] = np.reshape(recorded["value"], recorded["size"])

    def value_set(name, codes):
        members = [{"code": code, "label": code, "valueMap": [code]} for code in codes]
        return {"id": name, "label": name, "type": "Valueset", "values": members}

    lists = {
        "vs_CKM02Län": value_set("vs_CKM02Län", index["Region"]),
        "vs_CKM0410årN": value_set("vs_CKM0410årN", index["Alder"]),
    }
    tiny_source.summaries = lambda: [{"id": "TAB6471"}]
    tiny_source.table = lambda _: SourceTable("TAB6471", metadata, values)
    tiny_source.code_lists = lambda: lists
    selection = [
        {"variableCode": "Region", "codelist": "vs_CKM02Län", "valueCodes": ["*"]},
        {"variableCode": "Alder", "codelist": "vs_CKM0410årN", "valueCodes": ["*"]},
        {"variableCode": "Kon", "valueCodes": ["*"]},
        {"variableCode": "ContentsCode", "valueCodes": ["000007SF"]},
        {"variableCode": "Tid", "valueCodes": ["TOP(4)"]},
    ]
    client = connect(source=tiny_source)
    answer = client.post("/tables/TAB6471/data", json={"selection": selection})
    assert json.dumps(answer.json()) == json.dumps(recorded)


def shape(content):
    """Keys in their order and types of leaves; of a list, the shapes of its first item."""
    if isinstance(content, dict):
        return {key: shape(value) for key, value in content.items()}
    if isinstance(content, list):
        return [shape(item) for item in content[:1]]
    return type(content).__name__


def as_text(content):
    return json.dumps(shape(content))


def test_the_configuration_has_the_recorded_shape(client):
    assert as_text(client.get("/config").json()) == as_text(read(RECORDED / "config.json"))


def test_the_list_of_tables_has_the_recorded_shape(client):
    recorded, answer = read(RECORDED / "tables.json"), client.get("/tables").json()
    assert as_text(answer) == as_text(recorded)
    host = "https://statistikdatabasen.scb.se"
    for ours, theirs in (
        (answer["links"], recorded["links"]),
        (answer["page"]["links"][:1], recorded["page"]["links"][:1]),
        (answer["tables"][0]["links"], recorded["tables"][0]["links"]),
    ):
        renamed = json.dumps(ours).replace("http://scb", host).replace("TAB1?", "TAB4707?")
        assert renamed.replace("TAB1/", "TAB4707/") == json.dumps(theirs)


def test_a_search_answers_its_address_as_recorded(client):
    recorded = read(RECORDED / "search.json")["links"][0]["href"]
    parameters = {"query": "befolkning", "pastDays": 30}
    answer = client.get("/tables", params=parameters).json()["links"][0]["href"]
    assert answer == recorded.replace("https://statistikdatabasen.scb.se", "http://scb")


def test_a_code_list_has_the_recorded_shape(client):
    recorded = read(RECORDED / "agg_Alder10arJ.json")
    assert as_text(client.get("/codeLists/agg_Del").json()) == as_text(recorded)


@pytest.fixture(scope="module")
def real():
    return folder_tables(REAL)


@pytest.fixture
def api(connect, real):
    return connect(source=real)


def names():
    return [entry["id"] for entry in read(REAL / "tables.json")["tables"]]


@pytest.mark.parametrize("table_id", names())
def test_metadata_is_answered_as_it_is_with_the_regions_of_the_rows(api, table_id):
    answer, kept = api.get(f"/tables/{table_id}/metadata").json(), read(REAL / f"{table_id}.json")
    regions = answer["dimension"]["Region"].pop("category")
    kept["dimension"]["Region"].pop("category")
    assert answer == kept
    levels = read(STATED / "contract.json")["tables"][table_id]["regions_by_level"]
    assert len(regions["index"]) == sum(levels.values())
    assert list(regions["index"]) == list(regions["label"])
    assert regions["label"].get("0180", "0180 Stockholm") == "0180 Stockholm"


@pytest.mark.parametrize("table_id", names())
def test_cells_and_missing_cells_are_as_many_as_the_contract_says(real, table_id):
    contract = read(STATED / "contract.json")["tables"][table_id]
    values = real.table(table_id).values
    assert values.size == contract["product_of_sizes"]
    assert np.isfinite(values).sum() == contract["rows"] - contract["published_missing"]
    assert np.isnan(values).sum() == contract["published_missing"]  # the others are not in it


@pytest.mark.parametrize("table_id", names())
def test_variables_are_left_out_as_the_contract_says(real, table_id):
    rules = read(STATED / "contract.json")["tables"][table_id]["elimination"]
    dimensions = real.table(table_id).metadata["dimension"]
    for variable, rule in rules.items():
        extension = dimensions[variable]["extension"]
        assert extension["elimination"] == rule["allowed"]
        assert extension.get("eliminationValueCode") == rule["value_code"]


def test_spot_values_are_answered(api):
    spots = read(STATED / "checks.json")["spot_values"]
    for spot in spots:
        selection = [
            {"variableCode": variable, "valueCodes": [code]}
            for variable, code in spot["codes"].items()
        ]
        answer = api.post(f"/tables/{spot['table']}/data", json={"selection": selection}).json()
        assert answer["value"] == [spot["value"]], spot
        assert answer.get("status", {}).get("0") in (None, spot["status"]), spot
    assert len(spots) == 135


def test_sums_over_a_level_come_through_its_code_list(api, real):
    lists = {"DeSO2018": "vs_DeSO2018 vs_DeSoHE", "RegSO2020": "vs_RegSO2020 vs_RegSo1"}
    lists["kommun"] = "vs_CRegionKommun07"
    sums = [entry for entry in read(STATED / "checks.json")["sums"] if entry["level"] in lists][::7]
    listed = {
        table_id: {
            entry["id"]
            for entry in real.table(table_id).metadata["dimension"]["Region"]["extension"][
                "codelists"
            ]
        }
        for table_id in {entry["table"] for entry in sums}
    }
    for entry in sums:
        (name,) = listed[entry["table"]] & set(lists[entry["level"]].split())
        selection = [{"variableCode": "Region", "codelist": name, "valueCodes": ["*"]}] + [
            {"variableCode": variable, "valueCodes": [code]}
            for variable, code in entry["codes"].items()
        ]
        answer = api.post(f"/tables/{entry['table']}/data", json={"selection": selection}).json()
        present = [value for value in answer["value"] if value is not None]
        assert sum(present) == pytest.approx(entry["sum"]), entry
        assert len(present) == entry["n_regions"] - entry["n_missing"], entry
    assert len(sums) > 30


def test_wildcards_count_the_areas_of_each_level(api):
    regions = read(STATED / "contract.json")["tables"]["TAB6574"]["regions_by_level"]
    for expression, level in (("????", "kommun"), ("*_RegSO2025", "RegSO2025")):
        parameters = {"valueCodes[Region]": expression, "valueCodes[ContentsCode]": "*"}
        parameters["valueCodes[Tid]"] = "TOP(1)"
        answer = api.get("/tables/TAB6574/data", params=parameters).json()
        assert answer["size"] == [regions[level], 1, 1]
    codes = answer["dimension"]["Region"]["category"]["index"]
    assert all(re.fullmatch(r"\d{4}R\d{3}_RegSO2025", code) for code in codes)


def test_education_and_tenure_are_summed_when_left_out(api):
    selection = [
        {"variableCode": "Region", "valueCodes": ["00"]},
        {"variableCode": "ContentsCode", "valueCodes": ["*"]},
        {"variableCode": "Tid", "valueCodes": ["2022"]},
    ]
    total = api.post("/tables/TAB5956/data", json={"selection": selection}).json()
    parts = {"variableCode": "UtbildningsNiva", "valueCodes": ["*"]}
    levels = api.post("/tables/TAB5956/data", json={"selection": [*selection, parts]}).json()
    assert len(levels["value"]) == 5
    assert total["value"] == [sum(levels["value"])]
