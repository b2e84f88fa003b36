"""The data package holds every table and validates."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import frictionless
import orjson
import pyarrow as pa
import pytest
from flask.testing import FlaskClient
from typer.testing import CliRunner

from barometer.__main__ import app
from barometer.catalogue import load_catalogue
from barometer.export.package import _other_licences, _source, published_rows
from barometer.queries import dictionary, sources
from barometer.store import Store
from tests.snapshots import SNAPSHOT_ID, publish_snapshot


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    publish_snapshot(folder / "published")
    return folder


@pytest.fixture(autouse=True)
def _own_limit_of_fields() -> Iterator[None]:
    """Frictionless lifts the csv module's limit on a field for the whole process."""
    limit = csv.field_size_limit()
    yield
    csv.field_size_limit(limit)


@pytest.fixture(scope="module")
def package(data_dir: Path) -> Path:
    path = data_dir / "package.zip"
    ran = CliRunner().invoke(app, ["package", "--data-dir", str(data_dir), "--out", str(path)])
    assert ran.exit_code == 0, ran.output
    return path


def test_frictionless_finds_no_fault(package: Path) -> None:
    report = frictionless.validate(str(package), type="package")
    assert report.flatten(["title", "note", "rowNumber", "fieldName"]) == []
    assert report.valid
    assert report.stats["tasks"] > 10


@pytest.mark.parametrize(
    ("name", "change", "fault"),
    [
        ("index_values", lambda text: text.replace(b",2024,", b",soon,"), "type-error"),
        ("index_values", lambda text: text.replace(b'"0380"', b'"0381"'), "foreign-key"),
        ("areas", lambda text: text.replace(b',"03",', b',"04",'), "foreign-key"),
        ("group_counts", lambda text: text + text.splitlines(keepends=True)[1], "primary-key"),
    ],
)
def test_a_fault_would_be_found(
    package: Path, tmp_path: Path, name: str, change: Callable[[bytes], bytes], fault: str
) -> None:
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(package) as whole, zipfile.ZipFile(broken, "w") as part:
        for member in whole.namelist():
            text = whole.read(member)
            part.writestr(member, change(text) if member == f"data/{name}.csv" else text)
    report = frictionless.validate(str(broken), type="package")
    found = {name for (name,) in report.flatten(["type"])}
    assert "hash-count" in found  # it is not the file that was packed
    assert found - {"hash-count", "byte-count"} == {fault}


def test_every_file_has_its_hash_and_a_reader_is_told_how_to_read(package: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        described = orjson.loads(archive.read("datapackage.json"))
        text = archive.read("README.md").decode()
        for resource in described["resources"]:
            data = archive.read(resource["path"])
            assert resource["hash"] == f"sha256:{sha256(data).hexdigest()}"
            assert resource["bytes"] == len(data)
            assert f"`{resource['path']}`" in text
    assert SNAPSHOT_ID.lower() in text
    assert "På svenska" in text
    (values,) = (own for own in described["resources"] if own["name"] == "index-values")
    (value,) = (own for own in values["schema"]["fields"] if own["name"] == "value")
    assert "share, 0-1: dissimilarity" in value["description"]
    assert "nats: mutual_information" in value["description"]


def test_every_table_has_a_key_and_says_what_it_refers_to(package: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        described = orjson.loads(archive.read("datapackage.json"))
    schemas = {resource["name"]: resource["schema"] for resource in described["resources"]}
    assert [name for name, schema in schemas.items() if not schema.get("primaryKey")] == []
    assert schemas["indicator-values"]["primaryKey"] == [
        *("indicator_id", "background", "area_id", "year")
    ]
    referred = {
        (name, *key["fields"], key["reference"]["resource"] or name)
        for name, schema in schemas.items()
        for key in schema["foreignKeys"]
    }
    # A column that is called as the key of another table is one of its rows.
    keys = {
        schema["primaryKey"][0]: name
        for name, schema in schemas.items()
        if len(schema["primaryKey"]) == 1 and name != "boundaries"
        if schema["primaryKey"] != ["name"]  # a word that other tables use for other things
    }
    expected = {
        (name, field["name"], keys[field["name"]])
        for name, schema in schemas.items()
        for field in schema["fields"]
        if keys.get(field["name"], name) != name
    }
    within = {("areas", name, "areas") for name in ("parent_id", "kommun_id", "lan_id")}
    within |= {("places", name, "areas") for name in ("kommun_id", "regso_id")}
    within |= {("memberships", "own_id", "areas"), ("police-areas", "kommun_id", "areas")}
    across = {("crosswalk", name, "areas") for name in ("from_id", "to_id")}
    assert referred == expected | within | across | {("index-values", "container_id", "areas")}


def test_persons_that_no_agency_has_given_are_withheld_or_bounded(package: Path) -> None:
    catalogue = load_catalogue()
    with zipfile.ZipFile(package) as archive:
        described = orjson.loads(archive.read("datapackage.json"))
        indices, counts = (
            list(csv.DictReader(io.StringIO(archive.read(f"data/{name}.csv").decode(), newline="")))
            for name in ("index_values", "group_counts")
        )
    kinds = set()
    for row in indices:
        known = catalogue.is_counted(row["grouping_id"], int(row["year"]))
        low, high = row["group_low"], row["group_high"]
        if not known:
            assert row["group_population"] == ""
        if low or high:
            assert not known
            assert 0 <= float(low) <= float(high) <= float(row["population"])
        kinds.add((known, bool(row["group_population"]), bool(low)))
    assert (False, False, True) in kinds
    for row in counts:
        assert bool(row["counts"]) == catalogue.is_counted(row["grouping_id"], int(row["year"]))
    assert not catalogue.is_counted("income_quartile", 2024)
    assert catalogue.is_counted("age", 2024)
    fields = {
        field["name"]: field["description"]
        for resource in described["resources"]
        for field in resource["schema"]["fields"]
        if resource["name"] == "index-values"
    }
    assert "see the bounds" in fields["group_population"]
    assert {"group_low", "group_high"} <= set(fields)


def test_counts_of_shares_are_left_out_and_others_kept() -> None:
    given = {"grouping_id": ["age", "income_quartile"], "year": [2024, 2024]}
    batch = pa.record_batch(given | {"counts": ["12 | 15", "12.5 | 11.3"]})
    told = published_rows(batch, "group_counts", catalogue=load_catalogue())
    assert told["counts"].to_pylist() == ["12 | 15", None]
    given = {"grouping_id": ["foreign_background", "low_standard"], "year": [2024, 2024]}
    given |= {"population": [1000.0, 1000.0], "group_population": [121.0, 121.3], "value": [1, 2]}
    told = published_rows(pa.record_batch(given), "index_values", catalogue=load_catalogue())
    assert told.schema.names[3:] == ["group_population", "group_low", "group_high", "value"]
    assert [told[name].to_pylist() for name in told.schema.names[3:6]] == [
        [121.0, None],
        [None, 116.0],
        [None, 127.0],
    ]
    assert published_rows(batch, "areas", catalogue=load_catalogue()) is batch


def test_no_text_becomes_a_formula(package: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        rows = csv.DictReader(io.StringIO(archive.read("data/indices.csv").decode(), newline=""))
    assert {row["formula"] for row in rows} == {"'=a formula"}


def test_it_holds_every_table_with_the_schema_s_words(package: Path, data_dir: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        described = orjson.loads(archive.read("datapackage.json"))
        names = set(archive.namelist())
    with Store(data_dir / "published").reader() as reader:
        tables = {table.name: table for table in dictionary.data_dictionary(reader.cursor)}
    resources = {resource["path"]: resource for resource in described["resources"]}
    assert set(resources) | {"datapackage.json", "README.md"} == names
    assert {f"data/{name}.csv" for name in set(tables) - {"map_layers", "map_ground"}} <= names
    assert "aged_20_24 at least 15" in resources["data/marked_areas.csv"]["description"]
    assert resources["data/areas.csv"]["description"] == tables["areas"].comment
    assert described["id"] == SNAPSHOT_ID
    assert "made up" in described["description"]
    broken = {own["year"]: own for own in described["breaks"]}
    assert list(broken) == [2015, 2019, 2020, 2023, 2024, 2025]
    assert "employed_16_64" in broken[2020]["series"]
    assert broken[2024]["levels"] == ["regso", "deso"]


def test_every_source_says_whose_it_is_and_on_which_terms(data_dir: Path) -> None:
    with Store(data_dir / "published").reader() as reader:
        (first, *_) = sources(reader.cursor, ["TAB6574"])
    kolada = replace(first, source_id="N15428", agency="Kolada", licence="CC BY 4.0")
    assert _source(kolada, made_up=False)["title"].startswith("Kolada N15428: ")
    assert _source(kolada, made_up=False)["licence"] == "CC BY 4.0"
    assert _source(first, made_up=True)["title"].startswith("Made-up figures in the form of SCB")
    assert _other_licences([first, kolada, kolada]) == [{"name": "CC-BY-4.0", "title": "CC BY 4.0"}]


def test_numbers_keep_their_last_digit(package: Path, data_dir: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        text = archive.read("data/indicator_values.csv").decode()
    rows: Iterator[dict[str, str]] = csv.DictReader(io.StringIO(text, newline=""))
    found = sorted(float(row["value"]) for row in rows if row["value"])
    with Store(data_dir / "published").reader() as reader:
        kept = reader.cursor.execute(
            "SELECT value FROM indicator_values WHERE value IS NOT NULL ORDER BY value"
        ).fetchall()
    assert found == [value for (value,) in kept]


def test_the_route_sends_the_same(client: FlaskClient, package: Path) -> None:
    answer = client.get("/api/v1/package.zip")
    assert SNAPSHOT_ID in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as sent, zipfile.ZipFile(package) as own:
        assert {i.filename: i.CRC for i in sent.infolist()} == {
            i.filename: i.CRC for i in own.infolist()
        }
