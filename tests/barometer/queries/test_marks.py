"""Areas with many students or an institution: marked, named, and left out where asked."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import duckdb
import pandas as pd
import pytest

from barometer import queries, wording
from barometer.catalogue import load_catalogue
from barometer.divisions import Language
from barometer.export.map_sheet import map_sheet
from barometer.export.sheet import whole_frame
from barometer.queries.area_types import left_out, type_changes
from barometer.queries.whole import MARKED, marked_rows
from barometer.selection import Selection
from barometer.selection.area_types import TypeView
from barometer.selection.offer import MARKS
from barometer.selection.wanted import TableRequest
from barometer.store import Reader, Store
from barometer.tables import table_sheet
from barometer.tables.figures import AREA_TYPES, VALUES
from barometer.ui.factory import create_app
from tests.barometer.ui.conftest import settings_of
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
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("marked")


@pytest.fixture(scope="module")
def marked(folder: Path) -> Iterator[Reader]:
    path = publish_snapshot(folder / "published")
    path.chmod(0o644)
    with duckdb.connect(str(path)) as con:
        for area_id, indicator, year, share in SHARES:
            con.execute(
                "INSERT INTO indicator_values BY NAME SELECT $indicator AS indicator_id, 'all' AS"
                " background, area_id, division, level, $year AS year, $share AS value FROM areas"
                " WHERE area_id = $area",
                {"indicator": indicator, "area": area_id, "year": year, "share": share},
            )
    with Store(folder / "published").reader() as reader:
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


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_table_of_areas_names_their_marks(marked: Reader, language: Language) -> None:
    names = {"sv": "många 20–24-åringar; många i specialbostäder"}
    names["en"] = "many aged 20–24; many in special housing"
    for table, asked in ((VALUES, ("low_standard_children",)), (AREA_TYPES, ())):
        wanted = TableRequest(indicator=asked, year=(2024,), within=("0380",), lang=language)
        sheet, _ = table_sheet(marked, table, wanted, catalogue=CATALOGUE)
        frame = whole_frame(sheet)
        own = frame[frame["area_id"] == FLOGSTA]
        assert set(own["marks"]) == {"aged_20_24; special_housing"}, table.table_id
        assert frame["marks"][frame["area_id"] != FLOGSTA].isna().all()
        assert set(sheet.in_words(own)["marks"]) == {names[language]}


def test_a_year_has_its_own_marks_and_what_lies_around_has_none(marked: Reader) -> None:
    rows = pd.DataFrame(
        {
            "area_id": ["0180R001_SYN", "0180R001_SYN", FLOGSTA, FLOGSTA, "0380"],
            "year": [2022, 2023, 2024, 2024, 2024],
            "role": ["area", "area", "area", "riket", "area"],
        }
    )
    found = queries.marks_of_rows(rows, key="area_id", marks=queries.marks_in(marked))
    assert found.fillna("").tolist() == ["aged_20_24", "", "aged_20_24; special_housing", "", ""]


@pytest.mark.usefixtures("marked")
def test_files_and_papers_of_a_place_name_the_marks(folder: Path) -> None:
    settings = settings_of(folder)
    client = create_app(settings, Store(settings.published_dir), CATALOGUE).server.test_client()
    for file in ("indicators", "alike"):
        asked = f"/export/plats/{file}/csv?area={FLOGSTA}&year=2024"
        answer = client.get(asked)
        rows = pd.read_csv(io.BytesIO(answer.data), dtype=str)
        own = rows if file == "indicators" else rows[rows["area_id"] == FLOGSTA]
        assert set(own["marks"]) == {"aged_20_24; special_housing"}, file
    assert "marks" not in client.get("/export/plats/indicators/csv?area=0380").text.split("\n")[0]
    for kind in ("docx", "pptx"):
        answer = client.get(f"/plats/lagesbild.{kind}?area=0380")
        assert "Märkning: Flogsta-Ekeby (många 20–24-åringar; många i specialbostäder)" in texts(
            answer.data
        ), kind
    paper = client.get(f"/plats/rapport?area={FLOGSTA}&year=2024").text
    assert "41\xa0% av invånarna är 20–24 år (2024)" in paper


@pytest.mark.usefixtures("marked")
def test_files_of_lists_and_of_the_lab_name_the_marks(folder: Path) -> None:
    settings = settings_of(folder)
    client = create_app(settings, Store(settings.published_dir), CATALOGUE).server.test_client()
    lab = f"labb/csv?indicators=low_standard_children&areas={FLOGSTA}.0380&years=2024"
    limits = "area=0380&level=regso&limits=low_standard_children%3E1"
    for asked in (
        "listor/listed/csv?area=0380",
        f"listor/screen/csv?{limits}",
        lab.replace(".0380", ",0380"),
        lab.replace(".0380", ",0380") + "&columns=year",
    ):
        rows = pd.read_csv(io.BytesIO(client.get(f"/export/{asked}").data), dtype=str)
        own = rows["area_id"] == FLOGSTA
        assert own.any(), asked
        assert set(rows["marks"][own]) == {"aged_20_24; special_housing"}, asked
        assert rows["marks"][~own].isna().all(), asked


def test_the_package_has_every_year_s_marks(marked: Reader) -> None:
    rows = pd.concat(
        [batch.to_pandas() for batch in marked_rows(marked.cursor, MARKED)], ignore_index=True
    )
    found = {tuple(row) for row in rows.to_numpy().tolist()}
    assert found == {
        (FLOGSTA, 2024, "aged_20_24", 41.0),
        (FLOGSTA, 2024, "special_housing", 20.0),
        ("0180R001_SYN", 2022, "aged_20_24", 30.0),
    }


def texts(office_file: bytes) -> str:
    """Every text of a Word document or of slides."""
    with ZipFile(io.BytesIO(office_file)) as parts:
        names = [n for n in parts.namelist() if n.startswith(("word/doc", "ppt/slides/slide"))]
        return " ".join(re.sub("<[^>]+>", "", parts.read(name).decode()) for name in names)


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
