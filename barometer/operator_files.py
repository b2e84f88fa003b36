"""Files that people write, or save from a spreadsheet: read as meant, or refused in a sentence."""

import csv
import io
import os
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

_LONGEST_CELL: Final = 100_000  # letters; the csv module's limit is the whole process's


def utf8_text(raw: bytes) -> str:
    """The text of a person's file, with or without a byte order mark.

    Raises:
        ValueError: it is in another encoding; says what to do.
    """
    advice = "save it as UTF-8 (in a spreadsheet: CSV UTF-8)"
    if b"\0" in raw[:2]:  # every other byte of plain text in UTF-16 is nought
        raise ValueError(f"is UTF-16, not UTF-8: {advice}")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"byte {error.start + 1} is not UTF-8: {advice}") from error


def read_toml(path: Path) -> dict[str, Any]:
    """A person's TOML file, with or without a byte order mark.

    Raises:
        ValueError: it is none, or cannot be read; says why.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError("it is not UTF-8: save it so") from error
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error
    except OSError as error:
        raise ValueError(f"it is no file that can be read ({error.strerror})") from error


def named_file(folder: Path, name: str) -> Path:
    """The file of a folder that people mean by a name: "Peers.TOML" where there is no peers.toml.

    Where there is neither, the path that it would have.
    """
    path = folder / name
    if os.path.lexists(path):
        return path
    with suppress(OSError):
        return next((p for p in sorted(folder.iterdir()) if p.name.casefold() == name), path)
    return path


def rows_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with the number of their first line, blank ones left out, cells without blanks.

    They are separated by whichever of ; tab and , the first row has.

    Raises:
        ValueError: it is no table as text; says in which line. A quote that is left open would
            make one cell of all the rows after it.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    head = text.lstrip("\n").partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=max(";\t,", key=head.count), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise ValueError(_unreadable(line, str(error))) from error
        if row is None:
            return
        if max(map(len, row), default=0) > _LONGEST_CELL:
            raise ValueError(_unreadable(line, f"a cell is longer than {_LONGEST_CELL:,} letters"))
        if any(cell.strip() for cell in row):
            yield line, [cell.strip() for cell in row]


def _unreadable(line: int, why: str) -> str:
    return f"line {line}: cannot be read ({why}): is a quote left open, or not doubled in a text?"
