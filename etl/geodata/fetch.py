"""Layers of the geodata service for a data folder: what lacks is fetched, what is there kept."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from etl.fetch.bronze import Bronze, Collection
from etl.fetch.metadata import parse_metadata
from etl.fetch.needs import REGION
from etl.geodata.keys import CHANGES, SCB_KEYS, download_keys
from etl.geodata.service import download_layers
from etl.geodata.squares import SQUARES, download_squares
from etl.geodata.towns import TOWNS, download_towns
from etl.geodata.wfs import SCB_GEODATA, GeodataError, NoAnswerError
from etl.workspace import Workspace

BESIDE: Final = "beside"  # files of a layers folder that are no layers


def fetch_boundaries(
    workspace: Workspace, address: str | None, *, say: Callable[[str], None]
) -> tuple[Path, ...]:
    """Download the layers that are missing; without the service, what there is goes on being used.

    A refresh does not fail for want of new borders: figures matter more, and every table works
    without a map.
    """
    bronze = Bronze(workspace.bronze)
    collection = bronze.collection()
    if address is None or collection is None:
        return stored_boundaries(workspace)
    folder = workspace.layers / collection.origin

    def progress(name: str) -> None:
        say(f"boundaries {name} from {address}")

    def noted(note: str) -> None:
        say(f"note: {note}")

    area_ids = area_ids_of(collection, bronze)
    if address == SCB_GEODATA:  # also while the geodata service is down: they lie elsewhere
        fetch_keys(folder, area_ids=area_ids, say=say)
    try:
        download_layers(
            folder,
            area_ids=area_ids,
            url=address,
            on_progress=progress,
            noted=noted,
        )
    except GeodataError as error:
        say(f"warning: {error}. Areas without a boundary stay in every table")
        if isinstance(error, NoAnswerError):
            return stored_boundaries(workspace)
    try:
        download_towns(folder / BESIDE / TOWNS, url=address, on_progress=progress, noted=noted)
    except GeodataError as error:
        say(f"warning: {error}. Maps and search name the places that come along")
    fetch_squares(folder, address, say=say)
    return stored_boundaries(workspace)


def fetch_keys(
    folder: Path, *, area_ids: frozenset[str], say: Callable[[str], None], **options: Any
) -> None:
    """Download SCB's own files of keys and changes, if they lack; `options` of `download_keys`."""
    try:
        download_keys(
            folder,
            folder / BESIDE / CHANGES,
            area_ids=area_ids,
            on_progress=lambda name: say(f"keys {name} from {SCB_KEYS}"),
            **options,
        )
    except GeodataError as error:
        say(f"warning: {error}. The keys that layers have are used")


def fetch_squares(
    folder: Path, address: str, *, say: Callable[[str], None], **options: Any
) -> None:
    """Download where people live, once: for polygons of the operator's and of any reader's."""
    try:
        download_squares(
            folder / BESIDE / SQUARES,
            url=address,
            on_progress=lambda name: say(f"residents of squares {name} from {address}"),
            **options,
        )
    except GeodataError as error:
        say(f"warning: {error}. Areas that polygons cut are counted by their surface")


def stored_boundaries(workspace: Workspace) -> tuple[Path, ...]:
    """The folder of layers downloaded for the last fetch's country, if it holds any."""
    collection = Bronze(workspace.bronze).collection()
    folder = workspace.layers / (collection.origin if collection else "scb")
    return (folder,) if any(folder.glob("*.parquet")) else ()


def area_ids_of(collection: Collection, bronze: Bronze) -> frozenset[str]:
    """Every code of every region in the tables of a fetch."""
    described = (
        parse_metadata(bronze.read(table.metadata), table_id=table.table_id)
        for table in collection.tables
    )
    regions = (table.variable(REGION) for table in described)
    return frozenset(code for region in regions if region for code in region.codes)
