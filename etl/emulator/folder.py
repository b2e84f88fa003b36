"""Tables from a folder: one parquet file of long rows and one metadata file for each, and a list.

tables.json is what GET /tables answers; TABxxxx.json what GET /tables/{id}/metadata answers;
TABxxxx.parquet has a column of codes for each variable, `value` and `status` (".." where SCB says
that a figure is missing). Of a combination of codes without a row nothing is said.
codelists/index.json and codelists/values.parquet hold code lists.
Metadata may leave out the codes of Region: they are those of the rows, in their order, and
regions.parquet (code, label) labels those of all tables.
"""

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pandas as pd

from etl.emulator.datasets import MISSING
from etl.emulator.shelf import NOT_THERE, SourceTable
from etl.emulator.variables import ordered_codes


class TableFolderError(Exception):
    """The folder does not hold what its list says, or a file is not as it should be."""


def folder_tables(path: Path) -> "FolderTables":
    """The tables that a folder lists.

    Raises:
        FolderError: naming every file that is missing.
    """
    if not (path / "tables.json").is_file():
        raise TableFolderError(
            f"{path} has no tables.json: name a folder with tables.json and, for each table it "
            "lists, TABxxxx.json and TABxxxx.parquet"
        )
    source = FolderTables(path)
    names = [f"{entry['id']}.{end}" for entry in source.summaries() for end in ("json", "parquet")]
    lost = [name for name in names if not (path / name).is_file()]
    if lost:
        raise TableFolderError(
            f"{path}: tables.json lists tables whose files are missing: {', '.join(lost)}; "
            "add the files or take the tables off the list"
        )
    return source


class FolderTables:
    """A TableSource that reads each table when it is asked for."""

    synthetic = False
    extract = True

    def __init__(self, path: Path) -> None:
        self._path = path

    def summaries(self) -> list[dict[str, Any]]:
        """The folder's list, without the addresses it was recorded at."""
        return self._summaries

    def table(self, table_id: str) -> SourceTable:
        """Read a table; raises KeyError when the folder does not list it."""
        if not any(entry["id"] == table_id for entry in self._summaries):
            raise KeyError(table_id)
        metadata = orjson.loads((self._path / f"{table_id}.json").read_bytes())
        rows = pd.read_parquet(self._path / f"{table_id}.parquet")
        category = metadata["dimension"].get("Region", {}).get("category")
        if category == {}:
            codes = list(dict.fromkeys(rows["Region"]))
            category["index"] = {code: place for place, code in enumerate(codes)}
            category["label"] = {code: self._labels.get(code, code) for code in codes}
        return SourceTable(table_id, metadata, _dense(table_id, metadata, rows))

    def code_lists(self) -> dict[str, dict[str, Any]]:
        """The folder's code lists, empty without the subfolder."""
        return self._code_lists

    @cached_property
    def _summaries(self) -> list[dict[str, Any]]:
        listed = orjson.loads((self._path / "tables.json").read_bytes())["tables"]
        return [{key: value for key, value in e.items() if key != "links"} for e in listed]

    @cached_property
    def _labels(self) -> dict[str, str]:
        regions = pd.read_parquet(self._path / "regions.parquet")
        return dict(zip(regions["code"], regions["label"], strict=True))

    @cached_property
    def _code_lists(self) -> dict[str, dict[str, Any]]:
        folder = self._path / "codelists"
        if not (folder / "index.json").is_file():
            return {}
        heads = orjson.loads((folder / "index.json").read_bytes())
        values = pd.read_parquet(folder / "values.parquet").sort_values(["codelist", "position"])
        members = {
            str(name): [
                {"code": code, "label": label, "valueMap": [code]}
                for code, label in zip(rows["code"], rows["label"], strict=True)
            ]
            for name, rows in values.groupby("codelist", sort=False)
        }
        return {
            head["id"]: {key: value for key, value in head.items() if key != "links"}
            | {"values": members.get(head["id"], [])}
            for head in heads
        }


def _dense(table_id: str, metadata: dict[str, Any], rows: pd.DataFrame) -> Any:
    """One cell for each combination of codes, `NOT_THERE` where the folder has no row."""
    ids, size = metadata["id"], tuple(metadata["size"])
    places = [
        pd.Index(ordered_codes(metadata["dimension"][code])).get_indexer(rows[code]) for code in ids
    ]
    strange = [
        f"{code} {value}"
        for code, at in zip(ids, places, strict=True)
        for value in rows.loc[at < 0, code].unique()[:3]
    ]
    if strange:
        raise TableFolderError(
            f"{table_id}.parquet has codes that {table_id}.json lacks: {', '.join(strange)}; "
            "make the metadata list every code of the rows"
        )
    cells = np.full(size, NOT_THERE)
    flat = np.ravel_multi_index(places, size)
    if len(np.unique(flat)) < len(flat):
        raise TableFolderError(
            f"{table_id}.parquet has the same combination of codes more than once"
        )
    said = rows["value"].notna() | (rows["status"] == MISSING)
    cells.ravel()[flat] = np.where(said, rows["value"].to_numpy(dtype=np.float64), NOT_THERE)
    return cells
