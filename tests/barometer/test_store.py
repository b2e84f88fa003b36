"""The store serves the newest snapshot, lets requests finish on the old, and says what is wrong."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import duckdb
import pytest

from barometer.pointer import POINTER, SCHEMA_VERSION, point_to, snapshot_name
from barometer.store import CHECK_SECONDS, Cursor, NoSnapshotError, Store
from tests.snapshots import build_snapshot, publish_snapshot


class Clock:
    """Time that passes when the test says so."""

    now = 0.0

    def __call__(self) -> float:
        return self.now

    def pass_by(self) -> None:
        self.now += CHECK_SECONDS


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_snapshot(tmp_path_factory.mktemp("built") / snapshot_name("any"))


def put(published: Path, snapshot_id: str, *, built: Path) -> Path:
    """A sealed snapshot under a name of its own, with that id inside."""
    path = published / snapshot_name(snapshot_id)
    path.write_bytes(built.read_bytes())
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE snapshot SET snapshot_id = ?", [snapshot_id])
    path.chmod(0o444)
    return path


def shown(store: Store) -> str:
    with store.reader() as reader:
        return reader.snapshot.snapshot_id


def open_files(folder: Path) -> list[str]:
    links = [link for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    targets = [link.readlink() for link in links if link.exists()]
    return sorted(target.name for target in targets if target.parent == folder)


def test_a_reader_answers_and_knows_its_snapshot(tmp_path: Path) -> None:
    publish_snapshot(tmp_path, snapshot_id="one", origin="synthetic")
    with Store(tmp_path).reader() as reader:
        assert reader.cursor.execute("SELECT count(*) FROM snapshot").fetchone() == (1,)
        assert reader.snapshot.snapshot_id == "one"
        assert reader.snapshot.built_at == datetime(2026, 11, 22, 12, tzinfo=UTC)
        assert reader.snapshot.lacking == ("TAB6680: kommun",)
        assert reader.snapshot.synthetic


def test_real_figures_are_not_called_synthetic(tmp_path: Path) -> None:
    publish_snapshot(tmp_path, origin="scb")
    with Store(tmp_path).reader() as reader:
        assert not reader.snapshot.synthetic


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (x INTEGER)",
        "DELETE FROM areas",
        "SELECT * FROM read_csv('/etc/hostname')",
        "COPY areas TO '/tmp/areas.csv'",
        "ATTACH ':memory:' AS other; COPY areas TO '/tmp/areas.csv'",
        "SET enable_external_access = true",
        "INSTALL spatial",
    ],
)
def test_no_statement_reaches_out_or_writes(tmp_path: Path, built: Path, statement: str) -> None:
    point_to(put(tmp_path, "one", built=built))
    with Store(tmp_path).reader() as reader, pytest.raises(duckdb.Error):
        reader.cursor.execute(statement)


def test_a_new_pointer_is_noticed_after_a_while_and_not_before(tmp_path: Path, built: Path) -> None:
    clock = Clock()
    store = Store(tmp_path, clock=clock)
    point_to(put(tmp_path, "one", built=built))
    assert shown(store) == "one"
    point_to(put(tmp_path, "two", built=built))
    assert shown(store) == "one"
    clock.pass_by()
    assert shown(store) == "two"
    point_to(tmp_path / snapshot_name("one"))
    clock.pass_by()
    assert shown(store) == "one"


def test_a_request_under_way_finishes_on_its_snapshot_which_then_closes(
    tmp_path: Path, built: Path
) -> None:
    clock = Clock()
    store = Store(tmp_path, clock=clock)
    old, new = (put(tmp_path, name, built=built) for name in ("one", "two"))
    point_to(old)
    with store.reader() as reader:
        point_to(new)
        clock.pass_by()
        assert shown(store) == "two"
        assert reader.cursor.execute("SELECT snapshot_id FROM snapshot").fetchone() == ("one",)
        assert open_files(tmp_path) == [old.name, new.name]
    del reader
    assert open_files(tmp_path) == [new.name]


def test_a_reader_is_for_one_request_and_later_questions_keep_to_its_snapshot(
    tmp_path: Path, built: Path
) -> None:
    clock = Clock()
    store = Store(tmp_path, clock=clock)
    point_to(put(tmp_path, "one", built=built))

    def snapshot_id(cursor: Cursor, *, upper: bool) -> str:
        found = str(cursor.execute("SELECT snapshot_id FROM snapshot").fetchall()[0][0])
        return found.upper() if upper else found

    with store.reader() as reader:
        ask = reader.later(snapshot_id, upper=True)
    with pytest.raises(duckdb.Error):
        reader.cursor.execute("SELECT 1")
    point_to(put(tmp_path, "two", built=built))
    clock.pass_by()
    assert shown(store) == "two"
    assert ask() == "ONE"
    del ask, reader
    assert open_files(tmp_path) == [snapshot_name("two")]


def test_nothing_published_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoSnapshotError, match=r"holds no snapshot.*make run.*make refresh"):
        shown(Store(tmp_path / "nowhere"))


def test_a_first_snapshot_is_found_at_once(tmp_path: Path, built: Path) -> None:
    store = Store(tmp_path)
    with pytest.raises(NoSnapshotError):
        shown(store)
    point_to(put(tmp_path, "one", built=built))
    assert shown(store) == "one"


@pytest.mark.parametrize("pointer", [None, "", "rubbish", "barometer-gone.duckdb", "\xff\xfe"])
def test_without_a_usable_pointer_the_newest_is_served_and_the_fault_told(
    tmp_path: Path, built: Path, pointer: str | None
) -> None:
    put(tmp_path, "one", built=built)
    if pointer is not None:
        (tmp_path / POINTER).write_text(pointer, encoding="latin-1")
    store = Store(tmp_path)
    assert shown(store) == "one"
    assert store.fault is not None
    assert POINTER in store.fault


def test_a_broken_snapshot_leaves_the_old_serving_until_a_whole_one_comes(
    tmp_path: Path, built: Path
) -> None:
    clock = Clock()
    store = Store(tmp_path, clock=clock)
    point_to(put(tmp_path, "one", built=built))
    assert (shown(store), store.fault) == ("one", None)
    broken = tmp_path / snapshot_name("two")
    broken.write_bytes(b"not a database")
    broken.chmod(0o444)
    point_to(broken)
    clock.pass_by()
    assert shown(store) == "one"
    assert store.fault is not None
    assert broken.name in store.fault
    point_to(put(tmp_path, "three", built=built))
    clock.pass_by()
    assert (shown(store), store.fault) == ("three", None)


def test_only_broken_snapshots_are_named_with_the_next_step(tmp_path: Path) -> None:
    broken = tmp_path / snapshot_name("one")
    with duckdb.connect(str(broken)) as connection:
        connection.execute("CREATE TABLE snapshot (snapshot_id VARCHAR)")
    broken.chmod(0o444)
    point_to(broken)
    with pytest.raises(NoSnapshotError, match=rf"{broken.name} cannot be read.*make run"):
        shown(Store(tmp_path))


def test_a_snapshot_of_another_schema_is_refused_in_a_sentence(tmp_path: Path, built: Path) -> None:
    clock = Clock()
    store = Store(tmp_path, clock=clock)
    point_to(put(tmp_path, "one", built=built))
    assert shown(store)
    newer = put(tmp_path, "two", built=built)
    newer.chmod(0o644)
    with duckdb.connect(str(newer)) as connection:
        connection.execute("UPDATE snapshot SET schema_version = schema_version + 1")
    newer.chmod(0o444)
    point_to(newer)
    clock.now += 10
    assert shown(store)  # the one before goes on being served
    refusal = (
        f"another version .*has schema {SCHEMA_VERSION + 1} and this code reads {SCHEMA_VERSION}"
    )
    assert re.search(refusal, str(store.fault))
    alone = tmp_path / "alone"
    alone.mkdir()
    newer.rename(alone / newer.name)
    with pytest.raises(NoSnapshotError, match=refusal):
        shown(Store(alone))


def test_what_is_asked_once_is_computed_once_per_snapshot(tmp_path: Path, built: Path) -> None:
    clock = Clock()
    store = Store(tmp_path, clock=clock)
    point_to(put(tmp_path, "one", built=built))
    asked = []

    def size(cursor: Cursor, table: str) -> int:
        asked.append(table)
        return int(cursor.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])

    for _ in range(2):
        with store.reader() as reader:
            assert reader.once(size, "snapshot") == 1
            assert reader.once(size, table="areas") > 1
    assert asked == ["snapshot", "areas"]
    point_to(put(tmp_path, "two", built=built))
    clock.pass_by()
    with store.reader() as reader:
        reader.once(size, "snapshot")
    assert asked == ["snapshot", "areas", "snapshot"]


def test_who_asks_for_another_answer_does_not_wait(tmp_path: Path, built: Path) -> None:
    store = Store(tmp_path)
    point_to(put(tmp_path, "one", built=built))
    begun, other = Event(), Event()
    asked = []

    def slow(_: Cursor) -> bool:
        asked.append("slow")
        begun.set()
        return other.wait(5)

    def ask() -> bool:
        with store.reader() as reader:
            return reader.once(slow)

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.submit(ask), pool.submit(ask)
        assert begun.wait(5)
        with store.reader() as reader:
            assert reader.once(lambda _: "another") == "another"
        other.set()
        assert first.result()
        assert second.result()
    assert asked == ["slow"]


def test_threads_share_a_store_while_the_snapshot_changes(tmp_path: Path, built: Path) -> None:
    clock = Clock()
    store = Store(tmp_path, clock=clock)
    snapshots = [put(tmp_path, name, built=built) for name in ("one", "two")]
    point_to(snapshots[0])

    def visit(_: int) -> tuple[str, int]:
        with store.reader() as reader:
            rows = reader.cursor.execute("SELECT count(*) FROM areas").fetchall()
            return reader.snapshot.snapshot_id, int(rows[0][0])

    visits = []
    with ThreadPoolExecutor(8) as pool:
        for number in range(8):
            point_to(snapshots[number % 2])
            clock.pass_by()
            visits += list(pool.map(visit, range(40)))
    assert {name for name, _ in visits} == {"one", "two"}
    assert len({areas for _, areas in visits}) == 1
    assert open_files(tmp_path) == [snapshots[1].name]


def test_every_published_snapshot_can_be_read_the_current_one_first(
    tmp_path: Path, built: Path
) -> None:
    store = Store(tmp_path)
    old, current = (put(tmp_path, name, built=built) for name in ("one", "two"))
    point_to(current)
    assert [reader.edition for reader in store.readers()] == ["two", "one"]
    put(tmp_path, "three", built=built)  # published, and not yet pointed to
    assert [reader.edition for reader in store.readers()] == ["two", "three", "one"]
    old.unlink()
    assert [reader.edition for reader in store.readers()] == ["two", "three"]
    assert old.name not in open_files(tmp_path)


def test_a_broken_file_beside_the_current_snapshot_is_passed_over(
    tmp_path: Path, built: Path
) -> None:
    point_to(put(tmp_path, "two", built=built))
    broken = tmp_path / snapshot_name("broken")
    broken.write_bytes(b"half")
    broken.chmod(0o444)
    assert [reader.edition for reader in Store(tmp_path).readers()] == ["two"]


def test_files_of_equal_inputs_are_told_apart(tmp_path: Path, built: Path) -> None:
    again = tmp_path / snapshot_name("one.2")
    again.write_bytes(put(tmp_path, "one", built=built).read_bytes())
    again.chmod(0o444)
    point_to(again)
    with Store(tmp_path).reader() as reader:
        assert (reader.snapshot.snapshot_id, reader.edition) == ("one", "one.2")


def test_more_than_a_worker_may_hold_goes_by_way_of_the_disk(tmp_path: Path, built: Path) -> None:
    """Not beside the snapshot: that folder may be read-only. 250 MB are put in order."""
    point_to(put(tmp_path, "one", built=built))
    with Store(tmp_path).reader() as reader:
        set_to = "SELECT current_setting('memory_limit'), current_setting('temp_directory')"
        limit, folder = reader.cursor.execute(set_to).fetchall()[0]
        assert limit == "190.7 MiB"  # 200 MB
        assert not Path(folder).is_relative_to(tmp_path)
        last = reader.cursor.execute(
            "SELECT text FROM (SELECT repeat('x', 1000) || n AS text, hash(n) AS place"
            " FROM range(250000) AS numbers(n)) ORDER BY place OFFSET 249999"
        ).fetchall()
    assert len(last) == 1
