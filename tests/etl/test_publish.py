import errno
import hashlib
import os
from pathlib import Path

import pytest

from barometer.manifest import Manifest, manifest_path, read_manifest
from barometer.pointer import POINTER, current_snapshot, published_snapshots
from etl.publish import publishing
from etl.publish.hold import HOLD, read_hold, release
from etl.publish.publishing import NothingToPublishError, publish, publish_copy, roll_back


def candidate(folder: Path, content: bytes = b"new") -> Path:
    path = folder / "candidate" / "candidate.duckdb"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path


def publish_all(folder: Path, *ids: str) -> list[Path]:
    paths = []
    for number, snapshot_id in enumerate(ids):
        path = publish(candidate(folder), published_dir=folder, snapshot_id=snapshot_id)
        os.utime(path, ns=(10**18 + number, 10**18 + number))
        paths.append(path)
    return paths


def test_a_published_snapshot_is_sealed_and_served(tmp_path: Path) -> None:
    path = publish(candidate(tmp_path), published_dir=tmp_path, snapshot_id="a")
    assert path.stat().st_mode & 0o777 == 0o444
    assert current_snapshot(tmp_path).path == path
    assert path.read_bytes() == b"new"


def test_equal_inputs_on_one_day_get_different_names(tmp_path: Path) -> None:
    first, second = publish_all(tmp_path, "a", "a")
    assert (first.name, second.name) == ("barometer-a.duckdb", "barometer-a.2.duckdb")


def test_a_name_is_never_used_twice_also_when_its_snapshot_is_gone(tmp_path: Path) -> None:
    names = [path.name for path in publish_all(tmp_path, *["a"] * 6)]
    assert len(set(names)) == 6
    assert len(published_snapshots(tmp_path)) == publishing.KEPT


def test_the_manifest_is_there_before_the_pointer_moves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(snapshot: Path) -> None:
        manifest = read_manifest(snapshot)
        assert manifest is not None
        assert manifest.fits(snapshot)
        assert manifest.size == len(b"new")
        raise KeyboardInterrupt

    monkeypatch.setattr(publishing, "point_to", look)
    with pytest.raises(KeyboardInterrupt):
        publish(candidate(tmp_path), published_dir=tmp_path, snapshot_id="a")


def test_sha256sum_reads_a_manifest(tmp_path: Path) -> None:
    (path,) = publish_all(tmp_path, "a")
    digest = hashlib.sha256(b"new").hexdigest()
    assert manifest_path(path).read_text() == f"# 3 bytes\n{digest}  {path.name}\n"


def test_a_copy_keeps_its_name_and_never_stands_for_another_file(tmp_path: Path) -> None:
    (path,) = publish_all(tmp_path, "a")
    other = candidate(tmp_path, b"other")
    with pytest.raises(NothingToPublishError, match="never used twice"):
        publish_copy(other, published_dir=tmp_path, manifest=Manifest.of(other, name=path.name))
    assert path.read_bytes() == b"new"
    path.unlink()
    same = candidate(tmp_path)
    again = publish_copy(same, published_dir=tmp_path, manifest=Manifest.of(same, name=path.name))
    assert again == path


def test_what_was_rolled_back_from_is_on_hold_until_it_is_released(tmp_path: Path) -> None:
    _, b, c = publish_all(tmp_path, "a", "b", "c")
    roll_back(tmp_path)
    assert read_hold(tmp_path).has_name(c.name)
    assert not read_hold(tmp_path).has_name(b.name)
    roll_back(tmp_path, to="c")
    assert not read_hold(tmp_path).has_name(c.name)
    release(tmp_path)
    assert not (tmp_path / HOLD).exists()


def test_the_last_three_are_kept(tmp_path: Path) -> None:
    paths = publish_all(tmp_path, "a", "b", "c", "d")
    assert set(published_snapshots(tmp_path)) == set(paths[1:])


def test_the_current_one_is_kept_however_old(tmp_path: Path) -> None:
    old, *_ = publish_all(tmp_path, "a", "b", "c")
    roll_back(tmp_path, to="a")
    newer = tmp_path / "barometer-d.duckdb"
    newer.write_bytes(b"")
    newer.chmod(0o444)
    publishing.prune(tmp_path)
    assert current_snapshot(tmp_path).path == old


def test_a_run_killed_before_the_pointer_moves_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (old,) = publish_all(tmp_path, "a")

    def killed(_: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(publishing, "point_to", killed)
    with pytest.raises(KeyboardInterrupt):
        publish(candidate(tmp_path), published_dir=tmp_path, snapshot_id="b")
    assert current_snapshot(tmp_path).path == old


def test_what_a_killed_run_left_half_written_is_never_served(tmp_path: Path) -> None:
    (tmp_path / "barometer-b.duckdb.part").write_bytes(b"half")
    (path,) = publish_all(tmp_path, "a")
    assert published_snapshots(tmp_path) == (path,)
    assert not (tmp_path / "barometer-b.duckdb.part").exists()


def test_a_candidate_on_another_disk_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def across(self: Path, target: Path) -> Path:
        if self.name == "candidate.duckdb":
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", across)
    path = publish(candidate(tmp_path), published_dir=tmp_path, snapshot_id="a")
    assert path.read_bytes() == b"new"


def test_rollback_points_to_the_one_before_and_back(tmp_path: Path) -> None:
    a, b, c = publish_all(tmp_path, "a", "b", "c")
    assert roll_back(tmp_path) == b
    assert roll_back(tmp_path) == a
    assert roll_back(tmp_path, to="c") == c == current_snapshot(tmp_path).path


def test_rollback_without_an_older_one_says_what_there_is(tmp_path: Path) -> None:
    publish_all(tmp_path, "a")
    with pytest.raises(NothingToPublishError, match="older than the current one; it has: a"):
        roll_back(tmp_path)
    with pytest.raises(NothingToPublishError, match="no snapshot x; it has: a"):
        roll_back(tmp_path, to="x")
    assert (tmp_path / POINTER).read_text().strip() == "barometer-a.duckdb"
