"""What the actors page is about: actors, a lens as understood, and the frames."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from barometer import queries
from barometer.actors import Actor, Start, load_actors, shared
from barometer.divisions import Language
from barometer.selection import Lens, LensReading
from barometer.store import Reader
from barometer.ui.context import Context
from barometer.ui.links import address


@dataclass(frozen=True, slots=True)
class ActorsState:
    """A reading, the actors, and the snapshot that says what can be opened."""

    reader: Reader
    reading: LensReading
    actors: Mapping[str, Actor]
    context: Context

    @property
    def lens(self) -> Lens:
        """Whose view it is."""
        return self.reading.lens

    @property
    def language(self) -> Language:
        """The language it is told in."""
        return self.lens.language

    @property
    def actor(self) -> Actor:
        """The chosen actor."""
        return self.actors[self.lens.actor]

    @property
    def indicators(self) -> tuple[str, ...]:
        """The actor's indicators, those about children and young people first."""
        known = self.context.catalogue.indicators
        return tuple(sorted(self.actor.indicators, key=lambda i: not known[i].children))

    def name(self, actor_id: str) -> str:
        """An actor's name."""
        return self.actors[actor_id].name[self.language]

    def partners(self, indicator: str) -> tuple[str, ...]:
        """The other actors with the indicator."""
        return tuple(
            a
            for a, other in self.actors.items()
            if a != self.lens.actor and indicator in other.indicators
        )

    def pages_of(self, indicator: str) -> tuple[str, ...]:
        """The pages on which the snapshot has the indicator."""
        offered = {
            "karta": self.context.offer(self.reader).indicators,
            "segregation": self.reader.once(queries.measure_offer).groupings,
            "folj-upp": self.reader.once(queries.effort_offer).indicators,
        }
        return tuple(page for page, known in offered.items() if indicator in known)

    def address(self, page: str, indicator: str | None, level: str | None = None) -> str:
        """A page preset with an indicator and a level, in the reader's language."""
        keys = {"segregation": ("grouping", "units")}.get(page, ("indicator", "level"))
        query = dict(zip(keys, (indicator, level), strict=True))
        return address(f"/{page}", language=self.language, **query)

    def can_open(self, start: Start) -> bool:
        """Whether the snapshot has what a start asks for."""
        return start.indicator is None or start.page in self.pages_of(start.indicator)


def resolve(context: Context, reader: Reader, query: str) -> ActorsState:
    """An address as the actors page understands it."""
    actors = load_actors(context.catalogue)
    return ActorsState(reader, Lens.from_query(query, actors=tuple(actors)), actors, context)


def indicators_frame(state: ActorsState) -> pd.DataFrame:
    """The actor's indicators. Columns: actor_id, actor, indicator, label, sector, shared_with."""
    known = state.context.catalogue.indicators
    rows = [
        (
            state.lens.actor,
            state.name(state.lens.actor),
            indicator,
            known[indicator].name[state.language],
            known[indicator].sector,
            " ".join(state.partners(indicator)),
        )
        for indicator in state.indicators
    ]
    columns = ["actor_id", "actor", "indicator", "label", "sector", "shared_with"]
    return pd.DataFrame(rows, columns=columns)


def matrix_frame(state: ActorsState) -> pd.DataFrame:
    """Every actor with every other. Columns: actor_id, actor, other_id, other, n_shared."""
    rows = [
        (a, state.name(a), b, state.name(b), len(shared(first, second)))
        for a, first in state.actors.items()
        for b, second in state.actors.items()
    ]
    return pd.DataFrame(rows, columns=["actor_id", "actor", "other_id", "other", "n_shared"])


FRAMES: Final[Mapping[str, Callable[[ActorsState], pd.DataFrame]]] = {
    "indicators": indicators_frame,
    "matrix": matrix_frame,
}
