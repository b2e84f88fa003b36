"""Bookmarks around what content controls hold, for programs that keep those only when saving.

LibreOffice lets go of the tags of content controls; from the bookmarks they are put back.
"""

import zlib
from collections.abc import Collection
from copy import deepcopy
from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from barometer.documents import controls

_PREFIX: Final = "barometer_"
_LARGEST: Final = 2**31 - 1
_PARAGRAPH: Final = qn("w:p")


def mark(roots: Collection[Any]) -> None:
    """Put a bookmark around the content of the first control of each key, anew."""
    for root in roots:
        for starts, ends in _named(root).values():
            for element in (*starts, *ends):
                element.getparent().remove(element)
    seen: set[str] = set()
    for root in roots:
        for key, element in controls.tagged(root):
            if key not in seen:
                seen.add(key)
                _surround(element.find(qn("w:sdtContent")), key)


def restore(roots: Collection[Any], *, fields: Collection[str], blocks: Collection[str]) -> None:
    """Put controls around what stands between bookmarks and is in none; `fields` are in lines."""
    keys = {_name(key): key for key in (*fields, *blocks)}
    for root in roots:
        held = {key for key, _ in controls.tagged(root)}
        for name, (starts, ends) in _named(root).items():
            key = keys.get(name)
            if key is not None and key not in held and ends:
                _wrap(starts[0], ends[-1], key, inline=key in fields)


def _named(root: Any) -> dict[str, tuple[list[Any], list[Any]]]:
    """The starts and ends of the bookmarks by name, in the order of the text.

    LibreOffice repeats a bookmark that holds a table, some under the name of a copy.
    """
    found: dict[str, tuple[list[Any], list[Any]]] = {}
    names: dict[str, str] = {}
    for element in root.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
        number = str(element.get(qn("w:id")))
        if element.tag == qn("w:bookmarkStart"):
            name = str(element.get(qn("w:name"), "")).partition("_Copy_")[0]
            if name.startswith(_PREFIX):
                names[number] = name
                found.setdefault(name, ([], []))[0].append(element)
        elif number in names:
            found[names[number]][1].append(element)
    return found


def _name(key: str) -> str:
    return _PREFIX + key.replace("-", "_")


def _surround(content: Any, key: str) -> None:
    if content is None or not len(content):
        return
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(zlib.crc32(key.encode()) & _LARGEST))
    start.set(qn("w:name"), _name(key))
    first, last = content[0], content[-1]
    if first.tag == _PARAGRAPH:
        look = first.find(qn("w:pPr"))
        first.insert(0 if look is None else 1, start)
    else:
        content.insert(0, start)
    (last if last.tag == _PARAGRAPH else content).append(end)


def _wrap(start: Any, end: Any, key: str, *, inline: bool) -> None:
    """A control around the runs, or the paragraphs and tables, from one bookmark to the other."""
    paragraphs = [p for e in (start, end) for p in e.iterancestors(_PARAGRAPH)]
    if len(paragraphs) != 2 or (inline and paragraphs[0] is not paragraphs[1]):
        return
    if inline:
        container, (first, last) = paragraphs[0], (start, end)
    else:
        _free(start, before=True)
        _free(end, before=False)
        container, (first, last) = paragraphs[0].getparent(), paragraphs
    if container not in last.iterancestors():
        return
    at, until = (container.index(_child_of(container, e)) for e in (first, last))
    held = container[at : until + 1]
    container.insert(at, controls.control(controls.PREFIX + key, title=key, content=held))


def _child_of(container: Any, element: Any) -> Any:
    """The child of the container that is the element or holds it."""
    return next(e for e in (element, *element.iterancestors()) if e.getparent() is container)


def _free(bookmark: Any, *, before: bool) -> None:
    """Give a paragraph of its own to what people wrote beside a bookmark, outside of it."""
    paragraph = next(bookmark.iterancestors(_PARAGRAPH))
    within = _child_of(paragraph, bookmark)
    outside = list(within.itersiblings(preceding=before))
    outside = [element for element in outside if element.tag != qn("w:pPr")]
    if not any(text.text for element in outside for text in element.iter(qn("w:t"))):
        return
    own, look = OxmlElement("w:p"), paragraph.find(qn("w:pPr"))
    own.extend([deepcopy(look)] if look is not None else [])
    own.extend(reversed(outside) if before else outside)
    (paragraph.addprevious if before else paragraph.addnext)(own)
