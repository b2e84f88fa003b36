"""The police's areas are laid over the map and taken away again."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.map_page import open_map
from tests.police_snapshot import publish_with_police
from tests.server import serving


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site whose operator has given the police's file."""
    folder = tmp_path_factory.mktemp("police")
    publish_with_police(folder / "published")
    with serving(folder) as found:
        yield found


SHOWN = """() => {
    const map = window.barometerMap;
    return map.getLayoutProperty("police", "visibility") === "visible"
        && map.querySourceFeatures("police").length > 0;
}"""


def test_the_outlines_come_and_go_with_the_link_in_the_key(page: Page, address: str) -> None:
    open_map(page, address, "?indicator=low_standard_children&level=regso&year=2024&within=0380")
    key = page.locator("#map-legend")
    key.get_by_role("link", name="Visa polisens utsatta områden").click()
    page.wait_for_url("**police=1**")
    page.wait_for_function(SHOWN)
    expect(key).to_contain_text("Källa: Polisen, fil från 2025-12-01")
    key.get_by_role("link", name="Dölj").click()
    page.wait_for_function("() => !location.search.includes('police')")
    page.wait_for_function(f"() => !({SHOWN})()")
    open_map(page, address, "?indicator=low_standard_children&police=1&embed=1")
    page.wait_for_function(SHOWN)
    expect(page.locator("#map-legend")).to_contain_text("Polisens utsatta områden (2)")
