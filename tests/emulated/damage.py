"""What each fault does: to a table before it is asked, and to an answer before it is sent."""

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Any

import httpx
import numpy as np
import orjson

from barometer.divisions import covers, parse_area_code
from etl.emulator.shelf import SourceTable
from etl.emulator.variables import ordered_codes
from tests.emulated.faults import Fault, hit

GARBAGE = "<html><body>Ett fel inträffade \x00".encode()


def damage_table(table: SourceTable, faults: Iterable[Fault]) -> SourceTable:
    """The table as the faults leave it; a gone one is gone from the list of tables."""
    for fault in faults:
        damage = _TABLE_DAMAGE.get(fault.kind)
        table = table if damage is None else damage(table, fault)
    return table


def damage_summaries(
    summaries: Iterable[dict[str, Any]], faults: Iterable[Fault]
) -> list[dict[str, Any]]:
    """The list of tables as the faults leave it."""
    listed = list(summaries)
    for fault in faults:
        struck = [fnmatchcase(entry["id"], fault.table) for entry in listed]
        if fault.kind == "gone_table":
            listed = [entry for entry, gone in zip(listed, struck, strict=True) if not gone]
        if fault.kind == "updated":
            listed = [
                {**entry, "updated": fault.updated} if changed else entry
                for entry, changed in zip(listed, struck, strict=True)
            ]
    return listed


def damage_body(body: bytes, faults: tuple[Fault, ...]) -> bytes:
    """The body of a good answer as the faults leave it."""
    if hit(faults, "garbage"):
        return GARBAGE
    if hit(faults, "wrong_length"):
        answer = orjson.loads(body)
        if answer.get("value"):
            body = orjson.dumps({**answer, "value": answer["value"][:-1]})
    duplicate = hit(faults, "duplicate_area")
    return body if duplicate is None else _repeat_code(body, duplicate.variable)


def cut_off(body: bytes) -> Iterator[bytes]:
    """Half of a body, then a broken connection, over a socket and in-process alike."""
    yield body[: len(body) // 2]
    raise httpx.RemoteProtocolError("peer closed connection in the middle of the body")


def _repeat_code(body: bytes, variable: str) -> bytes:
    """The same key twice in the text of `index` and `label`: whoever parses it keeps one."""
    answer = orjson.loads(body)
    codes = ordered_codes(answer.get("dimension", {}).get(variable, {"category": {"index": {}}}))
    if len(codes) < 2:
        return body
    first, second = (orjson.dumps(code) + b":" for code in codes[:2])
    return body.replace(second, first)


def _keep(table: SourceTable, variable: str, positions: list[int]) -> SourceTable:
    axis = table.metadata["id"].index(variable)
    return replace(
        _with_codes(table, variable, _take(table, variable, positions)),
        cells=np.take(table.values, positions, axis=axis),
    )


def _take(table: SourceTable, variable: str, positions: list[int]) -> dict[str, str]:
    codes = ordered_codes(table.metadata["dimension"][variable])
    return {codes[at]: codes[at] for at in positions}


def _with_codes(table: SourceTable, variable: str, names: Mapping[str, str]) -> SourceTable:
    """The table with a variable's codes replaced: new code -> the old one it has its texts from."""
    english = table.metadata_en
    return replace(
        table,
        metadata=_recoded(table.metadata, variable, names),
        metadata_en=None if english is None else _recoded(english, variable, names),
    )


def _recoded(metadata: dict[str, Any], variable: str, names: Mapping[str, str]) -> dict[str, Any]:
    copied = {**metadata, "dimension": dict(metadata["dimension"])}
    dimension = copy.deepcopy(metadata["dimension"][variable])
    category = dimension["category"]
    category["index"] = {new: at for at, new in enumerate(names)}
    for key in ("label", "unit", "note"):
        if key in category:
            old = category[key]
            category[key] = {new: old[was] for new, was in names.items() if was in old}
    copied["dimension"][variable] = dimension
    copied["size"] = [
        len(names) if code == variable else size
        for code, size in zip(metadata["id"], metadata["size"], strict=True)
    ]
    return copied


def _gone_code(table: SourceTable, fault: Fault) -> SourceTable:
    if fault.variable not in table.metadata["id"]:
        return table
    codes = ordered_codes(table.metadata["dimension"][fault.variable])
    kept = [at for at, code in enumerate(codes) if code != fault.code]
    return _keep(table, fault.variable, kept)


def _halved(table: SourceTable, fault: Fault) -> SourceTable:
    if fault.variable not in table.metadata["id"]:
        return table
    count = len(ordered_codes(table.metadata["dimension"][fault.variable]))
    return _keep(table, fault.variable, list(range(0, count, 2)))


def _changed_code(table: SourceTable, fault: Fault) -> SourceTable:
    if fault.variable not in table.metadata["id"]:
        return table
    codes = ordered_codes(table.metadata["dimension"][fault.variable])
    names = {fault.new_code if code == fault.code else code: code for code in codes}
    return _with_codes(table, fault.variable, names)


def _unknown_area(table: SourceTable, fault: Fault) -> SourceTable:
    if fault.variable not in table.metadata["id"]:
        return table
    codes = ordered_codes(table.metadata["dimension"][fault.variable])
    axis = table.metadata["id"].index(fault.variable)
    names = {code: code for code in codes} | {fault.new_code: codes[0]}
    first = np.take(table.values, [0], axis=axis)
    values = np.concatenate([table.values, first], axis=axis)
    return replace(_with_codes(table, fault.variable, names), cells=values)


def _zeros(table: SourceTable, _fault: Fault) -> SourceTable:
    return replace(table, cells=np.zeros_like(table.values))


def _zero_outside_division(table: SourceTable, _fault: Fault) -> SourceTable:
    ids = table.metadata["id"]
    if not {"Region", "Tid"} <= set(ids):
        return table
    areas = ordered_codes(table.metadata["dimension"]["Region"])
    years = ordered_codes(table.metadata["dimension"]["Tid"])
    outside = np.array([[_outside(area, int(year[:4])) for year in years] for area in areas])
    values = table.values.copy()
    by_area = np.moveaxis(values, (ids.index("Region"), ids.index("Tid")), (0, 1))
    outside = outside.reshape(outside.shape + (1,) * (values.ndim - 2))
    by_area[np.isnan(by_area) & outside] = 0.0
    return replace(table, cells=values)


def _outside(code: str, year: int) -> bool:
    area = parse_area_code(code)
    return area is not None and not covers(area.division, year)


def _updated(table: SourceTable, fault: Fault) -> SourceTable:
    english = table.metadata_en
    return replace(
        table,
        metadata={**table.metadata, "updated": fault.updated},
        metadata_en=None if english is None else {**english, "updated": fault.updated},
    )


_TABLE_DAMAGE = {
    "gone_code": _gone_code,
    "changed_code": _changed_code,
    "unknown_area": _unknown_area,
    "zero_outside_division": _zero_outside_division,
    "zeros": _zeros,
    "halved": _halved,
    "updated": _updated,
}
