"""Editable tables on slides, plain as those of the Word document."""

from typing import Any, Final

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Pt

from barometer.documents.model import TextTable
from barometer.documents.scenes import Frame
from barometer.documents.widths import column_widths, is_number

_RGB: Final[Any] = RGBColor  # its functions have no types
MUTED: Final = _RGB.from_string("4B525D")
_INK: Final = _RGB.from_string("171B21")
_HEAD: Final = _RGB.from_string("EEF1F5")
_LINE_BELOW: Final = (
    f'<a:lnB {nsdecls("a")} w="6350"><a:solidFill><a:srgbClr val="BFC4CC"/></a:solidFill></a:lnB>'
)
_PLAIN: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # the style without lines and colours
_SIZES: Final = (16, 14, 12, 11, 10, 9)
_ROWS: Final = 14
_FULL: Final = 0.94  # of its room that a table takes: programs break lines in their own ways
_AIR: Final = 1.5  # how much higher rows are where there is room
_MARGINS: Final = 60_000  # of a cell, above and below together
_LINE: Final = 1.25 * 12_700  # EMU of a line's height for each point of its letters


def slide_table(slide: Any, part: TextTable, frame: Frame) -> Any:
    """A table of the first rows: a slide has room for no more."""
    lines = [part.heads, *part.rows[:_ROWS]]
    columns = list(zip(*lines, strict=True))
    widths, size, heights = _fitting(columns, frame)
    shape = slide.shapes.add_table(
        len(lines), len(lines[0]), frame.left, frame.top, frame.width, sum(heights)
    )
    shape._element.nvGraphicFramePr.cNvPr.set("descr", part.caption)
    table = shape.table
    table.horz_banding = False
    shape._element.find(f".//{qn('a:tableStyleId')}").text = _PLAIN
    for x, width in enumerate(widths):
        table.columns[x].width = Emu(width)
    numeric = [all(map(is_number, texts[1:])) for texts in columns]
    for y, line in enumerate(lines):
        table.rows[y].height = Emu(heights[y])
        for x, text in enumerate(line):
            _cell(table.cell(y, x), text, size=size, head=y == 0, right=x > 0 and numeric[x])
    return shape


def _fitting(columns: list[tuple[str, ...]], frame: Frame) -> tuple[list[int], float, list[int]]:
    """Columns' widths, the largest letters in which all rows fit, and the rows' heights."""
    for number in range(len(_SIZES)):
        widths, size = column_widths(columns, total=frame.width, sizes=_SIZES[number:])
        heights = _heights(columns, widths, size)
        if sum(heights) <= _FULL * frame.height:
            break
    airy = min(max(_FULL * frame.height / sum(heights), 1), _AIR)
    return widths, size, [round(airy * height) for height in heights]


def _heights(columns: list[tuple[str, ...]], widths: list[int], size: float) -> list[int]:
    letters = [max((width - 200_000) / (0.56 * size * 12_700), 1) for width in widths]
    return [
        _height(size, max(-(-len(text) // int(n)) for text, n in zip(row, letters, strict=True)))
        for row in zip(*columns, strict=True)
    ]


def _height(size: float, lines: int) -> int:
    return round(lines * size * _LINE) + _MARGINS


def _cell(cell: Any, text: str, *, size: float, head: bool, right: bool) -> None:
    cell.text = text
    cell.margin_top = cell.margin_bottom = Emu(_MARGINS // 2)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    for run in paragraph.runs:
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), head, _INK
    if right:
        paragraph.alignment = PP_ALIGN.RIGHT
    properties = cell._tc.get_or_add_tcPr()
    properties.append(parse_xml(_LINE_BELOW))
    if head:
        cell.fill.solid()
        cell.fill.fore_color.rgb = _HEAD
