"""What a lägesbild says, as values: the same for Word and for slides."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from barometer.catalogue import Text
from barometer.divisions import Language
from barometer.own_codes import is_own, plain_id, renamed
from barometer.pictures import Card, Chart, drawing, picture

_NOT_HERE: Final = Text(
    "Uppgiften finns inte i den här dataversionen.", "This is not available in this data version."
)
_NO_LONGER: Final = Text(
    "Lägesbilden har inte längre den här delen. Ta bort den, eller gör en ny lägesbild för att se"
    " vad den har i stället.",
    "The profile no longer has this part. Remove it, or make a new profile to see what it has"
    " instead.",
)


@dataclass(frozen=True, slots=True)
class Sentences:
    """Finished sentences, a paragraph each; `small` for notes and sources."""

    texts: tuple[str, ...]
    small: bool = False


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table of finished texts; every row is as long as `heads`. The first column is text.

    `message` is what it shows in a sentence: the title of its slide.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    message: str = ""


@dataclass(frozen=True, slots=True)
class Illustration:
    """A chart or map that becomes a picture; `alt` says in words what it shows.

    With a `card` it carries heading, key and source with it, as a map must. `message` is what it
    shows in a sentence: the title of its slide.
    """

    caption: str
    alt: str
    chart: Chart
    size: tuple[int, int] = (1600, 800)
    card: Card | None = None
    message: str = ""

    def png(self, language: Language) -> bytes:
        """The picture."""
        if self.card is not None:
            return picture(self.card, self.chart, size=self.size)
        return drawing(self.chart, size=self.size, language=language)


Part = Sentences | TextTable | Illustration


@dataclass(frozen=True, slots=True)
class Block:
    """Generated content that is renewed as a whole. `key` is that of its content control.

    One without parts is what the place does not have: a new document leaves it out.
    """

    key: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading with generated blocks and, below, room for the kommun's own text.

    `prompt` says what to write there; "" leaves no room. An `appendix` has no slides.
    """

    key: str
    heading: str
    blocks: tuple[Block, ...] = ()
    prompt: str = ""
    appendix: bool = False


@dataclass(frozen=True, slots=True)
class Briefing:
    """A whole lägesbild.

    `fields` are short texts by key, for a line of a template: title, place, year and the like.
    """

    area_id: str
    language: Language
    snapshot_id: str
    title: str
    fields: Mapping[str, str]
    chapters: tuple[Chapter, ...]

    def blocks(self) -> Iterator[Block]:
        """Every block in the order of the document."""
        for chapter in self.chapters:
            yield from chapter.blocks

    def gone(self, key: str) -> Sentences:
        """What stands where an older document has something that this lägesbild has not.

        Either the data version lacks what the block is made of, or the lägesbild no longer has
        such a block or part.
        """
        lacking = any(b.key == key.partition(":")[0] and not b.parts for b in self.blocks())
        return Sentences(((_NOT_HERE if lacking else _NO_LONGER)[self.language],))

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key that a template may name: fields first."""
        return (*self.fields, *(block.key for block in self.blocks()))

    @property
    def identifier(self) -> str:
        """What a document says of itself."""
        return identifier(
            self.area_id,
            language=self.language,
            year=int(self.fields["year"]),
            snapshot_id=self.snapshot_id,
        )


def identifier(area_id: str, *, language: Language, year: int, snapshot_id: str) -> str:
    """What a document says of itself, so that it can be renewed and need not be made twice."""
    return f"barometer:{place_id(area_id)}:{language}:{year}:{snapshot_id}"


def place_id(area_id: str) -> str:
    """A place in an identifier, which has 255 letters at most: an own area by its codes' sum."""
    return plain_id(renamed(area_id, "") if is_own(area_id) else area_id)
