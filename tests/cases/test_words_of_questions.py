"""A word that a question gets wrong is refused with the nearest that is right, at every door."""

import pytest
from flask.testing import FlaskClient

from barometer.divisions import meant_code
from barometer.ui.address import view_address

SMALL = "0380R002_SYN_RegSO2025"
ASKED = "/api/v1/values?indicator=low_standard_children"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *(("180", "0180"), (" 0180\u00a0", "0180"), ("180.0", "0180"), ("３", "03"), ("3", "03")),
        *(("0380r002_syn_regso2025", SMALL), ("0380 R002_SYN_RegSO2025 ", SMALL)),
        *(("0114A0010_DeSO2018", "0114A0010"), ("114a0010-deso2025", "0114A0010_DeSO2025")),
        *(("\ufeff0180\0", "0180"), ("", ""), ("Malmö", "MALMÖ"), ("2025", "2025")),
    ],
)
def test_a_code_is_recognised_however_it_is_written(written: str, meant: str) -> None:
    assert meant_code(written) == meant


@pytest.mark.parametrize("path", ["rapport", "agenda", "lagesbild.docx", "karta.svg"])
@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("area=zz", "”zz” är okänt."),
        ("area=380", "Närmast: 0380"),
        ("area=0380&year=1900", "Närmast: 20"),
    ],
)
def test_no_document_is_of_another_place_than_the_one_asked_for(
    client: FlaskClient, path: str, query: str, told: str
) -> None:
    answer = client.get(f"/plats/{path}?{query}")
    assert answer.status_code == 400
    assert answer.mimetype == "text/plain"
    assert told in answer.text


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/export/plats/types/csv?area=380", "Närmast: 0380."),
        ("/export/segregation/indices/csv?area=380", "Närmast: 0380."),
        ("/export/omradestyper/shares/csv?area=0380.0", "Närmast: 0380."),
        (f"/export/plats/types/csv?area={SMALL.lower()}", f"Närmast: {SMALL}."),
        ("/export/csv?level=KOMMUN", "Närmast: kommun."),
        ("/export/folj-upp/years/csv?areas=Upsala&level=kommun", "Närmast: 0380."),
        (f"{ASKED}&area=380", "area 380 cannot be read: did you mean 0380?"),
        (f"{ASKED}&area={SMALL.lower()}", f"did you mean {SMALL}?"),
        (f"{ASKED}&level=KOMMUN", "did you mean kommun?"),
        (f"{ASKED}&level=kommun&lang=EN", "did you mean en?"),
        ("/api/v1/values?indicator=LOW_STANDARD_CHILDREN", "did you mean low_standard_children?"),
    ],
)
def test_the_nearest_word_is_said(client: FlaskClient, path: str, said: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert said in answer.text


OWN = "0380A0011.0380A0012"


@pytest.mark.parametrize(
    ("area", "said"),
    [
        (f"own:{OWN}.zz_SYN_DeSO2025", "area: ”zz_SYN_DeSO2025” är ingen områdeskod. Skriv koder"),
        (f"own:{OWN}.9999C9999_SYN_DeSO2025", "finns inte i den här dataversionen. Kontrollera"),
        (f"own:{OWN}.0380A0011_SYN_DeSO2025", "står flera gånger. Skriv varje kod en gång."),
        (f"own:{OWN}.0380_SYN_DeSO2025", "hör till en annan nivå eller indelning än det första"),
        (
            "own:" + ".".join(f"0380C{n:04}" for n in range(501)) + "_SYN_DeSO2025",
            "”0380C0500_SYN_DeSO2025” är för mycket, för ett eget område har högst 500 koder",
        ),
        ("own:" + "0380A0011." * 1_500, "ett eget område har högst 500 koder. Välj RegSO"),
    ],
)
@pytest.mark.parametrize("path", ["/plats/rapport", "/export/plats/key/csv"])
def test_what_is_wrong_with_an_own_area_is_what_is_said(
    client: FlaskClient, path: str, area: str, said: str
) -> None:
    answer = client.get(path, query_string={"area": area})
    assert answer.status_code == 400
    assert said in answer.text
    assert "Närmast: own:" not in answer.text


def test_a_code_of_the_other_division_is_told_with_the_one_that_is_there(
    client: FlaskClient,
) -> None:
    area = client.get("/api/v1/areas?level=regso").get_json()["rows"]
    known = {row["area_id"] for row in area}
    bare = next(code for code in known if code.removesuffix("_RegSO2025") not in known)
    answer = client.get(f"{ASKED}&area={bare.removesuffix('_RegSO2025')}")
    assert answer.status_code == 404
    assert f"(there is {bare})" in answer.text


def test_a_host_without_a_name_that_can_be_told_leaves_the_path(client: FlaskClient) -> None:
    for path in ("/export/json?level=kommun", f"{ASKED}&level=kommun"):
        answer = client.get(path, headers={"Host": "my_server:8050"})
        assert "http:///" not in answer.text, path
        assert answer.status_code == 200
    assert view_address("/karta", "?x") == "/karta?x"


def test_a_script_that_there_is_none_of_is_one_sentence(client: FlaskClient) -> None:
    answer = client.get("/_dash-component-suites/dash/x.js")
    assert (answer.status_code, answer.text.count("\n")) == (404, 1)
    assert "registered" not in answer.text
