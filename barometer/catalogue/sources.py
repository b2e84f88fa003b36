"""Reads the entries of sources.toml."""

from collections.abc import Iterator, Mapping

from barometer.catalogue.entry import Entry
from barometer.catalogue.model import TITLE, Agency, Background, Source, Variable


def read_background(entry: Entry) -> Background:
    """A background with its categories in order."""
    categories = entry.entry("categories")
    background = Background(
        background_id=entry.place.rpartition(".")[2],
        name=entry.text("name"),
        categories=tuple((category, categories.text(category)) for category in categories.fields),
    )
    entry.close()
    return background


def read_source(source_id: str, entry: Entry, backgrounds: Mapping[str, Background]) -> Source:
    """One of SCB's tables."""
    first, last = (entry.entry("years").get(end, int) for end in ("first", "last"))
    if first > last:
        entry.fault("years", f"first {first} is after last {last}")
    source = Source(
        source_id=source_id,
        title=entry.text("title"),
        path=entry.get("path", str),
        subject=entry.get("subject", str),
        variables=_variables(entry.entry("variables")),
        levels=entry.levels(),
        years=_years(entry, first, last),
        closed=entry.get("closed", bool, default=False),
        rhythm=entry.text("rhythm"),
        licence=entry.get("licence", str, default="CC0"),
        breaks=entry.breaks(),
        backgrounds=_source_backgrounds(entry, backgrounds),
        unverified=entry.get("unverified", str, default=""),
        meanings=tuple(_meanings(entry)) if entry.has("meanings") else (),
        agency=entry.one_of("agency", Agency, default="SCB"),
        protection=entry.optional_text("protection"),
    )
    entry.close()
    return source


def _meanings(entry: Entry) -> Iterator[tuple[str, str, str]]:
    by_variable = entry.entry("meanings")
    for variable in by_variable.fields:
        if variable == TITLE:
            yield TITLE, "", by_variable.get(TITLE, str)
            continue
        codes = by_variable.entry(variable)
        for code in codes.fields:
            yield variable, code, codes.get(code, str)


def _years(entry: Entry, first: int, last: int) -> tuple[int, ...]:
    step = int(entry.number("every", default=1))
    if step < 1:
        entry.fault("every", f"{step} is not a step of at least one year")
        step = 1
    return tuple(range(first, last + 1, step))


def _variables(entry: Entry) -> tuple[Variable, ...]:
    variables = tuple(Variable(code, entry.words(code)) for code in entry.fields)
    if not variables or variables[0].code != "ContentsCode":
        entry.fault("", "the first variable must be ContentsCode")
    return variables


def _source_backgrounds(
    entry: Entry, backgrounds: Mapping[str, Background]
) -> tuple[tuple[str, str, tuple[tuple[str, tuple[str, ...]], ...]], ...]:
    found = []
    declared = Entry(
        f"{entry.place}.backgrounds", entry.get("backgrounds", dict, default={}), entry.faults
    )
    for background_id in declared.fields:
        item = declared.entry(background_id)
        codes = item.entry("codes")
        known = (
            [c for c, _ in backgrounds[background_id].categories]
            if background_id in backgrounds
            else []
        )
        if sorted(codes.fields) != sorted(known):
            item.fault(
                "codes", f"must name the categories {', '.join(known) or '(no such background)'}"
            )
        found.append(
            (
                background_id,
                item.get("variable", str),
                tuple((c, codes.words(c)) for c in codes.fields),
            )
        )
        item.close()
    return tuple(found)
