"""The snapshot's descriptive tables: areas, layers, sources, the catalogue, the snapshot itself."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import duckdb
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from barometer.catalogue import ALL, Catalogue
from barometer.indices import INDICES
from barometer.runs import without_password
from etl.fetch.bronze import CollectedTable, Collection
from etl.fetch.metadata import TableMetadata
from etl.geodata.crosswalk import build_crosswalk
from etl.geodata.layers import MEDIA_TYPE, EncodedLayer
from etl.snapshot.lists import EXCLUSION, Lists
from etl.snapshot.sums import Contract, price_years
from etl.version import SCHEMA_VERSION, code_version

POPULATION: Final = "population"  # the indicator that counts residents


def insert_areas(con: duckdb.DuckDBPyConnection, described: pd.DataFrame) -> None:
    """Fill areas; residents are those of the latest year in indicator_values."""
    con.register("described", described)
    con.execute(
        """
        INSERT INTO areas BY NAME
        SELECT d.*, p.population::BIGINT AS population
        FROM described d LEFT JOIN (
            SELECT area_id, arg_max(value, year) AS population FROM indicator_values
            WHERE indicator_id = $population AND background = $everybody GROUP BY area_id
        ) p USING (area_id)
        ORDER BY d.level::level_name, d.division, d.area_id
        """,
        {"population": POPULATION, "everybody": ALL},
    )
    con.unregister("described")


def insert_crosswalk(
    con: duckdb.DuckDBPyConnection,
    *,
    boundaries: gpd.GeoDataFrame,
    changes: Sequence[tuple[str, str]],
) -> None:
    """Fill crosswalk, from the areas as they were inserted and their unsimplified boundaries."""
    areas = con.execute(
        "SELECT area_id, level::VARCHAR AS level, division::VARCHAR AS division, parent_id, "
        "population FROM areas ORDER BY level, division, area_id"
    ).df()
    con.register("walk", build_crosswalk(areas, boundaries=boundaries, changes=changes))
    con.execute("INSERT INTO crosswalk BY NAME SELECT * FROM walk")
    con.unregister("walk")


def insert_layers(con: duckdb.DuckDBPyConnection, layers: Iterable[EncodedLayer]) -> None:
    """Fill map_layers."""
    for layer in layers:
        _insert(
            con,
            "map_layers",
            {
                "level": layer.level,
                "division": layer.division,
                "sha256": layer.sha256,
                "area_ids": list(layer.area_ids),
                "media_type": MEDIA_TYPE,
                "raw_bytes": layer.raw_bytes,
                "brotli": layer.brotli,
                "gzip": layer.gzip,
                "detail": layer.detail,
                "part": layer.part,
            },
        )


def insert_price_years(
    con: duckdb.DuckDBPyConnection, contract: Contract, tables: Sequence[TableMetadata]
) -> None:
    """Fill price_years, for the years and divisions that observations hold."""
    cells = con.execute(
        "SELECT DISTINCT source_id, year, division::VARCHAR AS division FROM observations "
        "ORDER BY ALL"
    ).df()
    con.register("prices", price_years(contract, tables, cells))
    con.execute("INSERT INTO price_years BY NAME SELECT * FROM prices")
    con.unregister("prices")


def insert_sources(
    con: duckdb.DuckDBPyConnection,
    catalogue: Catalogue,
    *,
    tables: Sequence[CollectedTable],
    described: Sequence[TableMetadata],
) -> None:
    """Fill sources, with the years that observations hold."""
    years = {
        source_id: (first, last)
        for source_id, first, last in con.execute(
            "SELECT source_id, min(year), max(year) FROM observations GROUP BY source_id"
        ).fetchall()
    }
    for table, description in zip(tables, described, strict=True):
        source = catalogue.sources[table.table_id]
        first, last = years.get(table.table_id, (source.years[0], source.years[-1]))
        _insert(
            con,
            "sources",
            {
                "source_id": source.source_id,
                "title_sv": source.title.sv,
                "title_en": source.title.en,
                "label": description.label,
                "updated": table.updated,
                "retrieved": _utc(max(entry.retrieved for entry in (table.metadata, *table.data))),
                "first_year": first,
                "last_year": last,
                "licence": source.licence,
                "agency": source.agency,
                "notes": list(description.notes),
                "provider": source.provider,
            },
        )


def insert_catalogue(con: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    """Fill indicators, groupings and indices."""
    for indicator in catalogue.indicators.values():
        _insert(
            con,
            "indicators",
            {
                "indicator_id": indicator.indicator_id,
                "sector": indicator.sector,
                "name_sv": indicator.name.sv,
                "name_en": indicator.name.en,
                "definition_sv": indicator.definition.sv,
                "definition_en": indicator.definition.en,
                "unit": indicator.unit,
                "decimals": indicator.decimals,
                "source_ids": list(indicator.source_ids),
            },
        )
    for grouping in catalogue.groupings.values():
        _insert(
            con,
            "groupings",
            {
                "grouping_id": grouping.grouping_id,
                "name_sv": grouping.name.sv,
                "name_en": grouping.name.en,
                "kind": grouping.kind,
                "group_ids": [group.group_id for group in grouping.groups],
                "source_ids": list(grouping.source_ids),
            },
        )
    for index in INDICES:
        _insert(
            con,
            "indices",
            {
                "index_id": index.id,
                "name_sv": index.label.sv,
                "name_en": index.label.en,
                "kind": index.kind,
                "range_low": _finite(index.range[0]),
                "range_high": _finite(index.range[1]),
                "formula": index.formula,
                "reference": index.reference,
            },
        )


def insert_local(con: duckdb.DuckDBPyConnection, entries: Iterable[tuple[str, str]]) -> None:
    """Fill local_entries, so that the site knows them wherever the snapshot goes."""
    for name, entry in entries:
        _insert(con, "local_entries", {"name": name, "entry": entry})


def insert_lists(
    con: duckdb.DuckDBPyConnection, lists: Lists, *, shapes: gpd.GeoSeries, areas: pd.DataFrame
) -> None:
    """Fill listed_areas and police_areas; a police area is found by the kommun it is most in."""
    for own in lists.exclusion:
        row = {"list": EXCLUSION, "area_id": own.area_id, "category": own.category}
        _insert(con, "listed_areas", row | {"edition": own.edition})
    kommuner = areas.loc[areas["level"] == "kommun", "area_id"]
    outlines = shapes[shapes.index.isin(kommuner) & shapes.notna()]
    for police in lists.police:
        overlap = outlines.intersection(police.shape).area
        if overlap.empty or overlap.max() <= 0:
            continue  # in a part of the country that the snapshot lacks
        _insert(
            con,
            "police_areas",
            {
                "name": police.name,
                "category": police.category,
                "kommun_id": str(overlap.idxmax()),
                "edition": police.edition,
                "geometry": shapely.to_wkb(police.shape),
            },
        )


def insert_snapshot(
    con: duckdb.DuckDBPyConnection,
    collection: Collection,
    *,
    snapshot_id: str,
    built_at: datetime,
    inputs_sha256: str,
) -> None:
    """Fill snapshot: what this file is."""
    _insert(
        con,
        "snapshot",
        {
            "snapshot_id": snapshot_id,
            "built_at": _utc(built_at.isoformat()),
            "code_version": code_version(),
            "schema_version": SCHEMA_VERSION,
            "inputs_sha256": inputs_sha256,
            "origin": collection.origin,
            "api": without_password(collection.api),
            "lacking": list(dict.fromkeys(lack.message for lack in collection.lacking)),
            "gaps": list(collection.gaps),
        },
    )


def _insert(con: duckdb.DuckDBPyConnection, table: str, row: dict[str, Any]) -> None:
    columns, places = ", ".join(row), ", ".join("?" * len(row))
    con.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", list(row.values()))


def _utc(moment: str) -> datetime:
    """A moment as TIMESTAMP columns hold it: UTC, without saying so."""
    return datetime.fromisoformat(moment).astimezone(UTC).replace(tzinfo=None)


def _finite(bound: float) -> float | None:
    return bound if np.isfinite(bound) else None
