"""The segregation page as people use it: add a place by keys, go back, open what is folded."""

import re

from playwright.sync_api import Page, expect

QUERY = "?grouping=low_standard_children&area=0380&year=2023"
ALONE = "I Uppsala bor grupperna mer åtskilt än slumpen ger"


def open_page(page: Page, address: str, query: str = QUERY) -> None:
    """Open the page and wait until its last section is there."""
    page.goto(f"{address}/segregation{query}")
    page.wait_for_selector("#segregation-series .js-plotly-plot .trace")


def test_a_reader_adds_a_place_goes_back_and_opens_the_areas(page: Page, address: str) -> None:
    open_page(page, address)
    expect(page.get_by_role("heading", level=1)).to_have_text(ALONE)
    expect(page.locator("#segregation-scale")).to_contain_text("Uppsala 22,0")
    place = page.locator("#segregation-place")
    place.click()
    place.fill("Upplands")
    page.get_by_role("option", name="Upplands Väsby").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("area=0380,0114"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Upplands Väsby")
    expect(page.locator("#segregation-scale .place--2")).to_contain_text("Upplands Väsby")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(ALONE)
    page.locator("summary", has_text="Områdena bakom värdet").click()
    first = page.locator("#segregation-areas tbody a").first
    expect(first).to_have_attribute("href", re.compile("area=0380R001_SYN"))
    first.click()
    expect(page).to_have_url(re.compile("/karta.*area=0380R001_SYN"))
