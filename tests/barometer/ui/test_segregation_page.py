"""The segregation page: what each section says, and that its files say the same."""

import csv
import io
import json
from typing import Any

import pandas as pd
import pytest
from dash import html
from flask.testing import FlaskClient

from barometer import queries
from barometer.selection import Measurement
from barometer.store import Store
from barometer.ui.context import Context
from barometer.ui.pages.segregation import ids
from barometer.ui.pages.segregation import page as segregation
from barometer.ui.pages.segregation.ranking import rows_to_show
from barometer.ui.pages.segregation.state import resolve
from tests.barometer.ui.callbacks import answer_of, every_id, filled, said
from tests.pipeline import National

NB = "\u00a0"
UPPSALA = "?area=0380&year=2023&units=regso"
FRAMES = segregation.PAGE.frames
BOXES = {
    "overview": ids.OVERVIEW,
    "over_time": ids.OVER_TIME,
    "ranking": ids.RANKING,
    "depth": ids.DEPTH,
    "profile": ids.NEARNESS,
    "areas": ids.DRIVERS,
}


def content(section: str, state: Any) -> list[Any]:
    return filled(segregation.PAGE, BOXES[section], state)


def shown(context: Context, section: str, query: str) -> str:
    with context.store.reader() as reader:
        return said(content(section, resolve(context, reader, query)))


def test_the_reading_is_plain_and_has_chance_interval_and_scbs_warning(context: Context) -> None:
    words = shown(context, "overview", UPPSALA)
    assert f"22,0{NB}% av gruppen skulle behöva byta område för att fördelas som övriga." in words
    assert f"Om alla bodde slumpmässigt skulle värdet bli 5,0{NB}%." in words
    assert f"osäkerhetsintervall (modell): 22,0{NB}% (21,0–23,0{NB}%)." in words
    assert "Läs med försiktighet: få områden." in words
    assert "Följ en plats över tid hellre än att rangordna platser" in words
    words = shown(context, "over_time", UPPSALA)
    assert "* Tidsseriebrott 2024: RegSO och DeSO har nya gränser" in words
    assert "2024*" in words


def test_the_same_in_english(context: Context) -> None:
    words = shown(context, "overview", UPPSALA + "&lang=en")
    assert "22.0% of the group would have to change area to be spread as the rest." in words
    assert "Riket" not in words


def test_the_ranking_comes_with_its_caution(context: Context) -> None:
    words = shown(context, "ranking", UPPSALA)
    assert "Uppsala kommun har plats 1 (1–3) av 3, räknat från det högsta värdet." in words
    assert "jämför helst en plats med sig själv över tid" in words
    assert words.count("få områden") == 3
    assert "med sitt osäkerhetsintervall (modell). Ring: läs med försiktighet." in words


def test_a_ranking_of_sure_values_names_who_is_left_out(context: Context) -> None:
    words = shown(context, "ranking", UPPSALA + "&caution=hidden")
    assert "3 av 3 platser är utelämnade" in words
    assert "Uppsala kommun är utelämnad (få områden)." in words
    assert "Inget värde kan visas." in words
    assert "Ring:" not in words  # none is drawn
    words = shown(context, "ranking", UPPSALA + "&caution=hidden&lang=en")
    assert "3 of 3 places are left out" in words
    assert "Uppsala municipality is left out (few areas)." in words


def test_a_long_ranking_keeps_both_ends_the_place_and_the_withheld(context: Context) -> None:
    with context.store.reader() as reader:
        table = FRAMES["ranking"](resolve(context, reader, UPPSALA))
    long = table.loc[[0] * 100].reset_index(drop=True)
    long["container_id"] = [f"{n:04}" for n in range(100)]
    long.loc[97:, "value"] = None
    kept = rows_to_show(long, area="0050").index.tolist()
    assert kept == [*range(10), *range(48, 53), *range(92, 100)]


def test_what_the_number_is_made_of_is_told(context: Context) -> None:
    words = shown(context, "depth", UPPSALA)
    assert "Från 2022 till 2023" in words
    words = shown(context, "areas", UPPSALA)
    assert "Hälften av värdet kommer från 1 av 3 RegSO." in words
    county = shown(context, "depth", "?area=03&year=2023")
    assert "Störst del av segregationen, 100\xa0%, ligger mellan RegSO inom kommunerna." in county
    later = shown(context, "depth", "?area=0380&year=2024")
    assert "Det finns inget tidigare år med samma områdesgränser som 2024." in later


def test_an_area_behind_the_number_opens_the_map(context: Context) -> None:
    with context.store.reader() as reader:
        (section,) = content("areas", resolve(context, reader, UPPSALA))
    links = [
        part.href for part in section._traverse() if getattr(part, "href", "").startswith("/karta")
    ]
    assert links[:2] == [
        "/karta?indicator=low_standard_children&layer=dissimilarity_contribution"
        "&grouping=low_standard_children&level=regso&year=2023&within=0380",
        "/karta?indicator=low_standard_children&level=regso&year=2023&area=0380R001_SYN",
    ]


def test_the_last_pair_that_can_be_explained_is_offered(context: Context) -> None:
    with context.store.reader() as reader:
        parts = content("depth", resolve(context, reader, "?area=0380&year=2024&index=isolation"))
        (link,) = [
            part
            for whole in parts
            for part in whole._traverse()
            if "#segregation-change" in getattr(part, "href", "")
        ]
        assert link.children == "Se det senaste paret av år som går att förklara: 2022–2023"
        query = link.href.removeprefix("/segregation").partition("#")[0]
        asked = resolve(context, reader, query).measurement
        assert (asked.since, asked.year, asked.area, asked.index) == (
            2022,
            2023,
            "0380",
            "isolation",
        )
        assert "Från 2022 till 2023" in said(content("depth", resolve(context, reader, query)))


def test_what_the_value_is_made_of_is_said(context: Context) -> None:
    words = shown(context, "overview", UPPSALA)
    assert "Underlag: 3 RegSO med 1\xa0000 personer" in words
    assert "Inget område är utelämnat." in words


def test_an_interval_that_the_snapshot_lacks_is_drawn(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = queries.measure_table

    def lacking(*args: object, **kwargs: object) -> pd.DataFrame:
        return stored(*args, **kwargs).assign(low=float("nan"), high=float("nan"))

    monkeypatch.setattr(queries, "measure_table", lacking)
    with context.store.reader() as reader:
        state = resolve(context, reader, UPPSALA + "&index=isolation")
        drawn = queries.drawn_intervals(reader.cursor, state.measurement, years=(2023,))
        (low,), (high,) = drawn["low"], drawn["high"]
        table = FRAMES["indices"](state).set_index("index_id")
    assert table.loc["isolation", ["low", "high"]].tolist() == [low, high]
    assert pd.isna(table.loc["dissimilarity", "low"])
    assert 0.2 < low < high < 0.5


@pytest.mark.parametrize("area", ["00", "03", "0380"])
def test_every_year_that_lacks_an_interval_is_drawn(
    context: Context, area: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = queries.measure_series

    def lacking(*args: object, **kwargs: object) -> pd.DataFrame:
        return stored(*args, **kwargs).assign(low=float("nan"), high=float("nan"))

    monkeypatch.setattr(queries, "measure_series", lacking)
    with context.store.reader() as reader:
        state = resolve(context, reader, f"?area={area}&year=2023")
        series = FRAMES["series"](state)
        drawn = queries.drawn_intervals(reader.cursor, state.measurement, years=(2022, 2023))
    own = series[(series["role"] == "area") & series["year"].isin(drawn["year"])]
    assert drawn["year"].tolist() == [2022, 2023]
    assert own[["low", "high"]].to_numpy().tolist() == drawn[["low", "high"]].to_numpy().tolist()
    assert (own["low"] < own["high"]).all()
    assert series.loc[series["role"] != "area", "low"].isna().all()


def test_a_drawn_interval_is_the_one_that_the_pipeline_stores(
    national_snapshot: National,
) -> None:
    store = Store(national_snapshot.data_dir / "published")
    two = Measurement("low_standard_children", "dissimilarity", "regso", "0380", 2023, 2018)
    several = Measurement("birth_region", "information_theory_multi", "deso", "0380", 2022, 2018)
    for asked in (two, several):
        with store.reader() as reader:
            table = queries.measure_table(reader.cursor, asked, index_ids=(asked.index,))
            drawn = queries.drawn_intervals(reader.cursor, asked, years=(2020, asked.year))
        stored = table.loc[0, ["low", "high"]].tolist()
        assert drawn.loc[1, ["low", "high"]].tolist() == pytest.approx(stored, abs=1e-12)


def test_an_area_is_marked_by_form_where_its_share_is_above_the_whole(context: Context) -> None:
    with context.store.reader() as reader:
        (figure,) = [
            part.figure
            for part in content("areas", resolve(context, reader, UPPSALA))[0]._traverse()
            if type(part).__name__ == "Graph"
        ]
    outline, above, below = figure.data
    assert outline.mode == "lines"
    assert (above.marker.symbol, below.marker.symbol) == ("circle", "square-open")
    # 26 % of the kommun's children: 130/400 and 90/200 are above, 40/400 is below.
    assert [text.split(" (")[0] for text in below.customdata] == ["Uppsala centrum"]
    assert len(above.customdata) == 2


def test_every_part_waits_as_busy(context: Context) -> None:
    busy = {
        item.id: item.to_plotly_json()["props"]["aria-busy"]
        for item in segregation.PAGE.content(context, UPPSALA)._traverse()
        if "aria-busy" in getattr(item, "to_plotly_json", dict)().get("props", {})
    }
    assert busy == dict.fromkeys(
        (ids.OVERVIEW, ids.OVER_TIME, ids.RANKING, ids.DEPTH, ids.NEARNESS, ids.DRIVERS), "true"
    )


@pytest.mark.parametrize("section", BOXES)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_figure_has_words_and_a_table(context: Context, section: str, language: str) -> None:
    with context.store.reader() as reader:
        made = content(section, resolve(context, reader, f"{UPPSALA}&lang={language}"))
    for whole in made:
        kinds = [type(part).__name__ for part in whole._traverse()]
        if "Graph" in kinds:
            assert "Table" in kinds
            images = [p for p in whole._traverse() if getattr(p, "role", "") == "img"]
            assert all(image.to_plotly_json()["props"]["aria-label"] for image in images)


def test_a_graph_sends_nothing_to_a_cloud(context: Context) -> None:
    with context.store.reader() as reader:
        parts = content("over_time", resolve(context, reader, UPPSALA))
    graphs = [p for whole in parts for p in whole._traverse() if type(p).__name__ == "Graph"]
    assert graphs
    assert all(graph.config["showSendToCloud"] is False for graph in graphs)


@pytest.mark.parametrize("part", FRAMES)
def test_files_have_the_frame_and_its_company(client: FlaskClient, part: str) -> None:
    query = "?area=03&year=2023"
    answer = client.get(f"/export/segregation/{part}/csv{query}")
    assert answer.status_code == 200
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert rows
    for row in rows:
        assert row["grouping"] == "low_standard_children"
        assert row["source"] == "TAB6685"
        assert row["origin"] == "synthetic"
        assert row["snapshot"]
    described = client.get(f"/export/segregation/{part}/json{query}").get_json()
    assert described["title"]
    assert len(described["rows"]) == len(rows)
    excel = client.get(f"/export/segregation/{part}/excel-csv{query}")
    assert excel.text.startswith("\ufeff")
    assert excel.text.splitlines()[0].count(";") == len(rows[0]) - 1


def test_a_ranking_file_has_the_value_of_the_page(client: FlaskClient) -> None:
    answer = client.get(f"/export/segregation/ranking/csv{UPPSALA}")
    rows = {row["container_id"]: row for row in csv.DictReader(io.StringIO(answer.text))}
    assert float(rows["0380"]["value"]) == pytest.approx(0.22)
    assert rows["0380"]["year"] == "2023"
    assert answer.headers["Content-Disposition"].endswith(
        '"segregation_ranking_low_standard_children_0380_2023_synthetic.csv"'
    )


def test_there_is_no_other_table_or_format(client: FlaskClient) -> None:
    assert client.get("/export/segregation/ranking/pdf").status_code == 404
    assert client.get("/export/segregation/ranking/gpkg").status_code == 404
    assert client.get("/export/segregation/other/csv").status_code == 404


def test_the_address_sets_the_controls_and_explains_what_it_changed(client: FlaskClient) -> None:
    answer = answer_of(client, segregation.URL_SYNC, "?area=0380&year=2035")
    assert answer[ids.YEAR]["value"] == "2024"
    assert answer[ids.PLACE]["value"] == "0380"
    assert "Året ”2035” finns inte här; visar 2024." in json.dumps(
        answer[ids.NOTICE], ensure_ascii=False
    )
    assert answer[ids.TITLE]["children"] == (
        "Låg ekonomisk standard, barn 0–19 år: segregationsindex (D) i Uppsala kommun mellan"
        " RegSO 2025, 2024"
    )


def test_a_control_changes_the_address_without_remarks(client: FlaskClient) -> None:
    answer = answer_of(
        client, segregation.URL_SYNC, UPPSALA, changed="area", area="0180", index="gone"
    )
    assert "area=0180" in answer[ids.URL]["search"]
    assert "index=dissimilarity" in answer[ids.URL]["search"]
    assert answer[ids.NOTICE]["children"] == []


def test_peers_are_alike_wherever_they_lie_and_it_is_said_in_what(
    national_snapshot: National, context: Context
) -> None:
    store = Store(national_snapshot.data_dir / "published")
    national = Context(context.settings, store, context.catalogue)
    with store.reader() as reader:
        state = resolve(national, reader, "?area=0380&year=2023")
        peers = state.peers
        series = FRAMES["series"](state)
        words = said(content("over_time", state))
        crossing = resolve(national, reader, "?grouping=employed&area=0380&year=2023&since=2019")
        assert "Tidsseriebrott 2020: Från 2020 är källan BAS." in said(content("depth", crossing))
        assert "från 2020 till 2023" in said(content("over_time", crossing))
    assert len(set(peers)) == 2
    assert "0380" not in peers
    assert set(series.loc[series["role"] == "peer", "container_id"]) == set(peers)
    assert "de två kommuner som liknar platsen mest i folkmängd; barn och unga 0–19 år;" in words


def test_no_two_parts_of_the_page_have_the_same_id(context: Context) -> None:
    with context.store.reader() as reader:
        state = resolve(context, reader, UPPSALA)
        made = [part for section in BOXES for part in content(section, state)]
    found = every_id([segregation.PAGE.content(context, UPPSALA), html.Div(made)])
    assert len(found) == len(set(found))
