"""Dalarna's neighbourhoods on a map in a real browser."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import BrowserContext, Page

from barometer.ui import ids
from tests.server import serving

QUERY = "?indicator=foreign_background&level=deso&year=2022&area=20"
SHOWN = "(id) => document.getElementById(id)?.dataset.shown?.includes('year=2022')"
STILL = "() => new Promise((done) => barometerMap.once('idle', () => done(true)))"
DRAWN = """() => [...new Set(
    barometerMap.queryRenderedFeatures({
        layers: barometerMap.getStyle().layers.map(({id}) => id).filter((id) => /^fill/.test(id)),
    }).map((feature) => feature.properties.a)
)].length"""
# How many pixels of a picture have each of some colours, by the browser's own reading of it.
COUNT_COLOURS = """async ([picture, colours]) => {
    const bitmap = await createImageBitmap(await (await fetch(picture)).blob());
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    context.drawImage(bitmap, 0, 0);
    const data = context.getImageData(0, 0, bitmap.width, bitmap.height).data;
    const found = Object.fromEntries(colours.map((colour) => [colour, 0]));
    for (let i = 0; i < data.length; i += 4) {
        const hex = [0, 1, 2].map((k) => data[i + k].toString(16).padStart(2, '0')).join('');
        if (`#${hex}` in found) found[`#${hex}`] += 1;
    }
    return found;
}"""


@pytest.fixture(scope="module")
def address(real_data: Path) -> Iterator[str]:
    with serving(real_data) as served:
        yield served


@pytest.fixture
def dalarna(address: str, browsing: BrowserContext) -> Page:
    """The map page, opened at Dalarna."""
    page = browsing.new_page()
    page.set_viewport_size({"width": 2600, "height": 2200})  # the smallest are a few blocks
    page.goto(f"{address}/karta{QUERY}")
    page.wait_for_function(SHOWN, arg=ids.MAP_CANVAS)
    page.evaluate(STILL)
    return page


def test_the_map_draws_dalarna_s_deso(dalarna: Page) -> None:
    assert dalarna.evaluate(DRAWN) >= 175  # and neighbours in Uppsala and Stockholm


def test_the_map_has_the_colours_of_its_legend(dalarna: Page, site: FlaskClient) -> None:
    colours = site.get(f"/values{QUERY}").get_json()["legend"]["colours"]["light"]
    picture = dalarna.locator(f"#{ids.MAP_CANVAS}").screenshot()
    blank = dalarna.context.new_page()  # whose rules do not forbid reading a picture's data
    counted = blank.evaluate(COUNT_COLOURS, [data_address(picture), colours])
    assert {colour for colour, pixels in counted.items() if pixels < 200} == set()


def test_the_page_says_what_it_shows(dalarna: Page) -> None:
    said = dalarna.locator("main").text_content() or ""
    assert "Utländsk bakgrund, i DeSO 2018 år 2022" in said
    assert "3\N{NO-BREAK SPACE}440 DeSO saknar gräns på kartan" in said
    assert "Beräknat ur SCB" in said


def test_a_kommuns_profile_is_at_most_3000_px_high(address: str, browsing: BrowserContext) -> None:
    page = browsing.new_page()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{address}/plats?area=0180")  # of the longest
    page.locator("#plats-similar").wait_for()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollHeight") <= 3000


def data_address(picture: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"
