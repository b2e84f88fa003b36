"""From a place every other page opens that place, and the other pages' places open its profile."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

import pytest

from barometer.divisions import Language
from barometer.store import Reader
from barometer.ui.address import address
from barometer.ui.context import Context
from barometer.ui.pages.area_types.rows import some
from barometer.ui.pages.area_types.state import resolve as types_see
from barometer.ui.pages.evaluation.state import resolve as efforts_see
from barometer.ui.pages.lab.state import resolve as lab_see
from barometer.ui.pages.map.panel import panel
from barometer.ui.pages.map.state import read_state
from barometer.ui.pages.place.hero import actions
from barometer.ui.pages.place.state import resolve
from barometer.ui.pages.segregation.state import resolve as measures_see
from tests.barometer.ui.callbacks import every_href

# What each page did not understand of an address.
UNKNOWN: Mapping[str, Callable[[Context, Reader, str], Any]] = {
    "/karta": lambda *asked: Context.read(*asked).misunderstood,
    "/segregation": lambda *asked: measures_see(*asked).corrections,
    "/folj-upp": lambda *asked: efforts_see(*asked).corrections,
    "/labb": lambda *asked: lab_see(*asked).corrections,
    "/plats": lambda *asked: resolve(*asked).corrections,
}
PLACES = (
    *(("00", 2023), ("03", 2023), ("0380", 2023)),
    *(("0380R001_SYN", 2023), ("0380R001_SYN_RegSO2025", 2024)),
)


def ways(context: Context, reader: Reader, query: str) -> dict[str, str]:
    """The pages that a place leads to, with their queries."""
    hrefs = every_href(actions(resolve(context, reader, query)))
    return {path: f"?{asked}" for path, _, asked in (href.partition("?") for href in hrefs)}


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(("area", "year"), PLACES)
def test_a_place_leads_to_itself_on_every_page(
    context: Context, area: str, year: int, language: Language
) -> None:
    with context.store.reader() as reader:
        found = ways(context, reader, f"?area={area}&year={year}&lang={language}")
        assert {"/karta", "/segregation", "/labb"} <= found.keys()
        for path in found.keys() & UNKNOWN.keys():
            assert UNKNOWN[path](context, reader, found[path]) == (), (path, found[path])
            assert ("lang=en" in found[path]) == (language == "en"), path
    assert parse_qs(found["/karta"][1:])["year"] == [str(year)]
    assert parse_qs(found["/karta"][1:])["area"] == [area]
    assert parse_qs(found["/segregation"][1:])["area"] == [area[:4]]
    assert area in parse_qs(found["/labb"][1:])["areas"][0].split(",")
    assert parse_qs(found["/labb"][1:])["view"][0] in ("line", "bar")


def test_only_places_that_can_be_followed_lead_there(many: Context) -> None:
    with many.store.reader() as reader:
        kommun = ways(many, reader, "?area=5001")
        assert "areas=5001" in kommun["/folj-upp"]
        assert UNKNOWN["/folj-upp"](many, reader, kommun["/folj-upp"]) == ()
        assert "/folj-upp" not in ways(many, reader, "?area=00")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_chosen_area_of_the_map_leads_to_its_profile(
    context: Context, language: Language
) -> None:
    query = f"?indicator=employed&level=kommun&year=2023&area=0380&lang={language}"
    with context.store.reader() as reader:
        hrefs = every_href(panel(read_state(context, reader, query)))
    assert address("/plats", language=language, area="0380", year=2023) in hrefs


def test_an_area_that_changed_type_leads_to_its_profile(context: Context) -> None:
    with context.store.reader() as reader:
        state = types_see(context, reader, "?year=2023&since=2022&lang=en")
        rows = some(state, {"from": "0", "n": "9"})
        hrefs = [row[0]["href"] for row in rows if isinstance(row[0], dict)]
        assert hrefs
        for href in hrefs:
            path, _, asked = href.partition("?")
            assert UNKNOWN[path](context, reader, f"?{asked}") == ()
            assert "lang=en" in asked


def test_an_address_leaves_out_what_is_not_said() -> None:
    assert address("/plats", language="sv") == "/plats"
    assert address("/plats", language="en", area="0380", year=None) == "/plats?area=0380&lang=en"
    assert address("/labb", language="sv", areas="regso@0380,00") == "/labb?areas=regso@0380,00"
