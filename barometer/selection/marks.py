"""Areas whose figures tell of students or of an institution rather than of living conditions."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

from barometer.divisions import SMALL_LEVELS, Level

Marked = Literal["in", "out"]
MARKED: Final[tuple[Marked, ...]] = get_args(Marked)
LEFT_OUT: Final = "left_out"
"""Why a marked area has no value in a view without them."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A RegSO or DeSO is marked when `limit` per cent or more of its residents are of a kind."""

    indicator: str
    limit: float


# About three and ten times the country's shares of 2022 (5.6 and 2.0 per cent): 58 and 39 of 3,363
# RegSO, 116 and 82 of 5,984 DeSO.
MARKS: Final = (Mark("aged_20_24", 15.0), Mark("special_housing", 20.0))


def can_be_marked(level: Level) -> bool:
    """Whether areas of the level are small enough for students or an institution to matter."""
    return level in SMALL_LEVELS
