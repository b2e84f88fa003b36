"""The catalogue held against the server: what a code means, what is new."""

from dataclasses import replace

import pytest
from small_source import SmallSource, connect

from barometer.catalogue import Need
from etl.doctor import compare_catalogue
from etl.errors import CatalogueMismatchError
from etl.fetch.bronze import Bronze
from etl.fetch.collection import fetch_tables
from etl.fetch.parse import parse_dataset

CODES = (("ContentsCode", ("000007Y7",)), ("Alder", ("totalt", "-4")), ("Kon", ("1+2",)))
NEED = Need("TAB1", CODES, ("riket", "lan", "kommun", "regso", "deso"), (2022, 2023, 2024), True)


@pytest.fixture
def bronze(tmp_path):
    return Bronze(tmp_path)


def test_a_code_that_means_something_else_at_scb_is_not_fetched(bronze):
    meant = replace(NEED, meanings=(("Alder", "-4", "In Words"), ("Alder", "99", "no such code")))
    fetch_tables(connect(), bronze, [meant])
    mistaken = replace(
        NEED, meanings=(("Alder", "-4", "Pensioners"), ("Region", "-4", "of another"))
    )
    with pytest.raises(CatalogueMismatchError, match="SCB calls code '-4' '-4 in words', and"):
        fetch_tables(connect(), bronze, [mistaken])
    collection = fetch_tables(connect(), bronze, [mistaken], partial=True)
    assert [lack.code for lack in collection.lacking] == ["-4"]
    (kept,) = collection.tables
    answers = [parse_dataset(bronze.read(entry)) for entry in kept.data]
    assert {code for frame in answers for code in frame["Alder"]} == {"totalt"}
    (drift,) = compare_catalogue(connect(), bronze, [mistaken])
    assert drift.suggestion == (
        "in sources.toml: TAB1 put the code that is meant in place of '-4', or mend its meaning"
    )


def test_the_doctor_tells_the_news(bronze):
    (news,) = compare_catalogue(connect(), bronze, [replace(NEED, years=(2022, 2023))])
    assert (news.severity, news.code) == ("note", "2024")
    assert news.message == "TAB1 has a new year, 2024, fetched too"


def test_the_doctor_finds_nothing_when_nothing_drifted(bronze):
    assert compare_catalogue(connect(), bronze, [NEED]) == ()


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        (SmallSource(synthetic=True), "compose TAB9 in etl/synthetic/compositions/"),
        (SmallSource(), "find the table that replaced TAB9"),
    ],
)
def test_a_table_that_is_gone_has_a_remedy_of_its_server(bronze, source, hint):
    """A made-up country has no successor of a table, and SCB no declarations of ours."""
    (drift,) = compare_catalogue(connect(source), bronze, [replace(NEED, source_id="TAB9")])
    assert drift.severity == "stop"
    assert hint in drift.suggestion
    assert ("synthetic" in drift.suggestion) == source.synthetic
