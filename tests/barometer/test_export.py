"""Files hold the numbers of the page, to the last digit, with their company."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from openpyxl.utils.escape import unescape

from barometer import queries
from barometer.catalogue import load_catalogue
from barometer.divisions import Language
from barometer.export import COLUMNS, FORMATS, Sheet, filename, find_format, map_sheet
from barometer.export.sheet import ROWS_AT_A_TIME
from barometer.selection import Selection
from barometer.store import Reader, Store
from tests.snapshots import SNAPSHOT_ID, WITHOUT_BOUNDARY, publish_snapshot

CATALOGUE = load_catalogue()
# Columns of other views: a change, a local measure, a map beside, a place in a table of its own.
OTHER_VIEWS = (
    *("role", "measure", "grouping", "within", "since", "earlier_value", "later_value"),
    *("compared_with", "compared_value", "compared_unit", "summed_by"),
)
PLAIN_COLUMNS = [column for column in COLUMNS if column.name not in OTHER_VIEWS]
FLOGSTA = "0380R002_SYN_RegSO2025"


@pytest.fixture(scope="module", params=["synthetic", "scb"])
def reader(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Reader]:
    published = tmp_path_factory.mktemp("published")
    publish_snapshot(published, origin=request.param)
    with Store(published).reader() as reader:
        yield reader


def sheet_of(reader: Reader, language: Language = "sv", **changes: object) -> Sheet:
    selection = replace(
        Selection("low_standard_children", "regso", 2024, language=language), **changes
    )
    return map_sheet(reader, selection, catalogue=CATALOGUE)


def written(sheet: Sheet, format_id: str) -> bytes:
    found = find_format(format_id)
    assert found is not None
    return b"".join(found.write(sheet))


def rows_of_csv(raw: bytes, *, delimiter: str) -> list[dict[str, str]]:
    text = re.sub(r'"=""(\d+)"""', r"\1", raw.decode("utf-8-sig"))  # as a spreadsheet shows it
    assert text.count("\r\n") == text.count("\n")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def rows_of_xlsx(raw: bytes, page: int = 0) -> list[list[str | float | None]]:
    """The cells of a page as another program reads them: typed, and none a formula."""
    sheet = openpyxl.load_workbook(io.BytesIO(raw)).worksheets[page]
    rows = list(sheet.iter_rows())
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n"}
    # It leaves to its users what stands for a character that XML cannot hold.
    return [[unescape(c.value) if isinstance(c.value, str) else c.value for c in r] for r in rows]


def numbers(frame: pd.DataFrame) -> list[tuple[str, float | None, float | None]]:
    plain = frame[["area_id", "value", "denominator"]].astype(object)
    return [tuple(row) for row in plain.where(plain.notna(), None).itertuples(index=False)]


def maybe(text: str) -> float | None:
    return float(text) if text else None


@pytest.mark.parametrize(
    "indicator",
    ["low_standard_children", "foreign_background", "median_standard", "area_type", "population"],
)
def test_page_and_every_file_hold_the_same_numbers(
    reader: Reader, tmp_path: Path, indicator: str
) -> None:
    selection = Selection(indicator, "regso", 2024)
    page = numbers(queries.map_table(reader.cursor, selection))
    sheet = map_sheet(reader, selection, catalogue=CATALOGUE)

    plain = rows_of_csv(written(sheet, "csv"), delimiter=",")
    assert [(r["area_id"], maybe(r["value"]), maybe(r["denominator"])) for r in plain] == page

    excel = rows_of_csv(written(sheet, "excel-csv"), delimiter=";")
    assert [
        (
            r["Områdeskod"],
            maybe(r["Värde"].replace(",", ".")),
            maybe(r["Av (bas)"].replace(",", ".")),
        )
        for r in excel
    ] == page

    found = json.loads(written(sheet, "json"))["rows"]
    assert [(r["area_id"], r["value"], r["denominator"]) for r in found] == page

    features = json.loads(written(sheet, "geojson"))["features"]
    found = [feature["properties"] for feature in features]
    assert [(r["area_id"], r["value"], r["denominator"]) for r in found] == page

    assert numbers(pd.read_parquet(io.BytesIO(written(sheet, "parquet")))) == page

    path = tmp_path / "map.gpkg"
    path.write_bytes(written(sheet, "gpkg"))
    assert numbers(pd.DataFrame(gpd.read_file(path))) == page

    header, *cells = rows_of_xlsx(written(sheet, "xlsx"))
    places = [header.index(name) for name in ("Områdeskod", "Värde", "Av (bas)")]
    assert [tuple(row[place] for place in places) for row in cells] == page


def test_every_row_keeps_its_company(reader: Reader) -> None:
    origin = reader.snapshot.origin
    by_id = {
        row["area_id"]: row for row in rows_of_csv(written(sheet_of(reader), "csv"), delimiter=",")
    }
    row = by_id[FLOGSTA]
    assert row.pop("definition").startswith("Låg ekonomisk standard, barn 0–19 år: Andel av barn")
    assert date.fromisoformat(row.pop("downloaded"))
    assert row == {
        "indicator": "low_standard_children",
        "background": "all",
        "area_id": FLOGSTA,
        "label": "Flogsta-Ekeby (Uppsala)",
        "kommun": "Uppsala",
        "level": "regso",
        "division": "2025",
        "year": "2024",
        "value": "30",
        "unit": "percent",
        "numerator": "120",
        "denominator": "400",
        "marks": "",
        "status": "",
        "source": "TAB6685",
        "agency": "" if origin == "synthetic" else "SCB",  # nobody's where they are made up
        "licence": "" if origin == "synthetic" else "CC0",
        "snapshot": SNAPSHOT_ID,
        "origin": origin,
        "address": "",
    }
    assert by_id["0114R002_SYN_RegSO2025"]["status"] == "not_available"
    assert by_id["0114R002_SYN_RegSO2025"]["value"] == ""


def test_a_swedish_excel_opens_the_file_as_it_is(reader: Reader) -> None:
    raw = written(sheet_of(reader), "excel-csv")
    assert raw.startswith(b"\xef\xbb\xbfIndikator;Grupp;")
    by_id = {row["Områdeskod"]: row for row in rows_of_csv(raw, delimiter=";")}
    centre = by_id["0380R001_SYN_RegSO2025"]
    assert (centre["Värde"], centre["Enhet"], centre["Områdesindelning"]) == (
        "7,5",
        "procent",
        "RegSO 2025",
    )
    assert by_id["0114R001_SYN_RegSO2025"]["Uppgift saknas, orsak"] == "uppgift saknas hos SCB"
    origin = "påhittade siffror" if reader.snapshot.synthetic else "SCB"
    assert {row["Ursprung"] for row in by_id.values()} == {origin}


def test_a_code_of_digits_keeps_its_noughts_where_excel_opens_the_file(reader: Reader) -> None:
    sheet = sheet_of(reader)
    frame = sheet.frame.assign(area_id="0114", label="Väsby")
    assert b'"=""0114""";' in written(replace(sheet, frame=frame), "excel-csv")
    assert b",0114," in written(replace(sheet, frame=frame), "csv")


def test_words_in_a_file_follow_the_language(reader: Reader) -> None:
    (row, *_) = rows_of_csv(written(sheet_of(reader, "en"), "excel-csv"), delimiter=";")
    assert row["Indicator"] == "Low economic standard, children aged 0–19"
    assert row["No figure, reason"] == "not available from SCB"


@pytest.mark.parametrize("risky", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
@pytest.mark.parametrize("format_id", ["csv", "excel-csv"])
def test_no_text_becomes_a_formula(reader: Reader, format_id: str, risky: str) -> None:
    sheet = sheet_of(reader)
    frame = sheet.frame.assign(label=risky, value=-1.5, status=None)
    raw = written(replace(sheet, frame=frame), format_id)
    delimiter = "," if format_id == "csv" else ";"
    (row, *_) = csv.reader(
        io.StringIO(raw.decode("utf-8-sig").split("\r\n", 1)[1], newline=""), delimiter=delimiter
    )
    assert f"'{risky}" in row
    assert risky not in row
    assert ("-1.5" if format_id == "csv" else "-1,5") in row


def test_a_workbook_holds_every_cell_as_it_is(reader: Reader) -> None:
    sheet = sheet_of(reader)
    frame = sheet.frame.assign(
        label="=HYPERLINK(0)", kommun=" <a>&_x0041_\x01\n", value=0.1 + 0.2, denominator=2**53 - 1
    )
    raw = written(replace(sheet, frame=frame), "xlsx")
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        # Spreadsheets drop space at the ends unless they are told.
        assert b'<t xml:space="preserve"> &lt;a' in book.read("xl/worksheets/sheet1.xml")
    header, *cells = rows_of_xlsx(raw)
    assert header == [column.heading.sv for column in PLAIN_COLUMNS]  # the map has no roles
    expected = sheet.in_words(frame).astype(object)
    assert cells == expected.where(expected.notna(), None).to_numpy().tolist()


def test_a_workbook_says_what_it_is(reader: Reader) -> None:
    raw = written(sheet_of(reader), "xlsx")
    about = {str(row[0]): str(row[1]) for row in rows_of_xlsx(raw, page=1)}
    assert about["Innehåll"] == "Låg ekonomisk standard, barn 0–19 år, i RegSO 2025 år 2024"
    assert about["Definition"] == CATALOGUE.indicators["low_standard_children"].definition.sv
    table = "tabell TAB6685: Låg och hög ekonomisk standard."
    assert about["Källa"] == (
        f"Påhittade siffror i samma form som {table}"
        if reader.snapshot.synthetic
        else f"SCB, {table} Uppdaterad 4 juni 2025, hämtad 22 november 2026. Licens CC0."
    )
    assert about["Dataversion"] == SNAPSHOT_ID
    assert about["Tidsseriebrott"].startswith("2024: ")
    assert ("Obs" in about) == reader.snapshot.synthetic
    assert "Ofullständig" not in about  # of TAB6680, which is not behind these figures


def test_a_workbook_keeps_its_heading_in_view(reader: Reader) -> None:
    sheet = sheet_of(reader)
    book = openpyxl.load_workbook(io.BytesIO(written(sheet, "xlsx")))
    figures, about = book.worksheets
    assert (figures.freeze_panes, figures.print_title_rows) == ("A2", "$1:$1")
    assert figures.auto_filter.ref == figures.dimensions == f"A1:S{len(sheet.frame) + 1}"
    shown = {cell.number_format for cell in figures["I"][1:] if cell.value is not None}
    assert shown == {"#,##0"}  # the indicator is shown in whole per cent
    assert about["A1"].font.bold


@pytest.mark.parametrize("format_id", ["csv", "excel-csv", "json", "parquet", "xlsx"])
def test_a_file_is_on_its_way_before_its_last_row_is_asked_for(
    reader: Reader, format_id: str
) -> None:
    sheet, asked = sheet_of(reader), []

    def parts() -> Iterator[pd.DataFrame]:
        for number in range(5):
            asked.append(number)
            yield sheet.frame

    found = find_format(format_id)
    assert found is not None
    pieces = found.write(replace(sheet, frame=sheet.frame.iloc[:0], parts=parts))
    sent = b""
    while len(asked) < 3:
        sent += next(pieces)
    assert len(sent) > len(sheet.frame)
    assert len(sent + b"".join(pieces)) > len(sent)
    assert asked == [0, 1, 2, 3, 4]


def test_programs_are_told_where_numbers_come_from(reader: Reader) -> None:
    sheet = sheet_of(reader, "en")
    described = json.loads(written(sheet, "json"))
    assert described["snapshot"] == SNAPSHOT_ID
    assert described["synthetic"] == reader.snapshot.synthetic
    assert described["query"] == "?indicator=low_standard_children&level=regso&year=2024&lang=en"
    assert described["sources"][0]["source_id"] == "TAB6685"
    metadata = pq.read_schema(io.BytesIO(written(sheet, "parquet"))).metadata
    del described["rows"]
    assert json.loads(metadata[b"barometer"]) == described
    mapped = json.loads(written(sheet, "geojson"))["description"]
    assert "1 of 7 areas has no boundary" in mapped.pop("boundaries")
    assert mapped == described


def test_geometry_is_in_degrees_in_geojson_and_in_metres_in_geopackage(
    reader: Reader, tmp_path: Path
) -> None:
    sheet = sheet_of(reader)
    features = json.loads(written(sheet, "geojson"))["features"]
    shapes = {f["properties"]["area_id"]: f["geometry"] for f in features}
    assert shapes[WITHOUT_BOUNDARY] is None
    (longitude, latitude), *_ = shapes[FLOGSTA]["coordinates"][0]
    assert 17 < longitude < 20
    assert 59 < latitude < 60
    path = tmp_path / "map.gpkg"
    path.write_bytes(written(sheet, "gpkg"))
    layer = gpd.read_file(path).set_index("area_id")
    assert layer.crs.to_epsg() == 3006
    assert layer.geometry[FLOGSTA].area == pytest.approx(4e6)
    assert layer.geometry[WITHOUT_BOUNDARY] is None


@pytest.mark.parametrize("format_id", [f.format_id for f in FORMATS])
def test_a_file_can_be_written_when_the_request_is_over(tmp_path: Path, format_id: str) -> None:
    publish_snapshot(tmp_path)
    with Store(tmp_path).reader() as reader:
        sheet = sheet_of(reader)
    assert written(sheet, format_id)


@pytest.mark.parametrize("format_id", [f.format_id for f in FORMATS])
def test_a_view_without_areas_is_a_file_without_rows(reader: Reader, format_id: str) -> None:
    sheet = sheet_of(reader)
    empty = replace(sheet, frame=sheet.frame.iloc[:0], boundaries=lambda: ())
    raw = written(empty, format_id)
    if format_id == "json":
        assert json.loads(raw)["rows"] == []
    if format_id == "geojson":
        assert json.loads(raw)["features"] == []
    if format_id == "csv":
        assert rows_of_csv(raw, delimiter=",") == []


def test_long_files_come_in_pieces(reader: Reader) -> None:
    sheet = sheet_of(reader)
    copies = -(-2 * ROWS_AT_A_TIME // len(sheet.frame)) + 1
    long = replace(sheet, frame=pd.concat([sheet.frame] * copies, ignore_index=True))
    found = find_format("csv")
    assert found is not None
    assert len(list(found.write(long))) == 4  # heading, two whole pieces and the rest
    assert len(rows_of_csv(written(long, "csv"), delimiter=",")) == len(long.frame)
    assert len(json.loads(written(long, "json"))["rows"]) == len(long.frame)


@pytest.mark.parametrize("length", [0, 1, ROWS_AT_A_TIME, ROWS_AT_A_TIME + 1])
def test_no_row_is_lost_between_pieces(reader: Reader, length: int) -> None:
    sheet = sheet_of(reader)
    frame = sheet.frame.iloc[[0] * length].reset_index(drop=True)
    raw = written(replace(sheet, frame=frame), "csv")
    assert len(rows_of_csv(raw, delimiter=",")) == length


def test_a_file_is_named_for_what_is_in_it(reader: Reader) -> None:
    found = find_format("excel-csv")
    assert found is not None
    end = "_synthetic_excel.csv" if reader.snapshot.synthetic else "_excel.csv"
    assert filename(sheet_of(reader), found) == f"low_standard_children_regso_2024{end}"
    women = sheet_of(reader, indicator="foreign_background", background="sex:women")
    assert filename(women, found) == f"foreign_background_sex-women_regso_2024{end}"


def test_formats_have_ids_of_their_own() -> None:
    ids = [found.format_id for found in FORMATS]
    assert len(set(ids)) == len(ids)
    assert find_format("docx") is None


def test_a_change_is_written_with_both_its_values(reader: Reader) -> None:
    sheet = sheet_of(reader, level="kommun", year=2024, since=2022)
    rows = {row["area_id"]: row for row in rows_of_csv(written(sheet, "csv"), delimiter=",")}
    uppsala = rows["0380"]
    earlier, later = float(uppsala["earlier_value"]), float(uppsala["later_value"])
    assert (later, earlier) == (21.0, pytest.approx(100 * 290 / 1000))
    assert float(uppsala["value"]) == pytest.approx(later - earlier)
    assert (uppsala["since"], uppsala["year"], uppsala["unit"]) == (
        *("2022", "2024"),
        "percentage_points",
    )
    assert sheet.stem.startswith("low_standard_children_kommun_since-2022_2024")


def test_a_local_measure_says_which_and_against_what(reader: Reader) -> None:
    selection = {"layer": "location_quotient", "grouping": "low_standard_children"}
    sheet = sheet_of(reader, within="0380", **selection)
    rows = rows_of_csv(written(sheet, "csv"), delimiter=",")
    assert {row["area_id"][:4] for row in rows} == {"0380"}
    flogsta = next(row for row in rows if row["area_id"] == FLOGSTA)
    # 120 of 400 here, 210 of 1,000 in Uppsala.
    assert float(flogsta["value"]) == pytest.approx(0.30 / 0.21)
    assert (flogsta["measure"], flogsta["within"], flogsta["unit"]) == (
        *("location_quotient", "0380"),
        "ratio",
    )
    (said, *_) = sheet.in_words(sheet.frame.head(1)).to_dict("records")
    assert (said["measure"], said["within"]) == ("Lokaliseringskvot", "Uppsala kommun")


def test_what_stands_beside_the_map_stands_beside_its_values(reader: Reader) -> None:
    sheet = sheet_of(reader, compare="foreign_background")
    rows = {row["area_id"]: row for row in rows_of_csv(written(sheet, "csv"), delimiter=",")}
    assert float(rows[FLOGSTA]["compared_value"]) == 60.0
    assert rows[FLOGSTA]["compared_with"] == "foreign_background"
