"""Page values, table, download, API and command line hold the same numbers, to the last digit."""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from typer.testing import CliRunner

import barometer
from barometer import queries
from barometer.__main__ import app
from barometer.catalogue import load_catalogue
from barometer.export import COLUMNS, find_format, map_sheet
from barometer.export.columns import columns
from barometer.selection import Offer, Selection
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui.factory import create_app
from barometer.wording import missing_reason
from tests.snapshots import publish_snapshot

CATALOGUE = load_catalogue()
Numbers = dict[str, tuple[float | None, float | None, float | None, str | None]]
HELD = ("value", "numerator", "denominator")
PARTS = columns("parts_low", "parts_high")
NAMES = {column.heading.sv: column.name for column in (*COLUMNS, *PARTS)}
PLACES = dict.fromkeys(("regso", "deso"), ("00", "03", "0380")) | {"kommun": ("00", "01")}


class Everywhere:
    """The tiny country by every way that leads to its numbers."""

    def __init__(self, data_dir: Path) -> None:
        give_last_digits(publish_snapshot(data_dir / "published"))
        self.data_dir = data_dir
        self.store = Store(data_dir / "published")
        settings = Settings(data_dir, "127.0.0.1", 8050, 1, "")
        self.client = create_app(settings, self.store, CATALOGUE).server.test_client()
        with self.store.reader() as reader:
            self.offer: Offer = queries.offer(reader.cursor)
            reasons = reader.cursor.execute("SELECT unnest(enum_range(NULL::missing_reason))")
            self.reasons = {missing_reason(r, language="sv"): r for (r,) in reasons.fetchall()}

    def table(self, selection: Selection) -> Numbers:
        with self.store.reader() as reader:
            frame = queries.map_table(reader.cursor, selection)
        return of_frame(frame)

    def sheet(self, selection: Selection) -> Numbers:
        with self.store.reader() as reader:
            sheet = map_sheet(reader, selection, catalogue=CATALOGUE)
            raw = b"".join(find_format("csv").write(sheet))
        return of_csv(raw.decode())

    def download(self, selection: Selection) -> Numbers:
        return of_csv(self.client.get(f"/export/csv{selection.to_query()}").text)

    def api(self, selection: Selection) -> Numbers:
        answer = self.client.get(f"/api/v1/values?{asked(selection)}&limit=10000")
        return {row["area_id"]: held(row) for row in answer.get_json()["rows"]}

    def api_csv(self, selection: Selection) -> Numbers:
        return of_csv(self.client.get(f"/api/v1/values.csv?{asked(selection)}").text)

    def api_workbook(self, selection: Selection) -> Numbers:
        return self.workbook(f"/api/v1/values.xlsx?{asked(selection)}")

    def download_workbook(self, selection: Selection) -> Numbers:
        return self.workbook(f"/export/xlsx{selection.to_query()}")

    def workbook(self, address: str) -> Numbers:
        sheet = load_workbook(io.BytesIO(self.client.get(address).data)).worksheets[0]
        heading, *rows = sheet.iter_rows(values_only=True)
        names = [NAMES[head] for head in heading]
        found = [dict(zip(names, row, strict=True)) for row in rows]
        said = {row["area_id"]: self.reasons.get(row["status"]) for row in found}
        return {row["area_id"]: held(row | {"status": said[row["area_id"]]}) for row in found}

    def api_parquet(self, selection: Selection) -> Numbers:
        raw = self.client.get(f"/api/v1/values.parquet?{asked(selection)}").data
        return of_frame(pd.read_parquet(io.BytesIO(raw)))

    def command(self, selection: Selection) -> Numbers:
        options = [f"--{pair.replace('=', ' ', 1)}" for pair in asked(selection).split("&")]
        words = [word for option in options for word in option.split(" ")]
        ran = CliRunner().invoke(app, ["export", *words, "--data-dir", str(self.data_dir)])
        assert ran.exit_code == 0, ran.output
        return of_csv(ran.stdout)

    def library(self, selection: Selection) -> Numbers:
        with barometer.open(self.data_dir) as own:
            frame = own.values(
                selection.indicator,
                background=selection.background,
                level=selection.level,
                year=selection.year,
                within=selection.within,
            )
        return of_frame(frame)

    def page(self, selection: Selection) -> dict[str, float | None]:
        """The values that the page draws: whole numbers of the decimals that it shows."""
        view = self.client.get(f"/values{selection.to_query()}").get_json()
        names = self.client.get(view["names"]).get_json()["ids"]
        return {
            area_id: None if value is None else value / view["scale"]
            for area_id, value in zip(names, view["values"], strict=True)
        }


def give_last_digits(snapshot: Path) -> None:
    """Values that only the whole of a double can hold, where they were short enough to round."""
    snapshot.chmod(0o644)
    with duckdb.connect(str(snapshot)) as connection:
        connection.execute(
            "UPDATE indicator_values SET value = value + 1e-9 / 3"
            " WHERE indicator_id NOT IN ('area_type', 'population')"
        )
    snapshot.chmod(0o444)


def asked(selection: Selection) -> str:
    keys = ("indicator", "background", "level", "year", "within")
    return "&".join(f"{key}={getattr(selection, key)}" for key in keys)


def held(row: Mapping[str, object]) -> tuple[object, ...]:
    return (*(row[name] for name in HELD), row["status"])


def of_frame(frame: pd.DataFrame) -> Numbers:
    plain = frame.astype(object).where(frame.notna(), None)
    return {row["area_id"]: held(row) for row in plain.to_dict("records")}


def of_csv(text: str) -> Numbers:
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return {
        row["area_id"]: (
            *(float(row[name]) if row[name] else None for name in HELD),
            row["status"] or None,
        )
        for row in rows
    }


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory: pytest.TempPathFactory) -> Everywhere:
    return Everywhere(tmp_path_factory.mktemp("same"))


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_way_leads_to_the_same_numbers(everywhere: Everywhere, data: st.DataObject) -> None:
    indicator, level = data.draw(st.sampled_from(sorted(everywhere.offer.years)))
    selection = Selection(
        indicator,
        level,
        data.draw(st.sampled_from(everywhere.offer.years_of(indicator, level))),
        background=data.draw(st.sampled_from(everywhere.offer.backgrounds[indicator])),
        within=data.draw(st.sampled_from(PLACES.get(level, ("00",)))),
    )
    table = everywhere.table(selection)
    assert table
    ways = (
        "sheet",
        "download",
        "download_workbook",
        "api",
        "api_csv",
        "api_workbook",
        "api_parquet",
    )
    ways += ("command", "library")
    for way in ways:
        assert getattr(everywhere, way)(selection) == table, way
    decimals = CATALOGUE.indicators[indicator].decimals
    page = everywhere.page(selection)
    assert table.keys() <= page.keys()
    for area_id, value in page.items():
        full = table[area_id][0] if area_id in table else None
        assert (value is None) == (full is None)
        assert full is None or value == pytest.approx(full, abs=0.5 * 10**-decimals + 1e-9)


def test_measures_are_the_same_by_every_way(everywhere: Everywhere) -> None:
    query = "?grouping=low_standard_children&index=dissimilarity&units=regso&area=0380&year=2024"
    with everywhere.store.reader() as reader:
        series = queries.index_series(
            reader.cursor,
            grouping_id="low_standard_children",
            container_ids=["0380"],
            unit_level="regso",
            index_ids=["dissimilarity"],
        )
    page = dict(zip(series["year"].tolist(), series["value"].tolist(), strict=True))
    whole = f"/api/v1/indices{query.removesuffix('&year=2024')}"
    rows = everywhere.client.get(whole).get_json()["rows"]
    assert {row["year"]: row["value"] for row in rows} == page
    folder = str(everywhere.data_dir)
    options = ["--grouping", "low_standard_children", "--index", "dissimilarity"]
    ran = CliRunner().invoke(
        app,
        ["index", *options, *("--area", "0380", "--format", "json", "--data-dir", folder)],
    )
    assert {row["year"]: row["value"] for row in json.loads(ran.stdout)["rows"]} == page
    with barometer.open(everywhere.data_dir) as own:
        frame = own.indices("low_standard_children", index="dissimilarity", area="0380")
    assert dict(zip(frame["year"], frame["value"], strict=True)) == page
