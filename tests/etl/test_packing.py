"""An extract of what a refresh has kept gives the same figures back."""

import shutil
from dataclasses import replace

import httpx
import pandas as pd
import pytest

from barometer.catalogue import load_catalogue
from etl.emulator.app import create_emulator
from etl.emulator.folder import folder_tables
from etl.emulator.limits import NO_LIMITS
from etl.extract import TABLES, ExtractError, require_whole
from etl.fetch.bronze import Bronze
from etl.fetch.collection import fetch_tables
from etl.fetch.parse import parse_dataset
from etl.fetch.scb import Client
from etl.packing import pack_bronze
from etl.snapshot.observations import to_observations


def figures(bronze, collection, table_id, catalogue):
    (table,) = (t for t in collection.tables if t.table_id == table_id)
    source = catalogue.sources[table_id]
    frames = [
        to_observations(parse_dataset(bronze.read(entry)), source=source) for entry in table.data
    ]
    plain = pd.concat([frame.astype({"area_id": str, "variable_id": str}) for frame in frames])
    return plain.sort_values(["area_id", "variable_id", "year"], ignore_index=True)


def test_what_a_refresh_has_kept_comes_back_from_its_extract(tiny_places, tmp_path):
    catalogue = load_catalogue(tiny_places / "catalogue")
    shutil.copytree(tiny_places / "data" / "bronze", tmp_path / "kept")
    kept = Bronze(tmp_path / "kept")
    collection = replace(kept.collection(), origin="scb")  # as if the tiny country's server was SCB
    kept.keep_collection(collection)
    pack_bronze(kept, tiny_places / "layers", tmp_path / "out")
    require_whole(tmp_path / "out")
    assert {p.name for p in (tmp_path / "out" / "boundaries").iterdir()} == {
        p.name for p in (tiny_places / "layers").glob("*.parquet")
    }
    app = create_emulator(folder_tables(tmp_path / "out" / TABLES), limits=NO_LIMITS)
    again = Bronze(tmp_path / "bronze")
    with Client.connect("http://test/api/v2", transport=httpx.WSGITransport(app=app)) as client:
        carried = fetch_tables(client, again, catalogue.needs(), partial=True)
    assert carried.origin == "scb-extract"
    assert {t.table_id for t in carried.tables} == {t.table_id for t in collection.tables}
    for table in collection.tables:
        pd.testing.assert_frame_equal(
            figures(again, carried, table.table_id, catalogue),
            figures(kept, collection, table.table_id, catalogue),
        )


def test_a_made_up_country_is_not_given_out_as_an_extract(tiny_places, tmp_path):
    with pytest.raises(ExtractError, match="made-up country"):
        pack_bronze(Bronze(tiny_places / "data" / "bronze"), tmp_path, tmp_path / "out")
    assert not (tmp_path / "out").exists()
