"""Every entry of the catalogue, one by one: whole, named in two languages, fit for its units."""

import re

import pytest

from barometer.catalogue import (
    ALL,
    REST,
    SECTORS,
    Grouping,
    Indicator,
    Source,
    Term,
    load_catalogue,
)
from barometer.divisions import LEVELS

CATALOGUE = load_catalogue()


def every(kind: str) -> pytest.MarkDecorator:
    entries = getattr(CATALOGUE, kind)
    return pytest.mark.parametrize("entry", entries.values(), ids=entries)


def years(entry: Indicator | Grouping) -> set[int]:
    """The years that its sources must hold and its parts use."""
    if isinstance(entry, Indicator) and entry.derived:
        return set.intersection(*(years(other) for other in entry.composed_of))
    found: set[int] = set()
    for part in entry.parts:
        terms = part.terms
        first, last = part.first_year or 0, part.last_year or 9999
        held = [set(CATALOGUE.sources[term.source_id].years) for term in terms]
        found |= {year for year in set.intersection(*held) if first <= year <= last}
    return found


@every("indicators")
def test_an_indicator_is_whole(entry: Indicator) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]*", entry.indicator_id)
    assert entry.sector in SECTORS
    for text in (entry.name, entry.definition, entry.population):
        assert text["sv"].strip() == text.sv
        assert text["en"].strip() == text.en
    assert entry.definition.sv.endswith(".")
    assert entry.definition.en.endswith(".")
    assert not entry.name.sv.endswith(".")
    assert 0 <= entry.decimals <= 3
    assert entry.unit != "per_1000" or entry.decimals or entry.indicator_id == "cars"
    assert entry.min_denominator >= 0


@every("indicators")
def test_an_indicator_has_figures(entry: Indicator) -> None:
    assert entry.source_ids
    assert years(entry), "no year in which all its tables hold figures"
    for term in (term for part in entry.parts for term in part.terms):
        assert term.variable_ids


@every("indicators")
def test_an_indicator_fits_its_unit(entry: Indicator) -> None:
    is_rate = entry.unit in ("percent", "per_1000")
    scales = {part.scale for part in entry.parts if part.numerator}
    assert scales <= {{"percent": 100.0, "index": 100.0, "per_1000": 1000.0}.get(entry.unit, 1.0)}
    assert not entry.is_share or entry.unit == "percent"
    assert (entry.unit == "class") == bool(entry.categories)
    if entry.categories:
        assert entry.decimals == 0
        assert [number for number, _ in entry.categories] == [1, 2, 3, 4, 5]
    if is_rate and entry.is_share:
        assert all(part.denominator for part in entry.parts)


@every("indicators")
def test_a_share_names_its_halves_as_they_stand_in_a_sentence(entry: Indicator) -> None:
    if entry.group is None or entry.rest is None:
        assert not entry.is_share
        assert entry.indicator_id not in CATALOGUE.groupings
        return
    assert entry.group != entry.rest
    for half in (entry.group, entry.rest):
        assert half.sv[0].islower()
        assert not half.sv.endswith(".")
    grouping = CATALOGUE.groupings[entry.indicator_id]
    assert grouping.kind == "two-group"
    assert [group.group_id for group in grouping.groups] == [entry.indicator_id, REST]


@every("indicators")
def test_a_background_reaches_every_term(entry: Indicator) -> None:
    for background in entry.backgrounds:
        for category, _ in CATALOGUE.backgrounds[background].categories:
            for term in (term for part in entry.parts for term in part.terms):
                narrowed = CATALOGUE.narrow(term, background, category)
                assert len(narrowed.codes) == len(term.codes)
                differing = [a for a, b in zip(term.codes, narrowed.codes, strict=True) if a != b]
                assert len(differing) == 1


@every("groupings")
def test_a_grouping_is_a_partition(entry: Grouping) -> None:
    ids = [group.group_id for group in entry.groups]
    assert len(set(ids)) == len(ids)
    assert ALL not in ids
    for part in entry.parts:
        if entry.kind == "two-group":
            continue
        assert len(part.terms) == len(entry.groups)
        cells = [cell for term in part.terms for cell in term.variable_ids]
        assert len(set(cells)) == len(cells), "a cell that counts in two groups"
    assert entry.source_ids


@every("sources")
def test_a_source_is_whole(entry: Source) -> None:
    assert re.fullmatch(r"TAB\d+", entry.source_id) or entry.unverified
    assert entry.variables[0].code == "ContentsCode"
    assert list(entry.years) == sorted(set(entry.years))
    assert entry.levels == tuple(level for level in LEVELS if level in entry.levels)
    assert entry.licence
    assert entry.variable("ContentsCode") is entry.variables[0]
    assert entry.variable("no such variable") is None


@every("sources")
def test_a_source_is_used(entry: Source) -> None:
    used = {term.source_id for term in CATALOGUE.terms()}
    assert entry.source_id in used


def test_there_are_as_many_indicators_and_partitions_as_promised() -> None:
    kinds = [grouping.kind for grouping in CATALOGUE.groupings.values()]
    assert len(CATALOGUE.indicators) >= 45
    assert kinds.count("multigroup") + kinds.count("ordinal") >= 6
    assert kinds.count("ordinal") >= 2
    assert set(CATALOGUE.sectors) == set(SECTORS)


def test_sectors_keep_their_order_and_children_come_first() -> None:
    assert set(CATALOGUE.sectors) <= set(SECTORS)
    assert list(CATALOGUE.sectors) == [s for s in SECTORS if s in CATALOGUE.sectors]
    listed = [i for sector in CATALOGUE.sectors for i in CATALOGUE.of_sector(sector)]
    assert {i.indicator_id for i in listed} == set(CATALOGUE.indicators)
    for sector in CATALOGUE.sectors:
        children = [indicator.children for indicator in CATALOGUE.of_sector(sector)]
        assert children == sorted(children, reverse=True)
    assert any(indicator.children for indicator in listed)


def _first_year(indicator: Indicator) -> int:
    """Of its sources; what is derived has no year that one of its parts lacks."""
    if indicator.composed_of:
        return max(map(_first_year, indicator.composed_of))
    return min(CATALOGUE.sources[s].years[0] for s in indicator.source_ids)


def test_breaks_come_from_the_indicator_and_its_sources_by_year() -> None:
    for indicator in CATALOGUE.indicators.values():
        breaks = CATALOGUE.breaks_of(indicator)
        assert [b.year for b in breaks] == sorted(b.year for b in breaks)
        assert len(set(breaks)) == len(breaks)
        first = _first_year(indicator)
        for source_id in indicator.source_ids:
            own = {b for b in CATALOGUE.sources[source_id].breaks if b.year > first}
            assert own <= set(breaks)


# Indicators that are not divided by what their tables could divide them by: an age is their group
# already, and sex among the ages would be four fifths more of the largest download.
UNDIVIDED = {
    "children": {"sex", "age"},
    "older": {"sex", "age"},
    "aged_20_24": {"sex", "age"},
    "low_standard_children": {"age"},
    "low_standard_older": {"age"},
}
# Variables of persons that are no background: the shares of these tables are made of the first two,
# and the ages of the others overlap.
NO_BACKGROUND = {
    *(("TAB6571", "UtlBakgrund"), ("TAB6572", "Fodelseregion")),
    *(("TAB6680", "Alder"), ("TAB6766", "Alder"), ("TAB1212", "Alder"), ("TAB1212", "Kon")),
    *(("TAB6640", "Alder"), ("TAB6640", "Kon"), ("FHM-halsgodyreg", "Kon")),
}


def test_sex_age_and_background_are_backgrounds_where_the_table_has_them() -> None:
    persons = {"Kon", "Alder", "Bakgrund", "UtlBakgrund", "Fodelseregion"}
    for source in CATALOGUE.sources.values():
        had = {variable.code for variable in source.variables} & persons
        if source.provider == "kolada" and not source.backgrounds:
            continue  # not divided by sex there
        missing = had - {variable for _, variable, _ in source.backgrounds}
        assert missing == {code for table, code in NO_BACKGROUND if table == source.source_id}
    for indicator in CATALOGUE.indicators.values():
        tables = [CATALOGUE.sources[t.source_id] for part in indicator.parts for t in part.terms]
        offered = [{background for background, _, _ in table.backgrounds} for table in tables]
        common = set.intersection(*offered) if offered else set()
        left = common - set(indicator.backgrounds)
        assert left == UNDIVIDED.get(indicator.indicator_id, set()), indicator.indicator_id


def test_what_is_needed_is_exactly_what_terms_use() -> None:
    used: dict[str, set[str]] = {}
    for term in CATALOGUE.terms():
        used.setdefault(term.source_id, set()).update(term.variable_ids)
    needed: dict[str, list[str]] = {}
    for need in CATALOGUE.needs():
        cells = Term(need.source_id, need.codes).variable_ids
        needed.setdefault(need.source_id, []).extend(cells)
        source = CATALOGUE.sources[need.source_id]
        assert (need.levels, need.years) == (source.levels, source.years)
        assert need.open_ended != source.closed
    assert {source: set(cells) for source, cells in needed.items()} == used
    assert all(len(set(cells)) == len(cells) for cells in needed.values()), "fetched twice"


def test_noise_is_said_of_the_tables_whose_agency_adds_it() -> None:
    """Population from 2025, labour status in all its years; incomes, housing and Kolada never."""
    assert {
        source_id: source.perturbed_from
        for source_id, source in CATALOGUE.sources.items()
        if source.perturbed_from is not None
    } == {"TAB6574": 2025, "TAB6571": 2025, "TAB6572": 2025, "TAB6568": 2025, "TAB6680": 2020}
    first = CATALOGUE.perturbed
    assert (first["foreign_background"], first["employed"], first["birth_region"]) == (
        2025,
        2020,
        2025,
    )
    assert {"rented_dwellings", "median_standard", "post_secondary"}.isdisjoint(first)
