"""A comparison group that the reader, or the operator, has chosen stands where similar areas do."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from barometer.ui.context import Context
from barometer.ui.pages.place import ids
from barometer.ui.pages.place.around import compared_sentence
from barometer.ui.pages.place.page import URL_SYNC
from barometer.ui.pages.place.state import PlaceState, resolve, similar_frame

OWN = "own:0380A0011.0380A0012_SYN_DeSO2025"


@pytest.fixture
def with_presets(context: Context, tmp_path: Path) -> Context:
    (tmp_path / "peers.toml").write_text(
        '[sju]\nname_sv = "Våra sju"\nareas = ["0114", "0180"]\n', encoding="utf-8"
    )
    return replace(context, settings=replace(context.settings, data_dir=tmp_path))


def compared(context: Context, query: str) -> tuple[list[str], str, PlaceState]:
    with context.reader(query) as reader:
        state = resolve(context, reader, query)
        table = similar_frame(state)
        others = table[table["rank"] > 0]
        labels = others["label"].tolist()
        return others["area_id"].tolist(), compared_sentence(state, labels), state


def test_chosen_peers_stand_in_their_order_and_in_the_link(context: Context) -> None:
    ids, said, state = compared(context, "?area=0380&peers=0180,0114")
    assert ids == ["0180", "0114"]
    assert said.startswith("Du jämför Uppsala kommun med Stockholm och Upplands Väsby.")
    assert "peers=0180,0114" in state.query


def test_peers_of_any_level_have_their_own_figures(context: Context) -> None:
    """A kommun beside an own area, and an own area beside a kommun."""
    ids, _, state = compared(context, f"?area=0380&peers=0180,{OWN}")
    assert ids == ["0180", OWN]
    table = state.portrait.table
    column = table.column("low_standard_children")
    assert column is not None
    assert table.figures[table.area_ids.index(OWN), column] == pytest.approx(7.5)
    assert len(table.own_figures) == len(table.area_ids) - 1
    assert compared(context, f"?area={OWN}&peers=0180")[0] == ["0180"]


def test_an_operators_preset_is_a_group(with_presets: Context) -> None:
    ids, _, state = compared(with_presets, "?area=0380&peers=sju")
    assert ids == ["0114", "0180"]
    assert state.corrections == ()


def test_what_is_no_place_is_remarked_on(context: Context) -> None:
    ids, _, state = compared(context, "?area=0380&peers=0180,atlantis")
    assert ids == ["0180"]
    assert [(m.field, m.given) for m in state.corrections] == [("peers", "atlantis")]


def test_a_faulty_file_of_presets_is_told_of_and_stops_nothing(
    context: Context, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "peers.toml").write_text('[sju]\nareas = "0114"\n', encoding="utf-8")
    faulty = replace(context, settings=replace(context.settings, data_dir=tmp_path))
    assert dict(faulty.presets) == {}
    assert "peers.toml cannot be used ([sju] areas is no list of codes in quotes)" in caplog.text


@pytest.mark.parametrize(
    ("area", "name", "kept"),
    [
        (OWN, "Flogsta, med omnejd", f"{OWN}:Flogsta med omnejd"),
        (f"{OWN}:Flogsta", "Norr", f"{OWN}:Norr"),
        (f"{OWN}:Flogsta", "", OWN),
        ("0380", "Flogsta", "0380"),
    ],
)
def test_the_name_of_an_own_area_is_written_on_plats_and_kept_in_the_link(
    context: Context, area: str, name: str, kept: str
) -> None:
    controls = [*[None] * (len(URL_SYNC.controls) - 1), name]
    query = URL_SYNC.overlaid(f"?area={quote(area)}&year=2025", controls, changed=ids.NAME)
    with context.reader(query) as reader:
        state = resolve(context, reader, query)
        answered = dict(zip(URL_SYNC.outputs, URL_SYNC.values(state, remark=True), strict=True))
    assert state.profile.area == kept
    written = kept.removeprefix(OWN).removeprefix(":") if kept.startswith(OWN) else ""
    assert answered[(ids.NAME, "value")] == written
    assert answered[(ids.NAMING, "hidden")] is (kept == "0380")
    assert answered[(ids.TITLE, "children")].startswith(written or state.area.name)
