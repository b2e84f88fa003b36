"""Every section of every page on real figures, at addresses from a seed."""

import re
from datetime import date
from pathlib import Path

import dash_mantine_components as dmc
import pytest

from barometer.catalogue import load_catalogue
from barometer.queries import offer_of
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui.context import Context
from barometer.ui.pages.lab.controls import presets
from barometer.ui.pages.lab.page import figure_part
from barometer.ui.pages.place.controls import controls
from barometer.ui.pages.place.report import report
from tests.addresses import Words, faults, live_pages
from tests.barometer.ui.callbacks import said

N = 6  # addresses of each page; make bench BENCH=fuzz has more


@pytest.fixture(scope="module")
def context(real_data: Path) -> Context:
    settings = Settings.from_env({"DATA_DIR": str(real_data)})
    return Context(settings, Store(settings.published_dir), load_catalogue())


@pytest.mark.parametrize("path", sorted(live_pages()))
def test_every_section_can_be_made(context: Context, path: str) -> None:
    found = faults(live_pages()[path], context, words=Words.of(context), n=N, seed=11)
    assert list(found) == []


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/segregation", "?area=1280,0180&grouping=tenure"),  # the first has no figures
        ("/plats", "?area=1480C2460&year=2020"),  # nor has the place in that year
    ],
)
def test_a_place_without_figures_is_told(context: Context, path: str, query: str) -> None:
    page = live_pages()[path]
    with context.reader(query) as reader:
        state = page.resolve(context, reader, query)
        assert page.body(state)
        made = [box.fill(state) for box in page.boxes]
        assert any(made)


def segregation(context: Context, query: str) -> tuple[str, dict[str, bool]]:
    """What all boxes of the page say together, and which frames have rows."""
    page = live_pages()["/segregation"]
    with context.reader(query) as reader:
        state = page.resolve(context, reader, query)
        text = said([box.fill(state) for box in page.boxes])
        return text, {name: not frame(state).empty for name, frame in page.frames.items()}


def test_a_value_that_is_withheld_is_taken_apart_nowhere(context: Context) -> None:
    text, full = segregation(context, "?area=2463")  # two RegSO
    assert "av slumpen ensam: Åsele visas inte: för få områden" in text
    assert text.count("Värdet visas inte: för få områden. Därför delas det inte heller upp.") == 5
    assert "Den största delen" not in text
    assert "Åtskillnaden går" not in text
    assert "Uppgift saknas" not in text
    assert not any(full[name] for name in ("levels", "split", "groups-by-level", "areas"))


def test_no_level_of_a_place_as_even_as_chance_is_the_largest(context: Context) -> None:
    text, _ = segregation(context, "?area=1762")
    assert "Åtskillnaden går" not in text
    assert "Munkfors: så jämnt som slumpen ensam skulle ge, så delarna säger inget" in text
    assert "Munkfors: så jämnt mellan RegSO och DeSO som slumpen ensam skulle ge." in text
    assert "276 av 276 kommuner, med osäkerheten" not in text  # of which there is none
    both, _ = segregation(context, "?area=2081")
    assert "Åtskillnaden går främst mellan RegSO" in both
    assert "2 (1–2) av 276 kommuner, med osäkerheten inom parentes" in both


def test_only_the_first_index_goes_from_even_to_apart(context: Context) -> None:
    assert "helt jämnt fördelat helt åtskilt" in segregation(context, "?area=1280")[0]
    for index in ("isolation", "interaction", "adjusted_dissimilarity"):
        text, _ = segregation(context, f"?area=1280&index={index}")
        assert "helt jämnt fördelat helt åtskilt" not in text
        assert "Lägsta värde: " in text
    assert "vad slumpen ensam ger räknas inte för det här måttet" in text


def test_a_single_reach_is_told_as_that(context: Context) -> None:
    text, _ = segregation(context, "?area=1863")
    assert "Bara räckvidden 500\u00a0m kan räknas" in text
    assert "skiljer sig för lite åt för att avstånd" not in text


def test_nothing_is_compared_with_a_year_that_is_not_there(context: Context) -> None:
    page, query = live_pages()["/plats"], "?area=1280R020"
    with context.reader(query) as reader:
        state = page.resolve(context, reader, query)
        text = said([box.fill(state) for box in page.boxes] + [controls(state)])
        chosen = [part for part in controls(state)._traverse() if isinstance(part, dmc.MultiSelect)]
    assert "områdestyper finns för ett enda år" in text
    assert "kan ingen riktning sägas för 2 DeSO" in text
    assert "året innan" not in text
    for select in chosen:
        known = {item["value"] for group in select.data for item in group.get("items", [group])}
        assert set(select.value) <= known  # else the reader sees an id


def test_what_takes_several_years_is_offered_where_there_are_some(context: Context) -> None:
    page = live_pages()["/folj-upp"]
    with context.reader("") as reader:
        told = said(page.boxes[0].fill(page.resolve(context, reader, "")))
        query = "?level=kommun&areas=1280&start=2022"
        refused = said(page.boxes[0].fill(page.resolve(context, reader, query)))
        offer = offer_of(reader)
        offered = [example.lab for example, _ in presets(offer, language="sv")]
    assert "Dataversionen har för få år för en uppföljning" in told
    assert "Se ett exempel" not in told
    assert "Ingen indikator har så många år i den här dataversionen." in refused
    over_years = [lab for lab in offered if lab.view == "line" or lab.columns == "year"]
    assert [lab.indicators for lab in over_years] == [("rented_dwellings",)]
    assert len(offer.years_of("rented_dwellings", "kommun")) == 4


def test_a_report_compares_what_can_be_compared(context: Context) -> None:
    with context.reader("?area=1480") as reader:
        state = live_pages()["/plats"].resolve(context, reader, "?area=1480")
        made = report(state, today=date(2026, 1, 1))
    cells = r"</th><td[^>]*>2022</td><td[^>]*><b>21,5 %</b></td><td[^>]*>23,0 %</td><td[^>]*>23,1 %"
    children = re.findall("Barn och unga 0–19 år" + cells, made.replace("\u00a0", " "))
    assert len(children) == 2  # among the six, and of children; each with Sweden beside
    assert "Boende i hyresrätt" not in made  # of which there are no figures here


def test_the_lab_opens_with_an_example_that_is_drawn(context: Context) -> None:
    with context.reader("") as reader:
        start, chart, source = figure_part(live_pages()["/labb"].resolve(context, reader, ""))
        one = figure_part(live_pages()["/labb"].resolve(context, reader, "?areas=0180"))
    assert "de tre största kommunerna" in said(start)
    assert chart.id == "lab-chart-0"
    assert "Lägenheter med hyresrätt" in said(chart)
    assert "TAB6258" in said(source)
    assert len(one) == 1  # who has begun is told what is missing
