"""What a browser meets first: going back, menus, searches, and answers that do not come."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from barometer.ui.ids import PAGE

CALLBACKS = "**/_dash-update-component*"
PATIENCE = 20_000  # milliseconds; only a failing test waits that long
SORRY = "Servern svarade inte"
PAGES = ("plats?area=0180", "segregation", "omradestyper", "folj-upp", "labb")


@pytest.fixture
def visitor(browsing: BrowserContext, address: str) -> Page:
    """A page that may meet errors: they are what is tested."""
    page = browsing.new_page()
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page.goto(f"{address}/aktorer")
    expect(page.locator("main h1")).to_be_visible()
    return page


def refused(test: Callable[[str], bool]) -> Callable[[Route], None]:
    """Answers 500 to the questions that a test names, and leaves the others alone."""

    def answer(route: Route) -> None:
        if test(route.request.post_data or ""):
            route.fulfill(status=500, body="x")
        else:
            route.continue_()

    return answer


@pytest.mark.parametrize("path", PAGES)
def test_one_press_of_back_leaves_a_page(visitor: Page, address: str, path: str) -> None:
    visitor.goto(f"{address}/{path}")
    heading = visitor.locator("main h1")
    expect(heading).to_be_visible()
    expect(visitor.locator(".room[aria-busy=true]")).to_have_count(0)
    expect(visitor).to_have_title(f"{heading.inner_text()} – Segregationsbarometern")
    visitor.go_back()
    expect(visitor).to_have_url(f"{address}/aktorer")


def test_a_profile_is_asked_for_once_and_before_its_callback(visitor: Page, address: str) -> None:
    visitor.route("**/_dash-layout", lambda _: None)  # no callback comes without it
    with visitor.expect_response(CALLBACKS) as early:
        visitor.goto(f"{address}/plats?area=0180", wait_until="commit")
    assert "plats-about" in early.value.text()
    visitor.unroute_all()
    asked: list[str] = []
    visitor.on("request", lambda request: asked.append(request.post_data or ""))
    visitor.goto(f"{address}/plats?area=0180")
    expect(visitor.locator("#plats-about h2")).to_be_visible()
    expect(visitor).to_have_url(re.compile("year="))
    questions = [question for question in asked if f'"output":"{PAGE}.children"' in question]
    assert len(questions) == 1, asked


def test_a_page_that_does_not_come_says_so(visitor: Page, address: str) -> None:
    visitor.route(CALLBACKS, lambda route: route.abort())
    visitor.goto(f"{address}/plats?area=0180")
    expect(visitor.locator("body")).to_contain_text(SORRY)
    visitor.unroute_all()
    visitor.get_by_role("button", name="Försök igen").click()
    expect(visitor.locator("#plats-about h2")).to_be_visible()


def test_a_picked_place_stays_in_the_lab_on_a_slow_server(visitor: Page, address: str) -> None:
    visitor.goto(f"{address}/labb")
    asked: list[str] = []
    visitor.on("request", lambda request: asked.append(request.post_data or ""))
    areas = visitor.get_by_role("textbox", name="Områden").first
    areas.click()
    visitor.keyboard.type("uppsala")
    visitor.get_by_role("option", name="Uppsala", exact=True).click()
    expect(visitor).to_have_url(f"{address}/labb?areas=0380")
    areas.press_sequentially("stockholms kommun")
    expect(visitor.get_by_role("option", name="Stockholm", exact=True)).to_be_visible()
    visitor.keyboard.press("ArrowDown")
    visitor.keyboard.press("Enter")
    expect(visitor).to_have_url(f"{address}/labb?areas=0380,0180")
    assert len([q for q in asked if '"output":"lab-areas-found.data"' in q]) < 10  # of 24 letters
    areas.press_sequentially("xyzzy")
    expect(visitor.get_by_text("Inget område heter så")).to_be_visible()


def test_a_click_in_a_menu_is_ready_to_type(visitor: Page, address: str) -> None:
    visitor.goto(f"{address}/omradestyper?area=0180")
    place = visitor.get_by_label("Plats", exact=True).first
    place.click()
    visitor.keyboard.type("uppsala")
    expect(place).to_have_value("uppsala")
    visitor.get_by_role("option", name="Uppsala", exact=True).click()
    expect(visitor.locator("main h1")).to_contain_text("Uppsala kommun")


def test_a_part_that_fails_says_so_and_is_asked_for_again(visitor: Page, address: str) -> None:
    fails = refused(lambda question: '"segregation-over-time.children"' in question)
    visitor.route(CALLBACKS, fails)
    visitor.goto(f"{address}/segregation?area=0180")
    series = visitor.locator("#segregation-over-time")
    expect(series).to_contain_text(SORRY)
    expect(series).to_have_attribute("aria-busy", "false")
    visitor.unroute(CALLBACKS, fails)
    series.get_by_role("button", name="Försök igen").click()
    expect(series).not_to_contain_text(SORRY)
    expect(series).to_contain_text("2024")


def test_no_figure_stays_beside_a_control_that_says_something_else(
    visitor: Page, address: str
) -> None:
    visitor.goto(f"{address}/segregation?area=0180")
    expect(visitor.locator("#segregation-year")).to_be_visible()
    expect(visitor.locator(".room[aria-busy=true]")).to_have_count(0)
    gone = refused(lambda _question: True)
    visitor.route(CALLBACKS, gone)
    visitor.locator("#segregation-year").click()
    visitor.get_by_role("option", name="2023").click()
    expect(visitor.locator("main > .unanswered")).to_contain_text(SORRY)
    expect(visitor.locator("main h1")).to_be_hidden()
    visitor.unroute(CALLBACKS, gone)
    visitor.get_by_role("button", name="Försök igen").first.click()
    expect(visitor.locator("#segregation-overview")).to_contain_text(", 2023")
    expect(visitor.locator(".unanswered")).to_have_count(0)


@pytest.mark.parametrize("lost", ["**/*dash_renderer*", "**/_dash-layout"])
def test_a_page_that_cannot_begin_says_so(visitor: Page, address: str, lost: str) -> None:
    visitor.route(lost, lambda route: route.abort())
    visitor.goto(f"{address}/karta")
    expect(visitor.get_by_role("alert")).to_contain_text("Sidan kunde inte läsas in helt")
    expect(visitor.get_by_role("link", name="Läs in sidan igen")).to_be_visible()
