"""From what a page draws to its pictures: the same values, and one wherever one is offered."""

from typing import Any

import plotly.graph_objects as go
import pytest
from dash import html
from flask.testing import FlaskClient

from barometer.pictures import Band, Dots, Rectangle, Stroke, VerticalLine
from barometer.ui import parts
from barometer.ui.base.page import LivePage
from barometer.ui.base.plotted import chart_of, plot_of, table_of
from barometer.ui.context import Context
from barometer.ui.factory import PAGES

SECTIONS = tuple(
    (page, section) for page in PAGES if isinstance(page, LivePage) for section in page.sections
)


@pytest.mark.parametrize(
    ("page", "section"), SECTIONS, ids=lambda value: getattr(value, "path", None) or value.key
)
def test_every_picture_that_a_menu_offers_can_be_drawn(
    context: Context, page: LivePage[Any], section: Any
) -> None:
    with context.store.reader() as reader:
        state = page.resolve(context, reader, "?area=0380&areas=0380&level=kommun")
        rendered = section.render(state)
        offered = [
            part.href
            for part in (rendered._traverse() if rendered is not None else ())
            if str(getattr(part, "href", "")).startswith("/picture/")
        ]
        if not offered:
            return
        assert offered[0].startswith(f"/picture/{page.export}/{section.key}.png?")
        assert section._chart(state, state.once(section.frame), "label") is not None


def test_every_chart_of_the_lab_has_its_own_picture(client: FlaskClient) -> None:
    query = "indicators=foreign_background&areas=kommun&view=bar"
    answer = client.get(f"/picture/labb/chart-0.svg?{query}")
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "image/svg+xml"
    assert client.get(f"/picture/labb/chart-3.svg?{query}").status_code == 404
    assert (
        client.get(f"/picture/labb/chart-0.svg?{query.replace('bar', 'table')}").status_code == 404
    )


def test_the_table_of_the_lab_is_a_picture_with_its_first_rows(client: FlaskClient) -> None:
    query = "indicators=foreign_background&areas=kommun"
    long, spread = (
        client.get(f"/picture/labb/table.svg?{query}{how}") for how in ("", "&columns=year")
    )
    assert (long.status_code, spread.status_code) == (200, 200)
    assert long.data != spread.data
    assert client.get("/picture/labb/table.svg").status_code == 404


def test_without_an_earlier_year_there_are_no_moves_to_draw(client: FlaskClient) -> None:
    address = "/picture/omradestyper/moves.svg?area=0180"
    assert client.get(f"{address}&year=2022").status_code == 404
    assert client.get(f"{address}&year=2023&since=2022").status_code == 200


def test_lines_keep_their_gaps_breaks_bands_and_names() -> None:
    figure = go.Figure()
    figure.add_scatter(x=[1, 2, 2, 1], y=[3, 4, 2, 1], fill="toself", fillcolor="rgba(0,0,255,0.5)")
    figure.add_scatter(
        x=[2020, 2021, 2022],
        y=[1.0, None, 3.0],
        name="Malmö",
        mode="lines+markers",
        line={"color": "#123456"},
        customdata=["1 %", "–", "3 %"],
    )
    figure.add_vline(x=2021.5, line={"dash": "4px 3px"})
    figure.update_xaxes(tickformat="d")
    plot = plot_of(figure, language="sv")
    band, line, dots = plot.marks
    assert isinstance(band, Band)
    assert (band.colour, band.alpha) == ("#0000ff", 0.5)
    assert isinstance(line, Stroke)
    assert isinstance(dots, Dots)
    assert line.text == "Malmö 3 %"
    assert [y == y for _, y in line.points] == [True, False, True]
    assert plot.rules == (VerticalLine(2021.5, "", dashed=True),)


def test_bars_stand_on_one_another_or_side_by_side() -> None:
    bars = [go.Bar(x=[a, -1], y=["ett", "två"], orientation="h", name=str(a)) for a in (2, 3)]
    figure = go.Figure(bars).update_yaxes(autorange="reversed")
    stacked = plot_of(figure.update_layout(barmode="stack"), language="sv")
    corners = [mark.corners for mark in stacked.marks if isinstance(mark, Rectangle)]
    assert [(c[0], c[2]) for c in corners] == [(0, 2), (0, -1), (2, 5), (-1, -2)]
    assert stacked.up.reversed
    assert [text for _, text in stacked.up.ticks] == ["ett", "två"]
    assert [name for name, _ in stacked.key] == ["2", "3"]
    grouped = plot_of(figure.update_layout(barmode="group"), language="sv")
    corners = [mark.corners for mark in grouped.marks if isinstance(mark, Rectangle)]
    assert [c[0] for c in corners] == [0, 0, 0, 0]
    assert corners[0][3] == pytest.approx(corners[2][1])


def test_a_matrix_is_darkest_where_its_number_is_largest() -> None:
    figure = go.Figure(
        go.Heatmap(
            x=["a", "b"], y=["a", "b"], z=[[None, 1], [3, None]], text=[["", "1"], ["3", ""]]
        )
    )
    cells = [mark for mark in plot_of(figure, language="sv").marks if isinstance(mark, Rectangle)]
    by_text = {cell.text: cell.alpha for cell in cells}
    assert by_text["3"] > by_text["1"] == by_text[""]


def test_a_year_alone_stands_in_the_middle() -> None:
    figure = go.Figure(go.Scatter(x=[2022], y=[4.0])).update_xaxes(tickformat="d")
    scale = plot_of(figure, language="sv").across
    assert (scale.low, scale.high, scale.ticks) == (2021, 2023, ((2022, "2022"),))


def test_a_table_is_read_as_texts_without_its_empty_columns() -> None:
    rows = [[html.A("Lund", href="/x"), html.I(), html.B("3 %")], ["Malmö", html.I(), "–"]]
    table = parts.table(["Kommun", "0–100 %", "Andel"], rows, label="Andelar")
    read = table_of(table, language="sv")
    assert read.heads == ("Kommun", "Andel")
    assert read.rows == (("Lund", "3 %"), ("Malmö", "–"))
    assert chart_of(None, table, "sv") == read
    assert chart_of(html.Ul([]), None, "sv") is None
