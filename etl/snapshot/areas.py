"""The area register: which areas there are, what they are called and what they lie in."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from barometer.divisions import (
    LAST_YEAR_OF_2018,
    OWN,
    RIKET,
    AreaCode,
    Division,
    covers,
    parse_area_code,
)
from etl.fetch.metadata import TableMetadata
from etl.fetch.needs import REGION, TIME, year_of
from etl.repairs import repair_name

REGISTER_COLUMNS: Final = (
    "area_id",
    "division",
    "level",
    "name",
    "label",
    "parent_id",
    "kommun_id",
    "lan_id",
    "valid_from",
    "valid_to",
)
_REGSO_LABEL = re.compile(r"(?P<kommun>.+?)\s*\((?P<name>.+)\)")
_LEVEL_IN_NAME: Final = "RegSO-"  # before every name of Malmö's in SCB's labels, and of no other
_LOCAL_CODE = re.compile(r"^\d{4}(?P<code>[ABCR]\d+)")


def register_areas(
    tables: Sequence[TableMetadata], *, boundaries: gpd.GeoDataFrame, origin: str = "scb"
) -> pd.DataFrame:
    """Every area of the tables with REGISTER_COLUMNS, by division, level and code.

    Names come from SCB's labels, mended where the figures are of `origin`. A DeSO's RegSO comes
    from the boundaries' keys, else from the RegSO it lies in; where neither is known its
    parent is its kommun.
    """
    labels, _ = region_labels(tables, origin=origin)
    known = {code: area for code in labels if (area := parse_area_code(code)) and area.level != OWN}
    register = pd.DataFrame(
        [(a.area_id, a.division, a.level, a.kommun_id, a.lan_id) for a in known.values()],
        columns=["area_id", "division", "level", "kommun_id", "lan_id"],
    )
    parents = _parents(known, boundaries=boundaries)
    given = dict(zip(boundaries["area_id"], boundaries["name"], strict=True))
    names = _names(known, labels=labels, given=given, parents=parents)
    named = register.assign(
        name=register["area_id"].map(names),
        parent_id=register["area_id"].map(parents),
        valid_from=register["division"].map(_first_years(tables)).astype("int64"),
        valid_to=register["division"].map({"2018": LAST_YEAR_OF_2018}).astype("Int64"),
    )
    return (
        named.assign(label=_unique_labels(named))
        .sort_values(["division", "level", "area_id"], ignore_index=True)
        .loc[:, list(REGISTER_COLUMNS)]
    )


def region_labels(
    tables: Sequence[TableMetadata], *, origin: str = "scb"
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Each region's label in the newest table that has one, and where other tables disagree.

    Some tables repeat the code only: that is no label.
    """
    labels: dict[str, str] = {}
    named_by: dict[str, str] = {}
    conflicts: list[str] = []
    for table in sorted(tables, key=lambda table: table.updated, reverse=True):
        region = table.variable(REGION)
        for code, label in zip(region.codes, region.labels, strict=True) if region else ():
            mended = repair_name(label, code=code, table=table.id, origin=origin)
            if mended == labels.get(code):
                continue  # most tables agree, and there are thousands of labels in each
            name = _name_in_label(mended, code=code)
            if name is None or name == code:
                labels.setdefault(code, code)
            elif labels.get(code, code) == code:
                labels[code], named_by[code] = mended, table.id
            elif _differs(name, _name_in_label(labels[code], code=code)):
                newer = _name_in_label(labels[code], code=code)
                conflicts.append(
                    f"{code} is {name!r} in {table.id} and {newer!r} in {named_by[code]}, "
                    "which is newer"
                )
    return labels, tuple(conflicts)


def _differs(name: str, other: str | None) -> bool:
    """Whether two names are of different places, not one with its kind or kommun and one without.

    "Kiruna" and "Kiruna kommun" are one.
    """
    one, two = (text.casefold() for text in (name, other or ""))
    return not (one in two or two in one)


def _first_years(tables: Sequence[TableMetadata]) -> dict[Division, int]:
    """The first year of each division in any of the tables."""
    years = {
        year
        for table in tables
        if (time := table.variable(TIME))
        for code in time.codes
        if (year := year_of(code)) is not None
    }
    divisions: tuple[Division, ...] = ("admin", "2018", "2025")
    return {
        division: min(
            (year for year in years if covers(division, year)), default=LAST_YEAR_OF_2018 + 1
        )
        for division in divisions
    }


def _parents(
    known: Mapping[str, AreaCode], *, boundaries: gpd.GeoDataFrame
) -> dict[str, str | None]:
    keyed = dict(zip(boundaries["area_id"], boundaries["parent_id"], strict=True))
    lying_in = _regso_around(boundaries)

    def parent(area: AreaCode) -> str | None:
        if area.level == "riket":
            return None
        if area.level == "lan":
            return RIKET
        if area.level == "kommun":
            return area.lan_id
        if area.level == "deso":
            for candidate in (keyed.get(area.area_id), lying_in.get(area.area_id)):
                if isinstance(candidate, str) and candidate in known:
                    return candidate
        return area.kommun_id

    return {code: parent(area) for code, area in known.items()}


def _regso_around(boundaries: gpd.GeoDataFrame) -> dict[str, str]:
    """The RegSO in which a point of each DeSO without a key lies, where both have shapes."""
    shaped = boundaries[boundaries.geometry.notna()]
    deso = shaped[(shaped["level"] == "deso") & shaped["parent_id"].isna()]
    regso = shaped[shaped["level"] == "regso"]
    if deso.empty or regso.empty:
        return {}
    points = deso[["area_id", "division"]].set_geometry(deso.geometry.representative_point())
    joined = points.sjoin(regso[["area_id", "division", "geometry"]], predicate="within")
    joined = joined[joined["division_left"] == joined["division_right"]]
    return dict(zip(joined["area_id_left"], joined["area_id_right"], strict=True))


def _names(
    known: Mapping[str, AreaCode],
    *,
    labels: Mapping[str, str],
    given: Mapping[str, object],
    parents: Mapping[str, str | None],
) -> dict[str, str]:
    names: dict[str, str] = {}
    for code, area in sorted(known.items(), key=lambda item: item[1].level == "deso"):
        said = _name_in_label(labels[code], code=code)
        other = given.get(code)
        if area.level == "deso":
            regso = names.get(parents[code] or "", "")
            names[code] = f"{regso}, {local_code(code)}" if regso else local_code(code)
        else:
            name = said or (other if isinstance(other, str) and other else code)
            names[code] = name.removeprefix(_LEVEL_IN_NAME)
    return names


def _name_in_label(label: str, *, code: str) -> str | None:
    """The name in a region's label: "0114R001 Upplands Väsby (Bollstanäs)" is Bollstanäs."""
    text = label.removeprefix(code).removeprefix(code.partition("_")[0]).strip()
    if _LOCAL_CODE.match(code) is None:
        return text or None
    match = _REGSO_LABEL.fullmatch(text)
    return match["name"].strip() if match else (text or None)


def local_code(area_id: str) -> str:
    """A small area's code without its kommun and suffixes.

    >>> local_code("0114A0010_SYN_DeSO2025")
    'A0010'
    """
    match = _LOCAL_CODE.match(area_id)
    return match["code"] if match else area_id


def _unique_labels(register: pd.DataFrame) -> "pd.Series[str]":
    """Names made unique within their level and division: with kommun, and with code if need be."""
    names = register["name"]
    kommun = register["kommun_id"].map(dict(zip(register["area_id"], names, strict=True)))
    small = register["level"].isin(["regso", "deso"])
    within = np.array([str(k) in str(n) for k, n in zip(kommun, names, strict=True)])
    plain = ~small | kommun.isna() | within
    labels = names.where(plain, names + " (" + kommun.astype(str) + ")")
    groups = [register["level"], register["division"], labels]
    twice = labels.groupby(groups).transform("size") > 1
    return labels.where(~twice, labels + " " + register["area_id"].map(local_code))
