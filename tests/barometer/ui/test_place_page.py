"""The place profile: what it says of the tiny country, and that files and report say the same."""

import csv
import io
from datetime import date
from html.parser import HTMLParser

import pytest
from dash import dcc, html
from dash.development.base_component import Component
from flask.testing import FlaskClient

from barometer.ui.context import Context
from barometer.ui.pages.place import page as plats
from barometer.ui.pages.place import sections
from barometer.ui.pages.place.drawings import sparkline
from barometer.ui.pages.place.report import (
    markup,
    report,
)
from barometer.ui.pages.place.state import resolve
from tests.barometer.ui.callbacks import every_id, said

FRAMES = plats.PAGE.frames
NB = "\u00a0"
UPPSALA = "?area=0380"
FLOGSTA = "?area=0380R002_SYN_RegSO2025"
EVERYWHERE = ("?area=00", "?area=03", UPPSALA, FLOGSTA, "?area=0380R001_SYN&year=2022")


def parts(context: Context, query: str) -> list[Component]:
    with context.store.reader() as reader:
        state = resolve(context, reader, query)
        return [*sections.PORTRAIT.fill(state), *sections.AROUND.fill(state)]


def shown(context: Context, query: str, key: str) -> str:
    found = [part for part in parts(context, query) if part.id == f"plats-{key}"]
    return said(found)


def test_who_lives_there(context: Context) -> None:
    words = shown(context, UPPSALA, "who")
    assert f"I Uppsala kommun bodde 1{NB}000 personer vid slutet av 2024." in words
    assert f"Övriga världen 105 10,5{NB}%" in words.replace("  ", " ")  # 210 / 2 of 1 000
    assert "säger inget om någon enskild person" in words


def test_children_come_first_and_what_is_compared_is_told(context: Context) -> None:
    keys = [part.id for part in parts(context, UPPSALA)]
    sectors = [
        key for key in keys if key in ("plats-children", "plats-befolkning", "plats-ekonomi")
    ]
    assert sectors[0] == "plats-children"
    words = shown(context, UPPSALA, "children")
    # 210 of 1 000 here and in the län; riket has 210 + 50 + 20 + 200 + 20 of 2 400.
    assert f"21{NB}%\nn = 1{NB}000" in words
    assert f"21{NB}%\n±0" in words
    assert "av 3 kommuner" in words or "av kommunerna" in words


def test_the_readers_own_priorities_stand_before_all_sectors(context: Context) -> None:
    keys = [part.id for part in parts(context, UPPSALA + "&first=employed,median_standard")]
    assert keys.index("plats-first") < keys.index("plats-children")
    assert "plats-first" not in [part.id for part in parts(context, UPPSALA)]


def test_a_missing_value_is_shown_with_its_reason(context: Context) -> None:
    words = shown(context, "?area=0114R001_SYN_RegSO2025", "children")
    assert "uppgift saknas hos SCB" in words


def test_area_types_are_told_by_residents(context: Context) -> None:
    words = shown(context, UPPSALA, "types")
    # 2024: Flogsta 30 % and Nya Gottsunda 30 % are type 2, Uppsala centrum 7,5 % type 4.
    assert f"60,0{NB}% i områden med socioekonomiska utmaningar (typ{NB}2)" in words
    assert "mäter inte graden av segregation" in words


def test_segregation_has_chance_interval_caution_and_scbs_warning(context: Context) -> None:
    words = shown(context, UPPSALA, "segregation")
    assert f"24,0{NB}% av gruppen skulle behöva byta område" in words
    assert f"Om alla bodde slumpmässigt skulle värdet bli 5,0{NB}%." in words
    assert "få områden" in words
    assert "Följ en plats över tid hellre än att rangordna platser" in words


def test_neighbours_are_those_that_touch(context: Context) -> None:
    words = shown(context, FLOGSTA, "neighbours")
    assert "Flogsta-Ekeby (Uppsala) gränsar till 1 RegSO." in words
    assert "Uppsala centrum (Uppsala)" in words
    assert "Nya Gottsunda" not in words
    assert "Inga kommuner gränsar till Uppsala kommun" in shown(context, UPPSALA, "neighbours")


def test_riket_is_compared_with_nothing(context: Context) -> None:
    keys = [part.id for part in parts(context, "?area=00")]
    assert not {"plats-similar", "plats-neighbours"} & set(keys)
    assert "Hela riket har inget att jämföras med." in shown(context, "?area=00", "outstanding")


def test_similar_areas_are_of_the_same_division(context: Context) -> None:
    with context.store.reader() as reader:
        found = FRAMES["alike"](resolve(context, reader, "?area=0380R001_SYN&year=2022"))
    assert found["rank"].tolist()[:2] == [0, 1]
    assert not found["area_id"].str.endswith("2025").any()
    assert found["distance"].is_monotonic_increasing


def test_what_makes_areas_alike_can_be_chosen(context: Context) -> None:
    with context.store.reader() as reader:
        state = resolve(context, reader, FLOGSTA + "&alike=median_standard")
        assert state.portrait.alike_ids == ("median_standard",)
        assert "Likheten gäller ekonomisk standard, median." in said(sections.AROUND.fill(state))


def test_the_other_division_has_a_line_of_its_own(context: Context) -> None:
    with context.store.reader() as reader:
        series = FRAMES["series"](resolve(context, reader, FLOGSTA))
    own, other = (series[series["role"] == role] for role in ("area", "counterpart"))
    assert set(own["year"]) == {2024}
    assert set(other["year"]) == {2022, 2023}


def test_a_sparkline_breaks_where_a_year_is_missing() -> None:
    line = [(2020, 1.0), (2021, 2.0), (2022, None), (2023, 3.0), (2024, 4.0)]
    picture = sparkline({"area": [line]}, years=(2020, 2024), breaks=[], label="en linje")
    assert picture.src.count("polyline") == 2
    assert picture.alt == "en linje"


@pytest.mark.parametrize("query", EVERYWHERE)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_figure_has_words(context: Context, query: str, language: str) -> None:
    for part in parts(context, f"{query}&lang={language}"):
        for inside in part._traverse():
            if getattr(inside, "role", "") == "img":
                assert inside.to_plotly_json()["props"]["aria-label"]
            if type(inside).__name__ == "Img":
                assert inside.alt


class _Words(HTMLParser):
    """The words of a document's body."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.skipping = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.skipping = tag in ("style", "title")
        self.links += [value or "" for name, value in attrs if (tag, name) == ("a", "href")]

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.words += data.split()


def read(document: str) -> _Words:
    parser = _Words()
    parser.feed(document)
    return parser


@pytest.mark.parametrize("query", EVERYWHERE)
def test_the_report_has_every_word_of_the_page(context: Context, query: str) -> None:
    with context.store.reader() as reader:
        document = report(resolve(context, reader, query), today=date(2026, 11, 22))
    printed = " ".join(read(document).words)
    for part in parts(context, query):
        for word in said(part).split():
            assert word in printed
    assert "Rapport från Segregationsbarometern, 22 november 2026" in printed
    assert "Källa: påhittade siffror" in printed
    assert "Siffrorna är påhittade" in printed


def test_a_report_on_file_has_no_links_and_one_for_a_site_has_its_own(context: Context) -> None:
    with context.store.reader() as reader:
        state = resolve(context, reader, UPPSALA)
        bare = read(report(state, today=date(2026, 11, 22)))
        sited = read(report(state, today=date(2026, 11, 22), site="http://127.0.0.1"))
    assert bare.links == []
    assert sited.links
    assert all(link.startswith(("http://127.0.0.1/", "#plats-")) for link in sited.links)


def test_markup_escapes_and_refuses_what_needs_a_script() -> None:
    part = html.P(["a < b", html.B("c")], className="x", title='"')
    assert "".join(markup(part, site=None)) == '<p class="x" title="&quot;">a &lt; b<b>c</b></p>'
    with pytest.raises(TypeError, match="Graph needs a script"):
        list(markup(dcc.Graph(), site=None))


def test_the_report_is_a_page_of_its_own(client: FlaskClient) -> None:
    answer = client.get("/plats/rapport?area=0380&lang=en")
    assert answer.status_code == 200
    assert '<html lang="en">' in answer.text
    assert "Profile of Uppsala municipality, 2024" in answer.text


@pytest.mark.parametrize("part", FRAMES)
def test_every_section_is_a_file(client: FlaskClient, part: str) -> None:
    answer = client.get(f"/export/plats/{part}/csv{FLOGSTA if part == 'neighbours' else UPPSALA}")
    assert answer.status_code == 200
    (*rows,) = csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")))
    assert rows
    assert {row["snapshot"] for row in rows} == {"20261122-synthetic-0123ab"}
    assert {row["origin"] for row in rows} == {"synthetic"}
    if part == "indicators":
        own = next(row for row in rows if row["indicator_id"] == "low_standard_children")
        assert float(own["value"]) == 21.0
        assert own["unit"] == "procent"


def test_an_unknown_part_is_not_found(client: FlaskClient) -> None:
    assert client.get("/export/plats/nothing/csv").status_code == 404
    assert client.get("/export/plats/indicators/gpkg").status_code == 404


def test_a_type_stands_in_its_row_and_never_among_what_stands_out(context: Context) -> None:
    assert "2 Områden med socioekonomiska utmaningar" in shown(context, FLOGSTA, "index")
    for query in EVERYWHERE:
        assert "Områdestyp:" not in shown(context, query, "outstanding")


def test_every_year_has_a_table(context: Context) -> None:
    with context.store.reader() as reader:
        state = resolve(context, reader, UPPSALA)
        words = said(sections.EVERY_YEAR.fill(state))
    assert "2022 2023 2024" in words
    # 210 + 20 a year for each of three RegSO in 2022, of 1 000.
    assert f"{(30 + 120 + 80 + 60) / 10:.1f}".replace(".", ",") + f"{NB}%" in words


def test_the_layout_tells_what_was_not_understood(context: Context) -> None:
    with context.store.reader() as reader:
        values = plats.URL_SYNC.values(resolve(context, reader, "?area=9999"), remark=True)
    assert "Platsen ”9999” finns inte här" in said(list(values))


def test_no_two_parts_of_the_page_have_the_same_id(context: Context) -> None:
    query = UPPSALA + "&first=median_standard"
    whole = [plats.PAGE.content(context, query), *parts(context, query)]
    ids = every_id(whole)
    assert len(ids) == len(set(ids))
