"""An operator's own divisions: files in the data folder, read and validated whole.

`areas/NAME.csv` says which DeSO or RegSO an area consists of (code;id;name, and parent if there
is one); `areas/NAME.gpkg`, `.geojson` or `.parquet` draws them; `areas/NAME.toml` has the words:

    name_sv = "Stadsdel"
    name_en = "District"
    id = "KOD"        # of a layer: the column with the areas' ids
    name = "NAMN"     # of a layer: the column with their names

Every fault of every file is said at once, and nothing is built until they are mended.
"""

import csv
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from barometer.divisions import meant_code
from etl.errors import PipelineError
from etl.outlines import CRS
from etl.squares import residents_of
from etl.text import LONGEST_NAME, clean_label, excerpt, is_of_a_program, read_toml, utf8_text

LAYERS: Final = (".gpkg", ".geojson", ".parquet")
KINDS: Final = (".csv", *LAYERS, ".toml")
_NAME: Final = re.compile(r"[a-z][a-z0-9-]{1,29}")
_ID: Final = re.compile(r"[A-Za-z0-9ÅÄÖåäö_-]{1,40}")
_MOSTLY: Final = 0.5  # of an area's surface, for it to be counted whole to a polygon
_SHARED: Final = 10_000.0  # square metres that two polygons may share: lines drawn twice
_SAID: Final = 5  # of a kind of fault that are named
_WORDS: Final = frozenset({"name_sv", "name_en", "id", "name"})
_RESERVED: Final = frozenset({"own"})


class OwnAreasError(PipelineError):
    """Own divisions cannot be used; the message has every fault, its place and what to do."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(["the own areas cannot be used:", *(f"- {f}" for f in faults)]))


@dataclass(frozen=True, slots=True)
class OwnDivision:
    """One division: `members` has id, name, parent and area_id, a row for each area in it.

    `method` is "listed" (codes), "majority" (polygons, whole areas by the larger part of their
    surface) or "residents" (by where the most of their residents live). `n_cut`
    areas are cut by a polygon's border; `n_outside` of the `n_there` areas of its kommuner lie in
    none of its own.
    """

    name: str
    title_sv: str
    title_en: str
    method: str
    members: pd.DataFrame
    n_cut: int
    n_outside: int
    n_there: int


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """The files of own divisions in a data folder; their bytes are part of a snapshot's inputs."""

    folder: Path
    paths: tuple[Path, ...] = field(default_factory=tuple)

    @property
    def fingerprint(self) -> str:
        """Checksum over the files; empty without any."""
        if not self.paths:
            return ""
        digest = hashlib.sha256()
        for path in self.paths:
            digest.update(path.name.encode())
            digest.update(path.read_bytes() if path.is_file() else b"")
        return digest.hexdigest()

    @property
    def are_drawn(self) -> bool:
        """Whether any of them holds polygons."""
        return any(path.suffix.lower() not in (".csv", ".toml") for path in self.paths)


NO_FILES: Final = OwnFiles(Path())


def own_files(folder: Path) -> OwnFiles:
    """The files of a folder, whatever they are; none where there is no folder."""
    given = (p for p in folder.glob("*") if p.is_file() or p.suffix.lower() in KINDS)
    return OwnFiles(folder, tuple(sorted(p for p in given if not is_of_a_program(p))))


def read_own_divisions(
    files: OwnFiles,
    areas: pd.DataFrame,
    *,
    shapes: gpd.GeoSeries,
    squares: gpd.GeoDataFrame | None = None,
) -> tuple[OwnDivision, ...]:
    """Every division of the files.

    `areas` is the register with area_id, level, division and kommun_id; `shapes` the boundaries by
    area_id, which polygons are laid over; `squares` say where people live, if that is known.

    Raises:
        OwnAreasError: with every fault of every file.
    """
    faults = [
        f"areas/{path.name} is no file of areas: give {', '.join(KINDS)}"
        for path in files.paths
        if path.suffix.lower() not in KINDS
    ]
    faults += [
        f"areas/{path.name} is no file that can be read: put it there again"
        for path in files.paths
        if not path.is_file()
    ]
    if faults:
        raise OwnAreasError(faults)
    divisions = []
    for name, paths in _by_name(files.paths).items():
        try:
            divisions.append(_division(name, paths, areas, shapes, squares))
        except OwnAreasError as error:
            faults += error.faults
    if faults:
        raise OwnAreasError(faults)
    return tuple(divisions)


def _by_name(paths: Iterable[Path]) -> dict[str, dict[str, Path]]:
    named: dict[str, dict[str, Path]] = {}
    for path in paths:
        if path.suffix.lower() in KINDS:
            named.setdefault(path.stem, {})[path.suffix.lower()] = path
    return named


def _division(
    name: str,
    paths: Mapping[str, Path],
    areas: pd.DataFrame,
    shapes: gpd.GeoSeries,
    squares: gpd.GeoDataFrame | None,
) -> OwnDivision:
    data = [path for suffix, path in paths.items() if suffix != ".toml"]
    if not _NAME.fullmatch(name) or name in _RESERVED:
        raise OwnAreasError(
            [f"areas/{name}: call the file by 2 to 30 small letters a-z, figures and hyphens"]
        )
    if len(data) != 1:
        said = ", ".join(path.name for path in data) or f"only {name}.toml"
        raise OwnAreasError([f"areas/{name}: there is {said}: give one file of areas"])
    words = words_of(name, paths.get(".toml"))
    found = (
        _listed(data[0], areas)
        if data[0].suffix.lower() == ".csv"
        else _drawn(data[0], words, _base(areas, shapes), squares)
    )
    members, n_cut, method = found
    n_outside, n_there = _gaps(members, areas)
    return OwnDivision(
        name=name,
        title_sv=words.get("name_sv", name),
        title_en=words.get("name_en", words.get("name_sv", name)),
        method=method,
        members=members,
        n_cut=n_cut,
        n_outside=n_outside,
        n_there=n_there,
    )


def words_of(name: str, path: Path | None) -> dict[str, str]:
    """The words of a division, every one a name on one line."""
    if path is None:
        return {}
    try:
        words = read_toml(path)
    except ValueError as error:
        raise OwnAreasError([f"areas/{name}.toml cannot be read: {error}"]) from error
    faults = [
        f"areas/{name}.toml: {key} is none of {', '.join(sorted(_WORDS))}"
        for key in set(words) - _WORDS
    ]
    faults += [
        f"areas/{name}.toml: {key} is no name on one line: write a short text"
        for key, word in words.items()
        if not isinstance(word, str) or not _is_name(word)
    ]
    if faults:
        raise OwnAreasError(sorted(faults))
    return words


def _is_name(text: str) -> bool:
    return 0 < len(text) <= LONGEST_NAME and clean_label(text) == text


def _listed(path: Path, areas: pd.DataFrame) -> tuple[pd.DataFrame, int, str]:
    """The rows of a key file, validated."""
    rows, faults = rows_of(path)
    level_of = dict(zip(areas["area_id"], areas["level"] + " " + areas["division"], strict=True))
    kind, seen, kept = "", dict[str, str](), list[tuple[str, str, str, str]]()
    for number, row in rows:
        place = f"areas/{path.name} row {number}"
        written, own_id, name, parent = (
            clean_label(row.get(key, "")) for key in ("code", "id", "name", "parent")
        )
        code = meant_code(written)
        own = level_of.get(code, "")
        kind = kind or own
        if own.split(" ")[0] not in ("regso", "deso"):
            faults.append(f"{place}: {written!r} is no DeSO or RegSO of the figures: mend the code")
        elif own != kind:
            faults.append(
                f"{place}: {code} is {own} and the first code {kind}: keep to one level and year"
            )
        elif code in seen:
            faults.append(
                f"{place}: {code} is in {seen[code]} already: let it lie in one area, once"
            )
        elif wrong := _wrong_name(own_id, name, parent):
            faults.append(f"{place}: {wrong}")
        else:
            seen[code] = own_id
            kept.append((own_id, name or own_id, parent, code))
    if not kept and not faults:
        faults.append(f"areas/{path.name} has no rows: give code;id;name, one area a row")
    if faults:
        raise OwnAreasError(_some(faults))
    return pd.DataFrame(kept, columns=["id", "name", "parent", "area_id"]), 0, "listed"


def _wrong_name(own_id: str, name: str, parent: str) -> str:
    """What is wrong with an area's id and names, "" where nothing is."""
    if not _ID.fullmatch(own_id):
        return f"the id {own_id!r} has other signs than letters, figures, - _"
    is_long = max(len(name), len(parent)) > LONGEST_NAME
    return f"a name is longer than {LONGEST_NAME} letters: shorten it" if is_long else ""


def rows_of(path: Path) -> tuple[list[tuple[int, dict[str, str]]], list[str]]:
    """The numbered rows of a key file, or its faults."""
    try:
        text = utf8_text(path.read_bytes())
    except ValueError as error:
        return [], [f"areas/{path.name}: {error}"]
    lines = text.splitlines()
    delimiter = max(";,\t", key=(lines or [""])[0].count)
    reader = csv.DictReader(lines, delimiter=delimiter)
    columns = [str(name).strip().lower() for name in reader.fieldnames or ()]
    doubled = sorted({name for name in columns if columns.count(name) > 1})
    if doubled:
        return [], [f"areas/{path.name} has the column {doubled[0]} twice: keep one"]
    lacking = [name for name in ("code", "id") if name not in columns]
    if lacking:
        return [], [
            f"areas/{path.name} lacks the column {' and '.join(lacking)}: its first row is "
            "code;id;name, with parent if there is one"
        ]
    reader.fieldnames = columns
    try:
        rows = [{k: v or "" for k, v in row.items() if k} for row in reader]
    except csv.Error as error:
        place = f"areas/{path.name} row {reader.line_num + 1}"
        return [], [f"{place} cannot be read ({error}): mend it"]
    return list(enumerate(rows, 2)), []


def _drawn(
    path: Path,
    words: Mapping[str, str],
    base: gpd.GeoDataFrame,
    squares: gpd.GeoDataFrame | None,
) -> tuple[pd.DataFrame, int, str]:
    """The areas that lie mostly in each polygon of a layer: by their residents or their surface."""
    layer = layer_of(path, words)
    pieces = gpd.overlay(base, layer[["id", "geometry"]], how="intersection", keep_geom_type=True)
    areas = base[base["area_id"].isin(pieces["area_id"])].set_index("area_id")
    pieces["surface"] = pieces.area / pieces["area_id"].map(areas.area).astype(float)
    pieces["share"] = _living(pieces, areas, squares)
    largest = pieces.sort_values("share").groupby("area_id").tail(1)
    inside = largest[largest["share"] > _MOSTLY]
    cut = int((inside["surface"] < 0.99).sum())
    empty = sorted(set(layer["id"]) - set(inside["id"]))
    if empty:
        raise OwnAreasError(
            [
                f"areas/{path.name}: {own_id} has most of no DeSO: merge it with a neighbour"
                for own_id in empty[:_SAID]
            ]
        )
    found = inside.merge(layer[["id", "name", "parent"]], on="id")
    method = "majority" if squares is None else "residents"
    return found[["id", "name", "parent", "area_id"]].reset_index(drop=True), cut, method


def _living(
    pieces: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, squares: gpd.GeoDataFrame | None
) -> "pd.Series[float]":
    """Each piece's share of its area's residents; of its surface where nobody is known to live."""
    surface: "pd.Series[float]" = pieces["surface"]
    if squares is None:
        return surface
    there = residents_of(areas, squares)
    living = residents_of(pieces, squares) / pieces["area_id"].map(there).astype(float)
    return living.where(np.isfinite(living), surface)


def layer_of(path: Path, words: Mapping[str, str]) -> gpd.GeoDataFrame:
    """A layer of polygons in metres, validated."""
    try:
        if path.suffix.lower() in (".geojson", ".json"):
            utf8_text(path.read_bytes())
        read = gpd.read_parquet if path.suffix.lower() == ".parquet" else gpd.read_file
        layer = read(path)
    except Exception as error:  # each format has its own kinds of fault
        why = excerpt(str(error).replace(str(path), path.name))
        raise OwnAreasError(
            [f"areas/{path.name} cannot be read as a layer ({why}): save it again"]
        ) from error
    if layer.empty:
        raise OwnAreasError([f"areas/{path.name} has no areas: draw them or take it out"])
    keys = [words.get("id", "id"), words.get("name", "name")]
    lacking = [key for key in keys if key not in layer.columns]
    if lacking:
        there = ", ".join(str(c) for c in layer.columns if c != "geometry")
        raise OwnAreasError(
            [
                f"areas/{path.name} lacks the column {key}: name one of {there} in {path.stem}.toml"
                for key in lacking
            ]
        )
    if layer.crs is None:
        raise OwnAreasError([f"areas/{path.name} says no coordinate system: save it with one"])
    ids, names = (_texts(layer[key]) for key in keys)
    columns = {
        "id": ids,
        "name": names.where(names != "", ids),
        "parent": _texts(layer["parent"]) if "parent" in layer.columns else "",
    }
    found = gpd.GeoDataFrame(columns, geometry=layer.geometry.values, crs=layer.crs).to_crs(CRS)
    faults = [f"areas/{path.name}: {fault}" for fault in _shape_faults(found)]
    if faults:
        raise OwnAreasError(_some(faults))
    return found.dissolve("id", aggfunc="first").reset_index()


def _texts(column: "pd.Series[Any]") -> "pd.Series[str]":
    """A column's values as text on one line, "" where there is none."""
    texts = ["" if pd.isna(value) else clean_label(str(value)[:LONGEST_NAME]) for value in column]
    return pd.Series(texts, index=column.index, dtype=object)


def _shape_faults(layer: gpd.GeoDataFrame) -> Iterable[str]:
    for row in layer.itertuples(index=False):
        shape = row.geometry
        if shape is None or shape.is_empty or (shape.is_valid and shape.area == 0):
            yield f"{row.id} has no surface: draw it or take it out"
        elif not shape.is_valid:
            yield f"{row.id} crosses itself ({shapely.is_valid_reason(shape)}): mend its border"
        elif not _ID.fullmatch(str(row.id)):
            yield f"the id {row.id!r} has other signs than letters, figures, - and _"
    sound = layer[layer.geometry.is_valid & ~layer.geometry.is_empty]
    first, second = sound.sindex.query(sound.geometry, predicate="intersects")
    for a, b in zip(first.tolist(), second.tolist(), strict=True):
        one, other = sound.iloc[a], sound.iloc[b]
        if a < b and one["id"] != other["id"]:
            shared = one.geometry.intersection(other.geometry).area
            if shared > _SHARED:
                yield (
                    f"{one['id']} and {other['id']} overlap by {shared / 1e4:.0f} ha: let their "
                    "borders meet"
                )


def _base(areas: pd.DataFrame, shapes: gpd.GeoSeries) -> gpd.GeoDataFrame:
    """DeSO of the newest division that has boundaries."""
    deso = areas[(areas["level"] == "deso") & areas["area_id"].isin(shapes.index)]
    if deso.empty:
        raise OwnAreasError(
            ["polygons need the boundaries of DeSO, and there are none: give codes"]
        )
    newest = deso[deso["division"] == deso["division"].max()]
    ids = newest["area_id"].tolist()
    return gpd.GeoDataFrame({"area_id": ids}, geometry=shapes.reindex(ids).values, crs=shapes.crs)


def _gaps(members: pd.DataFrame, areas: pd.DataFrame) -> tuple[int, int]:
    """How many areas of a division's kommuner lie in none of its own, and of how many."""
    chosen = set(members["area_id"])
    known = areas[areas["area_id"].isin(chosen)]
    if known.empty:
        return 0, 0
    level, division = known["level"].iloc[0], known["division"].iloc[0]
    there = areas[(areas["level"] == level) & (areas["division"] == division)]
    parts = there[there["kommun_id"].isin(known["kommun_id"])]
    return int((~parts["area_id"].isin(chosen)).sum()), len(parts)


def _some(faults: Sequence[str]) -> list[str]:
    """The first faults, and how many more there are."""
    rest = len(faults) - 3 * _SAID
    return [*faults[: 3 * _SAID], *([f"and {rest} more of the kind"] if rest > 0 else [])]


def own_id(division: OwnDivision, area: str) -> str:
    """An area's code in the snapshot and in addresses: "stadsdelar:12"."""
    return f"{division.name}:{area}"


def as_rows(divisions: Sequence[OwnDivision]) -> pd.DataFrame:
    """own_id and area_id of every area of every division, as `chosen` is asked for."""
    rows = [
        (own_id(division, str(area)), str(code))
        for division in divisions
        for area, code in zip(division.members["id"], division.members["area_id"], strict=True)
    ]
    return pd.DataFrame(rows, columns=["own_id", "area_id"], dtype=np.dtype(object))
