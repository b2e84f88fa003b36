"""Series that are not comparable throughout show where, and why."""

import io

from flask.testing import FlaskClient
from openpyxl import load_workbook

from barometer.ui.context import Context
from barometer.ui.lab.charts import line_charts
from barometer.ui.lab.files import lab_sheet
from barometer.ui.lab.view import see as see_lab
from barometer.ui.segregation.figures import series_figure
from barometer.ui.segregation.view import FRAMES, see


def test_no_line_crosses_a_change_of_division_and_breaks_are_marked(context: Context) -> None:
    with context.store.reader() as reader:
        seen = see(context, reader, "?area=0380&year=2023&units=regso")
        series = FRAMES["series"](seen)
        breaks = context.catalogue.breaks_of(context.catalogue.groupings["education_level"])
        figure = series_figure(series, index=seen.index, breaks=breaks, language="sv")
    assert [b.year for b in breaks] == [2023]
    years = [sorted(set(trace.x)) for trace in figure.data if len(trace.x)]
    assert [2022, 2023] in years
    assert [2024] in years
    assert all(y[-1] <= 2023 or y[0] >= 2024 for y in years)
    assert [shape.x0 for shape in figure.layout.shapes] == [2022.5, 2023.5]


def test_a_break_in_the_source_is_marked_said_and_sent_along(context: Context) -> None:
    """Ages 25-65 from 2023, in the years 2022 to 2024; the borders change after 2023."""
    with context.store.reader() as reader:
        seen = see_lab(context, reader, "?indicators=lower_secondary&areas=regso@0114&view=line")
        chart = next(line_charts(seen))
        about = dict(lab_sheet(seen).about)
    assert [shape.x0 for shape in chart.figure.layout.shapes] == [2022.5, 2023.5]
    said = "Från 2023 avses 25–65 år, tidigare 25–64 år."
    assert f"Tidsseriebrott 2023: {said}" in chart.notes
    assert about["Att tänka på"] == f"Förgymnasial utbildning, 2023: {said}"


def test_a_file_of_an_index_says_where_its_source_breaks(client: FlaskClient) -> None:
    """In the workbook's sheet about the numbers; the years before 2021 count children otherwise."""
    answer = client.get("/export/segregation/series/xlsx?area=0380&year=2023&units=regso")
    book = load_workbook(io.BytesIO(answer.data), read_only=True)
    told = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "2021: Från 2021 räknas barn med växelvis boende i båda föräldrarnas hushåll." in told
