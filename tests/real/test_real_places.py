"""Pages on real figures: what stands out does, and nobody is compared by what few have."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import dash_mantine_components as dmc
import pytest
from dash import html

from barometer.catalogue import Text, load_catalogue
from barometer.export.origin import about_origin
from barometer.queries import Provenance, SourceUse
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui import ids
from barometer.ui.context import Context
from barometer.ui.pages.map import payload
from barometer.ui.pages.map.state import read_state
from barometer.ui.pages.place import measures
from barometer.ui.pages.place import state as place_state
from barometer.ui.pages.place.agenda import priorities
from barometer.ui.pages.place.around import SIMILAR
from barometer.ui.pages.place.briefing import blocks, briefing
from barometer.ui.pages.place.figures import KEY, OUTSTANDING
from barometer.ui.pages.place.frames import compared_frame, outstanding_frame
from barometer.ui.pages.place.hero import lead
from barometer.ui.pages.place.signals import SIGNALS, signals_frame
from barometer.ui.pages.place.state import (
    PlaceState,
    comparison_roles,
    group_frame,
    resolve,
    similar_frame,
)
from barometer.ui.pages.segregation import page as segregation
from barometer.ui.pages.segregation.measures import UNITS
from barometer.ui.pages.segregation.scale import SCALE
from barometer.ui.pages.segregation.series import SERIES
from barometer.ui.places import find_places
from tests.barometer.ui.callbacks import said

EVERY_LEVEL = ("12", "1280", "1480", "2505", "0180R001", "1280R020", "0180C1010", "2313A0010")


@pytest.fixture(scope="module")
def context(real_data: Path) -> Context:
    settings = Settings.from_env({"DATA_DIR": str(real_data)})
    return Context(settings, Store(settings.published_dir), load_catalogue())


@pytest.mark.parametrize("area", EVERY_LEVEL)
def test_what_stands_out_is_higher_or_lower_than_in_nine_of_ten(
    context: Context, area: str
) -> None:
    with context.store.reader() as reader:
        state = resolve(context, reader, f"?area={area}")
        frame = outstanding_frame(state)
        (sentence,) = OUTSTANDING.sentences(state, frame)
    assert ((frame["higher_than"] >= 90) | (frame["higher_than"] <= 10)).all()
    assert ("minst nio av tio" in sentence) or ("Inget mått sticker ut" in sentence)


def test_where_few_have_figures_nothing_is_called_ordinary(context: Context) -> None:
    with context.store.reader() as reader:
        state = resolve(context, reader, "?area=0180R001_RegSO2025")
        assert OUTSTANDING.sentences(state, outstanding_frame(state)) == [
            "För få RegSO har värden för att något ska kunna sägas sticka ut."
        ]


@pytest.mark.parametrize("area", EVERY_LEVEL)
def test_similar_areas_come_by_what_most_have_measured(context: Context, area: str) -> None:
    with context.store.reader() as reader:
        state = resolve(context, reader, f"?area={area}")
        found = similar_frame(state)
        shown = said(SIMILAR.render(state))
    ids, alike = state.portrait.alike_ids, state.portrait.alike
    assert (found["rank"] > 0).sum() >= 6
    assert len(ids) >= 4
    assert alike.used.all()
    assert alike.n_compared > 9 * alike.n_left_out  # nearly all can be compared
    years = dict(state.portrait.common.requested)
    for indicator_id in ids:
        assert f"{state.name(indicator_id)}, {years[indicator_id]}" in shown


def _first_table(state: PlaceState) -> list[list[str]]:
    tabs: Any = measures.ALL.drawing(state, measures.ALL.frame(state), "")
    assert isinstance(tabs, dmc.Tabs)
    (panel,) = [
        part
        for part in tabs._traverse()
        if isinstance(part, dmc.TabsPanel) and part.value == tabs.value
    ]
    rows = [part for part in panel._traverse() if isinstance(part, html.Tr)]
    return [[said(cell) for cell in row.children] for row in rows]


def test_no_table_of_dashes_meets_the_reader_first(context: Context) -> None:
    with context.store.reader() as reader:
        heads, *rows = _first_table(resolve(context, reader, "?area=1280"))
    assert heads[:3] == ["Mått", "År", "Malmö"]
    children = next(row for row in rows if row[0].startswith("Barn och unga"))
    assert children[1] == "2022"
    assert "–" not in children
    assert "2024: 22,8" in children[0]  # the place's own last year, beside the name


def test_an_own_area_without_a_name_has_a_sentence(context: Context) -> None:
    query = "?area=own:1280R001.1280R002"
    with context.reader(query) as reader:
        swedish = " ".join(lead(resolve(context, reader, query)))
    with context.reader(query + "&lang=en") as reader:
        english = " ".join(lead(resolve(context, reader, query + "&lang=en")))
    assert swedish.startswith("I det egna området (2 RegSO) bodde")
    assert " people lived in your own area (2 RegSO) at the end of" in english


def test_an_own_area_consists_of_what_was_chosen_also_where_borders_moved(context: Context) -> None:
    query = "?area=own:0180R001.0180R002.0180R003"
    with context.reader(query) as reader:
        said = resolve(context, reader, query).own_sentences
    assert said[0].startswith("Området består av 3 RegSO.")


def test_an_own_area_has_its_likes(context: Context) -> None:
    query = "?area=own:0180R001.0180R002.0180R003"
    with context.reader(query) as reader:
        alike = resolve(context, reader, query).portrait.alike
    assert len(alike.rows) == 7
    assert alike.used.sum() >= 4


def test_riket_and_counties_say_where_their_intervals_are(context: Context) -> None:
    for area, language, told in (
        ("00", "sv", "Osäkerhetsintervall för riket och län finns på sidan Segregation."),
        ("12", "en", "Intervals of Sweden and the counties are on the page Segregation."),
    ):
        with context.store.reader() as reader:
            state = resolve(context, reader, f"?area={area}&lang={language}")
            assert told in said(measures.segregation_part(state))


def test_an_index_that_is_withheld_says_why_and_nothing_weighs_in_it(context: Context) -> None:
    query = "?area=own:2505R001"
    with context.reader(query) as reader:
        state = segregation.PAGE.resolve(context, reader, query)
        scale, town = (said(box.fill(state)) for box in segregation.PAGE.boxes[:2])
    assert "Eget område, 1 RegSO visas inte: för få områden" in " ".join(scale.split())
    assert "väger tyngst" not in town


@pytest.mark.parametrize(
    ("query", "absent"),
    [
        ("?indicator=rented_dwellings&level=lan&year=2023&since=2020", "−1,5 till"),
        ("?indicator=apartment_blocks&level=lan&year=2022&layer=location_quotient", "1,80"),
    ],
)
def test_the_key_has_no_class_that_no_area_is_in(context: Context, query: str, absent: str) -> None:
    with context.store.reader() as reader:
        state = read_state(context, reader, query)
        drawing = payload.draw(state)
        shown = said(payload.properties(state, drawing)[ids.MAP_LEGEND]["children"])
    assert 0 in drawing.painted.legend["counts"]
    assert absent in " ".join(drawing.painted.legend["labels"])
    assert absent not in shown
    assert ": 0\u00a0områden" not in shown


@pytest.mark.parametrize(
    ("typed", "year", "first", "label"),
    [
        ("Malmö stads kommun", 2022, "1280", "Malmö"),
        ("hela landet", 2022, "00", "Riket"),
        ("Sto", 2022, "0180", "Stockholm"),
        ("åkersberga", 2022, "0117", "Åkersberga, ort i Österåker"),
        ("åkersb", 2022, "0117", "Åkersberga, ort i Österåker"),  # before Enköping's Åkersberg
        ("Tjärna Ängar", 2022, "2081R013", "Tjärna Ängar (Borlänge)"),
        ("Tjärna Ängar", 2024, "2081R013", "Tjärna Ängar (Borlänge)"),
        ("0180C1010", 2024, "0180C1010", "Östra Farsta Strand, C1010 (Stockholm)"),
    ],
)
def test_a_place_is_found_by_what_people_call_it(
    context: Context, typed: str, year: int, first: str, label: str
) -> None:
    """The stadsdelar and towns of the map too, and areas of other years' divisions."""
    with context.store.reader() as reader:
        found = find_places(reader, typed, year=year, language="sv")
    assert found[0] == {"value": first, "label": label}


def test_a_town_leads_to_its_kommun_once(context: Context) -> None:
    with context.store.reader() as reader:
        found = find_places(reader, "Boden", year=2022, language="sv", small=False)
        abroad = find_places(reader, "Lund", year=2022, language="en", small=False)
    assert found == [{"value": "2582", "label": "Boden"}]
    values = [option["value"] for option in abroad]
    assert len(values) == len(set(values))
    assert all("a town in" in option["label"] for option in abroad[1:])


@pytest.mark.parametrize("area", EVERY_LEVEL)
def test_an_agenda_proposes_conditions_and_never_who_lives_there(
    context: Context, area: str
) -> None:
    with context.store.reader() as reader:
        proposed = priorities(resolve(context, reader, f"?area={area}"))
    sectors = {context.catalogue.indicators[indicator].sector for indicator in proposed}
    assert "befolkning" not in sectors


def test_documents_compare_in_the_years_in_which_the_page_does(context: Context) -> None:
    """Of 2024 the extract has the population of six kommuner: beside it nothing stands."""
    with context.store.reader() as reader:
        state = resolve(context, reader, "?area=1280")
        shown = state.once(compared_frame).set_index("indicator_id")
        page = {state.name(i): str(year) for i, year in shown["year"].items()}
        tables = [*blocks.conditions(state), *blocks.follow_up(state)[1:]]
        rows = [row for table in tables for row in table.rows]
        assert {row[0]: row[1] for row in rows} == {row[0]: page[row[0]] for row in rows}
        children = next(row for row in rows if row[0] == "Barn och unga 0–19 år")
        assert children[1] == "2022"
        assert "–" not in children
        assert blocks.segregation(state)[1].rows[-1][2] != "–"


def test_groups_stand_beside_riket_in_one_year(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    years = {"1280": (2022, 2024), "00": (2022, 2023)}

    def sizes(_state: PlaceState, area_id: str, _level: str, year: int) -> dict[str, Any]:
        last = max((own for own in years[area_id] if own <= year), default=None)
        found = {"year": last, "division": "admin", "counts": [1.0, last or 0, 1.0, 1.0, 1.0]}
        return {"household": found} if last else {}

    with context.store.reader() as reader:
        state = resolve(context, reader, "?area=1280")
        monkeypatch.setattr(place_state, "_sizes", sizes)
        both = group_frame(state)
        assert set(both["year"]) == {2022}
        assert (both["share"] == both["riket_share"]).all()
        years["00"] = (2023,)
        alone = group_frame(state)
        assert set(alone["year"]) == {2024}
        assert alone["riket_share"].isna().all()


def test_groups_are_of_the_last_year_in_which_all_of_them_are_counted(context: Context) -> None:
    """Of 2023 the extract has residents born in Sweden only, of 2022 everybody."""
    with context.store.reader() as reader:
        found = group_frame(resolve(context, reader, "?area=2080"))
    born = found[found["grouping_id"] == "birth_region"]
    assert born["year"].tolist() == [2022] * 3
    assert born[["persons", "share", "riket_share"]].notna().all(axis=None)


@pytest.mark.parametrize("section", [UNITS, SCALE, SERIES], ids=lambda section: section.key)
def test_a_table_of_a_withheld_index_says_why(context: Context, section: Any) -> None:
    query = "?grouping=born_outside_europe&area=2463&year=2022"  # Åsele, of two RegSO
    with context.reader(query) as reader:
        state = segregation.resolve(context, reader, query)
        assert "visas inte: för få områden" in said(section.table(state, section.frame(state)))


@pytest.mark.parametrize(("area", "n_deso"), [("1280", 192), ("12", 789), ("00", 5984)])
def test_where_regso_have_no_signals_those_of_deso_are_shown(
    context: Context, area: str, n_deso: int
) -> None:
    with context.store.reader() as reader:
        state = resolve(context, reader, f"?area={area}")
        assert SIGNALS.applies(state)
        frame = signals_frame(state)
        assert frame["level"].tolist() == ["deso"] * n_deso
        assert "Inte prövat på dessa siffror" in " ".join(SIGNALS.sentences(state, frame))


def test_an_own_file_is_a_source_by_its_name_and_without_a_day_that_nobody_knows(
    context: Context,
) -> None:
    with context.store.reader() as reader:
        known = reader.snapshot
    day = datetime(2026, 11, 30, tzinfo=UTC)
    own = SourceUse("LOCAL-clubs", Text("Klubbar", "Clubs"), None, day, "CC0", "Malmö stad")
    about = about_origin(Provenance(known, (own,), ()), language="sv")
    assert (
        "Källa",
        "Malmö stad, fil clubs: Klubbar. Hämtad 30 november 2026. Licens CC0.",
    ) in about


def test_a_document_says_that_no_years_can_be_compared(context: Context) -> None:
    with context.store.reader() as reader:
        (said,) = blocks.development(resolve(context, reader, "?area=1280C1010&year=2022"))
    assert "två år som kan jämföras" in str(said)


def test_a_document_is_of_the_last_year_it_has_and_compares_no_place_with_itself(
    context: Context,
) -> None:
    """Of 2024 the extract has six kommuner; Gotland is a county of its own."""
    with context.store.reader() as reader:
        gotland, malmo = (resolve(context, reader, f"?area={a}") for a in ("0980", "1280"))
        assert briefing(gotland).title == "Lägesbild för Gotlands kommun 2023"
        assert briefing(malmo).title == "Lägesbild för Malmö kommun 2024"
        assert comparison_roles(gotland) == ("riket",)
        key = said(KEY.render(gotland))
        assert "Länet" not in key
        assert "Gotlands län består av en enda kommun och visas därför inte bredvid." in key
        bingeby = said(KEY.render(resolve(context, reader, "?area=0980R001&year=2022")))
        assert "Kommunen" in bingeby
        assert "Länet" not in bingeby
        assert "Länet" in said(KEY.render(malmo))
        assert "består av en enda kommun" not in said(KEY.render(malmo))
        assert comparison_roles(malmo) == ("lan", "riket")
