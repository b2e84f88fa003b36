"""Areas with many students or an institution: marked, named, and left out where asked."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from barometer import queries, wording
from barometer.catalogue import load_catalogue
from barometer.export.map_sheet import map_sheet
from barometer.queries.area_types import left_out, type_changes
from barometer.selection import Selection
from barometer.selection.area_types import TypeView
from barometer.selection.offer import MARKS
from barometer.store import Reader, Store
from tests.snapshots import publish_snapshot

CATALOGUE = load_catalogue()
FLOGSTA = "0380R002_SYN_RegSO2025"
VIEW = Selection("low_standard_children", "regso", 2024)
# Area, mark, year, per cent. Rinkeby was above the limit once; Östermalm lies just below it.
SHARES = (
    (FLOGSTA, "aged_20_24", 2024, 41.0),
    (FLOGSTA, "special_housing", 2024, 20.0),
    ("0180R001_SYN_RegSO2025", "aged_20_24", 2024, 6.0),
    ("0180R001_SYN", "aged_20_24", 2022, 30.0),
    ("0180R001_SYN", "aged_20_24", 2023, 6.0),
    ("0180R002_SYN_RegSO2025", "aged_20_24", 2024, 14.9),
    ("0380", "aged_20_24", 2024, 16.0),
)


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    folder: Path = tmp_path_factory.mktemp("marked")
    path = publish_snapshot(folder)
    path.chmod(0o644)
    with duckdb.connect(str(path)) as con:
        for area_id, indicator, year, share in SHARES:
            con.execute(
                "INSERT INTO indicator_values BY NAME SELECT $indicator AS indicator_id, 'all' AS"
                " background, area_id, division, level, $year AS year, $share AS value FROM areas"
                " WHERE area_id = $area",
                {"indicator": indicator, "area": area_id, "year": year, "share": share},
            )
    with Store(folder).reader() as reader:
        yield reader


def test_the_nearest_year_of_the_division_decides(marked: Reader) -> None:
    found = queries.marked_areas(marked.cursor, level="regso", division="2025", year=2024)
    assert found[["area_id", "indicator", "value"]].to_numpy().tolist() == [
        [FLOGSTA, "aged_20_24", 41.0],
        [FLOGSTA, "special_housing", 20.0],
    ]
    then = queries.marked_areas(marked.cursor, level="regso", division="2018", year=2022)
    assert then["area_id"].tolist() == ["0180R001_SYN"]
    assert queries.marked_areas(marked.cursor, level="regso", division="2018", year=2023).empty
    assert queries.marked_areas(marked.cursor, level="kommun", division="admin", year=2024).empty


def test_a_view_without_them_has_no_figure_of_them_and_says_so(marked: Reader) -> None:
    plain, without = (
        queries.map_frame(marked.cursor, view).set_index("area_id")
        for view in (VIEW, replace(VIEW, marked="out"))
    )
    assert plain.loc[FLOGSTA, ["value", "marks"]].tolist() == [30.0, "aged_20_24; special_housing"]
    assert without["value"].isna()[FLOGSTA]
    assert without["status"][FLOGSTA] == "left_out"
    others = plain.index.drop(FLOGSTA)
    assert without["value"][others].equals(plain["value"][others])
    order = plain.index.tolist()
    drawn = queries.map_figures(marked.cursor, replace(VIEW, marked="out"), order=order)
    assert drawn.reasons[order.index(FLOGSTA)] == "left_out"
    title = wording.map_title(replace(VIEW, marked="out"), catalogue=CATALOGUE)
    assert title.endswith("i RegSO 2025 utan märkta områden år 2024")


def test_a_file_names_the_marks_in_its_language(marked: Reader) -> None:
    sheet = map_sheet(marked, replace(VIEW, language="en", marked="out"), catalogue=CATALOGUE)
    assert "unmarked" in sheet.stem
    assert sheet.frame.set_index("area_id")["marks"][FLOGSTA] == "aged_20_24; special_housing"
    named = sheet.in_words(sheet.frame).set_index("area_id")
    assert named["marks"][FLOGSTA] == "many aged 20–24; many in special housing"
    assert named["status"][FLOGSTA] == "left out of the view"


def test_area_types_are_told_without_them(marked: Reader) -> None:
    view = TypeView("00", 2024, 2023, "low_standard_children", marked="out")
    assert left_out(marked.cursor, view) == [FLOGSTA]
    assert left_out(marked.cursor, replace(view, marked="in")) == []
    ours = queries.map_table(marked.cursor, VIEW).assign(recomputed=1)
    assert "marks" in type_changes(marked.cursor, view, ours=ours)


def test_the_words_say_the_share_and_the_limits() -> None:
    rows = [{"indicator": "aged_20_24", "value": 41.04, "year": 2024}]
    (said,) = wording.mark_sentences(rows, language="sv")
    assert said.replace("\u00a0", " ").startswith("41,0 % av invånarna är 20–24 år (2024).")
    note = wording.marked_note(2, left_out=True, language="en")
    assert note.startswith("2 areas are left out: at least 15% of the residents are aged 20–24")
    assert wording.marked_note(0, left_out=True, language="en") == ""
    assert {mark.indicator for mark in MARKS} <= set(CATALOGUE.indicators)
