import errno
import gzip
import os

import pytest

from etl.errors import BronzeDamagedError
from etl.fetch import bronze as module
from etl.fetch.bronze import Bronze, CollectedTable, Collection, Lack
from etl.fetch.plan import DataRequest
from etl.network.answers import read_answer

OLD, NEW = "2026-01-01T07:00:00Z", "2026-02-01T07:00:00Z"
REQUEST = DataRequest.of("TAB1", {"Region": ["00", "01"], "Tid": ["2022"]})


@pytest.fixture
def bronze(tmp_path):
    return Bronze(tmp_path / "bronze")


def keep(bronze, raw=b'{"value":[1]}', *, request=REQUEST, updated=OLD, **other):
    keys = {"origin": "scb", "retrieved": "2026-11-01T00:00:00+00:00", **other}
    return bronze.put(request, read_answer(raw, encoding=""), updated=updated, **keys)


def collect(bronze, *entries, metadata):
    table = CollectedTable("TAB1", entries[0].updated, metadata, entries)
    lack = Lack("TAB2", "", "", "TAB2 is gone")
    collection = Collection("scb", "http://x/api/v2", "2026-11-01", (table,), (lack,))
    bronze.keep_collection(collection)
    return collection


def manifest(bronze):
    return bronze.directory / "manifest.jsonl"


def test_an_answer_comes_back_as_it_was_also_in_the_next_run(bronze):
    entry = keep(bronze, b"as received \xc3\xa5")
    again = Bronze(bronze.directory)
    assert again.find(REQUEST, updated=OLD, origin="scb") == entry
    assert again.read(entry) == b"as received \xc3\xa5"


@pytest.mark.parametrize(
    "other",
    [
        {"updated": NEW, "origin": "scb"},
        {"updated": OLD, "origin": "synthetic"},
        {"updated": OLD, "origin": "scb", "kind": "metadata"},
    ],
    ids=["released anew", "other country", "other kind"],
)
def test_another_release_origin_or_kind_is_another_answer(bronze, other):
    keep(bronze)
    assert bronze.find(REQUEST, **other) is None


def test_the_order_of_codes_does_not_matter(bronze):
    keep(bronze)
    same = DataRequest.of("TAB1", {"Tid": ["2022"], "Region": ["01", "00"]})
    assert bronze.has(same, updated=OLD, origin="scb")


def test_the_manifest_says_what_was_asked(bronze):
    keep(bronze)
    assert b'"request":{"Region":["00","01"],"Tid":["2022"]}' in manifest(bronze).read_bytes()


def test_a_torn_last_line_is_forgotten_and_rewritten(bronze):
    first = keep(bronze)
    later = DataRequest.of("TAB1", {"Tid": ["2023"]})
    keep(bronze, request=later)
    text = manifest(bronze).read_bytes()
    manifest(bronze).write_bytes(text[:-20])
    again = Bronze(bronze.directory)
    assert again.entries() == (first,)
    assert not again.has(later, updated=OLD, origin="scb")
    keep(again, request=later)
    assert len(Bronze(bronze.directory).entries()) == 2
    assert manifest(bronze).read_bytes() == text


def test_a_line_of_noise_does_not_take_the_others_with_it(bronze):
    entry = keep(bronze)
    text = manifest(bronze).read_bytes()
    manifest(bronze).write_bytes(b"\x00\x00{]\n[1]\n" + text)
    assert Bronze(bronze.directory).entries() == (entry,)


def test_a_cut_file_is_not_found_so_that_it_is_fetched_again(bronze):
    entry = keep(bronze)
    path = bronze.path(entry)
    path.write_bytes(path.read_bytes()[:-5])
    assert not bronze.has(REQUEST, updated=OLD, origin="scb")


@pytest.mark.parametrize(
    "content",
    [b"not gzip", gzip.compress(b"other", mtime=0), gzip.compress(b"cut off", mtime=0)[:-9]],
    ids=["not gzip", "other", "cut off"],  # bytes would put the time of packing into the name
)
def test_a_corrupt_file_is_set_aside_and_named(bronze, content):
    entry = keep(bronze)
    bronze.path(entry).write_bytes(content)
    with pytest.raises(BronzeDamagedError, match=f"{entry.key}.*TAB1.*run fetch again"):
        bronze.read(entry)
    assert not bronze.has(REQUEST, updated=OLD, origin="scb")
    assert [path.name for path in bronze.directory.glob("*.damaged")]
    keep(bronze)
    assert bronze.read(entry) == b'{"value":[1]}'


def test_a_file_that_is_gone_is_damage_too(bronze):
    entry = keep(bronze)
    bronze.path(entry).unlink()
    with pytest.raises(BronzeDamagedError, match="its file is gone"):
        bronze.read(entry)


def test_a_full_disk_leaves_nothing_half_written(bronze, monkeypatch):
    entry = keep(bronze)
    before = sorted(bronze.directory.iterdir()), manifest(bronze).read_bytes()

    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(module.os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            keep(bronze, request=DataRequest.of("TAB1", {"Tid": ["2023"]}))
    assert (sorted(bronze.directory.iterdir()), manifest(bronze).read_bytes()) == before
    assert Bronze(bronze.directory).entries() == (entry,)


def test_a_disk_that_fills_up_in_the_manifest_leaves_it_whole(bronze, monkeypatch):
    keep(bronze)
    before = manifest(bronze).read_bytes()
    real, calls = os.fsync, []

    def full_at_the_second(handle):
        calls.append(handle)
        if len(calls) == 2:  # the file, then the manifest
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    later = DataRequest.of("TAB1", {"Tid": ["2023"]})
    with monkeypatch.context() as patch:
        patch.setattr(module.os, "fsync", full_at_the_second)
        with pytest.raises(OSError, match="No space left"):
            keep(bronze, request=later)
    assert manifest(bronze).read_bytes() == before
    assert not bronze.has(later, updated=OLD, origin="scb")


def test_a_collection_comes_back(bronze):
    metadata = keep(bronze, request=DataRequest("TAB1", ()), kind="metadata")
    collection = collect(bronze, keep(bronze), metadata=metadata)
    assert Bronze(bronze.directory).collection() == collection


def test_no_collection_before_the_first_fetch(bronze):
    assert bronze.collection() is None
    assert bronze.prune() == ()


def test_an_unreadable_collection_says_what_to_do(bronze):
    keep(bronze)
    (bronze.directory / "collection.json").write_bytes(b"{")
    with pytest.raises(BronzeDamagedError, match=r"collection\.json.*Run fetch again"):
        bronze.collection()


def test_the_fingerprint_changes_with_what_was_received_or_lacking_only(bronze):
    metadata = keep(bronze, request=DataRequest("TAB1", ()), kind="metadata")
    one = collect(bronze, keep(bronze), metadata=metadata)
    later = Collection("scb", "http://y", "2027", one.tables, one.lacking)
    assert later.fingerprint == one.fingerprint
    complete = Collection("scb", one.api, one.fetched, one.tables)
    other = collect(bronze, keep(bronze, b"2", updated=NEW), metadata=metadata)
    assert len({one.fingerprint, complete.fingerprint, other.fingerprint}) == 3


def test_prune_removes_superseded_answers_and_strays_only(bronze):
    old = keep(bronze)
    other_table = keep(bronze, request=DataRequest.of("TAB2", {"Tid": ["2022"]}))
    synthetic = keep(bronze, origin="synthetic")
    metadata = keep(bronze, request=DataRequest("TAB1", ()), kind="metadata", updated=NEW)
    new = keep(bronze, updated=NEW)
    collect(bronze, new, metadata=metadata)
    stray = bronze.directory / "killed.json.gz.part"
    stray.write_bytes(b"half")
    assert bronze.prune() == (old,)
    assert not stray.exists()
    assert not bronze.path(old).exists()
    left = (other_table, synthetic, metadata, new)
    assert Bronze(bronze.directory).entries() == left
    assert all(bronze.read(entry) for entry in left)
