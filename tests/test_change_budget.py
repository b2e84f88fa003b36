"""What a change costs: the rows of CONTRIBUTING's table, each made and found on every side.

The neat proof: a few lines of TOML in a copy of the catalogue, a small made-up country through the
whole pipeline, and the new indicator is in the menu, on the map, in the index table and in the CSV.
"""

import dataclasses
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from dash import html
from flask.testing import FlaskClient

from barometer.catalogue import CATALOGUE_DIR, Catalogue, Text, load_catalogue
from barometer.export import FORMATS, Format
from barometer.indices import INDICES
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui.base.page import Page
from barometer.ui.context import Context
from barometer.ui.factory import PAGES, create_app
from barometer.ui.pages.map import page as map_page
from etl import repairs
from etl.repairs import TableRepair
from etl.synthetic import synthetic_country
from etl.synthetic.declarations import declarations_for
from tests.edits import app_answer, everywhere
from tests.pipeline import small_pipeline

KOMMUNER = ("0114", "0305", "1814")
NEXT_YEAR = 2025  # later than any year that the catalogue names
NEW_TABLE = "TAB9999"

# A new indicator from a known table: one file.
INDICATOR = """
[swedish_background]
sector = "befolkning"
name = { sv = "Svensk bakgrund", en = "Swedish background" }
definition = { sv = "Andel med svensk bakgrund.", en = "Share with a Swedish background." }
population = { sv = "Hela befolkningen", en = "The whole population" }
unit = "percent"
group = { sv = "personer med svensk bakgrund", en = "people with a Swedish background" }
rest = { sv = "personer med utländsk bakgrund", en = "people with a foreign background" }
parts = [{ source = "TAB6571", numerator = { UtlBakgrund = "2" }, denominator = {} }]
"""
# A new indicator from a new table: two files.
SOURCE = """
[sources.TAB9999]
title = { sv = "En ny tabell", en = "A new table" }
path = "BE/BE0101/BE0101Y/New"
subject = "BE0101"
levels = ["riket", "lan", "kommun", "regso", "deso"]
years = { first = 2020, last = 2024 }
rhythm = { sv = "Varje år", en = "Every year" }
variables = { ContentsCode = "000007Y4", UtlBakgrund = "SA", Kon = "1+2" }
"""
FROM_NEW_TABLE = INDICATOR.replace("swedish_background", "from_new_table").replace(
    "TAB6571", NEW_TABLE
)
# A new partition: one file.
GROUPING = """
[generations]
name = { sv = "Generationer", en = "Generations" }
population = { sv = "Hela befolkningen", en = "The whole population" }
groups = [
  { id = "young", sv = "0–19 år", en = "Ages 0–19" },
  { id = "middle", sv = "20–64 år", en = "Ages 20–64" },
  { id = "old", sv = "65 år och äldre", en = "65 or older" },
]
parts = [{ source = "TAB6574", variable = "Alder", codes = [
  ["-4", "5-9", "10-14", "15-19"],
  ["20-24", "25-29", "30-34", "35-39", "40-44", "45-49", "50-54", "55-59", "60-64"],
  ["65-69", "70-74", "75-79", "80-"],
] }]
"""


@dataclass(frozen=True, slots=True)
class Changed:
    """A site on the snapshot that the changed catalogue gives."""

    catalogue: Catalogue
    settings: Settings
    client: FlaskClient
    snapshot: duckdb.DuckDBPyConnection

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.snapshot.execute(sql).fetchall()

    def context(self) -> Context:
        return Context(self.settings, Store(self.settings.published_dir), self.catalogue)


def without_a_figure(cells: pd.DataFrame) -> pd.DataFrame:
    """Upplands Väsby's persons of Swedish background in 2021, which SCB got wrong."""
    wrong = (cells["area_id"] == "0114") & (cells["year"] == 2021)
    wrong &= cells["variable_id"] == "000007Y4|2|1+2"
    status = cells["status"].astype(object).mask(wrong, "not_published")
    return cells.assign(value=cells["value"].mask(wrong), status=status)


QUIRK = TableRepair(
    *("new-0114-2021", date(2026, 11, 23), "a figure is wrong", NEW_TABLE, 1, without_a_figure),
    origins=frozenset({"synthetic"}),
)


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Changed]:
    """All changes of the catalogue and of INDICES at once: they do not know of each other."""
    folder = tmp_path_factory.mktemp("changed")
    catalogue_dir = folder / "catalogue"
    edited_catalogue(catalogue_dir)
    catalogue = load_catalogue(catalogue_dir)
    tables = declarations_for(catalogue)
    country = synthetic_country(kommuner=KOMMUNER, last_year=NEXT_YEAR, declarations=tables)
    model = next(index for index in INDICES if index.id == "isolation")
    half = dataclasses.replace(
        model, id="half_isolation", function=lambda table: model.function(table) / 2
    )
    with pytest.MonkeyPatch.context() as patch:
        everywhere(patch, "INDICES", (*INDICES, half), instead_of=INDICES)
        patch.setattr(repairs, "TABLES", (*repairs.TABLES, QUIRK))
        snapshot = small_pipeline(
            country,
            boundaries=country.boundaries(),
            catalogue_dir=catalogue_dir,
            data_dir=folder,
        )
    settings = Settings.from_env({"DATA_DIR": str(folder)})
    app = create_app(settings, Store(settings.published_dir), catalogue)
    copy = shutil.copy(snapshot, folder)
    with duckdb.connect(str(copy), read_only=True) as connection:
        yield Changed(catalogue, settings, app.server.test_client(), connection)


def edited_catalogue(catalogue_dir: Path) -> None:
    """The project's own catalogue with a few lines more."""
    catalogue_dir.mkdir()
    added = {
        "indicators.toml": INDICATOR + FROM_NEW_TABLE,
        "sources.toml": SOURCE,
        "groupings.toml": GROUPING,
    }
    for name, lines in added.items():
        text = (CATALOGUE_DIR / name).read_text(encoding="utf-8")
        (catalogue_dir / name).write_text(text + lines, encoding="utf-8")


@pytest.mark.parametrize("indicator", ["swedish_background", "from_new_table"])
class TestNewIndicator:
    """One entry in indicators.toml, and one in sources.toml when the table is new."""

    def test_is_in_the_menu(self, changed: Changed, indicator: str) -> None:
        layout = map_page.layout(changed.context(), f"?indicator={indicator}")
        assert indicator in str(layout.to_plotly_json())
        assert changed.catalogue.indicators[indicator].name["sv"] in str(layout.to_plotly_json())

    @pytest.mark.parametrize("level", ["kommun", "regso", "deso"])
    def test_is_on_the_map(self, changed: Changed, indicator: str, level: str) -> None:
        query = f"?indicator={indicator}&level={level}&year=2024"
        view = changed.client.get(f"/values{query}").get_json()
        assert view["selection"]["indicator"] == indicator
        assert view["notice"] == []
        ((known,),) = changed.rows(
            f"SELECT count(*) FROM areas WHERE level = '{level}' AND division IN ('admin', '2025')"
        )
        assert sum(view["legend"]["counts"]) == known

    def test_is_in_the_csv(self, changed: Changed, indicator: str) -> None:
        query = f"?indicator={indicator}&level=kommun&year=2024"
        header, *lines = changed.client.get(f"/export/csv{query}").text.splitlines()
        table = [dict(zip(header.split(","), line.split(","), strict=True)) for line in lines]
        expected = changed.rows(
            f"SELECT area_id, value FROM indicator_values WHERE indicator_id = '{indicator}' "
            "AND level = 'kommun' AND year = 2024 AND background = 'all'"
        )
        assert {row["area_id"]: float(row["value"]) for row in table} == dict(expected)
        assert {row["area_id"] for row in table} == set(KOMMUNER)

    def test_has_index_values(self, changed: Changed, indicator: str) -> None:
        found = changed.rows(
            "SELECT count(DISTINCT (container_id, unit_level, year)) FROM index_values "
            f"WHERE grouping_id = '{indicator}' AND index_id = 'dissimilarity' "
            "AND value IS NOT NULL"
        )
        (years,) = changed.rows(
            "SELECT count(DISTINCT year) FROM indicator_values "
            f"WHERE indicator_id = '{indicator}' AND level = 'deso' AND value IS NOT NULL"
        )[0]
        n_containers = len(KOMMUNER) + len({code[:2] for code in KOMMUNER}) + 1
        assert years >= 5
        assert found == [(n_containers * 2 * years,)]


def test_a_new_indicator_is_what_it_says(changed: Changed) -> None:
    """The share of those who are not of foreign background; from 2025 SCB adds noise."""
    strange = changed.rows(
        "SELECT count(*), max(abs(n.value + o.value - 100)) FROM indicator_values n "
        "JOIN indicator_values o USING (area_id, year, background) "
        f"WHERE year < {NEXT_YEAR} AND n.indicator_id = 'swedish_background' "
        "AND o.indicator_id = 'foreign_background'"
    )
    assert strange[0][0] >= 300
    assert strange[0][1] < 1e-9


def test_a_new_table_is_made_up_from_its_entry(changed: Changed) -> None:
    """Nobody has declared it: some of everybody have the code, and small areas add up to large."""
    rows = changed.rows(
        "WITH counts AS (SELECT left(area_id, 4) AS kommun, level, sum(numerator) AS some, "
        "sum(denominator) AS everybody FROM indicator_values WHERE background = 'all' "
        "AND indicator_id = 'from_new_table' AND year = 2024 AND level <> 'riket' GROUP BY ALL) "
        "SELECT k.some, k.everybody, d.some, d.everybody FROM counts k JOIN counts d "
        "USING (kommun) WHERE k.level = 'kommun' AND d.level IN ('regso', 'deso')"
    )
    assert len(rows) == 2 * len(KOMMUNER)
    assert all((a, b) == (c, d) and 0 < a < b for a, b, c, d in rows)
    assert len({round(some / everybody, 3) for some, everybody, *_ in rows}) == len(KOMMUNER)


def test_a_new_partition_is_one_entry(changed: Changed) -> None:
    for index in ("information_theory_multi", "dissimilarity_multi"):
        found = changed.rows(
            "SELECT count(*) FROM index_values WHERE grouping_id = 'generations' "
            f"AND index_id = '{index}' AND year = 2024 AND value BETWEEN 0 AND 1"
        )
        assert found[0][0] >= 2 * len(KOMMUNER)
    counted = changed.rows(
        "SELECT list_sum(g.counts), v.value FROM group_counts g JOIN indicator_values v "
        "USING (area_id, year) WHERE g.grouping_id = 'generations' AND g.level = 'kommun' "
        "AND g.year = 2024 AND v.indicator_id = 'population' AND v.background = 'all'"
    )
    assert len(counted) == len(KOMMUNER)
    assert all(parts == whole for parts, whole in counted)


def test_a_new_index_is_one_entry(changed: Changed) -> None:
    assert changed.rows("SELECT kind FROM indices WHERE index_id = 'half_isolation'")
    pairs = changed.rows(
        "SELECT h.value, i.value FROM index_values h JOIN index_values i "
        "USING (grouping_id, container_id, unit_level, year) "
        "WHERE h.index_id = 'half_isolation' AND i.index_id = 'isolation' AND i.value > 0"
    )
    assert len(pairs) > 1000
    assert all(half == whole / 2 for half, whole in pairs)


def test_a_quirk_in_scbs_data_is_one_entry(changed: Changed) -> None:
    found = changed.rows(
        "SELECT year, status FROM indicator_values WHERE indicator_id = 'from_new_table' "
        "AND area_id = '0114' AND year BETWEEN 2020 AND 2022 ORDER BY year"
    )
    assert found == [(2020, None), (2021, "not_published"), (2022, None)]


def test_a_new_year_is_no_change_at_all(changed: Changed) -> None:
    """The country is a year older than the catalogue; open tables follow."""
    tables = changed.catalogue.indicators["population"].source_ids_in(NEXT_YEAR)
    assert max(max(changed.catalogue.sources[table].years) for table in tables) < NEXT_YEAR
    view = changed.client.get(f"/values?indicator=population&level=deso&year={NEXT_YEAR}")
    assert view.get_json()["selection"]["year"] == NEXT_YEAR
    assert view.get_json()["years"][-1] == NEXT_YEAR
    assert view.get_json()["n_missing"] == 0


def test_a_new_page_is_a_module_and_a_line(
    changed: Changed, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Page(
        path="/ny",
        name=Text("Ny sida", "New page"),
        layout=lambda _context, _query: html.P("Här är den nya sidan."),
        register=lambda _app, _context: None,
    )
    assert changed.client.get("/ny").status_code == 404
    everywhere(monkeypatch, "PAGES", (*PAGES, page), instead_of=PAGES)
    app = create_app(changed.settings, Store(changed.settings.published_dir), changed.catalogue)
    client = app.server.test_client()
    assert client.get("/ny").status_code == 200
    shown = str(app_answer(client, path="/ny"))
    assert "Här är den nya sidan." in shown
    assert "Ny sida" in str(app_answer(client, path="/"))


def test_a_new_export_format_is_a_function_and_an_entry(
    changed: Changed, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = Format(
        "count",
        Text("Antal rader", "Number of rows"),
        "txt",
        "text/plain",
        lambda sheet: iter([str(len(sheet.frame)).encode()]),
    )
    everywhere(monkeypatch, "FORMATS", (*FORMATS, count), instead_of=FORMATS)
    query = "?indicator=population&level=kommun&year=2023"
    view = changed.client.get(f"/values{query}").get_json()
    assert {"name": "Antal rader", "href": f"/export/count{view['query']}"} in view["downloads"]
    answer = changed.client.get(f"/export/count{query}")
    assert answer.text == str(len(KOMMUNER))
    assert answer.headers["Content-Disposition"].endswith('.txt"')
    assert changed.client.get("/api/v1/areas.count?level=kommun").status_code == 200
