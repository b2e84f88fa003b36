"""Documents to renew and templates that are damaged inside: told, and the others are made."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from typer.testing import CliRunner

from barometer.__main__ import app
from tests.snapshots import publish_snapshot

NO_BODY = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"></w:document>'


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    publish_snapshot(folder / "published")
    return folder


@pytest.fixture(scope="module")
def made(data_dir: Path) -> dict[str, Path]:
    """A sound document of each kind."""
    files = {kind: data_dir / f"sound.{kind}" for kind in ("docx", "pptx")}
    words = (word for kind, path in files.items() for word in (f"--{kind}", str(path)))
    assert report("0380", *words, data_dir=data_dir)[0] == 0
    return files


def report(*words: str, data_dir: Path) -> tuple[int, str]:
    ran = CliRunner().invoke(app, ["report", *words, "--data-dir", str(data_dir)])
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    return ran.exit_code, ran.stderr


def damaged(sound: Path, to: Path, part: str, instead: bytes | None) -> Path:
    with ZipFile(sound) as old, ZipFile(to, "w", ZIP_DEFLATED) as new:
        assert any(name.startswith(part) for name in old.namelist())
        for name in old.namelist():
            content = instead if name.startswith(part) else old.read(name)
            if content is not None:
                new.writestr(name, content)
    return to


DAMAGES: tuple[tuple[str, str, bytes | None], ...] = (
    *(
        ("docx", part, content)
        for part in ("word/document.xml", "docProps/core.xml", "word/settings.xml")
        for content in (b"", b"<x")
    ),
    ("docx", "word/document.xml", b"<x/>"),
    ("docx", "word/document.xml", NO_BODY),
    ("docx", "word/styles.xml", None),
    ("pptx", "ppt/presentation.xml", b"<x"),
    ("pptx", "ppt/slides/slide2.xml", b"<x"),
    ("pptx", "ppt/slides/slide2.xml", b"<x/>"),
    ("pptx", "ppt/slides/", None),
)


@pytest.mark.parametrize(("kind", "part", "instead"), DAMAGES)
def test_a_damaged_document_is_told_of_and_left(
    data_dir: Path,
    made: dict[str, Path],
    tmp_path: Path,
    kind: str,
    part: str,
    instead: bytes | None,
) -> None:
    bad = damaged(made[kind], tmp_path / f"bad.{kind}", part, instead)
    before, out = bad.read_bytes(), tmp_path / f"out.{kind}"
    for words in (
        (f"--{kind}", str(bad)),
        (f"--{kind}", str(out), "--template", str(bad)),
    ):
        code, said = report("0380", *words, data_dir=data_dir)
        assert code == 1
        assert f"{bad} is damaged or no .{kind} file: choose another" in said
    assert bad.read_bytes() == before
    assert not out.exists()


def test_one_damaged_document_of_many_stops_none_of_the_others(
    data_dir: Path, made: dict[str, Path], tmp_path: Path
) -> None:
    bad = tmp_path / "0180_Stockholm_sv.docx"
    damaged(made["docx"], bad, "word/document.xml", b"<x")
    code, said = report("--level", "kommun", "--docx", str(tmp_path), data_dir=data_dir)
    assert code == 1
    assert "1 of 3 failed" in said
    assert len(list(tmp_path.glob("*.docx"))) == 3
