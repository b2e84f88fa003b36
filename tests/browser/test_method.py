"""Data och metod in a browser: links open entries, the search narrows, maths is drawn."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect


def test_a_link_opens_its_entry_and_a_search_leaves_what_matches(page: Page, address: str) -> None:
    page.goto(f"{address}/data#indicator-foreign_background")
    entry = page.locator("#indicator-foreign_background")
    entry.wait_for()
    expect(entry).to_have_attribute("open", "")
    expect(entry.get_by_text("inrikes födda med två utrikes födda föräldrar")).to_be_in_viewport()

    box = page.get_by_label("Sök på sidan")
    box.fill("hutchens")
    expect(page.get_by_role("status").filter(has_text="poster matchar")).to_have_text(
        "1 poster matchar"
    )
    expect(page.locator(".entry:visible")).to_have_count(1)
    expect(entry).to_be_hidden()
    page.wait_for_function("location.search === '?q=hutchens'")

    page.locator(".entry:visible summary").click()
    expect(page.locator("#index-hutchens math msqrt mfrac")).to_have_count(2)

    box.fill("xyzzy")
    expect(page.get_by_text("Ingen post matchar.")).to_be_visible()
    page.reload()
    expect(box).to_have_value("xyzzy")
    box.fill("")
    expect(entry).to_be_visible()


ONE_OF_EACH = ", ".join(
    f"#{anchor}"
    for anchor in (
        "indicator-foreign_background",
        "grouping-birth_region",
        "index-atkinson",
        "source-TAB6571",
        "table-areas",
    )
)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_has_no_fault_that_axe_finds(page: Page, address: str, language: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/data?lang={language}")
    page.locator("#table-areas").wait_for()
    expect(page.locator(".contents__fold")).not_to_have_attribute("open", "")
    page.evaluate(
        "chosen => document.querySelectorAll(chosen).forEach(part => { part.open = true; })",
        ONE_OF_EACH,
    )
    expect(page.locator("#table-areas table")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
