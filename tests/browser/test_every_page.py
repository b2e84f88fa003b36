"""Every page, in every state that has parts of its own, suits every reader in both languages."""

import os

import pytest
from playwright.sync_api import Page

from tests.browser.map_page import FLOGSTA
from tests.browser.paper import EMPTY, letters
from tests.browser.readers import State, suits_every_reader

MAP = "#map-canvas[data-shown]"
TYPES = "#types-indicator .js-plotly-plot .trace"
LAB, LAB_DRAWN = "#lab-grid tbody tr[aria-rowindex] th", "#lab-figure .js-plotly-plot .trace"
LAB_ASKED = "/labb?indicators=low_standard_children&areas=kommun"
PLACE = "#plats-about h2"
ONE_OF_EACH = ", ".join(
    f"#{anchor}"
    for anchor in (
        "indicator-foreign_background",
        "grouping-birth_region",
        "index-atkinson",
        "source-TAB6571",
        "table-areas",
    )
)
CLOSED_AFTER_CLOSED = ".entry:not([open]) ~ .entry:not([open])"
STATES = (
    State("/", "h1"),
    State("/karta", MAP),
    State(f"/karta?area={FLOGSTA}", MAP),
    State("/karta?level=kommun&since=2022&area=0380", MAP),
    State("/karta?view=table&year=2035", "#map-table:not([hidden]) table"),
    State("/karta?indicator=area_type", MAP),
    State(
        "/karta?area=0380&indicator=foreign_background&compare=low_standard_children",
        "#map-second-canvas[data-shown]",
    ),
    State("/karta?compare=foreign_background&together=bivariate", MAP),
    State("/plats?area=00", PLACE),
    State("/plats?area=0380&first=median_standard", PLACE),
    State(f"/plats?area={FLOGSTA}&first=median_standard", PLACE),
    State("/plats?area=9999", "h1"),
    State("/plats/rapport?area=0380", ".sheet--appendix h2"),
    State(
        "/segregation?grouping=low_standard_children&area=0380&year=2023",
        "#segregation-series .js-plotly-plot .trace",
    ),
    State("/segregation?area=9999", "h1"),
    State("/omradestyper?year=2022", TYPES),
    State("/omradestyper?year=2023&since=2022", TYPES),
    State("/omradestyper?area=0380&year=2024", TYPES),
    State("/labb", "#lab-start"),
    State("/labb?indicators=low_standard_children&areas=mars,kommun&years=1700", LAB),
    State(f"{LAB_ASKED}&sort=-value", LAB),
    State(f"{LAB_ASKED}&columns=year", LAB),
    State(f"{LAB_ASKED}&view=line", LAB_DRAWN),
    State(f"{LAB_ASKED}&view=bar", LAB_DRAWN),
    State(f"{LAB_ASKED}&view=dot", LAB_DRAWN),
    State(
        "/labb?indicators=low_standard_children,foreign_background&areas=kommun&view=scatter",
        LAB_DRAWN,
    ),
    State("/folj-upp", "h1"),
    State("/folj-upp?level=kommun&areas=0380&start=2023", "h1"),
    State("/listor", "h2"),
    State("/aktorer", "#actors-matrix .pairings"),
    State("/aktorer?actor=school", "#actors-matrix .pairings"),
    State("/data", "#table-areas", unfolded=ONE_OF_EACH, repeated=CLOSED_AFTER_CLOSED, sheets=12),
    State("/data/api", "#api-values", unfolded="details", sheets=15),
    State("/status", "h1"),
    State("/finns-inte", "h1"),
)


def test_no_page_is_forgotten() -> None:
    from barometer.ui.factory import PAGES

    looked_at = {state.address.partition("?")[0] for state in STATES}
    assert {page.path for page in PAGES} <= looked_at


PATHS = tuple(dict.fromkeys(state.address.partition("?")[0] for state in STATES))


def number_of(state: State) -> int:
    """Which of its page's states it is, from 0."""
    path = state.address.partition("?")[0]
    return [own.address.partition("?")[0] for own in STATES[: STATES.index(state)]].count(path)


def taking_turns(state: State, both: tuple[str, str]) -> tuple[str, ...]:
    """One of two kinds of readers: states take turns, pages begin with either; both of them with
    EVERY_READER=1."""
    turn = number_of(state) + PATHS.index(state.address.partition("?")[0])
    return both if os.environ.get("EVERY_READER") else (both[turn % 2],)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.address)
def test_a_page_suits_every_reader(
    page: Page, address: str, mishaps: list[str], state: State
) -> None:
    languages = taking_turns(state, ("sv", "en"))
    schemes = taking_turns(state, ("dark", "light"))
    suits_every_reader(page, address, state, languages, schemes)
    if not number_of(state):
        sheets = letters(page.pdf(prefer_css_page_size=True))
        assert 1 <= len(sheets) <= state.sheets, sheets
        assert min(sheets, default=0) >= EMPTY or len(sheets) == 1, sheets
    if state.address == "/finns-inte":
        mishaps.clear()  # the browser tells of its 404
