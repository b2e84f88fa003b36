import pytest

from etl.emulator.limits import Limits


@pytest.mark.parametrize(
    ("chosen", "title"),
    [
        ({"Region": None}, "Missing selection for mandantory variable"),
        ({"Region": ["9999"], "Tid": None}, "Missing selection for mandantory variable"),
        ({"Tid": []}, "Missing selection for mandantory variable"),
        ({"Region": ["9*"]}, "Missing selection for mandantory variable"),
        ({"Civilstand": ["1"]}, "Non-existent variable"),
        ({"Region": ["00", "0115"]}, "Non-existent value"),
        ({"Tid": ["FROM(1999)"]}, "Non-existent value"),
        ({"Tid": ["TO(1999)"]}, "Non-existent value"),
        ({"Tid": ["RANGE(2022,2031)"]}, "Non-existent value"),
        ({"Region": ["SOME(1)"]}, "Non-existent value"),
        ({"Tid": ["TOP(0)"]}, "Illegal selection expression"),
        ({"Tid": ["TOP(x)"]}, "Illegal selection expression"),
        ({"Tid": ["TOP(1, 2)"]}, "Illegal selection expression"),
        ({"Tid": ["BOTTOM()"]}, "Illegal selection expression"),
        ({"Tid": ["RANGE(2022)"]}, "Illegal selection expression"),
        ({"Tid": ["FROM(2022,2023)"]}, "Illegal selection expression"),
        ({"Region": ["0*4"]}, "Illegal selection expression"),
        ({"Region": ["*1*4*"]}, "Illegal selection expression"),
        ({"Region": ["*11*4"]}, "Illegal selection expression"),
        ({"Region": ["01??*"]}, "Illegal selection expression"),
    ],
)
def test_a_bad_selection_is_refused_by_its_title(ask, chosen, title):
    answer = ask(**chosen)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json() == {"type": "Parameter error", "title": title, "status": 400}


@pytest.mark.parametrize("code_list", ["vs_Okand", "VS_KOMMUN", "agg_okand"])
def test_an_unknown_code_list_is_refused(client, code_list):
    selection = [{"variableCode": "Region", "codelist": code_list, "valueCodes": ["*"]}]
    answer = client.post("/tables/TAB1/data", json={"selection": selection})
    assert (answer.status_code, answer.json()["title"]) == (400, "Non-existent codelist")


@pytest.mark.parametrize("output", ["csv", "px", "xlsx", "html", "parquet", "json-stat2,csv"])
def test_formats_that_it_lacks_are_refused(client, output):
    answer = client.get("/tables/TAB1/data", params={"outputFormat": output})
    assert (answer.status_code, answer.json()["title"]) == (400, "Unsupported output format")


@pytest.mark.parametrize("status", [400, 403])
def test_too_many_cells_are_refused_with_either_status(connect, status):
    client = connect(limits=Limits(cells=18, calls=0, too_many_cells_status=status))
    parameters = {"valueCodes[ContentsCode]": "A1", "valueCodes[Tid]": "2022"}
    parameters |= {"valueCodes[Region]": "*", "valueCodes[Alder]": "*"}
    answer = client.get("/tables/TAB1/data", params=parameters)
    assert answer.status_code == status
    assert answer.json() == {
        "type": "Parameter error",
        "title": "Too many cells selected",
        "status": status,
        "detail": "Too many cells selected",
    }
    parameters["valueCodes[Alder]"] = "TOP(3)"
    assert client.get("/tables/TAB1/data", params=parameters).status_code == 200


def test_a_table_that_is_listed_but_lost_is_not_found(client):
    assert client.get("/tables/TAB3").status_code == 200
    assert client.get("/tables/TAB3/metadata").json()["title"] == "Non-existent table"


@pytest.mark.parametrize("path", ["", "/metadata", "/defaultselection"])
def test_an_unknown_table_is_not_found(client, path):
    answer = client.get(f"/tables/TAB99{path}")
    assert answer.status_code == 404
    assert answer.json() == {
        "type": "Parameter error",
        "title": "Non-existent table",
        "status": 404,
    }


@pytest.mark.parametrize("status", [400, 404])
def test_a_data_call_for_an_unknown_table_says_404_inside(connect, status):
    client = connect(limits=Limits(calls=0, unknown_table_on_data=status))
    answer = client.post("/tables/TAB99/data", json={"selection": []})
    assert answer.status_code == status
    assert answer.json()["status"] == 404
    assert answer.json()["title"] == "Non-existent table"


def test_a_page_beyond_the_last_is_not_found(client):
    answer = client.get("/tables", params={"pageNumber": 3})
    assert (answer.status_code, answer.json()["title"]) == (404, "Non-existent page")


def test_an_unknown_code_list_of_its_own_is_not_found(client):
    answer = client.get("/codelists/vs_Okand")
    assert (answer.status_code, answer.json()["title"]) == (404, "Non-existent codelist")


def test_an_unknown_language_is_refused(client):
    answer = client.get("/tables/TAB1/metadata", params={"lang": "no"})
    assert (answer.status_code, answer.json()["title"]) == (400, "Unsupported language")


def test_a_code_given_twice_breaks_the_server_as_it_does_at_scb(ask):
    answer = ask(Region=["00", "00"])
    assert (answer.status_code, answer.content) == (500, b"")
    assert ask(Tid=["2024", "TOP(1)"]).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b'"selection"',
        b'{"selection": [{}]}',
        b'{"selection": [1]}',
        b'{"selection": [{"variableCode": 1, "valueCodes": []}]}',
        b'{"selection": [{"variableCode": "Tid", "valueCodes": "2022"}]}',
        b'{"selection": [{"variableCode": "Tid", "valueCodes": [2022]}]}',
        b'{"selection": [], "placement": "Tid"}',
    ],
)
def test_a_body_that_is_no_selection_is_refused(client, body):
    answer = client.post("/tables/TAB1/data", content=body)
    assert answer.status_code == 400
    assert answer.json()["title"] == "One or more validation errors occurred."


def test_placement_of_an_unknown_variable_is_refused(client):
    selection = [
        {"variableCode": "Region", "valueCodes": ["00"]},
        {"variableCode": "ContentsCode", "valueCodes": ["A1"]},
        {"variableCode": "Tid", "valueCodes": ["2022"]},
    ]
    body = {"selection": selection, "placement": {"heading": ["Ort"], "stub": []}}
    assert client.post("/tables/TAB1/data", json=body).json()["title"] == "Non-existent variable"
