"""Text from elsewhere, made fit for a name and a sentence: one line, no control characters."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

# C0 and C1 controls, marks that turn or hide text, and line and paragraph separators.
_CONTROLS: Final = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
)
_IN_NAMES: Final = re.compile(rf"[{_CONTROLS}\t\n\s]+")
_LISTED: Final = 5
LONGEST_NAME: Final = 200  # characters of a name that people read in a list and on a map
_NOBODYS: Final = frozenset({"thumbs.db", "desktop.ini"})


def clean_label(text: str) -> str:
    r"""A name on one line: control characters and runs of blanks become one blank.

    >>> clean_label(" Kiruna\u00a0\x1b[2J \n(Bolaget ) ")
    'Kiruna [2J (Bolaget )'
    """
    return _IN_NAMES.sub(" ", _without_surrogates(text)).strip()


def excerpt(text: str, *, longest: int = 200) -> str:
    """What a server wrote, as part of a sentence of ours: one line, cut."""
    line = clean_label(text[: longest * 8])
    return line if len(line) <= longest else line[:longest] + "…"


def listed(rows: Sequence[tuple[object, ...]]) -> str:
    """The first rows, and how many there are besides."""
    shown = "; ".join(" ".join(map(str, row)) for row in rows[:_LISTED])
    left = len(rows) - _LISTED
    return f"{shown} and {left} more" if left > 0 else shown


def is_of_a_program(path: Path) -> bool:
    """Whether a program put a file there for itself: an open workbook's lock, a folder's look."""
    return path.name.startswith((".", "~$")) or path.name.casefold() in _NOBODYS


def _without_surrogates(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
