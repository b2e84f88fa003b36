"""Own areas of SCB's figures: Malmö and Stockholm in parts of the test's own making.

The parts are no division that anybody uses: each RegSO is joined to the place of `places.csv` whose
point is nearest to its own, and one whose outline the extract lacks to the first of them.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from barometer import queries
from barometer.areas import MEMBER_COLUMNS, members_of, read_register
from barometer.catalogue import load_catalogue
from barometer.indices import segregation
from barometer.own_codes import own_of
from barometer.pointer import current_snapshot
from barometer.queries.own_areas import with_own_areas
from barometer.store import Reader, read_snapshot
from etl.own.areas import as_rows, own_files, read_own_divisions

CATALOGUE = load_catalogue()
YEAR = 2022
MEASURED = "foreign_background"  # which the extract has of every RegSO and DeSO in the year


@pytest.fixture(scope="module")
def bare(real_data):
    published = current_snapshot(real_data / "published").path
    assert published is not None
    with read_snapshot(published) as reader:
        yield reader


def laid(bare: Reader, tokens: Sequence[str]) -> AbstractContextManager[Reader]:
    return with_own_areas(bare, tokens, catalogue=CATALOGUE, language="sv")


def parts_of(bare: Reader, kommun: str) -> dict[str, list[str]]:
    """The RegSO of 2018 of a kommun by the nearest place in it."""
    regso = bare.cursor.execute(
        """
        SELECT area_id, (west + east) / 2 AS lon, (south + north) / 2 AS lat FROM areas
        WHERE kommun_id = $kommun AND level = 'regso' AND division = '2018'
        ORDER BY area_id
        """,
        {"kommun": kommun},
    ).df()
    places = bare.cursor.execute(
        "SELECT name, longitude, latitude FROM places WHERE kommun_id = $kommun ORDER BY name",
        {"kommun": kommun},
    ).df()
    assert len(places) > 3
    east = np.cos(np.radians(regso["lat"].to_numpy()))[:, None]
    away = np.hypot(
        (regso["lon"].to_numpy()[:, None] - places["longitude"].to_numpy()) * east,
        regso["lat"].to_numpy()[:, None] - places["latitude"].to_numpy(),
    )
    nearest = places["name"].to_numpy()[np.nan_to_num(away).argmin(axis=1)]
    return {
        str(name): part["area_id"].tolist()
        for name, part in regso.assign(place=nearest).groupby("place")
    }


def token_of(codes: list[str], name: str) -> str:
    own = own_of(codes, name=name).own
    assert own is not None
    return own.token


def test_an_operators_division_is_carried_to_the_other_borders(
    bare: Reader, tmp_path: Path
) -> None:
    """Malmö's RegSO of 2020 in parts: where those of 2025 make them up, nobody counts twice."""
    codes = [code for part in parts_of(bare, "1280").values() for code in part]
    rows = [
        f"{code};d{n};{name}"
        for n, (name, codes) in enumerate(parts_of(bare, "1280").items())
        for code in codes
    ]
    (tmp_path / "delar.csv").write_text("\n".join(["code;id;name", *rows]), encoding="utf-8")
    areas = bare.cursor.execute(
        "SELECT area_id, CAST(level AS VARCHAR) AS level, CAST(division AS VARCHAR) AS division,"
        " kommun_id, population FROM areas"
    ).df()
    divisions = read_own_divisions(own_files(tmp_path), areas, shapes=gpd.GeoSeries())
    assert [(d.method, d.n_outside, d.n_there) for d in divisions] == [("listed", 0, len(rows))]
    register = read_register(bare.cursor)
    chosen = as_rows(divisions).groupby("own_id")["area_id"].apply(list)
    rows_of = [(own, *one) for own, codes in chosen.items() for one in members_of(codes, register)]
    members = pd.DataFrame(rows_of, columns=list(MEMBER_COLUMNS))
    regso = members[members["level"] == "regso"].merge(areas[["area_id", "population"]])
    regso["people"] = regso["weight"] * regso["population"]
    people = regso.pivot_table(index="own_id", columns="division", values="people", aggfunc="sum")
    assert people["2018"].sum() == areas.loc[areas["area_id"].isin(codes), "population"].sum()
    carried = people.dropna()  # not a part with a RegSO whose successor is not known
    assert len(carried) > 0
    assert (carried["2025"] / carried["2018"]).between(0.8, 1.2).all()
    shared = regso[regso["division"] == "2025"].groupby("area_id")["weight"].sum()
    assert shared.max() <= 1 + 1e-9


def figures(reader: Reader, ids: list[str]) -> pd.DataFrame:
    return reader.cursor.execute(
        """
        SELECT area_id, value, numerator, denominator FROM indicator_values
        WHERE indicator_id = $indicator AND background = 'all' AND year = $year
            AND list_contains($ids, area_id)
        ORDER BY list_position($ids, area_id)
        """,
        {"indicator": MEASURED, "year": YEAR, "ids": ids},
    ).df()


@pytest.mark.parametrize("kommun", ["1280", "0180"])
def test_parts_of_a_kommun_sum_to_what_scb_publishes_of_it(bare: Reader, kommun: str) -> None:
    tokens = [token_of(codes, name) for name, codes in parts_of(bare, kommun).items()]
    with laid(bare, tokens) as reader:
        own, whole = figures(reader, tokens), figures(reader, [kommun])
    assert len(own) == len(tokens)
    assert own["value"].notna().all()
    for column in ("numerator", "denominator"):
        assert own[column].sum() == pytest.approx(whole[column].sum(), rel=1e-3)
    low, high = own["value"].min(), own["value"].max()
    assert low < whole["value"].item() < high


def test_segregation_in_a_part_is_the_librarys_on_its_deso(bare: Reader) -> None:
    name, codes = max(parts_of(bare, "0180").items(), key=lambda item: len(item[1]))
    token = token_of(codes, name)
    with laid(bare, [token]) as reader:
        queries.measure_own(reader, [MEASURED], catalogue=CATALOGUE)
        deso = reader.cursor.execute(
            "SELECT area_id FROM memberships WHERE own_id = $id AND level = 'deso'", {"id": token}
        ).fetchall()
        table = figures(reader, [area_id for (area_id,) in deso])
        found = reader.cursor.execute(
            """
            SELECT value, expected, n_units FROM index_values
            WHERE container_id = $id AND index_id = 'dissimilarity' AND unit_level = 'deso'
                AND year = $year
            """,
            {"id": token, "year": YEAR},
        ).fetchall()
    counts = table[["numerator"]].assign(rest=table["denominator"] - table["numerator"])
    expected = segregation(counts, indices=("dissimilarity",))["dissimilarity"].item()
    ((value, chance, n_units),) = found
    assert value == pytest.approx(expected, abs=1e-9)
    assert 0 < chance < value
    assert n_units == len(table) > 10


def test_a_kommun_in_36_areas_is_the_kommun(bare: Reader) -> None:
    """Stockholm's DeSO in the order of their codes, a division of nobody's."""
    codes = [
        area_id
        for (area_id,) in bare.cursor.execute(
            "SELECT area_id FROM areas WHERE kommun_id = '0180' AND level = 'deso'"
            " AND division = '2018' ORDER BY area_id"
        ).fetchall()
    ]
    chunks = np.array_split(np.array(codes), 36)
    tokens = [token_of(list(chunk), f"Del {n}") for n, chunk in enumerate(chunks, 1)]
    with laid(bare, tokens) as reader:
        own, whole = figures(reader, tokens), figures(reader, ["0180"])
    assert len(own) == 36
    assert own["numerator"].sum() == pytest.approx(whole["numerator"].sum(), rel=1e-3)
