"""CSV answers: one row per combination of the stub, one column per combination of the heading."""

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from etl.emulator.axes import Axis
from etl.emulator.datasets import MISSING, as_json, decimals, title
from etl.emulator.problems import UNSUPPORTED_FORMAT, RefusedError

ENCODING = "iso-8859-1"
_SEPARATORS = {"SeparatorTab": "\t", "SeparatorSpace": " ", "SeparatorSemicolon": ";"}
_NAMES = ("UseCodes", "UseTexts", "UseCodesAndTexts")


def write_csv(
    metadata: Mapping[str, Any],
    axes: Sequence[Axis],
    values: NDArray[np.float64],
    *,
    heading: int,
    parameters: Sequence[str],
) -> bytes:
    """The cells as SCB's CSV; the last `heading` axes are the columns.

    Raises:
        RefusedError: a parameter is none of those that CSV takes.
    """
    if not set(parameters) <= {*_SEPARATORS, *_NAMES, "IncludeTitle"}:
        raise RefusedError(UNSUPPORTED_FORMAT)
    separator = next((_SEPARATORS[name] for name in parameters if name in _SEPARATORS), ",")
    names = next((name for name in parameters if name in _NAMES), "UseCodes")
    lines = [_quoted(title(metadata, axes)), ""] if "IncludeTitle" in parameters else []
    lines += _lines(metadata, axes, values, stubs=len(axes) - heading, names=names, by=separator)
    return ("\r\n".join(lines) + "\r\n").encode(ENCODING, errors="replace")


def _lines(
    metadata: Mapping[str, Any],
    axes: Sequence[Axis],
    values: NDArray[np.float64],
    *,
    stubs: int,
    names: str,
    by: str,
) -> list[str]:
    shown = [_shown(metadata, axis, names=names) for axis in axes]
    titles = [_variable_name(axis, names=names) for axis in axes[:stubs]]
    columns = [" ".join(column) for column in itertools.product(*shown[stubs:])]
    numbers = ["" if n is None else str(n) for n in as_json(values, decimals(axes, metadata))]
    rows = _batches(numbers, len(columns))
    head = by.join(_quoted(text) for text in (*titles, *columns))
    return [head] + [
        by.join([*map(_quoted, row), *(number or f'"{MISSING}"' for number in row_numbers)])
        for row, row_numbers in zip(itertools.product(*shown[:stubs]), rows, strict=True)
    ]


def _batches(numbers: list[str], size: int) -> list[list[str]]:
    return [numbers[at : at + size] for at in range(0, len(numbers), size)]


def _shown(metadata: Mapping[str, Any], axis: Axis, *, names: str) -> list[str]:
    category = metadata["dimension"][axis.variable.code]["category"]["label"]
    labels = axis.labels or [category[code] for code in axis.codes]
    return [_name(c, label, names=names) for c, label in zip(axis.codes, labels, strict=True)]


def _variable_name(axis: Axis, *, names: str) -> str:
    return _name(axis.variable.code, axis.variable.label, names=names)


def _name(code: str, label: str, *, names: str) -> str:
    if names == "UseCodesAndTexts":
        return f"{code} {label}"
    return code if names == "UseCodes" else label


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
