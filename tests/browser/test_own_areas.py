"""A reader puts an own area together, reads its profile, prints it and sends the link."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.map_page import CHILDREN, Box, box_of, middle_of, open_map, rests

FLOGSTA, CENTRUM = "0380R002_SYN_RegSO2025", "0380R001_SYN_RegSO2025"
CHOSEN = "own:0380R001.0380R002_SYN_RegSO2025"
LABEL = "Eget område, 2 RegSO"


def choose_uppsala(page: Page, address: str) -> None:
    """Two of Uppsala's RegSO by clicks."""
    open_map(page, address, f"{CHILDREN}&within=0380")
    rests(page)
    page.get_by_role("button", name="Eget område").click()
    page.get_by_role("button", name="Välj på kartan").click()
    for area_id in (FLOGSTA, CENTRUM):
        at = middle_of(page, area_id)
        page.mouse.click(at["x"], at["y"])
        page.wait_for_url(f"**{area_id[:8]}**")
    expect(page.locator("#map-panel h2")).to_have_text(LABEL)


def test_an_area_is_chosen_read_printed_and_sent(page: Page, address: str) -> None:
    choose_uppsala(page, address)
    link = page.url
    assert f"area={CHOSEN}" in link
    page.get_by_role("link", name="Öppna profilen").click()
    expect(page.locator("h1")).to_have_text(LABEL)
    expect(page.locator("#plats-sections")).to_contain_text("800 invånare")
    printed = page.get_by_role("link", name="Lägesbild i A4").get_attribute("href")
    page.goto(f"{address}{printed}", wait_until="domcontentloaded")
    expect(page.locator("body")).to_contain_text(LABEL)
    pages = page.pdf()
    assert pages.startswith(b"%PDF")
    page.goto(link)
    expect(page.locator("#map-panel h2")).to_have_text(LABEL)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("koder.csv", "id;kod\n1;0380R001\n2;0380R002\n", "2 områdeskoder är valda."),
        ("yta.geojson", '{"type":"FeatureCollection","features":[]}', "Filen har ingen yta"),
        ("bild.csv", "inga koder här", "Här finns inga områdeskoder"),
    ],
)
def test_a_file_stays_in_the_browser_and_only_codes_travel(
    page: Page, address: str, tmp_path: Path, name: str, text: str, said: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    open_map(page, address)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    page.get_by_role("button", name="Eget område").click()
    with page.expect_file_chooser() as opened:
        page.get_by_role("button", name="Öppna fil").click()
    opened.value.set_files(path)
    expect(page.locator("#map-own-status")).to_contain_text(said)
    assert not any(text in body for body in sent)
    if "är valda" in said:
        page.wait_for_url(f"**area={CHOSEN}**")


def choosing(page: Page, address: str) -> Box:
    """The map of Uppsala where areas are chosen; gives the box of Flogsta on the screen."""
    open_map(page, address, f"{CHILDREN}&within=0380")
    rests(page)
    page.get_by_role("button", name="Eget område").click()
    page.get_by_role("button", name="Välj på kartan").click()
    return box_of(page, FLOGSTA)


def is_chosen(page: Page, area_id: str) -> None:
    page.wait_for_function(
        "(id) => new URLSearchParams(location.search).get('area')?.includes(id)", arg=area_id[:8]
    )


def test_a_surface_drawn_by_hand_chooses_what_lies_mostly_in_it(page: Page, address: str) -> None:
    """A triangle over more than half of Flogsta and a corner of its neighbours."""
    west, north, east, south = choosing(page, address)
    page.get_by_role("button", name="Rita en yta").click()
    before = page.evaluate("() => window.barometerMap.getCenter().toArray()")
    high, wide = south - north, east - west
    corners = [(west + 4, north - high / 4), (east + wide, south - 4), (west + 4, south - 4)]
    page.mouse.move(*corners[0])
    page.mouse.down()
    for corner in corners[1:]:
        page.mouse.move(*corner, steps=6)
    expect(page.locator(".map__drawn polygon")).to_have_count(1)
    page.mouse.up()
    is_chosen(page, FLOGSTA)
    assert "." not in page.evaluate("() => new URLSearchParams(location.search).get('area')")
    assert page.evaluate("() => window.barometerMap.getCenter().toArray()") == before
    expect(page.locator(".map__drawn")).to_have_count(0)
    expect(page.locator("#map-own-status")).to_contain_text("Efter yta; gränsen skär")


def test_a_surface_chooses_by_where_people_live_where_that_is_known(
    page: Page, address: str
) -> None:
    """A box over a third of Flogsta, where everybody lives."""
    told: dict[str, list[list[float]]] = {"coordinates": []}

    def view(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"squares": {"url": "/people.json"}})

    page.route("**/values?*", view)
    page.route("**/people.json", lambda route: route.fulfill(json=told))
    west, north, east, south = choosing(page, address)
    wide, high = 0.3 * (east - west), 0.3 * (south - north)
    middle = middle_of(page, FLOGSTA)
    at = page.evaluate(
        "([x, y]) => window.barometerMap.unproject([x, y]).toArray()",
        relative(page, middle["x"], middle["y"]),
    )
    told["coordinates"] = [[*at, 500]]
    page.keyboard.down("Shift")
    page.mouse.move(middle["x"] - wide, middle["y"] - high)
    page.mouse.down()
    page.mouse.move(middle["x"] + wide, middle["y"] + high, steps=3)
    page.mouse.up()
    page.keyboard.up("Shift")
    is_chosen(page, FLOGSTA)
    expect(page.locator("#map-own-status")).to_contain_text("Efter folkmängd i rutor om 1 km")


def relative(page: Page, x: float, y: float) -> list[float]:
    """A place on the screen as one on the map."""
    box = page.locator(".maplibregl-canvas").first.bounding_box()
    assert box
    return [x - box["x"], y - box["y"]]


def test_a_stroke_that_holds_no_area_says_so_and_leaves_what_is_chosen(
    page: Page, address: str
) -> None:
    west, north, east, south = choosing(page, address)
    page.get_by_role("button", name="Rita en yta").click()
    middle = (west + east) / 2, (north + south) / 2
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 12, middle[1], steps=3)
    page.mouse.move(middle[0], middle[1] + 12, steps=3)
    page.mouse.up()
    expect(page.locator(".map__told")).to_be_visible()
    expect(page.locator(".map__told")).to_contain_text("Inget av kartans områden")
    assert "area=" not in page.url
    page.get_by_role("button", name="Klar").click()
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 40, middle[1] + 40, steps=4)
    expect(page.locator(".map__drawn")).to_have_count(0)  # the map is moved again
    page.mouse.up()


def test_a_box_and_a_surface_choose_the_areas_that_lie_mostly_in_them(
    page: Page, address: str
) -> None:
    west, north, east, south = choosing(page, address)
    page.keyboard.down("Shift")
    page.mouse.move(west - 3, north - 3)
    page.mouse.down()
    page.mouse.move(east + 3, south + 3, steps=3)
    page.mouse.up()
    page.keyboard.up("Shift")
    is_chosen(page, FLOGSTA)
    assert CENTRUM[:8] not in page.url  # a strip of it is in the box
    surface = page.evaluate(
        """async (ids) => {
            const view = await (await fetch(`/values${location.search}`)).json();
            const { features } = await (await fetch(view.layer.url)).json();
            const of = (id) => features.find((f) => Object.values(f.properties).includes(id));
            const drawn = ids.map((id) => ({ ...of(id), properties: {} }));
            return JSON.stringify({ type: "FeatureCollection", features: drawn });
        }""",
        [FLOGSTA, CENTRUM],
    )
    if not page.get_by_role("button", name="Öppna fil").is_visible():
        page.get_by_role("button", name="Eget område", exact=True).click()
    with page.expect_file_chooser() as opened:
        page.get_by_role("button", name="Öppna fil").click()
    file = {"name": "yta.geojson", "mimeType": "application/geo+json", "buffer": surface.encode()}
    opened.value.set_files(file)
    expect(page.locator("#map-own-status")).to_contain_text("2")
    page.wait_for_url(f"**area={CHOSEN}**")
    expect(page.locator("#map-panel h2")).to_have_text(LABEL)
