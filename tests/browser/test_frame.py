"""The site's frame in a narrow window: the menu folds away and comes back by keyboard."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect


def test_a_narrow_window_folds_the_menu_away(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{address}/?lang=en")
    button = page.get_by_role("button", name="Menu")
    link = page.get_by_role("navigation").get_by_role("link", name="Segregation")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(link).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == 320

    button.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(link).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()

    link.focus()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(button).to_be_focused()


def test_what_the_badge_says_is_in_the_window(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 640})
        badge = page.locator(".origin")
        badge.locator("summary").click()
        box = badge.locator(".origin__more").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        page.keyboard.press("Escape")


def test_a_wide_window_shows_the_whole_menu(page: Page, address: str) -> None:
    page.goto(f"{address}/karta")
    expect(page.get_by_role("button", name="Meny")).to_be_hidden()
    current = page.get_by_role("navigation").locator("[aria-current=page]")
    expect(current).to_have_text("Karta")
    assert page.locator(".header").evaluate("e => e.offsetHeight") < 70


def test_the_longer_menu_still_shares_the_row_with_the_language(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{address}/?lang=en")
    first = page.locator(".menu__link").first.bounding_box()
    language = page.locator(".language").bounding_box()
    assert first
    assert language
    assert abs(first["y"] + first["height"] / 2 - language["y"] - language["height"] / 2) < 8
