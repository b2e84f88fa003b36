from datetime import UTC, datetime, timedelta

import orjson
import pytest

from barometer.pointer import point_to, snapshot_name
from etl.session import STATUS_FILE, Status, read_status, record_status


def record(folder, *, code=0, message="done", command="refresh"):
    started = datetime.now(UTC) - timedelta(seconds=90)
    return record_status(folder, command=command, started=started, exit_code=code, message=message)


def test_a_success_and_a_failure_are_both_remembered(tmp_path):
    record(tmp_path)
    status = record(tmp_path, code=6, message="SCB does not answer")
    assert status == read_status(tmp_path)
    assert (status.last_run, status.last_success.message) == (status.last_error, "done")
    assert (status.last_error.exit_code, status.last_error.message) == (6, "SCB does not answer")
    assert status.last_run.seconds == pytest.approx(90, abs=5)
    again = record(tmp_path)
    assert (again.last_run, again.last_error) == (again.last_success, status.last_error)


def test_the_status_names_the_snapshot_that_is_served(tmp_path):
    assert record(tmp_path).last_run.snapshot_id is None
    snapshot = tmp_path / snapshot_name("20250604-scb-1a2b3c")
    snapshot.write_bytes(b"")
    snapshot.chmod(0o444)
    point_to(snapshot)
    assert record(tmp_path, code=4).last_run.snapshot_id == "20250604-scb-1a2b3c"


def test_the_file_is_plain_json_with_three_runs(tmp_path):
    record(tmp_path)
    content = orjson.loads((tmp_path / STATUS_FILE).read_bytes())
    assert sorted(content) == ["last_error", "last_run", "last_success"]
    fields = ["command", "ended", "exit_code", "message", "seconds", "snapshot_id", "started"]
    assert sorted(content["last_run"]) == fields


@pytest.mark.parametrize("text", ["", "{", "[]", '{"last_run": {"command": "x"}}', '{"x": null}'])
def test_a_damaged_status_is_begun_anew(tmp_path, text):
    (tmp_path / STATUS_FILE).write_text(text)
    assert read_status(tmp_path) == Status()
    assert record(tmp_path).last_error is None


def test_a_folder_that_cannot_be_written_stops_no_run(tmp_path):
    (tmp_path / "published").write_text("a file in the way")
    assert record(tmp_path / "published") == Status()
