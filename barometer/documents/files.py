"""Documents on disk: what can be opened, what a template may name, and copies before a change."""

import os
import shutil
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from barometer.documents.model import Briefing, place_id
from barometer.drafts import whole

_ENCRYPTED: Final = (
    b"\xd0\xcf\x11\xe0"  # an OLE file: a document with a password, or of before 2007
)
_MAIN_PARTS: Final = {".docx": "word/document.xml", ".pptx": "ppt/presentation.xml"}


class DocumentError(ValueError):
    """A document or template cannot be used; the message says which, why and what to do."""


def open_document(
    path: Path, load: Callable[[BytesIO], Any], *, kind: str, touch: Callable[[Any], object]
) -> Any:
    """The document at a path, or that it cannot be used; `kind` is ".docx" or ".pptx".

    `touch` asks for each part that is read or written afterwards.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path} cannot be read ({error.strerror}): choose another") from error
    if data.startswith(_ENCRYPTED):
        raise DocumentError(
            f"{path} is locked with a password or of an older format: save it as {kind} without one"
        )
    try:
        with ZipFile(BytesIO(data)) as parts:
            is_whole = _MAIN_PARTS[kind] in parts.namelist() and parts.testzip() is None
        if is_whole:
            document = load(BytesIO(data))
            touch(document)
            return document
    except Exception as error:  # the libraries trust a document to be one: each oddity has its own
        raise DocumentError(f"{path} is damaged or no {kind} file: choose another") from error
    raise DocumentError(f"{path} is no {kind} file: choose another")


def check_writable(path: Path) -> None:
    """Refuse a document that someone has open: saving it there would undo what is written here."""
    owner = path.with_name("~$" + path.name)
    shortened = path.with_name("~$" + path.name[2:])  # as Word names the file of a long name
    libre = path.with_name(f".~lock.{path.name}#")
    if any(lock.exists() for lock in (owner, shortened, libre)):
        raise DocumentError(f"{path} is open in another program: close it there and try again")
    if path.exists() and not os.access(path, os.W_OK):
        raise DocumentError(f"{path} may not be written: choose another file")


def briefing_id_of(path: Path) -> str:
    """The identifier of the briefing that a document was made from; "" of any other file."""
    try:
        with ZipFile(path) as parts:
            root = ElementTree.fromstring(parts.read("docProps/core.xml"))
    except (OSError, BadZipFile, KeyError, ElementTree.ParseError):
        return ""
    return root.findtext("{http://purl.org/dc/elements/1.1/}identifier") or ""


def check_same_place(found: str, area_id: str, path: Path) -> None:
    """Refuse to fill a document of one place with another's figures; `found` is its identifier."""
    parts, wanted = found.split(":"), place_id(area_id)
    if len(parts) == 5 and parts[1] != wanted:
        raise DocumentError(f"{path} is of the place {parts[1]}, not {wanted}: choose another file")


def save(data: bytes, path: Path) -> Path | None:
    """Write a document whole or not at all; returns the copy of what was there before, if any."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        copy = _copy(path)
        with whole(path) as draft:
            draft.write_bytes(data)
    except OSError as error:
        raise DocumentError(
            f"{path} cannot be written ({error.strerror}): choose another"
        ) from error
    return copy


def _copy(path: Path) -> Path | None:
    """A copy beside the file: file.docx.bak, file.docx.bak2 and so on."""
    if not path.exists():
        return None
    number = 1
    copy = path.with_name(f"{path.name}.bak")
    while copy.exists():
        number += 1
        copy = path.with_name(f"{path.name}.bak{number}")
    shutil.copy2(path, copy)
    return copy


def check_keys(keys: Sequence[str], briefing: Briefing, path: Path) -> None:
    """Refuse a template that names nothing, or something that is not there."""
    known = ", ".join(f"{{{{barometer:{key}}}}}" for key in briefing.keys)
    if not keys:
        raise DocumentError(f"{path} has no placeholders: write any of {known} where it should be")
    unknown = [key for key in dict.fromkeys(keys) if key not in briefing.keys]
    if unknown:
        names = ", ".join(f"{{{{barometer:{key}}}}}" for key in unknown)
        raise DocumentError(f"{path} names {names}, which is not known: use any of {known}")
