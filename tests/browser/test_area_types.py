"""The area-type page as people use it: another place, the moves, a sorted list, the map."""

import re

from playwright.sync_api import Page, expect

QUERY = "?year=2023&since=2022"


def open_page(page: Page, address: str, query: str = QUERY) -> None:
    """Open the page and wait until its sections are there."""
    page.goto(f"{address}/omradestyper{query}")
    page.wait_for_selector("#types-shares .js-plotly-plot .barlayer .trace")
    page.wait_for_selector("#types-indicator .js-plotly-plot .trace")


def test_a_reader_follows_types_from_sweden_to_an_area(page: Page, address: str) -> None:
    open_page(page, address)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Områdestyper i riket, 2023 (RegSO 2020)"
    )
    expect(page.locator("#types-moves .measure__sentence")).to_contain_text(
        "4 av 7 RegSO har samma typ 2022 och 2023."
    )
    rows = page.locator("#types-rows tbody tr[aria-rowindex]")
    expect(rows).to_have_count(3)
    page.get_by_role("button", name="Invånare").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("sort=-residents"))
    expect(rows.first).to_contain_text("Flogsta-Ekeby (Uppsala)")
    place = page.get_by_label("Plats", exact=True).first
    place.click()
    place.fill("Upplands")
    page.get_by_role("option", name="Upplands Väsby").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("i Upplands Väsby kommun")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("i riket")
    expect(rows.first).to_contain_text("Flogsta-Ekeby (Uppsala)")
    rows.first.get_by_role("link").click()
    expect(page).to_have_url(re.compile("/plats.*area=0380R002_SYN"))
    page.get_by_text("Mer om platsen", exact=True).click()
    page.get_by_role("link", name="Visa på kartan").click()
    expect(page).to_have_url(re.compile("/karta.*area=0380R002_SYN"))


def test_bars_follow_the_ground(page: Page, address: str) -> None:
    open_page(page, address)
    bar = page.locator("#types-shares .barlayer .trace").first.locator("path").first
    assert bar.evaluate("node => getComputedStyle(node).fill") == "rgb(63, 20, 88)"
    page.evaluate("document.documentElement.setAttribute('data-mantine-color-scheme', 'dark')")
    assert bar.evaluate("node => getComputedStyle(node).fill") == "rgb(134, 88, 176)"
