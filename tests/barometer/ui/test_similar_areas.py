"""Similar areas: a stated distance on stated indicators that a reader can reckon again."""

import math
import statistics

import duckdb
import pandas as pd
import pytest

from barometer import queries
from barometer.divisions import covers, parse_area_code
from barometer.memo import MAX_BYTES
from barometer.own_codes import own_of
from barometer.selection.profiles import ALIKE
from barometer.store import Store
from barometer.ui.context import Context
from barometer.ui.pages.place import around
from barometer.ui.pages.place.page import PAGE
from barometer.ui.pages.place.state import (
    resolve,
    similar_frame,
)
from tests.barometer.ui.callbacks import said
from tests.pipeline import National

PLACES = ("03", "0380", "0380R040_SYN", "0380C1940_SYN_DeSO2025")
OWN_CHOICE = ("rented", "cars", "population")


@pytest.fixture(scope="module")
def published(national_snapshot: National) -> Store:
    return Store(national_snapshot.data_dir / "published")


def computed(
    con: duckdb.DuckDBPyConnection, area_id: str, year: int, indicators: tuple[str, ...]
) -> pd.Series:
    """Distances by hand from the table of values: medians, 1.4826 x MAD, logarithm of persons."""
    code = parse_area_code(area_id)
    assert code
    scores = {}
    for indicator in indicators:
        values = dict(
            con.execute(
                """
                SELECT area_id, value FROM indicator_values
                WHERE indicator_id = $i AND background = 'all' AND level = $level
                    AND division = $division AND value IS NOT NULL AND year = (
                        SELECT max(year) FROM indicator_values
                        WHERE indicator_id = $i AND background = 'all' AND level = $level
                            AND division = $division AND year <= $year AND value IS NOT NULL)
                """,
                {"i": indicator, "level": code.level, "division": code.division, "year": year},
            ).fetchall()
        )
        if indicator == "population":
            values = {area: math.log(persons) for area, persons in values.items() if persons > 0}
        middle = statistics.median(values.values())
        spread = 1.4826 * statistics.median(abs(v - middle) for v in values.values())
        scores[indicator] = pd.Series(values).sub(middle).div(spread)
    whole = pd.DataFrame(scores).dropna()
    return whole.sub(whole.loc[area_id]).pow(2).mean(axis=1).pow(0.5).drop(area_id)


@pytest.mark.parametrize("chosen", [ALIKE, OWN_CHOICE])
@pytest.mark.parametrize("area_id", PLACES)
def test_the_distance_is_the_stated_one_and_is_shown(
    published: Store, context: Context, area_id: str, chosen: tuple[str, ...]
) -> None:
    national = Context(context.settings, published, context.catalogue)
    with published.reader() as reader:
        state = resolve(national, reader, f"?area={area_id}&alike={','.join(chosen)}")
        made = state.portrait
        others = similar_frame(state).query("rank > 0")
        by_hand = computed(reader.cursor, area_id, state.profile.year, made.alike_ids)
        shown = said(around.SIMILAR.render(state))
    assert len(others)
    assert set(made.alike_ids) <= set(chosen)
    nearest = by_hand.sort_values().iloc[: len(others)]
    assert others["distance"].tolist() == pytest.approx(nearest.tolist(), abs=1e-9)
    assert others.set_index("area_id")["distance"].to_dict() == pytest.approx(
        by_hand[others["area_id"].tolist()].to_dict(), abs=1e-9
    )
    for indicator in made.alike_ids:
        name = state.name(indicator)
        assert name[1:] in shown.partition("Jämförelsen bygger på")[2].partition(". ")[0]
    for distance in others["distance"]:
        assert f"{distance:.2f}".replace(".", ",") in shown


@pytest.mark.parametrize("area_id", PLACES)
def test_only_areas_of_the_same_level_division_and_years_are_compared(
    published: Store, context: Context, area_id: str
) -> None:
    national = Context(context.settings, published, context.catalogue)
    own = parse_area_code(area_id)
    assert own
    with published.reader() as reader:
        made = resolve(national, reader, f"?area={area_id}").portrait
    codes = [parse_area_code(other) for other in made.table.area_ids]
    assert {(code.level, code.division) for code in codes if code} == {(own.level, own.division)}
    assert None not in codes
    assert all(covers(own.division, year) for year in made.table.years)


def test_what_profiles_of_a_whole_country_ask_is_kept_until_the_next(
    published: Store, context: Context
) -> None:
    """Else each profile would compute it all anew: eight times the work."""
    national = Context(context.settings, published, context.catalogue)
    with published.reader() as reader:
        found = queries.children(reader.cursor, "0180", level="deso", year=2024)
        own = own_of(found["area_id"].head(50).tolist()).own
    assert own is not None
    for area_id in ("0180", own.token, *PLACES):
        query = f"?area={area_id}"
        with national.reader(query) as reader:
            PAGE.body(PAGE.resolve(national, reader, query))
            assert reader.cached_bytes < 0.9 * MAX_BYTES
