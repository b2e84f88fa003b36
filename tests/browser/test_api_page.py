"""The API's page in a browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect


@pytest.mark.parametrize(("language", "width"), [("sv", 320), ("en", 1280)])
def test_the_page_has_no_fault_that_axe_finds(
    page: Page, address: str, language: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{address}/data/api?lang={language}")
    entries = page.locator("details.entry")
    entries.first.wait_for()
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    expect(page.locator("#api-values table").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
