"""The segregation barometer: area statistics and segregation measures of Sweden.

In a notebook or a script:

    import barometer

    with barometer.open() as data:  # DATA_DIR or ./data; or a folder, or a snapshot file
        data.values("low_standard_children", level="kommun", year=2024)
"""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from barometer.library import Barometer

__all__ = ["open"]


def open(place: str | Path | None = None, *, language: Literal["sv", "en"] = "sv") -> "Barometer":
    """The data set that a data folder publishes, or that lies in a snapshot file.

    Raises:
        NoSnapshotError: there is none; the message says what to do.
    """
    from barometer.library import open_barometer

    return open_barometer(place, language=language)
