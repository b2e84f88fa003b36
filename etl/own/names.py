"""The codes and names of operators' own areas, before anything is known of what they consist of."""

from pathlib import Path

from barometer.divisions import OWN
from etl.own.areas import LAYERS, own_files, rows_of, words_of
from etl.own.polygons import OwnAreasError, layer_of
from etl.providers.parsers import KnownArea


def named_areas(folder: Path) -> dict[str, KnownArea]:
    """Every area of a folder's files by its code in the snapshot, "delar:norr".

    Raises:
        OwnAreasError: with what is wrong with a file that cannot be read.
    """
    kinds = (".csv", *LAYERS)
    given = [p for p in own_files(folder).paths if p.suffix.lower() in kinds and p.is_file()]
    return {
        f"{path.stem}:{own}": KnownArea(OWN, name)
        for path in given
        for own, name in _names(path).items()
    }


def _names(path: Path) -> dict[str, str]:
    if path.suffix.lower() == ".csv":
        rows, faults = rows_of(path)
        if faults:
            raise OwnAreasError(faults)
        return {row["id"].strip(): row.get("name", "").strip() or row["id"] for _, row in rows}
    words = path.with_suffix(".toml")
    layer = layer_of(path, words_of(path.stem, words if words.is_file() else None))
    return dict(zip(layer["id"], layer["name"], strict=True))
