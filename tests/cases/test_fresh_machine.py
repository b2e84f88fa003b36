"""A fresh machine: folders with blanks and å, folders that cannot be written, another locale."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from barometer.__main__ import app as site
from etl.__main__ import app as pipeline
from tests.pipeline import ROOT
from tests.snapshots import publish_snapshot

LOCKS = ("requirements.lock", "requirements-dev.lock")


def make(folder: Path, *words: str, **env: str) -> "subprocess.CompletedProcess[str]":
    """The Makefile in a folder, with little but PATH in the environment."""
    return subprocess.run(
        ["make", "-f", str(ROOT / "Makefile"), *words],
        cwd=folder,
        env={"PATH": os.environ["PATH"], **env},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The lock files in a folder with blanks and å, and an environment that says what it is given.

    Its Python prints the words instead of running them, and has what the locks name.
    """
    folder = tmp_path / "en mapp på disken"
    (venv := folder / "v e" / "bin").mkdir(parents=True)
    for name in LOCKS:
        (folder / name).write_text("")
        (venv.parent / name).write_text("")
    python = venv / "python"
    python.write_text('#!/bin/sh\ntest "$1" = -c || echo "$PYTHONUTF8 ${DATA_DIR:-data} $*"\n')
    python.chmod(0o755)
    return folder


def test_a_folder_with_blanks_runs_and_installs_nothing_anew(clone: Path) -> None:
    done = make(clone, "run", f"VENV={clone / 'v e'}", f"DATA_DIR={clone}/b", HOME="", LC_ALL="C")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"1 {clone}/b -m etl refresh --from data/sweden --if-missing",
        f"1 {clone}/b -m barometer serve",
    ]


def test_what_a_shell_says_for_other_pythons_is_not_heard(clone: Path) -> None:
    python = clone / "v e" / "bin" / "python"
    python.write_text('#!/bin/sh\ntest "$1" = -c || env | grep -E "^(PYTHON|PIP)" | sort; exit 0\n')
    others = ("PYTHONHOME", "PYTHONPATH", "PYTHONINSPECT", "PYTHONOPTIMIZE", "PIP_TARGET")
    odd = dict.fromkeys(others, "/other") | {"PIP_USER": "1", "PIP_INDEX_URL": "http://mirror"}
    done = make(clone, "refresh", f"VENV={clone / 'v e'}", HOME="", **odd)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == ["PIP_INDEX_URL=http://mirror", "PIP_USER=0", "PYTHONUTF8=1"]


@pytest.mark.parametrize("target", ["run", "test"])
@pytest.mark.parametrize(
    "words", [("VENV=/proc/venv",), ("DATA_DIR=/proc/data",), ("VENV=/proc/v", "DATA_DIR=/proc/d")]
)
def test_a_folder_that_cannot_be_written_is_told_of_in_a_sentence(
    clone: Path, target: str, words: tuple[str, ...]
) -> None:
    done = make(clone, target, *words)
    assert done.returncode != 0
    first, *rest = done.stderr.splitlines()
    assert first.startswith("/proc/")
    assert "cannot be written: name folders that can be" in first
    assert f"make {target} VENV=/srv/venv DATA_DIR=/srv/data" in first
    assert all(line.startswith("make: ***") for line in rest)


def test_tests_keep_what_they_build_in_the_folder_that_is_named(clone: Path) -> None:
    """And do not take it for the data folder of a site."""
    here = ("VENV=v e", "DATA_DIR=/tmp", "TEST_CACHE=en plats", "PARALLEL=-n 2")
    done = make(clone, "test", *here, HOME="")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "1 data -m pytest -o cache_dir=en plats -n 2"
    assert (clone / "en plats").is_dir()


@pytest.mark.parametrize("name", ["what?", "back\\slash"])
@pytest.mark.parametrize("commands", [site, pipeline], ids=["barometer", "etl"])
def test_a_folder_that_duckdb_cannot_open_is_told_of_in_a_sentence(
    tmp_path: Path, name: str, commands: typer.Typer
) -> None:
    words = [("snapshot",), ("status",)][commands is pipeline]
    ran = CliRunner().invoke(commands, [*words, "--data-dir", str(tmp_path / name)])
    assert ran.exit_code == 2
    assert "which DuckDB cannot open" in " ".join(ran.stderr.replace("│", "").split())


@pytest.mark.parametrize("name", ["run.lock", "bronze"])
def test_a_data_folder_with_a_link_to_itself_is_told_of_in_a_sentence(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name).symlink_to(name)
    ran = CliRunner().invoke(pipeline, ["forget", "TAB1", "--data-dir", str(tmp_path)])
    assert (ran.exit_code, ran.stderr.count("\n")) == (7, 1)
    assert "cannot be used: Too many levels of symbolic links" in ran.stderr


def test_letters_that_the_locale_lacks_are_told_of_in_a_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "å"
    publish_snapshot(folder / "published")
    words = [sys.executable, "-m", "barometer", "snapshot"]
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONUTF8": "0", "DATA_DIR": str(folder)}
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "PYTHONUTF8" in done.stderr
    assert "Traceback" not in done.stderr
    working = subprocess.run(
        words, cwd=ROOT, env=env | {"PYTHONUTF8": "1"}, capture_output=True, text=True, check=False
    )
    assert (working.returncode, working.stderr) == (0, "")
