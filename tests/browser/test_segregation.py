"""The segregation page as people use it: read, change the place by keys, go back, open an area."""

import re

from playwright.sync_api import Page, expect

QUERY = "?grouping=low_standard_children&area=0380&year=2023"
TITLE = (
    "Låg ekonomisk standard, barn 0–19 år: segregationsindex (D) i Uppsala kommun mellan RegSO"
    " 2020, 2023"
)


def open_page(page: Page, address: str, query: str = QUERY) -> None:
    """Open the page and wait until its last section is there."""
    page.goto(f"{address}/segregation{query}")
    page.wait_for_selector("#segregation-areas table")
    page.wait_for_selector("#segregation-series .js-plotly-plot .trace")


def test_a_reader_finds_the_number_another_place_and_the_map(page: Page, address: str) -> None:
    open_page(page, address)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.locator("#segregation-overview")).to_contain_text(
        "22,0\xa0% av gruppen skulle behöva byta område för att fördelas som övriga."
    )
    place = page.get_by_role("combobox", name="Plats").or_(page.get_by_label("Plats")).first
    place.click()
    place.fill("Upplands")
    page.get_by_role("option", name="Upplands Väsby").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("area=0114"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("i Upplands Väsby kommun")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    first = page.locator("#segregation-areas tbody a").first
    expect(first).to_have_attribute("href", re.compile("area=0380R001_SYN"))
    first.click()
    expect(page).to_have_url(re.compile("/karta.*area=0380R001_SYN"))
