"""The chosen area's panel and its figure, as data."""

import pandas as pd
import pytest

from barometer.catalogue import load_catalogue
from barometer.ui.context import Context
from barometer.ui.pages.map import figures
from barometer.ui.pages.map.panel import panel
from barometer.ui.pages.map.state import read_state
from tests.barometer.ui.test_site import said

CATALOGUE = load_catalogue()
CHILDREN = CATALOGUE.indicators["low_standard_children"]
FLOGSTA = "?indicator=low_standard_children&level=regso&year=2024&area=0380R002_SYN_RegSO2025"


def shown(context: Context, query: str) -> str:
    with context.store.reader() as reader:
        return said(panel(read_state(context, reader, query)))


def test_the_drawer_has_the_figure_and_the_same_around_it(context: Context) -> None:
    words = shown(context, FLOGSTA)
    assert "Flogsta-Ekeby RegSO 2025 i Uppsala · 400 invånare" in words
    assert "30\xa0% 2024 120 av 400." in words
    assert "Uppsala 21\xa0%  Uppsala län 21\xa0%  Riket 21\xa0% " in words
    assert "Öppna profilen" in words


def test_the_drawer_speaks_english(context: Context) -> None:
    words = shown(context, FLOGSTA + "&lang=en")
    assert "Sweden 21%" in words
    assert "Open the profile" in words
    assert "Riket" not in words


def test_without_an_area_there_is_no_drawer(context: Context) -> None:
    assert shown(context, "?level=regso") == ""


def test_a_kommun_without_a_type_has_those_of_its_areas(context: Context) -> None:
    words = shown(context, "?indicator=area_type&level=regso&area=0380&within=0380")
    assert "60 av 100 bor i områden av typ 1 eller 2" in words
    assert "4 Goda förutsättningar 40,0\xa0% · 1 " in words


def test_a_suppressed_value_says_so(context: Context) -> None:
    words = shown(context, "?level=regso&year=2024&area=0114R001_SYN_RegSO2025")
    assert "uppgift saknas hos SCB" in words


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
