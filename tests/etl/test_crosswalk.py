from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from shapely import box, unary_union

from etl.geodata.changes import ChangesError, read_changes
from etl.geodata.crosswalk import build_crosswalk

# A row of DeSO in one RegSO each side of x = 4 km; km as coordinates, residents, RegSO.
OLD = {
    "0114A0010": (box(0, 0, 1, 1), 1000, "0114R001"),
    "0114A0020": (box(1, 0, 3, 1), 2000, "0114R001"),  # split at 2
    "0114A0030": (box(3, 0, 4, 1), 500, "0114R001"),  # merged
    "0114A0040": (box(4, 0, 5, 1), 700, "0114R002"),  # merged
    "0114A0050": (box(5, 0, 7, 1), 1000, "0114R002"),  # loses a tenth
    "0114A0060": (box(7, 0, 8, 1), 1000, "0114R002"),  # gains it
}
NEW = {
    "0114A0010": (box(0, 0, 1, 1), 1100, "0114R001"),
    "0114A0021": (box(1, 0, 2, 1), 500, "0114R001"),
    "0114A0022": (box(2, 0, 3, 1), 1500, "0114R001"),
    "0114A0030": (box(3, 0, 5, 1), 1200, "0114R001"),  # takes 0114A0040 from RegSO 2 to 1
    "0114A0050": (box(5, 0, 6.8, 1), 900, "0114R002"),
    "0114A0060": (box(6.8, 0, 8, 1), 1200, "0114R002"),
}


def rows(deso, *, division):
    suffix = ("_DeSO2025", "_RegSO2025") if division == "2025" else ("", "")
    regso = {}
    for shape, people, parent in deso.values():
        regso.setdefault(parent, []).append((shape, people))
    for code, (shape, people, parent) in deso.items():
        yield code + suffix[0], "deso", division, parent + suffix[1], people, shape
    for code, parts in regso.items():
        shape = unary_union([shape for shape, _ in parts])
        yield code + suffix[1], "regso", division, "0114", sum(n for _, n in parts), shape


def country(old=OLD, new=NEW):
    columns = ["area_id", "level", "division", "parent_id", "population", "geometry"]
    data = [*rows(old, division="2018"), *rows(new, division="2025")]
    frame = gpd.GeoDataFrame(pd.DataFrame(data, columns=columns), crs=3006)
    return frame.set_geometry(frame.geometry.scale(1000, 1000, origin=(0, 0)))


def crosswalk(frame=None, *, changes=()):
    frame = country() if frame is None else frame
    return build_crosswalk(frame.drop(columns="geometry"), boundaries=frame, changes=changes)


def weights(walk, column="weight_population"):
    plain = walk["to_id"].str.replace(r"_(DeSO|RegSO)2025", "", regex=True)
    pairs = zip(walk["from_id"], plain, strict=True)
    return dict(zip(pairs, walk[column], strict=True))


def test_an_unchanged_area_is_itself():
    row = crosswalk().set_index("from_id").loc["0114A0010"]
    assert (row["to_id"], row["method"], row["quality"]) == ("0114A0010_DeSO2025", "same", "exact")
    assert (row["weight_area"], row["weight_population"]) == (1, 1)


def test_a_split_follows_the_residents_of_the_new_areas():
    walk = crosswalk()
    parts = ("0114A0020", "0114A0021"), ("0114A0020", "0114A0022")
    assert [weights(walk, "weight_area")[pair] for pair in parts] == pytest.approx([0.5, 0.5])
    assert [weights(walk)[pair] for pair in parts] == pytest.approx([500 / 2000, 1500 / 2000])
    assert {weights(walk, "quality")[pair] for pair in parts} == {"split"}
    assert {weights(walk, "method")[pair] for pair in parts} == {"density"}


def test_a_split_follows_the_surface_where_residents_are_unknown():
    walk = crosswalk(country().assign(population=np.nan))
    assert weights(walk)["0114A0020", "0114A0022"] == pytest.approx(0.5)
    assert weights(walk, "method")["0114A0020", "0114A0022"] == "area"


def test_merged_areas_are_whole():
    walk = crosswalk()
    for code in ("0114A0030", "0114A0040"):
        assert weights(walk)[code, "0114A0030"] == 1
        assert weights(walk, "quality")[code, "0114A0030"] == "merged"


def test_a_moved_border_is_told_and_poor_when_it_moves_much():
    walk = crosswalk()
    # 0.2 of 2 km² at 1000 per km² (1200/1.2), 1.8 at 500: 200 of 1100
    assert weights(walk)["0114A0050", "0114A0060"] == pytest.approx(200 / 1100)
    assert weights(walk, "quality")["0114A0060", "0114A0060"] == "border_change"
    far = {**NEW, "0114A0050": (box(5, 0, 5.9, 1), 900, "0114R002")}
    far["0114A0060"] = (box(5.9, 0, 8, 1), 1200, "0114R002")
    assert weights(crosswalk(country(new=far)), "quality")["0114A0050", "0114A0060"] == "poor"


def test_regso_are_put_together_from_their_deso():
    walk = crosswalk()
    # RegSO 1 stays whole; RegSO 2 loses 0114A0040: 700 of 2700 residents, a quarter of its land
    assert weights(walk)["0114R001", "0114R001"] == 1
    assert weights(walk)["0114R002", "0114R001"] == pytest.approx(700 / 2700)
    assert weights(walk, "weight_area")["0114R002", "0114R001"] == pytest.approx(1 / 4)
    assert weights(walk, "method")["0114R002", "0114R001"] == "deso"


def test_regso_are_overlaid_where_deso_are_not_known():
    frame = country()
    walk = crosswalk(frame[frame["level"] == "regso"])
    assert set(walk["level"]) == {"regso"}
    assert weights(walk, "weight_area")["0114R002", "0114R001"] == pytest.approx(1 / 4)
    assert weights(walk, "method")["0114R001", "0114R001"] == "area"


def test_a_drawing_difference_is_no_change():
    drawn = {**NEW, "0114A0010": (box(0, 0, 1.0004, 1), 1100, "0114R001")}
    drawn["0114A0021"] = (box(1.0004, 0, 2, 1), 500, "0114R001")
    walk = crosswalk(country(new=drawn))
    assert weights(walk, "quality")["0114A0010", "0114A0010"] == "exact"
    assert ("0114A0010", "0114A0021") not in weights(walk)


def test_without_outlines_there_is_no_row():
    frame = country()
    assert crosswalk(frame.set_geometry([None] * len(frame), crs=3006)).empty


CHANGES = (
    ("0114A0020", "0114A0021"),
    ("0114A0020", "0114A0022"),
    *(("0114A0030", "0114A0030"), ("0114A0040", "0114A0030")),
    *(("0114A0050", "0114A0050"), ("0114A0050", "0114A0060"), ("0114A0060", "0114A0060")),
)


def test_scbs_changes_stand_in_for_outlines():
    frame = country()
    walk = crosswalk(frame.set_geometry([None] * len(frame), crs=3006), changes=CHANGES)
    assert weights(walk, "method")["0114A0010", "0114A0010"] == "file"
    assert weights(walk)["0114A0020", "0114A0022"] == pytest.approx(0.75)
    assert weights(walk, "quality")["0114A0040", "0114A0030"] == "merged"
    # half of 1200 went to 0060 against all of 900: 600 of 1500
    assert weights(walk)["0114A0050", "0114A0060"] == pytest.approx(0.4)
    deso = walk[walk["level"] == "deso"]
    assert deso.groupby("from_id")["weight_population"].sum().tolist() == pytest.approx([1] * 6)


def test_what_scb_calls_unchanged_is_so_whatever_the_outlines():
    drawn = {**NEW, "0114A0010": (box(0, 0, 1.1, 1), 1100, "0114R001")}
    walk = crosswalk(country(new=drawn), changes=CHANGES)
    assert weights(walk, "quality")["0114A0010", "0114A0010"] == "exact"
    assert ("0114A0010", "0114A0021") not in weights(walk)
    assert weights(walk)["0114A0020", "0114A0022"] == pytest.approx(0.75)


cuts = st.lists(st.floats(0.1, 9.9), min_size=1, max_size=6, unique=True).map(sorted)


@settings(max_examples=40, deadline=None)
@given(old=cuts, new=cuts, people=st.lists(st.integers(0, 5000), min_size=14, max_size=14))
def test_nobody_is_lost_whatever_the_borders(old, new, people):
    def line(cut, people):
        ends = [0, *cut, 10]
        return {
            f"0114A00{n:02}": (box(a, 0, b, 1), people[n], "0114R001")
            for n, (a, b) in enumerate(pairwise(ends))
        }

    frame = country(old=line(old, people[:7]), new=line(new, people[7:]))
    walk = crosswalk(frame)
    for column in ("weight_area", "weight_population"):
        sums = walk.groupby("from_id")[column].sum()
        assert sums.to_numpy() == pytest.approx(np.ones(len(sums)))
    before = frame[(frame["division"] == "2018") & (frame["level"] == "deso")]
    assert set(walk["from_id"]) >= set(before["area_id"])


HEADINGS = "Kommun;Kommunnamn;Tidigare DeSO;DeSO;Förändringstyp;Datum för förändring"
LINES = ("114;Upplands Väsby;0114A0020;0114A0021;Delad;2025-01-01",) * 2


def write_xlsx(path, rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_scbs_file_of_changes_is_read(tmp_path, suffix):
    path = tmp_path / f"changes{suffix}"
    lines = ["Historiska förändringar i DeSO", "", HEADINGS, *LINES]
    if suffix == ".csv":
        path.write_text("\n".join(lines), encoding="utf-8")
    else:
        write_xlsx(path, [line.split(";") for line in lines])
    assert read_changes(path) == (("0114A0020", "0114A0021"),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a;b\n1;2", "no row with the headings 'Tidigare DeSO' and 'DeSO'"),
        (f"{HEADINGS}\n1;2;0114R001;0114A0010", "row 2: '0114R001' to '0114A0010'"),
        (HEADINGS, "it has no row"),
    ],
)
def test_another_file_is_refused(tmp_path, text, said):
    path = tmp_path / "changes.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ChangesError, match=said):
        read_changes(path)


def test_a_file_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "changes.xlsx"
    path.write_bytes(b"not a zip")
    with pytest.raises(ChangesError, match="cannot be read as a table"):
        read_changes(path)
