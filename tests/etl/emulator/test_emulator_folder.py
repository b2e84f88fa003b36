import json

import numpy as np
import pandas as pd
import pytest

from etl.emulator.folder import FolderError, folder_tables


@pytest.fixture
def folder(tmp_path, tiny_source, cells):
    """TAB1 as a folder: rows only where there is a number, and one that SCB itself dotted."""
    table = tiny_source.table("TAB1")
    ids = table.metadata["id"]
    codes = [list(table.metadata["dimension"][code]["category"]["index"]) for code in ids]
    rows = pd.MultiIndex.from_product(codes, names=ids).to_frame(index=False)
    rows["value"], rows["status"] = cells.ravel(), None
    rows = rows.dropna(subset="value")
    rows.loc[0, ["value", "status"]] = [np.nan, ".."]
    rows.to_parquet(tmp_path / "TAB1.parquet")
    (tmp_path / "TAB1.json").write_text(json.dumps(table.metadata))
    listed = {**tiny_source.summaries()[0], "links": [{"rel": "self", "href": "http://x"}]}
    (tmp_path / "tables.json").write_text(json.dumps({"tables": [listed]}))
    lists = tmp_path / "codelists"
    lists.mkdir()
    head = {"id": "vs_Kommun", "label": "kommuner", "type": "Valueset", "values": 2, "links": []}
    (lists / "index.json").write_text(json.dumps([head]))
    members = {"codelist": "vs_Kommun", "position": [1, 0], "code": ["0180", "0114"]}
    pd.DataFrame({**members, "label": ["S", "U"]}).to_parquet(lists / "values.parquet")
    return tmp_path


def test_a_folder_is_read_into_the_same_cells(folder, cells):
    table = folder_tables(folder).table("TAB1")
    cells.ravel()[0] = np.nan
    np.testing.assert_array_equal(table.values, cells)


def test_a_folder_answers_missing_rows_as_missing_cells(folder, connect):
    parameters = {"valueCodes[ContentsCode]": "A1", "valueCodes[Tid]": "2024"}
    parameters |= {"valueCodes[Region]": "0114A0010,0180", "valueCodes[Niva]": "1"}
    client = connect(source=folder_tables(folder))
    answer = client.get("/tables/TAB1/data", params=parameters).json()
    assert answer["value"] == [146, None]  # in the table's order: 0180 first
    assert answer["status"] == {"1": ".."}


def test_a_folder_has_its_code_lists_in_order(folder):
    code_list = folder_tables(folder).code_lists()["vs_Kommun"]
    assert code_list["values"] == [
        {"code": "0114", "label": "U", "valueMap": ["0114"]},
        {"code": "0180", "label": "S", "valueMap": ["0180"]},
    ]


def test_an_unlisted_table_is_unknown(folder):
    with pytest.raises(KeyError):
        folder_tables(folder).table("TAB2")


def test_a_folder_without_a_list_is_refused(tmp_path):
    with pytest.raises(FolderError, match=r"has no tables\.json: name a folder"):
        folder_tables(tmp_path)


def test_missing_files_are_named_all_at_once(folder):
    (folder / "TAB1.json").unlink()
    (folder / "TAB1.parquet").unlink()
    with pytest.raises(FolderError, match=r"TAB1\.json, TAB1\.parquet"):
        folder_tables(folder)


def test_codes_that_the_metadata_lacks_are_named(folder):
    rows = pd.read_parquet(folder / "TAB1.parquet").replace({"Region": {"0180": "0181"}})
    rows.to_parquet(folder / "TAB1.parquet")
    with pytest.raises(FolderError, match="Region 0181"):
        folder_tables(folder).table("TAB1")


def test_rows_given_twice_are_refused(folder):
    rows = pd.read_parquet(folder / "TAB1.parquet")
    pd.concat([rows, rows.head(1)]).to_parquet(folder / "TAB1.parquet")
    with pytest.raises(FolderError, match="more than once"):
        folder_tables(folder).table("TAB1")
