"""Files that operators put into the data folder: what can be meant is read, the rest is told."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import geopandas as gpd
import pandas as pd
import pytest
from shapely import box
from shapely.geometry import mapping

from barometer.catalogue import load_catalogue
from etl.errors import PipelineError
from etl.own.areas import own_files, read_own_divisions
from etl.own.figures import read_local
from etl.providers.archive import Archive
from etl.providers.parsers import KnownArea
from etl.snapshot.lists import read_lists

AREAS = {
    "0114": KnownArea("kommun", "Upplands Väsby"),
    "0114A0010": KnownArea("deso", "A0010"),
    "0114R001_RegSO2025": KnownArea("regso", "Centrum"),
}
DESO = "0114A0010_DeSO2025"
SHAPE = box(660_000, 6_600_000, 661_000, 6_601_000)
REGISTER = pd.DataFrame(
    {"area_id": [DESO], "level": ["deso"], "division": ["2025"], "kommun_id": ["0114"]}
)
ENTRY = """
sector = "trygghet"
name = { sv = "Lekplatser", en = "Playgrounds" }
definition = { sv = "Antal.", en = "Number." }
population = { sv = "Alla", en = "All" }
unit = "points"
agency = "Kommunen"
licence = "CC0"
"""
HEAD = "area;year;value\n"
LONG = "x" * 140_000


def put(folder: Path, files: dict[str, object]) -> Path:
    """Files by name: a text or bytes, None for a folder, a path for a link to it."""
    folder.mkdir()
    for name, content in files.items():
        if content is None:
            folder.joinpath(name).mkdir()
        elif isinstance(content, Path):
            folder.joinpath(name).symlink_to(content)
        else:
            raw = content if isinstance(content, bytes) else str(content).encode()
            folder.joinpath(name).write_bytes(raw)
    return folder


def local(tmp_path: Path, files: dict[str, object]) -> list[tuple[str, float | None]]:
    folder = put(tmp_path / "local", files)
    archive = Archive(tmp_path / "archive")
    read = read_local(folder, areas=AREAS, catalogue=load_catalogue(), archive=archive)
    return [(cell.codes[0], cell.value) for own in read for cell in own.cells]


def lists(tmp_path: Path, files: dict[str, object]) -> list[str]:
    folder = put(tmp_path / "lists", files)
    found = read_lists(folder, areas=AREAS, archive=Archive(tmp_path / "archive"))
    return [own.area_id for own in found.exclusion] + [own.name for own in found.police]


def areas(tmp_path: Path, files: dict[str, object]) -> list[tuple[str, str]]:
    given = own_files(put(tmp_path / "areas", files))
    assert given.fingerprint
    shapes = gpd.GeoSeries([SHAPE], index=[DESO], crs=3006)
    (found,) = read_own_divisions(given, REGISTER, shapes=shapes)
    return list(found.members[["area_id", "name"]].itertuples(index=False, name=None))


def own(values: str | bytes, entry: str | bytes = ENTRY) -> dict[str, object]:
    return {"lekplatser.toml": entry, "lekplatser.csv": values}


def police(geometry: object = None, **properties: object) -> str:
    outline = mapping(SHAPE) if geometry is None else geometry
    named = {"NAMN": "Norr", "KATEGORI": "Utsatt"} | properties
    return json.dumps({"features": [{"geometry": outline, "properties": named}]})


def drawn(**properties: object) -> str:
    named = {"id": "a", "name": "Norr"} | properties
    in_degrees = gpd.GeoSeries([SHAPE], crs=3006).to_crs(4326).iloc[0]
    feature = {"type": "Feature", "geometry": mapping(in_degrees), "properties": named}
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


REGSO = "utanforskapets_karta.csv"
POLICE = "polisen.geojson"
KEYS = "code;id;name\n"
Read = Callable[[Path, dict[str, object]], object]


@pytest.mark.parametrize(
    ("read", "files", "found"),
    [
        *(
            (local, own(f"{HEAD}{code};2023;1"), [("0114", 1.0)])
            for code in ("114", "114.0", " 0114\u00a0", "0114")
        ),
        (local, own(f"{HEAD}0114a0010;2023;1"), [("0114A0010", 1.0)]),
        *(
            (local, own(f"{HEAD}0114;2023;1{blank}000"), [("0114", 1000.0)])
            for blank in (" ", "\u00a0", "\u202f", "\u2009")
        ),
        (local, own(f"\n\n{HEAD}0114;2023;1"), [("0114", 1.0)]),
        (local, own(f"{HEAD}0114;2023;1".replace("\n", "\r")), [("0114", 1.0)]),
        (local, own(f"{HEAD}0114;2023;1", b"\xef\xbb\xbf" + ENTRY.encode()), [("0114", 1.0)]),
        (
            local,
            {"lekplatser.toml": ENTRY, "lekplatser.CSV": f"{HEAD}0114;2023;1"},
            [("0114", 1.0)],
        ),
        (
            local,
            own(f"{HEAD}0114;2023;1") | {"~$lekplatser.xlsx": "", ".~lock.a.csv": ""},
            [("0114", 1.0)],
        ),
        *(
            (lists, {REGSO: f"regso{end}{code}"}, ["0114R001_RegSO2025"])
            for code in ("0114r001", "114R001", "0114R001_regso2025")
            for end in ("\n", "\r")
        ),
        (lists, {POLICE: "\ufeff" + police(NAMN=" Norr\x1b")}, ["Norr"]),
        *(
            (areas, {"delar.csv": f"{KEYS}{code};a;Norr\x00\u202e"}, [(DESO, "Norr")])
            for code in (DESO.lower(), DESO[1:], f"{DESO} ")
        ),
        (
            areas,
            {
                "delar.csv": f"{KEYS}{DESO};a;A",
                "delar.toml": "\ufeffname_sv = 'Del'",
                "Thumbs.db": "",
            },
            [(DESO, "A")],
        ),
        (areas, {"delar.geojson": drawn(name=None)}, [(DESO, "a")]),
    ],
)
def test_what_can_be_meant_is_read(
    tmp_path: Path, read: Read, files: dict[str, object], found: object
) -> None:
    assert read(tmp_path, files) == found


@pytest.mark.parametrize(
    ("read", "files", "said"),
    [
        (local, own(f"{HEAD}0114;2099;1"), "line 2: year 2099 has not been yet"),
        (local, own(f"{HEAD}0114;2023;{LONG}"), "lekplatser.csv: line 2: cannot be read"),
        (local, own(HEAD, f"parser = ['x']{ENTRY}"), "parser: .* is none of tidy"),
        (local, own(HEAD, f"backgrounds = 3{ENTRY}"), "backgrounds: 3 is not a list of words"),
        (local, own(HEAD, f"x = {'[' * 3_000}{']' * 3_000}"), "nested too deep"),
        (
            local,
            own(f"{HEAD}0114;2023;1", ENTRY.replace("Antal", r"\u0000")),
            "definition: is longer than",
        ),
        (
            local,
            own(f"{HEAD}0114;2023;1", ENTRY.replace("Antal", LONG)),
            "definition: is longer than",
        ),
        *(
            (local, {"lekplatser.toml": ENTRY, "lekplatser.csv": place}, "no file that can be read")
            for place in (None, Path("/nowhere"))
        ),
        *(
            (local, {"lekplatser.toml": place}, "no file that can be read")
            for place in (None, Path("/nowhere"))
        ),
        (lists, {REGSO: "category;regso\nx"}, "line 2: '' is no RegSO"),
        (lists, {REGSO: f"regso;category\n0114R001;{LONG}"}, "cannot be read"),
        (lists, {REGSO: None}, "no file that can be read"),
        (lists, {POLICE: Path("/nowhere")}, "no file that can be read"),
        (lists, {"Karta.CSV": "regso"}, "Karta.CSV: is no list that is known"),
        *(
            (lists, {POLICE: f'{{"features": {features}}}'}, "list of features")
            for features in ("null", "3", "{}")
        ),
        (lists, {POLICE: '{"features": [null]}'}, "feature 1: expected the properties NAMN"),
        (lists, {POLICE: police(NAMN=LONG)}, "feature 1: expected the properties NAMN"),
        *(
            (lists, {POLICE: police(odd)}, "Norr has no outline")
            for odd in ({"type": "X"}, [1], "x", {})
        ),
        *(
            (lists, {POLICE: police(odd)}, "feature 1: Norr has an outline that cannot be read")
            for odd in (
                {"type": None, "coordinates": []},
                {"type": ["Polygon"], "coordinates": []},
                {"type": "Polygon", "coordinates": {}},
                {"type": "Polygon", "coordinates": "x"},
                {"type": "GeometryCollection", "geometries": None},
            )
        ),
        (lists, {POLICE: police(NAMN=["Norr"])}, "feature 1: expected the properties NAMN"),
        (lists, {REGSO: "regso;regso\n0114R001;x"}, "columns regso, category and edition, once"),
        *(
            (read, files, "line 2: cannot be read .unexpected end of data.: is a quote left open")
            for read, files in (
                (local, own(f'{HEAD}"0114;2023;1\n0114;2022;2')),
                (lists, {REGSO: 'regso;category\n0114R001;"a\n0114R002;b'}),
                (areas, {"delar.csv": f'{KEYS}{DESO};a;"Norr\n{DESO};b;B'}),
            )
        ),
        *(
            (local, own(f"{HEAD}0114;2023;{value}"), "is not a number")
            for value in ("9" * 400, "1000000000000000", "1.234.567", "1e400", "inf")
        ),
        (
            lists,
            {POLICE: police({"type": "X", "coordinates": []})},
            "feature 1: Norr has an outline that cannot be read .Unknown geometry",
        ),
        (lists, {REGSO: f"regso;category\n0114R001;{LONG[:300]}"}, "line 2: a word is longer"),
        (
            areas,
            {"delar.csv": f"{KEYS}{DESO};a;{LONG}"},
            "line 2: cannot be read",
        ),
        (areas, {"delar.csv": f"{KEYS}{DESO};a;{LONG[:300]}"}, "row 2: a name is longer than 200"),
        (areas, {"delar.csv": f"code;id;id\n{DESO};a;b"}, "has the column id twice"),
        (areas, {"delar.csv": f"{KEYS}{DESO};a;A", "x.csv": None}, "x.csv is no file that can be"),
        (areas, {"delar.csv": Path("/nowhere"), "a.csv": ""}, "delar.csv is no file that can be"),
        *(
            (areas, {"delar.csv": f"{KEYS}{DESO};a;A", "delar.toml": words}, said)
            for words, said in (
                ("name_sv = 3", "name_sv is no name"),
                ("name_sv = ''", "name_sv is no name"),
                ("nam_sv = 'Del'", "nam_sv is none of id, name"),
                (b"name_sv = '\xc5'", "not UTF-8"),
            )
        ),
        (areas, {"delar.geojson": drawn(id=None)}, "an area has no id"),
        *(
            (read, files, said)
            for encoding, said in (
                ("utf-16", "byte 1 is not UTF-8: save it as UTF-8"),
                ("utf-16-le", "is UTF-16, not UTF-8: save it as UTF-8"),
            )
            for read, files in (
                (areas, {"delar.geojson": drawn().encode(encoding)}),
                (areas, {"delar.csv": f"{KEYS}{DESO};a;A".encode(encoding)}),
                (lists, {POLICE: police().encode(encoding)}),
                (local, own(f"{HEAD}0114;2023;1".encode(encoding))),
            )
        ),
        (areas, {"delar.geojson": "[]"}, r"layer \('?delar.geojson"),
        (
            areas,
            {"delar.geojson": '{"type": "FeatureCollection", "features": []}'},
            "has no polygons",
        ),
    ],
)
def test_what_cannot_be_used_is_one_sentence(
    tmp_path: Path, read: Read, files: dict[str, object], said: str
) -> None:
    with pytest.raises(PipelineError, match=said):
        read(tmp_path, files)


def workbook(part: str, content: bytes) -> bytes:
    """A workbook of which one part has another content."""
    sound, changed = io.BytesIO(), io.BytesIO()
    pd.DataFrame({"Kommun": ["Upplands Väsby"], "2023": [1]}).to_excel(sound, index=False)
    with ZipFile(sound) as old, ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return changed.getvalue()


@pytest.mark.parametrize(
    "raw",
    [
        b"PK\x03\x04",
        workbook("", b"")[:900],
        *(
            workbook(part, b"<x")
            for part in ("xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml")
        ),
    ],
)
def test_a_damaged_workbook_is_one_sentence(tmp_path: Path, raw: bytes) -> None:
    files = {"lekplatser.toml": f'parser = "pxweb_export"{ENTRY}', "lekplatser.xlsx": raw}
    with pytest.raises(PipelineError, match=r"is no Excel file that can be read .*: save it again"):
        local(tmp_path, files)


def test_a_sentence_repeats_no_more_of_a_file_than_can_be_read(tmp_path: Path) -> None:
    with pytest.raises(PipelineError) as told:
        local(tmp_path, own("[" * 90_000))
    assert max(map(len, str(told.value).splitlines())) < 600


def test_minus_zero_is_zero(tmp_path: Path) -> None:
    ((_, value),) = local(tmp_path, own(f"{HEAD}0114;2023;-0"))
    assert str(value) == "0.0"
