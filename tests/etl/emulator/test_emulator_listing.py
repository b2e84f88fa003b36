import pytest


def ids(answer):
    return [entry["id"] for entry in answer.json()["tables"]]


def test_closed_tables_are_listed_only_when_asked_for(client):
    assert client.get("/tables").json()["page"]["totalElements"] == 24
    assert "TAB2" not in ids(client.get("/tables"))
    every = client.get("/tables", params={"includeDiscontinued": "true"})
    assert every.json()["page"]["totalElements"] == 25
    assert "TAB2" in ids(every)


def test_pages_follow_each_other_through_their_links(client):
    first = client.get("/tables", params={"pageSize": 10})
    page = first.json()["page"]
    assert (page["pageNumber"], page["pageSize"], page["totalPages"]) == (1, 10, 3)
    assert [link["rel"] for link in page["links"]] == ["next", "last"]
    second = client.get(page["links"][0]["href"])
    assert second.json()["page"]["pageNumber"] == 2
    rels = [link["rel"] for link in second.json()["page"]["links"]]
    assert rels == ["first", "previous", "next", "last"]
    third = client.get(page["links"][1]["href"])
    assert len(set(ids(first) + ids(second) + ids(third))) == 24
    assert [link["rel"] for link in third.json()["page"]["links"]] == ["first", "previous"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("folkmängden", ["TAB1"]),
        ("FOLK* allt", ["TAB1"]),
        ("title:bilar AND TAB25", ["TAB25"]),
        ("befolkning folkmängden", ["TAB1"]),
        ("ufo", []),
    ],
)
def test_a_query_finds_tables_with_every_word(client, query, found):
    answer = client.get("/tables", params={"query": query})
    assert ids(answer) == found
    again = client.get(answer.json()["links"][0]["href"])
    assert again.json() == answer.json()


def test_past_days_finds_what_was_published_since(client):
    assert ids(client.get("/tables", params={"pastDays": 1})) == []
    assert len(ids(client.get("/tables", params={"pastDays": 36500}))) == 20


def test_a_table_is_described_as_in_the_list_with_links_that_work(client):
    answer = client.get("/tables/TAB1").json()
    assert answer["language"] == "sv"
    assert answer["updated"] == "2025-02-21T07:00:00Z"
    links = {link["rel"]: link["href"] for link in answer["links"]}
    assert list(links) == ["self", "alternate", "metadata", "data"]
    assert [client.get(href).status_code for href in links.values()] == [200] * 4


def test_metadata_has_labels_in_the_language_asked_for(client):
    labels = {
        language: client.get("/tables/TAB1/metadata", params={"lang": language}).json()[
            "dimension"
        ]["Region"]["label"]
        for language in ("sv", "en")
    }
    assert labels == {"sv": "region", "en": "area"}
    answer = client.get("/tables/TAB1/data", params={"lang": "en"}).json()
    assert answer["label"] == "Folkmängden by area, nivå, tabellinnehåll and år"


def test_metadata_narrows_to_a_code_list(client):
    answer = client.get("/tables/TAB1/metadata", params={"codelist[Region]": "vs_Kommun"}).json()
    assert answer["dimension"]["Region"]["category"]["index"] == {"0114": 0, "0180": 1}
    assert answer["size"] == [2, 4, 2, 2, 3]
    assert answer["value"] == []
    assert answer["dimension"]["Region"]["extension"]["codelists"]


def test_metadata_narrows_to_the_default_selection(client):
    answer = client.get("/tables/TAB1/metadata", params={"defaultSelection": "true"}).json()
    assert answer["size"] == [2, 4, 2, 2, 3]


@pytest.mark.parametrize("spelling", ["codelists", "codeLists"])
def test_code_lists_answer_under_both_spellings(client, spelling):
    answer = client.get(f"/{spelling}/agg_Del").json()
    assert answer["type"] == "Aggregation"
    assert answer["values"][0] == {
        "code": "K",
        "label": "Kommunerna",
        "valueMap": ["0180", "0114"],
    }
    assert answer["links"][0]["href"] == "http://scb/api/v2/codeLists/agg_Del?lang=sv"


def test_made_up_numbers_say_so_in_the_configuration(connect, tiny_source):
    tiny_source.synthetic = True
    features = connect(source=tiny_source).get("/config").json()["features"]
    assert [feature["id"] for feature in features] == ["CORS", "synthetic"]
    tiny_source.synthetic = False
    features = connect(source=tiny_source).get("/config").json()["features"]
    assert [feature["id"] for feature in features] == ["CORS"]


def test_a_table_is_loaded_once_for_many_calls(connect, tiny_source):
    client = connect(source=tiny_source)
    for path in ("/metadata", "/data", "/data", "/defaultselection"):
        assert client.get(f"/tables/TAB1{path}").status_code == 200
    assert tiny_source.loads == ["TAB1"]
