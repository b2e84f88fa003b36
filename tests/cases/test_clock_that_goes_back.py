"""A machine whose clock was ahead and has been set right: order, ages and limits hold."""

import errno
import os
import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from barometer.catalogue import load_catalogue
from barometer.pointer import POINTER, current_snapshot, published_snapshots
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui import limits
from barometer.ui.factory import create_app
from etl.publish import publishing
from etl.publish.publishing import publish, roll_back
from etl.session import record_status
from tests.snapshots import publish_snapshot

AHEAD = 2 * 10**18  # ns since the epoch: the year 2033


def candidate(folder: Path, content: str) -> Path:
    path = folder / "candidate.duckdb"
    path.write_text(content)
    return path


def test_snapshots_keep_the_order_of_their_publication(tmp_path: Path) -> None:
    published = tmp_path / "published"
    first = publish(candidate(tmp_path, "1"), published_dir=published, snapshot_id="z")
    os.utime(first, ns=(AHEAD, AHEAD))
    later = [
        publish(candidate(tmp_path, name), published_dir=published, snapshot_id=name)
        for name in ("b", "a", "a")
    ]
    assert published_snapshots(published) == tuple(reversed(later))
    assert roll_back(published) == later[1]
    (published / POINTER).unlink()
    assert current_snapshot(published).path == later[2]


def test_a_copy_that_a_full_disk_stops_gives_its_room_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Path, part: Path) -> None:
        part.write_text("half")
        raise OSError(errno.ENOSPC, "No space left on device", str(part))

    def across(*_: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(shutil, "copyfile", full)
    there, part = candidate(tmp_path, "1"), tmp_path / "a.part"
    monkeypatch.setattr(Path, "replace", across)
    with pytest.raises(OSError, match="No space"):
        publishing._move(there, tmp_path / "a")
    assert (there.exists(), part.exists()) == (True, False)


def test_no_age_and_no_run_is_less_than_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = datetime.now(UTC) + timedelta(days=1)
    status = record_status(tmp_path, command="refresh", started=started, exit_code=0)
    assert status.last_run is not None
    assert status.last_run.seconds == 0

    class Early(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return datetime(2001, 1, 1, tzinfo=tz)  # type: ignore[arg-type]

    publish_snapshot(tmp_path / "published")
    monkeypatch.setattr("barometer.ui.health.datetime", Early)
    settings = Settings.from_env({"DATA_DIR": str(tmp_path)})
    store = Store(settings.published_dir)
    site = create_app(settings, store, load_catalogue()).server.test_client()
    assert site.get("/health").get_json()["age_seconds"] == 0


def test_a_limit_of_a_minute_lasts_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    storage = limits.SharedStorage()
    assert [storage.incr("a", 60) for _ in range(3)] == [1, 2, 3]
    now = time.time() - 86_400
    monkeypatch.setattr(limits.time, "time", lambda: now)
    assert [storage.incr("a", 60) for _ in range(2)] == [1, 2]
