"""An extract that is damaged is refused; one made of what was fetched is read again."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from etl.__main__ import app
from tests.pipeline import ROOT

SWEDEN = ROOT / "data" / "sweden"
TABLE = "tables/TAB6571.parquet"


def change_one_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def cut_in_half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize(
    ("damage", "name", "expected"),
    [
        (change_one_byte, TABLE, "expected"),
        (cut_in_half, "keys", "expected"),
        (Path.unlink, TABLE, "is missing"),
        (Path.unlink, "SHA256SUMS", "expected the checksums of all files"),
        (cut_in_half, "checks.json", "expected"),
    ],
)
def test_a_damaged_extract_is_refused_and_nothing_is_published(
    tmp_path: Path, damage: Callable[[Path], None], name: str, expected: str
) -> None:
    folder, data = tmp_path / "extract", tmp_path / "data"
    shutil.copytree(SWEDEN, folder, copy_function=shutil.copyfile)
    for inner in (folder, *folder.glob("*/")):
        inner.chmod(0o755)  # a clone that cannot be written makes folders that cannot
    path = folder / name
    if path.is_dir():
        path = min(path.iterdir())
    damage(path)
    ran = CliRunner().invoke(app, ["refresh", "--from", str(folder), "--data-dir", str(data)])
    assert ran.exit_code == 1
    said = " ".join(ran.output.split())
    assert "nothing is published" in said
    assert path.name in said
    assert expected in said
    assert not [*data.glob("published/*.duckdb")]
