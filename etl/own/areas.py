"""An operator's own divisions: files in the data folder, read and validated whole.

`areas/NAME.csv` says which DeSO or RegSO an area consists of (code;id;name, and parent if there
is one); `areas/NAME.gpkg`, `.geojson` or `.parquet` draws them; `areas/NAME.toml` has the words:

    name_sv = "Stadsdel"
    name_en = "District"
    id = "KOD"        # of a layer: the column with the areas' ids
    name = "NAMN"     # of a layer: the column with their names

Every fault of every file is said at once, and nothing is built until they are mended.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from barometer import operator_files
from barometer.divisions import OWN, meant_code
from barometer.operator_files import read_toml, utf8_text
from etl.own.polygons import OwnAreasError, base_of, drawn, layer_of, some, wrong_words
from etl.providers.parsers import KnownArea
from etl.text import LONGEST_NAME, clean_label, is_of_a_program

LAYERS: Final = (".gpkg", ".geojson", ".parquet")
KINDS: Final = (".csv", *LAYERS, ".toml")
_NAME: Final = re.compile(r"[a-z][a-z0-9-]{1,29}")
_WORDS: Final = frozenset({"name_sv", "name_en", "id", "name"})
_RESERVED: Final = frozenset({"own"})


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
        f"areas/{path.name} is no file of areas: take it out, or give {', '.join(KINDS)}"
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


def _by_name(paths: Iterable[Path]) -> dict[str, list[Path]]:
    named: dict[str, list[Path]] = {}
    for path in paths:
        if path.suffix.lower() in KINDS:
            named.setdefault(path.stem, []).append(path)
    return named


def _division(
    name: str,
    paths: Sequence[Path],
    areas: pd.DataFrame,
    shapes: gpd.GeoSeries,
    squares: gpd.GeoDataFrame | None,
) -> OwnDivision:
    described = [path for path in paths if path.suffix.lower() == ".toml"]
    data = [path for path in paths if path not in described]
    if not _NAME.fullmatch(name) or name in _RESERVED:
        raise OwnAreasError(
            [f"areas/{name}: call the file by 2 to 30 small letters a-z, figures and hyphens"]
        )
    if len(data) != 1 or len(described) > 1:
        said = " and ".join(path.name for path in paths)
        only = "only " if len(paths) == 1 else ""
        raise OwnAreasError(
            [f"areas/{name}: there is {only}{said}: give one file of areas, and one .toml at most"]
        )
    words = words_of(name, described[0] if described else None)
    found = (
        _listed(data[0], areas)
        if data[0].suffix.lower() == ".csv"
        else drawn(data[0], words, base_of(areas, shapes), squares)
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
        raise OwnAreasError(
            [f'areas/{name}.toml cannot be read: {error}: write rows as name_sv = "Stadsdel"']
        ) from error
    faults = [
        f"areas/{name}.toml: {key} is none of {', '.join(sorted(_WORDS))}: mend the word"
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
    called: dict[str, tuple[str, str]] = {}
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
        elif wrong := wrong_words(own_id, name or own_id, parent, called):
            faults.append(f"{place}: {wrong}")
        else:
            seen[code] = own_id
            kept.append((own_id, name or own_id, parent, code))
    if not kept and not faults:
        faults.append(f"areas/{path.name} has no rows: give code;id;name, one area a row")
    if faults:
        raise OwnAreasError(some(faults))
    return pd.DataFrame(kept, columns=["id", "name", "parent", "area_id"]), 0, "listed"


def rows_of(path: Path) -> tuple[list[tuple[int, dict[str, str]]], list[str]]:
    """The rows of a key file with their lines, or its faults."""
    try:
        (_, first), *rows = [*operator_files.rows_of(utf8_text(path.read_bytes()))] or [(1, [])]
    except ValueError as error:
        return [], [f"areas/{path.name}: {error}"]
    columns = [name.lower() for name in first]
    doubled = sorted({name for name in columns if columns.count(name) > 1})
    if doubled:
        return [], [f"areas/{path.name} has the column {doubled[0]} twice: keep one"]
    lacking = [name for name in ("code", "id") if name not in columns]
    if lacking:
        return [], [
            f"areas/{path.name} lacks the column {' and '.join(lacking)}: its first row is "
            "code;id;name, with parent if there is one"
        ]
    longer = [line for line, row in rows if any(row[len(columns) :])]
    faults = [
        f"areas/{path.name} row {line} has more cells than the first: put a text with a ; or , in "
        "quotes"
        for line in longer
    ]
    return [
        (line, dict(zip_longest(columns, row[: len(columns)], fillvalue=""))) for line, row in rows
    ], faults


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


def named_areas(folder: Path) -> dict[str, KnownArea]:
    """Every area of a folder's files by its code in the snapshot, "delar:norr".

    Raises:
        OwnAreasError: with what is wrong with a file that cannot be read.
    """
    kinds = (".csv", *LAYERS)
    given = [p for p in own_files(folder).paths if p.suffix.lower() in kinds and p.is_file()]
    return {
        f"{path.stem}:{own}": KnownArea(OWN, name)
        for path in given
        for own, name in _names(path).items()
    }


def _names(path: Path) -> dict[str, str]:
    if path.suffix.lower() == ".csv":
        rows, faults = rows_of(path)
        if faults:
            raise OwnAreasError(faults)
        return {row["id"].strip(): row.get("name", "").strip() or row["id"] for _, row in rows}
    words = path.with_suffix(".toml")
    layer = layer_of(path, words_of(path.stem, words if words.is_file() else None))
    return dict(zip(layer["id"], layer["name"], strict=True))
