"""`python -m barometer report`: what it asks for, what it prints, and where it goes on."""

import shutil
import sys
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from barometer.__main__ import app
from barometer.ui.pages.place import printing
from tests.snapshots import SNAPSHOT_ID, publish_snapshot


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    publish_snapshot(folder / "published")
    return folder


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for Chromium: fetches the page and writes it as if it were a PDF."""
    program = tmp_path / "chromium"
    program.write_text(
        "#!/usr/bin/env python3\n"
        "import sys, urllib.request\n"
        "out = next(a.split('=', 1)[1] for a in sys.argv if a.startswith('--print-to-pdf='))\n"
        "opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))\n"
        "page = opener.open(sys.argv[-1]).read()\n"
        "open(out, 'wb').write(b'%PDF-' + page)\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setattr(printing.shutil, "which", lambda _: str(program))
    return program


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["report", *arguments])
    return result.exit_code, result.output


@pytest.mark.usefixtures("browser")
def test_a_place_becomes_a_file(data_dir: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "uppsala 50 % #1?.pdf"
    code, said = run("0380", "--pdf", str(out), "--data-dir", str(data_dir), "--lang", "en")
    assert (code, said.splitlines()[0]) == (0, f"1/1 {out} made")
    assert "Profile: Uppsala municipality" in out.read_text(encoding="utf-8")
    assert [path.name for path in out.parent.iterdir()] == ["uppsala 50 % #1?.pdf"]


def test_a_report_compares_with_a_group_of_ones_own(data_dir: Path, tmp_path: Path) -> None:
    out = tmp_path / "own.docx"
    own = "own:0380A0011.0380A0012_SYN_DeSO2025:Norr"
    given = ("0380", "--docx", str(out), "--data-dir", str(data_dir))
    code, said = run(*given, "--peers", f"0180,{own}")
    assert code == 0, said
    with zipfile.ZipFile(out) as document:
        text = document.read("word/document.xml").decode()
    assert "Du jämför Uppsala kommun med Stockholm och Norr." in text
    code, said = run(*given, "--peers", "0999")
    assert (code, "0999" in said) == (2, True)


@pytest.mark.usefixtures("browser")
def test_every_kommun_has_its_own_and_none_is_made_twice(data_dir: Path, tmp_path: Path) -> None:
    out = tmp_path / "reports"
    given = ("--all-kommuner", "--out", str(out), "--data-dir", str(data_dir))
    code, said = run(*given)
    assert (code, said.splitlines()[-1]) == (0, "3 of 3 made, 0 were there already")
    names = sorted(path.name for path in out.iterdir())
    assert names == [
        f"0114_Upplands-Vasby_2024_sv_{SNAPSHOT_ID}.pdf",
        f"0180_Stockholm_2024_sv_{SNAPSHOT_ID}.pdf",
        f"0380_Uppsala_2024_sv_{SNAPSHOT_ID}.pdf",
    ]
    (out / names[1]).unlink()
    assert run(*given)[1].splitlines()[-1] == "1 of 3 made, 2 were there already"


def test_every_fault_of_the_command_line_is_named() -> None:
    code, said = run("--lang", "de")
    assert code == 2
    assert "--lang de is not a language of the report" in said
    assert "give the code of a place" in said
    assert "one report needs --pdf" in said
    code, said = run("0380", "--all-kommuner", "--pdf", "x.pdf")
    assert code == 2
    assert "--all-kommuner takes no place and no --pdf" in said
    assert "--all-kommuner needs --out" in said


@pytest.mark.usefixtures("browser")
def test_an_unknown_place_is_not_guessed(data_dir: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.pdf"
    code, said = run("9999", "--pdf", str(out), "--data-dir", str(data_dir))
    assert code == 2
    assert "area: ”9999” är okänt." in said
    assert not out.exists()


def test_without_a_browser_it_says_what_to_install(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    code, said = run("0380", "--pdf", str(tmp_path / "x.pdf"), "--data-dir", str(data_dir))
    assert code == 1
    assert "a PDF needs Chromium, Chrome or Edge on PATH" in said
    assert "apt install chromium" in said


def test_a_browser_that_prints_nothing_is_told_of(
    data_dir: Path, tmp_path: Path, browser: Path
) -> None:
    browser.write_text("#!/bin/sh\necho 'it is broken' >&2\n", encoding="utf-8")
    out = tmp_path / "x.pdf"
    code, said = run("0380", "--pdf", str(out), "--data-dir", str(data_dir))
    assert code == 1
    assert f"{browser} printed no PDF to {out}: it is broken" in said
    assert not out.exists()


def test_a_kommun_that_fails_is_named_and_the_others_are_made(
    data_dir: Path, tmp_path: Path, browser: Path
) -> None:
    whole = browser.read_text(encoding="utf-8")
    refused = "if '0180' in out: sys.exit('no room')\nopener ="
    browser.write_text(whole.replace("opener =", refused), encoding="utf-8")
    given = ("--all-kommuner", "--out", str(tmp_path / "r"), "--data-dir", str(data_dir))
    code, said = run(*given)
    assert code == 1
    assert len(list((tmp_path / "r").iterdir())) == 2
    failure, summary = said.splitlines()[-2:]
    assert failure.startswith("0180 Stockholm: ")
    assert failure.endswith("no room")
    assert summary.startswith("2 of 3 made, 1 failed: give the same command again")
    browser.write_text(whole, encoding="utf-8")
    code, said = run(*given)
    assert (code, said.splitlines()[-1]) == (0, "1 of 3 made, 2 were there already")


def test_a_browser_that_always_fails_is_given_up(
    data_dir: Path, tmp_path: Path, browser: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["barometer.commands.report"], "HOPELESS", 2)
    browser.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    given = ("--all-kommuner", "--out", str(tmp_path / "r"), "--data-dir", str(data_dir))
    code, said = run(*given)
    assert code == 1
    assert [line.split()[0] for line in said.splitlines() if "FAILED" in line] == ["1/3", "2/3"]


@pytest.mark.usefixtures("browser")
def test_without_a_snapshot_it_says_what_to_do(tmp_path: Path) -> None:
    code, said = run("0380", "--pdf", str(tmp_path / "x.pdf"), "--data-dir", str(tmp_path))
    assert code == 1
    assert "make run" in said
