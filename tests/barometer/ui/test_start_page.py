"""Start: what it says of the country is what the snapshot says, and its pictures are drawn."""

import html
import json
import re

import pytest
from flask.testing import FlaskClient

from barometer.queries.area_types import type_shares
from barometer.selection.area_types import TypeView
from barometer.ui.context import Context
from barometer.ui.pages.map.page import first_addresses
from barometer.ui.pages.map.picture import _LIVE, FIRST, SHAPES
from barometer.ui.pages.start import page
from barometer.ui.pages.start.figures import _trend, area_types
from barometer.ui.serving import ASSETS, MODULES
from tests.barometer.ui.test_site import said

PNG = b"\x89PNG\r\n\x1a\n"


def test_the_first_figure_is_the_share_of_those_whose_type_is_known(context: Context) -> None:
    with context.store.reader() as reader:
        figure = area_types(context, reader, "sv")
        view = TypeView("00", 2024, 2024, "area_type")
        shares = type_shares(reader.cursor, view)
    assert figure is not None
    latest = shares[(shares["year"] == figure.year) & shares["type"].isin([1, 2])]
    assert figure.number == f"{latest['resident_share'].sum():.0f}"
    assert "TAB6586" in figure.source


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ((1.0, 2.0, 3.0), "Andelen har ökat varje år sedan 2020."),
        ((3.0, 2.0, 1.0), "Andelen har minskat varje år sedan 2020."),
        ((1.0, 2.0, 1.0), ""),
        ((1.0, 1.0, 1.0), ""),
    ],
)
def test_a_trend_is_told_only_when_every_year_has_it(
    values: tuple[float, ...], sentence: str
) -> None:
    assert _trend(list(enumerate(values, start=2020)), "sv") == sentence


def test_years_that_are_missing_make_no_trend() -> None:
    assert _trend([(2020, 1.0), (2022, 2.0)], "sv") == ""


def test_every_picture_of_the_page_is_drawn_and_lasts(
    context: Context, client: FlaskClient
) -> None:
    content = str(page.layout(context, ""))
    sources = re.findall(r"src='(/picture/[^']+)'", content)
    assert len(sources) >= 4
    for source in sources:
        answer = client.get(source)
        assert answer.data.startswith(PNG), source
        assert "immutable" in answer.headers["Cache-Control"]


def test_the_page_asks_in_english_too(context: Context) -> None:
    words = said(page.layout(context, "?lang=en"))
    assert "How divided is Sweden" in words
    assert "Hur" not in words


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_the_map_goes_along_as_a_picture(client: FlaskClient, kind: str) -> None:
    answer = client.get(f"/picture/karta/karta.{kind}?indicator=low_standard_children&level=regso")
    assert answer.status_code == 200
    assert answer.data.startswith(PNG if kind == "png" else b"<?xml")
    assert f".{kind}" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["karta.gif", "okand.png", "start.svg"])
def test_there_is_no_other_picture(client: FlaskClient, path: str) -> None:
    assert client.get(f"/picture/karta/{path}").status_code == 404


def test_kartas_document_has_its_first_picture_once_it_is_drawn(
    client: FlaskClient, context: Context
) -> None:
    def found(query: str = "") -> str:
        return client.get(f"/karta{query}").text.partition('class="first-picture"')[2]

    light, dark = first_addresses(context)
    assert found() == ""
    with context.store.reader() as reader:  # drawn by other code: nobody asks for it again
        old = context.settings.pictures_dir / f"{reader.edition}-00000000-old.png"
    old.parent.mkdir(exist_ok=True)
    old.write_bytes(b"")
    for address in (light, dark):
        answer = client.get(address)
        assert answer.mimetype == "image/png"
        assert "immutable" in answer.headers["Cache-Control"]
    assert 'aria-hidden="true"' in found()[:40]
    assert html.escape(light) in found()
    assert html.escape(dark) in found()
    assert found("?lang=en") != ""
    for query in ("?level=kommun", "?year=2023", "?within=0380", "?embed=1", "?view=table"):
        assert found(query) == "", query
    assert not old.exists()
    assert set(first_addresses(context)) <= set(client.application.config["PICTURES"]())


def test_the_first_picture_has_the_live_maps_bounds_and_its_size_in_the_styles() -> None:
    bounds = re.search(r"SWEDEN = (\[.*?\])", (MODULES / "map" / "picture.mjs").read_text())
    assert bounds
    assert tuple(json.loads(bounds[1])) == _LIVE
    styles = (ASSETS / "12-map.css").read_text()
    shape = SHAPES[FIRST]
    assert f"height: calc(100% * {shape.height} / {shape.height - 48})" in styles
