"""SCB's dated files of keys: the RegSO of every DeSO and the changes, as workbooks."""

import io
from pathlib import Path
from types import SimpleNamespace

import httpx
import openpyxl
import pandas as pd
import pytest

from etl.geodata import fetch
from etl.geodata.boundaries import FolderBoundaries
from etl.geodata.changes import read_changes
from etl.geodata.fetch import BESIDE, fetch_keys
from etl.geodata.keys import CHANGES, KEY_FILES
from etl.geodata.wfs import SCB_GEODATA, NoAnswerError
from etl.workspace import Workspace

COUNTRY = SimpleNamespace(origin="scb", tables=())
DESO = {
    "2018": ("0114A0010", "0114C1010", "0180C1010"),
    "2025": ("0114A0010", "0114C1020", "0180C1010"),
}
AREA_IDS = frozenset(("00", "0114", *DESO["2018"], *(f"{code}_DeSO2025" for code in DESO["2025"])))


def workbook(heading: list[str], rows: list[list[object]]) -> bytes:
    """A sheet with three lines of text above its headings, as SCB's."""
    book = openpyxl.Workbook()
    for row in (["Koppling"], ["SCB"], [], heading, *rows):
        book.active.append(row)
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def key(codes: tuple[str, ...]) -> bytes:
    rows = [[int(c[:4]), "Kommunen", c, f"{c[:4]}R001", "Norr"] for c in codes]
    return workbook(["Kommun", "Kommunnamn", "DeSO", "RegSO", "RegSOnamn"], rows)


CHANGED = workbook(
    ["Kommun", "Kommunnamn", "Tidigare DeSO", "DeSO", "Förändringstyp", "Datum för förändring"],
    [["0114", "Upplands Väsby", "0114C1010", "0114C1020", "Delning", "2025-01-01"]],
)


def fetched(folder: Path, **changed: bytes | int) -> list[str]:
    """What is heard of a fetch from a server with the three files, some of them changed."""
    files = {own.name: key(DESO[own.division]) for own in KEY_FILES} | {"changes": CHANGED}
    asked, heard = [], []

    def answer(request: httpx.Request) -> httpx.Response:
        name = request.url.path.rpartition("/")[2]
        asked.append(name)
        name = "changes" if "forandringar" in name else name
        short = next((k for k in changed if k in name.replace("-", "_")), "")
        given = changed.get(short, files[name])
        if isinstance(given, int):
            return httpx.Response(given, text="Sidan finns inte")
        return httpx.Response(200, stream=httpx.ByteStream(given))

    fetch_keys(folder, area_ids=AREA_IDS, say=heard.append, transport=httpx.MockTransport(answer))
    assert len(asked) == sum(line.startswith("keys ") for line in heard)
    return heard


def test_keys_and_changes_are_fetched_once_and_used(tmp_path: Path) -> None:
    assert len(fetched(tmp_path)) == 3
    assert fetched(tmp_path) == []
    areas = FolderBoundaries((tmp_path,)).read().set_index("area_id")
    assert areas.loc["0114C1020_DeSO2025", "parent_id"] == "0114R001_RegSO2025"
    assert areas.loc["0114C1010", "parent_id"] == "0114R001"
    assert read_changes(tmp_path / BESIDE / CHANGES) == (("0114C1010", "0114C1020"),)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (404, "HTTP 404"),
        (b"<html>Sidan finns inte</html>", "is no workbook"),
        (workbook(["Kommun"], [["0114"]]), "no row has the codes of a DeSO and of a RegSO"),
        (key(("1280C1010",)), "3 of 3 DeSO of the tables have no RegSO in it (0114A0010"),
        (workbook([], [[c, r] for r in ("0114R001", "0114R002") for c in DESO["2018"]]), "several"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_and_the_others_are_kept(
    tmp_path: Path, given: bytes | int, told: str
) -> None:
    *_, warning = fetched(tmp_path, deso2018=given)
    assert warning.startswith("warning: SCB's files of keys cannot be used: koppling-deso2018")
    assert told in warning
    assert "give keys with --boundaries" in warning
    kept = sorted(path.name for path in tmp_path.rglob("*") if path.is_file())
    assert kept == [CHANGES, "key_deso_2025.parquet"]
    assert len(pd.read_parquet(tmp_path / "key_deso_2025.parquet")) == 3


def test_keys_are_fetched_while_the_geodata_service_is_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*_: object, **__: object) -> None:
        raise NoAnswerError("no answer")

    asked, heard = [], []
    monkeypatch.setattr(fetch, "Bronze", lambda _: SimpleNamespace(collection=lambda: COUNTRY))
    monkeypatch.setattr(fetch, "area_ids_of", lambda *_: AREA_IDS)
    monkeypatch.setattr(fetch, "download_layers", silent)
    monkeypatch.setattr(fetch, "download_keys", lambda folder, *_, **__: asked.append(folder))
    fetch.fetch_boundaries(Workspace(tmp_path), SCB_GEODATA, say=heard.append)
    assert asked == [Workspace(tmp_path).layers / "scb"]
    assert "no answer" in " ".join(heard)
