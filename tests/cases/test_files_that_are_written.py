"""A file to write that is a folder, a link, a pipe or an odd name; and reports nobody can make."""

import os
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner

from barometer.__main__ import app
from barometer.documents.files import save
from barometer.drafts import whole
from etl.__main__ import app as pipeline
from tests.snapshots import publish_snapshot

EXPORT = ("export", "--indicator", "population", "--level", "kommun", "--year", "2024")


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written")
    publish_snapshot(folder / "published")
    return folder


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def run(*words: str, data_dir: Path) -> tuple[int, str, str]:
    ran = CliRunner().invoke(app, [*words, "--data-dir", str(data_dir)])
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    return ran.exit_code, ran.stdout, ran.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("areas", "--snapshot", "\x1b[2J"),
        ("indicators", "--lang", "\x1b]0;x"),
        ("package", "--out", "/\x1b/x"),
    ],
)
def test_no_escape_sequence_of_an_option_reaches_a_terminal(
    data_dir: Path, words: tuple[str, ...]
) -> None:
    code, _, said = run(*words, data_dir=data_dir)
    assert code in (1, 2)
    assert said.isascii()
    assert "\x1b" not in said


@pytest.mark.parametrize("out", [".", "", "/", "..", "folder.csv"])
def test_a_folder_is_no_file_to_write(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.csv").mkdir()
    code, _, said = run(*EXPORT, "--out", out, data_dir=data_dir)
    assert (code, said.count("cannot be written (Is a directory)")) == (1, 1)
    assert names(tmp_path) == ["folder.csv"]


@pytest.mark.parametrize("words", [EXPORT, ("package",)], ids=["a table", "the data package"])
def test_a_dash_is_standard_output_and_no_file(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = CliRunner().invoke(app, [*words, "--out", "-", "--data-dir", str(data_dir)])
    assert ran.stdout_bytes == (
        CliRunner().invoke(app, [*words, "--data-dir", str(data_dir)]).stdout_bytes
    )
    assert len(ran.stdout_bytes) > 500
    assert names(tmp_path) == []


def test_a_link_stays_a_link_to_the_new_content(data_dir: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "real.csv").write_text("old")
    for link, write in (
        ("a.csv", lambda path: run(*EXPORT, "--out", str(path), data_dir=data_dir)),
        ("a.docx", lambda path: save(b"new", path)),
    ):
        (tmp_path / link).symlink_to(elsewhere / "real.csv")
        write(tmp_path / link)
        assert (tmp_path / link).is_symlink()
        assert (elsewhere / "real.csv").read_bytes() != b"old"
        (elsewhere / "real.csv").write_text("old")
    assert names(elsewhere) == ["real.csv"]


def test_a_pipe_is_written_to(data_dir: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    heard: list[bytes] = []
    reading = threading.Thread(target=lambda: heard.append(pipe.read_bytes()), daemon=True)
    reading.start()
    assert run(*EXPORT, "--out", str(pipe), data_dir=data_dir)[0] == 0
    reading.join(timeout=30)
    assert heard[0].startswith(b"indicator,")
    assert pipe.is_fifo()


def half_written(draft: Path) -> None:
    draft.write_text("half")
    raise RuntimeError


def test_what_fails_leaves_the_old_file_and_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old")
    with pytest.raises(RuntimeError), whole(path) as draft:
        half_written(draft)
    assert path.read_text() == "old"
    assert names(tmp_path) == ["a.csv"]


@pytest.mark.parametrize("name", ["a.CSV", "a.Xlsx", "50 % #1?.csv", "o'brien å.csv"])
def test_a_name_in_any_letters_says_the_format(data_dir: Path, tmp_path: Path, name: str) -> None:
    assert run(*EXPORT, "--out", str(tmp_path / name), data_dir=data_dir)[0] == 0
    assert names(tmp_path) == [name]


def test_a_snapshot_that_is_not_there_is_not_there(tmp_path: Path) -> None:
    ran = CliRunner().invoke(app, ["snapshot", "--snapshot", str(tmp_path / "x.duckdb")])
    assert (
        ran.stderr == f"{tmp_path}/x.duckdb cannot be read as a snapshot: there is no such file\n"
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("zz",), "area: ”zz” är okänt."),
        (("180",), "Närmast: 0180."),
        (("0180", "--year", "1900"), "year: ”1900” finns inte här. Närmast: 20"),
        (("0180", "--first", "population&area=0380"), "first: ”population&area=0380” är okänt."),
        *(
            (("0180", "--site", site), f"--site {site} is no address of a site")
            for site in ("javascript:alert(1)", "http://[", "http://a b", "scb.se", "")
        ),
    ],
)
def test_a_report_nobody_can_make_is_refused_as_the_site_refuses_it(
    data_dir: Path, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    out = tmp_path / "a.docx"
    code, _, said = run("report", *words, "--docx", str(out), data_dir=data_dir)
    assert (code, out.exists()) == (2, False)
    assert told in said


def test_a_folder_that_this_machine_has_no_letters_for_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.getfilesystemencoding", lambda: "ascii")
    folder = tmp_path / "åäö"
    code, _, said = run(*EXPORT, data_dir=folder)
    assert (code, said.count("PYTHONUTF8 is off: set it to 1")) == (2, 1)
    ran = CliRunner().invoke(pipeline, ["rollback", "--data-dir", str(folder)])
    assert (ran.exit_code, "PYTHONUTF8" in ran.stderr) == (2, True)
    assert not folder.exists()
