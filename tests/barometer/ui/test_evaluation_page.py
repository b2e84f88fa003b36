"""The follow-up and actors pages: what they say, in both languages, and that their files agree."""

import csv
import io
import json
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from barometer.catalogue import Break, Text
from barometer.evaluation import Evaluation
from barometer.ui.context import Context
from barometer.ui.factory import create_app
from barometer.ui.pages.actors import page as aktorer
from barometer.ui.pages.evaluation import ids
from barometer.ui.pages.evaluation import page as evaluation
from barometer.ui.pages.evaluation.state import resolve
from tests.barometer.ui.callbacks import answer_of, filled, said
from tests.hundred import INDICATOR, YEARS

NB = "\u00a0"
RAISED = "?level=kommun&areas=5001&start=2019"  # five percentage points more from 2019 on
PLAIN = "?level=kommun&areas=5002&start=2019"


@pytest.fixture(scope="module")
def many_client(many: Context) -> FlaskClient:
    return create_app(many.settings, many.store, many.catalogue).server.test_client()


def told(context: Context, query: str) -> str:
    with context.store.reader() as reader:
        return said(filled(evaluation.PAGE, ids.SECTIONS, resolve(context, reader, query)))


def answer(context: Context, query: str) -> Evaluation:
    with context.store.reader() as reader:
        found = resolve(context, reader, query).answer
    assert isinstance(found, Evaluation)
    return found


def test_a_planted_rise_is_told_with_interval_fit_and_limits(many: Context) -> None:
    found = answer(many, RAISED)
    assert found.effect == pytest.approx(0.05, abs=0.005)
    words = told(many, RAISED)
    amount = f"{100 * found.effect:.1f}".replace(".", ",")
    ends = [f"+{100 * end:.1f}".replace(".", ",") for end in (found.low, found.high)]
    assert (
        f"Andelen i Kommun 5001 var 2019–2024 i genomsnitt {amount}{NB}procentenheter högre än den"
        f" hade varit med samma utveckling som i jämförelseområdena (90{NB}% intervall från"
        f" placeboområden: {ends[0]} till {ends[1]} procentenheter)."
    ) in words
    assert "Intervallet innehåller inte noll" in words
    assert "Det visar inte vad den beror på." in words
    assert "0 av 80 placebogrupper, där ingen insats är vald, har en minst lika stor" in words
    assert "Före 2019 avviker jämförelsens utveckling" in words
    assert "Det bevisar inte att insatsen är orsaken." in words
    assert "Jämförelsen är ett vägt medel av" in words


def test_the_same_in_english(many: Context) -> None:
    words = told(many, RAISED + "&lang=en")
    assert "In 2019–2024 the share in Kommun 5001 was, on average," in words
    assert "higher than it would have been had it moved like the comparison areas (90%" in words
    assert "The interval excludes zero" in words
    assert "It does not prove that the initiative is the cause." in words
    assert "Jämförelse" not in words


def test_where_nothing_was_done_nothing_is_claimed(many: Context) -> None:
    found = answer(many, PLAIN)
    assert found.low <= 0 <= found.high
    words = told(many, PLAIN)
    assert "Ingen säker skillnad: intervallet innehåller noll." in words
    assert "Det betyder inte att insatsen saknar verkan." in words


def test_what_cannot_be_answered_says_why_and_what_to_do(context: Context, many: Context) -> None:
    words = told(many, "?level=kommun&areas=5001&start=2014")
    assert "Bara 3 år före 2014 kan jämföras (Kommun, 2011–2024); minst 4 behövs" in words
    assert "Välj 2015 eller senare som startår" in words
    empty = told(many, "")
    assert "Välj ett område för att börja" in empty
    assert "Se ett exempel:" in empty
    small = told(context, "?areas=0380R001_SYN_RegSO2025")
    assert "Bara 0 år före 2024 kan jämföras (RegSO 2025, 2024)" in small


@pytest.mark.parametrize("part", [f for f in evaluation.PAGE.frames if f != "register"])
def test_files_have_the_frame_and_its_company(many_client: FlaskClient, part: str) -> None:
    sent = many_client.get(f"/export/folj-upp/{part}/csv{RAISED}")
    assert sent.status_code == 200
    rows_ = list(csv.DictReader(io.StringIO(sent.text)))
    assert rows_
    for row in rows_:
        assert (row["indicator"], row["areas"], row["start"]) == (INDICATOR, "5001", "2019")
        assert row["source"] == "TAB6685"
        assert row["origin"] == "synthetic"
    described = many_client.get(f"/export/folj-upp/{part}/json{RAISED}").get_json()
    assert len(described["rows"]) == len(rows_)
    assert many_client.get(f"/export/folj-upp/{part}/xlsx{RAISED}").status_code == 200


def test_the_file_of_years_is_the_answer(many: Context, many_client: FlaskClient) -> None:
    found = answer(many, RAISED)
    sent = many_client.get(f"/export/folj-upp/years/csv{RAISED}")
    table = list(csv.DictReader(io.StringIO(sent.text)))
    gaps = [float(row["gap"]) for row in table if row["after"] == "1"]
    assert sum(gaps) / len(gaps) == pytest.approx(100 * found.effect)
    assert [row["persons"] for row in table] == ["2000"] * len(YEARS)


def test_the_file_of_the_result_has_effect_and_interval(
    many: Context, many_client: FlaskClient
) -> None:
    found = answer(many, RAISED)
    sent = many_client.get(f"/export/folj-upp/result/csv{RAISED}")
    (row,) = csv.DictReader(io.StringIO(sent.text))
    ends = [100 * found.effect, 100 * found.low, 100 * found.high, 100 * found.misfit]
    assert [float(row[k]) for k in ("effect", "low", "high", "rmse")] == pytest.approx(ends)
    assert (row["n_placebos"], row["interval_level"]) == (str(found.n_placebos), "90")
    refused = many_client.get("/export/folj-upp/result/csv?level=kommun&areas=5001&start=2014")
    assert next(csv.DictReader(io.StringIO(refused.text)))["withheld"] == "few_before"


def test_no_year_across_a_break_that_severs_the_series_is_used(many: Context) -> None:
    note = Text("Nivåerna kan inte jämföras.", "The levels cannot be compared.")
    cut = Break(2015, note, severs=True)
    with many.store.reader() as reader:
        state = resolve(many, reader, RAISED)
        indicator = replace(state.indicator, breaks=(cut,))
        entries = {**many.catalogue.indicators, indicator.indicator_id: indicator}
        changed = replace(many, packaged=replace(many.packaged, indicators=entries))
        state = resolve(changed, reader, RAISED)
        assert state.years == tuple(range(2015, 2025))
        assert isinstance(state.answer, Evaluation)
        assert state.answer.years[0] == 2015
        early = resolve(changed, reader, RAISED.replace("2019", "2018"))
        words = said(filled(evaluation.PAGE, ids.SECTIONS, early))
    assert "Bara 3 år före 2018 kan jämföras (Kommun, 2015–2024)" in words
    assert "Nivåerna kan inte jämföras." in words


def test_there_is_no_other_table_or_format(many_client: FlaskClient) -> None:
    for path in ("folj-upp/other/csv", "folj-upp/years/gpkg", "aktorer/other/csv"):
        assert many_client.get(f"/export/{path}").status_code == 404


def test_the_address_sets_the_controls_and_explains_what_it_changed(
    many_client: FlaskClient,
) -> None:
    shown = answer_of(many_client, evaluation.URL_SYNC, "?level=kommun&areas=5001,77777&start=2019")
    assert shown[ids.AREAS]["value"] == ["5001"]
    assert shown[ids.AREAS]["data"] == [{"value": "5001", "label": "Kommun 5001"}]
    assert shown[ids.START]["value"] == "2019"
    assert "Området ”77777” finns inte och är inte med." in json.dumps(
        shown[ids.NOTICE], ensure_ascii=False
    )
    assert shown[ids.TITLE]["children"] == (
        "Låg ekonomisk standard, barn 0–19 år i Kommun 5001 före och från 2019"
    )


def test_a_change_of_level_lets_the_areas_go_without_remarks(many_client: FlaskClient) -> None:
    asked = {"level": "regso", "areas": ["5001"], "start": "2019"}
    shown = answer_of(many_client, evaluation.URL_SYNC, RAISED, changed="level", **asked)
    assert shown[ids.AREAS]["value"] == []
    assert "level=regso" in shown[ids.URL]["search"]
    assert shown[ids.NOTICE]["children"] == []


def aktorer_said(context: Context, query: str) -> str:
    return said(aktorer.PAGE.content(context, query))


def test_an_actor_sees_its_task_its_indicators_and_whom_it_shares_them_with(
    context: Context,
) -> None:
    words = aktorer_said(context, "?actor=school")
    assert "Skolan ska uppväga skillnader i barns och elevers förutsättningar." in words
    assert "13 indikatorer rör uppdraget. Flest, 9, delas med kommun." in words
    assert "Statliga myndigheter och forskning har flest indikatorer gemensamt: 14." in words
    assert "Det som rör flest aktörer, 8 av dem, är områdestyp." in words
    english = aktorer_said(context, "?actor=school&lang=en")
    assert "13 indicators bear on the task. The most, 9, are shared with municipality." in english


def test_an_actors_links_open_the_other_pages_preset(context: Context) -> None:
    links = [
        part.href
        for part in aktorer.PAGE.content(context, "?actor=school&lang=en")._traverse()
        if getattr(part, "href", "").startswith(("/karta", "/segregation", "/folj-upp"))
    ]
    assert links[0] == "/segregation?grouping=low_standard_children&lang=en"
    assert "/karta?indicator=lower_secondary&level=deso&lang=en" in links
    assert "/folj-upp?indicator=low_standard_children&level=regso&lang=en" in links


def test_an_actor_is_led_to_the_signals_of_its_own_measures(context: Context) -> None:
    words = aktorer_said(context, "?actor=school")
    assert "Signaler som rör uppdraget" in words
    assert "Låg ekonomisk standard, barn 0–19 år: delas med" in words
    links = [
        part.href
        for part in aktorer.PAGE.content(context, "?actor=school")._traverse()
        if getattr(part, "href", "").startswith("/plats")
    ]
    weights = "low_standard_children:3,lower_secondary:1"
    assert links == [f"/plats?area=00&weights={weights}#plats-signals"]


def test_an_unknown_actor_is_explained(context: Context) -> None:
    words = aktorer_said(context, "?actor=polisen")
    assert "”polisen” finns inte här; visar Polis." in words


def test_the_actors_files(client: FlaskClient) -> None:
    sent = client.get("/export/aktorer/matrix/csv")
    rows_ = list(csv.DictReader(io.StringIO(sent.text)))
    assert len(rows_) == 64
    (pair,) = [r for r in rows_ if (r["actor_id"], r["other_id"]) == ("authority", "research")]
    assert pair["n_shared"] == "14"
    mine = client.get("/export/aktorer/indicators/excel-csv?actor=school")
    assert len(mine.text.splitlines()) == 14
