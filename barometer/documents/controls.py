"""Content controls of WordprocessingML: found by tag, filled, and put around paragraphs."""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

PREFIX: Final = "barometer:"
OWN: Final = "own:"
"""Begins the tags of the controls for a kommun's own text: they are never filled again."""
PLACEHOLDER: Final = re.compile(r"\{\{\s*barometer:([\w-]+)\s*\}\}")


def control(tag: str, *, title: str, content: Sequence[Any]) -> Any:
    """A control around paragraphs and tables, or around runs."""
    element = OxmlElement("w:sdt")
    properties = OxmlElement("w:sdtPr")
    for name, value in (("w:alias", title), ("w:tag", tag)):
        child = OxmlElement(name)
        child.set(qn("w:val"), value)
        properties.append(child)
    inside = OxmlElement("w:sdtContent")
    element.extend([properties, inside])
    inside.extend(content)
    return element


def tagged(root: Any) -> Iterator[tuple[str, Any]]:
    """Key and control of every control of the barometer's below an element, in order."""
    for element in list(root.iter(qn("w:sdt"))):
        tag = element.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        value = "" if tag is None else str(tag.get(qn("w:val"), ""))
        if value.startswith(PREFIX):
            yield value.removeprefix(PREFIX), element


def is_inline(element: Any) -> bool:
    """Whether a control stands inside a paragraph and holds runs."""
    return bool(element.getparent().tag == qn("w:p"))


def refill(element: Any, content: Sequence[Any]) -> None:
    """Put other content in a control; its look and its place stay."""
    inside = element.find(qn("w:sdtContent"))
    if inside is None:
        inside = OxmlElement("w:sdtContent")
        element.append(inside)
    shown = element.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}")
    if shown is not None:
        shown.getparent().remove(shown)
    for child in list(inside):
        inside.remove(child)
    inside.extend(content)


def text_run(text: str, like: Any | None) -> Any:
    """A run with a text, formatted as another run."""
    run = OxmlElement("w:r")
    look = None if like is None else like.find(qn("w:rPr"))
    if look is not None:
        run.append(deepcopy(look))
    child = OxmlElement("w:t")
    child.text = text
    child.set(qn("xml:space"), "preserve")
    run.append(child)
    return run


def first_run(element: Any) -> Any | None:
    """The first run below an element."""
    return next(element.iter(qn("w:r")), None)


def placeholders(root: Any) -> Iterator[tuple[Any, list[str]]]:
    """Every paragraph below an element with the keys that its text names."""
    for paragraph in list(root.iter(qn("w:p"))):
        if next(paragraph.iterdescendants(qn("w:p")), None) is not None:
            continue  # holds a text box, whose own paragraphs come by themselves
        keys = PLACEHOLDER.findall(_text(paragraph))
        if keys:
            yield paragraph, keys


def is_alone(paragraph: Any) -> bool:
    """Whether a placeholder is all that a paragraph says."""
    return bool(PLACEHOLDER.fullmatch(_text(paragraph).strip()))


def close_cell(element: Any) -> None:
    """A cell of a table must end with a paragraph."""
    parent = element.getparent()
    if parent.tag == qn("w:tc") and parent[-1].tag != qn("w:p"):
        parent.append(OxmlElement("w:p"))


def fill_inline(paragraph: Any, key: str, text: str) -> None:
    """Put a control with a text in the place of the first placeholder with a key."""
    runs = [run for run in paragraph.iter(qn("w:r")) if run.find(qn("w:t")) is not None]
    whole = "".join(_text(run) for run in runs)
    match = next(m for m in PLACEHOLDER.finditer(whole) if m[1] == key)
    at, first = 0, True
    for run in runs:
        said = _text(run)
        start, end = at, at + len(said)
        at = end
        if end <= match.start() or start >= match.end():
            continue
        before = said[: max(match.start() - start, 0)]
        after = said[match.end() - start :] if end > match.end() else ""
        put: list[Any] = [text_run(before, run)] if before else []
        if first:
            filled = text_run(text, run)
            put.append(control(PREFIX + key, title=key, content=[filled]))
            first = False
        put += [text_run(after, run)] if after else []
        for new in put:
            run.addprevious(new)
        run.getparent().remove(run)


def _text(element: Any) -> str:
    return "".join(node.text or "" for node in element.iter(qn("w:t")))
