"""Making an extract: from a folder of tables, or from what a refresh has kept."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import orjson
import pandas as pd
import pyarrow.parquet as pq
import shapely

from etl.extract import (
    BESIDE,
    CHECKS,
    EXTRACT,
    TABLES,
    ExtractError,
    count_figures,
    require_whole,
    write_checksums,
)
from etl.fetch.bronze import Bronze, CollectedTable
from etl.fetch.parse import NOT_PUBLISHED, SUPPRESSED, parse_dataset
from etl.snapshot.sums import CONTRACT

# Metres: side of the triangle that a removed vertex may span, by the areas of a layer.
_TOLERANCES: Final = {"regso": 60.0, "deso": 25.0}
_GRID: Final = 0.1  # metres: neighbours' shared vertices stay shared


def pack_folder(source: Path, out: Path, *, contract: Path | None) -> None:
    """Make an extract of a folder with tables.json, TABxxxx.json and .parquet, boundaries, keys.

    `contract` states what is a sum (see etl.snapshot.sums); without it the folder's own is taken.
    """
    listed = orjson.loads((source / "tables.json").read_bytes())["tables"]
    tables = _folder_tables(source, [entry["id"] for entry in listed])
    _write_tables(out, listed, tables)
    if (source / "codelists").is_dir():
        target = out / TABLES / "codelists"
        target.mkdir(exist_ok=True)
        for path in sorted((source / "codelists").iterdir()):
            shutil.copyfile(path, target / path.name)
    _write_layers(sorted((source / "boundaries").glob("*.parquet")), out)
    _copy(sorted((source / "keys").glob("*.parquet")), out / "keys")
    beside = {
        "places.csv": source / "names" / "places.csv",
        "ground.parquet": source / "ground" / "land_northern_europe.parquet",
        CONTRACT: contract or source / CONTRACT,
    }
    _finish(out, beside)


def pack_bronze(bronze: Bronze, layers: Path, out: Path) -> None:
    """Make an extract of the last complete fetch and the layers kept beside it.

    Raises:
        ExtractError: nothing has been fetched, or a made-up country, which an extract would give
            out as SCB's.
    """
    collection = bronze.collection()
    if collection is None:
        raise ExtractError(f"{bronze.directory} holds no complete fetch: run refresh first")
    if collection.origin == "synthetic":
        raise ExtractError(
            f"{bronze.directory} holds the made-up country, which needs no extract: "
            "python -m etl refresh --synthetic makes it anywhere"
        )
    metadata = {t.table_id: orjson.loads(bronze.read(t.metadata)) for t in collection.tables}
    listed = [_summary(t, metadata[t.table_id]) for t in collection.tables]
    tables = ((t.table_id, metadata[t.table_id], _rows(bronze, t)) for t in collection.tables)
    _write_tables(out, listed, tables)
    files = sorted(layers.glob("*.parquet"))
    shaped = [path for path in files if _has_shapes(path)]
    if collection.origin == "scb-extract":
        _copy(shaped, out / "boundaries")  # generalised already: twice would move borders again
    else:
        _write_layers(shaped, out)
    keys = [path for path in files if path not in shaped]
    _copy(keys or sorted((EXTRACT / "keys").glob("*.parquet")), out / "keys")
    kept = {name: layers / "beside" / name for name in BESIDE}
    usual = {name: EXTRACT / name for name in BESIDE if name != CONTRACT}
    _finish(out, {name: p if p.is_file() else usual.get(name, p) for name, p in kept.items()})


def stored_origin(bronze: Bronze) -> str:
    """Where what is kept comes from; layers lie in a folder of that name."""
    collection = bronze.collection()
    return collection.origin if collection else "scb"


def _folder_tables(
    source: Path, ids: Sequence[str]
) -> Iterator[tuple[str, dict[str, Any], pd.DataFrame]]:
    for table_id in ids:
        metadata = orjson.loads((source / f"{table_id}.json").read_bytes())
        yield table_id, metadata, pd.read_parquet(source / f"{table_id}.parquet")


def _write_tables(out: Path, listed: Sequence[dict[str, Any]], tables: Any) -> None:
    """Figures as Parquet, metadata as JSON, and the labels of regions once for all tables."""
    folder = out / TABLES
    folder.mkdir(parents=True, exist_ok=True)
    kept = [{key: value for key, value in e.items() if key != "links"} for e in listed]
    _write_json(folder / "tables.json", {"tables": kept})
    labels: dict[str, str] = {}
    checks = {}
    for table_id, metadata, rows in tables:
        labels |= _lift_labels(metadata, rows)
        _write_json(folder / f"{table_id}.json", metadata)
        rows.to_parquet(folder / f"{table_id}.parquet", compression="zstd", index=False)
        checks[table_id] = count_figures(rows)
    regions = pd.DataFrame({"code": list(labels), "label": list(labels.values())})
    regions.to_parquet(folder / "regions.parquet", compression="zstd", index=False)
    _write_json(out / CHECKS, checks)


def _lift_labels(metadata: dict[str, Any], rows: pd.DataFrame) -> dict[str, str]:
    """Take the region's codes and labels out of the metadata: rows and regions.parquet have them.

    Labels that are the code itself are not kept.
    """
    category = metadata["dimension"]["Region"]["category"]
    present = dict.fromkeys(rows["Region"])
    codes = sorted(category["index"], key=category["index"].__getitem__)
    if [code for code in codes if code in present] != list(present):
        raise ExtractError(f"{metadata['label']}: rows are not in the order of the metadata")
    labels = {code: category["label"][code] for code in present}
    metadata["dimension"]["Region"]["category"] = {}
    place = metadata["id"].index("Region")
    metadata["size"][place] = len(present)
    return {code: label for code, label in labels.items() if label != code}


def _summary(table: CollectedTable, metadata: dict[str, Any]) -> dict[str, Any]:
    time = metadata["dimension"]["Tid"]["category"]["index"]
    years = sorted(time)
    names = [metadata["dimension"][code].get("label", code) for code in metadata["id"]]
    return {
        "id": table.table_id,
        "label": metadata["label"],
        "updated": table.updated,
        "firstPeriod": years[0],
        "lastPeriod": years[-1],
        "variableNames": names,
    }


def _rows(bronze: Bronze, table: CollectedTable) -> pd.DataFrame:
    """The kept answers of a table end to end, in the order of the metadata, missing cells too.

    Cells of which an extract says nothing are not in an extract of it either.
    """
    answers = [parse_dataset(bronze.read(entry)) for entry in table.data]
    metadata = orjson.loads(bronze.read(table.metadata))
    together = pd.concat([answer.astype({"status": object}) for answer in answers])
    ids = [code for code in metadata["id"] if code in together.columns]
    for code in ids:
        index = metadata["dimension"][code]["category"]["index"]
        order = sorted(index, key=index.__getitem__)
        together[code] = pd.Categorical(together[code].astype(str), categories=order)
    if table.metadata.origin == "scb-extract":
        together = together[together["status"] != NOT_PUBLISHED]
    rows = together.sort_values(ids).astype(dict.fromkeys(ids, str))
    marks = (rows["status"] == SUPPRESSED).map({True: "..", False: None})
    return rows.assign(status=marks)[[*ids, "value", "status"]].reset_index(drop=True)


def _write_layers(paths: Sequence[Path], out: Path) -> None:
    folder = out / "boundaries"
    folder.mkdir(parents=True, exist_ok=True)
    for path in paths:
        layer = gpd.read_parquet(path)
        level = "deso" if "desokod" in layer.columns else "regso"
        shapes = shapely.coverage_simplify(layer.geometry.to_numpy(), _TOLERANCES[level])
        layer = layer.set_geometry(shapely.set_precision(shapes, _GRID, mode="pointwise"))
        if not layer.geometry.is_valid.all():
            layer = layer.set_geometry(shapes)
        layer.to_parquet(folder / path.name, compression="zstd", compression_level=19)


def _copy(paths: Sequence[Path], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for path in paths:
        shutil.copyfile(path, folder / path.name)


def _finish(out: Path, others: dict[str, Path]) -> None:
    for name, path in others.items():
        if path.is_file() and path.resolve() != (out / name).resolve():
            shutil.copyfile(path, out / name)
    write_checksums(out)
    require_whole(out)


def _has_shapes(path: Path) -> bool:
    return b"geo" in (pq.read_schema(path).metadata or {})


def _write_json(path: Path, content: Any) -> None:
    path.write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n")
