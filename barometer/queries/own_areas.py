"""Own areas of an address laid over a snapshot: for one request they are rows like the others.

Views of the request's own cursor stand before the snapshot's tables under the same names, so every
question finds the own areas where it finds a kommun. Nothing is stored.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

import numpy as np
import orjson
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from barometer.areas import (
    BOUNDED_UNITS,
    COUNTS_SQL,
    FIRST_YEAR_SQL,
    INDICES_SQL,
    MEMBER_COLUMNS,
    PARTS_SQL,
    VALUES_SQL,
    Register,
    area_row,
    members_of,
    read_register,
    rules_of,
)
from barometer.catalogue import Catalogue
from barometer.divisions import Language, parse_area_code
from barometer.own_codes import CodeFault, OwnCodes, OwnReading, read_own, without
from barometer.queries.sweref import to_degrees
from barometer.queries.value_rows import rows_of_areas, value_blocks
from barometer.store import Cursor, Reader

_POINTS_ACROSS: Final = 800  # of an outline on a screen
# What an own area has rows of, and the columns whose types are the snapshot's own.
_LAID: Final = {
    "areas": {"division": "division_name", "level": "level_name"},
    "memberships": {"division": "division_name", "level": "level_name"},
    "indicator_values": {
        "division": "division_name",
        "level": "level_name",
        "status": "missing_reason",
        "summed_by": "summed_from",
    },
}
# What own areas are summed of, found by its place: to read every area's code would take longer than
# all the rest.
_PARTS: Final = """
    SELECT v.* REPLACE (r.area_id AS area_id)
    FROM indicator_values AS v JOIN own_rows AS r ON v.rowid = r.row
"""
Tables = Mapping[str, pa.Table]
_KINDS: Final = {"kommun": ("kommun", "kommuner"), "regso": ("RegSO",) * 2, "deso": ("DeSO",) * 2}
_KINDS_EN: Final = {**_KINDS, "kommun": ("municipality", "municipalities")}


@dataclass(frozen=True, slots=True)
class OwnArea:
    """An own area as it is in the snapshot.

    `given` is what the address said, `token` how it is written, `faults` what was left out. `label`
    is its name, or what it consists of.
    """

    given: str
    token: str
    label: str
    faults: tuple[CodeFault, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnAreas:
    """The own areas of one request, ready to be laid over a cursor (`Overlay`).

    `tables` are their rows by the name of the snapshot's table, but for the counts of groups, which
    are summed of `memberships` when they are asked for: few pages do. `indices` collects the index
    values that have been computed for them, by grouping.
    """

    areas: tuple[OwnArea, ...]
    tables: Tables
    indices: dict[str, pd.DataFrame] = field(default_factory=dict, compare=False)

    def lay(self, cursor: Cursor) -> None:
        """Put the areas before the snapshot's tables in what the cursor is asked."""
        for name, rows in self.tables.items():
            cursor.register(f"own_{name}", rows)
        ((database,),) = cursor.execute("SELECT current_database()").fetchall()
        cursor.execute(_views(database))
        measured = [panel for panel in self.indices.values() if len(panel)]
        if measured:
            store_indices(cursor, pd.concat(measured, ignore_index=True))


def own_areas(
    reader: Reader, tokens: Sequence[str], *, catalogue: Catalogue, language: Language
) -> OwnAreas:
    """The own areas that an address names; those of which the snapshot knows no code have no token.

    Kept for as long as there is room: they depend on the snapshot, the codes and the language.
    """
    register = reader.once(read_register)
    found = [
        _known(token, read_own(token), register.kinds, language) for token in dict.fromkeys(tokens)
    ]
    chosen = [(area, own) for area, own in found if own is not None]
    areas = _numbered([area for area, _ in chosen])
    useless = [area for area, own in found if own is None]
    owns = tuple({area.token: own for area, own in chosen}.values())
    labels = {area.token: area.label for area in areas}
    if not owns:
        return OwnAreas(tuple(useless), _nothing(reader.cursor))
    kind = reader.once(_kind_of_area)
    tables = reader.remember(
        (_compose, tuple(labels.items())),
        lambda: _compose(reader, owns, labels, catalogue, register, kind),
    )
    return OwnAreas((*areas, *useless), tables)


@contextmanager
def with_own_areas(
    bare: Reader, tokens: Sequence[str], *, catalogue: Catalogue, language: Language
) -> Iterator[Reader]:
    """The reader with some own areas laid over its snapshot; as it is when there are none."""
    if not tokens:
        yield bare
        return
    with bare.under(own_areas(bare, tokens, catalogue=catalogue, language=language)) as reader:
        yield reader


def store_indices(cursor: Cursor, panel: pd.DataFrame) -> None:
    """Index values of own areas, for a cursor that they are laid over."""
    cursor.register("own_panel", panel)
    if len(panel):
        rows = INDICES_SQL.format(panel="own_panel")
        cursor.execute(f"INSERT INTO temp.own_indices BY NAME {rows}")
    cursor.unregister("own_panel")


def _known(
    token: str, reading: OwnReading, there: Collection[str], language: Language
) -> tuple[OwnArea, OwnCodes | None]:
    """An own area without the codes that the snapshot lacks."""
    own, faults = reading.own, list(reading.faults)
    if own is not None:
        lacking = [area_id for area_id in own.area_ids if area_id not in there]
        faults += [CodeFault("unknown", code) for code in lacking]
        own = without(own, lacking) if lacking else own
    if own is None:
        return OwnArea(token, "", "", tuple(faults)), None
    label = own.name or described(own, language)
    return OwnArea(token, own.token, label, tuple(faults)), own


def described(own: OwnCodes, language: Language) -> str:
    """An own area without a name: "Eget område, 12 DeSO"."""
    code = parse_area_code(own.area_ids[0])
    level = code.level if code else "deso"
    one, many = (_KINDS if language == "sv" else _KINDS_EN)[level]
    counted = f"{len(own.codes)} {one if len(own.codes) == 1 else many}"
    return f"Eget område, {counted}" if language == "sv" else f"Own area, {counted}"


def _numbered(areas: Sequence[OwnArea]) -> list[OwnArea]:
    """Different areas of one label are numbered."""
    tokens: dict[str, list[str]] = {}
    for area in areas:
        of_label = tokens.setdefault(area.label, [])
        of_label += [area.token] if area.token not in of_label else []
    return [
        replace(area, label=f"{area.label} ({tokens[area.label].index(area.token) + 1})")
        if len(tokens[area.label]) > 1
        else area
        for area in areas
    ]


def _compose(
    reader: Reader,
    owns: Sequence[OwnCodes],
    labels: Mapping[str, str],
    catalogue: Catalogue,
    register: Register,
    kind: tuple[int, pa.Schema],
) -> Tables:
    """The rows of some own areas by the snapshot's table."""
    found = [(own.token, *one) for own in owns for one in members_of(own.area_ids, register)]
    members = pa.table(dict(zip(MEMBER_COLUMNS, zip(*found, strict=True), strict=True)))
    return {
        "areas": _rows_of_areas(reader.cursor, owns, labels, kind),
        "memberships": members,
        **_figures(reader, members, catalogue),
    }


def _kind_of_area(cursor: Cursor) -> tuple[int, pa.Schema]:
    """The first year of any area, and the types of the columns of `areas`."""
    ((since,),) = cursor.execute(FIRST_YEAR_SQL).fetchall()
    return since, cursor.sql("FROM areas LIMIT 0").to_arrow_table().schema


def _rows_of_areas(
    cursor: Cursor,
    owns: Sequence[OwnCodes],
    labels: Mapping[str, str],
    kind: tuple[int, pa.Schema],
) -> pa.Table:
    chosen = pa.Table.from_pylist(
        [{"own_id": own.token, "area_id": code} for own in owns for code in own.area_ids]
    )
    cursor.register("chosen", chosen)
    parts = cursor.execute(PARTS_SQL).df()
    cursor.unregister("chosen")
    since, columns = kind
    of_area = dict(list(parts.groupby("own_id")))
    rows = [area_row(own_id, labels[own_id], of_area[own_id], since=since) for own_id in labels]
    # With the types of the columns, whatever is missing in all of the rows.
    return pa.Table.from_pylist([*map(dict, rows)], schema=columns)


def _figures(reader: Reader, members: pa.Table, catalogue: Catalogue) -> dict[str, pa.Table]:
    """The sums, and of the values that they are made of those that are asked for again."""
    cursor, blocks = reader.cursor, reader.once(value_blocks)
    ids = members["area_id"].unique().to_pylist()
    rules = pa.Table.from_pylist([asdict(rule) for rule in rules_of(catalogue)])
    with _given(cursor, own_rows=rows_of_areas(cursor, ids, blocks=blocks)):
        parts = cursor.sql(_PARTS).to_arrow_table()
    with _given(cursor, own_members=members, own_rules=rules, own_parts=parts):
        typed = f"({_typed('indicator_values')} FROM own_parts)"
        values = VALUES_SQL.format(values=typed, members="own_members")
        summed = cursor.sql(values).to_arrow_table()
    again = pa.array(_asked_again(catalogue))
    kept = parts.filter(pc.is_in(parts["indicator_id"], value_set=again))
    return {"indicator_values": summed, "part_values": kept}


def _asked_again(catalogue: Catalogue) -> list[str]:
    """The indicators that are bounded by those of the parts, or compared between them."""
    bounded = [i for i, own in catalogue.indicators.items() if own.unit in BOUNDED_UNITS]
    return [*bounded, *(i for i, g in catalogue.groupings.items() if g.kind == "two-group")]


@contextmanager
def _given(cursor: Cursor, **tables: pa.Table) -> Iterator[None]:
    """Some tables by name, for what is asked meanwhile."""
    for name, table in tables.items():
        cursor.register(name, table)
    yield
    for name in tables:
        cursor.unregister(name)


def _nothing(cursor: Cursor) -> Tables:
    nothing = {name: cursor.sql(f"FROM {name} LIMIT 0").to_arrow_table() for name in _LAID}
    return {**nothing, "part_values": nothing["indicator_values"]}


def _typed(name: str) -> str:
    """All columns of rows as the snapshot has them: levels are in order, as words they are not."""
    columns = (f"{column}::{kind} AS {column}" for column, kind in _LAID[name].items())
    return f"SELECT * REPLACE ({', '.join(columns)})"


def _views(database: str) -> str:
    """The views that stand before the snapshot's tables; `rowid` is one of a table's own rows."""
    main = f'"{database}".main'
    plain = "\n".join(
        f"CREATE TEMP VIEW {name} AS FROM {main}.{name} UNION ALL BY NAME"
        f" {_typed(name)} FROM own_{name};"
        for name in ("areas", "memberships")
    )
    counts = COUNTS_SQL.format(counts=f"{main}.group_counts", members="own_memberships")
    return f"""
    {plain}
    CREATE TEMP VIEW group_counts AS FROM {main}.group_counts UNION ALL BY NAME {counts};
    CREATE TEMP VIEW indicator_values AS
        SELECT *, rowid FROM {main}.indicator_values
        UNION ALL BY NAME SELECT *, -1::BIGINT AS rowid
        FROM ({_typed("indicator_values")} FROM own_indicator_values);
    CREATE TEMP VIEW estimated_counts AS
        SELECT indicator_id, background, area_id, division, level, year, value,
            coalesce(numerator, value * denominator / 100) AS numerator, denominator, status,
            numerator IS NOT NULL AS is_counted
        FROM temp.indicator_values;
    CREATE TEMP TABLE own_indices AS FROM {main}.index_values LIMIT 0;
    CREATE TEMP VIEW index_values AS
        FROM {main}.index_values UNION ALL BY NAME FROM temp.own_indices;
    """


def outline_of(cursor: Cursor, area_id: str) -> dict[str, Any] | None:
    """An area's boundary as a feature of GeoJSON in degrees; None where it is not known."""
    rows = cursor.execute(
        "SELECT geometry, west, south, east, north FROM areas WHERE area_id = $id", {"id": area_id}
    ).fetchall()
    if not rows or rows[0][0] is None:
        return None
    shape = shapely.from_wkb(bytes(rows[0][0]))
    size = max(shape.bounds[2] - shape.bounds[0], shape.bounds[3] - shape.bounds[1])
    plain = shape.simplify(size / _POINTS_ACROSS)
    turned = shapely.transform(plain, lambda at: np.column_stack(to_degrees(at[:, 0], at[:, 1])))
    return {
        "type": "Feature",
        "properties": {},
        "geometry": orjson.loads(shapely.to_geojson(turned)),
        "bounds": list(turned.bounds),
    }
