"""A table whose rows the client asks for as they come into view (assets/35-rows.js)."""

from collections.abc import Mapping
from typing import Final

from barometer import wording
from barometer.catalogue import Text
from barometer.divisions import Language

MOST: Final = 500  # rows an answer
_SORT_BY: Final = Text("Sortera efter {column}", "Sort by {column}")
_N_ROWS: Final = Text("{n} rader", "{n} rows")
_FAILED: Final = Text(
    "Alla rader kom inte fram. Rulla i tabellen för att hämta dem igen.",
    "Not all rows arrived. Scroll in the table to fetch them again.",
)


def row_words(n: int, *, language: Language) -> dict[str, str]:
    """The words that the client puts on a table of `n` rows."""
    counted = wording.number(n, decimals=0, language=language)
    return {
        "sort": _SORT_BY[language],
        "count": _N_ROWS[language].format(n=counted),
        "failed": _FAILED[language],
    }


def asked_rows(asked: Mapping[str, str]) -> tuple[int, int]:
    """From which row on and how many: `from` and `n` of an address, never more than MOST."""
    return _number(asked.get("from"), 0), min(_number(asked.get("n"), MOST), MOST)


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else default
