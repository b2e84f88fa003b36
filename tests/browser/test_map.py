"""The map page as people use it: whole sentences, keys alone, links, back."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

SUBJECT = "andelen barn i hushåll med låg ekonomisk standard"
TITLE_2024 = "Låg ekonomisk standard, barn 0–19 år, i RegSO 2025 år 2024"
TITLE_2023 = "Låg ekonomisk standard, barn 0–19 år, i RegSO 2020 år 2023"
SENTENCE_2024 = f"I de mörkaste områdena är {SUBJECT} 40,0\xa0%, i de ljusaste 4,0\xa0%."
FLOGSTA = "0380R002_SYN_RegSO2025"
FLOGSTA_SAID = f"I Flogsta-Ekeby (Uppsala) är {SUBJECT} 30,0\xa0% (120 av 400) år 2024."


def open_map(page: Page, address: str, query: str = "") -> None:
    """Open the map page and wait until the map or its table shows."""
    page.goto(f"{address}/karta{query}")
    page.wait_for_selector("#map-canvas[data-shown], #map-table:not([hidden]) table")


def choose(page: Page, control: str, name: str) -> None:
    """One of a control's segments by its name."""
    page.locator(f"#{control} label").filter(has_text=name).click()


def slider(page: Page, name: str = "År"):
    return page.get_by_role("slider", name=name)


def middle_of(page: Page, area_id: str) -> dict[str, float]:
    """Where an area's middle is on the screen."""
    return page.evaluate(
        """async (id) => {
            const map = window.barometerMap;
            const view = await (await fetch(`/values${location.search}`)).json();
            const data = await (await fetch(view.layer.url)).json();
            const found = data.features.find((f) => Object.values(f.properties).includes(id));
            const ring = found.geometry.coordinates[0];
            const middle = [0, 1].map((axis) => {
                const all = ring.map((point) => point[axis]);
                return (Math.min(...all) + Math.max(...all)) / 2;
            });
            const { x, y } = map.project(middle);
            const box = map.getCanvas().getBoundingClientRect();
            return { x: box.x + x, y: box.y + y };
        }""",
        area_id,
    )


def test_the_map_says_what_it_shows(page: Page, address: str) -> None:
    open_map(page, address)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE_2024)
    expect(page.locator("#map-sentence")).to_have_text(SENTENCE_2024)
    expect(page).to_have_title(f"{TITLE_2024} – Segregationsbarometern")
    expect(page.locator("#map-legend li").first).to_have_text("4,0\xa0%1 område")
    expect(page.locator("#map-note")).to_contain_text(
        "Uppgift saknas för 2 av 7 områden (ej publicerad: 1, skyddad: 1)."
    )
    expect(page.locator("#map-source")).to_contain_text("SCB:s tabell TAB6685")
    expect(page.locator("html")).to_have_attribute("lang", "sv")


def test_the_year_changes_by_keys_and_back_returns(page: Page, address: str) -> None:
    open_map(page, address)
    slider(page).focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE_2023)
    expect(page).to_have_url(re.compile("year=2023"))
    expect(page.get_by_role("status").first).to_contain_text(TITLE_2023)
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
    page.keyboard.type("flogsta")
    expect(page.get_by_role("option").first).to_contain_text("Flogsta-Ekeby")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    panel = page.get_by_role("complementary", name="Valt område")
    expect(panel.get_by_role("heading", level=2)).to_have_text("Flogsta-Ekeby (Uppsala)")
    expect(panel).to_contain_text(FLOGSTA_SAID)
    expect(page).to_have_url(re.compile(f"area={FLOGSTA}"))
    expect(page.locator(".map__chosen")).to_have_attribute(
        "aria-label",
        "Valt område: Flogsta-Ekeby (Uppsala), 30,0\xa0%. Piltangenterna går till grannområdet.",
    )


def test_arrow_keys_go_from_area_to_area(page: Page, address: str) -> None:
    open_map(page, address, f"?area={FLOGSTA}")
    page.locator(".map__chosen").focus()
    page.keyboard.press("ArrowUp")
    expect(page).to_have_url(re.compile("area=0380R004_SYN_RegSO2025"))
    expect(page.locator(".map__chosen")).to_be_focused()


def test_a_click_on_the_map_opens_the_area_and_close_closes_it(page: Page, address: str) -> None:
    open_map(page, address, "?area=0380")
    page.wait_for_timeout(1_000)
    spot = middle_of(page, FLOGSTA)
    page.mouse.move(spot["x"], spot["y"])
    expect(page.locator(".map__tip")).to_have_text("Flogsta-Ekeby (Uppsala)30,0\xa0%")
    page.mouse.click(spot["x"], spot["y"])
    expect(page.locator("#map-panel")).to_contain_text(FLOGSTA_SAID)
    page.get_by_role("button", name="Stäng").click()
    expect(page).not_to_have_url(re.compile("area="))


def test_the_table_is_one_key_away_and_says_the_same(page: Page, address: str) -> None:
    open_map(page, address)
    page.locator("h1").click()
    page.keyboard.press("t")
    table = page.get_by_role("table", name=TITLE_2024)
    row = table.get_by_role("row").filter(has_text="Flogsta-Ekeby")
    expect(row).to_contain_text("Uppsala")
    expect(row).to_contain_text("30,0\xa0%")
    expect(table.get_by_role("row").filter(has_text="Östermalm")).to_contain_text("4,0\xa0%")
    expect(table.get_by_role("row").filter(has_text="Väsby centrum")).to_contain_text(
        "Uppgift saknas (skyddad)"
    )
    table.get_by_role("button", name="2024, procent").click()
    expect(table.get_by_role("row").nth(1)).to_contain_text("Rinkeby")
    page.get_by_role("searchbox", name="Filtrera tabellen").fill("gottsunda")
    expect(page.locator(".twin__count")).to_have_text("1 område")
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
    page.get_by_role("link", name="In English").click()
    expect(page.locator("h1")).to_have_text(
        "Low economic standard, children aged 0–19, by municipality, 2023"
    )
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("link", name="På svenska")).to_be_visible()


def test_without_webgl_the_table_takes_the_maps_place(page: Page, address: str) -> None:
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null;")
    open_map(page, address)
    expect(page.get_by_role("alert")).to_have_text(
        "Webbläsaren kan inte rita kartan (WebGL saknas). Här är samma siffror som tabell."
    )
    expect(page.get_by_role("row").filter(has_text="Rinkeby")).to_contain_text("40,0\xa0%")


def test_an_embedded_map_has_no_frame_but_its_banner(page: Page, address: str) -> None:
    open_map(page, address, "?embed=1")
    expect(page.get_by_role("navigation")).to_have_count(0)
    expect(page.get_by_text("Siffrorna är påhittade")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_spills_over_a_narrow_window(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    open_map(page, address, f"?area={FLOGSTA}")
    expect(page.locator("#map-panel")).to_contain_text(FLOGSTA_SAID)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    [
        "/?lang=sv",
        "/?lang=en",
        "/karta?lang=sv",
        f"/karta?area={FLOGSTA}&lang=sv",
        f"/karta?area={FLOGSTA}&lang=en",
        "/karta?view=table&year=2035&lang=en",
        "/karta?view=table",
    ],
)
def test_no_page_breaks_an_accessibility_rule(
    page: Page, address: str, path: str, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(f"{address}{path}")
    page.wait_for_selector("h1")
    page.wait_for_load_state("networkidle")
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in found] == []


def test_an_unknown_page_helps(browsing: BrowserContext, address: str) -> None:
    page = browsing.new_page()
    answer = page.goto(f"{address}/finns-inte")
    assert answer is not None
    assert answer.status == 404
    page.get_by_role("main").get_by_role("link", name="Karta").click()
    expect(page.locator("h1")).to_have_text(TITLE_2024)


def test_a_question_on_the_start_page_opens_the_map(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Hur ser det ut där jag bor?")
    search = page.get_by_role("textbox", name="Plats")
    search.fill("rinkeby")
    page.get_by_role("option", name="Rinkeby").first.click()
    expect(page.locator("#map-panel h2")).to_have_text("Rinkeby (Stockholm)")


CHANGE_SAID = (
    f"Från 2022 till 2024 ökade {SUBJECT} i 0 områden (blå) och minskade i 3 (bruna), med −10,0"
    " till −4,0\xa0procentenheter. Lika stark färg är lika stor förändring åt båda håll."
)


def test_a_change_is_chosen_told_and_in_the_link(page: Page, address: str) -> None:
    open_map(page, address, "?level=kommun")
    choose(page, "map-mode", "Förändring")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Låg ekonomisk standard, barn 0–19 år, i kommunerna, förändring 2022–2024"
    )
    expect(page.locator("#map-sentence")).to_have_text(CHANGE_SAID)
    expect(page).to_have_url(re.compile("since=2022"))
    page.locator("h1").click()
    page.keyboard.press("t")
    row = page.get_by_role("row").filter(has_text="Uppsala")
    expect(row).to_contain_text("29,0\xa0%")
    expect(row).to_contain_text("21,0\xa0%")
    expect(row).to_contain_text("−8,0\xa0procentenheter")
    choose(page, "map-mode", "Ett år")
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
    choose(page, "map-kind", "Områdestyper")
    expect(page.get_by_role("heading", level=1)).to_have_text("Områdestyp, i RegSO 2025 år 2024")
    first = page.locator("#map-legend li").first
    expect(first).to_contain_text("1Områden med stora socioekonomiska utmaningar")
    choose(page, "map-kind", "Indikatorer")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE_2024)


def test_two_maps_go_in_step_and_both_can_be_one(page: Page, address: str) -> None:
    open_map(page, address, "?compare=foreign_background")
    page.wait_for_selector("#map-second-canvas[data-shown]")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Låg ekonomisk standard, barn 0–19 år och utländsk bakgrund, i RegSO 2025 år 2024"
    )
    expect(page.locator("#map-second-caption")).to_have_text("Utländsk bakgrund")
    expect(page.locator("#map-second-legend li").first).to_contain_text("8,0–15,0\xa0%")
    choose(page, "map-together", "I en karta")
    expect(page.locator("#map-sentence")).to_contain_text(
        "områden är både ”Låg ekonomisk standard, barn 0–19 år” och ”Utländsk bakgrund” bland de"
        " högsta"
    )
    expect(page.locator("#map-legend table caption")).to_contain_text("↑ Utländsk bakgrund")
    expect(page.locator("#map-second")).to_be_hidden()
    expect(page).to_have_url(re.compile("together=bivariate"))


def test_a_kommun_opens_into_its_areas_and_back(page: Page, address: str) -> None:
    open_map(page, address, "?level=kommun&area=0380")
    page.get_by_role("link", name="Visa RegSO i Uppsala kommun").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Låg ekonomisk standard, barn 0–19 år, i RegSO 2025 i Uppsala kommun år 2024"
    )
    expect(page.locator("#map-legend")).to_contain_text("30,0\xa0%")
    expect(page).to_have_url(re.compile("within=0380"))
    page.get_by_role("link", name="Visa hela riket").click()
    expect(page).not_to_have_url(re.compile("within="))


def test_a_local_measure_is_told_in_its_place(page: Page, address: str) -> None:
    open_map(page, address, "?layer=location_quotient&within=0380&area=0380")
    expect(page.locator("#map-sentence")).to_contain_text(
        "I 2 områden är barn i hushåll med låg ekonomisk standard vanligare än i Uppsala kommun"
        " (blå), i 1 ovanligare (bruna)."
    )
    page.locator("h1").click()
    page.keyboard.press("t")
    expect(page.get_by_role("row").filter(has_text="Flogsta")).to_contain_text("1,43\xa0gånger")


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
    page.get_by_role("button", name="Kopiera kod för inbäddning").click()
    expect(page.get_by_role("button", name="Koden är kopierad")).to_be_visible()
    code = page.evaluate("navigator.clipboard.readText()")
    assert code.startswith("<iframe src=")
    assert "level=kommun" in code
    assert "embed=1" in code


@pytest.mark.parametrize(
    "path",
    [
        "/karta?compare=foreign_background&lang=en",
        "/karta?compare=foreign_background&together=bivariate",
        "/karta?level=kommun&since=2022&area=0380",
        "/karta?indicator=area_type",
    ],
)
def test_no_way_to_show_the_map_breaks_an_accessibility_rule(
    page: Page, address: str, path: str
) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{address}{path}")
    page.wait_for_selector("#map-canvas[data-shown]")
    page.wait_for_load_state("networkidle")
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in found] == []


def test_forced_colours_and_double_size_keep_the_map_usable(page: Page, address: str) -> None:
    page.emulate_media(forced_colors="active")
    page.set_viewport_size({"width": 640, "height": 450})  # 1280 x 900 at 200 %
    open_map(page, address, f"?area={FLOGSTA}")
    expect(page.locator("#map-panel")).to_contain_text(FLOGSTA_SAID)
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    shown = page.locator("#map-legend .legend__swatch").first.evaluate(
        "node => getComputedStyle(node).backgroundColor"
    )
    assert shown not in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")
