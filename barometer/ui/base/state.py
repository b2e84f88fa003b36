"""The state of a page: its address as understood, and the snapshot that answers it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Generic, Protocol, Self, TypeVar

import pandas as pd

from barometer.catalogue import Break, Catalogue, Text
from barometer.divisions import Language
from barometer.export import Sheet
from barometer.export.frames import frame_sheet
from barometer.queries import MarksIn, Provenance, marks_in, sources
from barometer.selection import Misunderstood, Offer
from barometer.store import Reader
from barometer.ui import parts
from barometer.ui.address import view_address
from barometer.ui.context import Context

T = TypeVar("T")


class PageAddress(Protocol):
    """The values of a page's address."""

    @property
    def language(self) -> Language:
        """The reader's language."""

    def to_query(self) -> str:
        """The address's query, with "?"."""


AddressT = TypeVar("AddressT", bound=PageAddress)


@dataclass(frozen=True)
class PageState(Generic[AddressT]):
    """What one request to a page is about; a page adds what its sections ask for.

    It is made once per request, and every frame that is made of it is computed once.
    `corrections` are what of the address could not be followed. `path` is the page's, `prefix`
    begins the anchors of its sections.
    """

    path: ClassVar[str]
    prefix: ClassVar[str]
    framed: ClassVar[bool] = True  # other sites may show the page, so its figures offer the code

    context: Context
    reader: Reader
    address: AddressT
    corrections: tuple[Misunderstood, ...] = ()
    _results: dict[Callable[..., Any], Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def language(self) -> Language:
        """The reader's language."""
        return self.address.language

    @property
    def query(self) -> str:
        """The query of the address as understood, with "?"."""
        return self.address.to_query()

    @cached_property
    def catalogue(self) -> Catalogue:
        """What the barometer can show."""
        return self.context.catalogue

    @cached_property
    def snapshot_offer(self) -> Offer:
        """What the snapshot holds."""
        return self.context.offer(self.reader)

    def once(self, function: Callable[[Self], T]) -> T:
        """`function(state)`, computed at most once per request."""
        if function not in self._results:
            self._results[function] = function(self)
        result: T = self._results[function]
        return result

    def provenance_of(
        self,
        source_ids: Iterable[str],
        breaks: tuple[Break, ...] = (),
        *,
        summed_from: tuple[str, ...] = (),
    ) -> Provenance:
        """The snapshot, SCB's tables with these ids, and what the barometer has summed."""
        used = self.reader.once(sources, tuple(dict.fromkeys(source_ids)))
        return Provenance(self.reader.snapshot, used, breaks, summed_from=summed_from)

    @property
    def title(self) -> str:
        """The page's title in this state."""
        raise NotImplementedError

    @property
    def provenance(self) -> Provenance:
        """Where the numbers of the page come from."""
        raise NotImplementedError

    @property
    def source(self) -> parts.Linked:
        """Where the numbers come from, every table a link to it."""
        return parts.source_links(self.provenance, self.catalogue, language=self.language)

    @property
    def constants(self) -> Mapping[str, Any]:
        """The columns that are the same in every row of a file of the page."""
        return {}

    @property
    def about(self) -> Sequence[tuple[str, str]]:
        """What a file of the page says beside its numbers: headings and texts."""
        return ()

    @property
    def headings(self) -> Mapping[str, Text]:
        """The headings of columns that are named by what is shown."""
        return {}

    @property
    def in_words(self) -> Mapping[str, Callable[[str], str]]:
        """Columns of the page's own codes, and what each code is called."""
        return {}

    def stem(self, file: str) -> Sequence[str]:
        """The parts of a file's name."""
        raise NotImplementedError

    def provenance_of_file(self, _file: str, _frame: pd.DataFrame, /) -> Provenance:
        """Where a file's numbers come from: as the page's, unless a page knows better."""
        return self.provenance

    def sheet(self, file: str, frame: pd.DataFrame) -> Sheet:
        """A frame of the page as a sheet; `file` is its name in an address."""
        return frame_sheet(
            frame,
            stem=self.stem(file),
            title=self.title,
            query=self.query,
            constants=self.constants,
            headings=self.headings,
            in_words=self.in_words,
            about=self.about,
            provenance=self.provenance_of_file(file, frame),
            language=self.language,
            catalogue=self.catalogue,
            address=view_address(self.path, self.query),
            marks=self.marks,
        )

    @property
    def marks(self) -> MarksIn:
        """The marks of areas, for files: asked for even after the request."""
        return marks_in(self.reader)
