"""The batch that the build stores: every index with its company."""

import math
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from barometer.indices import INDICES, index_panel, segregation
from barometer.indices.intervals import bootstrap_intervals
from barometer.indices.panel import CAUTIONS, WITHHELD
from barometer.indices.two_group import dissimilarity
from barometer.indices.validation import checked_input

RNG = np.random.default_rng(8)
SIZES = RNG.integers(500, 2000, 120)
COUNTS = np.stack([RNG.multinomial(n, RNG.dirichlet([4, 3, 2, 1])) for n in SIZES])
PLACES = np.repeat([f"{kommun:04d}" for kommun in range(6)], 20)
COLUMNS = [
    "index_id",
    "container",
    "value",
    "expected",
    "estimate",
    "low",
    "high",
    "n_units",
    "n_excluded",
    "population",
    "group_population",
    "coverage",
    "caution",
]


@pytest.mark.parametrize(
    ("kind", "kinds"),
    [
        ("two-group", {"two-group"}),
        ("multigroup", {"multigroup", "diversity"}),
        ("ordinal", {"ordinal", "multigroup", "diversity"}),
    ],
)
def test_panel_has_every_index_of_the_kind_as_segregation_gives_it(
    kind: str, kinds: set[str]
) -> None:
    found = index_panel(COUNTS, PLACES, kind=kind)
    assert found.columns.tolist() == COLUMNS
    ids = [index.id for index in INDICES if index.kind in kinds and not index.needs_land]
    assert found["index_id"].drop_duplicates().tolist() == ids
    wide = found.pivot_table(
        index="container", columns="index_id", values="value", observed=False, dropna=False
    )[ids]
    wide.columns = ids
    pd.testing.assert_frame_equal(segregation(COUNTS, PLACES, ids), wide, check_names=False)
    flagged = {index.id for index in INDICES if index.interval and index.kind == kind}
    has_interval = found["low"].notna() & found["high"].notna()
    assert (has_interval == found["index_id"].isin(flagged)).all()
    assert (found["low"] <= found["high"])[has_interval].all()
    has_expected = {index.id for index in INDICES if index.expected is not None}
    assert (found["expected"].notna() == found["index_id"].isin(has_expected)).all()


def test_company_of_a_value() -> None:
    found = index_panel(COUNTS, PLACES, kind="two-group", indices=["dissimilarity", "gini"])
    row = found[(found["index_id"] == "dissimilarity") & (found["container"] == "0003")].iloc[0]
    here = COUNTS[PLACES == "0003", :2]
    assert row["population"] == here.sum()
    assert row["group_population"] == here[:, 0].sum()
    assert (row["n_units"], row["n_excluded"], row["coverage"]) == (20, 0, 1)
    assert pd.isna(row["caution"])
    assert found["caution"].dtype == "str"
    (interval,) = bootstrap_intervals(checked_input(here).table, [dissimilarity])
    assert row["estimate"] == pytest.approx(interval.estimate[0])
    assert (row["low"], row["high"]) == (
        pytest.approx(interval.low[0]),
        pytest.approx(interval.high[0]),
    )
    expected = segregation(here, indices=["expected_dissimilarity"]).iloc[0, 0]
    assert row["expected"] == pytest.approx(expected)


def test_order_of_areas_and_number_of_workers_do_not_matter() -> None:
    shuffled = RNG.permutation(len(COUNTS))
    shuffled = np.concatenate([np.arange(0, 120, 20), shuffled[shuffled % 20 != 0]])
    one = index_panel(COUNTS, PLACES, kind="ordinal", intervals=False, workers=1)
    other = index_panel(
        COUNTS[shuffled], PLACES[shuffled], kind="ordinal", intervals=False, workers=5
    )
    pd.testing.assert_frame_equal(one, other, rtol=1e-12)
    two = index_panel(COUNTS, PLACES, kind="two-group", workers=3)
    pd.testing.assert_frame_equal(index_panel(COUNTS, PLACES, kind="two-group", workers=1), two)


@pytest.mark.parametrize(
    ("counts", "caution"),
    [
        ([[20, 980], [30, 970], [49, 951], [0, 1]], "withheld_few_persons,few_areas,near_chance"),
        ([[600, 400], [100, 900]], "withheld_few_areas"),
        ([[600, 400]], "withheld_few_areas,few_persons"),
        ([[200, 800], [50, 950], [50, 950], [0, 1000], [9, 991]], "few_persons"),
        ([[600, 400], [100, 900], [500, 500]], "few_areas"),
        ([[200, 1000]] * 5, "near_chance"),
        ([[900, 10], [900, 20], [900, 30], [900, 9], [900, 9]], "withheld_few_persons,near_chance"),
        ([[600, 400], [100, 900], [500, 500], [400, 600], [100, 900]], None),
    ],
)
def test_cautions(counts: list[list[int]], caution: str | None) -> None:
    found = index_panel(counts, ["a"] * len(counts), kind="two-group")
    assert found["caution"].fillna("").unique().tolist() == [caution or ""]
    withheld = caution is not None and caution.startswith("withheld")
    row = found.set_index("index_id").loc["dissimilarity"]
    assert row[["value", "low", "high", "expected"]].isna().all() == withheld
    assert row["population"] == np.sum(counts)


def test_cautions_are_spelled_as_the_schema_says(root) -> None:
    schema = (root / "barometer" / "schema.sql").read_text()
    assert [code for code in CAUTIONS if code not in schema] == []
    assert all(code.startswith("withheld_") for code in WITHHELD)


def test_holes_are_recovered_from_parents() -> None:
    holed = COUNTS.astype(float)
    holed[3, 0] = np.nan
    parents = pd.DataFrame(COUNTS).groupby(PLACES).sum().iloc[::-1]
    found = index_panel(holed, PLACES, kind="multigroup", parents=parents)
    pd.testing.assert_frame_equal(found, index_panel(COUNTS, PLACES, kind="multigroup"))


def test_holes_without_parents_leave_areas_out() -> None:
    holed = COUNTS.astype(float)
    smallest = int(SIZES[:20].argmin())
    holed[[smallest, 25, 26, 27]] = np.nan
    found = index_panel(holed, PLACES, kind="two-group", totals=SIZES, indices=["isolation"])
    assert found["n_excluded"].tolist() == [1, 3, 0, 0, 0, 0]
    assert found["n_units"].tolist() == [19, 17, 20, 20, 20, 20]
    assert found["caution"].fillna("").tolist()[:3] == [
        "partly_estimated",
        "withheld_missing,partly_estimated",
        "",
    ]
    without = segregation(np.delete(COUNTS[:20, :2], smallest, axis=0), indices=["isolation"]).iloc[
        0, 0
    ]
    assert found["value"].tolist()[:2] == pytest.approx([without, math.nan], nan_ok=True)
    here = SIZES[:20]
    assert found["coverage"][0] == pytest.approx(1 - here[smallest] / here.sum())


def test_land_brings_delta() -> None:
    found = index_panel(COUNTS, PLACES, kind="two-group", land_area=np.ones(120))
    wanted = segregation(COUNTS, PLACES, ["delta"], land_area=np.ones(120))["delta"]
    assert found.loc[found["index_id"] == "delta", "value"].tolist() == wanted.tolist()


def test_an_empty_panel_has_no_rows() -> None:
    found = index_panel(np.empty((0, 3)), [], kind="ordinal")
    assert found.empty
    assert found.columns.tolist() == COLUMNS


def test_importing_the_indices_does_not_import_pandas_or_scipy() -> None:
    code = "import sys, barometer.indices; print({'pandas', 'scipy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
