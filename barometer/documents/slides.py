"""A briefing as slides: new, in a template, or renewed where it stands.

A shape's name says what fills it: `barometer:extent` is the first part of a block, and
`barometer:extent:2` its second. Shapes of other names are never touched.
"""

import re
from collections.abc import Container
from dataclasses import replace
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import pptx
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from barometer.documents.controls import OWN, PLACEHOLDER, PREFIX
from barometer.documents.files import DocumentError, check_keys, check_same_place, open_document
from barometer.documents.model import Briefing, Chapter, Illustration, Part, Sentences, TextTable
from barometer.documents.scenes import (
    FIRST_TEXT,
    FIRST_TITLE,
    FOOT,
    HEIGHT,
    ROOM,
    TITLE,
    WIDTH,
    Frame,
    Scene,
    columns,
    frames,
    parts_of,
    scenes,
    split,
    text_size,
    title_size,
)
from barometer.documents.slide_tables import MUTED, slide_table
from barometer.pictures import LineChart

_DROPPED: Final = re.compile(r"PlaceHolder \d+")


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
        deck = open_document(existing, pptx.Presentation, kind=".pptx", touch=_touch)
        _renew(deck, briefing, existing)
    elif template is not None:
        deck = open_document(template, pptx.Presentation, kind=".pptx", touch=_touch)
        _fill_template(deck, briefing, template)
    else:
        deck = pptx.Presentation()
        deck.slide_width, deck.slide_height = Emu(WIDTH), Emu(HEIGHT)
        about = deck.core_properties
        about.title, about.author, about.last_modified_by, about.comments = (
            briefing.title,
            "",
            "",
            "",
        )
        _compose(deck, briefing)
    _mark_language(deck, briefing)
    deck.core_properties.identifier = briefing.identifier
    out = BytesIO()
    deck.save(out)
    return out.getvalue()


def _touch(deck: Any) -> None:
    for slide in deck.slides:
        len(slide.shapes)
    deck.core_properties.identifier  # noqa: B018 - reading it is the test


def _mark_language(deck: Any, briefing: Briefing) -> None:
    """Say which language our texts are in, so that they are not marked as misspelt."""
    code = {"sv": "sv-SE", "en": "en-GB"}[briefing.language]
    for shape in (shape for slide in deck.slides for shape in slide.shapes):
        if shape.name.startswith((PREFIX, OWN)):
            for run in shape._element.iter(qn("a:r")):
                run.get_or_add_rPr().set("lang", code)


def _contents(briefing: Briefing, titled: Container[str] = ()) -> dict[str, Part]:
    """What fills each shape by key; a field is a sentence.

    `titled` has the names of shapes: what a title says there is not said again beside its figure.
    """
    found: dict[str, Part] = {k: Sentences((text,)) for k, text in briefing.fields.items()}
    for chapter in briefing.chapters:
        found |= dict(parts_of(chapter))
        for scene in scenes(chapter):
            if PREFIX + scene.message_key in titled:
                found |= dict(scene.beside)
                found[scene.message_key] = Sentences((scene.title,))
    return found


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
    named += _renamed_titles(deck, briefing)
    contents = _contents(briefing, {shape.name for _, shape in named})
    for slide, shape in named:
        key = shape.name.removeprefix(PREFIX)
        _put_instead(slide, shape, contents.get(key) or briefing.gone(key), briefing)


def _renamed_titles(deck: Any, briefing: Briefing) -> list[tuple[Any, Any]]:
    """Titles of slides with a figure of ours, under their names again, which LibreOffice drops."""
    keys = {PREFIX + s.key: s.message_key for c in briefing.chapters for s in scenes(c)}
    found = []
    for slide in deck.slides:
        title = slide.shapes.title
        key = next((keys[shape.name] for shape in slide.shapes if shape.name in keys), None)
        if title is not None and key is not None and _DROPPED.fullmatch(title.name):
            title.name = PREFIX + key
            found.append((slide, title))
    return found


def _fill_template(deck: Any, briefing: Briefing, path: Path) -> None:
    found = [
        (slide, shape, PLACEHOLDER.findall(shape.text_frame.text))
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_text_frame
    ]
    check_keys([key for _, _, keys in found for key in keys], briefing, path)
    contents = _contents(briefing)
    for slide, shape, keys in found:
        if not keys:
            continue
        if not PLACEHOLDER.fullmatch(shape.text_frame.text.strip()):
            raise DocumentError(
                f"{path}: {{{{barometer:{keys[0]}}}}} must be alone in its text box on the slide"
            )
        shape.name = PREFIX + keys[0]
        _put_instead(slide, shape, contents.get(keys[0]) or briefing.gone(keys[0]), briefing)


def _put_instead(slide: Any, shape: Any, part: Part, briefing: Briefing) -> None:
    """The part in the shape's room, at the same depth and with the same name."""
    if isinstance(part, Sentences) and shape.has_text_frame:
        _set_text(shape.text_frame, part)
        return
    frame = Frame(shape.left, shape.top, shape.width, shape.height)
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


def _put(slide: Any, name: str, part: Part, frame: Frame, briefing: Briefing) -> Any:
    """A new shape with the part in it."""
    if isinstance(part, Sentences):
        shape = _text(slide, part, frame)
    elif isinstance(part, TextTable):
        shape = slide_table(slide, part, frame)
    else:
        shape = _picture(slide, part, frame, briefing)
    shape.name = name
    return shape


def _text(slide: Any, part: Sentences, frame: Frame) -> Any:
    shape = slide.shapes.add_textbox(*frame)
    body = shape.text_frame
    body.word_wrap = True
    size = text_size(part, frame)
    for number, text in enumerate(part.texts):
        paragraph = body.paragraphs[0] if number == 0 else body.add_paragraph()
        run = paragraph.add_run()
        run.text, run.font.size = text, Pt(size)
        paragraph.space_after = Pt(6)
        if part.small:
            run.font.color.rgb = MUTED
    return shape


def _picture(slide: Any, part: Illustration, frame: Frame, briefing: Briefing) -> Any:
    """The picture as large as fits, in its own proportions; lines over years fill the room."""
    if isinstance(part.chart, LineChart):
        part = replace(part, size=(part.size[0], round(part.size[0] * frame.height / frame.width)))
    scale = min(frame.width / part.size[0], frame.height / part.size[1])
    width, height = (round(scale * side) for side in part.size)
    png = BytesIO(part.png(briefing.language))
    shape = slide.shapes.add_picture(png, frame.left, frame.top, width, height)
    shape._element.nvPicPr.cNvPr.set("descr", part.alt)
    return shape


def _compose(deck: Any, briefing: Briefing) -> None:
    """A first slide, one for each figure, and room for what has none."""
    first = deck.slides.add_slide(deck.slide_layouts[6])
    title = _put(first, f"{PREFIX}title", Sentences((briefing.title,)), FIRST_TITLE, briefing)
    title.text_frame.paragraphs[0].runs[0].font.size = Pt(40)
    for key, part in _opening(briefing):
        _put(first, PREFIX + key, part, FIRST_TEXT, briefing)
    told = [c for c in briefing.chapters if c.heading and not c.appendix]
    for has_figures, together in groupby(told, key=lambda chapter: bool(scenes(chapter))):
        if has_figures:
            for chapter in together:
                for number, scene in enumerate(scenes(chapter)):
                    _scene_slide(deck, chapter, scene, briefing, own=number == 0)
        else:
            _own_slide(deck, list(together), briefing)
    if "source" in briefing.fields:
        heading = briefing.chapters[-1].heading
        slide = _slide(deck, heading, briefing, name="")
        source = Sentences((briefing.fields["source"],))
        _put(slide, f"{PREFIX}source", source, ROOM, briefing)


def _opening(briefing: Briefing) -> list[tuple[str, Part]]:
    """What stands below the title: the first part before all chapters."""
    return [pair for c in briefing.chapters if not c.heading for pair in parts_of(c)][:1]


def _scene_slide(
    deck: Any, chapter: Chapter, scene: Scene, briefing: Briefing, *, own: bool
) -> None:
    """The figure to the left; to the right what it says, and room for own words."""
    slide = _slide(deck, scene.title, briefing, name=f"{PREFIX}{scene.message_key}")
    prompt = Sentences((f"[{chapter.prompt}]",)) if own and chapter.prompt else None
    figure, *beside = frames(scene, prompt)
    if scene.figure is not None:
        _put(slide, PREFIX + scene.key, scene.figure, figure, briefing)
    for (key, part), frame in zip(scene.beside, beside, strict=False):
        _put(slide, PREFIX + key, part, frame, briefing)
    if prompt is not None:
        _put(slide, OWN + chapter.key, prompt, beside[-1], briefing)


def _own_slide(deck: Any, chapters: list[Chapter], briefing: Briefing) -> None:
    """Chapters that have no figures beside one another, each with room for own words."""
    slide = _slide(deck, " · ".join(chapter.heading for chapter in chapters), briefing, name="")
    for chapter, frame in zip(chapters, columns(len(chapters)), strict=True):
        heading, below = split(frame)
        box = _put(
            slide, f"heading:{chapter.key}", Sentences((chapter.heading,)), heading, briefing
        )
        box.text_frame.paragraphs[0].runs[0].font.bold = True
        _put(slide, OWN + chapter.key, Sentences((f"[{chapter.prompt}]",)), below, briefing)


def _slide(deck: Any, title: str, briefing: Briefing, *, name: str) -> Any:
    """A slide with its message as its title, and at its foot where it comes from."""
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = (Emu(n) for n in TITLE)
    shape.text = title
    paragraph = shape.text_frame.paragraphs[0]
    font = paragraph.runs[0].font
    font.size, font.bold = Pt(title_size(title)), True
    paragraph.alignment = PP_ALIGN.LEFT
    shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    shape.name = name or shape.name
    if "foot" in briefing.fields:
        said = Sentences((briefing.fields["foot"],), small=True)
        _put(slide, f"{PREFIX}foot", said, FOOT, briefing)
    return slide
