"""A briefing as a Word document: new, in a template, or renewed where it stands."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor

from barometer.catalogue import Text
from barometer.documents import bookmarks, controls
from barometer.documents.files import DocumentError, check_keys, check_same_place, open_document
from barometer.documents.model import (
    Block,
    Briefing,
    Chapter,
    Illustration,
    Part,
    Sentences,
    TextTable,
)
from barometer.documents.widths import column_widths, is_number

_INK: Final = RGBColor(0x17, 0x1B, 0x21)
_MUTED: Final = RGBColor(0x4B, 0x52, 0x5D)
_RULE: Final = "BFC4CC"
_HEAD: Final = "EEF1F5"
_SIZES: Final = (9, 8, 7)  # of a table's letters, in points
_TOGETHER: Final = 12  # rows of a table that is not divided between pages
_SMALL: Final = Pt(9)
_OWN_TEXT: Final = Text("Egen text", "Own text")


def word_file(
    briefing: Briefing, *, existing: Path | None = None, template: Path | None = None
) -> bytes:
    """The briefing as a Word document.

    With `existing` its figures are renewed and all else stays; with `template` its placeholders
    and content controls are filled and all else stays.

    Raises:
        DocumentError: a file that is no document, is protected, is of another place, or has
            nothing to fill.
    """
    if existing is not None:
        document = _opened(existing)
        _renew(document, briefing, existing)
    elif template is not None:
        document = _opened(template)
        _fill_template(document, briefing, template)
    else:
        document = docx.Document()
        _compose(document, briefing)
    document.core_properties.identifier = briefing.identifier
    bookmarks.mark(_roots(document))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _opened(path: Path) -> Document:
    document: Document = open_document(path, docx.Document, kind=".docx", touch=_touch)
    protection = document.settings.element.find(qn("w:documentProtection"))
    if protection is not None and protection.get(qn("w:enforcement")) in ("1", "true", "on"):
        raise DocumentError(
            f"{path} is protected against editing: stop the protection (Review) and try again"
        )
    return document


def _touch(document: Document) -> None:
    for root in _roots(document):
        root.iter()
    document.settings.element.find("*")
    document.core_properties.identifier  # noqa: B018 - reading it is the test


def _renew(document: Document, briefing: Briefing, path: Path) -> None:
    """Fill every control of the barometer's anew."""
    keys = [block.key for block in briefing.blocks()]
    bookmarks.restore(_roots(document), fields=briefing.fields, blocks=keys)
    found = [pair for root in _roots(document) for pair in controls.tagged(root)]
    if not found:
        raise DocumentError(
            f"{path} is there and has no content controls of the barometer: it is left as it is;"
            " choose another file"
        )
    check_same_place(document.core_properties.identifier, briefing.area_id, path)
    _fill_controls(document, briefing, found)


def _fill_template(document: Document, briefing: Briefing, path: Path) -> None:
    """Fill the placeholders and controls of a template that has any."""
    roots = list(_roots(document))
    found = [pair for root in roots for pair in controls.tagged(root)]
    named = [pair for root in roots for pair in controls.placeholders(root)]
    check_keys([*(key for key, _ in found), *(k for _, ks in named for k in ks)], briefing, path)
    _fill_controls(document, briefing, found)
    blocks = {block.key: block for block in briefing.blocks()}
    for paragraph, keys in named:
        for key in keys:
            if key in briefing.fields:
                controls.fill_inline(paragraph, key, briefing.fields[key])
        if keys[0] in blocks:
            if not controls.is_alone(paragraph) or not _is_in_body(document, paragraph):
                raise DocumentError(
                    f"{path}: {{{{barometer:{keys[0]}}}}} must be a paragraph of its own in the"
                    " text of the document"
                )
            element = _block_control(document, blocks[keys[0]], briefing)
            paragraph.addprevious(element)
            paragraph.getparent().remove(paragraph)
            controls.close_cell(element)


def _fill_controls(document: Document, briefing: Briefing, elements: list[tuple[str, Any]]) -> None:
    blocks = {block.key: block for block in briefing.blocks()}
    for key, element in elements:
        field = briefing.fields.get(key)
        if controls.is_inline(element) or field is not None:
            text = field if field is not None else briefing.gone(key).texts[0]
            run = controls.text_run(text, controls.first_run(element))
            controls.refill(
                element, [run] if controls.is_inline(element) else [_in_p(run, element)]
            )
        else:
            block = blocks.get(key, Block(key, ()))
            old = _pictures(element)
            controls.refill(element, _content(document, block, briefing))
            _drop_pictures(document, old)


def _pictures(element: Any) -> set[str]:
    """The relations of the pictures below an element."""
    return {str(blip.get(qn("r:embed"))) for blip in element.iter(qn("a:blip"))}


def _drop_pictures(document: Document, relations: set[str]) -> None:
    """Let go of pictures that nothing shows any more, so that a file does not grow."""
    used = _pictures(document.element)
    for relation in relations - used:
        document.part.rels.pop(relation, None)


def _in_p(run: Any, element: Any) -> Any:
    """A run in a paragraph that looks as the first one of a control."""
    old = next(element.iter(qn("w:p")), None)
    paragraph = OxmlElement("w:p")
    look = None if old is None else old.find(qn("w:pPr"))
    if look is not None:
        paragraph.append(look)
    paragraph.append(run)
    return paragraph


def _roots(document: Document) -> list[Any]:
    """Body, headers and footers."""
    roots = [document.element.body]
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header):
            if not part.is_linked_to_previous:
                roots.append(part._element)
        if not section.first_page_footer.is_linked_to_previous:
            roots.append(section.first_page_footer._element)
    return roots


def _is_in_body(document: Document, paragraph: Any) -> bool:
    return any(parent is document.element.body for parent in paragraph.iterancestors())


def _compose(document: Document, briefing: Briefing) -> None:
    """A document from nothing: title, what it is made of, and the chapters."""
    _styles(document, briefing)
    body = document.element.body
    title = document.add_paragraph(style="Title")
    run = controls.text_run(briefing.title, None)
    title._p.append(controls.control(f"{controls.PREFIX}title", title="title", content=[run]))
    for chapter in briefing.chapters:
        if chapter.heading:
            heading = document.add_heading(chapter.heading, level=1)
            heading.paragraph_format.page_break_before = chapter.appendix or None
        for block in (b for b in chapter.blocks if b.parts):
            body.insert(len(body) - 1, _block_control(document, block, briefing))
        if chapter.prompt:
            body.insert(len(body) - 1, _authored_text(document, chapter, briefing))


def _authored_text(document: Document, chapter: Chapter, briefing: Briefing) -> Any:
    paragraph = document.add_paragraph(style="Normal")
    run = paragraph.add_run(f"[{chapter.prompt}]")
    run.italic, run.font.color.rgb = True, _MUTED
    return controls.control(
        controls.OWN + chapter.key,
        title=f"{_OWN_TEXT[briefing.language]}: {chapter.heading}",
        content=[paragraph._p],
    )


def _block_control(document: Document, block: Block, briefing: Briefing) -> Any:
    return controls.control(
        controls.PREFIX + block.key, title=block.key, content=_content(document, block, briefing)
    )


def _content(document: Document, block: Block, briefing: Briefing) -> list[Any]:
    """A block's paragraphs and tables, as elements that stand nowhere yet."""
    body = document.element.body
    before = set(body)
    parts = block.parts or (briefing.gone(block.key),)
    for part, following in zip(parts, (*parts[1:], None), strict=True):
        _WRITERS[type(part)](document, part, briefing)
        if isinstance(part, Sentences) and isinstance(following, Illustration):
            document.paragraphs[-1].paragraph_format.keep_with_next = True
    new = [child for child in body if child not in before]
    for child in new:
        body.remove(child)
    return new


def _sentences(document: Document, part: Sentences, briefing: Briefing) -> None:  # noqa: ARG001
    for text in part.texts:
        paragraph = document.add_paragraph()
        run = paragraph.add_run(text)
        if part.small:
            run.font.size, run.font.color.rgb = _SMALL, _MUTED
            paragraph.paragraph_format.space_after = Pt(3)


def _text_width(document: Document) -> int:
    """The width of the text, in EMU."""
    section: Any = document.sections[-1]
    return int(section.page_width - section.left_margin - section.right_margin)


def _caption(document: Document, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = Pt(8)
    paragraph.paragraph_format.space_after = Pt(4)
    paragraph.add_run(text).bold = True


def _grid(document: Document, part: TextTable, briefing: Briefing) -> None:  # noqa: ARG001
    _caption(document, part.caption)
    table = document.add_table(rows=1 + len(part.rows), cols=len(part.heads))
    table.autofit = False
    _rule(table)
    cells = table._cells  # once: looking a cell up reads the whole table
    columns = list(zip(part.heads, *part.rows, strict=True))
    numeric = [all(map(is_number, texts[1:])) for texts in columns]
    widths, size = column_widths(columns, total=_text_width(document), sizes=_SIZES)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(width)
    for number, row in enumerate((part.heads, *part.rows)):
        for x, text in enumerate(row):
            cell = cells[number * len(part.heads) + x]
            cell.width = Emu(widths[x])
            _cell(cell, text, size=size, head=number == 0, right=x > 0 and numeric[x])
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row_element in table.rows:
        row_element._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    if len(part.rows) <= _TOGETHER:
        for cell in cells[: -len(part.heads)]:  # each row with the next
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _cell(cell: Any, text: str, *, size: float, head: bool, right: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    paragraph.paragraph_format.space_before = Pt(1)
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), head or None
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if head:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", _HEAD)):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)


def _rule(table: Any) -> None:
    """Thin lines between rows, whatever table styles the document has."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", _RULE)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    layout = table._tbl.tblPr.find(qn("w:tblLayout"))
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    anchor = layout if layout is not None else look
    if anchor is None:
        table._tbl.tblPr.append(borders)
    else:
        anchor.addprevious(borders)


def _illustration(document: Document, part: Illustration, briefing: Briefing) -> None:
    _caption(document, part.caption)
    room = Emu(_text_width(document))
    png = BytesIO(part.png(briefing.language))
    shape = document.add_paragraph().add_run().add_picture(png, width=room)
    shape._inline.docPr.set("descr", part.alt)
    shape._inline.docPr.set("title", part.caption)


_WRITERS: Final[dict[type[Part], Callable[[Document, Any, Briefing], None]]] = {
    Sentences: _sentences,
    TextTable: _grid,
    Illustration: _illustration,
}


def _styles(document: Document, briefing: Briefing) -> None:
    """A4, and plain styles that a kommun can change in one place."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin = section.bottom_margin = Cm(2.2)
    sizes = {"Normal": 10.5, "Title": 24, "Heading 1": 16}
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), _INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), {"sv": "sv-SE", "en": "en-GB"}[briefing.language])
    document.styles["Normal"].element.get_or_add_rPr().append(language)
    document.core_properties.title = briefing.title
    document.core_properties.author = ""
    document.core_properties.comments = ""
