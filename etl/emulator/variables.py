"""A table's variables, read from its metadata once and kept beside the table."""

from dataclasses import dataclass
from typing import Any

from etl.emulator.expressions import Codes


@dataclass(frozen=True, slots=True)
class SelectedVariable:
    """One variable: its codes in order, and what a call may leave out or ask for instead.

    `total` is the code that stands for the variable when it is left out; without one the codes
    are summed. `code_lists` are the ids of the lists that the variable may be asked for through.
    """

    code: str
    label: str
    codes: Codes
    mandatory: bool
    total: str | None
    code_lists: tuple[str, ...]
    is_contents: bool


def read_variables(metadata: dict[str, Any]) -> tuple[SelectedVariable, ...]:
    """The variables of a json-stat2 dataset in the order of its `id`."""
    role = metadata.get("role", {})
    return tuple(
        _variable(
            code,
            metadata["dimension"][code],
            is_time=code in role.get("time", ()),
            is_contents=code in role.get("metric", ()),
        )
        for code in metadata["id"]
    )


def ordered_codes(dimension: dict[str, Any]) -> list[str]:
    """A dimension's codes by position; the order of the keys says nothing."""
    index: dict[str, int] = dimension["category"]["index"]
    return sorted(index, key=index.__getitem__)


def _variable(
    code: str, dimension: dict[str, Any], *, is_time: bool, is_contents: bool
) -> SelectedVariable:
    extension = dimension.get("extension", {})
    return SelectedVariable(
        code=code,
        label=dimension.get("label", code),
        codes=Codes.of(ordered_codes(dimension), is_time=is_time),
        mandatory=not extension.get("elimination", False),
        total=extension.get("eliminationValueCode"),
        code_lists=tuple(entry["id"] for entry in extension.get("codelists", ())),
        is_contents=is_contents,
    )
