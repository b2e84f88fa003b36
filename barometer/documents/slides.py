"""A briefing as slides: new, in a template, or renewed where it stands.

A shape's name says what fills it: `barometer:extent` is the first part of a block, and
`barometer:extent:2` its second. Shapes of other names are never touched.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final, NamedTuple

import pptx
from pptx.util import Emu, Pt

from barometer.catalogue import Text
from barometer.documents.controls import OWN, PLACEHOLDER, PREFIX
from barometer.documents.files import DocumentError, check_keys, check_same_place, open_document
from barometer.documents.model import Briefing, Chapter, Illustration, Part, Sentences, TextTable

_WIDTH: Final = 12_192_000  # 16:9, in EMU
_HEIGHT: Final = 6_858_000
_MARGIN: Final = 610_000
_TOP: Final = 1_350_000
_ROWS: Final = 12  # of a table on a slide
_COLUMNS: Final = 8
_OWN_TEXT: Final = Text("Egen text", "Own text")
_GONE: Final = Text(
    "Uppgiften finns inte i den här dataversionen.", "This is not available in this data version."
)


class _Frame(NamedTuple):
    left: int
    top: int
    width: int
    height: int


_ROOM: Final = _Frame(_MARGIN, _TOP, _WIDTH - 2 * _MARGIN, _HEIGHT - _TOP - 400_000)


def slides_file(
    briefing: Briefing, *, existing: Path | None = None, template: Path | None = None
) -> bytes:
    """The briefing as slides.

    With `existing` its figures are renewed and all else stays; with `template` the shapes that hold
    a placeholder are filled and all else stays.

    Raises:
        DocumentError: a file that is no presentation, is of another place, or has nothing to fill.
    """
    if existing is not None:
        deck = open_document(existing, pptx.Presentation, kind=".pptx")
        _renew(deck, briefing, existing)
    elif template is not None:
        deck = open_document(template, pptx.Presentation, kind=".pptx")
        _fill_template(deck, briefing, template)
    else:
        deck = pptx.Presentation()
        deck.slide_width, deck.slide_height = Emu(_WIDTH), Emu(_HEIGHT)
        _compose(deck, briefing)
    deck.core_properties.identifier = briefing.identifier
    out = BytesIO()
    deck.save(out)
    return out.getvalue()


def _contents(briefing: Briefing) -> dict[str, Part]:
    """What fills each shape by key; a field is a sentence."""
    found: dict[str, Part] = {k: Sentences((text,)) for k, text in briefing.fields.items()}
    for block in briefing.blocks():
        for number, part in enumerate(block.parts, start=1):
            found[_part_key(block.key, number)] = part
    return found


def _part_key(key: str, number: int) -> str:
    return key if number == 1 else f"{key}:{number}"


def _renew(deck: Any, briefing: Briefing, path: Path) -> None:
    named = [
        (slide, shape)
        for slide in deck.slides
        for shape in slide.shapes
        if shape.name.startswith(PREFIX)
    ]
    if not named:
        raise DocumentError(
            f"{path} is there and has no shapes of the barometer: it is left as it is; choose"
            " another file"
        )
    check_same_place(deck.core_properties.identifier, briefing.area_id, path)
    contents, gone = _contents(briefing), Sentences((_GONE[briefing.language],))
    for slide, shape in named:
        part = contents.get(shape.name.removeprefix(PREFIX), gone)
        _put_instead(slide, shape, part, briefing)


def _fill_template(deck: Any, briefing: Briefing, path: Path) -> None:
    found = [
        (slide, shape, PLACEHOLDER.findall(shape.text_frame.text))
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_text_frame
    ]
    check_keys([key for _, _, keys in found for key in keys], briefing, path)
    contents, gone = _contents(briefing), Sentences((_GONE[briefing.language],))
    for slide, shape, keys in found:
        if not keys:
            continue
        if not PLACEHOLDER.fullmatch(shape.text_frame.text.strip()):
            raise DocumentError(
                f"{path}: {{{{barometer:{keys[0]}}}}} must be alone in its text box on the slide"
            )
        shape.name = PREFIX + keys[0]
        _put_instead(slide, shape, contents.get(keys[0], gone), briefing)


def _put_instead(slide: Any, shape: Any, part: Part, briefing: Briefing) -> None:
    """The part in the shape's room, at the same depth and with the same name."""
    if isinstance(part, Sentences) and shape.has_text_frame:
        _set_text(shape.text_frame, part)
        return
    frame = _Frame(shape.left, shape.top, shape.width, shape.height)
    new = _put(slide, shape.name, part, frame, briefing)
    shape._element.addprevious(new._element)
    shape._element.getparent().remove(shape._element)


def _set_text(frame: Any, part: Sentences) -> None:
    """Texts in the paragraphs that are there, so that their look stays."""
    for number, text in enumerate(part.texts):
        there = number < len(frame.paragraphs)
        paragraph = frame.paragraphs[number] if there else frame.add_paragraph()
        runs = paragraph.runs
        if runs:
            runs[0].text = text
            for run in runs[1:]:
                run._r.getparent().remove(run._r)
        else:
            paragraph.text = text
            if frame.paragraphs[0].runs:
                paragraph.runs[0].font.size = frame.paragraphs[0].runs[0].font.size
    for paragraph in frame.paragraphs[len(part.texts) :]:
        paragraph._p.getparent().remove(paragraph._p)


def _put(slide: Any, name: str, part: Part, frame: _Frame, briefing: Briefing) -> Any:
    """A new shape with the part in it."""
    if isinstance(part, Sentences):
        shape = slide.shapes.add_textbox(*frame)
        shape.text_frame.word_wrap = True
        for number, text in enumerate(part.texts):
            body = shape.text_frame
            paragraph = body.paragraphs[0] if number == 0 else body.add_paragraph()
            paragraph.text = text
            paragraph.font.size = Pt(12 if part.small else 18)
            paragraph.space_after = Pt(6)
    elif isinstance(part, TextTable):
        shape = _table(slide, part, frame)
    else:
        shape = _picture(slide, part, frame, briefing)
    shape.name = name
    return shape


def _picture(slide: Any, part: Illustration, frame: _Frame, briefing: Briefing) -> Any:
    """The picture as large as fits, in its own proportions."""
    scale = min(frame.width / part.size[0], frame.height / part.size[1])
    width, height = (round(scale * side) for side in part.size)
    png = BytesIO(part.png(briefing.language))
    shape = slide.shapes.add_picture(png, frame.left, frame.top, width, height)
    shape._element.nvPicPr.cNvPr.set("descr", part.alt)
    return shape


def _table(slide: Any, part: TextTable, frame: _Frame) -> Any:
    """An editable table of the first rows and columns: a slide has room for no more."""
    lines = [line[:_COLUMNS] for line in (part.heads, *part.rows[:_ROWS])]
    height = min(frame.height, 330_000 * len(lines))
    shape = slide.shapes.add_table(
        len(lines), len(lines[0]), frame.left, frame.top, frame.width, height
    )
    for y, line in enumerate(lines):
        for x, text in enumerate(line):
            cell = shape.table.cell(y, x)
            cell.text = text
            cell.text_frame.paragraphs[0].font.size = Pt(11)
            cell.margin_top = cell.margin_bottom = Emu(30_000)
    return shape


def _compose(deck: Any, briefing: Briefing) -> None:
    """A first slide, then one for each part that a slide has room for."""
    first = deck.slides.add_slide(deck.slide_layouts[6])
    title = _put(
        first,
        f"{PREFIX}title",
        Sentences((briefing.title,)),
        _Frame(_MARGIN, 2_200_000, _ROOM.width, 1_200_000),
        briefing,
    )
    title.text_frame.paragraphs[0].font.size = Pt(40)
    for chapter in briefing.chapters:
        if not chapter.heading:
            parts = list(_parts(chapter))
            low = _Frame(_MARGIN, 3_700_000, _ROOM.width, 2_400_000)
            for key, part in parts[:1]:
                _put(first, PREFIX + key, part, low, briefing)
            continue
        for key, part in _parts(chapter):
            if not (isinstance(part, Sentences) and part.small) or chapter.key == "sources":
                _put(_slide(deck, chapter, part), PREFIX + key, part, _ROOM, briefing)
        if chapter.prompt:
            slide = _slide(deck, chapter, None, more=_OWN_TEXT[briefing.language])
            _put(slide, OWN + chapter.key, Sentences((f"[{chapter.prompt}]",)), _ROOM, briefing)


def _parts(chapter: Chapter) -> Iterator[tuple[str, Part]]:
    for block in chapter.blocks:
        for number, part in enumerate(block.parts, start=1):
            yield _part_key(block.key, number), part


def _slide(deck: Any, chapter: Chapter, part: Part | None, *, more: str = "") -> Any:
    """A slide with the chapter and what it shows as its heading."""
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    caption = more or getattr(part, "caption", "")
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = (
        Emu(n) for n in (_MARGIN, 350_000, _ROOM.width, 850_000)
    )
    title.text = f"{chapter.heading}: {caption}" if caption else chapter.heading
    title.text_frame.paragraphs[0].font.size = Pt(26)
    return slide
