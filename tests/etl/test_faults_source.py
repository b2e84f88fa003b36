"""Whatever the source does, what is served stays, and the next clean run goes on from there."""

import re
import threading

import duckdb
import httpx
import pytest
from stops import run_apart
from tiny_country import tiny_source

from barometer.pointer import current_snapshot
from etl.workspace import Workspace
from tests.emulated.faults import Fault

pytestmark = pytest.mark.slow
DATA = "/tables/*/data"


def assert_the_next_run_publishes(site, before, *, left=6):
    """A clean run: what has arrived is not asked for again, and release 2 is served."""
    site.calls_for_data()
    ran = site.run("refresh")
    assert ran.code == 0, ran.said
    assert site.calls_for_data() <= left
    assert site.served() == (site.served()[0], before[1] + 320)


PASSING = {
    "a storm of 429": Fault("too_many_calls", times=7, seconds=0),
    "answers cut off": Fault("cut_off", path=DATA, times=4),
    "garbage": Fault("garbage", path=DATA, times=4),
    "a value too few": Fault("wrong_length", path=DATA, times=4),
    "an area called as another": Fault("duplicate_area", path=DATA, times=4),
    "a server that is down": Fault("unavailable", times=5),
    "a server that hangs": Fault("hang", path=DATA, times=4),
}


@pytest.mark.parametrize("name", PASSING)
def test_what_passes_is_waited_out(site, name):
    before = site.served()
    site.server.faults.add(PASSING[name])
    ran = site.run("refresh")
    assert ran.code == 0, ran.said
    assert site.served()[1] == before[1] + 320


LASTING = {
    "a storm of 429": Fault("too_many_calls", path=DATA, after=2, seconds=0),
    "answers cut off": Fault("cut_off", path=DATA, after=2),
    "garbage": Fault("garbage", path=DATA, after=2),
    "a value too few": Fault("wrong_length", path=DATA, after=2),
    "an area called as another": Fault("duplicate_area", path=DATA, after=2),
    "a server that is down": Fault("unavailable", path=DATA, after=2),
}


@pytest.mark.parametrize("name", LASTING)
def test_what_lasts_stops_the_run_and_nothing_else(site, name):
    before = site.served()
    site.server.faults.add(LASTING[name])
    ran = site.run("refresh")
    assert ran.code == 6
    assert re.search(r"error: TAB65\d\d, data for .*What has arrived is kept", ran.said)
    assert site.served() == before
    assert_the_next_run_publishes(site, before, left=4)


def test_slow_answers_are_given_up_and_asked_for_again(site, monkeypatch):
    monkeypatch.setattr("etl.network.calls.TIMEOUTS", httpx.Timeout(0.5))
    before = site.served()
    site.server.faults.add(Fault("slow", path=DATA, times=2, seconds=1.5))
    assert site.run("refresh").code == 0
    assert site.calls_for_data() == 8
    assert site.served()[1] == before[1] + 320


GONE = {
    "a table": (Fault("gone_table", table="TAB6571"), "TAB6571: the server refused with 404"),
    "a code": (
        Fault("gone_code", table="TAB6571", variable="UtlBakgrund", code="1"),
        "TAB6571, variable 'UtlBakgrund': no code '1'; it has '2' (2 in words), 'SA'",
    ),
    "a code by that name": (
        Fault(
            "changed_code",
            table="TAB6574",
            variable="ContentsCode",
            code="000007Y7",
            new_code="000008A1",
        ),
        "TAB6574, variable 'ContentsCode': no code '000007Y7'; it has '000008A1'",
    ),
    "a year": (Fault("gone_code", variable="Tid", code="2023"), "TAB6574 has no 2023; it has 2022"),
}


@pytest.mark.parametrize("name", GONE)
def test_what_is_gone_is_named_before_any_download(site, name):
    before = site.served()
    fault, said = GONE[name]
    site.server.faults.add(fault)
    ran = site.run("refresh")
    assert (ran.code, site.calls_for_data()) == (5, 0)
    assert said in ran.said
    assert site.served() == before
    assert_the_next_run_publishes(site, before)


def test_zeros_where_a_division_has_no_figures_are_none(site):
    site.server.faults.add(Fault("zero_outside_division"))
    assert site.run("refresh").code == 0
    with duckdb.connect(str(current_snapshot(site.published).path), read_only=True) as con:
        (outside,) = con.execute(
            "SELECT count(value) FROM indicator_values WHERE (division = '2018') <> (year <= 2023) "
            "AND division <> 'admin'"
        ).fetchone()
    assert outside == 0


BROKEN = {
    "a whole table of zeros": (Fault("zeros", table="TAB6571"), "nothing but zeros"),
    "half of the areas": (Fault("halved", table="TAB6571"), "TAB6571 has no area of level lan"),
    "an area of no kommun": (Fault("unknown_area", new_code="9999A0010"), "9999A0010"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_figures_that_cannot_be_are_not_published(site, name):
    before = site.served()
    fault, said = BROKEN[name]
    site.server.faults.add(fault)
    ran = site.run("refresh")
    assert ran.code in (1, 4, 5), ran.said
    assert said in ran.said
    assert site.served() == before
    site.server.faults.clear()
    site.server.publish(tiny_source(3))  # SCB mends a table by publishing it anew
    assert site.run("refresh").code == 0
    assert site.served()[1] == before[1] + 640


def test_half_of_the_rows_are_not_published(site):
    before = site.served()
    site.server.publish(tiny_source(2, without=r"0180[AR]|0114A00[234]|0114R002"))
    ran = site.run("refresh")
    assert ran.code == 4
    assert re.search(r"TAB6571: \d+ rows, \d+ before", ran.said)
    assert site.served() == before
    site.server.publish(tiny_source(3))
    assert site.run("refresh").code == 0


@pytest.mark.parametrize("rot", ["cut", "of its size"])
def test_a_rotten_answer_is_found_by_the_build_and_fetched_alone(site, rot):
    before = site.served()
    assert site.run("fetch").code == 0
    path = max((site.data_dir / "bronze").glob("*.json.gz"), key=lambda p: p.stat().st_size)
    content = path.read_bytes()
    path.write_bytes(content[:-9] if rot == "cut" else content[:-9] + bytes(9))
    ran = site.run("build")
    assert ran.code == 1
    assert path.name in ran.said
    assert site.served() == before
    assert_the_next_run_publishes(site, before, left=1)


def test_a_second_run_is_turned_away(site):
    before = site.served()
    with Workspace(site.data_dir).lock():
        ran = site.run("refresh")
    assert (ran.code, site.calls_for_data()) == (75, 0)
    assert f"another run is at work in {site.data_dir}" in ran.said
    assert site.served() == before
    assert_the_next_run_publishes(site, before)


def test_two_refreshes_at_once_are_one(site):
    """The second starts when the first asks for data, which takes a second."""
    site.server.faults.add(Fault("slow", path=DATA, times=1, seconds=3))
    codes = []
    command = site.command("refresh")
    first = threading.Thread(
        target=lambda: codes.append(run_apart(*command, catalogue=site.catalogue))
    )
    first.start()
    while not site.server.data_calls():
        first.join(0.05)
        assert first.is_alive()
    assert site.run("refresh").code == 75
    first.join()
    assert codes == [0]


POINTERS = {
    "missing": None,
    "empty": "",
    "garbage": "\0\1",
    "of a snapshot that is gone": "barometer-x.duckdb\n",
}


@pytest.mark.parametrize("name", POINTERS)
@pytest.mark.parametrize("news", [True, False], ids=["with news", "without news"])
def test_a_broken_pointer_is_served_around_and_mended(site, name, news):
    before = site.served()
    pointer = site.published / "CURRENT"
    pointer.unlink()
    if POINTERS[name] is not None:
        pointer.write_text(POINTERS[name])
    assert site.served() == before
    if not news:
        site.server.publish(tiny_source(1))
    assert site.run("refresh").code == 0
    assert pointer.read_text().strip() == site.served()[0]
    assert (site.served() != before) == news
