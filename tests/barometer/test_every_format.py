"""Every format from every door holds the same rows, attributes and metadata."""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from flask.testing import FlaskClient
from typer.testing import CliRunner

import barometer
from barometer.__main__ import app
from barometer.catalogue import load_catalogue
from barometer.export import FORMATS, Format, find_format
from barometer.store import Store
from barometer.tables import TABLES, Table
from barometer.tables.parameter import MOST_ROWS
from barometer.ui.factory import create_app
from tests.barometer.ui.conftest import settings_of
from tests.snapshots import WITHOUT_BOUNDARY, publish_snapshot

ASKED: Final[Mapping[str, Mapping[str, str]]] = {
    "values": {"indicator": "low_standard_children"},
    "places": {"q": "uppsala"},
    "geometry": {"level": "regso"},
}
COMMANDS: Final = {
    "values": "export",
    "areas": "areas",
    "indices": "index",
    "indicators": "indicators",
}
CASES: Final = [(table, name) for table in TABLES for name in table.formats]
NAMES: Final = [f"{table.table_id}.{name}" for table, name in CASES]
DELIMITED: Final = ("csv", "excel-csv")
READ_BY_PEOPLE: Final = ("excel-csv", "xlsx")  # headings and words for names and codes


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    publish_snapshot(folder / "published")
    return folder


@pytest.fixture(scope="module")
def client(data_dir: Path) -> FlaskClient:
    settings = settings_of(data_dir)
    store = Store(settings.published_dir)
    return create_app(settings, store, load_catalogue()).server.test_client()


def by_api(client: FlaskClient, table: Table, format_id: str) -> bytes:
    asked = {**ASKED.get(table.table_id, {}), "limit": str(MOST_ROWS)}
    answer = client.get(f"/api/v1/{table.table_id}.{format_id}", query_string=asked)
    assert answer.status_code == 200, answer.text
    return answer.data


def by_command(data_dir: Path, table: Table, format_id: str, folder: Path) -> bytes:
    out = folder / "out"
    given = [f"--{name}={value}" for name, value in ASKED.get(table.table_id, {}).items()]
    places = ["--format", format_id, "--out", str(out), "--data-dir", str(data_dir)]
    result = CliRunner().invoke(app, [COMMANDS[table.table_id], *given, *places])
    assert result.exit_code == 0, result.output
    return out.read_bytes()


def read_delimited(raw: bytes, delimiter: str) -> pd.DataFrame:
    text = re.sub(r'"=""(\d+)"""', r"\1", raw.decode("utf-8-sig"))  # as a spreadsheet shows it
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    return pd.DataFrame(lines[1:], columns=lines[0])


def read_workbook(raw: bytes) -> pd.DataFrame:
    rows = openpyxl.load_workbook(io.BytesIO(raw)).worksheets[0].iter_rows(values_only=True)
    heading, *lines = rows
    return pd.DataFrame(lines, columns=heading)


def read_features(raw: bytes) -> pd.DataFrame:
    return pd.DataFrame([f["properties"] for f in json.loads(raw)["features"]])


def read_layer(raw: bytes) -> pd.DataFrame:
    return pd.DataFrame(gpd.read_file(io.BytesIO(raw)).drop(columns="geometry"))


READERS: Final[Mapping[str, Callable[[bytes], pd.DataFrame]]] = {
    "csv": lambda raw: read_delimited(raw, ","),
    "excel-csv": lambda raw: read_delimited(raw, ";"),
    "xlsx": read_workbook,
    "json": lambda raw: pd.DataFrame(json.loads(raw)["rows"]),
    "parquet": lambda raw: pq.read_table(io.BytesIO(raw)).to_pandas(),
    "geojson": read_features,
    "gpkg": read_layer,
}


def described(raw: bytes, format_id: str, folder: Path) -> Mapping[str, Any] | None:
    """The metadata for machines; None where a format has none."""
    if format_id == "json":
        return json.loads(raw)
    if format_id == "geojson":
        return json.loads(raw)["description"]
    if format_id == "parquet":
        return json.loads(pq.read_schema(io.BytesIO(raw)).metadata[b"barometer"])
    if format_id == "gpkg":
        path = folder / "layer.gpkg"
        path.write_bytes(raw)
        return json.loads(pyogrio.read_info(path)["layer_metadata"]["barometer"])
    return None


def cells(frame: pd.DataFrame, table: Table) -> list[list[object]]:
    """The rows in one form, whatever a format makes of numbers and of what is missing."""
    kinds = [column.kind for column in table.columns]
    rows = frame.astype(object).to_numpy().tolist()
    return [[cell(v, kind) for v, kind in zip(row, kinds, strict=True)] for row in rows]


def cell(value: object, kind: str) -> object:
    if pd.isna(value) or value == "":
        return None
    if kind == "text":
        return str(value).removeprefix("'")  # how a text that looks like a formula is written
    return float(str(value).replace(",", "."))


def expected(data_dir: Path, client: FlaskClient, table: Table) -> pd.DataFrame:
    """The rows by way of the API's JSON, or of the register where a table has none."""
    if "json" in table.formats:
        return READERS["json"](by_api(client, table, "json"))
    with barometer.open(data_dir) as data:
        return data.areas(level="regso")[[column.name for column in table.columns]]


def test_every_format_has_a_reader_here() -> None:
    assert set(READERS) == {found.format_id for found in FORMATS}


@pytest.mark.parametrize(("table", "format_id"), CASES, ids=NAMES)
def test_every_format_of_every_table_holds_the_same(
    client: FlaskClient, data_dir: Path, tmp_path: Path, table: Table, format_id: str
) -> None:
    raw = by_api(client, table, format_id)
    frame, wanted = READERS[format_id](raw), expected(data_dir, client, table)
    assert len(frame) == len(wanted) > 0
    if format_id in DELIMITED:  # what other formats tell beside the rows stands after them
        frame, told = frame.iloc[:, : len(table.columns)], frame.iloc[:, len(table.columns) :]
        assert (told.iloc[:, -2].str.contains(f"/api/v1/{table.table_id}")).all()
        assert (told.iloc[:, -1].str.len() == len("2024-12-31")).all()
    if format_id in READ_BY_PEOPLE:
        assert list(frame.columns) == [column.heading.sv for column in table.columns]
        numbers = [place for place, column in enumerate(table.columns) if column.kind != "text"]
        machine = cells(wanted[[column.name for column in table.columns]], table)
        people = cells(frame, table)
        assert [[row[n] for n in numbers] for row in people] == [
            [row[n] for n in numbers] for row in machine
        ]
        return
    assert list(frame.columns) == [column.name for column in table.columns]
    assert cells(frame, table) == cells(wanted[list(frame.columns)], table)
    found = described(raw, format_id, tmp_path)
    if found is not None:
        assert found["title"] == table.name.sv
        assert found["synthetic"] is True
        assert {"source", "snapshot", "origin", "sources", "breaks", "built_at"} <= set(found)


@pytest.mark.parametrize(
    ("table", "format_id"),
    [(t, name) for t, name in CASES if t.table_id in COMMANDS],
    ids=[f"{t.table_id}.{name}" for t, name in CASES if t.table_id in COMMANDS],
)
def test_the_command_line_writes_what_the_api_sends(
    client: FlaskClient, data_dir: Path, tmp_path: Path, table: Table, format_id: str
) -> None:
    read = READERS[format_id]
    sent, written = (
        read(by_api(client, table, format_id)),
        by_command(data_dir, table, format_id, tmp_path),
    )
    own = ["address", "Adress"]  # a command has no address
    pd.testing.assert_frame_equal(
        read(written).drop(columns=own, errors="ignore"), sent.drop(columns=own, errors="ignore")
    )


def test_the_library_has_the_rows_of_the_api(client: FlaskClient, data_dir: Path) -> None:
    tables = {table.table_id: table for table in TABLES}
    with barometer.open(data_dir) as data:
        frames = {
            "values": data.values("low_standard_children"),
            "areas": data.areas(),
            "indices": data.indices(),
            "indicators": data.indicators(),
        }
    for table_id, frame in frames.items():
        table = tables[table_id]
        assert cells(frame, table) == cells(expected(data_dir, client, table), table)


def test_a_geopackage_of_the_library_is_that_of_the_api(
    client: FlaskClient, data_dir: Path
) -> None:
    with barometer.open(data_dir) as data:
        held = data.geometry(level="regso")
    sent = gpd.read_file(io.BytesIO(client.get("/api/v1/areas.gpkg?level=regso").data))
    assert sent["area_id"].tolist() == held["area_id"].tolist()
    assert sent["label"].tolist() == held["label"].tolist()
    assert sent.crs == held.crs
    assert sent.geometry.geom_equals(held.geometry, align=False).sum() == len(held) - 1
    assert sent[sent.geometry.isna()]["area_id"].tolist() == [WITHOUT_BOUNDARY]


def exported(client: FlaskClient, format_id: str) -> bytes:
    return client.get(f"/export/{format_id}?level=regso&year=2024").data


def test_every_format_of_the_map_page_holds_the_same(client: FlaskClient, tmp_path: Path) -> None:
    wanted = READERS["json"](exported(client, "json"))
    for found in FORMATS:
        raw = exported(client, found.format_id)
        frame = READERS[found.format_id](raw)
        assert len(frame) == len(wanted)
        if found.format_id not in READ_BY_PEOPLE:
            assert frame["area_id"].tolist() == wanted["area_id"].tolist()
            values = pd.to_numeric(frame["value"])
            assert values.tolist() == pytest.approx(wanted["value"].tolist(), nan_ok=True)
        about = described(raw, found.format_id, tmp_path)
        assert about is None or about["query"].startswith("?")


def rings(raw: bytes) -> list[tuple[bool, bool]]:
    """Of every ring whether it is exterior, and whether it runs counter-clockwise."""
    shapes = [
        shapely.geometry.shape(f["geometry"]) for f in json.loads(raw)["features"] if f["geometry"]
    ]
    parts = [part for shape in shapes for part in getattr(shape, "geoms", [shape])]
    outer = [(True, part.exterior.is_ccw) for part in parts]
    return outer + [(False, ring.is_ccw) for part in parts for ring in part.interiors]


def test_rings_run_as_rfc_7946_has_them(client: FlaskClient) -> None:
    """Exterior rings counter-clockwise, holes clockwise (3.1.6); the code is the feature's id."""
    for path in ("/export/geojson?level=kommun", "/api/v1/geometry.geojson?level=kommun"):
        raw = client.get(path).data
        assert {exterior == ccw for exterior, ccw in rings(raw)} == {True}, path
        features = json.loads(raw)["features"]
        assert [f["id"] for f in features] == [f["properties"]["area_id"] for f in features]


def test_a_hole_runs_the_other_way() -> None:
    ring = shapely.box(640_000, 6_600_000, 650_000, 6_610_000, ccw=False).exterior
    hole = shapely.box(642_000, 6_602_000, 643_000, 6_603_000, ccw=True).exterior
    with_hole = shapely.Polygon(ring, [hole])
    wkb = shapely.to_wkb(shapely.force_3d(with_hole, 12.0))
    raw = b"".join(_geojson().write(_one_area(wkb)))
    assert rings(raw) == [(True, True), (False, False)]
    (feature,) = json.loads(raw)["features"]
    assert {len(point) for part in feature["geometry"]["coordinates"] for point in part} == {2}


def _geojson() -> Format:
    found = find_format("geojson")
    assert found is not None
    return found


def _one_area(wkb: bytes) -> Any:
    from barometer.catalogue import Text
    from barometer.export import Column, Sheet

    return Sheet(
        stem="one",
        language="sv",
        columns=(Column("area_id", Text("Kod", "Code")),),
        frame=pd.DataFrame({"area_id": ["0180"]}),
        in_words=lambda frame: frame,
        about=(),
        description={"title": "one"},
        boundaries=lambda: (wkb,),
    )


def test_an_empty_parquet_file_has_the_types_of_a_full_one(client: FlaskClient) -> None:
    def schema(query: str) -> object:
        raw = client.get(f"/api/v1/values.parquet?indicator=population&{query}").data
        return pq.read_schema(io.BytesIO(raw)).remove_metadata()

    assert schema("year=2024&offset=9999") == schema("year=2024")
