"""The library for notebooks: frames in one line, from a folder or a file."""

import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

import barometer
from barometer.library import QuestionError
from barometer.store import NoSnapshotError
from tests.pipeline import ROOT
from tests.snapshots import SNAPSHOT_ID, publish_snapshot


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    publish_snapshot(folder / "published")
    return folder


def test_a_folder_and_a_file_give_the_same(data_dir: Path) -> None:
    (file,) = (data_dir / "published").glob("*.duckdb")
    for place in (data_dir, str(data_dir), file):
        with barometer.open(place) as data:
            assert data.snapshot.snapshot_id == SNAPSHOT_ID
            assert len(data.areas(level="kommun")) == 3


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        *((2024, {2024}), ([2022, 2024], {2022, 2024}), ("2022-2023", {2022, 2023})),
        *((np.int64(2024), {2024}), (2024.0, {2024}), (pd.Series([2022.0, 2024.0]), {2022, 2024})),
        *((range(2022, 2024), {2022, 2023}), (np.array(["2022"]), {2022}), ({2024: 1}, {2024})),
    ],
)
def test_years_are_asked_for_in_many_ways(data_dir: Path, year: object, expected: set[int]) -> None:
    with barometer.open(data_dir) as data:
        found = data.values("low_standard_children", level="kommun", year=year)
    assert set(found["year"]) == expected


def test_boundaries_come_as_a_geodataframe(data_dir: Path) -> None:
    with barometer.open(data_dir) as data:
        found = data.geometry(level="regso", year=2024, within="0380")
    assert isinstance(found, gpd.GeoDataFrame)
    assert found.crs.to_epsg() == 3006
    assert found.geometry.area.round().tolist() == [4e6] * 3


def test_a_series_has_years_down_and_areas_across(data_dir: Path) -> None:
    with barometer.open(data_dir) as data:
        found = data.series("low_standard_children", area=["0380", "0180"])
    assert list(found.index) == [2022, 2023, 2024]
    assert set(found.columns) == {"Uppsala", "Stockholm"}
    assert found["Uppsala"][2024] == 21.0


def test_areas_of_one_name_keep_a_series_each(data_dir: Path) -> None:
    before, after = "0380R001_SYN", "0380R001_SYN_RegSO2025"
    with barometer.open(data_dir) as data:
        values = data.values("low_standard_children", area=[before, after])
        found = data.series("low_standard_children", area=[before, after])
    own = values.groupby("area_id")["label"].first()
    assert own[before] == own[after]
    assert list(found.columns) == [f"{own[code]} ({code})" for code in (before, after)]
    assert found.iloc[:, 0].dropna().index.max() < found.iloc[:, 1].dropna().index.min()


def test_an_own_area_is_an_area_among_the_others(data_dir: Path) -> None:
    parts = ["0380A0011_SYN_DeSO2025", "0380A0012_SYN_DeSO2025"]
    token = "own:0380A0011.0380A0012_SYN_DeSO2025:Norr"
    with barometer.open(data_dir) as data:
        found = data.values("low_standard_children", area=[token, "0380"], year=2024)
        whole = data.values("low_standard_children", area=parts, year=2024)
    own = found.set_index("area_id").loc[token]
    assert set(found["area_id"]) == {token, "0380"}
    assert own["label"] == "Norr"
    assert own["numerator"] == whole["numerator"].sum()
    assert own["value"] == pytest.approx(100 * own["numerator"] / whole["denominator"].sum())


def test_every_fault_is_told_at_once(data_dir: Path) -> None:
    with barometer.open(data_dir) as data, pytest.raises(QuestionError) as told:
        data.values("lycka", level="planet", area="9999")
    named = set(re.findall(r"\w+ '[^']*'", str(told.value)))
    assert {"indicator 'lycka'", "level 'planet'", "area '9999'"} <= named


def test_what_the_data_set_lacks_is_no_empty_frame(data_dir: Path) -> None:
    with barometer.open(data_dir) as data:
        with pytest.raises(QuestionError, match="indicator 'cars' has no values in this"):
            data.values("cars")
        with pytest.raises(QuestionError, match="grouping 'birth_region' has no measures in this"):
            data.indices("birth_region")


def test_no_data_set_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoSnapshotError, match="make run"):
        barometer.open(tmp_path)


def test_the_example_runs(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    example = runpy.run_module("barometer.examples.first_steps")
    example["main"]([str(data_dir)])
    printed = capsys.readouterr().out
    assert printed.startswith(f"{SNAPSHOT_ID} synthetic")
    assert "low_standard_children" in printed


def test_the_readme_s_lines_run(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(data_dir))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (lines,) = re.findall(r"```python\n(import barometer\n.+?)```", readme, re.DOTALL)
    names: dict[str, Any] = {}
    exec(compile(lines, "README.md", "exec"), names)
    assert set(names["frame"]["level"]) == {"kommun"}
    assert names["areas"].crs.to_epsg() == 3006


def test_nothing_is_imported_before_it_is_asked_for() -> None:
    asked = "import sys, barometer; sys.exit('pandas' in sys.modules or 'duckdb' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("year", [float("nan"), 2024.5, b"2024", pd.Timestamp("2024"), [], [None]])
def test_what_is_no_year_is_told(data_dir: Path, year: object) -> None:
    with barometer.open(data_dir) as data, pytest.raises(QuestionError, match="cannot be read"):
        data.values("low_standard_children", level="kommun", year=year)


def test_a_file_that_is_open_in_another_way_is_told_so(tmp_path: Path) -> None:
    publish_snapshot(tmp_path / "published")  # opened by nobody before
    (file,) = (tmp_path / "published").glob("*.duckdb")
    with duckdb.connect(str(file), read_only=True):
        for place in (tmp_path, file):
            with pytest.raises(NoSnapshotError, match="close that connection first"):
                barometer.open(place)
