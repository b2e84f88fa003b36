"""An operator's own divisions as a level of the snapshot: areas, figures, indices and a layer."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

import duckdb
import geopandas as gpd
import pandas as pd

from barometer.areas import (
    COUNTS_SQL,
    FIRST_YEAR_SQL,
    INDICES_SQL,
    MEMBER_COLUMNS,
    PARTS_SQL,
    RULES_TABLE,
    VALUES_SQL,
    area_row,
    members_of,
    own_panel,
    read_register,
    rules_of,
)
from barometer.catalogue import Catalogue
from barometer.divisions import OWN
from etl.geodata.layers import encode_own
from etl.geodata.outlines import CRS
from etl.own.areas import OwnDivision, as_rows, own_id
from etl.snapshot.contents import insert_layers


def insert_own_divisions(
    con: duckdb.DuckDBPyConnection, divisions: Sequence[OwnDivision], *, catalogue: Catalogue
) -> None:
    """Fill everything about own divisions, from the other areas as they were inserted."""
    if not divisions:
        return
    _insert_descriptions(con, divisions)
    chosen = as_rows(divisions)
    register = read_register(con)
    members = pd.DataFrame(
        [
            (token, *member)
            for token, codes in chosen.groupby("own_id")["area_id"]
            for member in members_of(codes.tolist(), register)
        ],
        columns=list(MEMBER_COLUMNS),
    )
    con.register("chosen", chosen)
    parts = con.execute(PARTS_SQL).df()
    ((since,),) = con.execute(FIRST_YEAR_SQL).fetchall()
    con.unregister("chosen")
    labels = _labels(divisions)
    rows = [
        area_row(token, label, parts[parts["own_id"] == token], since=since)
        for token, label in labels.items()
    ]
    _insert(con, "areas", pd.DataFrame(rows))
    _insert(con, "memberships", members)
    _insert_figures(con, tuple(labels), catalogue)
    _insert_layer(con, rows)


def _insert_descriptions(con: duckdb.DuckDBPyConnection, divisions: Sequence[OwnDivision]) -> None:
    named = ("name", "title_sv", "title_en", "method", "n_cut", "n_outside", "n_there")
    for division in divisions:
        parents = {
            own_id(division, str(row.id)): str(row.parent)
            for row in division.members.itertuples(index=False)
            if row.parent
        }
        places = ", ".join("?" * len(named))
        values = [getattr(division, key) for key in named]
        con.execute(
            f"INSERT INTO own_divisions VALUES ({places}, ?)",
            [*values, json.dumps(parents, ensure_ascii=False)],
        )


def _labels(divisions: Sequence[OwnDivision]) -> dict[str, str]:
    """Every area's name, with its parent where one name is several areas', or else its id."""
    named = {
        own_id(division, str(row.id)): (str(row.name), str(row.parent), str(row.id))
        for division in divisions
        for row in division.members.itertuples(index=False)
    }
    names = Counter(name for name, _, _ in named.values())
    pairs = Counter((name, parent) for name, parent, _ in named.values())
    return {
        token: name
        if names[name] == 1
        else f"{name} ({parent if parent and pairs[name, parent] == 1 else own})"
        for token, (name, parent, own) in named.items()
    }


def _insert_figures(
    con: duckdb.DuckDBPyConnection, own_ids: tuple[str, ...], catalogue: Catalogue
) -> None:
    """Indicators, counts and indices: those of an address's own areas, by the same rules."""
    con.execute(RULES_TABLE)
    rules = pd.DataFrame([asdict(rule) for rule in rules_of(catalogue)])
    _insert(con, "own_rules", rules)
    values = VALUES_SQL.format(values="indicator_values", members="memberships")
    con.execute(_SUMMED.format(values=values))
    counts = COUNTS_SQL.format(counts="group_counts", members="memberships")
    con.execute(f"INSERT INTO group_counts BY NAME {counts} ORDER BY ALL")
    for grouping in catalogue.groupings.values():
        panel = own_panel(
            con,
            own_ids,
            groupings=(grouping.grouping_id,),
            kind=grouping.kind,
            perturbed=(catalogue.perturbed.get(grouping.grouping_id),),
        )
        if len(panel):
            con.register("own_panel", panel)
            rows = INDICES_SQL.format(panel="own_panel")
            con.execute(f"INSERT INTO index_values BY NAME {rows}")
            con.unregister("own_panel")


# What the operator's own figures say of an area stands; what they lack is summed, if it can be.
_SUMMED: Final = """
CREATE OR REPLACE TEMP TABLE own_sums AS {values} ORDER BY ALL;
DELETE FROM indicator_values AS v USING own_sums AS s
WHERE v.level = 'own' AND v.value IS NULL AND v.status <> 'suppressed'
    AND v.area_id = s.area_id AND v.indicator_id = s.indicator_id
    AND v.background = s.background AND v.year = s.year;
INSERT INTO indicator_values BY NAME
SELECT s.* FROM own_sums AS s
ANTI JOIN indicator_values AS v
    ON v.area_id = s.area_id AND v.indicator_id = s.indicator_id
    AND v.background = s.background AND v.year = s.year;
DROP TABLE own_sums;
"""


def with_own(areas: pd.DataFrame, divisions: Sequence[OwnDivision]) -> pd.DataFrame:
    """The register with own areas too, which figures of the operator's can be about."""
    ids = as_rows(divisions)["own_id"].unique()
    since = int(areas["valid_from"].min())
    own = {"area_id": ids, "level": OWN, "division": "admin", "valid_from": since}
    return pd.concat([areas, pd.DataFrame(own)], ignore_index=True) if len(ids) else areas


def _insert_layer(con: duckdb.DuckDBPyConnection, rows: Sequence[dict[str, object]]) -> None:
    shaped = {str(row["area_id"]): row["geometry"] for row in rows if row["geometry"]}
    if shaped:
        shapes = gpd.GeoSeries.from_wkb(list(shaped.values()), index=list(shaped), crs=CRS)
        insert_layers(con, [encode_own(shapes.sort_index())])


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: pd.DataFrame) -> None:
    con.register("own_rows", rows)
    con.execute(f"INSERT INTO {table} BY NAME FROM own_rows")
    con.unregister("own_rows")
