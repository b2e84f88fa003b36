"""What four people come for, by mouse, keys and touch, each with the steps that it takes.

A step is a click, a tap, a press of a key, or a text typed.
"""

import re
from io import BytesIO

import openpyxl
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.map_page import FLOGSTA, FLOGSTA_SAID, middle_of, open_map, rests
from tests.browser.steps import PNG, Steps

CHILDREN = "low_standard_children"
NAME = "Låg ekonomisk standard, barn 0–19 år"


def test_a_planner_lays_kommuner_beside_one_another_and_takes_the_picture(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/labb?indicators={CHILDREN}")
    steps = Steps(page)
    areas = page.get_by_role("textbox", name="Områden").first
    steps.pick(areas, "uppsala", "Uppsala")
    steps.pick(areas, "stockholms kommun", "Stockholm")
    page.keyboard.press("Escape")
    steps.click(page.get_by_text("Linjer", exact=True))
    expect(page.locator("#lab-chart-0 .js-plotly-plot .trace").first).to_be_visible()
    assert steps.picture(page.locator("#lab-chart-0")).startswith(PNG)
    assert steps.n == 9


def test_a_journalist_compares_two_places_and_takes_code_and_picture(
    page: Page, address: str
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{address}/segregation?grouping={CHILDREN}&area=0380&year=2023")
    steps = Steps(page)
    scale = page.locator("#segregation-scale")
    expect(scale).to_contain_text("Uppsala")
    steps.pick(page.locator("#segregation-place"), "Upplands", "Upplands Väsby")
    expect(scale.locator(".place--2")).to_contain_text("Upplands Väsby")
    page.keyboard.press("Escape")
    assert steps.picture(scale).startswith(PNG)
    steps.click(scale.get_by_text("Dela och ladda ner"))
    steps.click(scale.get_by_role("button", name="Bädda in på en webbsida"))
    code = page.evaluate("navigator.clipboard.readText()")
    page.set_content(code)
    link = page.get_by_role("link")
    expect(link).to_have_attribute("href", re.compile(r"area=0380,0114.*#segregation-scale$"))
    shown = page.get_by_role("img", name="Var på skalan?")
    expect(shown).to_have_js_property("naturalWidth", 1536)  # 1,152 points
    assert steps.n == 7


def test_a_neighbourhood_is_found_by_touch_on_a_phone(chromium: Browser, address: str) -> None:
    context: BrowserContext = chromium.new_context(
        viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True, locale="sv-SE"
    )
    page = context.new_page()
    page.goto(address)
    steps = Steps(page)
    steps.tap(page.get_by_role("textbox", name="Plats").or_(page.get_by_label("Plats")).first)
    steps.type("Uppsa")
    steps.tap(page.get_by_role("option", name="Uppsala", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("Uppsala")
    key = page.locator("#plats-key")
    steps.tap(key.get_by_text("Dela och ladda ner"))
    with page.expect_download() as download:
        steps.tap(key.get_by_role("link", name="PNG"))
    assert download.value.path().read_bytes().startswith(PNG)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert steps.n == 5
    context.close()


def test_an_analyst_sees_where_a_share_fell_most_in_some_years(page: Page, address: str) -> None:
    open_map(page, address, "?level=kommun")
    steps = Steps(page)
    steps.click(page.locator("#map-mode label").filter(has_text="Förändring"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("förändring 2022–2024")
    steps.click(page.get_by_text("Visa i tabell").first)
    rows = page.locator("#map-table tbody tr")
    expect(rows.first).to_contain_text("Stockholm")
    steps.click(page.get_by_role("button", name=re.compile("2022–2024, procentenheter")))
    expect(rows.first).to_contain_text("−10\xa0procentenheter")
    assert steps.n == 3


def test_an_area_is_clicked_on_the_map_and_its_profile_opened(page: Page, address: str) -> None:
    open_map(page, address, f"?indicator={CHILDREN}&level=regso&year=2024&area=0380")
    rests(page)
    steps = Steps(page)
    steps.point(middle_of(page, FLOGSTA))
    panel = page.locator("#map-panel")
    expect(panel).to_contain_text(FLOGSTA_SAID)
    steps.click(panel.get_by_role("link", name="Öppna profilen"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Flogsta-Ekeby")
    assert steps.n == 2


def test_a_planner_goes_from_start_to_the_report_on_paper(page: Page, address: str) -> None:
    page.goto(address)
    steps = Steps(page)
    steps.pick(page.get_by_role("textbox", name="Plats").first, "Uppsa", "Uppsala")
    expect(page.get_by_role("heading", level=1)).to_have_text("Uppsala")
    steps.click(page.get_by_role("link", name="Lägesbild i A4"))
    expect(page.locator(".sheet").first).to_contain_text("Uppsala")
    assert page.locator(".sheet").count() >= 2
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    assert steps.n == 4


def test_an_analyst_takes_all_deso_to_excel(page: Page, address: str) -> None:
    page.goto(f"{address}/labb")
    steps = Steps(page)
    steps.pick(page.get_by_role("textbox", name="Indikatorer").first, "låg ekonomisk", NAME)
    page.keyboard.press("Escape")
    steps.pick(page.get_by_role("textbox", name="Områden").first, "alla deso", "Alla DeSO")
    page.keyboard.press("Escape")
    box = page.locator("#lab-table-box")
    expect(box).to_contain_text("Tabellen har")
    book = openpyxl.load_workbook(BytesIO(steps.file(page.locator("main"), "Excel")))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert any(row[0] == NAME or NAME in map(str, row) for row in rows)
    assert steps.n == 8


def test_a_reader_without_a_mouse_changes_level_and_year(page: Page, address: str) -> None:
    open_map(page, address, f"?indicator={CHILDREN}&level=regso&year=2024")
    steps = Steps(page)
    page.locator("#map-level input:checked").focus()
    steps.press("ArrowLeft")
    expect(page).to_have_url(re.compile("level=kommun"))
    page.get_by_role("slider", name="År").focus()
    steps.press("ArrowLeft")
    expect(page).to_have_url(re.compile("year=2023"))
    page.locator("#map-canvas .maplibregl-canvas").focus()
    steps.press("t")
    expect(page.get_by_role("row").filter(has_text="Uppsala").first).to_be_visible()
    assert steps.n == 3
