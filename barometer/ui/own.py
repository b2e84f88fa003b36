"""What every page and file says of an own area: what it is made of, by which method, of whose."""

from collections import Counter
from collections.abc import Iterable, Sequence

from barometer import queries
from barometer.areas import BOUNDED_UNITS
from barometer.catalogue import Indicator, Text
from barometer.divisions import OWN, Language, level_name, parse_area_code
from barometer.queries import Area
from barometer.store import Reader
from barometer.ui.words import ABOUT_OWN
from barometer.wording.own import bounds_sentence, division_notes, own_notes


def own_sentences(reader: Reader, area_id: str, *, language: Language) -> tuple[str, ...]:
    """The sentences on an own area; none for any other place."""
    code = parse_area_code(area_id)
    if code is None or code.level != OWN:
        return ()
    own = reader.once(queries.members, area_id)
    made_of = own_notes(count=own.count, level=own.base, uncertain=own.uncertain, language=language)
    brought = own.brought
    if brought is None:
        return made_of
    division = division_notes(
        Text(brought.title_sv, brought.title_en),
        method=brought.method,
        n_cut=brought.n_cut,
        n_outside=brought.n_outside,
        n_there=brought.n_there,
        language=language,
    )
    return (*made_of, *division)


def bounds_sentences(
    reader: Reader, area_id: str, offered: Sequence[Indicator], *, year: int, language: Language
) -> list[str]:
    """Between what the medians and means of an own area lie in their last years up to one."""
    known = {own.indicator_id: own for own in offered if own.unit in BOUNDED_UNITS}
    found = reader.once(queries.bounds, area_id, indicators=tuple(known), year=year)
    return [
        bounds_sentence(known[i], year=last, low=low, high=high, language=language)
        for i, last, low, high in found
    ]


def own_about(
    reader: Reader, areas: Iterable[tuple[str, str]], *, language: Language
) -> list[tuple[str, str]]:
    """What is said of the own areas among some places, given as code and name.

    What is true of several of them is said once, after what they consist of.
    """
    each = [(name, own_sentences(reader, code, language=language)) for code, name in areas]
    found = [(name, said) for name, said in each if said]
    often = Counter(sentence for _, (_, *more) in found for sentence in more)
    shared = [sentence for sentence, times in often.items() if times == len(found) > 1]
    rows = [
        f"{name}: {' '.join([made_of, *(one for one in more if one not in shared)])}"
        for name, (made_of, *more) in found
    ]
    return [(ABOUT_OWN[language], row) for row in (*rows, " ".join(shared)) if row]


def own_kind(reader: Reader, area: Area, *, language: Language) -> str:
    """What an own area is called: an operator's by its title and what it is part of."""
    brought = reader.once(queries.members, area.area_id).brought
    if brought is None:
        return level_name(OWN, language=language)
    title = Text(brought.title_sv, brought.title_en)[language]
    return f"{title}, {brought.parent}" if brought.parent else title
