"""The segregation page: what each section says, and that its files say the same."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from dash import html
from flask.testing import FlaskClient

from barometer import queries, wording
from barometer.selection import Measurement
from barometer.store import Store
from barometer.ui.context import Context
from barometer.ui.pages.segregation import ids
from barometer.ui.pages.segregation import page as segregation
from barometer.ui.pages.segregation.ranking import rows_to_show
from barometer.ui.pages.segregation.state import resolve
from tests.barometer.ui.callbacks import answer_of, every_id, filled, said
from tests.pipeline import National

UPPSALA = "?area=0380&year=2023&units=regso"
FRAMES = segregation.PAGE.frames
BOXES = {
    "overview": ids.OVERVIEW,
    "town": ids.TOWN,
    "behind": ids.BEHIND,
    "over_time": ids.OVER_TIME,
    "measures": ids.fold("measures"),
    "units": ids.fold("units"),
    "ranking": ids.fold("ranks"),
    "chance": ids.fold("luck"),
    "change": ids.fold("why"),
    "near": ids.fold("near"),
    "areas": ids.fold("all-areas"),
    "groups": ids.fold("groups"),
    "method": ids.fold("method"),
}


def content(section: str, state: Any) -> list[Any]:
    return filled(segregation.PAGE, BOXES[section], state)


def shown(context: Context, section: str, query: str) -> str:
    with context.store.reader() as reader:
        return said(content(section, resolve(context, reader, query)))


def test_the_document_has_the_verdict_before_any_script(client: FlaskClient) -> None:
    answer = client.get(f"/segregation{UPPSALA}").text
    assert "<h1>I Uppsala bor grupperna mer åtskilt än slumpen ger</h1>" in answer
    assert "i Uppsala skulle behöva flytta till ett annat område" in answer
    assert "22 av 100" in answer
    english = client.get(f"/segregation{UPPSALA}&lang=en").text
    assert "<h1>In Uppsala the groups live further apart than chance would give</h1>" in english


def test_places_stand_beside_each_other_in_one_address(context: Context) -> None:
    query = "?area=0380,0180,0114&year=2023"
    with context.store.reader() as reader:
        state = resolve(context, reader, query)
        assert state.measurement.places == ("0380", "0180", "0114")
        assert "area=0380,0180,0114" in state.query
        assert "går det inte att säga var grupperna bor mest åtskilt" in state.headline
        series = FRAMES["series"](state)
        assert series["container_id"].unique().tolist() == ["0380", "0180", "0114"]
        scale = said(content("overview", state))
        places = [f"place--{n}" for n in (1, 2, 3)]
        for section in ("overview", "town"):
            classes = [
                getattr(part, "className", None) or ""
                for whole in content(section, state)
                for part in whole._traverse()
            ]
            assert all(any(place in name for name in classes) for place in places)
    assert "Inom osäkerheten, så att skillnaden inte säger något: Uppsala och Stockholm" in scale


def test_the_country_stands_beside_no_kommun(context: Context) -> None:
    with context.store.reader() as reader:
        state = resolve(context, reader, "?area=00,0380,03&year=2023")
        assert state.measurement.places == ("0380",)
        assert [about.reason for about in state.corrections] == ["not_together"]
        riket = resolve(context, reader, "?year=2023")
        drawn = said(content("overview", riket))
        value = FRAMES["scale"](riket)["value"].iloc[0]
    assert value == pytest.approx(0.42)
    assert "Rikets eget värde" in drawn
    # The table has it; the scale does not.
    assert "42,0" not in drawn.split("Rikets eget värde")[0]


def test_more_than_four_places_are_the_first_four(context: Context) -> None:
    with context.store.reader() as reader:
        names = tuple(resolve(context, reader, "").offer.names)
        kommuner = [code for code in names if len(code) == 4]
        state = resolve(context, reader, f"?area={','.join(kommuner * 2)}&year=2023")
    assert state.measurement.places == tuple(kommuner[:4])


def test_a_map_is_drawn_of_a_chosen_place_only(client: FlaskClient) -> None:
    assert client.get(f"/segregation/karta/0180.svg{UPPSALA}").status_code == 404
    answer = client.get(f"/segregation/karta/0380.svg{UPPSALA}")
    assert answer.status_code == 200
    assert answer.mimetype == "image/svg+xml"
    assert b"<svg" in answer.data


def test_the_series_draws_estimates_with_their_intervals_and_names_at_the_ends(
    context: Context,
) -> None:
    with context.store.reader() as reader:
        state = resolve(context, reader, UPPSALA)
        series = FRAMES["series"](state)
        (figure,) = [
            part.figure
            for whole in content("over_time", state)
            for part in whole._traverse()
            if type(part).__name__ == "Graph"
        ]
    lines = [trace for trace in figure["data"] if trace["mode"] == "lines+markers"]
    drawn = [value for line in lines for value in line["y"]]
    assert drawn == pytest.approx((100 * series["estimate"]).tolist(), nan_ok=True)
    texts = [note["text"] for note in figure["layout"]["annotations"]]
    assert any(text.startswith("Uppsala <b>") for text in texts)
    assert any("2024: serien bryts" in text for text in texts)


def test_another_year_asks_nothing_twice(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counted(module: Any, name: str) -> Callable[..., Any]:
        answer = getattr(module, name)

        def count(*args: Any, **kwargs: Any) -> Any:
            asked.append(name)
            return answer(*args, **kwargs)

        return count

    of_all_years = ("measure_series", "kommun_medians")
    of_one = ("measure_table", "ranking", "drivers", "by_level", "spread_of")
    for name in (*of_all_years, *of_one):
        module = wording if name == "spread_of" else queries
        monkeypatch.setattr(module, name, counted(module, name))
    parts = ("overview", "town", "behind", "units", "over_time")
    store = Store(context.settings.published_dir)  # in which nothing has been asked
    for year, new in ((2023, (*of_all_years, *of_one)), (2022, of_one)):
        asked.clear()
        for part in parts:
            with store.reader() as reader:  # each part is a request by itself
                state = resolve(context, reader, f"?area=0380&year={year}")
                assert state.lead
                content(part, state)
        assert sorted(asked) == sorted(new)


def test_a_single_year_has_a_sentence_and_no_axis(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = queries.measure_series
    monkeypatch.setattr(queries, "measure_series", lambda *asked: stored(*asked).head(1))
    with Store(context.settings.published_dir).reader() as reader:
        state = resolve(context, reader, UPPSALA)
        (section,) = content("over_time", state)
    assert "Det finns bara ett år, 2023" in said(section)
    assert "Graph" not in [type(part).__name__ for part in section._traverse()]


def test_the_ranking_comes_with_its_caution(context: Context) -> None:
    words = shown(context, "ranking", UPPSALA)
    assert (
        "Uppsala kommun har plats 1 (1–3) av 3 när platserna ordnas från det högsta värdet."
        in words
    )
    assert "Jämför helst en plats med sig själv över tid" in words
    assert words.count("få områden") == 3
    assert "med sitt osäkerhetsintervall (modell). Ring: tolka med försiktighet." in words


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
    words = shown(context, "change", UPPSALA)
    assert "Från 2022 till 2023" in words
    words = shown(context, "areas", UPPSALA)
    assert "1 av 3 RegSO står för minst hälften av värdet." in words
    county = shown(context, "near", "?area=03&year=2023")
    assert (
        "Den största delen av segregationen, 100\xa0%, finns mellan RegSO inom kommunerna."
        in county
    )
    later = shown(context, "change", "?area=0380&year=2024")
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
        parts = content("change", resolve(context, reader, "?area=0380&year=2024&index=isolation"))
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
        assert "Från 2022 till 2023" in said(content("change", resolve(context, reader, query)))


def test_an_interval_that_the_snapshot_lacks_is_drawn(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = queries.measure_table

    def lacking(*args: object, **kwargs: object) -> pd.DataFrame:
        return stored(*args, **kwargs).assign(low=float("nan"), high=float("nan"))

    monkeypatch.setattr(queries, "measure_table", lacking)
    with context.store.reader() as reader:
        state = resolve(context, reader, UPPSALA + "&index=isolation")
        drawn = queries.drawn_intervals(
            reader.cursor, state.measurement, years=(2023,), perturbed_from=None
        )
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
        drawn = queries.drawn_intervals(
            reader.cursor, state.measurement, years=(2022, 2023), perturbed_from=None
        )
    own = series[series["year"].isin(drawn["year"])]
    assert drawn["year"].tolist() == [2022, 2023]
    assert own[["low", "high"]].to_numpy().tolist() == drawn[["low", "high"]].to_numpy().tolist()
    assert (own["low"] < own["high"]).all()


def test_a_drawn_interval_is_the_one_that_the_pipeline_stores(
    national_snapshot: National,
) -> None:
    store = Store(national_snapshot.data_dir / "published")
    two = Measurement("low_standard_children", "dissimilarity", "regso", "0380", 2023, 2021)
    several = Measurement("birth_region", "information_theory_multi", "deso", "0380", 2023, 2021)
    for asked in (two, several):
        with store.reader() as reader:
            every = queries.measure_table(reader.cursor, asked, index_ids=(asked.index,))
            table = every[every["unit_level"] == asked.units].reset_index(drop=True)
            drawn = queries.drawn_intervals(
                reader.cursor, asked, years=(2022, asked.year), perturbed_from=None
            )
        stored = table.loc[0, ["low", "high"]].tolist()
        assert drawn.loc[1, ["low", "high"]].tolist() == pytest.approx(stored, abs=1e-12)


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
    name = answer.headers["Content-Disposition"]
    assert "segregation_ranking_low_standard_children_dissimilarity_regso_0380_2023_" in name
    assert name.endswith('_synthetic.csv"')


def test_there_is_no_other_table_or_format(client: FlaskClient) -> None:
    assert client.get("/export/segregation/ranking/pdf").status_code == 404
    assert client.get("/export/segregation/ranking/gpkg").status_code == 404
    assert client.get("/export/segregation/other/csv").status_code == 404


def test_the_address_sets_the_controls_and_explains_what_it_changed(client: FlaskClient) -> None:
    answer = answer_of(client, segregation.URL_SYNC, "?area=0380&year=2035")
    assert answer[ids.YEAR]["value"] == "2024"
    assert answer[ids.PLACE]["value"] == ["0380"]
    assert "Året ”2035” finns inte här; visar 2024." in json.dumps(
        answer[ids.NOTICE], ensure_ascii=False
    )
    assert answer[ids.TITLE]["children"].startswith("I Uppsala bor grupperna")
    assert "i Uppsala skulle behöva flytta" in answer[ids.LEAD]["children"]


def test_a_control_changes_the_address_without_remarks(client: FlaskClient) -> None:
    answer = answer_of(client, segregation.URL_SYNC, UPPSALA, changed="area", area=["0180", "0380"])
    assert "area=0180,0380" in answer[ids.URL]["search"]
    assert "index=dissimilarity" in answer[ids.URL]["search"]
    assert answer[ids.NOTICE]["children"] == []


def test_no_two_parts_of_the_page_have_the_same_id(context: Context) -> None:
    with context.store.reader() as reader:
        state = resolve(context, reader, UPPSALA)
        made = [part for section in BOXES for part in content(section, state)]
    found = every_id([segregation.PAGE.content(context, UPPSALA), html.Div(made)])
    assert len(found) == len(set(found))
