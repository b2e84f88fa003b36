import os
from pathlib import Path

import pytest

from barometer.pointer import (
    POINTER,
    current_snapshot,
    point_to,
    published_snapshots,
    snapshot_id_of,
    snapshot_name,
)


def seal(folder: Path, snapshot_id: str, *, age: int = 0) -> Path:
    path = folder / snapshot_name(snapshot_id)
    path.write_bytes(b"snapshot")
    os.utime(path, ns=(10**18 - age, 10**18 - age))
    path.chmod(0o444)
    return path


def test_the_pointer_names_the_current_snapshot(tmp_path: Path) -> None:
    older, _ = seal(tmp_path, "a", age=1), seal(tmp_path, "b")
    point_to(older)
    current = current_snapshot(tmp_path)
    assert (current.path, current.warning) == (older, None)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".tmp"] == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "is missing"),
        (b"", "does not name a snapshot"),
        (b"\xff\xfe\x00", "cannot be read"),
        (b"../../etc/passwd", "does not name a snapshot"),
        (b"barometer-gone.duckdb", "is not there"),
    ],
)
def test_a_bad_pointer_gives_the_newest_snapshot_and_the_reason(
    tmp_path: Path, content: bytes | None, reason: str
) -> None:
    seal(tmp_path, "z-older", age=1)
    newest = seal(tmp_path, "a-newer")
    if content is not None:
        (tmp_path / POINTER).write_bytes(content)
    current = current_snapshot(tmp_path)
    assert current.path == newest
    assert current.warning is not None
    assert reason in current.warning
    assert newest.name in current.warning


def test_without_snapshots_the_next_step_is_said(tmp_path: Path) -> None:
    current = current_snapshot(tmp_path / "no such folder")
    assert current.path is None
    assert "make refresh" in (current.warning or "")


def test_a_snapshot_that_is_still_being_written_is_not_listed(tmp_path: Path) -> None:
    sealed = seal(tmp_path, "a")
    (tmp_path / snapshot_name("b")).write_bytes(b"half")
    assert published_snapshots(tmp_path) == (sealed,)


@pytest.mark.parametrize("snapshot_id", ["", "../x", "a b", ".hidden"])
def test_an_id_that_cannot_name_a_file_is_refused(snapshot_id: str) -> None:
    with pytest.raises(ValueError, match="cannot name a file"):
        snapshot_name(snapshot_id)


def test_names_and_ids_are_inverses() -> None:
    assert snapshot_id_of(Path(snapshot_name("20250604-scb-1a2b3c"))) == "20250604-scb-1a2b3c"
    with pytest.raises(ValueError, match="not the name of a snapshot"):
        snapshot_id_of(Path("barometer.duckdb"))
