"""Reads the entries of sources.toml."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from barometer.catalogue.entry import CatalogueEntry
from barometer.catalogue.model import TITLE, Background, Provider, Source, Variable
from barometer.divisions import EVERY_LEVEL, LEVELS

# What an entry need not say of a provider whose tables all have the same shape.
_SHAPES: Final[dict[str, dict[str, Any]]] = {
    "kolada": {"path": "kpi", "levels": ["riket", "kommun"], "subject": ""},
    "file": {"path": "", "subject": ""},
    "pxweb1": {"subject": ""},
}
_KOLADA_SEX: Final = {"sex": {"variable": "Kon", "codes": {"women": "K", "men": "M"}}}


def read_background(entry: CatalogueEntry) -> Background:
    """A background with its categories in order."""
    categories = entry.entry("categories")
    background = Background(
        background_id=entry.place.rpartition(".")[2],
        name=entry.text("name"),
        categories=tuple((category, categories.text(category)) for category in categories.fields),
    )
    entry.close()
    return background


def with_defaults(
    source_id: str, fields: Mapping[str, Any], providers: Mapping[str, Any]
) -> dict[str, Any]:
    """The fields of a source with what its provider says of all of its tables.

    An entry of Kolada need not name its variables; `by_sex` says that it has women and men.
    """
    provider = str(fields.get("provider", "scb"))
    shape: dict[str, Any] = {**_SHAPES.get(provider, {})}
    stated = dict(fields)
    if provider == "kolada":
        shape["variables"] = {"ContentsCode": source_id, "Kon": "T"}
        if stated.pop("by_sex", False):
            shape["backgrounds"] = _KOLADA_SEX
    common = providers.get(provider, {})
    return {**shape, **(common if isinstance(common, dict) else {}), **stated}


def read_source(
    source_id: str, entry: CatalogueEntry, backgrounds: Mapping[str, Background]
) -> Source:
    """One table of any provider."""
    first, last = (entry.entry("years").get(end, int) for end in ("first", "last"))
    if first > last:
        entry.fault("years", f"first {first} is after last {last}")
    provider = entry.one_of("provider", Provider, default="scb")
    source = Source(
        source_id=source_id,
        title=entry.text("title"),
        path=entry.get("path", str),
        subject=entry.get("subject", str),
        variables=_variables(entry.entry("variables")),
        levels=entry.levels(EVERY_LEVEL if provider == "file" else LEVELS),
        years=_years(entry, first, last),
        closed=entry.get("closed", bool, default=False),
        rhythm=entry.text("rhythm"),
        licence=entry.get("licence", str, default="CC0"),
        breaks=entry.breaks(),
        backgrounds=_source_backgrounds(entry, backgrounds),
        unverified=entry.get("unverified", str, default=""),
        meanings=tuple(_meanings(entry)) if entry.has("meanings") else (),
        agency=entry.get("agency", str, default="SCB"),
        protection=entry.optional_text("protection"),
        perturbed_from=entry.get("perturbed", int) if entry.has("perturbed") else None,
        provider=provider,
        address=entry.get("address", str, default=""),
        parser=entry.get("parser", str, default=""),
        names=_names(entry),
        quarterly=entry.get("quarterly", bool, default=False),
        ahead=entry.get("ahead", int, default=0),
    )
    _check_provider(entry, source)
    entry.close()
    return source


def _names(entry: CatalogueEntry) -> tuple[tuple[str, str], ...]:
    """What the server calls our variables: { Tid = "År" }."""
    named = CatalogueEntry(
        f"{entry.place}.names", entry.get("names", dict, default={}), entry.faults
    )
    return tuple((own, named.get(own, str)) for own in named.fields)


def _check_provider(entry: CatalogueEntry, source: Source) -> None:
    if source.address and not source.address.startswith(("https://", "http://")):
        entry.fault(
            "address", f"{source.address[:80]!r}: a page's address, beginning with https://"
        )
    if source.provider == "pxweb1" and not source.address:
        entry.fault("address", "missing: the address of the PxWeb server and of its folder")
    if source.provider == "file" and not source.parser:
        entry.fault("parser", "missing: the name of the parser that reads the files")
    if source.provider == "kolada" and not {"regso", "deso"}.isdisjoint(source.levels):
        entry.fault("levels", "Kolada has no areas below kommun")


def _meanings(entry: CatalogueEntry) -> Iterator[tuple[str, str, str]]:
    by_variable = entry.entry("meanings")
    for variable in by_variable.fields:
        if variable == TITLE:
            yield from ((TITLE, "", words) for words in by_variable.words(TITLE))
            continue
        codes = by_variable.entry(variable)
        for code in codes.fields:
            yield variable, code, codes.get(code, str)


def _years(entry: CatalogueEntry, first: int, last: int) -> tuple[int, ...]:
    step = int(entry.number("every", default=1))
    if step < 1:
        entry.fault("every", f"{step} is not a step of at least one year")
        step = 1
    return tuple(range(first, last + 1, step))


def _variables(entry: CatalogueEntry) -> tuple[Variable, ...]:
    variables = tuple(Variable(code, entry.words(code)) for code in entry.fields)
    if not variables or variables[0].code != "ContentsCode":
        entry.fault("", "the first variable must be ContentsCode")
    return variables


def _source_backgrounds(
    entry: CatalogueEntry, backgrounds: Mapping[str, Background]
) -> tuple[tuple[str, str, tuple[tuple[str, tuple[str, ...]], ...]], ...]:
    found = []
    declared = CatalogueEntry(
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
