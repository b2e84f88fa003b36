"""A file that stands alone: what is in it, who made it, where it was taken, what is wrong."""

import csv
import io

import pandas as pd
import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from barometer.catalogue import load_catalogue
from barometer.export.frames import breaks_within, with_bounds
from barometer.ui.context import Context
from barometer.ui.factory import create_app

CATALOGUE = load_catalogue()
KOMMUN = "area=0380&year=2024"
FILES = {
    "plats/indicators": KOMMUN,
    "plats/series": KOMMUN,
    "plats/groups": KOMMUN,
    "plats/segregation": KOMMUN,
    "segregation/scale": KOMMUN,
    "segregation/pairs": KOMMUN,
    "segregation/areas": KOMMUN,
    "omradestyper/shares": "area=0380&year=2024",
    "labb": "indicators=foreign_background,low_standard_children&areas=0380,0180",
    "folj-upp/result": "level=kommun&areas=0380&start=2024",
}


def rows_of(client: FlaskClient, path: str, query: str) -> list[dict[str, str]]:
    sent = client.get(f"/export/{path}/csv?{query}")
    assert sent.status_code == 200, sent.text
    return list(csv.DictReader(io.StringIO(sent.text)))


@pytest.mark.parametrize("path", FILES)
def test_every_row_says_what_it_is_where_it_comes_from_and_when_it_was_taken(
    client: FlaskClient, path: str
) -> None:
    rows = rows_of(client, path, FILES[path])
    assert rows
    for row in rows:
        assert row["definition"]
        assert row["address"].startswith("http://localhost/" + path.split("/")[0] + "?")
        assert len(row["downloaded"]) == len("2026-11-30")
        assert row["source"].startswith("TAB")
        assert row["origin"] == "synthetic"
        assert row["snapshot"]
        assert row.get("level") or row.get("unit_level")
        assert row["division"]


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize(("language", "word"), [("sv", "Andel av"), ("en", "Share of")])
def test_json_defines_every_code_in_its_language(
    client: FlaskClient, path: str, language: str, word: str
) -> None:
    sent = client.get(f"/export/{path}/json?{FILES[path]}&lang={language}").get_json()
    known = {entry["key"]: entry for entry in sent["definitions"]}
    codes = {
        row[name]
        for row in sent["rows"]
        for name in ("indicator_id", "grouping_id", "grouping", "index_id")
        if row.get(name)
    }
    assert codes <= set(known)
    assert sent["language"] == language
    assert sent["address"].startswith("http://localhost/")
    if path != "plats/groups":
        assert any(word in entry["definition"] for entry in known.values()) or "area_type" in known


def test_a_row_of_another_indicator_names_its_own_table(client: FlaskClient) -> None:
    rows = rows_of(client, "plats/indicators", KOMMUN)
    tables = {row["indicator_id"]: row["source"] for row in rows}
    assert tables["foreign_background"] == "TAB6571"
    assert tables["low_standard_children"] == "TAB6685"


def test_a_file_says_which_measure_it_holds(client: FlaskClient) -> None:
    held = {
        path: {row["index_id"] for row in rows_of(client, f"segregation/{path}", KOMMUN)}
        for path in ("scale", "own-area", "pairs")
    }
    assert held == {
        "scale": {"dissimilarity"},
        "own-area": {"isolation"},
        "pairs": {"dissimilarity"},
    }
    sent = client.get(f"/export/segregation/change/json?{KOMMUN}&since=2022").get_json()
    assert all(row["index_id"] == "mutual_information" for row in sent["rows"])
    assert {"index_id", "since", "unit"} <= {*client_columns(client, "segregation/change")}
    assert {"index_id", "unit_level"} <= {*client_columns(client, "segregation/levels")}


def client_columns(client: FlaskClient, path: str) -> list[str]:
    return next(csv.reader(io.StringIO(client.get(f"/export/{path}/csv?{KOMMUN}").text)))


def name_of(client: FlaskClient, address: str) -> str:
    return client.get(f"/export/{address}").headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("labb/csv?indicators=foreign_background&areas=0380", "&years=2023"),
        (f"segregation/scale/csv?{KOMMUN}", "&index=isolation"),
        (f"plats/alike/csv?{KOMMUN}", "&alike=population,foreign_background"),
        ("omradestyper/shares/csv?area=0380&year=2024", "&since=2023"),
        (f"plats/indicators/csv?{KOMMUN}", "&lang=en"),
    ],
)
def test_two_files_with_different_contents_have_different_names(
    client: FlaskClient, one: str, other: str
) -> None:
    assert name_of(client, one) != name_of(client, one + other)
    plain, excel = name_of(client, one), name_of(client, one.replace("/csv", "/excel-csv"))
    assert excel == plain.replace(".csv", "_excel.csv")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("csv?indicator=low_standrad&level=kommun", "low_standard"),
        ("csv?within=9999", "within"),
        ("csv?year=2035", "2024"),
        ("folj-upp/years/csv?indicator=low_standrad&areas=0380&level=kommun", "low_standard"),
        ("folj-upp/years/csv?level=kommun&areas=9999", "9999"),
        ("segregation/scale/csv?area=9999", "9999"),
        ("plats/indicators/json?yaer=2024&area=0380", "year"),
        ("labb/csv?indicators=foreign_backgruond&areas=0380", "foreign_background"),
    ],
)
def test_a_question_that_has_no_answer_is_refused_with_what_could_be_asked(
    client: FlaskClient, address: str, words: str
) -> None:
    sent = client.get(f"/export/{address}")
    assert sent.status_code == 400
    assert words in sent.text
    assert sent.mimetype == "text/plain"
    english = client.get(f"/export/{address}&lang=en").text
    assert english != sent.text
    assert words in english


@pytest.mark.parametrize(
    ("query", "defined"),
    [
        ("indicator=low_standard_children&level=regso&year=2024", ["Andel av"]),
        (
            "indicator=low_standard_children&level=regso&year=2024&compare=foreign_background",
            ["Andel av", "utrikes födda"],
        ),
        (
            "indicator=foreign_background&level=regso&year=2024&layer=location_quotient",
            ["utrikes födda", "dubbelt så vanlig"],
        ),
        (
            "indicator=low_standard_children&level=regso&year=2024&layer=distance_to_mix",
            ["växer ett grannskap", "mittpunkter"],
        ),
    ],
)
def test_a_map_in_rows_alone_tells_all_that_its_sheet_tells(
    client: FlaskClient, query: str, defined: list[str]
) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"/export/csv?{query}").text)))
    assert rows
    for row in rows:
        assert all(text in row["definition"] for text in defined)
        assert row["address"].startswith("http://localhost/karta?indicator=")
        assert len(row["downloaded"]) == len("2026-11-30")
        assert {row["origin"], row["level"], row["division"]} == {"synthetic", "regso", "2025"}
    excel = client.get(f"/export/excel-csv?{query}").text.removeprefix("\ufeff")
    (first, *_) = csv.DictReader(io.StringIO(excel), delimiter=";")
    assert {"Definition", "Adress", "Filen hämtad", "Märkning"} <= set(first)
    sent = client.get(f"/export/json?{query}").get_json()
    assert sent["address"] == rows[0]["address"]
    assert sent["downloaded"] == rows[0]["downloaded"]
    told = " ".join(entry["definition"] for entry in sent["definitions"])
    assert all(text in told for text in defined)


@pytest.mark.parametrize(
    "address",
    [
        "/export/segregation/scale/csv?area=0380&year=2024&grouping=low_standard_children",
        "/api/v1/indices.csv?grouping=low_standard_children&area=0380&index=dissimilarity",
    ],
)
def test_a_group_that_nobody_counted_has_bounds_and_no_number(
    client: FlaskClient, address: str
) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(address).text)))
    assert rows
    for row in rows:
        assert row["group_population"] == ""
        assert 0 <= int(row["group_low"]) < int(row["group_high"]) <= int(row["population"])


def test_a_group_that_was_counted_keeps_its_number() -> None:
    frame = pd.DataFrame(
        {
            "grouping": ["foreign_background", "low_standard"],
            "year": [2022, 2022],
            "population": [1000.0, 1000.0],
            "group_population": [140.0, 140.4],
        }
    )
    wide = with_bounds(frame, catalogue=load_catalogue())
    assert wide["group_population"].tolist() == [140.0, pd.NA]
    assert wide["group_low"].fillna(0).tolist() == [0, 135]
    assert wide["group_high"].fillna(0).tolist() == [0, 146]


def test_the_api_says_where_and_when_it_was_asked_and_defines_what_was_asked_for(
    client: FlaskClient,
) -> None:
    query = "indicator=foreign_background&level=kommun&lang=en"
    sent = client.get(f"/api/v1/values.json?{query}").get_json()
    assert sent["address"] == f"http://localhost/api/v1/values.json?{query}"
    assert len(sent["downloaded"]) == len("2026-11-30")
    (known,) = sent["definitions"]
    assert known["key"] == "foreign_background"
    assert "born abroad" in known["definition"]


def workbook(client: FlaskClient, address: str) -> list[dict[str, object]]:
    """The first sheet of an Excel file: each row by its headings."""
    book = load_workbook(io.BytesIO(client.get(f"/export/{address}").data), read_only=True)
    heads, *rows = book.worksheets[0].iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


@pytest.mark.parametrize(
    ("address", "heading", "told"),
    [
        (f"plats/series/xlsx?{KOMMUN}", "Roll", {"Området", "Riket"}),
        (f"plats/indicators/xlsx?{KOMMUN}&lang=en", "Sector", {"Population", "Economy"}),
        ("segregation/levels/xlsx?area=03", "Inom", {"Platsen"}),
        ("segregation/levels/xlsx?area=03", "Nivå", {"Totalt"}),
        (f"segregation/scale/xlsx?{KOMMUN}&lang=en", "Unit", {"share, 0–1"}),
    ],
)
def test_a_workbook_has_words_where_a_program_has_codes(
    client: FlaskClient, address: str, heading: str, told: set[object]
) -> None:
    assert {row[heading] for row in workbook(client, address)} & {*told} == told


def test_a_file_names_the_tables_that_it_is_made_of_and_no_others(client: FlaskClient) -> None:
    types = rows_of(client, "plats/types", KOMMUN)
    assert {row["source"] for row in types} == {"TAB6586 TAB6574"}
    (live,) = (r for r in rows_of(client, "plats/key", KOMMUN) if r["indicator_id"] == "types_1_2")
    assert (live["indicator"], live["unit"]) == ("Bor i områden av typ 1–2", "procent")
    assert live["source"] == "TAB6586"


def test_a_title_says_which_part_of_the_page_and_which_measure(client: FlaskClient) -> None:
    sent = client.get(f"/export/segregation/levels/json?{KOMMUN}&lang=en").get_json()
    assert "mutual information (M)" in sent["title"]
    assert sent["title"].endswith(": Within and between levels")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/api/v1/values.csv?indicator=foreign_background&level=kommun", "&area=0380"),
        ("/api/v1/values.csv?indicator=foreign_background&level=kommun", "&lang=en"),
        ("/export/csv?indicator=foreign_background&level=kommun&year=2024", "&lang=en"),
    ],
)
def test_a_table_and_a_map_are_named_by_all_that_was_asked(
    client: FlaskClient, one: str, other: str
) -> None:
    names = [client.get(query).headers["Content-Disposition"] for query in (one, one + other)]
    assert names[0] != names[1]


def test_breaks_are_those_in_the_years_of_the_rows() -> None:
    breaks = CATALOGUE.breaks_of(CATALOGUE.indicators["employed_16_64"], levels=("kommun",))
    assert [own.year for own in breaks] == [2019, 2020]
    kept = {
        years: [own.year for own in breaks_within(breaks, pd.DataFrame({"year": years}))]
        for years in ((2018,), (2019, 2024), (2018, 2019), (), (2021, 2024))
    }
    assert kept == {
        (2018,): [],
        (2019, 2024): [2019, 2020],
        (2018, 2019): [2019],
        (): [2019, 2020],
        (2021, 2024): [],
    }


def test_a_mark_of_yes_and_no_is_a_number_that_workbooks_can_hold(many: Context) -> None:
    client = create_app(many.settings, many.store, many.catalogue).server.test_client()
    query = "area=00&year=2023"
    assert {row["Platsen själv (1)"] for row in workbook(client, f"plats/inside/xlsx?{query}")} == {
        0
    }
    assert {row["is_place"] for row in rows_of(client, "plats/inside", query)} == {"0"}
