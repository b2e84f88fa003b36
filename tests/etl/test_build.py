from datetime import UTC, datetime

import brotli
import duckdb
import numpy as np
import orjson
import pytest

from barometer.indices import segregation
from etl.publish.candidate import Candidate
from etl.publish.checks import agreement_by_year, require_contracts
from etl.snapshot.build import CANDIDATE, build_candidate
from tests.etl.tiny import KOMMUNER, Tiny, fetch_tiny

MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def silent(*_: object) -> None:
    pass


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    return fetch_tiny(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def con(tiny: Tiny, tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("candidate")
    built = build_candidate(tiny.inputs, directory=folder, built_at=MOMENT, progress=silent)
    with duckdb.connect(str(built.path), read_only=True) as connection:
        yield connection


def test_a_candidate_of_the_tiny_country_keeps_all_contracts(con) -> None:
    require_contracts(Candidate(con, compared=False))


def test_every_area_is_registered_with_its_parents_and_shape(con) -> None:
    rows = con.execute(
        "SELECT level, division, count(*), count(geometry), count(population) "
        "FROM areas GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    counts = {(level, division): n for level, division, *n in rows}
    assert counts["kommun", "admin"] == [3, 3, 3]
    assert counts["riket", "admin"] == [1, 1, 1]
    assert all(n[0] == n[1] == n[2] > 0 for n in counts.values())
    orphans = con.execute(
        "SELECT count(*) FROM areas d JOIN areas r ON r.area_id = d.parent_id "
        "WHERE d.level = 'deso' AND (r.level <> 'regso' OR r.division <> d.division)"
    ).fetchall()
    assert orphans == [(0,)]


def test_values_are_the_shares_of_the_published_counts(con, tiny: Tiny) -> None:
    """Straight from the emulator's table: foreign background of one kommun, 2020."""
    table = tiny.country.table("TAB6571")
    axes = table.metadata["dimension"]
    place = {name: axes[name]["category"]["index"] for name in table.metadata["id"]}

    def count(background: str) -> float:
        codes = {"Region": "0305", "UtlBakgrund": background, "Kon": "1+2", "Tid": "2020"}
        index = tuple(place[n].get(codes.get(n, "000007Y4")) for n in table.metadata["id"])
        return float(table.values[index])

    found = con.execute(
        "SELECT value, numerator, denominator FROM indicator_values WHERE year = 2020 AND "
        "indicator_id = 'foreign_background' AND background = 'all' AND area_id = '0305'"
    ).fetchall()
    assert found == [(100 * count("1") / count("SA"), count("1"), count("SA"))]


def test_backgrounds_are_parts_of_the_whole(con) -> None:
    parts = con.execute(
        "SELECT sum(numerator) FILTER (background = 'all'), "
        "sum(numerator) FILTER (background IN ('sex:women', 'sex:men')) FROM indicator_values "
        "WHERE indicator_id = 'foreign_background' AND level = 'deso'"
    ).fetchall()
    assert parts[0][0] == parts[0][1] > 0


def test_levels_that_scb_lacks_are_summed_from_below(con) -> None:
    sums = con.execute(
        "SELECT year, level, sum(numerator) FROM indicator_values WHERE indicator_id = 'employed' "
        "AND background = 'all' AND year = 2022 GROUP BY ALL"
    ).fetchall()
    by_level = {level: total for _, level, total in sums}
    assert by_level["riket"] == by_level["lan"] == by_level["kommun"] == by_level["regso"]


def test_levels_are_never_summed_where_figures_are_no_counts(con) -> None:
    levels = con.execute(
        "SELECT DISTINCT level FROM indicator_values WHERE indicator_id = 'area_type'"
    ).fetchall()
    assert levels == [("regso",)]


def test_an_index_value_is_that_of_the_counts_in_the_snapshot(con) -> None:
    counts = con.execute(
        "SELECT numerator, denominator - numerator FROM indicator_values WHERE background = 'all' "
        "AND indicator_id = 'foreign_background' AND level = 'deso' AND year = 2023 "
        "AND area_id LIKE '0305%'"
    ).fetchall()
    expected = segregation(np.array(counts), None, ("dissimilarity", "isolation"))
    found = con.execute(
        "SELECT index_id, value, n_units, division FROM index_values WHERE year = 2023 AND "
        "grouping_id = 'foreign_background' AND container_id = '0305' AND unit_level = 'deso' "
        "AND index_id IN ('dissimilarity', 'isolation') ORDER BY index_id"
    ).fetchall()
    assert [row[0] for row in found] == ["dissimilarity", "isolation"]
    assert [row[1] for row in found] == pytest.approx(expected.iloc[0].tolist(), abs=1e-12)
    assert {row[2:] for row in found} == {(len(counts), "2018")}


def test_every_grouping_is_measured_in_every_container(con) -> None:
    containers = con.execute(
        "SELECT grouping_id, count(DISTINCT container_id) FROM index_values GROUP BY ALL"
    ).fetchall()
    assert {n for _, n in containers} == {len(KOMMUNER) + 3 + 1}
    assert {g for g, _ in containers} == {
        "foreign_background",
        "employed",
        "lower_secondary",
        "education_level",
    }


def test_missing_values_have_a_reason_and_no_zero(con) -> None:
    wrong = con.execute(
        "SELECT count(*) FROM indicator_values WHERE (value IS NULL) <> (status IS NOT NULL)"
    ).fetchall()
    nan = con.execute("SELECT count(*) FROM index_values WHERE isnan(value)").fetchall()
    assert (wrong, nan) == ([(0,)], [(0,)])


def test_layers_hold_each_area_once_in_order(con) -> None:
    area_ids, packed = con.execute(
        "SELECT area_ids, brotli FROM map_layers WHERE level = 'deso' AND division = '2025' "
        "AND detail = 'country'"
    ).fetchall()[0]
    features = orjson.loads(brotli.decompress(packed))["features"]
    assert [feature["id"] for feature in features] == list(range(len(area_ids)))
    assert [feature["properties"] for feature in features] == [{"a": a} for a in area_ids]


def test_recomputed_area_types_agree_with_the_published(con) -> None:
    found = agreement_by_year(con)
    assert [year.year for year in found] == list(range(2011, 2025))
    assert {year.n_areas for year in found} == {13}
    assert min(year.rate for year in found) > 0.9


def test_desos_approximated_types_are_cut_from_the_mean_of_three_shares(con) -> None:
    parts = ("low_standard", "lower_secondary", "unemployed")
    found = con.execute(
        f"""
        SELECT d.area_id, d.year, d.value AS type, i.value AS index, i.status, p.n, p.mean
        FROM indicator_values d
        JOIN indicator_values i USING (area_id, year, background)
        JOIN (
            SELECT area_id, year, background, count(value) AS n, avg(value) AS mean
            FROM indicator_values WHERE indicator_id IN {parts} AND level = 'deso' GROUP BY ALL
        ) p USING (area_id, year, background)
        WHERE d.indicator_id = 'deso_area_type' AND i.indicator_id = 'deso_index'
        """
    ).df()
    assert sorted(found["year"].unique()) == list(range(2020, 2025))
    there = found["n"] == len(parts)
    assert there.any()
    assert found.loc[there, "index"].tolist() == pytest.approx(found.loc[there, "mean"].tolist())
    assert found.loc[~there, ["index", "type"]].isna().all(axis=None)
    assert (found["status"].isna() == there).all()
    for _, of_year in found[there].groupby("year"):
        score = (of_year["index"] - of_year["index"].mean()) / of_year["index"].std(ddof=0)
        expected = np.select([score >= 2, score >= 1, score >= 0, score >= -1], [1, 2, 3, 4], 5)
        assert of_year["type"].tolist() == expected.tolist()
    levels = con.execute(
        "SELECT DISTINCT level FROM indicator_values WHERE indicator_id LIKE 'deso_%'"
    ).fetchall()
    assert levels == [("deso",)]


def test_two_builds_of_the_same_answers_have_equal_tables(con, tiny: Tiny, tmp_path) -> None:
    """The second one replaces what a killed build has left."""
    (tmp_path / CANDIDATE).write_bytes(b"half of a killed build")
    (tmp_path / f"{CANDIDATE}.wal").write_bytes(b"its log")
    build_candidate(tiny.inputs, directory=tmp_path, built_at=MOMENT, progress=silent)
    tables = [name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
    with duckdb.connect(str(tmp_path / CANDIDATE), read_only=True) as again:
        for table in tables:
            query = f"SELECT count(*), bit_xor(hash(t)) FROM {table} t"
            assert again.execute(query).fetchall() == con.execute(query).fetchall(), table
        first = "FROM indicator_values LIMIT 1000"
        assert again.execute(first).fetchall() == con.execute(first).fetchall()
