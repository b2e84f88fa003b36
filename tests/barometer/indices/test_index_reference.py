"""Agreement with the reference cases, reckoned apart from the engine."""

import json
import math
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest

from barometer.indices import SQL_INDICES, segregation, sql
from barometer.indices.change import explain_change
from barometer.indices.decomposition import within, within_between
from barometer.indices.distance import distance_profile
from barometer.indices.neighbourhoods import neighbourhood_profile
from barometer.indices.rank_order import rank_order_information_theory, rank_order_variance_ratio
from barometer.indices.two_group import atkinson
from barometer.indices.validation import checked_input

FOLDER = Path(__file__).parent / "reference"
TWO_GROUP = {
    "D": "dissimilarity",
    "gini": "gini",
    "entropy_E_nats": "entropy",
    "H": "information_theory",
    "M": "mutual_information",
    "xPx": "isolation",
    "xPy": "interaction",
    "eta2": "correlation_ratio",
    "hutchens": "hutchens",
    "atkinson_b0.5": "atkinson",
    "gorard": "gorard",
    "delta": "delta",
    "E_D_random_fixed_margins": "expected_dissimilarity",
}
MULTIGROUP = {
    "entropy_E": "entropy",
    "simpson_interaction": "simpson",
    "divergence_M": "mutual_information",
    "H_multi": "information_theory_multi",
    "D_multi": "dissimilarity_multi",
    "relative_diversity": "relative_diversity",
    "norm_exposure": "normalised_exposure",
    "squared_coef_var": "squared_cv",
    "gini_multi": "gini_multi",
}
ORDINAL = {
    "ordinal_info": "ordinal_information_theory",
    "ordinal_varratio": "ordinal_variance_ratio",
    "ordinal_sqrt": "ordinal_square_root",
    "ordinal_absdiff": "ordinal_absolute",
    "rank_info_deg2_wls_w2": "rank_order_information_theory",
    "rank_varratio_deg2_wls_w2": "rank_order_variance_ratio",
    "D_top_vs_bottom": "top_bottom_dissimilarity",
}


def cases(kind: str) -> list[Any]:
    read = json.loads((FOLDER / f"cases_{kind}.json").read_text())
    return [
        pytest.param(case | {"tolerance": read["tolerance"]}, id=case["id"])
        for case in read["cases"]
    ]


def number(expected: float | None) -> float:
    return math.nan if expected is None else expected


def two_columns(case: dict[str, Any]) -> np.ndarray:
    group, total = np.array(case["x"]), np.array(case["t"])
    return np.column_stack([group, total - group])


def assert_agree(case: dict[str, Any], names: dict[str, str], row: Any) -> None:
    expected = case["expected"]["definition"]
    found = {key: row[name] for key, name in names.items() if key in expected}
    assert found == {
        key: pytest.approx(number(expected[key]), rel=0, abs=case["tolerance"], nan_ok=True)
        for key in found
    }
    assert found


@pytest.mark.parametrize("case", cases("two_group"))
def test_two_group(case: dict[str, Any]) -> None:
    land = np.square(case["side_m"])
    row = segregation(two_columns(case), indices=list(TWO_GROUP.values()), land_area=land).iloc[0]
    assert_agree(case, TWO_GROUP, row)


@pytest.mark.parametrize("shape", [0.1, 0.9])
@pytest.mark.parametrize("case", cases("two_group"))
def test_atkinson_of_other_shapes(case: dict[str, Any], shape: float) -> None:
    found = atkinson(checked_input(two_columns(case)).table, shape=shape)[0]
    expected = number(case["expected"]["definition"][f"atkinson_b{shape}"])
    assert found == pytest.approx(expected, rel=0, abs=case["tolerance"], nan_ok=True)


@pytest.mark.parametrize("case", cases("multigroup"))
def test_multigroup(case: dict[str, Any]) -> None:
    row = segregation(case["counts"], indices=list(MULTIGROUP.values())).iloc[0]
    assert_agree(case, MULTIGROUP, row)


@pytest.mark.parametrize("case", cases("ordinal"))
def test_ordinal(case: dict[str, Any]) -> None:
    row = segregation(case["counts"], indices=list(ORDINAL.values())).iloc[0]
    assert_agree(case, ORDINAL, row)


@pytest.mark.parametrize("case", cases("ordinal"))
def test_rank_order_of_degree_one(case: dict[str, Any]) -> None:
    table, expected = checked_input(case["counts"]).table, case["expected"]["definition"]
    information = rank_order_information_theory(table, max_degree=1)[0]
    variance = rank_order_variance_ratio(table, max_degree=1)[0]
    assert information == pytest.approx(expected["rank_info_deg1_wls_w2"], rel=0, abs=1e-9)
    assert variance == pytest.approx(expected["rank_varratio_deg1_wls_w2"], rel=0, abs=1e-9)


@pytest.mark.parametrize(
    ("kind", "names"), [("two_group", TWO_GROUP), ("multigroup", MULTIGROUP), ("ordinal", ORDINAL)]
)
def test_as_sql(kind: str, names: dict[str, str]) -> None:
    every = json.loads((FOLDER / f"cases_{kind}.json").read_text())
    counts = [two_columns(c) if "x" in c else np.array(c["counts"]) for c in every["cases"]]
    for n in {table.shape[1] for table in counts}:
        alike = [(c, t) for c, t in zip(every["cases"], counts, strict=True) if t.shape[1] == n]
        frame = pd.concat(
            pd.DataFrame(table).assign(case=c["id"], land=np.square(c.get("side_m", 0.0)))
            for c, table in alike
        )
        found = answers_of_sql(frame, set(names.values()), groups=list(map(str, range(n))))
        for case, _ in alike:
            shown = {key: i for key, i in names.items() if i in found}
            assert_agree(case | {"tolerance": every["tolerance"]}, shown, found.loc[case["id"]])


def answers_of_sql(frame: pd.DataFrame, indices: set[str], *, groups: list[str]) -> pd.DataFrame:
    with duckdb.connect(config={"threads": 1}) as engine:
        engine.register("areas", frame.rename(columns=str))
        columns = [
            engine.execute(sql(i, table="areas", groups=groups, container="case", land="land"))
            .df()
            .set_index("container")
            for i in sorted(indices & set(SQL_INDICES))
        ]
    return pd.concat(columns, axis=1).astype(float)


@pytest.mark.parametrize("case", cases("nested"))
def test_nested(case: dict[str, Any]) -> None:
    expected = case["expected"]["definition"]
    frame = within_between(case["counts"], [case["county"], case["municipality"]])
    names = [
        "between_county",
        "municipality_within_county",
        "areas_within_municipality",
        "total",
    ]
    wanted = [[expected[name]["M"], expected[name]["H"]] for name in names]
    found = frame[["mutual_information", "information_theory"]].to_numpy()
    np.testing.assert_allclose(found, wanted, rtol=0, atol=case["tolerance"])
    units = within(case["counts"], case["municipality"])
    by_unit = expected["within_municipality"]
    wanted = np.column_stack([by_unit[key] for key in ("M", "H", "p", "ent_ratio")])
    np.testing.assert_allclose(units.to_numpy(), wanted, rtol=0, atol=case["tolerance"])


@pytest.mark.parametrize("case", cases("change"))
def test_change(case: dict[str, Any]) -> None:
    found = explain_change(
        case["counts1"],
        case["counts2"],
        first_areas=case["areas1"],
        second_areas=case["areas2"],
    )
    expected = case["expected"]["definition"]
    pairs = {
        "M1": found.first,
        "M2": found.second,
        "diff": found.difference,
        "additions": found.additions,
        "removals": found.removals,
        "group_marginal": found.group_margin,
        "unit_marginal": found.area_margin,
        "structural": found.structural,
    }
    assert pairs == {
        key: pytest.approx(expected[key], rel=0, abs=case["tolerance"]) for key in pairs
    }


@pytest.mark.parametrize("case", cases("spatial"))
def test_neighbourhoods(case: dict[str, Any]) -> None:
    areas = json.loads((FOLDER / "cases_two_group.json").read_text())["cases"]
    area = next(a for a in areas if a["id"] == case["uses"])
    centroids = np.column_stack([area["cx"], area["cy"]])
    sizes = [1600, 3200, 6400]
    found = neighbourhood_profile(two_columns(area), centroids, residents=sizes, reference="region")
    measures = ["spatial_dissimilarity", "spatial_information_theory", "spatial_isolation"]
    wanted = [
        [case["expected"][f"knn_{size}"]["definition"][key] for key in ("D", "H", "P_gg")]
        for size in sizes
    ]
    np.testing.assert_allclose(found[measures].to_numpy(), wanted, rtol=0, atol=case["tolerance"])


@pytest.mark.parametrize("case", cases("spatial"))
def test_distance(case: dict[str, Any]) -> None:
    """The published form: weights exp(-power * km) inside the region."""
    areas = json.loads((FOLDER / "cases_two_group.json").read_text())["cases"]
    area = next(a for a in areas if a["id"] == case["uses"])
    centroids = np.column_stack([area["cx"], area["cy"]])
    found = distance_profile(two_columns(area), centroids, metres=[1000, 4000], reference="region")
    wanted = [
        [case["expected"][f"exp_power_{power}_per_km"]["definition"][key] for key in "DHR"]
        + [case["expected"][f"exp_power_{power}_per_km"]["definition"]["P_gg"]]
        for power in ("1", "0.25")
    ]
    np.testing.assert_allclose(
        found.filter(like="spatial_").to_numpy(), wanted, rtol=0, atol=case["tolerance"]
    )
