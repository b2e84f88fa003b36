"""Which areas of every level and division an own area consists of."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Final, Protocol


class Database(Protocol):
    """What is asked: a connection or a cursor."""

    def execute(self, query: Any, parameters: Any = None, /) -> Any:
        """Run a statement."""


COMPLETE_FROM: Final = 0.999  # the weight from which an area lies wholly in the own area
UNCERTAIN_AT_MOST: Final = 0.05  # of the residents, where borders moved between the divisions
_NOTICED_FROM: Final = 0.001  # the weight from which an area lies in the own area at all

Member = tuple[str, str, str, float]
"""Area, level, division, and the share of the area's residents that live in the own area."""
MEMBER_COLUMNS: Final = ("own_id", "area_id", "level", "division", "weight")

_AREAS: Final = """
SELECT area_id, CAST(level AS VARCHAR), CAST(division AS VARCHAR), parent_id, kommun_id,
    coalesce(population, 1)
FROM areas WHERE level <> 'own' ORDER BY area_id
"""
_CROSSWALK: Final = "SELECT from_id, to_id, weight_population FROM crosswalk ORDER BY ALL"


@dataclass(frozen=True, slots=True)
class Register:
    """The areas of a snapshot as far as membership goes.

    `kinds` has level and division of every area, `regso` that of every DeSO, `below` the RegSO and
    DeSO of every kommun and the DeSO of every RegSO, `residents` 1 where nobody has counted.
    `beyond` leads to areas of the other division, with the share of their residents that live here.
    """

    kinds: Mapping[str, tuple[str, str]]
    regso: Mapping[str, str]
    below: Mapping[str, Sequence[str]]
    residents: Mapping[str, float]
    beyond: Mapping[str, Sequence[tuple[str, float]]]


def read_register(database: Database) -> Register:
    """All areas but operators' own, and the crosswalk."""
    rows = database.execute(_AREAS).fetchall()
    kinds = {area_id: (level, division) for area_id, level, division, *_ in rows}
    residents = {row[0]: row[-1] for row in rows}
    regso: dict[str, str] = {}
    below: dict[str, list[str]] = defaultdict(list)
    for area_id, level, _, parent, kommun, _ in rows:
        if level in ("regso", "deso"):
            below[kommun].append(area_id)
        if level == "deso" and parent != kommun and parent in kinds:
            regso[area_id] = parent
            below[parent].append(area_id)
    links = database.execute(_CROSSWALK).fetchall()
    return Register(kinds, regso, dict(below), residents, _beyond(links, residents))


def _beyond(
    links: Sequence[tuple[str, str, float]], residents: Mapping[str, float]
) -> dict[str, list[tuple[str, float]]]:
    """From and to, both ways: of an area's residents these come from there, or have gone there."""
    arrived: dict[str, float] = defaultdict(float)
    for one, other, weight in links:
        arrived[other] += weight * residents.get(one, 0)
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for one, other, weight in links:
        found[other].append((one, weight))
        everybody = arrived[other]
        found[one].append((other, weight * residents.get(one, 0) / everybody if everybody else 1))
    return dict(found)


def members_of(chosen: Sequence[str], register: Register) -> list[Member]:
    """What an own area of some areas is, at every level and in every division that it is whole in.

    `chosen` are of one level and division. To them come the areas below, those above when all of
    one is chosen, and those of the other division by the crosswalk. A division in which more than
    `UNCERTAIN_AT_MOST` of the residents are on one side of a border by estimate alone is left out,
    and so is one in which nobody knows what became of one of the areas: its residents would be
    lost.
    """
    whole = _whole([own for own in chosen if own in register.kinds], register)
    carried: dict[tuple[str, str], list[Member]] = defaultdict(list)
    for member in _carried(whole, register):
        carried[member[1], member[2]].append(member)
    found = [(area_id, *register.kinds[area_id], 1.0) for area_id in sorted(whole)]
    for members in carried.values():
        people = [register.residents[area_id] for area_id, *_ in members]
        weighed = [(n, member[-1]) for n, member in zip(people, members, strict=True)]
        doubt = sum(n * min(weight, 1 - weight) for n, weight in weighed)
        if doubt <= UNCERTAIN_AT_MOST * sum(n * weight for n, weight in weighed):
            found += members
    return found


def _whole(chosen: Sequence[str], register: Register) -> Set[str]:
    """The areas, those below, and their RegSO in a division of which no RegSO is cut."""
    below = {own for area_id in chosen for own in register.below.get(area_id, ())}
    found = below.union(chosen)
    counts = Counter(register.regso[own] for own in found if own in register.regso)
    cut = {register.kinds[own][1] for own, n in counts.items() if n < len(register.below[own])}
    return found.union(own for own in counts if register.kinds[own][1] not in cut)


def _carried(whole: Set[str], register: Register) -> Iterator[Member]:
    """Areas of the other division, at the levels at which something is known of every area."""
    here = {register.kinds[own] for own in whole}
    lost = {register.kinds[own][0] for own in whole if own not in register.beyond}
    weights: dict[str, float] = defaultdict(float)
    for own in sorted(whole):
        for other, share in register.beyond.get(own, ()):
            weights[other] += share
    for area_id in sorted(weights):
        level, division = register.kinds.get(area_id, ("", ""))
        weight = min(weights[area_id], 1.0)
        if weight <= _NOTICED_FROM or level in ("", *lost) or (level, division) in here:
            continue
        yield area_id, level, division, 1.0 if weight >= COMPLETE_FROM else weight
