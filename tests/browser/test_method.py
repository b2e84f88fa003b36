"""Data och metod in a browser: links open entries, the search narrows, maths is drawn."""

from playwright.sync_api import Page, expect

from tests.browser.paper import letters


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


def test_paper_has_the_text_and_the_entries_that_are_open(page: Page, address: str) -> None:
    page.goto(f"{address}/data#indicator-foreign_background")
    page.locator("#indicator-foreign_background[open]").wait_for()
    assert len(letters(page.pdf(prefer_css_page_size=True))) <= 12
    page.emulate_media(media="print")
    expect(page.locator("#indicator-foreign_background")).to_be_visible()
    expect(page.locator("#index-hutchens")).to_be_hidden()
