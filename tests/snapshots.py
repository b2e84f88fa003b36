"""A tiny snapshot from the real schema and the real catalogue, small enough to reckon by hand.

Two län, three kommuner, a handful of RegSO with two DeSO each, 2022-2024, so both divisions.
Shares are made of `REGSO`: the group that stands there is that of 2024, each year before has ten
persons more. The first DeSO of a RegSO has half its residents and 60 % of the group. Containers
are the sums of the RegSO that exist in the year.

    low_standard_children, 2024: Flogsta-Ekeby 120/400 = 30,0 %; its kommun 210/1000 = 21,0 %.
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import brotli
import duckdb
from shapely import Polygon, box, to_wkb

import barometer
from barometer.catalogue import Catalogue, load_catalogue
from barometer.divisions import Division, Level, covers, division_of
from barometer.pointer import SCHEMA_VERSION, point_to, snapshot_name
from tests.rows import insert

YEARS = (2022, 2023, 2024)
SNAPSHOT_ID = "20261122-synthetic-0123ab"
SCHEMA = Path(barometer.__file__).with_name("schema.sql")
BOTH: tuple[Division, ...] = ("2018", "2025")

# RegSO: name, group in 2024, residents, divisions in which it exists.
REGSO: dict[str, tuple[str, int, int, tuple[Division, ...]]] = {
    "0114R001": ("Väsby centrum", 50, 200, BOTH),
    "0114R002": ("Åsätra", 20, 200, BOTH),
    "0180R001": ("Rinkeby", 200, 500, BOTH),
    "0180R002": ("Östermalm", 20, 500, BOTH),
    "0380R001": ("Uppsala centrum", 30, 400, BOTH),
    "0380R002": ("Flogsta-Ekeby", 120, 400, BOTH),
    "0380R003": ("Gamla Gottsunda", 80, 200, ("2018",)),
    "0380R004": ("Nya Gottsunda", 60, 200, ("2025",)),
}
CONTAINERS: dict[str, tuple[Level, str, str | None]] = {
    "00": ("riket", "Riket", None),
    "01": ("lan", "Stockholms län", "00"),
    "03": ("lan", "Uppsala län", "00"),
    "0114": ("kommun", "Upplands Väsby", "01"),
    "0180": ("kommun", "Stockholm", "01"),
    "0380": ("kommun", "Uppsala", "03"),
}
# Share indicators: how many times the group of REGSO theirs is, their backgrounds and levels.
ALL_LEVELS: tuple[Level, ...] = ("riket", "lan", "kommun", "regso", "deso")
SHARES: dict[str, tuple[float, tuple[str, ...], tuple[Level, ...]]] = {
    "low_standard_children": (1, ("all",), ALL_LEVELS),
    "foreign_background": (2, ("all", "sex:women", "sex:men"), ALL_LEVELS),
    "employed": (1, ("all",), ("regso", "deso")),
    "lower_secondary": (1, ("all",), ("kommun", "regso", "deso")),
}
# What low_standard_children lacks in 2024, by area; "no row": the table is silent on the area.
MISSING = {
    "0114R001_SYN_RegSO2025": "suppressed",
    "0114R002_SYN_RegSO2025": "no row",
    "0114A0011_SYN_DeSO2025": "suppressed",
    "0114A0012_SYN_DeSO2025": "too_few",
    "0114A0021_SYN_DeSO2025": "not_available",
    "0114A0022_SYN_DeSO2025": "not_published",
}
OUTSIDE = "0380R002_SYN"  # has a row in 2024 that says outside_division
WITHOUT_BOUNDARY = "0180R002_SYN_RegSO2025"


@dataclass(frozen=True, slots=True)
class Place:
    """An area; `members` are (RegSO, share of its group, share of its residents)."""

    area_id: str
    level: Level
    division: Division
    name: str
    label: str
    parent_id: str | None
    members: tuple[tuple[str, float, float], ...]
    shape: Polygon

    def counts(self, year: int, *, times: float = 1) -> tuple[float, float]:
        """Numerator and denominator of a share in a year."""
        there = [m for m in self.members if division_of("regso", year) in REGSO[m[0]][3]]
        group = sum(share * (REGSO[key][1] + 10 * (2024 - year)) for key, share, _ in there)
        return times * group, sum(share * REGSO[key][2] for key, _, share in there)


def build_snapshot(
    path: Path, *, catalogue: Catalogue | None = None, origin: str = "synthetic"
) -> Path:
    """Write the snapshot to a new file, sealed (read-only), and give its path back."""
    if catalogue is None:
        path.write_bytes(_filled(_id_in(path), origin))
    else:
        _write(path, catalogue, origin)
    path.chmod(0o444)
    return path


@cache
def _filled(snapshot_id: str, origin: str) -> bytes:
    """The file of the real catalogue's snapshot: filled once, however many tests want one."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / snapshot_name(snapshot_id)
        _write(path, load_catalogue(), origin)
        return path.read_bytes()


def _write(path: Path, catalogue: Catalogue, origin: str) -> None:
    with duckdb.connect(str(path)) as connection:
        fill(connection, catalogue, snapshot_id=_id_in(path), origin=origin)


def publish_snapshot(
    published_dir: Path,
    *,
    snapshot_id: str = SNAPSHOT_ID,
    catalogue: Catalogue | None = None,
    origin: str = "synthetic",
) -> Path:
    """Build a snapshot in a folder and point to it."""
    published_dir.mkdir(parents=True, exist_ok=True)
    path = published_dir / snapshot_name(snapshot_id)
    build_snapshot(path, catalogue=catalogue, origin=origin)
    point_to(path)
    return path


def fill(
    connection: duckdb.DuckDBPyConnection,
    catalogue: Catalogue,
    *,
    snapshot_id: str = SNAPSHOT_ID,
    origin: str = "synthetic",
) -> None:
    """Create the schema in an empty database and fill it."""
    connection.execute(SCHEMA.read_text(encoding="utf-8"))
    connection.begin()
    register = places()
    lacking = ["TAB6680: kommun"] if origin == "synthetic" else []
    api = "http://127.0.0.1/api/v2"
    built = (snapshot_id, datetime(2026, 11, 22, 12), "0.1.0", SCHEMA_VERSION)
    snapshot = [*built, "0" * 64, origin, api, lacking]
    tables: dict[str, list[Any]] = {
        "snapshot": [snapshot],
        "areas": [_area_row(place) for place in register],
        "map_layers": list(_layers(register)),
        "sources": [_source_row(source) for source in catalogue.sources.values()],
        "indicators": [_indicator_row(i) for i in catalogue.indicators.values()],
        "groupings": [_grouping_row(g) for g in catalogue.groupings.values()],
        "indices": list(_index_rows()),
        "indicator_values": sorted(_value_rows(register), key=lambda r: (*r[:2], r[4], r[5], r[2])),
        "group_counts": list(_group_count_rows(register)),
        "index_values": list(_index_value_rows()),
        "changes": [(1, "first", "snapshot", None, "Första bygget.", "First build.")],
    }
    for table, rows in tables.items():
        insert(connection, table, rows)
    connection.commit()


def places() -> tuple[Place, ...]:
    """Every area of the tiny country, containers first."""
    return (*_containers(), *(place for division in BOTH for place in _small_areas(division)))


def _containers() -> Iterator[Place]:
    for code, (level, name, parent) in CONTAINERS.items():
        inside = tuple((key, 1.0, 1.0) for key in REGSO if code == "00" or key.startswith(code))
        cells = [_cell(key) for key, _, _ in inside]
        shape = box(
            min(c.bounds[0] for c in cells),
            min(c.bounds[1] for c in cells),
            max(c.bounds[2] for c in cells),
            max(c.bounds[3] for c in cells),
        )
        yield Place(code, level, "admin", name, name, parent, inside, shape)


def _small_areas(division: Division) -> Iterator[Place]:
    for key, (name, _, _, divisions) in REGSO.items():
        if division not in divisions:
            continue
        kommun, number = key[:4], key[-1]
        regso_id = f"{key}_SYN" + ("_RegSO2025" if division == "2025" else "")
        label = f"{name} ({CONTAINERS[kommun][1]})"
        cell = _cell(key)
        yield Place(regso_id, "regso", division, name, label, kommun, ((key, 1, 1),), cell)
        west, south, east, north = cell.bounds
        middle = (west + east) / 2
        halves = (box(west, south, middle, north), box(middle, south, east, north))
        for half, (part, share) in enumerate(zip(halves, (0.6, 0.4), strict=True), start=1):
            code = f"A00{number}{half}"
            deso_id = f"{kommun}{code}_SYN" + ("_DeSO2025" if division == "2025" else "")
            yield Place(
                area_id=deso_id,
                level="deso",
                division=division,
                name=f"{name} {code}",
                label=f"{name} {code} ({CONTAINERS[kommun][1]})",
                parent_id=regso_id,
                members=((key, share, 0.5),),
                shape=part,
            )


def _cell(key: str) -> Polygon:
    """A square kilometre or so; kommuner far enough apart to tell."""
    column, row = list(CONTAINERS).index(key[:4]), int(key[-1])
    west, south = 640_000.0 + 10_000 * column, 6_600_000.0 + 2_000 * row
    return box(west, south, west + 2_000, south + 2_000)


def _degrees(shape: Polygon) -> tuple[float, float, float, float]:
    """Bounds in degrees, near enough for a test: a linear map around Uppsala."""
    west, south, east, north = shape.bounds
    return (
        17.0 + (west - 640_000) / 55_000,
        59.5 + (south - 6_600_000) / 111_000,
        17.0 + (east - 640_000) / 55_000,
        59.5 + (north - 6_600_000) / 111_000,
    )


def _area_row(place: Place) -> tuple[object, ...]:
    bounded = place.area_id != WITHOUT_BOUNDARY
    is_small = place.level in ("regso", "deso")
    kommun = place.area_id[:4] if place.level in ("kommun", "regso", "deso") else None
    centre = (place.shape.centroid.x, place.shape.centroid.y)
    geography = (place.shape.area / 1e6, *centre, *_degrees(place.shape), to_wkb(place.shape))
    return (
        place.area_id,
        place.division,
        place.level,
        place.name,
        place.label,
        place.parent_id,
        kommun,
        None if place.level == "riket" else place.area_id[:2],
        2024 if place.division == "2025" else 2011,
        2023 if place.division == "2018" else None,
        int(place.counts(2023 if is_small and place.division == "2018" else 2024)[1]),
        *(geography if bounded else (None,) * len(geography)),
    )


def _layers(register: tuple[Place, ...]) -> Iterator[tuple[object, ...]]:
    keys = dict.fromkeys((place.level, place.division) for place in register)
    for level, division in keys:
        # Backwards, so that nobody may take the order of the layer for the order of the codes.
        there = [p for p in register if (p.level, p.division) == (level, division)][::-1]
        drawn = [p for p in there if p.area_id != WITHOUT_BOUNDARY]
        raw = json.dumps(_features(drawn)).encode()
        ids = [place.area_id for place in drawn]
        digest, kind = sha256(raw).hexdigest(), "application/geo+json"
        packed = (brotli.compress(raw), gzip.compress(raw, mtime=0))
        yield (level, division, digest, ids, kind, len(raw), *packed)


def _features(drawn: list[Place]) -> dict[str, object]:
    features = [
        {
            "type": "Feature",
            "id": number,
            "properties": {"area_id": place.area_id},
            "geometry": box(*_degrees(place.shape)).__geo_interface__,
        }
        for number, place in enumerate(drawn)
    ]
    return {"type": "FeatureCollection", "features": features}


def _source_row(source: Any) -> tuple[object, ...]:
    return (
        source.source_id,
        source.title.sv,
        source.title.en,
        f"{source.title.sv} efter region och år",
        "2025-06-04T06:00:00Z",
        datetime(2026, 11, 22, 11, 30),
        YEARS[0],
        YEARS[-1],
        source.licence,
        source.agency,
        ["En fotnot."],
    )


def _indicator_row(indicator: Any) -> tuple[object, ...]:
    return (
        indicator.indicator_id,
        indicator.sector,
        indicator.name.sv,
        indicator.name.en,
        indicator.definition.sv,
        indicator.definition.en,
        indicator.unit,
        indicator.decimals,
        list(indicator.source_ids),
    )


def _grouping_row(grouping: Any) -> tuple[object, ...]:
    return (
        grouping.grouping_id,
        grouping.name.sv,
        grouping.name.en,
        grouping.kind,
        [group.group_id for group in grouping.groups],
        list(grouping.source_ids),
    )


def _index_rows() -> Iterator[tuple[object, ...]]:
    names = (("dissimilarity", "Segregationsindex", "Dissimilarity"), ("isolation",) * 3)
    for index_id, sv, en in names:
        yield (index_id, sv, en, "two-group", 0.0, 1.0, "=a formula", "a reference")


def _value_rows(register: tuple[Place, ...]) -> Iterator[tuple[object, ...]]:
    for place in register:
        for year in YEARS:
            if covers(place.division, year):
                yield from _share_rows(place, year)
                yield from _other_rows(place, year)
    key = ("low_standard_children", "all", OUTSIDE, "2018", "regso", 2024)
    yield (*key, None, None, None, "outside_division")


def _share_rows(place: Place, year: int) -> Iterator[tuple[object, ...]]:
    for indicator_id, (times, backgrounds, levels) in SHARES.items():
        for background in backgrounds:
            if place.level not in levels:
                continue
            half = 1 if background == "all" else 0.5
            numerator, denominator = place.counts(year, times=times)
            share = 100 * numerator / denominator
            key = (indicator_id, background, place.area_id, place.division, place.level, year)
            is_gappy = (indicator_id, year) == ("low_standard_children", 2024)
            missing = MISSING.get(place.area_id) if is_gappy else None
            if missing is None:
                yield (*key, share, half * numerator, half * denominator, None)
            elif missing != "no row":
                yield (*key, None, None, half * denominator, missing)


def _other_rows(place: Place, year: int) -> Iterator[tuple[object, ...]]:
    numerator, denominator = place.counts(year)
    share = 100 * numerator / denominator
    tail = ("all", place.area_id, place.division, place.level, year)
    yield ("population", *tail, denominator, None, None, None)
    yield ("median_standard", *tail, 300 - 2 * share, None, None, None)
    typed = {"regso": "area_type", "deso": "deso_area_type"}
    if place.level in typed:
        limits = (35, 20, 10, 5)
        area_type = next((n for n, limit in enumerate(limits, start=1) if share >= limit), 5)
        yield (typed[place.level], *tail, area_type, None, None, None)


def _group_count_rows(register: tuple[Place, ...]) -> Iterator[tuple[object, ...]]:
    for place in register:
        for year in YEARS:
            if covers(place.division, year):
                abroad, residents = place.counts(year)
                counts = [residents - abroad, abroad / 2, abroad / 2]
                yield ("birth_region", place.area_id, place.division, place.level, year, counts)


def _index_value_rows() -> Iterator[tuple[object, ...]]:
    """Riket .40, .42, .44 over the years, a tenth less in a län, two tenths in a kommun."""
    less = {"riket": 0.0, "lan": 0.1, "kommun": 0.2}
    for index_id in ("dissimilarity", "isolation"):
        for container, (level, _, _) in CONTAINERS.items():
            for year in YEARS:
                value = 0.40 + 0.02 * (year - 2022) - less[level]
                key = (index_id, "low_standard_children", container, "regso")
                interval = (0.05, value, value - 0.01, value + 0.01)
                size = (3, 0, 1000.0, 300.0, 1.0, "few_areas" if level == "kommun" else None)
                yield (*key, division_of("regso", year), year, value, *interval, *size)


def _id_in(path: Path) -> str:
    return path.stem.removeprefix("barometer-")
