"""A table whose rows the client asks for as they come into view (assets/35-rows.js)."""

from collections.abc import Mapping
from typing import Final

from barometer import wording
from barometer.divisions import Language
from barometer.ui import words

MOST: Final = 500  # rows an answer


def row_words(n: int, *, language: Language) -> dict[str, str]:
    """The words that the client puts on a table of `n` rows."""
    counted = wording.number(n, decimals=0, language=language)
    return {
        "sort": words.ROWS_SORT[language],
        "count": words.ROWS_COUNT[language].format(n=counted),
        "failed": words.ROWS_FAILED[language],
    }


def asked_rows(asked: Mapping[str, str]) -> tuple[int, int]:
    """From which row on and how many: `from` and `n` of an address, never more than MOST."""
    return _number(asked.get("from"), 0), min(_number(asked.get("n"), MOST), MOST)


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else default
