"""The tables of the made-up country, as their entries in the catalogue say.

What nobody has composed is made up from the entry: a code is everybody's total, or a group of
people that follows one field of the landscape; whoever is in no group that an entry names is the
rest. What else SCB's table has nobody asks for.
"""

import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields
from functools import partial
from itertools import pairwise
from typing import Final

import numpy as np

from barometer.catalogue import TITLE, Catalogue
from barometer.catalogue.model import Source, Term, Text
from barometer.divisions import LAST_YEAR_OF_2018
from etl.synthetic.compositions import COMPOSITIONS
from etl.synthetic.declaration import (
    ADMIN_SETS,
    ALL_SETS,
    PER_CENT,
    Category,
    Cells,
    Composition,
    Content,
    Declaration,
    DeclaredVariable,
    counted,
    share,
)
from etl.synthetic.landscape import FIELDS
from etl.synthetic.population import FIRST_YEAR, Population, Trait, Years

_LOAD: Final = 0.5  # how strongly a made-up group follows its field


def declarations_for(catalogue: Catalogue) -> tuple[Declaration, ...]:
    """The tables of SCB's that the country composes, and each further one that has figures.

    A further table that is not known for certain is unknown here too, as it may be at SCB.
    """
    asked: dict[str, list[Term]] = defaultdict(list)
    for term in catalogue.terms():
        asked[term.source_id].append(term)
    parts = [part for indicator in catalogue.indicators.values() for part in indicator.parts]
    shares = _contents(part.published for part in parts)
    wholes = _contents(part.denominator for part in parts) - shares

    def composition(source: Source) -> Composition | None:
        terms = asked[source.source_id]
        if source.source_id in COMPOSITIONS or source.unverified or not terms:
            return COMPOSITIONS.get(source.source_id)
        return _composition(source, terms, wholes=wholes, shares=shares)

    sources = [source for source in catalogue.sources.values() if source.provider == "scb"]
    made = ((source, composition(source)) for source in sources)
    return tuple(_declaration(source, of) for source, of in made if of)


def _declaration(source: Source, composition: Composition) -> Declaration:
    return Declaration(
        **{own.name: getattr(composition, own.name) for own in fields(composition)},
        id=source.source_id,
        label=_title(source),
        infofile=source.subject,
        first=source.years[0],
        last=source.years[-1] if source.closed else None,
        every=min((b - a for a, b in pairwise(source.years)), default=1),
        sets=tuple(_sets(source)),
        source=source.agency,
    )


_Contents = set[tuple[str, str]]  # table and code


def _contents(terms: Iterable[Term | None]) -> _Contents:
    return {(term.source_id, code) for term in terms if term for code in term.codes[0][1]}


@dataclass(frozen=True, slots=True)
class _Axis:
    """A variable's categories, and the trait that divides people among their leaves."""

    variable: DeclaredVariable
    trait: Trait


def _composition(
    source: Source, terms: list[Term], *, wholes: _Contents, shares: _Contents
) -> Composition:
    counts, *others = source.variables
    codes = [
        dict.fromkeys(c for t in terms for c in t.codes[at][1]) for at in range(len(others) + 1)
    ]
    measured = _axis(
        source,
        counts.code,
        codes=codes[0],
        wholes=[c for of, c in wholes if of == source.source_id],
    )
    axes = [
        _axis(source, v.code, codes=of, wholes=v.default if len(v.default) == 1 else ())
        for v, of in zip(others, codes[1:], strict=True)
    ]
    return Composition(
        variables=tuple(axis.variable for axis in axes),
        contents=tuple(
            _content(category, is_share=(source.source_id, category.code) in shares)
            for category in measured.variable.categories
        ),
        cells=partial(_cells, tuple(axis.trait for axis in (*axes, measured))),
    )


def _axis(source: Source, name: str, *, codes: Iterable[str], wholes: Collection[str]) -> _Axis:
    """Codes of `wholes` have every leaf, each of the others has one, and the last is the rest's."""
    words = {code: words for variable, code, words in source.meanings if variable == name}
    groups = [code for code in codes if code not in wholes]
    leaves = {code: (at,) for at, code in enumerate(groups)}
    everybody = tuple(range(len(groups) + 1))
    categories = (
        Category(code, Text(words.get(code, code), code), leaves.get(code, everybody))
        for code in codes
    )
    total = next((code for code in codes if code in wholes), None)
    trait_id = f"{source.source_id} {name}"
    field = zlib.crc32(trait_id.encode())
    return _Axis(
        DeclaredVariable(name, Text(name, name), tuple(categories), total is not None, total),
        Trait(
            id=trait_id,
            national={FIRST_YEAR: tuple(1 / (1 + at) for at in everybody)},
            loads=tuple({FIELDS[(field + at) % len(FIELDS)]: _LOAD} for at in everybody),
        ),
    )


def _content(category: Category, *, is_share: bool) -> Content:
    leaves = category.leaves
    if is_share:
        return Content(category.code, category.label, share(*leaves), PER_CENT, decimals=1)
    return Content(category.code, category.label, counted(*leaves))


def _cells(traits: tuple[Trait, ...], population: Population, years: Years) -> Cells:
    """Everybody, divided by one trait after the other: shape (atoms, years, leaves of each)."""
    cells: Cells = population.of(years).sum(axis=(2, 3), dtype=np.int32)
    for trait in traits:
        cells = population.split(cells, trait, years)
    return cells


def _title(source: Source) -> Text:
    """The entry's own title, with the words that it expects in SCB's."""
    words = [w for name, _, w in source.meanings if name == TITLE]
    lacking = [w for w in words if w.casefold() not in source.title.sv.casefold()]
    return Text(", ".join((source.title.sv, *lacking)), source.title.en)


def _sets(source: Source) -> Iterator[str]:
    """The area sets of the entry's levels, of the divisions that its years are in."""
    last = source.years[-1] if source.closed else max(source.years[-1], LAST_YEAR_OF_2018 + 1)
    for area_set in ALL_SETS:
        level, division = area_set.rstrip("0123456789"), area_set[-4:]
        of_2025 = division == "2025" and last > LAST_YEAR_OF_2018
        of_2018 = division in ("2018", "2020") and source.years[0] <= LAST_YEAR_OF_2018
        if level in source.levels and (area_set in ADMIN_SETS or of_2025 or of_2018):
            yield area_set
