from dataclasses import replace

import orjson
import pytest
from small_source import POPULATION, REGIONS, UPDATED, SmallSource, connect, table

from barometer.catalogue import Need
from etl.doctor import compare_catalogue
from etl.emulator.limits import NO_LIMITS, SCB_LIMITS
from etl.errors import CatalogueMismatchError, SourceUnavailableError, TooManyCellsError
from etl.fetch.bronze import Bronze
from etl.fetch.collection import fetch_tables, plan_fetch
from etl.fetch.parse import parse_dataset
from tests.emulated.faults import Fault, Faults

CODES = (("ContentsCode", ("000007Y7",)), ("Alder", ("totalt", "-4")), ("Kon", ("1+2",)))
NEED = Need("TAB1", CODES, ("riket", "lan", "kommun", "regso", "deso"), (2022, 2023, 2024), True)
DATA = "POST /tables/TAB1/data"
OTHER_MEANING = (("ContentsCode", "000007Y7", "wealth"),)
GONE_CODES = (("ContentsCode", ("000005FF",)), *CODES[1:])


@pytest.fixture
def bronze(tmp_path):
    return Bronze(tmp_path)


def two_tables():
    return SmallSource({"TAB1": table(), "TAB2": table("TAB2")})


def need(**changes):
    return replace(NEED, **changes)


def frames(bronze, collection, table_id="TAB1"):
    (kept,) = [t for t in collection.tables if t.table_id == table_id]
    return [parse_dataset(bronze.read(entry)) for entry in kept.data]


def pairs(frame):
    return set(zip(frame["Region"], frame["Tid"], strict=True))


class Watch:
    def __init__(self):
        self.heard = []

    def surveyed(self, *, table_id, n_tables):
        self.heard.append(("surveyed", table_id, n_tables))

    def planned(self, *, calls, cells, unchanged):
        self.heard.append(("planned", calls, cells, unchanged))

    def arrived(self, *, table_id, cells):
        self.heard.append(("arrived", table_id, cells))

    def noted(self, message):
        self.heard.append(("noted", message))


def test_each_division_is_asked_for_its_own_years_only(bronze):
    collection = fetch_tables(connect(), bronze, [NEED])
    admin, old, new = frames(bronze, collection)
    years = ("2022", "2023", "2024")
    assert pairs(admin) == {(r, y) for r in ("00", "01", "0114") for y in years}
    before = ("0114R001", "0114A0010", "0114C1010")
    assert pairs(old) == {(r, y) for r in before for y in ("2022", "2023")}
    after = [code for code in REGIONS if code.endswith("2025")]
    assert pairs(new) == {(r, "2024") for r in after}
    assert (collection.origin, collection.lacking) == ("scb", ())


def test_what_is_kept_are_the_servers_own_numbers(bronze):
    collection = fetch_tables(connect(), bronze, [NEED])
    admin = frames(bronze, collection)[0].set_index(["Region", "Alder", "Tid"])["value"]
    served = table().values
    # (Region, Alder, Kon, ContentsCode, Tid) by position: 0114 is 2, -4 is 1, 1+2 is 2, 2023 is 1
    assert admin["0114", "-4", "2023"] == served[2, 1, 2, 0, 1]


def test_calls_stay_under_the_cell_limit_and_hold_everything(bronze):
    whole = fetch_tables(connect(), bronze, [NEED])
    client = connect(limits=replace(SCB_LIMITS, cells=7))
    parts = fetch_tables(client, Bronze(bronze.directory / "parts"), [NEED])
    (kept,) = parts.tables
    assert max(entry.cells for entry in kept.data) <= 7
    (kept_whole,) = whole.tables
    assert sum(e.cells for e in kept.data) == sum(e.cells for e in kept_whole.data) == 18 + 12 + 8


def test_nothing_is_downloaded_twice(bronze):
    faults = Faults()
    client = connect(faults=faults)
    first = fetch_tables(client, bronze, [NEED])
    faults.clear()
    again = fetch_tables(client, Bronze(bronze.directory), [NEED])
    assert faults.calls == ("GET /tables/TAB1",)
    assert again.tables == first.tables
    assert again.fingerprint == first.fingerprint


def test_only_a_table_that_was_released_anew_is_downloaded_again(bronze):
    needs = [NEED, need(source_id="TAB2")]
    first = fetch_tables(connect(two_tables()), bronze, needs)
    newer = SmallSource({"TAB1": table(), "TAB2": table("TAB2", updated="2026-06-01T07:00:00Z")})
    faults = Faults()
    second = fetch_tables(connect(newer, faults=faults), bronze, needs)
    assert DATA not in faults.calls
    assert faults.calls.count("POST /tables/TAB2/data") == 3
    assert second.fingerprint != first.fingerprint
    assert [t.updated for t in second.tables] == [UPDATED, "2026-06-01T07:00:00Z"]


def test_synthetic_answers_are_never_taken_for_scbs(bronze):
    fetch_tables(connect(SmallSource(synthetic=True)), bronze, [NEED])
    faults = Faults()
    collection = fetch_tables(connect(faults=faults), bronze, [NEED])
    assert faults.calls.count(DATA) == 3
    assert collection.origin == "scb"


def test_an_interrupted_fetch_continues_where_it_stopped(bronze):
    client = connect(
        faults=Faults(Fault("unavailable", path="/tables/TAB1/data", after=2)), attempts=2
    )
    with pytest.raises(SourceUnavailableError):
        fetch_tables(client, bronze, [NEED], workers=1)
    assert bronze.collection() is None
    faults = Faults()
    fetch_tables(connect(faults=faults), Bronze(bronze.directory), [NEED])
    assert faults.calls.count(DATA) == 1
    assert faults.calls.count("GET /tables/TAB1/metadata") == 0


def test_a_corrupt_answer_alone_is_fetched_again(bronze):
    collection = fetch_tables(connect(), bronze, [NEED])
    bronze.path(collection.tables[0].data[1]).write_bytes(b"rot")
    bronze.path(collection.tables[0].metadata).write_bytes(b"")
    faults = Faults()
    again = fetch_tables(connect(faults=faults), bronze, [NEED])
    assert faults.calls.count(DATA) == 1
    assert faults.calls.count("GET /tables/TAB1/metadata") == 1
    assert again.fingerprint == collection.fingerprint


def test_rotten_metadata_of_the_right_size_is_fetched_again(bronze):
    collection = fetch_tables(connect(), bronze, [NEED])
    path = bronze.path(collection.tables[0].metadata)
    path.write_bytes(b"\0" * path.stat().st_size)
    assert fetch_tables(connect(), bronze, [NEED]).fingerprint == collection.fingerprint


GONE = [
    need(
        codes=(("ContentsCode", ("000005FF",)), ("Alder", ("totalt", "5-10")), ("Kön", ("1",))),
        years=(2010, 2011, 2022, 2023, 2024),
    ),
    need(source_id="TAB9"),
    need(source_id="TAB2", codes=(("ContentsCode", ("000007Y7",)),), levels=("riket", "deso")),
]
NO_NEW_DESO = {**POPULATION, "Region": tuple(r for r in REGIONS if not r.endswith("2025"))}
DRIFTED = {"TAB1": table(), "TAB2": table("TAB2", NO_NEW_DESO)}


def test_everything_that_is_gone_is_named_before_any_download(bronze):
    faults = Faults()
    with pytest.raises(CatalogueMismatchError) as error:
        fetch_tables(connect(SmallSource(DRIFTED), faults=faults), bronze, GONE)
    assert not [call for call in faults.calls if call.startswith("POST")]
    lines = [line for line in str(error.value).splitlines() if line.startswith("- ")]
    start = [
        "- TAB9: the server refused with 404",
        "- TAB1, variable 'ContentsCode': no code '000005FF'; it has '000007Y7'",
        "- TAB1, variable 'Alder': no code '5-10'; it has '5-9'",
        "- TAB1 has no variable 'Kön'; it has 'Kon'",
        "- TAB1 has no 2010-2011; it has 2022-2024",
        "- TAB2 has no area of level deso in division 2025, wanted for 2024; it has deso 2018",
        "- TAB2, variable 'Alder' must be selected",
    ]
    assert len(lines) == len(start)
    assert [line[: len(s)] for line, s in zip(lines, start, strict=True)] == start
    assert bronze.collection() is None


def test_partial_takes_what_there_is_and_lists_what_is_lacking(bronze):
    codes = (("ContentsCode", ("000007Y7",)), ("Alder", ("totalt", "5-10")), ("Kon", ("1+2",)))
    needs = [
        need(codes=codes, years=(2021, 2022, 2024)),
        need(source_id="TAB2"),
        need(source_id="TAB9"),
    ]
    collection = fetch_tables(connect(SmallSource(DRIFTED)), bronze, needs, partial=True)
    lacking = {(lack.table_id, lack.variable, lack.code) for lack in collection.lacking}
    assert lacking == {
        ("TAB1", "Alder", "5-10"),
        ("TAB1", "Tid", "2021"),
        ("TAB2", "Region", "deso 2025"),
        ("TAB2", "Region", "regso 2025"),
        ("TAB9", "", ""),
    }
    everything = frames(bronze, collection)
    assert {a for f in everything for a in f["Alder"]} == {"totalt"}
    assert {t for f in everything for t in f["Tid"]} == {"2022", "2024"}
    assert [t.table_id for t in collection.tables] == ["TAB1", "TAB2"]
    assert Bronze(bronze.directory).collection() == collection


def test_a_table_without_anything_wanted_is_left_out_of_a_partial_fetch(bronze):
    needs = [NEED, need(source_id="TAB2", codes=(("ContentsCode", ("000005FF",)),))]
    collection = fetch_tables(connect(two_tables()), bronze, needs, partial=True)
    assert [t.table_id for t in collection.tables] == ["TAB1"]


@pytest.mark.parametrize(("open_ended", "years"), [(True, {"2023", "2024"}), (False, {"2023"})])
def test_a_new_year_is_taken_when_the_source_is_open(bronze, open_ended, years):
    needs = [need(years=(2023,), open_ended=open_ended)]
    everything = frames(bronze, fetch_tables(connect(), bronze, needs))
    assert {t for f in everything for t in f["Tid"]} == years


def test_a_division_without_years_in_the_table_is_not_missed(bronze):
    codes = {**NO_NEW_DESO, "Tid": ("2022", "2023")}
    client = connect(SmallSource({"TAB1": table(codes=codes)}))
    collection = fetch_tables(client, bronze, [need(years=(2022, 2023))])
    assert len(frames(bronze, collection)) == 2


def test_two_needs_of_a_table_are_one_table(bronze):
    other = need(codes=(("ContentsCode", ("000007Y7",)), ("Alder", ("5-9",)), ("Kon", ("2",))))
    faults = Faults()
    collection = fetch_tables(connect(faults=faults), bronze, [NEED, other])
    assert faults.calls.count("GET /tables/TAB1/metadata") == 1
    assert len(frames(bronze, collection)) == 6


def test_only_asks_about_the_tables_named_and_takes_over_the_rest(bronze):
    needs = [NEED, need(source_id="TAB2")]
    first = fetch_tables(connect(two_tables()), bronze, needs)
    faults = Faults()
    second = fetch_tables(connect(two_tables(), faults=faults), bronze, needs, only={"TAB2"})
    assert faults.calls == ("GET /config", "GET /tables/TAB2")
    assert second.fingerprint == first.fingerprint


def test_only_fetches_what_was_never_fetched(bronze):
    needs = [NEED, need(source_id="TAB2")]
    collection = fetch_tables(connect(two_tables()), bronze, needs, only={"TAB2"})
    assert [t.table_id for t in collection.tables] == ["TAB1", "TAB2"]


def test_only_takes_nothing_over_from_the_synthetic_country(bronze):
    needs = [NEED, need(source_id="TAB2")]
    synthetic = SmallSource(two_tables().tables, synthetic=True)
    fetch_tables(connect(synthetic), bronze, needs)
    collection = fetch_tables(connect(two_tables()), bronze, needs, only={"TAB2"})
    assert {e.origin for t in collection.tables for e in t.data} == {"scb"}


def test_only_an_unknown_table_is_an_error(bronze):
    with pytest.raises(CatalogueMismatchError, match="No table TAB7 in the catalogue; it has TAB1"):
        fetch_tables(connect(), bronze, [NEED], only={"TAB7"})


def test_the_plan_counts_and_downloads_nothing(bronze):
    faults = Faults()
    limits = replace(SCB_LIMITS, cells=6)
    client = connect(faults=faults, limits=limits)
    plan = plan_fetch(client, bronze, [NEED])
    assert not [call for call in faults.calls if call.startswith("POST")]
    (row,) = plan.tables
    assert (plan.calls, plan.cells, plan.kept) == (row.calls, row.cells, row.kept) == (7, 38, 0)
    assert plan.minutes == pytest.approx(7 / 30 * 10 / 60)
    fetch_tables(client, bronze, [NEED])
    done = plan_fetch(client, bronze, [NEED])
    assert (done.calls, done.cells, done.kept, done.minutes) == (0, 0, 7, 0)
    assert (
        plan_fetch(connect(limits=NO_LIMITS), Bronze(bronze.directory / "x"), [NEED]).minutes == 0
    )


def test_progress_is_told(bronze):
    watch = Watch()
    fetch_tables(connect(), bronze, [NEED], progress=watch, workers=1)
    assert watch.heard[:2] == [("surveyed", "TAB1", 1), ("planned", 3, 38, 0)]
    assert sorted(watch.heard[2:]) == [("arrived", "TAB1", n) for n in (8, 12, 18)]


class SmallerThanItSays:
    """A server whose true cell limit is lower than its /config has it."""

    def __init__(self, client, *, cells):
        self._client, self._cells = client, cells
        self.config, self.base_url = client.config, client.base_url
        self.table_info, self.metadata_answer = client.table_info, client.metadata_answer

    def data_answer(self, request, **expected):
        if request.cells > self._cells:
            raise TooManyCellsError("too many", status=403)
        return self._client.data_answer(request, **expected)


def test_a_request_that_the_server_finds_too_large_is_halved_twice(bronze):
    client = SmallerThanItSays(connect(), cells=8)
    collection = fetch_tables(client, bronze, [NEED])
    cells = [entry.cells for entry in collection.tables[0].data]
    assert (max(cells), sum(cells)) == (8, 38)
    faults = Faults()
    again = fetch_tables(SmallerThanItSays(connect(faults=faults), cells=8), bronze, [NEED])
    assert DATA not in faults.calls
    assert again.tables == collection.tables


def test_halving_ends(bronze):
    with pytest.raises(TooManyCellsError):
        fetch_tables(SmallerThanItSays(connect(), cells=1), bronze, [NEED])


def test_a_table_republished_during_the_download_is_downloaded_anew(bronze):
    newer = "2026-03-01T07:00:00Z"
    # after its entry, its description and three data calls
    faults = Faults(Fault("updated", path="/tables/TAB1*", after=5, updated=newer))
    collection = fetch_tables(connect(faults=faults), bronze, [NEED])
    assert [t.updated for t in collection.tables] == [newer]
    assert faults.calls.count(DATA) == 6


def test_a_table_that_never_stands_still_is_an_error(bronze):
    releases = [
        Fault("updated", path="/tables/TAB1", after=n, times=1, updated=f"2026-03-0{n + 1}")
        for n in range(8)
    ]
    with pytest.raises(SourceUnavailableError, match="republished tables in each of 3 rounds"):
        fetch_tables(connect(faults=Faults(*releases)), bronze, [NEED])


def test_the_doctor_lists_all_drift_with_an_edit_for_each(bronze):
    drift = compare_catalogue(connect(SmallSource(DRIFTED)), bronze, GONE)
    assert {d.severity for d in drift} == {"stop"}
    edits = {(d.table_id, d.variable, d.code): d.suggestion for d in drift}
    assert edits == {
        ("TAB9", "", ""): "find the table that replaced TAB9 (GET /tables?query=<its title>) and "
        "put its id in place of TAB9, or delete the entry of TAB9",
        ("TAB1", "ContentsCode", "000005FF"): "in sources.toml: TAB1 replace '000005FF' by "
        "'000007Y7' (000007Y7 in words)",
        ("TAB1", "Alder", "5-10"): "in sources.toml: TAB1 replace '5-10' by '5-9' (5-9 in words)",
        ("TAB1", "Kön", ""): "in sources.toml: TAB1 rename 'Kön' to 'Kon'",
        ("TAB1", "Tid", "2010, 2011"): "in sources.toml: TAB1 leave 2010, 2011 out of the years",
        ("TAB2", "Region", "deso 2025"): "in sources.toml: TAB2 leave deso 2025 out of the levels, "
        "or end its years before them",
        ("TAB2", "Alder", ""): "in sources.toml: TAB2 select 'Alder': for example "
        "'totalt' (totalt in words)",
    }


@pytest.mark.parametrize(
    ("unverified", "reason"),
    [
        (need(source_id="UNVERIFIED-1", unverified="TAB2"), "the server has no such table"),
        (need(source_id="TAB2", codes=GONE_CODES, unverified="TAB2"), "000005FF"),
        (need(source_id="TAB2", meanings=OTHER_MEANING, unverified="TAB2"), "takes it for"),
    ],
)
def test_a_table_that_nobody_has_verified_is_left_out_loudly(bronze, unverified, reason):
    """A refresh goes on without it, and every run tells what could be the table."""
    client, watch = connect(two_tables()), Watch()
    collection = fetch_tables(client, bronze, [NEED, unverified], progress=watch)
    assert [table.table_id for table in collection.tables] == ["TAB1"]
    assert collection.lacking == ()  # complete but for what was never known
    (told,) = [heard[1] for heard in watch.heard if heard[0] == "noted"]
    assert told.startswith(f"{unverified.source_id} is unverified in the catalogue")
    assert reason in told
    assert "finds TAB2 (" in told
    assert "in barometer/sources.toml" in told
    (drift,) = compare_catalogue(client, bronze, [NEED, unverified])
    assert (drift.severity, drift.table_id) == ("note", unverified.source_id)


def test_a_search_without_a_hit_and_one_that_is_refused_stop_nothing(bronze):
    unverified = need(source_id="UNVERIFIED-1", unverified="valdeltagande")
    (drift,) = compare_catalogue(connect(two_tables()), bronze, [unverified])
    assert "nothing: search with other words" in drift.suggestion
    refused = Faults(Fault("unavailable", path="/tables", status=400))
    (drift,) = compare_catalogue(connect(faults=refused), bronze, [unverified])
    assert "the search was refused too" in drift.message


def test_metadata_answers_are_kept_too(bronze):
    collection = fetch_tables(connect(), bronze, [NEED])
    answer = orjson.loads(bronze.read(collection.tables[0].metadata))
    assert answer["extension"]["px"]["tableid"] == "TAB1"
