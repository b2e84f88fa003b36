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
    expect(page.get_by_role("heading", level=1)).to_have_text("Uppsala")
    page.wait_for_selector("#plats-about h2")
    table = page.locator("#plats-all").get_by_role("tabpanel").first
    row = table.get_by_role("row").filter(has_text="Låg ekonomisk standard, barn 0–19 år")
    expect(row).to_contain_text("21\xa0%")

    page.emulate_media(media="print")
    expect(page.locator("#plats-key")).to_be_visible()
    for hidden in (".plats__controls", ".plats__actions", ".menu"):
        expect(page.locator(hidden).first).to_be_hidden()
    page.emulate_media(media="screen")

    with page.expect_download() as download:
        page.locator("#plats-all").get_by_text("Dela och ladda ner").click()
        page.locator("#plats-all").get_by_role("link", name="CSV (RFC 4180)").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    found = {line["indicator_id"]: line for line in csv.DictReader(io.StringIO(text))}
    assert float(found["low_standard_children"]["value"]) == 21.0


def test_a_long_name_leaves_the_map_beside_it_free(page: Page, address: str) -> None:
    open_page(page, address)
    page.locator("h1").evaluate("node => { node.textContent = 'Emilstorp-Östra kyrkogården-Apel' }")
    words = page.evaluate(
        """() => {
          const range = document.createRange();
          range.selectNodeContents(document.querySelector("h1"));
          return range.getBoundingClientRect().right;
        }"""
    )
    map_box = page.locator(".plats__hero figure").bounding_box()
    assert map_box
    assert words < map_box["x"]


def test_own_priorities_are_kept_in_the_address_and_reached_by_keys(
    page: Page, address: str
) -> None:
    open_page(page, address)
    page.locator(".plats__controls > summary").focus()
    page.keyboard.press("Enter")
    for _ in range(3):  # place, year, priorities
        page.keyboard.press("Tab")
    page.keyboard.type("Ekonomisk standard, median")
    page.get_by_role("option", name="Ekonomisk standard, median").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("first=median_standard"))
    expect(page.locator("#plats-key")).to_contain_text("Ekonomisk standard, median")
    page.go_back()
    expect(page.locator("#plats-key")).not_to_contain_text("Ekonomisk standard, median")


def test_a_neighbour_opens_its_own_profile(page: Page, address: str) -> None:
    open_page(page, address, "?area=0380R002_SYN_RegSO2025")
    page.locator("#plats-neighbours").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Uppsala centrum")


@pytest.mark.parametrize("area", ["00", "0380", "0380R002_SYN_RegSO2025"])
def test_no_page_of_the_report_is_empty_or_runs_over(page: Page, address: str, area: str) -> None:
    page.goto(f"{address}/plats/rapport?area={area}")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})
    sheets = page.locator(".sheet:not(.sheet--appendix)")
    for number in range(sheets.count()):
        sheet = sheets.nth(number)
        assert sheet.locator(".sheet__content > *").count()
        assert f"sida {number + 1} av {sheets.count()}" in sheet.locator("footer").inner_text()
        box = sheet.bounding_box()
        assert box
        assert box["height"] <= 1123


def test_a_kommun_is_read_in_a_few_screens(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    open_page(page, address)
    assert page.evaluate("document.documentElement.scrollHeight") <= 3_000


def test_no_table_scrolls_sideways_on_a_phone_in_any_fold(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    open_page(page, address)
    expect(page.locator("#plats-similar table")).to_have_count(1)
    wide = page.evaluate(
        """() => {
            document.querySelectorAll("details").forEach((fold) => { fold.open = true; });
            return [...document.querySelectorAll(".scroll")]
                .filter((frame) => frame.scrollWidth > frame.clientWidth + 1)
                .map((frame) => frame.getAttribute("aria-label"));
        }"""
    )
    assert wide == []


def test_the_first_sentence_is_in_the_document(page: Page, address: str) -> None:
    text = page.request.get(f"{address}/plats{QUERY}").text()
    assert ">Uppsala</h1>" in text
    assert "socioekonomiska utmaningar" in text


def test_an_open_menu_yields_to_the_next_one_and_to_escape(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    open_page(page, address)
    files, more = page.get_by_text("Ladda ner", exact=True), page.get_by_text("Mer om platsen")
    files.click()
    more.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".menu-fold[open]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".menu-fold[open]")).to_have_count(0)
    more.click()
    page.locator("h1").click()
    expect(page.locator(".menu-fold[open]")).to_have_count(0)


@pytest.mark.parametrize("way", ["mouse", "keyboard"])
def test_a_figures_menu_opens_with_its_files_and_closes_with_escape(
    page: Page, address: str, way: str
) -> None:
    open_page(page, address)
    key = page.locator("#plats-key")
    summary = key.locator(".figure-menu summary")
    excel = key.get_by_role("link", name="Excel", exact=True)
    expect(excel).to_be_hidden()
    if way == "mouse":
        summary.click()
    else:
        summary.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowDown")
        expect(key.get_by_role("link", name="PNG")).to_be_focused()
    expect(excel).to_have_attribute("href", re.compile(r"^/export/plats/key/xlsx\?.*area=0380"))
    expect(key.locator(".figure-menu button[data-copy]")).to_have_count(5)
    page.keyboard.press("Escape")
    expect(excel).to_be_hidden()
    expect(summary).to_be_focused()
