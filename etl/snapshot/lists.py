"""Official lists of areas that the operator gives: data/lists/ holds what no server has.

utanforskapets_karta.csv has a row a RegSO: regso, and maybe category and edition. polisen.geojson
has the police's vulnerable areas as polygons (NAMN, KATEGORI) in SWEREF 99 TM or in degrees. Both
are kept by date; the police's areas mark no other area.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import orjson
import shapely
from shapely.geometry import shape

from etl.errors import PipelineError
from etl.providers.archive import Archive
from etl.providers.parsers import FileContext, FileFaultError, KnownArea
from etl.providers.parsers.rows import decode, rows_of
from etl.text import LONGEST_NAME, clean_label, excerpt, is_of_a_program

EXCLUSION: Final = "utanforskapets_karta"
_EXCLUSION_FILE: Final = f"{EXCLUSION}.csv"
_POLICE_FILE: Final = "polisen.geojson"
_SWEDEN: Final = (200_000, 6_100_000, 1_000_000, 7_700_000)  # SWEREF 99 TM
_OF_FEATURES: Final = ("properties", "geometry")
_COLUMNS: Final = frozenset({"regso", "category", "edition"})
# A code without its division: an edition of a year before 2025 follows the borders before.
_NEW_BORDERS: Final = 2025
_NEWEST_FIRST: Final = (2024, 2023)


class ListError(PipelineError):
    """A list of areas cannot be used; the message names every fault with its file and line."""


@dataclass(frozen=True, slots=True)
class ListedArea:
    """A RegSO on a list."""

    area_id: str
    category: str
    edition: str


@dataclass(frozen=True, slots=True)
class PoliceArea:
    """One of the police's areas, in SWEREF 99 TM."""

    name: str
    category: str
    edition: str
    shape: shapely.Geometry


@dataclass(frozen=True, slots=True)
class Lists:
    """What the operator has given; empty without files."""

    exclusion: tuple[ListedArea, ...] = ()
    police: tuple[PoliceArea, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Tells one content from another."""
        police = [(p.name, p.category, p.shape.wkb_hex) for p in self.police]
        return repr((self.exclusion, police)) if self.exclusion or self.police else ""


NO_LISTS: Final = Lists()


def read_lists(folder: Path, *, areas: Mapping[str, KnownArea], archive: Archive) -> Lists:
    """The lists of a folder.

    Raises:
        ListError: listing the faults of both files.
    """
    faults = [
        f"lists/{path.name}: is no list that is known: give {_EXCLUSION_FILE} or {_POLICE_FILE}"
        for path in (sorted(folder.iterdir()) if folder.is_dir() else ())
        if path.name not in (_EXCLUSION_FILE, _POLICE_FILE)
        and path.suffix.lower() in (".csv", ".geojson", ".json")
        and not is_of_a_program(path)
    ]
    found: list[ListedArea | PoliceArea] = []
    for name, read in ((_EXCLUSION_FILE, _exclusion), (_POLICE_FILE, _police)):
        path = folder / name
        if not path.is_file():
            if path.exists() or path.is_symlink():
                faults.append(f"lists/{name}: is no file that can be read: put it there again")
            continue
        raw = path.read_bytes()
        archive.keep("lists", path.stem, raw, ending=path.suffix.removeprefix("."))
        try:
            found += read(raw, areas)
        except FileFaultError as fault:
            faults += [f"lists/{name}: {line}" for line in fault.lines]
    if faults:
        listed = "\n- ".join(faults)
        raise ListError(f"{folder} cannot be used; what is published stays:\n- {listed}")
    return Lists(
        tuple(own for own in found if isinstance(own, ListedArea)),
        tuple(own for own in found if isinstance(own, PoliceArea)),
    )


def _exclusion(raw: bytes, areas: Mapping[str, KnownArea]) -> Iterator[ListedArea]:
    rows = list(rows_of(decode(raw)))
    head = [cell.casefold() for cell in rows[0][1]] if rows else []
    if "regso" not in head or set(head) - _COLUMNS or len(set(head)) < len(head):
        raise FileFaultError(["line 1: expected the columns regso, category and edition, once"])
    context = FileContext({}, areas)
    faults: list[str] = []
    found: dict[str, ListedArea] = {}
    for line, row in rows[1:]:
        cells = dict(zip(head, row, strict=False))
        code = cells.get("regso", "")
        years = _years(cells.get("edition", ""))
        area = next((own for year in years if (own := context.area_of(code, year))), None)
        if area is None or areas[area].level != "regso":
            faults.append(f"line {line}: {code!r} is no RegSO of the data set")
        elif area in found:
            faults.append(f"line {line}: {code} stands there twice")
        elif max(map(len, row)) > LONGEST_NAME:
            faults.append(f"line {line}: a word is longer than {LONGEST_NAME} letters: shorten it")
        else:
            found[area] = ListedArea(
                area, *(clean_label(cells.get(key, "")) for key in ("category", "edition"))
            )
    if faults:
        raise FileFaultError(faults)
    yield from found.values()


def _years(edition: str) -> tuple[int, ...]:
    """Years of the divisions in which a code of an edition is looked for, in order."""
    before = edition[:4].isdecimal() and int(edition[:4]) < _NEW_BORDERS
    return _NEWEST_FIRST[::-1] if before else _NEWEST_FIRST


def _police(raw: bytes, _: Mapping[str, KnownArea]) -> Iterator[PoliceArea]:
    try:
        collection = orjson.loads(decode(raw))
    except orjson.JSONDecodeError as error:
        raise FileFaultError([f"is no GeoJSON ({error}): save it again"]) from error
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list):
        raise FileFaultError(["is no GeoJSON with a list of features: save it again"])
    faults: list[str] = []
    found = []
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    for at, feature in enumerate(features, start=1):
        try:
            found.append(_police_area(feature, today))
        except ValueError as error:
            faults.append(f"feature {at}: {error}")
    if faults:
        raise FileFaultError(faults)
    yield from found


def _police_area(feature: Any, day: str) -> PoliceArea:
    """One feature, its names in whatever case.

    Raises:
        ValueError: it has no name, or is no area in Sweden.
    """
    parts = [feature.get(key) if isinstance(feature, dict) else None for key in _OF_FEATURES]
    properties, outline = (part if isinstance(part, dict) else {} for part in parts)
    named = {str(k).casefold(): v for k, v in properties.items() if isinstance(v, str)}
    name, category = (clean_label(named.get(key, "")) for key in ("namn", "kategori"))
    if not all(0 < len(text) <= LONGEST_NAME for text in (name, category)):
        raise ValueError("expected the properties NAMN and KATEGORI, as names")
    if "coordinates" not in outline and "geometries" not in outline:
        raise ValueError(f"{name} has no outline: draw it or take it out")
    geometry = _shape_of(outline, name)
    if geometry.bounds[3] < 90:
        geometry = gpd.GeoSeries([geometry], crs=4326).to_crs(3006).iloc[0]
    if geometry.area <= 0 or not shapely.box(*_SWEDEN).contains(geometry):
        raise ValueError(f"{name} is no area in Sweden (SWEREF 99 TM or degrees)")
    return PoliceArea(name, category, day, geometry)


def _shape_of(outline: Mapping[str, Any], name: str) -> shapely.Geometry:
    try:
        return shapely.make_valid(shape(outline))
    except Exception as error:  # shapely trusts a geometry to be one: each oddity has its own
        why = excerpt(str(error))
        raise ValueError(f"{name} has an outline that cannot be read ({why}): draw it") from error
