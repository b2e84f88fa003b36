"""The commands: every option a parameter of its table, exit codes for a scheduler, whole files."""

import inspect
import io
import os
import pty
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from barometer.__main__ import app
from barometer.commands import COMMANDS
from barometer.tables import find_table
from tests.pipeline import ROOT
from tests.snapshots import SNAPSHOT_ID, publish_snapshot

# What every example is run of; serve and report have tests of their own.
TAKING = {"export", "index", "areas", "indicators", "snapshot", "package"}
TABLE_OF = {"export": "values", "index": "indices", "areas": "areas"}


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("commands")
    publish_snapshot(folder / "published")
    return folder


def run(*words: str) -> tuple[int, str, str]:
    ran = CliRunner().invoke(app, list(words))
    return ran.exit_code, ran.stdout, ran.stderr


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.__name__)
def test_a_command_s_help_has_an_example(command: object) -> None:
    code, said, _ = run(command.__name__, "--help")
    assert code == 0
    assert "python -m barometer" in said


def test_every_example_runs_as_it_stands(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the commands' help and the README; only the folders of /srv are the reader's own."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    told = " ".join([readme, *(inspect.getdoc(command) or "" for command in COMMANDS)])
    found = {said.strip() for said in re.findall(r"python -m barometer ([a-z][^`\n]+)", told)}
    examples = [words for said in sorted(found) if (words := shlex.split(said))[0] in TAKING]
    assert {words[0] for words in examples} == TAKING
    monkeypatch.chdir(tmp_path)
    (tmp_path / "barometer-x.duckdb").symlink_to(next((data_dir / "published").glob("*.duckdb")))
    monkeypatch.setenv("DATA_DIR", str(data_dir))
    for words in examples:
        own = {"/srv/b": str(data_dir), "/srv/a.csv": "srv.csv"}
        # What the tiny country has values and measures of.
        own |= dict.fromkeys(("birth_region", "low_standard"), "low_standard_children")
        assert run(*(own.get(word, word) for word in words))[::2] == (0, ""), words


@pytest.mark.parametrize(("command", "table_id"), TABLE_OF.items())
def test_every_key_of_a_table_is_an_option(command: str, table_id: str) -> None:
    function = next(found for found in COMMANDS if found.__name__ == command)
    keys = {parameter.name for parameter in find_table(table_id).parameters} - {"offset"}
    assert keys <= set(inspect.signature(function).parameters)


def test_a_file_s_name_says_its_format(data_dir: Path, tmp_path: Path) -> None:
    for suffix, read in (("csv", pd.read_csv), ("parquet", pd.read_parquet)):
        out = tmp_path / f"a.{suffix}"
        ran = run(
            *("export", "--indicator", "population", "--level", "kommun", "--year", "2024"),
            *("--data-dir", str(data_dir), "--out", str(out)),
        )
        assert ran == (0, "", "")  # nobody waits at a terminal
        assert read(out)["value"].tolist() == [400, 1000, 1000]
    assert {path.name for path in tmp_path.iterdir()} == {"a.csv", "a.parquet"}


def test_a_given_file_is_read(data_dir: Path, tmp_path: Path) -> None:
    (file,) = (data_dir / "published").glob("*.duckdb")
    code, said, _ = run("snapshot", "--snapshot", str(file), "--data-dir", str(tmp_path))
    assert code == 0
    assert SNAPSHOT_ID in said


def test_an_own_area_is_exported_as_any_area(data_dir: Path) -> None:
    asked = ("--indicator", "low_standard_children", "--year", "2024", "--format", "csv")
    token = "own:0380A0011.0380A0012_SYN_DeSO2025"

    def counted(*areas: str) -> pd.DataFrame:
        where = ("--area", ",".join(areas), "--data-dir", str(data_dir))
        code, out, fault = run("export", *asked, *where)
        assert (code, fault) == (0, "")
        return pd.read_csv(io.StringIO(out))

    own = counted(f"{token}:Norr")
    parts = counted("0380A0011_SYN_DeSO2025", "0380A0012_SYN_DeSO2025")
    assert own["label"].tolist() == ["Norr"]
    assert own["numerator"].tolist() == [parts["numerator"].sum()]
    code, out, fault = run(
        "export", *asked, "--area", f"{token[:4]}9999A0001", "--data-dir", str(data_dir)
    )
    assert (code, out) in {(1, ""), (2, "")}
    assert "9999A0001" in fault


def test_every_fault_is_told_at_once(data_dir: Path) -> None:
    code, said, fault = run(
        *("export", "--indicator", "lycka", "--level", "planet", "--area", "x"),
        *("--data-dir", str(data_dir)),
    )
    assert (code, said) == (2, "")
    assert [line.split()[0] for line in fault.splitlines()] == ["--indicator", "--level", "--area"]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("export", "--indicator", "population", "--format", "docx"), 2, "choose one"),
        (("export", "--indicator", "population", "--out", "/a.txt"), 2, "--format txt is not"),
        (("areas", "--area", "9999"), 1, "the code of no area"),
        (("export", "--indicator", "cars"), 1, "no values in this data version"),
        (("index", "--grouping", "birth_region"), 1, "no measures in this data version"),
        (("areas", "--out", "/nowhere/a.csv"), 1, "cannot be written"),
        (("areas", "--snapshot", "/nowhere.duckdb"), 1, "cannot be read as a snapshot"),
        (("areas", "--data-dir", "/nowhere"), 1, "make run"),
    ],
)
def test_failures_have_codes_and_sentences(
    data_dir: Path, words: tuple[str, ...], code: int, sentence: str
) -> None:
    where = () if "--data-dir" in words else ("--data-dir", str(data_dir))
    found, said, fault = run(*words, *where)
    assert (found, said) == (code, "")
    assert sentence in fault
    assert "Traceback" not in fault


def test_a_file_that_fails_half_way_leaves_the_old_one(tmp_path: Path) -> None:
    from barometer.commands.taking import write_pieces

    out = tmp_path / "a.csv"
    out.write_bytes(b"old")

    def broken() -> object:
        yield b"new"
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError):
        write_pieces(broken(), out=out)
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert out.read_bytes() == b"old"


def test_who_waits_at_a_terminal_sees_how_far_it_has_come(data_dir: Path, tmp_path: Path) -> None:
    terminal, end = pty.openpty()
    place = ("--data-dir", str(data_dir), "--out", str(tmp_path / "all.zip"))
    command = (sys.executable, "-m", "barometer", "package", *place)
    ran = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=end, env=os.environ | {"TERM": "xterm"}, check=True
    )
    os.close(end)
    shown = os.read(terminal, 1 << 16).decode()
    assert "all.zip" in shown
    assert re.search(r"[1-9][0-9.]* (bytes|kB)", shown)
    assert ran.stdout == b""
