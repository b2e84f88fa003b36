"""Följ upp and Aktörer as people use them: choose by keys, read, go back, on a phone, on paper."""

import re
from collections.abc import Iterator
from io import BytesIO

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.readers import State, suits_every_reader
from tests.browser.steps import PNG, Steps
from tests.hundred import publish_hundred
from tests.server import serving

QUERY = "?level=kommun&areas=5001&start=2019"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site with enough kommuner to compare one with others."""
    folder = tmp_path_factory.mktemp("hundred")
    publish_hundred(folder / "published")
    with serving(folder) as found:
        yield found


def open_follow_up(page: Page, address: str, query: str = QUERY) -> None:
    """Open the page and wait until its last figure is drawn."""
    page.goto(f"{address}/folj-upp{query}")
    page.wait_for_selector("#follow-gap .js-plotly-plot .trace")


def test_a_reader_chooses_areas_by_keys_reads_and_goes_back(page: Page, address: str) -> None:
    page.goto(f"{address}/folj-upp?level=kommun&start=2019")
    expect(page.get_by_role("heading", name="Välj ett område för att börja")).to_be_visible()
    areas = page.get_by_role("textbox", name="Områden med insats").or_(
        page.get_by_role("combobox", name="Områden med insats")
    )
    areas.first.focus()
    page.keyboard.insert_text("5001")
    page.get_by_role("option", name="Kommun 5001").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("areas=5001"))
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Låg ekonomisk standard, barn 0–19 år i Kommun 5001 före och från 2019"
    )
    expect(page.locator("#follow-sections")).to_contain_text("Intervallet innehåller inte noll")
    expect(page.locator("#follow-sections")).to_have_attribute("aria-busy", "false")
    page.go_back()
    expect(page.get_by_role("heading", name="Välj ett område för att börja")).to_be_visible()


def test_a_planner_follows_up_two_areas_and_takes_the_figures(page: Page, address: str) -> None:
    page.goto(f"{address}/folj-upp?level=kommun&start=2019")
    steps = Steps(page)
    areas = page.get_by_role("textbox", name="Områden med insats").first
    steps.pick(areas, "5001", "Kommun 5001")
    steps.pick(areas, "5002", "Kommun 5002")
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("areas=5001,5002|areas=5001%2C5002"))
    answer = page.locator("#follow-sections")
    expect(answer).to_contain_text("Intervallet innehåller")
    expect(answer).to_have_attribute("aria-busy", "false")
    book = openpyxl.load_workbook(BytesIO(steps.file(page.locator("#follow-years"), "Excel")))
    years = {row[0] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)}
    assert {2018, 2019} <= years
    assert steps.picture(page.locator("#follow-gap")).startswith(PNG)
    assert steps.n == 10


def test_an_answer_suits_every_reader(page: Page, address: str) -> None:
    suits_every_reader(page, address, State(f"/folj-upp{QUERY}", "#follow-gap .trace"))


def test_an_actor_is_chosen_by_a_link_and_a_question_opens_its_page(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/aktorer")
    page.get_by_role("link", name="Förskola och skola").click()
    expect(page).to_have_url(re.compile("actor=school"))
    expect(page.get_by_role("heading", name="Förskola och skola")).to_be_visible()
    page.get_by_role("link", name=re.compile("Hur har barns villkor utvecklats")).click()
    expect(page).to_have_url(re.compile("/folj-upp.*indicator=low_standard_children"))


def test_paper_has_the_answer_and_no_controls(page: Page, address: str) -> None:
    open_follow_up(page, address)
    page.emulate_media(media="print")
    expect(page.locator("#follow-sections")).to_contain_text("Intervallet innehåller inte noll")
    expect(page.locator(".follow__controls")).to_be_hidden()
    expect(page.locator("#follow-years .measure__files")).to_be_hidden()
