"""The place profile: what it says of the tiny country, and that files and report say the same."""

import csv
import io
from datetime import date
from html.parser import HTMLParser

import pandas as pd
import pytest
from dash import dcc, html
from dash.development.base_component import Component
from flask.testing import FlaskClient

from barometer.export.meaning import CHALLENGED
from barometer.queries.records import rows_of
from barometer.ui.base.drawings import lines
from barometer.ui.context import Context
from barometer.ui.markup import markup
from barometer.ui.pages.place import ids, sections
from barometer.ui.pages.place import page as plats
from barometer.ui.pages.place.frames import children_types, key_frame, spread_frame
from barometer.ui.pages.place.hero import lead
from barometer.ui.pages.place.inside import INSIDE
from barometer.ui.pages.place.measures import segregation_table_of
from barometer.ui.pages.place.report import report
from barometer.ui.pages.place.state import resolve
from barometer.ui.parts import unbroken
from tests.barometer.ui.callbacks import answer_of, every_id, said

FRAMES = plats.PAGE.frames
NB = "\u00a0"
UPPSALA = "?area=0380"
FLOGSTA = "?area=0380R002_SYN_RegSO2025"
EVERYWHERE = ("?area=00", "?area=03", UPPSALA, FLOGSTA, "?area=0380R001_SYN&year=2022")


def parts(context: Context, query: str) -> list[Component]:
    with context.store.reader() as reader:
        state = resolve(context, reader, query)
        return list(sections.BOXES[0].fill(state))


def ident(part: Component) -> str:
    return str(getattr(part, "id", ""))


def shown(context: Context, query: str, key: str) -> str:
    found = [part for part in parts(context, query) if ident(part) == f"plats-{key}"]
    return said(found)


def test_no_line_of_a_heading_ends_within_a_range() -> None:
    heading = html.H2(unbroken("Fler i typ 1–2 än i riket"))
    kept = [part for part in heading._traverse() if isinstance(part, html.Span)]
    assert [part.children for part in kept] == ["1–2"]
    assert isinstance(heading.children, list)
    assert heading.children[0] == "Fler i typ "
    assert unbroken("Så olika är det") == "Så olika är det"


def test_the_country_is_called_riket_in_a_sentence(context: Context) -> None:
    with context.store.reader() as reader:
        state = resolve(context, reader, "?area=00")
        assert INSIDE.heading_of(state) == "Så olika är det inom riket"


def test_the_first_sentence_is_of_the_frame(context: Context) -> None:
    with context.store.reader() as reader:
        state = resolve(context, reader, UPPSALA)
        said_first = " ".join(lead(state))
        frame = key_frame(state).set_index("indicator_id")
    # 2024: Flogsta 30 % and Nya Gottsunda 30 % are type 2.
    assert frame.loc[CHALLENGED, "value"] == pytest.approx(60.0)
    assert f"bor 60,0{NB}% av invånarna" in said_first


def test_children_come_first_and_what_is_compared_is_told(context: Context) -> None:
    words = shown(context, UPPSALA, "all")
    assert words.index("Barn och unga") < words.index("Folkmängd")
    # 210 of 1 000 here and in the län; riket has 210 + 50 + 20 + 200 + 20 of 2 400.
    assert f"Låg ekonomisk standard, barn 0–19 år 2024 21{NB}% 21{NB}% 21{NB}%" in words


def test_the_readers_own_priorities_stand_before_all(context: Context) -> None:
    with context.store.reader() as reader:
        state = resolve(context, reader, UPPSALA + "&first=employed,median_standard")
        ids = key_frame(state)["indicator_id"].tolist()
    assert ids[:2] == ["median_standard", CHALLENGED]  # nobody's employment is known
    assert len(ids) <= 6


def test_a_missing_value_is_shown_with_its_reason(context: Context) -> None:
    assert "– uppgift saknas hos SCB" in shown(context, "?area=0114R001_SYN_RegSO2025", "all")


def test_area_types_are_told_by_residents(context: Context) -> None:
    assert "Uppsala 60,0 40,0" in shown(context, UPPSALA, "types")
    assert "mäter inte graden av segregation" in shown(context, UPPSALA, "about")


def test_segregation_has_chance_interval_caution_and_no_value_of_riket(context: Context) -> None:
    words = shown(context, UPPSALA, "all")
    part = words.partition("Av slumpen")[2]
    assert f"24,0{NB}%" in part
    assert f"5,0{NB}%" in part
    assert "få områden" in part
    assert "Följ hellre en plats över tid än jämför platser" in part


def test_no_column_of_estimates_stands_empty_where_the_snapshot_has_no_intervals(
    context: Context,
) -> None:
    rows = pd.DataFrame(
        {
            "grouping_id": ["foreign_background", "low_standard"],
            "container_id": ["03", "03"],
            "year": [2023, 2023],
            "value": [0.4, 0.3],
            "expected": [0.1, 0.1],
            "estimate": [0.39, float("nan")],
            "low": [0.38, float("nan")],
            "high": [0.4, float("nan")],
            "caution": [None, None],
        }
    )
    with context.store.reader() as reader:
        state = resolve(context, reader, "?area=03")
        drawn = said([segregation_table_of(state, rows_of(rows), label="")])
        without = said([segregation_table_of(state, rows_of(rows.tail(1)), label="")])
    assert "Skattning utan slump (intervall)" in drawn
    assert " – " in drawn
    assert "Skattning" not in without


def test_places_are_named_in_the_readers_language(context: Context) -> None:
    for query, name in (("?area=00&lang=en", "Sweden"), ("?area=03&lang=en", "Uppsala county")):
        with context.store.reader() as reader:
            state = resolve(context, reader, query)
        assert state.area.name == name
        assert state.constants["place"] == name


def test_every_dot_is_an_area_of_the_place(context: Context) -> None:
    for query, begins in ((UPPSALA, "0380"), (FLOGSTA, "0380"), ("?area=03", "03")):
        with context.store.reader() as reader:
            frame = spread_frame(resolve(context, reader, query))
        assert frame["area_id"].astype(str).str.startswith(begins).all()


def test_children_by_type_sum_to_all(context: Context) -> None:
    with context.store.reader() as reader:
        shares = children_types(resolve(context, reader, UPPSALA))
    for parts_of_whole in shares.values():
        assert sum(parts_of_whole) == pytest.approx(100)


def test_neighbours_are_those_that_touch(context: Context) -> None:
    words = shown(context, FLOGSTA, "neighbours")
    assert "Uppsala centrum (Uppsala)" in words
    assert "Nya Gottsunda" not in words
    assert "Inga kommuner gränsar till Uppsala kommun" in shown(context, UPPSALA, "neighbours")


def test_riket_is_compared_with_nothing(context: Context) -> None:
    keys = [ident(part) for part in parts(context, "?area=00")]
    assert not {"plats-similar", "plats-neighbours", "plats-outstanding"} & set(keys)


def test_similar_areas_are_of_the_same_division(context: Context) -> None:
    with context.store.reader() as reader:
        found = FRAMES["alike"](resolve(context, reader, "?area=0380R001_SYN&year=2022"))
    assert found["rank"].tolist() == [0]  # fewer than seven others have the figures
    assert not found["area_id"].str.endswith("2025").any()


def test_what_makes_areas_alike_can_be_chosen(context: Context) -> None:
    with context.store.reader() as reader:
        state = resolve(context, reader, FLOGSTA + "&alike=median_standard")
        assert state.portrait.alike_ids == ("median_standard",)
        # One measure is too few to compare by, and the page says so.
        assert "Likhet kräver minst tre indikatorer" in said(sections.BOXES[0].fill(state))


def test_the_other_division_has_a_line_of_its_own(context: Context) -> None:
    with context.store.reader() as reader:
        series = FRAMES["series"](resolve(context, reader, FLOGSTA))
    own, other = (series[series["role"] == role] for role in ("area", "counterpart"))
    assert set(own["year"]) == {2024}
    assert set(other["year"]) == {2022, 2023}


def test_a_line_is_broken_where_a_year_is_missing_and_at_a_break() -> None:
    drawn = {"area": [(2020, 1.0), (2021, 2.0), (2023, 3.0), (2024, 4.0)]}
    picture = lines(drawn, years=(2020, 2024), breaks=[], label="en linje")
    assert picture.src.count("polyline") == 2
    assert picture.alt == "en linje"
    assert lines(drawn, years=(2020, 2024), breaks=[2023.5], label="").src.count("polyline") == 3


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
def test_the_report_numbers_its_pages_and_names_its_sources(context: Context, query: str) -> None:
    with context.store.reader() as reader:
        document = report(resolve(context, reader, query), today=date(2026, 11, 22))
    printed = " ".join(read(document).words)
    total = document.count('class="sheet"')
    for number in range(1, total + 1):
        assert f"sida {number} av {total}" in printed
    assert "22 november 2026" in printed
    assert "siffrorna är påhittade" in printed
    assert "UNVERIFIED" not in document
    assert "make run" not in document
    assert ("(typ 1–2)" in printed) <= ("TAB6586" in document)  # the types' own table


def test_a_report_on_file_has_no_links_and_one_for_a_site_has_its_own(context: Context) -> None:
    with context.store.reader() as reader:
        state = resolve(context, reader, UPPSALA)
        bare = read(report(state, today=date(2026, 11, 22)))
        sited = read(report(state, today=date(2026, 11, 22), site="http://127.0.0.1"))
    assert bare.links == []
    assert sited.links
    assert all(link.startswith("http://127.0.0.1/") for link in sited.links)


def test_markup_escapes_and_refuses_what_needs_a_script() -> None:
    part = html.P(["a < b", html.B("c")], className="x", title='"')
    assert markup(part, site=None) == '<p class="x" title=\'"\'>a &lt; b<b>c</b></p>'
    with pytest.raises(TypeError, match="Graph needs a script"):
        markup(dcc.Graph(), site=None)


def test_the_report_is_a_page_of_its_own(client: FlaskClient) -> None:
    answer = client.get("/plats/rapport?area=0380&lang=en")
    assert answer.status_code == 200
    assert '<html lang="en" ' in answer.text
    assert "Profile: Uppsala municipality" in answer.text


@pytest.mark.parametrize("part", FRAMES)
def test_every_section_is_a_file(client: FlaskClient, part: str) -> None:
    answer = client.get(f"/export/plats/{part}/csv{FLOGSTA if part == 'neighbours' else UPPSALA}")
    assert answer.status_code == 200
    (*rows,) = csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")))
    # Too few areas to compare, and no figures of other agencies.
    assert rows or part in ("outstanding", "inside", "safety", "signals", "signal-tests")
    assert not rows or {row["snapshot"] for row in rows} == {"20261122-synthetic-0123ab"}
    assert not rows or {row["origin"] for row in rows} == {"synthetic"}
    if part == "indicators":
        own = next(row for row in rows if row["indicator_id"] == "low_standard_children")
        assert float(own["value"]) == 21.0
        assert own["unit"] == "procent"


def test_an_unknown_part_is_not_found(client: FlaskClient) -> None:
    assert client.get("/export/plats/nothing/csv").status_code == 404
    assert client.get("/export/plats/indicators/gpkg").status_code == 404


def test_a_type_stands_in_its_row_and_never_among_what_stands_out(context: Context) -> None:
    assert "2 Områden med socioekonomiska utmaningar" in shown(context, FLOGSTA, "all")
    for query in EVERYWHERE:
        assert "Områdestyp" not in shown(context, query, "outstanding")


def test_every_year_has_a_table(context: Context) -> None:
    words = shown(context, UPPSALA, "all")
    assert "2022 2023 2024" in words
    # 210 + 20 a year for each of three RegSO in 2022, of 1 000.
    assert f"{(30 + 120 + 80 + 60) / 10:.1f}".replace(".", ",") + f"{NB}%" in words


def test_the_map_is_drawn_by_the_server(client: FlaskClient) -> None:
    answer = client.get(f"/plats/karta.svg{UPPSALA}")
    assert answer.status_code in (200, 404)
    if answer.status_code == 200:
        assert answer.mimetype == "image/svg+xml"
        again = client.get(
            f"/plats/karta.svg{UPPSALA}", headers={"If-None-Match": answer.headers["ETag"]}
        )
        assert again.status_code == 304


def test_the_layout_tells_what_was_not_understood(context: Context) -> None:
    with context.store.reader() as reader:
        values = plats.URL_SYNC.values(resolve(context, reader, "?area=9999"), by_control=False)
    assert "Platsen ”9999” finns inte här" in said(list(values))


def test_the_page_comes_whole_and_its_address_changes_nothing_on_it(
    context: Context, client: FlaskClient
) -> None:
    whole = plats.PAGE.content(context, UPPSALA)
    (shown,) = [part.data for part in whole._traverse() if getattr(part, "id", "") == ids.ASKED]
    assert {"plats-key", "plats-all", "plats-about"} <= set(every_id([whole]))
    first = answer_of(client, plats.URL_SYNC, UPPSALA, asked=shown)
    assert set(first) == {ids.URL, ids.NOTICE, ids.ANNOUNCE}
    other = answer_of(client, plats.URL_SYNC, FLOGSTA, asked=shown)
    assert {ids.ASKED, ids.PLACE, ids.TITLE} <= set(other)
    # A control that could not be followed says again what is shown.
    back = answer_of(client, plats.URL_SYNC, UPPSALA, asked=shown, changed="area", area="9999")
    assert back[ids.PLACE]["value"] != "9999"


def test_a_control_that_says_what_is_shown_is_not_drawn_again(client: FlaskClient) -> None:
    now = {"area": "0380", "year": "2022"}
    found = answer_of(client, plats.URL_SYNC, UPPSALA, changed="year", **now)
    assert "year=2022" in found[ids.URL]["search"]
    assert "value" not in found[ids.PLACE]
    assert "value" not in found[ids.YEAR]
    assert found[ids.FIRST]["value"] == []  # it has nothing yet


def test_no_two_parts_of_the_page_have_the_same_id(context: Context) -> None:
    query = UPPSALA + "&first=median_standard"
    found = every_id([plats.PAGE.content(context, query)])
    assert len(found) == len(set(found))
