"""json-stat2 answers to tidy frames; pure and vectorised."""

from collections.abc import Iterable
from math import prod
from typing import Any, Final

import numpy as np
import orjson
import pandas as pd
from numpy.typing import NDArray

from etl.metadata import codes_in_order

SUPPRESSED: Final = "suppressed"
NOT_PUBLISHED: Final = "not_published"
_STATUSES: Final = (SUPPRESSED, NOT_PUBLISHED)
_SCB_SUPPRESSED: Final = ".."


def parse_dataset(raw: bytes) -> pd.DataFrame:
    """One row per cell of a json-stat2 answer.

    Columns: one categorical of codes for each variable, in the answer's order, named by the
    variable's code; `value` (float64, NaN when missing); `status` (categorical of text, null for a
    present value): "suppressed" for SCB's "..", "not_published" for a null without that mark.
    """
    answer = orjson.loads(raw.removeprefix(b"\xef\xbb\xbf"))
    sizes = answer["size"]
    columns: dict[str, Any] = {}
    for place, name in enumerate(answer["id"]):
        codes = codes_in_order(answer["dimension"][name]["category"])
        columns[name] = _spread(codes, inner=prod(sizes[place + 1 :]), outer=prod(sizes[:place]))
    values = np.array(answer["value"], dtype=np.float64)  # None becomes NaN
    columns["value"] = values
    columns["status"] = _statuses(answer.get("status") or {}, values=values)
    return pd.DataFrame(columns, copy=False)


def _spread(codes: tuple[str, ...], *, inner: int, outer: int) -> "pd.Categorical[str]":
    """A variable's codes over all cells of a row-major cube: the last variable runs fastest."""
    places = np.arange(len(codes), dtype=_smallest_int(len(codes)))
    every = np.tile(np.repeat(places, inner), outer)
    return pd.Categorical.from_codes(every, categories=pd.Index(codes), validate=False)


def _smallest_int(n: int) -> type[np.signedinteger[Any]]:
    if n < 2**7:
        return np.int8
    return np.int16 if n < 2**15 else np.int32


def _statuses(marks: dict[str, str], *, values: NDArray[np.float64]) -> "pd.Categorical[str]":
    missing = np.isnan(values)
    codes = np.where(missing, np.int8(1), np.int8(-1))
    suppressed = _places(place for place, mark in marks.items() if mark == _SCB_SUPPRESSED)
    codes[suppressed[missing[suppressed]]] = 0
    return pd.Categorical.from_codes(codes, categories=pd.Index(_STATUSES), validate=False)


def _places(places: Iterable[str]) -> NDArray[np.int64]:
    return np.fromiter(map(int, places), dtype=np.int64)
