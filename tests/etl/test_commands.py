"""The commands as an operator runs them, on the tiny country."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from filelock import FileLock
from typer.testing import CliRunner, Result

import etl.__main__ as commands
from barometer.pointer import POINTER, current_snapshot, published_snapshots
from etl import run
from etl.fetch.bronze import Bronze
from etl.publish import publishing
from etl.session import read_status
from etl.snapshot import build as building
from tests.etl.tiny import short_catalogue, tiny_country

Command = Callable[..., Result]


@pytest.fixture
def etl(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """Runs a command in a data folder of its own, with the short catalogue."""
    monkeypatch.setattr(run, "synthetic_tables", lambda _kommuner=None: tiny_country())
    monkeypatch.setattr(commands, "_catalogue", short_catalogue)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(commands.app, arguments)

    return invoke


def served(folder: Path) -> Path:
    path = current_snapshot(folder / "published").path
    assert path is not None
    return path


def test_refresh_publishes_and_the_next_one_finds_nothing_new(etl: Command, tmp_path: Path) -> None:
    first = etl("refresh", "--synthetic")
    assert first.exit_code == 0, first.output
    assert f"Published {served(tmp_path).name}" in first.output
    assert re.search(r"\d+ min \d+ s, at most [\d,]+ MB of memory", first.output)
    again = etl("refresh", "--synthetic")
    assert again.exit_code == 0
    assert "0 calls to make" in again.output
    assert "Nothing has changed" in again.output
    assert len(published_snapshots(tmp_path / "published")) == 1
    assert read_status(tmp_path / "published").last_run.exit_code == 0
    # A usable snapshot: --if-missing does not even look at the server.
    assert etl("refresh", "--api", "http://127.0.0.1:9/nowhere", "--if-missing").output == ""

    # New code builds anew from what was kept; what it changes is told.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "code_version", lambda: "another")
        assert "0 calls to make" in etl("refresh", "--synthetic").output
    assert len(published_snapshots(tmp_path / "published")) == 2
    rolled = etl("rollback")
    assert rolled.exit_code == 0
    listing = etl("status").output
    assert listing.count("barometer-") == 3  # the one on hold is named too
    assert "on hold" in listing
    assert "serving" in listing
    assert "last run rollback" in listing

    # A corrupt pointer is mended by serving the newest, with a warning.
    (tmp_path / "published" / POINTER).write_bytes(b"\xff")
    assert "warning:" in etl("status").output


@pytest.mark.slow
@pytest.mark.parametrize("stage", ["build", "publish"])
def test_a_killed_run_leaves_the_old_snapshot_and_the_next_continues(
    etl: Command, tmp_path: Path, stage: str
) -> None:
    folder = tmp_path / "published"
    folder.mkdir()
    old = folder / "barometer-old.duckdb"
    old.write_bytes(b"")
    old.chmod(0o444)
    publishing.point_to(old)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        if stage == "build":
            patch.setattr(building, "IndexValues", killed)
        else:
            patch.setattr(publishing, "point_to", killed)
        assert etl("refresh", "--synthetic").exit_code != 0
    assert served(tmp_path) == old
    result = etl("refresh", "--synthetic")
    assert result.exit_code == 0, result.output
    assert "0 calls to make" in result.output
    assert served(tmp_path) != old


def test_fetch_build_diff_publish_are_the_steps_of_a_refresh(etl: Command, tmp_path: Path) -> None:
    assert etl("fetch", "--synthetic").exit_code == 0
    built = etl("build")
    assert built.exit_code == 0, built.output
    assert etl("diff").output.startswith("First data version:")
    assert etl("diff", "--language", "sv").output.startswith("Första dataversionen:")
    assert current_snapshot(tmp_path / "published").path is None
    assert etl("publish").exit_code == 0
    assert served(tmp_path).stat().st_mode & 0o777 == 0o444
    assert etl("publish").exit_code == 1  # the candidate has been published


def test_a_dry_run_counts_calls_and_fetches_nothing(etl: Command, tmp_path: Path) -> None:
    result = etl("refresh", "--synthetic", "--dry-run", "--years", "2022-2023")
    assert result.exit_code == 0
    assert re.search(r"TAB6571 +\d+ calls", result.output)
    assert Bronze(tmp_path / "bronze").collection() is None


def test_only_the_asked_tables_are_compared_and_the_others_kept(
    etl: Command, tmp_path: Path
) -> None:
    assert etl("fetch", "--synthetic").exit_code == 0
    before = Bronze(tmp_path / "bronze").collection()
    result = etl("fetch", "--synthetic", "--tables", "TAB6574,TAB6571")
    assert re.search(r"tables compared +2 ", result.output)
    after = Bronze(tmp_path / "bronze").collection()
    assert before is not None
    assert after is not None
    assert after.tables == before.tables


def test_two_runs_at_once_are_one_too_many(etl: Command, tmp_path: Path) -> None:
    with FileLock(tmp_path / "run.lock"):
        result = etl("refresh", "--synthetic")
    assert result.exit_code == 75
    assert "another run is at work" in result.output


def test_a_server_that_does_not_answer_is_a_sentence(
    etl: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run.Client, "connect", partial(run.Client.connect, attempts=1))
    result = etl("fetch", "--api", "http://127.0.0.1:9/api/v2")
    assert result.exit_code == 6
    assert "run the same command again later" in result.output.lower()
    assert "Traceback" not in result.output


def test_a_code_that_is_gone_stops_the_run_and_names_it(
    etl: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "needs_of", _needs_with_a_code_that_is_gone)
    result = etl("refresh", "--synthetic")
    assert result.exit_code == 5
    assert "no code 'gone'" in result.output
    assert "nothing was downloaded and the published snapshot stays" in result.output


def _needs_with_a_code_that_is_gone(
    catalogue: object, *, years: object, asked: object
) -> tuple[object, ...]:
    del catalogue, years, asked
    needs = short_catalogue().needs()
    first = replace(needs[0], codes=((needs[0].codes[0][0], ("gone",)), *needs[0].codes[1:]))
    return (first, *needs[1:])


def test_the_catalogue_fits_the_made_up_country(etl: Command) -> None:
    result = etl("doctor", "--synthetic")
    assert result.exit_code == 0
    assert "fits" in result.output


def test_a_folder_that_cannot_be_written_is_a_sentence(etl: Command) -> None:
    result = etl("fetch", "--synthetic", "--data-dir", "/proc/nowhere")  # not even by root
    assert result.exit_code == 7
    assert "/proc/nowhere cannot be used" in result.output


def test_a_data_folder_that_is_a_file_is_a_sentence(etl: Command, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = etl("fetch", "--synthetic", "--data-dir", str(tmp_path / "file"))
    assert result.exit_code == 7
    assert "cannot be used" in result.output


def test_a_full_disk_is_a_sentence_and_what_arrived_is_kept(
    etl: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, calls = Bronze.put, []

    def full(self: Bronze, *arguments: object, **options: object) -> object:
        calls.append(arguments)
        if len(calls) > 20:
            raise OSError(28, "No space left on device", "bronze")
        return put(self, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Bronze, "put", full)
        result = etl("fetch", "--synthetic")
    assert result.exit_code == 7
    assert "No space left on device" in result.output
    kept = re.search(r"(\d+) answers kept", etl("fetch", "--synthetic").output)
    assert kept is not None
    assert int(kept[1]) > 0


def test_building_from_nothing_says_to_fetch_first(etl: Command) -> None:
    result = etl("build")
    assert result.exit_code == 1
    assert "python -m etl fetch first" in result.output


@pytest.mark.parametrize("years", ["then", "2020-", "-2020", "2020,x"])
def test_years_that_are_none_are_refused(etl: Command, years: str) -> None:
    assert etl("fetch", "--synthetic", "--years", years).exit_code == 2


def test_help_has_an_example_for_every_command(etl: Command) -> None:
    names = [command.callback.__name__ for command in commands.app.registered_commands]
    assert "refresh" in etl("--help").output
    assert "another run is at work" in etl("--help").output
    for name in names:
        assert f"python -m etl {name}" in etl(name, "--help").output, name


def test_schedules_are_printed_with_this_installations_paths(etl: Command, tmp_path: Path) -> None:
    assert str(tmp_path) in etl("schedule", "cron").output
    assert etl("schedule", "never").exit_code == 2
