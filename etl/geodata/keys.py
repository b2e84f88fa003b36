"""SCB's dated files beside the layers: the RegSO of every DeSO, and how DeSO have changed.

The layers say it too, where the geodata service answers. SCB gives the files new names when it
corrects them; one that has gone is told of, and an operator can give it.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import httpx
import pandas as pd

from barometer.divisions import Division, parse_area_code, plain_code
from etl.errors import PipelineError
from etl.fetch.bronze import write_atomically
from etl.geodata.changes import read_changes, xlsx_sheets
from etl.geodata.wfs import GeodataError
from etl.network.download import open_client, read_to_file
from etl.network.limited import Bounds

SCB_KEYS: Final = "https://www.scb.se/contentassets/923c3627a8a042a5b9215e8ff3bde0a3"
CHANGES: Final = "changes.xlsx"
_CHANGES_AT_SCB: Final = "deso-historiska-forandringar-2025-09-19.xlsx"
_BOUNDS: Final = Bounds(max_bytes=20_000_000, seconds=120)
_DESO: Final = re.compile(r"\d{4}[ABC]\d{4}")
_REGSO: Final = re.compile(r"\d{4}R\d{3}")
_SHARE_UNKNOWN: Final = 0.01  # of the DeSO: more without a RegSO means another file

Keep = Callable[[Path, Path], None]
"""Reads what has arrived and keeps it; raises what is wrong with it."""


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A file of keys at SCB, and the division that it is of."""

    name: str
    division: Division

    @property
    def kept_as(self) -> str:
        """Its name among the layers of a data folder."""
        return f"key_deso_{self.division}.parquet"


KEY_FILES: Final = (
    KeyFile("koppling-deso2018-regso2020_2026-03-25.xlsx", "2018"),
    KeyFile("koppling-deso2025-regso2025_2026-03-25.xlsx", "2025"),
)


def download_keys(
    folder: Path,
    changes: Path,
    *,
    area_ids: Collection[str],
    url: str = SCB_KEYS,
    transport: httpx.BaseTransport | None = None,
    on_progress: Callable[[str], None],
) -> None:
    """Keep the keys that the tables' areas need in a folder of layers, and the file of changes.

    What is kept already is not asked for again; each file is kept as soon as it has been read.

    Raises:
        GeodataError: listing the files that cannot be had or are not what they should be.
    """
    faults: list[str] = []
    requested = {key: _deso_of(area_ids, key=key) for key in KEY_FILES}
    with open_client(transport=transport) as client:
        for name, kept, keep in _missing(folder, changes, requested):
            on_progress(name)
            arrived = kept.with_name(f"{kept.stem}.part.xlsx")
            try:
                read_to_file(client, f"{url}/{name}", arrived, _BOUNDS, progress=lambda *_: None)
                keep(arrived, kept)
            except (httpx.HTTPError, PipelineError) as error:
                faults.append(f"{name}: {_why(error)}")
            finally:
                arrived.unlink(missing_ok=True)
    if faults:
        raise GeodataError(
            f"SCB's files of keys cannot be used: {'; '.join(faults)}. SCB dates their names: look "
            "on its page of DeSO for the newest, and give keys with --boundaries and changes with "
            "--changes"
        )


def _missing(
    folder: Path, changes: Path, requested: Mapping[KeyFile, Collection[str]]
) -> Iterator[tuple[str, Path, Keep]]:
    for key, deso in requested.items():
        if deso and not (folder / key.kept_as).is_file():
            yield key.name, folder / key.kept_as, partial(_keep_key, requested=deso)
    if all(requested.values()) and not changes.is_file():
        yield _CHANGES_AT_SCB, changes, _keep_changes


def _keep_key(arrived: Path, kept: Path, *, requested: Collection[str]) -> None:
    """Keep a key as Parquet, when it is the one of these DeSO."""
    key = read_key(arrived)
    lacking = sorted(set(requested) - set(key["deso"]))
    if len(lacking) > _SHARE_UNKNOWN * len(requested):
        raise GeodataError(
            f"{len(lacking)} of {len(requested)} DeSO of the tables have no RegSO in it "
            f"({', '.join(lacking[:5])})"
        )
    write_atomically(kept, key.to_parquet(index=False))


def _keep_changes(arrived: Path, kept: Path) -> None:
    read_changes(arrived)
    arrived.replace(kept)


def read_key(path: Path) -> pd.DataFrame:
    """The pairs deso, regso (plain codes) of a workbook, whatever its headings are called.

    Raises:
        GeodataError: it is no workbook, or has no row with the codes of both.
    """
    try:
        rows = [[plain_code(cell) for cell in row] for rows in xlsx_sheets(path) for row in rows]
    except Exception as error:  # openpyxl lets through whatever a damaged file makes it raise
        raise GeodataError(f"is no workbook ({type(error).__name__})") from error
    key = pd.DataFrame(_pairs(rows), columns=["deso", "regso"]).drop_duplicates(ignore_index=True)
    if key.empty:
        raise GeodataError("no row has the codes of a DeSO and of a RegSO")
    doubled = key.loc[key["deso"].duplicated(), "deso"].tolist()
    if doubled:
        raise GeodataError(f"{', '.join(doubled[:5])}: in several RegSO")
    return key


def _pairs(rows: list[list[str]]) -> Iterator[tuple[str, str]]:
    for row in rows:
        deso, regso = (next(filter(code.fullmatch, row), None) for code in (_DESO, _REGSO))
        if deso and regso:
            yield deso, regso


def _deso_of(area_ids: Collection[str], *, key: KeyFile) -> frozenset[str]:
    """Plain codes of the tables' DeSO of a key's division."""
    areas = filter(None, map(parse_area_code, area_ids))
    return frozenset(
        plain_code(area.area_id)
        for area in areas
        if (area.level, area.division) == ("deso", key.division)
    )


def _why(error: Exception) -> str:
    if isinstance(error, httpx.HTTPStatusError):
        return f"HTTP {error.response.status_code}"
    return str(error) if isinstance(error, PipelineError) else type(error).__name__
