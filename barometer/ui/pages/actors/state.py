"""What the actors page is about: actors, a lens as understood, and the frames."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from barometer import queries, wording
from barometer.actors import Actor, Start, load_actors, shared
from barometer.selection import Lens
from barometer.store import Reader
from barometer.ui.address import address
from barometer.ui.base.state import PageState
from barometer.ui.context import Context
from barometer.ui.pages.actors import words


@dataclass(frozen=True)
class ActorsState(PageState[Lens]):
    """Whose view it is, and the snapshot that says what can be opened."""

    path = "/aktorer"
    prefix = "actors"
    framed = False

    actors: Mapping[str, Actor] = field(kw_only=True)

    @property
    def lens(self) -> Lens:
        """Whose view it is."""
        return self.address

    @property
    def title(self) -> str:
        """The page's title, in a file."""
        return words.TITLE[self.language]

    @property
    def provenance(self) -> queries.Provenance:
        """The snapshot: the actors come from the catalogue, not from any table of SCB's."""
        return self.provenance_of(())

    @property
    def constants(self) -> dict[str, str]:
        """Where the rows come from."""
        return {"source": "actors.toml"}

    @property
    def in_words(self) -> dict[str, Callable[[str], str]]:
        """The actors by name, and whose choice the rows are."""
        return {
            "shared_with": lambda ids: wording.enumerated(
                [self.name(own) for own in ids.split()], language=self.language
            ),
            "source": lambda _: words.CHOICE[self.language],
        }

    def stem(self, file: str) -> tuple[str, ...]:
        """The parts of a file's name."""
        return ("actors", file, *((self.lens.actor,) if file == "indicators" else ()))

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
            "folj-upp": self.reader.once(queries.evaluation_offer).indicators,
        }
        return tuple(page for page, known in offered.items() if indicator in known)

    @property
    def weighed(self) -> dict[str, float]:
        """The indicators of the signals that bear on the task, with weights, as offered here."""
        rules, offer = self.catalogue.signals, self.snapshot_offer
        every = rules.weights if rules else {}
        own = self.actor.indicators
        return {i: weight for i, weight in every.items() if i in own and i in offer.indicators}

    def link_to(self, page: str, indicator: str | None, level: str | None = None) -> str:
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
    reading = Lens.from_query(query, offer=tuple(actors))
    return ActorsState(context, reader, reading.view, reading.misunderstood, actors=actors)


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
