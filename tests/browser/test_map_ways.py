"""The map's ways to show: change, area types, two maps, one place, local measures, one scale."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from barometer.classes import missing_colour, sequential_palette
from tests.barometer.colours import difference
from tests.browser.map_page import (
    CHILDREN,
    FLOGSTA,
    FLOGSTA_SAID,
    SUBJECT,
    TITLE_2024,
    choose,
    open_map,
    rests,
)
from tests.browser.readers import fits

CHANGE_SAID = f"Från 2022 till 2024 ökade {SUBJECT} i 0 områden (blå), minskade i"


def test_a_change_is_chosen_told_and_in_the_link(page: Page, address: str) -> None:
    open_map(page, address, "?level=kommun")
    choose(page, "map-mode", "Förändring")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Låg ekonomisk standard, barn 0–19 år, i kommunerna, förändring 2022–2024"
    )
    expect(page.locator("#map-sentence")).to_contain_text(CHANGE_SAID)
    expect(page).to_have_url(re.compile("since=2022"))
    page.locator("#map-canvas .maplibregl-canvas").focus()
    page.keyboard.press("t")
    row = page.get_by_role("row").filter(has_text="Uppsala")
    expect(row).to_contain_text("29\xa0%")
    expect(row).to_contain_text("21\xa0%")
    expect(row).to_contain_text("−8\xa0procentenheter")
    choose(page, "map-mode", "Nivå")
    expect(page).not_to_have_url(re.compile("since="))


def test_a_change_across_new_borders_is_explained(page: Page, address: str) -> None:
    open_map(page, address, "?level=regso&year=2024&since=2022")
    expect(page.locator("#map-notice")).to_contain_text(
        "2022 och 2024 har olika områdesgränser och kan inte jämföras område för område; visar"
        " värdena. Kommuner och län kan jämföras."
    )


def test_area_types_are_a_choice_of_their_own_with_names_and_numbers(
    page: Page, address: str
) -> None:
    open_map(page, address)
    page.get_by_role("textbox", name="Indikator").click()
    page.get_by_role("option", name="Områdestyp", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Områdestyp, i RegSO 2025 år 2024")
    first = page.locator("#map-legend li").first
    expect(first).to_contain_text("1Stora socioekonomiska utmaningar")
    choose(page, "map-level", "DeSO, närmevärde")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Områdestyp, närmevärde för DeSO, i DeSO 2025 år 2024"
    )
    expect(first).to_contain_text("1Stora socioekonomiska utmaningar")
    choose(page, "map-level", "RegSO")
    expect(page.get_by_role("heading", level=1)).to_have_text("Områdestyp, i RegSO 2025 år 2024")
    page.go_back()
    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE_2024)


def test_two_maps_go_in_step_and_both_can_be_one(page: Page, address: str) -> None:
    open_map(page, address, "?indicator=low_standard_children&compare=foreign_background")
    page.wait_for_selector("#map-second-canvas[data-shown]")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Låg ekonomisk standard, barn 0–19 år och utländsk bakgrund, i RegSO 2025 år 2024"
    )
    expect(page.locator("#map-second-caption")).to_have_text("Utländsk bakgrund")
    expect(page.locator("#map-second-legend li").first).to_contain_text("8,0–15,0\xa0%")
    page.emulate_media(color_scheme="dark")
    expect(page.locator("#map-sentence .on-dark").first).to_contain_text("I de ljusaste områdena")
    expect(page.locator("#map-sentence")).to_contain_text("utländsk bakgrund")
    choose(page, "map-together", "I en karta")
    expect(page.locator("#map-sentence")).to_contain_text(
        "I 1 område hör både ”Låg ekonomisk standard, barn 0–19 år” och ”Utländsk bakgrund” till"
        " den högsta tredjedelen, i 2 hör båda till den lägsta."
    )
    expect(page.locator("#map-legend table caption")).to_contain_text("↑ Utländsk bakgrund")
    expect(page.locator("#map-second")).to_be_hidden()
    expect(page).to_have_url(re.compile("together=bivariate"))


@pytest.mark.parametrize("query", [CHILDREN, f"{CHILDREN}&view=table"], ids=["map", "table"])
def test_what_comes_late_does_not_replace_what_was_chosen_since(
    page: Page, address: str, query: str
) -> None:
    late: list[Route] = []
    page.route("**/areas/kommun-*", lambda route: late.append(route))
    open_map(page, address, query)
    choose(page, "map-level", "Kommun")
    while not late:
        page.wait_for_timeout(50)
    choose(page, "map-level", "RegSO")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE_2024)
    with page.expect_response("**/areas/kommun-*"):
        late[0].continue_()
    page.wait_for_timeout(300)
    if "table" in query:
        expect(page.get_by_role("row").filter(has_text="Flogsta")).to_contain_text("30\xa0%")
    else:
        assert FLOGSTA in page.evaluate("window.barometer.page.picture.areaNames.ids")


def test_two_changes_on_a_slow_network_are_both_kept(page: Page, address: str) -> None:
    open_map(page, address)
    late: list[Route] = []
    page.route("**/values?*to=kommun*", lambda route: late.append(route))
    choose(page, "map-level", "Kommun")
    while not late:
        page.wait_for_timeout(50)
    choose(page, "map-mode", "Förändring")
    late[0].continue_()
    expect(page).to_have_url(re.compile("level=kommun.*since="))
    expect(page.locator("#map-level label[data-active]")).to_have_text("Kommun")


def test_steps_back_in_a_row_end_where_the_address_is(page: Page, address: str) -> None:
    open_map(page, address)
    late: list[Route] = []
    page.route("**/values?*level=kommun*", lambda route: late.append(route))
    step = "dispatchEvent(new PopStateEvent('popstate'))"
    page.evaluate(f"history.pushState({{}}, '', '?level=kommun'); {step}")
    while not late:
        page.wait_for_timeout(50)
    page.evaluate("history.replaceState({}, '', '?level=lan')")  # the browser has gone on
    with page.expect_response("**/values?*level=kommun*"):
        late[0].continue_()
    page.wait_for_timeout(300)
    page.evaluate(step)  # and now tells of it
    expect(page.locator("#map-level label[data-active]")).to_have_text("Län")
    expect(page).to_have_url(re.compile("level=lan"))


def test_a_library_that_did_not_come_is_asked_for_again(
    page: Page, address: str, mishaps: list[str]
) -> None:
    page.route("**/static/maplibre-gl-*.js", lambda route: route.abort())
    page.goto(f"{address}/karta")
    again = page.get_by_role("button", name="Försök igen")
    expect(again).to_be_visible()
    page.unroute("**/static/maplibre-gl-*.js")
    assert {"net::ERR_FAILED" in said for said in mishaps} == {True}
    mishaps.clear()
    again.click()
    expect(page.locator("#map-canvas")).to_have_attribute("data-shown", re.compile("year"))
    expect(page.get_by_role("alert")).to_have_count(0)


def test_the_map_shows_only_the_areas_of_a_place_and_all_again(page: Page, address: str) -> None:
    open_map(page, address, f"?indicator=low_standard_children&level=regso&area={FLOGSTA}")
    page.get_by_role("link", name="Visa bara Uppsala kommun").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Låg ekonomisk standard, barn 0–19 år, i RegSO 2025 i Uppsala kommun år 2024"
    )
    expect(page.locator("#map-legend")).to_contain_text("30\xa0%")
    expect(page).to_have_url(re.compile("within=0380"))
    page.get_by_role("link", name="Visa hela riket").click()
    expect(page).not_to_have_url(re.compile("within="))


def test_where_one_looks_is_in_the_address_and_no_step_back(page: Page, address: str) -> None:
    page.goto(address)
    open_map(page, address, f"{CHILDREN}#6.5/59.8/17.6")
    rests(page)
    assert abs(page.evaluate("barometerMap.getZoom()") - 6.5) < 0.01
    page.get_by_role("button", name="Zooma in").click()
    expect(page).to_have_url(re.compile(r"#7\.\d*/|#7\.5/"))
    page.go_back()
    expect(page).to_have_url(f"{address}/")


def test_lost_graphics_are_said_and_drawn_again(page: Page, address: str) -> None:
    open_map(page, address)
    lose = "barometerMap.getCanvas().getContext('webgl2').getExtension('WEBGL_lose_context')"
    page.evaluate(f"{lose}.loseContext()")
    again = page.get_by_role("button", name="Rita kartan igen")
    expect(again).to_be_visible()
    again.click()
    expect(page.locator("#map-canvas .maplibregl-canvas")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_tab_that_has_nothing_to_show_says_so(page: Page, address: str) -> None:
    open_map(page, address, "")
    choose(page, "map-mode", "Förändring")
    expect(page.locator("#map-lacking")).to_contain_text("finns inte för två år")
    choose(page, "map-mode", "Nivå")
    expect(page.locator("#map-options")).to_be_hidden()


def test_a_local_measure_is_told_in_its_place(page: Page, address: str) -> None:
    open_map(page, address, "?layer=location_quotient&within=0380&area=0380")
    expect(page.locator("#map-sentence")).to_contain_text(
        f"I 2 områden är {SUBJECT} högre än i Uppsala kommun (blå), i 1 lägre (bruna)."
    )
    page.locator("#map-canvas .maplibregl-canvas").focus()
    page.keyboard.press("t")
    expect(page.get_by_role("row").filter(has_text="Flogsta")).to_contain_text("1,43\xa0gånger")


def test_the_distance_to_the_mix_of_the_kommun_is_drawn(page: Page, address: str) -> None:
    open_map(page, address, "?layer=distance_to_mix&within=0380&area=0380")
    expect(page.locator("#map-sentence")).to_contain_text("I inget område räcker området självt")
    page.locator("#map-canvas .maplibregl-canvas").focus()
    page.keyboard.press("t")
    expect(page.get_by_role("row").filter(has_text="Flogsta")).to_contain_text("2\xa0000\xa0m")


def test_the_years_play_with_the_same_classes(page: Page, address: str) -> None:
    open_map(page, address, "?level=kommun&year=2022")
    page.get_by_role("button", name="Spela upp åren").click()
    expect(page).to_have_url(re.compile("steady=1"))
    expect(page.locator("#map-note")).to_contain_text(
        "Klasserna är desamma för alla år (2022–2024)."
    )


def test_the_code_for_another_site_holds_the_view(page: Page, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_map(page, address, "?level=kommun")
    page.get_by_role("button", name="Dela och ladda ner").click()
    page.get_by_role("button", name="Bädda in").click()
    expect(page.get_by_role("button", name="Koden är kopierad")).to_be_visible()
    code = page.evaluate("navigator.clipboard.readText()")
    assert code.startswith("<iframe src=")
    assert "level=kommun" in code
    assert "embed=1" in code


def test_the_bar_wraps_where_its_tools_have_no_room(page: Page, address: str) -> None:
    open_map(page, address, "?level=kommun&since=2022&area=0380")
    for width in (1180, 1024, 820):
        page.set_viewport_size({"width": width, "height": 900})
        fits(page, width)


def test_forced_colours_and_double_size_keep_the_map_usable(page: Page, address: str) -> None:
    page.emulate_media(forced_colors="active")
    page.set_viewport_size({"width": 640, "height": 450})  # 1280 x 900 at 200 %
    open_map(page, address, f"{CHILDREN}&area={FLOGSTA}")
    expect(page.locator("#map-panel")).to_contain_text(FLOGSTA_SAID)
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    shown = page.locator("#map-legend .swatch").first.evaluate(
        "node => getComputedStyle(node).backgroundColor"
    )
    assert shown not in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")


COLOURS = """async () => {
  const image = document.querySelector(".map__print");
  await image.decode();
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
  const pixels = new Set(new Uint32Array(data.buffer));
  const hex = (pixel, by) => ((pixel >>> by) & 255).toString(16).padStart(2, "0");
  return [...pixels].map((pixel) => "#" + [0, 8, 16].map((by) => hex(pixel, by)).join(""));
}"""
KEY = """() => [...document.querySelectorAll("#map-legend .swatch")].map((swatch) =>
  "#" + getComputedStyle(swatch).backgroundColor.match(/\\d+/g).slice(0, 3)
    .map((part) => Number(part).toString(16).padStart(2, "0")).join(""))"""


def test_what_is_missing_is_hatched_and_paper_has_the_map_with_its_company(
    page: Page, address: str
) -> None:
    page.emulate_media(color_scheme="dark")
    open_map(page, address)
    page.wait_for_function(
        "() => window.barometerMap.querySourceFeatures('marked')"
        ".filter(({ properties }) => properties.pattern === 'hatch').length > 0"
    )
    expect(page.locator("#map-legend")).to_contain_text("Uppgift saknas, 2\xa0områden")
    open_map(page, address, f"{CHILDREN}&within=0380")
    rests(page)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    for shown in ("h1", "#map-sentence", "#map-legend", "#map-source", ".map__print"):
        expect(page.locator(shown)).to_be_visible()
    for pressed in (".map-tools", ".map-modes", ".map__zoom"):
        expect(page.locator(pressed)).to_be_hidden()
    printed, classes = page.evaluate(COLOURS), page.evaluate(KEY)
    assert classes[0] == sequential_palette(len(classes), theme="light")[0]
    missing = missing_colour(theme="light")
    assert {*classes, missing} <= set(printed)
    assert difference(classes[0], missing) >= 10
