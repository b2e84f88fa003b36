"""What four people come for, by mouse, keys and touch, each with the steps that it takes.

A step is a click, a tap, or a text typed; the other tasks' journeys are in the pages' own tests.
"""

import re
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

CHILDREN = "low_standard_children"
PNG = b"\x89PNG"


@dataclass
class Steps:
    """Counts what a person does."""

    page: Page
    n: int = 0

    def click(self, target: Locator) -> None:
        target.click()
        self.n += 1

    def tap(self, target: Locator) -> None:
        target.tap()
        self.n += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.n += 1

    def pick(self, field: Locator, text: str, option: str) -> None:
        """Click in a field, type, click what was found."""
        self.click(field)
        self.type(text)
        self.click(self.page.get_by_role("option", name=option, exact=True))

    def picture(self, figure: Locator) -> bytes:
        """Take a figure home as PNG from its menu."""
        self.click(figure.get_by_text("Dela och ladda ner"))
        with self.page.expect_download() as download:
            self.click(figure.get_by_role("link", name="PNG"))
        return download.value.path().read_bytes()


def test_a_planner_lays_kommuner_beside_one_another_and_takes_the_picture(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/labb?indicators={CHILDREN}")
    steps = Steps(page)
    areas = page.get_by_role("textbox", name="Områden").first
    steps.pick(areas, "uppsala", "Uppsala")
    steps.pick(areas, "stockholms kommun", "Stockholm")
    page.keyboard.press("Escape")
    steps.click(page.get_by_text("Linjer", exact=True))
    expect(page.locator("#lab-chart-0 .js-plotly-plot .trace").first).to_be_visible()
    assert steps.picture(page.locator("#lab-chart-0")).startswith(PNG)
    assert steps.n == 9


def test_a_journalist_compares_two_places_and_takes_code_and_picture(
    page: Page, address: str
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{address}/segregation?grouping={CHILDREN}&area=0380&year=2023")
    steps = Steps(page)
    scale = page.locator("#segregation-scale")
    expect(scale).to_contain_text("Uppsala")
    steps.pick(page.locator("#segregation-place"), "Upplands", "Upplands Väsby")
    expect(scale.locator(".place--2")).to_contain_text("Upplands Väsby")
    page.keyboard.press("Escape")
    assert steps.picture(scale).startswith(PNG)
    steps.click(scale.get_by_role("button", name="Bädda in på en webbsida"))
    code = page.evaluate("navigator.clipboard.readText()")
    page.set_content(code)
    link = page.get_by_role("link")
    expect(link).to_have_attribute("href", re.compile(r"area=0380,0114.*#segregation-scale$"))
    shown = page.get_by_role("img", name="Var på skalan?")
    expect(shown).to_have_js_property("naturalWidth", 1536)  # 1,152 points
    assert steps.n == 6


def test_a_neighbourhood_is_found_by_touch_on_a_phone(chromium: Browser, address: str) -> None:
    context: BrowserContext = chromium.new_context(
        viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True, locale="sv-SE"
    )
    page = context.new_page()
    page.goto(address)
    steps = Steps(page)
    steps.tap(page.get_by_role("textbox", name="Plats").or_(page.get_by_label("Plats")).first)
    steps.type("Uppsa")
    steps.tap(page.get_by_role("option", name="Uppsala", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("Uppsala")
    key = page.locator("#plats-key")
    steps.tap(key.get_by_text("Dela och ladda ner"))
    with page.expect_download() as download:
        steps.tap(key.get_by_role("link", name="PNG"))
    assert download.value.path().read_bytes().startswith(PNG)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert steps.n == 5
    context.close()
