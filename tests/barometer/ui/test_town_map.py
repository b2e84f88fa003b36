"""The map of a town on the segregation page: its classes, and what of the place it shows."""

import pandas as pd
import pytest
import shapely

from barometer.ui.context import Context
from barometer.ui.pages.segregation import town
from barometer.ui.pages.segregation.state import SegregationState, areas_frame, resolve
from tests.barometer.ui.callbacks import said

UPPSALA = "?area=0380&year=2023&units=regso"


@pytest.mark.parametrize("highest", [0.03, 0.05, 0.051, 0.24, 0.42, 0.93])
def test_the_map_of_the_town_has_classes_that_tell_its_areas_apart(
    context: Context, monkeypatch: pytest.MonkeyPatch, highest: float
) -> None:
    def scaled(state: SegregationState) -> pd.DataFrame:
        table = areas_frame(state)
        share = table["group_share"]
        return table.assign(group_share=share / share.max() * highest)

    monkeypatch.setattr(town, "areas_frame", scaled)
    with context.store.reader() as reader:
        state = resolve(context, reader, UPPSALA)
        width = town.width_of(state)
        key, english = (
            said(town._key(own)) for own in (state, resolve(context, reader, UPPSALA + "&lang=en"))
        )
    narrower = [w for w in town.WIDTHS if w < width]
    assert 5 * width >= 100 * highest
    assert not narrower or 5 * narrower[-1] < 100 * highest
    assert f"{4 * width}–{5 * width}\u00a0%" in key
    assert f"{4 * width}–{5 * width}%" in english
    assert town.colour_of(highest, width) in town.COLOURS[-3:]
    assert town.colour_of(1.0, 20) == town.COLOURS[-1]
    assert town.colour_of(0.0, width) == town.COLOURS[0]
    assert town.colour_of(float("nan"), width) is None


def test_the_map_of_the_town_shows_where_people_live() -> None:
    shapes = {
        "town": shapely.box(40, 40, 44, 44),
        "suburb": shapely.box(44, 40, 50, 46),
        "sea": shapely.box(0, 0, 100, 40),
    }
    whole = (0.0, 0.0, 100.0, 46.0)

    def shown_of(sea: int) -> town.Box:
        areas = pd.DataFrame(
            {"area_id": ["sea", "suburb", "town", "no outline"], "residents": [sea, 30, 65, 9]}
        )
        return town.extent(areas, shapes, whole)

    assert shown_of(5) == (40, 40, 50, 46)
    assert shown_of(40) == whole  # too many would be outside
    assert town.extent(pd.DataFrame({"area_id": ["a"], "residents": [1]}), {}, whole) == whole


def test_no_picture_is_asked_for_where_no_area_has_a_boundary(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    with context.store.reader() as reader:
        state = resolve(context, reader, UPPSALA)
        drawn = str(town._drawing(state, areas_frame(state), ""))
        monkeypatch.setattr(town.queries, "with_boundaries", lambda _cursor, _codes: frozenset())
        again = resolve(context, reader, f"{UPPSALA}&population=10000")  # nothing is remembered
        bare = town._drawing(again, areas_frame(again), "")
    assert "/segregation/karta/0380.svg" in drawn
    assert "/segregation/karta/" not in str(bare)
    assert "gräns saknas för" in said(bare)
    assert "gräns eller värde saknas" not in said(bare)
