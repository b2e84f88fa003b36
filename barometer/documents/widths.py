"""How wide the columns of a table are, so that no word is broken."""

import re
from collections.abc import Sequence
from typing import Final

_MOST: Final = 46  # characters of a column that widen it: longer texts take more lines
_LETTER: Final = 0.58  # of its size is how wide a letter is, in the wider of usual typefaces
_PADDING: Final = 200_000  # EMU of a cell that hold no text
_POINT: Final = 12_700  # EMU
_NUMBER: Final = re.compile(r"–?|[−+±]?\d[\d\s.,]*\D{0,12}")


def is_number(text: str) -> bool:
    """Whether a cell is a number with its unit, or a dash: such columns are set to the right."""
    return bool(_NUMBER.fullmatch(text))


def column_widths(
    columns: Sequence[Sequence[str]], *, total: int, sizes: Sequence[float]
) -> tuple[list[int], float]:
    """The columns' widths and the size of their letters, in EMU and points.

    A column's first text is its head. Every column holds its longest word, if need be in the
    smallest of the `sizes`; what is left of the `total` goes to those whose cells are longer.
    """
    words = [max(len(word) for text in texts for word in text.split(" ")) for texts in columns]
    size = next((s for s in sizes if _wide(sum(words), s, len(words)) <= total), sizes[-1])
    widths = [_wide(word, size, 1) for word in words]
    if sum(widths) > total:  # too many columns for any size: each gives of its own
        return [total * width // sum(widths) for width in widths], size
    cells = [min(max(map(len, texts[1:] or texts)), _MOST) for texts in columns]
    heads_too = [min(max(map(len, texts)), _MOST) for texts in columns]
    for letters in (cells, heads_too):  # cells before heads
        widths = _widened(widths, [_wide(n, size, 1) for n in letters], total)
    lengths = [max(map(len, texts)) for texts in columns]
    longest = max(range(len(lengths)), key=lengths.__getitem__)
    widths[longest if lengths[longest] > _MOST else 0] += total - sum(widths)
    return widths, size


def _widened(widths: list[int], longer: list[int], total: int) -> list[int]:
    """The widths with as much of what each needs more as the total leaves."""
    more = [max(need - width, 0) for need, width in zip(longer, widths, strict=True)]
    share = min((total - sum(widths)) / max(sum(more), 1), 1)
    return [width + int(share * extra) for width, extra in zip(widths, more, strict=True)]


def _wide(letters: int, size: float, columns: int) -> int:
    return round(letters * _LETTER * size * _POINT) + columns * _PADDING
