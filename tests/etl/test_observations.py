from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import numpy as np
import pandas as pd
import pytest

from barometer.catalogue import Derived, Indicator, Part, Term, Text, load_catalogue
from barometer.snapshot import schema_sql
from etl.snapshot.indicators import build_indicator, prepare
from etl.snapshot.observations import UnreadableAnswerError, to_observations

SOURCE = load_catalogue().sources["TAB6571"]


def answer(rows: list[tuple[str, str, str, str, float]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["Region", "UtlBakgrund", "Kon", "Tid", "value"])
    frame["status"] = pd.Categorical(
        ["suppressed" if np.isnan(value) else None for value in frame["value"]],
        categories=["suppressed", "not_published"],
    )
    frame.insert(3, "ContentsCode", "000007Y4")
    for name in ("Region", "UtlBakgrund", "Kon", "ContentsCode", "Tid"):
        frame[name] = frame[name].astype("category")
    return frame


def test_cells_get_their_division_year_and_codes_in_the_catalogues_order() -> None:
    frame = answer(
        [
            ("0114A0010", "1", "1+2", "2023", 7.0),
            ("0114A0010_DeSO2025", "SA", "2", "2024", 8.0),
            ("00", "1", "1+2", "2024", float("nan")),
        ]
    )
    rows = to_observations(frame, source=SOURCE).astype(object).to_numpy().tolist()
    assert rows[0] == ["TAB6571", "0114A0010", "2018", 2023, "000007Y4|1|1+2", 7.0, np.nan]
    assert rows[1][2:6] == ["2025", 2024, "000007Y4|SA|2", 8.0]
    assert rows[2][6] == "suppressed"


def test_regions_that_are_no_areas_are_left_out() -> None:
    frame = answer([("RegSO0114001", "1", "1+2", "2023", 7.0), ("0114", "1", "1+2", "2023", 8.0)])
    assert to_observations(frame, source=SOURCE)["area_id"].tolist() == ["0114"]


def test_a_zero_outside_the_divisions_years_is_no_count() -> None:
    frame = answer([("0114A0010", "1", "1+2", "2024", 0.0), ("0114A0010", "1", "1+2", "2023", 0.0)])
    rows = to_observations(frame, source=SOURCE)
    assert rows["status"].tolist() == ["outside_division", np.nan]
    assert rows["value"].isna().tolist() == [True, False]


def test_an_answer_without_a_variable_names_it() -> None:
    frame = answer([("0114", "1", "1+2", "2023", 8.0)]).drop(columns="Kon")
    with pytest.raises(UnreadableAnswerError, match="TAB6571 has no Kon"):
        to_observations(frame, source=SOURCE)


# ---- indicator values from a handful of cells

AREAS = pd.DataFrame(
    [
        ("00", "riket", "admin", None, None, None),
        ("01", "lan", "admin", None, "01", None),
        ("0114", "kommun", "admin", "0114", "01", None),
        ("0114A0010", "deso", "2018", "0114", "01", 2023),
        ("0114A0020", "deso", "2018", "0114", "01", 2023),
        ("0114A0010_DeSO2025", "deso", "2025", "0114", "01", None),
    ],
    columns=["area_id", "level", "division", "kommun_id", "lan_id", "valid_to"],
).assign(valid_from=[2020, 2020, 2020, 2020, 2020, 2024])


def values(
    cells: dict[tuple[str, str], float | str], *, part: Part, year: int = 2022, least: float = 10
) -> dict[str, tuple[float | None, float | None, float | None, str | None]]:
    """(value, numerator, denominator, status) by area, of an indicator made of `part`."""
    text = Text("x", "x")
    indicator = Indicator(
        *("i", "befolkning", text, text, text, "percent", 1, "neutral", False, (part,)),
        *((), (), (), None, None, least),
    )
    with built(cells, indicator, year=year) as con:
        rows = con.execute(
            "SELECT area_id, value, numerator, denominator, status FROM indicator_values"
        ).fetchall()
    return {area_id: tuple(row) for area_id, *row in rows}


@contextmanager
def built(
    cells: dict[tuple[str, str], float | str], *indicators: Indicator, year: int = 2022
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database of indicators made of some cells of one source."""
    with duckdb.connect() as con:
        con.execute(schema_sql())
        for (area_id, code), cell in cells.items():
            division = AREAS.set_index("area_id").loc[area_id, "division"]
            value, status = (None, cell) if isinstance(cell, str) else (cell, None)
            con.execute(
                "INSERT INTO observations VALUES ('T', ?, ?, ?, ?, ?, ?, NULL)",
                [area_id, division, year, code, value, status],
            )
        prepare(con, AREAS)
        for indicator in indicators:
            build_indicator(con, indicator, catalogue=load_catalogue())
        yield con


def term(*codes: str) -> Term:
    return Term("T", (("ContentsCode", codes),))


def share(*codes: str) -> Part:
    return Part(None, None, term(*codes), term("all"), None, 100.0)


def test_what_is_derived_is_missing_where_a_part_of_it_is() -> None:
    """Two shares of 30 and 10 are 20 in the mean; of 50 and a suppressed one nothing is made."""
    text = Text("x", "x")
    plain = ("befolkning", text, text, text, "percent", 1, "neutral", False)
    one, other = (
        Indicator(name, *plain, (share(name),), (), (), (), None, None, 10) for name in "ab"
    )
    mean = Indicator(
        *("mean", *plain, (), (), (), (), None, None, 10), Derived("mean", (one, other), "deso")
    )
    cells = {("0114A0010", "a"): 30.0, ("0114A0010", "b"): 10.0, ("0114A0010", "all"): 100.0}
    cells |= {("0114A0020", "a"): 50.0, ("0114A0020", "b"): "suppressed", ("0114", "a"): 3.0}
    cells |= {("0114A0020", "all"): 100.0, ("0114", "b"): 3.0, ("0114", "all"): 20.0}
    with built(cells, one, other, mean) as con:
        found = con.execute(
            "SELECT area_id, value, numerator, status FROM indicator_values "
            "WHERE indicator_id = 'mean' ORDER BY ALL"
        ).fetchall()
    assert found == [
        ("0114A0010", 20.0, None, None),
        ("0114A0020", None, None, "suppressed"),
    ]


def test_a_share_of_several_codes_is_their_sum_over_the_total() -> None:
    cells = {("0114", "a"): 3.0, ("0114", "b"): 2.0, ("0114", "all"): 20.0}
    assert values(cells, part=share("a", "b"))["0114"] == (25.0, 5.0, 20.0, None)


def test_a_missing_code_is_never_zero() -> None:
    cells = {("0114", "a"): 3.0, ("0114", "b"): "suppressed", ("0114", "all"): 20.0}
    assert values(cells, part=share("a", "b"))["0114"] == (None, None, 20.0, "suppressed")
    del cells["0114", "b"]
    assert values(cells, part=share("a", "b"))["0114"] == (None, None, 20.0, "not_available")


def test_a_denominator_that_is_missing_or_small_has_its_reason() -> None:
    cells = {("0114", "a"): 3.0, ("0114", "all"): "not_published"}
    assert values(cells, part=share("a"))["0114"] == (None, 3.0, None, "not_published")
    cells["0114", "all"] = 9.0
    assert values(cells, part=share("a"))["0114"] == (None, 3.0, 9.0, "too_few")
    cells["0114", "all"] = 0.0
    assert values(cells, part=share("a"), least=0)["0114"] == (None, 3.0, 0.0, "too_few")


def test_levels_above_are_summed_when_every_area_has_a_count() -> None:
    cells = {
        ("0114A0010", "a"): 1.0,
        ("0114A0020", "a"): 4.0,
        ("0114A0010", "all"): 10.0,
        ("0114A0020", "all"): 10.0,
    }
    found = values(cells, part=share("a"))
    assert found["0114"] == found["01"] == found["00"] == (25.0, 5.0, 20.0, None)
    cells["0114A0020", "a"] = "suppressed"
    assert values(cells, part=share("a"))["00"] == (None, None, 20.0, "suppressed")
    del cells["0114A0020", "a"]
    assert values(cells, part=share("a"))["00"] == (None, None, 20.0, "not_available")


def test_levels_that_scb_publishes_are_left_as_published() -> None:
    cells = {("0114", "a"): 7.0, ("0114", "all"): 20.0, ("0114A0010", "a"): 1.0}
    cells |= {("0114A0010", "all"): 10.0}
    found = values(cells, part=share("a"))
    assert found["0114"] == (35.0, 7.0, 20.0, None)
    assert found["00"] == (35.0, 7.0, 20.0, None)


def test_a_published_percentage_counts_nobody_and_is_never_summed() -> None:
    part = Part(None, None, None, term("all"), term("pct"), 100.0)
    cells = {("0114A0010", "pct"): 12.5, ("0114A0010", "all"): 40.0}
    found = values(cells, part=part)
    assert found["0114A0010"] == (12.5, None, 40.0, None)
    assert found["0114A0020"] == (None, None, None, "not_available")
    assert "0114" not in found


def test_a_published_figure_stands_alone() -> None:
    part = Part(None, None, None, None, term("median"), 1.0)
    assert values({("0114", "median"): 271.5}, part=part)["0114"] == (271.5, None, None, None)


def test_parts_hold_in_their_own_years() -> None:
    part = Part(2023, None, None, None, term("x"), 1.0)
    assert values({("0114", "x"): 1.0}, part=part, year=2022) == {}
    assert values({("0114", "x"): 1.0}, part=part, year=2023)["0114"][0] == 1.0


def test_only_areas_of_the_years_division_are_listed() -> None:
    part = Part(None, None, None, None, term("x"), 1.0)
    found = values({("0114A0010_DeSO2025", "x"): 1.0}, part=part, year=2024)
    assert set(found) == {"0114A0010_DeSO2025"}
