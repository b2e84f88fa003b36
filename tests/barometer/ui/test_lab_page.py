"""The statistics lab: what table and charts say, and that files and rows say the same."""

import csv
import io
import json
import re
from dataclasses import replace

import pandas as pd
import pytest
from flask.testing import FlaskClient

from barometer.ui.context import Context
from barometer.ui.pages.lab import (
    charts,
    ids,
    table,
)
from barometer.ui.pages.lab import page as labb
from barometer.ui.pages.lab import (
    state as view,
)
from barometer.ui.pages.lab.controls import presets
from barometer.ui.parts import asked_rows
from tests.barometer.ui.callbacks import answer_of, every_id, said

NB = "\u00a0"
KOMMUNER = "?indicators=low_standard_children&areas=kommun"
SMALL = "?indicators=low_standard_children&areas=regso@0114"
TWO = "?indicators=low_standard_children,foreign_background&areas=kommun"


def drawn(context: Context, query: str) -> str:
    with context.store.reader() as reader:
        return said(labb.figure_part(view.resolve(context, reader, query)))


def tabled(context: Context, query: str) -> str:
    with context.store.reader() as reader:
        return said(labb.table_part(view.resolve(context, reader, query))[2])


def rows_of(client: FlaskClient, query: str, more: str = "") -> list[list[object]]:
    return client.get(f"/labb/rows{query}{more}").get_json()["rows"]


def test_an_empty_lab_teaches_and_has_examples(context: Context) -> None:
    words = drawn(context, "")
    assert "Välj en eller flera indikatorer i första fältet." in words
    assert "Hur har barns ekonomiska standard ändrats i länen?" in words
    assert "Nu återstår att välja områden." in drawn(context, "?indicators=employed")
    assert "Nu återstår att välja indikatorer." in drawn(context, "?areas=lan")
    assert "What remains is to choose areas." in drawn(context, "?indicators=employed&lang=en")


@pytest.mark.parametrize(
    ("more", "opened"), [("", False), ("&years=2024", True), ("&backgrounds=women", True)]
)
def test_years_and_groups_are_folded_until_one_is_chosen(
    context: Context, more: str, opened: bool
) -> None:
    page = labb.PAGE.content(context, KOMMUNER + more)
    (fold,) = [p for p in page._traverse() if getattr(p, "className", "") == "lab__more"]
    assert "Fler val: år och grupper" in said(fold)
    assert fold.open is opened
    assert {ids.YEARS, ids.BACKGROUNDS} <= set(every_id([fold]))
    assert ids.INDICATORS not in every_id([fold])


def test_every_example_shows_something(context: Context) -> None:
    with context.store.reader() as reader:
        offered = list(presets(context.offer(reader), language="sv"))
        assert offered
        for preset, address in offered:
            state = view.resolve(context, reader, address.partition("?")[2])
            assert state.lab == preset.lab
            assert state.corrections == ()


def test_the_table_says_how_much_it_holds(context: Context) -> None:
    words = tabled(context, KOMMUNER)
    assert "Tabellen har 9 värden på 9 rader: 1 indikator för 3 områden." in words
    words = tabled(context, SMALL + "&lang=en")
    assert (
        "The table has 6 values in 6 rows: 1 indicator for 4 areas, counted in both area versions"
        " (to"
        " 2023 and from 2024)." in words
    )


def test_a_row_has_the_company_of_its_number(client: FlaskClient) -> None:
    first = rows_of(client, KOMMUNER)[0]
    link = "/karta?indicator=low_standard_children&level=kommun&year=2022&area=0114"
    assert first == [
        {"text": "Upplands Väsby", "href": link},
        *("2022", f"28{NB}%", "400"),
    ]
    both = rows_of(client, f"{TWO},lan&backgrounds=all,sex:women")[0]
    told = ("Låg ekonomisk standard, barn 0–19 år", "alla", "Län", "2022")
    assert both[1:5] == [*told]


def test_a_missing_value_has_its_reason_in_words(client: FlaskClient) -> None:
    rows = rows_of(client, SMALL + "&sort=-value")
    assert [row[3] for row in rows][-2:] == ["uppgift saknas hos SCB", "finns inte i dataversionen"]
    english = rows_of(client, SMALL + "&sort=-value&lang=en")
    assert [row[3] for row in english][-2:] == [
        "not available from SCB",
        "not in this data version",
    ]


def test_rows_come_in_pages_and_never_more_than_a_page(client: FlaskClient) -> None:
    every = rows_of(client, KOMMUNER)
    assert rows_of(client, KOMMUNER, "&from=4&n=2") == every[4:6]
    assert rows_of(client, KOMMUNER, "&from=x&n=-1") == every
    assert rows_of(client, "?areas=kommun") == []
    assert asked_rows({"n": "501"}) == (0, 500)


def test_a_spread_table_has_a_column_a_year(context: Context, client: FlaskClient) -> None:
    query = SMALL + "&columns=year&sort=-2023"
    with context.store.reader() as reader:
        told = table.specification(view.resolve(context, reader, query))
    assert [column["heading"] for column in told["columns"]] == [
        *("Område", "2022", "2023", "2024*")
    ]
    assert told["count"] == 4
    rows = rows_of(client, query)
    assert rows[0][0]["text"] == "Väsby centrum (Upplands Väsby), RegSO 2020"
    assert rows[0][1:] == [f"35{NB}%", f"30{NB}%", None]
    assert rows[2][1:] == [None, None, "uppgift saknas hos SCB"]
    assert "Ett streck (–) betyder" in tabled(context, query)
    assert "serierna bryts här om de inte räknas om" in tabled(context, query)


@pytest.mark.parametrize("columns", ["indicator", "background", "area"])
def test_a_table_is_spread_over_anything(client: FlaskClient, columns: str) -> None:
    query = f"{TWO}&backgrounds=all,sex:women&years=2024&rows=year&columns={columns}"
    rows = rows_of(client, query)
    assert rows
    assert {len(row) for row in rows} == {
        {"indicator": 3 + 2, "background": 3 + 2, "area": 3 + 3}[columns]
    }


def test_lines_are_told_by_the_first_place(context: Context) -> None:
    words = drawn(context, KOMMUNER + "&view=line")
    assert (
        f"Låg ekonomisk standard, barn 0–19 år, Upplands Väsby: 28{NB}% 2022 och 18{NB}% 2024."
        in words
    )
    assert "Tidsseriebrott" not in words
    small = drawn(context, SMALL + "&view=line")
    assert "serierna bryts här om de inte räknas om" in small
    assert "2 värden saknas; skälen står i tabellen." in small


def test_no_line_joins_two_divisions(context: Context) -> None:
    with context.store.reader() as reader:
        state = view.resolve(context, reader, SMALL + "&view=line")
        chart = next(charts.line_charts(state))
    spans = [(min(trace.x), max(trace.x)) for trace in chart.figure.data]
    assert spans == [(2022, 2023), (2024, 2024)] * 2
    colours = [trace.line.color for trace in chart.figure.data]
    assert colours[0] == colours[1] != colours[2]
    assert len(chart.figure.layout.shapes) == 1


def test_more_lines_than_there_is_room_for_are_cut_and_it_is_said(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(charts, "MOST_LINES", 2)
    words = drawn(context, KOMMUNER + "&view=line")
    assert "Diagrammet visar de 2 första av 3 områden. Tabellen och filerna har alla." in words


def test_bars_come_with_their_caution(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    words = drawn(context, KOMMUNER + "&view=bar")
    assert (
        f"Låg ekonomisk standard, barn 0–19 år 2024: från 18{NB}% (Upplands Väsby) till"
        f" 22{NB}% (Stockholm), bland 3 områden." in words
    )
    assert "Ordningen är ingen rangordning av platser" in words
    monkeypatch.setattr(charts, "MOST_BARS", 2)
    cut = drawn(context, KOMMUNER + "&view=bar")
    assert "Diagrammet visar de 1 högsta och de 1 lägsta av 3." in cut


def test_dots_are_told_by_their_middle_half(context: Context) -> None:
    words = drawn(context, "?indicators=foreign_background&areas=regso&view=dot&lang=en")
    assert "half of the 7 values lie between" in words
    assert "Each dot is an area." in words


def test_a_scatter_is_told_by_its_correlation_and_its_caution(context: Context) -> None:
    words = drawn(context, TWO + "&view=scatter")
    assert "2024 var korrelationen mellan låg ekonomisk standard" in words
    assert "Ett samband mellan områden säger inte vad som beror på vad" in words
    assert "behöver två indikatorer" in drawn(context, KOMMUNER + "&view=scatter")
    apart = "?indicators=low_standard_children,employed&areas=kommun&view=scatter"
    assert "inget år gemensamt" in drawn(context, apart)


def test_a_choice_without_figures_says_so(context: Context) -> None:
    words = drawn(context, "?indicators=employed&areas=lan&view=line")
    assert "Indikatorerna finns inte för de valda områdena" in words


@pytest.mark.parametrize("shown", ["line", "bar", "dot", "scatter"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_chart_has_words_and_sends_nothing_away(
    context: Context, shown: str, language: str
) -> None:
    with context.store.reader() as reader:
        made = charts.charts(view.resolve(context, reader, f"{TWO}&view={shown}&lang={language}"))
    parts = [part for whole in made for part in whole._traverse()]
    graphs = [part for part in parts if type(part).__name__ == "Graph"]
    assert graphs
    assert all(graph.config["showSendToCloud"] is False for graph in graphs)
    images = [part for part in parts if getattr(part, "role", "") == "img"]
    assert all(image.to_plotly_json()["props"]["aria-label"] for image in images)


def test_more_rows_than_the_lab_shows_lose_early_years_and_it_is_said(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "MOST_ROWS", 7)
    with context.store.reader() as reader:
        state = view.resolve(context, reader, KOMMUNER)
        assert state.lab.years == (2023, 2024)
        assert state.n_values == 6
    assert (
        "Urvalet har 9 rader, fler än de 7 som labbet visar på en gång. Tidiga år är därför inte"
        " med: visar 2023–2024." in tabled(context, KOMMUNER)
    )


def test_more_columns_than_a_table_has_become_rows_and_it_is_said(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "MOST_COLUMNS", 2)
    words = tabled(context, KOMMUNER + "&rows=year&columns=area")
    assert "Tabellen skulle få 3 kolumner, fler än 2. Den visas med ett värde per rad." in words


def test_a_file_has_the_pages_rows_in_the_pages_order(client: FlaskClient) -> None:
    query = KOMMUNER + "&sort=-value&years=2024"
    answer = client.get(f"/export/labb/csv{query}")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["label"] for row in rows] == [row[0]["text"] for row in rows_of(client, query)]
    assert [float(row["value"]) for row in rows] == pytest.approx([22, 21, 17.5])
    for row in rows:
        assert (row["year"], row["unit"], row["source"]) == ("2024", "percent", "TAB6685")
        assert row["origin"] == "synthetic"
    name = answer.headers["Content-Disposition"]
    assert re.search(r'"lab_low_standard_children_kommun_\w{6}_synthetic.csv"$', name)


def test_a_file_of_a_spread_table_is_spread_and_has_reasons_beside_gaps(
    client: FlaskClient,
) -> None:
    answer = client.get(f"/export/labb/csv{SMALL}&columns=year")
    rows = {row["area_id"]: row for row in csv.DictReader(io.StringIO(answer.text))}
    assert float(rows["0114R001_SYN"]["2022"]) == 35
    assert rows["0114R001_SYN_RegSO2025"]["2024"] == ""
    assert rows["0114R001_SYN_RegSO2025"]["2024_status"] == "suppressed"
    assert "2022_status" not in rows["0114R001_SYN"]


@pytest.mark.parametrize("format_id", ["csv", "excel-csv", "xlsx", "json", "parquet"])
@pytest.mark.parametrize("columns", ["none", "year"])
def test_every_format_is_written(client: FlaskClient, format_id: str, columns: str) -> None:
    answer = client.get(f"/export/labb/{format_id}{SMALL}&columns={columns}")
    assert answer.status_code == 200
    assert len(answer.data) > 200


def test_words_for_people_in_an_excel_file(client: FlaskClient) -> None:
    text = client.get(f"/export/labb/excel-csv{SMALL}&lang=en").text
    assert "Low economic standard, children aged 0–19" in text
    assert "not available from SCB" in text


def test_a_file_tells_the_breaks_of_its_own_years(client: FlaskClient) -> None:
    asked = "/export/labb/json?indicators=low_standard_children&areas=regso@0380"
    assert [b["year"] for b in client.get(f"{asked}&years=2022-2024").json["breaks"]] == [2024]
    assert client.get(f"{asked}&years=2022-2023").json["breaks"] == []


def test_there_is_no_file_of_nothing(client: FlaskClient) -> None:
    assert client.get("/export/labb/csv").status_code == 404
    assert client.get(f"/export/labb/gpkg{KOMMUNER}").status_code == 404


def test_the_address_sets_the_controls_and_explains_what_it_left_out(client: FlaskClient) -> None:
    answer = answer_of(client, labb.URL_SYNC, KOMMUNER + ",mars&years=1700&view=cake")
    assert answer[ids.AREAS]["value"] == ["kommun"]
    assert answer[ids.AREAS]["data"][0] == {"value": "00", "label": "Riket"}
    assert answer[ids.VIEW]["value"] == "table"
    notice = json.dumps(answer[ids.NOTICE], ensure_ascii=False)
    assert "Områden: ”mars” finns inte här och är borttaget." in notice
    assert "År: ”1700” finns inte här och är borttaget." in notice
    assert "Visa som: ”cake” finns inte här; visar Tabell." in notice
    title = "Låg ekonomisk standard, barn 0–19 år: alla kommuner, 2022–2024"
    assert answer[ids.TITLE]["children"] == title


def test_controls_make_the_address_and_an_emptied_one_leaves_it(client: FlaskClient) -> None:
    chosen = {
        "indicators": ["employed"],
        "areas": ["regso@0380", "00"],
        "years": ["2024", "2023"],
        "backgrounds": ["all"],
        "view": "line",
        "rows": "year",
        "columns": "none",
        "find": "",
        "sort": "",
    }
    answer = answer_of(client, labb.URL_SYNC, KOMMUNER + "&find=x", changed="areas", **chosen)
    assert answer[ids.URL]["search"] == (
        "?indicators=employed&areas=regso@0380,00&years=2023-2024&view=line&rows=year"
    )
    assert answer[ids.NOTICE]["children"] == []
    emptied = answer_of(
        client, labb.URL_SYNC, KOMMUNER, changed="areas", **(chosen | {"areas": []})
    )
    assert "areas" not in emptied[ids.URL]["search"]


def test_values_are_filtered_in_table_and_file_alike(client: FlaskClient) -> None:
    query = f"{KOMMUNER}&years=2024&only=%3E20"
    assert [row[0]["text"] for row in rows_of(client, query)] == ["Stockholm", "Uppsala"]
    text = client.get(f"/export/labb/csv{query}").get_data(as_text=True)
    assert [line.split(",")[0] for line in text.splitlines()[1:]] == ["0180", "0380"]
    notice = answer_of(client, labb.URL_SYNC, f"{KOMMUNER}&only=lots")[ids.NOTICE]
    assert "Filtrera värden: ”lots” finns inte här och är borttaget." in json.dumps(
        notice, ensure_ascii=False
    )


def test_another_arrangement_begins_in_its_own_order(client: FlaskClient) -> None:
    chosen = {"indicators": ["employed"], "areas": ["kommun"], "sort": "-value", "columns": "year"}
    answer = answer_of(client, labb.URL_SYNC, KOMMUNER, changed="columns", **chosen)
    assert answer[ids.SORT]["data"] == ""


def test_a_search_offers_places_and_what_lies_in_them(context: Context) -> None:
    from barometer.ui.pages.lab.controls import area_options

    with context.store.reader() as reader:
        state = view.resolve(context, reader, "?areas=0180")
        found = area_options(state, "uppsala")
        options = {option["value"]: option["label"] for option in found}
        whole = [option["value"] for option in area_options(state, "")]
    assert options["0380"] == "Uppsala"
    assert options["regso@0380"] == "Alla RegSO i Uppsala kommun"
    assert options["kommun@03"] == "Alla kommuner i Uppsala län"
    assert options["0380R001_SYN"] == "Uppsala centrum (Uppsala), RegSO 2020"
    assert options["0380R001_SYN_RegSO2025"] == "Uppsala centrum (Uppsala), RegSO 2025"
    assert "0180" not in options  # chosen, and no answer to the search
    assert whole == ["00", "lan", "kommun", "regso", "deso", "0180"]


def test_a_view_of_the_lab_is_a_value(context: Context) -> None:
    with context.store.reader() as reader:
        state = view.resolve(context, reader, KOMMUNER)
    assert hash(state.lab) == hash(replace(state.lab))


def test_places_that_share_a_name_are_told_apart() -> None:
    frame = pd.DataFrame(
        {
            "series": ["0114R001", "0180R001", "0180R002", "0380", "0380R001", "0380R002"],
            "kommun": ["Upplands Väsby", "Stockholm", "Stockholm", None, "Uppsala", "Uppsala"],
            "label": ["Centrum", "Centrum", "Söder", "Uppsala", "Uppsala", "Uppsala"],
        }
    )
    assert charts.distinguished(frame["label"], frame["series"], frame).tolist() == [
        "Centrum (Upplands Väsby)",
        "Centrum (Stockholm)",
        "Söder",
        "Uppsala",
        "Uppsala (Uppsala) (0380R001)",
        "Uppsala (Uppsala) (0380R002)",
    ]
