"""One whole journey for an analyst and one for an operator; a planner's is in test_place."""

import json
import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.map_page import (
    CHILDREN,
    FLOGSTA,
    FLOGSTA_SAID,
    SENTENCE_2024,
    TITLE_2024,
    open_map,
)


def test_an_analyst_asks_what_a_number_means_and_sends_the_view_on(
    page: Page, address: str, chromium: Browser
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_map(page, address, f"{CHILDREN}&area={FLOGSTA}")
    expect(page.locator("#map-sentence .on-light")).to_have_text(SENTENCE_2024)
    expect(page.locator("#map-panel")).to_contain_text(FLOGSTA_SAID)
    page.get_by_text("Om siffrorna", exact=True).click()
    page.get_by_role("link", name="Definition och källa").click()
    entry = page.locator("#indicator-low_standard_children")
    expect(entry).to_have_attribute("open", "")
    expect(entry).to_contain_text(
        "Andel av barn och unga 0–19 år i hushåll vars ekonomiska standard under året är lägre än"
        " 60 procent av rikets median."
    )
    page.go_back()
    expect(page.locator("#map-panel")).to_contain_text(FLOGSTA_SAID)
    page.get_by_role("button", name="Dela och ladda ner").click()
    page.get_by_role("button", name="Kopiera länk").click()
    expect(page.get_by_role("button", name="Länken är kopierad")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    context = chromium.new_context(locale="sv-SE")
    other = context.new_page()
    other.goto(link)
    expect(other.get_by_role("heading", level=1)).to_have_text(TITLE_2024)
    expect(other.locator("#map-sentence .on-light")).to_have_text(SENTENCE_2024)
    expect(other.locator("#map-panel")).to_contain_text(FLOGSTA_SAID)
    context.close()


def test_an_operator_sees_how_the_site_fares_in_words_and_for_machines(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/data#status")
    page.get_by_text("Tekniska uppgifter").click()
    page.get_by_role("link", name="Driftläge").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Driftläge")
    main = page.get_by_role("main")
    expect(main).to_contain_text("Status för webbplatsen och dess data, för driftansvariga.")
    expect(main).to_contain_text("Gå tillbaka till föregående dataversion: python -m etl rollback")
    served = main.locator("dd").first.inner_text()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.get_by_role("link", name="/health").click()
    health = json.loads(page.locator("body").inner_text())
    assert (health["status"], health["snapshot"]) == ("ok", served)
    page.go_back()
    page.get_by_role("link", name="/metrics").click()
    expect(page.locator("body")).to_contain_text(re.compile("barometer_snapshot_up 1.0"))
