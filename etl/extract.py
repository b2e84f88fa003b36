"""An extract: a country's tables, keys, boundaries and places in a folder, checked when it is read.

tables/            tables.json, TABxxxx.json, TABxxxx.parquet, regions.parquet, codelists/
boundaries/        GeoParquet, one file a layer
keys/              which RegSO each DeSO lies in
places.csv         name, lat, lon, population (for order alone), geonameid
towns.csv          name, lat, lon, population (for order alone), id; where SCB's were fetched
squares.parquet    residents of squares of 1 km (for polygons alone); where they were fetched
ground.parquet     land of the neighbouring countries
contract.json      which figures are sums of published ones, and price years
checks.json        rows, missing cells and sums of every table
SHA256SUMS         checksums of all of these
"""

import hashlib
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import orjson
import pandas as pd

from etl.errors import PipelineError
from etl.snapshot.sums import CONTRACT

SUMS: Final = "SHA256SUMS"
CHECKS: Final = "checks.json"
TABLES: Final = "tables"
EXTRACT: Final = Path(__file__).parents[1] / "data" / "sweden"  # the one that comes with the code
LAYERS: Final = ("boundaries", "keys")
BESIDE: Final = ("places.csv", "towns.csv", "squares.parquet", "ground.parquet", CONTRACT)


_DIGIT: Final = re.compile(r"\d")
_LETTER: Final = re.compile(r"[^R9]")


class ExtractError(PipelineError):
    """An extract is not as it was made; the message names the file and what was expected."""


def require_whole(folder: Path) -> None:
    """Compare an extract with its checksums and with the counts and sums it states.

    Raises:
        ExtractError: listing every file that is missing, damaged or of other figures.
    """
    faults = [*_checksum_faults(folder)]
    if not faults:
        faults = [*_figure_faults(folder)]
    if faults:
        listed = "\n- ".join(faults)
        raise ExtractError(
            f"The extract {folder} cannot be used; nothing is published:\n- {listed}\n"
            "Copy the whole folder again"
        )


def install_layers(folder: Path, target: Path, *, subfolder: str) -> None:
    """Put everything but the tables where a build finds it, in place of what was there.

    Layers and keys go into `target`, the rest into its subfolder `beside`.
    """
    if target.is_dir():
        shutil.rmtree(target)
    (target / subfolder).mkdir(parents=True)
    for name in LAYERS:
        for path in sorted((folder / name).glob("*.parquet")):
            shutil.copyfile(path, target / path.name)
    for name in BESIDE:
        if (folder / name).is_file():
            shutil.copyfile(folder / name, target / subfolder / name)


def write_checksums(folder: Path) -> None:
    """Fill SHA256SUMS with every file of the folder but itself and the README."""
    lines = [f"{_sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in _files(folder)]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def count_figures(rows: pd.DataFrame) -> dict[str, Any]:
    """Rows, missing cells, and the sum of each combination of codes by the length of its areas.

    The length of an area's code and its suffix tell levels apart without knowing them.
    """
    region = rows["Region"].astype("category")
    names, kind_of = np.unique(
        [_kind(code) for code in region.cat.categories.tolist()], return_inverse=True
    )
    kinds = pd.Categorical.from_codes(kind_of[region.cat.codes], pd.Index(names.astype(str)))
    codes = [name for name in rows.columns if name not in ("Region", "value", "status")]
    groups = rows.groupby([kinds, *codes], sort=True, observed=True)["value"]
    totals = groups.sum()
    keys = ["|".join(key) for key in totals.index.to_list()]
    sums = dict(zip(keys, totals.round(3).to_list(), strict=True))
    missing = int(rows["value"].isna().sum())
    return {"rows": len(rows), "missing": missing, "areas": region.nunique(), "sums": sums}


@cache
def _kind(code: str) -> str:
    bare, _, suffix = code.partition("_")
    kind = _LETTER.sub("A", _DIGIT.sub("9", bare))
    return f"{kind}_{suffix}" if suffix else kind


def _checksum_faults(folder: Path) -> Iterator[str]:
    listing = folder / SUMS
    if not listing.is_file():
        yield f"{SUMS} is missing: expected the checksums of all files of an extract"
        return
    for line in listing.read_text(encoding="utf-8").splitlines():
        expected, _, name = line.partition("  ")
        path = folder / name
        if not path.is_file():
            yield f"{name} is missing"
        elif (found := _sha256(path)) != expected:
            size = path.stat().st_size
            yield f"{name} ({size:,} bytes) has checksum {found[:12]}, expected {expected[:12]}"


def _figure_faults(folder: Path) -> Iterator[str]:
    stated: dict[str, Any] = orjson.loads((folder / CHECKS).read_bytes())
    for table_id, expected in stated.items():
        found = count_figures(pd.read_parquet(folder / TABLES / f"{table_id}.parquet"))
        for name in ("rows", "missing", "areas"):
            if found[name] != expected[name]:
                yield f"{table_id}.parquet has {found[name]:,} {name}, expected {expected[name]:,}"
        for codes in found["sums"].keys() | expected["sums"].keys():
            total, sum_ = found["sums"].get(codes), expected["sums"].get(codes)
            if total != sum_:
                yield f"{table_id}.parquet sums to {total} for {codes}, expected {sum_}"


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name not in (SUMS, "README.md") and path.suffix != ".part":
            yield path


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
