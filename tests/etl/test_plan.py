from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.fetch.metadata import TableMetadata, TableVariable
from etl.fetch.needs import year_of
from etl.fetch.plan import (
    DataRequest,
    halve_request,
    in_table_order,
    masks_of,
    nearest,
    split_request,
)


def variable(code, codes, *, elimination=False):
    return TableVariable(
        code, code.lower(), tuple(codes), tuple(f"label {c}" for c in codes), elimination
    )


METADATA = TableMetadata(
    "TAB1",
    "A table",
    "2026-01-01T07:00:00Z",
    (
        variable("Region", ["00", "01", "0180"]),
        variable("Alder", ["-4", "5-9", "80-"]),
        variable("Kon", ["1", "2", "1+2"], elimination=True),
        variable("ContentsCode", ["000007Y7"]),
        variable("Tid", ["2022", "2023"]),
    ),
)
WHOLE = DataRequest.of("TAB1", {v.code: v.codes for v in METADATA.variables})

NAMES = ("Region", "Tid", "ContentsCode", "Kon", "Alder")
sizes = st.lists(st.integers(1, 30), min_size=1, max_size=5).filter(lambda n: prod(n) <= 2_000)
requests = sizes.map(
    lambda counts: DataRequest.of(
        "T",
        {
            name: [f"{name}{code}" for code in range(n)]
            for name, n in zip(NAMES, counts, strict=False)
        },
    )
)


def cells_of(request):
    cells = [()]
    for _, codes in request.codes:
        cells = [(*cell, code) for cell in cells for code in codes]
    return cells


@settings(deadline=None)
@given(requests, st.integers(1, 500))
def test_pieces_are_disjoint_complete_and_under_the_limit(request_, limit):
    pieces = list(split_request(request_, max_cells=limit))
    got = [cell for piece in pieces for cell in cells_of(piece)]
    assert all(piece.cells <= limit for piece in pieces)
    assert len(got) == len(set(got))
    assert set(got) == set(cells_of(request_))


@settings(deadline=None)
@given(requests)
def test_a_request_under_the_limit_is_one_call(request_):
    assert list(split_request(request_, max_cells=request_.cells)) == [request_]


@settings(deadline=None)
@given(requests)
def test_halves_are_the_request(request_):
    halves = halve_request(request_)
    assert len(halves) == (1 if request_.cells == 1 else 2)
    assert sorted(c for half in halves for c in cells_of(half)) == sorted(cells_of(request_))


def test_splits_along_the_variable_with_fewest_calls():
    # 10 regions x 4 years, 12 cells a call: 1 region = 4 cells -> 3 regions a call -> 4 calls;
    # 1 year = 10 cells -> 1 year a call -> 4 calls; with 20 cells: 2 against 2; with 30: 2 and 2.
    request = DataRequest.of("T", {"Region": list("abcdefghij"), "Tid": list("1234")})
    assert len(list(split_request(request, max_cells=12))) == 4
    by_year = DataRequest.of("T", {"Region": [str(n) for n in range(10)], "Tid": list("123")})
    # 11 cells: 3 regions a call -> 4 calls; 1 year a call -> 3 calls
    pieces = list(split_request(by_year, max_cells=11))
    assert [len(dict(piece.codes)["Tid"]) for piece in pieces] == [1, 1, 1]


def test_contents_are_kept_together_even_when_splitting_them_is_cheaper():
    request = DataRequest.of("T", {"Region": list("abcd"), "ContentsCode": list("12")})
    pieces = list(split_request(request, max_cells=5))
    assert [dict(piece.codes)["ContentsCode"] for piece in pieces] == [("1", "2")] * len(pieces)


def test_contents_are_split_when_nothing_else_can_be():
    request = DataRequest.of("T", {"Region": ["a"], "ContentsCode": list("1234")})
    assert len(list(split_request(request, max_cells=2))) == 2


def test_no_cell_limit_below_one():
    with pytest.raises(ValueError, match="max_cells is 0"):
        list(split_request(WHOLE, max_cells=0))


def test_the_canonical_form_forgets_the_order_and_nothing_else():
    one = DataRequest.of("T", {"Region": ["a", "b"], "Tid": ["1"]})
    other_order = DataRequest.of("T", {"Tid": ["1"], "Region": ["b", "a"]})
    assert one.canonical() == other_order.canonical()
    different = [
        DataRequest.of("T", {"Region": ["a"], "Tid": ["1"]}),
        DataRequest.of("U", {"Region": ["a", "b"], "Tid": ["1"]}),
        DataRequest.of("T", {"Region": ["a", "b"]}),
    ]
    assert len({one.canonical(), *(request.canonical() for request in different)}) == 4


def test_a_plan_runs_in_the_order_of_the_table():
    request = DataRequest.of(
        "TAB1",
        {"Tid": ["2023", "2022"], "ContentsCode": ["000007Y7"], "Alder": ["-4"], "Region": ["00"]},
    )
    planned = in_table_order(request, metadata=METADATA)
    assert [name for name, _ in planned.codes] == ["Region", "Alder", "ContentsCode", "Tid"]
    assert dict(planned.codes)["Tid"] == ("2022", "2023")


def test_the_nearest_code_comes_first():
    assert nearest("5-10", ["-4", "80-", "5-9"])[0] == "5-9"
    assert sorted(nearest("x", ["b", "a"])) == ["a", "b"]


DESO = [f"0114A{n:04}" for n in range(120)]
NEW = [f"{code}_DeSO2025" for code in DESO]


@pytest.mark.parametrize(
    ("codes", "existing", "short"),
    [
        (["00", *DESO], ["00", *DESO, *NEW], ("00", "????A????")),
        (NEW, ["00", *DESO, *NEW], ("????A????_DeSO2025",)),
        (DESO[:-1], DESO, tuple(DESO[:-1])),  # a mask would give one code more
        (DESO[:99], DESO[:99], tuple(DESO[:99])),  # not worth a mask
    ],
)
def test_codes_that_are_all_of_their_form_are_masked(codes, existing, short):
    assert masks_of(codes, existing=existing) == short


def test_a_part_of_a_masked_request_is_asked_code_by_code():
    codes = {"Region": DESO, "Tid": ["2022", "2023"]}
    metadata = TableMetadata("TAB1", "A table", "", tuple(variable(*v) for v in codes.items()))
    ordered = in_table_order(DataRequest.of("TAB1", codes), metadata=metadata)
    by_year = list(split_request(ordered, max_cells=120))
    assert [request.masks for request in by_year] == [(("Region", ("????A????",)),)] * 2
    halves = halve_request(by_year[0])
    assert [(len(dict(half.codes)["Region"]), half.masks) for half in halves] == [(60, ())] * 2


@pytest.mark.parametrize(
    ("code", "year"),
    [
        *(("2024", 2024), ("2025M01", 2025), ("2019-2021", 2019), ("2024K4", 2024)),
        *(("99999", None), ("20245", None), ("240", None), ("", None), ("M2024", None)),
    ],
)
def test_a_year_is_four_digits_and_no_more(code, year):
    assert year_of(code) == year
