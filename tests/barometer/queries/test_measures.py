"""Segregation questions, against a country small enough to reckon by hand."""

from collections.abc import Iterator

import duckdb
import pytest

from barometer import queries
from barometer.catalogue import load_catalogue
from barometer.indices import segregation
from barometer.indices.distance import distance_profile
from barometer.selection import Measurement
from barometer.store import Reader, Store
from tests.snapshots import fill, publish_snapshot


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    published = tmp_path_factory.mktemp("published")
    publish_snapshot(published)
    with Store(published).reader() as reader:
        yield reader


def asked(reader: Reader, query: str) -> Measurement:
    return Measurement.from_query(query, offer=reader.once(queries.measure_offer)).view


def test_the_offer_has_what_has_values(reader: Reader) -> None:
    offer = reader.once(queries.measure_offer)
    assert offer.groupings == ("low_standard_children",)
    assert offer.indices["low_standard_children"] == ("dissimilarity", "isolation")
    assert offer.years_of("low_standard_children", "regso") == (2022, 2023, 2024)
    assert offer.units_of("low_standard_children") == ("regso",)
    assert offer.lan == ("01", "03")


def test_a_series_is_the_place_s_own(reader: Reader) -> None:
    series = queries.measure_series(reader.cursor, asked(reader, "?area=0180&year=2023"))
    assert series["container_id"].unique().tolist() == ["0180"]
    assert series["value"].tolist() == pytest.approx([0.20, 0.22, 0.24])
    assert series["division"].tolist() == ["2018", "2018", "2025"]


def test_a_ranking_is_by_value_among_those_asked_for(reader: Reader) -> None:
    every = queries.ranking(reader.cursor, asked(reader, "?year=2023"))
    assert every["container_id"].tolist() == ["0114", "0180", "0380"]
    assert every["rank"].tolist() == [1, 1, 1]
    assert set(every["caution"]) == {"few_areas"}
    within = queries.ranking(reader.cursor, asked(reader, "?year=2023&among=03"))
    assert within["container_id"].tolist() == ["0380"]
    lan = queries.ranking(reader.cursor, asked(reader, "?year=2023&among=lan"))
    assert lan["container_id"].tolist() == ["01", "03"]
    assert queries.ranking(reader.cursor, asked(reader, "?year=2023&caution=hidden")).empty
    large = queries.ranking(reader.cursor, asked(reader, "?year=2023&population=10000"))
    assert large.empty


@pytest.fixture
def own_country() -> Iterator[duckdb.DuckDBPyConnection]:
    """The tiny country in memory, for a test to change."""
    connection = duckdb.connect()
    fill(connection, load_catalogue())
    yield connection
    connection.close()


def test_the_highest_is_first_and_the_withheld_last_without_a_rank(
    own_country: duckdb.DuckDBPyConnection,
) -> None:
    own_country.execute(
        "UPDATE index_values SET value = 0.5, estimate = 0.5, low = 0.4, high = 0.6"
        " WHERE container_id = '0380'"
    )
    own_country.execute(
        "UPDATE index_values SET value = NULL, estimate = NULL, low = NULL, high = NULL,"
        " caution = 'withheld_few_areas' WHERE container_id = '0114'"
    )
    offer = queries.measure_offer(own_country)
    measurement = Measurement.from_query("?year=2023", offer=offer).view
    found = queries.ranking(own_country, measurement)
    assert found["container_id"].tolist() == ["0380", "0180", "0114"]
    assert found["rank"].tolist()[:2] == [1, 2]
    assert found["rank"].isna().tolist() == [False, False, True]
    assert found["caution"].tolist()[2] == "withheld_few_areas"


def test_a_rank_has_the_ranks_that_its_interval_allows(
    own_country: duckdb.DuckDBPyConnection,
) -> None:
    """Three that overlap in a chain: the first and the last do not; a fourth is as chance gives."""
    for code, estimate, value in (("0114", 0.30, 0.2), ("0180", 0.28, 0.9), ("0380", 0.26, 0.8)):
        own_country.execute(
            "UPDATE index_values SET value = $value, estimate = $estimate,"
            " low = $estimate - 0.015, high = $estimate + 0.015 WHERE container_id = $code",
            {"code": code, "estimate": estimate, "value": value},
        )
    own_country.execute(
        "INSERT INTO areas SELECT * REPLACE ('0381' AS area_id, 'x' AS label) FROM areas"
        " WHERE area_id = '0380'"
    )
    own_country.execute(
        "INSERT INTO index_values SELECT * REPLACE ('0381' AS container_id, NULL AS estimate,"
        " NULL AS low, NULL AS high) FROM index_values WHERE container_id = '0380'"
    )
    offer = queries.measure_offer(own_country)
    found = queries.ranking(own_country, Measurement.from_query("?year=2023", offer=offer).view)
    assert found["container_id"].tolist() == ["0114", "0180", "0380", "0381"]
    assert found["rank"].tolist() == [1, 2, 3, 4]
    assert found["rank_low"].tolist()[:3] == [1, 1, 2]
    assert found["rank_high"].tolist()[:3] == [2, 3, 3]
    assert found["rank_high"].isna().tolist() == [False, False, False, True]


def test_a_median_takes_seven_kommuner(reader: Reader) -> None:
    assert queries.kommun_medians(reader.cursor, asked(reader, "?area=0180&year=2023")).empty


def test_an_index_with_values_is_offered_by_itself_but_never_chance(
    own_country: duckdb.DuckDBPyConnection,
) -> None:
    for index_id in ("gini", "expected_dissimilarity"):
        own_country.execute(
            "INSERT INTO index_values SELECT * REPLACE ($index AS index_id) FROM index_values"
            " WHERE index_id = 'isolation'",
            {"index": index_id},
        )
    offer = queries.measure_offer(own_country)
    assert offer.indices["low_standard_children"] == ("dissimilarity", "gini", "isolation")


def test_areas_are_listed_by_their_part_of_the_number(reader: Reader) -> None:
    found = queries.drivers(reader.cursor, asked(reader, "?area=0380&year=2023"))
    # 40/400, 130/400, 90/200: X 260, Y 740
    assert found["area_id"].tolist() == ["0380R001_SYN", "0380R003_SYN", "0380R002_SYN"]
    expected = [abs(40 / 260 - 360 / 740), abs(90 / 260 - 110 / 740), abs(130 / 260 - 270 / 740)]
    assert found["part"].tolist() == pytest.approx([e / 2 for e in expected])
    assert found["share"].sum() == pytest.approx(1)
    assert found["group_share"].tolist() == pytest.approx([0.1, 0.45, 0.325])


def test_areas_without_a_count_are_left_out_and_counted(reader: Reader) -> None:
    measurement = asked(reader, "?area=0114&year=2024")
    here = queries.units(reader.cursor, measurement, year=2024, level="regso", area="0114")
    assert here.frame.empty
    assert here.n_left_out == 2
    assert queries.drivers(reader.cursor, measurement).empty
    assert queries.by_level(reader.cursor, measurement, finest="deso").empty


def test_levels_add_up(reader: Reader) -> None:
    for query, levels in (
        ("?year=2023", ["lan", "kommun", "regso", "deso", "total"]),
        ("?area=03&year=2023", ["kommun", "regso", "deso", "total"]),
        ("?area=0380&year=2023", ["regso", "deso", "total"]),
    ):
        split = queries.by_level(reader.cursor, asked(reader, query), finest="deso")
        assert split["level"].tolist() == levels
        parts, total = split.iloc[:-1], split.iloc[-1]
        for column in ("mutual_information", "information_theory", "share"):
            assert parts[column].sum() == pytest.approx(total[column])
    only_regso = queries.by_level(reader.cursor, asked(reader, "?area=0380"), finest="regso")
    assert only_regso.empty


def test_a_change_is_explained_between_years_with_the_same_borders(reader: Reader) -> None:
    change = queries.why_changed(reader.cursor, asked(reader, "?area=0380&year=2023"))
    value = change.set_index("part")["value"]
    parts = ["structural", "group_margin", "area_margin", "additions", "removals"]
    assert value[parts].sum() == pytest.approx(value["difference"], abs=1e-8)
    assert value["second"] - value["first"] == pytest.approx(value["difference"])
    assert queries.why_changed(reader.cursor, asked(reader, "?area=0380&year=2024")).empty


def test_every_group_is_held_against_every_other(reader: Reader) -> None:
    three = Measurement("birth_region", "dissimilarity_multi", "regso", "0380", 2023, 2022)
    groups = ("sweden", "eu", "world")
    found = queries.pairs(reader.cursor, three, groups=groups)
    wide = found.pivot_table(index="group", columns="other", values="value", dropna=False)
    assert wide.loc["eu", "world"] == pytest.approx(0)  # both are half of those born abroad
    d = (abs(40 / 260 - 360 / 740) + abs(90 / 260 - 110 / 740) + abs(130 / 260 - 270 / 740)) / 2
    assert wide.loc["sweden", "world"] == pytest.approx(d)


def test_a_profile_needs_a_place_and_a_centroid_everywhere(reader: Reader) -> None:
    # The whole tiny country has 2,400 residents: every neighbourhood is all of it.
    found = queries.profile(reader.cursor, asked(reader, "?area=0380&year=2022"))
    assert found["residents"].is_monotonic_increasing
    assert found["spatial_dissimilarity"].tolist() == pytest.approx([0] * len(found))
    assert found["macro_micro"].isna().all()  # nothing is left of nothing
    # Riket has all of it around every area: nobody is apart.
    whole = queries.profile(reader.cursor, asked(reader, "?area=00&year=2022"))
    assert whole["spatial_dissimilarity"].tolist() == pytest.approx([0] * 5)


def test_the_mix_is_met_where_the_divergence_has_gone(reader: Reader) -> None:
    found = queries.mix_reach(reader.cursor, asked(reader, "?area=0380&year=2022"))
    here = queries.units(
        reader.cursor, asked(reader, "?area=0380"), year=2022, level="regso", area="0380"
    )
    assert found["residents"].sum() == here.counts.sum()
    assert found["metres"].is_monotonic_increasing
    assert found["share"].between(0, 1).all()
    alone = found[found["metres"] == 0]
    assert (alone["divergence"] <= 0.005).all()
    assert (found[found["metres"] > 0]["distortion"] > 0).all()


def test_distance_has_both_forms_of_the_place_alone(reader: Reader) -> None:
    measurement = asked(reader, "?area=0380&year=2022")
    found = queries.over_distance(reader.cursor, measurement)
    assert found["metres"].is_monotonic_increasing
    here = queries.units(reader.cursor, measurement, year=2022, level="regso", area="0380")
    right = distance_profile(here.counts, here.frame[["x", "y"]], reference="region")
    assert found["inside_information_theory"].tolist() == pytest.approx(
        right["spatial_information_theory"].tolist()
    )
    assert queries.over_distance(reader.cursor, asked(reader, "?area=00&year=2022")).empty


def test_groups_and_levels_add_up_to_the_whole(reader: Reader) -> None:
    measurement = asked(reader, "?area=03&year=2023")
    found = queries.by_level_and_group(
        reader.cursor, measurement, finest="deso", groups=("group", "rest")
    )
    split = queries.by_level(reader.cursor, measurement, finest="deso").set_index("level")
    by_level = found.groupby("level", sort=False)["part"].sum()
    assert by_level.tolist() == pytest.approx(
        split.loc[by_level.index, "mutual_information"].tolist()
    )
    assert found["share"].sum() == pytest.approx(1)
    assert (found["part"] >= -1e-12).all()


def test_d_without_chance_is_below_d(reader: Reader) -> None:
    measurement = asked(reader, "?area=0380&year=2023")
    corrected = queries.scale_corrected(reader.cursor, measurement)
    here = queries.units(reader.cursor, measurement, year=2023, level="regso", area="0380")
    assert 0 <= corrected <= segregation(here.counts)["dissimilarity"].item()
