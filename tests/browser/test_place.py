"""A planner's way: find the place, read its profile, print it, and take the same numbers along."""

import csv
import io
import re

import pytest
from playwright.sync_api import Page, expect

QUERY = "?area=0380"


def open_page(page: Page, address: str, query: str = QUERY) -> None:
    """Open the page and wait until its last sections are there."""
    page.goto(f"{address}/plats{query}")
    page.wait_for_selector("#plats-about h2")
    page.wait_for_selector("#plats-years h2")


def test_a_planner_finds_the_place_prints_it_and_takes_the_numbers(
    page: Page, address: str
) -> None:
    page.goto(address)
    search = page.get_by_role("combobox", name="Plats").or_(page.get_by_label("Plats")).first
    search.click()
    search.fill("Uppsa")
    page.get_by_role("option", name="Uppsala", exact=True).wait_for()
    page.get_by_role("option", name="Uppsala", exact=True).click()
    expect(page).to_have_url(re.compile(r"/plats\?area=0380"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Lägesbild för Uppsala kommun 2024")
    children = page.locator("#plats-children")
    row = children.get_by_role("row").filter(has_text="Låg ekonomisk standard, barn 0–19 år")
    expect(row).to_contain_text("21\xa0%")
    page.wait_for_selector("#plats-about h2")

    page.emulate_media(media="print")
    expect(page.locator("#plats-who")).to_be_visible()
    expect(page.locator("#plats-about table")).to_be_visible()
    for hidden in (".plats__controls", ".plats__tools", ".menu", "#plats-years"):
        expect(page.locator(hidden).first).to_be_hidden()
    page.emulate_media(media="screen")

    with page.expect_download() as download:
        page.locator("#plats-figures").get_by_text("Dela och ladda ner").click()
        page.locator("#plats-figures").get_by_role("link", name="CSV (RFC 4180)").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    found = {line["indicator_id"]: line for line in csv.DictReader(io.StringIO(text))}
    assert float(found["low_standard_children"]["value"]) == 21.0


def test_own_priorities_are_kept_in_the_address_and_reached_by_keys(
    page: Page, address: str
) -> None:
    open_page(page, address)
    page.locator(".plats__own summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Ekonomisk standard, median")
    page.get_by_role("option", name="Ekonomisk standard, median").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("first=median_standard"))
    expect(page.locator("#plats-first")).to_contain_text("Ekonomisk standard, median")
    page.go_back()
    expect(page.locator("#plats-first")).to_have_count(0)


def test_a_neighbour_opens_its_own_profile(page: Page, address: str) -> None:
    open_page(page, address, "?area=0380R002_SYN_RegSO2025")
    page.locator("#plats-neighbours").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Uppsala centrum")


@pytest.mark.parametrize("area", ["0380", "0380R002_SYN_RegSO2025"])
def test_the_printed_page_is_the_report(page: Page, address: str, area: str) -> None:
    open_page(page, address, f"?area={area}&first=median_standard")
    own = printed(page)
    page.goto(f"{address}/plats/rapport?area={area}&first=median_standard")
    assert own == printed(page)
    assert {"plats-who", "plats-children", "plats-about"} <= set(own)
    assert any(words.startswith("Egna prioriteringar") for words in own.values())


def printed(page: Page) -> dict[str, str]:
    """The words of every section that is on paper, in order, by the section's id."""
    page.emulate_media(media="print")
    page.wait_for_selector("#plats-about h2")
    found: dict[str, str] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll(".plats section")]
            .filter(part => part.checkVisibility())
            .map(part => [part.id, part.innerText.replace(/\\s+/g, " ").trim()]))"""
    )
    page.emulate_media(media="screen")
    return found
