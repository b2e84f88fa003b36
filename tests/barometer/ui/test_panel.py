"""The chosen area's panel and its figure, as data."""

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from barometer.catalogue import load_catalogue
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui import figures, view
from barometer.ui.context import Context
from barometer.ui.panel import panel
from tests.barometer.ui.test_site import said
from tests.snapshots import publish_snapshot

CATALOGUE = load_catalogue()
CHILDREN = CATALOGUE.indicators["low_standard_children"]
FLOGSTA = "?indicator=low_standard_children&level=regso&year=2024&area=0380R002_SYN_RegSO2025"


def shown(context: Context, query: str) -> str:
    with context.store.reader() as reader:
        return said(panel(view.show(context, reader, query)))


def test_the_panel_says_the_area_against_its_containers(context: Context) -> None:
    words = shown(context, FLOGSTA)
    assert (
        "I Flogsta-Ekeby (Uppsala) är andelen barn i hushåll med låg ekonomisk standard"
        " 30\xa0% (120 av 400) år 2024." in words
    )
    assert "9\xa0procentenheter högre än i Uppsala kommun (21\xa0%)" in words
    assert "RegSO 2025 · Uppsala · Uppsala län · 400 invånare" in words


def test_the_panel_speaks_english(context: Context) -> None:
    words = shown(context, FLOGSTA + "&lang=en")
    assert "Compared with" in words
    assert "Sweden 21%" in words
    assert "Riket" not in words


def test_without_an_area_the_panel_says_how_to_choose_one(context: Context) -> None:
    assert "Klicka på kartan eller sök en plats" in shown(context, "?level=regso")


def test_a_suppressed_value_says_so(context: Context) -> None:
    words = shown(context, "?level=regso&year=2024&area=0114R001_SYN_RegSO2025")
    assert "uppgift saknas hos SCB" in words


def test_an_area_called_as_its_kommun_has_a_column_of_its_own(tmp_path: Path) -> None:
    path = publish_snapshot(tmp_path / "published")
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "UPDATE areas SET label = 'Uppsala' WHERE area_id = '0380R002_SYN_RegSO2025'"
        )
    settings = Settings.from_env({"DATA_DIR": str(tmp_path)})
    context = Context(settings, Store(settings.published_dir), load_catalogue())
    words = shown(context, FLOGSTA)
    assert "År Uppsala Uppsala Uppsala län Riket" in words


def series(*rows: tuple[str, str, str, int, float]) -> pd.DataFrame:
    columns = ["role", "label", "division", "year", "value"]
    return pd.DataFrame(list(rows), columns=columns)


def test_a_line_never_crosses_a_change_of_division() -> None:
    figure = figures.series_figure(
        series(
            ("area", "Ny", "2025", 2024, 30.0),
            ("counterpart", "Gammal", "2018", 2022, 28.0),
            ("counterpart", "Gammal", "2018", 2023, 29.0),
            ("riket", "Riket", "admin", 2023, 20.0),
            ("riket", "Riket", "admin", 2024, 21.0),
        ),
        indicator=CHILDREN,
        breaks=CATALOGUE.breaks_of(CHILDREN, levels=("regso",)),
        language="sv",
    )
    lines = {trace.name: list(trace.x) for trace in figure.data}
    assert lines["Ny"] == [2024]
    assert lines["Samma kod, andra gränser"] == [2022, 2023]
    assert lines["Riket"] == [2023, 2024]
    assert [shape.x0 for shape in figure.layout.shapes] == [2023.5]


def test_carried_years_are_a_line_of_their_own() -> None:
    figure = figures.series_figure(
        series(
            ("area", "Ny", "2025", 2024, 30.0),
            ("carried", "Ny", "2025", 2022, 28.0),
            ("carried", "Ny", "2025", 2023, 29.0),
        ),
        indicator=CHILDREN,
        breaks=CATALOGUE.breaks_of(CHILDREN, levels=("regso",)),
        language="sv",
    )
    lines = {trace.name: (list(trace.x), trace.line.dash) for trace in figure.data}
    assert lines == {
        "Ny": ([2024], "solid"),
        "Området, omräknat": ([2022, 2023], "dot"),
    }
    assert [shape.x0 for shape in figure.layout.shapes] == [2023.5]


def test_a_missing_year_is_a_gap() -> None:
    figure = figures.series_figure(
        series(
            ("kommun", "Uppsala", "admin", 2022, 28.0),
            ("kommun", "Uppsala", "admin", 2023, float("nan")),
            ("kommun", "Uppsala", "admin", 2024, 29.0),
        ),
        indicator=CHILDREN,
        language="en",
    )
    (line,) = figure.data
    assert list(line.y) == [28.0, None, 29.0]
    assert line.connectgaps is False
    assert line.customdata[0] == "28%"


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_figure_has_its_own_template(language: str) -> None:
    figure = figures.series_figure(
        series(("riket", "Riket", "admin", 2024, 21.0)),
        indicator=CHILDREN,
        language=language,
    )
    assert figure.layout.template.layout.paper_bgcolor == "rgba(0,0,0,0)"
