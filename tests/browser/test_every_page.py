"""What holds on every page: narrow windows, double size, dark, forced colours, calm, keys, axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

# Pages, and states of theirs that no other test looks at, with what is there when all is.
STATES = {
    "/": "h1",
    "/karta?area=0380": "#map-canvas[data-shown]",
    "/karta?area=0380&indicator=foreign_background&compare=low_standard_children": (
        "#map-second-canvas[data-shown]"
    ),
    "/plats?area=00": "#plats-years h2",
    "/plats?area=9999": "h1",
    "/plats/rapport?area=0380": "#plats-about h2",
    "/segregation?area=0380&year=2023": "#segregation-areas table",
    "/segregation?area=9999": "h1",
    "/omradestyper?area=0380&year=2024": "#types-indicator .js-plotly-plot .trace",
    "/labb?indicators=low_standard_children&areas=kommun&view=line": "#lab-figure .trace",
    "/folj-upp": "h1",
    "/folj-upp?level=kommun&areas=0380&start=2023": "h1",
    "/aktorer": "#actors-matrix .main-svg",
    "/data": "#table-areas",
    "/data/api": "#api-values",
    "/finns-inte": "h1",
}
CONTRAST = """
(() => {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const parts = (colour) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data];
  };
  const light = (colour) => {
    const [r, g, b] = parts(colour).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, two) => {
    const [low, high] = [light(one), light(two)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (parts(backgroundColor)[3] === 255) return backgroundColor;
    }
    return "white";
  };
  const faint = (chosen, least) => [...document.querySelectorAll(chosen)].flatMap((node) => {
    const { fill, stroke, fillOpacity, strokeOpacity, opacity } = getComputedStyle(node);
    const drawn = fill === "none" ? [stroke, strokeOpacity] : [fill, fillOpacity];
    const bold = drawn[1] * opacity === 1 && parts(drawn[0])[3] === 255;
    const told = contrast(drawn[0], ground(node));
    return bold && told < least ? [`${drawn[0]} on ${ground(node)}: ${told.toFixed(2)}`] : [];
  });
  return { words: [...new Set(faint(".js-plotly-plot .main-svg text:not(.bartext)", 4.5))],
           drawn: [...new Set(faint(
             ".js-plotly-plot .js-line, .js-plotly-plot .scatterlayer .point", 3))] };
})()
"""
MOVING = """
[...document.querySelectorAll("*")].filter((node) => {
  const { transitionDuration, animationName } = getComputedStyle(node);
  return parseFloat(transitionDuration) > 0 || animationName !== "none";
}).map((node) => node.outerHTML.slice(0, 80))
"""
RING = """
() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  return document.activeElement === document.body || (
    outlineStyle !== "none" && parseFloat(outlineWidth) > 0);
}
"""


def test_no_page_is_forgotten() -> None:
    from barometer.ui.factory import PAGES

    looked_at = {state.partition("?")[0] for state in STATES}
    assert {page.path for page in PAGES} <= looked_at


@pytest.mark.parametrize("state", STATES)
def test_a_page_suits_every_reader(
    page: Page, address: str, mishaps: list[str], state: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    open_state(page, address, state)
    if state == "/finns-inte":
        mishaps.clear()  # the browser tells of its 404
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size({"width": 640, "height": 450})  # 1280 x 900 at 200 %
    page.wait_for_timeout(200)
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    assert page.evaluate(MOVING) == []
    assert page.evaluate(CONTRAST) == {"words": [], "drawn": []}
    assert faults(page) == []
    page.emulate_media(forced_colors="active")
    assert page.evaluate(CONTRAST)["words"] == []
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate(RING), page.evaluate("document.activeElement.outerHTML")


@pytest.mark.parametrize("state", ["/plats?area=9999", "/segregation?area=9999", "/folj-upp"])
def test_what_is_not_there_is_explained_as_well_in_english(
    page: Page, address: str, state: str
) -> None:
    open_state(page, address, f"{state}{'&' if '?' in state else '?'}lang=en", "h1")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert faults(page) == []


def open_state(page: Page, address: str, state: str, there: str | None = None) -> None:
    """Open a page and wait until all of it is there."""
    page.goto(f"{address}{state}")
    page.locator(there or STATES[state]).first.wait_for(state="attached")
    page.wait_for_load_state("networkidle")


def faults(page: Page) -> list[tuple[str, str]]:
    """What axe finds: the rule, and the first place that breaks it."""
    found = Axe().run(page).response["violations"]
    return [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in found]
