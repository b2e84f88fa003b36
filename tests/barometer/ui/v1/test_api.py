"""The API on the tiny country: what it answers, refuses and promises."""

import csv
import io
from collections.abc import Callable
from gzip import decompress
from itertools import count
from pathlib import Path
from shutil import copy2

import brotli
import pandas as pd
import pytest
from flask.testing import FlaskClient

from barometer.catalogue import load_catalogue
from barometer.pointer import point_to
from barometer.store import Store
from barometer.tables import TABLES
from barometer.ui.factory import create_app
from tests.barometer.ui.conftest import settings_of
from tests.snapshots import SNAPSHOT_ID, publish_snapshot

ASKED = {
    "values": "?indicator=low_standard_children",
    "places": "?q=upp",
    "geometry": "?level=kommun",
}
CHILDREN = "/api/v1/values?indicator=low_standard_children&level=regso&year=2024"


def rows(client: FlaskClient, address: str) -> list[dict[str, object]]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.get_json()["rows"]


def read_csv(raw: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw, newline="")))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.table_id)
def test_a_table_answers_in_every_format(client: FlaskClient, table: object) -> None:
    for name in table.formats:
        answer = client.get(f"/api/v1/{table.table_id}.{name}{ASKED.get(table.table_id, '')}")
        assert answer.status_code == 200
        assert answer.data
        assert answer.headers["X-Snapshot"] == SNAPSHOT_ID
        assert SNAPSHOT_ID in answer.headers["ETag"]
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "table", [t for t in TABLES if "csv" in t.formats], ids=lambda table: table.table_id
)
def test_every_row_keeps_its_company(client: FlaskClient, table: object) -> None:
    address = f"/api/v1/{table.table_id}.csv{ASKED.get(table.table_id, '')}"
    found = read_csv(client.get(address).text)
    assert found
    names = [column.name for column in table.columns]
    notes = [name for name in ("definition", "address", "downloaded") if name not in names]
    assert list(found[0]) == [*names, *notes]
    assert {row["address"] for row in found} == {f"http://localhost{address}"}
    if {"indicator", "grouping", "index_id"} & set(names):
        assert all(row["definition"] for row in found)
    assert {(row["snapshot"], row["origin"]) for row in found} == {(SNAPSHOT_ID, "synthetic")}


def test_values_are_those_of_the_tiny_country(client: FlaskClient) -> None:
    by_id = {row["area_id"]: row for row in rows(client, CHILDREN)}
    flogsta = by_id["0380R002_SYN_RegSO2025"]
    assert (flogsta["value"], flogsta["numerator"], flogsta["denominator"]) == (30, 120, 400)
    assert flogsta["source"] == "TAB6685"
    missing = by_id["0114R001_SYN_RegSO2025"]
    assert (missing["value"], missing["status"]) == (None, "suppressed")
    assert by_id["0114R002_SYN_RegSO2025"]["status"] == "not_available"


def test_filters_narrow(client: FlaskClient) -> None:
    everything = rows(client, "/api/v1/values?indicator=foreign_background")
    assert {row["background"] for row in everything} == {"all"}
    women = rows(
        client,
        "/api/v1/values?indicator=foreign_background&background=sex:women"
        "&level=regso,deso&year=2023-2024&within=0380",
    )
    assert {row["background"] for row in women} == {"sex:women"}
    assert {row["level"] for row in women} == {"regso", "deso"}
    assert {row["year"] for row in women} == {2023, 2024}
    assert {str(row["area_id"])[:4] for row in women} == {"0380"}
    (one,) = rows(client, f"{CHILDREN}&area=0380R002_SYN_RegSO2025")
    assert one["value"] == 30


def test_a_regso_has_its_deso_within(client: FlaskClient) -> None:
    found = rows(client, "/api/v1/areas?level=deso&within=0380R002_SYN_RegSO2025")
    assert [row["parent_id"] for row in found] == ["0380R002_SYN_RegSO2025"] * 2


@pytest.mark.parametrize("size", [1, 4, 7, 1000])
@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/values?indicator=foreign_background,low_standard_children",
        "/api/v1/indices?area=00,0180",
        "/api/v1/areas?level=regso,deso",
    ],
)
def test_pages_hold_every_row_once(client: FlaskClient, address: str, size: int) -> None:
    whole = read_csv(client.get(address.replace("?", ".csv?")).text)
    paged, following = [], f"{address}&limit={size}"
    while following:
        answer = client.get(following).get_json()
        assert answer["total"] == len(whole)
        assert len(answer["rows"]) <= size
        paged += answer["rows"]
        following = answer["next"]
        if len(paged) > 12:
            break
    keys = [key for key in ("area_id", "container_id", "index_id", "year") if key in whole[0]]
    expected = [tuple(row[key] for key in keys) for row in whole][: len(paged)]
    assert [tuple(str(row[key]) for key in keys) for row in paged] == expected


def test_the_next_page_is_a_link(client: FlaskClient) -> None:
    answer = client.get("/api/v1/areas?level=kommun&limit=2")
    assert answer.headers["Link"] == '</api/v1/areas?level=kommun&limit=2&offset=2>; rel="next"'
    assert answer.headers["X-Total-Count"] == "3"
    assert "Link" not in client.get("/api/v1/areas?level=kommun&limit=2&offset=2").headers


def test_every_fault_is_listed(client: FlaskClient) -> None:
    answer = client.get("/api/v1/values?indicator=lycka&level=planet,regso&year=20&lang=fi&nivå=1")
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    found = answer.get_json()
    assert {error["parameter"] for error in found["errors"]} == {
        *("indicator", "level", "year", "lang", "nivå")
    }
    assert {error["given"] for error in found["errors"]} == {"lycka", "planet", "20", "fi", "1"}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "indicator is required, as in indicator=low_standard_children"),
        ("?indicator=employd", "did you mean employed?"),
        ("?indicators=employed", "did you mean indicator?"),
        ("?indicator=employed&limit=0", "is no whole number from 1 to 10000"),
        ("?indicator=employed&limit=5&limit=6", "is given more than once"),
        ("?indicator=employed&area=Uppsala", "write it as in area=0180,0380"),
    ],
)
def test_a_fault_says_what_to_do(client: FlaskClient, query: str, sentence: str) -> None:
    assert sentence in client.get(f"/api/v1/values{query}").get_json()["detail"]


def test_what_the_data_set_lacks_is_no_empty_answer(client: FlaskClient) -> None:
    values = client.get("/api/v1/values?indicator=cars,employed")
    assert values.status_code == 404
    (error,) = values.get_json()["errors"]
    assert (error["parameter"], error["given"]) == ("indicator", "cars")
    assert "no values in this data version" in error["detail"]
    measures = client.get("/api/v1/indices.csv?grouping=birth_region")
    assert measures.status_code == 404
    assert "no measures in this data version" in measures.get_json()["detail"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/values?indicator=employed&area=9999", 404),
        ("/api/v1/values?indicator=employed&within=9999&level=x", 400),
        ("/api/v1/values.docx?indicator=employed", 404),
        ("/api/v1/places.gpkg?q=a", 404),
        ("/api/v1/happiness", 404),
        ("/api/v1/", 404),
    ],
)
def test_what_is_not_there_is_a_problem(client: FlaskClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["status"] == status


@pytest.mark.parametrize(
    ("query", "accepts", "language"),
    [
        ("lang=sv", "en", "sv"),
        ("lang=en", "sv", "en"),
        ("", "sv-SE, en;q=0.5", "sv"),
        ("", "de, en;q=0.5", "en"),
        ("", None, "en"),
    ],
)
def test_a_refusal_is_in_the_language_asked_for(
    client: FlaskClient, query: str, accepts: str | None, language: str
) -> None:
    headers = {"Accept-Language": accepts} if accepts else {}
    said = {
        "/api/v1/values?indicator=lycka": ("är okänt", "is unknown"),
        "/api/v1/values?indicator=low_standard_children&area=9999": ("är inte koden", "no area"),
        "/api/v1/areas.docx?level=kommun": ("inte i formatet", "no format"),
        "/api/v1/nothing?": ("finns inte", "there is no"),
    }
    for address, (sv, en) in said.items():
        answer = client.get(f"{address}&{query}", headers=headers)
        assert answer.status_code in (400, 404)
        found = answer.get_json()
        assert (sv if language == "sv" else en) in found["detail"]
        assert (en if language == "sv" else sv) not in answer.text
        assert answer.headers["Content-Language"] == language
        assert "Accept-Language" in answer.headers["Vary"]
        assert found["title"] in ("Bad Request", "Not Found")  # programs read it


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/csv", "text/csv"),
        ("application/json;q=0.5, text/csv", "text/csv"),
        ("*/*", "application/json"),
        ("application/vnd.apache.parquet", "application/vnd.apache.parquet"),
    ],
)
def test_the_client_says_which_format(client: FlaskClient, accept: str, kind: str) -> None:
    answer = client.get(CHILDREN, headers={"Accept": accept})
    assert answer.mimetype == kind
    assert "Accept" in answer.headers["Vary"]


def test_a_format_that_nobody_has_is_refused(client: FlaskClient) -> None:
    answer = client.get(CHILDREN, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "application/json" in answer.get_json()["detail"]


def test_a_known_answer_is_not_sent_again(client: FlaskClient) -> None:
    tag = client.get(CHILDREN).headers["ETag"]
    again = client.get(CHILDREN, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    other = client.get(CHILDREN, headers={"If-None-Match": tag, "Accept": "text/csv"})
    assert other.status_code == 200


def test_what_one_published_file_says_is_not_what_another_says(tmp_path: Path) -> None:
    """Other code may build the same data set anew: its id is the same, its file is not."""
    settings = settings_of(tmp_path)
    first = publish_snapshot(settings.published_dir)
    store = Store(settings.published_dir, clock=count(step=10).__next__)
    client = create_app(settings, store, load_catalogue()).server.test_client()
    paths = ("/api/v1/values.csv?indicator=employed", "/api/v1/package.zip")
    known = {path: {"If-None-Match": client.get(path).headers["ETag"]} for path in paths}
    for path in paths:
        again = client.get(path, headers=known[path])
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == known[path]["If-None-Match"]
    second = first.with_stem(f"{first.stem}-2")
    copy2(first, second)
    point_to(second)
    for path in paths:
        answer = client.get(path, headers=known[path])
        assert (answer.status_code, answer.headers["X-Snapshot"]) == (200, SNAPSHOT_ID)
        assert answer.headers["ETag"] != known[path]["If-None-Match"]


@pytest.mark.parametrize(("coding", "unpack"), [("br", brotli.decompress), ("gzip", decompress)])
@pytest.mark.parametrize("address", [CHILDREN, CHILDREN.replace("?", ".csv?")])
def test_answers_are_packed(
    client: FlaskClient, address: str, coding: str, unpack: Callable[[bytes], bytes]
) -> None:
    packed = client.get(address, headers={"Accept-Encoding": coding})
    assert packed.headers["Content-Encoding"] == coding
    assert unpack(packed.data) == client.get(address).data


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.table_id)
def test_head_and_options_say_what_get_would(client: FlaskClient, table: object) -> None:
    address = f"/api/v1/{table.table_id}{ASKED.get(table.table_id, '')}"
    head, got = client.head(address), client.get(address)
    assert (head.status_code, head.data) == (200, b"")
    for name in ("ETag", "Content-Type", "X-Total-Count", "Access-Control-Allow-Origin"):
        assert head.headers[name] == got.headers[name]
    options = client.options(address)
    assert {*options.headers["Allow"].split(", ")} == {"GET", "HEAD", "OPTIONS"}
    assert options.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_nothing_can_be_written(client: FlaskClient) -> None:
    for ask in (client.post, client.put, client.delete, client.patch):
        answer = ask("/api/v1/values")
        assert answer.status_code == 405
        assert "GET" in answer.headers["Allow"]
        assert answer.mimetype == "application/problem+json"


def test_names_follow_the_language(client: FlaskClient) -> None:
    (own,) = rows(client, "/api/v1/indicators?indicator=low_standard_children&lang=en")
    assert own["name"] == "Low economic standard, children aged 0–19"
    assert (own["first_year"], own["last_year"]) == (2022, 2024)
    types = rows(client, "/api/v1/area-types?year=2024&area=0180R001_SYN_RegSO2025&lang=en")
    assert types[0]["type_name"] == "Areas with major socio-economic challenges"


def test_parquet_parts_make_one_table(client: FlaskClient) -> None:
    raw = client.get("/api/v1/values.parquet?indicator=foreign_background,population").data
    frame = pd.read_parquet(io.BytesIO(raw))
    assert frame["indicator"].unique().tolist() == ["foreign_background", "population"]
    assert frame["value"].dtype == "float64"


def test_without_a_data_set_the_answer_says_what_to_do(empty_site: object) -> None:
    answer = empty_site.server.test_client().get("/api/v1/areas")
    assert answer.status_code == 503
    assert "make run" in answer.get_json()["detail"]


def test_the_start_leads_to_everything(client: FlaskClient) -> None:
    start = client.get("/api/v1").get_json()
    assert set(start["tables"]) == {table.table_id for table in TABLES}
    assert client.get(start["openapi"]).get_json()["openapi"] == "3.1.0"


def test_a_question_without_rows_is_told_what_to_leave_out(client: FlaskClient) -> None:
    """Employment is there, and so are kommuner; a search that finds nothing is no fault."""
    answer = client.get("/api/v1/values?indicator=employed&level=kommun&year=2024")
    assert answer.status_code == 404
    faults = {fault["parameter"]: fault for fault in answer.get_json()["errors"]}
    assert set(faults) == {"indicator", "level"}
    rows = client.get("/api/v1/values?indicator=employed&year=2024&limit=1").get_json()["total"]
    assert faults["level"]["given"] == "kommun"
    assert faults["level"]["detail"] == (
        f"has no rows together with the rest of the question: without it there are {rows}"
    )
    assert client.get("/api/v1/values?indicator=employed&level=kommun").status_code == 404
    assert client.get("/api/v1/places?q=finnsinte").status_code == 200
    assert client.get("/api/v1/values?indicator=employed&offset=99999").status_code == 200


def test_a_year_without_figures_is_told_with_those_that_have_some(client: FlaskClient) -> None:
    answer = client.get("/api/v1/values?indicator=low_standard_children&level=regso&year=2099")
    assert answer.status_code == 404
    assert answer.get_json()["errors"] == [
        {
            "parameter": "year",
            "given": "2099",
            "detail": "has no figures here: there are 2022, 2023, 2024",
        }
    ]
    span = "/api/v1/values?indicator=low_standard_children&level=regso&year=2024-2099&limit=1"
    assert client.get(span).status_code == 200


def test_a_measure_from_nought_to_one_is_a_share_and_no_per_cent(client: FlaskClient) -> None:
    units = {row["index_id"]: row["unit"] for row in rows(client, "/api/v1/measures")}
    assert units["dissimilarity"] == "share"
    assert "percent" not in units.values()
    assert "andel, 0–1" in client.get("/api/v1/measures.excel-csv").text
    answer = client.get("/api/v1/measures?lang=en").get_json()
    told = {found["key"]: found["unit"] for found in answer["definitions"]}
    assert told["dissimilarity"] == "share, 0–1"
    assert told["adjusted_dissimilarity"] == "share, −1 to 1"
    means = {found["key"]: found["definition"] for found in answer["definitions"]}
    # Even is at the group's share of all, not at the end of the scale.
    assert "Scale: 0 to 1. Lowest: the group's share of all: evenly spread." in means["isolation"]
    assert "Scale: from 0. Lowest: " in means["mutual_information"]
