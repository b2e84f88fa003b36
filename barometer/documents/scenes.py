"""What each slide of a lägesbild shows, and where on it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil
from typing import Final, NamedTuple

from barometer.documents.model import Chapter, Illustration, Part, Sentences, TextTable


class Frame(NamedTuple):
    """A rectangle on a slide, in EMU."""

    left: int
    top: int
    width: int
    height: int


WIDTH: Final = 12_192_000  # 16:9
HEIGHT: Final = 6_858_000
_MARGIN: Final = 610_000
_TOP: Final = 1_350_000
_BOTTOM: Final = 6_300_000
_GAP: Final = 200_000
_BESIDE: Final = 3_300_000  # the width of what stands beside a figure
_LEAST_OWN: Final = 1_100_000  # the height of a box for own words
_POINT: Final = 12_700
_LETTER: Final = 0.56  # of its size is how wide a letter is
_LINE: Final = 1.25  # of its size is how high a line is
_INSET: Final = 183_000  # of a text box, left and right together
TITLE: Final = Frame(_MARGIN, 350_000, WIDTH - 2 * _MARGIN, 850_000)
ROOM: Final = Frame(_MARGIN, _TOP, WIDTH - 2 * _MARGIN, _BOTTOM - _TOP)
FOOT: Final = Frame(_MARGIN, 6_380_000, WIDTH - 2 * _MARGIN, 330_000)
FIRST_TITLE: Final = Frame(_MARGIN, 1_500_000, ROOM.width, 1_900_000)
FIRST_TEXT: Final = Frame(_MARGIN, 3_600_000, ROOM.width, 2_600_000)


@dataclass(frozen=True, slots=True)
class Scene:
    """A slide: its message, a figure, and beside it sentences with the keys of their shapes."""

    key: str
    title: str
    figure: TextTable | Illustration | None
    beside: tuple[tuple[str, Sentences], ...]

    @property
    def message_key(self) -> str:
        """The key of the title's shape."""
        return f"{self.key}:message"


def part_key(key: str, number: int) -> str:
    """The key of a block's n:th part: the first has the block's own."""
    return key if number == 1 else f"{key}:{number}"


def parts_of(chapter: Chapter) -> Iterator[tuple[str, Part]]:
    """Every part of a chapter with its key."""
    for block in chapter.blocks:
        for number, part in enumerate(block.parts, start=1):
            yield part_key(block.key, number), part


def scenes(chapter: Chapter) -> tuple[Scene, ...]:
    """A slide for each figure of a chapter: with the sentences before it and the notes after it.

    A chapter of sentences alone has one slide, one of notes alone none.
    """
    found: list[Scene] = []
    before: list[tuple[str, Sentences]] = []
    for key, part in parts_of(chapter):
        if not isinstance(part, Sentences):
            title = part.message or f"{chapter.heading}: {part.caption}"
            found.append(Scene(key, title, part, tuple(before)))
            before = []
        elif part.small and found and not before:
            found[-1] = replace(found[-1], beside=(*found[-1].beside, (key, part)))
        elif not part.small:
            before.append((key, part))
    if before:
        last = found.pop() if found else Scene(before[0][0], chapter.heading, None, ())
        found.append(replace(last, beside=(*last.beside, *before)))
    return tuple(replace(scene, beside=_unsaid(scene)) for scene in found)


def _unsaid(scene: Scene) -> tuple[tuple[str, Sentences], ...]:
    """What stands beside a figure without what the title says already."""
    rest = []
    for key, part in scene.beside:
        texts = (text.replace(f"{scene.title}.", "", 1).strip() for text in part.texts)
        said = tuple(text for text in texts if text)
        if said:
            rest.append((key, replace(part, texts=said)))
    return tuple(rest)


def frames(scene: Scene, prompt: Sentences | None) -> list[Frame]:
    """The rooms of a slide's figure, of each part beside it, and of own words last."""
    texts = [part for _, part in scene.beside]
    if not texts and prompt is None:
        return [ROOM]
    width = ROOM.width if scene.figure is None else _BESIDE
    left = ROOM.left + ROOM.width - width
    figure = Frame(ROOM.left, ROOM.top, ROOM.width - _BESIDE - _GAP, ROOM.height)
    room = ROOM.height - (0 if prompt is None else _LEAST_OWN + _GAP)
    heights = [_height(part, width, _text_size(part)) for part in texts]
    squeeze = min(1.0, (room - _GAP * len(texts)) / max(sum(heights), 1))
    beside, top = [], ROOM.top
    for height in heights:
        beside.append(Frame(left, top, width, round(height * squeeze)))
        top += round(height * squeeze) + _GAP
    if prompt is not None:
        beside.append(Frame(left, top, width, ROOM.top + ROOM.height - top))
    return [figure, *beside]


def text_size(part: Sentences, frame: Frame) -> int:
    """The size in points in which texts fit a frame, 9 at least."""
    sizes = range(_text_size(part), 8, -1)
    return next((s for s in sizes if _height(part, frame.width, s) <= frame.height), 9)


def title_size(title: str) -> int:
    """The size in points in which a title fits its frame."""
    sizes = (24, 20, 18, 16, 14)
    said = Sentences((title,))
    return next((s for s in sizes if _height(said, TITLE.width, s) <= TITLE.height), sizes[-1])


def _text_size(part: Sentences) -> int:
    return 11 if part.small else 16


def _height(part: Sentences, width: int, size: int) -> int:
    """How high texts are in letters of a size, with the margins of their box."""
    letters = (width - _INSET) / (_LETTER * size * _POINT)
    lines = sum(max(ceil(len(text) / letters), 1) for text in part.texts)
    return round((lines * _LINE * size + 6 * len(part.texts) + 8) * _POINT)


def columns(n: int) -> list[Frame]:
    """The room of a slide in n columns."""
    width = (ROOM.width - _GAP * (n - 1)) // n
    return [Frame(ROOM.left + k * (width + _GAP), ROOM.top, width, ROOM.height) for k in range(n)]


def split(frame: Frame) -> tuple[Frame, Frame]:
    """A line for a heading, and what is below it."""
    line = 420_000
    below = Frame(frame.left, frame.top + line, frame.width, frame.height - line)
    return Frame(frame.left, frame.top, frame.width, line), below
