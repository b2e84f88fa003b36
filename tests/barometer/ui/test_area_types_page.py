"""The area-type page: what each section says, and that its files say the same."""

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from dash import html
from flask.testing import FlaskClient

from barometer.catalogue import load_catalogue
from barometer.classes import area_type_palette
from barometer.ui.context import Context
from barometer.ui.factory import ASSETS
from barometer.ui.pages.area_types import (
    figures,
    ids,
    rows,
)
from barometer.ui.pages.area_types import page as omradestyper
from barometer.ui.pages.area_types.sections import BY_TYPE, SHARES
from barometer.ui.pages.area_types.state import indicator_frame, resolve, shares_frame
from tests.barometer.ui.callbacks import answer_of, every_id, said
from tests.typed_snapshot import publish_typed

NB = "\u00a0"
BOXES = {box.component: box for box in omradestyper.PAGE.boxes}
FRAMES = omradestyper.PAGE.frames
RIKET = "?year=2023&since=2022"


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("typed")
    publish_typed(folder / "published")
    return folder


def shown(context: Context, section: str, query: str) -> str:
    with context.store.reader() as reader:
        return said(BOXES[section].fill(resolve(context, reader, query)))


def test_types_are_told_to_be_relative_cut_anew_and_no_measure_of_segregation(
    context: Context,
) -> None:
    words = said(omradestyper.PAGE.content(context, ""))
    assert "Typerna är relativa" in words
    assert "Gränserna mellan typerna räknas om varje år." in words
    assert "De mäter inte segregation." in words
    english = said(omradestyper.PAGE.content(context, "?lang=en"))
    assert "They do not measure segregation." in english


def test_shares_are_told_for_both_years_with_the_change_of_borders(context: Context) -> None:
    words = shown(context, ids.OVERVIEW, RIKET)
    assert (
        f"År 2023 bodde 54,2{NB}% av invånarna i riket i områden av typ 1 eller 2, det vill säga"
        f" med socioekonomiska utmaningar. Det var 4 av 7 RegSO. År 2022 var andelen 62,5{NB}%."
        in words
    )
    assert (
        "* Tidsseriebrott 2024: Siffrorna från 2024 följer nya gränser för RegSO och DeSO" in words
    )
    assert "2024*" in words
    assert "För DeSO finns ingen officiell typ" in words
    english = shown(context, ids.OVERVIEW, RIKET + "&area=0114&lang=en")
    assert (
        "In 2023, 50.0% of the residents of Upplands Väsby municipality lived in areas of type 1 or"
        " 2" in english
    )


def test_moves_are_a_matrix_with_its_sentence(context: Context) -> None:
    words = shown(context, ids.MOVES, RIKET)
    assert (
        "4 av 7 RegSO har samma typ 2022 och 2023. 3 har bytt till en högre typ (mindre utmaningar"
        " jämfört med andra) och 0 till en lägre." in words
    )
    assert "2 RegSO 600 invånare" in words.replace(NB, " ")
    empty = shown(context, ids.MOVES, "?year=2022")
    assert "Välj ett tidigare år" in empty


def test_moves_across_the_divisions_are_explained(context: Context) -> None:
    words = shown(context, ids.MOVES, "?year=2024&since=2022")
    assert "1 av 6 RegSO med oförändrade gränser har samma typ 2022 och 2024." in words
    assert "Mellan 2022 och 2024 byttes områdesindelningen." in words


def test_changed_areas_stand_beside_our_own_count(context: Context) -> None:
    words = shown(context, ids.CHANGES, RIKET)
    assert "3 RegSO i riket har en annan typ 2023 än 2022." in words
    assert re.search(rf"ger samma typ för \d+,\d{NB}% av rikets 7 RegSO 2023", words)
    none = shown(context, ids.CHANGES, RIKET + "&area=0180")
    assert "Inget RegSO i Stockholms kommun har bytt typ mellan 2022 och 2023." in none


def test_the_list_has_rows_that_open_the_place(context: Context) -> None:
    with context.store.reader() as reader:
        state = resolve(context, reader, RIKET + "&sort=-residents")
        told = rows.specification(state)
        first = rows.some(state, {"from": "0", "n": "1"})
    assert (told["count"], told["sort"]) == (3, "-residents")
    assert [column["heading"] for column in told["columns"]] == [
        *("Område", "Kommun", "Typ 2022", "Typ 2023", "Vår omräkning 2023", "Invånare"),
        "Märkning",
    ]
    link = "/plats?area=0380R002_SYN&year=2023"
    assert first[0][0] == {"text": "Flogsta-Ekeby (Uppsala)", "href": link}
    assert first[0][1:4] == ["Uppsala", "1", "2"]
    assert first[0][5] == "400"


def test_rows_are_answered_a_page_at_a_time(client: FlaskClient) -> None:
    every = client.get(f"/omradestyper/rows{RIKET}").get_json()["rows"]
    assert len(every) == 3
    part = client.get(f"/omradestyper/rows{RIKET}&from=1&n=1").get_json()["rows"]
    assert part == every[1:2]


def test_an_indicator_is_told_by_type(context: Context) -> None:
    words = shown(context, ids.INDICATORS, RIKET)
    assert (
        f"Låg ekonomisk standard, barn 0–19 år 2023: 42,9{NB}% i områden av typ 1, 6,0{NB}% i"
        f" områden av typ 4 och 24,6{NB}% i alla områden i riket." in words
    )
    assert "täljare och nämnare är summerade" in words
    medians = shown(context, ids.INDICATORS, RIKET + "&indicator=median_standard")
    assert "Ett medelvärde av medianer är ingen median." in medians
    gaps = shown(context, ids.INDICATORS, "?year=2024")
    assert "2 värden saknas och är inte med." in gaps


@pytest.mark.parametrize("section", [ids.OVERVIEW, ids.INDICATORS])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_figure_has_words_and_a_table(context: Context, section: str, language: str) -> None:
    with context.store.reader() as reader:
        made = BOXES[section].fill(resolve(context, reader, f"{RIKET}&lang={language}"))
    parts = [part for whole in (made) for part in whole._traverse()]
    kinds = [type(part).__name__ for part in parts]
    assert "Graph" in kinds
    assert "Table" in kinds
    images = [part for part in parts if getattr(part, "role", "") == "img"]
    assert all(image.to_plotly_json()["props"]["aria-label"] for image in images)
    graphs = [part for part in parts if type(part).__name__ == "Graph"]
    assert all(graph.config["showSendToCloud"] is False for graph in graphs)


def test_bars_stand_apart_where_the_division_changes_and_make_a_hundred(context: Context) -> None:
    with context.store.reader() as reader:
        shares = FRAMES["shares"](resolve(context, reader, RIKET))
    figure = figures.shares_figure(shares, column="area_share", language="sv")
    bars = [trace for trace in figure.data if trace.name in "12345"]
    assert [trace.name for trace in bars] == ["1", "2", "3", "4", "5"]
    assert list(bars[0].x) == [2022, 2023, 2024 + figures.GAP]
    assert sum(trace.y[-1] for trace in bars) == pytest.approx(100)
    assert len(figure.layout.shapes) == 1


def test_no_line_crosses_the_change_of_division(context: Context) -> None:
    with context.store.reader() as reader:
        state = resolve(context, reader, RIKET)
        table = FRAMES["indicator"](state)
        figure = figures.indicator_figure(
            table, indicator=state.indicator, breaks=state.breaks(state.indicator), language="sv"
        )
    line = figure.data[1]
    assert dict(zip(line.x, line.y, strict=True))[2023.5] is None
    assert line.connectgaps is False
    assert 2023.5 in [shape.x0 for shape in figure.layout.shapes]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_style_sheet_has_the_maps_colours(theme: str) -> None:
    text = (ASSETS / "10-tokens.css").read_text(encoding="utf-8")
    pairs = re.findall(r"--type-\d: light-dark\((#\w+), (#\w+)\)", text)
    own = tuple(light if theme == "light" else dark for light, dark in pairs)
    assert own == area_type_palette(theme=theme)


def test_one_year_is_bars_with_their_values_and_no_axis_of_years() -> None:
    table = pd.DataFrame({"year": 2022, "type": [0, 1, 2, 3, 4], "value": [9.0, 25.5, 20, 15, 10]})
    indicator = load_catalogue().indicators["foreign_background"]
    figure = figures.one_year_figure(table, indicator=indicator, language="sv")
    bars = [(bar.y[0], bar.x[0], bar.text[0]) for bar in figure.data]
    assert bars[0] == ("1 Stora utmaningar", 25.5, f"25,5{NB}%")
    assert bars[4][1] is None  # type 5 is missing, and keeps its place and colour
    assert bars[5][:2] == ("Alla områden", 9.0)
    colours = [bar.marker.color for bar in figure.data[:5]]
    assert tuple(colours) == area_type_palette(theme="light")
    assert figure.layout.margin.r >= 8 * len(f"25,5{NB}%")  # the longest bar's value has room


def test_a_line_is_told_of_only_where_there_is_one(context: Context) -> None:
    with context.store.reader() as reader:
        state = resolve(context, reader, RIKET)
        table = indicator_frame(state)
        notes = BY_TYPE.notes(state, table)
        alone = BY_TYPE.notes(state, table[table["year"] == table["year"].max()])
    assert any("linjen följer typen" in note for note in notes)
    assert not any("linjen" in note for note in alone)
    assert any("stapel" in note for note in alone)


def test_the_bars_of_one_year_give_their_unit_once(context: Context) -> None:
    with context.store.reader() as reader:
        state = resolve(context, reader, RIKET)
        shares = shares_frame(state)
        last = shares[shares["year"] == shares["year"].max()]
        bars = SHARES.drawing(state, last, "")
    first = next(part for part in bars._traverse() if getattr(part, "role", "") == "img")
    assert not any("%" in str(part.children) for part in first.children)
    assert "Andel av invånarna, %" in said(bars)


@pytest.mark.parametrize("part", FRAMES)
def test_files_have_the_frame_and_its_company(client: FlaskClient, part: str) -> None:
    answer = client.get(f"/export/omradestyper/{part}/csv{RIKET}")
    assert answer.status_code == 200
    found = list(csv.DictReader(io.StringIO(answer.text)))
    assert found
    for row in found:
        assert "TAB6586" in row["source"]
        assert row["origin"] == "synthetic"
        assert row["snapshot"]
    excel = client.get(f"/export/omradestyper/{part}/excel-csv{RIKET}&lang=en")
    assert excel.text.startswith("\ufeff")
    described = client.get(f"/export/omradestyper/{part}/json{RIKET}").get_json()
    assert described["title"].startswith("Områdestyper i riket, 2023 (RegSO 2020)")
    assert len(described["rows"]) == len(found)


def test_a_file_has_the_number_of_the_page(client: FlaskClient) -> None:
    answer = client.get(f"/export/omradestyper/indicator/csv{RIKET}")
    rows_ = list(csv.DictReader(io.StringIO(answer.text)))
    own = next(r for r in rows_ if (r["year"], r["type"]) == ("2023", "1"))
    assert float(own["value"]) == pytest.approx(100 * 300 / 700)
    assert own["indicator"] == "low_standard_children"
    name = answer.headers["Content-Disposition"]
    assert re.search(
        r'"area_types_indicator_low_standard_children_00_2023_\w{6}_synthetic.csv"$', name
    )


def test_there_is_no_other_table_or_format(client: FlaskClient) -> None:
    assert client.get("/export/omradestyper/shares/gpkg").status_code == 404
    assert client.get("/export/omradestyper/other/csv").status_code == 404


def test_the_address_sets_the_controls_and_explains_what_it_changed(client: FlaskClient) -> None:
    answer = answer_of(client, omradestyper.URL_SYNC, "?area=upsala&year=2035")
    assert answer[ids.PLACE]["value"] == "0380"
    assert answer[ids.YEAR]["value"] == "2024"
    notice = json.dumps(answer[ids.NOTICE], ensure_ascii=False)
    assert "Plats: ”upsala” finns inte här; visar Uppsala kommun." in notice
    assert "År: ”2035” finns inte här; visar 2024." in notice
    title = answer[ids.TITLE]["children"]
    assert title == "Områdestyper i Uppsala kommun, 2024 (RegSO 2025)"


def test_a_control_changes_the_address_without_remarks(client: FlaskClient) -> None:
    answer = answer_of(
        client,
        omradestyper.URL_SYNC,
        RIKET,
        changed="indicator",
        indicator="employed",
        background="sex:men",
    )
    search = answer[ids.URL]["search"]
    assert "indicator=employed" in search
    assert "background" not in search
    assert answer[ids.NOTICE]["children"] == []


def test_without_types_the_page_says_what_to_do(context: Context, monkeypatch) -> None:
    empty = context.offer
    with context.store.reader() as reader:
        offer = empty(reader)
    bare = type(offer)({}, offer.backgrounds, offer.areas, offer.names)
    monkeypatch.setattr(type(context), "offer", lambda _self, _reader: bare)
    assert "Här finns inga områdestyper" in said(omradestyper.PAGE.content(context, ""))


def test_with_one_year_there_is_no_year_to_compare_with(context: Context, monkeypatch) -> None:
    with context.store.reader() as reader:
        offer = context.offer(reader)
    one = replace(offer, years={**offer.years, ("area_type", "regso"): (2023,)})
    for given, hidden in ((offer, False), (one, True)):
        monkeypatch.setattr(type(context), "offer", lambda _self, _reader, given=given: given)
        page = omradestyper.PAGE.content(context, "?year=2023")
        boxes = [part for part in page._traverse() if getattr(part, "hidden", False)]
        assert (ids.SINCE in every_id(boxes)) is hidden
    assert "för ett enda år" in shown(context, ids.MOVES, "?year=2023")


def test_no_two_parts_of_the_page_have_the_same_id(context: Context) -> None:
    with context.store.reader() as reader:
        state = resolve(context, reader, RIKET)
        made = [part for box in BOXES.values() for part in box.fill(state)]
    found = every_id([omradestyper.PAGE.content(context, RIKET), html.Div(made)])
    assert len(found) == len(set(found))


def test_marked_areas_can_be_left_out_and_the_place_says_so(context: Context) -> None:
    with context.store.reader() as reader:
        state = resolve(context, reader, RIKET + "&marked=out")
        assert state.where.endswith(" utan märkta områden")
        assert "&marked=out" in state.query
        assert "unmarked" in state.stem("shares")
        plain = resolve(context, reader, RIKET)
    assert not plain.where.endswith(" utan märkta områden")
    assert "marked" not in plain.query
