"""The loader reports every fault of every file at once, with its place."""

import shutil
from pathlib import Path

import pytest

from barometer.catalogue import CATALOGUE_DIR, CatalogueError, load_catalogue

SOURCES = """
[backgrounds.sex]
name = { sv = "Kön", en = "Sex" }
categories.women = { sv = "Kvinnor", en = "Women" }
categories.men = { sv = "Män", en = "Men" }

[sources.TAB1]
title = { sv = "Folkmängd", en = "Population" }
path = "BE/X"
subject = "BE0101"
levels = ["regso", "kommun"]
years = { first = 2011, last = 2015 }
every = 2
rhythm = { sv = "Varje år", en = "Every year" }
variables = { ContentsCode = "C", Kon = "1+2", Bakgrund = [] }
backgrounds.sex = { variable = "Kon", codes = { women = "2", men = "1" } }
breaks = [{ year = 2013, sv = "Ny metod.", en = "New method." }]
"""
INDICATORS = """
[share]
sector = "befolkning"
name = { sv = "Andel", en = "Share" }
definition = { sv = "En andel.", en = "A share." }
population = { sv = "Alla", en = "All" }
unit = "percent"
group = { sv = "gruppen", en = "the group" }
rest = { sv = "resten", en = "the rest" }
backgrounds = ["sex"]
breaks = [{ year = 2012, sv = "Annat.", en = "Other." }]
parts = [
  { last = 2012, source = "TAB1", numerator = { Bakgrund = "1" }, denominator = DENOMINATOR },
  { first = 2013, source = "TAB1", published = { Bakgrund = "2" }, denominator = DENOMINATOR },
]
""".replace("DENOMINATOR", '{ Bakgrund = "0" }')
GROUPINGS = """
[three]
name = { sv = "Tre", en = "Three" }
population = { sv = "Alla", en = "All" }
groups = [
  { id = "a", sv = "A", en = "A" },
  { id = "b", sv = "B", en = "B" },
  { id = "c", sv = "C", en = "C" },
]

[[three.parts]]
source = "TAB1"
variable = "Bakgrund"
codes = ["1", "2", ["3", "4"]]
where = { Kon = "1+2" }
denominator = { Bakgrund = "0" }
"""


def write(folder: Path, sources: str, indicators: str, groupings: str) -> Path:
    for name, text in (("sources", sources), ("indicators", indicators), ("groupings", groupings)):
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def faults(folder: Path) -> tuple[str, ...]:
    with pytest.raises(CatalogueError) as found:
        load_catalogue(folder)
    for fault in found.value.faults:
        assert f"  - {fault}" in str(found.value)
    return found.value.faults


def fault_of(folder: Path, **changed: str) -> str:
    texts = {"sources": SOURCES, "indicators": INDICATORS, "groupings": GROUPINGS} | changed
    (fault,) = faults(write(folder, texts["sources"], texts["indicators"], texts["groupings"]))
    return fault


def test_a_small_catalogue_is_read_as_it_is_written(tmp_path: Path) -> None:
    catalogue = load_catalogue(write(tmp_path, SOURCES, INDICATORS, GROUPINGS))
    source = catalogue.sources["TAB1"]
    assert source.years == (2011, 2013, 2015)
    assert source.levels == ("kommun", "regso")
    assert source.licence == "CC0"
    assert not source.closed
    share = catalogue.indicators["share"]
    assert share.is_share
    assert (share.decimals, share.direction, share.children) == (1, "neutral", False)
    assert share.min_denominator == 10
    assert share.parts[0].scale == 100
    assert share.parts[0].numerator is not None
    assert share.parts[0].numerator.variable_ids == ("C|1+2|1",)
    assert [b.year for b in catalogue.breaks_of(share)] == [2012, 2013]
    three = catalogue.groupings["three"]
    assert three.kind == "multigroup"
    assert three.parts[0].terms[2].variable_ids == ("C|1+2|3", "C|1+2|4")
    assert three.parts[0].denominator is not None
    assert three.source_ids == ("TAB1",)
    assert catalogue.groupings["share"].source_ids == ("TAB1",)
    narrowed = catalogue.narrow(share.parts[0].numerator, "sex", "women")
    assert narrowed.variable_ids == ("C|2|1",)


def test_a_code_keeps_what_it_is_said_to_mean(tmp_path: Path) -> None:
    sources = SOURCES + 'meanings = { Bakgrund = { 1 = "utländsk" } }\n'
    catalogue = load_catalogue(write(tmp_path, sources, INDICATORS, GROUPINGS))
    meant = (("Bakgrund", "1", "utländsk"),)
    assert catalogue.sources["TAB1"].meanings == meant
    assert all(need.meanings == meant for need in catalogue.needs())


def test_a_table_is_fetched_or_has_a_reason_not_to_be(tmp_path: Path) -> None:
    reason = '[unused]\nTAB2 = { sv = "Ersatt.", en = "Replaced." }\n'
    catalogue = load_catalogue(write(tmp_path, reason + SOURCES, INDICATORS, GROUPINGS))
    assert catalogue.unused["TAB2"].en == "Replaced."
    both = reason.replace("TAB2", "TAB1") + SOURCES
    assert fault_of(tmp_path, sources=both).startswith("sources.toml: unused: TAB1: is a source")


def test_a_source_that_nothing_uses_is_not_fetched(tmp_path: Path) -> None:
    unused = SOURCES.partition("[sources.TAB1]")[2]
    sources = f"{SOURCES}\n[sources.TAB2]\n{unused}"
    catalogue = load_catalogue(write(tmp_path, sources, INDICATORS, GROUPINGS))
    assert "TAB2" in catalogue.sources
    assert {need.source_id for need in catalogue.needs()} == {"TAB1"}


def test_the_real_catalogue_is_the_default() -> None:
    assert load_catalogue().indicators == load_catalogue(CATALOGUE_DIR).indicators


def replaced(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('subject = "BE0101"', "", "sources.toml: TAB1: subject: missing, expected str"),
        ('subject = "BE0101"', "subject = 1", "sources.toml: TAB1: subject: 1 is not str"),
        (
            'subject = "BE0101"',
            'subject = "BE0101"\nsubjekt = "x"',
            "sources.toml: TAB1: subjekt: is not a field of such an entry; misspelt?",
        ),
        (
            "first = 2011",
            "first = true",
            "sources.toml: TAB1.years: first: True is not int",
        ),
        (
            "first = 2011",
            "first = 2016",
            "sources.toml: TAB1: years: first 2016 is after last 2015",
        ),
        (
            "every = 2",
            "every = 0",
            "sources.toml: TAB1: every: 0 is not a step of at least one year",
        ),
        ("every = 2", 'every = "x"', "sources.toml: TAB1: every: 'x' is not a number"),
        (
            '"regso", "kommun"',
            '"regso", "block"',
            "sources.toml: TAB1: levels: 'block' is none of riket, lan, kommun, regso, deso",
        ),
        ('["regso", "kommun"]', "1", "sources.toml: TAB1: levels: 1 is not a list of words"),
        (
            'levels = ["regso", "kommun"]',
            "",
            "sources.toml: TAB1: levels: missing, expected a list of words",
        ),
        (
            'title = { sv = "Folkmängd", en = "Population" }',
            'title = { sv = "Folkmängd", en = " " }',
            "sources.toml: TAB1: title: lacks en",
        ),
        (
            'ContentsCode = "C", Kon = "1+2"',
            'Kon = "1+2", ContentsCode = "C"',
            "sources.toml: TAB1.variables: the first variable must be ContentsCode",
        ),
        (
            'codes = { women = "2", men = "1" }',
            'codes = { women = "2" }',
            "sources.toml: TAB1.backgrounds.sex: codes: must name the categories women, men",
        ),
        (
            "breaks = [{ year = 2013",
            "breaks = [1, { year = 2013",
            "sources.toml: TAB1: breaks: 1 is not a table",
        ),
    ],
)
def test_a_fault_in_the_sources_is_named_with_its_place(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    assert fault in faults(write(tmp_path, replaced(SOURCES, old, new), INDICATORS, GROUPINGS))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            'sector = "befolkning"',
            'sector = "sport"',
            "share: sector: 'sport' is none of befolkning, arbete, ekonomi, utbildning, bostad,"
            " demokrati, halsa, trygghet, skola, resor, index",
        ),
        ('unit = "percent"', 'unit = "grams"', "share: unit: 'grams' is none of percent, "),
        (
            'backgrounds = ["sex"]',
            'backgrounds = ["age"]',
            "share: backgrounds: 'age' is not declared for TAB1",
        ),
        (
            'rest = { sv = "resten", en = "the rest" }\n',
            "",
            "share: group: group and rest go together",
        ),
        (
            'published = { Bakgrund = "2" }, denominator = { Bakgrund = "0" }',
            'published = { Bakgrund = "2" }',
            "share: parts: a grouping of its own (group, rest) needs a denominator in every part",
        ),
        (
            'numerator = { Bakgrund = "1" }',
            'published = { Bakgrund = "1" }, numerator = { Bakgrund = "1" }',
            "share.parts[0]: needs numerator and denominator, or published and denominator,",
        ),
        (
            'numerator = { Bakgrund = "1" }',
            "numerator = { }",
            "share.parts[0].numerator: Bakgrund: TAB1 has no default for it: name a code",
        ),
        (
            'numerator = { Bakgrund = "1" }',
            'numerator = { Bakgrund = "1", Alder = "x" }',
            "share.parts[0].numerator: Alder: is no variable of TAB1 (ContentsCode, Kon, Bakgrund)",
        ),
        (
            'last = 2012, source = "TAB1"',
            'last = 2012, source = "TAB9"',
            "share.parts[0].numerator: source: 'TAB9' is no source of sources.toml (TAB1)",
        ),
        ("last = 2012", "last = 2013", "share: parts: must follow each other in time"),
        ("first = 2013, ", "", "share: parts: must follow each other in time"),
        (
            'unit = "percent"',
            'unit = "class"',
            "share: categories: a class indicator names its categories, and no other does",
        ),
        (
            'unit = "percent"',
            'unit = "percent"\ncategories.1 = { sv = "Ett", en = "One" }',
            "share: categories: a class indicator names its categories, and no other does",
        ),
        ("parts = [", "delar = [", "share: parts: needs at least 1"),
        (
            "parts = [",
            'derived = { how = "mean", of = ["later"], level = "deso" }\nparts = [',
            "share.derived: of: 'later' is no indicator that stands before it in the file",
        ),
        (
            "parts = [",
            'derived = { how = "sum", of = [], level = "deso" }\nparts = [',
            "share.derived: how: 'sum' is none of mean, area_types",
        ),
        (
            "parts = [",
            'derived = { how = "area_types", of = [], level = "deso" }\nparts = [',
            "share.derived: of: area types are cut from one indicator, not from 0",
        ),
        (
            "parts = [",
            'derived = { how = "mean", of = [], level = "deso" }\nparts = [',
            "share: derived: has no parts, backgrounds or group of its own",
        ),
    ],
)
def test_a_fault_in_the_indicators_is_named_with_its_place(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    found = faults(write(tmp_path, SOURCES, replaced(INDICATORS, old, new), GROUPINGS))
    assert any(item.startswith(f"indicators.toml: {fault}") for item in found), found


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            '["1", "2", ["3", "4"]]',
            '["1", "2"]',
            "groupings.toml: three.parts[0]: codes: 2 for 3 groups: one code (or list of codes)"
            " a group, in order",
        ),
        (
            '  { id = "c", sv = "C", en = "C" },\n',
            "",
            "groupings.toml: three: groups: needs at least 3",
        ),
        (
            "[three]",
            "[share]",
            "groupings.toml: share: an indicator with this id makes its own grouping;"
            " choose another id",
        ),
    ],
)
def test_a_fault_in_the_groupings_is_named_with_its_place(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    assert fault in faults(write(tmp_path, SOURCES, INDICATORS, replaced(GROUPINGS, old, new)))


def test_a_file_that_is_missing_or_no_toml_is_named(tmp_path: Path) -> None:
    found = faults(tmp_path)
    for name in ("sources", "indicators", "groupings"):
        assert f"{name}.toml: not found in {tmp_path}" in found
    write(tmp_path, SOURCES, "[share", GROUPINGS)
    (fault,) = faults(tmp_path)
    assert fault.startswith("indicators.toml: is not TOML in UTF-8: ")


def test_an_entry_that_is_no_table_is_named(tmp_path: Path) -> None:
    assert (
        fault_of(tmp_path, indicators=f"x = 1\n{INDICATORS}")
        == "indicators.toml: x: is not a table"
    )
    found = faults(write(tmp_path, 'backgrounds = 1\nsources = "x"', "", ""))
    assert found == (
        "sources.toml: backgrounds: expected tables, one an entry",
        "sources.toml: expected tables, one an entry",
    )


def test_a_background_that_no_source_can_have_is_named(tmp_path: Path) -> None:
    sources = replaced(SOURCES, "backgrounds.sex = {", "backgrounds.age = {")
    found = faults(write(tmp_path, sources, INDICATORS, GROUPINGS))
    assert (
        "sources.toml: TAB1.backgrounds.age: codes: must name the categories (no such background)"
    ) in found


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    found = faults(
        write(
            tmp_path,
            replaced(SOURCES, 'subject = "BE0101"', ""),
            replaced(INDICATORS, 'sector = "befolkning"', 'sector = "sport"'),
            replaced(GROUPINGS, '["1", "2", ["3", "4"]]', '["1"]'),
        )
    )
    assert {fault.partition(".toml")[0] for fault in found} == {
        "sources",
        "indicators",
        "groupings",
    }


def test_a_new_indicator_is_one_entry_in_one_file(tmp_path: Path) -> None:
    for name in ("sources", "indicators", "groupings"):
        shutil.copyfile(CATALOGUE_DIR / f"{name}.toml", tmp_path / f"{name}.toml")
    entry = INDICATORS.replace("[share]", "[women]").replace('backgrounds = ["sex"]\n', "")
    head = entry.partition("parts = [")[0]
    part = 'parts = [{ source = "TAB6574", numerator = { Kon = "2" }, denominator = {} }]\n'
    with (tmp_path / "indicators.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n{head}{part}")
    before, after = load_catalogue(), load_catalogue(tmp_path)
    assert set(after.indicators) - set(before.indicators) == {"women"}
    assert after.groupings["women"].kind == "two-group"
    assert "women" in [i.indicator_id for i in after.of_sector("befolkning")]


def test_a_catalogue_is_read_again_when_a_file_has_changed(tmp_path: Path) -> None:
    for name in ("sources", "indicators", "groupings"):
        shutil.copyfile(CATALOGUE_DIR / f"{name}.toml", tmp_path / f"{name}.toml")
    first = load_catalogue(tmp_path)
    assert load_catalogue(tmp_path) is first
    with (tmp_path / "sources.toml").open("a", encoding="utf-8") as sources:
        sources.write("# a remark\n")
    again = load_catalogue(tmp_path)
    assert again is not first
    assert again.indicators == first.indicators
