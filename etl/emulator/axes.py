"""From a query to axes: for each variable, which cells of the table make up each code asked for."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from etl.emulator.problems import (
    MISSING_SELECTION,
    NO_CODE_LIST,
    NO_VARIABLE,
    REPEATED_CODE,
    RefusedError,
)
from etl.emulator.queries import Choice, Query
from etl.emulator.variables import CodeLists, Codes, SelectedVariable, select


@dataclass(frozen=True, slots=True, eq=False)
class TableAxis:
    """One variable of an answer.

    `positions` are places along the table's axis. Where codes are sums, `starts` says where in
    `positions` the parts of each code begin; None means one place per code. `labels` are given
    only where a grouping brought its own. An eliminated axis has one sum and no codes.
    """

    variable: SelectedVariable
    codes: tuple[str, ...]
    positions: NDArray[np.intp]
    starts: NDArray[np.intp] | None = None
    labels: tuple[str, ...] | None = None

    @property
    def eliminated(self) -> bool:
        """Whether the variable is left out of the answer."""
        return not self.codes


def lay_out(
    variables: Sequence[SelectedVariable], query: Query, *, code_lists: CodeLists
) -> tuple[TableAxis, ...]:
    """Axes in the order of the table's variables, checked in the order in which the server checks.

    Raises:
        RefusedError: unknown variable, code list or code, bad expression, or a missing selection.
    """
    choices: dict[str, Choice] = {}
    for choice in query.choices:
        variable = find_variable(variables, choice.variable)
        if choice.code_list and choice.code_list not in variable.code_lists:
            raise RefusedError(NO_CODE_LIST)
        if len(set(choice.expressions)) < len(choice.expressions):
            raise RefusedError(REPEATED_CODE)
        choices[variable.code] = choice
    if any(variable.mandatory and variable.code not in choices for variable in variables):
        raise RefusedError(MISSING_SELECTION)
    return tuple(
        _axis(variable, choices.get(variable.code), code_lists=code_lists) for variable in variables
    )


def find_variable(variables: Sequence[SelectedVariable], code: str) -> SelectedVariable:
    """The variable of that code; `time` always names the time variable."""
    wanted = code.casefold()
    for variable in variables:
        if variable.code.casefold() == wanted:
            return variable
    for variable in variables:
        if wanted == "time" and variable.codes.is_time:
            return variable
    raise RefusedError(NO_VARIABLE)


def count_cells(axes: Sequence[TableAxis]) -> int:
    """Cells that the answer would have."""
    return math.prod(len(axis.codes) or 1 for axis in axes)


def whole_axis(
    variable: SelectedVariable, code_list: str | None, *, code_lists: CodeLists
) -> TableAxis:
    """Every code of a variable, or of a code list of it."""
    if code_list is None:
        return _plain(variable, range(len(variable.codes.codes)))
    if code_list not in variable.code_lists or code_list not in code_lists:
        raise RefusedError(NO_CODE_LIST)
    members = code_lists[code_list]
    if members.get("type") == "Aggregation":
        return _grouped(variable, members["values"], ("*",))
    return _plain(variable, _within(variable, members["values"], ("*",)))


def _axis(variable: SelectedVariable, choice: Choice | None, *, code_lists: CodeLists) -> TableAxis:
    axis = None if choice is None else _chosen(variable, choice, code_lists=code_lists)
    if axis is not None and axis.codes:
        return axis
    if variable.mandatory:
        raise RefusedError(MISSING_SELECTION)
    return _eliminated(variable)


def _chosen(variable: SelectedVariable, choice: Choice, *, code_lists: CodeLists) -> TableAxis:
    if not choice.code_list:
        return _plain(variable, select(choice.expressions, variable.codes))
    if choice.code_list not in code_lists:
        raise RefusedError(NO_CODE_LIST)
    members = code_lists[choice.code_list]
    if members.get("type") == "Aggregation":
        return _grouped(variable, members["values"], choice.expressions)
    return _plain(variable, _within(variable, members["values"], choice.expressions))


def _plain(variable: SelectedVariable, positions: Sequence[int]) -> TableAxis:
    codes = tuple(variable.codes.codes[at] for at in positions)
    return TableAxis(variable, codes, np.asarray(positions, dtype=np.intp))


def _within(
    variable: SelectedVariable, members: Sequence[dict[str, Any]], expressions: Sequence[str]
) -> list[int]:
    """Select among the codes that the list and the table share, in the table's order."""
    listed = {member["code"] for member in members}
    kept = [at for at, code in enumerate(variable.codes.codes) if code in listed]
    narrowed = Codes.of((variable.codes.codes[at] for at in kept), is_time=variable.codes.is_time)
    return [kept[at] for at in select(expressions, narrowed)]


def _grouped(
    variable: SelectedVariable, members: Sequence[dict[str, Any]], expressions: Sequence[str]
) -> TableAxis:
    """Select among the groups of a grouping; each is the sum of its codes that the table has."""
    groups = [(member, _parts(variable, member)) for member in members]
    groups = [(member, parts) for member, parts in groups if parts]
    chosen = select(expressions, Codes.of(member["code"] for member, _ in groups))
    lengths = [len(groups[at][1]) for at in chosen]
    return TableAxis(
        variable,
        codes=tuple(groups[at][0]["code"] for at in chosen),
        positions=np.array([part for at in chosen for part in groups[at][1]], dtype=np.intp),
        starts=np.cumsum([0, *lengths[:-1]], dtype=np.intp),
        labels=tuple(groups[at][0]["label"] for at in chosen),
    )


def _parts(variable: SelectedVariable, member: dict[str, Any]) -> list[int]:
    found = (variable.codes.position(code) for code in member["valueMap"])
    return [at for at in found if at is not None]


def _eliminated(variable: SelectedVariable) -> TableAxis:
    """The variable's total code, or, without one, the sum of all its codes."""
    total = None if variable.total is None else variable.codes.position(variable.total)
    everything = range(len(variable.codes.codes))
    positions = np.asarray(everything if total is None else [total], dtype=np.intp)
    return TableAxis(variable, (), positions, starts=np.zeros(1, dtype=np.intp))
