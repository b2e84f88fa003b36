"""What own areas consist of at every level and in both divisions, by hand."""

from barometer.areas.members import Register, members_of

OLD, NEW = "2018", "2025"
DESO, REGSO = ("A1", "A2", "A3", "B1"), ("RA", "RB")
KINDS = {
    **dict.fromkeys(DESO, ("deso", OLD)),
    **dict.fromkeys(REGSO, ("regso", OLD)),
    "K": ("kommun", "admin"),
    "N1": ("deso", NEW),
    "N2": ("deso", NEW),
}
REGSO_OF = {"A1": "RA", "A2": "RA", "A3": "RA", "B1": "RB"}
BELOW = {"K": [*REGSO, *DESO], "RA": ["A1", "A2", "A3"], "RB": ["B1"]}


def register(
    beyond: dict[str, list[tuple[str, float]]] | None = None, people: float = 1000
) -> Register:
    return Register(KINDS, REGSO_OF, BELOW, dict.fromkeys(KINDS, people), beyond or {})


def test_whole_regso_are_members_and_those_that_are_cut_are_not() -> None:
    whole = {code for code, *_ in members_of(["A1", "A2", "A3"], register())}
    assert whole == {"A1", "A2", "A3", "RA"}
    assert {code for code, *_ in members_of(["A1", "B1"], register())} == {"A1", "B1"}
    assert {code for code, *_ in members_of(["RB"], register())} == {"RB", "B1"}
    assert {code for code, *_ in members_of(["K"], register())} == {"K", *REGSO, *DESO}


def test_codes_that_the_snapshot_lacks_are_no_members() -> None:
    assert members_of(["A1", "X9"], register()) == [("A1", "deso", OLD, 1.0)]


def test_the_other_division_counts_where_its_borders_are_nearly_the_same() -> None:
    beyond = {"A1": [("N1", 0.5)], "A2": [("N1", 0.48), ("N2", 0.01)]}
    found = members_of(["A1", "A2"], register(beyond))
    assert found[2:] == [("N1", "deso", NEW, 0.98), ("N2", "deso", NEW, 0.01)]
    moved = {"A1": [("N1", 0.5)], "A2": [("N1", 0.4)]}  # a tenth may live on either side
    assert members_of(["A1", "A2"], register(moved)) == found[:2]


def test_a_division_in_which_an_area_is_lost_is_left_out() -> None:
    beyond = {"A1": [("N1", 1.0)]}
    assert [code for code, *_ in members_of(["A1"], register(beyond))] == ["A1", "N1"]
    assert [code for code, *_ in members_of(["A1", "A2"], register(beyond))] == ["A1", "A2"]
