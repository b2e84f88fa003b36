"""Own figures: rows that cannot be used, all at once; the parsers of files that people have."""

import io
from pathlib import Path

import openpyxl
import orjson
import pytest

from barometer.catalogue import load_catalogue
from etl.own.figures import LocalFiguresError, read_local
from etl.providers.archive import Archive
from etl.providers.parsers import KnownArea
from etl.providers.parsers.salsa import dissimilarity, spread

CATALOGUE = load_catalogue()
AREAS = {
    "00": KnownArea("riket", "Riket"),
    "0114": KnownArea("kommun", "Upplands Väsby"),
    "0180": KnownArea("kommun", "Stockholm"),
    "1480": KnownArea("kommun", "Göteborg"),
    "0114A0010": KnownArea("deso", "A0010"),
    "0114A0010_DeSO2025": KnownArea("deso", "A0010"),
}
ENTRY = """
sector = "trygghet"
name = { sv = "Lekplatser", en = "Playgrounds" }
definition = { sv = "Antal lekplatser.", en = "Number of playgrounds." }
population = { sv = "Hela befolkningen", en = "The whole population" }
unit = "%s"
agency = "Exempelstads kommun"
licence = "CC0"
"""


@pytest.fixture
def read(tmp_path: Path):
    """Writes own files and reads them."""
    folder = tmp_path / "local"
    folder.mkdir()

    def ask(files, *, unit="points", more="", name="playgrounds"):
        (folder / f"{name}.toml").write_text(ENTRY % unit + more, encoding="utf-8")
        for file, content in files.items():
            path = folder / file
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        archive = Archive(tmp_path / "archive")
        return read_local(folder, areas=AREAS, catalogue=CATALOGUE, archive=archive)

    ask.folder = folder
    return ask


def cells(figures):
    return {cell.codes: cell.value for cell in figures[0].cells}


def test_values_of_any_level_with_decimal_comma_and_bom(read):
    rows = ["\ufeffarea;year;value", "0114;2023;1,5", "0114A0010;2024;2", "0180;2023;.."]
    (own,) = read({"playgrounds.csv": "\n".join(rows)})
    found = {cell.codes: (cell.value, cell.mark) for cell in own.cells}
    assert found == {
        ("0114", "all", "value", "2023"): (1.5, ""),
        ("0114A0010_DeSO2025", "all", "value", "2024"): (2.0, ""),  # the area of the year
        ("0180", "all", "value", "2023"): (None, ".."),
    }
    assert own.entry["levels"] == ["kommun", "deso"]
    assert own.entry["years"] == {"first": 2023, "last": 2024}
    assert own.entry["counts"] is False


def test_every_fault_is_named_at_once_with_its_line(read):
    rows = [
        "area,year,numerator,denominator,group",
        "0114,2023,5,10,",
        "9999,2023,5,10,",
        "Stockholm,2023,5,10,",
        "0114,23,5,10,",
        "0180,2023,elva,10,",
        "0180,2023,11,10,",
        "0180,2023,-1,10,",
        "0114,2023,6,10,",
        "1480,2023,6",
        "1480,2023,6,10,boys",
    ]
    with pytest.raises(LocalFiguresError) as error:
        read({"playgrounds.csv": "\n".join(rows)}, unit="percent")
    said = str(error.value)
    for fault in (
        "line 3: area '9999' is not among the 6 areas",
        "line 4: area 'Stockholm' is not among the 6 areas of the data set; Stockholm is 0180",
        "line 5: year '23' is not a year",
        "line 6: numerator 'elva' is not a number",
        "line 7: numerator 11 is greater than denominator 10",
        "line 8: numerator -1 is negative",
        "line 9: the same area, year and group as on line 2",
        "line 10: 3 cells where the headings have 5",
        "line 11: group 'boys' is none of all",
    ):
        assert f"local/playgrounds.csv: {fault}" in said
    assert "what is published stays" in said


@pytest.mark.parametrize(
    ("files", "more", "fault"),
    [
        ({}, "", "playgrounds.toml: its figures are missing: put playgrounds.csv beside it"),
        ({"playgrounds.csv": ""}, "", "playgrounds.csv: it is empty"),
        ({"playgrounds.csv": "area;year\n"}, "", "line 1: needs the column value"),
        ({"playgrounds.csv": "omr;year;value\n"}, "", "line 1: column 'omr' is not known"),
        ({"playgrounds.csv": "area;year;value\n"}, "", "playgrounds.toml: its file has no figures"),
        ({"playgrounds.csv": b"area;year;value\n0114;2023;\xe5\n"}, "", "is not UTF-8"),
        ({"playgrounds.csv": "area;year;value\n0114;2023;1"}, "x = 1", "x: is not a field"),
        ({"playgrounds.csv": "area;year;value\n0114;2023;1"}, "x =", "is not TOML in UTF-8"),
        ({"other.csv": "a"}, "", "local/other.csv: no other.toml says what it is"),
        ({}, 'parser = "magic"', "parser: 'magic' is none of tidy, "),
        (
            {"playgrounds.csv": "area;year;value\n0114;2023;1"},
            'address = "javascript:a()"',
            "address: 'javascript:a()'",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_named(read, files, more, fault):
    with pytest.raises(LocalFiguresError, match=r"(?s).*") as error:
        read(files, more=more)
    assert fault in str(error.value)


def test_an_own_file_does_not_take_the_place_of_an_indicator(read):
    with pytest.raises(LocalFiguresError, match="population is an indicator of the catalogue"):
        read({"population.csv": "area;year;value\n0114;2023;1"}, name="population")


def test_agency_and_licence_must_be_stated(read):
    read.folder.joinpath("bare.toml").write_text("".join(ENTRY.splitlines(keepends=True)[:-2]))
    read.folder.joinpath("bare.csv").write_text("area;year;value\n0114;2023;1")
    with pytest.raises(LocalFiguresError) as error:
        read({"playgrounds.csv": "area;year;value\n0114;2023;1"})
    assert "local/bare.toml: agency: missing" in str(error.value)
    assert "local/bare.toml: licence: missing" in str(error.value)


OFFENCES = (
    "\ufeffKommun;Antal;Per 100 000 inv.\r\nUpplands Väsby;4 900;10100\r\n"
    "Stockholm;190000;19 000\r\n"
)


def test_bra_s_yearly_files_make_a_series_and_stay_when_they_are_overwritten(read):
    more = 'parser = "bra_offences"'
    name = "playgrounds/Anmälda brott kommunerna"
    read({f"{name} 2024.csv": OFFENCES}, more=more, unit="per_100000")
    (read.folder / f"{name} 2024.csv").unlink()
    later = OFFENCES.replace("10100", "10200")
    found = cells(read({f"{name} 2025.csv": later}, more=more, unit="per_100000"))
    assert found == {
        ("0114", "all", "value", "2024"): 10100.0,
        ("0180", "all", "value", "2024"): 19000.0,
        ("0114", "all", "value", "2025"): 10200.0,
        ("0180", "all", "value", "2025"): 19000.0,
    }


def test_bra_s_counts_and_a_name_that_nobody_knows(read):
    more = 'parser = "bra_offences"\ncolumn = "Antal"'
    assert cells(read({"playgrounds/brott-2024.csv": OFFENCES}, more=more)) == {
        ("0114", "all", "value", "2024"): 4900.0,
        ("0180", "all", "value", "2024"): 190000.0,
    }
    damaged = OFFENCES.replace("Stockholm", "Stokholm").replace("4 900", "många")
    with pytest.raises(LocalFiguresError) as error:
        read({"playgrounds/brott-2024.csv": damaged}, more=more)
    assert "brott-2024.csv: line 2: 'många' is not a number" in str(error.value)
    assert "line 3: 'Stokholm' is the name of no kommun" in str(error.value)
    with pytest.raises(LocalFiguresError, match="its name has no year"):
        read({"playgrounds/brott-2024.csv": OFFENCES, "playgrounds/brott.csv": OFFENCES}, more=more)


PXWEB = """"Hyra efter region, uppgift och år"

"region","Hyra kr per kvm 2023","Hyra kr per kvm 2024"
"0114 Upplands Väsby",1240,1300
"0180 Stockholm",..,1510.5

"Källa: SCB"
"""


def test_an_export_of_pxweb_as_csv_and_as_excel(read):
    more = 'parser = "pxweb_export"'
    expected = {
        ("0114", "all", "value", "2023"): 1240.0,
        ("0114", "all", "value", "2024"): 1300.0,
        ("0180", "all", "value", "2023"): None,
        ("0180", "all", "value", "2024"): 1510.5,
    }
    assert cells(read({"playgrounds.csv": PXWEB}, more=more, unit="kronor")) == expected
    book = openpyxl.Workbook()
    for row in (
        ["Hyra efter region och år"],
        [],
        [None, None, "2023", "2024"],
        ["0114", "Upplands Väsby", 1240, 1300],
        ["0180", "Stockholm", "..", 1510.5],
        [],
        ["Senast uppdaterad:"],
    ):
        book.active.append(row)
    packed = io.BytesIO()
    book.save(packed)
    (read.folder / "playgrounds.csv").unlink()
    files = {"playgrounds.xlsx": packed.getvalue()}
    assert cells(read(files, more=more, unit="kronor")) == expected


def test_an_export_with_two_figures_an_area_and_year_says_what_to_choose(read):
    more = 'parser = "pxweb_export"'
    doubled = PXWEB + '"0114 Upplands Väsby",1,2\n'
    with pytest.raises(LocalFiguresError, match="choose one category of each variable"):
        read({"playgrounds.csv": doubled}, more=more)
    two = PXWEB.replace("Hyra kr per kvm 2024", "Antal 2023")
    with pytest.raises(LocalFiguresError, match=r"name one with column"):
        read({"playgrounds.csv": two}, more=more)
    found = cells(read({"playgrounds.csv": two}, more=more + '\ncolumn = "Antal"'))
    assert found["0114", "all", "value", "2023"] == 1300.0


def salsa(*schools, period="2023/24"):
    listed = [
        {
            "schoolUnitCode": str(at),
            "geographicalAreaCode": kommun,
            "salsaNewlyImmigratedQuota": {"value": new, "valueType": "EXISTS"},
            "salsaParentsEducation": [{"value": parents, "valueType": "EXISTS"}],
        }
        for at, (kommun, new, parents) in enumerate(schools)
    ]
    return orjson.dumps(
        {"body": {"timePeriod": period, "compulsorySchoolUnitSalsaMetricList": listed}}
    )


SCHOOLS = [("0114", "0", "2,8"), ("0114", "10", "2,0"), ("0114", "50", "1,2"), ("0180", "5", "2,5")]


@pytest.mark.parametrize(
    ("column", "vasby", "stockholm"),
    [
        ("newly_immigrated", 20.0, 5.0),
        ("newly_immigrated_between_schools", 50 * (10 / 24 + 5 / 24 + 15 / 24), None),
        ("parents_education", 2.0, 2.5),
        ("parents_education_between_schools", (2 * 0.64 / 3) ** 0.5, None),
    ],
)
def test_salsa_is_summed_by_kommun_and_compared_between_schools(read, column, vasby, stockholm):
    """Schools 0, 10 and 50 per cent: group .0 .1 .5 of .6, others 1 .9 .5 of 2.4."""
    more = f'parser = "skolverket_salsa"\ncolumn = "{column}"'
    found = cells(read({"playgrounds/salsa.json": salsa(*SCHOOLS)}, more=more))
    assert found["0114", "all", "value", "2024"] == pytest.approx(vasby)
    assert found["0180", "all", "value", "2024"] == stockholm  # one school: nothing to compare
    assert ("00", "all", "value", "2024") in found


def test_each_school_year_of_salsa_is_kept(read):
    more = 'parser = "skolverket_salsa"\ncolumn = "newly_immigrated"'
    read({"playgrounds/salsa.json": salsa(*SCHOOLS)}, more=more)
    later = salsa(*SCHOOLS, period="2024/25")
    found = cells(read({"playgrounds/salsa.json": later}, more=more))
    assert {codes[3] for codes in found} == {"2024", "2025"}


def test_a_damaged_list_of_schools_names_the_school(read):
    more = 'parser = "skolverket_salsa"\ncolumn = "newly_immigrated"'
    damaged = salsa(("0114", "many", "2"), ("9999", "1", "2"))
    with pytest.raises(LocalFiguresError) as error:
        read({"playgrounds/salsa.json": damaged}, more=more)
    assert "school 1 (0): many is not a number" in str(error.value)
    assert "school 2 (1): '9999' is no kommun" in str(error.value)
    with pytest.raises(LocalFiguresError, match=r"expected body\.timePeriod"):
        read({"playgrounds/salsa.json": b"{}"}, more=more)


def test_between_schools_stays_in_its_bounds():
    apart, alike = [(0.0, 1.0), (100.0, 1.0)], [(30.0, 1.0), (30.0, 5.0)]
    assert dissimilarity(apart) == pytest.approx(100)
    assert dissimilarity(alike) == pytest.approx(0)
    assert dissimilarity([(0.0, 1.0), (0.0, 1.0)]) != dissimilarity([(0.0, 1.0), (0.0, 1.0)])  # NaN
    assert spread(alike) == 0
