"""The map page as people use it: whole sentences, keys alone, links, back."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.map_page import (
    CHILDREN,
    FLOGSTA,
    FLOGSTA_SAID,
    SENTENCE_2024,
    TITLE_2023,
    TITLE_2024,
    middle_of,
    open_map,
    rests,
    slider,
)

# The live map has taken its view, while the areas are still on their way.
WAITS = """() => document.querySelector(".first-picture img")?.naturalWidth > 0
  && document.getElementById("map-canvas")?.dataset.shown"""
NORTH_AND_SOUTH = """() => {
  const { top } = barometerMap.getContainer().getBoundingClientRect();
  return [[10.6, 69.15], [24.3, 55.2]].map((point) => top + barometerMap.project(point).y);
}"""


def test_the_map_says_what_it_shows(page: Page, address: str) -> None:
    open_map(page, address)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE_2024)
    expect(page.locator("#map-sentence")).to_contain_text(SENTENCE_2024)
    expect(page).to_have_title(f"{TITLE_2024} – Segregationsbarometern")
    expect(page.locator("#map-legend li").first).to_have_text("4\xa0%: 1\xa0område")
    expect(page.locator("#map-note")).to_contain_text(
        "Uppgift saknas för 2 av 7 områden"
        " (finns inte i dataversionen: 1, uppgift saknas hos SCB: 1)."
    )
    expect(page.locator("#map-source")).to_contain_text("SCB:s tabell TAB6685")
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    asked = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    early = [name.removeprefix(address).partition("?")[0] for name in asked]
    # Beside the page's own parts: which of the two is first by a little hangs on the machine.
    assert early.index("/values") <= early.index("/_dash-layout") + 3


def test_a_picture_stands_where_the_map_will_be_until_it_is(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    for shape in ("forst", "forst-dark"):
        page.request.get(f"{address}/picture/karta/{shape}.png")
    held: list[Route] = []
    page.route("**/geometry/**", lambda route: held.append(route))
    page.goto(f"{address}/karta")
    picture = page.locator(".first-picture img")
    page.wait_for_function(WAITS)
    own, live = picture.bounding_box(), page.evaluate(NORTH_AND_SOUTH)
    assert own
    edge = 24 * own["height"] / 708
    assert abs(own["y"] + edge - live[0]) < 2
    assert abs(own["y"] + own["height"] - edge - live[1]) < 2
    assert Axe().run(page).violations_count == 0
    for route in held:
        route.continue_()
    page.unroute("**/geometry/**")
    expect(page.locator(".first-picture")).to_have_count(0)
    page.goto(f"{address}/karta#9/59.86/17.64")
    expect(picture).to_be_hidden()


def test_the_year_changes_by_keys_and_back_returns(page: Page, address: str) -> None:
    open_map(page, address)
    slider(page).focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE_2023)
    expect(page).to_have_url(re.compile("year=2023"))
    expect(page.locator("#map-announce")).to_contain_text(TITLE_2023)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE_2024)
    expect(slider(page)).to_have_attribute("aria-valuenow", "2024")


def test_years_in_a_row_are_one_step_back(page: Page, address: str) -> None:
    open_map(page, address, "?level=kommun")
    slider(page).focus()
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile("year=2023"))
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile("year=2022"))
    page.go_back()
    expect(page).to_have_url(re.compile("year=2024"))
    expect(slider(page)).to_have_attribute("aria-valuenow", "2024")


def test_a_change_of_indicator_keeps_level_and_year(page: Page, address: str) -> None:
    open_map(page, address, "?level=kommun&year=2023")
    page.get_by_role("textbox", name="Indikator").click()
    page.get_by_role("option", name="Utländsk bakgrund").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Utländsk bakgrund, i kommunerna år 2023"
    )
    page.get_by_text("Kvinnor", exact=True).click()
    expect(page).to_have_url(re.compile("background=sex:women"))
    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Låg ekonomisk standard")


def test_a_place_is_found_and_told_by_keys_alone(page: Page, address: str) -> None:
    open_map(page, address)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hoppa till innehållet")).to_be_focused()
    page.keyboard.press("Enter")
    search = page.get_by_role("textbox", name="Plats")
    for _ in range(12):
        page.keyboard.press("Tab")
        if search.evaluate("node => node === document.activeElement"):
            break
    expect(search).to_be_focused()
    page.keyboard.insert_text("flogsta")  # one text, one answer
    expect(page.get_by_role("option").first).to_contain_text("Flogsta-Ekeby")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    panel = page.get_by_role("complementary", name="Valt område")
    expect(panel.get_by_role("heading", level=2)).to_have_text("Flogsta-Ekeby")
    expect(panel).to_contain_text(FLOGSTA_SAID)
    expect(page).to_have_url(re.compile(f"area={FLOGSTA}"))
    expect(page.locator(".map__chosen")).to_have_attribute(
        "aria-label",
        "Valt område: Flogsta-Ekeby (Uppsala), 30\xa0%. Piltangenterna går till grannområdet.",
    )


def test_arrow_keys_go_from_area_to_area(page: Page, address: str) -> None:
    open_map(page, address, f"?area={FLOGSTA}")
    page.locator(".map__chosen").focus()
    page.keyboard.press("ArrowUp")
    expect(page).to_have_url(re.compile("area=0380R004_SYN_RegSO2025"))
    expect(page.locator(".map__chosen")).to_be_focused()


def test_a_click_on_the_map_opens_the_area_and_close_closes_it(page: Page, address: str) -> None:
    open_map(page, address, f"{CHILDREN}&area=0380")
    expect(page.locator("#map-panel")).to_contain_text("210 av 1")  # it takes room from the map
    rests(page)
    spot = middle_of(page, FLOGSTA)
    page.mouse.move(spot["x"], spot["y"])
    expect(page.locator(".map__tip")).to_have_text("Flogsta-Ekeby (Uppsala)30\xa0%")
    page.mouse.click(spot["x"], spot["y"])
    expect(page.locator("#map-panel")).to_contain_text(FLOGSTA_SAID)
    page.get_by_role("button", name="Stäng").click()
    expect(page).not_to_have_url(re.compile("area="))


def test_the_table_is_one_key_away_and_says_the_same(page: Page, address: str) -> None:
    open_map(page, address)
    page.locator("#map-canvas .maplibregl-canvas").focus()
    page.keyboard.press("t")
    table = page.get_by_role("table", name=TITLE_2024)
    row = table.get_by_role("row").filter(has_text="Flogsta-Ekeby")
    expect(row).to_contain_text("Uppsala")
    expect(row).to_contain_text("30\xa0%")
    expect(table.get_by_role("row").filter(has_text="Östermalm")).to_contain_text("4\xa0%")
    expect(table.get_by_role("row").filter(has_text="Väsby centrum")).to_contain_text(
        "Uppgift saknas (uppgift saknas hos SCB)"
    )
    table.get_by_role("button", name="2024, procent").click()
    expect(table.get_by_role("row").nth(1)).to_contain_text("Rinkeby")
    page.get_by_role("searchbox", name="Filtrera tabellen").fill("gottsunda")
    expect(page.locator("#map-table .rows__count")).to_have_text("1 område")
    expect(page).to_have_url(re.compile("view=table"))


def test_the_years_play_to_the_last(page: Page, address: str) -> None:
    open_map(page, address, "?level=kommun&year=2022")
    page.get_by_role("button", name="Spela upp åren").click()
    expect(slider(page)).to_have_attribute("aria-valuenow", "2024")
    expect(page.get_by_role("button", name="Spela upp åren")).to_be_visible()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?year=2035", "Året 2035 finns inte; visar 2024. Det finns uppgifter för 2022–2024."),
        ("?year=2035&lang=en", "There is no year 2035; showing 2024."),
    ],
)
def test_a_bad_address_is_explained(page: Page, address: str, query: str, sentence: str) -> None:
    open_map(page, address, query)
    expect(page.locator("#map-notice")).to_contain_text(sentence)
    expect(page).to_have_url(re.compile("year=2035"))


def test_the_language_switch_keeps_the_view(page: Page, address: str) -> None:
    open_map(page, address, "?level=kommun")
    slider(page).focus()
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile("year=2023"))
    page.get_by_role("link", name="English").click()
    expect(page.locator("h1")).to_have_text(
        "Low economic standard, children aged 0–19, by municipality, 2023"
    )
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("link", name="Svenska")).to_be_visible()


def test_without_webgl_the_table_takes_the_maps_place(page: Page, address: str) -> None:
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null;")
    open_map(page, address)
    expect(page.get_by_role("alert")).to_have_text(
        "Webbläsaren kan inte rita kartan (WebGL saknas). Här är samma siffror som tabell."
    )
    expect(page.get_by_role("row").filter(has_text="Rinkeby")).to_contain_text("40\xa0%")


def test_an_embedded_map_has_no_frame_but_its_banner(page: Page, address: str) -> None:
    open_map(page, address, "?embed=1")
    expect(page.get_by_role("navigation")).to_have_count(0)
    badge = page.locator(".map-source .origin summary")
    expect(badge).to_be_visible()
    expect(badge).to_have_text("Exempeldata: siffrorna är påhittade")


def test_an_unknown_page_helps(browsing: BrowserContext, address: str) -> None:
    page = browsing.new_page()
    answer = page.goto(f"{address}/finns-inte")
    assert answer is not None
    assert answer.status == 404
    page.get_by_role("main").get_by_role("link", name="Karta").click()
    expect(page.locator("h1")).to_have_text("Områdestyp, i RegSO 2025 år 2024")


@pytest.fixture
def asked(page: Page) -> list[str]:
    """The views that the page has asked the server for."""
    found: list[str] = []
    page.on("request", lambda request: "/values?" in request.url and found.append(request.url))
    return found


def test_years_beside_the_one_shown_are_there_before_they_are_asked_for(
    page: Page, address: str, asked: list[str]
) -> None:
    open_map(page, address)
    with page.expect_response(lambda response: "to=2023" in response.url):
        slider(page).focus()
    with page.expect_response(lambda response: "to=2022" in response.url):
        page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE_2023)
    expect(page.get_by_text("2023", exact=True).first).to_be_visible()
    assert len(asked) == len(set(asked))  # what the page sets itself is no new question


def test_a_choice_that_somebody_rests_on_is_drawn_when_it_is_made(
    page: Page, address: str, asked: list[str]
) -> None:
    open_map(page, address)
    page.get_by_role("textbox", name="Indikator").click()
    option = page.get_by_role("option", name="Utländsk bakgrund", exact=True)
    with page.expect_response(lambda response: "foreign_background" in response.url) as told:
        option.hover()
    told.value.finished()
    page.evaluate("new Promise((read) => setTimeout(read, 250))")
    # In the click itself: before the list has closed, and before anything else can run.
    drawn = option.evaluate(
        "(node) => { node.click(); return document.getElementById('map-canvas').dataset.shown; }"
    )
    assert "indicator=foreign_background" in drawn
    expect(page.get_by_role("heading", level=1)).to_contain_text("Utländsk bakgrund")
    expect(page).to_have_url(re.compile("indicator=foreign_background"))
    assert len(asked) == len(set(asked))


def test_the_country_on_the_start_page_opens_the_map(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Hur delat är Sverige – och där du bor?"
    )
    picture = page.locator(".hero__map > img")
    expect(picture).to_have_js_property("naturalWidth", 1280)
    page.get_by_role("link", name="Öppna kartan").click()
    expect(page).to_have_url(re.compile(r"/karta\?indicator=area_type&level=regso"))
    expect(page.locator("h1")).to_contain_text("Områdestyp")


@pytest.mark.parametrize("path", ["/", "/karta", "/plats", "/segregation", "/omradestyper"])
def test_no_place_is_asked_for_before_somebody_types(page: Page, address: str, path: str) -> None:
    """Its answer would come between, and clear what a quick reader has typed by then."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.post_data or ""))
    page.goto(f"{address}{path}")
    place = page.get_by_role("textbox", name=re.compile("^(Plats|Sök i hela landet)$")).first
    place.wait_for()
    page.wait_for_load_state("networkidle")
    searches = re.compile(r'"output":"[\w-]+-found\.data"')
    assert [said for said in asked if searches.search(said)] == []
    place.fill("rinkeby")
    page.locator("[role=option]:visible").first.wait_for()
    assert [said for said in asked if searches.search(said)]


def test_a_place_found_on_the_start_page_opens_its_profile(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("textbox", name="Plats").fill("rinkeby")
    page.get_by_role("option", name="Rinkeby").first.click()
    expect(page.locator("h1")).to_contain_text("Rinkeby")
    assert "/plats?" in page.url
