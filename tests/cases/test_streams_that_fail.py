"""Output to a full disk, a closed stream or a reader who has gone: a sentence, or silence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from etl.session import read_status
from tests.snapshots import publish_snapshot

FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, which Linux has")
SAYS = "from barometer.streams import run_program; import sys; run_program(lambda: {body})"
CLOSED = "error: standard output cannot be written (Bad file descriptor)"
NO_ROOM = "error: standard output cannot be written (No space left on device)"


def run(*words: str, streams: str, **environment: str) -> tuple[int, str, str]:
    """Exit code, output and errors of Python with a shell's redirections."""
    command = ["bash", "-c", f'"$@" {streams}', "bash", sys.executable, *words]
    own = {**os.environ, **environment}
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=own)
    return ran.returncode, ran.stdout, ran.stderr


def say(body: str, *, streams: str, **environment: str) -> tuple[int, str, str]:
    return run("-c", SAYS.format(body=body), streams=streams, **environment)


@FULL
@pytest.mark.parametrize(
    "body", ["print('a')", "print('a' * 100_000)", "print('a') or sys.exit(5)"]
)
def test_a_full_disk_is_said_and_fails(body: str) -> None:
    code, _, said = say(body, streams=">/dev/full")
    assert (code, said.count("\n")) == (1, 1)
    assert said.startswith(NO_ROOM)


def test_a_closed_output_is_said_and_fails() -> None:
    code, _, said = say("print('a')", streams=">&-")
    assert (code, said.count("\n")) == (1, 1)
    assert said.startswith(CLOSED)
    assert say("0", streams=">&- 2>&- <&-") == (0, "", "")


def test_a_reader_who_has_gone_is_met_with_silence() -> None:
    body = "[print('a' * 9_999) for _ in range(99)]"
    code, got, said = say(body, streams="| head -c 3; exit ${PIPESTATUS[0]}")
    assert (code, got, said) == (141, "aaa", "")


@pytest.mark.parametrize("errors", ["2>&-", pytest.param("2>/dev/full", marks=FULL)])
def test_errors_that_nobody_can_be_told_change_nothing(errors: str) -> None:
    body = "print('a' * 99, file=sys.stderr) or print('b') or 4"
    assert say(body, streams=errors) == (4, "b\n", "")


def test_letters_that_a_terminal_lacks_are_written_as_codes() -> None:
    assert say("print('på')", streams="", PYTHONIOENCODING="ascii") == (0, "p\\xe5\n", "")


@FULL
@pytest.mark.parametrize(
    "words",
    [
        ("etl", "status"),
        ("etl", "schedule", "cron"),
        ("barometer", "snapshot"),
        ("tests.programs",),
    ],
    ids=" ".join,
)
def test_programs_say_that_their_output_cannot_be_written(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    publish_snapshot(tmp_path / "published")
    code, _, said = run("-m", *words, streams=">/dev/full", DATA_DIR=str(tmp_path))
    assert code == 1
    assert said.splitlines()[-1].startswith(NO_ROOM)
    assert "Traceback" not in said


@FULL
def test_a_run_whose_progress_nobody_hears_is_done_all_the_same(tmp_path: Path) -> None:
    words = ("-m", "etl", "forget", "TAB1", "--data-dir", str(tmp_path))
    assert run(*words, streams="2>/dev/full") == (0, "", "")
    last = read_status(tmp_path / "published").last_run
    assert last is not None
    assert (last.exit_code, last.message) == (0, "done")
