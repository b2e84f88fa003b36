"""What tests of the map page share: its words in the tiny country, and ways to get there."""

from playwright.sync_api import Page

SUBJECT = "andelen barn i hushåll med låg ekonomisk standard"
TITLE_2024 = "Låg ekonomisk standard, barn 0–19 år, i RegSO 2025 år 2024"
TITLE_2023 = "Låg ekonomisk standard, barn 0–19 år, i RegSO 2020 år 2023"
SENTENCE_2024 = f"I de mörkaste områdena är {SUBJECT} 40\xa0%, i de ljusaste 4\xa0%."
FLOGSTA = "0380R002_SYN_RegSO2025"
FLOGSTA_SAID = "120 av 400."


CHILDREN = "?indicator=low_standard_children&level=regso&year=2024"


def open_map(page: Page, address: str, query: str = CHILDREN) -> None:
    """Open the map page and wait until the map or its table shows."""
    page.goto(f"{address}/karta{query}")
    page.wait_for_selector("#map-canvas[data-shown], #map-table:not([hidden]) table")


def choose(page: Page, control: str, name: str) -> None:
    """One of a control's segments by its name."""
    page.locator(f"#{control} label").filter(has_text=name).click()


def slider(page: Page, name: str = "År"):
    return page.get_by_role("slider", name=name)


def rests(page: Page) -> None:
    """Wait until the map has drawn all that it has and knows its areas' names."""
    page.wait_for_function(
        """() => {
            const { picture } = window.barometer.page;
            return picture?.areaNames && picture.map.loaded() && !picture.map.isMoving();
        }"""
    )


Box = tuple[float, float, float, float]
"""West, north, east and south on the screen, in pixels."""


def box_of(page: Page, area_id: str) -> Box:
    """Where an area lies on the screen."""
    west, north, east, south = page.evaluate(
        """async (id) => {
            const map = window.barometerMap;
            const view = await (await fetch(`/values${location.search}`)).json();
            const data = await (await fetch(view.layer.url)).json();
            const found = data.features.find((f) => Object.values(f.properties).includes(id));
            const ring = found.geometry.coordinates[0].map((point) => map.project(point));
            const [xs, ys] = [ring.map(({ x }) => x), ring.map(({ y }) => y)];
            const { x, y } = map.getCanvas().getBoundingClientRect();
            const ends = (all, from) => [from + Math.min(...all), from + Math.max(...all)];
            const [[west, east], [north, south]] = [ends(xs, x), ends(ys, y)];
            return [west, north, east, south];
        }""",
        area_id,
    )
    return west, north, east, south


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
