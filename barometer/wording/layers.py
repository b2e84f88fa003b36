"""What the map's legend says of changes, local measures and two things at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from barometer.catalogue import Break, Catalogue, Text
from barometer.divisions import Language
from barometer.selection import Layer, Selection
from barometer.wording.maps import container_name, display_name, subject
from barometer.wording.names import NO_FIGURES
from barometer.wording.numbers import number, year_list
from barometer.wording.scales import Scale, written, written_range

# What a local measure tells, {place} being riket, the län or the kommun.
_MEANING: Final[Mapping[Layer, Text]] = {
    "location_quotient": Text(
        "Lokaliseringskvoten 2 betyder att gruppen är dubbelt så vanlig här som i {place}, 1 lika"
        " vanlig, 0 att den saknas.",
        "A location quotient of 2 means that the group is twice as common here as in {place}, 1 as"
        " common, 0 that it is absent.",
    ),
    "dissimilarity_contribution": Text(
        "Områdets andel av segregationsindex (D) i {place}. Andelarna summerar till 100 %.",
        "The area's share of the dissimilarity index (D) in {place}. The shares add up to 100%.",
    ),
    "local_segregation": Text(
        "Områdets andel av segregationen mellan områden (M) i {place}. Andelarna summerar till "
        "100 %.",
        "The area's share of the segregation between areas (M) in {place}. The shares add up to "
        "100%.",
    ),
    "local_entropy": Text(
        "Mångfalden är 0 där bara en grupp bor och högst där alla grupper är lika stora.",
        "Diversity is 0 where only one group lives and highest where all groups are of equal size.",
    ),
    "ice": Text(
        "+1 betyder att bara den högsta gruppen bor i området, −1 bara den lägsta, 0 lika många av"
        " båda.",
        "+1 means that only the highest group lives in the area, −1 only the lowest, 0 as many of"
        " both.",
    ),
    "distance_to_mix": Text(
        "Från varje område växer ett grannskap, närmaste områden först, tills blandningen inte"
        " längre avviker mer än 0,005 nats från hela kommunens, eller från hela det egna områdets"
        " när ett sådant är valt. Avståndet är mellan områdenas mittpunkter; 0 m betyder att"
        " området självt räcker.",
        "From every area a neighbourhood grows, nearest areas first, until its mix differs by no"
        " more than 0.005 nats from that of the whole municipality, or of the whole own area where"
        " one is chosen. Distances are between centres of areas; 0 m means that the area itself is"
        " enough.",
    ),
}


def layer_meaning(layer: Layer, *, place: str, language: Language) -> str:
    """What a local measure tells of an area in riket, a län or a kommun."""
    return _MEANING[layer][language].format(place=place)


@dataclass(frozen=True, slots=True)
class MapSentenceInput:
    """What a sentence is about: the view, its values without gaps, and how they are written."""

    selection: Selection
    catalogue: Catalogue
    names: Mapping[str, str]
    values: NDArray[np.float64]
    scale: Scale

    @property
    def language(self) -> Language:
        """The language it is told in."""
        return self.selection.language

    def count(self, chosen: NDArray[np.bool_]) -> str:
        """How many values are chosen, in figures."""
        return number(int(np.count_nonzero(chosen)), decimals=0, language=self.language)

    def areas(self, chosen: NDArray[np.bool_]) -> str:
        """How many areas are chosen, in figures and the word."""
        return _areas(int(np.count_nonzero(chosen)), language=self.language)

    def write(self, amount: float) -> str:
        """A value with its unit."""
        return written(amount, scale=self.scale, language=self.language)


def change_of_values_sentence(
    inputs: MapSentenceInput, *, counts: Sequence[int], uncertain: int
) -> str:
    """How many areas are drawn as risen, as fallen and as neither, and how sure that is.

    `counts` are the areas of each class, lowest first; the middle class holds no change.
    """
    if not inputs.values.size:
        return NO_FIGURES[inputs.language]
    selection, values = inputs.selection, inputs.values
    indicator = inputs.catalogue.indicators[selection.indicator]
    value = Text("värdet", "the value")
    what = {
        language: (subject(indicator, language=language) if selection.layer == "value" else None)
        or value[language]
        for language in ("sv", "en")
    }
    middle = len(counts) // 2
    below, above = sum(counts[:middle]), sum(counts[len(counts) - middle :])
    level = counts[middle] if len(counts) % 2 else 0
    up = _areas(above, language=inputs.language)
    down, same = (number(n, decimals=0, language=inputs.language) for n in (below, level))
    ends = float(values.min()), float(values.max())
    span = written_range(*ends, scale=inputs.scale, language=inputs.language)
    if written_range(ends[0], ends[0], scale=inputs.scale, language=inputs.language) == span:
        return _same_change(what, span, inputs, n=values.size)
    first = Text(
        f"Från {selection.since} till {selection.year} ökade {what['sv']} i {up} (blå), minskade i"
        f" {down} (bruna) och var nästan detsamma i {same}; förändringen går från {span}. Ju"
        " starkare färg, desto större förändring.",
        f"From {selection.since} to {selection.year} {what['en']} rose in {up} (blue), fell in"
        f" {down} (brown) and was about the same in {same}; the change runs from {span}. The"
        " stronger the colour, the larger the change.",
    )[inputs.language]
    return " ".join(filter(None, (first, uncertain_sentence(uncertain, language=inputs.language))))


def _same_change(what: Mapping[str, str], change: str, inputs: MapSentenceInput, *, n: int) -> str:
    """That all areas, or the only one with both years, changed by the same."""
    selection, areas = inputs.selection, _areas(n, language=inputs.language)
    return Text(
        f"Från {selection.since} till {selection.year} ändrades {what['sv']} med {change} i"
        f" {areas}.",
        f"From {selection.since} to {selection.year} {what['en']} changed by {change} in {areas}.",
    )[inputs.language]


def uncertain_sentence(n: int, *, language: Language) -> str:
    """In how many areas a change may be chance alone; empty when there is none."""
    if not n:
        return ""
    counted = number(n, decimals=0, language=language)
    noun = (
        Text("streckat område", "hatched area")
        if n == 1
        else Text("streckade områden", "hatched areas")
    )
    return Text(
        f"I {counted} {noun.sv} är förändringen inom osäkerheten (modellberäknad, 95\u00a0%).",
        f"In {counted} {noun.en} the change is within its uncertainty (by model, 95%).",
    )[language]


def measure_of_areas_sentence(inputs: MapSentenceInput, *, strongest: NDArray[np.bool_]) -> str:
    """What a local measure shows; `strongest` are the areas of the highest class."""
    if not inputs.values.size:
        return NO_FIGURES[inputs.language]
    place = container_name(inputs.selection, names=inputs.names)
    meaning = layer_meaning(inputs.selection.layer, place=place, language=inputs.language)
    middle = inputs.selection.middle
    if middle is not None:
        first = _both_sides(inputs, middle, place)
    elif inputs.selection.layer == "distance_to_mix":
        first = _distances(inputs)
    elif inputs.selection.layer == "local_entropy":
        low, high = (inputs.write(float(end)) for end in (inputs.values.min(), inputs.values.max()))
        first = Text(
            f"Mångfalden går från {low} till {high}.", f"Diversity runs from {low} to {high}."
        )
    else:
        first = _part_of_all(inputs, strongest, place)
    return f"{first[inputs.language]} {meaning}"


def _both_sides(inputs: MapSentenceInput, middle: float, place: str) -> Text:
    above, below = inputs.areas(inputs.values > middle), inputs.count(inputs.values < middle)
    if inputs.selection.layer == "ice":
        groups = inputs.catalogue.groupings[inputs.selection.grouping].groups
        low, high = groups[0].name, groups[-1].name
        return Text(
            f"I {above} är ”{high.sv}” fler än ”{low.sv}” (blå), i {below} är de färre (bruna).",
            f"In {above} “{high.en}” outnumber “{low.en}” (blue), in {below} they are fewer"
            " (brown).",
        )
    group = inputs.catalogue.indicators[inputs.selection.indicator].group or Text("", "")
    return Text(
        f"I {above} är andelen {group.sv} högre än i {place} (blå), i {below} lägre (bruna).",
        f"In {above} the share of {group.en} is higher than in {place} (blue), in {below} lower "
        "(brown).",
    )


def _distances(inputs: MapSentenceInput) -> Text:
    half, most = (inputs.write(float(m)) for m in np.quantile(inputs.values, [0.5, 1]))
    mixed = inputs.values == 0
    here = Text("I inget område", "In no area")
    if mixed.any():
        here = Text(f"I {inputs.areas(mixed)}", f"In {inputs.areas(mixed)}")
    return Text(
        f"{here.sv} räcker området självt; i hälften av områdena är avståndet högst {half}, som"
        f" längst {most}.",
        f"{here.en} the area itself is enough; in half of the areas the distance is at most"
        f" {half}, at the longest {most}.",
    )


def _part_of_all(inputs: MapSentenceInput, strongest: NDArray[np.bool_], place: str) -> Text:
    many = inputs.count(strongest)
    one = many == "1"
    part = number(float(inputs.values[strongest].sum()), decimals=0, language=inputs.language)
    return Text(
        f"{'Det område' if one else f'De {many} områden'} som drar mest står för {part}\u00a0% av"
        f" segregationen i {place}.",
        f"The {'area' if one else f'{many} areas'} that {'drives' if one else 'drive'} it most"
        f" {'makes' if one else 'make'} up {part}% of the segregation in {place}.",
    )


def crossed_sentence(
    counts: Sequence[int], *, one: Selection, other: Selection, catalogue: Catalogue
) -> str:
    """Of two things in one map, in how many areas they go together and in how many they do not.

    `counts` has nine numbers: by thirds of the other, lowest first, and in each by thirds of one.
    """
    if not sum(counts):
        return NO_FIGURES[one.language]
    language = one.language
    a, b = (_crossed_name(view, one, other, catalogue) for view in (one, other))
    low, only_a, only_b = (
        number(counts[place], decimals=0, language=language) for place in (0, 2, 6)
    )
    both = _areas(counts[8], language=language)
    return Text(
        f"I {both} hör både {a} och {b} till den högsta tredjedelen, i {low} hör båda till den "
        f"lägsta. I {only_a} är {a} hög och {b} låg, i {only_b} tvärtom.",
        f"In {both} both {a} and {b} are in the highest third, in {low} both are in the lowest. "
        f"In {only_a} {a} is high and {b} low, in {only_b} the opposite.",
    )[language]


def _areas(n: int, *, language: Language) -> str:
    noun = Text("område", "area") if n == 1 else Text("områden", "areas")
    return f"{number(n, decimals=0, language=language)} {noun[language]}"


def _crossed_name(view: Selection, one: Selection, other: Selection, catalogue: Catalogue) -> str:
    if one.indicator == other.indicator and one.layer == other.layer:
        return Text(f"{view.year} års värde", f"the value of {view.year}")[view.language]
    name = display_name(view, catalogue=catalogue)
    return Text(f"”{name}”", f"“{name}”")[view.language]


def breaks_sentences(
    breaks: Sequence[Break], *, first: int, last: int, language: Language
) -> list[str]:
    """The breaks that lie between two years."""
    between = [found for found in breaks if first < found.year <= last]
    return [
        Text(
            f"Tidsseriebrott {found.year}: {found.note.sv}",
            f"Break in {found.year}: {found.note.en}",
        )[language]
        for found in between
    ]


def steady_sentence(years: Sequence[int], *, language: Language) -> str:
    """That a colour means the same in every year."""
    span = year_list([years[0], years[-1]]) if len(years) < 3 else f"{years[0]}–{years[-1]}"
    return Text(
        f"Klasserna är desamma för alla år ({span}).",
        f"The classes are the same for all years ({span}).",
    )[language]


def caution_sentence(n: int, *, fewest: int, language: Language) -> str:
    """How many areas have figures of few persons; empty when none has."""
    if not n:
        return ""
    counted = number(n, decimals=0, language=language)
    one = n == 1
    return Text(
        f"{counted} {'område med punktmönster' if one else 'områden med punktmönster'} bygger på "
        f"färre än {fewest} personer: slumpen kan påverka mycket.",
        f"{counted} dotted {'area has' if one else 'areas have'} fewer than {fewest} persons "
        "behind the figure: random variation is large.",
    )[language]
