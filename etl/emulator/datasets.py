"""json-stat2 datasets: metadata as asked for, and cells laid out under it."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from etl.emulator.axes import TableAxis

MISSING = ".."
_PER_CODE = ("refperiod", "measuringType", "priceType", "adjustment", "alternativeText")
_JOIN = {"sv": ("efter", "och"), "en": ("by", "and")}


def cells(values: NDArray[np.float64], axes: Sequence[TableAxis]) -> NDArray[np.float64]:
    """The cells that the axes ask for; a sum with a missing part is missing."""
    found = values[np.ix_(*(axis.positions for axis in axes))]
    for at, axis in enumerate(axes):
        if axis.starts is not None:
            found = np.add.reduceat(found, axis.starts, axis=at)
    return found.squeeze(tuple(at for at, axis in enumerate(axes) if axis.eliminated))


def place(
    axes: Sequence[TableAxis], *, heading: Sequence[str], stub: Sequence[str]
) -> tuple[TableAxis, ...]:
    """The axes that remain in the answer: stub first, then heading; unplaced ones join the stub."""
    kept = [axis for axis in axes if not axis.eliminated]
    last = [code.casefold() for code in heading]
    first = [code.casefold() for code in stub]

    def order(axis: TableAxis) -> tuple[int, int]:
        code = axis.variable.code.casefold()
        if code in last:
            return (2, last.index(code))
        return (0, first.index(code)) if code in first else (1, 0)

    return tuple(sorted(kept, key=order))


def decimals(axes: Sequence[TableAxis], metadata: Mapping[str, Any]) -> NDArray[np.int64]:
    """Decimals of each cell, in a shape that spreads over the cells of the axes."""
    shape = [1] * len(axes)
    places = [int(metadata.get("extension", {}).get("px", {}).get("decimals", 0))]
    for at, axis in enumerate(axes):
        if axis.variable.is_contents:
            units = metadata["dimension"][axis.variable.code]["category"].get("unit", {})
            places = [int(units.get(code, {}).get("decimals", places[0])) for code in axis.codes]
            shape[at] = len(places)
    return np.array(places, dtype=np.int64).reshape(shape)


def as_json(values: NDArray[np.float64], places: NDArray[np.int64]) -> list[int | float | None]:
    """The cells in order: null where missing, whole numbers where the unit has no decimals."""
    missing = ~np.isfinite(values)
    whole = np.broadcast_to(places == 0, values.shape)
    numbers = np.where(missing, 0.0, values)
    if whole.all():
        integers: NDArray[Any] = np.rint(numbers).astype(np.int64)
        if not missing.any():
            return integers.ravel().tolist()
        cells_ = integers.astype(object)
    else:
        scale = np.power(10.0, places)
        cells_ = (np.rint(numbers * scale) / scale).astype(object)
        cells_[whole] = np.rint(numbers[whole]).astype(np.int64)
    cells_[missing] = None
    return cells_.ravel().tolist()


def statuses(values: NDArray[np.float64]) -> dict[str, str]:
    """The mark of every cell that the table says is missing, by its place.

    One of which it says nothing has no mark.
    """
    return dict.fromkeys(map(str, np.flatnonzero(np.isnan(values)).tolist()), MISSING)


def dataset(
    metadata: Mapping[str, Any],
    axes: Sequence[TableAxis],
    values: NDArray[np.float64],
    *,
    closed: bool,
) -> dict[str, Any]:
    """The answer to a data call: the table's metadata narrowed to the axes, and the cells.

    `values` has the shape of the axes. `closed` marks a table that is no longer updated.
    """
    answer = _narrowed(metadata, axes, in_data=True)
    extension = answer["extension"]
    contact = {"contact": extension.pop("contact")} if "contact" in extension else {}
    extension |= {"discontinued": closed or None} | contact
    answer |= {"label": title(metadata, axes)}
    answer |= {"value": as_json(values, decimals(axes, metadata))}
    marks = statuses(values)
    return answer | ({"status": marks} if marks else {})


def narrow_metadata(metadata: Mapping[str, Any], axes: Sequence[TableAxis]) -> dict[str, Any]:
    """A metadata answer with the variables cut to the axes, as a code list in the address does."""
    return _narrowed(metadata, axes, in_data=False) | {"value": []}


def title(metadata: Mapping[str, Any], axes: Sequence[TableAxis]) -> str:
    """What the cells are, in words: "Folkmängden efter region, ålder och år"."""
    px = metadata.get("extension", {}).get("px", {})
    by, and_ = _JOIN.get(px.get("language", "sv"), _JOIN["sv"])
    names = [axis.variable.label for axis in axes if _names_itself(axis)]
    listed = f" {and_} ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
    return f"{px.get('contents', metadata.get('label', ''))} {by} {listed}"


def _names_itself(axis: TableAxis) -> bool:
    return not axis.variable.is_contents or len(axis.codes) > 1


def _narrowed(
    metadata: Mapping[str, Any], axes: Sequence[TableAxis], *, in_data: bool
) -> dict[str, Any]:
    kept = [axis.variable.code for axis in axes]
    roles = metadata.get("role", {}).items()
    role = {name: [code for code in codes if code in kept] for name, codes in roles}
    narrowed = {key: value for key, value in metadata.items() if key not in ("value", "status")}
    return narrowed | {
        "role": {name: codes for name, codes in role.items() if codes},
        "id": kept,
        "size": [len(axis.codes) for axis in axes],
        "dimension": {
            axis.variable.code: _dimension(
                metadata["dimension"][axis.variable.code], axis, in_data=in_data
            )
            for axis in axes
        },
        "extension": _extension(metadata.get("extension", {}), kept),
    }


def _extension(extension: Mapping[str, Any], variables: Sequence[str]) -> dict[str, Any]:
    px = dict(extension.get("px", {}))
    for side in ("heading", "stub"):
        if side in px:
            px[side] = [code for code in px[side] if code in variables]
    return {**extension, "px": px}


def _dimension(dimension: Mapping[str, Any], axis: TableAxis, *, in_data: bool) -> dict[str, Any]:
    extension = _per_code(dimension.get("extension", {}), axis.codes)
    if in_data:
        extension.pop("codelists", None)
        extension = _elimination(axis) | {
            key: value for key, value in extension.items() if not key.startswith("elimination")
        }
    return {**dimension, "category": _category(dimension["category"], axis), "extension": extension}


def _elimination(axis: TableAxis) -> dict[str, Any]:
    """In data answers the marks speak of the codes answered: is the variable's total among them."""
    if axis.variable.total in axis.codes:
        return {"elimination": True, "eliminationValueCode": axis.variable.total}
    summed = axis.variable.total is None and axis.codes == axis.variable.codes.codes
    return {"elimination": not axis.variable.mandatory and summed}


def _per_code(extension: Mapping[str, Any], codes: Sequence[str]) -> dict[str, Any]:
    return {
        key: {code: value[code] for code in codes if code in value} if key in _PER_CODE else value
        for key, value in extension.items()
    }


def _category(category: Mapping[str, Any], axis: TableAxis) -> dict[str, Any]:
    labels = axis.labels or [category["label"][code] for code in axis.codes]
    narrowed: dict[str, Any] = {
        "index": {code: at for at, code in enumerate(axis.codes)},
        "label": dict(zip(axis.codes, labels, strict=True)),
    }
    for key in ("note", "unit"):
        if key in category:
            narrowed[key] = {c: category[key][c] for c in axis.codes if c in category[key]}
    return narrowed
