"""What is published holds SCB's figures, down to the last person."""

import gzip
import json
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from flask.testing import FlaskClient

from barometer.catalogue import load_catalogue
from barometer.indices.area_types import area_types
from barometer.pointer import published_snapshots
from tests.pipeline import refresh

HERE = Path(__file__).parent
LEVELS = {
    "riket": ("riket", "admin"),
    "lan": ("lan", "admin"),
    "kommun": ("kommun", "admin"),
    "RegSO2020": ("regso", "2018"),
    "DeSO2018": ("deso", "2018"),
    "RegSO2025": ("regso", "2025"),
}
# Tables with national counts in the folder, each of which a test must have compared.
COUNTED = {
    *("TAB5956", "TAB6065", "TAB6258", "TAB6568", "TAB6571", "TAB6572", "TAB6574", "TAB6680"),
    *("TAB6253", "TAB6091"),
}
# Where SCB has published the RegSO's own figures beside those of their DeSO: table, year, codes.
PUBLISHED_TWICE = [
    *(("TAB6572", 2022, f"000007Y5|{code}|1+2") for code in ("sv", "tot")),
    ("TAB6574", 2023, "000007Y7|totalt|1+2"),
]


@pytest.fixture(scope="module")
def checks() -> dict[str, Any]:
    """SCB's sums and single cells, counted from the exports before the extract was made."""
    return json.loads((HERE / "checks.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def sums(snapshot: duckdb.DuckDBPyConnection) -> pd.Series:
    """Sum of the figures by table, level, division, year and variable."""
    return (
        snapshot.execute(
            """
            SELECT source_id, level, o.division, year, variable_id, sum(value) AS total
            FROM observations o JOIN areas USING (area_id) GROUP BY ALL
            """
        )
        .df()
        .astype({"level": str, "division": str})
        .set_index(["source_id", "level", "division", "year", "variable_id"])["total"]
    )


def expected_sums(checks: dict[str, Any]) -> dict[tuple[str, str, str, int, str], float]:
    """The counts of checks.json under the keys of `sums`."""
    sources = load_catalogue().sources
    expected = {}
    for entry in checks["sums"]:
        source, codes = sources.get(entry["table"]), entry["codes"]
        if source is not None and entry["kind"] == "count":
            variable = "|".join(codes.get(v.code, "1+2") for v in source.variables)
            key = (entry["table"], *LEVELS[entry["level"]], int(codes["Tid"]), variable)
            expected[key] = entry["sum"]
    return expected


def test_every_sum_is_scb_s(sums: pd.Series, checks: dict[str, Any]) -> None:
    expected = {key: total for key, total in expected_sums(checks).items() if key in sums.index}
    assert {key[0] for key in expected} >= COUNTED
    assert len(expected) >= 200
    wrong = {key: (sums[key], total) for key, total in expected.items() if sums[key] != total}
    assert wrong == {}


@pytest.mark.parametrize(
    ("key", "persons"),
    [
        (("TAB6571", "000007Y4|SA|1+2"), 10_521_556),
        (("TAB6572", "000007Y5|sv|1+2"), 8_375_882),
        (("TAB6571", "000007Y4|1|1+2"), 2_827_122),
        (("TAB6568", "000007Y1|TOTALT"), 4_883_816),
    ],
    ids=["population", "born in Sweden", "foreign background", "households"],
)
@pytest.mark.parametrize("level", ["riket", "lan", "kommun", "regso", "deso"])
def test_sweden_in_2022(sums: pd.Series, key: tuple[str, str], persons: int, level: str) -> None:
    division = "admin" if level in ("riket", "lan", "kommun") else "2018"
    assert sums[key[0], level, division, 2022, key[1]] == persons


def test_single_cells_are_scb_s(
    snapshot: duckdb.DuckDBPyConnection, checks: dict[str, Any]
) -> None:
    sources = load_catalogue().sources
    cells = snapshot.execute(
        "SELECT source_id, area_id, year, variable_id, value FROM observations"
    ).df()
    found = cells.set_index(["source_id", "area_id", "year", "variable_id"])["value"]
    compared, wrong = 0, {}
    for spot in checks["spot_values"]:
        source, codes = sources.get(spot["table"]), spot["codes"]
        if source is None:
            continue
        variable = "|".join(codes.get(v.code, "1+2") for v in source.variables)
        key = (spot["table"], codes["Region"], int(codes["Tid"]), variable)
        if key in found.index:
            compared += 1
            value = None if pd.isna(found[key]) else found[key]
            if value != spot["value"]:
                wrong[key] = (value, spot["value"])
    assert compared >= 60
    assert wrong == {}


@pytest.mark.parametrize(("table", "year", "variable"), PUBLISHED_TWICE)
def test_deso_sum_to_the_regso_that_scb_published(
    snapshot: duckdb.DuckDBPyConnection, real_dir: Path, table: str, year: int, variable: str
) -> None:
    key = pd.read_parquet(real_dir / "keys" / "deso2018_regso2020.parquet")
    cells = snapshot.execute(
        "SELECT area_id, value FROM observations JOIN areas a USING (area_id) "
        "WHERE source_id = ? AND year = ? AND variable_id = ? AND a.division = '2018'",
        [table, year, variable],
    ).df()
    value = cells.set_index("area_id")["value"]
    summed = value.reindex(key["deso"]).groupby(key["regso"].to_numpy()).sum(min_count=1)
    assert len(summed) == 3363
    pd.testing.assert_series_equal(
        summed, value.reindex(summed.index), check_names=False, check_exact=True
    )


def test_the_register_nests_as_the_key_says(
    snapshot: duckdb.DuckDBPyConnection, real_dir: Path
) -> None:
    key = pd.read_parquet(real_dir / "keys" / "deso2018_regso2020.parquet")
    rows = snapshot.execute(
        "SELECT area_id, parent_id FROM areas WHERE level = 'deso' AND division = '2018'"
    ).fetchall()
    assert dict(rows) == dict(zip(key["deso"], key["regso"], strict=True))


def test_area_types_of_2022(site: FlaskClient, checks: dict[str, Any]) -> None:
    view = site.get("/values?indicator=area_type&level=regso&year=2022").get_json()
    assert view["legend"]["counts"] == [160, 289, 855, 1770, 289]
    assert view["legend"]["counts"] == list(checks["area_types_2022"].values())


def test_the_approximation_for_deso_is_near_scb_s_types(
    snapshot: duckdb.DuckDBPyConnection, real_dir: Path
) -> None:
    """2022, in the RegSO that are a single DeSO; unemployment of ages 16-64, which SCB had then."""
    status = pd.read_parquet(real_dir / "tables" / "TAB6680.parquet").pivot_table(
        index="Region", columns="ContentsCode", values="value"
    )
    shares = snapshot.execute(
        "SELECT area_id, indicator_id, value FROM indicator_values WHERE level = 'deso' "
        "AND indicator_id IN ('low_standard', 'lower_secondary') AND year = 2022 "
        "AND background = 'all'"
    ).df()
    parts = shares.pivot_table(index="area_id", columns="indicator_id", values="value")
    parts["unemployed"] = 100 * status["0000089W"] / status["0000089V"]
    ours = pd.Series(area_types(parts.mean(axis=1, skipna=False)), index=parts.index)
    official = snapshot.execute(
        "SELECT any_value(d.area_id) AS area_id, any_value(v.value) AS type FROM areas d "
        "JOIN indicator_values v ON v.area_id = d.parent_id AND v.year = 2022 "
        "AND v.indicator_id = 'area_type' WHERE d.level = 'deso' AND d.division = '2018' "
        "GROUP BY d.parent_id HAVING count(*) = 1"
    ).df()
    off = (official["area_id"].map(ours) - official["type"]).abs()
    assert len(off) == 1754
    assert (off == 0).mean() == pytest.approx(0.924, abs=0.0005)
    assert off.max() == 1


def test_a_figure_on_the_page_is_scb_s_share(site: FlaskClient) -> None:
    view = site.get("/export/csv?indicator=foreign_background&level=riket&year=2022")
    row = dict(zip(*(line.split(",") for line in view.text.splitlines()), strict=True))
    assert float(row["value"]) == 100 * 2_827_122 / 10_521_556
    assert row["origin"] == "scb-extract"


def test_an_area_without_a_boundary_stays_in_the_table(site: FlaskClient) -> None:
    query = "?indicator=foreign_background&level=deso&year=2022"
    view, table = site.get(f"/values{query}").get_json(), site.get(f"/export/csv{query}").text
    packed = site.get(view["layer"]["url"], headers={"Accept-Encoding": "gzip"}).data
    assert len(json.loads(gzip.decompress(packed))["features"]) == 2544
    assert len(view["values"]) == 5984
    assert len(table.splitlines()) == 1 + 5984
    assert view["note"] == [
        "3\N{NO-BREAK SPACE}440 DeSO saknar gräns på kartan och finns bara i tabellen."
    ]


def test_real_figures_have_no_banner_of_made_up_ones(site: FlaskClient) -> None:
    view = site.get("/values?indicator=foreign_background&level=deso&year=2022").get_json()
    words = json.dumps(view, ensure_ascii=False)
    assert "TAB6571" in words
    assert "påhittade" not in words.lower()
    assert site.get("/health").get_json()["origin"] == "scb-extract"


def test_the_snapshot_lists_what_the_server_lacks(snapshot: duckdb.DuckDBPyConnection) -> None:
    (lacking,) = snapshot.execute("SELECT lacking FROM snapshot").fetchall()[0]
    assert any("TAB6534" in sentence for sentence in lacking)
    assert any("TAB6571 has no 2011-2021, 2023-2024" in sentence for sentence in lacking)


def test_without_partial_anything_missing_stops_the_run(real_api: str, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError) as stopped:
        refresh("--api", real_api, data_dir=tmp_path)
    said = str(stopped.value)
    assert "TAB6534" in said
    assert "TAB6571 has no 2011-2021, 2023-2024; it has 2022" in said
    assert published_snapshots(tmp_path / "published") == ()


def test_the_extract_is_no_larger_than_a_repository_should_carry(real_dir: Path) -> None:
    sizes = [path.stat().st_size for path in real_dir.rglob("*") if path.is_file()]
    assert max(sizes) <= 4_000_000
    assert sum(sizes) <= 10_000_000


def test_no_index_speaks_of_a_place_of_which_the_tables_know_some_kommuner_only(
    snapshot: duckdb.DuckDBPyConnection,
) -> None:
    """Of RegSO 2025 the extract has six kommuner; of tenure in 2020 between areas Stockholm."""
    rows = snapshot.execute(
        """
        SELECT container_id, division, value, coverage, caution FROM index_values
        WHERE grouping_id IN ('age', 'tenure') AND index_id = 'dissimilarity_multi'
          AND (division = '2025' OR (grouping_id = 'tenure' AND unit_level = 'deso'))
          AND caution IS DISTINCT FROM 'withheld_no_figures'
        """
    ).fetchall()
    known = {(place, division): (value, coverage) for place, division, value, coverage, _ in rows}
    assert {place for place, division in known if division == "2025"} > {"00", "01", "0180"}
    for (place, _), (value, coverage) in known.items():
        assert (value is None) == (len(place) < 4) == (coverage < 0.9), place
    assert known["00", "2025"][1] == pytest.approx(2_435_911 / 10_551_707, abs=0.002)
    assert all("withheld_missing" in str(why) for *_, value, _, why in rows if value is None)


def test_a_withheld_place_is_not_taken_apart_either(site: FlaskClient) -> None:
    answer = site.get("/export/segregation/levels/csv?area=00&grouping=age&year=2024")
    assert answer.status_code == 200
    assert len(answer.get_data(as_text=True).splitlines()) == 1
