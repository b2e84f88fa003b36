"""A comparison group that the reader, or the operator, has chosen stands where similar areas do."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from barometer.ui.context import Context
from barometer.ui.pages.lab.controls import area_options
from barometer.ui.pages.lab.state import resolve as resolve_lab
from barometer.ui.pages.place import ids
from barometer.ui.pages.place.around import compared_sentence, group_heading
from barometer.ui.pages.place.controls import controls
from barometer.ui.pages.place.links import ways
from barometer.ui.pages.place.page import URL_SYNC
from barometer.ui.pages.place.state import PlaceState, resolve, similar_frame
from barometer.ui.pages.segregation.ranking import RANKING
from barometer.ui.pages.segregation.state import ranking_frame
from barometer.ui.pages.segregation.state import resolve as resolve_measure
from barometer.wording import measure_remarks

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
    assert group_heading(state) == "Jämförelsegrupp"
    assert group_heading(compared(context, "?area=0380")[2]) == "Liknande områden"


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


@pytest.mark.parametrize("code", ["180", " 0180", "0180"])
def test_a_preset_as_an_editor_saves_it_is_read(
    context: Context, tmp_path: Path, code: str
) -> None:
    text = f'\ufeff[sju]\r\nname_sv = "Våra"\r\nareas = ["0114", "{code}"]\r\n'
    (tmp_path / "peers.toml").write_text(text, encoding="utf-8")
    presets = replace(context, settings=replace(context.settings, data_dir=tmp_path))
    assert compared(presets, "?area=0380&peers=sju")[0] == ["0114", "0180"]


@pytest.mark.parametrize("odd", [None, "peers.toml", "gone", b"\xff\xfe[", b"x = " + b"[" * 5_000])
def test_presets_that_cannot_be_read_stop_no_page(
    context: Context, tmp_path: Path, odd: bytes | str | None, caplog: pytest.LogCaptureFixture
) -> None:
    """A folder, a link to itself or to nothing, another encoding, and what is nested too deep."""
    path = tmp_path / "peers.toml"
    if isinstance(odd, str):
        path.symlink_to(odd)
    elif odd is None:
        path.mkdir()
    else:
        path.write_bytes(odd)
    presets = replace(context, settings=replace(context.settings, data_dir=tmp_path))
    assert compared(presets, "?area=0380&peers=0114")[0] == ["0114"]
    assert "peers.toml cannot be used" in caplog.text


def test_a_preset_can_hold_own_areas(context: Context, tmp_path: Path) -> None:
    """They stand in the group as in an address, whatever order their codes are written in."""
    turned = "own:0380A0012.0380A0011_SYN_DeSO2025:Norra"
    (tmp_path / "peers.toml").write_text(
        f'[norr]\nname_sv = "Norrut"\nareas = ["0180", "{turned}"]\n', encoding="utf-8"
    )
    presets = replace(context, settings=replace(context.settings, data_dir=tmp_path))
    ids, said, state = compared(presets, "?area=0380&peers=norr")
    assert ids == ["0180", f"{OWN}:Norra"]
    assert said.startswith("Du jämför Uppsala kommun med Stockholm och Norra.")
    assert state.corrections == ()
    assert ranked(presets, "?area=0380&peers=norr")[0] == ["0180", "0380", f"{OWN}:Norra"]
    query = "?indicators=employed&areas=0380,norr"
    with presets.reader(query) as reader:
        lab = resolve_lab(presets, reader, query)
    assert lab.lab.areas == ("0380", "0180", f"{OWN}:Norra")


def test_what_is_no_place_is_remarked_on(context: Context) -> None:
    ids, _, state = compared(context, "?area=0380&peers=0180,atlantis")
    assert ids == ["0180"]
    assert [(m.field, m.given) for m in state.corrections] == [("peers", "atlantis")]


@pytest.mark.parametrize(
    "faulty", ["x = 3", "[x]", '[x]\nareas = "0114"', "[[x]]", "[x]\nareas = []"]
)
def test_a_faulty_preset_is_named_and_the_others_are_offered(
    context: Context, tmp_path: Path, faulty: str, caplog: pytest.LogCaptureFixture
) -> None:
    text = f'{faulty}\n[sju]\nareas = ["0114"]\n'
    (tmp_path / "peers.toml").write_text(text, encoding="utf-8")
    presets = replace(context, settings=replace(context.settings, data_dir=tmp_path)).presets
    assert {key: own.areas for key, own in presets.items()} == {"sju": ("0114",)}
    assert "peers.toml: [x] is not offered: it needs areas" in caplog.text


def ranked(context: Context, query: str) -> tuple[list[str], str, list[str]]:
    with context.reader(query) as reader:
        state = resolve_measure(context, reader, query)
        table = ranking_frame(state)
        said = " ".join(map(str, RANKING.sentences(state, table)))
        remarks = measure_remarks(state.corrections, names={}, language="sv")
    return sorted(table["container_id"]), said, list(remarks)


def test_the_ranking_of_segregation_is_of_the_chosen_group(with_presets: Context) -> None:
    ids, said, _ = ranked(with_presets, "?area=0380&peers=sju")
    assert ids == ["0114", "0180", "0380"]
    assert "Du jämför Uppsala kommun med Upplands Väsby och Stockholm." in said
    ids, said, remarks = ranked(with_presets, f"?area=0380&peers={OWN},01,atlantis")
    assert ids == ["0380", OWN]
    assert "med Eget område, 2 DeSO." in said
    assert len(remarks) == 2
    assert "”atlantis” finns inte här och är borttagen" in remarks[0]
    assert "bara platser av samma slag" in remarks[1]


def test_the_lab_takes_a_preset_as_its_places_and_plats_leads_with_the_group(
    with_presets: Context,
) -> None:
    with with_presets.reader() as reader:
        query = "?indicators=employed&areas=0380,sju,0180"
        lab = resolve_lab(with_presets, reader, query)
        found = {option["value"] for option in area_options(lab, "våra")}
        state = resolve(with_presets, reader, "?area=0380&peers=sju")
        links = {path: asked for _, path, asked in ways(state)}
    assert lab.lab.areas == ("0380", "0114", "0180")
    assert lab.corrections == ()
    assert "sju" in found
    assert links["/segregation"]["peers"] == "0114,0180"
    assert links["/labb"]["areas"] == "0380,00,0114,0180"


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
    values = [*[None] * (len(URL_SYNC.controls) - 1), name]
    query = URL_SYNC.overlaid(f"?area={quote(area)}&year=2025", values, changed=ids.NAME)
    with context.reader(query) as reader:
        state = resolve(context, reader, query)
        answered = dict(
            zip(URL_SYNC.outputs, URL_SYNC.values(state, by_control=False), strict=True)
        )
        drawn = str(controls(state))
    assert state.profile.area == kept
    written = kept.removeprefix(OWN).removeprefix(":") if kept.startswith(OWN) else ""
    assert answered[(ids.NAME, "value")] == written
    assert answered[(ids.NAMING, "hidden")] is (kept == "0380")
    assert ids.NAME in drawn
    assert answered[(ids.TITLE, "children")].startswith(written or state.area.name)
