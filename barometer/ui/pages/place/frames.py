"""The frames of the profile's sections: every number on the page, in its files and its pictures."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import isnan
from typing import Any, Final

import numpy as np
import pandas as pd

from barometer import wording
from barometer.catalogue import Indicator
from barometer.divisions import DIVISIONS, RIKET, Division, Level, count_kommuner
from barometer.export.meaning import CHALLENGED
from barometer.queries import Provenance
from barometer.queries.portraits import ABOVE, ROW_COLUMNS, last_year
from barometer.queries.profiles import LevelTable, level_table
from barometer.queries.records import rows_of
from barometer.ui.pages.place.state import PlaceState, is_its_lan
from barometer.ui.pages.place.typed import type_frame, types_by_place, types_year
from barometer.wording.profiles import HIGHER_THAN, STANDS_OUT

Row = dict[str, Any]
# The first of each line that the place has a value of.
_KEY: Final = (
    ("low_standard_children", "low_standard"),
    ("lower_secondary",),
    ("employed", "employed_16_64"),
    ("rented", "rented_dwellings"),
    ("foreign_background", "born_abroad"),
    ("children",),
    ("single_parents",),
    ("living_alone",),
    ("long_tertiary",),
)
_SPREAD: Final = (_KEY[0], ("foreign_background", "born_abroad"), _KEY[3], ("lower_secondary",))
_SPREAD_COLUMNS: Final = [
    *("indicator_id", "year", "division", "area_id", "label", "value", "is_place")
]
_QUANTILES: Final = {"p10": 0.1, "lower_quartile": 0.25, "median": 0.5, "upper_quartile": 0.75}
_LEAST_COMPARED: Final = 0.5  # of a level's areas: a median of fewer says nothing of the level
_TWINS: Final = 0.9  # correlation from which two indicators tell the same
POPULATION: Final = "befolkning"  # the sector of who lives in a place


@dataclass(frozen=True, slots=True)
class Comparison:
    """The last year in which the place and riket, or län, both have a value."""

    year: int
    value: float
    lan: float
    riket: float


def indicator_frame(state: PlaceState) -> pd.DataFrame:
    """The place's indicators (`Portrait.rows`); a spread of few areas is left out."""
    return _without_few(state, state.portrait.rows, state.portrait.table)


def _without_few(state: PlaceState, rows: pd.DataFrame, table: LevelTable) -> pd.DataFrame:
    rows = rows.copy()
    few = rows["n_areas"] < max(3, _LEAST_COMPARED * table.n_areas)
    if state.peers in ("regso", "deso"):
        # The data version may have the small areas of some kommuner only.
        kommuner = {code[:4] for code in table.area_ids}
        few |= len(kommuner) < _LEAST_COMPARED * count_kommuner(state.offer.names)
    if few.any():
        for name in (*_QUANTILES, "p02", "p90", "p98", "score"):
            rows[name] = rows[name].mask(few)
    return rows


def compared_frame(state: PlaceState) -> pd.DataFrame:
    """The indicators in the last year in which something stands beside the place.

    Columns as `indicator_frame`, and latest_year and latest_value: the place's own last where it
    stands alone in that year.
    """
    rows = state.once(indicator_rows)
    alone = [wording.is_known(row["value"]) and not _is_compared(row) for row in rows]
    columns = [*ROW_COLUMNS, "latest_year", "latest_value"]
    if not any(alone):
        return state.once(indicator_frame).reindex(columns=columns)
    common = _without_few(state, state.portrait.common_rows, state.portrait.common)
    found = {
        row["indicator_id"]: row
        for row in rows_of(common)
        if wording.is_known(row["value"]) and _is_compared(row)
    }
    # Made of records: a column that is empty in one part would keep the other's type.
    records = [
        row | found[row["indicator_id"]] | _latest(row)
        if lonely and row["indicator_id"] in found
        else row
        for row, lonely in zip(rows, alone, strict=True)
    ]
    return pd.DataFrame(records, columns=columns)


def _latest(row: dict[Any, Any]) -> dict[str, Any]:
    return {"latest_year": row["year"], "latest_value": row["value"]}


def _is_compared(row: Row) -> bool:
    """Whether a row has a value beside the place's own."""
    return any(wording.is_known(row[name]) for name in (*ABOVE, "median"))


def indicator_rows(state: PlaceState) -> list[Row]:
    """The rows of `indicator_frame`."""
    return rows_of(state.once(indicator_frame))


def compared_rows(state: PlaceState) -> list[Row]:
    """The rows of `compared_frame`."""
    return rows_of(state.once(compared_frame))


def key_frame(state: PlaceState) -> pd.DataFrame:
    """The six key figures, the reader's own priorities first: columns as `indicator_frame`."""
    every = {row["indicator_id"]: row for row in state.once(indicator_rows)}
    known = {i for i, row in every.items() if not isnan(row["value"])}
    challenged = _challenged_row(state)
    chosen = [i for i in state.profile.first if i in known]
    for line in _KEY:
        chosen += [i for i in line if i in known and not state.indicator(i).categories][:1]
    ids = list(dict.fromkeys(chosen))[: 6 - len(challenged)]
    first = [every[i] for i in ids if i in state.profile.first]
    rest = [every[i] for i in ids if i not in state.profile.first]
    return pd.DataFrame([*first, *challenged, *rest], columns=list(ROW_COLUMNS))


def _challenged_row(state: PlaceState) -> list[dict[str, Any]]:
    """The share of residents in types 1 and 2 among all places of the level, as a row."""
    if state.once(type_frame).empty:
        return []
    area, every = state.area, types_by_place(state)
    shares = state.reader.remember(
        (shares_challenged, types_year(state)),
        lambda: {level: shares_challenged(every, level) for level in ("riket", "lan", "kommun")},
    )
    own = shares.get(area.level, pd.Series(dtype=float))
    value = own.get(area.area_id, np.nan)
    if pd.isna(value):
        return []
    beside = area.level == "kommun" and not is_its_lan(state)
    asked = _QUANTILES | {"p90": 0.9}
    quantiles = dict(zip(asked, own.quantile([*asked.values()]).tolist(), strict=True))
    return [
        {
            "indicator_id": CHALLENGED,
            "year": int(every["year"].iloc[0]),
            "value": value,
            "lan": shares["lan"].get(area.lan_id, np.nan) if beside else np.nan,
            "riket": shares["riket"].get(RIKET, np.nan) if area.level != "riket" else np.nan,
            **(quantiles if len(own) > 2 else {}),
            "n_areas": len(own),
            "n_lower": int((own < value).sum()),
            "n_higher": int((own > value).sum()),
        }
    ]


def shares_challenged(every: pd.DataFrame, level: str) -> pd.Series:
    """Per cent of the residents of typed areas who live in types 1 and 2, by the place's code."""
    typed = every[every["area_type"].notna()]
    code = pd.Series(RIKET, index=typed.index) if level == "riket" else typed[f"{level}_id"]
    low = typed["residents"].where(typed["area_type"] <= 2, 0)
    return 100 * low.groupby(code).sum() / typed["residents"].groupby(code).sum()


def comparison(state: PlaceState, indicator_id: str) -> Comparison | None:
    """The last year that the place has together with riket or its län; None where none has."""
    roles = state.once(points).get(indicator_id, {})
    area, lan, riket = (dict(roles.get(role, ())) for role in ("area", "lan", "riket"))
    last = max((year for year in area if year in lan or year in riket), default=None)
    if last is None:
        return None
    return Comparison(last, area[last], lan.get(last, np.nan), riket.get(last, np.nan))


def points(state: PlaceState) -> dict[str, dict[str, list[tuple[int, float]]]]:
    """The known years and values up to the profile's year, by indicator and role (`series`)."""
    found: dict[str, dict[str, list[tuple[int, float]]]] = {}
    series = state.portrait.series
    series = series[series["value"].notna() & (series["year"] <= state.profile.year)]
    columns = (series[name].tolist() for name in ("indicator_id", "role", "year", "value"))
    for indicator_id, role, year, value in sorted(zip(*columns, strict=True)):
        found.setdefault(indicator_id, {}).setdefault(role, []).append((year, value))
    return found


def outstanding_frame(state: PlaceState) -> pd.DataFrame:
    """The at most five rows that stand out, by how large a share of places have a lower value.

    Of near twins the most unusual is kept. Columns as `indicator_frame`, each in the last year
    that most of the level has, and higher_than in per cent.
    """
    far = [row for row in state.once(compared_rows) if stands_out(row) and _can(state, row)]
    kept: list[Row] = []
    for row in sorted(far, key=lambda row: -abs(row["score"])):
        twins = (_are_twins(state, row["indicator_id"], other["indicator_id"]) for other in kept)
        if len(kept) < 5 and not any(twins):
            kept.append(row | {"higher_than": 100 * row["n_lower"] / max(row["n_areas"] - 1, 1)})
    kept.sort(key=lambda row: -row["higher_than"])
    return pd.DataFrame(kept, columns=[*ROW_COLUMNS, "higher_than"])


def stands_out(row: Row) -> bool:
    """Whether it is far from the median, and higher or lower than in nine of ten other places."""
    share = max(row["n_lower"], row["n_higher"]) / max(row["n_areas"] - 1, 1)
    return abs(row["score"]) >= STANDS_OUT and share >= HIGHER_THAN


def _can(state: PlaceState, row: Row) -> bool:
    indicator = state.indicator(row["indicator_id"])
    return indicator.can_stand_out and indicator.unit == "percent"


def _are_twins(state: PlaceState, first: str, second: str) -> bool:
    """Whether two indicators rank the level's areas nearly alike, or nearly in reverse."""
    columns = [state.portrait.common.indicator_ids.index(i) for i in (first, second)]
    pair = state.portrait.common.figures[:, columns]
    pair = pair[~np.isnan(pair).any(axis=1)]
    if len(pair) < 3:
        return False
    return bool(abs(np.asarray(np.corrcoef(pair.T))[0, 1]) >= _TWINS)


def spread_frame(state: PlaceState) -> pd.DataFrame:
    """Every RegSO in the place, or in the kommun of a smaller place, in three indicators.

    Columns: indicator_id, year, division, area_id, label, value, is_place (the place itself).
    """
    parts: list[list[tuple[Any, ...]]] = []
    for line in _SPREAD:
        found = (_areas_inside(state, i, level_of_parts(state)) for i in line)
        parts += [part for part in found if len(part) >= 4][:1]
    rows = [row for part in parts[:3] for row in part]
    return pd.DataFrame(rows, columns=_SPREAD_COLUMNS)


def level_of_parts(state: PlaceState) -> Level:
    """The areas that the place is divided into here: of riket and län kommuner, else RegSO."""
    if state.area.level in ("riket", "lan"):
        return "kommun"
    return "deso" if state.peers == "deso" else "regso"


def areas_of(
    state: PlaceState, indicator_id: str, level: Level
) -> tuple[LevelTable, int, Division] | None:
    """All areas of a level in an indicator's last year up to the profile's; None without one."""
    asked: dict[str, Any] = {"level": level, "year": state.profile.year}
    years = [
        (last_year(state.offer, indicator_id, division=own, **asked), own) for own in DIVISIONS
    ]
    best: tuple[LevelTable, int, Division] | None = None
    for year, division in sorted((year, own) for year, own in years if year is not None):
        table = level_table(
            state.reader, level=level, division=division, requested=((indicator_id, year),)
        )
        if best is None or table.counts[0] >= 0.5 * best[0].counts[0]:
            best = (table, year, division)
    return best


def _areas_inside(state: PlaceState, indicator_id: str, level: Level) -> list[tuple[Any, ...]]:
    """The areas with a value: `_SPREAD_COLUMNS` of each."""
    found = areas_of(state, indicator_id, level)
    if found is None:
        return []
    table, year, division = found
    ids, values, own = table.area_ids, table.figures[:, 0].tolist(), state.area.area_id
    return [
        (indicator_id, year, division, ids[n], table.labels[n], values[n], ids[n] == own)
        for n in rows_inside(state, ids)
        if not isnan(values[n])
    ]


def is_inside(state: PlaceState) -> Callable[[str], bool]:
    """Whether an area, by its code, is among those shown: in the place, or in its kommun."""
    if state.is_own:
        return state.members.area_ids.__contains__
    code = container_code(state)
    return lambda area_id: area_id.startswith(code)


def rows_inside(state: PlaceState, area_ids: tuple[str, ...]) -> Sequence[int]:
    """Which of some areas, in order of their codes, are among those shown (`is_inside`)."""
    if state.is_own:
        places = ((bisect_left(area_ids, code), code) for code in sorted(state.members.area_ids))
        return [n for n, code in places if area_ids[n : n + 1] == (code,)]
    code = container_code(state)
    return range(bisect_left(area_ids, code), bisect_left(area_ids, f"{code}~"))


def container_code(state: PlaceState) -> str:
    """What the codes of the areas shown begin with: "" for riket, län or kommun."""
    area = state.area
    if state.is_own:
        return area.kommun_id or area.lan_id or ""
    if area.level == "riket":
        return ""
    return area.area_id if area.level in ("lan", "kommun") else str(area.kommun_id)


def names_inside(state: PlaceState) -> str:
    """Where the areas shown lie: the place, or the kommun of a smaller place."""
    return state.short if state.is_container else str(state.area.kommun)


def low_standard_frame(state: PlaceState) -> pd.DataFrame:
    """Low economic standard in every DeSO of the place: columns as `spread_frame`."""
    if state.area.level in ("riket", "lan"):
        return pd.DataFrame(columns=_SPREAD_COLUMNS)
    found = pd.DataFrame(_areas_inside(state, "low_standard", "deso"), columns=_SPREAD_COLUMNS)
    return found.sort_values(["value", "area_id"], ascending=[False, True]).reset_index(drop=True)


def table_ids(state: PlaceState, indicator_id: str, year: int) -> list[str]:
    """SCB's tables behind an indicator; area types and their residents behind `CHALLENGED`."""
    used = ("area_type", "population") if indicator_id == CHALLENGED else (indicator_id,)
    return [source for own in used for source in state.indicator(own).source_ids_in(year)]


def origin_with(state: PlaceState, *names: str) -> Provenance:
    """The tables behind the place's indicators and behind these; they too stand on the paper."""
    frames = {CHALLENGED: type_frame, "low_standard": low_standard_frame}
    used = [source.source_id for source in state.provenance.sources]
    for name in names:
        if len(frame := state.once(frames[name])):
            used += table_ids(state, name, int(frame["year"].iloc[0]))
    whole = state.provenance_of(used)
    return replace(state.provenance, sources=whole.sources)


def indicator_or_type(state: PlaceState, indicator_id: str) -> Indicator:
    """The catalogue's entry; the area type's for the share in types 1 and 2."""
    return state.indicator("area_type" if indicator_id == CHALLENGED else indicator_id)


def children_types(state: PlaceState) -> dict[str, tuple[float, ...]]:
    """Per cent of children aged 0-19 in typed areas who live in types 1 to 5: here and in riket.

    Empty where the year of the types has no ages by RegSO.
    """
    found = areas_of(state, "area_type", "regso")
    if found is None or not state.is_container:
        return {}
    _, year, division = found
    wanted = tuple((i, year) for i in ("area_type", "children", "population"))
    table = level_table(state.reader, level="regso", division=division, requested=wanted)
    kinds, share, people = (table.figures[:, n] for n in range(3))
    young = share * people / 100
    here = np.array([*map(is_inside(state), table.area_ids)])
    every = ~np.isnan(kinds) & ~np.isnan(young)
    if not (every & here).any() or every.sum() < 0.9 * (~np.isnan(kinds)).sum():
        return {}
    shares = {}
    for name, areas in (("here", every & here), ("riket", every)):
        sums = np.array([young[areas & (kinds == kind)].sum() for kind in range(1, 6)])
        shares[name] = tuple((100 * sums / sums.sum()).tolist())
    return shares
