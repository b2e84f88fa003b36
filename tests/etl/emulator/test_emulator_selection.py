import numpy as np
import pytest


def codes_of(answer, variable):
    index = answer["dimension"][variable]["category"]["index"]
    return sorted(index, key=index.get)


@pytest.mark.parametrize(
    ("expression", "selected"),
    [
        ("*", ["00", "01", "0114", "0180", "0114A0010", "0114A0010_DeSO2025"]),
        ("**", ["00", "01", "0114", "0180", "0114A0010", "0114A0010_DeSO2025"]),
        ("0114*", ["0114", "0114A0010", "0114A0010_DeSO2025"]),
        ("*_deso2025", ["0114A0010_DeSO2025"]),
        ("*a001*", ["0114A0010", "0114A0010_DeSO2025"]),
        ("????", ["0114", "0180"]),
        ("0?", ["00", "01"]),
        ("TOP(2)", ["00", "01"]),
        ("top(2,1)", ["01", "0114"]),
        ("TOP(99)", ["00", "01", "0114", "0180", "0114A0010", "0114A0010_DeSO2025"]),
        ("BOTTOM(2)", ["0114A0010", "0114A0010_DeSO2025"]),
        ("Bottom(1,2)", ["0180"]),
        ("RANGE(01,0180)", ["01", "0114", "0180"]),
        ("RANGE(0180,01)", ["01", "0114", "0180"]),
        ("FROM(0114a0010)", ["0114A0010", "0114A0010_DeSO2025"]),
        ("TO(0114)", ["00", "01", "0114"]),
        ("0114A0010_DESO2025", ["0114A0010_DeSO2025"]),
    ],
)
def test_expressions_select_codes(ask, expression, selected):
    answer = ask(Region=[expression]).json()
    assert codes_of(answer, "Region") == selected
    assert answer["size"] == [len(selected), 1, 1]


@pytest.mark.parametrize(
    ("expression", "selected"),
    [
        ("TOP(1)", ["2024"]),
        ("TOP(2)", ["2023", "2024"]),
        ("TOP(1,1)", ["2023"]),
        ("BOTTOM(1)", ["2022"]),
        ("BOTTOM(5,1)", ["2023", "2024"]),
        ("FROM(2023)", ["2023", "2024"]),
        ("TO(2022)", ["2022"]),
        ("RANGE(2022,2023)", ["2022", "2023"]),
    ],
)
def test_on_time_top_is_the_newest(ask, expression, selected):
    assert codes_of(ask(Tid=[expression]).json(), "Tid") == selected


def test_expressions_and_codes_join_in_the_order_of_the_table(ask):
    answer = ask(Region=["0180", "TOP(1)", "0?", "00"]).json()
    assert codes_of(answer, "Region") == ["00", "01", "0180"]


def test_cells_lie_row_major_with_the_last_variable_fastest(ask, cells):
    chosen = {"Alder": ["65+", "0-19"], "Niva": ["*"], "Tid": ["2022", "2024"]}
    answer = ask(Region=["01", "0180"], **chosen).json()
    assert answer["id"] == ["Region", "Alder", "Niva", "ContentsCode", "Tid"]
    assert answer["size"] == [2, 2, 2, 1, 2]
    expected = cells[np.ix_([1, 3], [1, 3], [0, 1], [0], [0, 2])] - 0.125
    assert answer["value"] == expected.ravel().tolist()


def test_a_variable_with_a_total_is_replaced_by_it(ask, cells):
    answer = ask(Niva=["1"]).json()
    assert "Alder" not in answer["id"]
    assert "Alder" not in answer["extension"]["px"]["stub"]
    assert answer["value"] == [cells[0, 0, 0, 0, 0] - 0.125]


def test_a_variable_without_a_total_is_summed(ask, cells):
    assert ask(Alder=["0-19"]).json()["value"] == [round(cells[0, 1, :, 0, 0].sum())]


def test_an_empty_list_of_values_leaves_the_variable_out(ask):
    assert ask(Alder=[]).json()["id"] == ["Region", "ContentsCode", "Tid"]


def test_a_sum_with_a_missing_part_is_missing(ask):
    answer = ask(Region=["0114A0010"], Tid=["2023", "2024"]).json()
    assert answer["value"][0] is not None
    assert answer["value"][1] is None
    assert answer["status"] == {"1": ".."}


def test_missing_cells_are_null_with_a_status_at_their_place(ask):
    answer = ask(Region=["0114A0010", "0114A0010_DeSO2025"], Tid=["*"]).json()
    missing = [at for at, value in enumerate(answer["value"]) if value is None]
    assert missing == [2, 3, 4]
    assert answer["status"] == dict.fromkeys(("2", "3", "4"), "..")


def test_status_is_absent_when_nothing_is_missing(ask):
    assert "status" not in ask().json()


def test_numbers_have_the_decimals_of_their_measure(ask):
    answer = ask(ContentsCode=["*"], Region=["00", "0114A0010"], Tid=["2024"], Niva=["1"])
    text = answer.text
    assert '"value":[2,5.1,null,null]' in text  # cells 2.125 and 5.125


def test_codes_and_variables_are_found_whatever_their_case(client):
    selection = [
        {"variableCode": "REGION", "valueCodes": ["0114a0010_deso2025"]},
        {"variableCode": "contentscode", "valueCodes": ["a1"]},
        {"variableCode": "time", "valueCodes": ["top(1)"]},
    ]
    answer = client.post("/tables/tab1/data", json={"Selection": selection}).json()
    assert codes_of(answer, "Region") == ["0114A0010_DeSO2025"]
    assert codes_of(answer, "Tid") == ["2024"]


def ask_list(client, code_list, *expressions):
    selection = [
        {"variableCode": "Region", "codelist": code_list, "valueCodes": list(expressions)},
        {"variableCode": "ContentsCode", "valueCodes": ["A1"]},
        {"variableCode": "Tid", "valueCodes": ["2022"]},
    ]
    return client.post("/tables/TAB1/data", json={"selection": selection})


def test_a_code_list_narrows_what_expressions_match(client):
    assert codes_of(ask_list(client, "vs_Kommun", "*").json(), "Region") == ["0114", "0180"]
    assert codes_of(ask_list(client, "vs_Kommun", "TOP(1)").json(), "Region") == ["0114"]
    assert ask_list(client, "vs_Kommun", "00").json()["title"] == "Non-existent value"


def test_a_code_list_without_codes_of_the_table_selects_nothing(client):
    refused = ask_list(client, "vs_RegSO", "*").json()
    assert refused["title"] == "Missing selection for mandantory variable"


def test_a_grouping_sums_its_codes(client, cells):
    answer = ask_list(client, "agg_Del", "*").json()
    assert answer["dimension"]["Region"]["category"]["label"] == {"K": "Kommunerna", "D": "DeSO"}
    kommuner = cells[2:4, 0, :, 0, 0].sum()
    deso = cells[4, 0, :, 0, 0].sum()
    assert answer["value"] == [round(kommuner), round(deso)]


def test_get_takes_comma_joined_codes_and_bracketed_expressions(client):
    parameters = {
        "valueCodes[Region]": "00,0180",
        "valuecodes[contentscode]": "A1",
        "valueCodes[Tid]": "[RANGE(2022,2023)],2024",
        "valueCodes[Niva]": "3+4",
    }
    answer = client.get("/tables/TAB1/data", params=parameters).json()
    assert answer["size"] == [2, 1, 1, 3]
    assert codes_of(answer, "Niva") == ["3+4"]


def test_get_takes_a_code_list(client):
    parameters = {
        "valueCodes[Region]": "*",
        "codelist[Region]": "vs_Kommun",
        "valueCodes[ContentsCode]": "A1",
        "valueCodes[Tid]": "2022",
    }
    answer = client.get("/tables/TAB1/data", params=parameters).json()
    assert codes_of(answer, "Region") == ["0114", "0180"]


def test_of_a_repeated_parameter_only_the_first_counts(client):
    address = (
        "/tables/TAB1/data?valueCodes[Region]=00&valueCodes[Region]=0180"
        "&valueCodes[ContentsCode]=A1&valueCodes[Tid]=2022"
    )
    assert codes_of(client.get(address).json(), "Region") == ["00"]


def test_placement_orders_the_variables_and_their_cells(client, ask):
    selection = [
        {"variableCode": "Region", "valueCodes": ["00", "01"]},
        {"variableCode": "ContentsCode", "valueCodes": ["A1"]},
        {"variableCode": "Tid", "valueCodes": ["2022", "2023"]},
    ]
    placement = {"heading": ["Region"], "stub": ["Tid", "ContentsCode"]}
    body = {"selection": selection, "placement": placement}
    placed = client.post("/tables/TAB1/data", json=body).json()
    plain = ask(Region=["00", "01"], Tid=["2022", "2023"]).json()
    assert placed["id"] == ["Tid", "ContentsCode", "Region"]
    assert placed["size"] == [2, 1, 2]
    turned = np.array(plain["value"]).reshape(2, 1, 2).transpose(2, 1, 0)
    assert placed["value"] == turned.ravel().tolist()


def test_a_heading_alone_places_its_variables_last_in_its_order(client):
    selection = [
        {"variableCode": "Region", "valueCodes": ["00", "01"]},
        {"variableCode": "ContentsCode", "valueCodes": ["A1"]},
        {"variableCode": "Tid", "valueCodes": ["2022"]},
    ]
    body = {"selection": selection, "placement": {"heading": ["tid", "region"]}}
    placed = client.post("/tables/TAB1/data", json=body).json()
    assert placed["id"] == ["ContentsCode", "Tid", "Region"]
    assert placed["size"] == [1, 1, 2]


def test_in_data_elimination_says_whether_the_total_is_there(ask):
    def extension(**chosen):
        return ask(**chosen).json()["dimension"]["Alder"]["extension"]

    assert extension(Alder=["tot"])["eliminationValueCode"] == "tot"
    assert extension(Alder=["tot"])["elimination"] is True
    assert extension(Alder=["0-19"])["elimination"] is False
    assert "eliminationValueCode" not in extension(Alder=["0-19"])


def test_what_is_said_of_a_measure_is_said_of_those_asked_for(ask):
    contents = ask(ContentsCode=["B1"]).json()["dimension"]["ContentsCode"]
    assert contents["extension"]["measuringType"] == {"B1": "Stock"}
    assert contents["category"]["unit"] == {"B1": {"base": "procent", "decimals": 1}}


def test_without_a_selection_the_default_one_is_answered(client):
    answer = client.get("/tables/TAB1/data").json()
    chosen = client.get("/tables/TAB1/defaultselection").json()
    assert answer["id"] == ["Region", "Niva", "ContentsCode", "Tid"]
    assert codes_of(answer, "Tid") == ["2024"]
    assert codes_of(answer, "Region") == ["0114", "0180"]
    assert [entry["variableCode"] for entry in chosen["selection"]] == answer["id"]
    assert client.post("/tables/TAB1/data", json={"selection": []}).json() == answer


def test_the_default_selection_stays_small(client, monkeypatch):
    monkeypatch.setattr("etl.emulator.queries.MOST_CODES", 1)
    assert client.get("/tables/TAB1/data").json()["size"] == [1, 1, 2, 1]


def test_the_order_of_codes_is_by_position_not_by_key(connect, tiny_source, cells):
    table = tiny_source.table("TAB1")
    category = table.metadata["dimension"]["Region"]["category"]
    category["index"] = dict(reversed(category["index"].items()))
    tiny_source.table = lambda _: table
    parameters = {"valueCodes[Region]": "0180", "valueCodes[ContentsCode]": "A1"}
    parameters |= {"valueCodes[Tid]": "2022", "valueCodes[Niva]": "1"}
    answer = connect(source=tiny_source).get("/tables/TAB1/data", params=parameters).json()
    assert answer["value"] == [round(cells[3, 0, 0, 0, 0])]
