import json
import time

import httpx
import pytest

from tests.emulated.faults import Fault, Faults

DATA = "/tables/*/data"
BODY = {
    "selection": [
        {"variableCode": "Region", "valueCodes": ["*"]},
        {"variableCode": "ContentsCode", "valueCodes": ["A1"]},
        {"variableCode": "Tid", "valueCodes": ["*"]},
    ]
}


def post(client, table="TAB1"):
    return client.post(f"/tables/{table}/data", json=BODY)


def areas(answer):
    return list(answer.json()["dimension"]["Region"]["category"]["index"])


def test_the_third_data_call_fails_twice(connect):
    client = connect(faults=Faults(Fault("unavailable", path=DATA, after=2, times=2)))
    statuses = []
    for _ in range(6):
        assert client.get("/tables/TAB1/metadata").status_code == 200
        statuses.append(post(client).status_code)
    assert statuses == [200, 200, 503, 503, 200, 200]


def test_a_fault_strikes_only_its_table_and_path(connect):
    faults = Faults(Fault("unavailable", table="TAB1", path="*/metadata", status=502))
    client = connect(faults=faults)
    assert client.get("/tables/TAB1/metadata").status_code == 502
    assert client.get("/tables/TAB1").status_code == 200
    assert client.get("/tables/TAB2/metadata").status_code == 200
    assert client.get("/tables").status_code == 200


def test_a_storm_of_429_says_when_to_come_back(connect):
    client = connect(faults=Faults(Fault("too_many_calls", path=DATA, times=2, seconds=3)))
    answers = [post(client) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [429, 429, 200]
    assert answers[0].headers["Retry-After"] == "3"


def test_a_cut_answer_breaks_the_connection(connect):
    client = connect(faults=Faults(Fault("cut_off", path=DATA, times=1)))
    with pytest.raises(httpx.RemoteProtocolError):
        post(client)
    assert post(client).status_code == 200


def test_a_server_that_hangs_uses_up_the_clients_patience(connect):
    client = connect(faults=Faults(Fault("hang", times=1)))
    with pytest.raises(httpx.ReadTimeout):
        client.get("/config")
    assert client.get("/config").status_code == 200


def test_a_slow_answer_comes_late(connect, monkeypatch):
    waits = []
    monkeypatch.setattr(time, "sleep", waits.append)
    client = connect(faults=Faults(Fault("slow", seconds=2.5, times=1)))
    assert [post(client).status_code for _ in range(2)] == [200, 200]
    assert waits == [2.5]


def test_garbage_is_no_json(connect):
    client = connect(faults=Faults(Fault("garbage", path=DATA, times=1)))
    answer = post(client)
    assert answer.status_code == 200
    with pytest.raises(ValueError, match="Expecting value"):
        json.loads(answer.content)
    assert post(client).json()["value"]


def test_an_answer_of_the_wrong_length_lacks_a_value(connect):
    client = connect(faults=Faults(Fault("wrong_length", path=DATA, times=1)))
    lengths = [len(post(client).json()["value"]) for _ in range(2)]
    assert lengths == [17, 18]


def test_a_duplicate_area_is_one_key_twice(connect):
    client = connect(faults=Faults(Fault("duplicate_area", path=DATA, times=1)))
    damaged = post(client)
    assert damaged.text.count('"00":') == 4  # twice in index, twice in label
    assert len(areas(damaged)) < damaged.json()["size"][0]
    assert len(areas(post(client))) == 6


@pytest.mark.parametrize(
    ("fault", "present", "absent"),
    [
        (Fault("gone_code", code="0180"), {"00", "0114"}, {"0180"}),
        (Fault("changed_code", code="0180", new_code="0181"), {"0181"}, {"0180"}),
        (Fault("unknown_area", new_code="9999A0010"), {"0180", "9999A0010"}, set()),
        (Fault("halved"), {"00", "0114", "0114A0010"}, {"01", "0180"}),
    ],
)
def test_faults_of_codes_show_in_metadata_and_data_alike(connect, fault, present, absent):
    client = connect(faults=Faults(fault))
    for answer in (client.get("/tables/TAB1/metadata"), post(client)):
        codes = set(areas(answer))
        assert present <= codes
        assert not absent & codes
        assert answer.json()["size"][0] == len(codes)
    english = client.get("/tables/TAB1/metadata", params={"lang": "en"})
    assert set(areas(english)) == codes
    for code in absent:
        selection = [{**BODY["selection"][0], "valueCodes": [code]}, *BODY["selection"][1:]]
        refused = client.post("/tables/TAB1/data", json={"selection": selection})
        assert refused.json()["title"] == "Non-existent value"


def test_a_changed_contents_code_keeps_its_cells_and_unit(connect):
    fault = Fault("changed_code", variable="ContentsCode", code="B1", new_code="B2")
    client = connect(faults=Faults(fault))
    category = client.get("/tables/TAB1/metadata").json()["dimension"]["ContentsCode"]["category"]
    assert category["unit"]["B2"] == {"base": "procent", "decimals": 1}
    assert "B1" not in category["index"]


def test_an_unknown_area_has_the_cells_of_the_first(connect):
    client = connect(faults=Faults(Fault("unknown_area")))
    answer = post(client).json()
    assert answer["value"][-3:] == answer["value"][:3]


def test_a_gone_table_is_neither_found_nor_listed(connect):
    client = connect(faults=Faults(Fault("gone_table", table="TAB1")))
    assert client.get("/tables/TAB1").status_code == 404
    assert client.get("/tables/TAB1/metadata").status_code == 404
    assert post(client).json()["title"] == "Non-existent table"
    assert client.get("/tables", params={"query": "folkmängden"}).json()["tables"] == []
    assert client.get("/tables/TAB2/metadata").status_code == 200


def test_outside_its_years_a_division_may_have_zeros(connect):
    client = connect(faults=Faults(Fault("zero_outside_division", table="TAB1")))
    damaged, sound = post(client).json(), post(client, "TAB2").json()
    assert damaged["value"][-6:] == [*sound["value"][-6:-4], 0, 0, 0, sound["value"][-1]]
    assert "status" not in damaged
    assert sound["status"] == {"14": "..", "15": "..", "16": ".."}


def test_a_whole_table_may_turn_to_zeros(connect):
    client = connect(faults=Faults(Fault("zeros", table="TAB1")))
    assert set(post(client).json()["value"]) == {0}
    assert set(post(client, "TAB2").json()["value"]) != {0}


def test_a_table_may_be_published_anew(connect):
    client = connect(faults=Faults(Fault("updated", table="TAB1", updated="2026-01-01T07:00:00Z")))
    stamps = [
        client.get("/tables/TAB1").json()["updated"],
        client.get("/tables/TAB1/metadata").json()["updated"],
        post(client).json()["updated"],
        client.get("/tables").json()["tables"][0]["updated"],
    ]
    assert stamps == ["2026-01-01T07:00:00Z"] * 4
    assert client.get("/tables/TAB2").json()["updated"] == "2025-02-21T07:00:00Z"


def test_faults_may_be_added_and_cleared_while_it_runs(connect):
    faults = Faults()
    client = connect(faults=faults)
    assert post(client).status_code == 200
    faults.add(Fault("unavailable"))
    assert post(client).status_code == 503
    assert faults.calls == ("POST /tables/TAB1/data", "POST /tables/TAB1/data")
    faults.clear()
    assert post(client).status_code == 200
