"""Series that are not comparable throughout show where, and why."""

import io
import json
import re

import pandas as pd
import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from barometer.catalogue import load_catalogue
from barometer.divisions import LAST_YEAR_OF_2018
from barometer.export.origin import about_origin, described_origin
from barometer.queries import Provenance
from barometer.ui.breaks import comparable
from barometer.ui.context import Context
from barometer.ui.pages.lab.charts import line_charts
from barometer.ui.pages.lab.figures import (
    lines_figure,
    style,
)
from barometer.ui.pages.lab.state import resolve as see_lab
from barometer.ui.pages.lab.table import lab_sheet, some
from barometer.ui.pages.segregation.figures import series_figure
from barometer.ui.pages.segregation.page import PAGE
from barometer.ui.pages.segregation.state import resolve
from barometer.wording import breaks_sentences

CATALOGUE = load_catalogue()


@pytest.mark.parametrize(
    ("indicator_id", "year", "severs", "word"),
    [
        ("employed_16_64", 2020, True, "RAMS"),
        ("long_tertiary", 2023, False, "25–64 år"),
        ("rented", LAST_YEAR_OF_2018 + 1, True, "gränser"),
        ("population", 2025, False, "slumpmässiga"),
    ],
)
def test_every_known_break_is_in_charts_and_files(
    context: Context, indicator_id: str, year: int, severs: bool, word: str
) -> None:
    """The line is cut where nothing can be compared, and marked at least."""
    indicator = CATALOGUE.indicators[indicator_id]
    breaks = [b for b in CATALOGUE.breaks_of(indicator, levels=("deso",)) if b.year == year]
    assert [(b.severs, word in b.note.sv) for b in breaks] == [(severs, True)]
    old, new = ("2018", "2025") if word == "gränser" else ("2018", "2018")
    rows = [(old, year - 2, 1.0), (old, year - 1, 2.0), (new, year, 3.0), (new, year + 1, 4.0)]
    lines = pd.DataFrame(rows, columns=["division", "year", "value"]).assign(
        area_id=lambda own: "0114R001" + own["division"], background="all", series="a", name="a"
    )
    figure = lines_figure(
        lines, styles={("a", "all"): style(0)}, indicator=indicator, breaks=breaks, language="sv"
    )
    drawn = [years for trace in figure.data if (years := list(trace.x))]
    before, after = [year - 2, year - 1], [year, year + 1]
    assert drawn == ([before, after] if severs else [before + after])
    (shape,) = figure.layout.shapes
    assert (shape.x0, shape.line.dash) == (year - 0.5, "4px 3px" if severs else "1px 3px")
    with context.store.reader() as reader:
        provenance = Provenance(reader.snapshot, (), tuple(breaks))
    assert word in dict(about_origin(provenance, language="sv"))["Tidsseriebrott"]
    assert described_origin(provenance, language="en")["breaks"] == [
        {
            "year": year,
            "note": breaks[0].note.en,
            "severs": severs,
            "levels": list(breaks[0].levels),
        }
    ]
    (said,) = breaks_sentences(breaks, first=year - 1, last=year, language="sv")
    assert said.startswith(f"Tidsseriebrott {year}: ")


def test_a_common_break_is_only_in_series_with_years_and_areas_on_both_sides() -> None:
    def years_of(indicator_id: str, *levels: str) -> list[int]:
        indicator = CATALOGUE.indicators[indicator_id]
        found = CATALOGUE.breaks_of(indicator, **({"levels": levels} if levels else {}))
        return [found.year for found in found]

    assert years_of("rented", "kommun") == []
    assert years_of("rented") == [2024]
    assert years_of("older", "kommun") == [2025]
    assert years_of("low_standard", "kommun") == [2015]  # of incomes from the Nordic countries
    assert years_of("low_standard", "deso") == [2015, 2015, 2024]
    assert years_of("turnout") == []  # the elections of 2018 and 2022
    assert years_of("net_moves") == []  # closed with 2023
    assert years_of("net_migration") == [2025]  # of kommuner only
    assert years_of("employed_16_64", "kommun") == [2019, 2020]
    assert years_of("employed", "kommun") == []  # from BAS alone
    assert years_of("low_standard", "deso") != years_of("deso_index", "deso") == [2023, 2024]
    assert years_of("deso_area_type") == [2023, 2024]  # from 2020, the first year of BAS


def test_nothing_is_compared_across_another_register() -> None:
    breaks = CATALOGUE.breaks_of(CATALOGUE.indicators["employed_16_64"], levels=("deso",))
    years = pd.DataFrame({"year": [2018, 2019, 2020, 2021]})
    assert comparable(years, breaks=breaks, year=2021)["year"].tolist() == [2020, 2021]
    assert comparable(years, breaks=breaks, year=2018)["year"].tolist() == [2018, 2019]


def test_no_line_crosses_a_change_of_division_and_breaks_are_marked(context: Context) -> None:
    with context.store.reader() as reader:
        state = resolve(context, reader, "?area=0380&year=2023&units=regso")
        series = PAGE.frames["series"](state)
        education = context.catalogue.groupings["education_level"]
        breaks = context.catalogue.breaks_of(education, levels=("regso",))
        figure = series_figure(series, index=state.index, breaks=breaks, language="sv")
    assert [b.year for b in breaks] == [2023, 2024]
    years = [sorted(set(trace.x)) for trace in figure.data if len(trace.x)]
    assert [2022, 2023] in years
    assert [2024] in years
    assert all(y[-1] <= 2023 or y[0] >= 2024 for y in years)
    assert [shape.x0 for shape in figure.layout.shapes] == [2022.5, 2023.5]


def test_a_break_in_the_source_is_marked_said_and_sent_along(context: Context) -> None:
    """Ages 25-65 from 2023, in the years 2022 to 2024; the borders change after 2023."""
    query = "?indicators=lower_secondary&areas=regso@0114&view=line"
    with context.store.reader() as reader:
        state = see_lab(context, reader, query)
        chart = next(line_charts(state))
        sheet = lab_sheet(state)
        years = [row[2] for row in some(state, {})]
    assert [shape.x0 for shape in chart.figure.layout.shapes] == [2022.5, 2023.5]
    said = "Från 2023 avser uppgifterna åldrarna 25–65 år, tidigare 25–64 år."
    assert f"* Tidsseriebrott 2023: {said}" in chart.notes
    assert ("Tidsseriebrott", f"2023: {said}") in sheet.about
    assert [own["year"] for own in sheet.description["breaks"]] == [2023, 2024]
    assert set(years) == {"2022", "2023*", "2024*"}


def test_a_file_of_an_index_says_where_its_source_breaks(client: FlaskClient) -> None:
    """In the workbook's sheet about the numbers: those in its years, no others."""
    answer = client.get("/export/segregation/series/xlsx?area=0380&year=2024&units=regso")
    book = load_workbook(io.BytesIO(answer.data), read_only=True)
    told = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    breaks = [str(cell)[:5] for cell in told if re.match(r"20\d\d: ", str(cell))]
    assert breaks == ["2024:"]


def test_the_api_says_where_an_indicator_breaks(client: FlaskClient) -> None:
    listed = json.loads(client.get("/api/v1/indicators.json?indicator=lower_secondary").data)
    (row,) = listed["rows"]
    assert [told[:5] for told in row["breaks"].split(" | ")] == ["2023:", "2024:"]
    values = json.loads(client.get("/api/v1/values.json?indicator=lower_secondary&limit=1").data)
    assert [found["year"] for found in values["breaks"]] == [2023, 2024]
