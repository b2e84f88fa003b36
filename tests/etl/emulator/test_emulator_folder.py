import numpy as np
import pandas as pd
import pytest

from etl.emulator.folder import TableFolderError, folder_tables
from etl.emulator.shelf import NOT_THERE


def test_a_folder_is_read_into_the_same_cells(folder, cells):
    table = folder_tables(folder).table("TAB1")
    cells[np.isnan(cells)] = NOT_THERE  # no row says that they are missing
    cells.ravel()[0] = np.nan  # this one SCB says is
    np.testing.assert_array_equal(table.values, cells)


def test_a_folder_claims_nothing_of_a_cell_that_it_has_no_row_of(folder, connect):
    parameters = {"valueCodes[ContentsCode]": "A1", "valueCodes[Tid]": "2024"}
    parameters |= {"valueCodes[Region]": "0114A0010,0180", "valueCodes[Niva]": "1"}
    client = connect(source=folder_tables(folder))
    answer = client.get("/tables/TAB1/data", params=parameters).json()
    assert answer["value"] == [146, None]  # in the table's order: 0180 first
    assert "status" not in answer


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
    with pytest.raises(TableFolderError, match=r"has no tables\.json: name a folder"):
        folder_tables(tmp_path)


def test_missing_files_are_named_all_at_once(folder):
    (folder / "TAB1.json").unlink()
    (folder / "TAB1.parquet").unlink()
    with pytest.raises(TableFolderError, match=r"TAB1\.json, TAB1\.parquet"):
        folder_tables(folder)


def test_codes_that_the_metadata_lacks_are_named(folder):
    rows = pd.read_parquet(folder / "TAB1.parquet").replace({"Region": {"0180": "0181"}})
    rows.to_parquet(folder / "TAB1.parquet")
    with pytest.raises(TableFolderError, match="Region 0181"):
        folder_tables(folder).table("TAB1")


def test_rows_given_twice_are_refused(folder):
    rows = pd.read_parquet(folder / "TAB1.parquet")
    pd.concat([rows, rows.head(1)]).to_parquet(folder / "TAB1.parquet")
    with pytest.raises(TableFolderError, match="more than once"):
        folder_tables(folder).table("TAB1")
