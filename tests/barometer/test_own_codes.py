"""Own areas in an address: reading and writing are inverse, short, and every fault is named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from barometer.divisions import parse_area_code
from barometer.own_codes import (
    LONGEST,
    MOST_CODES,
    PACKED_FROM,
    CodeFault,
    clean_name,
    own_of,
    plain_id,
    read_own,
)
from barometer.selection.own import own_tokens

DESO = st.builds(
    "{:04}{}{:04}".format, st.integers(114, 2584), st.sampled_from("ABC"), st.integers(0, 9999)
)
REGSO = st.builds("{:04}R{:03}".format, st.integers(114, 2584), st.integers(1, 999))
KOMMUN = st.builds("{:04}".format, st.integers(114, 2584))
SUFFIXES = st.sampled_from(["", "_DeSO2025", "_SYN", "_SYN_DeSO2025"])


@st.composite
def chosen(draw: st.DrawFn) -> list[str]:
    codes = draw(st.lists(DESO, min_size=1, max_size=MOST_CODES, unique=True))
    suffix = draw(SUFFIXES)
    return [code + suffix for code in codes]


@given(chosen(), st.text(max_size=200))
@settings(max_examples=20, deadline=None)
def test_what_is_written_is_read_again(codes: list[str], name: str) -> None:
    own = own_of(codes, name=name).own
    assert own is not None
    assert set(own.area_ids) == set(codes)
    again = read_own(own.token)
    assert (again.own, again.faults) == (own, ())
    assert len(own.token.partition(":")[2].partition(":")[0]) <= LONGEST - len(name)


@given(st.lists(REGSO | KOMMUN, min_size=1, max_size=MOST_CODES, unique=True))
@settings(max_examples=15, deadline=None)
def test_regso_and_kommuner_are_read_again_without_those_of_the_other_level(
    codes: list[str],
) -> None:
    reading = own_of(codes)
    assert reading.own is not None
    assert {len(code) for code in reading.own.codes} == {len(codes[0])}
    assert {fault.kind for fault in reading.faults} <= {"other_division"}
    assert read_own(reading.own.token).own == reading.own


def test_500_codes_from_all_over_the_country_stay_under_3500_characters() -> None:
    codes = [f"{kommun:04}C{n:04}_DeSO2025" for kommun in range(1000, 1500) for n in (1010,)]
    own = own_of(codes).own
    assert own is not None
    assert len(own.area_ids) == MOST_CODES
    assert len(own.token) <= 3_500


@pytest.mark.parametrize("suffix", ["", "_DeSO2025", "_SYN_DeSO2025"])
@pytest.mark.parametrize("everywhere", [True, False])
def test_500_codes_are_read_as_a_program_writes_them(suffix: str, everywhere: bool) -> None:
    """Unpacked, with the suffix once or after each."""
    bare = [f"0180C{n:04}" for n in range(MOST_CODES)]
    written = (suffix + "." if everywhere else ".").join(bare) + suffix
    own, faults = (reading := read_own(f"own:{written}:Norr")).own, reading.faults
    assert own is not None
    assert (own.codes, own.suffix, own.name, faults) == (tuple(bare), suffix, "Norr", ())


def test_what_is_too_long_to_be_read_is_not_read_in_part() -> None:
    token = "own:" + ".".join(f"0180C{n:04}" for n in range(2_000)) + "_DeSO2025"
    reading = read_own(token)
    assert reading.own is None
    assert [fault.kind for fault in reading.faults] == ["too_many"]


def test_codes_are_packed_from_sixty_on_and_can_be_read_below() -> None:
    few, many = ([f"0180C{n:04}" for n in range(size)] for size in (PACKED_FROM - 1, PACKED_FROM))
    readable, packed = own_of(few).own, own_of(many).own
    assert readable is not None
    assert packed is not None
    assert readable.token.startswith("own:0180C0000.0180C0001.")
    assert packed.token.startswith("own:~")
    assert len(packed.token) == len("own:~") + 5 * PACKED_FROM


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("own:0180C1010.0180C1010", [CodeFault("doubled", "0180C1010")]),
        ("own:0180C1010.farsta", [CodeFault("unreadable", "farsta")]),
        ("own:0180C1010.0180R001", [CodeFault("other_division", "0180R001")]),
        (
            "own:0180C1010_DeSO2025.0180C1020_SYN_DeSO2025",
            [CodeFault("other_division", "0180C1020_SYN_DeSO2025")],
        ),
        ("own:~AAA", [CodeFault("unreadable", "~AAA")]),
        ("own:", []),
    ],
)
def test_every_fault_is_named_and_the_rest_stands(text: str, faults: list[CodeFault]) -> None:
    reading = read_own(text)
    assert list(reading.faults) == faults
    assert (reading.own is None) == (text in ("own:", "own:~AAA"))


def test_more_than_500_codes_are_left_out_one_by_one() -> None:
    reading = own_of(f"0180C{n:04}" for n in range(MOST_CODES + 2))
    assert [fault.kind for fault in reading.faults] == ["too_many", "too_many"]


@given(st.text(max_size=300))
def test_no_text_of_an_address_makes_it_fail(text: str) -> None:
    assert read_own(f"own:{text}").own is None or parse_area_code(f"own:{text}") is not None


def test_a_name_keeps_out_of_the_way_of_the_address() -> None:
    assert (
        clean_name("  Norra\n Hisingen,  <b>@västra: & östra ") == "Norra Hisingen b västra östra"
    )
    assert clean_name("\u202e\u200bO\u0308ster\x7f\u2028\u00adled") == "Öster led"
    assert clean_name("\u202e\u2066\udcff") == ""
    assert (
        read_own("own:0180C1010:Norra Hisingen").own
        == own_of(["0180C1010"], name="Norra Hisingen").own
    )


def test_it_lies_where_all_of_its_parts_lie() -> None:
    inside, across = (
        parse_area_code("own:0180C1010.0180C1020"),
        parse_area_code("own:0180.0114.0380"),
    )
    assert inside is not None
    assert across is not None
    assert (inside.level, inside.division, inside.lan_id, inside.kommun_id) == (
        "own",
        "admin",
        "01",
        "0180",
    )
    assert (across.lan_id, across.kommun_id) == (None, None)


def test_a_file_is_named_by_the_name_and_not_by_five_hundred_codes() -> None:
    assert plain_id("0180") == "0180"
    named = plain_id("own:0180C1010:Östra Farsta/../x")
    assert named.startswith("own-ostra-farsta-x-")
    assert named != plain_id("own:0180C1020:Östra Farsta/../x")


def test_an_own_area_is_found_whatever_its_name_holds() -> None:
    own = "own:0180C1010.0180C1020:a@b"
    assert own_tokens(f"?areas={own},deso@{own},0180") == (own,)
