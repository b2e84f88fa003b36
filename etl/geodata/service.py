"""Boundaries from SCB's geodata service: downloaded once, verified, kept as GeoParquet layers.

The folder of kept layers is one that `FolderBoundaries` reads. A layer is a file with all of SCB's
attributes, named in lower case, and a line of `layers.json` with its checksum.
"""

import hashlib
import io
import time
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import httpx
import orjson
import pandas as pd

from barometer.divisions import Division, Level, parse_area_code
from etl.fetch.bronze import write_atomically
from etl.fetch.survey import utc_now
from etl.geodata.outlines import Outlines, OutlinesError, check_outlines, clean_codes
from etl.geodata.wfs import SCB_GEODATA, Format, GeodataError, NoAnswerError, open_service, why

_MANIFEST: Final = "layers.json"
_GIVE_UP_AFTER: Final = 2  # layers in a row that a service gives no answer for


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of the service; `suffix` is what SCB's tables add to its codes."""

    name: str
    level: Level
    division: Division
    code: str
    suffix: str


LAYERS: Final = (
    Layer("DeSO_2018", "deso", "2018", "desokod", ""),
    Layer("DeSO_2025", "deso", "2025", "desokod", "_DeSO2025"),
    Layer("RegSO_2020", "regso", "2018", "regsokod", ""),
    Layer("RegSO_2025", "regso", "2025", "regsokod", "_RegSO2025"),
)


@dataclass(frozen=True, slots=True)
class StoredLayer:
    """A line of the manifest.

    `mended` are areas whose outline crossed itself; `lacking` are areas of the tables that the
    layer has no outline for.
    """

    name: str
    url: str
    format: Format
    retrieved: str
    sha256: str
    features: int
    mended: tuple[str, ...]
    lacking: tuple[str, ...]


def missing_layers(folder: Path, *, area_ids: Collection[str]) -> tuple[Layer, ...]:
    """The layers that the areas need and the folder has not, or has with another checksum."""
    kept = {layer.name: layer for layer in stored_layers(folder)}
    return tuple(
        layer
        for layer in LAYERS
        if _of_layer(area_ids, layer=layer)
        and (layer.name not in kept or not _is_whole(folder, kept[layer.name]))
    )


def stored_layers(folder: Path) -> tuple[StoredLayer, ...]:
    """The manifest's lines; none when there is no manifest that can be read."""
    try:
        lines = orjson.loads((folder / _MANIFEST).read_bytes())
        return tuple(
            StoredLayer(
                **{**line, "mended": tuple(line["mended"]), "lacking": tuple(line["lacking"])}
            )
            for line in lines
        )
    except (FileNotFoundError, orjson.JSONDecodeError, KeyError, TypeError):
        return ()


def download_layers(
    folder: Path,
    *,
    area_ids: Collection[str],
    url: str = SCB_GEODATA,
    transport: httpx.BaseTransport | None = None,
    attempts: int = 4,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
    on_progress: Callable[[str], None] | None = None,
    noted: Callable[[str], None] | None = None,
) -> tuple[StoredLayer, ...]:
    """Download the layers that the tables' areas need and the folder lacks; returns all kept.

    Each is kept as soon as it is verified, so an interrupted run goes on where it stopped.
    `on_progress` hears each layer's name before it is asked for, `noted` what was left out of one.

    Raises:
        GeodataError: a layer cannot be had, or is not the one of these areas. The others were
            asked for all the same; NoAnswerError when the service is down.
    """
    faults: list[str] = []
    silent = 0
    with open_service(
        url, transport=transport, attempts=attempts, clock=clock, sleep=sleep
    ) as service:
        for layer in missing_layers(folder, area_ids=area_ids):
            if silent >= _GIVE_UP_AFTER:
                faults.append(f"stat:{layer.name} was not asked for")
                continue
            if on_progress:
                on_progress(layer.name)
            wanted = _of_layer(area_ids, layer=layer)
            try:
                check = partial(_outlines, of=layer, requested=wanted)
                outlines, kind = service.fetch(f"stat:{layer.name}", code=layer.code, check=check)
                _keep(folder, layer, outlines, kind=kind, url=url, codes=wanted)
            except GeodataError as error:
                faults.append(str(error))
                silent += isinstance(error, NoAnswerError)
                continue
            if noted:
                for note in outlines.notes:
                    noted(note)
    if faults:
        fault = NoAnswerError if silent >= _GIVE_UP_AFTER else GeodataError
        raise fault(
            f"{'; '.join(faults)}. Run the same command again later, give the layers with "
            "--boundaries DIR, or use --geodata none for kommun and län outlines only"
        )
    return stored_layers(folder)


def _outlines(layer: gpd.GeoDataFrame, *, of: Layer, requested: Collection[str]) -> Outlines:
    """The layer's usable records with `area_id`.

    Raises:
        GeodataError: it is not this layer.
    """
    codes = clean_codes(layer[of.code], level=of.level, division=of.division)
    try:
        return check_outlines(
            layer.assign(area_id=codes),
            level=of.level,
            division=of.division,
            name=f"stat:{of.name}",
            expected=requested,
        )
    except OutlinesError as error:
        raise GeodataError(str(error)) from error


def _of_layer(area_ids: Collection[str], *, layer: Layer) -> frozenset[str]:
    areas = ((code, parse_area_code(code)) for code in area_ids)
    return frozenset(
        code
        for code, area in areas
        if area and (area.level, area.division) == (layer.level, layer.division)
    )


def _is_mixed(column: "pd.Series[Any]") -> bool:
    """Whether an attribute is of several kinds, which no file can keep as they are."""
    return column.dtype == object and not column.map(lambda x: x is None or type(x) is str).all()


def _keep(
    folder: Path,
    layer: Layer,
    outlines: Outlines,
    *,
    kind: Format,
    url: str,
    codes: frozenset[str],
) -> None:
    """Write the layer's file whole, then its line of the manifest."""
    ids = frozenset(outlines.frame["area_id"])
    plain = outlines.frame.drop(columns="area_id")
    mixed = [name for name in plain if _is_mixed(plain[name])]
    plain[mixed] = plain[mixed].astype(str)
    packed = io.BytesIO()
    try:
        plain.sort_values(layer.code, ignore_index=True).to_parquet(packed, index=False)
    except Exception as error:  # whatever the libraries raise for attributes of odd kinds
        raise GeodataError(f"stat:{layer.name} cannot be kept ({why(error)})") from error
    content = packed.getvalue()
    folder.mkdir(parents=True, exist_ok=True)
    write_atomically(_path(folder, layer.name), content)
    line = StoredLayer(
        name=layer.name,
        url=url,
        format=kind,
        retrieved=utc_now(),
        sha256=hashlib.sha256(content).hexdigest(),
        features=len(plain),
        mended=outlines.mended,
        lacking=tuple(sorted(codes - ids)),
    )
    others = [kept for kept in stored_layers(folder) if kept.name != layer.name]
    lines = [asdict(kept) for kept in (*others, line)]
    write_atomically(folder / _MANIFEST, orjson.dumps(lines, option=orjson.OPT_INDENT_2))


def _path(folder: Path, name: str) -> Path:
    return folder / f"{name}.parquet"


def _is_whole(folder: Path, layer: StoredLayer) -> bool:
    try:
        content = _path(folder, layer.name).read_bytes()
    except FileNotFoundError:
        return False
    return hashlib.sha256(content).hexdigest() == layer.sha256
