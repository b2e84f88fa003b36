"""Data och metod holds everything that the catalogue, the registries and the schema hold."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import orjson
import pytest
from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.catalogue import CATALOGUE_DIR, Text, load_catalogue
from barometer.divisions import Language
from barometer.export import FORMATS
from barometer.indices import INDICES, Index, panel
from barometer.indices.agreement import FACTS
from barometer.queries import dictionary
from barometer.runs import STATUS_FILE
from barometer.settings import Settings
from barometer.snapshot import Snapshot
from barometer.store import Store
from barometer.ui.context import Context
from barometer.ui.markup import Still
from barometer.ui.pages.evaluation import words as effort_words
from barometer.ui.pages.evaluation.sections import (
    limits,
    method,
)
from barometer.ui.pages.method import (
    measures,
    status,
    words,
)
from barometer.ui.pages.method import page as data
from barometer.ui.pages.method.measures import formula_lines
from barometer.ui.pages.method.parts import CONTENT, prose, rendered
from tests.barometer.ui.test_site import said
from tests.snapshots import SCHEMA, publish_snapshot

LANGUAGES = ("sv", "en")
CATALOGUE = load_catalogue()
NEW = """
[cyclists]
sector = "resor"
name = { sv = "Cyklande", en = "Cyclists" }
definition = { sv = "Andel som cyklar.", en = "Share who cycle." }
population = { sv = "Alla över noll", en = "All above nought" }
unit = "percent"
group = { sv = "cyklande", en = "cyclists" }
rest = { sv = "andra", en = "others" }
parts = [{ source = "TAB6574", numerator = { Alder = "5-9" }, denominator = {} }]
"""


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def shown(context: Context, language: str) -> Component:
    return data.layout(context, f"?lang={language}")


@pytest.fixture(scope="module")
def entries(shown: Component) -> dict[str, Component]:
    return {part.id: part for part in parts(shown) if getattr(part, "className", "") == "entry"}


def test_the_follow_ups_method_is_told_in_the_words_of_its_page(
    shown: Component, language: Language
) -> None:
    (section,) = [part for part in parts(shown) if getattr(part, "id", "") == "follow-up"]
    told, page = said(section), said([method(language), limits(language)])
    for text in (*effort_words.METHOD_TEXT, *effort_words.CAN, *effort_words.CANNOT):
        assert text[language] in told
        assert text[language] in page
    for word in ("2023", "2024", "90 %" if language == "sv" else "90%"):
        assert word in told.replace("90 %", "90 %")


def parts(shown: Component) -> Iterator[Component]:
    return (part for part in shown._traverse() if isinstance(part, Component))


def section(shown: Component, anchor: str) -> Component:
    return next(part for part in parts(shown) if getattr(part, "id", None) == anchor)


@pytest.mark.parametrize("indicator", CATALOGUE.indicators.values(), ids=lambda i: i.indicator_id)
def test_an_indicator_is_told_whole(
    indicator: object, entries: dict[str, Component], language: str
) -> None:
    told = said(entries[f"indicator-{indicator.indicator_id}"])
    for text in (indicator.name, indicator.definition, indicator.population):
        assert text[language] in told
    for source_id in indicator.source_ids:
        assert CATALOGUE.sources[source_id].title[language] in told
    for part in indicator.parts:
        for term in part.terms:
            known = [c for c in term.codes if c[1] != (term.source_id,)]
            known = [(v, codes) for v, codes in known if "UNVERIFIED" not in codes[0]]
            assert all(f"{v} {', '.join(codes)}" in told for v, codes in known)
    for found in CATALOGUE.breaks_of(indicator):
        assert f"{found.year}: {found.note[language]}" in told
    assert [n for _, n in indicator.categories if n[language] not in told] == []


@pytest.mark.parametrize("key", [g for g in CATALOGUE.groupings if g not in CATALOGUE.indicators])
def test_a_grouping_is_told_with_its_groups(
    key: str, entries: dict[str, Component], language: str
) -> None:
    grouping = CATALOGUE.groupings[key]
    told = said(entries[f"grouping-{key}"])
    assert grouping.population[language] in told
    (listed,) = [part for part in parts(entries[f"grouping-{key}"]) if isinstance(part, html.Ol)]
    assert [said(item) for item in listed.children] == [g.name[language] for g in grouping.groups]
    for source_id in grouping.source_ids:
        assert source_id in told
        assert all(b.note[language] in told for b in CATALOGUE.sources[source_id].breaks)


@pytest.mark.parametrize("index", INDICES, ids=lambda index: index.id)
def test_a_measure_is_told_with_formula_ends_and_reference(
    index: object, entries: dict[str, Component], language: str
) -> None:
    found = entries[f"index-{index.id}"]
    told = said(found)
    for text in (index.low, index.high):
        assert text.of(language) in told
    assert index.label.of(language).lower() in told.lower()
    assert index.reference in told
    assert "{value}" not in told
    assert [part for part in parts(found) if isinstance(part, Still)]


def test_every_fact_stands_in_the_agreement_table(shown: Component, language: str) -> None:
    table = section(shown, "agreement")
    rows = [part for part in parts(table) if isinstance(part, html.Tr)]
    assert len(rows) == len(FACTS) + 1
    told = {"sv": "0,600000 0,600000 0,600000", "en": "0.600000 0.600000 0.600000"}
    assert told[language] in said(rows[1])
    assert words.UNDEFINED[language] in said(rows[-5])


@pytest.mark.parametrize("source", CATALOGUE.sources.values(), ids=lambda s: s.source_id)
def test_a_source_is_told_with_its_state(
    source: object, entries: dict[str, Component], language: str
) -> None:
    told = said(entries[f"source-{source.source_id}"])
    assert {"sv": "4 juni 2025", "en": "4 June 2025"}[language] in told
    assert "22 november 2026 11:30 UTC" in told.replace("November", "november")
    assert "2022–2024" in told
    assert "En fotnot." in told
    assert source.rhythm[language] in told
    assert wording.licence_name(source.licence, language=language) in told
    assert (source.protection or source.rhythm)[language] in told


def test_every_table_that_is_not_used_has_its_reason(
    entries: dict[str, Component], language: Language
) -> None:
    told = said(entries["sources-unused"])
    assert len(CATALOGUE.unused) > 10
    for table, why in CATALOGUE.unused.items():
        assert f"{table}: {why[language]}" in told


def test_every_column_of_the_schema_is_told(entries: dict[str, Component]) -> None:
    schema = SCHEMA.read_text(encoding="utf-8")
    comments = re.findall(r"COMMENT ON COLUMN (\w+)\.(\w+) IS '((?:[^']|'')*)'", schema)
    assert len(comments) > 100
    for table, column, comment in comments:
        told = said(entries[f"table-{table}"])
        assert column in told.split()
        assert comment.replace("''", "'") in told


def test_every_format_is_told_and_linked(
    shown: Component, entries: dict[str, Component], language: str
) -> None:
    told = said(section(shown, "files"))
    links = [getattr(part, "href", "") for part in parts(entries["indicator-foreign_background"])]
    for found in FORMATS:
        assert found.name[language] in told
        address = f"/export/{found.format_id}?indicator=foreign_background&level=deso&year=2024"
        assert any(link.startswith(address) for link in links)


def test_a_new_entry_of_the_catalogue_appears(tmp_path: Path) -> None:
    folder = tmp_path / "catalogue"
    folder.mkdir()
    for name in ("sources", "indicators", "groupings"):
        shutil.copyfile(CATALOGUE_DIR / f"{name}.toml", folder / f"{name}.toml")
    with (folder / "indicators.toml").open("a", encoding="utf-8") as file:
        file.write(NEW)
    catalogue = load_catalogue(folder)
    publish_snapshot(tmp_path / "published", catalogue=catalogue)
    settings = Settings(tmp_path, "127.0.0.1", 8050, 1, "")
    shown = data.layout(Context(settings, Store(settings.published_dir), catalogue), "")
    told = said(section(shown, "indicator-cyclists"))
    assert "Andel som cyklar." in told
    assert "Räknas för cyklande mot andra." in told
    assert "Inga värden i dataversionen." in told


def test_links_on_the_page_lead_somewhere(shown: Component) -> None:
    anchors = {part.id for part in parts(shown) if hasattr(part, "id")}
    inner = {part.href[1:] for part in parts(shown) if getattr(part, "href", "").startswith("#")}
    assert inner - anchors == set()
    assert {"indicator-foreign_background", "indices", "licence"} <= anchors


def test_years_stand_by_level_and_holes_by_reason(entries: dict[str, Component]) -> None:
    employed = said(entries["indicator-employed"])
    assert "RegSO 2022–2024" in employed
    assert "Län" not in employed
    assert re.search(
        r"(uppgift saknas hos SCB|not available from SCB): 2",
        said(entries["indicator-low_standard_children"]),
    )


@pytest.mark.parametrize("name", sorted(path.stem for path in CONTENT.glob("sv/*.md")))
def test_a_text_is_there_in_both_languages(name: str) -> None:
    shapes = [
        [type(part).__name__ for part in prose(name, language=language)] for language in LANGUAGES
    ]
    assert shapes[0] == shapes[1]
    assert len(shapes[0]) >= 4


def test_the_four_rules_and_the_source_line_are_there(context: Context) -> None:
    told = said(data.layout(context, ""))
    rules = ("Platsen spelar roll", "Se till utvecklingen", "Börja med hela befolkningen")
    for rule in (*rules, "Läs med forskningen", "Källa: SCB"):
        assert rule in told


def test_the_rules_for_showing_an_index_are_those_of_the_code() -> None:
    told = said(prose("missing", language="sv"))
    assert f"under {panel._TOO_FEW_PERSONS} personer" in told
    assert f"färre än {panel._TOO_FEW_AREAS} bebodda" in told
    assert f"under {panel._FEW_PERSONS} personer" in told
    assert f"färre än {panel._FEW_AREAS}," in told
    assert panel._CHANCE_SHARE == 1 / 4


def test_markdown_never_becomes_markup() -> None:
    (shown,) = rendered("<script>alert(1)</script> [x](javascript:alert(1))")
    assert isinstance(shown, html.P)
    assert not [part for part in parts(shown) if isinstance(part, html.A | html.Script)]


@pytest.mark.parametrize(("text", "n"), [(Text(words.LEAD.sv, words.LEAD.en), 0), (words.FOUND, 1)])
def test_slots_are_the_same_in_both_languages(text: Text, n: int) -> None:
    assert len(re.findall(r"\{\w+\}", text.sv)) == n


def test_every_word_is_there_in_both_languages() -> None:
    for name, text in vars(words).items():
        if isinstance(text, Text):
            assert text.sv.strip(), name
            assert text.en.strip(), name
            slots = [sorted(re.findall(r"\{\w+\}", said)) for said in (text.sv, text.en)]
            assert slots[0] == slots[1], name


@pytest.mark.parametrize("index", INDICES, ids=lambda index: index.id)
def test_a_formula_becomes_maths(index: Index) -> None:
    for line in formula_lines(index.formula):
        math = ElementTree.fromstring(line)
        assert math.tag.endswith("math")
        assert not {"\\", "|"} & set("".join(math.itertext()))
    bars = "".join(formula_lines(index.formula)).count('class="abs"')
    assert bars == index.formula.count(r"\left|")


def test_statements_stand_on_lines_of_their_own() -> None:
    lines = formula_lines(r"K \sim \mathrm{Hyp}(T, X), \mu = 1")
    assert ["".join(ElementTree.fromstring(line).itertext()) for line in lines] == [
        "K~Hyp(T,X)",
        "μ=1",
    ]


@pytest.mark.parametrize(
    ("formula", "thin_spaces"), [(r"-p \ln q", 2), (r"\ln(1-p)", 1), (r"\log_2 c", 2)]
)
def test_a_function_s_name_stands_apart(formula: str, thin_spaces: int) -> None:
    (line,) = formula_lines(formula)
    assert line.count("<mspace") == thin_spaces


def test_words_in_formulas_follow_the_language() -> None:
    (drawn,) = measures.formula(r"D \text{ if } D", language="sv").children
    assert "om" in drawn.inside


RUN = {
    "command": "refresh",
    "started": "2026-11-22T18:10:17+00:00",
    "ended": "2026-11-22T18:13:17+00:00",
    "seconds": 180.0,
    "message": "SCB svarar inte\nx",
    "snapshot_id": None,
}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "Ingen uppgift."),
        (b"{", "Ingen uppgift."),
        (b'{"last_run": null}', "Ingen uppgift."),
        (
            orjson.dumps({"last_run": RUN | {"exit_code": 0}}),
            "Hämtning, bygge och publicering, 22 november 2026 18:13 UTC: lyckades.",
        ),
        (
            orjson.dumps({"last_run": RUN | {"exit_code": 4}}),
            "Hämtning, bygge och publicering, 22 november 2026 18:13 UTC: lyckades inte. Den"
            " publicerade dataversionen visas fortfarande; felet står under Driftläge.",
        ),
    ],
)
def test_the_last_run_is_told(tmp_path: Path, content: bytes | None, told: str) -> None:
    if content is not None:
        (tmp_path / STATUS_FILE).write_bytes(content)
    assert status.last_run(tmp_path, language="sv") == told


def test_what_the_snapshot_lacks_is_counted_and_the_sources_answers_are_folded(
    context: Context, tmp_path: Path
) -> None:
    with context.store.reader() as reader:
        snapshot: Snapshot = reader.snapshot
        fetched = {"TAB6571": reader.once(dictionary.fetched)["TAB6574"]}
    lacking = ("TAB6571 has no 2011", "TAB6571, variable 'Kon': no code '2'", "TAB1: refused")
    partial = replace(snapshot, lacking=lacking)
    counted = said(status.snapshot_facts(partial, CATALOGUE, fetched, language="sv"))
    n_tables = len(CATALOGUE.sources)
    assert f"{n_tables - 1} av {n_tables} tabeller kom inte med" in counted
    assert "som vi frågar efter: 1." in counted
    assert "refused" not in counted
    technical = said(status.technical_facts(partial, tmp_path, language="sv"))
    for known in (*lacking, snapshot.code_version, snapshot.inputs_sha256):
        assert known in technical
    whole = replace(snapshot, lacking=())
    assert "Inget saknas." in said(status.snapshot_facts(whole, CATALOGUE, fetched, language="sv"))


def test_the_lists_are_folded_and_their_entries_are_in_them(shown: Component) -> None:
    folds = [part for part in parts(shown) if getattr(part, "className", "") == "part__more"]
    inside = {part.id for fold in folds for part in parts(fold) if hasattr(part, "id")}
    assert {"indicator-foreign_background", "index-hutchens", "source-TAB6571"} <= inside


def test_a_table_that_was_not_fetched_says_so() -> None:
    source = CATALOGUE.sources["TAB6571"]
    told = said(status.source_entry(source, CATALOGUE, None, language="en"))
    assert "Not in the data version." in told
    assert "Foreign background" in told


def test_what_was_typed_stands_in_the_box(context: Context) -> None:
    box = section(data.layout(context, "?q=utrikes%20f%C3%B6dda&lang=en"), data.FILTER)
    assert box.value == "utrikes födda"
