"""SCB's published numbers, and what follows from them by definition, on pages, in API and files."""

import csv
import io
import json
import re

import duckdb
import numpy as np
import pandas as pd
import pytest
from flask.testing import FlaskClient

from barometer import queries
from barometer.catalogue import load_catalogue
from barometer.selection import Measurement
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui.context import Context
from barometer.ui.pages.map.panel import panel as map_panel
from barometer.ui.pages.map.state import read_state
from barometer.ui.pages.segregation import page as segregation
from barometer.ui.pages.segregation.reach import FINER
from tests.pipeline import ROOT

# Foreign background 2022: index of dissimilarity in per cent, between RegSO and between DeSO.
DISSIMILARITY = {
    "1480": (42.3, 42.8),
    "0180": (35.3, 37.4),
    "1280": (35.2, 36.8),
    "00": (37.4, 38.4),
}


def rows(site: FlaskClient, table: str, **asked: object) -> list[dict[str, str]]:
    query = "&".join(f"{key}={value}" for key, value in asked.items())
    answer = site.get(f"/api/v1/{table}?{query}")
    assert answer.status_code == 200, answer.text
    return answer.get_json()["rows"]


def by_hand(real_dir, container: str, *, level: str) -> float:
    """D from the raw table: half the summed difference of the groups' shares of each area."""
    table = pd.read_parquet(real_dir / "tables" / "TAB6571.parquet")
    wide = table.pivot_table(index="Region", columns="UtlBakgrund", values="value")
    pattern = r"^\d{4}R\d{3}$" if level == "regso" else r"^\d{4}[ABC]\d{4}$"
    areas = wide[wide.index.str.match(pattern)]
    areas = areas[areas.index.str.startswith("" if container == "00" else container)]
    group, rest = areas["1"], areas["SA"] - areas["1"]
    return float((group / group.sum() - rest / rest.sum()).abs().sum() / 2)


@pytest.mark.parametrize("container", DISSIMILARITY)
@pytest.mark.parametrize("level", ["regso", "deso"])
def test_dissimilarity_is_that_of_the_raw_table(
    site: FlaskClient, real_dir, container: str, level: str
) -> None:
    expected = by_hand(real_dir, container, level=level)
    stated = DISSIMILARITY[container][level == "deso"]
    assert 100 * expected == pytest.approx(stated, abs=0.05)
    (row,) = rows(
        site,
        "indices",
        grouping="foreign_background",
        index="dissimilarity",
        units=level,
        year=2022,
        area=container,
    )
    assert row["value"] == pytest.approx(expected, abs=1e-12)


def test_most_of_the_country_s_segregation_lies_between_regso(real_data) -> None:
    settings = Settings.from_env({"DATA_DIR": str(real_data)})
    with Store(settings.published_dir).reader() as reader:
        measurement = measured(reader)
        split = queries.by_level(reader.cursor, measurement, finest="deso").set_index("level")
    shares = 100 * split["mutual_information"] / split.loc["total", "mutual_information"]
    assert shares["regso"] == pytest.approx(61.4, abs=0.05)
    assert shares["deso"] == pytest.approx(4.5, abs=0.05)


def measured(reader) -> Measurement:
    offer = reader.once(queries.measure_offer)
    query = "?grouping=foreign_background&area=00&units=deso&year=2022"
    return Measurement.from_query(query, offer=offer).view


@pytest.mark.parametrize(
    ("question", "computed", "summed"),
    [
        ("indicator=low_standard&level=deso&year=2022", False, []),
        ("indicator=low_standard&level=deso", False, []),
        ("indicator=area_type", False, []),
        ("indicator=population&level=riket&year=2022", True, ["deso"]),  # by the extract
        ("indicator=employed_16_64&level=kommun&year=2022", True, ["deso"]),
        ("indicator=foreign_background&level=deso&year=2022", True, []),
    ],
)
def test_an_answer_says_who_has_made_its_figures(
    site: FlaskClient, question: str, computed: bool, summed: list[str]
) -> None:
    answer = site.get(f"/api/v1/values?{question}&limit=1").get_json()
    assert (answer["computed"], answer["summed_from"]) == (computed, summed)


def test_an_answer_lacks_what_its_own_tables_lack(site: FlaskClient) -> None:
    own = site.get("/api/v1/values?indicator=low_standard&level=deso&limit=1").get_json()
    assert own["lacking"] == ["Dataversionen har inte alla koder, nivåer eller år av TAB6685."]
    assert site.get("/api/v1/measures").get_json()["lacking"] == []


def test_the_population_is_the_same_on_page_api_and_file(site: FlaskClient) -> None:
    view = site.get("/values?indicator=population&level=riket&year=2022").get_json()
    assert view["values"] == [10_521_556]
    (row,) = rows(site, "values", indicator="population", level="riket", year=2022)
    assert row["value"] == 10_521_556
    text = site.get("/export/csv?indicator=population&level=riket&year=2022").text
    (line,) = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    assert float(line["value"]) == 10_521_556


def test_sums_are_told_from_what_scb_published(
    site: FlaskClient, snapshot: duckdb.DuckDBPyConnection
) -> None:
    ours = site.get("/values?indicator=foreign_background&level=kommun&year=2022").get_json()
    own = site.get("/values?indicator=foreign_background&level=deso&year=2022").get_json()
    words, own_words = (json.dumps(view, ensure_ascii=False) for view in (ours, own))
    assert "Summerat" in words or "summe" in words.lower()
    assert "Källa: SCB" in own_words or "Beräknat" in own_words
    marks = snapshot.execute(
        "SELECT a.level::VARCHAR, o.year, o.summed_by::VARCHAR, count(*) FROM observations o "
        "JOIN areas a USING (area_id) WHERE source_id = 'TAB6572' AND variable_id LIKE '%|tot|%' "
        "AND value IS NOT NULL GROUP BY ALL"
    ).fetchall()
    found = {(level, year): (mark, n) for level, year, mark, n in marks}
    assert found["deso", 2022] == (None, 5984)
    assert found["regso", 2021] == (None, 3363)
    assert found["kommun", 2022] == ("deso", 290)
    assert found["kommun", 2021] == ("regso", 290)


def test_every_deso_has_its_regso_and_its_name(snapshot: duckdb.DuckDBPyConnection) -> None:
    (counts,) = snapshot.execute(
        "SELECT count(*), count(*) FILTER (p.level = 'regso'), "
        "count(*) FILTER (starts_with(a.name, p.name || ', ')) "
        "FROM areas a JOIN areas p ON p.area_id = a.parent_id WHERE a.level = 'deso'"
    ).fetchall()
    assert counts == (5984, 5984, 5984)


def test_amounts_say_in_which_year_s_prices_they_stand(
    snapshot: duckdb.DuckDBPyConnection,
) -> None:
    found = snapshot.execute("SELECT DISTINCT source_id, price_year FROM price_years").fetchall()
    assert {("TAB6679", 2022), ("TAB6684", 2020)} <= set(found)


def test_places_lie_where_they_are(snapshot: duckdb.DuckDBPyConnection) -> None:
    found = dict(
        snapshot.execute("SELECT name, kommun_id FROM places ORDER BY rank DESC").fetchall()
    )
    assert (found["Malmö"], found["Borlänge"], found["Kiruna"]) == ("1280", "2081", "2584")
    ranks = [rank for (rank,) in snapshot.execute("SELECT rank FROM places").fetchall()]
    assert np.array_equal(np.sort(ranks), np.arange(1, 1324))


def test_outlines_of_kommuner_cover_all_of_them(snapshot: duckdb.DuckDBPyConnection) -> None:
    rows_ = snapshot.execute(
        "SELECT detail, sum(len(area_ids)), max(octet_length(brotli)) FROM map_layers "
        "WHERE level IN ('kommun', 'regso') AND division <> '2025' GROUP BY ALL"
    ).fetchall()
    sent = {detail: (areas, largest) for detail, areas, largest in rows_}
    assert sent["country"][0] == sent["full"][0] >= 290 + 3139
    assert max(largest for _, largest in sent.values()) <= 350_000


def test_every_documented_example_answers_with_figures(site: FlaskClient) -> None:
    """What README and the API's page tell a newcomer to type, on what `make run` serves."""
    texts = (ROOT / "README.md", *(ROOT / "barometer" / "ui" / "content").glob("*/api.md"))
    found = [text.read_text(encoding="utf-8") for text in texts]
    asked = {
        example
        for text in found
        for example in re.findall(r"(?:\{site\}|127\.0\.0\.1:8050)(/api/v1/[^\"'\s]+)", text)
    }
    assert any("own:" in example for example in asked)
    for example in asked:
        answer = site.get(example)
        assert answer.status_code == 200, example
        if "/values" in example:
            dialect = {"delimiter": ";"} if "excel-csv" in example else {}
            rows_ = list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff")), **dialect))
            column = next(name for name in rows_[0] if name.lower() in ("value", "värde"))
            assert any(row[column] for row in rows_), example


@pytest.mark.parametrize(("year", "there"), [(2022, True), (2023, False)])
def test_scale_is_compared_in_years_with_both_levels_only(
    real_data, year: int, there: bool
) -> None:
    """Tenure is published by DeSO for 2022, by RegSO for 2023 too."""
    settings = Settings.from_env({"DATA_DIR": str(real_data)})
    context = Context(settings, Store(settings.published_dir), load_catalogue())
    with context.store.reader() as reader:
        query = f"?area=0180&grouping=rented_dwellings&year={year}"
        state = segregation.PAGE.resolve(context, reader, query)
        assert state.measurement.year == year
        assert (FINER.render(state) is not None) is there


def test_an_area_with_one_year_gets_its_strip_and_a_sentence_on_the_map(real_data) -> None:
    settings = Settings.from_env({"DATA_DIR": str(real_data)})
    context = Context(settings, Store(settings.published_dir), load_catalogue())
    query = "?indicator=rented_dwellings&level=deso&area=1280C1010"
    with context.store.reader() as reader:
        drawer = str(map_panel(read_state(context, reader, query)))
    assert "Högre än i 36 av 192 områden i Malmö." in drawer
    assert "Det finns uppgift för ett enda år, 2022, i DeSO 2018" in drawer
    assert "Graph(" not in drawer
